"""Measures told by what they do: a verb in, the passage of goods or dealings that it binds out.

"Peru no longer sells tin to Chile", "barley pays 80 per cent at Fijian ports", "Chad is weighing
the same": the doer or the place must be a state, because
firms stop selling, too. Which measure "the same" is, the article has said before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.measures import Passage, measures, scheduled
from kg.claims.moods import PROMISING, auxiliaries
from kg.claims.thing_words import known_goods, words
from kg.claims.triggers import lemma, trigger_at
from kg.claims.wording import wording

STATES: Final = ("GPE", "NORP", "LOC")
SAME: Final = "same"  # the type of the last measure of the article
PERCENT: Final = frozenset(("%", "percent", "cent", "pc", "per-cent"))
NO: Final = frozenset(("no", "not", "n't", "never"))


def effect(verb: Token) -> Passage | None:
    """Give what a verb tells of a measure by its effect, if anything."""
    for read in _readers().get(lemma(verb), ()):
        found = read(verb)
        if found is not None:
            return found
    return None


def _sold_no_more(verb: Token) -> Passage | None:
    """Read "no longer sells tin to Chile", "has stopped selling tin"."""
    deed = verb
    if lemma(verb) in measures().ceasing:
        deed = next((c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VBG"), verb)
        if deed == verb or lemma(deed) not in measures().dealing or _is_denied(verb):
            return None
    elif guises.is_passive(verb) or not _no_more(verb):
        return None
    goods = tuple(o for o in guises.objects(deed) if o.ent_type_ != "PERSON")
    if not goods or any(trigger_at(o, "control") for o in goods):
        return None
    buys = lemma(deed) in measures().taking
    ends = tuple(_ends(deed, goods, ("from",) if buys else ("to", "for")))
    ends += tuple(t for each in goods for t in _origin(each)) if buys else ()
    sort = "import-restriction" if buys else "export-ban"
    state = scheduled(verb) or "considered"
    return Passage(verb, goods, sort, state, guises.subject(verb), ends, strict=True)


def _goes_no_more(verb: Token) -> Passage | None:
    """Read "the tin of Peru is to go to Chile no more", "pumps were never cleared for Chile"."""
    subject = guises.surface_subject(verb)
    if subject is None or subject.pos_ not in ("NOUN", "PROPN") or subject.ent_type_ == "PERSON":
        return None
    cleared = guises.is_passive(verb) and lemma(verb) in wording().allowing and _is_denied(verb)
    moves = not guises.is_passive(verb) and lemma(verb) in wording().leaving | {"go"}
    if not cleared and not (moves and _no_more(verb)):
        return None
    ends = tuple(each for name in ("to", "for") for each in guises.prepositional(verb, name))
    if not any(t.ent_type_ in STATES for end in ends for t in (end, *end.lefts)):
        return None
    due = verb.dep_ == "xcomp" and lemma(verb.head) == "be"
    state = "announced" if due or auxiliaries(verb) & PROMISING else "in-force"
    goods = tuple(guises.conjoined(subject))
    return Passage(verb, goods, "export-ban", state, tuple(_origin(subject)), ends)


def _kept(verb: Token) -> Passage | None:
    """Read "keeps its raw ore at home", "has held Fijian copra off its market"."""
    goods = tuple(each for o in guises.objects(verb) for each in guises.conjoined(o))
    home = any(
        p.lower_ == "at" and c.lower_ == "home" for p in verb.children for c in p.children
    ) or any(c.lower_ == "home" and c.dep_ == "advmod" for c in verb.children)
    if not goods or not home or not any(map(is_goods, goods)) or guises.is_passive(verb):
        return None
    return Passage(verb, goods, "export-ban", scheduled(verb) or "considered",
                   guises.subject(verb), strict=True)  # fmt: skip


def _pays(verb: Token) -> Passage | None:
    """Read "barley pays 80 per cent at Chinese ports": goods pay where they come in."""
    subject = guises.surface_subject(verb)
    if subject is None or not is_goods(subject) or not any(map(_is_percent, _amounts(verb))):
        return None
    places = [p for name in ("at", "in", "into", "on") for p in guises.prepositional(verb, name)]
    places += [p for a in _amounts(verb) for name in ("at", "in", "into")
               for p in guises.prepositional(a, name)]  # fmt: skip
    owners = tuple(t for place in places for t in (place, *place.lefts) if t.ent_type_ in STATES)
    state = "announced" if auxiliaries(verb) & PROMISING else "in-force"
    goods = tuple(guises.conjoined(subject))
    return (
        Passage(verb, goods, "tariff", state, owners, tuple(_origin(subject))) if owners else None
    )


def _exempted(verb: Token) -> Passage | None:
    """Read "exempted Fiji from the duty", "only to exempt the firm"."""
    held = tuple(each for o in guises.objects(verb) for each in guises.conjoined(o))
    nouns = [n for top in (verb, *held) for n in guises.prepositional(top, "from")]
    found = (trigger_at(n, "control") for n in nouns)
    sorts = [str(each.value) for each in found if each is not None and each.pos == "noun"]
    if not held or (nouns and not sorts):
        return None
    sort = sorts[0] if sorts else SAME
    sort = {"ban": "export-ban", "restriction": "export-control"}.get(sort, sort)
    goods = tuple(each for each in held if is_goods(each))
    ends = tuple(each for h in held for each in (h, *_origin(h)))
    owners = (*nouns, *(c for n in nouns for c in n.lefts)) if guises.is_passive(verb) else ()
    who = guises.subject(verb) or owners
    return Passage(verb, goods, sort, "lifted", who, ends, strict=True)


def _isolated(verb: Token) -> Passage | None:
    """Read "Qatar, cut off by Bahrain", "sealed off Peru": states that shut out a state."""
    off = any(c.lower_ == "off" for c in verb.children)
    held = [o for o in guises.objects(verb) if o.ent_type_ == "GPE"]
    if not held and verb.dep_ == "advcl" and verb.tag_ in ("VBN", "VB", "VBD"):
        subject = guises.surface_subject(verb)
        held = [subject] if subject is not None and subject.ent_type_ == "GPE" else []
    doers = tuple(guises.prepositional(verb, "by"))
    doers = doers or (() if verb.dep_ == "advcl" else guises.subject(verb))
    doers = tuple(each for d in doers for each in guises.conjoined(d) if each not in held)
    if not off or not held or not any(d.ent_type_ in STATES for d in doers):
        return None
    return Passage(verb, (), "sanction", scheduled(verb) or "considered", doers, tuple(held),
                   strict=True)  # fmt: skip


def _alike(verb: Token) -> Passage | None:
    """Read "is considering the same", "thinks of doing likewise", "followed suit"."""
    below = {t.lower_ for t in verb.subtree if t.i > verb.i and t.i - verb.i < 8}
    step = any(
        lemma(t) in wording().moves and any(c.lower_ in ("similar", "comparable") for c in t.lefts)
        for t in verb.subtree
    )
    alone = any(t.lower_ == "same" and t.dep_ in ("dobj", "pobj") for t in verb.subtree)
    suit = lemma(verb) == "follow" and "suit" in below
    same = "likewise" in below or step or suit or ("same" in below and alone)
    if lemma(verb) == "have":
        same = any(c.dep_ == "dobj" and c.lower_ == "one" for c in verb.children) and bool(
            below & {"too", "also", "likewise"}
        )
    if not same or _is_denied(verb) or verb.dep_ in ("xcomp", "pcomp"):
        return None
    weighs = lemma(verb) in measures().pondering
    state = "considered" if weighs else scheduled(verb) or "considered"
    return Passage(verb, (), SAME, state, guises.subject(verb), strict=True)


def _no_more(verb: Token) -> bool:
    """Say whether a clause has "no longer", "no more", "not … any more"."""
    doc, first, last = verb.doc, verb.sent.start, verb.sent.end
    for t in verb.subtree:
        near = verb in (t.head, t.head.head, t.head.head.head) and t.dep_ != "amod"
        after = doc[t.i + 1].lower_ if t.i + 1 < last else ""
        before = doc[t.i - 1].lower_ if t.i > first else ""
        more = t.lower_ in ("longer", "more") and before in ("no", "any") and after != "than"
        if t.lower_ == "anymore" or (more and near):
            return True
    return False


def _is_denied(verb: Token) -> bool:
    return any(c.lower_ in NO for c in verb.children)


def _amounts(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in ("dobj", "npadvmod", "attr", "oprd")]


def _is_percent(noun: Token) -> bool:
    return noun.lower_ in PERCENT and trigger_at(noun, "control") is None


def _origin(noun: Token) -> Iterator[Token]:
    """Yield the state whose goods these are: "Fijian copra", "the copra of Fiji"."""
    yield from (c for c in noun.lefts if c.ent_type_ in STATES or _is_title(c))
    for name in ("from", "of"):
        yield from (c for c in guises.prepositional(noun, name) if c.ent_type_ in STATES)


def _is_title(word: Token) -> bool:
    return word.dep_ == "amod" and word.is_title and word.pos_ in ("ADJ", "PROPN")


def _ends(deed: Token, goods: tuple[Token, ...], names: tuple[str, ...]) -> Iterator[Token]:
    for top in (deed, *goods):
        for name in names:
            for noun in guises.prepositional(top, name):
                yield from (noun, *(c for c in noun.lefts if c.ent_type_ in STATES))


def is_goods(token: Token) -> bool:
    """Say whether a noun names trade or goods that the lexicon knows."""
    if token.lower_ in words().trade:
        return True
    parts = (c.text for c in token.lefts if c.dep_ in ("compound", "amod"))
    inside = (t for t in token.subtree if t.dep_ == "pobj" and t.head.lower_ == "of")
    return (
        known_goods(token.doc[token.left_edge.i : token.i + 1].text)
        or any(map(known_goods, parts))
        or any(known_goods(t.text) for t in inside)
    )


@cache
def _readers() -> Mapping[str, tuple[Callable[[Token], Passage | None], ...]]:
    """Give the readers that a verb may suit, by its lemma."""
    held = measures()
    rows: list[tuple[Callable[[Token], Passage | None], frozenset[str]]] = [
        (_sold_no_more, held.dealing | held.ceasing),
        (_goes_no_more, wording().leaving | wording().allowing | {"go"}),
        (_kept, held.keeping),
        (_pays, held.paying),
        (_exempted, held.exempting),
        (_isolated, held.isolating),
        (_alike, held.pondering | held.copying),
    ]
    verbs = {verb for _, words_ in rows for verb in words_}
    return {v: tuple(read for read, words_ in rows if v in words_) for v in sorted(verbs)}
