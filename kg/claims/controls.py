"""Claims of the kind control: a reading in, drafts out.

A measure needs a state or bloc that imposes it. What counts as one: `kg.claims.restraint`; what
it hits: `kg.claims.restricted`; what becomes of it: `kg.claims.measures`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final
from weakref import WeakKeyDictionary

from spacy.tokens import Token

from kg.claims.dates import ahead
from kg.claims.draft import CARRIED, LIKELY, SURE, Draft
from kg.claims.effects import SAME
from kg.claims.frames import Instance, instances
from kg.claims.imposers import POWERS, Known, imposers, of_passage
from kg.claims.listings import names_in_fragment
from kg.claims.measures import Passage, is_presupposed, is_ruled_out, status
from kg.claims.model import Filler
from kg.claims.moods import PROMISING, auxiliaries, polarity
from kg.claims.passages import passages
from kg.claims.reading import Reading
from kg.claims.restraint import burdening, is_deniable, unfit
from kg.claims.restricted import (
    by_date,
    dates_at,
    dates_of_measure,
    direction,
    items_in,
    named_goods,
    targets_in,
    type_of,
)
from kg.claims.sentences import Sentence
from kg.claims.things import goods_named, traded
from kg.claims.wording import wording

READ: Final = frozenset(("body", "caption"))
FINITE: Final = frozenset(("VBZ", "VBP", "MD"))  # a fragment with one is a sentence
WAYS: Final = ("export", "import")
LONGEST_LIST: Final = 60  # items of a list of goods
GENERATION: Final = 30  # years
OF_FIRMS: Final = ("sanction", "entity-listing")


@dataclass(frozen=True, slots=True)
class _Told:
    """A measure told, and what told it."""

    draft: Draft
    by: Instance | Passage | None = None


_READINGS: Final[WeakKeyDictionary[Reading, Mapping[int, tuple[_Told, ...]]]] = WeakKeyDictionary()


def places(reading: Reading, sentence: Sentence) -> frozenset[int]:
    """Give the tokens of the measures that a sentence states, and of the verbs that carry them."""
    return frozenset(
        token.i for each in _read(reading).get(sentence.index, ())
        if isinstance(each.by, Instance) and not is_presupposed(each.by)
        for token in (each.by.token, each.by.verb or each.by.token)
    ) | {passage.verb.i for passage in passages(sentence)}  # fmt: skip


def claims_in(reading: Reading) -> Iterator[Draft]:
    """Yield the control claims of an article, in text order."""
    for told in _read(reading).values():
        yield from (each.draft for each in told)


def _read(reading: Reading) -> Mapping[int, tuple[_Told, ...]]:
    """Give the measures of an article by sentence, read once."""
    found = _READINGS.get(reading)
    if found is None:
        found = {}
        known = Known()
        for sentence in reading.sentences:
            if sentence.role not in READ:
                continue
            told = tuple(_in_sentence(reading, sentence, known))
            told = tuple(each for each in told if not _is_history(reading, each.draft))
            if told:
                found[sentence.index] = told
                known = _known_by(told[-1].draft)
            for draft in _listed(reading, sentence, told):
                found[draft.sentence.index] = (_Told(draft),)
                known = _known_by(draft)
        _READINGS[reading] = found
    return found


def _listed(reading: Reading, sentence: Sentence, told: tuple[_Told, ...]) -> Iterator[Draft]:
    """Yield what a list names under a measure: "the following need a licence: (a) gallium;".

    Of what an authority orders in a text of its own, the line above the list is read as well.
    """
    if not sentence.text.rstrip().endswith(":"):
        return
    last = told[-1].draft if told else _ordered(reading, sentence)
    if last is None:
        return
    if not told:
        yield last
    carried = {
        role: tuple(replace(f, text=None, start=None, end=None) for f in last.roles.get(role, ()))
        for role in ("imposer", "target", "date", "type")
    }
    for item in reading.sentences[sentence.index + 1 : sentence.index + LONGEST_LIST]:
        if item.role == "title" or any(t.tag_ in FINITE for t in item.tokens):
            return
        listed = _in_list(reading, item, last)
        if listed:
            roles = {role: held for role, held in carried.items() if held} | listed
            yield replace(last, sentence=item, roles=roles, confidence=LIKELY, token=None)


def _in_list(reading: Reading, item: Sentence, above: Draft) -> dict[str, tuple[Filler, ...]]:
    """Give what an item of a list adds to the measure above it: goods, or whom it hits."""
    hit = str(above.roles["type"][0].ref) in OF_FIRMS
    names = names_in_fragment(reading, item) if hit else ()
    goods = () if names else goods_named(item)
    return {"target": names} if names else {"item": goods} if goods else {}


def _ordered(reading: Reading, sentence: Sentence) -> Draft | None:
    """Read the line above a list in a text of an authority: its state imposes what follows."""
    state = reading.releasing_state
    found = list(instances(sentence, "control"))
    ways = wording().directions
    way = next((w for w in WAYS if any(t.lower_ in ways[w] for t in sentence.tokens)), None)
    if state is None or not found or way is None:
        return None
    facts = reading.factuality(sentence, found[-1].token)
    if facts.negative or facts.hypothetical or facts.question:
        return None
    dates = dates_of_measure(reading, found[-1])
    roles = {
        "imposer": (Filler(ref=state, type="state"),),
        "date": dates,
        "type": (Filler(ref=type_of(found[-1], way, False)),),
    }
    return Draft(
        "control",
        sentence,
        {role: fillers for role, fillers in roles.items() if fillers},
        status=by_date(reading, sentence, "in-force", dates),
        confidence=LIKELY,
        token=found[-1].token,
    )


def _in_time(instance: Instance, dates: tuple[Filler, ...]) -> tuple[Filler, ...]:
    """Give the dates of what will come as the next days of their name: "from the 5th"."""
    helping = auxiliaries(instance.verb or instance.token)
    if not helping & PROMISING or "would" in helping:
        return dates
    coming = ((f, ahead(str(f.ref), f.rule or "explicit", f.anchor)) for f in dates)
    return tuple(replace(f, ref=ref) for f, ref in coming)


def _known_by(draft: Draft) -> Known:
    roles = draft.roles
    sort = str(roles["type"][0].ref)
    return Known(roles["imposer"], roles.get("target", ()), sort, draft.sentence.index)


def _is_history(reading: Reading, draft: Draft) -> bool:
    """Say whether a measure of nobody named here is of a time long before the story."""
    if draft.roles["imposer"][0].start is not None:
        return False
    dates = [str(f.ref)[:4] for f in draft.roles.get("date", ())]
    years = [int(year) for year in dates if year.isdigit()]
    told = str(reading.published or "")[:4]
    return bool(years) and told.isdigit() and max(years) < int(told) - GENERATION


def _in_sentence(reading: Reading, sentence: Sentence, known: Known) -> Iterator[_Told]:
    told: set[int] = set()
    passed: set[int] = set()  # verbs of passages
    for place, each in _in_order(sentence):
        verb = each.verb.i if each.verb is not None else place
        if (place in told) if isinstance(each, Passage) else (verb in passed):
            continue
        drafts = (
            _passing(reading, sentence, each, known)
            if isinstance(each, Passage) else _control(reading, each, known)
        )  # fmt: skip
        for draft in drafts:
            told.add(place)
            if isinstance(each, Passage):
                passed.add(place)
            else:
                told.add((each.verb or each.token).i)
            known = _known_by(draft)
            yield _Told(draft, each)


def _in_order(sentence: Sentence) -> list[tuple[int, Instance | Passage]]:
    """Give what may state a measure in a sentence, in text order, nouns and verbs first."""
    found: list[tuple[int, Instance | Passage]] = []
    found += [(instance.token.i, instance) for instance in instances(sentence, "control")]
    found += [(passage.verb.i, passage) for passage in passages(sentence)]
    return sorted(found, key=_place)


def _place(each: tuple[int, Instance | Passage]) -> tuple[int, bool]:
    return each[0], isinstance(each[1], Passage)


def _passing(
    reading: Reading, sentence: Sentence, passage: Passage, known: Known
) -> Iterator[Draft]:
    """Yield the measure that a passage of goods tells of."""
    facts = reading.factuality(sentence, passage.verb)
    sort = passage.type if passage.type != SAME else _last_type(sentence, known)
    who = of_passage(reading, sentence, passage, known)
    if facts.question or _if(passage.verb) or not who.actors or sort is None:
        return
    held = {f.value for f in who.actors}
    ends = [f for head in passage.targets for f in reading.parties(sentence, head)]
    kinds = (*POWERS, "organisation") if sort in OF_FIRMS else POWERS
    owned = {f.start for f in who.actors}
    named = {sentence.offset(i.token) for i in instances(sentence, "control")}
    items = [f for head in passage.goods for f in traded(sentence, head, 8)]
    items = [f for f in items if not any((f.start or 0) <= at < (f.end or 0) for at in named)]
    roles = {
        "imposer": who.actors,
        "target": tuple(f for f in ends if f.type in kinds and f.value not in held),
        "item": named_goods(items, owned),
        "date": dates_at(reading, sentence, (passage.verb,)),
        "type": (Filler(ref=sort),),
    }
    yield Draft(
        "control", sentence, {role: fillers for role, fillers in roles.items() if fillers},
        status=by_date(reading, sentence, passage.status, roles["date"]), token=passage.verb,
        attribution=reading.attribution(sentence, passage.verb),
        confidence=round(LIKELY * (CARRIED if who.carried else 1.0), 3),
    )  # fmt: skip


def _last_type(sentence: Sentence, known: Known) -> str | None:
    """Give the type of the measure told just before, for "the same"."""
    return known.type if sentence.index - known.sentence <= 1 else None


def _if(verb: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether") for c in verb.children)


def _control(reading: Reading, instance: Instance, known: Known) -> Iterator[Draft]:
    instance = burdening(instance)
    state, way = status(instance), direction(instance)
    denied = polarity(reading, instance) if is_deniable(instance) else None
    denied = "negative" if is_ruled_out(instance.token) else denied
    if state == "in-force" and is_presupposed(instance):
        denied = None  # "will not lift the ban": it holds
    sentence, token = instance.sentence, instance.token
    who = imposers(reading, instance, known)
    reason = unfit(reading, instance, way, known) or (
        "only owed to others" if state is None
        else "a denial of what is to come" if denied and state == "announced"
        else "nobody is named who imposes it" if not who.actors else None
    )  # fmt: skip
    if reason is not None or state is None:
        reading.drop("control", sentence, token, str(reason))
        return
    items, targets = items_in(instance, who), targets_in(reading, instance, who)
    roles = {
        "imposer": who.actors,
        "target": targets,
        "item": items,
        "date": _in_time(instance, dates_of_measure(reading, instance)),
        "type": (Filler(ref=type_of(instance, way, bool(targets))),),
    }
    base = SURE if items or targets else LIKELY
    yield Draft(
        "control",
        sentence,
        {role: fillers for role, fillers in roles.items() if fillers},
        status=by_date(reading, sentence, state, roles["date"]),
        polarity=denied,
        attribution=reading.attribution(sentence, token),
        confidence=round(base * (CARRIED if who.carried else 1.0), 3),
        token=token,
    )
