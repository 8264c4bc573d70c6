"""The state of a site that is shown now, exchanged whole when what it shows changes.

Looked at once a second at most, and only while somebody asks. A state that cannot be opened is
tried again; until then the old one is shown.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from starlette.concurrency import run_in_threadpool

from kg.errors import KgError
from kg.site.model import Holding
from kg.site.web.state import State

_EVERY: Final = 1.0  # seconds


class Live:
    """Gives the state of now."""

    def __init__(
        self,
        opened: Callable[[], Holding],
        mark: Callable[[], object] | None = None,
        every: float = _EVERY,
    ) -> None:
        """Show what `opened` gives, and open it anew when `mark` gives another value."""
        self._open, self._mark, self._every = opened, mark, every
        self._seen = mark() if mark else None
        self._state = State(opened())
        self._looked = time.monotonic()
        self._busy = False

    async def state(self) -> State:
        """Give the state of now; to be used as a context."""
        now = time.monotonic()
        if self._mark is not None and not self._busy and now - self._looked >= self._every:
            self._looked = now
            seen = self._mark()
            if seen != self._seen:
                await self._renew(seen)
        return self._state

    @property
    def older(self) -> bool:
        """Whether what is shown was made by another version."""
        return self._state.holding.older

    def close(self) -> None:
        """End what answers, whoever waits for it."""
        self._state.holding.close()

    async def _renew(self, seen: object) -> None:
        self._busy = True
        try:
            newer = await run_in_threadpool(lambda: State(self._open()))
        except KgError:
            return
        finally:
            self._busy = False
        old, self._state, self._seen = self._state, newer, seen
        old.retire()
