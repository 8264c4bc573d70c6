"""Labels of pictures: a text in, one that fits and can still be told from its neighbours out."""

from __future__ import annotations

import re
from typing import Final

_ASIDE: Final = re.compile(r" \([^()]*\)$")


def shortened(text: str, letters: int) -> str:
    """Leave out what stands in brackets at the end, then words in the middle, of what is long.

    >>> shortened("Joint statement of Norway and Sweden, 26 June 2031", 30)
    'Joint … Sweden, 26 June 2031'
    """
    text = _ASIDE.sub("", text) if len(text) > letters else text
    if len(text) <= letters:
        return text
    room = letters // 3
    head = text[:room].rpartition(" ")[0] or text[:room]
    rest = text[len(head) + 3 - letters :]
    tail = rest.partition(" ")[2] if " " in rest[:-1] else rest
    return f"{head} … {tail.strip() or rest}"
