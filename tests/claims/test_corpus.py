"""The practice corpus: its gold is well-formed, kinds keep their floors, confidence holds.

`python -m tests.claims.test_corpus` writes the tables of `docs/reading.md` anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from kg import pipeline
from kg.claims.engine import Engine, load_engine
from kg.claims.gold.checking import check
from kg.claims.gold.reading import read_gold, statements_of
from kg.claims.gold.reliability import reliability_of
from kg.claims.gold.scoring import Evaluation, evaluate
from kg.terms import KINDS
from tests.conftest import ROOT

CORPUS = sorted((ROOT / "corpus").glob("batch-*"))
HELD_OUT = [ROOT / "corpus" / f"batch-{number}" for number in (17, 19, 21, 23)]
"""No rule was written after them, and the trained part has not seen them."""
DOCUMENT = ROOT / "docs" / "reading.md"
TABLE = re.compile(r"(?<=<!-- reliability -->\n).*?(?=<!-- end -->)", re.DOTALL)
FLOORS = {  # F1 of claims and of roles that each kind keeps on the whole corpus
    "meeting": (0.80, 0.70),
    "post": (0.90, 0.85),
    "commitment": (0.74, 0.58),
    "concern": (0.78, 0.60),
    "control": (0.72, 0.60),
    "position": (0.74, 0.66),
    "document": (0.76, 0.66),
    "utterance": (0.82, 0.78),
}


def judged(engine: Engine, folders: Sequence[Path]) -> Evaluation:
    claims = pipeline.extract(pipeline.read(folders).articles, engine)
    return evaluate(read_gold(folders), statements_of(claims))


@pytest.fixture(scope="module")
def evaluation(engine: Engine) -> Evaluation:
    return judged(engine, CORPUS)


@pytest.fixture(scope="module")
def unseen(engine: Engine) -> Evaluation:
    return judged(engine, HELD_OUT)


def reliability_table(evaluation: Evaluation) -> str:
    """The table of `docs/reading.md`: bands of confidence and the share right in each."""
    rows = (
        f"| {band.low:.1f}–{band.high:.1f} | {band.claims} | {band.share:.2f} |\n"
        for band in reliability_of(evaluation).bands
    )
    return "| confidence | claims | share right |\n|---|--:|--:|\n" + "".join(rows)


def test_the_gold_is_well_formed() -> None:
    assert len(CORPUS) >= 8
    assert not check(CORPUS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_keeps_its_floor(kind: str, evaluation: Evaluation) -> None:
    claims, roles = FLOORS[kind]
    tally = evaluation.by_kind[kind]
    assert tally.claims.f1 >= claims, tally.claims
    assert tally.roles.f1 >= roles, tally.roles


def test_every_quote_is_exact(evaluation: Evaluation) -> None:
    assert evaluation.tally.quotes == evaluation.tally.got > 0


def test_texts_that_nothing_was_made_for_are_read_well(unseen: Evaluation) -> None:
    assert unseen.tally.score >= 0.70
    assert unseen.tally.claims.precision >= 0.80
    assert unseen.tally.modal >= 0.90


def test_confidence_is_the_share_that_is_right(unseen: Evaluation) -> None:
    bands = {band.low: band for band in reliability_of(unseen).bands}
    assert 0.8 <= bands[0.8].share <= 0.9
    assert reliability_of(unseen).error <= 0.05


def test_the_reliability_table_in_the_docs_is_what_is_measured(unseen: Evaluation) -> None:
    found = TABLE.search(DOCUMENT.read_text("utf-8"))
    assert found is not None
    assert found[0] == reliability_table(unseen), "run `python -m tests.claims.test_corpus`"


if __name__ == "__main__":
    text = DOCUMENT.read_text("utf-8")
    table = reliability_table(judged(load_engine(), HELD_OUT))
    DOCUMENT.write_text(TABLE.sub(table, text, count=1), "utf-8")
