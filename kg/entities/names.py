"""Names of persons compared: two names and the states of their bearers in, evidence out.

Evidence has a level, from identical to unlike; whether it is enough for one person is for
`judge` to say, with what else is known. Nobody is in a table here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import permutations
from typing import Final, Literal

from rapidfuzz import fuzz

from kg.entities.lexicons import names, short_forms
from kg.entities.romanisation import backgrounds_of, joined, key, plain, skeleton

Level = Literal[
    "identical", "reordered", "initials", "short-form", "contained", "romanised", "part",
    "glued", "misread", "similar", "kin", "unlike",
]  # fmt: skip
GARBLED: Final[frozenset[Level]] = frozenset({"glued", "misread", "similar"})
_ARTICLES: Final = frozenset({"al", "el", "ul", "ad", "ash", "as"})  # joined by a hyphen
_Sound = Callable[[str], str]
_WORD_ALIKE: Final = 75.0  # rapidfuzz ratio of two words that may be one misspelt
_SUFFIXED: Final = re.compile(r",\s*(Jr|Sr|II|III|IV|PhD|MP|QC|KC)\b\.?", re.IGNORECASE)
_NAME_ALIKE: Final = 86.0  # their mean over a whole name


@dataclass(frozen=True, slots=True)
class Name:
    """A name cut into words at spaces and words into tokens at hyphens, in plain letters."""

    words: tuple[tuple[str, ...], ...]
    tokens: tuple[str, ...]  # without initials, and without particles that stand within it

    @property
    def initials(self) -> tuple[str, ...]:
        """The letters that stand for a part of it."""
        return tuple(token for word in self.words for token in word if len(token) == 1)


@dataclass(frozen=True, slots=True)
class Evidence:
    """How two names relate, and under which language background that was seen."""

    level: Level
    background: str = ""


@lru_cache(maxsize=65536)
def name_of(text: str) -> Name:
    """Cut a name; forms of address at its beginning and suffixes at its end are no part of it.

    >>> name_of("Minister Kang Kyung-wha").words
    (('kang',), ('kyung', 'wha'))
    >>> name_of("Joseph R. Biden, Jr.").tokens
    ('joseph', 'biden')
    """
    raw = person_name(text)
    raw = re.sub(r"\b([A-Z])\.(?=[A-Z])", r"\1. ", raw)
    parts = re.split(r"[\s,;]+", raw)
    while len(parts) > 1 and parts[0].islower() and set(_tokens(parts[0])) <= names().particles:
        parts = parts[1:]
    words = [word for word in map(_tokens, parts) if word]
    while len(words) > 1 and words[-1][0] in names().suffixes:
        words = words[:-1]
    return Name(tuple(words), _full_tokens(words))


def _full_tokens(words: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    last = len(words) - 1
    full = tuple(
        token
        for place, word in enumerate(words)
        for token in word
        if len(token) > 1 and not (0 < place < last and token in names().particles)
    )
    own = tuple(token for token in full if token not in _ARTICLES)
    return (own if len(own) > 1 else full) or tuple(each for word in words for each in word)


def person_name(text: str) -> str:
    """Give the name in a wording, as it is written there, without what stands before or after it.

    >>> person_name("Secretary of Grain, Ann Lee,"), person_name("trade envoy Jan van Ree’s")
    ('Ann Lee', 'Jan van Ree')
    """
    text = text.strip(" \t\n\"“”‘’',;:")
    before, _, last = text.rpartition(",")
    if any(map(_before, before.split())) and not _SUFFIXED.search(text):
        text = last
    words = re.sub(r"['’]s?$", "", text).split()
    while len(words) > 1 and _before(words[0]) and any(map(_capital, words[1:])):
        words = words[1:]
    return " ".join(words)


def compare(left: str, right: str, states: frozenset[str] = frozenset()) -> Evidence:
    """Say how two names relate; `states` are those of either bearer.

    >>> compare("Kyung-wha Kang", "Gang Gyeong-hwa", frozenset({"KR"})).level
    'romanised'
    >>> compare("Hansung Soo", "Han Seung-soo", frozenset({"KR"})).level
    'glued'
    >>> compare("Kaneda Ken", "Kaneda Gen", frozenset({"JP"})).level
    'misread'
    >>> compare("Raúl Castro", "Fidel Castro").level
    'kin'
    """
    return _compared(*sorted((left, right)), states)


@lru_cache(maxsize=65536)
def _compared(left: str, right: str, states: frozenset[str]) -> Evidence:
    one, other = name_of(left), name_of(right)
    if not one.words or not other.words:
        return Evidence("unlike")
    sure = _as_written(one, other)
    if sure:
        return Evidence(sure)
    for background in backgrounds_of(states):
        found = _as_sounded(one, other, background)
        if found and (states or found != "part"):  # one word of an unknown language says little
            return Evidence(found, background)
    return Evidence(_apart(one, other, backgrounds_of(states) if states else ("any",)))


def _as_written(one: Name, other: Name) -> Level | None:
    """Compare the letters as they stand."""
    if one.words == other.words:
        return "identical"
    whole = _whole(one, other)
    if whole:
        return "kin" if _initials_clash(one, other) else whole
    few, many = sorted((one, other), key=lambda name: (len(_parts(name)), name.words))
    if _fits(few, many):
        return "initials"
    if _fits(few, many, shortened=True):
        return "short-form"
    return _part(*sorted((one, other), key=lambda name: (len(name.tokens), name.words)))


def _whole(one: Name, other: Name) -> Level | None:
    """Look for the same tokens, or the same letters cut elsewhere."""
    if one.tokens == other.tokens:
        return "identical"
    if Counter(one.tokens) == Counter(other.tokens) or _one_row(one, other, plain) == "respaced":
        return "reordered"
    return None


def _part(short: Name, long: Name) -> Level | None:
    """Look for the shorter name in the longer; a single token is only a part of it."""
    if Counter(short.tokens) - Counter(long.tokens):
        return None
    if len(short.tokens) > 1:
        return "kin" if _initials_clash(short, long) else "contained"
    return None if short.initials else "part"


def _as_sounded(one: Name, other: Name, background: str) -> Level | None:
    """Look for likeness in the keys of one language background."""
    sound, misread, full = _sounds(background)
    if _equal(one, other, sound) or _one_row(one, other, sound) == "respaced":
        return "romanised"
    if _equal(one, other, full):
        return "short-form"
    short, long = sorted((one, other), key=lambda name: (len(name.tokens), name.words))
    if _within(short, long, sound):
        return "part" if len(short.tokens) == 1 else "romanised"
    if _one_row(one, other, sound) == "glued":
        return "glued"
    if _equal(one, other, misread):
        return "misread"
    return "glued" if _one_row(one, other, misread) == "glued" else None


@cache
def _sounds(background: str) -> tuple[_Sound, _Sound, _Sound]:
    """Give what sounds out tokens in a background: as said, as misread, short forms in full."""

    def sound(token: str) -> str:
        return key(token, background)

    def misread(token: str) -> str:
        return key(token, background, misread=True)

    def full(token: str) -> str:
        return _full_form(token, sound)

    return sound, misread, full


def _apart(one: Name, other: Name, backgrounds: tuple[str, ...]) -> Level:
    if len(one.tokens) == len(other.tokens) > 1 and any(
        _alike(one, other, background) for background in backgrounds
    ):
        return "similar"
    return "kin" if set(one.tokens) & set(other.tokens) else "unlike"


def _alike(one: Name, other: Name, background: str) -> bool:
    """Match each word of one name with one of the other, whatever the order."""
    left = [key(token, background) for token in one.tokens]
    right = [key(token, background) for token in other.tokens]
    if len(left) > 4:
        return False
    rows = [
        [_ratio(*pair) for pair in zip(left, order, strict=True)] for order in permutations(right)
    ]
    return any(min(row) >= _WORD_ALIKE and sum(row) / len(row) >= _NAME_ALIKE for row in rows)


def _ratio(left: str, right: str) -> float:
    """Compare two words; a slip of the pen rarely changes the sound that a word begins with."""
    begins = skeleton(left)[:1], skeleton(right)[:1]
    vowels = left[:1] in "aeiouy" and right[:1] in "aeiouy"
    return fuzz.ratio(left, right) if vowels or begins[0] == begins[1] else 0.0


def _equal(one: Name, other: Name, sound: _Sound) -> bool:
    if len(one.tokens) != len(other.tokens):
        return False
    return _sounded_tokens(one, sound) == _sounded_tokens(other, sound)


@lru_cache(maxsize=65536)
def _sounded_tokens(name: Name, sound: _Sound) -> tuple[str, ...]:
    return tuple(sorted(map(sound, name.tokens)))


def _within(short: Name, long: Name, sound: _Sound) -> bool:
    """Say whether all tokens of the shorter name sound like tokens of the longer."""
    return (
        len(short.tokens) < len(long.tokens)
        and not short.initials
        and not Counter(_sounded_tokens(short, sound)) - Counter(_sounded_tokens(long, sound))
    )


def _one_row(
    one: Name, other: Name, sound: _Sound
) -> Literal["respaced", "glued"] | None:
    """Say whether two names are one row of letters, cut elsewhere.

    Where no word of one stands in the other, a surname has been glued to a given name.
    """
    left, right = (_sounded_words(name, sound) for name in (one, other))
    if len(left) < 2 or len(right) < 2 or sum(map(len, left)) != sum(map(len, right)):
        return None
    if joined(left) != joined(right):
        return None
    return "respaced" if set(left) & set(right) else "glued"


@lru_cache(maxsize=65536)
def _sounded_words(name: Name, sound: _Sound) -> tuple[str, ...]:
    """Sound out whole words; letters that double where two words meet count once."""
    found: list[str] = []
    for word in name.words:
        letters = sound("".join(word))
        if found and letters[:1] == found[-1][-1:] and len(letters) > 1:
            letters = letters[1:]
        if len("".join(word)) > 1:
            found.append(letters)
    return tuple(found)


def _full_form(token: str, sound: _Sound) -> str:
    """Give the key of the full given name that a token may be short for, else its own."""
    full = sorted(short_forms().get(token, ()))
    return full[0] if full else sound(token)


def _fits(short: Name, long: Name, *, shortened: bool = False) -> bool:
    """Say whether each part of the shorter name is a part of the longer, or an initial of one."""
    left, right = _parts(short), list(_parts(long))
    if len(left) < 2 or len(right) < 2 or not _full_word_shared(short, long):
        return False
    for part in sorted(left, key=lambda each: (-len(each), each)):
        match = next((each for each in right if _stands_for(part, each, shortened)), None)
        if match is None:
            return False
        right.remove(match)
    return True


def _parts(name: Name) -> tuple[str, ...]:
    return (*name.tokens, *(each for each in name.initials if each not in name.tokens))


def _full_word_shared(one: Name, other: Name) -> bool:
    return any(len(each) > 1 for each in set(one.tokens) & set(other.tokens))


def _stands_for(part: str, other: str, shortened: bool) -> bool:
    if part == other:
        return True
    if 1 in (len(part), len(other)):
        return part[0] == other[0]
    known = short_forms()
    return shortened and bool(known.get(part, frozenset()) & known.get(other, frozenset()))


def _initials_clash(one: Name, other: Name) -> bool:
    """Say whether both give initials and these are not the same."""
    return bool(one.initials and other.initials) and set(one.initials) != set(other.initials)


def _tokens(word: str) -> tuple[str, ...]:
    return tuple(filter(None, (plain(part) for part in re.split(r"[-‐‑–—./]", word))))


def _before(word: str) -> bool:
    """Say whether a word only leads up to a name: a form of address, or a common noun."""
    tokens = set(_tokens(word))
    if tokens <= names().honorifics or (word[-1:] == "." and tokens <= names().abbreviations):
        return True
    return word[:1].islower() and not tokens & names().particles


def _capital(word: str) -> bool:
    return word[:1].isupper() and not set(_tokens(word)) <= names().honorifics
