"""Meetings as one article tells of them: its claims in, one sighting per meeting out.

A sentence that only names who was there continues the meeting that the text has just spoken of,
unless a document with a date or signatories of its own has come between. Titles and headings join
last, and never say who took part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from kg import edtf
from kg.events.reading import Reading
from kg.events.wording import aside, attends, goes_on, joins, size_of

REACH: Final = 900  # characters within which a sentence may continue the meeting before it
_ENOUGH: Final = 1.5
_ITS_OWN: Final = ("date", "place", "framework", "ordinal", "follows")
_PAIR: Final = 2
_DATED: Final = ("meeting", "document")
_COMPANY: Final = ("person", "attendee", "place", "framework")
_NAMING: Final = ("issuer", "actor", "speaker", "attendee")


@dataclass  # without slots: what is gathered once stays with it, but is not kept
class Sighting:
    """One meeting as one article tells of it."""

    article: str
    published: str | None
    readings: list[Reading] = field(default_factory=list)
    headings: list[Reading] = field(default_factory=list)
    additions: list[Reading] = field(default_factory=list)  # who took part as well
    setting: Reading | None = None  # the document that a bare sentence goes back to
    around: frozenset[str] = frozenset()  # who is named where that document is
    series: frozenset[str] = frozenset()  # the framework that the text had spoken of before
    kin: frozenset[str] = frozenset()  # the parties and people that it had spoken of before
    shares: bool = False  # a sentence with another meeting
    beside: bool = False  # its text tells of a larger meeting in the same framework
    told_of: tuple[str, ...] = ()  # the dates of what else the text tells of
    company: frozenset[str] = frozenset()  # people, places and frameworks that it names besides
    _gathered: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def every(self) -> tuple[Reading, ...]:
        """All its readings; what is compared with other accounts are the first two sorts."""
        return (*self.readings, *self.headings, *self.additions)

    @property
    def key(self) -> str:
        """The id of its first claim."""
        return (self.readings or self.headings)[0].id

    @property
    def end(self) -> int:
        """Where its last claim ends."""
        return max((each.end for each in (*self.readings, *self.additions)), default=0)

    def of(self, role: str) -> frozenset[str]:
        """Gather the values of a role; titles and headings say nothing of who took part."""
        if role not in self._gathered:
            self._gathered[role] = frozenset(self._values(role))
        return self._gathered[role]

    def tell(self, reading: Reading) -> None:
        """Take in a claim that says what meeting it is."""
        self.readings.append(reading)
        self._gathered.clear()

    def head(self, reading: Reading) -> None:
        """Take in a title or heading."""
        self.headings.append(reading)
        self._gathered.clear()

    def _values(self, role: str) -> set[str]:
        found: set[str] = set()
        for reading in self.readings:
            found |= reading.of(role)
        if role not in ("party", "attendee"):
            for reading in self.headings:
                found |= reading.of(role)
        return found

    @property
    def dates(self) -> tuple[str, ...]:
        """Its dates, a year that the article leaves open completed from the day it appeared."""
        if "dates" not in self._gathered:
            known = frozenset(dated(each, self.published) for each in self.of("date"))
            self._gathered["dates"] = known
        return tuple(sorted(self._gathered["dates"]))

    @property
    def statuses(self) -> frozenset[str]:
        """Whether it was held, planned, cancelled or denied, as its claims say."""
        if "statuses" not in self._gathered:
            every = (*self.readings, *self.headings)
            known = frozenset(each.status for each in every if each.status)
            self._gathered["statuses"] = known
        return self._gathered["statuses"]

    @property
    def size(self) -> int:
        """How many took part as words of its claims say; 0 if they do not.

        Words of a sentence that tells of several meetings are of the one that names one person.
        """
        if self.shares and len(self.of("attendee") | self.of("party")) != 1:
            return 0
        found = set(map(told_size, self.readings)) - {0}
        return found.pop() if len(found) == 1 else 0

    @property
    def apart(self) -> bool:
        """Say whether it is told of as talks beside a gathering."""
        first = self.readings[0] if self.readings else None
        several = first and len(first.of("attendee") | first.of("party")) > 1
        return bool(first and several and (self.beside or aside(first.quote)))

    @property
    def denied(self) -> bool:
        """Say whether the article denies it."""
        return bool(self.readings) and self.readings[0].denied

    @property
    def bare(self) -> bool:
        """Say whether it tells of nothing but who was there."""
        return not any(map(self.of, ("party", "date", "place", "framework", "ordinal")))


def dated(date: str, published: str | None) -> str:
    """Complete the year of a date by the day on which its article appeared."""
    return (edtf.dated_by(date, published) if published else None) or date


def told_size(reading: Reading) -> int:
    """Give how many took part, as the words of a claim say that recalls no other meeting."""
    return 0 if reading.of("follows") else size_of(reading.quote)


def sightings_of(readings: Sequence[Reading]) -> list[Sighting]:
    """Give the meetings that one article tells of, in the order of its text."""
    found: list[Sighting] = []
    scene: Sighting | None = None
    setting: Reading | None = None
    for reading in sorted(readings, key=_in_order):
        if reading.kind == "document" and not reading.heads:
            if _sets_apart(reading, scene):
                scene, setting = None, reading
        elif reading.kind == "meeting" and not reading.heads:
            known = len(found)
            placed = _place(reading, found, scene, setting)
            if reading.line != "caption":
                scene = placed
            elif len(found) > known:
                scene = None  # a picture of another meeting
    for reading in readings:
        if reading.kind == "meeting" and reading.heads:
            _head(reading, found)
    company = frozenset(v for each in readings for role in _COMPANY for v in each.of(role))
    spans = Counter(span for each in found for span in {(r.start, r.end) for r in each.readings})
    for sighting in found:
        sighting.shares = any(spans[each.start, each.end] > 1 for each in sighting.readings)
        sighting.around = _named_beside(sighting.setting, readings)
        sighting.beside = any(_larger(other, sighting) for other in found)
        sighting.told_of = _told_of(sighting, readings)
        sighting.company = company.difference(*map(sighting.of, _COMPANY))
    return found


def _larger(other: Sighting, sighting: Sighting) -> bool:
    """Say whether another meeting is that in whose framework a pair has met."""
    if len(sighting.of("attendee")) != _PAIR or sighting.of("party") or sighting.of("ordinal"):
        return False
    taking_part = max(len(other.of("attendee")), len(other.of("party")))
    return bool(other.of("framework") & sighting.of("framework")) and taking_part > _PAIR


def _told_of(sighting: Sighting, readings: Iterable[Reading]) -> tuple[str, ...]:
    """Give the months that a text speaks of beside a meeting that it does not date."""
    if sighting.of("date"):
        return ()
    dates = {date[:7] for each in readings if each.kind in _DATED for date in each.of("date")}
    return tuple(sorted(each for each in dates if each[:4].isdigit()))


def _in_order(reading: Reading) -> tuple[int, bool, bool, bool]:
    """Order claims as in the text; in one sentence, what goes on comes before what begins."""
    several = len(reading.of("attendee") | reading.of("party")) > 1
    meeting = reading.kind == "meeting"
    own = meeting and bool(reading.of("date") or reading.of("place"))
    return reading.start, not _only_recalls(reading), meeting and several, own


def _only_recalls(reading: Reading) -> bool:
    """Say whether a claim tells only what a meeting goes back to, which is not that meeting."""
    told = [role for role, values in reading.roles.items() if values]
    return reading.kind == "meeting" and told == ["follows"]


def _named_beside(setting: Reading | None, readings: Iterable[Reading]) -> frozenset[str]:
    """Give everybody whom claims on the same words name."""
    if setting is None:
        return frozenset()
    start, end = setting.start, setting.end
    beside = [each for each in readings if each.start < end and start < each.end]
    return frozenset(
        value for each in beside for role in ("person", *_NAMING) for value in each.of(role)
    )


def clash(left: Reading | Sighting, right: Reading | Sighting) -> bool:
    """Say whether two accounts cannot be of one meeting: status, ordinal, framework, parties."""
    if left.denied != right.denied or _unlike_status(left, right):
        return True
    for role in ("ordinal", "framework"):
        if _disjoint(left.of(role), right.of(role)):
            return True
    parties, others = left.of("party"), right.of("party")
    if _disjoint(parties, others) or (min(len(parties), len(others)) > 1 and parties != others):
        return True
    people, present = left.of("attendee"), right.of("attendee")
    return len(people) > 1 and len(present) > 1 and not people & present


def _unlike_status(left: Reading | Sighting, right: Reading | Sighting) -> bool:
    """Say whether two accounts cannot be of one meeting by what became of it.

    What one article announces for a day, a later one may tell of as held on that day.
    """
    one, other = _statuses(left), _statuses(right)
    if not one or not other or one & other:
        return False
    if left.article == right.article or {*one, *other} != {"planned", "held"}:
        return True
    plan, held = (left, right) if "planned" in one else (right, left)
    days = {day for day in _days(plan) if edtf.is_day(day) and day >= (plan.published or "X")}
    return not days & set(_days(held))


def _days(account: Reading | Sighting) -> tuple[str, ...]:
    if isinstance(account, Sighting):
        return account.dates
    return tuple(dated(each, account.published) for each in account.of("date"))


def _statuses(account: Reading | Sighting) -> frozenset[str]:
    if isinstance(account, Sighting):
        return account.statuses
    return frozenset({account.status} - {None})  # type: ignore[arg-type]  # None is gone


def _sets_apart(document: Reading, scene: Sighting | None) -> bool:
    """Say whether a document brings another scene: its own day, or signatories of its own."""
    if scene is None:
        return bool(document.of("date") or document.of("issuer"))
    if document.start < scene.end:
        return False
    dates = document.of("date")
    return any(not edtf.compatible(day, other) for day in dates for other in scene.dates)


def _place(
    reading: Reading, found: list[Sighting], scene: Sighting | None, setting: Reading | None
) -> Sighting:
    """Join a claim to the meeting that it tells more of, or let it begin another."""
    if scene and _lists(reading, scene):
        scene.tell(reading)
        return scene
    if scene and (_adds_one(reading, scene) or _joins(reading, scene)):
        scene.additions.append(reading)
        return scene
    fitting = [each for each in found if not _contradicts(each, reading)]
    weighed = [(-_likeness(each, reading), place) for place, each in enumerate(fitting)]
    best = min(weighed, default=(0.0, 0))
    telling = any(map(reading.of, ("date", "framework"))) or len(reading.of("party")) > 1
    if -best[0] >= (_ENOUGH if telling else 1.0):
        chosen = fitting[best[1]]
    elif scene and scene in fitting and _continues(reading, scene):
        chosen = scene
    elif before := _last_told(reading, fitting) if scene else None:
        chosen = before
    else:
        chosen = _begun(reading, found, scene)
        size = told_size(reading)
        signed = len(setting.of("issuer")) if setting else 0
        going_back = _tells_only_who(reading) and (not size or 1 < signed <= size)
        chosen.setting = setting if going_back else None
        found.append(chosen)
    chosen.tell(reading)
    return chosen


def _begun(reading: Reading, found: Sequence[Sighting], scene: Sighting | None) -> Sighting:
    """Begin a meeting, against the background of the one that the text has just told of."""
    begun = Sighting(reading.article, reading.published)
    before = scene or (found[-1] if found else None)
    if before:
        committee = {each for each in before.of("party") if each.startswith("organisation/")}
        begun.series = before.of("framework") | committee or before.series
        told = (before, found[0])
        begun.kin = frozenset().union(*(each.of("party") | each.of("attendee") for each in told))
    return begun


def _last_told(reading: Reading, fitting: Sequence[Sighting]) -> Sighting | None:
    """Give the meeting told of before, though another has come between, for who was there."""
    near = [each for each in fitting if reading.start - each.end <= REACH]
    same = [
        each
        for each in near
        if _statuses(reading) & each.statuses and (each.of("place") or goes_on(reading.quote))
    ]
    return same[-1] if same and _tells_only_who(reading) else None


def _lists(reading: Reading, scene: Sighting) -> bool:
    """Say whether a claim lists who came for parties of the meeting that it follows."""
    parties, people = reading.of("party"), reading.of("attendee")
    if not parties or len(people) < max(2, len(parties)) or not parties <= scene.of("party"):
        return False
    told = any(map(reading.of, (*_ITS_OWN, "host")))
    return not told and attends(reading.quote) and _goes_with(reading, scene)


def _goes_with(reading: Reading, scene: Sighting) -> bool:
    """Say whether a claim follows a meeting soon, of which the same became."""
    one, other = _statuses(reading), scene.statuses
    alike = reading.denied == scene.denied and not (one and other and not one & other)
    return alike and not aside(reading.quote) and reading.start - scene.end <= REACH


def _adds_one(reading: Reading, scene: Sighting) -> bool:
    """Say whether a claim names one participant and nothing else: it adds to what it follows.

    A bloc may meet by itself, and so may those of whom a claim says where or when.
    """
    taking_part = reading.of("party") | reading.of("attendee")
    others = (*_ITS_OWN, "host")
    sent = len(reading.of("attendee")) == 1 and reading.of("party") < scene.of("party")
    open_to = not any(map(_a_power, scene.of("party"))) and attends(reading.quote)
    sent = sent or (open_to and len(reading.of("attendee")) == 1)
    one_of_them = len(taking_part) == 1 or (len(taking_part) == 2 and sent)
    if not one_of_them or any(map(reading.of, others)) or not reading.of("party"):
        return False
    if min(taking_part).startswith("bloc/") or (len(scene.of("party")) < 2 and not open_to):
        return False
    return _goes_with(reading, scene)


def _a_power(party: str) -> bool:
    return party.startswith(("state/", "bloc/"))


def _continues(reading: Reading, scene: Sighting) -> bool:
    places = reading.of("place")
    there = bool(places & scene.of("place"))
    telling = [role for role in ("date", "framework", "ordinal") if reading.of(role)]
    there = there or (not places and goes_on(reading.quote))
    own = any(not there or role == "date" or scene.of(role) for role in telling)
    elsewhere = bool(places) and _disjoint(places, scene.of("place"))
    return not own and not elsewhere and reading.start - scene.end <= REACH


def _tells_only_who(reading: Reading) -> bool:
    return not any(map(reading.of, ("party", "date", "place", "framework", "ordinal")))


def _joins(reading: Reading, scene: Sighting) -> bool:
    """Say whether a claim only tells who was there as well, in the words for that."""
    told = {role for role, values in reading.roles.items() if values}
    agree = not _unlike_status(reading, scene) and reading.denied == scene.denied
    apart = any(_of_one_sentence(each, reading) for each in scene.readings)
    near = reading.start - scene.end <= REACH and not apart
    return told == {"attendee"} and agree and near and joins(reading.quote)


def _of_one_sentence(one: Reading, other: Reading) -> bool:
    """Say whether one sentence tells of two meetings: two claims that say different things."""
    same = (one.start, one.end) == (other.start, other.end)
    return same and one.line != "caption" and one.roles != other.roles


def _beside(sighting: Sighting, reading: Reading) -> bool:
    """Say whether a claim tells of talks on the sidelines of a gathering, or of its own size."""
    people = reading.of("attendee") | reading.of("party")
    larger = sighting.of("framework") or len(sighting.of("party")) > len(people)
    if reading.of("framework") or reading.of("ordinal") or not larger:
        return False
    own = told_size(reading) not in (0, sighting.size) and bool(reading.of("date"))
    return len(people) > 1 and (aside(reading.quote) or own)


def _contradicts(sighting: Sighting, reading: Reading) -> bool:
    if clash(sighting, reading) or _of_other_size(sighting, reading):
        return True
    if any(_of_one_sentence(each, reading) for each in sighting.readings):
        return True
    if _beside(sighting, reading):
        return True
    days = [dated(each, reading.published) for each in reading.of("date")]
    return any(not edtf.compatible(day, other) for day in days for other in sighting.dates)


def _of_other_size(sighting: Sighting, reading: Reading) -> bool:
    """Say whether a claim that stands by itself tells of a smaller or larger gathering.

    Two ministers who met on a day and in a town are not the three states that met there as well.
    """
    if sighting.of("framework") & reading.of("framework"):
        people, known = reading.of("attendee"), sighting.of("attendee")
        return min(len(people), len(known)) > 1 and (people < known or known < people)
    size, people = told_size(reading), reading.of("attendee")
    parties, known = sighting.of("party"), sighting.of("attendee")
    listed = len(parties) if len(parties) > 1 else 0
    named = listed or (len(known) if len(known) > 1 else 0)
    if size and named and not reading.of("party"):
        return size != named
    alone = any(map(reading.of, ("date", "place", "framework", "ordinal")))
    if not alone or len(people) < 2 or reading.of("party"):
        return False
    others = not (people <= known and len(people) > 2) and people != known
    return len(people) < listed or (not listed and len(known) > 1 and others)


def _likeness(sighting: Sighting, reading: Reading) -> float:
    """Weigh what a claim and a meeting of its article have in common."""
    score = 0.0
    parties, others = sighting.of("party"), reading.of("party")
    if len(others) > 1 and parties == others:
        score += 2.0
    days = [dated(each, reading.published) for each in reading.of("date")]
    score += 1.5 * max(
        (edtf.likeness(*pair) for pair in product(days, sighting.dates)), default=0.0
    )
    score += 2.0 * bool(sighting.of("framework") & reading.of("framework"))
    score += 1.0 * bool(sighting.of("ordinal") & reading.of("ordinal"))
    score += min(3, len(sighting.of("attendee") & reading.of("attendee")))
    places, sites = sighting.of("place"), reading.of("place")
    if places & sites:
        score += 1.0
    elif _disjoint(places, sites):
        score -= 1.5
    return score


def _head(reading: Reading, found: list[Sighting]) -> None:
    """Give a title to the first meeting that it fits, whatever it says of who took part."""
    for sighting in found:
        same = not _statuses(reading) or _statuses(reading) & sighting.statuses
        agrees = not any(
            _disjoint(sighting.of(role), reading.of(role)) for role in ("ordinal", "framework")
        )
        if same and agrees and reading.denied == sighting.denied:
            sighting.head(reading)
            return
    alone = Sighting(reading.article, reading.published)
    alone.head(reading)
    found.append(alone)


def _disjoint(left: Iterable[str], right: Iterable[str]) -> bool:
    """Say whether both say something and nothing of it is the same."""
    one, other = frozenset(left), frozenset(right)
    return bool(one and other and not one & other)
