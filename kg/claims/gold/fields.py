"""One claim of a gold file in, what is wrong with its fields out: fault and remedy in words.

Legal kinds, roles and values are those of `kg.terms`; states are those of the table of states.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, get_args

from kg.states import blocs, states
from kg.terms import (
    KINDS,
    MODALITIES,
    ROLES,
    ControlStatus,
    ControlType,
    DocumentType,
    MeetingStatus,
    Polarity,
    PositionType,
)

Fault = tuple[str, str]
"""What is wrong, and what to do about it."""

KNOWN: Final = frozenset(
    {"kind", "quote", "start", "end", "roles", "modality", "status", "polarity", "attribution"}
)
DRAFTED: Final = frozenset({"todo", "confidence"})
FILLED: Final = frozenset({"ref", "text"})
TYPES: Final[Mapping[str, Sequence[str]]] = {
    "control": get_args(ControlType),
    "position": get_args(PositionType),
    "document": get_args(DocumentType),
}
STATUSES: Final[Mapping[str, Sequence[str]]] = {
    "meeting": get_args(MeetingStatus),
    "control": get_args(ControlStatus),
}
NUMBERED: Final = frozenset({"ordinal", "share"})
_DIGIT: Final = r"[0-9X]"
_DATE: Final = re.compile(rf"({_DIGIT}{{4}})(?:-({_DIGIT}{{2}})(?:-({_DIGIT}{{2}}))?)?[?~%]?")
_CODE: Final = re.compile(r"[A-Z]{2}")
_SEASONS: Final = range(21, 42)


def is_edtf(value: object) -> bool:
    """Say whether a value is a date in EDTF: of any precision, X for the unknown, or an interval.

    >>> [is_edtf(each) for each in ("2024-06-26", "XXXX-06-26", "1979-22", "2023-03-12/2023-03-13")]
    [True, True, True, True]
    >>> [is_edtf(each) for each in ("26 June 2024", "2024-13", "2023-02-30", 2024)]
    [False, False, False, False]
    """
    if not isinstance(value, str):
        return False
    first, slash, last = value.partition("/")
    if not slash:
        return _is_point(first)
    ends = (first, last)
    return any(map(_is_point, ends)) and all(_is_point(end) or end in {"", ".."} for end in ends)


def claim_faults(claim: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what is wrong with the kind, values, roles and fillers of a claim."""
    kind = claim.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        yield f"kind {_told(kind)} does not exist", f"give one of {_listed(KINDS)}"
        return
    unknown = sorted(map(str, {*claim} - KNOWN - DRAFTED))
    if unknown:
        yield f"unknown field {_listed(unknown)}", f"use {_listed(sorted(KNOWN))}"
    yield from _value_faults(claim, kind)
    roles = claim.get("roles")
    if not isinstance(roles, dict):
        yield "no roles", 'give {"role": [{"ref": …}], …}'
        return
    if not roles and claim.get("polarity") != "negative":  # "no meeting took place" fills none
        yield "no role is filled", "fill one, or take the claim out"
    for role, fillers in roles.items():
        yield from _role_faults(kind, role, fillers, claim.get("quote"))
    yield from _attribution_faults(claim.get("attribution", []))


def _value_faults(claim: Mapping[str, Any], kind: str) -> Iterator[Fault]:
    yield from _closed(claim, kind, "modality", {"commitment": MODALITIES})
    yield from _closed(claim, kind, "status", STATUSES)
    polarity = claim.get("polarity")
    if polarity is not None and polarity not in get_args(Polarity):
        yield f"polarity {_told(polarity)} does not exist", 'give "negative" or leave it out'


def _closed(
    claim: Mapping[str, Any], kind: str, name: str, legal: Mapping[str, Sequence[str]]
) -> Iterator[Fault]:
    """Judge a field that some kinds must have and others must not."""
    value = claim.get(name)
    if kind not in legal:
        if value is not None:
            yield f"{name} is nothing that its kind has", "leave it out"
    elif value is None:
        yield f"no {name}", f"give one of {_listed(legal[kind])}"
    elif value not in legal[kind]:
        yield f"{name} {_told(value)} does not exist", f"give one of {_listed(legal[kind])}"


def _role_faults(kind: Any, role: str, fillers: object, quote: object) -> Iterator[Fault]:
    if role not in ROLES[kind]:
        yield f"{_told(role)} is no role of its kind", f"use {_listed(ROLES[kind])}"
        return
    if not isinstance(fillers, list) or not fillers:
        yield f"role {role} has no fillers", 'give [{"ref": …}] or leave the role out'
        return
    for filler in fillers:
        for what, remedy in _filler_faults(kind, role, filler, quote):
            yield f"{role} {_told(filler)}: {what}", remedy
    if len({repr(filler) for filler in fillers}) < len(fillers):
        yield f"role {role} has a filler twice", "leave one of them out"


def _filler_faults(kind: str, role: str, filler: object, quote: object) -> Iterator[Fault]:
    if not isinstance(filler, dict) or not _has_value(filler):
        yield "says nothing", 'give an object with "ref", "text" or both'
        return
    unknown = sorted(map(str, {*filler} - FILLED))
    if unknown:
        yield f"unknown field {_listed(unknown)}", 'use "ref" and "text"'
    ref, text = filler.get("ref"), filler.get("text")
    if role == "type":
        if (text or ref) not in TYPES[kind]:
            yield "no such type", f"give one of {_listed(TYPES[kind])}"
        return
    if role == "date" and not is_edtf(ref):
        yield "its ref is no EDTF date", "write 2024-06-26, 2024-06, XXXX-06-26 or an interval"
    if role in NUMBERED and (isinstance(ref, bool) or not isinstance(ref, int | float)):
        yield "its ref is no number", 'write {"ref": 4}'
    if isinstance(ref, str) and _CODE.fullmatch(ref) and not (ref in states() or ref in blocs()):
        yield f"{ref} is the code of no state", "give ISO 3166-1 alpha-2, or a name"
    if text is not None and isinstance(quote, str) and str(text) not in quote:
        yield "its text is not in the quote", "copy the words of the quote, or give a ref alone"


def _has_value(filler: Mapping[str, Any]) -> bool:
    """Say whether a filler has a ref or a text, both of a kind that can be compared."""
    ref, text = filler.get("ref"), filler.get("text")
    legal = isinstance(ref, str | int | float | None) and isinstance(text, str | None)
    return legal and any(each not in (None, "") for each in (ref, text))


def _attribution_faults(cited: object) -> Iterator[Fault]:
    if not isinstance(cited, list):
        yield "attribution is no list", 'give [{"ref": …}] or leave it out'
        return
    for each in cited:
        if not isinstance(each, dict) or not _has_value(each) or {*each} - FILLED:
            yield f"attribution {_told(each)} says nothing", 'give {"ref": "who is cited"}'


def _is_point(text: str) -> bool:
    found = _DATE.fullmatch(text)
    if not found:
        return False
    year, month, day = found.groups()
    if month and "X" not in month and not 1 <= int(month) <= 12:
        return int(month) in _SEASONS and day is None
    if not day or "X" in day:
        return True
    if not month or "X" in month:
        return 1 <= int(day) <= 31
    leap = "X" in year or year == "0000"
    return 1 <= int(day) <= monthrange(2000 if leap else int(year), int(month))[1]


def _told(value: object) -> str:
    """Show a value of a file in a message, however long or odd it is."""
    if isinstance(value, dict):
        value = value.get("text") or value.get("ref") or value
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:59]}…"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(name if len(name) <= 40 else f"{name[:39]}…" for name in names[:20])
