"""Where a quote stands: what a model copied in, whole sentences of the article out.

A quote is widened to its sentences, so that no "denied that" is cut off before it. It must stand
in sentences that are read for claims, one behind the other, and none of them may be objected to.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import Final

from kg.claims.llm.orders import objection
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence

READ: Final = frozenset({"body", "caption"})
SHORTEST: Final = 12  # characters: less is no statement
MOST_PLACES: Final = 100  # of a quote that an article repeats
DATELINE: Final = 60  # characters before the first sentence of a line: "LIMA, June 3 (Agency) - "
MOST_SENTENCES: Final = 3  # the parser may see more of them than a reader does


class Places:
    """The sentences of one article, asked where a quote stands."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.article.text
        self._sentences = reading.sentences
        self._ends = [each.end for each in reading.sentences]

    def of(self, quote: str) -> tuple[Sentence, ...] | str:
        """Give the sentences that a quote stands in, or the reason why there are none."""
        wanted = quote.strip()
        if len(wanted) < SHORTEST:
            return "the quote is too short"
        reason = "the quote does not stand in the text"
        start = self._text.find(wanted)
        for _ in range(MOST_PLACES):
            if start < 0:
                break
            held = self._around(start, start + len(wanted))
            objections = [told for each in held if (told := objection(each, self._text))]
            if held and not objections:
                return held
            reason = objections[0] if objections else reason
            start = self._text.find(wanted, start + 1)
        return reason

    def _around(self, start: int, end: int) -> tuple[Sentence, ...]:
        """Give the sentences around a stretch; none if it holds what is not read for claims."""
        first = last = bisect_right(self._ends, start)
        while last < len(self._ends) and self._sentences[last].start < end:
            last += 1
        held = self._sentences[first:last]
        if not 0 < len(held) <= MOST_SENTENCES or any(each.role not in READ for each in held):
            return ()
        before, behind = self._text[start : held[0].start], self._text[held[-1].end : end]
        whole = "\n" not in before and len(before) <= DATELINE and not _worded(behind)
        gaps = (self._text[one.end : other.start] for one, other in pairwise(held))
        return held if whole and not any(_worded(each) for each in gaps) else ()


def _worded(text: str) -> bool:
    return any(char.isalnum() for char in text)
