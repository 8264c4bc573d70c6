"""What is stated of a thing, row by row: an IRI in, properties with their values out.

Values of events carry their evidence; of what a reference table states, the table's own sources
are rows as well. Long lists are cut and counted.
"""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.model import Term
from kg.site.evidence import READ, Evidence, Statement
from kg.site.hushing import Hush
from kg.site.looking import Look, node, text_of
from kg.site.pages.configuration import configuration
from kg.site.pages.links import sortable
from kg.site.pages.model import Row, Spelling, Value, Worded
from kg.site.pages.values import Values
from kg.terms import DEFINITIONS, PREFIXES

MOST: Final = 40  # values of one property
ARTICLES: Final = 6  # named beside a spelling
COUNTED: Final = 40  # articles that bear out a spelling; more than these are "many more"
WORDINGS: Final = 5
_TYPE: Final = node("rdf:type").value
_CODES: Final = frozenset(
    {PREFIXES["xsd"] + "date", PREFIXES["xsd"] + "gYear", PREFIXES["xsd"] + "gYearMonth"}
)


class Rows:
    """Tells what is stated of things of one holding."""

    def __init__(self, look: Look, evidence: Evidence, values: Values, hush: Hush) -> None:
        self._look, self._evidence, self._values, self._hush = look, evidence, values, hush

    def of(self, iri: str, *, shown: int, read: int = READ) -> tuple[Row, ...]:
        """Give the rows of a thing in the order of the configuration, with their evidence."""
        behind: dict[tuple[str, Term], Statement] = {}
        if shown:
            told = self._evidence.statements(iri, shown=shown, read=read)
            behind = {(each.predicate, each.value): each for each in told}
        parts = self._values.is_part(iri)
        found: dict[str, set[Term]] = {}
        for predicate, value in self._look.about(iri).pairs():
            if not isinstance(value, NamedNode | Literal):
                continue
            concluded = predicate == _TYPE and (predicate, value) in behind
            if not concluded and not self._is_shown(predicate, value, parts=parts):
                continue
            if self._hush.shows(Quad(NamedNode(iri), NamedNode(predicate), value)):
                found.setdefault(predicate, set()).add(value)
        rows = [self._row(name, values, behind, parts=parts) for name, values in found.items()]
        return tuple(row for row in sorted(rows, key=_place) if row.values)

    def spellings(self, iri: str) -> tuple[Spelling, ...]:
        """Give the spellings of a name, those of most articles first."""
        look = self._look
        found = []
        for name in look.nodes(iri, "cmq:name"):
            articles = look.some(name, "cmq:attestedIn", COUNTED)
            spelling = Spelling(
                look.text(name, "cmq:form"),
                look.text(name, "cmq:variant"),
                look.text(name, "cmq:rule"),
                articles[:ARTICLES],
                max(0, len(articles) - ARTICLES),
                len(articles) == COUNTED,
            )
            found.append((-len(articles), spelling.form, spelling))
        return tuple(spelling for *_, spelling in sorted(found, key=lambda each: each[:2]))

    def wordings(self, iri: str) -> tuple[Worded, ...]:
        """Give the wordings in which something is reported, where there are several."""
        look = self._look
        nodes = look.nodes(iri, "cmq:reportedWording")
        if len(nodes) < 2:
            return ()
        counted = [(-look.number(each, "cmq:sources"), each) for each in nodes[: WORDINGS * 4]]
        return tuple(
            Worded(
                -count,
                look.number(each, "cmq:independentSources"),
                self._evidence.sources(look.some(each, "cmq:claim", COUNTED), 1),
            )
            for count, each in sorted(counted)[:WORDINGS]
        )

    def _is_shown(self, predicate: str, value: Term, *, parts: bool) -> bool:
        told = configuration()
        if predicate == _TYPE or predicate in told.silent:
            return False
        if not isinstance(value, NamedNode):
            return True
        shown = self._values.shown(
            value, parts=parts
        )  # parts of a thing are shown with it, in other ways
        return bool(shown.iri or shown.address)

    def _row(
        self,
        predicate: str,
        values: set[Term],
        behind: dict[tuple[str, Term], Statement],
        *,
        parts: bool,
    ) -> Row:
        told = configuration().order.get(predicate)
        label = told[1] if told else self._look.label(predicate).capitalize()
        ordered = sorted(values, key=self._sorting)
        shown = tuple(
            Value(self._values.shown(each, predicate, parts=parts), behind.get((predicate, each)))
            for each in ordered[:MOST]
        )
        return Row(predicate, label, shown, len(ordered) - len(shown))

    def _sorting(self, value: Term) -> tuple[str, str]:
        if isinstance(value, NamedNode):
            return (self._look.label(value.value).casefold(), value.value)
        text = text_of(value)
        is_date = isinstance(value, Literal) and value.datatype.value in _CODES
        return (sortable(text) if is_date else text.casefold(), text)


def _place(row: Row) -> tuple[int, int, str]:
    told = configuration().order.get(row.predicate)
    ours = 0 if row.predicate.startswith(DEFINITIONS) else 1
    return (told[0] if told else 999, ours, row.label)
