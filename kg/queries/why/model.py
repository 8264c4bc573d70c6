"""What an account of something is made of: branches that a person reads and a program, too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

SHOWN: Final = 5
"""How many of a list are shown unless all are asked for."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One line of an account, and what hangs on it.

    `text` is for a person, `kind` and `facts` say the same to a program; `more` counts what was
    left out below it.
    """

    text: str
    kind: str = "note"
    iri: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    branches: tuple[Branch, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of a list an account shows; None shows all of it."""

    shown: int | None = SHOWN

    def of(self, items: Iterable[Any], times: int = 1) -> tuple[list[Any], int]:
        """Give the first of the items, and how many are left out.

        >>> Extent(2).of("abc"), Extent(None).of("abc")
        ((['a', 'b'], 1), (['a', 'b', 'c'], 0))
        """
        found = list(items)
        kept = found if self.shown is None else found[: self.shown * times]
        return kept, len(found) - len(kept)


def section(
    text: str, kind: str, branches: Iterable[Branch], more: int = 0, **facts: Any
) -> tuple[Branch, ...]:
    """Put branches under a heading; without branches there is none."""
    below = tuple(branches)
    return (Branch(text, kind, None, facts, below, more),) if below else ()


def plain_data(branch: Branch) -> dict[str, Any]:
    """Give an account as JSON has it, without what is empty.

    >>> plain_data(Branch("Ann Lee", "person"))
    {'kind': 'person', 'text': 'Ann Lee'}
    """
    told: dict[str, Any] = {"kind": branch.kind, "text": branch.text, "iri": branch.iri}
    told |= {"facts": dict(branch.facts), "more": branch.more}
    told["branches"] = [plain_data(each) for each in branch.branches]
    return {name: value for name, value in told.items() if value}


def counted(number: int, noun: str) -> str:
    """Give a number of things in words.

    >>> counted(1, "article"), counted(1200, "claim")
    ('1 article', '1,200 claims')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
