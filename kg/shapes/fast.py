"""SHACL core by shacl-rust: data and prepared shapes in, raw results out.

The engine reads the data as a stream and keeps an index of it. It is given only shapes that mean
the same to every engine (`portable`). Its names for shapes, paths and messages are not used: they
are those that the shapes have, so that a result is the one that pySHACL gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from io import BytesIO
from itertools import islice
from typing import Any, Final

import pyoxigraph
from pyoxigraph import RdfFormat

from kg.errors import ShapesError
from kg.shapes.columns import NO_QUOTED
from kg.shapes.prepared import Prepared
from kg.shapes.results import Result, read_term, severity_of
from kg.terms import PREFIXES

_BATCH: Final = 5_000  # quads
_QUOTED: Final = b"<<("
_CLOSED: Final = PREFIXES["sh"] + "ClosedConstraintComponent"


def is_there() -> bool:
    """Tell whether the engine is installed."""
    return find_spec("shacl_rust") is not None


def version() -> str:
    """Name the version of the engine."""
    import shacl_rust

    return str(shacl_rust.__version__)


def results(written: Iterable[bytes], shapes: Prepared, name: str) -> Iterator[Result]:
    """Yield what does not conform in data that comes as pieces of N-Triples or N-Quads.

    `name` stands for the shapes in errors.
    """
    import shacl_rust  # an extension; whoever validates otherwise does without

    try:
        report = shacl_rust.validate_file(
            _Stream(written),
            BytesIO("\n".join(shapes.core).encode()),
            data_format="nq",
            shapes_format="nt",
            experimental_index=True,
        )
    except (ValueError, RuntimeError, OSError) as error:
        raise ShapesError(name, f"the engine gave up ({error}); try --engine pyshacl") from error
    for each in report["results"]:
        yield _result(each, shapes, name)


def lines_of(quads: Iterable[pyoxigraph.Quad]) -> Iterator[bytes]:
    """Write quads in pieces; what says something of a statement is an error."""
    quads = iter(quads)
    while batch := [*islice(quads, _BATCH)]:
        written = pyoxigraph.serialize(batch, format=RdfFormat.N_QUADS) or b""
        if _QUOTED in written and any(map(_is_quoted, batch)):
            raise ShapesError(*NO_QUOTED)
        yield written


def _is_quoted(quad: pyoxigraph.Quad) -> bool:
    return isinstance(quad.object, pyoxigraph.Triple)


class _Stream:
    """Pieces of text as a file to read."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._piece = BytesIO()

    def read(self, size: int = -1) -> bytes:
        """Give the next bytes, all that are left if `size` is below 0."""
        if size < 0:
            return b"".join([self._piece.read(), *self._pieces])
        while not (given := self._piece.read(size)):
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._piece = BytesIO(piece)
        return given


def _result(told: Mapping[str, Any], shapes: Prepared, name: str) -> Result:
    """Read a result, with what the shapes say of it."""
    about = shapes.about.get(_iri(told["sourceShape"]))
    if about is None:
        raise ShapesError(name, f"the engine names a shape that is none: {told['sourceShape']}")
    component, value = _iri(told["sourceConstraintComponent"]), told.get("value")
    return Result(
        severity_of(_iri(told["severity"])),
        about.name,
        component,
        read_term(told["focusNode"]),
        told["resultPath"] if component == _CLOSED else about.path,
        None if value is None else read_term(value),
        about.message or (told["messages"] or [component.rpartition("#")[2]])[0],
    )


def _iri(told: str) -> str:
    return told.removeprefix("<").removesuffix(">")
