"""Header lines say who, when and for whom; nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.articles.bylines import Header, agency_line, header_of


def told(header: Header | None) -> dict[str, object]:
    """What a header says, without offsets and empty parts."""
    if header is None:
        return {}
    said = {
        "authors": [author.value for author in header.authors],
        "dates": [(label, date.value) for label, date in header.dates],
        "section": header.section and header.section.value,
        "publisher": header.publisher and header.publisher.value,
    }
    return {"role": header.role} | {name: value for name, value in said.items() if value}


DAY = ("none", "2031-05-03")


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ann Lee", ["Ann Lee"]),
        ("BY ANN LEE AND BO EK", ["ANN LEE", "BO EK"]),
        ("By Ann Lee, Bo Ek and Cy van den Moe", ["Ann Lee", "Bo Ek", "Cy van den Moe"]),
        ("By Ann Lee in Oran", ["Ann Lee"]),
        ("By Ann Lee, Chief Correspondent", ["Ann Lee"]),
        ("Written by Ann-Marie O’Lee", ["Ann-Marie O’Lee"]),
        ("**By Ann Lee**", ["Ann Lee"]),
    ],
)
def test_a_byline_gives_the_people(line: str, authors: list[str]) -> None:
    assert told(header_of(line)) == {"role": "byline", "authors": authors}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("May 3, 2031 02:32 AM EDT", {"dates": [DAY]}),
        ("3. May 2031 - 10:23", {"dates": [DAY]}),
        ("Saturday, 03.05.2031 – 11:48", {"dates": [DAY]}),
        ("Sat 3 May 2031 10.00 GMT", {"dates": [DAY]}),
        ("ORAN, May 3, 2031", {"dates": [DAY]}),
        ("May 3, 2031 · 4 min read", {"dates": [DAY]}),
        ("Published: 3 May 2031", {"dates": [("published", "2031-05-03")]}),
        ("Updated 2031-05-03T10:00:00+09:00", {"dates": [("updated", "2031-05-03")]}),
        (
            "Published May 3, 2031 | Updated May 4, 2031 5:00 p.m.",
            {"dates": [("published", "2031-05-03"), ("updated", "2031-05-04")]},
        ),
        ("News | 3 May 2031 | Mining", {"dates": [DAY], "section": "Mining"}),
        ("Source: Harbour Wire | 2031-05-03", {"dates": [DAY], "publisher": "Harbour Wire"}),
    ],
)
def test_a_date_line_gives_dates_and_what_stands_beside_them(
    line: str, says: dict[str, object]
) -> None:
    assert told(header_of(line)) == {"role": "dateline"} | says


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("by | 3. May 2031 - 10:23 | Politics", {"dates": [DAY], "section": "Politics"}),
        (
            "By Ann Lee | 3 May 2031 | Mining",
            {"authors": ["Ann Lee"], "dates": [DAY], "section": "Mining"},
        ),
        (
            "By Ann Lee | Harbour Daily | Updated: 2031-05-03 09:10",
            {
                "authors": ["Ann Lee"],
                "dates": [("updated", "2031-05-03")],
                "publisher": "Harbour Daily",
            },
        ),
        ("By Ann Lee - 3 May 2031", {"authors": ["Ann Lee"], "dates": [DAY]}),
        (
            "Posted by Ann Lee on May 3, 2031",
            {"authors": ["Ann Lee"], "dates": [("published", "2031-05-03")]},
        ),
        ("3 May 2031 by Ann Lee", {"authors": ["Ann Lee"], "dates": [DAY]}),
        ("By Staff Writer", {}),
    ],
)
def test_a_byline_may_hold_date_section_and_outlet(line: str, says: dict[str, object]) -> None:
    assert told(header_of(line)) == {"role": "byline"} | says


@pytest.mark.parametrize(
    "line",
    [
        "By 3 May 2031 the ministers will have met twice.",
        "The pact of 3 May 2031 is in force.",
        "The May 3, 2031 Agreement",
        "By Land and Sea",
        "By the Numbers",
        "Two ministers met",
        "Tuesday",
        "10:23",
        "",
        "|",
    ],
)
def test_a_line_with_other_words_is_no_header(line: str) -> None:
    assert header_of(line) is None


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("ORAN, May 3, 2031 (Harbour Wire) - The", {"dates": [DAY], "publisher": "Harbour Wire"}),
        ("ORAN, May 3 (Harbour Wire) -- The", {"publisher": "Harbour Wire"}),
        ("PORT LOUIS/ORAN (HW) — The", {"publisher": "HW"}),
        ("ORAN, 3 May 2031 /HW Newswire/ -- The", {"dates": [DAY], "publisher": "HW Newswire"}),
    ],
)
def test_the_filing_of_a_body_gives_agency_and_full_date(
    line: str, says: dict[str, object]
) -> None:
    assert told(agency_line(f"{line} ministers met.")) == {"role": "dateline"} | says


@pytest.mark.parametrize(
    "line",
    [
        "ORAN – Two ministers met.",
        "The Ministry (MIN) - which met - said so.",
        "In May, the minister - a friend - said so.",
        "Two ministers met.",
    ],
)
def test_a_sentence_without_agency_or_date_is_no_filing(line: str) -> None:
    assert agency_line(line) is None


@settings(deadline=None)  # the first example loads lexicons and parsers
@given(st.text(alphabet="By AnLe|•,:()0123-/.\t May 2031©", max_size=60))
def test_any_line_gives_spans_that_lie_in_it(line: str) -> None:
    for header in (header_of(line), agency_line(line)):
        if header is None:
            continue
        for author in header.authors:
            assert line[author.start : author.end] == author.value
        for _, date in header.dates:
            assert 0 <= date.start < date.end <= len(line)
        for span in (header.section, header.publisher):
            assert span is None or line[span.start : span.end] == span.value
