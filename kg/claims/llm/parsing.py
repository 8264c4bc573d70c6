"""From the text of an answer to claims as told: JSON in, one record for each well-formed claim.

One ill-formed claim costs no other; an answer that is no JSON object with a list of claims is a
failure as a whole.
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
        values = json.loads(fenced["inside"] if fenced else answer.content)
    except (ValueError, RecursionError):
        return Failure("malformed", "the answer is not JSON")
    claims = values.get("claims") if isinstance(values, dict) else None
    if not isinstance(claims, list):
        return Failure("malformed", "the answer has no list of claims")
    return tuple(_each(claims[:MOST]))


def _each(claims: list[Any]) -> Iterator[Told | Failure]:
    for number, values in enumerate(claims, start=1):
        try:
            yield from_dict(values, Told, f"claim {number}")
        except RecordError as error:
            yield Failure("malformed", str(error))
