"""Names of persons in one article: wordings in, which of them are one person's out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache


@lru_cache(maxsize=4096)
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
    order = {name: at for at, name in enumerate(dict.fromkeys(names))}
    groups: list[list[str]] = []
    places: defaultdict[str, set[int]] = defaultdict(set)  # of groups, by the words in them
    for name in sorted(order, key=lambda each: -len(words(each))):
        at = next((i for i in _near(name, places) if _of_group(name, groups[i])), len(groups))
        if at == len(groups):
            groups.append([])
        groups[at].append(name)
        for word in _keys(name):
            places[word].add(at)
    result: dict[str, str] = {}
    for group in groups:
        best = max(group, key=lambda each: (len(words(each)), len(each), -order[each]))
        result.update(dict.fromkeys(group, best))
    return result


def _near(name: str, places: Mapping[str, set[int]]) -> list[int]:
    """Give the groups that a name can belong to, in order: with its last word, or with oddities."""
    last = words(name)[-1:]
    return sorted({*(places[last[0]] if last and last[0] in places else ()), *places.get("", ())})


def _keys(name: str) -> tuple[str, ...]:
    """Give the words by which a name is found, and none for one that says a word twice."""
    own = words(name)
    return own if len(set(own)) == len(own) else (*own, "")


def _of_group(name: str, group: Iterable[str]) -> bool:
    return any(_same(name, other) for other in group)


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
