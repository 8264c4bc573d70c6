"""Claims of the kind commitment: a reading in, drafts out.

Three patterns: a trigger of undertaking with an official actor; "will" or reported "would" with
one; a joint document that "includes" or "outlines" deeds. Deeds that are coordinated under one
trigger become one commitment each. What lies inside a commitment is not read as another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kg.claims import controls, guises
from kg.claims.draft import CARRIED, LIKELY, SURE, WEAK, Draft
from kg.claims.frames import Instance, adjuncts, instances
from kg.claims.model import Filler
from kg.claims.moods import MAYBE, PROMISING, UNREAL, auxiliaries, modality, polarity
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.things import name_span, things
from kg.claims.triggers import lemma, support_of, trigger_at
from kg.claims.voices import Voice, measures, speaks_for_others, voice

READ: Final = frozenset(("body", "caption"))
INITIATIVES: Final = frozenset(
    "partnership alliance initiative fund programme program forum council committee group force mechanism network hub "
    "coalition centre center corridor zone body panel commission dialogue consortium facility establishment creation "
    "launch formation taskforce secretariat platform working framework scheme union club pact".split()
)
COOPERATION: Final = frozenset(
    "cooperation co-operation collaboration partnership tie relation relationship coordination engagement alliance".split()
)
LISTING: Final = frozenset(
    (
        "include",
        "outline",
        "cover",
        "contain",
        "feature",
        "list",
        "provide",
        "detail",
        "stipulate",
        "envisage",
        "foresee",
        "call",
        "comprise",
    )
)
WANTING: Final = frozenset(("seek", "want", "plan", "propose", "pursue"))
MONEY: Final = frozenset(
    (
        "$",
        "€",
        "£",
        "¥",
        "million",
        "billion",
        "trillion",
        "dollar",
        "euro",
        "pound",
        "yen",
        "yuan",
        "rupee",
        "rouble",
        "rand",
        "franc",
    )
)
BEFORE_DATE: Final = frozenset(
    (
        "by",
        "from",
        "until",
        "before",
        "in",
        "starting",
        "within",
        "through",
        "during",
        "over",
        "till",
        "after",
        "at",
    )
)


def claims_in(reading: Reading) -> Iterator[Draft]:
    """Yield the commitment claims of an article, in text order."""
    lead: Lead | None = None
    for sentence in reading.sentences:
        if sentence.role not in READ:
            continue
        listed = _listed_deed(reading, sentence, lead) if lead is not None else None
        if listed is not None:
            yield listed
            continue
        lead = _lead(reading, sentence)
        yield from _in_sentence(reading, sentence)


@dataclass(frozen=True, slots=True)
class Lead:
    """A sentence like "The parties agree:" that the lines after it go on."""

    who: Voice
    modality: str


def _lead(reading: Reading, sentence: Sentence) -> Lead | None:
    """Read who undertakes what the list after this sentence holds."""
    if not sentence.text.rstrip().endswith(":"):
        return None
    for instance in instances(sentence, "commitment"):
        who = voice(reading, sentence, instance.heads("actor"))
        if instance.trigger.pos == "verb" and who.actors:
            return Lead(who, modality(instance))
    return None


def _listed_deed(reading: Reading, sentence: Sentence, lead: Lead) -> Draft | None:
    """Read a line of a list as a deed: it starts with "to", or with a bare verb."""
    first = next(
        (t for t in sentence.span if t.is_alpha and t.lower_ not in ("not", "jointly", "and")), None
    )
    if first is None:
        return None
    verb = first.head if first.lower_ == "to" and first.dep_ == "aux" else first
    if verb.tag_ not in ("VB", "VBG", "VBP") or (
        verb == first and not (first.i <= sentence.span.start + 1)
    ):
        return None
    who = Voice(lead.who.actors, carried=True)
    return _draft(reading, sentence, verb, who, (verb,), lead.modality, None, LIKELY, ())


def _in_sentence(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    measured = controls.places(reading, sentence)
    covered: set[int] = set()
    marked = {instance.token.i: instance for instance in instances(sentence, "commitment")}
    for token in sentence.span:
        if token.i in covered:
            continue
        drafts: list[Draft] = []
        if token.i in marked:
            drafts = list(_triggered(reading, marked[token.i], measured))
        if not drafts and token.pos_ in ("VERB", "AUX") and token.i not in measured:
            drafts = list(_listed(reading, sentence, token) or _promised(reading, sentence, token))
        if drafts:
            covered.update(_inside(token))
            if token.i in marked and (verb := marked[token.i].verb) is not None:
                covered.update(_inside(verb) if marked[token.i].trigger.pos != "noun" else ())
            yield from drafts


def _inside(token: Token) -> Iterator[int]:
    """Yield the tokens that belong to a commitment: those below it, without clauses of other subjects."""
    for child in token.children:
        if child.dep_ in ("relcl", "conj", "nsubj", "nsubjpass", "parataxis") and child.pos_ in (
            "VERB",
            "AUX",
        ):
            continue
        if child.dep_ == "advcl" and not guises.is_infinitive(child):
            continue
        yield child.i
        yield from _inside(child)
        if child.dep_ in ("xcomp", "pcomp", "ccomp"):
            for other in guises.conjoined(child):
                yield other.i
                yield from _inside(other)


def _triggered(reading: Reading, instance: Instance, measured: frozenset[int]) -> Iterator[Draft]:
    if not _holds(instance):
        return
    sentence, token = instance.sentence, instance.token
    facts = reading.factuality(sentence, instance.verb or token)
    if facts.hypothetical or facts.question:
        return
    who = voice(reading, sentence, instance.heads("actor"))
    if not who.actors:
        return
    base = SURE if instance.trigger.pos == "verb" and instance.trigger.needs is None else LIKELY
    value = modality(instance)
    partners = _partners(reading, instance, who)
    for heads in _deeds(instance):
        if any(head.i in measured for head in heads):
            continue
        yield _draft(
            reading, sentence, token, who, heads, value, polarity(reading, instance), base, partners
        )


def _holds(instance: Instance) -> bool:
    """Say whether the sentence gives what a word needs to be a commitment at all."""
    needs, token, verb = instance.trigger.needs, instance.token, instance.verb
    if instance.trigger.pos == "noun" and not _noun_holds(instance):
        return False
    if instance.trigger.pos == "verb" and auxiliaries(token) & UNREAL:
        return False
    if token.lower_ == "aimed" and not any(
        trigger_at(t, "commitment") for t in instance.function("subject")
    ):
        return False
    if any(lemma(each) in measures().meeting for each in instance.function("complement")):
        return False
    if (
        instance.trigger.pos == "noun"
        and instance.trigger.value == "agreed"
        and instance.support is None
    ):
        return True
    if needs == "complement":
        wanted = lemma(token) in WANTING and bool(instance.function("object"))
        return (wanted or bool(_clauses(instance))) and not (verb is not None and _must(verb))
    if needs == "would":
        return bool(auxiliaries(token) & {"would", "'d"}) and bool(instance.every("topic"))
    if needs == "initiative":
        return any(lemma(o) in INITIATIVES or _named_new(o) for o in instance.function("object"))
    if needs == "cooperation":
        going_on = token.tag_ == "VBG" and "are" in auxiliaries(token) | {
            c.lower_ for c in token.children
        }
        return going_on and any(lemma(o) in COOPERATION for o in instance.function("object"))
    if needs == "money":
        return any(lemma(t) in MONEY for o in instance.function("object") for t in o.subtree)
    if instance.trigger.value == "considering" and token.pos_ == "VERB":
        return bool(instance.every("topic")) or len(instance.trigger.words) > 1
    return True


def _must(verb: Token) -> bool:
    return bool(auxiliaries(verb) & UNREAL)


def _named_new(token: Token) -> bool:
    return token.pos_ == "PROPN" and any(c.lower_ in ("new", "a", "an") for c in token.children)


def _clauses(instance: Instance) -> tuple[Token, ...]:
    """Give the deeds that a trigger governs: infinitives, gerunds, "that" clauses."""
    found = instance.function("complement")
    if instance.trigger.value in ("planned", "considering"):
        found = tuple(c for c in found if not _of_another(c))
    if instance.trigger.pos == "verb" and instance.function("object"):
        found = tuple(c for c in found if c.dep_ != "advcl")
    if instance.trigger.pos == "verb":
        found += tuple(c for o in instance.function("object") for c in guises.complements(o))
    for name in ("to", "on", "for", "of", "at", "in"):
        if name in instance.trigger.frame["topic"]:
            found += tuple(t for t in instance.function(name) if t.tag_ == "VBG")
    return found


def _of_another(clause: Token) -> bool:
    """Say whether a clause has a subject of its own: what one hopes of others is no plan."""
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in clause.children)


def _noun_holds(instance: Instance) -> bool:
    """A noun of undertaking counts when a verb makes, keeps or states it, or when it leads on to a deed."""
    token = instance.token
    if instance.support is not None:
        return True
    if token.dep_ == "pobj" and token.head.lower_ in ("with", "in"):
        return bool(_clauses(instance))
    if token.dep_ in ("nsubj", "nsubjpass"):
        return bool(
            _clauses(instance) or instance.function("among") or instance.function("between")
        ) or _aimed(token)
    return (
        bool(instance.function("among") or instance.function("between"))
        and instance.trigger.value == "agreed"
    )


def _aimed(noun: Token) -> bool:
    return lemma(noun.head) in ("aim", "be", "include", "focus", "extend", "cover")


def _includes_deeds(verb: Token) -> bool:
    """Say whether "will include" leads on to deeds."""
    return lemma(verb) == "include" and any(c.tag_ == "VBG" for c in verb.children if c.i > verb.i)


def _partners(reading: Reading, instance: Instance, who: Voice) -> tuple[Filler, ...]:
    held = {actor.value for actor in who.actors}
    heads = list(instance.every("counterparty"))
    for clause in _clauses(instance):
        heads += [t for t in guises.prepositional(clause, "with")]
        heads += [t for o in guises.objects(clause) for t in guises.prepositional(o, "with")]
    for each in instance.function("object"):
        heads += list(guises.prepositional(each, "with"))
    heads += [
        t
        for head in heads
        for p in head.subtree
        if p.lower_ in ("as", "including")
        for t in p.children
        if t.dep_ == "pobj"
    ]
    found = [f for head in heads for f in reading.parties(instance.sentence, head)]
    return tuple(
        f
        for f in found
        if f.value not in held and f.type in ("state", "bloc", "person", "organisation")
    )


def _deeds(instance: Instance) -> list[tuple[Token, ...]]:
    """Split what is undertaken: one group of head tokens per coordinated deed."""
    split = [deed for clause in _clauses(instance) for deed in guises.conjoined(clause)]
    split = list(guises.spread(split))
    if not split:
        return [(*instance.every("topic"), *adjuncts(instance.token))]
    named = [deed for deed in split if things(instance.sentence, [deed], _others(deed, split))]
    if len(named) > 1:
        return [
            (deed, *(adjuncts(instance.token) if i == 0 else ())) for i, deed in enumerate(named)
        ]
    return [(*split, *adjuncts(instance.token))]


def _others(deed: Token, all_deeds: list[Token]) -> frozenset[int]:
    return frozenset(other.i for other in all_deeds if other != deed)


def _draft(
    reading: Reading, sentence: Sentence, token: Token, who: Voice, heads: tuple[Token, ...],
    value: str, polarity: str | None, base: float, partners: tuple[Filler, ...],
) -> Draft:  # fmt: skip
    others = (
        frozenset(c.i for c in guises.conjoined(heads[0]) if c not in heads)
        if heads
        else frozenset()
    )
    frameworks, places = _frameworks(reading, sentence, token, heads, others)
    roles: dict[str, tuple[Filler, ...]] = {"actor": who.actors}
    named = things(sentence, heads, others | places | _actor_tokens(sentence, who))
    for role, fillers in (
        ("topic", named),
        ("counterparty", partners),
        ("date", _dates(reading, sentence, heads, others)),
        ("framework", frameworks),
    ):
        if fillers:
            roles[role] = fillers
    sure = base * (CARRIED if who.carried else 1.0) * (1.0 if named else CARRIED)
    return Draft(
        "commitment", sentence, roles, modality=value, polarity=polarity,
        attribution=reading.attribution(sentence, token), confidence=round(sure, 3),
    )  # fmt: skip


def _actor_tokens(sentence: Sentence, who: Voice) -> frozenset[int]:
    starts = {actor.start for actor in who.actors if actor.start is not None}
    return frozenset(t.i for t in sentence.span if sentence.offset(t) in starts)


def _dates(
    reading: Reading, sentence: Sentence, heads: tuple[Token, ...], others: frozenset[int]
) -> tuple[Filler, ...]:
    """Give the dates by or from which a deed holds."""
    places = sorted(
        _below(heads, others) | {c.i for h in heads for c in h.head.children if c.i > h.i}
    )
    preps = [
        t
        for t in (sentence.span.doc[i] for i in places)
        if t.dep_ == "prep" and t.lower_ in BEFORE_DATE
    ]
    found = [d for prep in preps for d in reading.dates(sentence, prep.i, prep.right_edge.i + 1)]
    return tuple(dict.fromkeys(found))


def _frameworks(
    reading: Reading,
    sentence: Sentence,
    token: Token,
    heads: tuple[Token, ...],
    others: frozenset[int],
) -> tuple[tuple[Filler, ...], frozenset[int]]:
    """Give the programmes that the deed names, or what stands before it, and where they stand."""
    found: list[Filler] = []
    places: set[int] = set()
    within = _below(heads, others)
    for mention in reading.mentions(sentence):
        if mention.type != "framework" or _is_subject(sentence.span.doc[mention.end - 1]):
            continue
        places.update(range(mention.start, mention.end))
        if mention.start in within or mention.start < token.i:
            start, end = sentence.place(mention.start, mention.end)
            text = sentence.words(mention.start, mention.end)
            found.append(Filler(mention.refs[0], text, type="framework", start=start, end=end))
    found += [f for f in _under(sentence, token) if f.start not in {each.start for each in found}]
    return tuple(found), frozenset(places)


def _under(sentence: Sentence, token: Token) -> Iterator[Filler]:
    """Give the document that a sentence puts first: "Under the Lima Accord, …"."""
    for prep in sentence.span:
        if (
            prep.i > token.i
            or prep.dep_ != "prep"
            or prep.lower_ not in ("under", "with", "through")
        ):
            continue
        for noun in prep.children:
            if noun.dep_ == "pobj" and noun.text[:1].isupper() and trigger_at(noun, "document"):
                first, last = name_span(noun)
                start, end = sentence.place(first, last)
                yield Filler(
                    text=sentence.words(first, last), type="framework", start=start, end=end
                )


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


def _is_subject(token: Token) -> bool:
    while token.dep_ in ("compound", "amod", "nmod", "det", "poss"):
        token = token.head
    return token.dep_ in ("nsubj", "nsubjpass")


def _promised(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Draft]:
    """Read "will" with an official subject, and "would" where it is reported of one."""
    used = auxiliaries(verb)
    if lemma(verb) == "take" and any(
        o.lower_ in ("place", "part", "effect") for o in guises.objects(verb)
    ):
        return
    due = _is_to(verb)
    reported = "would" in used and _is_reported(verb)
    maybe = bool(used & MAYBE)
    if (
        not (used & PROMISING or reported or maybe or due)
        or (lemma(verb) in measures().idle and not _includes_deeds(verb))
        or guises.is_passive(verb)
    ):
        return
    if verb.dep_ in ("relcl", "advcl", "pcomp", "acl") and not used & PROMISING:
        return
    facts = reading.factuality(sentence, verb)
    if (facts.hypothetical and not maybe) or facts.question or (maybe and _conditional(verb)):
        return
    subjects = guises.subject(verb)
    if verb.dep_ == "relcl" and any(speaks_for_others(t) for t in subjects):
        return
    who = voice(reading, sentence, subjects)
    if not who.actors or (maybe and who.carried):
        return
    value = "considering" if maybe else "planned" if due else "pledged"
    deeds = [
        each
        for c in verb.children
        if c.i > verb.i and c.tag_ == "VBG"
        for each in guises.conjoined(c)
    ]
    for deed in deeds if _includes_deeds(verb) else [verb]:
        draft = _draft(reading, sentence, verb, who, (deed,), value, None, WEAK, ())
        if draft.roles.get("topic"):
            yield draft


def _conditional(verb: Token) -> bool:
    return any(t.lower_ in ("if", "unless") and t.dep_ == "mark" for t in verb.subtree)


def _is_to(verb: Token) -> bool:
    """Say whether a verb stands as in "Peru is to open a port"."""
    above = verb.head
    return (
        verb.dep_ == "xcomp"
        and guises.is_infinitive(verb)
        and lemma(above) == "be"
        and above.tag_ in ("VBZ", "VBP")
        and not any(c.dep_ in ("acomp", "attr") for c in above.children)
    )


def _is_reported(verb: Token) -> bool:
    top = guises.first_conjunct(verb)
    return top.dep_ in ("ccomp", "xcomp", "conj") and lemma(top.head) in measures().speech


def _listed(reading: Reading, sentence: Sentence, verb: Token) -> list[Draft]:
    """Read the deeds that a joint document includes or outlines."""
    if lemma(verb) not in LISTING:
        return []
    subjects = [t for t in guises.subject(verb) if lemma(t) in measures().voices]
    if not subjects:
        return []
    deeds = [
        deed for child in verb.children if child.i > verb.i and child.dep_ in ("dobj", "xcomp", "ccomp", "pcomp", "prep", "attr", "conj", "advcl")
        for deed in guises.conjoined(child)
    ]  # fmt: skip
    deeds = [
        d
        for d in deeds
        if d.tag_ == "VBG"
        or lemma(d) in COOPERATION
        or lemma(d) in ("policy", "plan", "step", "measure", "commitment", "pledge")
    ]
    who = voice(reading, sentence, subjects)
    if not who.actors or not deeds:
        return []
    plan = any(lemma(d) in ("policy", "plan") for d in deeds)
    value = "planned" if plan else "agreed"
    return [
        _draft(reading, sentence, verb, who, (deed,), value, None, LIKELY, ()) for deed in deeds
    ]


__all__ = ["claims_in", "support_of"]
