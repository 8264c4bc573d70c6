"""Where the file of lists is: a holding in, its database out, made where it is not there yet.

The lists of a large build are made by a process beside (`Holding.lists`), and kept beside the
build; meanwhile those of an earlier state are given, and where there are none whoever asks hears
how far they are. Those of a small one are made when they are first asked for, in a place that goes
with the site.
"""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Lock
from weakref import finalize

from kg.site.lists.index import Database
from kg.site.lists.making import Making, key_of, told_by
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
        known = self._database
        if known is not None and not known.earlier:
            return known
        path, earlier = self._place()  # waits; not all behind one
        with self._lock:
            known = self._database
            if known is None or (known.earlier and not earlier):
                known = self._database = Database(path, earlier) if path else self._made()
            return known

    def _place(self) -> tuple[Path | None, str]:
        """Give where the file is, and the state that it is of, if that is not the one of now."""
        lists, files = self._holding.lists, self._holding.settings.files
        if lists is None:
            return None, ""
        before = None if files else lists.earlier()
        earlier = told_by(before).get("digest", "") if before else ""
        return (before, earlier) if earlier else (lists(wait=files), "")

    def _made(self) -> Database:
        holding = self._holding
        place = Path(mkdtemp(prefix="communique-lists-"))
        path = place / "lists.sqlite"
        key = key_of(holding.digest, quotes=holding.settings.quotes)
        Making(holding.dataset, holding.iris, self._look).write(path, holding.digest, key)
        found = Database(path)
        finalize(found, rmtree, place, ignore_errors=True)
        return found
