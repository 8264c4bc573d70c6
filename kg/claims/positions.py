"""Claims of the kind position: a reading in, drafts out.

Who dominates a supply, depends on it or is a main producer. A share stands with its percent sign
or word; weak words ("hold", "produce") count only with a share or a rank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.arguments import owner_of
from kg.claims.comparisons import Comparison, comparisons
from kg.claims.draft import CARRIED, LIKELY, SURE, WEAK, Draft
from kg.claims.frames import Instance, instances
from kg.claims.holdings import MAIN, Holding, doers, firm_at, holdings
from kg.claims.model import Filler
from kg.claims.moods import MAYBE, PROMISING, auxiliaries, polarity
from kg.claims.origins import Origin, is_supply, origins
from kg.claims.portions import bare_goods, portion_words
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.shares import PERCENT, is_amount, measured, percent_of, share_in
from kg.claims.thing_words import known, words
from kg.claims.things import is_goods, traded
from kg.claims.triggers import lemma, trigger_at
from kg.claims.voices import is_parties, parties_before, places_of, states_at
from kg.claims.wording import wording

READ: Final = frozenset(("body", "caption"))
ACTORS: Final = ("state", "bloc", "organisation")
WHOLE: Final = ("world", "global", "worldwide", "planet")


def claims_in(reading: Reading) -> Iterator[Draft]:
    """Yield the position claims of an article, in text order."""
    for sentence in reading.sentences:
        if sentence.role not in READ:
            continue
        told: set[int] = set()
        drafts: list[Draft] = []
        for origin in origins(reading, sentence):
            draft = _of_origin(reading, sentence, origin)
            if draft is not None:
                told.add(origin.token.i)
                drafts.append(draft)
        for rank in comparisons(reading, sentence):
            told.add(rank.token.i)
            yield from _of_rank(reading, sentence, rank)
        for instance in instances(sentence, "position"):
            if (instance.verb or instance.token).i in told:
                continue
            draft = _position(reading, instance)
            if draft is not None:
                drafts.append(draft)
        yield from drafts
        yield from _held(reading, sentence, drafts, told)


def _held(
    reading: Reading, sentence: Sentence, drafts: list[Draft], told: set[int]
) -> Iterator[Draft]:
    """Yield the positions that only the order of words tells."""
    for holding in holdings(reading, sentence):
        if not _is_told(holding, drafts, told):
            yield _of_holding(reading, sentence, holding)


def _is_told(holding: Holding, drafts: list[Draft], told: set[int]) -> bool:
    """Say whether a share is that of a position found already."""
    if holding.token.i in told:
        return True
    portion = holding.portion
    for draft in drafts:
        token = draft.token
        alone = "share" not in draft.roles
        if alone and token is not None and token.i == holding.token.i:
            return True
        shares = [f for f in draft.roles.get("share", ()) if f.start is not None]
        places = {i for f in shares for i in places_of(draft.sentence, f)}
        if places & set(range(portion.start, portion.end)):
            return True
    return False


def _of_holding(reading: Reading, sentence: Sentence, holding: Holding) -> Draft:
    """Make the draft of a share that is told by the order of words."""
    goods = holding.portion.goods
    counted = goods is not None and lemma(goods) in wording().measures
    items = traded(sentence, goods, 8) if goods is not None and not counted else ()
    roles = {
        "actor": holding.actors,
        "item": tuple(bare_goods(item) for item in items),
        "type": (Filler(ref=holding.type),),
        "share": (holding.share,) if holding.share is not None else (),
    }
    return Draft(
        "position", sentence, {role: found for role, found in roles.items() if found},
        attribution=reading.attribution(sentence, holding.token),
        confidence=LIKELY if items else WEAK, token=holding.token,
    )  # fmt: skip


def _of_origin(reading: Reading, sentence: Sentence, origin: Origin) -> Draft | None:
    """Make the draft of "nine tenths of the tin comes from Peru"."""
    items = [f for head in origin.goods for f in traded(sentence, head, 8)]
    if not any(is_goods(item) for item in items) and not is_supply(origin):
        reading.drop("position", sentence, origin.token, "no goods")
        return None
    share = (origin.share,) if origin.share is not None else ()
    roles = {
        "actor": origin.actors,
        "item": tuple(bare_goods(item) for item in items),
        "type": (Filler(ref=origin.type),),
        "share": share,
    }
    return Draft(
        "position", sentence, {role: found for role, found in roles.items() if found},
        polarity=_denied(origin.token),
        attribution=reading.attribution(sentence, origin.token),
        confidence=LIKELY if items else WEAK, token=origin.token,
    )  # fmt: skip


def _of_rank(reading: Reading, sentence: Sentence, rank: Comparison) -> Iterator[Draft]:
    """Make the drafts of "Peru digs more tin than any country but Chile", one for each."""
    items = [bare_goods(f) for head in rank.goods for f in traded(sentence, head, 8)]
    for actor in rank.actors:
        roles = {"actor": (actor,), "item": tuple(items), "type": (Filler(ref=rank.type),)}
        yield Draft(
            "position", sentence, {role: found for role, found in roles.items() if found},
            attribution=reading.attribution(sentence, rank.token),
            confidence=LIKELY if items else WEAK, token=rank.token,
        )  # fmt: skip


def _position(reading: Reading, instance: Instance) -> Draft | None:
    share = _share(instance)
    if not _holds(instance, share is not None):
        return _drop(reading, instance, "no share and no rank is given")
    if (unreal := _unreal(reading, instance)) is not None:
        return _drop(reading, instance, unreal)
    actors = _actors(reading, instance)
    if not actors:
        return _drop(reading, instance, "nobody is named who acts")
    items = _items(reading, instance, actors)
    if not _names_supply(reading, instance, actors, items, share):
        return _drop(reading, instance, "no goods")
    return _draft(reading, instance, actors, items, share)


def _drop(reading: Reading, instance: Instance, reason: str) -> Draft | None:
    reading.drop("position", instance.sentence, instance.token, reason)
    return None


def _unreal(reading: Reading, instance: Instance) -> str | None:
    """Say why a sentence does not state its position as so; what stands beside a name always is."""
    facts = reading.factuality(instance.sentence, instance.verb or instance.token)
    if facts.question:
        return "a question"
    return "only supposed" if facts.hypothetical and not _is_beside(instance) else None


def _is_beside(instance: Instance) -> bool:
    """Say whether a word says what somebody is, whatever the sentence denies ("X, a supplier")."""
    return bool(instance.token.dep_ == "appos")


def _among_producers(instance: Instance) -> bool:
    """Say whether a rank is one "among producers"."""
    among = (*instance.function("among"), *instance.function("of"))
    return any(trigger_at(token, "position") is not None for token in among)


def _is_taken_as_so(instance: Instance) -> bool:
    """Say whether a place is told by the way ("without ore from the world's top producer")."""
    ranked = instance.trigger.pos == "noun" and instance.trigger.needs == "rank"
    return _is_beside(instance) or (ranked and instance.token.dep_ != "attr")


def _names_supply(
    reading: Reading, instance: Instance, actors: tuple[Filler, ...],
    items: tuple[Filler, ...], share: Filler | None,
) -> bool:  # fmt: skip
    """Say whether goods, or at least a share, make it a place in supply."""
    placed = instance.trigger.pos == "verb" and instance.trigger.needs == "rank"
    firm = instance.trigger.needs == "rank" and actors[0].type == "organisation"
    if not items and placed and _among_producers(instance):
        return True
    if not items and (firm or instance.trigger.pos != "noun") and share is None:
        return False
    goods = any(is_goods(item) for item in items)
    if _is_graded(instance) and not _is_ranked(instance.token):
        rows = [known(item.label or "") for item in items]
        named = any(row is not None and row.family == "material" for row in rows)
        graded = any(c.lower_ in portion_words().grades for c in instance.token.children)
        return (goods and named) or (not items and graded and _is_beside(instance))
    if placed and not goods:
        return _among_producers(instance)
    return instance.trigger.value != "dependence" or _of_supply(reading, instance, items)


def _draft(
    reading: Reading, instance: Instance, actors: tuple[Filler, ...],
    items: tuple[Filler, ...], share: Filler | None,
) -> Draft:  # fmt: skip
    sentence, token = instance.sentence, instance.token
    roles = {
        "actor": actors,
        "type": (Filler(ref=_type(instance, share)),),
        "item": items,
        "share": (share,) if share is not None else (),
    }
    base = SURE if items else LIKELY
    return Draft(
        "position", sentence, {role: found for role, found in roles.items() if found},
        polarity=_polarity(reading, instance),
        attribution=reading.attribution(sentence, token),
        confidence=round(base * (1.0 if actors[0].start is not None else CARRIED), 3),
        token=token,
    )  # fmt: skip


def _polarity(reading: Reading, instance: Instance) -> str | None:
    """Decide the polarity; a clause that only says of whom one speaks has its own."""
    if _is_taken_as_so(instance):
        return None
    verb = instance.verb or instance.token
    if verb.dep_ in ("relcl", "acl", "advcl"):
        return _denied(verb)
    return polarity(reading, instance)


def _denied(verb: Token) -> str | None:
    """Give the polarity of a clause by itself, whatever the sentence denies beside it."""
    return "negative" if any(c.dep_ == "neg" for c in verb.children) else None


def _of_supply(reading: Reading, instance: Instance, items: tuple[Filler, ...]) -> bool:
    """Say whether a dependence is one of supply: on known goods, on a state, on imports."""
    if (instance.trigger.pos == "noun" and not items) or lemma(instance.token) == "import":
        return True
    if instance.trigger.needs == "taken":
        return True
    if any(is_goods(item) or known(item.label or "") for item in items):
        return True
    heads = (*instance.function("on"), *instance.function("upon"))
    below = [token for head in heads for token in head.subtree]
    if any(token.lower_ in wording().abroad for token in below):
        return True
    states = [m for m in reading.mentions(instance.sentence) if m.type in ("state", "bloc")]
    return any(m.start <= token.i < m.end for m in states for token in below)


def _type(instance: Instance, share: Filler | None) -> str:
    """Give the type; a share below half makes a producer, not a dominant one.

    Who sends most of something to one buyer depends on that; an only source dominates.
    """
    value = str(instance.trigger.value)
    if lemma(instance.token) in wording().sending and _goes_to(instance):
        return "dependence"
    if instance.trigger.needs == "rank" and value == "producer":
        alone = any(c.lower_ in ("only", "sole", "dominant") for c in instance.token.children)
        return "dominance" if alone else value
    number = share.ref if share is not None and isinstance(share.ref, int | float) else None
    if value == "dominance" and lemma(instance.token) in portion_words().counting | {"make"}:
        return _counted_type(instance, number)
    return "producer" if value == "dominance" and number is not None and number < MAIN else value


def _goes_to(instance: Instance) -> bool:
    """Say whether somebody sends most of its own goods to one buyer."""
    own = any(t.tag_ == "PRP$" for noun in _amounts(instance) for t in noun.subtree)
    below = (t for noun in instance.function("object") for t in noun.subtree)
    return any(instance.function("to")) or (own and any(t.lower_ == "to" for t in below))


def _counted_type(instance: Instance, number: float | None) -> str:
    """Give the type of a share that is only counted: of what is made, or of what is traded."""
    said = {t.lower_ for noun in _amounts(instance) for t in noun.subtree}
    counted = said | {c.lower_ for t in instance.token.lefts for c in t.subtree}
    words = portion_words()
    if counted & words.made or (said & words.world and not said & words.held):
        return "producer"
    return "producer" if number is not None and number < MAIN else "dominance"


def _holds(instance: Instance, share: bool) -> bool:
    """Say whether a word tells a place in supply here: weak ones need a share or a rank."""
    token, needs = instance.token, instance.trigger.needs
    if instance.trigger.pos == "verb":
        further = (c.lower_ for c in token.children if c.dep_ == "prt")
        if any(word not in instance.trigger.words for word in further):
            return False  # "hold back a tenth"
        if not _is_present(token):
            return False  # "intends to meet a third"
        if lemma(token) == "import":
            return _imports_most(instance, share)
    rule = NEEDS.get(needs or "")
    return rule is None or rule(instance, share)


def _imports_most(instance: Instance, share: bool) -> bool:
    most = any(t.lower_ in wording().mostly for t in instance.token.subtree)
    return share or most or any(is_amount(each) for each in instance.function("object"))


def _has_share(instance: Instance, share: bool) -> bool:
    if share or _outdoes(instance.token):
        return True
    held = (t for o in _amounts(instance) for t in o.subtree)
    return any(t.lower_ in wording().fractions for t in held)


def _has_rank(instance: Instance, _: bool) -> bool:
    return _is_ranked(instance.token) or _is_graded(instance)


def _is_present(verb: Token) -> bool:
    """Say whether a verb tells what is so, not what is to be or may be."""
    to_be = verb.dep_ in ("xcomp", "advcl", "acl") and guises.is_infinitive(verb)
    if to_be:
        return lemma(verb.head) in wording().going_on
    return not auxiliaries(verb) & (PROMISING | MAYBE | {"would"})


def _takes_most(instance: Instance, share: bool) -> bool:
    """Say whether somebody takes a share, or most, of something from others ("buys … abroad")."""
    taken = tuple(t for t in instance.function("object") if not _takes_part(t))
    away = any(t.lower_ in wording().abroad for t in instance.token.subtree)
    given = away or any(t.lower_ == "from" for t in instance.token.subtree)
    return given and (share or any(is_amount(each) for each in taken))


def _takes_part(token: Token) -> bool:
    """Say whether an object is the "part" that one takes in something."""
    if any(t.lower_ == "part" for t in token.lefts):
        return True  # "there took part delegations of"
    return token.lower_ == "part" and not any(c.lower_ == "of" for c in token.children)


def _is_ranked(token: Token) -> bool:
    """Say whether a place is given: "the largest miner", "ranks second", "is number two"."""
    numbered = any(c.lower_.rstrip(".") in ("no", "number") for c in token.lefts)
    return numbered or any(
        c.lower_ in wording().ranks or c.tag_ == "JJS" or c.lower_ in portion_words().ranks
        for c in token.children
    )


def _is_graded(instance: Instance) -> bool:
    """Say whether a producer is called big or small: "Peru, a major producer of tin"."""
    token = instance.token
    beside = token.dep_ in ("appos", "attr") and token.pos_ == "NOUN"
    made = instance.trigger.value == "producer" and instance.trigger.needs == "rank"
    graded = any(c.lower_ in portion_words().grades for c in token.children)
    return made and beside and (graded or token.dep_ == "appos")


def _outdoes(verb: Token) -> bool:
    """Say whether somebody makes "more of it than any other"."""
    more = any(c.lower_ == "more" for o in guises.objects(verb) for c in (o, *o.children))
    return more and any(t.lower_ in ("any", "anyone", "all") for t in verb.subtree)


def _amounts(instance: Instance) -> Iterator[Token]:
    yield from instance.function("object")
    yield from instance.function("for")


def _actors(reading: Reading, instance: Instance) -> tuple[Filler, ...]:
    """Give whose position it is, also of "plays a dominant role", "is the largest producer"."""
    token, sentence = instance.token, instance.sentence
    heads = list(instance.heads("actor"))
    if token.dep_ == "attr" or (
        token.dep_ in ("pobj", "appos") and instance.trigger.needs == "rank"
    ):
        top = token.head if token.dep_ != "pobj" else token.head.head
        heads = [token.head] if token.dep_ == "appos" else [*guises.subject(top), *heads]
    heads += [
        c
        for head in heads
        for c in head.children
        if c.dep_ in ("poss", "amod", "compound") and instance.trigger.value == "dependence"
    ]
    heads += [owner_of(c, head) for head in heads for c in head.children if c.lower_ == "whose"]
    ranked = instance.trigger.needs in ("rank", "taken") or _of_world(instance)
    for head in heads:
        found = tuple(f for f in reading.parties(sentence, head) if f.type in ACTORS)
        found = found or _makers(reading, instance, head)
        if not found and is_parties(head):
            found = tuple(f for f in parties_before(reading, sentence) if f.type in ACTORS)
        if found := found or (firm_at(reading, sentence, head) if ranked else ()):
            return found
    shared = instance.trigger.needs is not None or instance.trigger.value == "dependence"
    if instance.trigger.pos == "verb" and shared and not guises.is_passive(token):
        return doers(reading, sentence, token)
    return _before_comma(reading, instance)


def _before_comma(reading: Reading, instance: Instance) -> tuple[Filler, ...]:
    """Give who stands before the comma of "from the kingdom, the world's top exporter"."""
    first = instance.token.left_edge.i
    if instance.token.dep_ != "appos" or first - 2 < instance.sentence.span.start:
        return ()
    before = instance.token.doc[first - 2]
    if instance.token.doc[first - 1].text != ",":
        return ()
    return tuple(f for f in reading.parties(instance.sentence, before) if f.type in ACTORS)


def _of_world(instance: Instance) -> bool:
    """Say whether a share is one of the world's: then a firm may have it."""
    return any(t.lower_ in WHOLE for noun in _amounts(instance) for t in noun.subtree)


def _makers(reading: Reading, instance: Instance, head: Token) -> tuple[Filler, ...]:
    """Give the state whose firms have a share ("Peruvian miners account for a third")."""
    if lemma(head) not in wording().circles | {"supplier", "firm", "company", "plant", "mine"}:
        return ()
    own = [c for c in head.lefts if c.dep_ in ("amod", "compound", "poss", "nmod")]
    held = (f for c in own for f in reading.parties(instance.sentence, c))
    found = tuple(f for f in held if f.type in ("state", "bloc"))
    return found or states_at(reading, instance.sentence, own)


def _items(reading: Reading, instance: Instance, actors: tuple[Filler, ...]) -> tuple[Filler, ...]:
    del reading
    sentence = instance.sentence
    heads = list(instance.every("item"))
    earned = [t for head in heads for t in measured(head)]
    if instance.trigger.needs == "taken" and any(lemma(t) in wording().incomes for t in earned):
        heads = [t for t in instance.token.subtree if t.dep_ == "pobj" and t.head.lower_ == "from"]
    heads += [t for head in tuple(heads) for t in guises.prepositional(head, "for")]
    if not heads and instance.verb is not None and instance.token.dep_ == "dobj":
        heads = [
            t for name in ("in", "of", "over") for t in guises.prepositional(instance.verb, name)
        ]
    taken = frozenset(i for actor in actors for i in places_of(sentence, actor))
    heads = [inner for head in heads for inner in measured(head)]
    heads = [each for head in heads for each in guises.conjoined(head) if each.i not in taken]
    places = {sentence.offset(sentence.span.doc[i]) for i in taken}
    found = [
        f
        for head in heads
        for f in traded(sentence, head, 8)
        if not PERCENT.search(f.text or "") and f.start not in places and len(f.text or "") > 2
    ]
    places = {sentence.offset(t) for t in sentence.tokens if t.ent_type_ in ("GPE", "LOC")}
    found = [bare_goods(f) for f in found if f.start not in places]
    goods = [f for f in found if is_goods(f)]
    named = [f for f in found if (f.label or "") not in words().vague | words().transparent]
    return tuple(goods or named or found)


def _share(instance: Instance) -> Filler | None:
    """Give the percentage below the trigger or the verb that carries it."""
    sentence: Sentence = instance.sentence
    shares = (share_in(sentence, noun) for noun in _amounts(instance))
    found = next((share for share in shares if share is not None), None)
    return found or percent_of(sentence, instance.verb or instance.token)


NEEDS: Final[Mapping[str, Callable[[Instance, bool], bool]]] = {
    "taken": _takes_most,
    "share": _has_share,
    "rank": _has_rank,
}
