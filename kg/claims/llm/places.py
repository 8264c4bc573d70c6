"""Where a quote stands: what a model copied in, whole sentences of the article out.

A quote is widened to its sentences, so that no "denied that" is cut off before it. It must stand
in sentences that are read for claims, one behind the other, and none of them may be objected to.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from kg.claims.llm.orders import objection
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence

READ: Final = frozenset({"body", "caption"})
SHORTEST: Final = 12  # characters: less is no statement
MOST_SENTENCES: Final = 3  # the parser may see more of them than a reader does


def place_of(reading: Reading, quote: str) -> tuple[Sentence, ...] | str:
    """Give the sentences that a quote stands in, or the reason why there are none."""
    wanted = quote.strip()
    if len(wanted) < SHORTEST:
        return "the quote is too short"
    reason = "the quote does not stand in the text"
    for group in _groups(reading):
        start = reading.article.text.find(wanted, group[0].start, group[-1].end)
        if start < 0:
            continue
        end = start + len(wanted)
        held = tuple(each for each in group if each.start < end and start < each.end)
        objections = [told for each in held if (told := objection(each, reading.article.text))]
        if not objections:
            return held
        reason = objections[0]
    return reason


def _groups(reading: Reading) -> Iterator[tuple[Sentence, ...]]:
    """Yield the sentences that are read for claims: each, then runs of two and of three."""
    found = [each for each in reading.sentences if each.role in READ]
    for length in range(1, MOST_SENTENCES + 1):
        for first in range(len(found) - length + 1):
            group = tuple(found[first : first + length])
            if all(_adjoin(reading.article.text, *pair) for pair in pairwise(group)):
                yield group


def _adjoin(text: str, first: Sentence, second: Sentence) -> bool:
    between = text[first.end : second.start]
    return second.index == first.index + 1 and not any(char.isalnum() for char in between)
