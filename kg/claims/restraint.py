"""Whether a trigger names a measure here: an instance in, the reason against it out.

Weak words ("limit", "halt") count only beside a word of trade or a thing that the lexicon knows.
A noun that names the measure goes before the verb that carries it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.effects import effect
from kg.claims.frames import Instance
from kg.claims.imposers import Known, is_burdened, is_existential, points_back
from kg.claims.listings import goods_listed
from kg.claims.measures import fate_of, is_weighed, measures, turn_of
from kg.claims.moods import UNREAL, auxiliaries
from kg.claims.reading import Reading
from kg.claims.restricted import is_goods, items_of
from kg.claims.triggers import lemma, trigger_at

SUPPOSING: Final = frozenset(("would", "could", "might"))


def burdening(instance: Instance) -> Instance:
    """Give a measure its verb in "the duty of 5 per cent that Peru charges"."""
    if (deed := _charged(instance)) is not None:
        return replace(instance, verb=deed, support="in-force")
    return instance


def _charged(instance: Instance) -> Token | None:
    """Give the verb of "the duty of 5 per cent that Peru charges", wherever its clause hangs."""
    noun = instance.token
    if instance.trigger.value != "tariff" or instance.trigger.pos != "noun" or instance.support:
        return None
    for clause in (t for t in noun.subtree if t.dep_ == "relcl"):
        deeds = (clause, *(c for c in clause.children if c.dep_ == "xcomp"))
        for deed in deeds:
            that = any(c.dep_ == "dobj" and c.lower_ in ("that", "which") for c in deed.children)
            if that and lemma(deed) in measures().charging:
                return deed
    return None


def unfit(reading: Reading, instance: Instance, way: str | None, known: Known) -> str | None:
    """Say why a trigger names no measure here, or is not the one to read it by."""
    facts = reading.factuality(instance.sentence, instance.verb or instance.token)
    unreal = instance.verb is not None and bool(auxiliaries(instance.verb) & UNREAL)
    verb = instance.verb
    infinitive = verb is not None and guises.is_infinitive(verb)
    owed = verb is not None and infinitive and any(c.dep_ == "neg" for c in verb.children)
    if facts.question or facts.hypothetical or unreal or owed:
        return "a question" if facts.question else "only undertaken" if owed else "only supposed"
    if (other := _read_elsewhere(instance)) is not None:
        return other
    back = points_back(instance) or is_existential(instance.token) or _is_demanded(instance)
    if not (_holds(instance, way) or (known.imposer and back)):
        return "neither trade nor goods stand beside it"
    return _misnamed(reading, instance)


def _is_demanded(instance: Instance) -> bool:
    """Say whether a permit is demanded for something: "has required permits for the lenses"."""
    verb = instance.verb
    wanted = verb is not None and lemma(verb) in measures().demanding
    return wanted and instance.trigger.value == "licensing" and bool(items_of(instance))


def _read_elsewhere(instance: Instance) -> str | None:
    """Say by which other word a verb's measure is read; a zero duty is none."""
    token = instance.token
    if instance.trigger.pos != "verb":
        return "a duty of nothing" if any(c.lower_ == "zero" for c in token.children) else None
    if _carries_a_measure(token):
        return "its object names the measure"
    if any(trigger_at(t, "control") for t in guises.subject(token)):
        return "its subject names the measure"
    return "read by its effect" if effect(token) is not None else None


def _misnamed(reading: Reading, instance: Instance) -> str | None:
    """Say why a noun of measure is none of its own here."""
    if _is_named(reading, instance):
        return "part of a name"
    if _is_imagined(instance):
        return "only supposed"
    if _is_carried(instance):
        return "its verb is read with it"
    return "spoken of as one's own only" if _is_own_affair(instance) else None


def _is_named(reading: Reading, instance: Instance) -> bool:
    """Say whether a word of a measure stands in the name of a body or programme."""
    return any(
        mention.type in ("framework", "organisation")
        and mention.start <= instance.token.i < mention.end
        for mention in reading.mentions(instance.sentence)
    )


def _is_imagined(instance: Instance) -> bool:
    """Say whether a measure is the subject of what would follow: "a ban would hurt"."""
    top = guises.first_conjunct(instance.token)
    known = any(c.dep_ == "poss" or c.lower_ in ("the", "these") for c in top.children)
    bare = instance.trigger.pos == "noun" and instance.support is None and not known
    follows = top.dep_ in ("nsubj", "nsubjpass") and auxiliaries(top.head) & SUPPOSING
    return bool(bare and follows) and fate_of(instance.token) is None


def _carries_a_measure(verb: Token) -> bool:
    """Say whether the object of a verb is a measure itself: then the noun is read, not the verb."""
    return any(
        trigger_at(noun, "control") is not None
        for each in guises.objects(verb) for noun in guises.conjoined(each)
    )  # fmt: skip


def _is_own_affair(instance: Instance) -> bool:
    """Say whether a noun is only spoken of as one's own ("agreed to coordinate their controls")."""
    own = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in instance.token.children)
    told = turn_of(instance.token) is not None or fate_of(instance.token) is not None
    return own and instance.trigger.pos == "noun" and instance.support is None and not told


def _is_carried(instance: Instance) -> bool:
    """Say whether a noun belongs to a verb that is read with it ("put on the entity list")."""
    noun = instance.token
    if instance.trigger.pos != "noun" or noun.dep_ != "pobj":
        return False
    above = trigger_at(noun.head.head, "control")
    return above is not None and instance.trigger.words[0] in above.words[1:]


def _holds(instance: Instance, way: str | None) -> bool:
    """Say whether the sentence gives what a weak word needs to name a measure of trade."""
    needs = instance.trigger.needs
    if needs == "trade":
        return way in ("export", "import", "trade") or any(map(_is_foreign, items_of(instance)))
    if needs == "investment":
        return way == "investment"
    if needs == "goods":
        return way is not None or _binds_goods(instance)
    return True


def _binds_goods(instance: Instance) -> bool:
    """Say whether a measure is of goods: those that the lexicon knows, or those put under it."""
    under = instance.token.head.lower_ == "under" and is_burdened(instance)
    if under and instance.trigger.value == "licensing":
        return True
    items = items_of(instance)
    if any(is_goods(token) for each in items for token in each.subtree):
        return True
    return any(goods_listed(instance.sentence, each) for each in items)


def is_deniable(instance: Instance) -> bool:
    """Say whether a negation around a measure is of the measure, not of what else is done."""
    noun = instance.token
    own = any(c.lower_ == "no" for c in noun.children) or is_existential(noun)
    told = fate_of(noun) is not None or turn_of(noun) is not None or is_weighed(noun)
    stated = instance.trigger.pos != "noun" or instance.support is not None or own or told
    return stated and not is_refused(instance)


def is_refused(instance: Instance) -> bool:
    """Say whether a permit is refused, which is no denial but a measure."""
    verb = instance.verb
    refused = verb is not None and lemma(verb) in ("refuse", "deny", "reject", "decline")
    return refused and lemma(instance.token) in measures().permits


def _is_foreign(token: Token) -> bool:
    """Say whether a word names goods of another country ("Fijian copra")."""
    origin = any(c.ent_type_ == "NORP" and c.dep_ == "amod" for c in token.children)
    return origin and is_goods(token)
