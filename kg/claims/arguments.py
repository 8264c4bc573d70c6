"""The arguments of a trigger by their functions: where it stands in, tokens out.

A noun shares the arguments of the verb that carries it ("put curbs on") and of the participle
behind it ("curbs imposed by"); an adjective those of its copula. Three constructions are read by
token order, because the parser is known to fail on them: "whose exports Peru has restricted",
"Peru capped tin imports", and "Under the pact, Peru and Chile intend".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.triggers import Pos
from kg.claims.wording import wording
from kg.terms import Kind

BEFORE: Final = ("compound", "amod", "nmod")
AFTER: Final = ("amod", "acl", "appos", "relcl")
CORE: Final = ("subject", "object", "complement", "modifier", "predicate")
LOOSE: Final = ("over", "about", "for", "against")
ACCUSING: Final = ("accuse", "suspect", "warn", "remind", "convict")
NAMED: Final = ("PROPN", "NOUN", "PRON")
OPEN: Final = ("advcl", "conj", "dep", "ccomp")


@dataclass(frozen=True, slots=True)
class Standing:
    """A trigger token with what carries it: verb, participle behind it, whether that counts."""

    token: Token
    pos: Pos
    kind: Kind
    verb: Token | None = None
    support: str | None = None
    made: Token | None = None


def function(standing: Standing, name: str) -> tuple[Token, ...]:
    """Give the tokens of one syntactic function of a trigger."""
    if standing.pos == "verb":
        found = _of_verb(standing.token, name)
        return found or (_over_object(standing.token, name) if standing.kind == "concern" else ())
    if standing.pos == "noun":
        return _of_noun(standing, name)
    return _of_adjective(standing, name)


def adjuncts(verb: Token) -> tuple[Token, ...]:
    """Give what a sentence says first that it is about: "Regarding tin, …"."""
    first = (c for c in verb.children if c.i < verb.i and c.lower_ in ("regarding", "concerning"))
    return tuple(c for prep in first for c in prep.children if c.dep_ in ("pobj", "dobj"))


def _of_verb(verb: Token, name: str) -> tuple[Token, ...]:
    ordered = _whose(verb) or _misread(verb)
    if name == "subject":
        found = ordered[:1] or _inverted(verb) or _swallowed(verb) or _stolen(verb)
        return found or guises.subject(verb)
    if name == "object":
        speaker = _inverted(verb)
        return ordered[1:] or tuple(o for o in guises.objects(verb) if o not in speaker)
    if name == "complement":
        return guises.complements(verb)
    if name == "predicate":
        held = (c for c in verb.children if c.dep_ == "ccomp" and not guises.is_clause(c))
        return tuple(each for c in held for each in c.children if each.dep_ == "nsubj")
    own = tuple(guises.prepositional(verb, name))
    return own or tuple(t for noun in ordered[1:] for t in guises.prepositional(noun, name))


def _over_object(verb: Token, name: str) -> tuple[Token, ...]:
    """Read "accused Peru of dumping": the parser may hang the phrase on the object."""
    if name not in LOOSE and not (name == "of" and verb.lemma_ in ACCUSING):
        return ()
    return tuple(t for noun in guises.objects(verb) for t in guises.prepositional(noun, name))


def _of_noun(standing: Standing, name: str) -> tuple[Token, ...]:
    if name == "subject":
        return _noun_subject(standing)
    if name == "complement":
        return _noun_complement(standing)
    if name == "modifier":
        return tuple(c for c in standing.token.children if c.dep_ in BEFORE)
    if name == "predicate":
        return _predicate(standing.token)
    return () if name == "object" else _noun_prepositional(standing, name)


def _noun_complement(standing: Standing) -> tuple[Token, ...]:
    noun, verb = standing.token, standing.verb
    own = guises.complements(noun)
    if own or verb is None or not (standing.support or verb.lemma_ == "be"):
        return own
    return tuple(each for each in guises.complements(verb) if each.i > noun.i)


def _noun_prepositional(standing: Standing, name: str) -> tuple[Token, ...]:
    noun, verb = standing.token, standing.verb
    found = tuple(guises.prepositional(noun, name))
    if standing.made is not None:
        found += tuple(guises.prepositional(standing.made, name))
    if found or verb is None:
        return found
    behind = tuple(guises.prepositional(verb, name))
    if standing.support or verb.dep_ in ("acl", "relcl"):
        return tuple(each for each in behind if each.i > min(noun.i, verb.i))
    return tuple(each for each in behind if each.head.i == noun.i + 1)


def _noun_subject(standing: Standing) -> tuple[Token, ...]:
    """Give whose the noun is: its possessor, who does what carries it, a "by" or "among" phrase."""
    noun = standing.token
    owners = tuple(owner_of(c, noun) for c in noun.children if c.dep_ == "poss")
    if owners:
        return owners
    named = tuple(c for c in noun.lefts if c.dep_ in BEFORE and c.ent_type_)
    if standing.kind == "concern" and any(c.ent_type_ in ("GPE", "NORP") for c in named):
        return named
    return _doers(standing) or _behind(noun) or _sender(noun) or named or _of_governor(noun)


def _doers(standing: Standing) -> tuple[Token, ...]:
    """Give who does what the participle or the verb that carries the noun says."""
    noun = standing.token
    found = guises.subject(standing.made) if standing.made is not None else ()
    if found or standing.verb is None or not standing.support:
        return found
    below = set(noun.subtree)
    return tuple(each for each in guises.subject(standing.verb) if each not in below)


def _behind(noun: Token) -> tuple[Token, ...]:
    for name in guises.NOUN_SUBJECT_PREPS:
        found = tuple(guises.prepositional(noun, name))
        if found:
            return found
    return ()


def _sender(noun: Token) -> tuple[Token, ...]:
    """Give from whom a noun comes ("a protest came from Peru", "from Peru came a protest")."""
    top = guises.first_conjunct(noun)
    if top.dep_ not in ("nsubj", "dobj") or top.head.lemma_ not in wording().coming:
        return ()
    return tuple(guises.prepositional(top.head, "from"))


def _predicate(noun: Token) -> tuple[Token, ...]:
    """Give what a noun is said to be ("Peru's goal is a port")."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_ != "be":
        return ()
    return tuple(c for c in verb.children if c.dep_ in ("attr", "xcomp", "ccomp") and c.i > verb.i)


def _of_governor(noun: Token) -> tuple[Token, ...]:
    """Give who acts "with a promise"; else what stands after "of"."""
    prep = noun.head
    if noun.dep_ == "pobj" and prep.lower_ in ("with", "in") and prep.head.pos_ == "VERB":
        return guises.subject(prep.head)
    return tuple(guises.prepositional(noun, "of"))


def owner_of(owner: Token, noun: Token) -> Token:
    """Give the possessor of a noun; "whose" stands for what its clause is about."""
    if owner.lower_ != "whose":
        return owner
    clause = next((a for a in noun.ancestors if a.dep_ == "relcl"), None)
    return clause.head if clause is not None else owner


def _of_adjective(standing: Standing, name: str) -> tuple[Token, ...]:
    token, verb = standing.token, standing.verb
    if name == "subject":
        found = _adjective_subject(token, verb)
        return (found,) if found is not None else ()
    carriers = (token,) if verb is None or verb == token else (token, verb)
    for carrier in carriers if name != "object" else ():
        complement = name == "complement"
        held = guises.complements(carrier) if complement else guises.prepositional(carrier, name)
        if each := tuple(held):
            return each
    return ()


def _adjective_subject(token: Token, verb: Token | None) -> Token | None:
    if verb is not None:
        return guises.surface_subject(verb)
    if token.dep_ in AFTER and token.i > token.head.i:
        return token.head
    return guises.surface_subject(token.head) if token.dep_ in OPEN else None


def _whose(verb: Token) -> tuple[Token, ...]:
    """Read doer and object of "whose exports Peru has restricted": the arcs swap them."""
    for noun in verb.lefts:
        if noun.dep_ not in ("nsubj", "dobj", "nsubjpass"):
            continue
        if any(c.lower_ == "whose" for c in noun.children):
            between = [t for t in verb.doc[noun.i + 1 : verb.i] if t.pos_ in ("PROPN", "PRON")]
            doers = [t for t in between if t.dep_ != "compound"]
            return (doers[-1], noun) if doers else ()
    return ()


def _swallowed(verb: Token) -> tuple[Token, ...]:
    """Read who acts in "Under the pact, Peru and Chile intend": the first phrase swallows them."""
    doc, first = verb.doc, verb.sent.start
    comma = next((i for i in range(first, verb.i) if doc[i].text == ","), None)
    if comma is None or doc[first].tag_ != "IN" or guises.is_passive(verb):
        return ()
    own = guises.surface_subject(verb)
    if own is not None and not first <= own.i < comma:
        return ()
    between = [t for t in doc[comma + 1 : verb.i] if t.pos_ in ("PROPN", "NOUN", "PRON")]
    tops = [t for t in between if t.head.i < comma and t.dep_ in ("conj", "appos")]
    return tuple(tops[:1])


def _inverted(verb: Token) -> tuple[Token, ...]:
    """Read who speaks in "The canal will stay open, promised Peru": it is taken for the object."""
    said = any(c.dep_ == "ccomp" and c.i < verb.i for c in verb.children)
    if not said or any(c.dep_ in guises.SUBJECTS for c in verb.children):
        return ()
    return tuple(c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i)


def _stolen(verb: Token) -> tuple[Token, ...]:
    """Read who acts in "Peru agreed to cut duties and Chile promised", taken for an object."""
    if verb.dep_ != "conj" or verb.tag_ not in ("VBD", "VBZ", "VBP") or guises.is_passive(verb):
        return ()
    if any(c.dep_ in guises.SUBJECTS for c in verb.children):
        return ()
    doc, at = verb.doc, verb.i - 1
    while at > verb.sent.start and doc[at].dep_ in ("aux", "advmod", "neg"):
        at -= 1
    if doc[at].text == ",":  # ", for its part,"
        at = next((i for i in range(at - 1, verb.sent.start, -1) if doc[i].text == ","), 1) - 1
    noun = doc[at]
    before = doc[noun.left_edge.i - 1] if noun.left_edge.i > verb.sent.start else noun
    joined = before.dep_ == "cc" or before.text in (",", ";")
    return (noun,) if noun.dep_ == "conj" and joined and noun.pos_ in NAMED else ()


def _misread(verb: Token) -> tuple[Token, ...]:
    """Read "Peru capped tin imports" where the verb is taken for an adjective of the object."""
    if verb.dep_ != "amod" or verb.tag_ not in ("VBN", "VBD") or verb.i == verb.sent.start:
        return ()
    before, noun = verb.nbor(-1), verb.head
    if before.pos_ != "PROPN" or noun.dep_ != "ROOT" or before.i >= noun.i:
        return ()
    return before, noun
