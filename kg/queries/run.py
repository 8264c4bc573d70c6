"""A dataset and a question in, rows out, on the union of all graphs.

Own queries pass the gate first: nothing is fetched, nothing is changed. Relative IRIs are
resolved against the data base, and our prefixes need not be declared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

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
from kg.queries.gate import check
from kg.queries.model import TRIPLE, Form, Question, Rows, Term
from kg.queries.parameters import Look, terms_of
from kg.queries.syntax import syntax_error
from kg.terms import DATA, PREFIXES

_STRING = f"{PREFIXES['xsd']}string"


def run(
    dataset: Dataset,
    question: Question,
    parameters: Mapping[str, str] | None = None,
    limit: int | None = None,
    base: str = DATA,
) -> Rows:
    """Answer a question from a dataset; values of parameters are as a user types them."""

    def ask(asked: Question, terms: Mapping[str, Term]) -> Rows:
        return _evaluate(dataset.store, asked.name, bind(asked.name, asked.text, terms), None, base)

    check(question.name, question.text)
    terms = terms_of(question, parameters or {}, Look(ask, base))
    text = bind(question.name, question.text, terms)
    return _evaluate(dataset.store, question.name, text, limit, base)


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
    return _evaluate(Store(), name, text, 0, base).form


def _evaluate(store: Store, name: str, text: str, limit: int | None, base: str) -> Rows:
    try:
        found = store.query(text, base_iri=base, prefixes=PREFIXES, use_default_graph_as_union=True)
        if isinstance(found, QueryBoolean):
            return Rows((), (), "ask", bool(found))
        return _rows(found, limit)
    except SyntaxError as error:
        raise syntax_error(name, text, str(error)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(name, f"cannot be evaluated: {error}; simplify the query") from error


def _rows(found: QuerySolutions | QueryTriples, limit: int | None) -> Rows:
    if isinstance(found, QueryTriples):
        triples = sorted({tuple(map(str, each)): tuple(each) for each in found}.items())
        kept, truncated = _cut((terms for _, terms in triples), limit)
        return Rows(TRIPLE, kept, "graph", truncated=truncated)
    columns = tuple(each.value for each in found.variables)
    kept, truncated = _cut((tuple(solution) for solution in found), limit)
    return Rows(columns, kept, truncated=truncated)


def _cut(
    rows: Iterable[tuple[Any, ...]], limit: int | None
) -> tuple[tuple[tuple[Term | None, ...], ...], bool]:
    """Keep the first rows; say whether there were more."""
    kept = list(islice(rows, None if limit is None else limit + 1))
    truncated = limit is not None and len(kept) > limit
    return tuple(tuple(map(to_term, row)) for row in kept[:limit]), truncated


def to_term(term: object) -> Term | None:
    """Give a term of the engine as a term of no engine."""
    match term:
        case None:
            return None
        case NamedNode(value=value):
            return Term("uri", value)
        case BlankNode(value=value):
            return Term("bnode", value)
        case Literal():
            datatype = term.datatype.value
            plain = term.language is not None or datatype == _STRING
            return Term("literal", term.value, None if plain else datatype, term.language)
        case _:
            return Term("literal", str(term))
