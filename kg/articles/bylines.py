"""Bylines, date lines and agency datelines: a line in, who, when and for whom out.

A header line is recognised by what is left of it: once dates, times, zones and labels are
taken away, only a byline, a section or a place may remain. A date inside a sentence is
therefore never taken for the date of publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final, Literal

from kg.articles.dates import Dated, alternatives, dates_in, words
from kg.articles.notices import notice_of
from kg.articles.people import is_desk, people_in

Label = Literal["published", "updated", "none"]
LONGEST: Final = 300  # characters of a header line
CLUE: Final = re.compile(r"\d|\bby\b", re.IGNORECASE)  # what every header line has
LONGEST_PLACE: Final = 4
LONGEST_SECTION: Final = 5
MARKS: Final = " \xa0\r\t*_#>()[]-–—"
PART: Final = re.compile(r"[^|•·\t]+")
BY: Final = re.compile(
    r"(?:(?:written|reported|story|text|words|posted|published|analysis)\s+)?by\b[:\s]*",
    re.IGNORECASE,
)
TIME: Final = (
    r"(?:\d{1,2}(?:[:h.]\d{2}){1,2}(?:\.\d+)?\s*(?:[ap]\.?\s?m\.?(?!\w))?"
    r"|\d{1,2}\s*[ap]\.?m\.?(?!\w))"
)
ASIDE: Final = re.compile(r"\([^()]{1,60}\)?\s*$")  # its closing bracket may be cut off as a mark
AGENCY_LINE: Final = re.compile(
    r"(?P<place>[^\W\d_a-z][\w.'’-]*(?:[ ,/]+[^\W\d_a-z][\w.'’-]*){0,5}?)"
    r"(?:[,\s]\s*(?P<date>[^\W\d_]+\.?\s+\d{1,2}(?:,?\s+\d{4})?"
    r"|\d{1,2}\.?\s+[^\W\d_]+\.?(?:\s+\d{4})?))?"
    r",?\s*(?:[(\[/](?P<agency>[^\W\d_a-z][\w .&’'-]{1,40}(?:/[\w .&’'-]{1,40})?)[)\]/])?"
    r"\s*(?:[-–—]{1,2}|:)\s+(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A value and where its wording stands."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Header:
    """What a byline or date line says; offsets into the line."""

    role: Literal["byline", "dateline"]
    authors: tuple[Span, ...] = ()
    dates: tuple[tuple[Label, Span], ...] = ()
    section: Span | None = None
    publisher: Span | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a header line between bars: what was read in it."""

    span: Span
    authors: tuple[Span, ...] | None = None  # None: no byline
    dates: tuple[tuple[Label, Span], ...] = ()
    known: bool = True  # nothing is left over


def header_of(line: str) -> Header | None:
    """Read a line as byline or date line, if it is one.

    >>> header = header_of("By Ann Lee | 3 May 2031, 10:23 CET | Mining")
    >>> header.authors[0].value, header.dates[0][1].value, header.section.value
    ('Ann Lee', '2031-05-03', 'Mining')
    >>> header_of("By 3 May 2031 the ministers will have met twice.") is None
    True
    """
    if len(line) > LONGEST or not CLUE.search(line):
        return None
    parts = [_read(span) for span in _spans(line)]
    by = [part for part in parts if part.authors is not None]
    dates = tuple(date for part in parts for date in part.dates)
    others = [part for part in parts if not part.known]
    if not (by or dates) or any(part.dates or not _is_label(part.span.value) for part in others):
        return None
    authors = tuple(author for part in by for author in part.authors or ())
    section, publisher = _sides(parts, others, has_by=bool(by))
    return Header("byline" if by else "dateline", authors, dates, section, publisher)


def agency_line(line: str) -> Header | None:
    """Read the filing that opens a body: `ORAN, May 3, 2031 (Wire) - The ministers …`.

    >>> header = agency_line("ORAN, May 3, 2031 (Harbour Wire) - The ministers met.")
    >>> header.publisher.value, header.dates[0][1].value
    ('Harbour Wire', '2031-05-03')
    """
    found = AGENCY_LINE.match(line)
    if not found or not (found["date"] or (found["agency"] and found["place"].isupper())):
        return None
    agency = Span(found["agency"], *found.span("agency")) if found["agency"] else None
    whole = Span(line[: found.end()], 0, found.end())
    return Header("dateline", dates=_labelled(whole, dates_in(whole.value)[:1]), publisher=agency)


def _spans(line: str) -> Iterator[Span]:
    """Yield the parts between bars and bullets, without blanks and marks around them."""
    for found in PART.finditer(line):
        text = found[0].strip(MARKS)
        if text:
            start = found.start() + found[0].index(text)
            yield Span(text, start, start + len(text))


def _read(span: Span) -> _Part:
    """Read one part: its dates, its authors, and whether anything is left over."""
    found = dates_in(span.value)
    dates = _labelled(span, found)
    authors = _authors(span, found)
    if authors is not None:
        return _Part(span, authors, dates)
    head = span.value[: found[0].start] if found else span.value
    tail = ASIDE.sub("", span.value[found[-1].end :]) if found else ""
    known = not _residue(tail) and (
        (bool(found) and _is_place(_residue(head))) or not _residue(head)
    )
    between = any(
        _residue(span.value[first.end : second.start]) for first, second in pairwise(found)
    )
    return _Part(span, None, dates, known and not between)


def _sides(
    parts: Sequence[_Part], others: Sequence[_Part], *, has_by: bool
) -> tuple[Span | None, Span | None]:
    """Give section and publisher: after the date a section, between author and date an outlet."""
    section = publisher = None
    dated = next((at for at, part in enumerate(parts) if part.dates), len(parts))
    for part in others:
        notice = notice_of(part.span.value)
        if notice and notice.rule.field:
            start = part.span.start + notice.start
            told = Span(notice.value or "", start, start + notice.end - notice.start)
            publisher = told if notice.rule.field == "publisher" else publisher
            section = told if notice.rule.field == "section" else section
        elif ":" not in part.span.value:
            if parts.index(part) > dated:
                section = section or part.span
            elif has_by and dated < len(parts):
                publisher = publisher or part.span
    return section, publisher


@cache
def _noise() -> re.Pattern[str]:
    known = words()
    fillers = "|".join(known.fillers)
    zones = "|".join(known.zones)
    weekday = "|".join(alternatives(names) for names in known.weekdays)
    return re.compile(
        rf"(?<![^\W\d])(?:(?:{_labels()})(?:\s+on)?\s*:?|{fillers}|{weekday})(?!\w)"
        rf"|T?{TIME}\s*(?:\(?(?:{zones})\)?)?|(?<!\w)\(?(?:{zones})\)?(?!\w)"
        r"|[\s,.:;()\[\]/–—-]+(?=\W|$)|^[\s,.:;()\[\]/–—-]+",
        re.IGNORECASE,
    )


@cache
def _labels() -> str:
    return alternatives(words().published + words().updated)


def _residue(text: str) -> str:
    """Give what is left of a text once times, zones, labels and signs are taken away."""
    return " ".join(_noise().sub(" ", text).split()).strip(" ,:")


def _is_place(rest: str) -> bool:
    """Tell whether words before a date can be the place of filing."""
    tokens = rest.split()
    return len(tokens) <= LONGEST_PLACE and all(
        token[0].isupper() and ":" not in token for token in tokens
    )


def _is_label(text: str) -> bool:
    """Tell whether a part can be a section or an outlet: few words, no sentence."""
    return len(text.split()) <= LONGEST_SECTION and text[-1] not in ".!?:" and not text[0].islower()


def _labelled(part: Span, found: list[Dated]) -> tuple[tuple[Label, Span], ...]:
    """Give the dates of a part, each with the label that stands right before it."""
    dates: list[tuple[Label, Span]] = []
    at = 0
    for date in found:
        span = Span(date.value, part.start + date.start, part.start + date.end)
        dates.append((_label(part.value[at : date.start]), span))
        at = date.end
    return tuple(dates)


def _label(before: str) -> Label:
    for label, names in (("updated", words().updated), ("published", words().published)):
        if re.search(rf"(?<!\w)(?:{alternatives(names)})(?!\w)", before, re.IGNORECASE):
            return "updated" if label == "updated" else "published"
    return "none"


def _authors(part: Span, found: list[Dated]) -> tuple[Span, ...] | None:
    """Give the authors of a part that has a `by` at its start or behind its date."""
    begin = BY.match(part.value)
    if not begin and found:
        begin = re.compile(r"[\s,]+by\s+", re.IGNORECASE).match(part.value, found[-1].end)
    if not begin:
        return None
    ends = [date.start for date in found if date.start >= begin.end()]
    listed = part.value[begin.end() : min(ends, default=len(part.value))]
    label = re.search(rf"(?<!\w)(?:{_labels()})(?!\w)", listed, re.IGNORECASE)
    listed = (listed[: label.start()] if label else listed).rstrip(" ,-–—")
    offset = part.start + begin.end()
    people = people_in(listed)
    rest = part.value[max(begin.end(), found[-1].end if found else 0) :]
    if not people and (is_desk(listed) if listed else not _residue(rest)):
        return ()
    return tuple(Span(listed[a:b], offset + a, offset + b) for a, b in people) or None
