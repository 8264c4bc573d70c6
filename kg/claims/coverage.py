"""What the rules pass over: articles in, sentences of the field that gave no claim out, ranked.

A sentence counts where it names an actor and speaks of the field: a trigger that gave nothing, or
a thing that the lexicon knows. The rank says how likely something was missed, not that it was:
what is only supposed, asked or told of firms is rightly passed over and counts less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kg.articles.model import Article
from kg.claims.engine import Engine
from kg.claims.explain import Account, explained
from kg.claims.phrases import phrase_of
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.thing_words import known
from kg.claims.triggers import trigger_at
from kg.terms import KINDS

READ: Final = frozenset({"body", "caption"})
ACTORS: Final = frozenset({"state", "bloc", "person", "organisation"})
TRIGGER, THING, ACTOR, LED = 2.0, 1.5, 1.0, 1.0  # weights of what speaks for a missed claim
UNREAL: Final = 0.4  # of a sentence whose verb is only supposed or asked


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A sentence that speaks of the field and gave no claim."""

    score: float
    article: str
    start: int
    end: int
    text: str
    words: tuple[str, ...]  # triggers that gave nothing
    things: tuple[str, ...]
    verbs: tuple[str, ...]  # verbs with an actor for subject that no trigger knows
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """A verb that actors do in uncovered sentences and the lexicon does not know."""

    verb: str
    sentences: int


def coverage(articles: Iterable[Article], engine: Engine) -> tuple[Uncovered, ...]:
    """Give the uncovered sentences of all articles, most promising first."""
    found = (each for article in articles for each in _uncovered(article, engine))
    return tuple(sorted(found, key=lambda each: (-each.score, each.article, each.start)))


def unknown_verbs(sentences: Iterable[Uncovered]) -> tuple[Unknown, ...]:
    """Count the verbs of uncovered sentences that no trigger knows, most frequent first."""
    counted = Counter(verb for each in sentences for verb in each.verbs)
    ranked = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    return tuple(Unknown(verb, number) for verb, number in ranked)


def _uncovered(article: Article, engine: Engine) -> Iterator[Uncovered]:
    reading, accounts = explained(article, engine)
    for sentence, account in zip(reading.sentences, accounts, strict=True):
        if sentence.role in READ and not account.claims:
            judged = _judged(reading, sentence, account)
            if judged is not None:
                yield judged


def _judged(reading: Reading, sentence: Sentence, account: Account) -> Uncovered | None:
    actors = [m for m in reading.mentions(sentence) if m.type in ACTORS]
    things = tuple(dict.fromkeys(_things(sentence)))
    words = tuple(dict.fromkeys(each.word for each in account.fired if not each.needs))
    if not actors or not (words or things):
        return None
    verbs = tuple(dict.fromkeys(_led_by_actors(reading, sentence)))
    score = (
        TRIGGER * min(len(words), 3)
        + THING * min(len(things), 3)
        + ACTOR * min(len(actors), 3)
        + LED * bool(verbs)
    )
    facts = reading.factuality(sentence, sentence.span.root)
    if facts.hypothetical or facts.question:
        score *= UNREAL
    return Uncovered(
        round(score, 2),
        account.article,
        account.start,
        account.end,
        account.text,
        words,
        things,
        verbs,
        tuple(dict.fromkeys(f"{drop.kind}: {drop.reason}" for drop in account.dropped)),
    )


def _things(sentence: Sentence) -> Iterator[str]:
    """Yield the things of the lexicon that a sentence names."""
    for token in sentence.tokens:
        if token.pos_ in {"NOUN", "PROPN"}:
            phrase = phrase_of(token)
            whole = sentence.words(phrase.first, phrase.last) if phrase is not None else token.text
            row = known(whole) or known(token.text)
            if row is not None:
                yield row.label


def _led_by_actors(reading: Reading, sentence: Sentence) -> Iterator[str]:
    """Yield the verbs without a trigger whose subject is an actor."""
    for token in sentence.tokens:
        if token.pos_ == "VERB" and not any(trigger_at(token, kind) for kind in KINDS):
            subjects = (child for child in token.children if child.dep_ in {"nsubj", "nsubjpass"})
            if any(_is_actor(reading, sentence, each) for each in subjects):
                yield token.lemma_.lower()


def _is_actor(reading: Reading, sentence: Sentence, token: Token) -> bool:
    return bool(reading.parties(sentence, token))


def told(sentences: Iterable[Uncovered], most: int | None = None) -> Iterator[str]:
    """Yield the lines that tell uncovered sentences to a reader, and the verbs to look at."""
    ranked = tuple(sentences)
    for each in ranked[:most]:
        yield f"{each.score:5.1f}  {each.article}:{each.start}  {' '.join(each.text.split())}"
        named = (("triggers", each.words), ("things", each.things), ("verbs", each.verbs))
        yield "       " + "; ".join(f"{name}: {', '.join(of)}" for name, of in named if of)
        for reason in each.reasons:
            yield f"       left out as {reason}"
    verbs = unknown_verbs(ranked)[:20]
    if verbs:
        counted = ", ".join(f"{each.verb} {each.sentences}" for each in verbs)
        yield f"verbs without a trigger: {counted}"
