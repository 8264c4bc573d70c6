"""Lines that are not the article's own words: a line in, the rule that knows it out.

The rules are data (`data/boilerplate.yaml`); no line is judged by where it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from kg.articles.metadata import language_code
from kg.articles.model import FieldName
from kg.resources import lexicon

MARKUP: Final = re.compile(r"(?:[\s>*_•·▪●◦‣–—-]|\d{1,2}[.)]\s|#{1,6}\s)*")
"""What may stand before the words of a line: quotation, emphasis, list and heading marks."""


LONGEST: Final = 1000  # characters of a notice; keeps hostile lines from the patterns


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of line: how to know it, what it is for, and the metadatum it may carry."""

    name: str
    role: Literal["boilerplate", "rights", "caption"]
    longest: int
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    whole: bool = False
    field: FieldName | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Schema of `data/boilerplate.yaml`."""

    rules: tuple[Rule, ...]
    caption_clues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A line that a rule knows; offsets into the line, of the metadatum or of the match."""

    rule: Rule
    value: str | None
    start: int
    end: int


def boilerplate() -> Boilerplate:
    """Give the rules."""
    rules: Boilerplate = lexicon("articles", "boilerplate.yaml", Boilerplate)
    return rules


@lru_cache(maxsize=4096)  # each line is asked about several times, and menus repeat themselves
def notice_of(line: str) -> Notice | None:
    """Give the first rule that knows the line, with the metadatum that the line carries.

    >>> notice = notice_of("- Writing language: Danish")
    >>> notice.rule.field, notice.value
    ('original-language', 'da')
    """
    return next(_notices(line), None)


def notices_of(line: str) -> list[Notice]:
    """Give all rules that know the line: one notice may tell both rights and licence."""
    return list(_notices(line))


def words_start(line: str) -> int:
    """Give the offset at which the words of a line begin, after list and heading marks."""
    marks = MARKUP.match(line)
    return marks.end() if marks else 0


def caption_clue(line: str) -> bool:
    """Tell whether a sentence describes a picture: it says where in it somebody stands."""
    return _clues().search(line) is not None


@cache
def _clues() -> re.Pattern[str]:
    return re.compile("|".join(boilerplate().caption_clues), re.IGNORECASE)


@cache
def _patterns(rule: Rule) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in rule.patterns)


def _notices(line: str) -> Iterator[Notice]:
    if len(line) > LONGEST:
        return
    begin = words_start(line)
    length = len(line[begin:].split())
    for rule in boilerplate().rules:
        notice = _notice(rule, line, begin) if length <= rule.longest else None
        if notice:
            yield notice


def _notice(rule: Rule, line: str, begin: int) -> Notice | None:
    for pattern in _patterns(rule):
        found = pattern.match(line, begin)
        if not found or (rule.whole and line[found.end() :].strip()):
            continue
        group = "value" if "value" in pattern.groupindex else 0
        start, end = found.span(group)
        value = rule.value or _normal(rule, line[start:end])
        if value or not rule.field:
            return Notice(rule, value, start, end)
    return None


def _normal(rule: Rule, wording: str) -> str | None:
    """Give the value as the field wants it; a language must be one that is known by name."""
    if rule.field in {"language", "original-language"}:
        return language_code(wording)
    return wording.strip() or None
