"""Judgements and the clusters that follow from them."""

from __future__ import annotations

from kg.entities.cluster import clustered
from kg.entities.context import Profile
from kg.entities.judge import judge
from kg.entities.model import Judgement
from kg.offices import office


def profile(name: str, state: str = "", title: str = "", **known: set[str]) -> Profile:
    return Profile(
        key=f"{name}|{state}|{title}",
        kind="person",
        name=name,
        groups={f"{name}|{state}|{title}"},
        articles=known.get("articles", {name}),
        states=frozenset({state} - {""}),
        offices={office(title)} if title else set(),
        company=known.get("company", set()),
        beside=known.get("beside", set()),
    )


def together(*profiles: Profile) -> set[frozenset[str]]:
    """Give the clusters by the names of their members."""
    outcome = clustered(profiles)
    return {frozenset(group.split("|")[0] for group in cluster) for cluster in outcome.clusters}


def test_two_holders_of_one_office_are_two() -> None:
    outcome = judge(
        profile("Ann Lee", "NO", "Salt Minister"), profile("Omar Diop", "NO", "Minister of Salt")
    )
    assert outcome.verdict == "different"
    assert outcome.rule == "rule/another-holder"


def test_a_misread_name_needs_the_office_and_not_the_state_alone() -> None:
    right = profile("Tabata Ken", "JP", "Salt Minister")
    assert judge(right, profile("Tabata Gen", "JP", "Minister of Salt")).verdict == "same"
    assert judge(right, profile("Tabata Gen", "JP")).verdict == "unsure"
    assert judge(right, profile("Tabata Gen", "JP", "Grain Minister")).verdict == "different"


def test_persons_listed_side_by_side_are_two_however_alike() -> None:
    left = profile("Tabata Ken", "JP", "Salt Minister")
    right = profile("Tabata Gen", "JP", "Salt Minister", beside=left.groups)
    assert judge(left, right).rule == "rule/listed-together"
    assert together(left, right) == {frozenset({"Tabata Ken"}), frozenset({"Tabata Gen"})}


def test_namesakes_of_two_states_do_not_chain_through_a_name_without_a_state() -> None:
    """A surname alone fits both: it joins neither, and they stay apart."""
    assert together(
        profile("Ann Lee", "NO", "President"),
        profile("Ann Lee", "KR", "President"),
        profile("Ann Lee"),
    ) == {frozenset({"Ann Lee"})}  # three clusters, all of one name
    outcome = clustered([profile("Ann Lee", "NO"), profile("Ann Lee", "KR"), profile("Ann Lee")])
    assert len(outcome.clusters) == 3


def test_a_surname_joins_the_one_holder_that_it_fits() -> None:
    full = profile("Ann Holm", "NO", "Prime Minister")
    assert together(full, profile("Holm", "NO", "Prime Minister")) == {
        frozenset({"Ann Holm", "Holm"})
    }
    rival = profile("Bo Holm", "NO", "Prime Minister")
    assert len(together(full, rival, profile("Holm", "NO", "Prime Minister"))) == 3


def test_a_persons_judgement_wins_over_every_rule() -> None:
    left, right = profile("Ann Lee", "NO"), profile("Ann Lee", "NO", "Salt Minister")
    other = profile("Omar Diop", "NO")
    low, high = sorted((left.representative, right.representative))
    apart = Judgement("1", low, high, "different", "a reader", 1.0)
    assert len(clustered([left, right]).clusters) == 1
    assert len(clustered([left, right], [apart]).clusters) == 2
    low, high = sorted((left.representative, other.representative))
    one = Judgement("2", low, high, "same", "a reader", 1.0)
    outcome = clustered([left, other], [one])
    assert len(outcome.clusters) == 1
    assert one in outcome.judgements


def test_judgements_by_rules_of_an_earlier_run_are_not_taken_over() -> None:
    left, right = profile("Ann Lee", "NO"), profile("Ann Lee", "NO", "Salt Minister")
    low, high = sorted((left.representative, right.representative))
    old = Judgement("1", low, high, "different", "rule/old", 1.0)
    assert len(clustered([left, right], [old]).clusters) == 1


def test_the_log_explains_each_merge() -> None:
    outcome = clustered([profile("Ann Lee", "NO"), profile("Ann M. Lee", "NO")])
    assert [(each.verdict, each.author) for each in outcome.judgements] == [
        ("same", "rule/name-identical")
    ]
    assert outcome.judgements[0].reasons
