"""Judgements and the clusters that follow from them."""

from __future__ import annotations

from itertools import combinations

from kg.entities.cluster import Component, Docket, Outcome, Said, clustered
from kg.entities.context import Profile
from kg.entities.judge import judge
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


def outcome_of(*profiles: Profile, said: Said | None = None) -> Outcome:
    """Cluster profiles as one component, each compared with each."""
    docket = Docket(judge)
    for left, right in combinations(profiles, 2):
        docket.on(left, right)
    units = {each.key: (each.key,) for each in profiles}
    component = Component({each.key: each for each in profiles}, units, said or Said())
    return clustered(component, docket)


def together(*profiles: Profile) -> set[frozenset[str]]:
    """Give the clusters by the names of their members."""
    outcome = outcome_of(*profiles)
    return {frozenset(unit.split("|")[0] for unit in cluster) for cluster in outcome.clusters}


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
    outcome = outcome_of(profile("Ann Lee", "NO"), profile("Ann Lee", "KR"), profile("Ann Lee"))
    assert len(outcome.clusters) == 3
    assert len(outcome.doubted) == 2


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
    apart = Said(apart={left.key: frozenset({right.key}), right.key: frozenset({left.key})})
    assert len(outcome_of(left, right).clusters) == 1
    assert len(outcome_of(left, right, said=apart).clusters) == 2
    one = Said(same=frozenset({(left.key, other.key)}))
    assert len(outcome_of(left, other).clusters) == 2
    assert len(outcome_of(left, other, said=one).clusters) == 1


def test_a_group_that_a_person_parts_leaves_its_profile_alone() -> None:
    left = profile("Ann Lee", "NO")
    said = Said(apart={"one": frozenset({"two"}), "two": frozenset({"one"})})
    component = Component({left.key: left}, {left.key: (left.key, "one", "two")}, said)
    outcome = clustered(component, Docket(judge))
    assert outcome.clusters == (frozenset({left.key, "one"}), frozenset({"two"}))
