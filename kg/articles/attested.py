"""Metadata that the text itself gives: a text and its lines in, fields with offsets out.

Only lines that are no body tell them, and the filing that opens the body; a date inside a
sentence of the article is never its date of publication. Each value keeps the offsets of
the words it was read from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.articles.bylines import Header, Label, Span, agency_line, header_of
from kg.articles.dates import dates_in
from kg.articles.model import Field, FieldName, Line
from kg.articles.notices import notices_of, words_start

OWNER: Final = re.compile(
    r"(?:©|ⓒ|\(c\)|copyrights?|all rights reserved|[\s,:.–—-]|by\b|(?:19|20)\d\d\b)*"
    r"(?P<name>[^\W\d_]"
    r"(?:(?!\s*(?:[,|(;]|\.(?:\s|$)|[-–—]\s|(?:all|some) rights|(?:19|20)\d\d)).)*)",
    re.IGNORECASE,
)
OF_RIGHTS: Final = re.compile(r"©|ⓒ|\(c\)|copyright", re.IGNORECASE)
LONGEST_OWNER: Final = 8  # words of an outlet's name
LONGEST_TITLE: Final = 300  # characters
SAID_ONCE: Final = re.compile(
    r"\b(?:press|news|media) (?:conferences?|briefings?|statement|release|remarks|encounter)\b"
    r"|\b(?:briefing|transcript|readout|remarks|daily press)\b",
    re.IGNORECASE,
)
LABELS: Final[tuple[Label, ...]] = ("published", "none", "updated")  # the most telling first


def attested_fields(text: str, lines: Sequence[Line], body: int = 0) -> tuple[Field, ...]:
    r"""Give the metadata that the text gives, in the order of the text.

    >>> from kg.articles.lines import lines_of
    >>> text = "Ores\n\n3 May 2031\n\nTwo ministers met in Oran in June 2030."
    >>> [(field.name, field.value) for field in attested_fields(text, lines_of(text))]
    [('title', 'Ores'), ('published', '2031-05-03')]
    """
    told = [line for line in lines if line.start >= body]
    fields = [*_title(text, told), *_headers(text, told), *_notices(text, told)]
    unique = {(field.name, field.value): field for field in reversed(fields)}
    return tuple(sorted(unique.values(), key=lambda field: (field.start or 0, field.name)))


def _title(text: str, lines: Sequence[Line]) -> Iterator[Field]:
    for line in lines:
        if line.role == "title":
            wording = text[line.start : line.end]
            start = line.start + words_start(wording)
            end = line.start + len(wording.rstrip().rstrip("#*_").rstrip())
            if start < end:
                yield Field("title", text[start:end], "text", start, end)
            return


def _headers(text: str, lines: Sequence[Line]) -> Iterator[Field]:
    """Yield what bylines, date lines and the filing of the body say."""
    dates: list[tuple[Label, Field]] = []
    for line, header in _header_lines(text, lines):
        yield from (_field("author", span, line) for span in header.authors)
        if header.section:
            yield _field("section", header.section, line)
        if header.publisher:
            yield _field("publisher", header.publisher, line)
        dates += [(label, _field("published", span, line)) for label, span in header.dates]
    if not dates:
        yield from _dated_title(text, lines)
    if dates:
        yield min(dates, key=lambda dated: LABELS.index(dated[0]))[1]


def _dated_title(text: str, lines: Sequence[Line]) -> Iterator[Field]:
    """Yield the day at the end of the title of what is said once: "Press briefing, 3 May 2031"."""
    line = next((each for each in lines if each.role == "title"), None)
    wording = text[line.start : line.end].rstrip(" \t\r.*_)]") if line else ""
    if line is None or len(wording) > LONGEST_TITLE or not SAID_ONCE.search(wording):
        return
    found = dates_in(wording)
    if found and found[-1].end == len(wording) and len(found[-1].value) == len("2031-05-03"):
        yield _field("published", Span(found[-1].value, found[-1].start, found[-1].end), line)


def _header_lines(text: str, lines: Sequence[Line]) -> Iterator[tuple[Line, Header]]:
    filed = False
    for line in lines:
        wording = text[line.start : line.end]
        header = None
        if line.role in {"byline", "dateline"}:
            header = header_of(wording)
        elif line.role == "body" and not filed:
            header, filed = agency_line(wording), True
        if header:
            yield line, header


def _field(name: FieldName, span: Span, line: Line) -> Field:
    return Field(name, span.value, "text", line.start + span.start, line.start + span.end)


def _notices(text: str, lines: Sequence[Line]) -> Iterator[Field]:
    """Yield what notices and rights lines say; the owner of the rights is the publisher."""
    for line in lines:
        if line.role not in {"boilerplate", "rights", "dateline", "byline"}:
            continue
        wording = text[line.start : line.end]
        for notice in notices_of(wording):
            if notice.rule.field and notice.value:
                span = Span(notice.value, notice.start, notice.end)
                yield _field(notice.rule.field, span, line)
        owner = _owner(wording) if line.role == "rights" else None
        if owner:
            yield _field("publisher", owner, line)


def _owner(wording: str) -> Span | None:
    """Give the name that a rights line puts beside the sign."""
    sign = OF_RIGHTS.search(wording)
    found = OWNER.match(wording, sign.start()) if sign else None
    if not found:
        return None
    name = found["name"].strip()
    usable = name[0].isupper() and len(name.split()) <= LONGEST_OWNER
    return Span(name, found.start("name"), found.start("name") + len(name)) if usable else None
