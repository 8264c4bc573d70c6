"""Sentences that no claim is taken from: a sentence in, the reason out, or nothing.

An article may speak to the machine that reads it. Such a sentence states nothing, whatever it
says in passing; so do questions, sentences that hide characters, and text that is not English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from spacy.tokens import Span, Token

from kg.claims.sentences import Sentence
from kg.resources import lexicon

HIDDEN: Final = re.compile(
    "[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f\x00-\x08\x0e-\x1f\x7f]"
)
LABEL: Final = re.compile(r"\W*(\w+)\s*:")
BIDDING: Final = frozenset({"must", "should", "shall", "will", "please"})
ENGLISH: Final = 0.1  # of the words of English prose, at least so many are function words
FEW: Final = 8  # words: in fewer the share says nothing
BESIDE: Final = 40  # characters
QUOTES: Final = frozenset({'"', "“", "”", "``", "''"})


@dataclass(frozen=True, slots=True)
class OrderWords:
    """The data of `llm-orders.yaml`; each list is explained there."""

    source: str
    marks: tuple[str, ...]
    labels: frozenset[str]
    readers: frozenset[str]
    tasks: frozenset[str]


@cache
def order_words() -> OrderWords:
    """Give the lexicon of orders to a machine."""
    words: OrderWords = lexicon("claims", "llm-orders.yaml", OrderWords)
    return words


def objection(sentence: Sentence, text: str) -> str | None:
    """Say why nothing may be taken from a sentence of a text; None if it states what it says."""
    if HIDDEN.search(sentence.text):
        return "the sentence has characters that do not show"
    if _speaks_to_a_machine(sentence, text):
        return "the sentence gives orders to its reader"
    if not _english(sentence.span):
        return "the sentence is not English"
    return None


def _speaks_to_a_machine(sentence: Sentence, text: str) -> bool:
    words = order_words()
    label = LABEL.match(sentence.text.lower())
    if label and label[1] in words.labels:
        return True
    around = " ".join(_around(sentence, text).lower().split())
    if any(mark in around for mark in words.marks):
        return True
    quoted = False
    for token in sentence.span:
        quoted ^= token.text in QUOTES
        if not quoted and token.lemma_.lower() in words.tasks and _is_order(token):
            return True
    return False


def _around(sentence: Sentence, text: str) -> str:
    """Give a sentence with what stands beside it in its line: "[INST]" may be cut off from it."""
    before = text[max(sentence.start - BESIDE, 0) : sentence.start].rpartition("\n")[2]
    return before + sentence.text + text[sentence.end : sentence.end + BESIDE].partition("\n")[0]


def _is_order(verb: Token) -> bool:
    """Tell whether a verb is in the imperative, or says what a reader must do."""
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    helpers = {child.lower_ for child in verb.children if child.dep_ in {"aux", "intj", "advmod"}}
    if subject is not None:
        addressed = subject.lemma_.lower() in order_words().readers
        return addressed and bool(helpers & BIDDING)
    bare = verb.tag_ in {"VB", "VBP"} and "to" not in helpers
    return bare and verb.dep_ == "ROOT" and not helpers & (BIDDING - {"please"})


def _english(span: Span) -> bool:
    words = [token for token in span if token.is_alpha]
    return len(words) < FEW or sum(token.is_stop for token in words) >= ENGLISH * len(words)
