"""Wordings compared: what things, titles and quotes are called in, how alike two of them are out.

Words are brought to a stem and to one of several that mean the same; words that are said of
everything count less. Figures with a unit are read from quotes, since translations keep them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from kg.events.whereabouts import powers_in, without_powers
from kg.resources import lexicon

_WEAK: Final = 0.4  # what a word that is said of everything counts beside others
_ALIKE: Final = 0.75  # share of letters in order from which two spellings of a name are one
_WHOLE: Final = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})
_NAME: Final = 4  # letters from which a word may be misspelt


@dataclass(frozen=True, slots=True)
class Wordings:
    """The words of this stage, as their data file gives them."""

    idle: frozenset[str]
    weak: frozenset[str]
    same: tuple[tuple[str, ...], ...]
    papers: frozenset[str]
    numbering: frozenset[str]
    gatherings: frozenset[str]
    sizes: dict[str, int]
    aside: tuple[str, ...]
    joining: tuple[str, ...]
    attending: tuple[str, ...]
    anaphors: tuple[str, ...]
    groups: tuple[str, ...]
    public: tuple[str, ...]
    relational: frozenset[str]
    numbers: dict[str, int]
    scales: dict[str, int]
    units: dict[str, tuple[str, ...]]


@cache
def wordings() -> Wordings:
    """Give the lexicon of wordings."""
    words: Wordings = lexicon("events", "wording.yaml", Wordings)
    return words


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Cut the endings of the plural and of what is done off a word.

    >>> [stem(each) for each in ("refineries", "refining", "licences", "goods", "gas")]
    ['refin', 'refin', 'licenc', 'good', 'gas']
    """
    for ending, least in (
        ("eries", 4), ("ation", 5), ("ings", 4), ("ing", 4), ("ery", 4), ("ies", 4), ("ers", 5),
        ("es", 5), ("ed", 5), ("s", 3), ("e", 4), ("y", 4),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=16384)
def words_of(text: str) -> frozenset[str]:
    """Give the words of a wording that tell it apart, each as the one that stands for it.

    >>> words_of("a stockpile of rare earths") == words_of("rare earth reserves")
    True
    """
    plain = " ".join(stem(word) for word in _split(text) if word not in wordings().idle)
    for phrase, first in _phrases():
        if phrase not in plain:
            continue
        plain = re.sub(rf"\b{phrase}\b", first, plain)
    return frozenset(_same().get(word, word) for word in plain.split())


def words_of_all(texts: Iterable[str]) -> frozenset[str]:
    """Give the words of several wordings together."""
    return frozenset().union(*map(words_of, texts))


def strong(words: frozenset[str]) -> frozenset[str]:
    """Leave out the words that are said of everything, unless there are no others."""
    return words - _stems("weak") or words


@lru_cache(maxsize=32768)
def overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """Say how alike two sets of words are: 1 for the same, more than half where one says less.

    >>> overlap(words_of("plant"), words_of("precursor plant"))
    0.75
    """
    common = _weight(left & right)
    short, both = min(_weight(left), _weight(right)), _weight(left | right)
    return (common / short + common / both) / 2 if common and short else 0.0


def spelt_alike(left: str, right: str) -> bool:
    """Say whether two words are spellings of one name.

    >>> spelt_alike("basra", "basrah"), spelt_alike("basra", "mosul")
    (True, False)
    """
    if left == right:
        return True
    if min(len(left), len(right)) < _NAME or left[:2] != right[:2]:
        return False
    if min(len(left), len(right)) > _NAME and (left.startswith(right) or right.startswith(left)):
        return True  # a weighbridge, and weighing
    common, place = 0, 0
    for letter in left:
        found = right.find(letter, place)
        if found >= 0:
            common, place = common + 1, found + 1
    return 2 * common / (len(left) + len(right)) > _ALIKE + 0.1


def aside(quote: str) -> bool:
    """Say whether a text tells of talks beside a gathering.

    >>> aside("They met on the sidelines of the forum.")
    True
    """
    return _says(quote, wordings().aside)


def joins(quote: str) -> bool:
    """Say whether a text tells who else was at a gathering.

    >>> joins("Two directors also took part."), joins("The ministers met.")
    (True, False)
    """
    return _says(quote, wordings().joining)


def attends(quote: str) -> bool:
    """Say whether a text tells who was there, in the words for that.

    >>> attends("Chile was represented by its envoy."), attends("The ministers met.")
    (True, False)
    """
    return _says(quote, wordings().attending)


def goes_on(quote: str) -> bool:
    """Say whether a sentence begins by what was told of before.

    >>> goes_on("It was the second of its kind."), goes_on("Italy hosted a meeting.")
    (True, False)
    """
    plain = " ".join(_split(quote))
    return any(re.match(rf"{phrase}\b", plain) for phrase in wordings().anaphors)


@lru_cache(maxsize=16384)
def _says(quote: str, phrases: tuple[str, ...]) -> bool:
    return bool(_any_of(phrases).search(" ".join(_split(quote))))


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{phrase})\b" for phrase in phrases) or r"(?!)")


def titles_alike(left: frozenset[str], right: frozenset[str]) -> float:
    """Say how alike two titles are, names in them spelt as they may be."""
    twins = {word: other for word in left for other in right if spelt_alike(word, other)}
    return overlap(frozenset(twins.get(word, word) for word in left), right)


def nameless(label: str) -> bool:
    """Say whether a wording names nobody: an official, some vice ministers.

    >>> nameless("vice ministers of both"), nameless("Ann Lee"), nameless("安")
    (True, False, False)
    """
    if not label.isascii():
        return False
    words = label.split()
    capital = any(word[:1].isupper() for word in words)
    if capital and words[0][:1].islower() and _says(label, wordings().groups):
        return True  # colleagues from a capital
    return not capital


@lru_cache(maxsize=16384)
def public(label: str) -> bool:
    """Say whether a wording is that of a body of a state.

    >>> public("Peruvian Ministry of Mines"), public("Peru Copper")
    (True, False)
    """
    return _says(label, wordings().public)


@lru_cache(maxsize=16384)
def title_words(title: str) -> frozenset[str]:
    """Give the words of a title that are not those of any paper.

    >>> sorted(title_words("Joint Declaration of Lima on Copper"))
    ['copper', 'lima']
    """
    return words_of(title) - _stems("papers") - _stems("numbering")


@lru_cache(maxsize=65536)
def framework_words(label: str) -> frozenset[str]:
    """Give the words of a framework that are not those of any; none says that it may be any.

    >>> sorted(framework_words("Nile Water Council (NWC)")), sorted(framework_words("the Council"))
    (['nile', 'water'], [])
    """
    bare = without_powers(re.sub(r"\s*\([^()]*\)", "", label))
    return _gathered(bare) | powers_in(label)


@lru_cache(maxsize=16384)
def gathering_words(quote: str) -> frozenset[str]:
    """Give the words of a sentence that are not those of any gathering."""
    return _gathered(quote)


def _gathered(text: str) -> frozenset[str]:
    return frozenset(map(stem, _split(text))) - _stems("gatherings")


@lru_cache(maxsize=16384)
def size_of(text: str) -> int:
    """Give how many take part as words say, 0 where they say nothing or several things.

    >>> size_of("a three-way sitting"), size_of("talks")
    (3, 0)
    """
    lower = text.casefold()
    found = {size for word, size in wordings().sizes.items() if word in lower}
    return found.pop() if len(found) == 1 else 0


@lru_cache(maxsize=16384)
def figures_of(quote: str) -> frozenset[tuple[str, float]]:
    """Give the figures of a quote with their units; years and days of a month are none.

    >>> sorted(figures_of("a credit of 900 million dollars at 1.5 percent, until 30 May 2024"))
    [('money', 900000000.0), ('percent', 1.5)]
    >>> sorted(figures_of("two million tonnes within 30 days, for €5bn"))
    [('days', 30.0), ('money', 5000000000.0), ('tonnes', 2000000.0)]
    """
    found: set[tuple[str, float]] = set()
    words = re.findall(
        r"us\$|[$€£¥₩%]|\d[\d.,]*\d|\d|[^\W\d_]+", quote.casefold().replace("per cent", "percent")
    )
    units, scales = _units(), wordings().scales
    place = 0
    while place < len(words):
        number = _number(words[place])
        if number is None:
            place += 1
            continue
        sign = units.get(words[place - 1]) if place and words[place - 1] in "us$€£¥₩" else None
        after = place + 1
        scaled = after < len(words) and words[after] in scales
        if scaled:
            number *= scales[words[after]]
            after += 1
        unit = sign or next(
            (units[each] for each in words[after : after + 1] if each in units), None
        )
        if unit is None and scaled:
            unit = next((units[each] for each in words[after : after + 2] if each in units), "")
        if unit is not None:
            found.add((unit, number))
        place = after
    return frozenset(found)


@lru_cache(maxsize=16384)
def telling(text: str) -> frozenset[str]:
    """Give the words of a text but those of figures and their units.

    >>> sorted(telling("12 million euros for a mill"))
    ['plant']
    """
    return frozenset(word for word in words_of(text) - _figured() if not word.isdigit())


@cache
def _figured() -> frozenset[str]:
    """Give the words of figures: numbers, scales and units."""
    known = wordings()
    every = (*known.numbers, *known.scales, *(word for own in known.units.values() for word in own))
    return frozenset(stem(word) for each in every for word in _split(each))


def _number(word: str) -> float | None:
    if word[0].isdigit():
        plain = re.sub(r"[,](?=\d{3}\b)", "", word).replace(",", ".")
        try:
            return float(plain)
        except ValueError:  # 1.2.3
            return None
    known = wordings().numbers.get(word)
    return float(known) if known else None


@cache
def _units() -> dict[str, str]:
    return {word: unit for unit, own in wordings().units.items() for word in own}


@cache
def _same() -> dict[str, str]:
    return {stem(word): stem(own[0]) for own in wordings().same for word in own if " " not in word}


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    found = [
        (" ".join(map(stem, _split(phrase))), stem(own[0]).replace(" ", "_"))
        for own in wordings().same
        for phrase in own
        if " " in phrase
    ]
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair)))


@cache
def _stems(name: str) -> frozenset[str]:
    words: frozenset[str] = getattr(wordings(), name)
    plain = {stem(each) for word in words for each in _split(word)}
    return frozenset(plain | {_same().get(each, each) for each in plain})


def _weight(words: frozenset[str]) -> float:
    weak = _stems("weak")
    return sum(_WEAK if word in weak else 1.0 for word in words)


def _split(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_WHOLE)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.findall(r"[^\W_]+", plain.replace("'s", " ").replace("’s", " "))
