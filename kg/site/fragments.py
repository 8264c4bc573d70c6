"""Links that open a page at a sentence: an address and a quotation in, an address out.

Browsers that know text fragments scroll to the words and mark them; others open the page. A long
quotation is named by its first and last words, since a page may break it up.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlsplit

WHOLE: Final = 8  # a quotation of so many words is named whole
_ENDS: Final = 4
_MARK: Final = ":~:text="


def at_sentence(address: str, quotation: str) -> str:
    """Give the address of a page at a quotation in it.

    >>> at_sentence("https://a.example/x", "Well-known, & so on")
    'https://a.example/x#:~:text=Well%2Dknown%2C%20%26%20so%20on'
    """
    lines = [words for line in quotation.splitlines() if (words := line.split())]
    if not lines:
        return address
    words = [word for line in lines for word in line]
    if len(lines) == 1 and len(words) <= WHOLE:
        told = _encoded(words)
    else:
        first, last = lines[0][:_ENDS], lines[-1][-_ENDS:]
        told = f"{_encoded(first)},{_encoded(last)}"
    mark = _MARK if urlsplit(address).fragment else "#" + _MARK
    return address.removesuffix("#") + mark + told


def _encoded(words: list[str]) -> str:
    """Encode words so that no comma, dash or ampersand is read as a part of the syntax."""
    return quote(" ".join(words), safe="", errors="replace").replace("-", "%2D")
