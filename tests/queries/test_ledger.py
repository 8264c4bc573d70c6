"""The ledger of disagreements, found in a graph and told."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.graph.reading import dataset_from_file
from kg.queries.why.drawing import drawn
from kg.queries.why.facts import Facts
from kg.queries.why.ledger import Wanted, account_of, disagreements, rows_of
from kg.queries.why.model import Extent
from tests.conftest import ROOT

DISPUTED = ROOT / "tests" / "data" / "shapes" / "DisagreementShape" / "valid-complete.ttl"


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts(dataset_from_file(Path(DISPUTED)))


def found(facts: Facts, wanted: Wanted) -> int:
    return len(disagreements(facts, wanted))


def test_an_entry_gives_both_sides_their_sentences_and_what_to_take(facts: Facts) -> None:
    known = disagreements(facts, Wanted())
    text = drawn(account_of(known, facts, Extent()))
    assert "1 disagreement: denied 1" in text
    assert "Kari Dahl, Norway's minister of trade, attended." in text
    assert "left out" in text
    assert "Take the presence as reported, not as confirmed." in text


def test_rows_hold_one_side_each(facts: Facts) -> None:
    rows = rows_of(disagreements(facts, Wanted()), facts)
    values = [dict(zip(rows.columns, each, strict=True)) for each in rows.values()]
    assert [each["value"] for each in values] == ["Kari Dahl (person/kari-dahl)", "left out"]
    assert {each["role"] for each in values} == {"attendee"}
    assert [each["articles"] for each in values] == ["oslo-1", "oslo-2"]


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        (Wanted(on="Kari Dahl"), 1),
        (Wanted(on="oslo-2"), 1),
        (Wanted(on="Lithium dialogue of Chile and Norway"), 1),
        (Wanted(on="Chile"), 1),
        (Wanted(on="EXB"), 0),
        (Wanted(rule="denied", role="attendee"), 1),
        (Wanted(independent=2), 0),
    ],
)
def test_only_what_is_asked_for_is_found(facts: Facts, wanted: Wanted, number: int) -> None:
    assert found(facts, wanted) == number


def test_a_rule_that_found_nothing_here_is_named_with_those_that_did(facts: Facts) -> None:
    with pytest.raises(QueryError, match="no rule of a disagreement here; one of denied"):
        found(facts, Wanted(rule="one-date"))
