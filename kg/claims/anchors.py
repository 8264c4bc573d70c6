"""What relative dates count from: an article's day and the dates it named before, and steps."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from kg.claims.number_words import number_words
from kg.edtf import MONTHS as NAMES

MONTHS: Final = {
    form: number
    for number, name in enumerate(NAMES, 1)
    for form in (name.lower(), name[:3].lower())
} | {"sept": 9}
WEEKDAYS: Final = {
    name: number
    for number, name in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    )
}
COUNTS: Final = {"zero": 0, "a": 1, "an": 1, "a few": 0, "several": 0, **number_words().numbers}


@dataclass(frozen=True, slots=True)
class Context:
    """What relative dates count from: publication, the years at hand, the last day named."""

    published: str | None = None
    year: str | None = None  # the only year that dates of the article can be of
    last: str | None = None  # the day that the text named last before
    event: str | None = None  # of an article without a date: the day of its story, the year open
    latest: str | None = None  # the date of any exactness that the text named last before

    @property
    def anchor(self) -> str:
        """Give what relative dates count from, a year unknown if the article tells nothing."""
        return self.published or self.year or self.event or "XXXX"

    @property
    def day(self) -> date | None:
        """Give the day of publication, if it is known to the day."""
        return as_day(self.published)


Resolver = Callable[[re.Match[str], Context], tuple[str, str, str | None] | None]


def as_day(edtf: str | None) -> date | None:
    """Give the day of an EDTF date that is exact to the day."""
    if edtf and re.fullmatch(r"\d{4}-\d\d-\d\d", edtf) and int(edtf[5:7]) <= 12:
        return date.fromisoformat(edtf)
    return None


def publication_year(context: Context) -> int | None:
    """Give the year of publication, or the only year that the article can be of."""
    for source in (context.published, context.year):
        if source and source[:4].isdigit():
            return int(source[:4])
    return None


def months_on(anchor: str, step: int) -> str:
    """Give the month some months after that of a date."""
    months = int(anchor[:4]) * 12 + int(anchor[5:7]) - 1 + step
    return f"{months // 12:04d}-{months % 12 + 1:02d}"
