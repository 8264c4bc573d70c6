"""Who imposes a measure: an instance or a passage of goods in, the states that impose it out.

A measure whose sentence leaves its author out ("the quota was renewed", "tin may be sold only
with a permit") is that of the state or official who announces it there, else of the last measure
of the article, else of the one state that acted last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.frames import Instance
from kg.claims.measures import (
    Passage,
    fate_of,
    is_resolving,
    is_ruled_out,
    is_weighed,
    measures,
    turn_of,
)
from kg.claims.model import Filler
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.triggers import lemma
from kg.claims.voices import Voice, parties_before, voice
from kg.claims.wording import wording

POWERS: Final = ("state", "bloc")
NEAR: Final = 4  # sentences around in which somebody says "we"
POINTING: Final = ("the", "these", "those", "this", "that", "both")


@dataclass(frozen=True, slots=True)
class Known:
    """The last measure of the article so far: whose, of what type, in which sentence."""

    imposer: tuple[Filler, ...] = ()
    target: tuple[Filler, ...] = ()
    type: str | None = None
    sentence: int = -1


def imposers(reading: Reading, instance: Instance, known: Known) -> Voice:
    """Give the states that impose: the subject, or the state that a person or body acts for.

    Of a measure that somebody faces, or that the text points back to, it is the last imposer.
    """
    faced = instance.support == "faced"
    sentence = instance.sentence
    found = Voice()
    if turn_of(instance.token) is not None:
        found = Voice(_owning(reading, instance))
    if not faced and not found.actors:
        found = _states(reading, voice(reading, sentence, _heads(instance)))
    found = found if found.actors else Voice(_owning(reading, instance))
    if found.actors:
        return _at_home(reading, sentence, found, known)
    open_ = is_agentless(instance) or _is_told(instance.token) or is_existential(instance.token)
    act = turn_of(instance.token)
    open_ = open_ or (act is not None and is_existential(act)) or _is_ruled(instance)
    open_ = open_ or _is_resolved(instance)
    if faced or points_back(instance) or open_:
        return _placed(reading, instance) or carried(
            reading, sentence, instance.verb or instance.token, known
        )
    return Voice()


def _heads(instance: Instance) -> tuple[Token, ...]:
    """Give the words that may name who imposes; a noun of change has its own doers."""
    act, verb, made = turn_of(instance.token), instance.verb, instance.made
    if act is not None:
        own = [c for c in act.children if c.dep_ == "poss"]
        own += [*guises.prepositional(act, "by"), *guises.prepositional(instance.token, "by")]
        above = (t for t in act.ancestors if t.pos_ in ("VERB", "AUX"))
        carrier = guises.carrier(act) or next(above, None)
        own += guises.subject(carrier) if carrier is not None and not own else ()
        return tuple(own) or instance.heads("imposer")
    if (deed := _deed(instance)) is not None:
        return guises.subject(deed)
    aside = made is not None and made.dep_ == "relcl" and verb is not None and verb != made
    if aside and verb is not None and instance.support:
        return guises.subject(verb) or instance.heads("imposer")
    return instance.heads("imposer")


def _is_ruled(instance: Instance) -> bool:
    """Say whether a rule imposes: "a decree bans exports", "the law will require a permit"."""
    verb = instance.verb
    if verb is None or (instance.trigger.pos == "noun" and instance.support is None):
        return False
    return any(lemma(t) in measures().rulings for t in guises.subject(verb))


def _is_resolved(instance: Instance) -> bool:
    """Say whether a measure is resolved by nobody named: "it is decided to impose a quota"."""
    verb = instance.verb
    return verb is not None and verb.dep_ in ("xcomp", "ccomp") and is_resolving(verb.head)


def _deed(instance: Instance) -> Token | None:
    """Give the verb whose doer imposes, though no verb of imposing carries the measure."""
    noun, verb = instance.token, instance.verb
    if is_ruled_out(noun):
        return guises.carrier(noun)
    refused = verb is not None and lemma(verb) in measures().withholding
    if refused and lemma(noun) in measures().permits:
        return verb
    if verb is not None and lemma(verb) in measures().charging and noun in verb.ancestors:
        return verb
    return misread_gerund(instance) or demanding(noun)


def misread_gerund(instance: Instance) -> Token | None:
    """Give the verb above "by halting imports", whose gerund the parser takes for an adjective."""
    token = instance.token
    prep = token.head.head
    if token.tag_ != "VBG" or token.dep_ != "amod" or prep.dep_ != "prep":
        return None
    return prep.head if prep.i == token.i - 1 and prep.head.pos_ == "VERB" else None


def demanding(noun: Token) -> Token | None:
    """Give the clause of "the licences it demands": who demands a permit imposes it."""
    if lemma(noun) not in measures().permits:
        return None
    clauses = (c for c in noun.children if c.dep_ == "relcl" and noun in guises.objects(c))
    return next((c for c in clauses if lemma(c) in measures().demanding), None)


def of_passage(reading: Reading, sentence: Sentence, passage: Passage, known: Known) -> Voice:
    """Give the states whose measure binds a passage of goods."""
    for owner in passage.owners:
        found = _acting(reading, reading.parties(sentence, owner))
        if not passage.strict:
            found = _at_home(reading, sentence, Voice(found), known).actors
        found = tuple(f for f in found if f.type in POWERS)
        if not found:
            found = _adjectival(reading, sentence, owner)
        if found:
            return Voice(found)
    if passage.strict:
        return Voice()
    return carried(reading, sentence, passage.verb, known)


def carried(reading: Reading, sentence: Sentence, verb: Token, known: Known) -> Voice:
    """Give whose a measure is that its clause leaves open: who announces it, else who was last."""
    for above in verb.ancestors:
        if above.sent == verb.sent and lemma(above) in wording().speech | {"deny"}:
            said = _states(reading, voice(reading, sentence, guises.subject(above)))
            if len(said.actors) == 1:
                said = _at_home(reading, sentence, said, known)
                return Voice(said.actors, carried=True)
    if known.imposer:
        return Voice(tuple(_bare(each) for each in known.imposer), carried=True)
    before = _acting(reading, parties_before(reading, sentence, 1))
    before = before if len(before) == 1 else _speaking(reading, sentence)
    return Voice(before or _ordering(reading), carried=True)


def _ordering(reading: Reading) -> tuple[Filler, ...]:
    """Give the state whose authority put out the text: what it leaves open is its own."""
    state = reading.releasing_state
    return (Filler(ref=state, type="state"),) if state else ()


def _speaking(reading: Reading, sentence: Sentence) -> tuple[Filler, ...]:
    """Give the state that speaks: who says "we" nearby."""
    near = reading.sentences[max(0, sentence.index - NEAR) : sentence.index + NEAR]
    for each in near:
        for token in each.span:
            if token.lower_ in ("we", "our"):
                said = tuple(f for f in reading.parties(each, token) if f.type in POWERS)
                if len(said) == 1:
                    return (_bare(said[0]),)
    return ()


def _at_home(reading: Reading, sentence: Sentence, found: Voice, known: Known) -> Voice:
    """Give the state for an official of whom the text does not say whose he is."""
    if any(f.type in (*POWERS, "framework") or _is_own(f) for f in found.actors):
        return found
    last = known.imposer or _acting(reading, parties_before(reading, sentence, 1))
    states = tuple(_bare(f) for f in last if f.type in POWERS)
    return Voice(states, carried=True) if len(states) == 1 else found


def _is_own(filler: Filler) -> bool:
    """Say whether a body is of several states, so that it acts for none ("the Commission")."""
    words = str(filler.text or filler.ref).lower().split()
    return filler.type == "organisation" and words[-1:] in (["commission"], ["council"])


def is_existential(noun: Token) -> bool:
    """Say whether a measure is only said to be there: "there is no ban"."""
    verb = noun.head
    there = lemma(verb) == "be" and any(c.dep_ == "expl" for c in verb.children)
    return noun.dep_ in ("attr", "nsubj") and (there or lemma(verb) == "exist")


def _owning(reading: Reading, instance: Instance) -> tuple[Filler, ...]:
    """Give the state named before the noun of a measure: "US sanctions", "the Dutch permit"."""
    noun, sentence = instance.token, instance.sentence
    if instance.trigger.pos != "noun":
        return ()
    edge = max(noun.left_edge.i, sentence.span.start)
    named = (m for m in reading.mentions(sentence) if m.type in POWERS)
    before = [m for m in named if edge <= m.start < noun.i]
    mention = before[-1] if before else None
    if mention is None:
        return ()
    return tuple(
        Filler(ref=mention.refs[0], text=mention.text, type=mention.type, start=start, end=end)
        for start, end in (sentence.place(mention.start, mention.end),)
    )


def _is_told(noun: Token) -> bool:
    """Say whether a measure is the subject of what becomes of it ("took effect", "under study")."""
    return fate_of(noun) is not None or is_weighed(noun)


def _placed(reading: Reading, instance: Instance) -> Voice | None:
    """Give the state where a measure holds or is weighed: "took effect in Peru"."""
    verb = instance.verb or instance.token.head
    for name in ("in", "at", "by"):
        for token in (t for top in (verb, instance.token) for t in _under(top, name)):
            sentence = instance.sentence
            found = _acting(reading, (f for f in reading.parties(sentence, token)))
            found = tuple(f for f in found if f.type in POWERS)
            if found := found or _adjectival(reading, sentence, token):
                return Voice(found)
    return None


def _under(top: Token, name: str) -> Iterable[Token]:
    own = (*guises.prepositional(top, name),)
    weighed = (t for t in guises.prepositional(top, "under"))
    return (*own, *(each for t in weighed for each in guises.prepositional(t, name)))


def points_back(instance: Instance) -> bool:
    """Say whether "the tariffs" are those spoken of before, with something new told of them."""
    told = instance.support in ("suspended", "lifted", "in-force") or fate_of(instance.token)
    definite = any(c.lower_ in POINTING for c in instance.token.children)
    return instance.trigger.pos == "noun" and bool(told) and definite


def is_burdened(instance: Instance) -> bool:
    """Say whether a verb puts somebody under a measure, or hits goods with one."""
    noun = instance.token
    return noun.dep_ == "pobj" and noun.head.lower_ in ("under", "with") and bool(instance.support)


def is_agentless(instance: Instance) -> bool:
    """Say whether a passive clause leaves out who restricts ("exports were halted")."""
    verb = instance.verb
    carried = instance.trigger.pos == "verb" or instance.support is not None
    if verb is None or verb.dep_ == "acl" or not carried:
        return False
    return guises.is_passive(verb) or (verb.dep_ == "advcl" and verb.tag_ == "VBN")


def _states(reading: Reading, found: Voice) -> Voice:
    return Voice(_acting(reading, found.actors), found.carried)


def _acting(reading: Reading, actors: Iterable[Filler]) -> tuple[Filler, ...]:
    states = (
        state
        for each in actors
        for state in ((each,) if each.type in POWERS else reading.acts_for(each)[:1] or (each,))
    )
    named = (f for f in states if f.type != "framework" or str(f.text or f.ref)[:2] != "a ")
    return tuple({f.value: f for f in named}.values())


def _adjectival(reading: Reading, sentence: Sentence, owner: Token) -> tuple[Filler, ...]:
    """Give the state of a nationality ("a Dutch licence") or of what stands with the word."""
    states = (m for m in reading.mentions(sentence) if m.type in POWERS)
    held = next((m for m in states if m.start <= owner.i < m.end), None)
    return () if held is None else (Filler(ref=held.refs[0], text=held.text, type=held.type),)


def _bare(filler: Filler) -> Filler:
    return Filler(ref=filler.ref, type=filler.type, rule=filler.rule)
