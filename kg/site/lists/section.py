"""The section of lists: an address in; the entries that fit it, facets with counts, rows out.

Values of one facet are alternatives, facets together narrow the choice. The count beside a value
says how many entries there are if it is chosen, all other facets as they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Final, NoReturn

from pyoxigraph import NamedNode, Quad

from kg.errors import BusyError, KgError, QueryError
from kg.queries.model import Rows, Term
from kg.site.lists.gathering import Gathering
from kg.site.lists.index import Chosen, Index
from kg.site.lists.making import Making, value_of
from kg.site.lists.model import Field, Listed, Value, listed
from kg.site.lists.shelving import Shelved
from kg.site.lists.state import State, state_of
from kg.site.looking import Look
from kg.site.model import Asked, Holding, Page

FOLDER: Final = "list/"
_FIRST: Final = 8  # values of a facet that are shown at once
_MOST: Final = 250  # and behind "more"
_NUMBERS: Final = frozenset({"number", "count"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: how many entries have it, and the state that choosing it leads to."""

    text: str
    count: int
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet as it is shown."""

    field: Field
    first: tuple[Choice, ...]
    more: tuple[Choice, ...]
    left_out: int  # values beyond those


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: the resource, its name, and its values by column."""

    iri: str
    label: str
    cells: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class View:
    """A list in a state, as a page shows it."""

    spec: Listed
    state: State
    columns: tuple[Field, ...]
    entries: tuple[Entry, ...]
    facets: tuple[Facet, ...]
    total: int
    everything: int
    pages: int
    earlier: str = ""  # the state of the graph that is listed, if it is not the one of now

    @property
    def first(self) -> int:
        """The number of the first entry that is shown."""
        return (self.state.number - 1) * self.spec.shown + 1

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """What a form has to hand on, so that it changes nothing else."""
        said = [(name, ",".join(keys)) for name, keys in self.state.chosen.items() if keys]
        return (*said, *((("sort", self.state.order),) if self.state.order else ()))

    @property
    def removable(self) -> tuple[tuple[str, str, str], ...]:
        """What narrows the list: title, value, and the state without it."""
        found = [
            (facet.field.title, choice.text, choice.query)
            for facet in self.facets
            for choice in (*facet.first, *facet.more)
            if choice.chosen
        ]
        state = self.state
        date = self.spec.date.title if self.spec.date else ""
        if state.first:
            found.append(
                (date, f"from {state.first}", state.narrowed("", state.last, state.words).query)
            )
        if state.last:
            found.append(
                (date, f"to {state.last}", state.narrowed(state.first, "", state.words).query)
            )
        if state.words:
            found.append(("Name", state.words, state.narrowed(state.first, state.last).query))
        return tuple(found)

    @property
    def sorts(self) -> tuple[tuple[str, str, bool], ...]:
        """The orders there are: title, state, and whether it is this one."""
        now = self.state.order or self.spec.order
        sortable = [each for each in self.spec.fields if each.sort]
        named = [] if self.spec.named else [("name", "Name", "")]
        names = [
            *named,
            *((each.name, each.title, "" if each.form == "thing" else "-") for each in sortable),
        ]
        return tuple(
            (title, self.state.sorted(sign + name).query, now.removeprefix("-") == name)
            for name, title, sign in names
        )


class Lists:
    """The section of lists."""

    def __init__(self, holding: Holding) -> None:
        self._holding = holding
        look = Look.of(holding)
        self._making = Making(holding.dataset, holding.iris, look)
        self._gathering = Gathering(holding.dataset)
        self._shelved = Shelved(holding, look)
        self._indexes: dict[str, Index] = {}

    @cached_property
    def specs(self) -> dict[str, Listed]:
        """All lists by name."""
        return {each.name: each for each in listed()}

    def page(self, path: str, asked: Asked) -> Page | None:
        """Find a list in a state, or the page that names all lists."""
        if path == "lists":
            return Page("lists", "Lists", "lists.html", {"lists": listed()})
        spec = self.specs.get(path.removeprefix(FOLDER)) if path.startswith(FOLDER) else None
        return None if spec is None else self._found(spec, path, asked)

    def paths(self) -> Iterator[str]:
        """Yield the addresses of all lists."""
        yield "lists"
        yield from (FOLDER + name for name in self.specs)

    def index(self, name: str) -> Index:
        """Give the index of a list; as long as there is none, a `BusyError` says how far it is."""
        database = self._shelved.database()
        found = self._indexes.get(name)
        if found is None or found.database is not database:
            found = self._indexes[name] = Index(database, self.specs[name])
        return found

    @property
    def earlier(self) -> str:
        """Name the state of the graph that is listed until that of now is; "" if it is."""
        return self._shelved.database().earlier

    def chosen(self, index: Index, state: State, without: str = "") -> Chosen:
        """Give the set of entries that fit a state, one facet left aside."""
        found = index.everything
        for name, keys in state.chosen.items():
            if keys and name != without:
                found &= _holding(index, name, keys)
        if any(state.range):
            found &= index.dated(*state.range)
        return found & index.worded(state.words) if state.words else found

    def view(self, state: State) -> View:
        """Show a list in a state."""
        spec, index = state.spec, self.index(state.spec.name)
        chosen = self.chosen(index, state)
        total = int(chosen.sum())
        pages = max(1, -(-total // spec.shown))
        state = replace(state, number=min(state.number, pages))
        numbers = index.members(chosen, state.order or spec.order)
        start = (state.number - 1) * spec.shown
        columns = self._columns(spec)
        return View(
            spec,
            state,
            columns,
            tuple(self._entries(index, numbers[start : start + spec.shown].tolist(), columns)),
            tuple(self._facet(index, state, each) for each in spec.fields if _is_facet(spec, each)),
            total,
            index.size,
            pages,
            index.database.earlier,
        )

    def _found(self, spec: Listed, path: str, asked: Asked) -> Page:
        try:
            state, error = state_of(spec, asked), None
        except QueryError as wrong:
            state, error = state_of(spec, {}), wrong
        try:
            view = self.view(state)
        except BusyError as busy:
            return self._begun(spec, path, busy, narrowed=bool(asked))
        return Page(
            path,
            spec.title,
            "list.html",
            {"view": view, "error": error, "asked": bool(asked)},
            description=spec.about,
            table=_refused(error) or (lambda: self._table(state)),
            statements=_refused(error) or (lambda: self._statements(state)),
            status=400 if error else 200,
            passing=bool(view.earlier),
        )

    def _begun(self, spec: Listed, path: str, busy: BusyError, *, narrowed: bool) -> Page:
        """Show some entries of a list that is being made for the first time, and how far it is."""
        some = () if narrowed else tuple(islice(self._making.members(spec), spec.shown))
        named = spec.field(spec.named) if self._holding.settings.quotes else None
        entries = [(each, self._called(each, named)) for each in dict.fromkeys(some)]
        entries.sort(key=lambda each: (each[1].casefold(), each[0]))
        what = "The whole list, sorted and to be narrowed down,"
        context = {"what": what, "entries": entries, "busy": busy, "asked": narrowed}
        return Page(
            path,
            spec.title,
            "beginning.html",
            context,
            description=spec.about,
            table=_refused(busy),
            statements=_refused(busy),
            status=503 if narrowed else 200,
            passing=True,
        )

    def _called(self, iri: str, named: Field | None) -> str:
        told = self._late(named, iri) if named else ()
        return told[0].text if told else self._making.label(iri)

    def _columns(self, spec: Listed) -> tuple[Field, ...]:
        quotes = self._holding.settings.quotes
        return tuple(
            each for each in spec.fields if each.column and (quotes or each.name != "quote")
        )

    def _entries(
        self, index: Index, numbers: Sequence[int], columns: tuple[Field, ...]
    ) -> Iterator[Entry]:
        kept = [each.name for each in columns if not each.late]
        for iri, label, told in index.entries(numbers, kept):
            cells = (self._late(each, iri) if each.late else told[each.name] for each in columns)
            yield Entry(iri, label, tuple(cells))

    def _late(self, field: Field, entry: str) -> tuple[Value, ...]:
        """Look up the values of one entry."""
        found = (each for path in field.paths for each in self._gathering.follow(entry, path))
        return tuple(sorted({value_of(field, each, self._making) for each in found}))

    def _facet(self, index: Index, state: State, field: Field) -> Facet:
        others = self.chosen(index, state, without=field.name)
        if field.form in _NUMBERS:
            choices = self._least(index, state, field, others)
            return Facet(field, tuple(choices[:_FIRST]), tuple(choices[_FIRST:]), 0)
        choices, everything = self._values(index, state, field, others)
        return Facet(
            field,
            tuple(choices[:_FIRST]),
            tuple(choices[_FIRST:]),
            max(0, everything - _FIRST - _MOST),
        )

    def _least(self, index: Index, state: State, field: Field, others: Chosen) -> list[Choice]:
        """Give the steps of a number, from the lowest."""
        keys = state.chosen.get(field.name, ())
        counted = [
            (
                f"at least {least}",
                str(least),
                int((index.at_least(field.name, least) & others).sum()),
            )
            for least in field.steps
        ]
        counted += [(key, key, 0) for key in keys if key not in map(str, field.steps)]
        return [
            Choice(text, number, state.toggled(field.name, key).query, key in keys)
            for text, key, number in counted
            if number or key in keys
        ]

    def _values(
        self, index: Index, state: State, field: Field, others: Chosen
    ) -> tuple[list[Choice], int]:
        """Give the values to show, those that are chosen first, and how many there are."""
        name, keys = field.name, state.chosen.get(field.name, ())
        counts = index.counts(name, others)
        known = index.value_ids(name, keys)
        picked = [each for ids in known.values() for each in ids]
        rest = [each for each in index.commonest(name, counts).tolist() if each not in picked]
        shown = rest[: max(0, _FIRST + _MOST - len(picked))]
        values = index.values(name, [*picked, *shown])

        def choice(each: int, *, chosen: bool) -> Choice:
            value = values[each]
            query = state.toggled(name, value.key).query
            return Choice(value.text, int(counts[each]), query, chosen)

        first = [choice(each, chosen=True) for each in sorted(picked)]
        first += [
            Choice(key, 0, state.toggled(name, key).query, chosen=True)
            for key in keys
            if key not in known
        ]
        first.sort(key=lambda each: (-each.count, each.text.casefold()))
        choices = [*first, *(choice(each, chosen=False) for each in shown)]
        return choices[: _FIRST + _MOST], len(first) + len(rest)

    def _table(self, state: State) -> Rows:
        """Give all entries of a state, values by their labels."""
        index = self.index(state.spec.name)
        columns = self._columns(state.spec)
        names = [*(() if state.spec.named else ("name",)), *(each.name for each in columns)]
        numbers = index.members(self.chosen(index, state), state.order or state.spec.order).tolist()
        rows = tuple(
            (
                Term("uri", entry.iri),
                *(() if state.spec.named else (Term("literal", entry.label),)),
                *(_cell(each) for each in entry.cells),
            )
            for entry in self._entries(index, numbers, columns)
        )
        return Rows(("iri", *names), rows)

    def _statements(self, state: State) -> Iterator[Quad]:
        """Yield what is stated of all entries of a state."""
        index = self.index(state.spec.name)
        numbers = index.members(self.chosen(index, state), state.order or state.spec.order).tolist()
        for iri, _, _ in index.entries(numbers):
            yield from self._holding.dataset.quads(NamedNode(iri))


def _is_facet(spec: Listed, field: Field) -> bool:
    return field.facet and field is not spec.date


def _holding(index: Index, name: str, keys: tuple[str, ...]) -> Chosen:
    field = index.spec.field(name)
    if field is not None and field.form in _NUMBERS:
        return index.at_least(name, max(map(int, keys)))
    return index.holding(name, keys)


def _refused(error: KgError | None) -> Callable[[], NoReturn] | None:
    """Give what raises an error, where there is one."""
    if error is None:
        return None
    wrong = error

    def refuse() -> NoReturn:
        raise wrong

    return refuse


def _cell(values: tuple[Value, ...]) -> Term | None:
    return Term("literal", "; ".join(each.text for each in values)) if values else None
