"""What events are called: statements in, one line of plain English per event out.

A label says what, who, on what and when, in the words of the statements with the best support. It
quotes no article, and what is planned, denied or withdrawn says so in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from kg import edtf
from kg.events.model import Statement
from kg.events.reading import World
from kg.offices import office, singular
from kg.resources import lexicon
from kg.terms import Kind

SHOWN: Final = 4  # values of a role in a label
_POWERS: Final = ("state", "bloc")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of labels, as their data file gives them."""

    definite: frozenset[str]
    definite_words: frozenset[str]
    gatherings: frozenset[str]
    ordinals: tuple[str, ...]
    measures: dict[str, str]
    sizes: dict[str, str]
    open_statuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a label is made of: the statements, best supported first, and how things stand."""

    statements: tuple[Statement, ...]
    world: World
    status: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    denied: bool = False
    occasion: str = ""  # the day of the meeting that it comes from

    def values(self, role: str) -> list[str]:
        """Give the values of a role, best supported first."""
        return [each.value.value for each in self.statements if each.role == role]

    def first(self, role: str) -> str:
        """Give the best supported value of a role, nothing if it has none."""
        return next(iter(self.values(role)), "")

    def names(self, role: str) -> str:
        """List the entities of a role by their labels, states before their own ministers."""
        return listed([self.world.label(each) for each in actors(self.values(role), self.world)])

    def on(self) -> str:
        """Give the date in words, after a comma; nothing where its month is not known."""
        said = _said(self.first("date"))
        return f", {said}" if said else ""

    def standing(self, *, modal: bool = False) -> str:
        """Say in brackets what is not simply so."""
        marks = [*self._marks(modal=modal), _said(self.occasion)]
        return f" ({', '.join(filter(None, marks))})" if any(marks) else ""

    def _marks(self, *, modal: bool) -> list[str]:
        marks = ["denied"] if self.denied or "denied" in self.status else []
        if not marks and not {"held", "in-force"} & set(self.status):
            marks = [each for each in _words().open_statuses if each in self.status]
        if modal and self.modality and not self.denied:
            marks.append(self.modality[-1])
        return marks


def _said(date: str) -> str:
    words = edtf.worded(date)
    return "" if re.search(r"X|\.\.|\d-\d", words) else words


def label_of(kind: Kind, told: Told) -> str:
    """Give the label of an event."""
    return _LABELS[kind](told)


def actors(values: Sequence[str], world: World) -> list[str]:
    """Leave out persons whose states are named as well, so that nobody is named twice."""
    powers = {each for each in values if world.kind(each) in _POWERS}
    return [
        each
        for each in values
        if world.kind(each) != "person"
        or not world.acts_for.get(each)
        or not world.acts_for[each] <= powers
    ]


def listed(names: Sequence[str]) -> str:
    """Write a list as in a sentence, by alphabet; semicolons part what has an "and" of its own.

    >>> listed(["United States", "Japan"]), listed(["salt", "grain and timber"])
    ('Japan and the United States', 'grain and timber; salt')
    """
    known = sorted(set(names))
    most = len(known) if len(known) <= SHOWN + 1 else SHOWN
    shown = [_with_article(name) for name in known[:most]]
    if len(known) > most:
        shown.append(f"{len(known) - most} others")
    if any(" and " in name for name in shown):
        return "; ".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)


def _with_article(name: str) -> str:
    bare = re.sub(r"\s*\([^()]*\)", "", name)
    words = bare.casefold().split()
    if not words or not bare[:1].isupper() or words[0] in ("the", "new", "south", "north"):
        return name
    sole = {words[0], words[-1]} if " of " not in f" {bare.casefold()} " else {words[0]}
    before = words[: words.index("of")][-1:] if "of" in words[1:] else []
    known = bare in _words().definite or (sole | set(before)) & _words().definite_words
    return f"the {name}" if known or words[0] == "united" else name


@cache
def _words() -> Words:
    words: Words = lexicon("events", "labels.yaml", Words)
    return words


def _ordinal(number: str) -> str:
    """Write an ordinal: a word up to twelve, figures above.

    >>> _ordinal("1"), _ordinal("33"), _ordinal("soon")
    ('first', '33rd', '')
    """
    if not number.isdigit() or int(number) < 1:
        return ""
    known, place = _words().ordinals, int(number)
    if place < len(known):
        return known[place]
    ending = (
        "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    )
    return f"{place}{ending}"


def _after(lead: str, text: str) -> str:
    return f" {lead} {text}" if text else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _meeting(told: Told) -> str:
    framework = told.world.label(told.first("framework")) if told.first("framework") else ""
    states = [each for each in told.values("party") if told.world.kind(each) == "state"]
    name = _gathering(framework) if framework else _words().sizes.get(str(len(states)), "meeting")
    which = _ordinal(told.first("ordinal"))
    counted = bool(which) and framework.casefold().startswith((f"{which} ", f"the {which} "))
    which = "" if counted else which  # "Third Andean Dialogue" says it already
    begins = _capital(f"{which} {name}".strip())
    who = _who(told, framework)
    place = told.first("place")
    where = _after("in", told.world.label(place)) if place else ""
    return f"{begins}{who}{where}{told.on()}{told.standing()}"


def _gathering(framework: str) -> str:
    """Name a meeting after its framework, unless that is the name of a meeting itself."""
    head = re.split(r" (?:of|on|for) ", re.sub(r"\s*\([^()]*\)", "", framework).casefold())[0]
    meets = any(head.endswith(each) for each in _words().gatherings)
    return framework if meets else f"{framework} meeting"


def _who(told: Told, framework: str) -> str:
    parties = [told.world.label(each) for each in told.values("party")]
    if not all(each in framework for each in parties):
        return _after("of", listed(parties))
    present = "" if told.values("party") else told.names("attendee")
    if present:
        several = len(told.values("attendee")) > 1 and not framework
        return _after("of" if several else "attended by", present)
    hosts = "" if told.values("party") else told.names("host")
    return _after("hosted by", hosts)


def _post(told: Told) -> str:
    title = singular(told.first("title")) or "post"
    bodies = told.values("of")
    powers = [each for each in bodies if told.world.kind(each) in _POWERS]
    others = [each for each in bodies if each not in powers]
    if powers and "minister" in office(title).ranks:
        others = []
    names = listed([told.world.label(each) for each in (others or powers)])
    said = bool(names) and names.removeprefix("the ").casefold() in title.casefold()
    return f"{told.names('person')}, {title}{'' if said else _after('of', names)}"


def _commitment(told: Told) -> str:
    parts = [("of", "actor"), ("to", "counterparty"), ("on", "topic"), ("under", "framework")]
    text = "".join(_after(lead, told.names(role)) for lead, role in parts)
    return f"Commitment{text}{told.standing(modal=True)}"


def _concern(told: Told) -> str:
    text = _after("of", told.names("holder")) + _after("about", told.names("topic"))
    target = _after("directed at", told.names("target"))
    return f"Concern{text}{',' if target and told.values('topic') else ''}{target}{told.standing()}"


def _control(told: Told) -> str:
    kind = told.first("type")
    name = _words().measures.get(kind, kind.replace("-", " ")) or "control measure"
    parts = [("by", "imposer"), ("on", "item"), ("against", "target")]
    text = "".join(_after(lead, told.names(role)) for lead, role in parts)
    return f"{_capital(name)}{text}{told.on()}{told.standing()}"


def _position(told: Told) -> str:
    actor, item = told.names("actor"), told.names("item")
    if told.first("type") == "producer":
        return f"Production{_after('of', item)}{_after('by', actor)}{told.standing()}"
    link = "on" if told.first("type") == "dependence" else "in"
    lead = _capital(told.first("type")) or "Position"
    return f"{lead}{_after('of', actor)}{_after(link, item)}{told.standing()}"


def _document(told: Told) -> str:
    title = told.first("title") or told.first("type").replace("-", " ") or "document"
    issuers = told.names("issuer")
    named = issuers.removeprefix("the ").casefold() in title.casefold()
    text = f"{_capital(title)}{'' if named else _after('of', issuers)}"
    dated = told.on() or _after("from the meeting of", _said(told.occasion))
    return f"{text}{dated}{replace(told, occasion='').standing()}"


def _utterance(told: Told) -> str:
    return f"Statement{_after('by', told.names('speaker'))}{told.on()}{told.standing()}"


_LABELS: Final[dict[Kind, Callable[[Told], str]]] = {
    "meeting": _meeting,
    "post": _post,
    "commitment": _commitment,
    "concern": _concern,
    "control": _control,
    "position": _position,
    "document": _document,
    "utterance": _utterance,
}
