"""Claims of the kind document: a reading in, drafts out.

A document counts where somebody issues, adopts or signs it, where its signing is named, and where
the article cites a joint one ("according to a joint statement") for the first time. What is only
to be signed is a plan, not a document.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.draft import CARRIED, LIKELY, SURE, Draft
from kg.claims.frames import Instance, instances
from kg.claims.model import Filler
from kg.claims.moods import MAYBE, PROMISING, UNREAL, auxiliaries
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.titles import title_of
from kg.claims.triggers import lemma
from kg.claims.voices import Voice, issuers, voice
from kg.claims.wording import wording
from kg.states import capitals

READ: Final = frozenset(("body", "caption"))
JOINT: Final = frozenset(("joint-statement", "declaration"))
BY_OTHERS: Final = frozenset(("report", "law", "notice"))  # never carried over from before
CITED: Final = frozenset(("in", "to", "by", "with", "per"))
TIMED: Final = frozenset(("prep", "npadvmod", "advmod", "tmod"))
# Agreements are signed; what else is done with one must bring it about, not only speak of it.
BRINGING: Final = frozenset(
    ["adopt", "unveil", "publish", "announce", "approve", "release", "issue"]
)
SPEAKING: Final = frozenset(["present", "deliver", "table", "announce"])


def claims_in(reading: Reading) -> Iterator[Draft]:
    """Yield the document claims of an article, in text order."""
    told: set[str] = set()
    for sentence in reading.sentences:
        if sentence.role not in READ:
            continue
        for instance in instances(sentence, "document"):
            draft = _document(reading, instance, told)
            if draft is not None:
                told.add(draft.roles["title"][0].value.lower())
                yield draft


def _document(reading: Reading, instance: Instance, told: set[str]) -> Draft | None:
    sentence, noun = instance.sentence, instance.token
    title, act = title_of(sentence, noun), _act(instance)
    if act is None and (title.value.lower() in told or not _is_cited(instance)):
        return None
    facts = reading.factuality(sentence, act or noun)
    if facts.hypothetical or facts.question:
        return None
    who = _issuers(reading, instance, act)
    if not who.actors:
        return None
    dated = act or (_governor(noun) if noun.head.lower_ == "in" else None)
    roles = {
        "issuer": who.actors,
        "title": (title,),
        "date": _dates(reading, sentence, dated) if dated is not None else (),
        "place": _places(reading, sentence, dated or noun),
        "type": (Filler(ref=instance.trigger.value),),
    }
    base = SURE if act is not None else LIKELY
    return Draft(
        "document",
        sentence,
        {role: fillers for role, fillers in roles.items() if fillers},
        polarity=facts.polarity,
        attribution=reading.attribution(sentence, act or noun),
        confidence=round(base * (CARRIED if who.carried else 1.0), 3),
    )


def _act(instance: Instance) -> Token | None:
    """Give the word that says that the document was brought about, if one does."""
    verb, noun = instance.verb, instance.token
    if instance.trigger.value == "report" and (noun.tag_ == "NNS" or guises.complements(noun)):
        return None  # "plans to", "studies"
    if verb is not None and instance.support is not None:
        return verb if _is_done(verb) and _is_brought(instance, verb) else None
    head = noun.head
    if noun.dep_ == "pobj" and head.lower_ == "of" and lemma(head.head) in wording().acts:
        return head.head
    return None


def _is_done(verb: Token) -> bool:
    used = auxiliaries(verb)
    if used & (PROMISING | MAYBE | UNREAL | {"would", "to"}):
        return False
    if verb.tag_ == "VBG" and any(c.dep_ in ("aux", "auxpass") for c in verb.children):
        return False  # "is negotiating a pact"
    return not (verb.dep_ == "pcomp" and verb.head.lower_ in ("for", "of", "to", "on"))


def _is_brought(instance: Instance, verb: Token) -> bool:
    """Say whether the verb brings a document of this type about."""
    if instance.trigger.value == "agreement":
        return instance.support == "signed" or lemma(verb) in BRINGING
    return instance.trigger.value != "law" or lemma(verb) not in SPEAKING


def _is_cited(instance: Instance) -> bool:
    """Say whether the article cites a joint document here for what it tells."""
    noun = instance.token
    if instance.trigger.value not in JOINT:
        return False
    if noun.dep_ == "pobj" and noun.head.lower_ in CITED:
        return True
    behind = any(c.dep_ == "acl" for c in noun.children)
    if noun.dep_ in ("attr", "ROOT", "pobj"):
        return behind
    owned = any(c.dep_ == "poss" for c in noun.children)
    return owned and noun.dep_ in ("nsubj", "nsubjpass")


def _governor(noun: Token) -> Token | None:
    """Give the verb that a phrase like "in a joint statement" belongs to."""
    above = noun.head.head
    if above.lower_ == "according":
        above = above.head
    cited = noun.dep_ == "pobj" and noun.head.lower_ in CITED
    return above if cited and above.pos_ in ("VERB", "AUX") else None


def _issuers(reading: Reading, instance: Instance, act: Token | None) -> Voice:
    """Give who issued or signed: doers of the act, those named beside, else the last parties."""
    sentence, noun = instance.sentence, instance.token
    heads = [token for token in _doers(noun, act) if token != noun]
    for name in ("between", "among", "with", "by"):
        heads += guises.prepositional(noun, name)
    who = voice(reading, sentence, heads)
    if who.actors:
        beside = (f for t in heads for f in reading.parties(sentence, t))
        firms = tuple(f for f in beside if f.type == "organisation" and f not in who.actors)
        return Voice((*who.actors, *firms), who.carried)
    if heads and act is not None and instance.trigger.value in BY_OTHERS:
        return Voice()
    return Voice(reading.parties(sentence, noun) or issuers(reading, sentence, noun), carried=True)


def _doers(noun: Token, act: Token | None) -> Iterator[Token]:
    """Yield who may have issued: the subject of the act, or of what is said "in a statement"."""
    governor = _governor(noun)
    if act is None or act.pos_ not in ("VERB", "AUX"):
        if act is not None:
            yield from guises.prepositional(act, "by")
            yield from guises.prepositional(act, "between")
            yield from (c for c in act.children if c.dep_ == "poss")
        elif governor is not None:
            yield from guises.subject(governor)
        return
    found = (*guises.subject(act), *guises.prepositional(act, "with"))
    yield from found
    if not found and act.dep_ == "acl" and governor is not None:
        yield from guises.subject(governor)


def _dates(reading: Reading, sentence: Sentence, act: Token) -> tuple[Filler, ...]:
    """Give the date that stands with the act, or the only one of the sentence."""
    for child in act.subtree:
        if child.dep_ in TIMED and any(t.ent_type_ == "DATE" for t in child.subtree):
            found = reading.dates(sentence, child.left_edge.i, child.right_edge.i + 1)
            if found:
                return found[:1]
    alone = reading.dates(sentence)
    return alone if len(alone) == 1 and (alone[0].start or 0) < sentence.offset(act) else ()


def _places(reading: Reading, sentence: Sentence, act: Token) -> tuple[Filler, ...]:
    doc, below = act.doc, {token.i for token in act.subtree}
    for mention in reading.mentions(sentence):
        placed = mention.start in below and doc[mention.start - 1].lower_ in ("in", "at")
        if placed and (mention.type == "place" or mention.text in capitals()):
            start, end = sentence.place(mention.start, mention.end)
            text = sentence.words(mention.start, mention.end)
            return (Filler(text=text, type="place", start=start, end=end),)
    return ()
