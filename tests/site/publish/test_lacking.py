"""An answer that does not come in time is missed aloud, and looked for again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click import Context

from kg.cli.program import main
from kg.cli.publishing import finished
from kg.errors import LimitError
from kg.queries.model import Question, Rows
from kg.serving import Limits, hold
from kg.site.forms import FORMS, Form
from kg.site.model import Holding
from kg.site.publish.journal import Journal
from kg.site.publish.model import Done
from kg.site.publish.site import Published, publish
from tests.site.publish.writing import GRAPH, QUIET

REASON = "is not there after 1 second"


@pytest.fixture(scope="module")
def holding() -> Iterator[Holding]:
    found = hold(GRAPH, QUIET, Limits(workers=1))
    yield found
    found.close()


@pytest.fixture(scope="module")
def question(holding: Holding) -> Question:
    """One that anybody can ask without filling in anything."""
    return next(
        each
        for each in holding.questions
        if not any(one.required and one.default is None for one in each.parameters)
    )


def late(holding: Holding, name: str) -> Holding:
    """One who is never in time with the answer of a question."""

    def ask(question: Question, parameters: Mapping[str, str], limit: int | None = None) -> Rows:
        if question.name == name:
            raise LimitError("the answer", REASON)
        return holding.ask(question, parameters, limit)

    return replace(holding, ask=ask)


def test_what_was_not_answered_in_time_is_named_and_tried_again(
    holding: Holding, question: Question, tmp_path: Path
) -> None:
    path, site = f"question/{question.name}", tmp_path / "site"

    def one(asked: str) -> Sequence[Form]:
        return FORMS if asked == path else ()

    made = publish(late(holding, question.name), site, wanted=one)
    assert made.lacking == ((path, REASON),)
    assert REASON in (site / f"{path}.html").read_text()
    assert not (site / f"{path}.csv").exists()
    assert json.loads((site / "manifest.json").read_text())["lacking"] == {path: REASON}
    again = publish(holding, site, wanted=one)
    assert again.lacking == ()
    assert (site / f"{path}.csv").is_file()
    assert "lacking" not in json.loads((site / "manifest.json").read_text())


def test_a_question_that_waits_for_a_value_lacks_nothing(holding: Holding, tmp_path: Path) -> None:
    waiting = next(
        each
        for each in holding.questions
        if any(one.required and one.default is None for one in each.parameters)
    )
    path = f"question/{waiting.name}"
    made = publish(holding, tmp_path / "site", wanted=lambda each: FORMS if each == path else ())
    assert made.lacking == ()
    assert (tmp_path / "site" / f"{path}.html").is_file()


def test_a_piece_that_lacks_something_is_not_taken_over_by_the_next_try(tmp_path: Path) -> None:
    with Journal(tmp_path, "recipe") as journal:
        journal.add(Done("whole", ()))
        journal.add(Done("lacking", (), lacking=(("question/a", REASON),)))
        assert journal["lacking"].lacking == (("question/a", REASON),)
    with Journal(tmp_path, "recipe") as journal:
        assert "whole" in journal
        assert "lacking" not in journal


def test_the_command_names_them_and_does_not_end_as_if_all_were_done(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Context(main):
        assert finished(Path("site"), Published(9, 30, 2_000, (("question/a", REASON),))) == 1
        assert finished(Path("site"), Published(9, 30, 2_000)) == 0
    assert capsys.readouterr().err.splitlines() == [
        "site: 9 pages, 30 files, 2,000 bytes",
        "next: python -m http.server -d site",
        "question/a: without its answer, which is not there after 1 second",
        "site: 9 pages, 30 files, 2,000 bytes",
        "next: python -m http.server -d site",
    ]
