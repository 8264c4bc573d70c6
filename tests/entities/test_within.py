"""Names that are only meant within their article."""

from __future__ import annotations

from kg.entities.context import Group
from kg.entities.model import EntityKind
from kg.entities.within import hosts_of, met_within


def group(ref: str, kind: EntityKind = "organisation", *, alone: bool, **known: str) -> Group:
    states = (known["state"],) if "state" in known else ()
    beside = tuple(known.get("beside", "").split())
    return Group(f"g-{ref}", kind, ref, ref, alone, states=states, beside=beside)


def test_an_acronym_of_common_words_stands_for_the_plan_that_introduces_it() -> None:
    full = group("Salt Memorandum (MOU)", "framework", alone=False)
    hosts, judgements = hosts_of([full, group("MOU", "framework", alone=True)])
    assert hosts == {"MOU": "Salt Memorandum (MOU)"}
    assert [(each.verdict, each.author) for each in judgements] == [
        ("same", "rule/label-introduced")
    ]


def test_two_wordings_of_a_ministry_are_one_and_neither_is_another_states() -> None:
    groups = [
        group("Commerce Ministry", alone=True),
        group("Ministry of Commerce", alone=True),
        group("Norwegian Commerce Ministry", alone=False, state="NO"),
    ]
    hosts, judgements = hosts_of(groups)
    assert hosts == {"Ministry of Commerce": "Commerce Ministry"}
    assert {each.verdict for each in judgements} == {"same", "unsure"}


def test_names_that_are_meant_beyond_the_article_are_left_to_the_corpus() -> None:
    groups = [group("World Salt Fund", alone=False), group("World Salt Fund (WSF)", alone=False)]
    assert hosts_of(groups) == ({}, [])


def test_persons_of_one_article_with_names_alike_know_of_each_other() -> None:
    left = group("Ida Holm", "person", alone=False, beside="g-Holm")
    right = group("Holm", "person", alone=False, beside="g-Ida g-Ida Holm")
    other = group("Omar Diop", "person", alone=False)
    apart = group("Bo Holm", "person", alone=False)
    met = met_within([left, right, other, apart])
    assert met["g-Ida Holm"] == (("Bo Holm", "Holm"), ("Holm",))
    assert met["g-Bo Holm"] == (("Holm", "Ida Holm"), ())
    assert "g-Omar Diop" not in met
