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
from kg.claims.arguments import owner_of
from kg.claims.draft import CARRIED, LIKELY, SURE, Draft
from kg.claims.frames import Instance, instances
from kg.claims.model import Filler
from kg.claims.moods import polarity
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.thing_words import known
from kg.claims.things import is_goods, traded
from kg.claims.triggers import lemma
from kg.claims.voices import places_of
from kg.claims.wording import wording

READ: Final = frozenset(("body", "caption"))
ACTORS: Final = ("state", "bloc", "organisation")
PARTIAL: Final = ("nummod", "predet", "nmod", "det", "amod", "quantmod", "dobj", "pobj")
PLACED: Final = ("GPE", "LOC", "NORP", "DATE", "FAC")
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
    beside = token.dep_ == "appos"  # says what somebody is, whatever the sentence denies
    if (facts.hypothetical and not beside) or facts.question:
        return None
    actors = _actors(reading, instance)
    if not actors:
        return None
    items = _items(reading, instance, actors)
    placed = instance.trigger.pos == "verb" and instance.trigger.needs == "rank"
    firm = instance.trigger.needs == "rank" and actors[0].type == "organisation"
    bare = not items and (firm or instance.trigger.pos != "noun") and share is None
    if bare or (placed and not any(is_goods(item) for item in items)):
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
        "position", sentence, roles, polarity=None if beside else polarity(reading, instance),
        attribution=reading.attribution(sentence, token),
        confidence=round(base * (1.0 if actors[0].start is not None else CARRIED), 3),
    )  # fmt: skip


def _of_supply(reading: Reading, instance: Instance, items: tuple[Filler, ...]) -> bool:
    """Say whether a dependence is one of supply: on known goods, on a state, on imports."""
    if (instance.trigger.pos == "noun" and not items) or lemma(instance.token) == "import":
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
    """Give the type; a share below half makes a producer, not a dominant one.

    Who sends most of something to one buyer depends on that; an only source dominates.
    """
    value = str(instance.trigger.value)
    if lemma(instance.token) in wording().sending and any(instance.function("to")):
        return "dependence"
    if instance.trigger.needs == "rank" and value == "producer":
        alone = any(c.lower_ in ("only", "sole", "dominant") for c in instance.token.children)
        return "dominance" if alone else value
    below_half = share is not None and isinstance(share.ref, int | float) and share.ref < 50
    return "producer" if value == "dominance" and below_half else value


def _holds(instance: Instance, share: bool) -> bool:
    needs, token = instance.trigger.needs, instance.token
    if lemma(token) == "import" and instance.trigger.pos == "verb":
        return share or any(t.lower_ in wording().mostly for t in token.subtree)
    if needs == "share":
        return (
            share
            or _outdoes(token)
            or any(t.lower_ in wording().fractions for o in _amounts(instance) for t in o.subtree)
        )
    if needs == "rank":
        return _is_ranked(token)
    return True


def _is_ranked(token: Token) -> bool:
    """Say whether a place is given: "the largest miner", "ranks second", "is number two"."""
    return any(c.lower_ in wording().ranks or c.tag_ == "JJS" for c in token.children)


def _outdoes(verb: Token) -> bool:
    """Say whether somebody makes "more of it than any other"."""
    more = any(c.lower_ == "more" for o in guises.objects(verb) for c in (o, *o.children))
    return more and any(t.lower_ in ("any", "anyone", "all") for t in verb.subtree)


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
    heads += [owner_of(c, head) for head in heads for c in head.children if c.lower_ == "whose"]
    ranked = instance.trigger.needs == "rank"
    for head in heads:
        found = tuple(f for f in reading.parties(sentence, head) if f.type in ACTORS)
        if found := found or (_firm(reading, sentence, head) if ranked else ()):
            return found
    return _described(reading, instance)


def _firm(reading: Reading, sentence: Sentence, head: Token) -> tuple[Filler, ...]:
    """Give the firm that a proper name names which no list of bodies knows."""
    if head.pos_ == "PROPN" and head.ent_type_ not in PLACED and _is_new(reading, sentence, head):
        first = min((c.i for c in head.lefts if c.dep_ == "compound"), default=head.i)
        start, end = sentence.place(first, head.i + 1)
        text = sentence.words(first, head.i + 1)
        return (Filler(ref=text, text=text, type="organisation", start=start, end=end),)
    for entity in reading.entities(sentence):
        if entity.label_ == "ORG" and entity.start <= head.i < entity.end:
            start, end = sentence.place(entity.start, entity.end)
            text = sentence.words(entity.start, entity.end)
            return (Filler(ref=text, text=text, type="organisation", start=start, end=end),)
    return ()


def _is_new(reading: Reading, sentence: Sentence, head: Token) -> bool:
    """Say whether nothing that is known in a sentence stands at a token."""
    known_there = any(m.start <= head.i < m.end for m in reading.mentions(sentence))
    return not known_there and reading.person_at(sentence, head) is None


def _described(reading: Reading, instance: Instance) -> tuple[Filler, ...]:
    """Give the only state of a sentence that says "the world's top producer" of it."""
    noun = instance.token
    of_world = any(c.dep_ == "poss" and c.lower_ == "world" for c in noun.children)
    if (
        instance.trigger.needs != "rank"
        or not of_world
        or noun.dep_ not in ("nsubj", "dobj", "pobj")
    ):
        return ()
    states = {m.refs: m for m in reading.mentions(instance.sentence) if m.type == "state"}
    if len(states) != 1:
        return ()
    only = next(iter(states.values()))
    return (Filler(ref=only.refs[0], type="state"),)


def _items(reading: Reading, instance: Instance, actors: tuple[Filler, ...]) -> tuple[Filler, ...]:
    del reading
    sentence = instance.sentence
    heads = list(instance.every("item"))
    if not heads and instance.verb is not None and instance.token.dep_ == "dobj":
        heads = [
            t for name in ("in", "of", "over") for t in guises.prepositional(instance.verb, name)
        ]
    taken = frozenset(i for actor in actors for i in places_of(sentence, actor))
    heads = [inner for head in heads for inner in _measured(head)]
    heads = [each for head in heads for each in guises.conjoined(head) if each.i not in taken]
    places = {sentence.offset(sentence.span.doc[i]) for i in taken}
    found = [
        f
        for head in heads
        for f in traded(sentence, head, 8)
        if not PERCENT.search(f.text or "") and f.start not in places
    ]
    goods = [f for f in found if is_goods(f)]
    return tuple(goods or found)


def _measured(head: Token) -> tuple[Token, ...]:
    """Give what is measured: the ore of "most of its ore"."""
    counts = head.pos_ not in ("NOUN", "PROPN", "VERB") or head.lower_ in wording().fractions
    return (tuple(guises.prepositional(head, "of")) or (head,)) if counts else (head,)


def _share(instance: Instance) -> Filler | None:
    """Give the percentage below the trigger or the verb that carries it."""
    top = instance.verb or instance.token
    first, last = top.left_edge.i, top.right_edge.i + 1
    sentence: Sentence = instance.sentence
    start, _ = sentence.place(first, last)
    found = PERCENT.search(sentence.words(first, last))
    if found is None:
        return _fraction(instance)
    number = float(found["number"])
    value = int(number) if number.is_integer() else number
    return Filler(
        ref=value,
        text=found.group(),
        type="number",
        start=start + found.start(),
        end=start + found.end(),
    )


def _fraction(instance: Instance) -> Filler | None:
    """Give the percentage of "nearly half", "a quarter", "two thirds" in what is held."""
    for noun in _amounts(instance):
        for token in noun.subtree:
            part = wording().parts.get(token.lower_.rstrip("s"))
            if part is None or not (token.dep_ in PARTIAL or token == noun):
                continue
            count = next((c for c in token.children if c.lower_ in ("two", "three", "four")), None)
            times = {"two": 2, "three": 3, "four": 4}[count.lower_] if count is not None else 1
            start, end = instance.sentence.place(token.i, token.i + 1)
            return Filler(
                ref=round(100 * times / part), text=token.text, type="number", start=start, end=end
            )
    return None
