"""Candidates: a sentence of a reading in, everything out that may fill a role of a claim in it.

Nothing is made up here: states, persons and bodies come from the reading as the rules get them,
things and titles from the same noun phrases, dates as they were resolved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from spacy.tokens import Token

from kg.claims.dates import ahead
from kg.claims.learned.signs import Seen
from kg.claims.meeting_words import meeting_words
from kg.claims.model import Filler
from kg.claims.number_words import number_words
from kg.claims.phrases import phrase_of, with_of
from kg.claims.sentences import Sentence
from kg.claims.thing_words import known, known_goods
from kg.claims.titles import title_of
from kg.claims.voices import parties_before

Sort = Literal[
    "party", "person", "title", "date", "name", "place", "thing", "document", "venue", "share",
    "ordinal", "before", "served", "often",
]  # fmt: skip
EVERY: Final[frozenset[Sort]] = frozenset(get_args(Sort))
NOMINAL: Final = frozenset(("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X"))
INNER: Final = frozenset(("compound", "det", "amod", "nummod"))
SUBJECTS: Final = frozenset(("nsubj", "nsubjpass"))
NAMED: Final = frozenset(("state", "bloc", "framework", "organisation"))
# Of the numbers in words, those that the weights were trained with.
PARTS: Final = {w: n for w, n in number_words().parts.items() if n in (2, 3, 4, 5, 6, 8, 10)}
NUMBERS: Final = {w: n for w, n in number_words().numbers.items() if n <= 10}
RANKS: Final = {
    w: n for w, n in meeting_words().ordinals.items() if n <= 12 and w not in ("maiden", "opening")
}
PERCENT: Final = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:%|per\s?cent\b|percent\b|pct\b)", re.IGNORECASE
)
PART: Final = re.compile(rf"\b(?:(\w+)[ -])?({'|'.join(PARTS)})s?\b", re.IGNORECASE)
RATIO: Final = re.compile(
    r"\b(\w+) (?:\w+ (?:of [\w-]+ )?)?(?:in|out of|of)(?: every)? (\w+)\b", re.IGNORECASE
)
RANK: Final = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A filler that may be meant, the token it hangs on, and what is known of it."""

    sort: Sort
    token: Token | None
    fillers: tuple[Filler, ...]
    traits: tuple[str, ...] = ()
    type: str = ""  # of the actor, where it is one

    @property
    def kind_of(self) -> str:
        """What it is, as finely as is known."""
        return self.type or self.sort


def candidates(seen: Seen, sorts: frozenset[Sort] = EVERY) -> tuple[Candidate, ...]:
    """Give everything of some sorts that may fill a role of a claim in a sentence."""
    makers = ((held, made) for held, made in _MAKERS if not sorts.isdisjoint(held))
    return tuple(each for held, made in makers for each in made(seen) if each.sort in sorts)


def top_of(tokens: list[Token]) -> Token:
    """Give the token of a phrase that the others hang on."""
    places = {token.i for token in tokens}
    return next((t for t in tokens if t.head.i not in places or t.head.i == t.i), tokens[-1])


def _parties(seen: Seen) -> Iterator[Candidate]:
    """Yield whom each noun phrase and pronoun stands for, one by one."""
    reading, sentence = seen.reading, seen.sentence
    known: set[tuple[str, int]] = set()
    for token in sentence.tokens:
        inner = token.dep_ in INNER and token.pos_ != "PROPN"
        bare = token.pos_ == "DET" and token.dep_ not in SUBJECTS
        if token.pos_ not in NOMINAL or inner or bare:
            continue
        for filler in reading.parties(sentence, token):
            at = token
            if filler.start is not None and filler.end is not None:
                inside = seen.within(filler.start, filler.end)
                at = token if not inside or token in inside else top_of(inside)
            if (filler.value, at.i) in known:
                continue
            known.add((filler.value, at.i))
            traits = (
                f"pronoun={token.pos_ == 'PRON'}",
                f"carried={filler.start is None}",
                f"acts={seen.whole.may_act(filler)}",
                f"own={at.i == token.i}",
            )
            yield Candidate("party", at, (filler,), traits, filler.type or "")


def _people(seen: Seen) -> Iterator[Candidate]:
    """Yield the persons named, and the state that each acts for."""
    reading, sentence = seen.reading, seen.sentence
    for person in reading.people(sentence):
        token = sentence.span.doc[person.end - 1]
        traits = (f"titled={person.title is not None}", f"full={' ' in person.name}")
        yield Candidate("person", token, (reading.name_of(sentence, person),), traits)
    served: set[tuple[str, int]] = set()
    for person in reading.people(sentence):
        token = sentence.span.doc[person.end - 1]
        for state in reading.acts_for(reading.filler_of(sentence, person))[:1]:
            if (state.value, token.i) not in served:
                served.add((state.value, token.i))
                filler = Filler(ref=state.ref, type=state.type)
                yield Candidate("served", token, (filler,), (), state.type or "")


def _titles(seen: Seen) -> Iterator[Candidate]:
    reading, sentence = seen.reading, seen.sentence
    span = sentence.span
    for title in reading.page(sentence).titles:
        if span.start <= title.start < span.end:
            start, end = sentence.place(title.start, title.end)
            text = sentence.words(title.start, title.end)
            head = title.head if span.start <= title.head < span.end else title.start
            filler = Filler(text=text, type="thing", start=start, end=end)
            traits = (
                f"weak={title.weak}", f"plural={title.plural}", f"informal={title.informal}",
            )  # fmt: skip
            yield Candidate("title", span.doc[head], (filler,), traits)


def _dates(seen: Seen) -> Iterator[Candidate]:
    """Yield each date as it was resolved and, where it may be meant of what is to come, so too."""
    reading, sentence = seen.reading, seen.sentence
    for date in reading.dates(sentence):
        tokens = seen.within(date.start or 0, date.end or 0)
        if not tokens:
            continue
        plain = str(date.ref)
        later = ahead(plain, date.rule or "", date.anchor)
        coming = bool(date.anchor and plain > date.anchor[: len(plain)])
        shared = (f"rule={date.rule}", f"length={len(plain)}")
        state = "no" if later == plain else "past"
        yield Candidate(
            "date", top_of(tokens), (date,), (*shared, f"ahead={state}", f"coming={coming}")
        )
        if later != plain and sentence.role != "caption":  # which tells of what has been
            yield Candidate(
                "date",
                top_of(tokens),
                (replace(date, ref=later),),
                (*shared, "ahead=yes", "coming=True"),
            )


def _names(seen: Seen) -> Iterator[Candidate]:
    reading, sentence = seen.reading, seen.sentence
    doc = sentence.span.doc
    for mention in reading.mentions(sentence):
        start, end = sentence.place(mention.start, mention.end)
        top = top_of([doc[i] for i in range(mention.start, mention.end)])
        if mention.type in NAMED:
            filler = Filler(mention.refs[0], mention.text, type=mention.type, start=start, end=end)
            yield Candidate("name", top, (filler,), (), mention.type)
        if mention.type in ("place", "state"):
            filler = Filler(text=mention.text, type="place", start=start, end=end)
            traits = (f"of={mention.type}", f"entity={top.ent_type_}")
            yield Candidate("place", top, (filler,), traits)


def _nouns(seen: Seen) -> Iterator[Token]:
    for token in seen.sentence.tokens:
        if token.pos_ not in ("NOUN", "PROPN") and token.tag_ not in ("NN", "NNS"):
            continue
        if token.dep_ == "compound" and token.head.i == token.i + 1:
            continue
        yield token


def _things(seen: Seen) -> Iterator[Candidate]:
    made = (_thing(seen.sentence, noun) for noun in _nouns(seen))
    return (each for each in made if each is not None)


def _documents(seen: Seen) -> Iterator[Candidate]:
    return (_document(seen, noun) for noun in _nouns(seen))


def _venues(seen: Seen) -> Iterator[Candidate]:
    return (_venue(seen.sentence, noun) for noun in _nouns(seen))


def _thing(sentence: Sentence, noun: Token) -> Candidate | None:
    plain = phrase_of(noun)
    if plain is None:
        return None
    phrase = with_of(noun, plain) or plain
    start, end = sentence.place(phrase.first, phrase.last)
    text = sentence.words(phrase.first, phrase.last)
    row = known(text)
    label = row.label if row else " ".join(text.lower().split())
    traits = (
        f"rank={plain.rank}",
        f"family={row.family if row else 'none'}",
        f"goods={known_goods(label)}",
        f"words={min(phrase.last - phrase.first, 12)}",
        f"of={phrase is not plain}",
    )
    filler = Filler(text=text, label=label, type="thing", start=start, end=end)
    return Candidate("thing", noun, (filler,), traits)


def _document(seen: Seen, noun: Token) -> Candidate:
    sentence = seen.sentence
    filler = title_of(sentence, noun)
    text, start = filler.text or "", filler.start or 0
    trigger = seen.triggers.get(noun.i, {}).get("document")
    before = sentence.text[max(start - sentence.start - 1, 0) : start - sentence.start]
    traits = (
        f"trigger={trigger.value if trigger else 'no'}",
        f"capital={text[:1].isupper()}",
        f"words={min(len(text.split()), 12)}",
        f"quoted={before in ('“', chr(34))}",
    )
    return Candidate("document", noun, (filler,), traits)


def _venue(sentence: Sentence, noun: Token) -> Candidate:
    before = [c.i for c in noun.lefts if c.dep_ in ("compound", "amod", "nmod")]
    first = min([noun.i, *before])
    start, end = sentence.place(first, noun.i + 1)
    text = sentence.words(first, noun.i + 1)
    return Candidate("venue", noun, (Filler(text=text, type="thing", start=start, end=end),))


def _numbers(seen: Seen) -> Iterator[Candidate]:
    sentence = seen.sentence
    for found, value in _shares(sentence.text):
        start, end = sentence.start + found.start(), sentence.start + found.end()
        tokens = seen.within(start, end)
        if tokens:
            filler = Filler(ref=value, text=found.group(), type="number", start=start, end=end)
            yield Candidate("share", tokens[0], (filler,))
    for token in sentence.tokens:
        written = RANK.fullmatch(token.lower_)
        rank = int(written[1]) if written else RANKS.get(token.lower_)
        if rank is not None:
            start, end = sentence.place(token.i, token.i + 1)
            filler = Filler(ref=rank, text=token.text, type="number", start=start, end=end)
            yield Candidate("ordinal", token, (filler,))


def _shares(text: str) -> Iterator[tuple[re.Match[str], int | float]]:
    for found in PERCENT.finditer(text):
        number = float(found[1].replace(",", "."))
        yield found, int(number) if number.is_integer() else number
    for found in PART.finditer(text):
        times = NUMBERS.get((found[1] or "one").lower(), 1)
        yield found, round(100 * times / PARTS[found[2].lower()])
    for found in RATIO.finditer(text):
        part, whole = NUMBERS.get(found[1].lower()), NUMBERS.get(found[2].lower())
        if part is not None and whole is not None and part < whole:
            yield found, round(100 * part / whole)


def _unsaid(seen: Seen) -> Iterator[Candidate]:
    """Yield who may act without being named in the sentence."""
    reading, sentence = seen.reading, seen.sentence
    several = parties_before(reading, sentence)
    anybody = parties_before(reading, sentence, 1)
    if several:
        yield Candidate("before", None, several, ("least=2",))
    if anybody and anybody != several:
        yield Candidate("before", None, anybody, ("least=1",))
    for place, state in enumerate(seen.whole.states[:2]):
        yield Candidate("often", None, (Filler(ref=state, type="state"),), (f"rank={place}",))
    if reading.releasing_state:
        filler = Filler(ref=reading.releasing_state, type="state")
        yield Candidate("often", None, (filler,), ("releasing",))


_MAKERS: Final[tuple[tuple[tuple[Sort, ...], Callable[[Seen], Iterator[Candidate]]], ...]] = (
    (("party",), _parties),
    (("person", "served"), _people),
    (("title",), _titles),
    (("date",), _dates),
    (("name", "place"), _names),
    (("thing",), _things),
    (("document",), _documents),
    (("venue",), _venues),
    (("share", "ordinal"), _numbers),
    (("before", "often"), _unsaid),
)
