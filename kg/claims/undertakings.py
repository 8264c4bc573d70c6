"""What makes a trigger of undertaking count: an instance in, a judgement or its deeds out.

Weak words need more than an actor: an infinitive ("plans to"), money ("earmarked"), something set
up ("launched a fund"). What one hopes that others do is no undertaking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.arguments import adjuncts
from kg.claims.frames import Instance
from kg.claims.moods import UNREAL, auxiliaries
from kg.claims.things import things
from kg.claims.triggers import lemma, trigger_at
from kg.claims.wording import wording

AHEAD: Final = frozenset(("will", "would", "shall", "should", "'ll"))
AIMING = ("aim", "be", "include", "focus", "extend", "cover")


def holds(instance: Instance) -> bool:
    """Say whether the sentence gives what a word needs to be a commitment at all."""
    trigger, verb = instance.trigger, instance.verb
    if verb is not None and trigger.pos != "noun" and auxiliaries(verb) & UNREAL:
        return could_not(instance)
    if any(_is_trip(each) for each in instance.function("complement")):
        return False
    if trigger.pos == "verb" and lemma(instance.token) == "affirm":
        said = [c for c in instance.token.children if c.dep_ == "ccomp"]
        if any(auxiliaries(c) & AHEAD for c in said):
            return False  # "affirmed that Peru would sell tin" promises that
    if trigger.pos == "verb" and lemma(instance.token) in wording().asserting:
        told = [c for c in instance.token.children if c.dep_ == "ccomp" and c.i > instance.token.i]
        if any(c.tag_ != "VB" and not auxiliaries(c) & AHEAD for c in told):
            return False  # "assured him that nobody had crossed"
    if trigger.pos == "noun":
        return _noun_holds(instance) and (_is_accord(instance) or _needs_met(instance))
    return _needs_met(instance)


def _is_trip(clause: Token) -> bool:
    """Say whether what is planned is a meeting or a journey, and not "to go on selling"."""
    further = any(
        c.dep_ in ("prt", "xcomp")
        or (c.dep_ == "prep" and any(d.dep_ == "pcomp" for d in c.children))
        for c in clause.children
    )
    filled = any(lemma(each) in wording().targets for each in guises.objects(clause))
    return lemma(clause) in wording().meeting and not further and not filled


def gapped(instance: Instance) -> Iterator[tuple[Token, Token]]:
    """Yield doer and deed of "…, and Chile to publish it", which shares the verb before."""
    below = (d for c in (instance.token, *guises.complements(instance.token)) for d in c.children)
    for verb in below:
        if verb.dep_ in ("conj", "xcomp", "ccomp", "advcl") and guises.is_infinitive(verb):
            doer = next((c for c in verb.children if c.dep_ == "nsubj"), None)
            if doer is not None and doer.pos_ == "PROPN" and verb.i > instance.token.i:
                yield doer, verb


def could_not(instance: Instance) -> bool:
    """Say whether those who talk "could not agree", which tells of something not agreed."""
    verb = instance.token
    past = "could" in auxiliaries(verb) and any(c.dep_ == "neg" for c in verb.children)
    return past and instance.trigger.value == "agreed" and bool(instance.every("topic"))


def clauses(instance: Instance) -> tuple[Token, ...]:
    """Give the deeds that a trigger governs: infinitives, gerunds, "that" clauses."""
    token = instance.token
    first = tuple(c for c in token.children if c.dep_ == "csubjpass")
    found = first or instance.function("complement") or _said_before(instance)
    apart = {deed for _, deed in gapped(instance)} if instance.trigger.pos == "verb" else set()
    found = tuple(c for c in found if c not in apart)
    if instance.trigger.value in ("planned", "considering"):
        found = tuple(c for c in found if not _has_own_subject(c))
    if instance.trigger.pos == "verb" and (held := instance.function("object")):
        found = tuple(c for c in found if c.dep_ != "advcl")
        found += tuple(c for each in held for c in guises.complements(each))
    for name in ("to", "on", "for", "of", "at", "in"):
        if name in instance.trigger.frame["topic"]:
            found += tuple(t for t in instance.function(name) if t.tag_ == "VBG")
    return found


def _said_before(instance: Instance) -> tuple[Token, ...]:
    """Give the clause that stands before or around its verb ("The canal, Peru promised, will")."""
    token = instance.token
    if instance.trigger.pos != "verb" or instance.function("object"):
        return ()
    before = tuple(c for c in token.children if c.dep_ == "ccomp" and c.i < token.i)
    around = (token.head,) if token.dep_ == "parataxis" else ()
    told = [c for c in before or around if auxiliaries(c) & {"will", "would", "shall"}]
    return (*told, *(d for c in told for d in c.children if d.dep_ == "nsubj" and around))


def deeds(instance: Instance) -> list[tuple[Token, ...]]:
    """Split what is undertaken: one group of head tokens per coordinated deed."""
    first = adjuncts(instance.token)
    split = guises.spread(d for clause in clauses(instance) for d in guises.deeds_of(clause))
    if not split:
        return [(*instance.every("topic"), *fronted(instance), *first)]
    split = guises.spread((*split, *_enumerated(instance)))
    named = [deed for deed in split if things(instance.sentence, [deed], _others(deed, split))]
    if len(named) < 2:
        return [(*split, *first)]
    return [(named[0], *first), *((deed,) for deed in named[1:])]


def _enumerated(instance: Instance) -> Iterator[Token]:
    """Yield the deeds of "agree (a) to build; (b) to restore", which the parser loses."""
    for token in instance.token.doc[instance.token.i + 1 : instance.token.sent.end]:
        if token.tag_ in guises.FINITE and trigger_at(token, "commitment") is not None:
            return  # what follows is of that one
        if token.lower_ == "to" and token.dep_ == "aux":
            before = token.nbor(-1)
            before = before.nbor(-1) if before.lower_ == "and" else before
            if before.text in (")", ";") and token.head.tag_ == "VB":
                yield token.head


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
    token = instance.token
    if token.dep_ == "relcl":
        return False  # told by the way, as what was there before
    above = (token.head, token.head.head.head)  # "memorandum of understanding"
    if token.dep_ == "acl" and any(trigger_at(noun, "document") for noun in above):
        return False  # "a memorandum establishing a council" is a document
    return any(lemma(each) in wording().initiatives or _named_new(each) for each in held)


def _deepens(instance: Instance, held: tuple[Token, ...]) -> bool:
    together = any(lemma(each) in wording().cooperation for each in held)
    return together and _under_way(instance.token)


def _pays(_: Instance, held: tuple[Token, ...]) -> bool:
    return any(lemma(token) in wording().money for each in held for token in each.subtree)


def _is_under_way(instance: Instance, _: tuple[Token, ...]) -> bool:
    """Say whether somebody is at it now ("is reviewing its aid"), and with what."""
    used = {c.lower_ for c in instance.token.children if c.dep_ in ("aux", "auxpass")}
    now = instance.token.tag_ == "VBG" or "being" in used
    gerund = any(each.tag_ == "VBG" for each in instance.function("object"))
    return bool(clauses(instance)) or gerund or (now and bool(used & {"is", "are", "am"}))


def _gives(instance: Instance, held: tuple[Token, ...]) -> bool:
    """Say whether something is offered that is no courtesy ("condolences", "an explanation")."""
    named = any(lemma(each) not in wording().courtesies and each.pos_ != "PRON" for each in held)
    return bool(clauses(instance)) or named


def _leads_on(instance: Instance, held: tuple[Token, ...]) -> bool:
    """Say whether a deed follows, or with a verb of wanting its plain object."""
    token, verb = instance.token, instance.verb
    if verb is not None and auxiliaries(verb) & UNREAL:
        return False
    if token.lower_ == "aimed" and not any(
        trigger_at(each, "commitment") for each in instance.function("subject")
    ):
        return False
    if instance.trigger.pos == "noun" and _is_told_of(instance):
        return True
    if instance.trigger.value == "agreed" and _none_made(instance):
        return True
    return bool(clauses(instance)) or (bool(held) and lemma(token) in wording().wanting)


def _is_told_of(instance: Instance) -> bool:
    """Say whether a verb of telling carries a noun with its matter ("revealed plans for it")."""
    verb = instance.verb
    said = verb is not None and lemma(verb) in wording().speech | wording().showing
    equal = bool(instance.function("predicate"))
    planned = instance.trigger.value in ("planned", "considering")
    return planned and (
        equal or (said and bool(instance.function("for") or instance.function("of")))
    )


def _none_made(instance: Instance) -> bool:
    """Say whether an agreement is denied, or comes without an article ("reached agreement on")."""
    token = instance.token
    about = bool(fronted(instance)) or any(
        instance.function(name) for name in ("on", "about", "over", "to")
    )
    bare = token.tag_ == "NN" and not any(c.dep_ in ("det", "poss", "amod") for c in token.lefts)
    return about and (bare or is_denied(instance))


def fronted(instance: Instance) -> tuple[Token, ...]:
    """Give what "On a fund there was no agreement" says first that it is about."""
    head = instance.token.head
    if instance.token.dep_ != "attr" or not any(c.dep_ == "expl" for c in head.children):
        return ()
    return tuple(t for name in ("on", "about", "over") for t in guises.prepositional(head, name))


def is_denied(instance: Instance) -> bool:
    """Say whether a noun, or the verb that carries it, is denied ("no agreement was reached")."""
    around = (*instance.token.lefts, *(instance.verb.children if instance.verb is not None else ()))
    return any(c.lower_ in ("no", "not", "n't", "never") for c in around)


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
    existing = token.dep_ == "attr" and is_denied(instance)  # "there was no agreement on tin"
    return existing or bool(instance.function("predicate")) or _is_accord(instance)


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
    "gift": _gives,
    "under-way": _is_under_way,
}
