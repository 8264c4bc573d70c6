"""A dataset and a question in, rows out, on the union of all graphs.

Own queries pass the gate first: nothing is fetched, nothing is changed. Relative IRIs are
resolved against the data base, and our prefixes need not be declared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Final, cast

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
)

from kg.errors import QueryError
from kg.graph.model import Dataset
from kg.queries.binding import bind
from kg.queries.catalogue import question_of
from kg.queries.gate import check, names_graphs
from kg.queries.model import TRIPLE, Form, Question, Rows, Term
from kg.queries.parameters import Look, terms_of
from kg.queries.syntax import syntax_error
from kg.terms import DATA, PREFIXES

_STRING: Final = NamedNode(f"{PREFIXES['xsd']}string")


@dataclass(frozen=True, slots=True)
class Found:
    """An answer whose rows are looked for as they are taken."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Term | None, ...]]
    form: Form = "select"
    verdict: bool | None = None

    def whole(self, limit: int | None = None) -> Rows:
        """Take the first rows, all if there is no limit; say whether there were more."""
        kept = tuple(islice(self.rows, None if limit is None else limit + 1))
        truncated = limit is not None and len(kept) > limit
        return Rows(self.columns, kept[:limit], self.form, self.verdict, truncated)


def find(
    dataset: Dataset,
    question: Question,
    parameters: Mapping[str, str] | None = None,
    base: str = DATA,
    called: Callable[[str], Iterator[str]] | None = None,
    near: list[str] | None = None,
) -> Found:
    """Begin to answer a question from a dataset; values of parameters are as a user types them.

    `called` gives the entities that go by a name, where an index of names is at hand; `near`, where
    given, is told which names were taken for others.
    """
    text = bound(dataset, question, parameters or {}, base, called, near)
    return _found(dataset.store, question.name, text, base)


def bound(
    dataset: Dataset,
    question: Question,
    parameters: Mapping[str, str],
    base: str = DATA,
    called: Callable[[str], Iterator[str]] | None = None,
    near: list[str] | None = None,
) -> str:
    """Give the text of a query with the values of its parameters in it."""

    def ask(asked: Question, terms: Mapping[str, Term]) -> Rows:
        text = bind(asked.name, asked.text, terms)
        return _found(dataset.store, asked.name, text, base).whole()

    check(question.name, question.text)
    terms = terms_of(question, parameters, Look(ask, base, called, near))
    return bind(question.name, question.text, terms)


def run(
    dataset: Dataset,
    question: Question,
    parameters: Mapping[str, str] | None = None,
    limit: int | None = None,
    base: str = DATA,
) -> Rows:
    """Answer a question from a dataset; values of parameters are as a user types them."""
    return find(dataset, question, parameters, base).whole(limit)


def run_text(
    dataset: Dataset,
    text: str,
    source: str = "query",
    limit: int | None = None,
    base: str = DATA,
) -> Rows:
    """Answer one's own query; `source` names it in errors."""
    return run(dataset, question_of(source, text), limit=limit, base=base)


def form_of(name: str, text: str, base: str = DATA) -> Form:
    """Say what a query text yields, or where it breaks the grammar; no data is needed."""
    return _found(Store(), name, text, base).form


@contextmanager
def engine_errors(name: str, text: str) -> Iterator[None]:
    """Say what the engine makes of a query text instead of answering it."""
    try:
        yield
    except SyntaxError as error:
        raise syntax_error(name, text, str(error)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(name, f"cannot be evaluated: {error}; simplify the query") from error


def _found(store: Store, name: str, text: str, base: str) -> Found:
    with engine_errors(name, text):
        union = not names_graphs(text)
        found = store.query(
            text, base_iri=base, prefixes=PREFIXES, use_default_graph_as_union=union
        )
        match found:
            case QueryBoolean():
                return Found((), iter(()), "ask", bool(found))
            case QueryTriples():
                return Found(TRIPLE, _triples(name, text, found), "graph")
            case _:
                columns = tuple(each.value for each in found.variables)
                return Found(columns, _solutions(name, text, found))


def _triples(name: str, text: str, found: QueryTriples) -> Iterator[tuple[Term | None, ...]]:
    with engine_errors(name, text):
        triples = sorted({tuple(map(str, each)): tuple(each) for each in found}.items())
    for _, terms in triples:
        yield tuple(map(to_term, terms))


def _solutions(name: str, text: str, found: QuerySolutions) -> Iterator[tuple[Term | None, ...]]:
    with engine_errors(name, text):
        for solution in found:
            yield tuple(map(to_term, solution))


def to_term(term: object) -> Term | None:
    """Give a term of the engine as a term of no engine."""
    if term is None:
        return None
    kind = type(term)  # quicker than patterns of classes, and there are many terms
    if kind is Literal:
        literal = cast("Literal", term)
        if literal.language is not None:
            return Term("literal", literal.value, None, literal.language)
        datatype = literal.datatype
        return Term("literal", literal.value, None if datatype == _STRING else datatype.value)
    if kind is NamedNode:
        return Term("uri", cast("NamedNode", term).value)
    if kind is BlankNode:
        return Term("bnode", cast("BlankNode", term).value)
    return Term("literal", str(term))
