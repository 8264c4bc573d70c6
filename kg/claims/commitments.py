"""Claims of the kind commitment: a reading in, drafts out.

Triggers of undertaking with an official actor (`undertakings`) go before "will" and its like
(`promises`). Deeds that are coordinated under one trigger become one commitment each; what lies
inside a commitment is not read as another, and a measure that is only planned is a control.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims import controls, guises, promises
from kg.claims.deeds import Deed, draft_of, partners
from kg.claims.draft import LIKELY, SURE, Draft
from kg.claims.frames import Instance, instances
from kg.claims.model import Filler
from kg.claims.moods import modality, polarity
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.status import is_of_same, is_off
from kg.claims.triggers import lemma
from kg.claims.undertaking_words import undertaking
from kg.claims.undertakings import could_not, deeds, holds
from kg.claims.voices import Voice, all_before, parties_before, speaker_of, states_at, voice
from kg.claims.wording import wording
from kg.terms import Kind

KIND: Final[Kind] = "commitment"
READ: Final = frozenset(("body", "caption"))
SHORT: Final = 3  # nouns and verbs of a sentence that says nothing itself
APART: Final = frozenset(("relcl", "conj", "nsubj", "nsubjpass", "parataxis"))


def claims_in(reading: Reading) -> Iterator[Draft]:
    """Yield the commitment claims of an article, in text order."""
    lead: promises.Lead | None = None
    for sentence in reading.sentences:
        if sentence.role not in READ:
            continue
        listed = promises.listed_deed(reading, sentence, lead) if lead is not None else None
        if listed is not None:
            yield listed
            continue
        lead = promises.lead_of(reading, sentence)
        if lead is None or not _is_bare(sentence):
            yield from _in_sentence(reading, sentence)


def _is_bare(sentence: Sentence) -> bool:
    """Say whether a sentence only leads to the list after it ("We agree:")."""
    return sum(t.pos_ in ("NOUN", "VERB") for t in sentence.tokens) < SHORT


def _in_sentence(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    measured = controls.places(reading, sentence)
    marked = {instance.token.i: instance for instance in instances(sentence, "commitment")}
    covered: set[int] = set()
    done: set[int] = set()
    for token in sentence.tokens:
        if token.i in covered:
            continue
        instance = marked.get(token.i)
        if any(c.dep_ == "ccomp" and c.i < token.i and c.i in done for c in token.children):
            continue  # "Peru will sell no tin, Torres vowed": told by its clause
        drafts = list(_triggered(reading, instance, measured)) if instance is not None else []
        if not drafts and token.pos_ in ("VERB", "AUX") and token.i not in measured:
            drafts = list(promises.drafts_at(reading, sentence, token))
        if drafts:
            done.add(token.i)
            covered.update(_inside(token))
            if (
                instance is not None
                and instance.verb is not None
                and instance.trigger.pos != "noun"
            ):
                covered.update(_inside(instance.verb))
            yield from drafts


def _triggered(reading: Reading, instance: Instance, measured: frozenset[int]) -> Iterator[Draft]:
    reason = _unreal(reading, instance)
    who = _who(reading, instance) if reason is None else Voice()
    if not who.actors:
        why = reason or "nobody is named who acts"
        reading.drop(KIND, instance.sentence, instance.token, why)
        return
    sure = instance.trigger.pos == "verb" and instance.trigger.needs is None
    for heads in deeds(instance):
        if not any(head.i in measured for head in heads):
            deed = Deed(
                instance.token,
                who,
                heads,
                modality(instance),
                SURE if sure else LIKELY,
                polarity(reading, instance),
                partners(reading, instance, who),
                instance.own,
            )
            draft = draft_of(reading, instance.sentence, deed)
            if draft.roles.get("topic") or deed.modality != "considering":
                yield draft


def _unreal(reading: Reading, instance: Instance) -> str | None:
    """Say why a trigger does not tell that something is undertaken; None where it does."""
    facts = reading.factuality(instance.sentence, instance.verb or instance.token)
    if facts.question:
        return "a question"
    if facts.hypothetical and not could_not(instance):
        return "only supposed"
    silent = _is_silence(instance)
    off = any(c.dep_ == "conj" and is_off(c) and is_of_same(c) for c in _verbs(instance))
    if silent or off:
        reading.refuse(KIND, instance.sentence, instance.token, "")
        return "only keeps silent" if silent else "called off"
    return None if holds(instance) else "nothing that is to be done follows"


def _verbs(instance: Instance) -> Iterator[Token]:
    yield from (instance.verb or instance.token).children


def _is_silence(instance: Instance) -> bool:
    """Say whether somebody only "declined to comment", "refused to say"."""
    if lemma(instance.token) not in wording().refusing:
        return False
    deeds = (c for c in instance.token.children if c.dep_ in ("xcomp", "dobj"))
    return any(lemma(c) in undertaking().silent for c in deeds)


def _who(reading: Reading, instance: Instance) -> Voice:
    """Give who undertakes it: the subject, or in a passive the speaker or those spoken of."""
    told = told_of(reading, instance)
    who = told or voice(reading, instance.sentence, instance.heads("actor"))
    if who.actors:
        return who
    if _was_agreed(instance):
        return Voice(all_before(reading, instance.sentence), carried=True)
    if _is_weighed(instance):
        near = states_at(reading, instance.sentence, instance.heads("actor"))
        near = near or speaker_of(reading, instance.sentence, instance.token)
        return Voice(near or parties_before(reading, instance.sentence, 1), carried=not near)
    return Voice(_told_by(reading, instance), carried=True)


def _told_by(reading: Reading, instance: Instance) -> tuple[Filler, ...]:
    """Give who says that there are plans, or that something was promised."""
    trigger = instance.trigger
    passive = trigger.value == "pledged" and guises.is_passive(instance.token)
    there = trigger.pos == "noun" and _is_existential(instance)
    said = speaker_of(reading, instance.sentence, instance.token) if passive or there else ()
    if there and not said and trigger.value == "agreed":
        return parties_before(reading, instance.sentence)
    return said


def _was_agreed(instance: Instance) -> bool:
    """Say whether a passive leaves out who agreed ("That they train together was agreed")."""
    verb = instance.token
    agreed = instance.trigger.value == "agreed" and instance.trigger.pos == "verb"
    clause = any(c.dep_ == "csubjpass" for c in verb.children) or bool(guises.complements(verb))
    return agreed and clause and guises.is_passive(verb) and not guises.subject(verb)


def _is_existential(instance: Instance) -> bool:
    """Say whether a noun is only said to be there ("there are no plans to …")."""
    head = instance.token.head
    return instance.token.dep_ == "attr" and any(c.dep_ == "expl" for c in head.children)


def told_of(reading: Reading, instance: Instance) -> Voice | None:
    """Give the state that a promise is made for: "she vowed that Peru would pay" binds Peru."""
    if instance.trigger.pos != "verb":
        return None
    for clause in (
        c for c in instance.token.children if c.dep_ == "ccomp" and c.i > instance.token.i
    ):
        doers = (
            [] if guises.is_passive(clause) else [c for c in clause.children if c.dep_ == "nsubj"]
        )
        named = [c for c in doers if c.pos_ in ("PROPN", "PRON") or c.ent_type_ == "GPE"]
        who = voice(reading, instance.sentence, named)
        if who.actors and all(each.type in ("state", "bloc") for each in who.actors):
            return who
    return None


def _is_weighed(instance: Instance) -> bool:
    """Say whether a passive leaves out who plans or considers ("A port is being considered")."""
    verb, trigger = instance.token, instance.trigger
    if trigger.pos != "verb" or trigger.value not in ("planned", "considering"):
        return False
    if trigger.needs == "under-way":
        return False
    if "subject" not in trigger.frame["actor"]:
        return True
    if lemma(verb) in wording().expecting:
        return False
    own = any(c.dep_ == "nsubjpass" and c.pos_ == "NOUN" for c in verb.children)
    return own and guises.is_passive(verb) and not guises.subject(verb)


def _inside(token: Token) -> Iterator[int]:
    """Yield the places that belong to a commitment, without clauses of other subjects."""
    for child in token.children:
        if child.dep_ in APART and child.pos_ in ("VERB", "AUX"):
            continue
        if child.dep_ == "advcl" and not guises.is_infinitive(child):
            continue
        inside = guises.deeds_of(child) if child.dep_ in ("xcomp", "pcomp", "ccomp") else (child,)
        for each in inside:
            yield each.i
            yield from _inside(each)
