"""Signs of a sentence: what may tell which kinds of claims it states.

A sentence of a reading in, features out, each with the token that bears it (None: the sentence as
a whole). Names never become features, only what sort of name stands there, so that the weights
hold nothing about the persons and states of the texts they were trained on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Final

from spacy.tokens import Token

from kg.claims.model import Filler
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.triggers import Trigger, lemma, trigger_at, triggers
from kg.claims.voices import may_act
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
Sign = tuple[int | None, str]


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
        for token in self.sentence.span:
            held = {kind: each for kind in _kinds() if (each := trigger_at(token, kind))}
            if held:
                found[token.i] = held
        return found

    @cached_property
    def words(self) -> dict[int, str]:
        """How each token is called: its lemma, or in angle brackets what sort of name it is."""
        return {token.i: self._word(token) for token in self.sentence.span}

    @cached_property
    def signs(self) -> tuple[Sign, ...]:
        """All features of the sentence."""
        return tuple(_signs(self))

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


@cache
def _kinds() -> tuple[Kind, ...]:
    """Give the kinds that have triggers in the lexicon."""
    held = {trigger.kind for trigger in triggers()}
    return tuple(kind for kind in KINDS if kind in held)


def _signs(seen: Seen) -> Iterator[Sign]:
    yield from ((None, sign) for sign in _of_whole(seen))
    for token in seen.sentence.span:
        i = token.i
        for sign in _of_word(seen, token):
            yield i, sign
        for kind, trigger in seen.triggers.get(i, {}).items():
            for sign in _of_trigger(kind, trigger):
                yield i, sign
        if token.pos_ in VERBAL:
            for sign in _of_verb(seen, token):
                yield i, sign
        elif token.pos_ == "NOUN":
            for child in token.children:
                if child.dep_ in BELOW_NOUN:
                    yield i, f"n{child.dep_}={lemma(token)}:{seen.words.get(child.i, '')}"


def _of_whole(seen: Seen) -> Iterator[str]:
    sentence = seen.sentence
    yield f"role={sentence.role}"
    yield f"place={min(sentence.index, 3)}"
    yield f"long={min(len(sentence.span) // 8, 5)}"
    yield from (f"has={sort}" for sort in seen.sorts)
    if any(token.text in MARKS for token in sentence.span):
        yield "quote"
    if sentence.text.rstrip(' "”').endswith("?"):
        yield "question"


def _of_word(seen: Seen, token: Token) -> Iterator[str]:
    word = seen.words[token.i]
    name = word.startswith("<")
    if name or token.is_alpha:
        yield f"w={word}"
        if not name and len(word) > STEM + 1:
            yield f"stem={word[:STEM]}"
            yield f"end={word[-3:]}"
        if not name and token.pos_ in CONTENT:
            yield f"wp={word}/{token.pos_[0]}"
    if token.dep_ == "ROOT":
        yield f"root={word}"
    after = seen.words.get(token.i + 1)
    if after is not None:
        yield f"pair={word} {after}"


def _of_trigger(kind: Kind, trigger: Trigger) -> Iterator[str]:
    yield f"trigger={kind}"
    yield f"trigger={kind}/{trigger.pos}"
    yield f"trigger={kind}/{trigger.pos}/{trigger.needs}"
    if trigger.value:
        yield f"value={kind}/{trigger.value}"


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
