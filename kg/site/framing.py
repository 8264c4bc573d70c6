"""The frame of every page: where a reader may go, and as of when the data speak.

A dataset in; what header and footer show out. A date is that of the latest article, never that of
a clock, so that the same data give the same pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.graph.model import Dataset
from kg.resources import lexicon
from kg.site.looking import node, text_of
from kg.site.model import Holding

_DAY: Final = re.compile(r"\d{4}(-\d{2}){0,2}")
_CREATIVE_COMMONS: Final = re.compile(
    r"https?://creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)/([0-9.]+)/?"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the navigation, and the addresses that lie below it."""

    label: str
    path: str
    below: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Say whether a page lies below it."""
        return path.startswith(self.below)


@dataclass(frozen=True, slots=True)
class Navigation:
    """The links of the navigation in order."""

    entries: tuple[Entry, ...]


def navigation() -> tuple[Entry, ...]:
    """Give the links that every page shows."""
    told: Navigation = lexicon("site", "navigation.yaml", Navigation)
    return told.entries


def latest(dataset: Dataset) -> str:
    """Give the date of the latest article as EDTF, "" where none has a date."""
    dates = (text_of(quad.object) for quad in dataset.quads(None, node("dcterms:issued")))  # type: ignore[arg-type]  # no quoted triples
    return max(filter(_DAY.fullmatch, dates), default="")


def as_of(holding: Holding) -> str:
    """Give the date of the latest article of a holding, looked up once."""
    known: str | None = holding.kept.get("as of")
    if known is None:
        known = holding.kept["as of"] = latest(holding.dataset)
    return known


def licence_name(address: str) -> str:
    """Give the short name of a licence where its address tells it.

    >>> licence_name("https://creativecommons.org/licenses/by/4.0/"), licence_name("x:y")
    ('CC BY 4.0', 'x:y')
    """
    found = _CREATIVE_COMMONS.fullmatch(address)
    if not found:
        return address
    return "CC0 " + found[2] if found[1] == "zero" else f"CC {found[1].upper()} {found[2]}"
