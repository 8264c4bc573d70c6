"""Claims of the kind position: a reading in, drafts out.

Who dominates a supply, depends on it or is a main producer. A share stands with its percent sign
or word; weak words ("hold", "produce") count only with a share or a rank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.draft import CARRIED, LIKELY, SURE, Draft
from kg.claims.frames import Instance, instances
from kg.claims.model import Filler
from kg.claims.moods import polarity
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.thing_words import known
from kg.claims.things import is_goods, traded
from kg.claims.triggers import lemma
from kg.claims.wording import wording

READ: Final = frozenset(("body", "caption"))
ACTORS: Final = ("state", "bloc", "organisation")
PERCENT: Final = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?:%|per\s?cent\b|percent\b)")


def claims_in(reading: Reading) -> Iterator[Draft]:
    """Yield the position claims of an article, in text order."""
    for sentence in reading.sentences:
        if sentence.role not in READ:
            continue
        for instance in instances(sentence, "position"):
            draft = _position(reading, instance)
            if draft is not None:
                yield draft


def _position(reading: Reading, instance: Instance) -> Draft | None:
    sentence, token = instance.sentence, instance.token
    share = _share(instance)
    if not _holds(instance, share is not None):
        return None
    facts = reading.factuality(sentence, instance.verb or token)
    if facts.hypothetical or facts.question:
        return None
    actors = _actors(reading, instance)
    if not actors:
        return None
    items = _items(reading, instance, actors)
    if not items and instance.trigger.pos != "noun" and share is None:
        return None
    if instance.trigger.value == "dependence" and not _of_supply(reading, instance, items):
        return None
    roles: dict[str, tuple[Filler, ...]] = {
        "actor": actors,
        "type": (Filler(ref=_type(instance, share)),),
    }
    if items:
        roles["item"] = items
    if share is not None:
        roles["share"] = (share,)
    base = SURE if items else LIKELY
    return Draft(
        "position", sentence, roles, polarity=polarity(reading, instance),
        attribution=reading.attribution(sentence, token),
        confidence=round(base * (1.0 if actors[0].start is not None else CARRIED), 3),
    )  # fmt: skip


def _of_supply(reading: Reading, instance: Instance, items: tuple[Filler, ...]) -> bool:
    """Say whether a dependence is one of supply: on known goods, on a state, on imports."""
    if instance.trigger.pos == "noun" and not items:
        return True
    if any(is_goods(item) or known(item.label or "") for item in items):
        return True
    heads = (*instance.function("on"), *instance.function("upon"))
    below = [token for head in heads for token in head.subtree]
    if any(token.lower_ in wording().abroad for token in below):
        return True
    states = [m for m in reading.mentions(instance.sentence) if m.type in ("state", "bloc")]
    return any(m.start <= token.i < m.end for m in states for token in below)


def _type(instance: Instance, share: Filler | None) -> str:
    """Give the type; a share below half makes a producer, not a dominant one."""
    value = str(instance.trigger.value)
    below_half = share is not None and isinstance(share.ref, int | float) and share.ref < 50
    return "producer" if value == "dominance" and below_half else value


def _holds(instance: Instance, share: bool) -> bool:
    needs, token = instance.trigger.needs, instance.token
    if lemma(token) == "import" and instance.trigger.pos == "verb":
        return share
    if needs == "share":
        return share or any(
            t.lower_ in wording().fractions for o in _amounts(instance) for t in o.subtree
        )
    if needs == "rank":
        return any(c.lower_ in wording().ranks or c.tag_ == "JJS" for c in token.children)
    return True


def _amounts(instance: Instance) -> Iterator[Token]:
    yield from instance.function("object")
    yield from instance.function("for")


def _actors(reading: Reading, instance: Instance) -> tuple[Filler, ...]:
    """Give whose position it is, also of "plays a dominant role", "is the largest producer"."""
    token, sentence = instance.token, instance.sentence
    heads = list(instance.heads("actor"))
    if token.dep_ == "attr" or (
        token.dep_ in ("pobj", "appos") and instance.trigger.needs == "rank"
    ):
        top = token.head if token.dep_ != "pobj" else token.head.head
        heads = [token.head] if token.dep_ == "appos" else [*guises.subject(top), *heads]
    heads += [
        c
        for head in heads
        for c in head.children
        if c.dep_ in ("poss", "amod", "compound") and instance.trigger.value == "dependence"
    ]
    for head in heads:
        found = tuple(f for f in reading.parties(sentence, head) if f.type in ACTORS)
        if found:
            return found
    return ()


def _items(reading: Reading, instance: Instance, actors: tuple[Filler, ...]) -> tuple[Filler, ...]:
    del reading
    sentence = instance.sentence
    heads = list(instance.every("item"))
    if not heads and instance.verb is not None and instance.token.dep_ == "dobj":
        heads = [
            t for name in ("in", "of", "over") for t in guises.prepositional(instance.verb, name)
        ]
    taken = frozenset(t.i for t in sentence.span if sentence.offset(t) in {a.start for a in actors})
    heads = [each for head in heads for each in guises.conjoined(head) if each.i not in taken]
    found = [
        f for head in heads for f in traded(sentence, head, 8) if not PERCENT.search(f.text or "")
    ]
    goods = [f for f in found if is_goods(f)]
    return tuple(goods or found)


def _share(instance: Instance) -> Filler | None:
    """Give the percentage below the trigger or the verb that carries it."""
    top = instance.verb or instance.token
    first, last = top.left_edge.i, top.right_edge.i + 1
    sentence: Sentence = instance.sentence
    start, _ = sentence.place(first, last)
    found = PERCENT.search(sentence.words(first, last))
    if found is None:
        return None
    number = float(found["number"])
    value = int(number) if number.is_integer() else number
    return Filler(
        ref=value,
        text=found.group(),
        type="number",
        start=start + found.start(),
        end=start + found.end(),
    )
