"""Claims of the kind utterance: who is quoted or reported as saying what.

A named person or body must say something with content: a clause, quoted words, or a noun phrase
after a verb such as "emphasised". States, news media and documents are no speakers, and thanks
and congratulations have no content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kg.claims.answers import answers
from kg.claims.attachment import dates_of
from kg.claims.contents import (
    content_of,
    has_clause,
    has_quotation,
    is_answer,
    is_aside,
    is_light,
    is_saying,
    labels,
)
from kg.claims.draft import CARRIED, LIKELY, SURE, WEAK, Draft
from kg.claims.model import Filler
from kg.claims.reading import Reading
from kg.claims.reference import nouns
from kg.claims.saying import QUOTES, saying_words
from kg.claims.sentences import Sentence
from kg.claims.speakers import first_of, speakers, voices_of
from kg.claims.venues import criticised_with, speaking_with, venue_of

STATES: Final = frozenset({"state", "bloc"})
SUPPOSING: Final = frozenset({"to", "should", "must", "can", "would"})


def claims_in(reading: Reading) -> Iterator[Draft]:
    """Yield the utterances of an article, in text order."""
    for sentence in reading.sentences:
        if sentence.role in {"title", "heading"}:
            continue
        turn = _turn(reading, sentence)
        if turn:
            yield turn
            continue
        yield from _joined(list(_in_sentence(reading, sentence)))


def _joined(drafts: list[Draft]) -> Iterator[Draft]:
    """Make one of several sayings of one speaker in one sentence: "said …, adding …"."""
    kept: list[Draft] = []
    for draft in drafts:
        speaking = {filler.value for filler in draft.roles["speaker"]}
        for i, other in enumerate(kept):
            if speaking <= {filler.value for filler in other.roles["speaker"]}:
                roles = {**draft.roles, **other.roles}
                kept[i] = replace(
                    other, roles=roles, confidence=max(other.confidence, draft.confidence)
                )
                break
        else:
            kept.append(draft)
    yield from kept


def _in_sentence(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    for token in sentence.tokens:
        if is_saying(token):
            draft = _said(reading, sentence, token)
            if draft:
                yield draft
    for token, who in answers(reading, sentence):
        found = speakers(reading, sentence, who)
        if found and all(each.type in {"person", "organisation"} for each in found):
            yield Draft("utterance", sentence, {"speaker": found}, confidence=WEAK, token=token)


def _said(reading: Reading, sentence: Sentence, verb: Token) -> Draft | None:
    strength = content_of(verb)
    subject, found = _speaker(reading, sentence, verb, strength is None)
    if strength is None and subject is None:
        return None
    if _supposed(reading, sentence, verb, subject):
        reading.drop("utterance", sentence, verb, "not said, or only supposed to be")
        return None
    if subject is None or subject.lower_ in {"i", "we"}:
        reading.drop("utterance", sentence, verb, "nobody is named who says it")
        return None
    if found[0].type in STATES and not _is_stated(verb, strength is None):
        reading.drop("utterance", sentence, verb, "a state does, it does not say")
        return None
    if _undertakes(reading, sentence, verb, found[0]):
        return None
    sure = LIKELY if strength is None else strength
    return Draft(
        "utterance",
        sentence,
        _roles(reading, sentence, verb, found),
        attribution=_reported(reading, sentence, verb, found),
        confidence=sure * CARRIED if subject.pos_ == "PRON" else sure,
        token=verb,
    )


def _speaker(
    reading: Reading, sentence: Sentence, verb: Token, aside: bool
) -> tuple[Token | None, tuple[Filler, ...]]:
    """Give the word for who says it, and who that is; of asides only those set off by commas."""
    for subject in voices_of(reading, sentence, verb):
        if aside and not is_aside(verb, first_of(reading, sentence, subject, verb)):
            continue
        found = speakers(reading, sentence, subject)
        if found:
            return subject, found
    return None, ()


def _is_stated(verb: Token, aside: bool) -> bool:
    """Tell whether a state says something in so many words, in a clause or in quotation marks."""
    if is_light(verb) or is_answer(verb) or has_quotation(verb) or labels(verb):
        return True
    says = verb.lemma_ in nouns().saying | saying_words().gerund | saying_words().stating
    return says and (aside or has_clause(verb))


def _roles(
    reading: Reading, sentence: Sentence, verb: Token, found: tuple[Filler, ...]
) -> dict[str, tuple[Filler, ...]]:
    venue = venue_of(reading, sentence, verb)
    with_it = (*speaking_with(verb), *criticised_with(verb))
    targets = {verb.i} | {each.i for each in with_it}
    if venue:
        targets |= {venue[0].i} | {c.i for c in venue[0].children if c.dep_ == "acl"}
        targets |= {t.i for t in venue[0].subtree if t.dep_ == "pobj"}
    passing = frozenset(child.i for child in verb.children if child.dep_ in {"dobj", "dative"})
    roles = {"speaker": found, "date": dates_of(reading, sentence, frozenset(targets), passing)}
    if venue:
        roles["venue"] = (venue[1],)
    return {name: fillers for name, fillers in roles.items() if fillers}


def _undertakes(reading: Reading, sentence: Sentence, verb: Token, speaker: Filler) -> bool:
    """Tell whether a verb undertakes what its clause says, so that it is only a commitment.

    With quotation marks, or told before an audience, it is said as well.
    """
    if verb.lemma_.lower() not in saying_words().undertaking:
        return False
    if speaker.type in STATES:
        return True
    quoted = has_quotation(verb) or any(
        t.text in QUOTES for t in verb.doc[verb.sent.start : verb.i]
    )
    return not quoted and venue_of(reading, sentence, verb) is None


def _supposed(reading: Reading, sentence: Sentence, verb: Token, subject: Token | None) -> bool:
    """Tell whether the saying is negated, asked, supposed, only intended or general."""
    facts = reading.factuality(sentence, verb)
    asked = facts.question and not has_quotation(verb)
    supposed = facts.hypothetical and (verb.dep_ != "relcl" or _may(verb))
    return supposed or asked or _unsaid(verb, subject) or _unreal(verb)


def _may(verb: Token) -> bool:
    return any(child.lower_ in {"could", "might"} for child in verb.children)


def _unsaid(verb: Token, subject: Token | None) -> bool:
    """Tell whether the saying itself is negated, not only what is said: "did not say"."""
    if subject is not None and any(c.lower_ in {"neither", "no"} for c in subject.lefts):
        return True
    near = verb.doc[max(verb.i - 3, verb.sent.start) : verb.i]
    return any(child.dep_ == "neg" and child in near for child in verb.children)


def _unreal(verb: Token) -> bool:
    """Tell whether a verb of saying is only asked for, intended or general."""
    if verb.dep_ in {"relcl", "ccomp"} and verb.head.lower_ in {"all", "what"}:
        return False  # "was all that she would say"
    left = verb.left_edge
    if left.lower_ == "all" and left.i > verb.sent.start and left.nbor(-1).lemma_ == "be":
        return False
    supposing = {c.lower_ for c in verb.children if c.dep_ == "aux"} & SUPPOSING
    if supposing == {"to"}:
        return not _led(verb)
    if supposing == {"would"} and any(c.lower_ == "only" for c in verb.children):
        return False
    return bool(supposing) or (verb.dep_ == "xcomp" and verb.tag_ == "VB")


def _led(verb: Token) -> bool:
    """Tell whether it is "went on to say", "was quick to add", "only to insist"."""
    if any(child.lower_ == "only" and child.i < verb.i for child in verb.children):
        return verb.dep_ == "advcl"
    words, above = saying_words(), verb.head
    return above.lemma_.lower() in words.leading


def _reported(
    reading: Reading, sentence: Sentence, verb: Token, found: tuple[Filler, ...]
) -> tuple[Filler, ...]:
    """Give whom the article cites for the saying itself: "Reuters reported that Kim said …"."""
    said = {filler.value for filler in found}
    return tuple(f for f in reading.attribution(sentence, verb) if f.value not in said)


def _turn(reading: Reading, sentence: Sentence) -> Draft | None:
    """Read a turn of a transcript: "MS. LEE: We have not decided."."""
    speaker = reading.turn_speaker(sentence)
    return (
        Draft("utterance", sentence, {"speaker": (speaker,)}, confidence=SURE) if speaker else None
    )
