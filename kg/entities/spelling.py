"""One part of a name against another: two tokens and a language background in, their relation out.

What counts as the same letters is a table (romanisation.csv); how far two spellings of one sound
may lie apart is a cost per letter, small between vowels where the script at home leaves them
open, and great where each letter is written as it is spoken.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, Literal

from kg.entities.lexicons import given_names, one_character, spelling
from kg.entities.romanisation import LOST, Reading, backgrounds, key, readings, skeleton

Relation = Literal[
    "same", "sounded", "respelt", "known", "initial", "unmarked", "clipped", "misread", "similar"
]  # fmt: skip
_VOWELS: Final = frozenset("aeiouy")
_SEXLESS: Final = ({"i", "y"}, {"o", "u"})  # last vowels that tell no sex
_CLIPPED: Final = 3  # letters that a clipped name keeps of its beginning, one more of its end
_PET: Final = re.compile(
    r"(\w{2,}[^aeiouy])(?:i|y|ie|ey|ito|ita|inho|inha)"
)  # a stem with an ending
_READINGS: Final[tuple[tuple[Reading, Relation], ...]] = (
    ("unmarked", "unmarked"),
    ("misreading", "misread"),
)
_SLIPS: Final = frozenset("nvclb")  # letters that any misreading is about
_TINY: Final = 0.25  # what may part words of three letters
_FIRST: Final = 0.5  # of a first vowel, which often only carries another sound
_SHORT: Final = 4  # letters of a word that may be misspelt where vowels are open
_LONG: Final = 6  # letters of a word in which a slip of the pen may be told from another word


@lru_cache(maxsize=32768)
def relation(left: str, right: str, background: str) -> Relation | None:
    """Say how two tokens relate, the surest way first; None where nothing relates them.

    >>> relation("deok", "duk", "ko"), relation("rajapaksa", "rajapakse", "hi")
    ('sounded', 'respelt')
    >>> relation("bob", "robert", "en"), relation("k", "kofi", "en"), relation("ken", "gen", "ja")
    ('known', 'initial', 'misread')
    >>> relation("sato", "saito", "ja"), relation("yong", "young", "ko")
    (None, 'unmarked')
    """
    if left == right:
        return "same"
    if 1 in (len(left), len(right)):
        return "initial" if _begins(left, right, background) else None
    if LOST in left + right:
        return "sounded" if _filled(left, right) or _filled(right, left) else None
    if some_sound(left, right):
        one, other = key(left, background), key(right, background)
        if one == other:
            return "sounded"
        if _vary(one, other, background, spelling().respelt):
            return "respelt"
    return _listed(left, right, background) or _weakly(left, right, background)


def _filled(left: str, right: str) -> bool:
    """Say whether one token is the other with letters lost, each of them one letter or two.

    >>> _filled("doɂan", "dogan"), _filled("doɂan", "doran"), _filled("doɂan", "diran")
    (True, True, False)
    """
    return bool(re.fullmatch(re.escape(left).replace(LOST, "..?"), right))


@lru_cache(maxsize=32768)
def some_sound(left: str, right: str) -> bool:
    """Say whether two tokens have a consonant in common, so that a closer look is worth it."""
    if not left.isascii() or not right.isascii():
        return True
    one, other = _sounds(left), _sounds(right)
    return bool(one & other) or not one or not other


@lru_cache(maxsize=65536)
def _sounds(token: str) -> frozenset[str]:
    """Give the consonants of a token, l and n as one, without those that may be vowels."""
    either = "s" if "c" in token or "xh" in token else ""
    return frozenset(skeleton(token).replace("l", "n") + either) - _VOWELS


def _listed(left: str, right: str, background: str) -> Relation | None:
    """Say what the tables know of two tokens: characters, and forms of given names."""
    if one_character(left, right, background):
        return "respelt" if background == "zh" else "misread"
    return "known" if _known(left, right, background) else None


def _known(left: str, right: str, background: str) -> bool:
    """Say whether both are forms of one given name; short ones may be syllables of another."""
    short = min(len(left), len(right)) < _SHORT and backgrounds()[background].parts == "whole"
    return not short and bool(given_names(left) & given_names(right))


def _weakly(left: str, right: str, background: str) -> Relation | None:
    if not some_sound(left, right):
        return None
    for reading, found in _READINGS:
        if _may_be_read(left + right, background, reading) and (
            key(left, background, reading) == key(right, background, reading)
        ):
            scanned = reading == "misreading" and reading not in readings(background)
            return "similar" if scanned and min(len(left), len(right)) >= _LONG else found
    if backgrounds()[background].parts == "whole":
        return "misread" if _mistyped(left, right) else None  # one letter may be another name
    if _clipped(*sorted((left, right), key=lambda each: (len(each), each))):
        return "clipped"
    return "similar" if _misspelt(left, right, background) else None


def _misspelt(left: str, right: str, background: str) -> bool:
    """Say whether one token may be a slip of the pen for the other."""
    if _slipped(*sorted((left, right), key=lambda each: (len(each), each))):
        return True
    one, other = key(left, background), key(right, background)
    least = _LONG if backgrounds()[background].vowels == "fixed" else _SHORT
    if max(len(one), len(other)) < least or min(len(one), len(other)) < _SHORT:
        return False
    return _vary(one, other, background, spelling().similar)


def _slipped(short: str, long: str) -> bool:
    """Say whether two neighbours within a word changed places, or a consonant beside one is lost.

    >>> _slipped("lorca", "lroca"), _slipped("smit", "smith"), _slipped("bran", "brand")
    (True, True, True)
    >>> _slipped("lopez", "lopes"), _slipped("meyer", "meier")
    (False, False)
    """
    if len(short) == len(long):
        apart = [at for at in range(len(short)) if short[at] != long[at]]
        turned = len(apart) == len("ab") and apart[1] == apart[0] + 1 and apart[0] > 0
        return (
            turned
            and len(long) >= _SHORT
            and short[apart[0]] == long[apart[1]]
            and (short[apart[1]] == long[apart[0]])
        )
    if len(short) < _SHORT or len(long) != len(short) + 1 or short[0] != long[0]:
        return False
    return any(
        long[:at] + long[at + 1 :] == short and not {long[at - 1], long[at]} & _VOWELS
        for at in range(2, len(long))
    )


def _mistyped(left: str, right: str) -> bool:
    """Say whether long words differ by one letter, or by two neighbours that changed places.

    >>> _mistyped("junichiro", "junchiro"), _mistyped("jintao", "jitnao"), _mistyped("ken", "kei")
    (True, True, False)
    """
    short, long = sorted((left, right), key=len)
    if len(long) < _LONG or left[0] != right[0]:
        return False
    if len(short) < len(long):
        return any(long[:at] + long[at + 1 :] == short for at in range(1, len(long)))
    apart = [at for at, (one, other) in enumerate(zip(left, right, strict=False)) if one != other]
    if len(apart) == 1:
        return len(left) > _LONG
    turned = len(apart) == len("ab") and apart[1] == apart[0] + 1
    return turned and left[apart[0]] + left[apart[1]] == right[apart[1]] + right[apart[0]]


def _may_be_read(letters: str, background: str, reading: Reading) -> bool:
    """Say whether a reading may change any of the letters."""
    return reading in readings(background) or (
        reading == "misreading" and bool(_SLIPS & set(letters))
    )


def _begins(left: str, right: str, background: str) -> bool:
    """Say whether an initial is that of a word, in either spelling."""
    if left[0] == right[0]:
        return True
    return len(left) + len(right) > 2 and key(left, background)[:1] == key(right, background)[:1]


def _clipped(short: str, long: str) -> bool:
    """Say whether one given name is the other cut short; an ending alone makes another name."""
    pet = _PET.fullmatch(short)
    if pet and len(long) > len(short) and long.startswith(pet[1]):
        return True
    if len(short) < _CLIPPED or len(long) - len(short) < 2:
        return False
    return long.startswith(short) or (len(short) > _CLIPPED and long.endswith(short))


def _vary(one: str, other: str, background: str, limit: float) -> bool:
    """Say whether two keys lie no further apart than their letters allow."""
    longest = max(len(one), len(other))
    if abs(len(one) - len(other)) > 2 or not _begin_alike(one, other, background):
        return False
    if longest < _SHORT:
        return distance(one, other, background) <= _TINY
    if _gendered(one, other) and backgrounds()[background].vowels != "loose":
        return False
    return distance(one, other, background) <= limit * longest


def _gendered(one: str, other: str) -> bool:
    """Say whether only a last vowel differs, which in most languages of Europe tells the sexes."""
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        ends = {short[-1], long[-1]}
        return short[:-1] == long[:-1] and ends <= _VOWELS and ends not in _SEXLESS
    return long[:-1] == short and long[-1] in _VOWELS


def _begin_alike(one: str, other: str, background: str) -> bool:
    """Look at first letters; a slip of the pen rarely changes the sound that a word begins with."""
    if one[:1] in _VOWELS and other[:1] in _VOWELS:
        return True
    if backgrounds()[background].vowels == "loose" and (
        one[1:3] == other[:2] or other[1:3] == one[:2]
    ):
        return bool({one[:1], other[:1]} & _VOWELS)
    return one[:1] == other[:1] or skeleton(one)[:1] == skeleton(other)[:1]


def distance(one: str, other: str, background: str) -> float:
    """Give what it costs to turn one key into the other, letter by letter.

    >>> distance("salih", "saleh", "ar") < distance("salih", "salah", "ar")
    True
    """
    vowels = backgrounds()[background].vowels
    if vowels == "loose" and one[:1] in _VOWELS and other[:1] in _VOWELS:
        return round(
            _FIRST * _swap(one[0], other[0], vowels) + _rest(one[1:], other[1:], vowels), 4
        )
    return _rest(one, other, vowels)


@lru_cache(maxsize=32768)
def _rest(one: str, other: str, vowels: str) -> float:
    rows = [[0.0]]
    for letter in other:
        rows[0].append(rows[0][-1] + _drop(letter, vowels))
    for at, letter in enumerate(one):
        row = [rows[at][0] + _drop(letter, vowels)]
        for place, against in enumerate(other):
            ways = [
                row[-1] + _drop(against, vowels),
                rows[at][place + 1] + _drop(letter, vowels),
                rows[at][place] + _swap(letter, against, vowels),
            ]
            if at and place and one[at - 1 : at + 1] == against + other[place - 1]:
                ways.append(rows[at - 1][place - 1] + spelling().turned)
            row.append(min(ways))
        rows.append(row)
    return round(rows[-1][-1], 4)


@cache
def _drop(letter: str, vowels: str) -> float:
    """Give what it costs to leave a letter out."""
    if vowels == "fixed":
        return 1.0
    scale = spelling().tight if vowels == "tight" else 1.0
    return min(1.0, scale * spelling().dropped.get(letter, 1.0))


@cache
def _swap(one: str, other: str, vowels: str) -> float:
    """Give what it costs to write one letter for another."""
    if one == other:
        return 0.0
    low, high = sorted((one, other))
    if vowels == "fixed":
        return spelling().latin.get(low + high, 1.0)
    scale = spelling().tight if vowels == "tight" else 1.0
    return min(1.0, scale * spelling().swapped.get(low + high, 1.0))
