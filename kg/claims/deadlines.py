"""By when or from when something is to be done: a deed in, its dates out.

A date counts where it stands with the deed or with the word of undertaking, not inside a clause
about something else. What is undertaken lies ahead: a day or month without its year is the next
one, and a date that was over when the article appeared is no deadline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.model import Filler
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.wording import wording

WHOLE: Final = 10  # letters of a full day
GONE: Final = frozenset(("last", "past", "previous", "yesterday", "earlier"))
INNER: Final = frozenset(("relcl", "acl", "appos"))


def deadlines(
    reading: Reading,
    sentence: Sentence,
    token: Token,
    heads: tuple[Token, ...],
    others: frozenset[int],
) -> tuple[Filler, ...]:
    """Give the dates by or from which a deed is to be done."""
    if not reading.dates(sentence):
        return ()
    found: dict[str, Filler] = {}
    for first, last in _phrases(token, heads, others):
        for each in reading.dates(sentence, first, last + 1):
            ahead = _ahead(each, reading.published)
            if ahead is not None and not _owns(sentence, each) and not _is_past(each):
                found.setdefault(str(ahead.ref), ahead)
    return tuple(found.values())


def _phrases(
    token: Token, heads: tuple[Token, ...], others: frozenset[int]
) -> Iterator[tuple[int, int]]:
    """Yield first and last places of the phrases that may say when."""
    tops = [token, *(h for h in heads if guises.is_clause(h) or h.tag_ == "VBG")]
    tops += [h.head for h in heads if h.head.pos_ == "VERB" and h.head.i != token.head.i]
    seen: set[int] = set()
    for top in guises.spread(tops):
        apart = top not in heads  # each deed has its own time
        for each in _below(top, others, seen, apart):
            if each.dep_ in ("npadvmod", "dobj", "tmod"):
                yield each.left_edge.i, each.right_edge.i
            elif each.dep_ == "prep" and each.lower_ in wording().timing:
                yield each.i, _end(each)
            elif each.dep_ == "advcl" and any(c.lower_ == "before" for c in each.children):
                yield each.left_edge.i, each.right_edge.i


def _end(prep: Token) -> int:
    """Give where a phrase ends, without the clauses that its noun may carry."""
    clauses = (c.i - 1 for t in prep.children for c in t.children if c.dep_ in INNER)
    return min((prep.right_edge.i, *clauses))


def _below(
    top: Token, others: frozenset[int], seen: set[int], apart: bool = False
) -> Iterator[Token]:
    """Yield what stands below a deed, without clauses that tell of something else."""
    for child in top.children:
        if child.i in others or child.i in seen or (apart and guises.is_clause(child)):
            continue
        if child.dep_ in INNER and not guises.is_infinitive(child):
            continue
        if (child.dep_ == "advcl" and child.tag_ in ("VBN", "VBD")) or child.dep_ == "parataxis":
            continue
        if (child.dep_ == "ccomp" and child.i < top.i) or _tells(child):
            continue
        seen.add(child.i)
        yield child
        yield from _below(child, others, seen)


def _tells(child: Token) -> bool:
    """Say whether a coordinated clause has its own subject and so its own time."""
    apart = child.dep_ == "conj" and child.pos_ in ("VERB", "AUX")
    return apart and (
        child.tag_ in guises.FINITE or any(c.dep_ in guises.SUBJECTS for c in child.children)
    )


def _ahead(each: Filler, published: str | None) -> Filler | None:
    """Move a date without its year to the next one; None where it was over."""
    ref, now = str(each.ref), published or ""
    if not re.match(r"\d{4}", now) or not re.match(r"\d{4}", ref):
        return each
    if not _is_over(ref, now):
        return each
    if each.rule == "nearest-year" and len(ref) in (7, WHOLE):
        return replace(each, ref=f"{int(ref[:4]) + 1}{ref[4:]}")
    if each.rule == "last-weekday" and len(ref) == WHOLE:
        return replace(each, ref=(date.fromisoformat(ref) + timedelta(days=7)).isoformat())
    return None


def _is_past(each: Filler) -> bool:
    """Say whether a date is worded as one gone by ("last week")."""
    return (each.text or "").split(" ")[0].lower() in GONE


def _is_over(ref: str, now: str) -> bool:
    """Say whether a date ended before the article appeared."""
    last = ref.rsplit("/", maxsplit=1)[-1]
    if len(last) == 7 and last[5:].isdigit() and int(last[5:]) > 12:
        last = last[:4]  # a season
    size = min(len(last), len(now))
    return last[:size] < now[:size] or (len(last) == WHOLE and last == now[:WHOLE])


def _owns(sentence: Sentence, each: Filler) -> bool:
    """Say whether a date is only a possessor ("tomorrow's needs")."""
    end = (each.end or 0) - sentence.start
    return sentence.text[end : end + 2] in ("'s", "’s")
