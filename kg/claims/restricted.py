"""What a measure restricts, against whom and from when: an instance in, fillers out.

A word of trade gives way to what is traded; where the text names no goods, its own vague word
stays ("shipments"). A date counts where it stands with the measure or the verb that carries it,
not with a verb of saying above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.dates import behind
from kg.claims.frames import Instance
from kg.claims.imposers import POWERS, demanding, is_burdened, misread_gerund
from kg.claims.listings import goods_listed, is_group, names_listed
from kg.claims.measures import fate_of, is_presupposed, measures
from kg.claims.model import Filler
from kg.claims.phrases import name_span
from kg.claims.reading import Reading
from kg.claims.reference import nouns
from kg.claims.sentences import Sentence
from kg.claims.thing_words import known, words
from kg.claims.things import is_trade, traded
from kg.claims.triggers import lemma, trigger_at
from kg.claims.voices import Voice
from kg.claims.wording import wording

MOST_HEADS: Final = 4
MOST_LISTED: Final = 12
GOODS: Final = frozenset(("material", "technology"))
LASTING: Final = ("until", "till", "through")
TIMED: Final = frozenset(("prep", "npadvmod", "advmod", "acl", "tmod"))
HITTING: Final = ("sanction", "entity-listing")
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


def direction(instance: Instance) -> str | None:
    """Give the direction of the trade that a measure is about, by the words beside the trigger."""
    items = items_of(instance)
    near: list[Token] = [*instance.token.children, *items, instance.token]
    near += [t for each in items for t in each.subtree]
    for name in ("export", "import", "investment", "trade"):
        held = wording().directions[name]
        if any(token.lower_ in held for token in near):
            return name
    clause = demanding(instance.token)
    dealers = () if clause is None else tuple(lemma(t) for t in clause.subtree)
    if any(each in measures().exporting for each in dealers):
        return "export"
    return "import" if any(each in measures().importing for each in dealers) else None


def is_goods(token: Token) -> bool:
    """Say whether a word names a material or technology that the lexicon knows."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    first, last = name_span(token)
    rows = (known(token.doc[i:last].text) for i in range(first, last))
    return any(row is not None and row.family in GOODS for row in rows)


def items_in(instance: Instance, who: Voice) -> tuple[Filler, ...]:
    """Give what is restricted; a word of trade gives way to what is traded."""
    sentence = instance.sentence
    taken = {f.start for f in who.actors}
    heads = [each for each in items_of(instance) if sentence.offset(each) not in taken]
    own = {i for i in instance.own if not is_trade(instance.token.doc[i])}
    heads = [each for each in heads if each.i not in own and not _is_amount(each)]
    heads = [_named_before(each) for each in heads]
    if instance.trigger.value in HITTING:
        heads = [each for each in heads if not is_group(each)]
    loose = {t.i for t in instance.function("modifier")} | {t.i for t in instance.function("to")}
    loose -= {t.i for t in _before_trade(instance)}
    heads = [
        each
        for each in heads
        if each.i not in loose or is_goods(each) or (is_trade(each) and _is_trade_of(each))
    ]
    if is_burdened(instance) and instance.verb is not None:
        heads += [o for o in guises.objects(instance.verb) if is_goods(o)]
    found: list[Filler] = []
    for head in heads:
        for each in guises.conjoined(head):
            if not trigger_at(each, "control"):
                found += traded(sentence, each, 8)
    listed = _listed(sentence, heads, named_goods(found, taken))
    return listed or _vaguely(sentence, heads, taken)


def _listed(
    sentence: Sentence, heads: Iterable[Token], found: tuple[Filler, ...]
) -> tuple[Filler, ...]:
    """Add the goods of a list behind the heads: "certain metals, among them vanadium"."""
    heads = list(heads)
    tops = (*heads, *(inner for head in heads for inner in guises.prepositional(head, "of")))
    labels = {each.label for each in found}
    more = [f for top in tops[:MOST_HEADS] for f in goods_listed(sentence, top)]
    new = dict.fromkeys(f for f in more if f.label not in labels)
    return (*found, *new)[:MOST_LISTED]


def _vaguely(
    sentence: Sentence, heads: Iterable[Token], taken: set[int | None]
) -> tuple[Filler, ...]:
    """Name what is restricted as the text has it ("shipments"), where it names no goods."""
    for head in heads:
        if head.tag_ in ("NN", "NNS") and (is_trade(head) or head.lower_ in words().vague):
            filler = phrase_filler(sentence, head)
            if filler.start not in taken and head.lemma_.lower() not in measures().receivers:
                return (filler,)
    return ()


def phrase_filler(sentence: Sentence, head: Token) -> Filler:
    """Give a noun with the adjectives and nouns before it as a filler."""
    naming = ("amod", "compound", "nmod")
    first = min((head.i, *(c.i for c in head.lefts if c.dep_ in naming or c.lower_ == "all")))
    start, end = sentence.place(first, head.i + 1)
    text = sentence.words(first, head.i + 1)
    return Filler(text=text, label=text.lower(), type="thing", start=start, end=end)


def items_of(instance: Instance) -> tuple[Token, ...]:
    """Give the heads of what is restricted, also of a phrase that the parser hangs elsewhere."""
    if misread_gerund(instance) is not None:
        return (instance.token.head,)
    found = instance.every("item")
    if not found and instance.made is not None and lemma(instance.made) == "apply":
        found = tuple(guises.prepositional(instance.made, "to"))
    before = {t.i for t in instance.function("modifier")}
    if all(each.i in before or _is_amount(each) for each in found):
        names = instance.trigger.frame.get("item", ())
        found += tuple(_of_amount(instance)) or tuple(_beside(instance.token, names))
        found += tuple(_relative(instance.token, names)) if len(found) <= len(before) else ()
    return found


def _relative(noun: Token, names: tuple[str, ...]) -> Iterator[Token]:
    """Yield what "goods on which Peru intends to raise duties" puts before its clause."""
    for clause in (a for a in noun.ancestors if a.dep_ == "relcl"):
        for prep in clause.subtree:
            which = any(c.lower_ == "which" for c in prep.children)
            if which and prep.dep_ == "prep" and prep.i < noun.i and prep.lower_ in names:
                head = clause.head
                dealt = list(_dealt_by(head))
                yield from dealt or (head,)
        return


def _dealt_by(noun: Token) -> Iterator[Token]:
    """Yield the goods of "dealers in tin", "exporters of tin"."""
    for name in ("in", "of"):
        yield from (t for t in guises.prepositional(noun, name) if is_goods(t))


def _of_amount(instance: Instance) -> Iterator[Token]:
    """Yield the goods of "duties of 20 per cent on tin", which the parser hangs on the amount."""
    if instance.trigger.pos != "noun":
        return
    for amount in guises.prepositional(instance.token, "of"):
        for token in (t for t in amount.subtree if t.dep_ == "prep" and t.lower_ in ("on", "upon")):
            yield from (c for c in token.children if c.dep_ == "pobj")


def _named_before(head: Token) -> Token:
    """Give the goods of "tin originating in Peru", where the parser takes the verb for a noun."""
    stems = head.lower_.endswith("ing") and head.lemma_.lower()[:8] in ("originat", "stemming")
    before = head.nbor(-1) if stems and head.i > head.sent.start else head
    return before if before.head == head else head


def _is_trade_of(trade: Token) -> bool:
    """Say whether a word of trade says what is traded: "grain export quota"."""
    return trade.dep_ == "pobj" or any(c.dep_ == "compound" for c in trade.lefts)


def _beside(noun: Token, names: tuple[str, ...]) -> Iterator[Token]:
    """Yield what stands after a preposition right behind a noun phrase, whatever it hangs on."""
    last = noun.right_edge.i
    if noun.pos_ in ("NOUN", "PROPN") and last + 1 < noun.sent.end:
        after = noun.doc[last + 1]
        if after.dep_ == "prep" and after.head != noun and after.lower_ in names:
            yield from (c for c in after.children if c.dep_ == "pobj")


def _before_trade(instance: Instance) -> Iterator[Token]:
    """Yield what stands before a word of trade in a compound: "a grain export quota"."""
    before = [c for c in instance.token.children if c.dep_ in ("compound", "amod", "nmod")]
    for one, other in pairwise(before):
        if is_trade(other) and one.dep_ == "compound" and not one.ent_type_:
            yield one


def _is_amount(token: Token) -> bool:
    """Say whether a noun only counts: "a cap of 58 pesos", "a duty of 20 percent"."""
    counted = any(c.pos_ == "NUM" or c.dep_ == "nummod" for c in token.children)
    whole = any(c.lower_ == "of" for c in token.children)
    return counted and token.dep_ == "pobj" and token.head.lower_ in ("of", "at") and not whole


def named_goods(found: list[Filler], taken: set[int | None]) -> tuple[Filler, ...]:
    """Keep what names goods and nobody."""
    vague = words().vague | words().empty
    named = (f for f in found if f.start not in taken and (f.label or "") not in vague)
    return tuple(dict.fromkeys(named))[:8]


def targets_in(reading: Reading, instance: Instance, who: Voice) -> tuple[Filler, ...]:
    """Give against whom: named after "to", "against", "from", or as the origin of the goods."""
    sentence = instance.sentence
    held = {f.value for f in who.actors}
    heads = list(instance.every("target"))
    if instance.support == "faced" and instance.verb is not None:
        heads += guises.subject(instance.verb)
    above = instance.token.head.head
    if instance.token.dep_ == "pobj" and instance.token.head.lower_ == "under":
        heads += guises.subject(above) if lemma(above) in wording().subjecting else ()
    if is_burdened(instance) and instance.verb is not None:
        heads += guises.objects(instance.verb)
        heads += [c for o in guises.objects(instance.verb) for c in (*o.lefts, *o.rights)
                  if c.dep_ in ("amod", "appos", "compound")]  # fmt: skip
    aimed = instance.function("object") if instance.trigger.pos == "verb" else ()
    for each in (*items_of(instance), *aimed):
        for noun in guises.conjoined(each):
            heads += _aimed_at(noun)
    found = [
        f
        for head in heads
        for f in reading.parties(sentence, head)
        if f.type in (*POWERS, "organisation")
    ]
    found = [f for f in found if f.value not in held]
    if instance.trigger.value in HITTING:
        struck = [*aimed, *instance.function("against")]
        struck += [each for each in items_of(instance) if is_group(each)]
        if is_burdened(instance) and instance.verb is not None:
            struck += guises.objects(instance.verb)
        hit_by_name = [f for t in _groups(struck) for f in names_listed(reading, sentence, t)]
        if hit_by_name or found:
            return tuple({f.value: f for f in (*found, *hit_by_name)}.values())
        whole = type_of(instance, None, targeted=False) == "sanction"
        hit = {
            t.i: t for noun in struck for t in guises.conjoined(noun) if whole or not is_goods(t)
        }
        return tuple(_hit(sentence, hit.values()))[:3]
    return tuple({f.value: f for f in found or receivers(sentence, heads)}.values())


def _groups(struck: Iterable[Token]) -> Iterator[Token]:
    """Yield the nouns for those whom a measure hits."""
    for noun in dict.fromkeys(struck):
        yield from guises.conjoined(noun)


def _hit(sentence: Sentence, heads: Iterable[Token]) -> Iterator[Filler]:
    """Yield whom a sanction hits under no name: "three traders"."""
    for head in heads:
        common = head.tag_ in ("NN", "NNS") and not is_trade(head)
        vague = head.lower_ in words().vague - measures().hit or trigger_at(head, "control")
        if common and not vague:
            start, end = sentence.place(head.i, head.i + 1)
            yield Filler(text=head.text, label=head.lower_, type="thing", start=start, end=end)


def receivers(sentence: Sentence, heads: Iterable[Token]) -> Iterator[Filler]:
    """Yield against whom a measure is without a name: "all countries", "foreign buyers"."""
    for head in heads:
        wide = any(c.lower_ in measures().wide for c in head.lefts)
        if wide and head.tag_ == "NNS" and lemma(head) in measures().receivers:
            yield phrase_filler(sentence, head)


def _aimed_at(noun: Token) -> Iterator[Token]:
    """Yield where goods go or come from: "tin to Peru", "Peruvian tin", "imports of Fijian tin"."""
    for name in ("to", "from", "against"):
        yield from guises.prepositional(noun, name)
    before = (c for c in noun.lefts if c.dep_ in ("amod", "compound", "poss", "nmod"))
    yield from (c for c in before if c.pos_ != "PRON")
    for inner in guises.prepositional(noun, "of"):
        yield from _aimed_at(inner)
        yield from guises.prepositional(inner, "to")
        yield from (c for c in inner.lefts if c.dep_ == "amod")


def type_of(instance: Instance, way: str | None, targeted: bool) -> str:
    """Give the type: the word's own, or strength and direction of trade together."""
    value = instance.trigger.value or "restriction"
    if value == "entity-listing" and any(lemma(t) == "sanction" for t in _of_list(instance)):
        return "sanction"
    if value not in ("ban", "restriction"):
        return value
    words = frozenset(instance.trigger.words)
    if way is None and words & {"embargo", "boycott", "blockade"}:
        return "sanction" if "embargo" in words and targeted else "import-restriction"
    if way is None and targeted:
        way = "import"
    return TYPES[value, way or "export"]


def _of_list(instance: Instance) -> Iterator[Token]:
    """Yield the words before the list on which somebody is put: "the sanctions list"."""
    own = [instance.token, *(instance.token.doc[i] for i in sorted(instance.own))]
    for token in own:
        if lemma(token) == "list":
            yield from token.lefts


def dates_of_measure(reading: Reading, instance: Instance) -> tuple[Filler, ...]:
    """Give the dates that stand with the measure or with the verb that carries it."""
    if is_presupposed(instance):
        return _standing_at(reading, instance.sentence, (instance.token,))[:1]
    tops = (instance.token, *([instance.verb] if instance.verb is not None else []))
    if instance.support in ("lifted", "suspended"):
        tops = tops[::-1]  # "the ban, imposed in May, was lifted in June"
    if (fate := fate_of(instance.token)) is not None:
        tops = (fate, *tops)
    found = dates_at(reading, instance.sentence, tops)
    done = any(top.tag_ == "VBD" for top in tops)
    return tuple(behind(each, reading.published) if done else each for each in found)


def _is_clause(token: Token) -> bool:
    return bool(token.dep_ in ("acl", "relcl", "advcl"))


def _is_of_saying(sentence: Sentence, tops: tuple[Token, ...], date: Filler) -> bool:
    """Say whether a date tells when somebody spoke of a measure, not when it came."""
    word = next((t for t in sentence.span if sentence.offset(t) == date.start), None)
    if word is None:
        return False
    above = [t for t in word.ancestors if t.pos_ in ("VERB", "AUX")][:1]
    speaks = any(lemma(verb) in nouns().saying | {"deny"} for verb in above)
    speaks &= not any(lemma(verb) in ("announce", "declare", "decree") for verb in above)
    return speaks and not any(verb in tops for verb in above)


def dates_at(reading: Reading, sentence: Sentence, tops: tuple[Token, ...]) -> tuple[Filler, ...]:
    """Give the date that stands with these words, else the only one of the sentence."""
    found = [f for f in _standing_at(reading, sentence, tops) if not _is_end(sentence, f)]
    alone = tuple(f for f in reading.dates(sentence) if not _is_end(sentence, f))
    own = len(alone) == 1 and not any(_is_of_saying(sentence, tops, each) for each in alone)
    return tuple(found[:1]) or (alone if own else ())


def _is_end(sentence: Sentence, date: Filler) -> bool:
    """Say whether a date only tells how long a measure lasts: "until 31 December"."""
    return _before(sentence, date).endswith(LASTING)


def _before(sentence: Sentence, date: Filler) -> str:
    return sentence.text[: (date.start or 0) - sentence.start].rstrip().lower()


def _standing_at(
    reading: Reading, sentence: Sentence, tops: tuple[Token, ...]
) -> tuple[Filler, ...]:
    found: list[Filler] = []
    children = (c for top in tops for c in sorted(top.children, key=_is_clause))
    for child in children:
        dated = child.dep_ in TIMED and (
            child.dep_ != "acl" or any(t.ent_type_ == "DATE" for t in child.subtree)
        )
        if dated:
            found += reading.dates(sentence, child.left_edge.i, child.right_edge.i + 1)
    return tuple(dict.fromkeys(found))


def by_date(reading: Reading, sentence: Sentence, state: str, dates: tuple[Filler, ...]) -> str:
    """Give "announced" for a measure in force from a day still to come."""
    told, first = reading.published, dates[0] if dates else None
    if state != "in-force" or not told or first is None or first.start is None:
        return state
    day = str(first.ref).split("/")[0]
    length = min(len(day), len(told))
    lasting = _before(sentence, first).endswith((*LASTING, "to"))
    ahead = day[:4].isdigit() and day[:length] > told[:length] and "-2" not in day[4:6]
    return "announced" if ahead and not lasting else state
