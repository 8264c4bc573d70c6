"""What an account of a meeting says, summed up once: a sighting in, who, where, when, which out.

Persons stand for the states that they act for. Where an account names neither parties nor a
framework, those of what its text had spoken of before are kept apart as its background.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg import edtf
from kg.events.reading import World
from kg.events.sightings import Sighting, dated
from kg.events.wording import framework_words, size_of


@dataclass(frozen=True, slots=True)
class Account:
    """A meeting as one article tells of it."""

    article: str
    published: str | None
    people: frozenset[str]
    parties: frozenset[str]
    present: frozenset[str]  # states of the people named, if two persons or more are
    states: frozenset[str]  # parties, or if they are not listed who is known to have been there;
    # for a bare account those that issued what it goes back to
    listed: bool  # the text gives all parties
    gathered: bool  # one claim tells who met, all of known states
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
    listed = len(parties) > 1 and size in (0, len(parties))
    listed = listed and bool(not present or present & parties)
    frameworks = sighting.of("framework")
    named = frozenset(word for each in frameworks for word in framework_words(world.label(each)))
    apart = frameworks or setting or (len(people) > 1 and size)  # talks beside the gathering
    own = parties or people or frameworks
    told = sighting.readings
    together = any(len(each.of("attendee") | each.of("party")) > 1 for each in told)
    known = all(world.states_of(frozenset({each})) for each in people)
    return Account(
        article=sighting.article,
        published=sighting.published,
        people=people,
        parties=parties,
        present=present if len(people) > 1 else frozenset(),
        states=around or (parties if listed else parties | present),
        listed=listed,
        gathered=bool(setting) or listed or (together and known),
        size=size or (len(parties) if listed else 0),
        frameworks=frameworks,
        named=named,
        quoted=frozenset() if frameworks or setting else _quoted(sighting),
        ordinals=sighting.of("ordinal"),
        places=setting.of("place") if setting else sighting.of("place"),
        days=tuple(dated(each, sighting.published) for each in setting.of("date"))
        if setting
        else sighting.dates,
        statuses=sighting.statuses,
        before=frozenset() if apart else sighting.series,
        series=frozenset() if apart else _words(sighting.series, world),
        kin=frozenset() if own else sighting.kin,
        bare=bool(setting),
        vague=any(map(world.names_state, sighting.of("place"))),
    )


def _told(sighting: Sighting, world: World) -> int:
    """Give how many took part as words say, 0 if they do not or say several things."""
    labels = [world.label(each) for each in sighting.of("framework")]
    told = ({size_of(each) for each in labels} | {sighting.size}) - {0}
    return told.pop() if len(told) == 1 else 0


def _quoted(sighting: Sighting) -> frozenset[str]:
    return frozenset().union(*(framework_words(each.quote) for each in sighting.readings))


def _words(frameworks: frozenset[str], world: World) -> frozenset[str]:
    return frozenset(word for each in frameworks for word in framework_words(world.label(each)))


def precise(day: str) -> bool:
    """Say whether a date names a day of a month, or few days that follow one another."""
    return edtf.names_day(day) or edtf.precision(day) == 7
