"""What an assistant can ask: a holding in, plain records out, each row with source and quote.

An assistant repeats what it is told; so nothing is told here without the sentence that it rests on,
and what rests on no sentence says so. Names of things are IRIs of the graph, CURIEs or names as
people write them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.queries.model import Question, Term
from kg.site.assistants.backing import Backing, Behind
from kg.site.evidence import Evidence
from kg.site.evidence import Source as Bearing
from kg.site.evidence import Statement as Borne
from kg.site.looking import Look, text_of
from kg.site.model import Found, Holding
from kg.site.rendering import weblink
from kg.terms import CONCEPTS, PREFIXES

_ADDRESS: Final = re.compile(r"[\w~.%/-]+", re.ASCII)
ROWS: Final = 20
MOST: Final = 200
_DESCRIBED: Final = 60  # statements of a thing


@dataclass(frozen=True, slots=True)
class Source:
    """The sentence, or the legal act, that something rests on; None stands for what is unknown."""

    iri: str  # of the claim, or of the entry of the legal record
    title: str | None  # of the article; the name of the act
    publisher: str | None
    published: str | None  # EDTF
    address: str | None  # where it can be read
    place: str | None  # article:line:column
    quote: str | None  # None too where quotations are kept back
    attribution: tuple[str, ...] = ()  # whom the article names for it
    denied: bool = False
    confidence: str | None = None


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A parameter of a question."""

    name: str
    type: str
    description: str
    required: bool
    default: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A bundled question."""

    name: str
    question: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[AskedFor, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an answer, and what it rests on."""

    values: Mapping[str, str | None]
    things: tuple[str, ...]  # IRIs of what it names
    sources: tuple[Source, ...]


@dataclass(frozen=True)  # the library of the protocol takes slots for defaults
class Answer:
    """The answer to a question; `truncated` says that there are more rows."""

    question: str
    rows: tuple[Row, ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement on a thing, and what it rests on."""

    property: str
    value: str
    label: str  # of the value, where it is a thing
    sources: tuple[Source, ...] = ()
    independent_sources: int | None = None  # None where nobody counted
    disputed: tuple[str, ...] = ()  # why, where sources disagree
    inferred: str | None = None  # how, where no source states it by itself


@dataclass(frozen=True)  # the library of the protocol takes slots for defaults
class Description:
    """What is stated of a thing."""

    iri: str
    label: str
    types: tuple[str, ...]
    statements: tuple[Statement, ...]
    truncated: bool


class Tools:
    """The tools over one holding."""

    def __init__(self, holding: Holding) -> None:
        self._holding = holding
        self._look = Look.of(holding)
        self._evidence = Evidence.of(holding)
        self._backing = Backing(holding.dataset, holding.iris, self._look)

    def questions(self, tag: str = "") -> tuple[Told, ...]:
        """List the bundled questions, with their parameters."""
        return tuple(_told(each) for each in self._holding.questions if not tag or tag in each.tags)

    def ask(
        self, name: str, parameters: Mapping[str, str] | None = None, limit: int = ROWS
    ) -> Answer:
        """Answer a bundled question; its parameters take names, codes or IRIs."""
        question = next((each for each in self._holding.questions if each.name == name), None)
        if question is None:
            raise QueryError(name, "is no bundled question; `questions` lists them")
        found = self._holding.ask(question, parameters or {}, _within(limit))
        rows = tuple(self._row(found.columns, row) for row in found.rows)
        return Answer(question.summary, rows, found.truncated)

    def find(self, text: str, kind: str = "", limit: int = ROWS) -> tuple[Found, ...]:
        """Find things by the words of their names, labels, titles and quotations."""
        return self._holding.search(text, kind, _within(limit))

    def describe(self, thing: str) -> Description:
        """Tell what is stated of a thing; what articles say of it comes with its sources."""
        iri = self._iri(thing)
        borne = {
            (each.predicate, text_of(each.value)): each for each in self._evidence.statements(iri)
        }
        pairs = sorted(
            {
                (quad.predicate.value, text_of(quad.object), isinstance(quad.object, NamedNode))
                for quad in self._look.quads(iri)
                if isinstance(quad.object, NamedNode | Literal)
            }
        )
        statements = tuple(
            self._statement(predicate, value, named, borne.get((predicate, value)))
            for predicate, value, named in pairs[:_DESCRIBED]
        )
        types = tuple(map(_short, self._look.types(iri)))
        label = self._look.label(iri)
        return Description(iri, label, types, statements, len(pairs) > _DESCRIBED)

    def evidence(self, thing: str, limit: int = ROWS) -> tuple[Source, ...]:
        """Give the sentences that speak of a thing: an event, a claim, a person, a material."""
        behind = self._backing.of([Term("uri", self._iri(thing))], _within(limit))
        return self._sources(behind)

    def _row(self, columns: Iterable[str], row: tuple[Term | None, ...]) -> Row:
        behind = self._backing.of(row)
        values = {
            name: None if cell is None else cell.value
            for name, cell in zip(columns, row, strict=True)
        }
        return Row(values, behind.things, self._sources(behind))

    def _statement(self, predicate: str, value: str, named: bool, borne: Borne | None) -> Statement:
        label = self._look.label(value) if named else ""
        if borne is None:
            return Statement(_short(predicate), value, label)
        return Statement(
            _short(predicate),
            value,
            label,
            tuple(map(self._source, (*borne.sources, *borne.beside))),
            borne.independent or None,
            tuple(each.comment for each in borne.disputes),
            borne.inferred.comment if borne.inferred else None,
        )

    def _sources(self, behind: Behind) -> tuple[Source, ...]:
        told = self._evidence.sources(behind.claims, len(behind.claims))
        return (*map(self._source, told), *map(self._act, behind.records))

    def _source(self, source: Bearing) -> Source:
        origin = source.origin
        return Source(
            source.claim,
            origin.title or None,
            origin.publisher or None,
            origin.date or None,
            source.link or origin.address or None,
            source.place,
            source.quote or None,
            tuple(map(self._look.label, source.attribution)),
            source.denied,
            source.confidence or None,
        )

    def _act(self, measure: str) -> Source:
        """Give an entry of the legal record as the source that it is."""
        look = self._look
        told = [text_of(each) for each in look.values(measure, "dcterms:source")]
        return Source(
            measure,
            look.label(measure),
            next((each for each in told if weblink(each) is None), None),
            look.value(measure, "cmq:issued"),
            next(filter(None, map(weblink, told)), None),
            None,
            None,
        )

    def _iri(self, thing: str) -> str:
        """Read an IRI, a CURIE, an address on the site or a name that belongs to one thing."""
        prefix, _, local = thing.partition(":")
        ours = self._holding.iris.base + thing.removeprefix("id/")
        concept = CONCEPTS + thing.removeprefix("concept/")
        at: tuple[str, ...] = (ours, concept) if _ADDRESS.fullmatch(thing) else ()
        for iri in (thing, PREFIXES.get(prefix, "") + local, *at):
            if iri.startswith(("http://", "https://")) and self._known(iri):
                return iri
        named = {each.iri for each in self._holding.search(thing, "", 5) if each.label == thing}
        if len(named) == 1:
            return named.pop()
        raise QueryError(thing, "is not known, or belongs to several things; `find` gives IRIs")

    def _known(self, iri: str) -> bool:
        try:
            return self._look.exists(iri)
        except ValueError as error:  # no IRI at all
            raise QueryError(iri, f"is no IRI ({error}); `find` gives IRIs") from error


def _told(question: Question) -> Told:
    parameters = tuple(
        AskedFor(each.name, each.type, each.description, each.required, each.default)
        for each in question.parameters
    )
    return Told(question.name, question.summary, question.description, question.tags, parameters)


def _within(limit: int) -> int:
    return max(1, min(limit, MOST))


def _short(iri: str) -> str:
    """Shorten an IRI of a known namespace to a CURIE."""
    fits = [each for each in PREFIXES.items() if iri.startswith(each[1])]
    prefix, namespace = max(fits, key=lambda each: len(each[1]), default=("", ""))
    return f"{prefix}:{iri.removeprefix(namespace)}" if prefix else iri
