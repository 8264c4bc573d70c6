"""The small parts: marks that overlap, links to sentences, dates in words, citations."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kg.site.dating import told
from kg.site.fragments import at_sentence
from kg.site.framing import latest, licence_name, navigation
from kg.site.marking import Span, pieces
from kg.site.model import Holding
from kg.site.pages.citing import citation

SPANS = some.lists(
    some.builds(Span, some.integers(0, 30), some.integers(0, 30), some.sampled_from("abc")),
    max_size=6,
)


@given(some.text(max_size=25), SPANS, some.integers(0, 9))
def test_pieces_put_together_are_the_text(text: str, spans: list[Span], start: int) -> None:
    found = pieces(text, spans, start)
    assert "".join(each.text for each in found) == text
    place = start
    for each in found:
        end = place + len(each.text)
        inside = {s.key for s in spans if s.start < s.end and s.start <= place and end <= s.end}
        assert set(each.keys) == inside
        place = end


def test_a_span_opens_once_even_where_lines_part_it() -> None:
    spans = [Span(2, 8, "x")]
    first, second = pieces("abcde", spans, 0), pieces("fghij", spans, 5)
    assert [each.opens for each in first + second] == [(), ("x",), (), ()]
    assert [each.closes for each in first + second] == [(), (), ("x",), ()]


@pytest.mark.parametrize(
    ("quotation", "fragment"),
    [
        ("Two words", "#:~:text=Two%20words"),
        ("well-known, so & so", "#:~:text=well%2Dknown%2C%20so%20%26%20so"),
        ("one two three four five six seven eight nine",
         "#:~:text=one%20two%20three%20four,six%20seven%20eight%20nine"),
        ("A heading\n\nand a line", "#:~:text=A%20heading,and%20a%20line"),
        ("健 斎藤", "#:~:text=%E5%81%A5%20%E6%96%8E%E8%97%A4"),
        (" \n ", ""),
    ],
)  # fmt: skip
def test_links_name_a_sentence(quotation: str, fragment: str) -> None:
    assert at_sentence("https://a.example/x?y=1", quotation) == "https://a.example/x?y=1" + fragment


def test_a_link_keeps_the_place_that_an_address_names() -> None:
    assert at_sentence("https://a.example/#top", "So").endswith("/#top:~:text=So")
    assert at_sentence("https://a.example/#", "So").endswith("/#:~:text=So")


@given(some.text(max_size=200))
def test_no_character_of_a_quotation_is_taken_for_syntax(quotation: str) -> None:
    _, _, fragment = at_sentence("https://a.example/", quotation).partition("#:~:text=")
    for part in fragment.split(","):
        assert not set(part) & set('-&, \n"<>')
    assert fragment.count(",") < 2
    assert len(unquote(fragment)) <= len(quotation) + 1


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2024-06-26", "26 June 2024"), ("2024", "2024"), ("XXXX-08", "August"),
        ("XXXX-XX-02", "the 2nd, month not known"), ("XXXX-XX-11", "the 11th, month not known"),
        ("2023-08/..", "from August 2023"), ("../2024", "until 2024"),
        ("[2023-08..]", "August 2023 or later"),
        ("2024-06-03~", "3 June 2024 (about)"), ("?", "?"), ("", ""), ("<b>", "<b>"),
    ],
)  # fmt: skip
def test_dates_are_told_in_words(edtf: str, words: str) -> None:
    assert told(edtf) == words


def test_a_citation_names_the_state_of_the_data_and_no_clock() -> None:
    made = citation("https://a.example/id/x", "50% & {more}_", "Site", "Us", "2024-06", "ab" * 32)
    assert "June 2024" in made.text
    assert "version abababababab" in made.text
    assert r"50\% \& \{more\}\_" in made.bibtex
    told = json.loads(made.csl)
    assert told["issued"] == {"date-parts": [[2024, 6]]}
    assert told["title"] == "50% & {more}_"


def test_the_data_are_as_of_their_latest_article(bundled_holding: Holding) -> None:
    dates = [
        quad.object.value  # type: ignore[union-attr]
        for quad in bundled_holding.dataset.quads()
        if quad.predicate.value.endswith("/issued")
    ]
    assert latest(bundled_holding.dataset) in dates
    assert latest(bundled_holding.dataset) == max(dates)


def test_licences_have_short_names() -> None:
    assert licence_name("https://creativecommons.org/publicdomain/zero/1.0/") == "CC0 1.0"
    assert licence_name("https://example.org/terms") == "https://example.org/terms"


def test_navigation_leads_to_different_places() -> None:
    paths = [each.path for each in navigation()]
    assert len(paths) == len(set(paths)) > 8
