"""Names written with Chinese characters: two names as read in two languages in, one writing out.

A name of China, Japan, Korea or Vietnam is read anew in each language that writes it with the same
characters, so that its readings may have no letter in common. What they share are the characters:
each part of one name must be what some character is read as here, and of the other what the same
character is read as there. Surname is set against surname, whichever comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final, Literal, get_args

from kg.entities.names import Name
from kg.entities.romanisation import key
from kg.resources import table

Speech = Literal["zh", "yue", "min", "ko", "ja", "on", "vi"]
Rereading = Literal["reread", "misread"]
_CHINESE: Final[frozenset[Speech]] = frozenset({"zh", "yue", "min"})
_AT_HOME: Final[dict[str, frozenset[Speech]]] = {
    "zh": _CHINESE,
    "ko": frozenset({"ko"}),
    "kp": frozenset({"ko"}),
    "ja": frozenset({"ja"}),
    "vi": frozenset({"vi"}),
}
_ABROAD: Final[frozenset[Speech]] = frozenset({"zh", "yue", "ko", "on", "vi"})
_SPELT: Final[dict[Speech, str]] = {"zh": "zh", "ko": "kp", "ja": "ja", "on": "ja"}
_SYLLABLE: Final = re.compile(r"[^aeiouyw]{0,3}[aeiouyw]+(?:ng|ck|rk|[^aeiou])?'?h?|ng")
_MORAE: Final = re.compile(r"(?:[^aeiou]{0,3}[aeiou]|n(?![aeiou]))+")
_SHAPES: Final[dict[Speech, re.Pattern[str]]] = {"ja": _MORAE, "on": _MORAE}
_LONGEST: Final = 8  # letters of one reading
_MANY: Final = 4  # words of a name
_USUAL: Final = 3  # characters of a name
_LONG: Final = 6  # the same in Japan


@dataclass(frozen=True, slots=True)
class Han:
    """One row of han.csv: a character with its readings; `on` in Japan for names from abroad."""

    character: str
    zh: tuple[str, ...] = ()
    yue: tuple[str, ...] = ()
    min: tuple[str, ...] = ()
    ko: tuple[str, ...] = ()
    ja: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    vi: tuple[str, ...] = ()


def reread(one: Name, other: Name, backgrounds: Iterable[str]) -> Rereading | None:
    """Say whether two names are one writing, read in two languages or in two ways in Japan.

    Where one language reads both, they are rather two names of that language.

    >>> from kg.entities.names import name_of
    >>> reread(name_of("Yamada Masao"), name_of("Shantian Zhengnan"), ["ja"])
    'reread'
    >>> reread(name_of("Kim Yong-ho"), name_of("Kim Young-ho"), ["ko"])
    """
    one, other = _native(one), _native(other)
    found: Rereading | None = None
    for background in backgrounds:
        home = _AT_HOME.get(background, frozenset())
        for here, there in _ways(_speeches(one), _speeches(other), home):
            if not _written_alike(one, other, here, there):
                continue
            either = _either(one, other, here, there)
            if not either and here != there:
                return "reread"
            if _shared(one, other) == (here == there):
                found = "misread"
    return found


@lru_cache(maxsize=65536)
def chinese(part: str) -> bool:
    """Say whether a part of a name may be one or two characters of a Chinese name.

    >>> chinese("zedong"), chinese("wellington")
    (True, False)
    """
    return any(0 < _fewest(part, speech) < _USUAL for speech in _CHINESE)


@lru_cache(maxsize=65536)
def _native(name: Name) -> Name:
    """Leave a given name of Europe out, which many bear beside the one of their own."""
    if len(name.words) <= 2:
        return name
    words = tuple(
        word
        for word in name.words
        if any(_fewest("".join(word), speech) for speech in get_args(Speech))
    )
    return replace(name, words=words) if len(words) > 1 else name


def _ways(
    left: Mapping[Speech, int], right: Mapping[Speech, int], home: frozenset[Speech]
) -> Iterator[tuple[Speech, Speech]]:
    """Yield the languages that may have read one name here and the other there."""
    usual = _LONG if "ja" in home else _USUAL
    for here in sorted(home):
        for there in sorted(_ABROAD | home):
            if here == there != "ja":
                continue
            if here in left and right.get(there, usual + 1) <= usual:
                yield here, there
            if here in right and left.get(there, usual + 1) <= usual:
                yield there, here


def _shared(one: Name, other: Name) -> bool:
    """Say whether two names have a part in common: who misreads one part reads the other right."""
    left, right = ({key(part, "ja") for part in name.parts} for name in (one, other))
    return not left.isdisjoint(right)


def _either(one: Name, other: Name, here: Speech, there: Speech) -> bool:
    """Say whether one of the names may well be read in both languages."""
    counts = (_speeches(each) for each in (one, other))
    return "ja" not in (here, there) and any(
        max(counted.get(here, _LONG), counted.get(there, _LONG)) <= _USUAL for counted in counts
    )


@lru_cache(maxsize=65536)
def _speeches(name: Name) -> Mapping[Speech, int]:
    """Give the languages in which a name is a row of readings, and of how many."""
    if not 1 < len(name.words) <= _MANY:
        return {}
    words = ["".join(word) for word in name.words]
    found: dict[Speech, int] = {}
    for speech in get_args(Speech):
        counted = [_fewest(word, speech) for word in words]
        if all(counted) and sum(counted) <= _LONG:
            found[speech] = sum(counted)
    return found


@lru_cache(maxsize=65536)
def _fewest(word: str, speech: Speech) -> int:
    """Give how many readings a word is a row of, at the least; 0 if it is none."""
    ways = []
    for part, _ in _beginnings(word, speech):
        rest = _fewest(word[len(part) :], speech) if len(part) < len(word) else 0
        ways += [rest + 1] if rest or len(part) == len(word) else []
    return min(ways, default=0)


def _written_alike(one: Name, other: Name, here: Speech, there: Speech) -> bool:
    return any(
        one_writing(left[0], right[0], here, there) and one_writing(left[1], right[1], here, there)
        for left in _cuts(one)
        for right in _cuts(other)
    )


@lru_cache(maxsize=65536)
def _cuts(name: Name) -> tuple[tuple[str, str], ...]:
    """Give surname and given name, whichever comes first."""
    words = ["".join(word) for word in name.words]
    return (words[0], "".join(words[1:])), (words[-1], "".join(words[:-1]))


@lru_cache(maxsize=32768)
def one_writing(left: str, right: str, here: Speech, there: Speech) -> bool:
    """Say whether two words may be one row of characters, as read in two languages.

    >>> one_writing("shantian", "yamada", "zh", "ja"), one_writing("chen", "jin", "zh", "ko")
    (True, True)
    """
    if not left or not right:
        return left == right
    return any(
        not known.isdisjoint(others)
        and one_writing(left[len(part) :], right[len(against) :], here, there)
        for part, known in _beginnings(left, here)
        for against, others in _beginnings(right, there)
    )


@lru_cache(maxsize=65536)
def _beginnings(word: str, speech: Speech) -> tuple[tuple[str, frozenset[int]], ...]:
    """Give what a word begins with that is the reading of characters, and which they are."""
    known, shape = _readings(speech), _SHAPES.get(speech, _SYLLABLE)
    parts = (word[:at] for at in range(1, min(len(word), _LONGEST) + 1))
    shaped = filter(shape.fullmatch, parts)
    return tuple(
        (part, found) for part in shaped if (found := known.get(_sound(part, _SPELT.get(speech))))
    )


@lru_cache(maxsize=65536)
def _sound(part: str, background: str | None) -> str:
    return key(part, background) if background else part


@cache
def _readings(speech: Speech) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, row in enumerate(table("entities", "han.csv", Han)):
        for reading in getattr(row, speech):
            found.setdefault(_sound(reading, _SPELT.get(speech)), set()).add(number)
    return {sound: frozenset(numbers) for sound, numbers in found.items()}
