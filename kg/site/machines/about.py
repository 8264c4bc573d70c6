"""The page on the data: what it is, where it can be had whole, how it is asked and cited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg import __version__
from kg.errors import BusyError
from kg.site.framing import as_of
from kg.site.machines.dataset import head
from kg.site.machines.describing import counted
from kg.site.machines.dumps import LARGEST, dumps
from kg.site.machines.feeds import ATOM, JSON, Feeds
from kg.site.machines.naming import DESCRIPTION, VOID, endpoint, home
from kg.site.machines.sources import CONTEXT
from kg.site.model import Asked, Holding, Page

PATH: Final = "about"


@dataclass(frozen=True, slots=True)
class Address:
    """A file or service for machines."""

    label: str
    path: str
    words: str


def descriptions(holding: Holding) -> list[Address]:
    """Name the files for machines, the most wanted first."""
    found = [
        Address("VoID", VOID, "classes, properties and links, counted"),
        Address("DCAT", "dcat.ttl", "the catalogue, with sizes and checksums; also dcat.jsonld"),
        Address("Questions", "queries.ttl", "every bundled question as sh:SPARQLExecutable"),
        Address("JSON-LD context", CONTEXT, f"of this version: context/{__version__}.jsonld"),
        *_feeds(holding),
    ]
    if not holding.settings.files:
        found.append(Address("OpenAPI", "openapi.json", "every route of this server"))
    return found


def _feeds(holding: Holding) -> list[Address]:
    if not holding.settings.files:
        words = "new claims; ?state=, ?kind=, ?material=, ?person= narrow it"
        return [Address("Atom feed", ATOM, words), Address("JSON feed", JSON, "the same as JSON")]
    asked = Feeds(holding).narrowed()
    narrowed = [" and ".join(each.values()) for each in asked]
    words = f"new claims; also by itself for {', '.join(narrowed)} (claims-kind-…, claims-state-…)"
    return [Address("Atom feed", ATOM, words), Address("JSON feed", JSON, "the same as JSON")]


class About:
    """The section of the page on the data."""

    def __init__(self, holding: Holding) -> None:
        self._holding = holding

    def page(self, path: str, _asked: Asked) -> Page | None:
        """Find the page."""
        if path != PATH:
            return None
        held = self._holding
        try:
            found = counted(held)
        except BusyError:  # it is being counted
            found = None
        context = {
            "dataset": head(held),
            "description": DESCRIPTION,
            "home": home(held),
            "endpoint": endpoint(held),
            "dumps": dumps(held),
            "descriptions": descriptions(held),
            "counts": sorted(held.counts.items()),
            "classes": len(found.classes) if found else 0,
            "properties": len(found.properties) if found else 0,
            "tools": sorted(held.tools.items()),
            "cite": citation(held),
            "largest": LARGEST,
            "base": held.iris.base,
        }
        words = DESCRIPTION
        return Page(
            PATH, "About this data", "about.html", context, description=words, passing=found is None
        )

    def paths(self) -> Iterator[str]:
        """Yield its address."""
        yield PATH


def citation(holding: Holding) -> str:
    """Say how the data is cited: who, what, as of when, which state, where."""
    told = holding.settings
    day = as_of(holding)
    parts = (
        told.publisher,
        told.title,
        f"as of {day}" if day else "",
        f"digest {holding.digest[:16]}",
        home(holding),
    )
    return ", ".join(part for part in parts if part)
