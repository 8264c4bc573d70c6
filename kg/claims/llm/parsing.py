"""From the text of an answer to claims as told: JSON in, one record for each well-formed claim.

One ill-formed claim costs no other; an answer that is no JSON object with a list of claims, or that
says two things under one name, is a failure as a whole. Claims beyond the limit are told, not lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from kg.claims.llm.model import Answer, Failure, Told
from kg.errors import RecordError
from kg.records import from_dict

FENCE: Final = re.compile(r"\A\s*```(?:json)?\s*\n(?P<inside>.*)\n\s*```\s*\Z", re.DOTALL)
MOST: Final = 500  # claims of one answer


def told_in(answer: Answer) -> tuple[Told | Failure, ...] | Failure:
    """Read the claims of an answer, each by itself; a failure if it is none."""
    if answer.truncated:
        return Failure("truncated", "the answer was cut off")
    fenced = FENCE.match(answer.content)
    try:
        values = json.loads(
            fenced["inside"] if fenced else answer.content,
            object_pairs_hook=_object,
            parse_constant=_no_number,
        )
    except (ValueError, RecursionError):
        return Failure("malformed", "the answer is not JSON")
    claims = values.get("claims") if isinstance(values, dict) else None
    if not isinstance(claims, list):
        return Failure("malformed", "the answer has no list of claims")
    left = len(claims) - MOST
    beyond = (Failure("malformed", f"{left:,} claims beyond the {MOST} of an answer"),)
    return (*_each(claims[:MOST]), *(beyond if left > 0 else ()))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a name is given twice")
    return dict(pairs)


def _no_number(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _each(claims: list[Any]) -> Iterator[Told | Failure]:
    for number, values in enumerate(claims, start=1):
        try:
            yield from_dict(values, Told, f"claim {number}")
        except RecordError as error:
            yield Failure("malformed", str(error))
