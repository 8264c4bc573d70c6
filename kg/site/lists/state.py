"""What an address says of a list, and the address that says it: one way to write each state."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import quote, unquote, urlencode

from kg.edtf import bounds
from kg.errors import QueryError
from kg.site.lists.model import Listed
from kg.site.model import Asked

_DATE: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}")
_KEYS: Final = "/:-._~"  # left as they stand in a key; a comma parts keys


@dataclass(frozen=True, slots=True)
class State:
    """Which entries are chosen, in which order, and which page of them is shown."""

    spec: Listed
    chosen: Mapping[str, tuple[str, ...]]  # by facet, the keys; of a number, the least
    first: str = ""  # dates from
    last: str = ""  # dates to
    words: str = ""
    order: str = ""  # "" for that of the list
    number: int = 1  # of the page

    @property
    def query(self) -> str:
        """Write what follows the question mark of its address.

        Keys of one facet are parted by commas; what is as usual is not said.
        """
        said: list[tuple[str, str]] = [
            (name, ",".join(quote(key, safe=_KEYS) for key in keys))
            for name, keys in self.chosen.items()
            if keys
        ]
        said += [("from", self.first), ("to", self.last), ("q", self.words), ("sort", self.order)]
        said.append(("page", str(self.number) if self.number > 1 else ""))
        return urlencode([pair for pair in said if pair[1]], safe=_KEYS + ",")

    def toggled(self, name: str, key: str) -> State:
        """Add a key to a facet, or take it away; a number has one key at most."""
        had = self.chosen.get(name, ())
        field = self.spec.field(name)
        if key in had:
            keys = tuple(each for each in had if each != key)
        elif field is not None and field.form in {"number", "count", "yes"}:
            keys = (key,)
        else:
            keys = tuple(sorted({*had, key}))
        return self._with(name, keys)

    def _with(self, name: str, keys: tuple[str, ...]) -> State:
        return replace(self, chosen={**self.chosen, name: keys}, number=1)

    def turned(self, number: int) -> State:
        """Go to another page."""
        return replace(self, number=number)

    def sorted(self, order: str) -> State:
        """Give the same entries in another order."""
        return replace(self, order="" if order == self.spec.order else order, number=1)

    def narrowed(self, first: str = "", last: str = "", words: str = "") -> State:
        """Give the same choice with other dates and words."""
        return replace(self, first=first, last=last, words=words, number=1)

    @property
    def range(self) -> tuple[date | None, date | None]:
        """The days between which dates may lie."""
        first = bounds(self.first) if self.first else None
        last = bounds(self.last) if self.last else None
        return first[0] if first else None, last[1] if last else None


def state_of(spec: Listed, asked: Asked) -> State:
    """Read an address; what it does not know is passed over, what it cannot read is an error."""
    chosen = {
        each.name: tuple(
            sorted({unquote(key) for key in _said(asked, each.name).split(",") if key})
        )
        for each in spec.fields
        if each.facet and each is not spec.date
    }
    for field in spec.fields:
        if field.form in {"number", "count"} and field.name in chosen:
            for key in chosen[field.name]:
                _number(field.name, key)
    state = State(
        spec,
        chosen,
        first=_date("from", _said(asked, "from")),
        last=_date("to", _said(asked, "to")),
        words=" ".join(_said(asked, "q").split()),
        number=_number("page", _said(asked, "page") or "1"),
    )
    return state.sorted(_order(spec, _said(asked, "sort"))).turned(state.number)


def _said(asked: Asked, name: str) -> str:
    return asked.get(name, "").strip()


def _date(name: str, text: str) -> str:
    if text and (not _DATE.fullmatch(text) or bounds(text) is None):
        raise QueryError(f"{name}={text}", "is no date; give YYYY-MM-DD, YYYY-MM or YYYY")
    return text


def _number(name: str, text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise QueryError(f"{name}={text}", "is no number from 1 on; give digits")
    return int(text)


def _order(spec: Listed, text: str) -> str:
    known = ["name", *(each.name for each in spec.fields if each.sort)]
    if text and text.removeprefix("-") not in known:
        raise QueryError(f"sort={text}", f"cannot be sorted by that; give {', '.join(known)}")
    return text or spec.order
