"""Bylines, date lines and agency datelines: a line in, who, when and where-filed out.

A header line is recognised by what is left of it: once dates, times, zones and labels are
taken away, only a byline, a section or a place may remain. A date inside a sentence is
therefore never taken for the date of publication.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from kg.articles.dates import Dated, alternatives, dates_in, words

Label = Literal["published", "updated", "none"]
LONGEST: Final = 30  # words of a header line
LONGEST_NAME: Final = 5  # words of a person's name
PART: Final = re.compile(r"[^|•·\t]+")
BY: Final = re.compile(
    r"(?:(?:written|reported|story|text|words|posted|published|analysis)\s+)?by\b[:\s]*",
    re.IGNORECASE,
)
NAMES: Final = re.compile(
    r"(?:(?!\s+and\s|\s*[,&;]|\s+(?:in|for|at|of|with|from)\s|\s[-–—]\s|\().)+"
)
JOINT: Final = re.compile(r"\s*(?:,\s*and\s+|\s+and\s+|[,&;])\s*")
TIME: Final = (
    r"(?:\d{1,2}(?:[:h.]\d{2}){1,2}(?:\.\d+)?\s*(?:[ap]\.?\s?m\.?(?!\w))?"
    r"|\d{1,2}\s*[ap]\.?m\.?(?!\w))"
)
PLACE: Final = re.compile(r"[^\W\d_][\w.'’-]*(?:[ ,/]+[^\W\d_][\w.'’-]*){0,4}[\s,]*")
AGENCY_LINE: Final = re.compile(
    r"(?P<place>[^\W\d_a-z][\w.'’-]*(?:[ ,/]+[^\W\d_a-z][\w.'’-]*){0,5}?)"
    r"(?:[,\s]\s*(?P<date>[^\W\d_]+\.?\s+\d{1,2}(?:,?\s+\d{4})?|\d{1,2}\.?\s+[^\W\d_]+\.?(?:\s+\d{4})?))?"
    r",?\s*(?:[(\[](?P<agency>[^\W\d_a-z][\w .&/'’-]{1,40})[)\]])?\s*(?:[-–—]{1,2}|:)\s+(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a line."""

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


def header_of(line: str) -> Header | None:
    """Read a line as byline or date line, if it is one.

    >>> header = header_of("By Ann Lee | 3 May 2031, 10:23 CET | Mining")
    >>> header.authors[0].value, header.dates[0][1].value, header.section.value
    ('Ann Lee', '2031-05-03', 'Mining')
    >>> header_of("By 3 May 2031 the ministers will have met twice.") is None
    True
    """
    if len(line.split()) > LONGEST:
        return None
    authors: list[Span] = []
    dates: list[tuple[Label, Span]] = []
    others: list[tuple[bool, Span]] = []  # with: does a date stand before it
    has_by = False
    for part in _parts(line):
        found = dates_in(part.value)
        rest = _residue(part.value, found)
        by = _by(part, found)
        if by is not None:
            authors += by
            has_by = True
        elif rest and not (found and _is_place(rest)):
            others.append((bool(dates), part))
            if found:
                return None
        dates += _labelled(part, found)
    if not (has_by or dates) or not all(_is_name_of_part(part.value) for _, part in others):
        return None
    before = [part for dated, part in others if not dated]
    after = [part for dated, part in others if dated]
    if (before and not (has_by and dates)) or len(before) > 1:
        return None
    return Header(
        "byline" if has_by else "dateline",
        tuple(authors),
        tuple(dates),
        after[0] if after else None,
        before[0] if before else None,
    )


def agency_line(line: str) -> Header | None:
    """Read the filing that opens a body: `ORAN, May 3, 2031 (Wire) - The ministers …`.

    >>> header = agency_line("ORAN, May 3, 2031 (Harbour Wire) - The ministers met.")
    >>> header.publisher.value, header.dates[0][1].value
    ('Harbour Wire', '2031-05-03')
    """
    found = AGENCY_LINE.match(line)
    if not found or not (found["date"] or found["agency"]):
        return None
    dates = dates_in(line[: found.end()])
    agency = Span(found["agency"], *found.span("agency")) if found["agency"] else None
    spans = tuple(("none", Span(each.value, each.start, each.end)) for each in dates[:1])
    return Header("dateline", dates=spans, publisher=agency)  # type: ignore[arg-type]  # "none" is a Label


def _parts(line: str) -> list[Span]:
    """Give the parts between bars and bullets, without blanks and marks around them."""
    parts = []
    for found in PART.finditer(line):
        text = found[0].strip(" \xa0\r\t*_#>()[]-–—")
        if text:
            start = found.start() + found[0].index(text)
            parts.append(Span(text, start, start + len(text)))
    return parts


@cache
def _noise() -> re.Pattern[str]:
    known = words()
    fillers = "|".join(known.fillers)
    labels = alternatives(known.published + known.updated)
    zones = "|".join(known.zones)
    weekday = "|".join(alternatives(names) for names in known.weekdays)
    return re.compile(
        rf"(?<!\w)(?:(?:{labels})(?:\s+on)?\s*:?|{fillers}|{weekday})(?!\w)"
        rf"|T?{TIME}\s*(?:\(?(?:{zones})\)?)?|(?<!\w)\(?(?:{zones})\)?(?!\w)|[\s,:;()\[\]/–—-]+",
        re.IGNORECASE,
    )


def _residue(text: str, found: list[Dated]) -> str:
    """Give what is left of a part once dates, times, labels and signs are taken away."""
    kept, at = [], 0
    for date in found:
        kept.append(text[at : date.start])
        at = date.end
    rest = " \x00 ".join([*kept, text[at:]])
    if not found and not re.search(r"\d", text):
        return text  # nothing of a date in it: a section called "Update" is a section
    place = " ".join(_noise().sub(" ", rest).replace("\x00", " ").split())
    return place.strip(" .")


def _is_place(rest: str) -> bool:
    capitals = all(word[0].isupper() or len(word) <= 2 for word in rest.split())
    return bool(PLACE.fullmatch(rest)) and capitals and rest[0].isupper() and len(rest.split()) <= 4


def _is_name_of_part(text: str) -> bool:
    """Tell whether a part can be a section or an outlet: few words, no sentence."""
    return len(text.split()) <= 5 and text[-1] not in ".!?:" and not text[0].islower()


def _labelled(part: Span, found: list[Dated]) -> list[tuple[Label, Span]]:
    """Give the dates of a part, each with the label that stands right before it."""
    known, dates, at = words(), [], 0
    for date in found:
        before = part.value[at : date.start].lower()
        label: Label = "none"
        if re.search(rf"(?<!\w)(?:{alternatives(known.published)})(?!\w)", before):
            label = "published"
        elif re.search(rf"(?<!\w)(?:{alternatives(known.updated)})(?!\w)", before):
            label = "updated"
        dates.append((label, Span(date.value, part.start + date.start, part.start + date.end)))
        at = date.end
    return dates


def _by(part: Span, found: list[Dated]) -> list[Span] | None:
    """Give the authors of a part that begins with `by`; None if it is no byline."""
    begin = BY.match(part.value)
    if not begin:
        return None
    end = found[0].start if found else len(part.value)
    stop = re.search(
        rf"(?<!\w)(?:{alternatives(words().published + words().updated)})(?!\w)",
        part.value[:end],
        re.IGNORECASE,
    )
    end = stop.start() if stop and stop.start() > begin.end() else end
    listed = part.value[begin.end() : end].rstrip(" ,-–—")
    if not listed:
        return [] if _residue(part.value[begin.end() :], found) == "" or not found else None
    authors = _people(listed, part.start + begin.end())
    return authors or None


def _people(listed: str, offset: int) -> list[Span]:
    """Give the people of a list of names; what follows the first that is none is left out."""
    people: list[Span] = []
    at = 0
    while found := NAMES.match(listed, at):
        if not _is_person(found[0].strip(), alone=not people):
            break
        name = found[0].strip()
        people.append(Span(name, offset + found.start(), offset + found.start() + len(name)))
        joint = JOINT.match(listed, found.end())
        if not joint:
            break
        at = joint.end()
    return people


def _is_person(name: str, *, alone: bool) -> bool:
    """Tell whether the words are a name: capitals and particles, no digits, no desk."""
    parts = name.split()
    known = words()
    if not parts or len(parts) > LONGEST_NAME or (len(parts) == 1 and not alone):
        return False
    if parts[-1].lower() in known.organisations and not alone:
        return False
    return all(
        re.fullmatch(r"[^\W\d_][\w.'’-]*", part)
        and (not part[0].islower() or part.lower() in known.particles)
        for part in parts
    )
