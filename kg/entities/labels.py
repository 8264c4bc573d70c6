"""Names of organisations, frameworks, places and occasions compared: two labels in, evidence out.

An acronym counts where brackets introduce it, less where only its letters fit. The states
that a label names are set apart: two ministries of one name in two states are two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from rapidfuzz import fuzz

from kg import towns
from kg.entities.lexicons import kinds
from kg.entities.model import EntityKind
from kg.entities.romanisation import plain
from kg.offices import office
from kg.resources import table
from kg.states import blocs, states

Level = Literal[
    "identical", "introduced", "reordered", "renamed", "place-contained", "framework-contained",
    "occasion-contained", "same-members", "acronym", "generic", "rendered", "contained", "headed",
    "similar", "unlike",
]  # fmt: skip
_STOP: Final = frozenset({
    "the", "of", "for", "and", "on", "in", "to", "a", "an", "at", "between", "about", "with",
    "de", "du", "des", "la", "le", "les", "et", "del", "los", "las", "el", "y", "do", "da", "dos",
    "das", "e", "der", "die", "und", "fur", "il", "della", "dei"
})  # fmt: skip
_OF: Final = re.compile(
    r"\s(?:of|for|on|in|to|at|between|about|with|de|du|des|del|della|do|da|dos|fur|für)\s"
)
_SPELLINGS: Final = (
    (re.compile(r"iz(?=ation|ing|e)"), "is"),
    (re.compile(r"^center$"), "centre"),
    (re.compile(r"^defense$"), "defence"),
    (re.compile(r"^program(?=s?$)"), "programme"),
)
_SEATS: Final = 2  # capitals that together stand for their states
_MINISTRIES: Final = frozenset({"ministry", "department"})
_ACRONYM: Final = re.compile(r"[A-Z][A-Za-z0-9&+-]{1,11}")


@dataclass(frozen=True, slots=True)
class Label:
    """A label cut up: its content words, the states it names, the acronyms it introduces."""

    words: tuple[str, ...]
    states: frozenset[str]
    acronyms: frozenset[str]
    letters: str = ""  # the first letters of all its words, those that name states as well
    head: str = ""  # what it says that the body or plan is: a council, a dialogue

    @property
    def initials(self) -> str:
        """The first letters of its words."""
        return "".join(word[0] for word in self.words)

    @property
    def core(self) -> frozenset[str]:
        """Its words but for those that are put in or left out at will."""
        return frozenset(self.words) - kinds().light_words

    def words_in(self, full: Label) -> bool:
        """Say whether it says no more than another: by its words, or as its acronym."""
        words = set(self.words) - self.acronyms
        return words <= set(full.words) and self.acronyms <= full.acronyms | initials_of(full)


@lru_cache(maxsize=65536)
def label_of(text: str) -> Label:
    """Cut a label.

    >>> label = label_of("U.S.-Ruritania Council on Grain Standards (RGSC)")
    >>> label.words, sorted(label.states), sorted(label.acronyms)
    (('ruritania', 'council', 'grain', 'standards'), ['US'], ['rgsc'])
    """
    undotted = re.sub(r"\b(?:[A-Za-z]\.){2,}", lambda found: found[0].replace(".", ""), text)
    brackets = re.findall(r"\(([^()]*)\)", undotted)
    acronyms = frozenset(each.casefold() for each in brackets if _ACRONYM.fullmatch(each.strip()))
    outside = re.sub(r"\([^()]*\)", " ", undotted)
    raw = re.sub(r"['’]s\b", "", outside)
    words = [plain(word) for word in re.split(r"[^\w&+]+", raw)]
    kept, named = _without_seats(*_without_states([word for word in words if word]))
    own = tuple(_spelled(word) for word in kept if word not in _STOP)
    if _ACRONYM.fullmatch(raw.strip()) and sum(map(str.isupper, raw)) > 1:
        acronyms |= {raw.strip().casefold()}
    letters = "".join(word[0] for word in words if word and word not in _STOP)
    return Label(own, named, acronyms, letters, _head(raw))


def _head(text: str) -> str:
    """Give the word that says what a body is: the last before "of", the first in Romance order."""
    before = [_spelled(plain(word)) for word in re.split(r"[^\w&+]+", _OF.split(text)[0])]
    own = [word for word in before if word and word not in _STOP]
    heads = kinds().organisation_words | kinds().common_words | kinds().document_words
    own = [word for word in own if word not in kinds().light_words] or own
    if not own:
        return ""
    return own[0] if own[-1] not in heads and own[0] in heads else own[-1]


@lru_cache(maxsize=65536)
def generic(text: str) -> bool:
    """Say whether a label names a body that every state has, without saying whose.

    >>> generic("Commerce Ministry"), generic("Ruritanian Trade Ministry"), generic("World Fund")
    (True, False, False)
    """
    label = label_of(text)
    own = set(label.words) & kinds().government_words
    if label.states or label.acronyms or set(label.words) & kinds().worldwide:
        return False
    return bool(own) and len(label.words) <= 2


@lru_cache(maxsize=65536)
def is_ministry(text: str) -> bool:
    """Say whether a label is that of a ministry and tells its field.

    >>> is_ministry("salt ministry"), is_ministry("Ministry"), is_ministry("Salt Agency")
    (True, False, False)
    """
    label = label_of(text)
    return label.head in _MINISTRIES and len(label.words) > 1


@lru_cache(maxsize=65536)
def fields_of(text: str) -> frozenset[str]:
    """Give the fields of a ministry, by their stems."""
    return office("minister", " ".join(label_of(text).words)).portfolio


@lru_cache(maxsize=65536)
def commonplace(text: str) -> bool:
    """Say whether every word of a label is a common one, so that only its article knows which.

    >>> commonplace("Joint Action Plan"), commonplace("MOU"), commonplace("Grain Action Plan")
    (True, True, False)
    """
    label = label_of(text)
    words = kinds().document_words | kinds().government_words | kinds().common_words
    own = {*label.words, *label.acronyms}
    return bool(own) and not label.states and all(each in words for each in own)


@lru_cache(maxsize=16384)
def city_of(text: str) -> str:
    """Give the large city that a name of a place is or was a name of, as one key.

    >>> city_of("Bombay") == city_of("Mumbai"), city_of("Bombay Beach")
    (True, '')
    """
    return _cities().get(_row(text), "")


def state_of_city(text: str) -> str:
    """Give the code of the state that a city is in; nothing where it is in no table.

    >>> state_of_city("Bombay"), state_of_city("Bombay Beach")
    ('IN', '')
    """
    found = city_of(text).rpartition(" ")[2]
    return found if found in states() else _seats().get(_row(text), "")


def is_seat(text: str) -> bool:
    """Say whether a place is the capital of a state, by any of its names."""
    return bool({_row(text), _row(city_of(text).rpartition(" ")[0])} & _seats().keys())


def _row(text: str) -> str:
    return plain("".join(re.findall(r"\w+", text)))


@cache
def _cities() -> dict[str, str]:
    found: dict[str, str] = {}
    for town, names in towns.written(towns.each_character(_row)):
        for each in names:
            found.setdefault(each, f"{town.name} {town.state}")
    for state in states().values():
        seat = _row(state.capitals[0]) if state.capitals else ""
        for wording in (state.name, *state.names, *state.adjectives) if seat else ():
            own = _row(wording)
            found.setdefault(f"{own}capital", found.get(seat, seat))
            found.setdefault(f"capitalof{own}", found.get(seat, seat))
    return found


def compare_labels(kind: EntityKind, left: str, right: str) -> Level:
    """Say how two labels of one kind relate.

    >>> compare_labels("organisation", "Widget Safety Board (WSB)", "WSB")
    'introduced'
    >>> compare_labels("place", "Springfield, Q.Z.", "Springfield")
    'place-contained'
    """
    one, other = label_of(left), label_of(right)
    if one.states and other.states and one.states != other.states:
        return "unlike"
    if kind == "organisation" and one.states != other.states and (generic(left) or generic(right)):
        if sorted(one.words) == sorted(other.words):
            return "generic"
        return "rendered" if _rendered(one, other) else "unlike"
    if kind == "place" and city_of(left) and city_of(left) == city_of(right):
        return "identical" if one.words == other.words else "renamed"
    return _worded(one, other) or _shortened(kind, one, other)


def _worded(one: Label, other: Label) -> Level | None:
    """Compare the words, and the acronyms that brackets introduce."""
    if one.words == other.words:
        return "identical" if _tells(one, other) else "unlike"
    if one.acronyms & other.acronyms or _introduced(one, other):
        return "introduced"
    if _tells(one, other) and sorted(one.words) == sorted(other.words):
        return "reordered"
    if "".join(one.words) == "".join(other.words) and one.states == other.states:
        return "reordered"  # written as one word or as two
    return None


def _shortened(kind: EntityKind, one: Label, other: Label) -> Level:
    """Look for one label in the other: as its initials, or as a part of it."""
    short, long = sorted((one, other), key=lambda each: (len(each.words), each.words))
    if short.acronyms & initials_of(long):
        return "acronym"
    if len(one.states) > 1 and one.states == other.states and _cores_agree(short, long):
        return "same-members"
    if kind == "organisation" and _rendered(short, long):
        return "rendered"
    found = _contained(kind, short, long)
    if found == "unlike" and kind in ("framework", "organisation") and _headed(short, long):
        return "headed"
    return found


@lru_cache(maxsize=65536)
def initials_of(label: Label) -> frozenset[str]:
    """Give the acronyms that a label of several words may have."""
    found = {label.initials} if len(label.words) > 2 else set()
    return frozenset(found | ({label.letters} if len(label.letters) > 2 else set()))


def _rendered(one: Label, other: Label) -> bool:
    """Say whether two labels are renderings of one ministry's name: of the same fields."""
    if not {one.head, other.head} <= _MINISTRIES:
        return False
    if one.acronyms and other.acronyms and not one.acronyms & other.acronyms:
        return False
    own, its = (office("minister", " ".join(each.words)).portfolio for each in (one, other))
    return bool(own and its) and (own <= its or its <= own)


def _cores_agree(short: Label, long: Label) -> bool:
    """Say whether two names of the same members' body say the same of it, or one says less."""
    if short.head != long.head:
        return False
    return short.core <= long.core or long.core <= short.core


def _headed(short: Label, long: Label) -> bool:
    """Say whether a label is no more than what the other says that it is: a council, the talks."""
    if not short.core:
        return bool(short.words) and short.head == long.head
    return len(short.core) == 1 and short.core <= long.core and short.head == long.head


def _contained(kind: EntityKind, short: Label, long: Label) -> Level:
    if kind == "occasion" and short.words == long.words[: len(short.words)]:
        rest = set(long.words[len(short.words) :])
        if short.words and rest <= kinds().gathering_words and short.states == long.states:
            return "occasion-contained"  # told by its place alone
    if kind == "place":
        rest = set(long.words[len(short.words) :])
        begins = bool(short.words) and long.words[: len(short.words)] == short.words
        return "place-contained" if begins and not rest & kinds().regions else "unlike"
    if len(short.words) > 1 and set(short.words) < set(long.words):
        enough = kind == "framework" and len(short.words) > 2
        return "framework-contained" if enough else "contained"
    written = (" ".join(short.words), " ".join(long.words))
    if min(map(len, written)) > 8 and fuzz.ratio(*written) >= 90:
        return "similar"
    return "unlike"


def _tells(one: Label, other: Label) -> bool:
    """Say whether the words are enough: a bare "Ministry" of somewhere is nobody's name."""
    if len(one.words) > 1:
        return True
    return one.states == other.states and bool(one.words or one.states)


def _introduced(one: Label, other: Label) -> bool:
    """Say whether one is nothing but an acronym that the other introduces."""
    for short, long in ((one, other), (other, one)):
        if len(short.words) == 1 and short.words[0] in long.acronyms:
            return True
    return False


def _without_seats(words: list[str], named: frozenset[str]) -> tuple[list[str], frozenset[str]]:
    """Take the capitals of two states or more for these: the Oslo-Rome talks."""
    seats = {word: _seats()[word] for word in words if word in _seats()}
    if len(seats) < _SEATS:
        return words, named
    return [word for word in words if word not in seats], named | frozenset(seats.values())


@cache
def _seats() -> dict[str, str]:
    return {_row(seat): state.code for state in states().values() for seat in state.capitals}


def _spelled(word: str) -> str:
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    return _translations().get(word, word)


@dataclass(frozen=True, slots=True)
class Translation:
    """One row of label-words.csv."""

    word: str
    words: tuple[str, ...]


@cache
def _translations() -> dict[str, str]:
    rows = table("entities", "label-words.csv", Translation)
    return {plain(each): row.word for row in rows for each in row.words}


@cache
def _state_wordings() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for state in states().values():
        for wording in (state.name, *state.names, *state.adjectives):
            found.setdefault(_cut(wording), state.code)
    for name in blocs()["EU"].names if "EU" in blocs() else ():
        found.setdefault(_cut(name), "EU")
    found.pop((), None)
    return found


def _cut(wording: str) -> tuple[str, ...]:
    undotted = re.sub(r"\b(?:[A-Za-z]\.){2,}", lambda found: found[0].replace(".", ""), wording)
    return tuple(plain(word) for word in re.split(r"[^\w&+]+", undotted) if word)


def _without_states(words: list[str]) -> tuple[list[str], frozenset[str]]:
    """Set apart the states that words name, longest wording first."""
    wordings = _state_wordings()
    kept: list[str] = []
    named: set[str] = set()
    at = 0
    while at < len(words):
        for length in (4, 3, 2, 1):
            code = wordings.get(tuple(words[at : at + length]))
            if code:
                named.add(code)
                at += length
                break
        else:
            kept.append(words[at])
            at += 1
    return kept, frozenset(named)
