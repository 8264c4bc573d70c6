"""Noun phrases cut to the name of a thing: a noun in, the tokens of its name out.

Kept are the words before the noun that name it ("critical mineral supply chains"); left out are
articles, possessors and adjectives that praise, grade or date it. A short "of" phrase belongs to
the name of an action ("freedom of navigation").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kg.claims.offices import singular
from kg.claims.thing_words import known, words
from kg.states import demonyms

KNOWN: Final = 3
NAMED: Final = 2  # a compound, or a noun with an adjective that names
PLAIN: Final = 1
VAGUE: Final = 0
NO_THINGS: Final = frozenset(
    [
        "DATE",
        "TIME",
        "GPE",
        "LOC",
        "FAC",
        "PERSON",
        "NORP",
        "CARDINAL",
        "MONEY",
        "PERCENT",
        "ORDINAL",
        "QUANTITY",
    ]
)
NAMES: Final = frozenset(("GPE", "LOC", "FAC", "PERSON", "NORP"))
NO_NAMES: Final = frozenset(("GPE", "NORP", "DATE", "CARDINAL", "ORDINAL"))
NAMING: Final = frozenset(
    ["compound", "amod", "nmod", "nummod", "npadvmod", "punct", "cc", "conj", "dep", "quantmod"]
)
NO_POS: Final = frozenset(("DET", "PRON", "NUM", "PART", "ADV"))
NO_TAG: Final = frozenset(("JJR", "JJS", "CD", "POS", "PDT", "SYM"))
JOINTS: Final = frozenset(("-", "/", "–"))
MARKS: Final = frozenset((",", "(", ")", "%", ":", ";", "—"))
LEANING: Final = ("reliance", "dependence", "dependency")  # take their "on" phrase too
FARTHEST: Final = 5  # tokens that an "of" phrase may be long


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase cut to its name: token positions, and how well it names something."""

    first: int
    last: int  # one past the end
    rank: int


def name_span(head: Token) -> tuple[int, int]:
    """Give the tokens that name the thing of a noun: its naming modifiers and itself."""
    doc, first, start = head.doc, head.i, head.left_edge.i
    while first > start and _names(doc[first - 1], head):
        first -= 1
    for longer in range(start, first):
        if known(doc[longer : head.i + 1].text):
            return longer, head.i + 1
    while first < head.i and (doc[first].is_punct or doc[first].dep_ == "cc"):
        first += 1
    return first, head.i + 1


def phrase_of(noun: Token) -> Phrase | None:
    """Cut a noun phrase to its name; None where it names nothing."""
    if noun.pos_ in ("PRON", "NUM", "ADV") or noun.tag_ == "WDT":
        return None
    first, last = name_span(noun)
    if noun.doc[first].lower_ in words().general and _is_material(noun.doc[first + 1 : last].text):
        first += 1
    rank = _rank(noun, first)
    return None if rank is None else Phrase(first, last, rank)


def with_of(noun: Token, phrase: Phrase) -> Phrase | None:
    """Take in a short "of" phrase after a noun of action ("freedom of navigation")."""
    row = known(noun.doc[phrase.first : phrase.last].text)
    if phrase.rank == VAGUE or (row is not None and row.family != "subject"):
        return None
    joining = ("of", "on", "upon") if noun.lower_.endswith(LEANING) else ("of",)
    behind = noun.nbor(1) if noun.i + 1 < len(noun.doc) else noun
    if behind.head != noun or behind.dep_ != "prep" or behind.lower_ not in joining:
        return None
    inner = next((c for c in behind.children if c.dep_ == "pobj"), None)
    if inner is None or inner.i - noun.i > FARTHEST or not _is_simple(inner):
        return None
    return Phrase(phrase.first, inner.i + 1, max(phrase.rank, NAMED))


def shared_head(noun: Token) -> Phrase | None:
    """Join "chip and tin supply chains": a countable in the singular has no head of its own."""
    row = known(noun.text)
    bare = noun.tag_ == "NN" and not any(noun.lefts)
    if row is None or not bare or not row.label.endswith("s") or noun.lower_.endswith("s"):
        return None
    other = next((c for c in noun.children if c.dep_ == "conj" and c.tag_ == "NNS"), None)
    if other is None or name_span(other)[0] == other.i:
        return None
    return Phrase(noun.i, other.i + 1, KNOWN)


def _rank(noun: Token, first: int) -> int | None:
    """Say how well a noun from `first` on names something; None where it does not at all."""
    row = known(noun.doc[first : noun.i + 1].text)
    alone = first == noun.i
    if row is None and _is_no_thing(noun):
        return None
    if alone and noun.lower_ in words().vague:
        return VAGUE
    if alone and noun.lower_ in words().transparent:
        return PLAIN if row is not None else VAGUE
    if row is not None:
        return KNOWN
    return _rank_unknown(noun, first)


def _rank_unknown(noun: Token, first: int) -> int | None:
    alone = first == noun.i
    if singular(noun.text) is not None or (alone and noun.lower_ in words().empty):
        return None
    if alone:
        return None if noun.pos_ == "ADJ" else PLAIN
    return VAGUE if noun.lower_ in words().empty or _leads_on(noun, first) else NAMED


def _leads_on(noun: Token, first: int) -> bool:
    """Say whether a vague noun has only adjectives before it, none that names ("new areas")."""
    before = noun.doc[first : noun.i]
    return noun.lower_ in words().vague and all(
        t.pos_ in ("ADJ", "CCONJ", "PUNCT") or t.tag_ in ("VBN", "VBG") for t in before
    )


def _is_simple(noun: Token) -> bool:
    """Say whether a noun is neither a list, a quantity nor somebody's."""
    listed = any(c.dep_ == "conj" for c in noun.children)
    counted = any(c.pos_ == "NUM" or c.dep_ == "poss" for c in noun.lefts)
    return not listed and not counted and not _is_no_thing(noun)


def _is_no_thing(noun: Token) -> bool:
    """Say whether a noun is a place, person, date or number; a name in lower case is no name."""
    misnamed = noun.ent_type_ in NAMES and noun.text.islower()
    return noun.ent_type_ in NO_THINGS and not misnamed


def _is_material(wording: str) -> bool:
    row = known(wording)
    return row is not None and row.family == "material"


def _names(token: Token, head: Token) -> bool:
    """Say whether a word before a noun belongs to the name of the thing."""
    if token.dep_ not in NAMING or token.pos_ in NO_POS or token.tag_ in NO_TAG:
        return False
    if token.is_quote or token.lower_ in MARKS or _is_misread_verb(token):
        return False
    if token.lower_ in JOINTS:
        return True
    if token.lower_ in words().unnamed and not _is_joined(token):
        return False
    if token.pos_ == "CCONJ":
        return bool(token.head != head and token.head.i < head.i)
    return token.ent_type_ not in NO_NAMES and token.text not in demonyms()


def _is_joined(token: Token) -> bool:
    """Say whether a hyphen follows ("high-tech")."""
    follows = token.i + 1 < len(token.doc) and token.nbor().lower_ in JOINTS
    return follows and not token.whitespace_


def _is_misread_verb(token: Token) -> bool:
    return bool(token.tag_ in ("VBN", "VBD") and token.i and token.nbor(-1).pos_ == "PROPN")
