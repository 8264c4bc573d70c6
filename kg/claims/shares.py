"""Shares and amounts: a noun phrase in, the percentage that it says out.

"71 percent", "two thirds", "every tenth tonne", "six out of ten" and "one tonne in ten" are
shares; "most", "the bulk" and "nearly all" are amounts without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.model import Filler
from kg.claims.number_words import number_words
from kg.claims.sentences import Sentence
from kg.claims.wording import wording

PERCENT: Final = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?)\s*(?:%|per\s?cent\b|percent\b|pct\b|pc\b|p\.c\.)", re.IGNORECASE
)
PARTIAL: Final = ("nummod", "predet", "nmod", "det", "amod", "quantmod", "dobj", "pobj", "nsubj")
APART: Final = ("relcl", "advcl", "ccomp", "parataxis")
NUMBERS: Final = {"a": 1, **number_words().numbers}
OUT_OF: Final = re.compile(
    r"\b(?P<part>\w+) (?:\w+ (?:of [\w-]+ )?)?(?:in|out of|of every)(?: every)? (?P<whole>\w+)\b",
    re.IGNORECASE,
)
EVERY: Final = re.compile(r"\bevery (?P<rank>\w+) ", re.IGNORECASE)


def percent(sentence: Sentence, first: int, last: int) -> Filler | None:
    """Give the percentage that is written between two tokens of a sentence."""
    start, _ = sentence.place(first, last)
    found = PERCENT.search(sentence.words(first, last))
    return _percentage(found, start) if found is not None else None


def percent_of(sentence: Sentence, top: Token) -> Filler | None:
    """Give the percentage in the clause of a token, not one of a clause beside or below it."""
    first, last = top.left_edge.i, top.right_edge.i + 1
    start, _ = sentence.place(first, last)
    own = {sentence.offset(token) for token in _own(top)}
    found = PERCENT.finditer(sentence.words(first, last))
    mine = next((each for each in found if start + each.start() in own), None)
    return _percentage(mine, start) if mine is not None else None


def _percentage(found: re.Match[str], start: int) -> Filler:
    return _number(float(found["number"].replace(",", ".")), found, start)


def _own(top: Token) -> Iterator[Token]:
    """Yield the tokens of a clause without those of other clauses beside or below it."""
    yield top
    for child in top.children:
        other = child.dep_ in APART or (child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"))
        if not other:
            yield from _own(child)


def share_in(sentence: Sentence, amount: Token) -> Filler | None:
    """Give the share that an amount says, in whatever way it is put."""
    first, last = amount.left_edge.i, _reach(amount)
    whole = _whole(sentence, amount)
    return (
        whole
        or percent(sentence, first, last)
        or _out_of(sentence, first, last)
        or fraction(sentence, amount)
    )


def _reach(amount: Token) -> int:
    """Give the end of an amount's phrase, before a clause about it."""
    below = (t for t in amount.subtree if t.dep_ in APART and t.i > amount.i)
    return min(
        (t.left_edge.i for t in below if t.left_edge.i > amount.i), default=amount.right_edge.i + 1
    )


def _whole(sentence: Sentence, amount: Token) -> Filler | None:
    if amount.lower_ not in ("whole", "entirety", "totality"):
        return None
    start, end = sentence.place(amount.i, amount.i + 1)
    return Filler(ref=100, text=amount.text, type="number", start=start, end=end)


def fraction(sentence: Sentence, noun: Token) -> Filler | None:
    """Give the percentage of "nearly half", "a quarter", "two thirds" in a noun phrase."""
    for token in noun.subtree:
        part = number_words().parts.get(token.lower_.rstrip("s"))
        if part is None or _is_rank(token) or not (token.dep_ in PARTIAL or token == noun):
            continue
        count = next((c for c in token.children if c.lower_ in NUMBERS and c.dep_ != "det"), None)
        times = NUMBERS[count.lower_] if count is not None else 1
        start, end = sentence.place(token.i, token.i + 1)
        ref = round(100 * times / part)
        return Filler(ref=ref, text=token.text, type="number", start=start, end=end)
    return None


def _is_rank(token: Token) -> bool:
    """Say whether an ordinal counts what it stands before: "the third ministerial dialogue"."""
    ranks = token.lower_ not in ("half", "quarter") and not token.lower_.endswith("s")
    before = (
        token.dep_ == "amod" and token.head.pos_ in ("NOUN", "PROPN") and token.i < token.head.i
    )
    return ranks and before and any(c.lower_ in ("the", "their", "its") for c in token.head.lefts)


def is_amount(token: Token) -> bool:
    """Say whether a noun phrase is a share or the greater part of something."""
    before = token.doc[token.left_edge.i : token.i + 1]
    words = {t.lower_ for t in (*before, *token.children)} - {"nearly", "almost"}
    shares = wording().fractions | number_words().parts.keys() | {"most", "%", "percent", "cent"}
    if words & shares:
        return True
    near = (t for t in (token, *token.children) if not _is_rank(t))
    if any(t.lower_.rstrip("s") in number_words().parts for t in near):
        return True
    text = token.doc[token.left_edge.i : token.right_edge.i + 1].text
    return _ratio(text) is not None


def measured(head: Token) -> tuple[Token, ...]:
    """Give what is measured: the ore of "most of its ore"."""
    counts = head.pos_ not in ("NOUN", "PROPN", "VERB") or _counts(head)
    if not counts:
        return (head,)
    found = tuple(guises.prepositional(head, "of"))
    if found and head.pos_ == "NUM":
        found = tuple(t for each in found for t in (guises.prepositional(each, "of") or (each,)))
    elif not found:
        found = tuple(guises.prepositional(head, "in"))
    return tuple(_doer(each) for each in found) or (head,)


def _doer(token: Token) -> Token:
    """Give the copper of "half of the copper entering trade", taken for a clause."""
    return next((c for c in token.children if c.dep_ == "nsubj" and token.tag_ == "VBG"), token)


def _counts(head: Token) -> bool:
    lower = head.lower_
    known = wording().fractions | wording().measures | {"%", "percent", "cent", "part", "parts"}
    return lower in known or lower.rstrip("s") in number_words().parts.keys() | wording().measures


def _out_of(sentence: Sentence, first: int, last: int) -> Filler | None:
    start, _ = sentence.place(first, last)
    text = sentence.words(first, last)
    found = _ratio(text)
    if found is None:
        return None
    return _number(found[0], found[1], start)


def _ratio(text: str) -> tuple[float, re.Match[str]] | None:
    """Read "six out of ten", "one tonne of tin in ten", "every tenth tonne" as a percentage."""
    every = EVERY.search(text)
    if every is not None:
        rank = every["rank"].lower()
        whole = 2 if rank in ("second", "other") else number_words().parts.get(rank)
        if whole:
            return round(100 / whole), every
    found = OUT_OF.search(text)
    if found is None:
        return None
    part, whole = _value(found["part"]), _value(found["whole"])
    if part is None or whole is None or not 0 < part < whole:
        return None
    return round(100 * part / whole), found


def _value(word: str) -> int | None:
    return int(word) if word.isdecimal() else NUMBERS.get(word.lower())


def _number(number: float, found: re.Match[str], start: int) -> Filler:
    value = int(number) if float(number).is_integer() else number
    return Filler(
        ref=value,
        text=found.group().strip(),
        type="number",
        start=start + found.start(),
        end=start + found.start() + len(found.group().strip()),
    )
