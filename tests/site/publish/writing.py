"""How the tests publish: which settings, which of all pages; without what reads articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zlib import crc32

from kg.serving import Limits, hold
from kg.site.forms import FORMS, HTML, TURTLE, Form
from kg.site.model import Settings
from kg.site.publish.author import Wanted
from kg.site.publish.site import publish

ADDRESS = "https://example.org/data/kg/"
SETTINGS = Settings(title="Test", publisher="A & B", address=ADDRESS)
QUIET = replace(SETTINGS, quotes=False, texts=False)


GRAPH = Path(__file__).parents[2] / "data" / "site" / "forum.trig"
"""What two invented articles say, without a build: soon opened and soon published."""
VOCABULARY = ("def/", "shapes/", "ontology/", "question/")
REFERENCE = ("concept/", "id/state/", "id/legal-measure/", "id/framework/", "id/bloc/")
SAMPLES = frozenset({"id/state/JP", "concept/modality/agreed", "def/attendee"})


def sampled(path: str) -> Sequence[Form]:
    """Every page but those of most shapes, and the documents of one in sixteen."""
    place = crc32(path.encode()) % 16
    if path in SAMPLES or place == 0:
        return FORMS
    return () if place > 3 and path.startswith("shapes/") else (HTML,)


def of_data(path: str) -> Sequence[Form]:
    """What is made of articles, and one in sixteen of the other pages."""
    other = path.startswith(VOCABULARY + REFERENCE) and crc32(path.encode()) % 16
    return () if other else (HTML, TURTLE)


def one(path: str) -> Sequence[Form]:
    """Hardly anything."""
    return (HTML,) if path == "about" else ()


def few(path: str) -> Sequence[Form]:
    """Some of these."""
    return () if crc32(path.encode()) % 8 else of_data(path)


def written(target: Path, place: Path, settings: Settings, wanted: Wanted | None = None) -> Path:
    """Publish a build or an RDF file."""
    holding = hold(target, settings, Limits(workers=1))
    try:
        publish(holding, place, FORMS, wanted=wanted)
    finally:
        holding.close()
    return place
