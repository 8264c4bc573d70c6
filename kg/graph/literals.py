"""Literals in the one form that the store leaves as it is.

Text, numbers and EDTF dates in, literals out. The store rewrites numbers and narrows their types
(`xsd:nonNegativeInteger` to `xsd:integer`), so that only canonical forms are made here; a date
that no calendar has stays text, for validation to report.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.terms import PREFIXES

_XSD: Final = PREFIXES["xsd"]
_DATE: Final = NamedNode(_XSD + "date")
_MONTH: Final = NamedNode(_XSD + "gYearMonth")
_YEAR: Final = NamedNode(_XSD + "gYear")
_DECIMAL: Final = NamedNode(_XSD + "decimal")
_EDTF: Final = NamedNode(PREFIXES["edtf"] + "EDTF")

_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNHOLDABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_POINT: Final = (
    r"-?[0-9X]{4}(?:-(?:0[1-9]|1[0-2]|2[1-9]|3[0-9]|4[01]|[01X]X|X[0-9])"
    r"(?:-(?:0[1-9]|[12][0-9]|3[01]|[0-3X]X|X[0-9]))?)?[?~%]?"
)
_EDTF_FORM: Final = re.compile(
    rf"{_POINT}|(?:{_POINT}|\.\.)?/(?:{_POINT}|\.\.)?|[\[{{](?:{_POINT}|\.\.|,){{1,40}}[\]}}]"
)
_PLACES: Final = 6  # digits after the point of a confidence or a score


def plain(text: str) -> Literal:
    r"""Give a string; control characters other than tab and line feed are left out.

    >>> plain("a\x00b").value
    'ab'
    """
    return Literal(text if text.isprintable() else _CONTROLS.sub("", text))


def label(text: str) -> Literal:
    """Give a string in English, for words of this package rather than of a source."""
    return Literal(_CONTROLS.sub("", text), language="en")


def verbatim(text: str) -> Literal | None:
    """Give a string exactly as it is, or None if no RDF format could carry it everywhere.

    C0 controls (other than tab and line ends), lone surrogates and the two noncharacters that
    XML forbids are such; the digest beside a quote then stands alone.
    """
    return None if _UNHOLDABLE.search(text) else Literal(text)


def number(value: float) -> Literal | None:
    """Give a whole number as integer, any other as decimal; None for what is no number.

    >>> number(4.0).value, number(12.5).value, number(float("nan"))
    ('4', '12.5', None)
    """
    if not math.isfinite(value):
        return None
    if value == int(value):
        return Literal(int(value))
    return decimal(value)


def decimal(value: float) -> Literal | None:
    """Give a decimal in its shortest form, rounded to six places; None for what is no number.

    >>> [str(decimal(each)).partition("^")[0] for each in (0.870, 1.0, 1e-9)]
    ['"0.87"', '"1"', '"0"']
    """
    if not math.isfinite(value):
        return None
    text = format(Decimal(repr(float(value))), f".{_PLACES}f").rstrip("0").rstrip(".")
    return Literal("0" if text == "-0" else text, datatype=_DECIMAL)


def read_number(text: str) -> Literal | None:
    """Give text that is a number as one, and other text as it is.

    >>> [str(read_number(each)).partition("^")[0] for each in ("4", "12.50", "fourth")]
    ['"4"', '"12.5"', '"fourth"']
    """
    if re.fullmatch(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?", text):
        return number(float(text))
    return plain(text)


def date(edtf: str) -> Literal:
    """Give an EDTF date its narrowest datatype.

    >>> [date(each).datatype.value.rsplit("#")[-1] for each in ("2024-06-26", "2024-06", "2024")]
    ['date', 'gYearMonth', 'gYear']
    >>> date("XXXX-06-26").datatype.value
    'http://id.loc.gov/datatypes/edtf/EDTF'
    """
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", edtf):
        return Literal(edtf, datatype=_DATE) if _on_calendar(edtf) else plain(edtf)
    if re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", edtf):
        return Literal(edtf, datatype=_MONTH)
    if re.fullmatch(r"[0-9]{4}", edtf) and edtf != "0000":
        return Literal(edtf, datatype=_YEAR)
    return Literal(edtf, datatype=_EDTF) if _EDTF_FORM.fullmatch(edtf) else plain(edtf)


def _on_calendar(day: str) -> bool:
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        return False
    return True
