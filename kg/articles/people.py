"""The list of names behind a `by` in, the people out.

A name is two to five capitalised words, particles aside; a single word counts only where it
is the whole list. What is a desk, an office or a phrase gives nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.articles.dates import words

LONGEST_NAME: Final = 5  # words
NAME: Final = re.compile(
    r"(?:(?!\s+and\s|\s*[,&;(]|\s+(?:in|for|at|of|on|with|from)(?:\s|$)|\s[-–—]\s).)+",
    re.IGNORECASE,
)
JOINT: Final = re.compile(r"\s*(?:,\s*and\s+|\s+and\s+|[,&;])\s*", re.IGNORECASE)
WORD: Final = re.compile(r"[^\W\d_][\w.'’-]*")


def people_in(listed: str) -> list[tuple[int, int]]:
    """Give start and end of each name, up to the first words that are none.

    >>> listed = "Ann Lee and Bo van den Berg, Chief Editor, in Oran"
    >>> [listed[start:end] for start, end in people_in(listed)]
    ['Ann Lee', 'Bo van den Berg']
    >>> people_in("Land and Sea")
    []
    """
    names = list(_names(listed))
    alone = len(names) == 1 and not JOINT.match(listed, names[0][1])
    kept = []
    for start, end in names:
        if not is_person(listed[start:end], alone=alone):
            break
        kept.append((start, end))
    return kept


def is_person(name: str, *, alone: bool = False) -> bool:
    """Tell whether the words are a name: capitals and particles, no digits, no desk."""
    parts, known = name.split(), words()
    if not (1 if alone else 2) <= len(parts) <= LONGEST_NAME or is_desk(name):
        return False
    return all(
        WORD.fullmatch(part) and (not part[0].islower() or part in known.particles)
        for part in parts
    )


def is_desk(name: str) -> bool:
    """Tell whether the words name an office or an outlet rather than a person.

    >>> is_desk("Staff Writer"), is_desk("Ann Lee")
    (True, False)
    """
    parts = name.lower().split()
    return bool(parts) and parts[-1].rstrip("s") in {
        word.rstrip("s") for word in words().organisations
    }


def _names(listed: str) -> Iterator[tuple[int, int]]:
    at = 0
    while found := NAME.match(listed, at):
        end = found.start() + len(found[0].rstrip())
        yield found.start(), end
        joint = JOINT.match(listed, end)
        if not joint:
            return
        at = joint.end()
