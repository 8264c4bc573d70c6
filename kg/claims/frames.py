"""Frames: a sentence in, every trigger of a kind in it with its arguments out.

Each trigger names, for each role, the functions that may fill it, best first: those of the active
clause ("subject", "object", "complement"), or a preposition. `arguments` finds them in whatever
guise the sentence has. A noun shares the arguments of the verb that carries it ("put curbs on").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.sentences import Sentence
from kg.claims.triggers import Trigger, lemma, phrasal_support, support_of, trigger_at
from kg.claims.wording import wording
from kg.terms import Kind


@dataclass(frozen=True, slots=True)
class Instance:
    """A trigger at its token, with the verb that carries it if it is a noun or an adjective."""

    trigger: Trigger
    token: Token
    sentence: Sentence
    verb: Token | None = None  # for a verb trigger, the trigger itself
    support: str | None = None
    made: Token | None = None  # the participle after a noun ("imposed by Peru")

    def heads(self, role: str) -> tuple[Token, ...]:
        """Give the head tokens of a role: those of the first function that has any."""
        for function in self.trigger.frame.get(role, ()):
            found = self.function(function)
            if found:
                return found
        return ()

    def every(self, role: str) -> tuple[Token, ...]:
        """Give the head tokens of a role, from all its functions."""
        names = self.trigger.frame.get(role, ())
        return guises.spread(token for name in names for token in self.function(name))

    @property
    def own(self) -> frozenset[int]:
        """Give the places of the words that belong to the trigger itself."""
        rest = self.trigger.words[1:]
        return frozenset(t.i for t in self.token.subtree if rest and lemma(t) in rest)

    def function(self, name: str) -> tuple[Token, ...]:
        """Give the tokens of one syntactic function."""
        if self.trigger.pos == "verb":
            return _of_verb(self.token, name)
        if self.trigger.pos == "noun":
            return _of_noun(self, name)
        return _of_adjective(self, name)


def instances(sentence: Sentence, kind: Kind) -> Iterator[Instance]:
    """Yield the triggers of a kind in a sentence, in text order."""
    for token in sentence.span:
        trigger = trigger_at(token, kind)
        if trigger is None:
            continue
        if trigger.pos == "verb":
            yield Instance(trigger, token, sentence, token)
        elif trigger.pos == "noun":
            if token.dep_ not in ("compound", "amod", "npadvmod"):
                yield _noun_instance(trigger, token, sentence)
        elif trigger.pos == "adjective":
            yield Instance(trigger, token, sentence, _copula(token))


def _noun_instance(trigger: Trigger, noun: Token, sentence: Sentence) -> Instance:
    verb = guises.carrier(noun)
    support = support_of(verb, trigger.kind) if verb is not None else None
    made = guises.participle(noun)
    if made is not None and support_of(made, trigger.kind) is None:
        made = None
    if made is not None and support is None:
        verb, support = made, support_of(made, trigger.kind)
    if verb is None and noun.dep_ == "pobj":
        governor = noun.head.head
        phrase = phrasal_support(governor, trigger.kind)
        if phrase is not None and noun.head.lower_ in ("to", "on", "into", "in"):
            return Instance(trigger, noun, sentence, governor, phrase)
    if verb is None and noun.dep_ == "pobj" and noun.head.lower_ == "with":
        governor = noun.head.head
        if governor.lemma_ in wording().watching:
            return Instance(trigger, noun, sentence, governor, "stated")
    return Instance(trigger, noun, sentence, verb, support, made)


def _of_verb(verb: Token, name: str) -> tuple[Token, ...]:
    if name == "subject":
        return (whose(verb) or misread(verb))[:1] or guises.subject(verb)
    if name == "object":
        return (whose(verb) or misread(verb))[1:] or guises.objects(verb)
    if name == "complement":
        return guises.complements(verb)
    found = tuple(guises.prepositional(verb, name))
    return found or tuple(t for noun in misread(verb)[1:] for t in guises.prepositional(noun, name))


def _of_noun(instance: Instance, name: str) -> tuple[Token, ...]:
    noun, verb = instance.token, instance.verb
    if name == "subject":
        return _noun_subject(instance)
    if name == "complement":
        own = guises.complements(noun)
        stated = instance.support or (verb is not None and verb.lemma_ == "be")
        below = guises.complements(verb) if verb is not None and stated and not own else ()
        return own or tuple(each for each in below if each.i > noun.i)
    if name == "modifier":
        return tuple(child for child in noun.children if child.dep_ in ("compound", "amod", "nmod"))
    if name == "object":
        return ()
    if name == "governing":
        return ()
    found = tuple(guises.prepositional(noun, name))
    if instance.made is not None:
        found += tuple(guises.prepositional(instance.made, name))
    if found or verb is None:
        return found
    if not (instance.support or verb.dep_ in ("acl", "relcl")):
        return tuple(
            c for prep in verb.children if prep.dep_ == "prep" and prep.lower_ == name and prep.i == noun.i + 1
            for c in prep.children if c.dep_ in ("pobj", "pcomp")
        )  # fmt: skip
    return tuple(each for each in guises.prepositional(verb, name) if each.i > min(noun.i, verb.i))


def _noun_subject(instance: Instance) -> tuple[Token, ...]:
    """Whose the noun is: who does what carries it, its possessor, a "by" or "among" phrase."""
    noun, verb = instance.token, instance.verb
    owners = tuple(_owner(c, noun) for c in noun.children if c.dep_ == "poss")
    if owners:
        return owners
    if instance.trigger.kind == "concern" and (felt := _nationality(noun)):
        return felt
    doers: tuple[Token, ...] = ()
    if instance.made is not None:
        doers = guises.subject(instance.made)
    if not doers and verb is not None and instance.support:
        doers = guises.subject(verb)
        doers = tuple(each for each in doers if each != noun and each not in noun.subtree)
    if doers:
        return doers
    for name in guises.NOUN_SUBJECT_PREPS:
        found = tuple(guises.prepositional(noun, name))
        if found:
            return found
    named = tuple(
        c for c in noun.children if c.dep_ in ("compound", "amod", "nmod") and c.ent_type_
    )
    if named:
        return named
    if noun.dep_ == "pobj" and noun.head.lower_ in ("with", "in") and noun.head.head.pos_ == "VERB":
        return guises.subject(noun.head.head)
    return tuple(guises.prepositional(noun, "of"))


def _nationality(noun: Token) -> tuple[Token, ...]:
    return tuple(
        c
        for c in noun.lefts
        if c.ent_type_ in ("GPE", "NORP") and c.dep_ in ("compound", "amod", "nmod")
    )


def _owner(owner: Token, noun: Token) -> Token:
    """Give the possessor of a noun; "whose" stands for what its clause is about."""
    if owner.lower_ != "whose":
        return owner
    clause = next((a for a in noun.ancestors if a.dep_ == "relcl"), None)
    return clause.head if clause is not None else owner


def _of_adjective(instance: Instance, name: str) -> tuple[Token, ...]:
    token, verb = instance.token, instance.verb
    if name == "subject":
        return _adjective_subject(token, verb)
    if name == "complement":
        own = guises.complements(token)
        return own or (guises.complements(verb) if verb is not None and verb != token else ())
    if name == "object":
        return ()
    found = tuple(guises.prepositional(token, name))
    if found or verb is None or verb == token:
        return found
    return tuple(guises.prepositional(verb, name))


def _adjective_subject(token: Token, verb: Token | None) -> tuple[Token, ...]:
    if verb is not None:
        found = guises.surface_subject(verb)
        return (found,) if found is not None else ()
    if token.dep_ in ("amod", "acl", "appos", "relcl") and token.i > token.head.i:
        return (token.head,)
    if token.dep_ in ("advcl", "conj", "dep", "ccomp"):
        found = guises.surface_subject(token.head)
        return (found,) if found is not None else ()
    return ()


def _copula(token: Token) -> Token | None:
    """Give the verb that joins an adjective to its subject; a participle may be that itself."""
    top = guises.first_conjunct(token)
    if top.dep_ in ("acomp", "attr", "oprd", "xcomp"):
        return top.head
    if token.tag_ in ("VBN", "JJ", "VBD") and any(
        c.dep_ in ("nsubjpass", "auxpass", "nsubj") for c in top.children
    ):
        return top
    return None


def adjuncts(verb: Token) -> tuple[Token, ...]:
    """Give what a sentence says first that it is about: "Regarding tin, …"."""
    return tuple(
        c for prep in verb.children if prep.i < verb.i and prep.lower_ in ("regarding", "concerning")
        for c in prep.children if c.dep_ in ("pobj", "dobj")
    )  # fmt: skip


def whose(verb: Token) -> tuple[Token, ...]:
    """Read doer and object of "whose exports Peru has restricted" by token order: the arcs swap them."""
    for noun in verb.lefts:
        if noun.dep_ in ("nsubj", "dobj", "nsubjpass") and any(
            c.lower_ == "whose" for c in noun.children
        ):
            between = [t for t in verb.doc[noun.i + 1 : verb.i] if t.pos_ in ("PROPN", "PRON")]
            doers = [t for t in between if t.dep_ != "compound"]
            return (doers[-1], noun) if doers else ()
    return ()


def misread(verb: Token) -> tuple[Token, ...]:
    """Read "Peru capped tin imports" where the parser takes the verb for an adjective of the object."""
    if verb.dep_ != "amod" or verb.tag_ not in ("VBN", "VBD") or verb.i == verb.sent.start:
        return ()
    before, noun = verb.nbor(-1), verb.head
    if before.pos_ != "PROPN" or noun.dep_ != "ROOT" or before.i >= noun.i:
        return ()
    return before, noun
