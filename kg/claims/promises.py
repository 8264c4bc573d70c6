"""Commitments without a trigger word: "will", reported "would", lists; a sentence in, drafts out.

Only an official subject promises by "will", and only what names a topic counts. A joint document
that "includes" deeds, and the lines of a list under "We agree:", are deeds of its parties.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kg.claims import accords, guises
from kg.claims.deeds import Deed, draft_of, receivers
from kg.claims.draft import LIKELY, WEAK, Draft
from kg.claims.frames import instances
from kg.claims.moods import MAYBE, PROMISING, auxiliaries, modality
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.things import is_trade
from kg.claims.triggers import lemma, trigger_at
from kg.claims.undertaking_words import undertaking
from kg.claims.voices import (
    Voice,
    all_before,
    lets_know,
    speaker_of,
    speaks_for_others,
    voice,
)
from kg.claims.wording import wording
from kg.terms import Kind

EVENTS = frozenset(("place", "part", "effect"))  # "will take place"
NEAR: Final = 3  # sentences back that a passive may go on from
KIND: Final[Kind] = "commitment"
KINDS: Final[tuple[Kind, ...]] = ("document", "commitment")
ACCORDS: Final = frozenset(
    ("agreed", "pledged", "agreement", "memorandum", "joint-statement", "declaration")
)
BY_THE_WAY = frozenset(("relcl", "advcl", "pcomp", "acl"))


@dataclass(frozen=True, slots=True)
class Lead:
    """A sentence like "The parties agree:" that the lines after it go on."""

    who: Voice
    modality: str
    open: bool = False  # "resolved to:": what follows begins with a verb, whatever it looks like


def lead_of(reading: Reading, sentence: Sentence) -> Lead | None:
    """Read who undertakes what the list after this sentence holds."""
    if not sentence.text.rstrip().endswith(":"):
        return None
    for instance in instances(sentence, "commitment"):
        who = voice(reading, sentence, instance.heads("actor"))
        if instance.trigger.pos == "verb" and who.actors:
            return Lead(who, modality(instance), _is_open(sentence))
    for verb in sentence.tokens:  # "Peru and Mali will work together to:"
        if verb.pos_ in ("VERB", "AUX") and auxiliaries(verb) & PROMISING:
            who = voice(reading, sentence, guises.subject(verb))
            if who.actors and not guises.is_passive(verb):
                return Lead(who, "pledged", _is_open(sentence))
    return None


def _is_open(sentence: Sentence) -> bool:
    """Tell whether a sentence ends in front of a verb: "resolved to:"."""
    return sentence.text.rstrip(" :").lower().endswith(" to")


def _misread_deed(first: Token) -> tuple[Token, ...]:
    """Give what a deed is about whose verb the parser takes for a noun: "map deposits of tin"."""
    top = first.head
    if first.dep_ not in ("compound", "amod", "nmod") or top.dep_ != "ROOT":
        return ()
    below = [c for prep in top.children if prep.dep_ == "prep" for c in prep.children]
    return tuple(c for c in below if c.dep_ == "pobj" and not c.ent_type_) or (top,)


def listed_deed(reading: Reading, sentence: Sentence, lead: Lead) -> Draft | None:
    """Read a line of a list as a deed: it starts with "to", or with a bare verb."""
    marked = next((i for i, t in enumerate(sentence.tokens[:3]) if t.text == ")"), -1)  # "(a)"
    unmarked = sentence.tokens[marked + 1 :]
    words = (t for t in unmarked if t.is_alpha and t.lower_ not in ("not", "jointly", "and"))
    first = next(words, None)
    if first is None or first.i > unmarked[0].i + 2:
        return None
    verb = first.head if first.lower_ == "to" and first.dep_ == "aux" else first
    who = Voice(lead.who.actors, carried=True)
    if lead.open and verb.tag_ in ("NN", "NNP", "JJ") and (heads := _misread_deed(verb)):
        return draft_of(reading, sentence, Deed(verb, who, heads, lead.modality, LIKELY))
    if verb.tag_ not in ("VB", "VBG", "VBP"):
        return None
    return draft_of(reading, sentence, Deed(verb, who, (verb,), lead.modality, LIKELY))


def drafts_at(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Draft]:
    """Yield what a verb without a trigger promises."""
    listed = list(accords.drafts_at(reading, sentence, verb))
    yield from listed or _promised(reading, sentence, verb)


def _promised(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Draft]:
    value = _value(verb)
    if value is None:
        return
    subjects = guises.subject(verb)
    reason = _unmeant(reading, sentence, verb, value, subjects)
    who = Voice()
    if reason is None:
        value, who = _promiser(reading, sentence, verb, value, subjects)
    if reason is None and (not who.actors or (value == "considering" and who.carried)):
        reason = "nobody is named who acts"
    if reason is not None:
        reading.drop(KIND, sentence, verb, reason)
        return
    passive = guises.is_passive(verb)
    course = who.carried and not passive and _is_course(verb, subjects)
    for deed in _gerunds(verb) or [verb]:
        heads = guises.objects(deed) if passive else (*(subjects if course else ()), deed)
        with_whom = receivers(reading, sentence, deed, who)
        untrue = "negative" if reading.factuality(sentence, verb).untrue else None
        meant = Deed(verb, who, heads, value, WEAK, polarity=untrue, partners=with_whom)
        draft = draft_of(reading, sentence, meant)
        if draft.roles.get("topic"):
            yield draft
        else:
            reading.drop(KIND, sentence, verb, "no topic")


def _unmeant(
    reading: Reading, sentence: Sentence, verb: Token, value: str, subjects: tuple[Token, ...]
) -> str | None:
    """Say why a verb with "will" or its like promises nothing; None where it may."""
    if _is_idle(verb) and not (value == "pledged" and _is_course(verb, subjects)):
        return "nothing that is to be done follows"
    facts = reading.factuality(sentence, verb)
    if facts.question:
        return "a question"
    if _conditional(verb) if value == "considering" else facts.hypothetical:
        return "only supposed"
    foretold = lemma(verb) == "help" and (value != "pledged" or _is_told_how(verb))
    aside = verb.dep_ == "relcl" and any(speaks_for_others(each) for each in subjects)
    return "only told by the way" if foretold or aside else None


def _promiser(
    reading: Reading, sentence: Sentence, verb: Token, value: str, subjects: tuple[Token, ...]
) -> tuple[str, Voice]:
    """Give who promises: the subject, who announces it, or in an official passive who agreed."""
    passive = guises.is_passive(verb)
    who = voice(reading, sentence, subjects)
    if who.actors:
        return value, who
    if value == "pledged" and (passive or _is_course(verb, subjects)):
        who = Voice(speaker_of(reading, sentence, verb), carried=True)
    nobody = passive and value == "pledged" and not who.actors and not subjects
    if nobody and _follows_accord(reading, sentence):
        return value, Voice(all_before(reading, sentence), carried=True)
    return value, who


def _value(verb: Token) -> str | None:
    """Give the modality that the auxiliaries of a verb make; None where they make none."""
    used = auxiliaries(verb)
    if used & PROMISING:
        return "pledged"
    if verb.dep_ in BY_THE_WAY:
        return None
    if used & MAYBE:
        return "considering"
    if "would" in used and _is_reported(verb):
        return "pledged"
    return "pledged" if _is_to(verb) else None


def _is_told_beside(verb: Token) -> bool:
    """Say whether a verb of saying stands beside a clause in its sentence, with its speaker."""
    return any(
        c.dep_ in ("ccomp", "parataxis") and lemma(t) in wording().speech
        for c in verb.children for t in (c,)
        if c.pos_ == "VERB" and any(s.dep_ == "nsubj" for s in c.children)
    )  # fmt: skip


def _is_told_how(verb: Token) -> bool:
    """Say whether a clause only foretells: "discussed how it will help", "said it would help"."""
    how = any(c.lower_ == "how" for c in verb.children)
    return how or (verb.dep_ == "ccomp" and "would" in auxiliaries(verb))


def _is_idle(verb: Token) -> bool:
    """Say whether a verb promises nothing: a state of affairs, a meeting, an event, a passive."""
    phrase = {(lemma(verb), c.lower_) for c in verb.children if c.dep_ in ("prt", "prep")}
    if phrase & {("call", "on"), ("take", "up")}:
        return True
    if lemma(verb) == "take" and any(each.lower_ in EVENTS for each in guises.objects(verb)):
        return True
    return lemma(verb) in wording().idle and not _gerunds(verb)


def _gerunds(verb: Token) -> list[Token]:
    """Give the deeds of "will include mining tin and smelting it"."""
    if lemma(verb) != "include":
        return []
    after = [c for c in verb.children if c.i > verb.i and c.tag_ == "VBG"]
    return [each for gerund in after for each in guises.conjoined(gerund)]


def _follows_accord(reading: Reading, sentence: Sentence) -> bool:
    """Say whether one of the sentences before tells of something agreed or signed."""
    if sentence.span[0].lower_ in ("should", "were", "had", "if"):
        return False
    near = reading.sentences[max(0, sentence.index - NEAR) : sentence.index]
    return any(
        each.trigger.value in ACCORDS
        for earlier in near if earlier.role == "body"
        for kind in KINDS for each in instances(earlier, kind)
    )  # fmt: skip


def _is_course(verb: Token, subjects: tuple[Token, ...]) -> bool:
    """Say whether a thing is to take its course: "the duty will stay", as an official tells."""
    if lemma(verb) not in undertaking().courses or verb.dep_ in BY_THE_WAY:
        return False
    things = all(t.pos_ == "NOUN" and not t.ent_type_ and not is_trade(t) for t in subjects)
    beside = (verb.head, *(c for c in verb.children if c.dep_ in ("ccomp", "parataxis")))
    told = (trigger_at(t, "commitment") for t in beside if t != verb)
    if any(each.needs is None for each in told if each is not None):
        return False  # "The tin will flow, Peru promised"
    governs = guises.objects(verb) or guises.complements(verb)
    return bool(subjects) and things and not governs


def _conditional(verb: Token) -> bool:
    return any(t.lower_ in ("if", "unless") and t.dep_ == "mark" for t in verb.subtree)


def _is_to(verb: Token) -> bool:
    """Say whether a verb stands as in "Peru is to open a port"."""
    above = verb.head
    if verb.dep_ != "xcomp" or lemma(above) != "be":
        return False
    if above.tag_ not in ("VBZ", "VBP") and not (above.tag_ == "VBD" and _is_told_beside(above)):
        return False
    joined = any(c.dep_ in ("acomp", "attr") for c in above.children)
    return guises.is_infinitive(verb) and not joined


def _is_reported(verb: Token) -> bool:
    top = guises.first_conjunct(verb)
    if top != verb and trigger_at(top, "commitment") is not None:
        return True  # "agreed to cut duties and would open its ports"
    if _is_told_beside(top):
        return True  # "The tin stays, Peru insisted; it would build smelters"
    return top.dep_ in ("ccomp", "xcomp", "conj") and lets_know(top.head)
