"""What hangs on what in a sentence: dates, places and subjects of a verb or an event."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, Final

from spacy.tokens import Doc, Token

from kg.claims.meeting_words import meeting_words
from kg.claims.model import Filler
from kg.claims.names import Hit
from kg.claims.pages import Page

if TYPE_CHECKING:
    from kg.claims.reading import Reading
    from kg.claims.sentences import Sentence

STEPS: Final = 7
PASSED: Final = frozenset({"ADP", "NUM", "PUNCT", "SCONJ", "PRT", "ADV", "DET"})
AT: Final = frozenset({"in", "at", "on", "near", "outside"})
SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})


def climbs_to(token: Token, targets: Container[int], passing: Container[int] = ()) -> bool:
    """Tell whether a token hangs on one of the targets through prepositions and the like.

    `passing` are more tokens that may lie in between: other dates and places, "held".
    """
    current = token
    for _ in range(STEPS):
        above = current.head
        if above.i in targets:
            return True
        other = above.lower_ == "one" and above.dep_ == "pobj"  # "after one in Lima in March"
        if other or above.i == current.i or not (above.pos_ in PASSED or above.i in passing):
            return False
        current = above
    return False


def subject_of(verb: Token) -> Token | None:
    """Give the subject of a verb, over "agreed to hold" and "and pledged" if need be."""
    current = verb
    for _ in range(STEPS):
        subjects = [child for child in current.children if child.dep_ in SUBJECTS]
        if subjects:  # of two, which the parser gives where it errs, the nearer one
            before = [child for child in subjects if child.i < current.i]
            return before[-1] if before else subjects[0]
        if (
            current.dep_ in {"acomp", "xcomp", "conj", "advcl", "acl", "ccomp", "aux", "pcomp"}
            and current.head.i != current.i
        ):
            if current.dep_ == "acl" and current.head.pos_ in {"NOUN", "PROPN"}:
                return current.head if current.tag_ == "VBG" else subject_over(current.head)
            current = current.head
            if current.pos_ == "ADP":
                current = current.head
        elif current.dep_ == "relcl":
            return current.head
        else:
            return None
    return None


def subject_over(noun: Token) -> Token | None:
    """Give the subject of the verb that a noun hangs on: "made a decision to meet"."""
    verb = next((each for each in noun.ancestors if each.pos_ in {"VERB", "AUX"}), None)
    return None if verb is None else next((c for c in verb.children if c.dep_ in SUBJECTS), None)


def objects_of(verb: Token, prepositions: Container[str]) -> Iterator[Token]:
    """Yield the nouns after the given prepositions of a verb or noun."""
    for child in verb.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in prepositions:
            yield from (each for each in child.children if each.dep_ == "pobj")


def dates_of(
    reading: Reading,
    sentence: Sentence,
    targets: Container[int],
    passing: Container[int] = (),
    rows: Container[int] = (),
) -> tuple[Filler, ...]:
    """Give the dates that hang on one of the targets."""
    found: list[Filler] = []
    doc = sentence.span.doc
    mentions = [each for each in reading.mentions(sentence) if each.type == "date"]
    inside = {i for each in mentions for i in range(each.start, each.end)}
    for mention in mentions:
        top = doc[mention.start : mention.end].root
        if (
            top.i in targets
            or mention.start in rows
            or climbs_to(top, targets, _Either(inside, passing))
        ):
            found += reading.dates(sentence, mention.start, mention.end)
    return _exactest(found)


class _Either:
    """Two containers taken together."""

    def __init__(self, *parts: Container[int]) -> None:
        self._parts = parts

    def __contains__(self, i: object) -> bool:
        return any(i in part for part in self._parts)


def _exactest(found: list[Filler]) -> tuple[Filler, ...]:
    """Leave out a date that another one of the same sentence says more exactly."""
    kept = [
        filler
        for filler in found
        if not any(_covers(other.value, filler.value) for other in found if other is not filler)
    ]
    unique: dict[str, Filler] = {}
    for filler in kept:
        unique.setdefault(filler.value, filler)
    return tuple(unique.values())


def _covers(exact: str, rough: str) -> bool:
    """Tell whether a date is a part of a rougher one, which then adds nothing.

    >>> _covers("2024-06-26", "2024-06"), _covers("2024-06", "2024-06-26")
    (True, False)
    """
    if rough.startswith("XXXX-XX-"):
        return exact.endswith(rough[7:]) and exact != rough
    return exact.startswith(f"{rough}-")


def place_mentions(reading: Reading, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield the places named in a sentence: towns and sites, and states after "in"."""
    page = reading.page(sentence)
    doc, inside = page.doc, range(sentence.span.start, sentence.span.end)
    seen: set[int] = set()
    for hit in page.hits:
        town = _capital_of(doc, hit) if hit.start in inside else None
        if town is not None:
            seen.update(range(*town))
            yield town
            continue
        named = hit.form != "adjective" and hit.start in inside and _placed(page, hit.start)
        owned = hit.end < len(doc) and doc[hit.end].lower_ in {"'s", "’s"}
        owner = (
            owned or page.body(hit.start) or (page.body(hit.end) and doc[hit.end - 1].whitespace_)
        )
        if named and not owner:
            seen.update(range(hit.start, hit.end))
            yield hit.start, hit.end
    for entity in reading.entities(sentence):
        named = entity.label_ in {"GPE", "FAC", "LOC"} or (
            entity.label_ in {"ORG", "PERSON"} and _follows_in(doc[entity.start])
        )
        if (
            not named
            or entity.start not in inside
            or any(i in seen for i in range(entity.start, entity.end))
        ):
            continue
        if page.person(entity.start) or any(page.hit(i) for i in range(entity.start, entity.end)):
            continue
        if entity.label_ in {"ORG", "PERSON"} and page.body(entity.start):
            continue
        start = entity.start + (doc[entity.start].lower_ == "the")
        if start < entity.end:
            seen.update(range(start, entity.end))
            yield start, entity.end


def _capital_of(doc: Doc, hit: Hit) -> tuple[int, int] | None:
    """Give "Latvian capital" or "capital of Peru" behind a preposition of place."""
    adjective = hit.form == "adjective" and hit.end < len(doc)
    if adjective and doc[hit.end].lower_ == "capital":
        return hit.start, hit.end + 1
    at = hit.start - 1
    at -= doc[at].lower_ == "the"
    if at > 1 and doc[at].lower_ == "of" and doc[at - 1].lower_ == "capital":
        return at - 1, hit.end
    return None


def _placed(page: Page, start: int) -> bool:
    """Tell whether a preposition of place stands before a name."""
    before = page.doc[start - 1] if start else None
    if before is not None and before.lower_ == "the" and start > 1:
        before = page.doc[start - 2]
    return before is not None and before.lower_ in AT


def _follows_in(token: Token) -> bool:
    before = token.doc[token.i - 1] if token.i else None
    return before is not None and before.lower_ == "in"


def row_after(reading: Reading, sentence: Sentence, at: int) -> range:
    """Give the tokens behind `at` that only say when and where: "on 3 May in Lima"."""
    page, doc = reading.page(sentence), sentence.span.doc
    free = {i for start, end in place_mentions(reading, sentence) for i in range(start, end)}
    free |= {
        i for m in reading.mentions(sentence) if m.type == "date" for i in range(m.start, m.end)
    }
    first = at
    while at < sentence.span.end and (at in free or _tells_where(page, doc[at])):
        at += 1
    return range(first, at)


def _tells_where(page: Page, token: Token) -> bool:
    tells = token.lower_ in meeting_words().settings
    return tells or page.body(token.i) is not None or page.hit(token.i) is not None


def places_of(
    reading: Reading,
    sentence: Sentence,
    targets: Container[int],
    passing: Container[int] = (),
    rows: Container[int] = (),
) -> tuple[Filler, ...]:
    """Give the places that hang on one of the targets by "in", "at" or "on"."""
    page, doc = reading.page(sentence), sentence.span.doc
    places = sorted(place_mentions(reading, sentence))
    inside = {i for start, end in places for i in range(start, end)}
    dated = {
        i for m in reading.mentions(sentence) if m.type == "date" for i in range(m.start, m.end)
    }
    found: list[Filler] = []
    towns = False
    for start, end in places:
        top = doc[start:end].root
        if not _placed(page, start) or not (
            start in rows or climbs_to(top, targets, _Either(inside, dated, passing))
        ):
            continue
        low, high = sentence.place(start, end)
        words = sentence.words(start, end)
        town = page.hit(start) is not None or doc[start].ent_type_ == "GPE"
        filler = Filler(ref=None, text=words, type="place", start=low, end=high)
        found.insert(0, filler) if town and not towns else found.append(filler)
        towns = towns or town
    return tuple(found[:1])
