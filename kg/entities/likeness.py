"""Names of persons compared: two names and the states of their bearers in, evidence out.

What is left over on both sides makes two names of them; the weakest relation between their parts
says how alike they are. Evidence has a level, from identical to unlike; whether it is enough for
one person is for `judge` to say, with what else is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal, get_args

from kg.entities.characters import chinese, reread
from kg.entities.lexicons import given_names, names
from kg.entities.matching import SIDES, Match, Side, fused, matched
from kg.entities.names import Name, name_of
from kg.entities.romanisation import (
    ANY,
    Background,
    Parts,
    backgrounds,
    backgrounds_of,
    joined,
    key,
    skeleton,
)
from kg.entities.spelling import Relation, relation, some_sound

Level = Literal[
    "identical", "reordered", "romanised", "contained", "respelt", "short-form", "initials",
    "acronym", "junior", "reread", "mononym", "surname", "another-language", "unmarked", "clipped",
    "part", "glued", "misread", "similar", "kin", "unlike",
]  # fmt: skip
GARBLED: Final[frozenset[Level]] = frozenset({"glued", "misread", "similar"})
_ORDER: Final[dict[Level, int]] = {level: place for place, level in enumerate(get_args(Level))}
_LEVELS: Final[dict[Relation, Level]] = {
    "same": "identical",
    "sounded": "romanised",
    "respelt": "respelt",
    "known": "short-form",
    "initial": "initials",
    "unmarked": "unmarked",
    "clipped": "clipped",
    "misread": "misread",
    "similar": "similar",
}
_ONE_WORD: Final[tuple[Level, ...]] = ("part", "mononym", "surname")
_LATER: Final = frozenset({"iii", "iv"})  # generations that few but the last of them tell
_SURNAME: Final = 5  # letters of a surname that may stand alone
_BLEND: Final = 5  # letters of a name made of the beginnings of others
_BESIDE: Final = frozenset({"zh"})  # where many bear a given name of Europe beside their own
_BY_NAMES: Final = frozenset({"es"})
_TWICE: Final = re.compile(r"(\w{2,4})\1")
_LOOSE: Final[tuple[Relation, ...]] = ("clipped", "misread", "similar")


@dataclass(frozen=True, slots=True)
class Evidence:
    """How two names relate, and under which language background that was seen."""

    level: Level
    background: str = ""


@dataclass(frozen=True, slots=True)
class _Usage:
    """How names are borne: which parts may be left out, and which one stands alone."""

    background: str
    parts: Parts
    given_alone: bool
    told: bool  # the states say so


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


@lru_cache(maxsize=32768)
def _compared(left: str, right: str, states: frozenset[str]) -> Evidence:
    one, other = name_of(left), name_of(right)
    if not one.words or not other.words:
        return Evidence("unlike")
    generations = {one.generation, other.generation}
    if len(generations) > 1 and "" not in generations:
        return Evidence("kin")
    one, other = _unled(one, other), _unled(other, one)
    best = _as_written(one, other) or _as_sounded(one, other, states)
    if generations & _LATER and _ORDER[best.level] < _ORDER["initials"]:
        return Evidence("initials", best.background) if len(generations) > 1 else best
    if len(generations) > 1 and _ORDER[best.level] < _ORDER["junior"]:
        return Evidence("junior", best.background)
    return best


def _unled(name: Name, other: Name) -> Name:
    """Leave a particle out that a surname alone begins with, where the other has it within."""
    row = [token for word in other.words for token in word]
    full = [token for word in name.words for token in word]
    if len(full) > 1 and full[0] in names().particles and row[1:][-len(full) :] == full:
        return replace(name, words=name.words[1:], tokens=name.tokens[1:], parts=name.parts[1:])
    return name


def _as_written(one: Name, other: Name) -> Evidence | None:
    """Compare the letters as they stand."""
    if one.tokens == other.tokens:
        given = set(one.initials), set(other.initials)
        return Evidence("kin" if all(given) and given[0] != given[1] else "identical")
    if _spells_out(one, other) or _spells_out(other, one):
        return Evidence("acronym")
    return None


def _as_sounded(one: Name, other: Name, states: frozenset[str]) -> Evidence:
    """Give the best that any background which may be theirs makes of two names."""
    best = Evidence("unlike")
    usages = _usages(states)
    if not states and not _worth_sounding(one, other):
        usages = usages[:1]
    for usage in usages:
        level = _level(one, other, usage)
        if not states and usage.background != ANY and level in _ONE_WORD:
            continue  # one word of an unknown language says little
        if _ORDER[level] < _ORDER[best.level]:
            named = level not in ("identical", "reordered", "kin")
            best = Evidence(level, usage.background if named else "")
        if level in ("identical", "reordered"):
            break
    if best.level in ("kin", "unlike") and states:
        found = reread(one, other, backgrounds_of(states))
        return Evidence(found) if found else best
    return best


@lru_cache(maxsize=4096)
def _usages(states: frozenset[str]) -> tuple[_Usage, ...]:
    """Give the usages of states; where they are known, the strictest holds for all of them."""
    rows = [backgrounds()[each] for each in backgrounds_of(states)]
    told = all(row.background != ANY for row in rows)
    return tuple(
        _Usage(row.background, _strictest(rows if told else [row]), row.alone == "given", told)
        for row in rows
    )


def _strictest(rows: list[Background]) -> Parts:
    found = {row.parts for row in rows}
    return next(each for each in ("chain", "whole", "free") if each in found)


def _level(one: Name, other: Name, usage: _Usage) -> Level:
    """Compare two names in one background."""
    level: Level = "kin" if set(one.parts) & set(other.parts) else "unlike"
    closer = usage.parts == "whole" or _by_name(one, usage) or _by_name(other, usage)
    if closer or _related(one, other, usage.background):
        level = _weighed(matched(one, other, usage.background), one, other, usage)
    if level in ("kin", "unlike") and _glued(one, other, usage.background):
        return "glued"
    return level


@lru_cache(maxsize=4096)
def _apart(one: Name, other: Name) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the parts of each that the other does not have in the same letters."""
    idle = names().within
    left = tuple(part for part in one.parts if part not in other.parts and part not in idle)
    right = tuple(part for part in other.parts if part not in one.parts and part not in idle)
    return left, right


def _worth_sounding(one: Name, other: Name) -> bool:
    """Say whether any background could relate what the letters do not."""
    left, right = _apart(one, other)
    if not left or not right or len(one.parts) != len(other.parts):
        return True
    return any(some_sound(a, b) or given_names(a) & given_names(b) for a in left for b in right)


def _related(one: Name, other: Name, background: str) -> bool:
    """Say whether it is worth looking closer: more than the same letters relates the two."""
    left, right = _apart(one, other)
    if not left or not right or any(relation(a, b, background) for a in left for b in right):
        return True
    return any(
        fused(name, against.parts, background) != name.parts
        for name, against in ((one, other), (other, one))
        if len(name.parts) > len(against.parts) or name.seams or against.seams
    )


def _weighed(match: Match, one: Name, other: Name, usage: _Usage) -> Level:
    """Say what the relations of the parts and the parts left over make of two names."""
    if not match.telling:
        return "unlike"
    if match.clash():
        return _renamed(match, one, other, usage)
    if _initials_clash(match) or sum(match.relations[each] for each in _LOOSE) > 1:
        return "kin"
    level = _weakest(match)
    if match.over(0) or match.over(1):
        return _partly(match, (one, other), level, usage)
    told = usage.parts == "free" and not set(match.telling) <= names().common
    if level == "initials" and not told and (match.letters(0) or match.letters(1)):
        return "part"
    return _whole(match, level, usage, bound=_lineage(one) or _lineage(other))


def _weakest(match: Match) -> Level:
    """Give the level of the weakest relation; beside two full parts an initial takes nothing."""
    found = set(match.relations)
    if len(match.telling) > 1:
        found -= {"initial"}
    return max((_LEVELS[each] for each in found), key=_ORDER.__getitem__)


def _whole(match: Match, level: Level, usage: _Usage, *, bound: bool) -> Level:
    """Judge two names of which no part is left over; `bound` ones have a fixed order."""
    found = match.relations
    if level in ("similar", "clipped") and not found["same"] + found["sounded"]:
        return "kin"
    if match.in_order:
        return level
    if bound or (usage.parts == "chain" and not match.turned):
        return "kin"
    if usage.parts == "chain" or not match.turned:
        return "part"
    return "reordered" if level == "identical" else level


def _partly(match: Match, both: tuple[Name, Name], level: Level, usage: _Usage) -> Level:
    """Judge a name that is part of another: what is left out says whether it may be."""
    side: Side = 1 if match.over(1) else 0
    short = both[1 - side]
    if match.abbreviated(side) and match.relations["initial"] > 1 and match.in_order:
        return "initials"
    if any(map(_lineage, both)) and not match.in_order:
        return "kin"
    if match.abbreviated(side):
        return _shortened(match, side, usage)
    if len(match.pairs) == 1 and not short.initials:
        borne = all(each.borne for each in both) and usage.parts != "chain"
        return _single(match, side, level, usage, borne=borne)
    disordered = usage.parts == "chain" and not match.in_order
    if disordered or not _may_be_left_out(match, side, usage):
        return "kin"
    full = _left_out(match, side, short, usage)
    return "part" if level in _LOOSE else max(level, full, key=_ORDER.__getitem__)


def _shortened(match: Match, side: Side, usage: _Usage) -> Level:
    """Judge a name with an initial and more parts than the other: a second surname, or name."""
    if not any(map(_rare, match.telling)) or usage.parts != "free" or not match.in_order:
        return "kin"
    return "initials" if match.only_goes_on(side) else "part"


def _single(match: Match, side: Side, level: Level, usage: _Usage, *, borne: bool) -> Level:
    """Judge a name of one part; `borne` says that both have a title that is part of the name."""
    if _ORDER[level] > _ORDER["respelt"]:
        return "kin"
    if borne:
        return "contained"
    alone = usage.given_alone and match.begins_with(side)
    return "mononym" if alone else _by_surname(match, side)


def _by_surname(match: Match, side: Side) -> Level:
    """Say whether all that two names have in common is a surname that few bear."""
    part = match.parts(side)[-1]
    last = [pair[side] for pair in match.pairs] == [len(match.parts(side)) - 1]
    return "surname" if last and _rare(part) else "part"


def _rare(part: str) -> bool:
    """Say whether few bear a part of a name."""
    return len(part) >= _SURNAME and part not in names().common and not given_names(part)


def _may_be_left_out(match: Match, side: Side, usage: _Usage) -> bool:
    """Say whether names of this usage are ever without what is left over."""
    if all(part in names().light for part in match.over(side)):
        return True
    if usage.parts == "chain":
        return not match.first_is_over(side)
    foreign = any(map(given_names, match.telling)) or _beside(match, side, usage)
    return usage.parts == "free" or foreign or match.first_is_over(side)


def _beside(match: Match, side: Side, usage: _Usage) -> bool:
    """Say whether what is left over are given names of Europe beside a name of one's own."""
    over = match.over(side)
    return usage.background in _BESIDE and usage.told and all(map(_foreign, over))


def _left_out(match: Match, side: Side, short: Name, usage: _Usage) -> Level:
    """Say how much is left; a name that so many bear beside a surname tells no more than that."""
    told = [part for part in short.tokens if part not in names().light]
    over = [part for part in match.over(side) if part not in names().light]
    if match.both_ends_are_over(side) or not match.turned:
        return "part"
    few = len(told) < 2 and not short.initials and not match.only_goes_on(side)
    parts = match.parts(side)
    if few and len(match.pairs) > 1 and not {0, len(parts) - 1} & set(match.rest[side]):
        # only what stands within is left out; elsewhere two given names make another one
        few = not all(map(_rare, told)) or (usage.parts != "chain" and parts[0] in names().light)
    native = usage.parts == "whole" and not any(map(given_names, match.telling))
    native = native and not _beside(match, side, usage)
    return "part" if over and (few or native) else "contained"


def _renamed(match: Match, one: Name, other: Name, usage: _Usage) -> Level:
    """Look for a by-name, or a given name of Europe here and one of its own there."""
    if len(match.telling) == 1 and (_by_name(one, usage) or _by_name(other, usage)):
        return "part"
    if usage.background not in _BESIDE or not usage.told or len(match.pairs) != 1:
        return "kin"
    rest = (match.over(0), match.over(1))
    foreign = [len(each) == 1 and _foreign(each[0]) for each in rest]
    own = [all(map(chinese, each)) for each in rest]
    if not (foreign[0] and own[1]) ^ (foreign[1] and own[0]):
        return "kin"
    for side, name in zip(SIDES, (one, other), strict=True):
        if match.parts(side)[match.pairs[0][side]] not in _ends(name):
            return "kin"
    return "part" if names().common & set(match.telling) else "another-language"


def _ends(name: Name) -> set[str]:
    """Give what may be a Chinese surname: a word at either end that no hyphen joins with others."""
    ends = [word[0] for word in (name.words[0], name.words[-1]) if len(word) == 1]
    return set(filter(chinese, ends))


def _by_name(name: Name, usage: _Usage) -> bool:
    """Say whether a name begins with a syllable said twice: a by-name of any given name."""
    return usage.told and usage.background in _BY_NAMES and bool(_TWICE.fullmatch(name.parts[0]))


def _foreign(part: str) -> bool:
    """Say whether a part of a Chinese name is a given name of Europe."""
    return bool(given_names(part)) or not chinese(part)


def _initials_clash(match: Match) -> bool:
    """Say whether an initial of one name stands for nothing in the other, which has others."""
    for side, against in (SIDES, SIDES[::-1]):
        if match.letters(side) and any(len(part) == 1 for part in match.parts(against)):
            return True
        if match.letters(side) and match.over(against):
            return True
    return False


def _lineage(name: Name) -> bool:
    """Say whether a name tells whose child its bearer is, so that order counts."""
    return any(token in names().lineage for word in name.words for token in word)


def _spells_out(short: Name, long: Name) -> bool:
    """Say whether a name is nothing but the initials of another, or the beginnings of its words."""
    if len(long.tokens) < 2 or len(short.tokens) > 1:
        return False
    letters = "".join(token[0] for word in long.words for token in word)
    if short.acronym and short.acronym in (letters, long.capitals):
        return True
    word = short.tokens[0]
    blend = len(word) >= _BLEND and not short.initials and not given_names(word)
    return blend and word not in long.tokens and _blended(word, long.tokens)


def _blended(word: str, parts: tuple[str, ...]) -> bool:
    """Say whether a word is made of the beginnings of some parts, each of two letters or more.

    >>> _blended("karmad", ("karim", "madani")), _blended("karim", ("karim", "madani"))
    (True, False)
    """
    if not parts:
        return not word
    longest = next(
        (at for at, pair in enumerate(zip(word, parts[0], strict=False)) if pair[0] != pair[1]),
        min(len(word), len(parts[0])),
    )
    return any(_blended(word[at:], parts[1:]) for at in range(2, longest + 1))


def _glued(one: Name, other: Name, background: str) -> bool:
    """Say whether two names are one row of letters, cut elsewhere: a surname glued to the rest."""
    if min(len(one.tokens), len(other.tokens)) < 2 or len(_letters(one) ^ _letters(other)) > 2:
        return False
    return any(
        _row(one, background, misread) == _row(other, background, misread)
        for misread in (False, True)
    )


@lru_cache(maxsize=65536)
def _letters(name: Name) -> frozenset[str]:
    """Give the consonants of a name, wherever its words are cut."""
    return frozenset("".join(skeleton("".join(word)) for word in name.words))


@lru_cache(maxsize=65536)
def _row(name: Name, background: str, misread: bool) -> str | None:
    """Sound out whole words in a row; letters that double where two words meet count once."""
    found: list[str] = []
    for word in name.words:
        letters = key("".join(word), background, "misreading" if misread else "variant")
        if found and letters[:1] == found[-1][-1:] and len(letters) > 1:
            letters = letters[1:]
        if len("".join(word)) > 1:
            found.append(letters)
    return joined(found) if len(found) > 1 else name.words[0][0]
