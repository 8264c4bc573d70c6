"""What all steps of one update look things up in: mappings that ask shelves only for what is asked.

Shelves, indexes and the view of identity in; read-only mappings out, that keep at hand what has
been asked for as long as the update lasts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar

Answer = TypeVar("Answer")


_KEPT: Final = 32_768  # answers at hand


class Asked(Mapping[str, Answer]):
    """A mapping that asks for each key once, or seldom; what has no answer is not in it."""

    def __init__(self, ask: Callable[[str], Answer | None]) -> None:
        self._ask = ask
        self._known: dict[str, Answer | None] = {}

    def get(self, key: str, default: Any = None) -> Any:
        """Give the answer for a key: asked often, so told without raising anything."""
        known = self._known
        answer = known[key] if key in known else self._answer(key)
        return default if answer is None else answer

    def __getitem__(self, key: str) -> Answer:
        answer = self._answer(key)
        if answer is None:
            raise KeyError(key)
        return answer

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._answer(key) is not None

    def __iter__(self) -> Iterator[str]:
        """Yield what has been asked for and was there; nobody knows what else there is."""
        return (key for key, answer in self._known.items() if answer is not None)

    def __len__(self) -> int:
        return sum(answer is not None for answer in self._known.values())

    def _answer(self, key: str) -> Answer | None:
        if key in self._known:
            return self._known[key]
        answer = self._ask(key)
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[key] = answer
        return answer
