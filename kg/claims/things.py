"""Things: what a claim is about, named as shortly as the sentence allows.

Head tokens of an argument in, fillers of type "thing" out. A list is split into its items; nouns
that only lead to the thing ("efforts in", "supply of") give way to it. At most five are taken,
those that the lexicon knows before all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Token

from kg.claims.guises import conjoined, is_clause, is_content, is_infinitive
from kg.claims.model import Filler
from kg.claims.phrases import (
    JOINTS,
    KNOWN,
    PLAIN,
    VAGUE,
    Phrase,
    name_span,
    phrase_of,
    shared_head,
    with_of,
)
from kg.claims.sentences import Sentence
from kg.claims.thing_words import GOODS, known, known_goods, words

MOST: Final = 5
LONGEST_NAME: Final = 4  # tokens of a name of goods
DEEPEST: Final = 9
LINKS: Final = frozenset(
    [
        "of",
        "for",
        "on",
        "in",
        "over",
        "about",
        "to",
        "such",
        "including",
        "like",
        "through",
        "with",
        "from",
        "into",
        "between",
        "against",
        "as",
        "across",
        "at",
        "regarding",
        "concerning",
        "around",
        "behind",
        "within",
        "via",
        "upon",
        "toward",
        "towards",
    ]
)
PREFIXES: Final = frozenset(["re", "co", "anti", "non", "de", "pre"])
SITING: Final = frozenset(["in", "at", "from", "near", "via", "through"])
AWAY: Final = frozenset(["out", "away"])
INNER: Final = frozenset(("dobj", "oprd", "nsubjpass", "attr", "dative"))
CLAUSAL: Final = frozenset(("pcomp", "xcomp", "ccomp", "advcl", "acl"))
NOMINAL: Final = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "X", "PRON", "ADV"))


def things(
    sentence: Sentence,
    heads: Iterable[Token],
    taken: frozenset[int] = frozenset(),
    most: int = MOST,
) -> tuple[Filler, ...]:
    """Name what the phrases under these heads are about; nothing at the places `taken`."""
    walk = _Walk(taken)
    found: dict[tuple[int, int], Phrase] = {}
    for head in heads:
        for phrase in walk.at(head, 0):
            found.setdefault((phrase.first, phrase.last), phrase)
    return tuple(_filler(sentence, phrase) for phrase in _best(list(found.values()), most))


def traded(sentence: Sentence, head: Token, most: int = MOST) -> tuple[Filler, ...]:
    """Name what a word of trade trades ("cod exports", "exports of cod"); else the thing itself."""
    if not is_trade(head):
        others = frozenset(t.i for t in conjoined(head) if t != head)
        named = head.pos_ in ("NOUN", "PROPN") or head.tag_ == "VBG"
        return things(sentence, [head], others, most) if named else ()
    before = [c for c in _chain(head) if not is_trade(c)]
    goods = [c for c in before if known(c.text) or c.dep_ != "amod"]
    if goods and not any(known(c.text) for c in goods) and head.lower_ in ("transit", "transport"):
        goods = []  # "the road transit of tin"
    if goods:
        first, last = name_span(head)[0], max(c.i for c in goods) + 1
        return (_filler(sentence, Phrase(min(first, last - 1), last, PLAIN)),)
    if any(c.lower_ == "whose" for c in head.lefts):
        clause = next((a for a in head.ancestors if a.dep_ == "relcl"), None)
        of = clause.head if clause is not None else None
        if of is not None and of.dep_ == "appos" and of.head.pos_ in ("NOUN", "PROPN"):
            return traded(sentence, of.head, most)  # "tin and zinc, two metals whose export"
        return things(sentence, [of]) if of is not None else ()
    return things(sentence, _traded_behind(head), most=most)


def _chain(head: Token) -> Iterator[Token]:
    """Yield what stands before a noun in its compound, also below another part of it."""
    for child in head.lefts:
        if child.dep_ in ("compound", "amod", "nmod"):
            yield from _chain(child)
            yield child


def is_trade(token: Token) -> bool:
    """Say whether a word names trade itself ("exports", "supply") and not what is traded."""
    return token.lower_ in words().trade


def is_goods(filler: Filler) -> bool:
    """Say whether a filler is a material or technology that the lexicon knows."""
    return known_goods(filler.label or "")


def goods_named(sentence: Sentence) -> tuple[Filler, ...]:
    """Name the materials and technologies of a fragment that no parser reads: "tin, unwrought;"."""
    return goods_between(sentence, sentence.span.start, sentence.span.end)


def goods_between(sentence: Sentence, at: int, end: int) -> tuple[Filler, ...]:
    """Name the materials and technologies that stand from one token to before another."""
    found: list[Filler] = []
    beside = -1  # where the last name ended
    while at < end:
        lasts = range(min(at + LONGEST_NAME, end), at, -1)
        rows = ((i, known(sentence.words(at, i))) for i in lasts)
        last, row = next(((i, r) for i, r in rows if r and r.family in GOODS), (at + 1, None))
        new = row is not None and row.label not in {each.label for each in found}
        start, stop = sentence.place(at, last)
        qualified = start - beside == 1  # "tungsten metal"
        beside = stop if row is not None else beside
        if row is not None and new and not qualified:
            text = sentence.words(at, last)
            found.append(Filler(text=text, label=row.label, type="thing", start=start, end=stop))
        at = last
    return tuple(found)


def _traded_behind(head: Token) -> Iterator[Token]:
    """Yield what stands after "of", also behind a destination ("exports to Peru of tin")."""
    for prep in head.subtree:
        near = head in (prep.head, prep.head.head.head)
        if near and prep.dep_ == "prep" and prep.lower_ in ("of", "in"):
            yield from (c for c in prep.children if c.dep_ == "pobj")


@dataclass(frozen=True, slots=True)
class _Walk:
    """The way down a parse; `taken` are places that name nothing."""

    taken: frozenset[int]

    def at(self, token: Token, depth: int) -> Iterator[Phrase]:
        """Yield the named things at and below a token, in the order of the text."""
        if token.text in JOINTS:
            return
        if token.lower_ in PREFIXES and (last := _prefixed(token)) is not None:
            yield Phrase(token.i, last, PLAIN)  # "re-exports"
        elif depth > DEEPEST or token.i in self.taken:
            yield from self._coordinated(token, depth)
        elif is_clause(token) or (token.tag_ == "VBG" and token.dep_ in CLAUSAL):
            yield from self._clause(token, depth)
        elif token.pos_ in NOMINAL or token.tag_ in ("VBG", "NN", "NNS"):
            yield from self._noun(token, depth)

    def _clause(self, verb: Token, depth: int) -> Iterator[Phrase]:
        """Name what a clause is about; a gerund that governs nothing names itself."""
        after = verb.i + 2
        gerund = verb.tag_ == "VBG"
        if gerund and after <= len(verb.doc) and known(verb.doc[verb.i : after].text):
            yield Phrase(verb.i, after, KNOWN)  # "coking coal" is no clause
            return
        found = [phrase for child in verb.children for phrase in self._part(verb, child, depth)]
        alone = gerund and verb.dep_ == "pcomp" and not any(c.dep_ == "dobj" for c in verb.children)
        if alone and not found:
            found = [Phrase(verb.i, verb.i + 1, PLAIN)]  # "overfishing"
        yield from found

    def _part(self, verb: Token, child: Token, depth: int) -> Iterator[Phrase]:
        if _is_part(verb, child):
            yield from self.at(child, depth + 1)
        elif child.dep_ == "prep" and child.lower_ in LINKS and child.lower_ != "like":
            yield from self._below(child, depth)
        elif child.dep_ == "acomp" or child.lower_ in AWAY:  # "left out of the pact"
            for prep in child.children:
                if prep.dep_ == "prep":
                    yield from self._below(prep, depth)

    def _noun(self, noun: Token, depth: int) -> Iterator[Phrase]:
        shared = shared_head(noun)
        if shared is not None:
            yield shared
            return
        below = [phrase for prep in _links(noun) for phrase in self._below(prep, depth)]
        phrase = phrase_of(noun)
        yield from _before_others(noun)
        if phrase is not None and phrase.first == noun.i and _is_rest(noun):
            phrase = replace(phrase, rank=VAGUE)
        gives_way = bool(below) and (_is_transparent(noun) or (phrase and phrase.rank == VAGUE))
        if phrase is not None and not gives_way:
            whole = with_of(noun, phrase) or phrase
            yield whole
            below = [each for each in below if each.first >= whole.last]
        yield from below
        if not below and phrase is not None and phrase.rank == VAGUE:
            for clause in noun.children:
                if clause.dep_ in ("acl", "relcl") and is_infinitive(clause):
                    yield from self.at(clause, depth + 1)
        yield from self._coordinated(noun, depth)

    def _coordinated(self, token: Token, depth: int) -> Iterator[Phrase]:
        for child in token.children:
            named = child.dep_ == "appos" and child.pos_ == "NOUN"
            listed = named and not any(c.dep_ in ("det", "nummod") for c in child.lefts)
            if child.dep_ == "conj" or listed:
                yield from self.at(child, depth + 1)

    def _below(self, prep: Token, depth: int) -> Iterator[Phrase]:
        """Go on below a preposition, through double ones ("such as", "from across")."""
        for child in prep.children:
            if child.dep_ in ("pobj", "pcomp") and not _is_site(prep, child):
                yield from self.at(child, depth + 1)
            elif child.dep_ in ("prep", "conj") and child.pos_ in ("ADP", "SCONJ"):
                yield from self._below(child, depth)


def _is_rest(noun: Token) -> bool:
    """Say whether a bare noun only stands for what is not listed: "and other metals"."""
    return any(c.lower_ == "other" for c in noun.lefts) and noun.tag_ == "NNS"


def _before_others(noun: Token) -> Iterator[Phrase]:
    """Yield the thing before "and other metals" that the parser takes for an adjective of it."""
    for child in noun.lefts:
        after = child.doc[child.i + 1 : child.i + 3]
        joined = len(after) == 2 and after[0].dep_ == "cc" and after[1].lower_ == "other"
        if joined and child.dep_ in ("amod", "compound", "nmod") and known_goods(child.lower_):
            yield Phrase(child.i, child.i + 1, KNOWN)


def _prefixed(token: Token) -> int | None:
    """Give where a noun ends that the parser cut at its hyphen: "re-exports"."""
    doc, i = token.doc, token.i
    whole = i + 2 < len(doc) and doc[i + 1].text == "-" and doc[i + 2].pos_ in ("NOUN", "PROPN")
    return i + 3 if whole else None


def _is_site(prep: Token, noun: Token) -> bool:
    """Say whether a bare name only tells where: "a roaster at Anzob"."""
    named = noun.pos_ == "PROPN" and noun.is_title and not any(noun.lefts)
    return named and prep.lower_ in SITING and known(noun.text) is None


def _is_part(verb: Token, child: Token) -> bool:
    """Say whether a child of a verb is part of what its clause is about."""
    if child.dep_ in INNER:
        return bool(child.pos_ != "ADP")
    if child.dep_ == "nsubj":
        return verb.dep_ == "ccomp" or is_content(verb)
    if child.dep_ == "advcl":
        return is_infinitive(child)
    return child.dep_ in ("xcomp", "ccomp", "conj")


def _is_transparent(noun: Token) -> bool:
    return noun.lower_ in words().transparent and any(c.lower_ == "of" for c in noun.children)


def _links(noun: Token) -> Iterator[Token]:
    for child in noun.children:
        if child.dep_ in ("prep", "acl") and child.lower_ in LINKS and child.i > noun.i:
            yield child
    if noun.i + 1 < noun.sent.end:
        after = noun.nbor(1)  # the parser may hang "duties on tin" on the verb
        if after.dep_ == "prep" and after.lower_ in ("of", "on", "upon") and after.head != noun:
            yield after


def _best(phrases: list[Phrase], most: int) -> list[Phrase]:
    """Keep what names something; of vague ones the first, where there is nothing else."""
    kept = [phrase for phrase in phrases if phrase.rank > VAGUE] or phrases[:1]
    ranked = sorted(kept, key=_by_rank)[:most]
    return sorted((p for p in ranked if not _is_within(p, ranked)), key=_by_place)


def _by_rank(phrase: Phrase) -> tuple[int, int]:
    return -phrase.rank, phrase.first


def _by_place(phrase: Phrase) -> int:
    return phrase.first


def _is_within(one: Phrase, phrases: list[Phrase]) -> bool:
    return any(o != one and o.first <= one.first and one.last <= o.last for o in phrases)


def _filler(sentence: Sentence, phrase: Phrase) -> Filler:
    start, end = sentence.place(phrase.first, phrase.last)
    wording = sentence.words(phrase.first, phrase.last)
    row = known(wording)
    label = row.label if row else " ".join(wording.lower().split())
    return Filler(text=wording, label=label, type="thing", start=start, end=end)
