"""The wordings in which one proposition is reported: its claims in, groups of one wording each out.

None is *the* quotation: a sentence of a statement in three translations is three wordings of one
proposition, each with its own sources. Copies of one wording are one, whatever their spacing,
quotation marks and small slips.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from rapidfuzz import fuzz

from kg.events.independence import Independence
from kg.events.model import Wording
from kg.events.reading import Reading
from kg.terms import Kind

WORDED: Final[frozenset[Kind]] = frozenset({"utterance", "commitment", "concern"})
_ALIKE: Final = 92  # per cent of letters that two copies of one wording share
_COMPARED: Final = 40  # wordings at most that are compared letter by letter


def wordings_of(
    kind: Kind, readings: Iterable[Reading], independence: Independence
) -> tuple[Wording, ...]:
    """Give the wordings of one event, the most reported first; none where there is but one."""
    if kind not in WORDED:
        return ()
    by_words: defaultdict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_words[" ".join(re.findall(r"\w+", reading.quote.casefold()))].append(reading)
    groups = _joined(sorted(by_words.items()))
    if len(groups) < 2:
        return ()
    found = [
        Wording(
            claims=tuple(sorted(each.id for each in own)),
            articles=tuple(sorted({each.article for each in own})),
            independent=independence.count(own),
        )
        for own in groups
    ]
    return tuple(
        sorted(found, key=lambda each: (-each.independent, -len(each.articles), each.claims))
    )


def _joined(worded: Sequence[tuple[str, list[Reading]]]) -> list[list[Reading]]:
    """Put copies with slips to the first wording that they are a copy of."""
    firsts: list[tuple[str, list[Reading]]] = []
    for words, own in worded:
        near = next(
            (
                known
                for first, known in firsts[:_COMPARED]
                if fuzz.ratio(words, first, score_cutoff=_ALIKE)
            ),
            None,
        )
        if near is None:
            firsts.append((words, list(own)))
        else:
            near += own
    return [own for _, own in firsts]
