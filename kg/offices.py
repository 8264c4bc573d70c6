"""Titles of office compared: two wordings in, how far they name one office out.

An office is a rank with a portfolio; deputies hold another office than the one they deputise
for. Whose office it is (a state, an organisation) is for the caller to compare.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from kg.resources import lexicon
from kg.states import states

SAME: Final = 0.6  # share of the shorter portfolio that two renderings of one office have in common
WEAK: Final = 0.5  # a bare rank beside one with a portfolio


@dataclass(frozen=True, slots=True)
class Titles:
    """The lexicon of titles, as its data file gives it."""

    phrases: dict[str, str]
    ranks: dict[str, str]
    sole: frozenset[str]
    modifiers: frozenset[str]
    alike: dict[str, str]
    stop: frozenset[str]
    portfolios: dict[str, str]


@dataclass(frozen=True, slots=True)
class Office:
    """What a title says: rank, portfolio, and what makes it a deputy's."""

    ranks: frozenset[str]
    portfolio: frozenset[str]
    modifiers: frozenset[str]


@lru_cache(maxsize=65536)
def office(title: str, body: str = "") -> Office:
    """Read a title; `body` is the ministry or agency that it is held in, if one is named.

    >>> sorted(office("Minister of Economy, Trade, and Industry").portfolio)
    ['economy', 'industry', 'trade']
    >>> office("Minister", "Ministry of Industry") == office("industry minister")
    True
    """
    titles = _titles()
    words = _words(title)
    ranks = frozenset(titles.ranks[word] for word in words if word in titles.ranks)
    return Office(
        ranks=ranks,
        portfolio=_portfolio([*words, *(_words(body) if "minister" in ranks else ())]),
        modifiers=frozenset(words) & titles.modifiers,
    )


def likeness(left: Office, right: Office) -> float:
    """Say how far two titles name one office: 0 not at all, 0.5 a bare rank, 1 wholly.

    >>> likeness(office("Commerce Secretary"), office("Secretary of Commerce"))
    1.0
    >>> likeness(office("Deputy Foreign Minister"), office("Foreign Minister"))
    0.0
    >>> likeness(office("Finance Minister"), office("Minister of Trade and Industry"))
    0.0
    """
    if _modified(left) != _modified(right) or not _ranks_agree(left, right):
        return 0.0
    shorter = min(len(left.portfolio), len(right.portfolio))
    if shorter:
        share = len(left.portfolio & right.portfolio) / shorter
        return share if share >= SAME else 0.0
    if left.portfolio or right.portfolio:
        return WEAK
    return 1.0 if left.ranks & _titles().sole else WEAK


def _modified(read: Office) -> frozenset[str]:
    """Give what makes another office of a title; a vice is a deputy."""
    return frozenset(_titles().alike.get(each, each) for each in read.modifiers)


def singular(title: str) -> str:
    """Write a title that a text gives to several persons as that of one.

    >>> singular("Executive Vice Presidents"), singular("Minister of Foreign Affairs")
    ('Executive Vice President', 'Minister of Foreign Affairs')
    """
    words = title.split()
    for place, word in enumerate(words):
        if word.casefold() in ("of", "for", "to", "in"):
            break
        words[place] = _one(word)
    return " ".join(words)


def _one(word: str) -> str:
    """Give the singular of a word of rank, any other word as it is."""
    known = _titles().ranks
    lead, _, last = word.rpartition("-")
    for ending, single in (("ies", "y"), ("s", "")):
        bare = last[: -len(ending)] + single if last.casefold().endswith(ending) else ""
        if bare.casefold() in known:
            return f"{lead}-{bare}" if lead else bare
    return word


def _ranks_agree(left: Office, right: Office) -> bool:
    if not left.ranks or not right.ranks:
        return left.ranks == right.ranks and bool(left.portfolio & right.portfolio)
    if "any" in left.ranks | right.ranks:
        return True
    return bool(left.ranks & right.ranks)


@cache
def _titles() -> Titles:
    titles: Titles = lexicon("", "offices.yaml", Titles)
    return titles


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    longest = sorted(_titles().phrases.items(), key=lambda pair: (-len(pair[0]), pair[0]))
    return tuple((re.compile(rf"\b{re.escape(old)}\b"), new) for old, new in longest)


def _words(text: str) -> list[str]:
    plain = " ".join(map(_one, _plain(text).split()))
    for wording, said in _phrases():
        plain = wording.sub(said, plain)
    return plain.split()


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold().replace("-", " ")
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", plain.replace("'s", " ").replace("’s", " ")))


def _stateless(words: list[str]) -> list[str]:
    """Leave out the states that a title names: they say whose office it is."""
    wordings = _wordings()
    kept: list[str] = []
    at = 0
    while at < len(words):
        sent = bool(at) and words[at - 1] == "to"  # an ambassador to a state is not its own
        lengths = () if sent else (4, 3, 2, 1)
        length = next((n for n in lengths if tuple(words[at : at + n]) in wordings), 0)
        kept += [] if length else words[at : at + 1]
        at += length or 1
    return kept


@cache
def _wordings() -> frozenset[tuple[str, ...]]:
    named = (each for row in states().values() for each in (row.name, *row.names, *row.adjectives))
    return frozenset(tuple(_plain(each).split()) for each in named)


def _portfolio(words: list[str]) -> frozenset[str]:
    titles = _titles()
    idle = titles.stop | titles.modifiers | titles.ranks.keys()
    words = _stateless(words)
    return frozenset(_field(word) for word in words if word not in idle)


def _field(word: str) -> str:
    """Give the stem of a field of office; the plural of one is no other field."""
    single = word[:-1] if len(word) > 4 and word[-1] == "s" and word[-2] != "s" else word
    known = _titles().portfolios
    return known.get(word, known.get(single, single))
