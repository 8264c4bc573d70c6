"""Names of persons in one article: wordings in, which of them are one person's out."""

from __future__ import annotations

import re
from collections.abc import Iterable


def words(name: str) -> tuple[str, ...]:
    """Give the words of a name that tell persons apart, in lower case.

    >>> words("Joseph R. Biden, Jr.")
    ('joseph', 'biden')
    """
    plain = name.replace("’", "'").lower()
    parts = [part.strip(".,'") for part in re.split(r"[\s,]+", plain)]
    return tuple(part for part in parts if len(part) > 1 and part not in {"jr", "sr", "ii", "iii"})


def fullest(names: Iterable[str]) -> dict[str, str]:
    """Give for each name of an article the fullest name of the same person in it.

    A single word goes with the name that last came before it, else with the only one after.
    """
    order: list[str] = []
    for name in names:
        if name not in order:
            order.append(name)
    groups: list[list[str]] = []
    for name in sorted(order, key=lambda each: -len(words(each))):
        group = next((g for g in groups if any(_same(name, other) for other in g)), None)
        if group is None:
            groups.append([name])
        else:
            group.append(name)
    result: dict[str, str] = {}
    for group in groups:
        best = max(group, key=lambda each: (len(words(each)), len(each), -order.index(each)))
        result.update(dict.fromkeys(group, best))
    return result


def _same(one: str, other: str) -> bool:
    """Tell whether two names of one article can be one person's."""
    left, right = words(one), words(other)
    if not left or not right:
        return False
    if set(left) <= set(right) or set(right) <= set(left):
        return True
    return (
        len(left) > 1
        and len(right) > 1
        and left[-1] == right[-1]
        and _initial_of(left[0], right[0])
    )


def _initial_of(one: str, other: str) -> bool:
    """Tell whether one first name can be the other's initial or short form: "Joe", "Joseph"."""
    return one[:2] == other[:2] or (min(len(one), len(other)) == 1 and one[:1] == other[:1])
