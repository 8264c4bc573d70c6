"""Claims of the kind control: a reading in, drafts out.

A measure needs a state or bloc that imposes it. Weak words ("limit", "halt") count only beside a
word of trade or a thing that the lexicon knows; the direction of trade decides the type. A noun
that names the measure goes before the verb that carries it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.draft import CARRIED, LIKELY, SURE, WEAK, Draft
from kg.claims.frames import Instance, instances
from kg.claims.imposers import POWERS, Known, imposers, is_burdened, of_passage, points_back
from kg.claims.measures import scheduled, status
from kg.claims.model import Filler
from kg.claims.moods import UNREAL, auxiliaries, polarity
from kg.claims.passages import Passage, passages
from kg.claims.phrases import name_span
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.thing_words import known, words
from kg.claims.things import is_trade, traded
from kg.claims.triggers import lemma, support_of, trigger_at
from kg.claims.voices import Voice
from kg.claims.wording import wording

READ: Final = frozenset(("body", "caption"))
GOODS: Final = frozenset(("material", "technology"))
TIMED: Final = frozenset(("prep", "npadvmod", "advmod", "acl", "tmod"))
GENERATION: Final = 30  # years
NOTHING: Final = Known()
TYPES: Final = {
    ("ban", "export"): "export-ban",
    ("ban", "import"): "import-restriction",
    ("ban", "investment"): "investment-screening",
    ("restriction", "export"): "export-control",
    ("restriction", "import"): "import-restriction",
    ("restriction", "investment"): "investment-screening",
    ("ban", "trade"): "sanction",
    ("restriction", "trade"): "export-control",
}


def places(reading: Reading, sentence: Sentence) -> frozenset[int]:
    """Give the tokens of the measures that a sentence states, and of the verbs that carry them."""
    return frozenset(
        token.i for instance in instances(sentence, "control") for _ in _control(reading, instance)
        for token in (instance.token, instance.verb or instance.token)
    ) | {passage.verb.i for passage in passages(sentence)}  # fmt: skip


def claims_in(reading: Reading) -> Iterator[Draft]:
    """Yield the control claims of an article, in text order."""
    known = Known()
    for sentence in reading.sentences:
        if sentence.role not in READ:
            continue
        for draft in _in_sentence(reading, sentence, known):
            if _is_history(reading, draft):
                continue
            roles = draft.roles
            known = Known(
                roles["imposer"], roles.get("target", ()), str(roles["type"][0].ref), sentence.index
            )
            yield draft


def _is_history(reading: Reading, draft: Draft) -> bool:
    """Say whether a measure of nobody named here is of a time long before the story."""
    if draft.roles["imposer"][0].start is not None:
        return False
    dates = [str(f.ref)[:4] for f in draft.roles.get("date", ())]
    years = [int(year) for year in dates if year.isdigit()]
    told = str(reading.published or "")[:4]
    return bool(years) and told.isdigit() and max(years) < int(told) - GENERATION


def _in_sentence(reading: Reading, sentence: Sentence, known: Known) -> Iterator[Draft]:
    told: set[int] = set()
    for instance in instances(sentence, "control"):
        for draft in _control(reading, instance, known):
            told.update((instance.token.i, (instance.verb or instance.token).i))
            known = Known(draft.roles["imposer"], draft.roles.get("target", ()))
            yield draft
    for passage in passages(sentence):
        if passage.verb.i not in told:
            yield from _passing(reading, sentence, passage, known)
    if not told:
        yield from _renewed(reading, sentence, known)
        yield from _included(reading, sentence, known)


def _included(reading: Reading, sentence: Sentence, known: Known) -> Iterator[Draft]:
    """Yield the measures that "this" of the sentence before "includes"."""
    if not known.imposer or sentence.index - known.sentence > 1:
        return
    for instance in instances(sentence, "control"):
        noun = instance.token
        top = noun
        while top.dep_ in ("conj", "appos", "dobj") and top.head != top and top.pos_ != "VERB":
            top = top.head
        subject = guises.surface_subject(top) if lemma(top) in wording().listing else None
        back = subject is not None and subject.lower_ in ("this", "these", "they", "it", "those")
        if instance.trigger.pos != "noun" or not back:
            continue
        who = Voice(known.imposer, carried=True)
        roles = {
            "imposer": tuple(Filler(ref=f.ref, type=f.type) for f in known.imposer),
            "target": tuple(Filler(ref=f.ref, type=f.type) for f in known.target),
            "item": _items(instance, who),
            "type": (Filler(ref=_type(instance, _direction(instance), bool(known.target))),),
        }
        yield Draft(
            "control", sentence, {role: fillers for role, fillers in roles.items() if fillers},
            status="in-force", attribution=reading.attribution(sentence, noun),
            confidence=round(LIKELY * CARRIED, 3),
        )  # fmt: skip


def _passing(
    reading: Reading, sentence: Sentence, passage: Passage, known: Known
) -> Iterator[Draft]:
    """Yield the measure that a passage of goods tells of."""
    facts = reading.factuality(sentence, passage.verb)
    who = of_passage(reading, sentence, passage, known)
    if facts.question or _if(passage.verb) or not who.actors:
        return
    held = {f.value for f in who.actors}
    ends = [f for head in passage.targets for f in reading.parties(sentence, head)]
    owned = {f.start for f in who.actors}
    items = [f for head in passage.goods for f in traded(sentence, head, 8)]
    roles = {
        "imposer": who.actors,
        "target": tuple(f for f in ends if f.type in POWERS and f.value not in held),
        "item": _named(items, owned),
        "date": _dates_at(reading, sentence, (passage.verb,)),
        "type": (Filler(ref=passage.type),),
    }
    yield Draft(
        "control", sentence, {role: fillers for role, fillers in roles.items() if fillers},
        status=passage.status, attribution=reading.attribution(sentence, passage.verb),
        confidence=round(LIKELY * (CARRIED if who.carried else 1.0), 3),
    )  # fmt: skip


def _if(verb: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether") for c in verb.children)


def _renewed(reading: Reading, sentence: Sentence, known: Known) -> Iterator[Draft]:
    """Yield what "it was renewed in June" tells of the measure of the sentence before."""
    if not known.imposer or known.type is None or sentence.index - known.sentence > 1:
        return
    for verb in sentence.span:
        said = support_of(verb, "control") if lemma(verb) in wording().renewing else None
        subject = guises.surface_subject(verb) if said and guises.is_passive(verb) else None
        if subject is None or subject.lower_ not in ("it", "they", "both"):
            continue
        state = scheduled(verb)
        facts = reading.factuality(sentence, verb)
        if state is None or facts.hypothetical or facts.question or facts.negative:
            continue
        roles = {
            "imposer": tuple(Filler(ref=f.ref, type=f.type) for f in known.imposer),
            "date": _dates_at(reading, sentence, (verb,)),
            "type": (Filler(ref=known.type),),
        }
        yield Draft(
            "control", sentence, {role: fillers for role, fillers in roles.items() if fillers},
            status=said if said in ("lifted", "suspended") and state == "in-force" else state,
            attribution=reading.attribution(sentence, verb), confidence=round(WEAK * CARRIED, 3),
        )  # fmt: skip


def _control(reading: Reading, instance: Instance, known: Known = NOTHING) -> Iterator[Draft]:
    state, way = status(instance), _direction(instance)
    denied = polarity(reading, instance)
    sentence, token = instance.sentence, instance.token
    who = imposers(reading, instance, known)
    reason = _unfit(reading, instance, way, known) or (
        "only owed to others" if state is None
        else "a denial of what is to come" if denied and state == "announced"
        else "nobody is named who imposes it" if not who.actors else None
    )  # fmt: skip
    if reason is not None or state is None:
        reading.drop("control", sentence, token, str(reason))
        return
    items, targets = _items(instance, who), _targets(reading, instance, who)
    roles = {
        "imposer": who.actors,
        "target": targets,
        "item": items,
        "date": _dates(reading, instance),
        "type": (Filler(ref=_type(instance, way, bool(targets))),),
    }
    base = SURE if items or targets else LIKELY
    yield Draft(
        "control",
        sentence,
        {role: fillers for role, fillers in roles.items() if fillers},
        status=state,
        polarity=denied,
        attribution=reading.attribution(sentence, token),
        confidence=round(base * (CARRIED if who.carried else 1.0), 3),
        token=token,
    )


def _unfit(reading: Reading, instance: Instance, way: str | None, known: Known) -> str | None:
    """Say why a trigger names no measure here, or is not the one to read it by."""
    facts = reading.factuality(instance.sentence, instance.verb or instance.token)
    if facts.question:
        return "a question"
    unreal = instance.verb is not None and auxiliaries(instance.verb) & UNREAL
    if facts.hypothetical or unreal:
        return "only supposed"
    if instance.trigger.pos == "verb" and _carries_a_measure(instance.token):
        return "its object names the measure"
    if not (_holds(instance, way) or (known.imposer and points_back(instance))):
        return "neither trade nor goods stand beside it"
    if _is_carried(instance):
        return "its verb is read with it"
    return "spoken of as one's own only" if _is_own_affair(instance) else None


def _carries_a_measure(verb: Token) -> bool:
    """Say whether the object of a verb is a measure itself: then the noun is read, not the verb."""
    return any(
        trigger_at(noun, "control") is not None
        for each in guises.objects(verb) for noun in guises.conjoined(each)
    )  # fmt: skip


def _is_own_affair(instance: Instance) -> bool:
    """Say whether a noun is only spoken of as one's own ("agreed to coordinate their controls")."""
    own = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in instance.token.children)
    return own and instance.trigger.pos == "noun" and instance.support is None


def _is_carried(instance: Instance) -> bool:
    """Say whether a noun belongs to a verb that is read with it ("put on the entity list")."""
    noun = instance.token
    if instance.trigger.pos != "noun" or noun.dep_ != "pobj":
        return False
    above = trigger_at(noun.head.head, "control")
    return above is not None and instance.trigger.words[0] in above.words[1:]


def _direction(instance: Instance) -> str | None:
    """Give the direction of the trade that a measure is about, by the words beside the trigger."""
    near: list[Token] = [*instance.token.children, *instance.every("item"), instance.token]
    near += [t for each in instance.every("item") for t in each.subtree]
    for name in ("export", "import", "investment", "trade"):
        held = wording().directions[name]
        if any(token.lower_ in held for token in near):
            return name
    return None


def _holds(instance: Instance, way: str | None) -> bool:
    """Say whether the sentence gives what a weak word needs to name a measure of trade."""
    needs = instance.trigger.needs
    if needs == "trade":
        return way in ("export", "import", "trade")
    if needs == "investment":
        return way == "investment"
    if needs == "goods":
        return way is not None or any(
            _is_goods(token) for each in instance.every("item") for token in each.subtree
        )
    return True


def _is_goods(token: Token) -> bool:
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    first, last = name_span(token)
    rows = (known(token.doc[i:last].text) for i in range(first, last))
    return any(row is not None and row.family in GOODS for row in rows)


def _items(instance: Instance, who: Voice) -> tuple[Filler, ...]:
    """Give what is restricted; a word of trade gives way to what is traded."""
    sentence = instance.sentence
    taken = {f.start for f in who.actors}
    heads = [each for each in instance.every("item") if sentence.offset(each) not in taken]
    loose = {t.i for t in instance.function("modifier")} | {t.i for t in instance.function("to")}
    heads = [
        each
        for each in heads
        if each.i not in loose or _is_goods(each) or (is_trade(each) and each.dep_ == "pobj")
    ]
    if is_burdened(instance) and instance.verb is not None:
        heads += [o for o in guises.objects(instance.verb) if _is_goods(o)]
    found: list[Filler] = []
    for head in heads:
        for each in guises.conjoined(head):
            if not trigger_at(each, "control"):
                found += traded(sentence, each, 8)
    return _named(found, taken)


def _named(found: list[Filler], taken: set[int | None]) -> tuple[Filler, ...]:
    """Keep what names goods and nobody."""
    vague = words().vague | words().empty
    named = (f for f in found if f.start not in taken and (f.label or "") not in vague)
    return tuple(dict.fromkeys(named))[:8]


def _targets(reading: Reading, instance: Instance, who: Voice) -> tuple[Filler, ...]:
    """Give against whom: named after "to", "against", "from", or as the origin of the goods."""
    sentence = instance.sentence
    held = {f.value for f in who.actors}
    heads = list(instance.every("target"))
    if instance.support == "faced" and instance.verb is not None:
        heads += guises.subject(instance.verb)
    if is_burdened(instance) and instance.verb is not None:
        heads += guises.objects(instance.verb)
        heads += [c for o in guises.objects(instance.verb) for c in (*o.lefts, *o.rights)
                  if c.dep_ in ("amod", "appos", "compound")]  # fmt: skip
    for each in instance.every("item"):
        for noun in guises.conjoined(each):
            heads += _aimed_at(noun)
    found = [
        f
        for head in heads
        for f in reading.parties(sentence, head)
        if f.type in (*POWERS, "organisation")
    ]
    return tuple({f.value: f for f in found if f.value not in held}.values())


def _aimed_at(noun: Token) -> Iterator[Token]:
    """Yield where goods go or come from: "tin to Peru", "Peruvian tin", "imports of Fijian tin"."""
    for name in ("to", "from", "against"):
        yield from guises.prepositional(noun, name)
    yield from (c for c in noun.lefts if c.dep_ in ("amod", "compound", "poss", "nmod"))
    for inner in guises.prepositional(noun, "of"):
        yield from guises.prepositional(inner, "to")
        yield from (c for c in inner.lefts if c.dep_ == "amod")


def _type(instance: Instance, way: str | None, targeted: bool) -> str:
    """Give the type: the word's own, or strength and direction of trade together."""
    value = instance.trigger.value or "restriction"
    if value not in ("ban", "restriction"):
        return value
    words = frozenset(instance.trigger.words)
    if way is None and words & {"embargo", "boycott", "blockade"}:
        return "sanction" if "embargo" in words and targeted else "import-restriction"
    if way is None and targeted:
        way = "import"
    return TYPES[value, way or "export"]


def _dates(reading: Reading, instance: Instance) -> tuple[Filler, ...]:
    """Give the dates that stand with the measure or with the verb that carries it."""
    tops = (instance.token, *([instance.verb] if instance.verb is not None else []))
    return _dates_at(reading, instance.sentence, tops)


def _dates_at(reading: Reading, sentence: Sentence, tops: tuple[Token, ...]) -> tuple[Filler, ...]:
    found: list[Filler] = []
    for child in (c for top in tops for c in top.children):
        if child.dep_ in TIMED and any(t.ent_type_ == "DATE" for t in child.subtree):
            found += reading.dates(sentence, child.left_edge.i, child.right_edge.i + 1)
    alone = reading.dates(sentence)
    return tuple(dict.fromkeys(found))[:1] or (alone if len(alone) == 1 else ())
