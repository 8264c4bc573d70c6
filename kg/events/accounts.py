"""What an account of a meeting says, summed up once: a sighting in, who, where, when, which out.

Persons stand for the states that they act for. Where an account names neither parties nor a
framework, those of what its text had spoken of before are kept apart as its background.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg import edtf
from kg.events.reading import World
from kg.events.sightings import Sighting, dated
from kg.events.whereabouts import powers_in, spot_of
from kg.events.wording import figures_of, framework_words, gathering_words, size_of

_ACRONYM: Final = re.compile(r"\b[A-Z]{3,}\b")
_FEW: Final = 2  # letters that say nothing


@dataclass(frozen=True, slots=True)
class Account:
    """A meeting as one article tells of it."""

    key: str  # of the sighting
    article: str
    published: str | None
    people: frozenset[str]
    parties: frozenset[str]
    present: frozenset[str]  # states of the people named, if two persons or more are
    states: frozenset[str]  # parties, or if they are not listed who is known to have been there;
    # for a bare account those that issued what it goes back to
    listed: bool  # the text gives all parties
    gathered: bool  # one claim tells who met, all of known states
    together: bool  # one claim names several who met, so that its list may be whole
    quoted: frozenset[str]  # words of the text, where it names no framework
    size: int  # how many took part, 0 if the text does not say
    frameworks: frozenset[str]
    named: frozenset[str]  # words of their names
    ordinals: frozenset[str]
    places: frozenset[str]
    days: tuple[str, ...]
    statuses: frozenset[str]
    before: frozenset[str]  # the framework that the text spoke of before
    series: frozenset[str]  # words of its name
    kin: frozenset[str]  # who had been spoken of before
    bare: bool  # it says nothing but who was there, after a document
    vague: bool  # a state is named for the place
    seats: frozenset[str]  # the capitals that its places are
    lands: frozenset[str]  # the states that its places lie in
    pinned: bool  # its places have names of their own
    letters: frozenset[str]  # acronyms of its frameworks
    initials: frozenset[str]  # of their names
    hosts: frozenset[str]  # states
    apart: bool  # talks beside a gathering
    told_of: tuple[str, ...]  # dates of what else its text tells of
    company: frozenset[str]  # who and what else its text names
    figures: frozenset[tuple[str, float]]

    @property
    def whole(self) -> bool:
        """Say whether it seems to name all that took part."""
        return self.listed or (self.gathered and len(self.states) > 1)


def account_of(sighting: Sighting, world: World) -> Account:
    """Sum up a sighting."""
    people, parties = sighting.of("attendee"), sighting.of("party")
    setting = sighting.setting if sighting.bare else None
    if setting:
        people |= sighting.around
    around = world.states_of(setting.of("issuer")) if setting else frozenset()
    present = world.states_of(people)
    size = _told(sighting, world)
    frameworks, background, parties = _frameworks(sighting, parties, people, world)
    labels = [world.label(each) for each in sorted(frameworks)]
    if not parties and len(present) < 2:
        parties = _called_after(labels)
    listed = len(parties) > 1 and size in (0, len(parties))
    listed = listed and bool(not present or present & parties)
    apart = setting or (len(people) > 1 and size)  # talks beside the gathering
    apart = apart or bool(_words(frameworks, world))
    own = parties or people or frameworks
    told = sighting.readings
    together = any(len(each.of("attendee") | each.of("party")) > 1 for each in told)
    known = all(world.states_of(frozenset({each})) for each in people)
    places = setting.of("place") if setting else sighting.of("place")
    spots = [spot_of(world.label(each)) for each in sorted(places)]
    return Account(
        key=sighting.key,
        article=sighting.article,
        published=sighting.published,
        people=people,
        parties=parties,
        present=present if len(people) > 1 else frozenset(),
        states=around or (parties if listed else parties | present),
        listed=listed,
        gathered=bool(setting) or listed or (together and known),
        together=bool(setting) or together,
        size=size or (len(parties) if listed else 0),
        frameworks=frameworks,
        named=_words(frameworks, world),
        quoted=frozenset() if frameworks or setting else _quoted(sighting),
        ordinals=sighting.of("ordinal"),
        places=places,
        days=tuple(dated(each, sighting.published) for each in setting.of("date"))
        if setting
        else sighting.dates,
        statuses=sighting.statuses,
        before=frozenset() if apart else background,
        series=frozenset() if apart else _words(background, world),
        kin=frozenset() if own else sighting.kin,
        bare=bool(setting),
        vague=any(map(world.names_state, sighting.of("place"))),
        seats=frozenset(each for spot in spots for each in spot.seats),
        lands=frozenset(each for spot in spots for each in spot.states),
        pinned=bool(spots) and all(spot.named for spot in spots),
        letters=frozenset(each for label in labels for each in acronyms_of(label)),
        initials=frozenset(each for label in labels for each in initials_of(label)),
        hosts=world.states_of(sighting.of("host")),
        apart=sighting.apart,
        told_of=sighting.told_of,
        company=sighting.company,
        figures=frozenset().union(*(figures_of(each.quote) for each in told)),
    )


def _frameworks(
    sighting: Sighting, parties: frozenset[str], people: frozenset[str], world: World
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Give the frameworks of a sighting, those in its background, and its parties.

    A committee that meets is a framework; talks on the occasion of a gathering are not its own.
    """
    frameworks, background = sighting.of("framework"), sighting.series
    bodies = frozenset(each for each in parties if world.kind(each) == "organisation")
    if bodies == parties:
        frameworks, parties = frameworks | bodies, frozenset()
    if sighting.apart and len(people | parties) > 1 and not sighting.of("ordinal"):
        return frozenset(), frameworks or background, parties
    return frameworks, background, parties


def _called_after(labels: Iterable[str]) -> frozenset[str]:
    """Give the states that a framework is called after, if these are several."""
    found = [own for own in map(powers_in, labels) if len(own) > 1]
    return found[0] if len(found) == 1 else frozenset()


def _told(sighting: Sighting, world: World) -> int:
    """Give how many took part as words say, 0 if they do not or say several things."""
    labels = [world.label(each) for each in sighting.of("framework")]
    told = ({size_of(each) for each in labels} | {sighting.size}) - {0}
    return told.pop() if len(told) == 1 else 0


def _quoted(sighting: Sighting) -> frozenset[str]:
    return frozenset().union(*(gathering_words(each.quote) for each in sighting.readings))


def _words(frameworks: frozenset[str], world: World) -> frozenset[str]:
    return frozenset(word for each in frameworks for word in framework_words(world.label(each)))


@lru_cache(maxsize=8192)
def acronyms_of(label: str) -> frozenset[str]:
    """Give the acronyms that a label gives.

    >>> sorted(acronyms_of("Salt Road Forum (SRF)")), sorted(acronyms_of("the Salt Road Forum"))
    (['srf'], [])
    """
    return frozenset(each.casefold() for each in _ACRONYM.findall(label))


@lru_cache(maxsize=8192)
def initials_of(label: str) -> frozenset[str]:
    """Give the initials of the words of a label, if they are more than a few.

    >>> sorted(initials_of("the Salt Road Forum")), sorted(initials_of("Salt Forum"))
    (['srf'], [])
    """
    bare = re.sub(r"\([^()]*\)", " ", label)
    letters = "".join(word[0] for word in re.findall(r"[^\W_]+", bare) if word[0].isupper())
    return frozenset({letters.casefold()}) if len(letters) > _FEW else frozenset()


def precise(day: str) -> bool:
    """Say whether a date names a day of a month, or few days that follow one another."""
    return edtf.names_day(day) or edtf.precision(day) == 7
