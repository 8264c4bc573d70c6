"""The first page: what is here, how much of it, and where to begin."""

from __future__ import annotations

from collections.abc import Iterator

from kg.site.model import Asked, Holding, Page

PATH = "index"


class Home:
    """The section of the first page."""

    def __init__(self, holding: Holding) -> None:
        self._holding = holding

    def page(self, path: str, _asked: Asked) -> Page | None:
        """Find the first page."""
        if path not in {"", PATH}:
            return None
        counts = sorted(self._holding.counts.items())
        return Page(PATH, self._holding.settings.title, "home.html", {"counts": counts})

    def paths(self) -> Iterator[str]:
        """Yield its address."""
        yield PATH
