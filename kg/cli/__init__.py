"""The command line: read options, call one function, say what happened.

One module holds one group of commands and registers them on `program.main` when it is imported;
a new one is a line below. Only this package prints, exits or reads the environment, and heavy
dependencies are imported inside its functions, so that `kg --help` is quick.
"""

from __future__ import annotations

from kg.cli import asking as asking
from kg.cli import assisting as assisting
from kg.cli import disputes as disputes
from kg.cli import evaluating as evaluating
from kg.cli import explaining as explaining
from kg.cli import exporting as exporting
from kg.cli import graph as graph
from kg.cli import judging as judging
from kg.cli import living as living
from kg.cli import publishing as publishing
from kg.cli import reading as reading
from kg.cli import reference as reference
from kg.cli import releases as releases
from kg.cli import reviewing as reviewing
from kg.cli import searching as searching
from kg.cli import serving as serving
from kg.cli.program import main, run

__all__ = ["main", "run"]
