"""Claims of the kind concern: a reading in, drafts out.

A holder is needed; a target is given only where the text names one: as the object, as whose deed
the topic is, or "with Peru in mind". What draws concern from somebody is its topic.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.arguments import adjuncts, owner_of
from kg.claims.blame import Measures
from kg.claims.draft import CARRIED, LIKELY, SURE, WEAK, Draft
from kg.claims.factuality import fact_words
from kg.claims.frames import Instance, instances
from kg.claims.holdings import doers, firm_at
from kg.claims.model import Filler
from kg.claims.moods import polarity
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.things import things
from kg.claims.triggers import lemma, supports_of, trigger_at
from kg.claims.voices import (
    Voice,
    circles,
    named_bodies,
    parties_before,
    places_of,
    states_at,
    voice,
)
from kg.claims.wording import wording
from kg.claims.worries import beside, inverted, is_damned, is_denied, is_of_things, located

READ: Final = frozenset(("body", "caption"))
FELT: Final = ("from", "among", "in", "by", "between", "for")
STATES: Final = ("state", "bloc", "organisation")


def claims_in(reading: Reading) -> Iterator[Draft]:
    """Yield the concern claims of an article, in text order."""
    measures = Measures(reading)
    for sentence in reading.sentences:
        if sentence.role not in READ:
            continue
        covered: set[int] = set()
        for instance in instances(sentence, "concern"):
            draft = None if instance.token.i in covered else _concern(reading, instance, measures)
            if draft is not None:
                covered.update(
                    t.i for t in instance.token.subtree if t.dep_ != "conj" or t.pos_ != "VERB"
                )
                covered.update(_objects_below(instance))
                yield draft


def _objects_below(instance: Instance) -> Iterator[int]:
    for token in (*instance.every("topic"), *instance.every("target")):
        for below in token.subtree:
            if not _has_own_clause(below, token):
                yield below.i


def _has_own_clause(token: Token, top: Token) -> bool:
    while token not in {top, token.head}:
        if token.dep_ in ("relcl", "conj") and token.pos_ == "VERB":
            return True
        token = token.head
    return False


def _concern(reading: Reading, instance: Instance, measures: Measures) -> Draft | None:
    if not _holds(instance):
        return _drop(reading, instance, "no worry and no blame here")
    facts = reading.factuality(instance.sentence, instance.verb or instance.token)
    if facts.question:
        return _drop(reading, instance, "a question")
    if facts.hypothetical:
        return _drop(reading, instance, "only supposed")
    denial = _is_denial(instance)
    if denial:
        reading.refuse("concern", instance.sentence, instance.token, "only called untrue")
    who, topics = _who_and_what(reading, instance)
    if denial or not who.actors:
        return _drop(reading, instance, "only untrue" if denial else "nobody is named who worries")
    topics += _aimed_at(instance) + adjuncts(instance.verb or instance.token)
    targets = _targets(reading, instance, who, topics)
    targets = targets or measures.imposers(instance, topics, who)
    blamed, targets = targets, tuple(f for f in targets if not _is_parted(instance, f))
    taken = (
        _places_of(instance.sentence, (*targets, *who.actors)) | instance.own | {instance.token.i}
    )
    named = things(instance.sentence, topics, taken)
    if not blamed and not named and not _of_something(instance):
        return _drop(reading, instance, "no topic")
    return _draft(reading, instance, who, targets, named)


def _is_denial(instance: Instance) -> bool:
    """Say whether somebody "dismissed the claim that …": it is called untrue, nobody is blamed."""
    denies = instance.trigger.pos == "verb" and lemma(instance.token) in wording().denying
    told = fact_words().reports | wording().charges
    return denies and any(lemma(t) in told for t in instance.function("object"))


def _is_parted(instance: Instance, target: Filler) -> bool:
    """Say whether a semicolon parts the holder's clause from whom another one names before it."""
    place, start = instance.sentence.offset(instance.token), target.start
    text, begin = instance.sentence.text, instance.sentence.start
    return start is not None and ";" in text[max(start - begin, 0) : max(place - begin, 0)]


def _drop(reading: Reading, instance: Instance, reason: str) -> Draft | None:
    reading.drop("concern", instance.sentence, instance.token, reason)
    return None


def _who_and_what(reading: Reading, instance: Instance) -> tuple[Voice, tuple[Token, ...]]:
    """Give who holds a concern and the heads of what it is about."""
    sentence = instance.sentence
    turned = inverted(reading, instance) or beside(reading, instance) or _felt(reading, instance)
    if turned is not None:
        return turned
    heads, topics = instance.heads("holder"), instance.every("topic")
    shared = any(head.ent_type_ == "NORP" for head in heads)  # "Thai and Malaysian refiners"
    who = Voice(circles(sentence, heads) if shared else (), apart=True)
    who = who if who.actors else voice(reading, sentence, heads)
    if not who.actors and instance.trigger.pos == "noun":
        who = Voice(located(reading, instance))
    elif not who.actors and "subject" not in instance.trigger.frame["holder"]:
        who = Voice(states_at(reading, sentence, heads))
    if not who.actors and instance.verb is not None:
        who = Voice(circles(sentence, heads) or named_bodies(reading, sentence, heads), apart=True)
    if not who.actors and instance.trigger.pos == "verb":
        who = Voice(_named(reading, instance, heads), apart=True)
    if not who.actors and (_unsaid(instance) or _points_back(instance)):
        who = Voice(parties_before(reading, sentence), carried=True)
    if not who.actors and instance.trigger.pos == "verb" and not heads:
        who = Voice(_before(reading, instance))
    return who, topics or _since(instance) or _stranded(instance)


def _before(reading: Reading, instance: Instance) -> tuple[Filler, ...]:
    """Give who stands before a finite verb that the parser left without a subject."""
    finite = instance.token.tag_ in ("VBZ", "VBD", "VBP")
    if not finite or guises.is_passive(instance.token):
        return ()
    found = doers(reading, instance.sentence, instance.token)
    return tuple(f for f in found if f.type in ("state", "bloc"))


def _stranded(instance: Instance) -> tuple[Token, ...]:
    """Give what a clause is about: "a notice which Peru took issue with", "about which"."""
    verb = instance.verb
    if verb is None or verb.dep_ != "relcl" or verb.head.pos_ not in ("NOUN", "PROPN"):
        return ()
    pronouns = [t for t in verb.subtree if t.lower_ == "which" and t.dep_ in ("pobj", "dobj")]
    return (verb.head,) if pronouns else ()


def _named(reading: Reading, instance: Instance, heads: tuple[Token, ...]) -> tuple[Filler, ...]:
    """Give who worries under a name that no list of bodies knows ("Vine Growers' Guild warned")."""
    sentence = instance.sentence
    names = [t for t in heads if t.pos_ == "PROPN" and t.ent_type_ not in ("PERSON", "GPE")]
    found = [f for t in names if t.i < instance.token.i for f in firm_at(reading, sentence, t)]
    return tuple(f for f in found if f.text and " " in f.text)


def _since(instance: Instance) -> tuple[Token, ...]:
    """Give what fears "have mounted since"; a concern often has its cause in a clause beside."""
    verb = instance.token.head
    if instance.trigger.pos != "noun" or instance.token.dep_ != "nsubj" or verb.pos_ != "VERB":
        return ()
    marks = ("since", "after", "as", "because", "that")
    clauses = (c for c in verb.children if c.dep_ in ("advcl", "ccomp"))
    return tuple(
        c for c in clauses if any(m.dep_ == "mark" and m.lower_ in marks for m in c.children)
    )


def _aimed_at(instance: Instance) -> tuple[Token, ...]:
    """Give what a concern "targeting tin" aims at."""
    return tuple(
        t
        for a in instance.token.children
        if lemma(a) == "target" and a.dep_ == "acl" and a.tag_ == "VBG"
        for t in guises.objects(a)
    )


def _draft(
    reading: Reading, instance: Instance, who: Voice,
    targets: tuple[Filler, ...], named: tuple[Filler, ...],
) -> Draft:  # fmt: skip
    roles = {"holder": who.actors, "target": targets, "topic": named}
    weak = who.apart or (_unsaid(instance) and who.carried)
    base = WEAK if weak else SURE if instance.trigger.pos == "verb" else LIKELY
    return Draft(
        "concern", instance.sentence, {role: found for role, found in roles.items() if found},
        polarity=_polarity(reading, instance),
        attribution=reading.attribution(instance.sentence, instance.token),
        confidence=round(base * (CARRIED if who.carried else 1.0), 3),
        token=instance.token,
    )  # fmt: skip


def _polarity(reading: Reading, instance: Instance) -> str | None:
    """Decide the polarity; what one is "not happy with", or makes "no secret of", one minds."""
    if instance.trigger.needs == "negated":
        return None
    if any(t.lower_ in ("secret", "bones") for t in instance.token.sent if t.i in _above(instance)):
        return None
    return polarity(reading, instance)


def _above(instance: Instance) -> frozenset[int]:
    return frozenset(token.i for token in (instance.token, *instance.token.ancestors))


def _holds(instance: Instance) -> bool:
    """Say whether the word is used of worry or blame here."""
    needs = instance.trigger.needs
    if needs == "negated":
        return is_denied(instance)
    if needs == "damning":
        return is_damned(instance)
    if instance.trigger.words == ("be", "against"):
        return any(child.lower_ == "against" for child in instance.token.children)
    if needs == "strong-object":
        return any(
            trigger_at(t, "control") or trigger_at(t, "concern")
            for o in instance.function("object")
            for t in (o, *o.children)
        )
    return not (instance.trigger.pos == "verb" and instance.token.dep_ == "amod")


def _of_something(instance: Instance) -> bool:
    """Say whether the object is a pronoun: the concern is told, if not what it is about."""
    return instance.trigger.pos == "verb" and any(
        t.lower_ in ("it", "this", "them") for t in instance.function("object")
    )


def _points_back(instance: Instance) -> bool:
    """Say whether "the concern" is one spoken of before, with something told of it."""
    back = any(c.lower_ in ("the", "this", "these", "such") for c in instance.token.children)
    return (
        instance.trigger.pos == "noun"
        and back
        and instance.token.dep_ in ("nsubj", "nsubjpass")
        and bool(instance.every("topic"))
    )


def _unsaid(instance: Instance) -> bool:
    """Say whether a passive clause leaves out who blames ("the curbs were criticised")."""
    token = instance.token
    return (
        instance.trigger.pos == "verb"
        and guises.is_passive(token)
        and not instance.function("subject")
        and token.dep_ != "acl"
    )


def _felt(reading: Reading, instance: Instance) -> tuple[Voice, tuple[Token, ...]] | None:
    """Read "the curbs drew criticism from Peru", "Peru's ire": who feels it is not the subject."""
    verb, noun = instance.verb, instance.token
    if instance.trigger.pos != "noun" or verb is None:
        return None
    if "experienced" not in supports_of(verb, "concern"):
        return None
    causes = (*guises.subject(verb), *instance.every("topic"))
    owners = [owner_of(c, noun) for c in noun.children if c.dep_ == "poss"]
    behind = [t for name in FELT for h in (noun, verb) for t in guises.prepositional(h, name)]
    for held in (owners, behind):
        who = voice(reading, instance.sentence, held)
        if not who.actors:
            who = Voice(states_at(reading, instance.sentence, held))
        if not who.actors:
            who = Voice(circles(instance.sentence, held), apart=True)
        if who.actors:
            return who, causes
    return None


def _targets(
    reading: Reading, instance: Instance, holder: Voice, topics: tuple[Token, ...]
) -> tuple[Filler, ...]:
    """Give who is criticised: actors as objects, whose deeds the topics are, who is in mind."""
    sentence = instance.sentence
    held = {actor.value for actor in holder.actors}
    found: list[Filler] = []
    for token in instance.every("target"):
        if token.lower_ == "it":  # what is blamed, not who
            continue
        own = [c for c in token.lefts if c.dep_ in ("poss", "amod", "compound")]
        who = reading.parties(sentence, token)
        who = who or tuple(f for c in own for f in reading.parties(sentence, c))
        found += [f for f in who if f.type in (*STATES, "person")]
    for topic in topics:
        for each in guises.conjoined(topic):
            if is_of_things(reading, sentence, each):
                continue
            for owner in (each, *_owners(each)):
                found += [f for f in reading.parties(sentence, owner) if f.type in STATES]
    for clause in (c for c in instance.token.children if c.dep_ == "relcl"):
        for token in guises.subject(clause):  # "regret about the tariff which Peru levies"
            found += [f for f in reading.parties(sentence, token) if f.type in STATES]
    for token in _in_mind(instance):
        found += [f for f in reading.parties(sentence, token) if f.type in STATES]
    return tuple({f.value: f for f in found if f.value not in held}.values())


def _owners(topic: Token, depth: int = 2) -> Iterator[Token]:
    """Yield whose a topic is: possessors, nationalities, doers, subjects of the clause."""
    for child in topic.children:
        if child.dep_ == "poss":
            yield owner_of(child, topic)
        elif child.dep_ in ("amod", "compound", "nmod", "nsubj"):
            yield child
        elif child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            yield from (c for c in child.children if c.dep_ == "pobj")
        elif child.dep_ in ("acl", "relcl") and child.tag_ != "VB":
            yield from guises.subject(child)
        elif depth and child.dep_ == "prep" and child.lower_ in ("of", "to", "about", "over"):
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield from _owners(inner, depth - 1)
        elif depth and child.dep_ in ("dobj", "pobj", "nsubjpass"):
            yield from _owners(child, depth - 1)


def _in_mind(instance: Instance) -> Iterator[Token]:
    """Yield who is "in mind", "targeted" or "aimed at" in the sentence."""
    for token in instance.sentence.tokens:
        if token.dep_ != "pobj" and token.dep_ not in ("dobj", "nsubj"):
            continue
        head = token.head
        if head.lower_ == "with" and any(t.lower_ == "mind" for t in head.subtree):
            yield token
        elif lemma(head) == "target" and token.dep_ == "dobj":
            yield from (token, *_owners(token))
        elif head.lower_ == "at" and lemma(head.head) in ("aim", "direct"):
            yield token


def _places_of(sentence: Sentence, fillers: tuple[Filler, ...]) -> frozenset[int]:
    return frozenset(place for filler in fillers for place in places_of(sentence, filler))
