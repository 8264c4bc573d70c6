"""Places in supply told by comparing: a verb of making with "more" in, who makes most out.

"Peru digs more tin than any country but Chile" and "only Chile digs more of it than Peru" make
both of them main producers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.model import Filler
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.triggers import trigger_at
from kg.claims.voices import states_at

EVERYBODY: Final = frozenset(("any", "all", "every", "anyone", "anybody", "else"))
NOBODY: Final = frozenset(("no", "nobody", "none", "neither"))
HAVING: Final = frozenset(("have", "hold", "own", "possess", "sit"))
BUT: Final = frozenset(("but", "except", "save", "bar", "barring"))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Who makes more of something than others."""

    token: Token
    actors: tuple[Filler, ...]
    goods: tuple[Token, ...]
    type: str = "producer"


def comparisons(reading: Reading, sentence: Sentence) -> Iterator[Comparison]:
    """Yield the comparisons of a sentence, in text order."""
    for verb in sentence.tokens:
        if verb.pos_ not in ("VERB", "AUX") or (more := _more(verb)) is None:
            continue
        unmatched = _unmatched(reading, sentence, verb, more)
        if unmatched:
            kind = "dominance" if verb.lemma_ in HAVING else "producer"
            yield Comparison(verb, unmatched, _goods(more), kind)
            continue
        trigger = trigger_at(verb, "position")
        made = trigger is not None and trigger.pos == "verb" and trigger.value != "dependence"
        if made and (found := _compared(reading, sentence, verb, more)):
            yield Comparison(verb, found, _goods(more))


def _unmatched(
    reading: Reading, sentence: Sentence, verb: Token, more: Token
) -> tuple[Filler, ...]:
    """Give whom nobody outdoes: "No country digs more tin than Peru", "nobody … than Peru"."""
    subject = guises.surface_subject(verb)
    none = subject is not None and (
        subject.lower_ in NOBODY or any(c.lower_ in NOBODY for c in subject.children)
    )
    trigger = trigger_at(verb, "position")
    made = trigger is not None and trigger.value != "dependence"
    if not none or not (made or verb.lemma_ in HAVING):
        return ()
    than = next((t for t in verb.subtree if t.lower_ == "than" and t.i > more.i), None)
    return states_at(reading, sentence, tuple(than.subtree)) if than is not None else ()


def _more(verb: Token) -> Token | None:
    """Give the "more" of what a verb makes."""
    for child in verb.children:
        if child.dep_ in ("dobj", "advmod") and child.i > verb.i:
            found = next((t for t in (child, *child.lefts) if t.lower_ == "more"), None)
            if found is not None:
                return found
    return None


def _compared(reading: Reading, sentence: Sentence, verb: Token, more: Token) -> tuple[Filler, ...]:
    """Give the makers of most: the subject, and who alone makes more than it or than any."""
    subject = guises.surface_subject(verb)
    makers = states_at(reading, sentence, [subject]) if subject is not None else ()
    if not makers and subject is not None:
        makers = tuple(f for f in reading.parties(sentence, subject) if f.type == "state")
    than = next((t for t in verb.subtree if t.lower_ == "than" and t.i > more.i), None)
    others = tuple(than.subtree) if than is not None else ()
    any_other = any(t.lower_ in EVERYBODY for t in others)
    alone = subject is not None and any(
        c.lower_ in ("only", "alone") for c in (*subject.children, *verb.children)
    )
    if not makers or not (any_other or alone):
        return ()
    named = others if alone else tuple(t for t in others if _is_excepted(t, others))
    return makers + states_at(reading, sentence, named)


def _is_excepted(token: Token, others: tuple[Token, ...]) -> bool:
    """Say whether a word stands behind "but" or "except"."""
    return any(t.lower_ in BUT and t.i < token.i for t in others)


def _goods(more: Token) -> tuple[Token, ...]:
    """Give what is made: after "more of", or the noun that "more" stands before."""
    noun = (
        more.head
        if more.dep_ in ("amod", "det", "advmod") and more.head.pos_ in ("NOUN", "PROPN")
        else None
    )
    if noun is not None:
        return (noun,)
    return tuple(t for t in guises.prepositional(more, "of") if t.pos_ in ("NOUN", "PROPN"))
