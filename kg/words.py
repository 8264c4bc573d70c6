"""The index of words of a build: written with it, checked with it, searched for what a user types.

The stages joined: records of articles, entities and events in, and how names of persons sound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from kg.entities.blocking import sounds_of
from kg.errors import BuildError
from kg.graph.manifest import AGAIN, RECORDS, read_manifest
from kg.graph.model import Views
from kg.graph.reference import reference_quads
from kg.graph.store import Build, manifest_on
from kg.graph.units import Touched
from kg.iris import Iris
from kg.legal import Measure
from kg.legaltable import kept_record
from kg.queries.index import Hit, Row, SearchIndex
from kg.shelves import Shelves
from kg.terms import CONCEPTS, PREFIXES

_FIELDS: Final = {
    f"{PREFIXES['rdfs']}label": "label",
    f"{PREFIXES['skos']}prefLabel": "label",
    f"{PREFIXES['skos']}altLabel": "name",
    f"{PREFIXES['skos']}notation": "code",
    f"{PREFIXES['dcterms']}identifier": "code",
    f"{PREFIXES['cmq']}alpha2": "code",
    f"{PREFIXES['cmq']}alpha3": "code",
}


def write_words(
    shelves: Shelves, iris: Iris, views: Views, touched: Touched, *, fresh: bool
) -> None:
    """Bring the index up to date with what was touched; a fresh one begins with the reference."""
    SearchIndex(shelves.connection, iris, sounds_of).update(
        views,
        touched.articles,
        touched.entities.entities,
        touched.events.events,
        _reference_rows(iris, kept_record(shelves)) if fresh else (),
    )


def check_words(build: Build) -> None:
    """Compare the index of an open build with its records; any difference is an error."""
    index = SearchIndex(build.shelves.connection, build.iris, sounds_of)
    place = str(build.path / RECORDS)
    if not index.exists:
        raise BuildError(place, f"has no index of words; {AGAIN}")
    articles = (each.id for each in build.articles())
    rows = _reference_rows(build.iris, kept_record(build.shelves))
    index.check(build.views, articles, place, rows)


def called(path: Path, name: str) -> Iterator[str]:
    """Yield what goes by just this name in the build in a folder."""
    shelves = Shelves(path / RECORDS, read_only=True)
    try:
        manifest = manifest_on(shelves)
        index = SearchIndex(shelves.connection, Iris(manifest.base if manifest else ""), sounds_of)
        yield from index.called(name) if index.exists else ()
    finally:
        shelves.close()


def search(path: Path, text: str, kind: str = "", limit: int = 20) -> tuple[Hit, ...]:
    """Find what bears the words of a text in the build in a folder, the best first."""
    read_manifest(path)
    shelves = Shelves(path / RECORDS, read_only=True)
    try:
        manifest = manifest_on(shelves)
        index = SearchIndex(shelves.connection, Iris(manifest.base if manifest else ""), sounds_of)
        if manifest is None or not index.exists:
            raise BuildError(str(path / RECORDS), f"has no index of words; {AGAIN}")
        return index.search(text, kind, limit)
    finally:
        shelves.close()


def names_in(build: Build) -> Callable[[str], Iterator[str]] | None:
    """Give what finds the bearers of a name in an open build, None if it has no index."""
    index = SearchIndex(build.shelves.connection, build.iris, sounds_of)
    return index.called if index.exists else None


def names_at(path: Path, iris: Iris) -> Callable[[str], Iterator[str]] | None:
    """Give what finds the bearers of a name in the build in a folder, None without an index."""
    index = SearchIndex(Shelves(path / RECORDS, read_only=True).connection, iris, sounds_of)
    return index.called if index.exists else None


def _reference_rows(iris: Iris, record: Iterable[Measure] | None) -> tuple[Row, ...]:
    """Give the names of states, concepts and measures that stand in the reference graph."""
    labels: dict[str, str] = {}
    found: set[tuple[str, str, str]] = set()
    for quad in reference_quads(iris, record=record):
        field = _FIELDS.get(quad.predicate.value)
        node = getattr(quad.subject, "value", "")
        if field is None or not node.startswith((CONCEPTS, iris.base)):
            continue
        text = str(getattr(quad.object, "value", ""))
        found.add((node, field, text))
        if field == "label" and getattr(quad.object, "language", None) in {None, "en"}:
            labels[node] = text
    return tuple(
        Row(node, _family(node, iris), field, labels.get(node, text), text)
        for node, field, text in sorted(found)
    )


def _family(node: str, iris: Iris) -> str:
    below = node.removeprefix(CONCEPTS).removeprefix(iris.base)
    return below.partition("/")[0]
