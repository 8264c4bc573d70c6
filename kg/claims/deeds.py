"""One deed that is undertaken, and the draft it makes: head tokens in, a draft out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.deadlines import deadlines
from kg.claims.draft import CARRIED, Draft
from kg.claims.frames import Instance
from kg.claims.model import Filler
from kg.claims.phrases import name_span
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.thing_words import known
from kg.claims.things import MOST, is_trade, things
from kg.claims.triggers import lemma, trigger_at
from kg.claims.undertaking_words import undertaking
from kg.claims.undertakings import clauses
from kg.claims.voices import Voice, places_of
from kg.claims.wording import wording

UNDER: Final = frozenset(("under", "pursuant"))
AGREED: Final = frozenset(("agreement", "memorandum", "declaration", "joint-statement", "truce"))
PARTNERS = ("state", "bloc", "person", "organisation")


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody undertakes: where it is said, who, the heads of what is done, how surely."""

    token: Token
    who: Voice
    heads: tuple[Token, ...]
    modality: str
    base: float
    polarity: str | None = None
    partners: tuple[Filler, ...] = ()
    own: frozenset[int] = frozenset()  # words of the trigger, which name no topic


def draft_of(reading: Reading, sentence: Sentence, deed: Deed) -> Draft:
    """Make the draft of a deed, with topics, partners, dates and frameworks."""
    others = _beside(deed.heads)
    named = list(_named_frameworks(reading, sentence))
    places = {i for start, end, _ in named for i in range(start, end)}
    taken = others | places | deed.own | _actor_places(sentence, deed.who)
    topics = _topics(sentence, deed.heads, frozenset(taken))
    within = _below(deed.heads, others)
    roles = {
        "actor": deed.who.actors,
        "counterparty": deed.partners,
        "topic": topics,
        "framework": (
            *(f for start, _, f in named if start in within or start in _first(deed.token)),
            *_put_first(sentence, deed.token, places, within),
        ),
        "date": deadlines(reading, sentence, deed.token, deed.heads, others),
    }
    sure = deed.base * (CARRIED if deed.who.carried else 1.0) * (1.0 if topics else CARRIED)
    return Draft(
        "commitment",
        sentence,
        {role: fillers for role, fillers in roles.items() if fillers},
        modality=deed.modality,
        polarity=deed.polarity,
        attribution=reading.attribution(sentence, deed.token),
        confidence=round(sure, 3),
        token=deed.token,
    )


def _topics(
    sentence: Sentence, heads: tuple[Token, ...], taken: frozenset[int]
) -> tuple[Filler, ...]:
    """Name what a deed is about: first what it acts upon; of its circumstances what is known."""
    acted = [t for head in heads if head.pos_ == "VERB" for t in _acted_upon(head)]
    if acted:
        taken |= _elsewhere(heads, acted)
    found = things(sentence, heads, taken)
    upon = things(sentence, acted, taken)
    places = {each.start for each in upon}
    kept = tuple(f for f in found if f.start in places or _says_more(f))
    if any(each.start in places for each in found):
        return kept
    whole = any(is_trade(token) for token in acted) or any(" " in (f.text or "") for f in upon)
    return (*upon, *kept)[:MOST] if whole else found


def _acted_upon(verb: Token) -> Iterator[Token]:
    yield from guises.objects(verb)
    yield from (child for child in verb.children if child.dep_ == "nsubj")


def _elsewhere(heads: tuple[Token, ...], acted: list[Token]) -> frozenset[int]:
    """Give the places of nouns that only say where or whither ("sell tin through the port")."""
    held: set[int] = set()
    for verb in heads:
        for prep in (*verb.children, *(c for each in acted for c in each.children)):
            if prep.dep_ in ("prep", "dative") and prep.lower_ in undertaking().far:
                held.update(c.i for c in prep.children if _is_venue(c))
    return frozenset(held)


def _is_venue(noun: Token) -> bool:
    return lemma(noun) in undertaking().venues or noun.lower_ in undertaking().venues


def _says_more(thing: Filler) -> bool:
    """Say whether a circumstance names a thing: a known one, or one of several words."""
    text = thing.text or ""
    return known(thing.label or "") is not None or " " in text


def partners(reading: Reading, instance: Instance, who: Voice) -> tuple[Filler, ...]:
    """Give with whom a deed is undertaken, where they do not undertake it themselves."""
    heads = list(instance.every("counterparty"))
    for each in (*clauses(instance), *instance.function("object")):
        heads += guises.prepositional(each, "with")
        heads += [t for held in guises.objects(each) for t in guises.prepositional(held, "with")]
    heads += [t for head in tuple(heads) for t in _examples(head)]
    for each in (instance.token, *clauses(instance)):
        heads += _receivers(each)
    return _others_than(reading, instance.sentence, heads, who)


def receivers(reading: Reading, sentence: Sentence, verb: Token, who: Voice) -> tuple[Filler, ...]:
    """Give with whom or to whom somebody will do something, as far as it names them."""
    heads = [*guises.prepositional(verb, "with"), *_receivers(verb)]
    return _others_than(reading, sentence, heads, who)


def _receivers(verb: Token) -> list[Token]:
    """Give to whom something is handed: "sell tin to Peru", "promised Peru a loan"."""
    if lemma(verb) not in wording().handing:
        return []
    heads = list(guises.prepositional(verb, "to"))
    heads += [t for o in guises.objects(verb) for t in guises.prepositional(o, "to")]
    things_given = [c for c in verb.children if c.dep_ in ("dobj", "xcomp", "ccomp", "advcl")]
    to_whom = [c for c in verb.children if c.dep_ == "dative" and c.pos_ != "ADP"]
    if len(things_given) > 1:
        to_whom += [c for c in verb.children if c.dep_ == "dobj" and c.pos_ in ("PROPN", "PRON")]
    return heads + to_whom


def _others_than(
    reading: Reading, sentence: Sentence, heads: list[Token], who: Voice
) -> tuple[Filler, ...]:
    held = {actor.value for actor in who.actors}
    found = (f for head in heads for f in reading.parties(sentence, head))
    return tuple(f for f in found if f.value not in held and f.type in PARTNERS)


def _examples(head: Token) -> Iterator[Token]:
    """Yield what stands after "such as" or "including" below a head."""
    for prep in head.subtree:
        if prep.lower_ in ("as", "including"):
            yield from (child for child in prep.children if child.dep_ == "pobj")


def _beside(heads: tuple[Token, ...]) -> frozenset[int]:
    """Give the places of the deeds that are coordinated with these but are not of them."""
    if not heads:
        return frozenset()
    return frozenset(each.i for each in guises.conjoined(heads[0]) if each not in heads)


def _below(heads: tuple[Token, ...], others: frozenset[int]) -> frozenset[int]:
    """Give the places below some heads, but not below the deeds coordinated with them."""
    found: set[int] = set()
    waiting = list(heads)
    while waiting:
        token = waiting.pop()
        if token.i not in others:
            found.add(token.i)
            waiting.extend(token.children)
    return frozenset(found)


def _actor_places(sentence: Sentence, who: Voice) -> frozenset[int]:
    return frozenset(i for actor in who.actors for i in places_of(sentence, actor))


def _named_frameworks(reading: Reading, sentence: Sentence) -> Iterator[tuple[int, int, Filler]]:
    """Yield the programmes that a sentence names other than as who acts, with their places."""
    for mention in reading.mentions(sentence):
        if mention.type == "framework" and not _is_subject(sentence.span.doc[mention.end - 1]):
            start, end = sentence.place(mention.start, mention.end)
            text = sentence.words(mention.start, mention.end)
            filler = Filler(mention.refs[0], text, type="framework", start=start, end=end)
            yield mention.start, mention.end, filler


def _first(token: Token) -> frozenset[int]:
    """Give the places of the phrases that stand before a verb ("Through the forum, Peru …")."""
    preps = (child for child in token.lefts if child.dep_ == "prep")
    return frozenset(below.i for prep in preps for below in prep.subtree)


def _put_first(
    sentence: Sentence, token: Token, taken: set[int], within: frozenset[int]
) -> Iterator[Filler]:
    """Give the document that a deed stands under: "Under the Lima Accord, …", "under which"."""
    for prep in sentence.tokens:
        leading = prep.lower_ in UNDER
        if not leading and (prep.i > token.i or prep.lower_ not in ("with", "through")):
            continue
        if prep.i > token.i and prep.i not in within:
            continue
        for noun in _under(prep, token):
            first, last = _title(noun)
            if first not in taken and _is_accord(noun, leading):
                start, end = sentence.place(first, last)
                text = sentence.words(first, last)
                yield Filler(text=text, type="framework", start=start, end=end)


def _under(prep: Token, token: Token) -> Iterator[Token]:
    """Yield what stands after "under"; "which" stands for what its clause is about."""
    below = (c for c in prep.children if c.dep_ == "prep" and prep.lower_ == "pursuant")
    for noun in (c for each in (prep, *below) for c in each.children if c.dep_ == "pobj"):
        clause = guises.first_conjunct(token)
        if noun.lower_ != "which":
            yield noun
        elif clause.dep_ == "relcl" and prep in clause.children:
            yield clause.head


def _title(noun: Token) -> tuple[int, int]:
    """Give the places of the name of a document, with every word of it that is capitalised."""
    first, last = name_span(noun)
    while first > noun.left_edge.i and noun.doc[first - 1].text[:1].isupper():
        if noun.doc[first - 1].pos_ in ("DET", "PRON", "ADP"):
            break
        first -= 1
    return first, last


def _is_accord(noun: Token, leading: bool) -> bool:
    """Say whether a noun is a document of agreement, or after "with" one that has a name."""
    document = trigger_at(noun, "document")
    named = noun.text[:1].isupper()
    if document is None or not (leading or named):
        return False
    held = document.value in AGREED or lemma(noun) in AGREED
    return held or (named and document.value != "law")


def _is_subject(token: Token) -> bool:
    while token.dep_ in ("compound", "amod", "nmod", "det", "poss"):
        token = token.head
    return token.dep_ in ("nsubj", "nsubjpass")
