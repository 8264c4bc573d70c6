"""The benchmark of validation compares what it measures: results that differ would end it."""

from __future__ import annotations

import pytest

from benchmarks.validating import report


def test_engines_agree_on_spoilt_builds(capsys: pytest.CaptureFixture[str]) -> None:
    (cost,) = report([2], reference=2, share=0.01)
    assert cost.results > 20
    assert cost.reference is not None
    assert cost.judged < cost.statements / 10
    assert len(capsys.readouterr().out.splitlines()) == 3
