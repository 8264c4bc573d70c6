"""Rows of tables in, FollowTheMoney entities out, one JSON object a line.

People and bodies with every spelling, the posts they hold, events and documents; each event and
tenure has its articles as `proof`. What the model has no property for is left out, never put where
it does not belong: a date by which a post was held is no date on which it began. Identifiers are
hashes of our IRIs, which stand beside them as `iri`.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

import msgspec

from kg.resources import lexicon
from kg.site.statements import Statements
from kg.site.tables import Cell, Row, rows, tables

Properties = defaultdict[str, set[str]]
As = Literal["text", "entity", "label", "country", "date", "url"]
_DATE: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_ALPHA2: Final = re.compile(r"[A-Z]{2}")
_WIKIDATA: Final = re.compile(r"https?://www\.wikidata\.org/entity/(Q[0-9]+)")
_WEB: Final = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Mapped:
    """Which property a column gives, and in which form."""

    to: str
    source: str
    form: As = "text"


@dataclass(frozen=True, slots=True)
class Record:
    """The schema that the rows of a table have, and their properties."""

    table: str
    schema: str
    properties: tuple[dict[str, str], ...]

    def mapped(self) -> list[Mapped]:
        """Give the properties, with the words of the file."""
        return [
            msgspec.convert(
                {"to": each["to"], "source": each["from"], "form": each.get("as", "text")}, Mapped
            )
            for each in self.properties
        ]


@dataclass(frozen=True, slots=True)
class Model:
    """What of our tables is what in FollowTheMoney."""

    schemas: dict[str, str]
    records: tuple[Record, ...]


def followthemoney(statements: Statements, _: str) -> Iterator[bytes]:
    """Write the entities, people and bodies first."""
    for entity in _Writer(statements).entities():
        yield msgspec.json.encode(entity) + b"\n"


def identifier(iri: str) -> str:
    """Give the identifier of what has an IRI in our graph.

    >>> identifier("https://w3id.org/communique/id/state/JP")
    'cmq-7c1bf5cefcf819e163aed80657702099bf102649'
    """
    return f"cmq-{hashlib.sha1(iri.encode(), usedforsecurity=False).hexdigest()}"


class _Writer:
    """Writes entities, knowing the names and codes of those that others refer to."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._model = lexicon("site", "ftm.yaml", Model)

    def entities(self) -> Iterator[dict[str, Any]]:
        """Yield all entities."""
        yield from self._actors()
        for record in self._model.records:
            mapped = record.mapped()
            for row in self._rows(record.table):
                iri = str(row[tables()[record.table].key[0]])
                properties = self._properties(mapped, row)
                if record.table != "articles":
                    properties["proof"] |= self._proofs.get(iri, set())
                yield _entity(iri, record.schema, properties)
        yield from self._posts()

    def _rows(self, name: str) -> Iterator[Row]:
        return rows(tables()[name], self._statements)

    @cached_property
    def _known(self) -> dict[str, tuple[str, str, str]]:
        """The kind, label and country code of each entity."""
        return {
            str(row["entity"]): (str(row["kind"]), str(row["label"] or ""), _country(row))
            for row in self._rows("entities")
        }

    @cached_property
    def _proofs(self) -> dict[str, set[str]]:
        """The articles whose claims are about each event."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for row in self._rows("claims"):
            if row["about"] and row["article"]:
                found[str(row["about"])].add(identifier(str(row["article"])))
        return found

    def _actors(self) -> Iterator[dict[str, Any]]:
        spelt: defaultdict[str, Properties] = defaultdict(lambda: defaultdict(set))
        for name in self._rows("names"):
            kind = "weakAlias" if name["variant"] == "garbled" else "alias"
            spelt[str(name["entity"])][kind].add(str(name["form"] or ""))
        for row in self._rows("entities"):
            iri = str(row["entity"])
            schema = self._model.schemas.get(str(row["kind"]))
            if schema and row["label"]:
                properties = spelt[iri]
                properties["name"].add(str(row["label"]))
                properties["country"] |= {_country(row)}
                properties["wikidataId"] |= set(_wikidata(row["same_as"]))
                yield _entity(iri, schema, properties)

    def _posts(self) -> Iterator[dict[str, Any]]:
        """Yield each office and who is seen to hold it; the articles tell on which dates."""
        posts: set[str] = set()
        for row in self._rows("posts"):
            post, persons = row["post"], self._references(row["persons"], {"Person"})
            if post is None or not persons:
                continue
            if post not in posts:
                posts.add(str(post))
                yield _entity(str(post), "Position", self._post(row))
            properties: Properties = defaultdict(set)
            properties["holder"] = set(persons)
            properties["post"] = {identifier(str(post))}
            properties["date"] = set(_dates([row["observed_from"], row["observed_until"]]))
            properties["proof"] = self._proofs.get(str(row["holding"]), set())
            yield _entity(str(row["holding"]), "Occupancy", properties)

    def _post(self, row: Row) -> Properties:
        properties: Properties = defaultdict(set)
        properties["name"] = set(_texts(row["titles"]))
        properties["organization"] = set(
            self._references(row["of"], {"Organization", "PublicBody"})
        )
        properties["country"] = set(self._valued(row["of"], "country"))
        return properties

    def _properties(self, mapped: Iterable[Mapped], row: Row) -> Properties:
        found: Properties = defaultdict(set)
        for each in mapped:
            found[each.to] |= set(self._valued(row[each.source], each.form))
        return found

    def _valued(self, cell: Cell, form: As) -> Iterable[str]:
        match form:
            case "entity":
                return self._references(cell, set(self._model.schemas.values()))
            case "label":
                return [self._known[each][1] for each in _texts(cell) if each in self._known]
            case "country":
                return [self._known[each][2] for each in _texts(cell) if each in self._known]
            case "date":
                return _dates([cell])
            case "url":
                return [each for each in _texts(cell) if _WEB.fullmatch(each)]
            case "text":
                return _texts(cell)

    def _references(self, cell: Cell, schemas: set[str]) -> list[str]:
        return [
            identifier(each)
            for each in _texts(cell)
            if each in self._known and self._model.schemas.get(self._known[each][0]) in schemas
        ]


def _entity(iri: str, schema: str, properties: Properties) -> dict[str, Any]:
    said = {name: sorted(values - {""}) for name, values in sorted(properties.items())}
    filled = {name: values for name, values in said.items() if values}
    return {
        "id": identifier(iri), "schema": schema, "properties": filled,
        "datasets": ["communique"], "iri": iri,
    }  # fmt: skip


def _texts(cell: Cell) -> list[str]:
    if cell is None:
        return []
    return cell if isinstance(cell, list) else [str(cell)]


def _dates(cells: Iterable[Cell]) -> list[str]:
    return [each for cell in cells for each in _texts(cell) if _DATE.fullmatch(each)]


def _country(row: Row) -> str:
    """Give the country code of a state, in the small letters of the model."""
    if row["kind"] != "State":
        return ""
    return next((each.lower() for each in _texts(row["codes"]) if _ALPHA2.fullmatch(each)), "")


def _wikidata(cell: Cell) -> Iterator[str]:
    for each in _texts(cell):
        found = _WIKIDATA.fullmatch(each)
        if found:
            yield found[1]
