"""After a change only what it touches is judged, and the report is that of judging everything."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner
from pyoxigraph import Quad

from benchmarks.generate import articles
from kg import living
from kg.cli import main
from kg.errors import ShapesError
from kg.graph.model import Dataset
from kg.graph.store import Build
from kg.living import Arrival
from kg.shapes.guarded import Limits
from kg.shapes.judging import Since, judged
from kg.shapes.kept import NAME, Built, validate_build
from kg.shapes.model import Report
from tests.shapes.test_engines import EXAMPLES, quads_of, spoilt, vocabulary

ARRIVALS: Final = [Arrival(article, claims, ("made/1",)) for article, claims in articles(9)]


def changed(before: Dataset, after: Dataset) -> tuple[Quad, ...]:
    return tuple({*before.quads()} ^ {*after.quads()})


@pytest.mark.parametrize("seed", range(2))
def test_what_a_change_does_not_touch_stays_as_it_was(seed: int) -> None:
    """Over a sequence of random changes, each judged on the verdict before it."""
    draw = random.Random(seed)
    quads = [quad for path in EXAMPLES if path.stem.startswith("valid-") for quad in quads_of(path)]
    now = Dataset.of([*vocabulary(), *quads])
    results = judged(now).results
    for step in range(4):
        few = draw.sample(range(len(quads)), 25)
        moved = spoilt([quads[place] for place in few], draw.random(), often=0.5)
        quads = [quad for place, quad in enumerate(quads) if place not in few] + moved
        then, now = now, Dataset.of([*vocabulary(), *quads])
        triples = tuple(quad.triple for quad in changed(then, now))
        verdict = judged(now, since=Since(results, triples))
        whole = judged(now)
        assert {*verdict.results} == {*whole.results}, step
        assert verdict.judged is not None
        assert whole.judged is None
        assert 0 < verdict.judged < len(now) / 5
        results = verdict.results
    assert len({*results}) > 20


def built(build: Build) -> Built:
    return Built(build.path, build.manifest.digest, build.dataset, build.texts(), build.since)


def report(folder: Path, *, everything: bool = False) -> tuple[Report, int | None]:
    return validate_build(built(living.open_build(folder)), everything=everything)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    living.build(tmp_path / "build", ARRIVALS[:5])
    return tmp_path / "build"


def test_a_corpus_that_lives_is_judged_by_what_changes(folder: Path) -> None:
    """Articles come, go and change; each report is the one of judging everything."""
    assert report(folder)[1] is None
    one = ARRIVALS[1]
    other = replace(one, claims=tuple(replace(each, confidence=1.5) for each in one.claims))
    steps: tuple[Callable[[], object], ...] = (
        lambda: living.add(folder, ARRIVALS[5:7]),
        lambda: living.replace_articles(folder, [other]),
        lambda: living.retract(folder, [ARRIVALS[0].article.id], "withdrawn"),
        lambda: living.replace_articles(folder, [one]),
    )
    numbers = []
    for step in steps:
        step()
        found, judged_again = report(folder)
        kept = (folder / NAME).read_bytes()
        whole, all_of_it = report(folder, everything=True)
        assert found == whole
        assert all_of_it is None
        assert judged_again is not None
        assert 0 < judged_again < len(living.open_build(folder).dataset)
        (folder / NAME).write_bytes(kept)
        numbers.append(len(found.findings))
    assert numbers[1] == numbers[2] > numbers[0] == numbers[3] == 0


def test_nothing_is_judged_again_where_nothing_changed(folder: Path) -> None:
    first, _ = report(folder)
    again, judged_again = report(folder)
    assert (again, judged_again) == (first, 0)


def test_several_changes_are_judged_together(folder: Path) -> None:
    report(folder)
    living.add(folder, ARRIVALS[5:7])
    living.add(folder, ARRIVALS[7:])
    found, judged_again = report(folder)
    assert judged_again
    assert found == report(folder, everything=True)[0]


@pytest.mark.parametrize("spoil", ["cut", "flip", "none"])
def test_a_verdict_that_is_damaged_or_missing_is_made_anew(folder: Path, spoil: str) -> None:
    report(folder)
    path = folder / NAME
    data = path.read_bytes()
    path.write_bytes({"cut": data[:-9], "flip": data.replace(b"s", b"z"), "none": b""}[spoil])
    living.add(folder, ARRIVALS[5:6])
    assert report(folder)[1] is None
    assert report(folder)[1] == 0


def test_other_rules_are_judged_by_anew(folder: Path, shapes: Path) -> None:
    build = built(living.open_build(folder))
    report(folder)
    assert validate_build(build, shapes)[1] is None
    assert validate_build(build, shapes)[1] == 0
    shapes.write_text(shapes.read_text().replace("minCount 1", "minCount 2"))
    assert validate_build(build, shapes)[1] is None


def test_no_verdict_is_kept_where_there_is_none(folder: Path) -> None:
    build = built(living.open_build(folder))
    with pytest.raises(ShapesError):
        validate_build(build, limits=Limits(seconds=0.01))
    assert not (folder / NAME).exists()


def test_the_command_says_how_much_was_judged(folder: Path) -> None:
    def run(*more: str) -> str:
        outcome = CliRunner().invoke(main, ["validate", str(folder), *more])
        assert outcome.exit_code == 0, outcome.output
        return outcome.output

    assert "since the last report" not in run()
    assert "0 nodes that changes touch judged since the last report" in run()
    assert "since the last report" not in run("--all")
