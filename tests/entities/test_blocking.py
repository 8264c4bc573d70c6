"""Which profiles are compared at all."""

from __future__ import annotations

import pytest

from kg.entities.blocking import LIMITS, compared, limit_of, marks_of, sounds_of, words_of
from kg.entities.context import Profile
from kg.entities.model import EntityKind
from kg.offices import office


def person(name: str, *states: str, title: str = "") -> Profile:
    offices = {office(title)} if title else set()
    return Profile(name, "person", name, states=frozenset(states), offices=offices)


def label(kind: EntityKind, name: str) -> Profile:
    return Profile(name, kind, name)


def meet(left: Profile, right: Profile) -> bool:
    """Say whether two profiles share a mark that one of them seeks."""
    others = {mark.text: mark.seeks for mark in marks_of(right)}
    return any(
        list(compared(mark.seeks, [(others[mark.text], right.key)]))
        for mark in marks_of(left)
        if mark.text in others
    )


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (person("Noh Min-ja", "KR"), person("Min-ja Noh", "KR")),
        (person("Noh Min-ja", "KR"), person("Roh Minja", "KR")),
        (person("Noh Min-ja", "KR"), person("Nohmin Ja")),
        (person("Ann Lee", "NO"), person("A. Lee", "NO")),
        (person("Ann Lee", "NO"), person("A. Lee")),
        (person("Ann Lee", "NO"), person("Ann Maria Lee", "SE")),
        (person("Ann Lee"), person("Ann B. Lee")),
        (person("Bob Lee", "NO"), person("Robert Lee", "NO")),
        (person("Holm", "NO", title="Salt Minister"), person("Ida Holm", "NO")),
        (person("Holm"), person("Ida Holm", "NO")),
        (
            person("Ann Lee", "NO", title="Salt Minister"),
            person("Omar Diop", "NO", title="Minister of Salt"),
        ),
        (person("Ida Holm", "NO", title="Minister"), person("Bo Dahl", "NO", title="Minister")),
        (label("organisation", "Salt Trade Agency (STA)"), label("organisation", "STA")),
        (label("organisation", "Salt Trade Agency"), label("organisation", "STA")),
        (label("organisation", "Salt Agency"), label("organisation", "Agency of Salt")),
        (label("framework", "Salt Road Forum"), label("framework", "Salt Road Forum for All")),
        (label("place", "Springfield, D.C."), label("place", "Springfield")),
        (label("occasion", "Salt Harbour Summit"), label("occasion", "Salt Harbour")),
    ],
    ids=lambda each: each.name,
)
def test_names_that_may_be_one_meet(left: Profile, right: Profile) -> None:
    assert meet(left, right)
    assert meet(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (person("Ann Lee", "NO"), person("Omar Diop", "NO")),
        (person("Kim Min-ja", "KR"), person("Kim Do-yun", "KP")),
        (label("organisation", "Salt Agency"), label("framework", "Salt Agency")),
        (label("organisation", "World Salt Fund"), label("organisation", "Grain Trade Board")),
        (person("two officials"), person("two officials")),
    ],
    ids=lambda each: each.name,
)
def test_names_that_have_nothing_in_common_do_not_meet(left: Profile, right: Profile) -> None:
    assert not meet(left, right)


def test_every_mark_belongs_to_a_family_with_a_limit() -> None:
    known = [
        person("Ida Maria van Holm", "NO", "SE", title="Minister of Salt"),
        person("J. Holm"),
        label("organisation", "Salt Trade Agency (STA)"),
        label("place", "Springfield, D.C."),
        Profile("d", "framework", "US-Japan Dialogue", parties={"US", "JP"}, story={"hlm"}),
        Profile("f", "framework", "Salt Route Forum", scene={"2020-05", "2020-05-06"}),
        Profile("m", "organisation", "Ministry of Salt and Grain", around={"NO"}),
    ]
    marks = {mark for each in known for mark in marks_of(each)}
    assert {mark.text.partition(":")[0] for mark in marks} == LIMITS.keys()
    assert all(limit_of(mark.text) > 1 for mark in marks)


def test_who_only_offers_is_not_compared_with_who_only_offers() -> None:
    others = [("seeks", "a"), ("offers", "b")]
    assert list(compared("seeks", others)) == ["a", "b"]
    assert list(compared("offers", others)) == ["a"]


def test_a_long_name_has_few_marks() -> None:
    long = " ".join(f"{letter}ano" for letter in "bdfgklmprstv")
    assert len(marks_of(person(long, "BR"))) < 400


def test_a_cheap_look_at_names_finds_what_they_share() -> None:
    assert sounds_of("Ida Holm") & sounds_of("Holm")
    assert not sounds_of("Ida Holm") & sounds_of("Omar Diop")
    assert words_of("Salt Trade Agency") & words_of("STA")
    assert not words_of("World Salt Fund") & words_of("Grain Board")
