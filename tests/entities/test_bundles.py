"""Counts over groups, which come and go."""

from __future__ import annotations

import random

from kg.entities.bundles import (
    MOST_ATTESTED,
    Bundle,
    Membership,
    counted,
    forms_without,
    profile_of,
)
from kg.entities.canon import Attested
from kg.entities.context import Group, written
from kg.offices import office


def member(number: int, ref: str = "Ida Holm", *, host: bool = False) -> Membership:
    group = Group(
        key=f"g{number}",
        kind="person",
        ref=ref,
        profile="p",
        alone=False,
        states=("NO",),
        offices=(written(office("Minister of Salt")),),
        company=(f"Omar Diop {number}", "Bo Dahl"),
        parties=("NO", "SE"),
        forms=((ref, 2, 1), ("Holm", number % 2 + 1, 1)),
    )
    return Membership("p", group, host, met=("q",), beside=("q",) if number == 1 else ())


def test_what_is_counted_in_and_out_leaves_no_trace() -> None:
    members = [member(number, ref) for number, ref in enumerate(("Ida Holm", "Holm Ida") * 4)]
    expected = counted(None, [], members[:3])
    draw = random.Random(1)
    for _ in range(5):
        draw.shuffle(members)
        some = counted(None, [], members)
        rest = [each for each in members if each.group.key not in ("g0", "g1", "g2")]
        assert counted(some, rest, []) == expected
    assert (
        counted(
            expected, [member(n, r) for n, r in enumerate(("Ida Holm", "Holm Ida", "Ida Holm"))], []
        )
        is None
    )


def test_a_profile_shows_the_least_name_and_a_bounded_number_of_what_is_most_attested() -> None:
    bundle = counted(None, [], [member(number) for number in range(100)])
    assert bundle
    profile = profile_of("p", bundle)
    assert profile.name == "Ida Holm"
    assert profile.offices == {office("Minister of Salt")}
    assert "Bo Dahl" in profile.company
    assert len(profile.company) == MOST_ATTESTED
    assert profile.states == {"NO"}
    assert profile.beside == {"q"}


def test_two_profiles_named_in_one_article_share_a_mark() -> None:
    left, right = (Bundle("person", 1, refs={"Holm": 1}, met={key: 2}) for key in "qp")
    assert profile_of("p", left).articles & profile_of("q", right).articles
    other = Bundle("person", 1, refs={"Holm": 1}, met={"r": 1})
    assert not profile_of("p", left).articles & profile_of("s", other).articles


def test_a_guest_lends_its_host_a_name_and_nothing_else() -> None:
    host = counted(None, [], [member(1)])
    both = counted(host, [], [member(2, "the minister", host=True)])
    assert host
    assert both
    assert both.forms["the minister"] == Attested(1, 2, 1)
    assert (both.groups, both.refs, both.company) == (2, host.refs, host.company)


def test_forms_can_be_told_without_those_of_some_groups() -> None:
    bundle = counted(None, [], [member(1), member(2, "Holm Ida")])
    assert bundle
    assert forms_without(bundle, [member(2, "Holm Ida").group]) == {
        "Ida Holm": Attested(1, 2, 1),
        "Holm": Attested(1, 2, 1),
    }
