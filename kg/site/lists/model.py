"""What lists are made of: the form of `data/lists.yaml`, and the values of what is listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from kg.resources import lexicon

Form = Literal["thing", "text", "date", "number", "count", "yes"]
"""A thing has a page of its own; `count` counts values, `yes` says whether there is one."""

RESERVED: Final = frozenset({"from", "to", "q", "sort", "page"})
"""What an address says beside the values of facets."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is told of each entry, in a column, as a facet, or for sorting."""

    name: str
    title: str
    paths: tuple[
        str, ...
    ] = ()  # `cmq:party`, `^cmq:subject`, `prov:hadPrimarySource/dcterms:title`
    form: Form = "thing"
    short: str = ""  # what keys leave out: "state/", "material:"
    column: bool = True
    facet: bool = False
    sort: bool = False
    late: bool = False  # looked up only for entries that are shown
    steps: tuple[int, ...] = ()  # of a number: "at least …"
    rules: bool = False  # its texts are names of rules of the ledger


@dataclass(frozen=True, slots=True)
class Listed:
    """One list: which resources are in it, and what is told of them."""

    name: str
    title: str
    about: str  # one sentence
    classes: tuple[str, ...]
    fields: tuple[Field, ...]
    order: str = "name"  # of a field, "-" before it for the other way round
    graphs: tuple[str, ...] = ()  # local names of the graphs where paths are followed; () for all
    named: str = ""  # the field that stands for a name where there is no label
    shown: int = 50  # entries on a page

    def field(self, name: str) -> Field | None:
        """Give the field of a name."""
        return next((each for each in self.fields if each.name == name), None)

    @property
    def date(self) -> Field | None:
        """The field that a range of dates is about."""
        return next((each for each in self.fields if each.form == "date" and each.facet), None)


@dataclass(frozen=True, slots=True)
class _Lists:
    lists: tuple[Listed, ...]


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """One value of a field: how an address names it, how a page does, and whose page it has."""

    key: str
    text: str
    iri: str | None = None


def listed() -> tuple[Listed, ...]:
    """Give all lists, in the order in which a page names them."""
    told: _Lists = lexicon("site", "lists.yaml", _Lists)
    return told.lists
