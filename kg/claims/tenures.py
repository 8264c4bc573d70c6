"""Whether a post is still held on the day of its article: a claim in, its tenure out.

The words before a title tell that somebody holds the office no longer ("former") or held it at
another time ("was", "then"); the words behind it until when. What is to end only after the day
of the article is no end yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg import edtf
from kg.claims.dates import Context, Dated, dates_in
from kg.claims.model import Claim, Tenure
from kg.resources import lexicon

_WHOSE: Final = r"(?:[A-Z][\w.'’-]*|the|its|their|his|her)"  # whose office it is
_BETWEEN: Final = rf"(?:{_WHOSE}\s+){{0,3}}"  # "former South Korean minister"
_UNREAL: Final = r"(?<!has )(?<!have )(?<!it )(?<!It )"  # "has served as", "it was Minister NAME"


@dataclass(frozen=True, slots=True)
class Words:
    """The data of `tenure.yaml`; each list is explained there."""

    source: str
    over: frozenset[str]
    elsewhen: frozenset[str]
    gone: frozenset[str]
    until: frozenset[str]
    since: frozenset[str]
    to: frozenset[str]
    part: frozenset[str]
    recent: frozenset[str]


def tenure_of(claim: Claim, published: str | None) -> Tenure | None:
    """Give what a claim says of when a post is held, None where it is held on the day."""
    if claim.kind != "post" or claim.polarity == "negative":
        return None
    ends = sorted(set(_ends(claim, published)))
    if ends or _led(claim, "over"):
        return Tenure("over", next(filter(None, ends), None))
    return Tenure("elsewhen") if _led(claim, "elsewhen") else None


def _led(claim: Claim, when: str) -> bool:
    return any(_pattern(when).search(each) for each in _leads(claim))


def _leads(claim: Claim) -> Iterator[str]:
    """Yield what stands before each title of a claim, with the first word of the title."""
    for title in claim.fillers("title"):
        yield f"{(title.text or '').partition(' ')[0]} "
    for start, _ in _titles(claim):
        yield claim.quote[:start]


def _titles(claim: Claim) -> Iterator[tuple[int, int]]:
    """Yield where the titles of a claim begin and end in its words."""
    for title in claim.fillers("title"):
        if title.start is not None and claim.start <= title.start <= claim.end:
            start = title.start - claim.start
            yield start, start + len(title.text or "")


def _ends(claim: Claim, published: str | None) -> Iterator[str]:
    """Yield the ends that stand behind the titles of a claim, empty where without a year."""
    for start, end in _titles(claim):
        opened = _behind().match(claim.quote, end)
        dates = dates_in(claim.quote, Context(published)) if opened else ()
        at = _end_at(claim.quote, opened, dates) if opened else None
        if at is not None:
            gone = _gone().search(claim.quote[:start]) is not None
            recent = _recent().match(claim.quote, at) is not None
            yield from _passed(_covering(dates, at), published, gone=gone, recent=recent)


def _end_at(words: str, opened: re.Match[str], dates: Iterable[Dated]) -> int | None:
    """Give where the wording of the end begins; that of the beginning may stand in between."""
    begun = _covering(dates, opened.end()) if opened["since"] else None
    if begun is None:
        return None if opened["since"] else opened.end()
    if "/" in begun.edtf:
        return opened.end()
    reached = _to().match(words, begun.end)
    return reached.end() if reached else None


def _passed(
    told: Dated | None, published: str | None, *, gone: bool, recent: bool
) -> Iterator[str]:
    """Yield the end that a date or a word like "recently" tells, if it is no end to come."""
    end = told.edtf.rpartition("/")[2] if told else ""
    if not told or end.startswith("X"):
        if recent or (told and gone):
            yield ""
        return
    sure = recent or told.anchor is None  # "until Friday" may be the next one too
    day = published or ""
    to_come = edtf.after(end, day) == "certainly"
    if (sure and edtf.before(end, day) == "certainly") or (gone and not to_come):
        yield end


def _covering(dates: Iterable[Dated], at: int) -> Dated | None:
    return next((each for each in dates if each.start <= at < each.end), None)


@cache
def _words() -> Words:
    read: Words = lexicon("claims", "tenure.yaml", Words)
    return read


def _among(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda each: (-len(each), each))))


@cache
def _pattern(when: str) -> re.Pattern[str]:
    among = _among(_words().over if when == "over" else _words().elsewhen)
    return re.compile(rf"(?<![\w-]){_UNREAL}(?i:{among})(?:\s+|\s*-\s*){_BETWEEN}$")


@cache
def _gone() -> re.Pattern[str]:
    """Find a verb of the past whose clause the title stands in."""
    return re.compile(rf"(?<![\w-])(?i:{_among(_words().gone)})\b[^,;:.]{{0,60}}$")


@cache
def _behind() -> re.Pattern[str]:
    """Find what leads to a date behind a title: "of Serbia from", ", until early"."""
    name = r"[A-Z][\w.'’-]*"
    office = rf"(?:,?\s+(?:of|for|in|at)\s+(?:the\s+)?{name}(?:\s+(?:of\s+)?(?:the\s+)?{name})*)?"
    leads = rf"(?:(?P<since>{_among(_words().since)})|{_among(_words().until)})"
    return re.compile(rf"{office},?\s+{leads}\s+{_part()}")


@cache
def _to() -> re.Pattern[str]:
    """Find what leads from a beginning to its end."""
    return re.compile(rf"\s+(?:{_among(_words().to | _words().until)})\s+{_part()}")


@cache
def _recent() -> re.Pattern[str]:
    return re.compile(rf"(?:{_among(_words().recent)})\b")


def _part() -> str:
    return rf"(?:(?:{_among(_words().part)})[ -])?"
