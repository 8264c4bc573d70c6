"""Claims of the kind document: a reading in, drafts out.

A document counts where somebody issues, adopts or signs it, where its signing is named, and where
the article cites a joint one ("according to a joint statement") for the first time. What is only
to be signed is a plan, not a document.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.draft import CARRIED, LIKELY, SURE, Draft
from kg.claims.frames import Instance, instances
from kg.claims.model import Filler
from kg.claims.moods import MAYBE, PROMISING, auxiliaries
from kg.claims.names import StateRow
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.triggers import lemma
from kg.claims.voices import Voice, issuers, voice
from kg.claims.wording import wording
from kg.resources import table

READ: Final = frozenset(("body", "caption"))
JOINT: Final = frozenset(("joint-statement", "declaration"))
CITED: Final = frozenset(("in", "to", "by", "with", "per"))
UNREAL: Final = frozenset(("could", "should", "must", "would", "can"))
TITLE_PARTS: Final = frozenset(("compound", "amod", "nmod", "punct", "nummod", "cc", "conj"))


def claims_in(reading: Reading) -> Iterator[Draft]:
    """Yield the document claims of an article, in text order."""
    told: set[str] = set()
    for sentence in reading.sentences:
        if sentence.role not in READ:
            continue
        for instance in instances(sentence, "document"):
            draft = _document(reading, instance, told)
            if draft is not None:
                yield draft


def _document(reading: Reading, instance: Instance, told: set[str]) -> Draft | None:
    sentence, noun = instance.sentence, instance.token
    title = _title(sentence, noun)
    act = _act(instance)
    cited = act is None and _is_cited(instance) and title.value.lower() not in told
    if act is None and not cited:
        return None
    facts = reading.factuality(sentence, act or noun)
    if facts.hypothetical or facts.question:
        return None
    who = _issuers(reading, instance, act)
    if not who.actors:
        return None
    governor = _governor(noun) if cited and noun.head.lower_ == "in" else None
    told.add(title.value.lower())
    roles: dict[str, tuple[Filler, ...]] = {
        "issuer": who.actors,
        "title": (title,),
        "type": (Filler(ref=instance.trigger.value),),
    }
    for role, fillers in (
        ("date", _dates(reading, sentence, act or governor)),
        ("place", _places(reading, sentence, act or governor or noun)),
    ):
        if fillers:
            roles[role] = fillers
    base = SURE if act is not None else LIKELY
    return Draft(
        "document", sentence, roles, polarity=facts.polarity,
        attribution=reading.attribution(sentence, act or noun),
        confidence=round(base * (CARRIED if who.carried else 1.0), 3),
    )  # fmt: skip


def _act(instance: Instance) -> Token | None:
    """Give the word that says that the document was brought about, if one does."""
    verb, noun = instance.verb, instance.token
    if instance.trigger.value == "report" and (noun.tag_ == "NNS" or guises.complements(noun)):
        return None
    if verb is not None and instance.support is not None:
        return verb if _is_done(verb) and _is_whole(instance) else None
    head = noun.head
    if noun.dep_ == "pobj" and head.lower_ == "of" and lemma(head.head) in wording().acts:
        return head.head
    return None


def _is_done(verb: Token) -> bool:
    used = auxiliaries(verb)
    if used & (PROMISING | MAYBE | UNREAL) or "to" in used:
        return False
    return not (verb.dep_ == "pcomp" and verb.head.lower_ in ("for", "of", "to", "on"))


def _is_whole(instance: Instance) -> bool:
    """Leave out what only weakly names a document: "approved a plan to", "reached a deal"."""
    if instance.trigger.value in ("agreement", "memorandum"):
        return instance.support == "signed" or instance.trigger.value == "memorandum" or lemma(instance.verb or instance.token) in (
            "adopt", "unveil", "publish", "announce", "approve", "release", "issue")  # fmt: skip
    return instance.trigger.value != "law" or lemma(instance.verb or instance.token) not in (
        "present",
        "deliver",
        "table",
        "announce",
    )


def _is_cited(instance: Instance) -> bool:
    """Say whether the article cites a joint document here for what it tells."""
    noun = instance.token
    if instance.trigger.value not in JOINT:
        return False
    if noun.dep_ == "pobj" and noun.head.lower_ in CITED:
        return True
    if noun.dep_ in ("nsubj", "nsubjpass") and any(c.dep_ == "poss" for c in noun.children):
        return True
    return noun.dep_ in ("attr", "ROOT", "pobj") and any(c.dep_ == "acl" for c in noun.children)


def _governor(noun: Token) -> Token | None:
    """Give the verb that a phrase like "in a joint statement" belongs to."""
    above = noun.head.head
    if above.lower_ == "according":
        above = above.head
    return (
        above
        if noun.dep_ == "pobj" and noun.head.lower_ in CITED and above.pos_ in ("VERB", "AUX")
        else None
    )


def _issuers(reading: Reading, instance: Instance, act: Token | None) -> Voice:
    sentence, noun = instance.sentence, instance.token
    heads: list[Token] = []
    if act is not None and act.pos_ in ("VERB", "AUX"):
        heads += guises.subject(act)
        heads += guises.prepositional(act, "with")
        if not heads and act.dep_ == "acl" and (governor := _governor(noun)) is not None:
            heads += guises.subject(governor)
    elif act is None and (governor := _governor(noun)) is not None:
        heads += guises.subject(governor)
    elif act is not None:
        heads += [t for name in ("by", "between") for t in guises.prepositional(act, name)]
        heads += [c for c in act.children if c.dep_ == "poss"]
    for name in ("between", "among", "with", "by"):
        heads += guises.prepositional(noun, name)
    heads = [t for t in heads if t != noun]
    who = voice(reading, sentence, heads)
    if who.actors:
        beside = [
            f for t in heads for f in reading.parties(sentence, t) if f.type == "organisation"
        ]
        return Voice((*who.actors, *(f for f in beside if f not in who.actors)))
    if instance.trigger.value in ("report", "law", "notice") and act is not None and heads:
        return Voice()
    said = tuple(
        f
        for f in reading.parties(sentence, noun)
        if f.type in ("state", "bloc", "person", "organisation")
    )
    return Voice(said or issuers(reading, sentence, noun), carried=True)


def _title(sentence: Sentence, noun: Token) -> Filler:
    """Give the proper title that stands beside a document, else its noun phrase."""
    quoted = _quoted_title(sentence, noun)
    if quoted is not None:
        return quoted
    first = noun.i
    while first > noun.left_edge.i and _in_title(noun.doc[first - 1]):
        first -= 1
    while first < noun.i and (noun.doc[first].is_punct or noun.doc[first].dep_ == "cc"):
        first += 1
    last = _title_end(noun)
    start, end = sentence.place(first, last)
    return Filler(text=sentence.words(first, last), type="thing", start=start, end=end)


def _in_title(token: Token) -> bool:
    return (
        token.dep_ in TITLE_PARTS
        and token.lower_ not in wording().untitled
        and not token.is_quote
        and token.lower_ != ","
    )


def _title_end(noun: Token) -> int:
    """Take in "of understanding", "of intent" and what a capital carries on ("on Trade")."""
    doc, last = noun.doc, noun.i + 1
    if lemma(noun) in ("memorandum", "letter") and last + 1 < len(doc) and doc[last].lower_ == "of":
        return int(last + 2)
    if noun.text[:1].isupper():
        at = last
        while at < len(doc) and (
            doc[at].text[:1].isupper()
            or (
                doc[at].lower_ in ("on", "of", "for", "and", "the", "concerning")
                and at + 1 < len(doc)
                and (doc[at + 1].text[:1].isupper() or doc[at + 1].lower_ == "the")
            )
        ):
            at += 1
            if doc[at - 1].text[:1].isupper():
                last = at
    return int(last)


def _quoted_title(sentence: Sentence, noun: Token) -> Filler | None:
    """Read a title in quotation marks right before or after the noun."""
    doc = noun.doc
    for way in (
        range(noun.i - 1, noun.left_edge.i - 1, -1),
        range(noun.i + 1, min(noun.i + 5, sentence.span.end)),
    ):
        marks = [i for i in way if doc[i].text == '"'][:1]
        if not marks:
            continue
        step = -1 if way.step < 0 else 1
        other = next(
            (
                i
                for i in range(marks[0] + step, marks[0] + 14 * step, step)
                if 0 <= i < len(doc) and doc[i].text == '"'
            ),
            None,
        )
        if other is None:
            continue
        first, last = sorted((marks[0], other))
        if doc[first + 1].text[:1].isupper() and last - first > 2:
            start, end = sentence.place(first + 1, last)
            return Filler(
                text=sentence.words(first + 1, last).rstrip(","),
                type="thing",
                start=start,
                end=start + len(sentence.words(first + 1, last).rstrip(",")),
            )
    return None


def _dates(reading: Reading, sentence: Sentence, act: Token | None) -> tuple[Filler, ...]:
    if act is None:
        return ()
    found: list[Filler] = []
    for child in act.subtree:
        if child.dep_ in ("prep", "npadvmod", "advmod", "tmod") and any(
            t.ent_type_ == "DATE" for t in child.subtree
        ):
            found += reading.dates(sentence, child.left_edge.i, child.right_edge.i + 1)
    alone = reading.dates(sentence)
    return tuple(dict.fromkeys(found))[:1] or (alone if len(alone) == 1 else ())


def _places(reading: Reading, sentence: Sentence, act: Token) -> tuple[Filler, ...]:
    doc = act.doc
    within = [
        m for m in reading.mentions(sentence)
        if m.type in ("place", "state") and doc[m.start] in act.subtree and doc[m.start - 1].lower_ in ("in", "at")
    ]  # fmt: skip
    places = [m for m in within if m.type == "place" or m.text in capitals()]
    return tuple(
        Filler(text=sentence.words(m.start, m.end), type="place", start=sentence.place(m.start, m.end)[0], end=sentence.place(m.start, m.end)[1])
        for m in places
    )[:1]  # fmt: skip


@cache
def capitals() -> frozenset[str]:
    """Give the names of capitals, which as places are places and not their states."""
    return frozenset(
        name for row in table("claims", "states.csv", StateRow) for name in row.capitals
    )
