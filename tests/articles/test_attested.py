"""Metadata that only the text gives, each with its offsets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.articles.attested import attested_fields
from kg.articles.dates import dates_in
from kg.articles.formats import article_of
from kg.articles.lines import lines_of
from kg.articles.model import Field
from kg.errors import ArticleError

BODY = "Two ministers met in Oran on 1 May 2031 and agreed to share copper."


def fields(text: str) -> list[Field]:
    return list(attested_fields(text, lines_of(text)))


def told(text: str) -> list[tuple[str, str]]:
    return [(field.name, field.value) for field in fields(text)]


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("By Ann Lee", "", [("author", "Ann Lee")]),
        ("By Ann Lee and Bo Ek", "", [("author", "Ann Lee"), ("author", "Bo Ek")]),
        ("May 3, 2031 02:32 AM EDT", "", [("published", "2031-05-03")]),
        ("Updated 4 May 2031\nPublished 3 May 2031", "", [("published", "2031-05-03")]),
        ("Updated: 4 May 2031", "", [("published", "2031-05-04")]),
        ("", "First published: 3 May 2031", [("published", "2031-05-03")]),
        (
            "by | 3. May 2031 - 10:23 | Politics",
            "",
            [("published", "2031-05-03"), ("section", "Politics")],
        ),
        ("Category: Mining", "", [("section", "Mining")]),
        ("This text was translated by AI.", "", [("translation", "machine")]),
        ("", "(Translated by Cy Moe)", [("translation", "human")]),
        ("- Writing language: Danish", "", [("original-language", "da")]),
        ("", "Source: Harbour Wire", [("publisher", "Harbour Wire")]),
        ("", "Source: https://example.org/a", [("url", "https://example.org/a")]),
        (
            "",
            "© 2031 Harbour Wire, All rights reserved. Do not copy.",
            [
                ("rights", "© 2031 Harbour Wire, All rights reserved. Do not copy."),
                ("publisher", "Harbour Wire"),
            ],
        ),
        (
            "",
            "Copyright (c) 2029-2031 by The Harbour Daily(www.example.org).",
            [
                ("rights", "Copyright (c) 2029-2031 by The Harbour Daily(www.example.org)."),
                ("publisher", "The Harbour Daily"),
            ],
        ),
        ("", "All rights reserved.", [("rights", "All rights reserved.")]),
        ("", "Licensed under CC BY 4.0", [("licence", "CC BY 4.0")]),
        ("", "Photo: Ann Lee", []),
    ],
)
def test_lines_around_the_body_tell(
    above: str, below: str, expected: list[tuple[str, str]]
) -> None:
    text = f"Copper shared\n\n{above}\n\n{BODY}\n\n{below}\n"
    assert told(text) == [("title", "Copper shared"), *expected]


def test_the_filing_of_the_body_tells_agency_and_date() -> None:
    text = f"Copper shared\n\nORAN, May 3, 2031 (Harbour Wire) - {BODY}"
    assert told(text)[1:] == [("published", "2031-05-03"), ("publisher", "Harbour Wire")]


def test_a_date_in_a_sentence_is_never_the_date_of_publication() -> None:
    assert told(f"Copper shared\n\n{BODY}\n\nOn 2 May 2031 they met again.") == [
        ("title", "Copper shared")
    ]


def test_offsets_hold_the_wording() -> None:
    text = f"# Copper shared #\r\n\r\nBy Ann Lee | 3 May 2031\r\n\r\n{BODY}\r\n"
    wordings = {field.name: text[field.start : field.end] for field in fields(text)}
    assert wordings == {"title": "Copper shared", "author": "Ann Lee", "published": "3 May 2031"}


PIECES = st.sampled_from(
    [
        "Copper shared", "By Ann Lee", "By Bo Ek | 3 May 2031 | Mining", "Published: 2031-05-03",
        BODY, "- Writing language: Danish", "© 2031 Harbour Wire. All rights reserved.",
        "Translated by AI", "READ NEXT: Nickel", "Category: Trade", "\xa0Nickel\u3000left out. ",
        "Source: Harbour Wire", "ORAN, 3 May 2031 (HW) - They met again.", "\U0001f600 Home", "",
    ]
)  # fmt: skip


@settings(deadline=None)  # the first example loads lexicons and parsers
@given(st.lists(PIECES, max_size=12), st.sampled_from(["\n", "\r\n", "\r", "\n\n"]))
def test_every_offset_leads_back_to_its_value(pieces: list[str], end: str) -> None:
    text = end.join(pieces)
    try:
        article = article_of(text, "a", "a.txt", ())
    except ArticleError:
        return
    for field in article.fields:
        wording = text[field.start : field.end]
        if field.name == "published":
            assert [date.value for date in dates_in(wording)] == [field.value]
        elif field.name not in {"translation", "original-language"}:
            assert wording == field.value
        assert wording


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Regular Press Conference of the Spokesperson on June 17, 2031", "2031-06-17"),
        ("Daily press briefing, 17 June 2031", "2031-06-17"),
        ("Ministers press on with talks until 17 June 2031", None),
        ("Press briefing of 17 June 2031 on tin", None),
        ("Press briefing, June 2031", None),
    ],
)
def test_what_is_said_once_is_dated_by_its_title(title: str, day: str | None) -> None:
    found = dict(told(f"{title}\n\nTwo ministers spoke of copper.")).get("published")
    assert found == day
    dated = told(f"{title}\n\n18 June 2031\n\nTwo ministers spoke of copper.")
    assert dict(dated)["published"] == "2031-06-18"
