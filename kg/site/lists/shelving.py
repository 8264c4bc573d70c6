"""Where the file of lists is: a holding in, its database out, made where it is not there yet.

The lists of a large build are made by a process beside (`Holding.lists`), and kept beside the
build; whoever asks meanwhile hears how far they are. Those of a small one are made when they are
first asked for, in a place that goes with the site.
"""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Lock
from weakref import finalize

from kg.site.lists.index import Database
from kg.site.lists.making import Making, key_of
from kg.site.looking import Look
from kg.site.model import Holding


class Shelved:
    """The database of the lists of a holding."""

    def __init__(self, holding: Holding, look: Look) -> None:
        self._holding, self._look = holding, look
        self._lock = Lock()
        self._database: Database | None = None

    def database(self) -> Database:
        """Give the database, or raise a `BusyError` where it is being made."""
        if self._database is not None:
            return self._database
        with self._lock:
            if self._database is None:
                self._database = self._opened()
            return self._database

    def _opened(self) -> Database:
        holding = self._holding
        if holding.lists is not None:
            found = Database(holding.lists(wait=holding.settings.files))
        else:
            place = Path(mkdtemp(prefix="communique-lists-"))
            path = place / "lists.sqlite"
            key = key_of(holding.digest, quotes=holding.settings.quotes)
            Making(holding.dataset, holding.iris, self._look).write(path, holding.digest, key)
            found = Database(path)
            finalize(found, rmtree, place, ignore_errors=True)
        return found
