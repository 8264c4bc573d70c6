"""What becomes of a measure: a control trigger with its surroundings in, its status out.

Auxiliaries and governing verbs go before the word itself: "plans to impose" is considered,
whatever "impose" says. A measure may also be the subject of its fate ("took effect", "lapsed",
"is under study").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.frames import Instance
from kg.claims.moods import MAYBE, PROMISING, auxiliaries
from kg.claims.triggers import lemma, support_of, trigger_at
from kg.claims.wording import wording
from kg.resources import lexicon

GOVERNED: Final = frozenset(("xcomp", "ccomp", "pcomp", "acl", "advcl", "prep"))
THOUGHT_OF: Final = frozenset(("planned", "considering"))
UNBINDING: Final = ("cooperation", "initiative", "money")
UNSAID: Final = ""


@dataclass(frozen=True, slots=True)
class Measures:
    """The data of `measures.yaml`; each list is explained there."""

    source: str
    deciding: frozenset[str]
    coming: frozenset[str]
    permits: frozenset[str]
    turns: Mapping[str, frozenset[str]]
    owed: frozenset[str]
    receivers: frozenset[str]
    wide: frozenset[str]
    dealing: frozenset[str]
    taking: frozenset[str]
    ceasing: frozenset[str]
    keeping: frozenset[str]
    paying: frozenset[str]
    charging: frozenset[str]
    exempting: frozenset[str]
    isolating: frozenset[str]
    pondering: frozenset[str]
    copying: frozenset[str]
    exporting: frozenset[str]
    importing: frozenset[str]
    demanding: frozenset[str]
    hit: frozenset[str]
    asking: frozenset[str]
    withholding: frozenset[str]
    rulings: frozenset[str]
    resolving: frozenset[str]
    delisting: frozenset[str]
    force: frozenset[str]
    forcing: frozenset[str]
    due: frozenset[str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A verb of passage with what it lets through, and the type of the measure that binds it."""

    verb: Token
    goods: tuple[Token, ...]
    type: str
    status: str
    owners: tuple[Token, ...]  # words that may name who imposes
    targets: tuple[Token, ...] = ()
    strict: bool = False  # only a state that the clause names imposes it


@cache
def measures() -> Measures:
    """Give the word lists of measures."""
    read: Measures = lexicon("claims", "measures.yaml", Measures)
    return read


def status(instance: Instance) -> str | None:
    """Decide the status of a control; None where it is only undertaken, or its end only planned."""
    if instance.trigger.pos == "verb":
        when = scheduled(instance.token)
        off = lemma(instance.token) in measures().delisting and when != "considered"
        return "lifted" if off and when is not None else when
    weighed = is_weighed(instance.token) or is_ruled_out(instance.token)
    fate = "considered" if weighed else _fate(instance.token)
    if fate is not None:
        return fate
    if (turn := turn_of(instance.token)) is not None:
        return _turned(turn)
    return _carried(instance, instance.verb)


def _carried(instance: Instance, verb: Token | None) -> str | None:
    """Give the status that the verb which carries a measure gives to it."""
    if verb is None or instance.support in (None, "faced"):
        return "in-force"
    if instance.support in ("suspended", "lifted"):
        return _ended(instance, verb)
    if instance.support in ("announced", "considered"):
        return str(instance.support) if scheduled(verb) is not None else None
    return scheduled(verb)


def _ended(instance: Instance, verb: Token) -> str | None:
    """Give the status of a measure that is lifted: until then it holds; a permit lost restricts."""
    when = scheduled(verb)
    if lemma(instance.token) in measures().permits:
        return when
    if not is_presupposed(instance):
        return str(instance.support)
    held = instance.every("item") or instance.made is not None
    return "in-force" if held else None


def is_presupposed(instance: Instance) -> bool:
    """Say whether somebody only undertakes to end a measure, so that it still holds."""
    verb = instance.verb
    if verb is None or instance.support not in ("suspended", "lifted"):
        return False
    when = scheduled(verb)
    return when != "in-force" and not (when == "announced" and guises.is_passive(verb))


def turn_of(noun: Token) -> Token | None:
    """Give the noun that says what becomes of a measure: "the lifting of the ban"."""
    top = guises.first_conjunct(noun)
    act = top.head.head
    if top.dep_ != "pobj" or act.pos_ == "VERB":
        return None
    if top.head.lower_ in ("for", "about", "on"):
        return act if lemma(act) in measures().turns["considered"] else None
    if top.head.lower_ not in ("of", "to", "from"):
        return None
    return act if any(lemma(act) in held for held in measures().turns.values()) else None


def _turned(act: Token) -> str | None:
    """Give the status that a noun of change gives to its measure, by who speaks of it how."""
    value = next(name for name, held in measures().turns.items() if lemma(act) in held)
    above = act.head.head if act.dep_ == "pobj" and act.head.lower_ in ("for", "on") else act
    if lemma(above) in measures().asking and value != "in-force":
        return "in-force"
    verb = guises.carrier(act)
    said = support_of(verb, "control") if verb is not None else None
    owner = any(c.dep_ == "poss" and c.pos_ != "PRON" for c in act.children)
    if verb is None or (owner and lemma(verb) not in measures().owed):
        return value
    owed = said is None and trigger_at(verb, "commitment") is not None
    if owed or scheduled(verb) is None:
        return None
    if said == "considered" or scheduled(verb) == "considered":
        return "considered" if value == "in-force" else "in-force"
    return "announced" if value == "in-force" and said == "announced" else value


def is_weighed(noun: Token) -> bool:
    """Say whether a noun is "under study", by itself or by "is"."""
    top = guises.first_conjunct(noun)
    holders = (noun, top.head) if top.dep_ in ("nsubj", "nsubjpass") else (noun,)
    return any(
        inner.lower_ in wording().weighing
        for holder in holders if holder == noun or lemma(holder) in ("be", "come", "remain")
        for inner in guises.prepositional(holder, "under")
    )  # fmt: skip


def is_ruled_out(noun: Token) -> bool:
    """Say whether somebody rules a measure out: "a halt he ruled out", "excluded tariffs"."""
    verb = guises.carrier(noun)
    if verb is None or trigger_at(noun, "control") is None:
        return False
    out = lemma(verb) == "rule" and any(c.lower_ == "out" for c in verb.children)
    return out or lemma(verb) in ("exclude", "preclude")


def _fate(noun: Token) -> str | None:
    """Give the status that an intransitive verb tells of a measure: "took effect", "lapsed"."""
    verb = fate_of(noun)
    if verb is None:
        return None
    if lemma(verb) in wording().lapsing:
        return "lifted" if scheduled(verb) == "in-force" else None
    ahead = verb.tag_ in ("VBZ", "VBP", "VBG") and any(
        token.lower_ in measures().coming for token in verb.subtree
    )
    return "announced" if ahead or verb.dep_ == "xcomp" else scheduled(verb)


def fate_of(noun: Token) -> Token | None:
    """Give the intransitive verb of force or lapse whose subject a measure is."""
    top = guises.first_conjunct(noun)
    verb = top.head
    if top.dep_ not in ("nsubj", "nsubjpass") or verb.pos_ not in ("VERB", "AUX"):
        return None
    for each in (verb, *_due(verb)):
        if lemma(each) in wording().lapsing and top.dep_ == "nsubj":
            return each
        below = {t.lower_ for c in each.children for t in (c, *c.children)}
        held = lemma(each) in measures().forcing and bool(below & measures().force)
        if held or (lemma(each) in wording().holding and top.dep_ == "nsubj"):
            return each
    return None


def _due(verb: Token) -> Iterator[Token]:
    """Yield what is "due", "set" or "expected" to happen."""
    tops = [verb, *(c for c in verb.children if c.dep_ in ("acomp", "oprd", "xcomp"))]
    for top in tops:
        if top.lower_ in measures().due:
            yield from (c for c in top.children if c.dep_ == "xcomp")


def scheduled(verb: Token) -> str | None:
    """Say whether a deed is done, announced or thought of; None where it is owed to others."""
    used = auxiliaries(verb)
    if verb.dep_ == "advcl" and verb.tag_ == "VBN" and not used:
        return "in-force"
    if used & PROMISING:
        return "announced"
    if used & MAYBE:
        return "considered"
    for governor in _governors(verb):
        if (held := _governed(governor)) != UNSAID:
            return held
    return "announced" if "would" in used else "in-force"


def _governed(governor: Token) -> str | None:
    """Give the status that a word lends to the deed it governs; `UNSAID` where it lends none."""
    if governor.pos_ == "NOUN" and lemma(governor) in measures().deciding:
        verb = guises.carrier(governor)
        said = support_of(verb, "control") if verb is not None else None
        return "considered" if said == "considered" else "in-force"
    if lemma(governor) in measures().owed:
        return None
    if is_resolving(governor):
        return "announced"
    above = trigger_at(governor, "commitment")
    if above is not None and above.needs not in UNBINDING:
        return "considered" if above.value in THOUGHT_OF else None
    weighs = governor.pos_ == "VERB" and support_of(governor, "control") == "considered"
    return "considered" if weighs else UNSAID


def is_resolving(verb: Token) -> bool:
    """Say whether an authority resolves without naming itself: "it is decided to"."""
    it = any(child.lower_ == "it" and child.dep_ == "nsubjpass" for child in verb.children)
    return it and lemma(verb) in measures().resolving


def _governors(verb: Token) -> Iterator[Token]:
    """Yield the words that an infinitive or gerund depends on, from the inside out."""
    token = guises.first_conjunct(verb)
    while token.dep_ in GOVERNED and token.head != token:
        if token.dep_ in ("acl", "advcl", "ccomp") and token.tag_ not in ("VB", "VBG"):
            return
        if token.dep_ == "acl" and token.tag_ == "VBG":
            return
        token = guises.first_conjunct(token.head)
        yield token
