"""Names of persons cut up: a wording in, the parts that tell who is meant out.

Forms of address, titles within a name and particles tell nobody; initials and generations do.
Nobody is in a table here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from kg.entities.lexicons import names
from kg.entities.romanisation import LOST, plain

_ARTICLES: Final = frozenset({"al", "el", "ul", "ad", "ash", "as"})
_SUFFIXED: Final = re.compile(r",\s*(Jr|Sr|II|III|IV|PhD|MP|QC|KC)\b\.?", re.IGNORECASE)
_NUMERAL: Final = re.compile(r"V|X{0,2}(?:V?I{1,3}|I[VX])|X{1,2}V?")  # of one who reigns
_LOST: Final = re.compile(r"(?<=\w)[?\ufffd]|[?\ufffd](?=\w)")  # a letter that could not be kept
_ACRONYM: Final = re.compile(r"[A-Z]{2,5}")
_STYLE: Final = re.compile(
    r"^(?:H\.(?:E|H|M|R\.H)|T\.H)\.,?\s+(?=\S)"
)  # His Excellency and the like
_TWO_LETTERS: Final = re.compile(r"\b([A-Z][a-z])\.(?=[\s-])")  # an initial that two letters spell
_PEERAGE: Final = re.compile(r"\s+of\s+(?=[A-Z]).*")
_RUN_TOGETHER: Final = re.compile(r"[BCDFGHJKLMNPQRSTVWXYZ]{2,3}")  # initials without full stops


@dataclass(frozen=True, slots=True)
class Name:
    """A name cut into words at spaces and words into tokens at hyphens, in plain letters."""

    words: tuple[tuple[str, ...], ...]
    tokens: tuple[str, ...]  # without initials, and without particles that stand within it
    parts: tuple[str, ...] = ()  # tokens and initials, in order
    generation: str = ""  # jr or sr, second or third of the name
    seams: frozenset[int] = frozenset()  # parts after which a word with or before a hyphen begins
    acronym: str = ""  # of a name that is nothing but initials
    capitals: str = ""  # that its words begin with
    borne: bool = False  # begins with a title that is as good as a part of it

    @property
    def initials(self) -> tuple[str, ...]:
        """The letters that stand for a part of it."""
        return tuple(token for word in self.words for token in word if len(token) == 1)


@lru_cache(maxsize=65536)
def name_of(text: str) -> Name:
    """Cut a name; forms of address at its beginning and suffixes at its end are no part of it.

    >>> name_of("Minister Kang Kyung-wha").words
    (('kang',), ('kyung', 'wha'))
    >>> name_of("Joseph R. Biden, Jr.").tokens
    ('joseph', 'biden')
    """
    raw = _spaced(person_name(_marked(mended(text))))
    cut = re.split(r"[\s,;]+", raw)
    while len(cut) > 1 and _leading(cut):
        cut = cut[1:]
    words = [word for word in map(_tokens, cut) if word]
    generation = ""
    if len(words) > 1 and _NUMERAL.fullmatch(cut[-1]):
        generation = words.pop()[0]
    while len(words) > 1 and words[-1][0] in names().suffixes:
        generation = names().generations.get(words[-1][0], generation)
        words = words[:-1]
    full = _full_tokens(words)
    acronym = raw.strip().casefold() if _ACRONYM.fullmatch(raw.strip()) else ""
    capitals = "".join(re.findall(r"(?<![A-Za-z])[^\W\d_a-z]", raw)).casefold()
    parts, seams = _parts(words, full)
    borne = plain(text.partition(" ")[0]) in names().borne
    return Name(tuple(words), full, parts, generation, seams, acronym, plain(capitals), borne)


def mended(text: str) -> str:
    """Undo what reading UTF-8 as a Western code page did to letters with accents.

    >>> mended("JosÃ© Lee"), mended("Zoë Lee"), mended("Ann Lee")
    ('José Lee', 'Zoë Lee', 'Ann Lee')
    """
    if text.isascii():
        return text
    for page in ("cp1252", "latin-1"):
        try:
            return text.encode(page).decode("utf-8")
        except UnicodeError:
            continue
    return text


def _marked(text: str) -> str:
    """Put one mark for each letter that could not be kept; at an end it is punctuation."""
    while (found := _LOST.sub(LOST, text)) != text:
        text = found
    return text


def _leading(cut: Sequence[str]) -> bool:
    """Say whether a name begins with a particle: in small letters, or more than one in a row."""
    if not set(_tokens(cut[0])) <= names().particles:
        return False
    following = len(cut) > 2 and set(_tokens(cut[1])) <= names().particles
    return cut[0].islower() or following or cut[0] in ("Von", "De", "Della")


def _spaced(text: str) -> str:
    """Set initials apart from one another: "J.R.", "JR Lee"."""
    text = re.sub(r"\b([A-Z])\.-?(?=[A-Z])", r"\1. ", text)
    text = _TWO_LETTERS.sub(_initial, text)
    words = text.split()
    if len(words) > 1 and not text.isupper():
        words = [" ".join(each) if _RUN_TOGETHER.fullmatch(each) else each for each in words]
    return " ".join(words)


def _initial(found: re.Match[str]) -> str:
    """Give the first of two letters that spell one sound: "Ts.", "Kh.", "Yu."."""
    letters = plain(found[1])
    told = names().abbreviations | names().suffixes | names().light | names().honorifics
    return found[0] if letters in told else f"{found[0][0]}."


def _full_tokens(words: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Give the tokens that tell: no initials, no particles or titles within, no articles."""
    last = len(words) - 1
    idle = names().particles | names().lineage
    full = [
        token
        for place, word in enumerate(words)
        for at, token in enumerate(word)
        if len(token) > 1 and not ((0 < place < last or 0 < at < len(word) - 1) and token in idle)
    ]
    own = [token for token in full if token not in _ARTICLES]
    kept = own if len(own) > 1 else full
    return tuple(kept) or tuple(each for word in words for each in word)


def _parts(
    words: Sequence[tuple[str, ...]], full: tuple[str, ...]
) -> tuple[tuple[str, ...], frozenset[int]]:
    """Give tokens and initials in order, and where a word with a hyphen meets another."""
    kept = [[token for token in word if token in full or len(token) == 1] for word in words]
    kept = [word for word in kept if word]
    seams: set[int] = set()
    at = 0
    for word, following in pairwise(kept):
        at += len(word)
        if len(word) + len(following) > 2:
            seams.add(at - 1)
    return tuple(token for word in kept for token in word), frozenset(seams)


def person_name(text: str) -> str:
    """Give the name in a wording, as it is written there, without what stands before or after it.

    >>> person_name("Secretary of Grain, Ann Lee,"), person_name("trade envoy Jan van Ree’s")
    ('Ann Lee', 'Jan van Ree')
    """
    text = _STYLE.sub("", text.strip(" \t\n\"“”‘’',;:"))
    text = _phrases().sub("", text)
    if plain(text.partition(" ")[0]) in names().peers:
        text = _PEERAGE.sub("", text)
    before, _, last = text.rpartition(",")
    if any(map(_before, before.split())) and not _SUFFIXED.search(text):
        text = last
    words = re.sub(r"['’]s?$", "", text).split()
    while len(words) > 1 and _before(words[0]) and any(map(_capital, words[1:])):
        words = words[1:]
    return " ".join(words)


@cache
def _phrases() -> re.Pattern[str]:
    """Match titles of several words, which are names by themselves, before a name."""
    listed = "|".join(map(re.escape, sorted(names().phrases, key=len, reverse=True)))
    return re.compile(rf"^(?:(?:{listed})\s+)+(?=\S+\s+\S)", re.IGNORECASE)


def _tokens(word: str) -> tuple[str, ...]:
    word = re.sub(r"(?<=\w)-([a-z])-(?=\w)", r"-\1", word)  # a syllable of one vowel is no initial
    return tuple(filter(None, (plain(part) for part in re.split(r"[-‐‑–—./]", word))))


def _before(word: str) -> bool:
    """Say whether a word only leads up to a name: a form of address, or a common noun."""
    tokens = set(_tokens(word))
    if tokens <= names().honorifics or (word[-1:] == "." and tokens <= names().abbreviations):
        return True
    return word[:1].islower() and not tokens & names().particles


def _capital(word: str) -> bool:
    return word[:1].isupper() and not set(_tokens(word)) <= names().honorifics
