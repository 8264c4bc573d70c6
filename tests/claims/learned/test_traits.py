"""Candidates come from the reading, and their features hold no names."""

from __future__ import annotations

from kg.claims.engine import Engine
from kg.claims.learned.candidates import Candidate, candidates
from kg.claims.learned.judging import ACTORS
from kg.claims.learned.signs import Seen, Whole
from kg.claims.learned.traits import path, pooled, traits
from kg.claims.reading import read
from tests.claims.reading_of import article

NAMES = ("norway", "norwegian", "oslo", "peru", "lindqvist")
TEXT = "On Friday Norway and Peru agreed in Oslo to sell a third of their tin."


def seen(engine: Engine, text: str = TEXT) -> Seen:
    reading = read(article(text), engine)
    return Seen(Whole(reading), reading.sentences[0])


def values(found: tuple[Candidate, ...], sort: str) -> set[str]:
    return {f.value for each in found if each.sort == sort for f in each.fillers}


def test_states_dates_places_things_and_shares_are_candidates(engine: Engine) -> None:
    found = candidates(seen(engine))
    assert {"NO", "PE"} <= values(found, "party")
    assert "2024-06-21" in values(found, "date")
    assert "Oslo" in values(found, "place")
    assert "tin" in values(found, "thing")
    assert "33" in values(found, "share")


def test_a_weekday_may_be_meant_of_what_is_to_come(engine: Engine) -> None:
    found = candidates(seen(engine, "The ministers will meet on Friday."))
    assert values(found, "date") == {"2024-06-21", "2024-06-28"}


def test_features_hold_no_names(engine: Engine) -> None:
    looked = seen(engine, "Kari Lindqvist, a Norwegian envoy, agreed in Oslo to sell Peru tin.")
    given = candidates(looked)
    token = looked.sentence.span.root
    sorts = frozenset(each.sort for each in given)
    features = {
        name for _, own in traits(looked, given, {"t": (), "m": (token,)}, sorts) for name in own
    }
    features |= looked.told
    assert features
    assert not [name for name in features if any(each in name.lower() for each in NAMES)]


def test_a_state_that_is_named_twice_is_one_actor_with_all_its_features(engine: Engine) -> None:
    looked = seen(engine, "Peru agreed that tin from Peru would go to Norway.")
    given = candidates(looked)
    anchors = {"t": (), "m": (looked.sentence.span.root,)}
    described = traits(looked, given, anchors, ACTORS)
    mentions = [own for each, own in described if each.fillers[0].value == "PE"]
    (actor,) = [own for each, own in pooled(looked, described, ACTORS)
                if each.fillers[0].value == "PE"]  # fmt: skip
    assert len(mentions) > 1
    assert all(own < actor for own in mentions)


def test_only_sorts_that_are_asked_for_are_candidates(engine: Engine) -> None:
    found = candidates(seen(engine), frozenset(("place", "date")))
    assert {each.sort for each in found} == {"place", "date"}


def test_the_way_from_a_subject_to_its_verb_is_one_step_up(engine: Engine) -> None:
    span = seen(engine, "Ministers agreed to sell tin.").sentence.span
    subject = next(token for token in span if token.dep_ == "nsubj")
    assert str(path(subject, subject.head)) == "nsubj|"
    assert path(subject, subject).steps == 0


def test_words_without_a_way_between_them_are_far_apart(engine: Engine) -> None:
    reading = read(article("Peru agreed. Norway refused."), engine)
    one, other = (sentence.span.root for sentence in reading.sentences)
    assert str(path(one, other)) == "far"
