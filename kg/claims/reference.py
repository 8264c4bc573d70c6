"""Who a noun phrase stands for: what was named so far in, actors out.

The rules are those that settled every case in the texts they were measured on: a plural goes with
the latest set of participants of fitting number, "it" and "the country" with the last subject
that is a state, a title with the person who was given it, a surname with the full name.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from spacy.tokens import Token

from kg.claims.heads import once
from kg.claims.model import Filler
from kg.resources import lexicon

Part = Literal["subject", "clause", "listed", "named"]  # of the sentence, or of a clause in it
SINGULAR: Final = frozenset({"it", "its", "itself"})
PLURAL: Final = frozenset({"they", "their", "them", "themselves", "both", "theirs"})
ONE: Final = frozenset({"he", "she", "his", "her", "him", "himself", "herself"})
SELF: Final = frozenset({"i", "me", "my", "myself", "mine"})
FIRST: Final = frozenset({"we", "our", "us", "ours", "ourselves"})
MEMORY: Final = 300  # turns back: as far as a reader would go
NEAR: Final = 5  # subjects back
FAR: Final = 1 << 40  # behind the end of any text
STATES: Final = frozenset({"state", "bloc"})


@dataclass(frozen=True, slots=True)
class Nouns:
    """The data of `reference.yaml`."""

    governments: frozenset[str]
    states: frozenset[str]
    persons: frozenset[str]
    state: frozenset[str]
    documents: frozenset[str]
    joint: frozenset[str]
    numbers: Mapping[str, int]
    saying: frozenset[str]
    staff: frozenset[str]
    ruling: frozenset[str]
    realms: frozenset[str]
    bodies: frozenset[str]


@cache
def nouns() -> Nouns:
    """Give the lexicon of nouns that stand for somebody named elsewhere."""
    words: Nouns = lexicon("claims", "reference.yaml", Nouns)
    return words


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody was named at `offset`: as a subject, as a list of several, or in passing."""

    offset: int
    part: Part
    fillers: tuple[Filler, ...]
    document: bool = False
    unnamed: bool = False  # somebody without a name speaks: "a trader said"

    @property
    def sort(self) -> str:
        """Give the type that all its fillers share: "state" for states and blocs."""
        sorts = {"state" if filler.type in STATES else str(filler.type) for filler in self.fillers}
        return sorts.pop() if len(sorts) == 1 else "mixed"


def _offset(turn: Turn) -> int:
    return turn.offset


class Trail:
    """Who was named so far, in text order; asked for what a later phrase refers to."""

    def __init__(self) -> None:
        self._turns: list[Turn] = []

    def add(self, turn: Turn) -> None:
        """Take note of a turn; turns come in any order within a sentence."""
        if turn.fillers or turn.document or turn.unnamed:
            insort(self._turns, turn, key=_offset)

    def before(self, offset: int) -> list[Turn]:
        """Give the turns before an offset, latest first."""
        end = bisect_left(self._turns, offset, key=_offset)
        return self._turns[max(0, end - MEMORY) : end][::-1]

    def one_thing(self, offset: int, since: int = FAR) -> Turn | None:
        """Find what "it" is: the last subject that is one state, body or document.

        From the offset `since` on, the subjects of clauses count as well.
        """
        for turn in self.before(offset):
            inside = turn.part == "clause" and turn.offset >= since and not turn.document
            if turn.part != "subject" and not inside:
                continue
            if turn.document or (len(turn.fillers) == 1 and turn.sort != "person"):
                return turn
        return self._last(offset, 1, {"state", "organisation"})

    def several(self, offset: int) -> Turn | None:
        """Find who "they" are: the last plural subject, if not far back, else the last list."""
        before = self.before(offset)
        subjects = [turn for turn in before if turn.part == "subject"][:NEAR]
        lists = [turn for turn in before if turn.part in {"clause", "listed"}]
        for turn in (*subjects, *lists):
            if len(turn.fillers) > 1 and not turn.document:
                return turn
        for turn in self.before(offset):
            if turn.part == "subject" and turn.sort in {"organisation", "state"}:
                return turn
        return None

    def pair(self, offset: int) -> Turn | None:
        """Find the last two named together: "the former", "the latter"."""
        return next((turn for turn in self.before(offset) if len(turn.fillers) == 2), None)

    def one_person(self, offset: int, since: int = FAR) -> Turn | None:
        """Find who "he" or "she" is: the last subject that is one person, else the last named.

        Where the sentence, from the offset `since` on, names one person alone, it is that one.
        """
        inside = [turn for turn in self.before(offset) if turn.offset >= since]
        alone = once(each for turn in inside for each in turn.fillers if turn.sort == "person")
        if len(alone) == 1 and not any(turn.unnamed for turn in inside):
            return Turn(offset, "listed", alone)
        for turn in self.before(offset)[:12]:
            if turn.unnamed:
                return None
            if turn.part == "subject" and len(turn.fillers) == 1 and turn.sort == "person":
                return turn
        return self._last(offset, 1, {"person"})

    def set_of(self, offset: int, number: int | None, sort: str) -> Turn | None:
        """Find the last set of `number` states or persons (any of two or more without one)."""
        return self._last(offset, number, {sort}) if number else self._many(offset, {sort})

    def single(self, offset: int, sort: str) -> Turn | None:
        """Find the last single subject of a sort, else the last one named."""
        for turn in self.before(offset):
            if turn.part == "subject" and len(turn.fillers) == 1 and turn.sort == sort:
                return turn
        return self._last(offset, 1, {sort})

    def named(self, offset: int, sort: str) -> list[Filler]:
        """Give all fillers of a sort before an offset, latest first, each once."""
        found: dict[str, Filler] = {}
        for turn in self.before(offset):
            for filler in turn.fillers:
                if filler.type == sort:
                    found.setdefault(filler.value, filler)
        return list(found.values())

    def _last(self, offset: int, number: int, sorts: set[str]) -> Turn | None:
        for turn in self.before(offset):
            if len(turn.fillers) == number and turn.sort in sorts and not turn.document:
                return turn
        return None

    def _many(self, offset: int, sorts: set[str]) -> Turn | None:
        for turn in self.before(offset):
            if len(turn.fillers) > 1 and turn.sort in sorts and not turn.document:
                return turn
        return None


def number_of(head: Token) -> int | None:
    """Give how many a noun phrase says that it means: "both sides" 2, "the three states" 3.

    A plural without a number gives None.
    """
    for child in head.lefts:
        if child.lower_ in nouns().numbers:
            return nouns().numbers[child.lower_]
    return nouns().numbers.get(head.lemma_.lower())


def is_plural(head: Token) -> bool:
    """Tell whether a noun is in the plural, also where a capital misleads: "The Ministers"."""
    if head.tag_ in {"NNS", "NNPS"} or head.lower_ in {"trio", "pair", "duo"}:
        return True
    return head.tag_ == "NNP" and _capital_plural(head)


def lemma_of(head: Token) -> str:
    """Give the lemma of a noun; the parser has none for "The Ministers"."""
    word: str = head.lemma_.lower()
    capital = head.tag_ in {"NNP", "NNPS"} and _capital_plural(head)
    return head.lower_[:-1] if capital else word


def _capital_plural(head: Token) -> bool:
    low: str = head.lower_
    return low.endswith("s") and low[:-1] in nouns().persons


def is_definite(head: Token) -> bool:
    """Tell whether a noun phrase points back: "the", "these", "both", "their"."""
    back = {
        *("the", "this", "that", "these", "those", "both", "all", "each", "respective"),
        *("their", "its", "our"),
    }
    edge = head.left_edge  # "their trade and industry ministers", where it hangs on the first noun
    loose = edge.lower_ in back and edge.head.dep_ in {"nmod", "compound", "amod"}
    return loose or any(child.lower_ in back for child in head.lefts)


def is_document(head: Token) -> bool:
    """Tell whether a noun is a document that can say things: "the statement"."""
    return head.lemma_.lower() in nouns().documents and head.pos_ in {"NOUN", "PROPN"}


def is_bare_number(head: Token) -> bool:
    """Tell whether a number or set stands for those it counts: "the two", "the pair"."""
    counts = head.tag_ == "CD" or head.lower_ in {"pair", "duo", "trio", "quartet"}
    nothing = not any(c.dep_ in {"prep", "nummod", "compound"} for c in head.children)
    return counts and nothing and head.lower_ in nouns().numbers
