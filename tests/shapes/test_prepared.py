"""The bundled shapes are kept as they are prepared, so that a verdict need not prepare them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kg.shapes.engine import shapes_graph
from kg.shapes.files import shapes_files
from kg.shapes.prepared import bundled, digest, kept, kept_in
from kg.shapes.preparing import keep, prepared


def test_what_is_kept_is_what_the_bundled_shapes_give(tmp_path: Path) -> None:
    keep(tmp_path / "prepared.json")
    same = (tmp_path / "prepared.json").read_bytes() == kept_in().read_bytes()
    assert same, "the shapes have changed; run `python -m kg.shapes.preparing`"


def test_what_was_made_from_other_shapes_or_is_damaged_counts_for_nothing(tmp_path: Path) -> None:
    copy = tmp_path / "prepared.json"
    copy.write_bytes(kept_in().read_bytes())
    assert kept(copy, digest()) == bundled() is not None
    assert kept(copy, "0" * 64) is None
    copy.write_bytes(copy.read_bytes()[:-9])
    assert kept(copy, digest()) is None


def test_prepared_shapes_are_as_good_as_those_that_are_read() -> None:
    ready, read = bundled(), prepared(shapes_graph(shapes_files(None)))
    assert ready is not None
    assert not isinstance(read, str)
    assert (ready.shown, ready.constraints, ready.watched) == (
        read.shown,
        read.constraints,
        read.watched,
    )
    assert {*ready.chains} == {*read.chains}
    named = {name for name in ready.about if not name.startswith("urn:")}
    assert {name: ready.about[name] for name in named} == {
        name: about for name, about in read.about.items() if not name.startswith("urn:")
    }


def test_a_verdict_by_the_bundled_shapes_needs_no_heavy_library() -> None:
    program = (
        "import sys; from kg.graph.model import Dataset; from kg.shapes.judging import judged;"
        " verdict = judged(Dataset.of([])); print(verdict.engine, *sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert told[0] == "shacl-rust"
    assert "kg.shapes.judging" in told
    assert not {"rdflib", "pyshacl", "kg.shapes.portable"} & {*told}
