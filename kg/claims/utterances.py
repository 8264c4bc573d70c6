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

from kg.claims.answers import QUOTES, answers
from kg.claims.attachment import dates_of, subject_of
from kg.claims.draft import CARRIED, LIKELY, SURE, WEAK, Draft
from kg.claims.model import Filler
from kg.claims.organisations import bodies
from kg.claims.reading import Reading
from kg.claims.reference import is_document, nouns
from kg.claims.saying import SPEAKING, saying_words
from kg.claims.sentences import Sentence
from kg.claims.venues import venue_of

REACH: Final = 12  # tokens from a verb of saying to its "that"
CLAUSES: Final = frozenset({"ccomp", "xcomp", "parataxis"})
CONTENTS: Final = frozenset({"ccomp", "parataxis"})


def claims_in(reading: Reading) -> Iterator[Draft]:
    """Yield the utterances of an article, in text order."""
    for sentence in reading.sentences:
        if sentence.role in {"title", "heading"}:
            continue
        if sentence.text.startswith(("Q:", "Q.", "Q ", "QUESTION")):
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
        speakers = {filler.value for filler in draft.roles["speaker"]}
        for i, other in enumerate(kept):
            if speakers <= {filler.value for filler in other.roles["speaker"]}:
                roles = {**draft.roles, **other.roles}
                kept[i] = replace(
                    other, roles=roles, confidence=max(other.confidence, draft.confidence)
                )
                break
        else:
            kept.append(draft)
    yield from kept


def _in_sentence(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    for token in sentence.span:
        if _is_saying(token):
            draft = _said(reading, sentence, token)
            if draft:
                yield draft
        elif token.lower_ in {"according", "attributable"}:
            yield from _according(reading, sentence, token)
    for token, who in answers(reading, sentence):
        speakers = _speakers(reading, sentence, who)
        if speakers and all(each.type in {"person", "organisation"} for each in speakers):
            yield Draft("utterance", sentence, {"speaker": speakers}, confidence=WEAK, token=token)


def _is_saying(token: Token) -> bool:
    words, lemma = saying_words(), token.lemma_.lower()
    if token.pos_ != "VERB":
        return False
    known = words.clause | words.nominal | words.labels
    return lemma in known or lemma in words.about or _is_light(token)


def _is_light(verb: Token) -> bool:
    """Tell whether it is "made known", "let it be known", "left no doubt", "made clear"."""
    known = saying_words().light.get(verb.lemma_.lower(), ())
    behind = verb.doc[verb.i + 1 : verb.i + 5]
    return any(token.lower_ in known for token in behind)


def _said(reading: Reading, sentence: Sentence, verb: Token) -> Draft | None:
    strength = _content(verb)
    if strength is None or _undertakes(verb):
        return None
    facts = reading.factuality(sentence, verb)
    if facts.hypothetical or facts.question or _unsaid(verb) or _unreal(verb):
        reading.drop("utterance", sentence, verb, "not said, or only supposed to be")
        return None
    subject = (
        _speaking(verb)
        or _inverted(verb)
        or _named_before(reading, sentence, verb)
        or _named_after(reading, sentence, verb)
    )
    speakers = () if subject is None else _speakers(reading, sentence, subject)
    if subject is None or not speakers or subject.lower_ in {"i", "we"}:
        reading.drop("utterance", sentence, verb, "nobody is named who says it")
        return None
    if speakers[0].type in {"state", "bloc"} and not _is_stated(verb):
        reading.drop("utterance", sentence, verb, "a state does, it does not say")
        return None
    carried = subject.pos_ == "PRON"
    return Draft(
        "utterance",
        sentence,
        _roles(reading, sentence, verb, speakers),
        attribution=_reported(reading, sentence, verb, speakers),
        confidence=strength * CARRIED if carried else strength,
        token=verb,
    )


def _is_stated(verb: Token) -> bool:
    """Tell whether a state says something in so many words, in a clause or in quotation marks."""
    if _is_light(verb) or _answered(verb) or _has_quotation(verb) or _labels(verb):
        return True
    says = verb.lemma_ in nouns().saying | {"deny", "confirm", "concede", "complain"}
    return says and _has_clause(verb)


def _roles(
    reading: Reading, sentence: Sentence, verb: Token, speakers: tuple[Filler, ...]
) -> dict[str, tuple[Filler, ...]]:
    venue = venue_of(reading, sentence, verb)
    speaking = {c.i for c in verb.children if c.dep_ == "advcl" and c.lemma_ in SPEAKING}
    targets = frozenset({verb.i} | speaking | ({venue[0].i} if venue else set()))
    passing = frozenset(child.i for child in verb.children if child.dep_ in {"dobj", "dative"})
    roles = {"speaker": speakers, "date": dates_of(reading, sentence, targets, passing)}
    if venue:
        roles["venue"] = (venue[1],)
    return {name: fillers for name, fillers in roles.items() if fillers}


def _content(verb: Token) -> float | None:
    """Tell how surely a verb has content here, and None if it has none."""
    words, lemma = saying_words(), verb.lemma_.lower()
    if _is_light(verb) and any(
        token.lower_ in {"that", '"'} for token in verb.doc[verb.i + 2 : verb.i + 8]
    ):
        return LIKELY
    all_said = verb.dep_ == "relcl" and verb.head.lower_ == "all" and lemma in nouns().saying
    if _answered(verb) or _labels(verb) or all_said:
        return LIKELY
    if lemma in words.clause and (_has_clause(verb) or _has_quotation(verb)):
        return SURE if lemma in nouns().saying else LIKELY
    if lemma in words.about and any(
        c.dep_ == "prep" and c.lower_ in words.about[lemma] for c in verb.children
    ):
        return WEAK
    dobj = next((child for child in verb.children if child.dep_ == "dobj"), None)
    if lemma in words.nominal and dobj is not None and dobj.pos_ in {"NOUN", "PROPN"}:
        return WEAK if dobj.lemma_.lower() not in words.other else None
    return None


def _labels(verb: Token) -> bool:
    """Tell whether somebody "called the step a mistake", in words of their own."""
    if verb.lemma_.lower() not in saying_words().labels or verb.dep_ == "acl":
        return False
    whom = next((c for c in verb.children if c.dep_ in {"dobj", "ccomp"} and c.i > verb.i), None)
    if whom is None:
        return False
    if any(child.dep_ == "oprd" for child in verb.children):
        return True
    clause = whom.dep_ == "ccomp" and whom.pos_ in {"ADJ", "NOUN"}
    behind = verb.doc[whom.i + 1 : min(whom.i + 4, verb.sent.end)]
    return clause or any(token.text in QUOTES for token in behind)


def _undertakes(verb: Token) -> bool:
    """Tell whether a verb undertakes what its clause says, so that it is a commitment."""
    return verb.lemma_.lower() in saying_words().undertaking and not _has_quotation(verb)


def _answered(verb: Token) -> bool:
    """Tell whether it is "reports that … were denied by X"."""
    about = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    said = about is not None and any(c.dep_ in {"acl", "ccomp", "relcl"} for c in about.children)
    agent = any(child.dep_ == "agent" for child in verb.children)
    charge = verb.dep_ == "relcl" and verb.head.lemma_.lower() in saying_words().charges
    answers = verb.lemma_ in {"deny", "confirm", "reject", "dismiss", "dispute"}
    return answers and ((said and agent) or charge)


def _has_clause(verb: Token) -> bool:
    """Tell whether a verb takes a clause as what is said, before or behind it."""
    for child in verb.children:
        if child.dep_ in CONTENTS and child.pos_ in {"VERB", "AUX", "ADJ", "NOUN", "PROPN"}:
            return child.tag_ != "VBG" or child.i < verb.i or _finite(child)
        if child.dep_ == "mark" and child.lower_ == "that":
            return False
    if verb.dep_ in {"parataxis", "ccomp", "conj"} and _set_off(verb):
        return verb.dep_ != "conj" or (verb.lemma_ in nouns().saying and not _has_object(verb))
    return _that_follows(verb) if verb.dep_ == "ROOT" else False


def _finite(verb: Token) -> bool:
    return any(child.dep_ in {"aux", "nsubj", "nsubjpass"} for child in verb.children)


def _set_off(verb: Token) -> bool:
    """Tell whether "he said" stands inside or behind what is said, set off by a comma."""
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    left = verb.left_edge if subject is None or subject.i > verb.i else subject.left_edge
    before = verb.doc[left.i - 1] if left.i else None
    return (
        before is not None and before.text in {",", '"', "''", "—", "–"} and not left.is_sent_start
    )


def _that_follows(verb: Token) -> bool:
    """Tell whether a clause with "that" follows, over where and when it is said if need be."""
    for token in verb.doc[verb.i + 1 : min(verb.i + REACH, verb.sent.end)]:
        if token.lower_ == "that" and (token.pos_ == "SCONJ" or _said_there(verb, token)):
            return True
        if token.pos_ in {"VERB", "AUX"} or token.text in {",", ";", ":"}:
            return False
    return False


def _said_there(verb: Token, that: Token) -> bool:
    """Tell whether "that" begins what is said, not what is told of the place: "at a briefing"."""
    clause, noun = that.head, that.head.head
    own = any(c.dep_ in {"nsubj", "nsubjpass"} and c.i != that.i for c in clause.children)
    at_place = noun.dep_ == "pobj" and noun.head.head.i == verb.i
    return clause.dep_ == "relcl" and own and at_place and verb.lemma_ in nouns().saying


def _has_object(verb: Token) -> bool:
    return any(child.dep_ in {"dobj", "xcomp"} for child in verb.children)


def _has_quotation(verb: Token) -> bool:
    """Tell whether quotation marks stand close to a verb, so that it speaks them."""
    sent, doc = verb.sent, verb.doc
    for token in doc[verb.i + 1 : min(sent.end, verb.i + 14)]:
        if token.text in QUOTES:
            before = doc[token.i - 1]
            return (
                before.i == verb.i
                or before.text in {",", ":"}
                or before.lower_ in {"that", "as", "to", "of", "a", "an", "for", "the"}
            )
        if token.pos_ == "VERB" and token.head.i != verb.i:
            break
    for token in doc[max(sent.start, verb.i - 9) : verb.i]:
        if token.text in QUOTES and token.i > sent.start:
            return doc[token.i - 1].text in {",", ".", "?", "!"} or doc[token.i + 1].text == ","
    return False


def _unsaid(verb: Token) -> bool:
    """Tell whether the saying itself is negated, not only what is said: "did not say"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is not None and any(c.lower_ in {"neither", "no"} for c in subject.lefts):
        return True
    near = verb.doc[max(verb.i - 3, verb.sent.start) : verb.i]
    return any(child.dep_ == "neg" and child in near for child in verb.children)


def _unreal(verb: Token) -> bool:
    """Tell whether a verb of saying is only asked for, intended or general."""
    if verb.dep_ == "relcl" and verb.head.lower_ in {"all", "what"}:
        return False  # "was all that she would say"
    if any(
        child.lower_ in {"to", "should", "must", "can", "would"} and child.dep_ == "aux"
        for child in verb.children
    ):
        return True
    return verb.dep_ == "xcomp" and verb.tag_ == "VB"


def _speaking(verb: Token) -> Token | None:
    """Give the subject of a verb of saying; "was told" has none."""
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
        agent = next((c for c in verb.children if c.dep_ == "agent"), None)
        return (
            next((c for c in agent.children if c.dep_ == "pobj"), None)
            if agent is not None
            else None
        )
    if verb.tag_ == "VBN" and verb.dep_ == "acl":
        return None
    return subject_of(verb)


def _named_before(reading: Reading, sentence: Sentence, verb: Token) -> Token | None:
    """Give the person named right before the verb, where the parser lost the subject."""
    if verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return None
    before = [p for p in reading.people(sentence) if p.end <= verb.i]
    if verb.i > sentence.span.start and reading.page(sentence).body(verb.i - 1):
        return verb.doc[verb.i - 1]
    if not before:
        return None
    person = before[-1]
    gap = verb.doc[person.end : verb.i]
    filling = {"ADJ", "NOUN", "PROPN", "ADP", "DET", "CCONJ", "PUNCT", "PART", "ADV"}
    plain = all(token.pos_ in filling or token.lower_ == "coordinating" for token in gap)
    closed = not len(gap) or gap[-1].text == "," or (len(gap) == 1 and gap[0].pos_ == "ADV")
    return verb.doc[person.end - 1] if plain and closed and len(gap) <= 14 else None


def _named_after(reading: Reading, sentence: Sentence, verb: Token) -> Token | None:
    """Give the person named behind the verb: "…," said on the radio the minister, NAME."""
    quoted = verb.i > verb.sent.start and verb.doc[verb.i - 1].text in QUOTES | {","}
    person = next((p for p in reading.people(sentence) if p.start > verb.i), None)
    if not quoted or person is None or verb.tag_ not in {"VBD", "VBZ"}:
        return None
    gap = verb.doc[verb.i + 1 : person.start]
    plain = len(gap) <= REACH and not any(t.pos_ in {"VERB", "AUX", "SCONJ"} for t in gap)
    return verb.doc[person.end - 1] if plain else None


def _inverted(verb: Token) -> Token | None:
    """Give who speaks in "…," declared the minister, where the parser takes it for the object."""
    quoted = verb.i > verb.sent.start and verb.doc[verb.i - 1].text in QUOTES | {","}
    return (
        next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
        if quoted
        else None
    )


def _speakers(reading: Reading, sentence: Sentence, subject: Token) -> tuple[Filler, ...]:
    """Give the persons and bodies among those a subject stands for."""
    if is_document(subject) and reading.person_at(sentence, subject) is None:
        return ()
    found = reading.parties(sentence, subject)
    governments = subject.lemma_.lower() == "government" and subject.tag_ == "NNS"
    if (len(found) == 1 or governments) and found and _state_speaks(found[0], subject):
        return found
    return tuple(each for each in found if _may_speak(each)) or _spokesperson(
        reading, sentence, subject
    )


def _state_speaks(filler: Filler, subject: Token) -> bool:
    """Tell whether a state itself speaks: "Peru said", "the government said", not its officials."""
    if filler.type not in {"state", "bloc"} or any(
        c.dep_ in {"conj", "cc"} for c in subject.children
    ):
        return False
    itself = subject.pos_ == "PROPN" or subject.lemma_.lower() in nouns().state
    return itself and subject.pos_ != "PRON"


def _may_speak(filler: Filler) -> bool:
    if filler.type == "person":
        return True
    return filler.type == "organisation" and filler.value not in bodies().media


def _spokesperson(reading: Reading, sentence: Sentence, subject: Token) -> tuple[Filler, ...]:
    """Give the body for which an unnamed spokesperson speaks."""
    if not subject.lemma_.lower().startswith("spokes"):
        return ()
    page = reading.page(sentence)
    for i in range(subject.left_edge.i, min(subject.right_edge.i + 1, subject.i + 10)):
        body = page.body(i)
        if body is not None and not body.media:
            return tuple(
                f for f in reading.parties(sentence, page.doc[body.end - 1]) if _may_speak(f)
            )
    blocs = (page.hit(child.i) for child in subject.lefts)
    for hit in blocs:
        if hit is not None and hit.type == "bloc":
            start, end = sentence.place(hit.start, subject.i + 1)
            text = sentence.words(hit.start, subject.i + 1)
            return (Filler(hit.ref, text, type="bloc", start=start, end=end),)
    return ()


def _reported(
    reading: Reading, sentence: Sentence, verb: Token, speakers: tuple[Filler, ...]
) -> tuple[Filler, ...]:
    """Give whom the article cites for the saying itself: "Reuters reported that Kim said …"."""
    said = {filler.value for filler in speakers}
    return tuple(f for f in reading.attribution(sentence, verb) if f.value not in said)


def _according(reading: Reading, sentence: Sentence, token: Token) -> Iterator[Draft]:
    """Read "according to Minister X, …" as a saying of X."""
    for to in token.children:
        for source in to.children:
            if to.lower_ != "to" or source.dep_ != "pobj":
                continue
            speakers = _speakers(reading, sentence, source)
            if speakers:
                yield Draft("utterance", sentence, {"speaker": speakers}, confidence=WEAK)


def _turn(reading: Reading, sentence: Sentence) -> Draft | None:
    """Read a turn of a transcript: "MS. LEE: We have not decided."."""
    speaker = reading.turn_speaker(sentence)
    return (
        Draft("utterance", sentence, {"speaker": (speaker,)}, confidence=SURE) if speaker else None
    )
