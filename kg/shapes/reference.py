"""The reference engine asked for results: quads and files of shapes in, results out.

It is heavy to load, so that whoever may do without imports this only when it is needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyshacl
from pyoxigraph import Quad

from kg.errors import ShapesError
from kg.shapes.constraints import Constraint
from kg.shapes.engine import named_shapes, results, shapes_graph
from kg.shapes.files import shapes_files
from kg.shapes.prepared import Prepared
from kg.shapes.preparing import prepared
from kg.shapes.rdf import graph_of
from kg.shapes.results import Result
from kg.shapes.taking import taken_out


class Reference:
    """pySHACL with the shapes of some files."""

    version: Final[str] = pyshacl.__version__

    def __init__(self, shapes: Path | None, name: str) -> None:
        """Read the shapes; `name` stands for them in errors."""
        self._name = name
        self._graph = shapes_graph(shapes_files(shapes))
        self.shown = named_shapes(self._graph)

    def prepared(self) -> Prepared | str:
        """Make the shapes ready for the fast engine, or say what in them is not for it."""
        return prepared(self._graph)

    def taken_out(self) -> list[Constraint]:
        """Do without the constraints that can be asked of the store, and give them."""
        return taken_out(self._graph)

    def results(self, quads: Iterable[Quad]) -> set[Result]:
        """Judge quads by the shapes as they are now."""
        try:
            return {*results(graph_of(quads), self._graph, self._name)}
        except TypeError as error:
            raise ShapesError("data", str(error)) from error
