"""Literals have the narrowest datatype, in the form that the store keeps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.graph.literals import date, decimal, label, number, plain, read_number, verbatim

SUBJECT = NamedNode("http://x.example/a")


def kept(literal: Literal) -> bool:
    """Tell whether the store gives the literal back as it is."""
    store = Store()
    store.add(Quad(SUBJECT, SUBJECT, literal))
    (quad,) = store
    return bool(quad.object == literal)


@pytest.mark.parametrize(
    ("edtf", "kind"),
    [
        ("2024-06-26", "date"),
        ("2024-02-29", "date"),
        ("2023-02-29", "string"),
        ("2024-13-01", "string"),
        ("2024-06", "gYearMonth"),
        ("2024-13", "string"),
        ("2024", "gYear"),
        ("2024-21", "EDTF"),
        ("XXXX-06-26", "EDTF"),
        ("202X", "EDTF"),
        ("2024-06-XX", "EDTF"),
        ("2024?", "EDTF"),
        ("2024-06-26/2024-06-28", "EDTF"),
        ("2024-06/..", "EDTF"),
        ("../2024", "EDTF"),
        ("[2023,2024]", "EDTF"),
        ("soon", "string"),
        ("", "string"),
        ("-", "string"),
        ("2024-06-26T10:00:00Z", "string"),
        ("２０２４", "string"),
    ],
)
def test_a_date_has_its_narrowest_datatype(edtf: str, kind: str) -> None:
    literal = date(edtf)
    assert literal.value == edtf
    assert literal.datatype.value.replace("/", "#").rpartition("#")[2] == kind
    assert kept(literal)


@given(value=st.floats() | st.integers(-(10**15), 10**15).map(float))
def test_numbers_are_kept_as_they_are(value: float) -> None:
    for made in (number(value), decimal(value), read_number(repr(value))):
        assert made is None or kept(made)


@given(text=st.text(st.characters(codec=None), max_size=30))
def test_any_text_can_be_held(text: str) -> None:
    for made in (plain(text), label(text), verbatim(text), read_number(text), date(text)):
        assert made is None or kept(made)


@pytest.mark.parametrize("text", ["a\x00b", "\x1b", "\ud800", "\ufffe"])
def test_a_quote_is_exact_or_not_there(text: str) -> None:
    assert verbatim(text) is None


@pytest.mark.parametrize("text", ["a\r\nb\tc", "\x85 \u2028", "\u202e", "\U0010ffff"])
def test_a_quote_keeps_what_rdf_can_hold(text: str) -> None:
    made = verbatim(text)
    assert made is not None
    assert made.value == text
