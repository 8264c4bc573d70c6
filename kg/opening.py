"""What is to be asked in a process of its own: a build, a release or an RDF file in, answers out.

Of a build only its graph is opened, and its index of names: nothing of the stages that made it is
loaded, so that a question is answered soon after it is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

from kg.answering import Answer
from kg.entities.model import WholeIdentity
from kg.events.model import WholeEvents
from kg.graph.laying import stand
from kg.graph.manifest import NAME
from kg.graph.releasing import is_release
from kg.graph.store import opened
from kg.iris import Iris
from kg.queries.serving import answering
from kg.shelves import Shelves


def answer(target: str) -> Answer:
    """Open a target to be asked; this is called in the process that answers."""
    path = Path(target)
    if not (path / NAME).is_file() or is_release(path):
        from kg.targets import open_target

        other = open_target(target)
        return answering(other.dataset, other.iris.base)
    from kg.words import names_in

    build = opened(path, _nobody)
    return answering(build.dataset, build.iris.base, names_in(build))


def answer_store(folder: str, base: str, build: str) -> Answer:
    """Open the store of a graph to be asked; names are looked up in a build, if one is named."""
    return answering(stand(Path(folder)), base, _Names(Path(build), base) if build else None)


class _Names:
    """Finds the bearers of a name; what that takes is loaded when the first is looked up."""

    def __init__(self, build: Path, base: str) -> None:
        self._build, self._base = build, base

    def __call__(self, name: str) -> Iterator[str]:
        """Yield what goes by a name."""
        from kg.words import names_at

        called = names_at(self._build, Iris(self._base))
        return called(name) if called else iter(())


def _nobody(_: Shelves) -> tuple[WholeIdentity, WholeEvents]:
    """Give no views: nobody asks them here."""
    return cast("tuple[WholeIdentity, WholeEvents]", (None, None))
