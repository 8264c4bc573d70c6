"""What makes a trigger of undertaking count: an instance in, a judgement or its deeds out.

Weak words need more than an actor: an infinitive ("plans to"), money ("earmarked"), something set
up ("launched a fund"). What one hopes that others do is no undertaking.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.arguments import adjuncts
from kg.claims.frames import Instance
from kg.claims.moods import UNREAL, auxiliaries
from kg.claims.things import things
from kg.claims.triggers import lemma, trigger_at
from kg.claims.wording import wording

AIMING = ("aim", "be", "include", "focus", "extend", "cover")


def holds(instance: Instance) -> bool:
    """Say whether the sentence gives what a word needs to be a commitment at all."""
    trigger, verb = instance.trigger, instance.verb
    if verb is not None and trigger.pos != "noun" and auxiliaries(verb) & UNREAL:
        return False
    if any(lemma(each) in wording().meeting for each in instance.function("complement")):
        return False
    if trigger.pos == "noun":
        return _noun_holds(instance) and (_is_accord(instance) or _needs_met(instance))
    return _needs_met(instance)


def clauses(instance: Instance) -> tuple[Token, ...]:
    """Give the deeds that a trigger governs: infinitives, gerunds, "that" clauses."""
    token = instance.token
    first = tuple(c for c in token.children if c.dep_ == "csubjpass")
    found = first or instance.function("complement")
    if instance.trigger.value in ("planned", "considering"):
        found = tuple(c for c in found if not _has_own_subject(c))
    if instance.trigger.pos == "verb" and (held := instance.function("object")):
        found = tuple(c for c in found if c.dep_ != "advcl")
        found += tuple(c for each in held for c in guises.complements(each))
    for name in ("to", "on", "for", "of", "at", "in"):
        if name in instance.trigger.frame["topic"]:
            found += tuple(t for t in instance.function(name) if t.tag_ == "VBG")
    return found


def deeds(instance: Instance) -> list[tuple[Token, ...]]:
    """Split what is undertaken: one group of head tokens per coordinated deed."""
    first = adjuncts(instance.token)
    split = guises.spread(d for clause in clauses(instance) for d in guises.conjoined(clause))
    if not split:
        return [(*instance.every("topic"), *first)]
    named = [deed for deed in split if things(instance.sentence, [deed], _others(deed, split))]
    if len(named) < 2:
        return [(*split, *first)]
    return [(named[0], *first), *((deed,) for deed in named[1:])]


def _needs_met(instance: Instance) -> bool:
    needs, token = instance.trigger.needs, instance.token
    if needs is not None:
        return NEEDS[needs](instance, instance.function("object")) if needs in NEEDS else True
    weighs = instance.trigger.value == "considering" and len(instance.trigger.words) == 1
    return bool(instance.every("topic")) if weighs and token.pos_ == "VERB" else True


def _wished(instance: Instance, _: tuple[Token, ...]) -> bool:
    wished = auxiliaries(instance.token) & {"would", "'d"}
    return bool(wished) and bool(instance.every("topic"))


def _sets_up(instance: Instance, held: tuple[Token, ...]) -> bool:
    if instance.token.dep_ == "relcl":
        return False  # told by the way, as what was there before
    return any(lemma(each) in wording().initiatives or _named_new(each) for each in held)


def _deepens(instance: Instance, held: tuple[Token, ...]) -> bool:
    together = any(lemma(each) in wording().cooperation for each in held)
    return together and _under_way(instance.token)


def _pays(_: Instance, held: tuple[Token, ...]) -> bool:
    return any(lemma(token) in wording().money for each in held for token in each.subtree)


def _leads_on(instance: Instance, held: tuple[Token, ...]) -> bool:
    """Say whether a deed follows, or with a verb of wanting its plain object."""
    token, verb = instance.token, instance.verb
    if verb is not None and auxiliaries(verb) & UNREAL:
        return False
    if token.lower_ == "aimed" and not any(
        trigger_at(each, "commitment") for each in instance.function("subject")
    ):
        return False
    return bool(clauses(instance)) or (bool(held) and lemma(token) in wording().wanting)


def _noun_holds(instance: Instance) -> bool:
    """Say whether a verb makes or states what a noun names, or the noun leads on to a deed."""
    token = instance.token
    if instance.support is not None:
        return True
    if token.dep_ == "pobj" and token.head.lower_ in ("with", "in"):
        return bool(clauses(instance))
    if token.dep_ in ("nsubj", "nsubjpass"):
        aimed = lemma(token.head) in AIMING
        return aimed or bool(clauses(instance)) or _is_accord(instance)
    return _is_accord(instance)


def _is_accord(instance: Instance) -> bool:
    """Say whether a noun names an agreement between parties by itself."""
    between = instance.function("among") or instance.function("between")
    return instance.trigger.value == "agreed" and instance.support is None and bool(between)


def _has_own_subject(clause: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in clause.children)


def _named_new(token: Token) -> bool:
    return token.pos_ == "PROPN" and any(c.lower_ in ("new", "a", "an") for c in token.children)


def _under_way(verb: Token) -> bool:
    return verb.tag_ == "VBG" and any(c.lower_ == "are" for c in verb.children)


def _others(deed: Token, split: tuple[Token, ...]) -> frozenset[int]:
    return frozenset(other.i for other in split if other != deed)


NEEDS: Final[Mapping[str, Callable[[Instance, tuple[Token, ...]], bool]]] = {
    "complement": _leads_on,
    "would": _wished,
    "initiative": _sets_up,
    "cooperation": _deepens,
    "money": _pays,
}
