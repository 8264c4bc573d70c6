"""How much of what a graph holds: its classes, properties and links, counted in one reading.

A dataset in, counts out. A statement that stands in several graphs counts once. The engine keeps
statements of a property by value, so that nothing has to be remembered while counting.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec
from pyoxigraph import NamedNode, Quad, QuerySolutions

from kg.graph.model import Dataset
from kg.site.looking import node
from kg.terms import PREFIXES

_TYPE: Final = f"{PREFIXES['rdf']}type"
_LINKS: Final = frozenset(
    node(name).value
    for name in ("owl:sameAs", "skos:exactMatch", "skos:closeMatch", "rdfs:seeAlso")
)
_LOOKED_AT: Final = 50  # instances of a class, for the properties that they have


@dataclass(frozen=True, slots=True)
class Use:
    """How often a property is used, and with how many values."""

    statements: int
    values: int


@dataclass(frozen=True, slots=True)
class Linkset:
    """Links by one property into the data of others."""

    property: str
    target: str  # what their IRIs begin with
    links: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a graph holds."""

    statements: int
    classes: Mapping[str, int]
    properties: Mapping[str, Use]
    properties_of: Mapping[str, tuple[str, ...]]  # class -> properties of its first instances
    linksets: tuple[Linkset, ...]


def statistics(dataset: Dataset, base: str) -> Statistics:
    """Count what a dataset holds."""
    classes: Counter[str] = Counter()
    properties: dict[str, Use] = {}
    links: Counter[tuple[str, str]] = Counter()
    for name in _properties(dataset):
        statements = values = 0
        last_value: object = None
        for quad in _once(dataset.quads(None, NamedNode(name))):
            statements += 1
            if quad.object != last_value:
                values, last_value = values + 1, quad.object
            if name == _TYPE and isinstance(quad.object, NamedNode):
                classes[quad.object.value] += 1
            elif name in _LINKS and isinstance(quad.object, NamedNode):
                links[name, _space(quad.object.value)] += 1
        properties[name] = Use(statements, values)
    return Statistics(
        sum(each.statements for each in properties.values()),
        dict(sorted(classes.items())),
        properties,
        {name: _of_class(dataset, name) for name in sorted(classes)},
        tuple(
            Linkset(name, space, number)
            for (name, space), number in sorted(links.items())
            if not base.startswith(space)
        ),
    )


def _properties(dataset: Dataset) -> list[str]:
    found = dataset.query("SELECT DISTINCT ?property WHERE { ?subject ?property ?value }")
    assert isinstance(found, QuerySolutions)  # noqa: S101 - what SELECT gives
    return sorted(each["property"].value for each in found)


def _once(quads: Iterator[Quad]) -> Iterator[Quad]:
    """Leave out the graphs: statements that differ in nothing else come one after the other."""
    last: tuple[object, object] | None = None
    for quad in quads:
        this = (quad.subject, quad.object)
        if this != last:
            yield quad
        last = this


def _of_class(dataset: Dataset, name: str) -> tuple[str, ...]:
    first = islice(dataset.quads(None, node("rdf:type"), NamedNode(name)), _LOOKED_AT)
    found = {
        quad.predicate.value
        for each in first
        if isinstance(each.subject, NamedNode)
        for quad in dataset.quads(each.subject)
    }
    return tuple(sorted(found))


def _space(iri: str) -> str:
    """Give what the IRIs of a data set begin with: all before the last part.

    >>> _space("http://www.wikidata.org/entity/Q17")
    'http://www.wikidata.org/entity/'
    """
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    return iri[:cut] if urlsplit(iri).netloc and cut > len("https://") else iri


def written(found: Statistics) -> bytes:
    """Write what was counted, to be kept."""
    return msgspec.json.encode(found)


def counted_in(path: Path) -> Statistics:
    """Read what was counted when the file of lists was made."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        rows = connection.execute("SELECT data FROM kept WHERE name = 'statistics'").fetchall()
    return msgspec.json.decode(rows[0][0], type=Statistics)
