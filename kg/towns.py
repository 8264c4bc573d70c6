"""Large cities with all their names: the gazetteer in, tables by names written in a plain way out.

What a plain way is differs from stage to stage, so each brings its own; it is asked for all names
at once, since thousands of names written plainly one by one take longer than everything else that
a small change needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.resources import table

_END: Final = "\n"  # of the names of a city
_NEXT: Final = "|"  # between names
_APART: Final = {_END, _NEXT}


@dataclass(frozen=True, slots=True)
class Town:
    """One row of place-names.csv."""

    name: str
    state: str
    names: tuple[str, ...] = ()


def towns() -> tuple[Town, ...]:
    """Give the cities, in the order of the table."""
    return table("", "place-names.csv", Town)


def written(plainly: Callable[[str], str]) -> Iterator[tuple[Town, list[str]]]:
    """Yield each city with all its names, its own first, as `plainly` writes them.

    It is given many names as one text and has to leave line ends and `|` between them alone.

    >>> next(written(str.upper))[1][0] == towns()[0].name.upper()
    True
    """
    lines = plainly(_names()).split(_END)
    return ((town, line.split(_NEXT)) for town, line in zip(towns(), lines, strict=True))


def each_character(plainly: Callable[[str], str]) -> Callable[[str], str]:
    """Write texts plainly, character by character; each is looked at once.

    >>> each_character(lambda char: char.lower() if char.isalpha() else "")("O'Higgins|Ñuñoa")
    'ohiggins|ñuñoa'
    """

    def write(text: str) -> str:
        plain = {char: char if char in _APART else plainly(char) for char in set(text)}
        return "".join(map(plain.__getitem__, text))

    return write


@cache
def _names() -> str:
    return _END.join(_NEXT.join((town.name, *town.names)) for town in towns())
