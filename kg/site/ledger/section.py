"""The section of disagreements: an address in; the entries of the ledger that fit it, whole, out.

An entry is shown with all its sides, their sentences and independent sources, the rule that found
it, and what a cautious reader should take; beside that, how a person's judgement is recorded.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import NamedNode

from kg.graph.model import Term as RdfTerm
from kg.queries.model import Rows, Term
from kg.site.evidence import Dispute, Evidence
from kg.site.lists.section import FOLDER, Lists, View
from kg.site.lists.state import State
from kg.site.lists.words import rules
from kg.site.looking import Look, text_of
from kg.site.model import Asked, Holding, Page

PATH: Final = "disagreements"
SHOWN: Final = 3  # sentences of a side
_PERSONS: Final = "person/"
COLUMNS: Final = (
    "disagreement", "subject", "subjectName", "role", "rule", "value", "sources", "independent",
    "articles", "comment", "advice",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One disagreement as it is shown."""

    dispute: Dispute
    title: str  # of its rule
    values: tuple[str, ...]  # of its sides
    commands: tuple[str, ...]  # that record a judgement


class Ledger:
    """The section of disagreements."""

    def __init__(self, holding: Holding, lists: Lists) -> None:
        self._lists, self._base = lists, holding.iris.base
        self._look = Look.of(holding)
        self._evidence = Evidence.of(holding)

    def page(self, path: str, asked: Asked) -> Page | None:
        """Find the ledger in a state."""
        listed = self._lists.page(FOLDER + PATH, asked) if path == PATH else None
        if listed is None:
            return None
        if "view" not in listed.context:  # it is being made
            return replace(listed, path=PATH)
        view: View = listed.context["view"]
        standing = (each.iri for each in view.entries if self._look.exists(each.iri))
        entries = tuple(map(self.entry, standing))
        return replace(
            listed,
            path=PATH,
            template="disagreements.html",
            context={**listed.context, "entries": entries},
            table=listed.table if listed.status != 200 else (lambda: self._table(view.state)),
        )

    def paths(self) -> Iterator[str]:
        """Yield its address."""
        yield PATH

    def entry(self, iri: str) -> Entry:
        """Show one disagreement."""
        dispute = self._evidence.dispute(iri, SHOWN)
        rule = rules().get(dispute.rule)
        return Entry(
            dispute,
            rule.title if rule else dispute.rule,
            tuple(self._value(side.value) for side in dispute.sides),
            self._commands(dispute),
        )

    def _value(self, value: RdfTerm | None) -> str:
        if value is None:
            return "left out"
        iri = isinstance(value, NamedNode)
        return self._look.label(text_of(value)) if iri else text_of(value)

    def _commands(self, dispute: Dispute) -> tuple[str, ...]:
        """Give how to say that two persons, or a person under two names, are one or are not."""
        persons = sorted(
            {
                side.value.value.removeprefix(self._base)
                for side in dispute.sides
                if isinstance(side.value, NamedNode)
                and side.value.value.startswith(self._base + _PERSONS)
            }
        )
        if len(persons) != 2:
            return ()
        return tuple(
            shlex.join(["kg", verdict, *persons, "--reason", "why"])
            for verdict in ("same", "different")
        )

    def _table(self, state: State) -> Rows:
        """Give a row for each side of the entries of a state."""
        index = self._lists.index(state.spec.name)
        chosen = self._lists.chosen(index, state)
        numbers = index.members(chosen, state.order or state.spec.order).tolist()
        rows = [
            row
            for iri, _, _ in index.entries(numbers)
            if self._look.exists(iri)
            for row in self._rows(self._evidence.dispute(iri, 0))
        ]
        return Rows(COLUMNS, tuple(rows))

    def _rows(self, dispute: Dispute) -> Iterator[tuple[Term | None, ...]]:
        for side in dispute.sides:
            articles = "; ".join(self._look.label(each) for each in side.articles)
            yield (
                Term("uri", dispute.iri),
                Term("uri", dispute.subject),
                *(
                    Term("literal", text)
                    for text in (
                        self._look.label(dispute.subject),
                        self._look.label(dispute.predicate),
                        dispute.rule,
                        self._value(side.value),
                        str(side.count),
                        str(side.independent),
                        articles,
                        dispute.comment,
                        dispute.advice,
                    )
                ),
            )
