"""What a sentence lists under a noun: a noun and the words behind it in, names or goods out.

"Twelve firms, including Orion Optics Co. and the Institute of Alloys" names two of the twelve;
"certain metals, among them vanadium" names vanadium. What is not listed behind a word or sign
that opens a list is left to the parser.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims.measures import measures
from kg.claims.model import Filler
from kg.claims.organisations import bodies
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.things import goods_between

OPENING: Final = frozenset({"including", "include", "includes", "included", "namely", ":"})
PAIRS: Final = frozenset(
    {("such", "as"), ("among", "them"), ("among", "which"), ("among", "these")}
)
RELATED: Final = frozenset({("related", "to"), ("relating", "to")})  # "items related to tin"
FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
AWAY: Final = frozenset({"from", "to", "on", "in", "by", "for", "after", "under", "until", "over"})
SIGNS: Final = frozenset("•·▪◦*;,–—-")
JOINING: Final = frozenset({"and", "or", "&", "plus"})
WITHIN: Final = frozenset({"of", "for", "the", "de", "du", "la", "&"})
FARTHEST: Final = 12  # tokens between a noun and what opens its list
MOST: Final = 20  # names of one list


def opened(sentence: Sentence, noun: Token) -> int | None:
    """Give where the list behind a noun begins; None if nothing opens one.

    Between the two stand no verb and no other group that might be listed.
    """
    doc = noun.doc
    for i in range(noun.i + 1, min(noun.i + FARTHEST, sentence.span.end - 1)):
        token, after = doc[i], doc[i + 1]
        if token.lower_ in OPENING:
            return i + 1
        related = i == noun.i + 1 and (token.lower_, after.lower_) in RELATED
        if related or (token.lower_, after.lower_) in PAIRS:
            return i + 2 if i + 2 < sentence.span.end else None
        if token.tag_ in FINITE or token.text == ";":
            return None
    return None


def goods_listed(sentence: Sentence, noun: Token) -> tuple[Filler, ...]:
    """Name the goods that the lexicon knows in the list behind a noun."""
    start = opened(sentence, noun)
    if start is None:
        return ()
    doc, end = noun.doc, start
    while end < sentence.span.end and not (doc[end].tag_ in FINITE or doc[end].lower_ in AWAY):
        end += 1
    return goods_between(sentence, start, end)


def names_listed(reading: Reading, sentence: Sentence, noun: Token) -> tuple[Filler, ...]:
    """Give the firms, bodies and persons in the list behind a noun for a group of them."""
    start = opened(sentence, noun) if is_group(noun) else None
    if start is None:
        return ()
    found: dict[str, Filler] = {}
    for first, last in _names(sentence, start):
        for filler in _bearers(reading, sentence, first, last):
            found.setdefault(filler.value, filler)
    return tuple(found.values())[:MOST]


def names_in_fragment(reading: Reading, sentence: Sentence) -> tuple[Filler, ...]:
    """Give whom an item of a list names at its start: "Orion Optics Co., Jakarta"."""
    first = next(_names(sentence, sentence.span.start), None)
    return _bearers(reading, sentence, *first) if first else ()


def is_group(noun: Token) -> bool:
    """Tell whether a noun names a group of those whom a measure may hit: "firms", "entities"."""
    words = {noun.lower_, noun.lemma_.lower()}
    return bool(words & (measures().hit | measures().receivers))


def _names(sentence: Sentence, start: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of capitalised words from a place on, as far as the list goes."""
    doc, at, end = sentence.span.doc, start, sentence.span.end
    while at < end:
        while at < end and _is_between(doc[at]):
            at += 1
        last = _name_end(sentence, at)
        if last == at:
            return
        yield at, last
        at = last


def _is_between(token: Token) -> bool:
    """Tell whether a word stands between the names of a list: "and the chip maker"."""
    if token.text in SIGNS or token.lower_ in JOINING or token.tag_ == "POS":
        return True
    descriptive = token.pos_ in {"NOUN", "ADJ", "DET", "NUM"} or token.lower_ in {"as", "well"}
    return descriptive and not token.text[:1].isupper() and token.tag_ not in {"WDT", "PDT"}


def _name_end(sentence: Sentence, start: int) -> int:
    """Give where the name that begins at a place ends; the place itself if none begins."""
    doc, at, end = sentence.span.doc, start, sentence.span.end
    while at < end:
        token = doc[at]
        legal = at > start and _is_legal(sentence, at)
        inner = at > start and token.lower_ in WITHIN and at + 1 < end and _is_capital(doc[at + 1])
        hyphen = token.text in "-–" and at > start and not token.nbor(-1).whitespace_
        if not (_is_capital(token) or inner or legal or (hyphen and not token.whitespace_)):
            break
        at += 1
    return at


def _is_legal(sentence: Sentence, at: int) -> bool:
    """Tell whether a comma or full stop belongs to a name: "Orion Co., Ltd."."""
    doc = sentence.span.doc
    if doc[at].text == "." and doc[at - 1].lower_ in bodies().firms:
        return at + 1 < sentence.span.end
    after = doc[at + 1].lower_ if at + 1 < sentence.span.end else ""
    return doc[at].text == "," and after in bodies().firms


def _is_capital(token: Token) -> bool:
    return token.text[:1].isupper() or (token.text[:1].isdigit() and token.tag_ != "CD")


def _bearers(reading: Reading, sentence: Sentence, first: int, last: int) -> tuple[Filler, ...]:
    """Give who bears a name; a state that is named alone is none."""
    doc, page = sentence.span.doc, reading.page(sentence)
    hit = page.hit(first)
    if hit is not None and hit.end >= last:
        return ()
    person = page.person(last - 1)
    if person is not None and person.start >= first - 1:
        return (reading.filler_of(sentence, person),)
    start, end = sentence.place(first, last)
    words = sentence.words(first, last)
    if doc[first].lower_ == "the":
        start, end = sentence.place(first + 1, last)
        words = sentence.words(first + 1, last)
    return (Filler(ref=words, text=words, type="organisation", start=start, end=end),)
