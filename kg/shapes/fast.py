"""SHACL core by shacl-rust: data and shapes in, raw results out.

The engine reads the data as a stream and keeps an index of it; a whole store is written by its own
engine and read by the other, past Python. It is given only shapes that mean the same to every
engine (`portable`). Its names for shapes, paths and messages are not used: they are looked up in
the shapes, so that a result is the one that pySHACL gives.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from io import BytesIO
from itertools import islice
from threading import Thread
from typing import Any, Final

import pyoxigraph
import rdflib
from pyoxigraph import RdfFormat
from rdflib import SH

from kg.errors import ShapesError
from kg.shapes.engine import shape_name
from kg.shapes.paths import path_text
from kg.shapes.portable import parts_of
from kg.shapes.rdf import node_from, read_term
from kg.shapes.results import Result, severity_of

_BATCH: Final = 5_000  # quads
_PIPED: Final = 2**20  # bytes
_QUOTED: Final = b"<<("
_NO_QUOTED: Final = ("data", "statements about statements cannot be validated")
_NAMED: Final = "urn:kg:shape:"
_CLOSED: Final = str(SH.ClosedConstraintComponent)


def is_there() -> bool:
    """Tell whether the engine is installed."""
    return find_spec("shacl_rust") is not None


def results(
    data: Iterable[pyoxigraph.Quad] | pyoxigraph.Store, shapes: rdflib.Graph, name: str
) -> Iterator[Result]:
    """Yield what does not conform; `name` stands for the shapes in errors."""
    import shacl_rust  # an extension; whoever validates otherwise does without

    named = _Shapes(shapes)
    stream = _Dump(data) if isinstance(data, pyoxigraph.Store) else _Stream(data)
    try:
        report = shacl_rust.validate_file(
            stream,
            BytesIO(named.ntriples()),
            data_format="nq",
            shapes_format="nt",
            experimental_index=True,
        )
    except (ValueError, RuntimeError, OSError) as error:
        raise ShapesError(name, f"the engine gave up ({error}); try --engine pyshacl") from error
    finally:
        stream.close()
    for each in report["results"]:
        yield named.result(each)


class _Dump:
    """A store as a file of N-Quads to read, which its engine writes meanwhile."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self._store = store
        out, into = os.pipe()
        self._out = os.fdopen(out, "rb", _PIPED)
        self._into = os.fdopen(into, "wb", _PIPED)
        self._tail = b""
        self._wrong: list[Exception] = []
        self._writer = Thread(target=self._write, daemon=True)
        self._writer.start()

    def read(self, size: int = -1) -> bytes:
        """Give the next bytes; that the store could not be read to its end is an error."""
        given = self._out.read(size)
        if _QUOTED in self._tail + given and any(map(_is_quoted, self._store)):
            raise ShapesError(*_NO_QUOTED)
        self._tail = given[1 - len(_QUOTED) :]
        if not given or size < 0:
            self._writer.join()
            if self._wrong:
                raise self._wrong[0]
        return given

    def close(self) -> None:
        """Stop writing."""
        self._out.close()
        self._writer.join()

    def _write(self) -> None:
        try:
            with self._into:
                self._store.dump(self._into, RdfFormat.N_QUADS)
        except (OSError, ValueError, RuntimeError) as error:  # also that nobody reads any more
            self._wrong.append(error)


class _Stream:
    """Quads as a file of N-Quads to read."""

    def __init__(self, quads: Iterable[pyoxigraph.Quad]) -> None:
        self._quads = iter(quads)
        self._ready = b""

    def read(self, size: int = -1) -> bytes:
        """Give the next bytes, all that are left if `size` is below 0."""
        if size < 0:
            return b"".join([self._ready, *iter(self._more, b"")])
        if not self._ready:
            self._ready = self._more()
        given, self._ready = self._ready[:size], self._ready[size:]
        return given

    def _more(self) -> bytes:
        batch = [*islice(self._quads, _BATCH)]
        written = pyoxigraph.serialize(batch, format=RdfFormat.N_QUADS) or b""
        if _QUOTED in written and any(map(_is_quoted, batch)):
            raise ShapesError(*_NO_QUOTED)
        return written

    def close(self) -> None:
        """Nothing is open."""


def _is_quoted(quad: pyoxigraph.Quad) -> bool:
    return isinstance(quad.object, pyoxigraph.Triple)


class _Shapes:
    """Shapes as the engine gets them: each has an IRI, by which its results are known again."""

    def __init__(self, shapes: rdflib.Graph) -> None:
        self._shapes = shapes
        nodes = {part for node in {*shapes.subjects()} for _, part in parts_of(shapes, node)}
        blank = sorted(node for node in nodes if isinstance(node, rdflib.BNode))
        self._named: Mapping[rdflib.term.Node, rdflib.URIRef] = {
            node: rdflib.URIRef(f"{_NAMED}{number}") for number, node in enumerate(blank)
        }
        self._nodes = {str(iri): node for node, iri in self._named.items()}
        self._known: dict[rdflib.term.Node, tuple[str, str | None, str | None]] = {}

    def ntriples(self) -> bytes:
        """Write the shapes for the engine."""
        triples = (
            pyoxigraph.Triple(*map(node_from, (self._named.get(node, node) for node in triple)))  # type: ignore[arg-type]  # three nodes
            for triple in self._shapes
        )
        return pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b""

    def result(self, told: Mapping[str, Any]) -> Result:
        """Read a result, with what the shapes say of it."""
        shape = self._shape(told["sourceShape"])
        component = _iri(told["sourceConstraintComponent"])
        name, path, message = self._about(shape)
        if component == _CLOSED:
            path = told["resultPath"]
        value = told.get("value")
        return Result(
            severity_of(rdflib.URIRef(_iri(told["severity"]))),
            name,
            component,
            read_term(told["focusNode"]),
            path,
            None if value is None else read_term(value),
            message or (told["messages"] or [component.rpartition("#")[2]])[0],
        )

    def _shape(self, told: str) -> rdflib.term.Node:
        iri = _iri(told)
        return self._nodes.get(iri, rdflib.URIRef(iri))

    def _about(self, shape: rdflib.term.Node) -> tuple[str, str | None, str | None]:
        """Give name, path and message of a shape."""
        if shape not in self._known:
            path = self._shapes.value(shape, SH.path)
            messages = (str(each) for each in self._shapes.objects(shape, SH.message))
            self._known[shape] = (
                shape_name(self._shapes, shape),
                None if path is None else path_text(self._shapes, path),
                min(messages, default=None),
            )
        return self._known[shape]


def _iri(told: str) -> str:
    return told.removeprefix("<").removesuffix(">")
