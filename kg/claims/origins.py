"""Positions told from the goods: "nine tenths of the tin comes from Peru", "is mined in Peru".

A verb or adjective of origin with an amount as its subject in; who stands for the supply, the
goods and the share out. Who takes the goods depends ("most of its wheat is bought abroad"), who
gives them supplies them; where both are named, it is the position of who stands first.
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
from kg.claims.shares import is_amount, measured, share_in
from kg.claims.triggers import lemma
from kg.claims.wording import wording

STATES: Final = ("state", "bloc")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an amount of goods comes from, or who cannot do without it."""

    token: Token
    actors: tuple[Filler, ...]
    type: str
    goods: tuple[Token, ...]
    share: Filler | None


def origins(reading: Reading, sentence: Sentence) -> Iterator[Origin]:
    """Yield the origins of amounts of goods that a sentence tells, in text order."""
    for verb in sentence.tokens:
        if verb.pos_ not in ("VERB", "AUX"):
            continue
        amount = _amount(verb)
        places = _places(verb) if amount is not None else ()
        if amount is None or not places:
            continue
        origin = _origin(reading, sentence, verb, amount, places)
        if origin is not None:
            yield origin


def is_supply(origin: Origin) -> bool:
    """Say whether goods that no lexicon knows are a supply: made, bought, the world's."""
    if lemma(origin.token) in wording().making | wording().buying:
        return True
    below = {token.lower_ for head in origin.goods for token in head.subtree}
    return bool(below & (wording().yardsticks | {"world", "global"}))


def _origin(
    reading: Reading, sentence: Sentence, verb: Token, amount: Token, places: tuple[Token, ...]
) -> Origin | None:
    share = share_in(sentence, amount)
    goods = measured(amount)
    givers = _states(reading, sentence, places)
    takers = _states(reading, sentence, [c for g in goods for c in g.children if c.dep_ == "poss"])
    if lemma(verb) == "be":
        takers = takers or _users(reading, sentence, goods)
    bought = lemma(verb) in wording().buying or lemma(verb) == "be"
    abroad = any(place.lower_ in wording().abroad for place in places)
    if takers and (bought or abroad or not givers or amount.i < places[0].i):
        return Origin(verb, takers, "dependence", goods, share)
    if not givers or lemma(verb) in wording().buying:
        return None
    least = not isinstance(share.ref, int | float) or share.ref >= 50 if share else True
    made = lemma(verb) in wording().making
    return Origin(verb, givers, "dominance" if least and not made else "producer", goods, share)


def _users(reading: Reading, sentence: Sentence, goods: tuple[Token, ...]) -> tuple[Filler, ...]:
    """Give who uses the goods: "the tin used in Peru", "the tin that Peru bought"."""
    clauses = [c for g in goods for c in g.children if c.dep_ in ("acl", "relcl")]
    users = [t for c in clauses for t in guises.subject(c)]
    users += [t for c in clauses for name in ("in", "by") for t in guises.prepositional(c, name)]
    return _states(reading, sentence, users)


def _amount(verb: Token) -> Token | None:
    """Give the amount that is the subject of a verb; the parser takes it for the object too."""
    for child in verb.children:
        subject = child.dep_ in ("nsubj", "nsubjpass")
        if (subject or (child.dep_ in ("dobj", "attr") and child.i > verb.i)) and is_amount(child):
            return child
    return None


def _places(verb: Token) -> tuple[Token, ...]:
    """Give what stands for the origin: after "from", "in", "by", or an adjective ("Peruvian")."""
    word = lemma(verb)
    if word == "be":
        return tuple(c for c in verb.children if c.dep_ in ("acomp", "attr") and _is_demonym(c))
    if word in wording().coming:
        return tuple(guises.prepositional(verb, "from"))
    if word in wording().lying and not guises.is_passive(verb):
        return tuple(guises.prepositional(verb, "in"))
    if guises.is_passive(verb) and word in wording().making | wording().buying:
        found = [t for name in ("from", "in", "by") for t in guises.prepositional(verb, name)]
        found += [c for c in verb.children if c.lower_ in wording().abroad]
        found += [c for c in verb.children if c.lower_ == "where"]
        if verb.dep_ == "relcl" and any(t.lower_ == "where" for t in found):
            found.append(verb.head)
        return tuple(found)
    return ()


def _is_demonym(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos_ in ("ADJ", "PROPN")


def _states(
    reading: Reading, sentence: Sentence, tokens: tuple[Token, ...] | list[Token]
) -> tuple[Filler, ...]:
    found = (f for t in tokens for f in reading.parties(sentence, t) if f.type in STATES)
    return tuple({f.value: f for f in found}.values())
