"""What is to be asked in a process of its own: a build, a release or an RDF file in, answers out.

Of a build only its graph is opened, and its index of names: nothing of the stages that made it is
loaded, so that a question is answered soon after it is asked.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from kg.graph.manifest import NAME
from kg.graph.model import WholeEvents, WholeIdentity
from kg.graph.releasing import is_release
from kg.graph.store import opened
from kg.queries.serving import answering
from kg.shelves import Shelves
from kg.words import names_in
from kg.workers import Answer


def answer(target: str) -> Answer:
    """Open a target to be asked; this is called in the process that answers."""
    path = Path(target)
    if not (path / NAME).is_file() or is_release(path):
        from kg.targets import open_target

        other = open_target(target)
        return answering(other.dataset, other.iris.base)
    build = opened(path, _nobody)
    return answering(build.dataset, build.iris.base, names_in(build))


def _nobody(_: Shelves) -> tuple[WholeIdentity, WholeEvents]:
    """Give no views: nobody asks them here."""
    return cast("tuple[WholeIdentity, WholeEvents]", (None, None))
