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
from kg.claims.moods import modality, polarity
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.undertakings import deeds, holds
from kg.claims.voices import Voice, parties_before, voice

READ: Final = frozenset(("body", "caption"))
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
        yield from _in_sentence(reading, sentence)


def _in_sentence(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    measured = controls.places(reading, sentence)
    marked = {instance.token.i: instance for instance in instances(sentence, "commitment")}
    covered: set[int] = set()
    for token in sentence.span:
        if token.i in covered:
            continue
        instance = marked.get(token.i)
        drafts = list(_triggered(reading, instance, measured)) if instance is not None else []
        if not drafts and token.pos_ in ("VERB", "AUX") and token.i not in measured:
            drafts = list(promises.drafts_at(reading, sentence, token))
        if drafts:
            covered.update(_inside(token))
            if (
                instance is not None
                and instance.verb is not None
                and instance.trigger.pos != "noun"
            ):
                covered.update(_inside(instance.verb))
            yield from drafts


def _triggered(reading: Reading, instance: Instance, measured: frozenset[int]) -> Iterator[Draft]:
    facts = reading.factuality(instance.sentence, instance.verb or instance.token)
    if facts.hypothetical or facts.question or not holds(instance):
        return
    who = voice(reading, instance.sentence, instance.heads("actor"))
    if not who.actors and _was_agreed(instance):
        who = Voice(parties_before(reading, instance.sentence), carried=True)
    if not who.actors:
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
            yield draft_of(reading, instance.sentence, deed)


def _was_agreed(instance: Instance) -> bool:
    """Say whether a passive leaves out who agreed ("That they train together was agreed")."""
    verb = instance.token
    agreed = instance.trigger.value == "agreed" and instance.trigger.pos == "verb"
    clause = any(c.dep_ == "csubjpass" for c in verb.children) or bool(guises.complements(verb))
    return agreed and clause and guises.is_passive(verb) and not guises.subject(verb)


def _inside(token: Token) -> Iterator[int]:
    """Yield the places that belong to a commitment, without clauses of other subjects."""
    for child in token.children:
        if child.dep_ in APART and child.pos_ in ("VERB", "AUX"):
            continue
        if child.dep_ == "advcl" and not guises.is_infinitive(child):
            continue
        inside = guises.conjoined(child) if child.dep_ in ("xcomp", "pcomp", "ccomp") else (child,)
        for each in inside:
            yield each.i
            yield from _inside(each)
