"""Days and towns by the order of words, where the parser hangs them amiss.

The one day of a sentence of one clause is that of its meeting; what stands behind "after one in"
is another meeting's.
"""

from __future__ import annotations

import re
from typing import Final

from kg.claims.model import Filler
from kg.claims.occasions import Occasion
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence

OTHER: Final = re.compile(r"\b(?:after|following|before|since|than) (?:one|another)\b[^,;:]*$")


def of_another(sentence: Sentence, filler: Filler) -> bool:
    """Tell whether a day or a town is another meeting's: "the second, after one in Lima"."""
    before = sentence.text[: max((filler.start or sentence.start) - sentence.start, 0)]
    return OTHER.search(before) is not None


def only_day(reading: Reading, sentence: Sentence, occasion: Occasion) -> tuple[Filler, ...]:
    """Give the one day that a sentence of one clause tells: "held talks on a pact on Sunday"."""
    verbs = [t for t in sentence.tokens if t.pos_ == "VERB"]
    verb, dates = occasion.verb, reading.dates(sentence)
    if verb is None or verb.dep_ != "ROOT" or len(verbs) != 1 or len(dates) != 1:
        return ()
    start = dates[0].start
    for token in sentence.tokens[1:]:
        at = sentence.place(token.i, token.i + 1)[0]
        if at == start and token.i > verb.i and token.nbor(-1).lower_ == "on":
            return dates
    return ()
