"""Signs of a sentence: what may tell which kinds of claims it states.

A sentence of a reading in, features out, each with the token that bears it (None: the sentence as
a whole). Names never become features, only what sort of name stands there, so that the weights
hold nothing about the persons and states of the texts they were trained on.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Final

from spacy.tokens import Token

from kg.claims.model import Filler
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.triggers import TAGS, Trigger, kinds_at, lemma, trigger_at
from kg.claims.voices import is_public, may_act
from kg.terms import KINDS, Kind

CONTENT: Final = frozenset(("NOUN", "VERB", "ADJ", "PROPN", "ADV"))
VERBAL: Final = frozenset(("VERB", "AUX"))
SUBJECTS: Final = frozenset(("nsubj", "nsubjpass"))
BELOW_VERB: Final = frozenset(
    ("dobj", "xcomp", "ccomp", "prep", "agent", "aux", "neg", "prt", "advmod", "acomp", "attr")
)
BELOW_NOUN: Final = frozenset(("poss", "amod", "compound", "prep"))
MARKS: Final = frozenset('"“”')
STEM: Final = 5
FORMS: Final = 20_000  # words whose signs are kept
Signs = tuple[int | None, tuple[str, ...]]
"""The signs that a token bears, by its place; without one, those of the sentence as a whole."""


@dataclass(frozen=True)
class Whole:
    """An article with what is asked of it again and again."""

    reading: Reading
    _acting: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The states that it names, most often named first."""
        count = Counter(hit.ref for s in self.reading.sentences for hit in self.reading.hits(s))
        return tuple(sorted(count, key=lambda ref: (-count[ref], ref)))

    def may_act(self, filler: Filler) -> bool:
        """Say whether somebody can undertake policy."""
        if filler.type == "organisation":
            return is_public(filler.value)  # by its name; what it is called elsewhere takes long
        key = f"{filler.type} {filler.value}"
        if key not in self._acting:
            self._acting[key] = may_act(self.reading, filler)
        return self._acting[key]


@dataclass(frozen=True)
class Seen:
    """A sentence with what is asked of it again and again: names of tokens, triggers, mentions."""

    whole: Whole
    sentence: Sentence

    @property
    def reading(self) -> Reading:
        """The reading of the article."""
        return self.whole.reading

    @cached_property
    def named(self) -> dict[int, str]:
        """What sort of name stands at a token."""
        found: dict[int, str] = {}
        for mention in self.reading.mentions(self.sentence):
            for i in range(mention.start, mention.end):
                found.setdefault(i, mention.type)
        return found

    @cached_property
    def sorts(self) -> tuple[str, ...]:
        """The sorts of names in the sentence."""
        return tuple(sorted({each.type for each in self.reading.mentions(self.sentence)}))

    @cached_property
    def triggers(self) -> dict[int, dict[Kind, Trigger]]:
        """The triggers at each token, by kind."""
        found: dict[int, dict[Kind, Trigger]] = {}
        for token in self.sentence.tokens:
            may_be = kinds_at(token) if token.tag_ in TAGS else None
            if may_be:
                held = {k: each for k in KINDS if k in may_be and (each := trigger_at(token, k))}
                if held:
                    found[token.i] = held
        return found

    @cached_property
    def words(self) -> dict[int, str]:
        """How each token is called: its lemma, or in angle brackets what sort of name it is."""
        return {token.i: self._word(token) for token in self.sentence.tokens}

    @cached_property
    def signs(self) -> tuple[Signs, ...]:
        """All features of the sentence, token by token."""
        return tuple(_signs(self))

    @cached_property
    def told(self) -> frozenset[str]:
        """All features of the sentence, each once."""
        return frozenset(sign for _, held in self.signs for sign in held)

    @cached_property
    def quoted(self) -> dict[int, int]:
        """Whether an odd number of quotation marks stands before each token."""
        found: dict[int, int] = {}
        within = 0
        for token in self.sentence.tokens:
            found[token.i] = within
            within ^= token.text in MARKS
        return found

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each token starts in the article."""
        base = self.sentence.base
        return tuple(base + token.idx for token in self.sentence.tokens)

    def within(self, start: int, end: int) -> list[Token]:
        """Give the tokens that start between two places of the article."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return list(self.sentence.tokens[first:last]) if first < last else []

    def holds(self, kind: Kind) -> tuple[Token, ...]:
        """Give the tokens that are triggers of a kind."""
        doc = self.sentence.span.doc
        return tuple(doc[i] for i, held in self.triggers.items() if kind in held)

    def _word(self, token: Token) -> str:
        sort = self.named.get(token.i)
        if sort is not None:
            return f"<{sort}>"
        if token.pos_ == "PRON":
            return "<pron>"
        if token.ent_type_:
            return f"<{token.ent_type_}>"
        if token.pos_ in ("PROPN", "NUM"):
            return "<name>" if token.pos_ == "PROPN" else "<num>"
        return lemma(token)


def _signs(seen: Seen) -> Iterator[Signs]:
    words, triggers = seen.words, seen.triggers
    yield None, tuple(_of_whole(seen))
    for token in seen.sentence.tokens:
        i = token.i
        word = words[i]
        found = [*_of_form(word, token.pos_, token.is_alpha)]
        after = words.get(i + 1)
        if after is not None:
            found.append(f"pair={word} {after}")
        if token.dep_ == "ROOT":
            found.append(f"root={word}")
        for kind, trigger in triggers.get(i, {}).items():
            found += _of_trigger(kind, trigger.pos, trigger.needs, trigger.value)
        if token.pos_ in VERBAL:
            found += _of_verb(seen, token)
        elif token.pos_ == "NOUN":
            own = lemma(token)
            found += [
                f"n{child.dep_}={own}:{words.get(child.i, '')}"
                for child in token.children
                if child.dep_ in BELOW_NOUN
            ]
        yield i, tuple(found)


def _of_whole(seen: Seen) -> Iterator[str]:
    sentence = seen.sentence
    yield f"role={sentence.role}"
    yield f"place={min(sentence.index, 3)}"
    yield f"long={min(len(sentence.span) // 8, 5)}"
    yield from (f"has={sort}" for sort in seen.sorts)
    if any(token.text in MARKS for token in sentence.tokens):
        yield "quote"
    if sentence.text.rstrip(' "”').endswith("?"):
        yield "question"


@lru_cache(maxsize=FORMS)
def _of_form(word: str, pos: str, alphabetic: bool) -> tuple[str, ...]:
    """Give what a word tells wherever it stands."""
    if word.startswith("<"):
        return (f"w={word}",)
    if not alphabetic:
        return ()
    found = [f"w={word}"]
    if len(word) > STEM + 1:
        found += [f"stem={word[:STEM]}", f"end={word[-3:]}"]
    if pos in CONTENT:
        found.append(f"wp={word}/{pos[0]}")
    return tuple(found)


@cache
def _of_trigger(kind: Kind, pos: str, needs: str | None, value: str | None) -> tuple[str, ...]:
    found = (f"trigger={kind}", f"trigger={kind}/{pos}", f"trigger={kind}/{pos}/{needs}")
    return (*found, f"value={kind}/{value}") if value else found


def _of_verb(seen: Seen, verb: Token) -> Iterator[str]:
    own = lemma(verb)
    for child in verb.children:
        word = seen.words.get(child.i, "")
        if child.dep_ in SUBJECTS:
            who = word if word.startswith("<") else child.pos_
            yield f"subject={who}:{own}"
            yield f"subject={who}:{child.dep_}:{verb.tag_}"
        elif child.dep_ in BELOW_VERB:
            yield f"v{child.dep_}={own}:{'' if child.dep_ == 'ccomp' else word}"
            if child.dep_ == "aux":
                yield f"aux={child.lemma_.lower()}"
