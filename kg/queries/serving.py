"""What a `Reader` asks, answered in the process that it asks: a dataset in, a function out.

Questions pass the gate here too: `SERVICE` and `LOAD` are refused before any engine sees them, and
the process has no network to reach anything with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from io import RawIOBase
from itertools import islice
from typing import IO, Any, Final, cast

import msgspec
from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
)

from kg.answering import Answer, Emit
from kg.errors import QueryError
from kg.graph.model import Dataset
from kg.queries.binding import bind
from kg.queries.gate import check, names_graphs
from kg.queries.model import Question, Rows, Term
from kg.queries.parameters import Look, terms_of
from kg.queries.reader import CUT, HEAD, ROWS, WHOLE, Asking, Head
from kg.queries.run import Found, engine_errors, find
from kg.terms import DATA, PREFIXES

_AT_ONCE: Final = (1, 15, 240)  # rows in the first parts; the last holds for the rest
_BYTES: Final = 1 << 16  # of serialised text in one part

_encode = msgspec.msgpack.Encoder().encode
_asked = msgspec.msgpack.Decoder(Asking).decode


def answering(
    dataset: Dataset, base: str = DATA, called: Callable[[str], Iterator[str]] | None = None
) -> Answer:
    """Answer what a `Reader` asks, in the process that it asks."""

    def answer(request: bytes, emit: Emit) -> None:
        asking = _asked(request)
        if asking.media_type is not None:
            _serialise(dataset, asking, base, called, emit)
            return
        notes: list[str] = []
        near = notes if asking.near else None
        found = find(dataset, asking.question, asking.parameters, base, called, near)
        emit(HEAD + _encode(Head(found.columns, found.form, found.verdict, tuple(notes))))
        emit(CUT if _sent(found, asking.limit, emit) else WHOLE)

    return answer


def _sent(found: Found, limit: int | None, emit: Emit) -> bool:
    """Send the first rows; say whether there were more."""
    rows = islice(found.rows, limit)
    sizes = iter(_AT_ONCE)
    size = next(sizes)
    while part := tuple(islice(rows, size)):
        emit(ROWS + _encode(part))
        size = next(sizes, size)
    return limit is not None and next(found.rows, None) is not None


def _serialise(
    dataset: Dataset,
    asking: Asking,
    base: str,
    called: Callable[[str], Iterator[str]] | None,
    emit: Emit,
) -> None:
    """Send an answer as bytes, over the graphs that are asked for."""
    question = asking.question
    check(question.name, question.text)

    def ask(asked: Question, terms: Mapping[str, Term]) -> Rows:
        return find(dataset, Question(asked.name, "", bind(asked.name, asked.text, terms))).whole()

    terms = terms_of(question, asking.parameters, Look(ask, base, called))
    text = bind(question.name, question.text, terms)
    graphs: dict[str, Any] = {"use_default_graph_as_union": not names_graphs(text)}
    if asking.default_graphs is not None or asking.named_graphs is not None:
        graphs = {
            "default_graph": [NamedNode(each) for each in asking.default_graphs or ()],
            "named_graphs": [NamedNode(each) for each in asking.named_graphs or ()],
        }
    with engine_errors(question.name, text):
        found = dataset.store.query(text, base_iri=base, prefixes=PREFIXES, **graphs)
        with _Parts(emit) as out:
            found.serialize(cast("IO[bytes]", out), _format(found, str(asking.media_type)))


def _format(found: QuerySolutions | QueryBoolean | QueryTriples, media_type: str) -> Any:
    kind = RdfFormat if isinstance(found, QueryTriples) else QueryResultsFormat
    told = kind.from_media_type(media_type)
    if told is None:
        raise QueryError(media_type, "is no form for the answer to this query; ask for another")
    return told


class _Parts(RawIOBase):
    """A stream whose bytes are sent in parts."""

    def __init__(self, emit: Emit) -> None:
        self._emit, self._kept = emit, bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._kept += data
        if len(self._kept) >= _BYTES:
            self.send()
        return len(data)

    def send(self) -> None:
        self._emit(bytes(self._kept))
        self._kept.clear()

    def __exit__(self, *raised: object) -> None:
        if raised[0] is None and self._kept:
            self.send()
        self._kept.clear()
        self.close()
