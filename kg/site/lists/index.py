"""A list as columns and sets: a dataset in; entries, their values and who has which value out.

Read once per build, when the list is first asked for, and held in memory. A set of entries is one
large integer with a bit for each, so that facets are counted in microseconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from pyoxigraph import NamedNode

from kg.edtf import bounds
from kg.graph.model import Dataset
from kg.iris import Iris
from kg.site.lists.gathering import Gathering, Node, reached
from kg.site.lists.model import Field, Listed, Value
from kg.site.looking import Look, node
from kg.terms import CONCEPTS

_NO: Final = Value("no", "no")
_YES: Final = Value("yes", "yes")


@dataclass(frozen=True, slots=True)
class Index:
    """All entries of a list, in its own order."""

    spec: Listed
    iris: tuple[str, ...]
    labels: tuple[str, ...]
    columns: Mapping[str, tuple[tuple[Value, ...], ...]]  # by field, not of late ones
    holders: Mapping[str, Mapping[Value, int]]  # by facet and value, the set of entries
    spans: tuple[tuple[date, date] | None, ...]  # of the field of dates
    orders: Mapping[str, tuple[int, ...]]  # by field and "name", downwards with "-" before it

    @property
    def everything(self) -> int:
        """The set of all entries."""
        return (1 << len(self.iris)) - 1

    def at_least(self, field: str, least: int) -> int:
        """Give the entries whose number is so large."""
        found = 0
        for value, held in self.holders[field].items():
            if int(value.key) >= least:
                found |= held
        return found

    def dated(self, first: date | None, last: date | None) -> int:
        """Give the entries whose date may lie in the range; what has none is left out."""
        return bits(
            (
                number
                for number, span in enumerate(self.spans)
                if span
                and (first is None or span[1] >= first)
                and (last is None or span[0] <= last)
            ),
            len(self.iris),
        )

    def worded(self, words: str) -> int:
        """Give the entries whose label has all these words, or beginnings and parts of them."""
        wanted = words.casefold().split()
        fits = (
            number
            for number, label in enumerate(self.labels)
            if all(word in label.casefold() for word in wanted)
        )
        return bits(fits, len(self.iris))

    def members(self, chosen: int, order: str) -> Iterator[int]:
        """Yield the entries of a set in an order."""
        flags = chosen.to_bytes(len(self.iris) // 8 + 1, "little")
        for number in self.orders[order]:
            if flags[number >> 3] >> (number & 7) & 1:
                yield number


def bits(numbers: Iterable[int], size: int) -> int:
    """Give the set of some entries.

    >>> bits([0, 3], 4)
    9
    """
    flags = bytearray(size // 8 + 1)
    for number in numbers:
        flags[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(flags, "little")


class Indexer:
    """Makes the index of a list."""

    def __init__(self, dataset: Dataset, iris: Iris, look: Look) -> None:
        self._dataset, self._iris, self._look = dataset, iris, look
        self._gathered: dict[tuple[str, ...], Gathering] = {}

    def index(self, spec: Listed) -> Index:
        """Read a list."""
        found = self._members(spec)
        gathering = self._gathering(spec)
        kept = [each for each in spec.fields if not each.late]
        columns = {each.name: self._column(each, found, gathering) for each in kept}
        names = tuple(self._name(spec, each) for each in found)
        own = _order(spec.order, spec, found, names, columns)
        entries = tuple(found[number] for number in own)
        labels = tuple(names[number] for number in own)
        columns = {
            name: tuple(column[number] for number in own) for name, column in columns.items()
        }
        orders = {
            sign + name: _order(sign + name, spec, entries, labels, columns)
            for name in ("name", *(each.name for each in kept if each.sort))
            for sign in ("", "-")
        }
        return Index(
            spec,
            entries,
            labels,
            columns,
            {each.name: _holders(columns[each.name]) for each in kept if each.facet},
            _spans(columns[spec.date.name]) if spec.date else (),
            {**orders, spec.order: tuple(range(len(entries)))},
        )

    def late(self, field: Field, entry: str) -> tuple[Value, ...]:
        """Look up the values of one entry."""
        found = [each for path in field.paths for each in reached(self._dataset, entry, path)]
        return tuple(sorted({self._value(field, each) for each in found}))

    def _gathering(self, spec: Listed) -> Gathering:
        """Share what was read among lists of the same graphs; of all graphs it is too much."""
        graphs = tuple(self._iris.graph(each) for each in spec.graphs)
        if not graphs:
            return Gathering(self._dataset, graphs)
        return self._gathered.setdefault(graphs, Gathering(self._dataset, graphs))

    def _members(self, spec: Listed) -> list[str]:
        found: set[str] = set()
        for name in spec.classes:
            quads = self._dataset.quads(None, node("rdf:type"), node(name))
            found |= {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
        return sorted(found)

    def _name(self, spec: Listed, entry: str) -> str:
        return "" if spec.named else self._look.label(entry)

    def _column(
        self, field: Field, entries: list[str], gathering: Gathering
    ) -> tuple[tuple[Value, ...], ...]:
        found: dict[str, list[Node]] = defaultdict(list)
        for path in field.paths:
            for entry, nodes in gathering.follow(entries, path).items():
                found[entry] += nodes
        known: dict[Node | int, Value] = {}

        def value(each: Node) -> Value:
            if each not in known:
                known[each] = self._value(field, each)
            return known[each]

        match field.form:
            case "yes":
                return tuple((_YES,) if found[each] else (_NO,) for each in entries)
            case "count":
                return tuple((_number(len(found[each])),) for each in entries)
            case _:
                return tuple(tuple(sorted(set(map(value, found[each])))) for each in entries)

    def _value(self, field: Field, each: Node) -> Value:
        if not isinstance(each, NamedNode):
            return Value(each.value, each.value)
        return Value(
            self._key(each.value).removeprefix(field.short),
            self._look.label(each.value),
            each.value,
        )

    def _key(self, iri: str) -> str:
        """Name a thing in an address: below the base of data, or as scheme and concept."""
        if iri.startswith(CONCEPTS):
            return iri.removeprefix(CONCEPTS).replace("/", ":", 1)
        return iri.removeprefix(self._iris.base)


def _number(number: int) -> Value:
    return Value(str(number), str(number))


def _holders(column: tuple[tuple[Value, ...], ...]) -> dict[Value, int]:
    held: dict[Value, list[int]] = defaultdict(list)
    for number, values in enumerate(column):
        for value in values:
            held[value].append(number)
    return {value: bits(numbers, len(column)) for value, numbers in sorted(held.items())}


def _spans(column: tuple[tuple[Value, ...], ...]) -> tuple[tuple[date, date] | None, ...]:
    return tuple(
        next((span for value in values if (span := bounds(value.key))), None) for values in column
    )


def _order(
    wanted: str,
    spec: Listed,
    entries: Iterable[str],
    labels: tuple[str, ...],
    columns: Mapping[str, tuple[tuple[Value, ...], ...]],
) -> tuple[int, ...]:
    """Order entries by a field, then by name and IRI; what has no value comes last."""
    name = wanted.removeprefix("-")
    ties = [(label.casefold(), iri) for label, iri in zip(labels, entries, strict=True)]
    by_name = sorted(range(len(ties)), key=ties.__getitem__)
    field = spec.field(name)
    if field is None:
        return tuple(reversed(by_name)) if wanted != name else tuple(by_name)
    keys = [_sortable(field, values) for values in columns[name]]
    told = [each for each in by_name if keys[each] is not None]
    told.sort(key=lambda each: keys[each] or (0, ""), reverse=wanted != name)
    return (*told, *(each for each in by_name if keys[each] is None))


def _sortable(field: Field, values: tuple[Value, ...]) -> tuple[int, str] | None:
    if not values:
        return None
    if field.form in {"number", "count"}:
        return int(values[0].key), ""
    if field.form == "date":
        span = next((span for each in values if (span := bounds(each.key))), None)
        return (0, span[0].isoformat()) if span else None
    return 0, values[0].text.casefold()
