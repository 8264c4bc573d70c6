"""Frames: a sentence in, every trigger of a kind in it with its arguments out.

Each trigger names, for each role, the functions that may fill it, best first: those of the active
clause ("subject", "object", "complement"), or a preposition. `kg.claims.arguments` finds them in
whatever guise the sentence has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kg.claims import arguments, guises
from kg.claims.arguments import Standing
from kg.claims.sentences import Sentence
from kg.claims.triggers import (
    Trigger,
    kinds_at,
    lemma,
    phrasal_support,
    support_of,
    trigger_at,
)
from kg.claims.wording import wording
from kg.terms import Kind

FUNCTION: Final = "function"  # what is remembered of a sentence
PHRASED: Final = ("to", "on", "into", "in", "at")  # "put its name to", "agreed on"


@dataclass(frozen=True, slots=True)
class Instance:
    """A trigger at its token, with the verb that carries it if it is a noun or an adjective."""

    trigger: Trigger
    token: Token
    sentence: Sentence
    verb: Token | None = None  # for a verb trigger, the trigger itself
    support: str | None = None  # what that verb says of the noun
    made: Token | None = None  # the participle after a noun ("imposed by Peru")

    @property
    def own(self) -> frozenset[int]:
        """Give the places of the words that belong to the trigger itself."""
        rest = self.trigger.words[1:]
        return frozenset(t.i for t in self.token.subtree if rest and lemma(t) in rest)

    def heads(self, role: str) -> tuple[Token, ...]:
        """Give the head tokens of a role: those of the first function that has any."""
        for name in self.trigger.frame.get(role, ()):
            found = self.function(name)
            if found:
                return found
        return ()

    def every(self, role: str) -> tuple[Token, ...]:
        """Give the head tokens of a role, from all its functions."""
        names = self.trigger.frame.get(role, ())
        return guises.spread(token for name in names for token in self.function(name))

    def function(self, name: str) -> tuple[Token, ...]:
        """Give the tokens of one syntactic function; what was found once is remembered."""
        trigger, verb, made = self.trigger, self.verb, self.made
        at = (
            FUNCTION, name, id(trigger), self.token.i, self.support,
            None if verb is None else verb.i, None if made is None else made.i,
        )  # fmt: skip
        known: tuple[Token, ...] | None = self.sentence.memory.get(at)
        if known is None:
            known = self.sentence.memory[at] = self._function(name)
        return known

    def _function(self, name: str) -> tuple[Token, ...]:
        trigger = self.trigger
        standing = Standing(
            self.token, trigger.pos, trigger.kind, self.verb, self.support, self.made
        )
        return arguments.function(standing, name) or self._of_own(name)

    def _of_own(self, name: str) -> tuple[Token, ...]:
        """Give what hangs on the trigger's further words ("took a dim view of the levy")."""
        if self.trigger.pos != "verb" or len(self.trigger.words) < 2 or name in arguments.CORE:
            return ()
        doc = self.token.doc
        held = (guises.prepositional(doc[i], name) for i in sorted(self.own))
        return tuple(token for each in held for token in each)


def instances(sentence: Sentence, kind: Kind) -> Iterator[Instance]:
    """Yield the triggers of a kind in a sentence, in text order."""
    for token in _candidates(sentence).get(kind, ()):
        trigger = trigger_at(token, kind)
        if trigger is None:
            continue
        if trigger.pos == "verb":
            yield Instance(trigger, token, sentence, token)
        elif trigger.pos == "adjective":
            yield Instance(trigger, token, sentence, _copula(token))
        elif token.dep_ not in ("compound", "amod", "npadvmod"):
            yield _noun_instance(trigger, token, sentence)


def _candidates(sentence: Sentence) -> Mapping[Kind, list[Token]]:
    """Give the tokens with the head word of a trigger, by its kind: looked up once for all."""
    known: dict[Kind, list[Token]] | None = sentence.memory.get(__name__)
    if known is None:
        known = sentence.memory[__name__] = {}
        for token in sentence.tokens:
            for kind in kinds_at(token):
                known.setdefault(kind, []).append(token)
    return known


def _noun_instance(trigger: Trigger, noun: Token, sentence: Sentence) -> Instance:
    verb = guises.carrier(noun)
    support = support_of(verb, trigger.kind) if verb is not None else None
    made = guises.participle(noun) or (_ordered(noun) if trigger.kind == "control" else None)
    said = support_of(made, trigger.kind) if made is not None else None
    if made is None or said is None:
        made = None
    elif support is None:
        verb, support = made, said
    if verb is None and noun.dep_ == "pobj":
        verb, support = _governing(trigger, noun)
    if support is None and trigger.kind == "control" and (fronted := _fronted(noun)) is not None:
        verb, support = fronted, support_of(fronted, trigger.kind)
    return Instance(trigger, noun, sentence, verb, support, made)


def _fronted(noun: Token) -> Token | None:
    """Give the participle of "Imposed in May, the ban …", which stands before its noun."""
    top = noun.head
    if noun.dep_ not in ("nsubj", "nsubjpass"):
        return None
    before = (c for c in top.lefts if c.dep_ == "advcl" and c.tag_ == "VBN" and c.i < noun.i)
    return next((c for c in before if not any(d.dep_ == "nsubj" for d in c.children)), None)


def _ordered(noun: Token) -> Token | None:
    """Give the participle of "a halt to tin exports ordered by Peru": it stands with the goods."""
    for prep in noun.children:
        for inner in (c for c in prep.children if c.dep_ == "pobj"):
            made = guises.participle(inner)
            if made is not None and guises.subject(made):
                return made
    return None


def _governing(trigger: Trigger, noun: Token) -> tuple[Token | None, str | None]:
    """Give the verb that carries a noun by a preposition ("put its name to", "view with alarm")."""
    prep, governor = noun.head, noun.head.head
    burdened = governor.pos_ == "VERB" and lemma(governor) in wording().burdening
    if burdened and trigger.kind == "control" and prep.lower_ in ("under", "with"):
        return governor, "in-force"
    phrase = phrasal_support(governor, trigger.kind)
    if phrase is not None and prep.lower_ in PHRASED:
        return governor, phrase
    if prep.lower_ == "with" and governor.lemma_ in wording().watching:
        return governor, "stated"
    return None, None


def _copula(token: Token) -> Token | None:
    """Give the verb that joins an adjective to its subject; a participle may be that itself."""
    top = guises.first_conjunct(token)
    if top.dep_ in ("acomp", "attr", "oprd", "xcomp"):
        return top.head
    joined = any(c.dep_ in ("nsubjpass", "auxpass", "nsubj") for c in top.children)
    return top if joined and token.tag_ in ("VBN", "JJ", "VBD") else None
