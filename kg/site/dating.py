"""Dates as a reader sees them: EDTF in, words out, also where a part of the date is not known."""

from __future__ import annotations

import re
from typing import Final

from kg.edtf import worded

_DAY_ONLY: Final = re.compile(r"XXXX-XX-(\d{2})")
_ONE_OF: Final = re.compile(r"\[(\.\.)?([^,\]\[]*?)(\.\.)?([^,\]\[.]*)\]")
_DOUBT: Final = {"?": " (perhaps)", "~": " (about)", "%": " (perhaps, about)"}


def told(edtf: str) -> str:
    """Write a date out.

    >>> told("2024-06-26"), told("XXXX-XX-26"), told("[2023-08..]"), told("2024-06?")
    ('26 June 2024', 'the 26th, month not known', 'August 2023 or later', 'June 2024 (perhaps)')
    >>> told("[..2024]"), told("2023-08/.."), told("soon")
    ('2024 or earlier', 'from August 2023', 'soon')
    """
    day = _DAY_ONLY.fullmatch(edtf)
    if day:
        return f"the {_ordinal(int(day[1]))}, month not known"
    one_of = _ONE_OF.fullmatch(edtf)
    if one_of:
        return _one_of(one_of)
    if edtf[-1:] in _DOUBT and edtf[:-1]:
        return worded(edtf[:-1]) + _DOUBT[edtf[-1]]
    first, slash, last = edtf.partition("/")
    if slash and last in {"", ".."}:
        return f"from {worded(first)}"
    if slash and first in {"", ".."}:
        return f"until {worded(last)}"
    return worded(edtf)


def _one_of(found: re.Match[str]) -> str:
    if found[1]:
        return f"{worded(found[2] + found[4])} or earlier"
    if found[3] and not found[4]:
        return f"{worded(found[2])} or later"
    if found[3]:
        return f"between {worded(found[2])} and {worded(found[4])}"
    return worded(found[2] + found[4])


def _ordinal(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    is_teen = 10 < number % 100 < 14
    return f"{number}{'th' if is_teen else endings.get(number % 10, 'th')}"
