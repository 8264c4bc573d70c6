"""Blocking: a profile in, the marks out under which profiles with a name alike are found.

Only profiles that share a mark are compared. A block that holds too many is left out, for all its
members alike; the finer marks (a state, an office, a second part of the name) that every profile
bears as well then stand in for it. Of a mark that some only offer (the words within a longer
name), those who offer it are not compared with each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from kg.entities.bodies import members_of
from kg.entities.context import Profile, nobodys
from kg.entities.descriptions import described, describes_place
from kg.entities.labels import Label, city_of, fields_of, is_ministry, label_of
from kg.entities.lexicons import kinds
from kg.entities.mentions import unnamed
from kg.entities.names import Name, name_of
from kg.entities.romanisation import backgrounds_of, joined, key, skeleton
from kg.offices import Office

LIMITS: Final = {
    "full": 120,  # the whole name by its sounds
    "within": 120,  # the whole name, or some parts of a longer one
    "acronym": 60,
    "start": 40,  # the first two words of a label
    "initial": 40,  # a part of a name and the first letter of another
    "token": 24,  # one part of a name
    "part": 60,  # a name of one part, or that part of a longer one
    "office": 24,
    "word": 24,  # one word of a plan's name that is no common one
    "members": 24,  # states that take part in a body, with what it is
    "field": 24,  # what a ministry is for, in a state
    "when": 24,  # the day of something at a place, the month of something under a plan
    "story": 24,  # another person in its articles, with what it is
}
"""How many profiles a block of each family may hold to be compared."""
_MANY_PARTS: Final = 5  # of a longer name only its neighbouring parts are looked for
_DAY: Final = len("2020-01-31")
_MONTH: Final = len("2020-01")
_MANY_MEMBERS: Final = 5
_VOWELS: Final = "aeiouy"


class Mark(NamedTuple):
    """A mark of a profile; who only offers it is compared with those who seek it."""

    text: str
    seeks: str  # "seeks" or "offers", as it is kept


def marks_of(profile: Profile) -> frozenset[Mark]:
    """Give the marks of a profile; a common noun names nobody to compare."""
    if profile.kind == "framework":
        return frozenset((*_named(profile), *_body_marks(profile)))
    if profile.kind == "organisation" and is_ministry(profile.name):
        return frozenset((*_named(profile), *_ministry_marks(profile)))
    if profile.kind == "place":
        return frozenset((*_named(profile), *_place_marks(profile)))
    return frozenset(_named(profile))


def _named(profile: Profile) -> Iterable[Mark]:
    if unnamed(profile.name):
        return ()
    if profile.kind == "person":
        return _person_marks(profile)
    return _label_marks(profile.kind, profile.name)


def _ministry_marks(profile: Profile) -> Iterator[Mark]:
    """Yield the fields of a ministry in each state that may be its own."""
    own = label_of(profile.name).states
    states = sorted(own or profile.around)
    for state in states if len(states) <= _MANY_MEMBERS else ():
        for field in sorted(fields_of(profile.name)):
            yield Mark(f"field:{state}:{field}", "seeks")


def _place_marks(profile: Profile) -> Iterator[Mark]:
    """Yield the marks under which a place that is described is looked for among named ones."""
    told = describes_place(profile.name)
    manner = "seeks" if told else "offers"
    for mark in sorted(profile.story):
        yield Mark(f"story:place::{mark}", manner)
    for day in sorted(each for each in profile.scene if len(each) == _DAY):
        yield Mark(f"when:place:{day}", manner)


def _body_marks(profile: Profile) -> Iterator[Mark]:
    """Yield the marks under which a common name is looked for: its head, with whom it is about."""
    label = label_of(profile.name)
    common = nobodys(profile.kind, profile.name)
    manner = "seeks" if common or len(label.states) > 1 else "offers"
    usual = kinds().common_words | kinds().organisation_words
    for word in () if common else sorted(label.core - usual):
        yield Mark(f"word:{profile.kind}:{word}", "seeks")
    for head in sorted({label.head, *(label.core if len(label.core) == 1 else ())}):
        members = sorted(members_of(profile))
        if len(members) <= _MANY_MEMBERS:
            for pair in combinations(members, 2):
                yield Mark(f"members:{profile.kind}:{','.join(pair)}:{head}", manner)
        for mark in sorted(profile.story):
            yield Mark(f"story:{profile.kind}:{head}:{mark}", manner)
        for month in sorted(each for each in profile.scene if len(each) == _MONTH):
            yield Mark(f"when:{profile.kind}:{head}:{month}", "seeks")


def limit_of(mark: str) -> int:
    """Say how many profiles the block of a mark may hold to be compared."""
    return LIMITS[mark.partition(":")[0]]


def compared(seeks: str, others: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield of the members of a block, each with its manner, those compared with such a member."""
    return (other for manner, other in others if "seeks" in (seeks, manner))


@lru_cache(maxsize=16384)
def sounds_of(name: str) -> frozenset[str]:
    """Give what two names of persons must have in common to be worth a comparison at all."""
    tokens = name_of(name).tokens
    sounds = [skeleton(token) for token in tokens]
    return frozenset((*map(_sound, tokens), f"joined:{joined(sounds)}"))


@lru_cache(maxsize=16384)
def words_of(label: str) -> frozenset[str]:
    """Give what two labels must have in common to be worth a comparison at all."""
    cut = label_of(label)
    return frozenset({*cut.words, *cut.acronyms, cut.initials})


def _person_marks(profile: Profile) -> Iterator[Mark]:
    """Yield the marks of a person; who is known to act for a state is sought by parts there."""
    name = name_of(profile.name)
    if described(profile.name):
        for state in sorted(profile.states):
            yield from _office_marks(state, profile.offices, ())
        return
    yield from _named_marks(name, known=bool(profile.states))
    yield from _spelt_marks(name.tokens, profile.states)
    sounds = [_sound(token) for token in name.tokens]
    whole = " ".join(sorted(map(skeleton, name.tokens)))
    for state in sorted(profile.states):
        yield Mark(f"full:{state}:{whole}", "seeks")
        for sound in sounds:
            yield Mark(f"token:{state}:{sound}", "seeks")
        for sound, letter in _initials(name):
            yield Mark(f"initial:{state}:{sound}:{letter}", "seeks")
        yield from _office_marks(state, profile.offices, sounds)


@lru_cache(maxsize=16384)
def _named_marks(name: Name, *, known: bool) -> tuple[Mark, ...]:
    """Give the marks that a name bears whatever its bearer does."""
    sounds = [skeleton(token) for token in name.tokens]
    manner = "offers" if known else "seeks"
    single = "seeks" if len(name.tokens) == 1 and not known else "offers"
    found = [
        Mark(f"full:{' '.join(sorted(sounds))}", "seeks"),
        Mark(f"full:{joined(sounds)}", "seeks"),
        *(Mark(f"initial:{sound}:{letter}", manner) for sound, letter in _initials(name)),
        *(Mark(f"token:{_sound(token)}", manner) for token in name.tokens),
        *(Mark(f"part:{_sound(token)}", single) for token in name.tokens),
    ]
    if len(sounds) > 1:
        found.append(Mark(f"within:{' '.join(sorted(sounds))}", "seeks"))
        found += [Mark(f"within:{' '.join(sorted(some))}", "offers") for some in _parts(sounds)]
    return tuple(found)


@lru_cache(maxsize=16384)
def _spelt_marks(tokens: tuple[str, ...], states: frozenset[str]) -> frozenset[Mark]:
    """Give what a name shares with its other spellings in the languages it may come from."""
    rows = {joined(key(token, each) for token in tokens) for each in backgrounds_of(states)}
    return frozenset(Mark(f"full:~{row}", "seeks") for row in rows)


def _office_marks(state: str, offices: Iterable[Office], sounds: Iterable[str]) -> Iterator[Mark]:
    """Yield the marks of offices; one that is told without its field is compared with all."""
    for office in offices:
        for rank in office.ranks:
            yield Mark(f"office:{state}:{rank}", "offers" if office.portfolio else "seeks")
            for word in office.portfolio:
                yield Mark(f"office:{state}:{rank}:{word}", "seeks")
            for sound in sounds:
                yield Mark(f"office:{state}:{rank}::{sound}", "seeks")


def _initials(name: Name) -> frozenset[tuple[str, str]]:
    """Pair each full part of a name with the first letter of each other part."""
    parts = [(token, "") for token in name.tokens]
    parts += [("", letter) for letter in name.initials if letter not in name.tokens]
    found: set[tuple[str, str]] = set()
    for place, (token, _) in enumerate(parts):
        for other, (second, letter) in enumerate(parts):
            if token and place != other:
                found.add((_sound(token), _letter(second or letter)))
    return frozenset(found)


def _letter(part: str) -> str:
    """Fold the first letter of a part as skeletons do; vowels stand for one another."""
    return "a" if part[:1] in _VOWELS else skeleton(part[:1])


def _sound(token: str) -> str:
    sound = skeleton(token)
    return sound if len(sound) > 1 else token


def _parts(sounds: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the parts of a longer name that a shorter form of it may consist of."""
    if len(sounds) > _MANY_PARTS:
        yield from pairwise(sounds)
        return
    for length in range(2, len(sounds)):
        yield from combinations(sounds, length)


@lru_cache(maxsize=16384)
def _label_marks(kind: str, name: str) -> tuple[Mark, ...]:
    label = label_of(name)
    whole = " ".join(sorted(label.words))
    states = ",".join(sorted(label.states))
    found = [Mark(f"full:{kind}:{states}:{whole}", "seeks")]
    if whole:
        found.append(Mark(f"full:{kind}:{whole}", "seeks"))
        words = label.words[:1] if kind == "place" else label.words[:2]
        found.append(Mark(f"start:{kind}:{' '.join(words)}", "seeks"))
    if kind in ("place", "occasion"):
        found += _prefixes(kind, label)
    if kind == "place":
        found.append(Mark(f"full:place:{city_of(name) or ''.join(label.words)}", "seeks"))
    return (*found, *_acronyms(kind, label))


def _prefixes(kind: str, label: Label) -> Iterator[Mark]:
    for length in range(1, len(label.words) + 1):
        manner = "seeks" if length == len(label.words) else "offers"
        yield Mark(f"within:{kind}:{' '.join(label.words[:length])}", manner)


def _acronyms(kind: str, label: Label) -> Iterator[Mark]:
    sought = {*label.acronyms, *(label.words if len(label.words) == 1 else ())}
    for acronym in sorted(sought):
        yield Mark(f"acronym:{kind}:{acronym}", "seeks")
    if len(label.words) > 2 and label.initials not in sought:
        yield Mark(f"acronym:{kind}:{label.initials}", "offers")
