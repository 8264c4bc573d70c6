"""How the words of a sentence stand to a predicate: a predicate in, its arguments with labels out.

A predicate is a verb or a noun. A verb without a subject of its own is lent one by the parse: in
coordination, infinitives, participles, relative clauses; the label says how it came by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims.triggers import lemma

OWN: Final = frozenset(("nsubj", "nsubjpass"))
OBJECTS: Final = frozenset(("dobj", "dative", "oprd", "attr"))
LINKS: Final = frozenset(("agent", "prep"))
CLAUSES: Final = frozenset(("ccomp", "xcomp", "advcl"))
BESIDE: Final = frozenset(("relcl", "acl"))
NAMING: Final = frozenset(("compound", "amod", "nmod", "npadvmod"))
LEND: Final = frozenset(("conj", "xcomp", "advcl", "ccomp", "dep", "prep", "pcomp"))
INNER: Final = frozenset(("aux", "auxpass", "amod", "compound"))
CLIMB: Final = {
    "conj": "", "appos": ".appos", "poss": ".poss", "compound": ".mod", "amod": ".mod",
    "nmod": ".mod", "npadvmod": ".mod",
}  # fmt: skip
FURTHEST: Final = 4  # steps from a word to the argument that it is part of
DEEPEST: Final = 8  # steps from a word to the verb of its clause
Labels = dict[int, str]


def labels(predicate: Token) -> Labels:
    """Give the label of each argument of a predicate, by its place."""
    found: Labels = {predicate.i: "self"}
    clause = clause_of(predicate)
    if clause is not None:
        mark = "" if clause == predicate else "@"
        for token, label in _of_verb(clause):
            found.setdefault(token.i, mark + label)
    if clause != predicate:
        found.update((token.i, label) for token, label in _of_noun(predicate))
    return found


def label_at(found: Labels, token: Token) -> str:
    """Give the label of the argument that a word is part of; empty where it is part of none."""
    behind = ""
    for _ in range(FURTHEST):
        label = found.get(token.i)
        if label is not None:
            return label + behind
        head = token.head
        step = CLIMB.get(token.dep_)
        if step is not None:
            behind, token = step or behind, head
        elif token.dep_ == "pobj" and head.head.pos_ in ("NOUN", "PROPN"):
            behind, token = f".{lemma(head)}", head.head
        else:
            return ""
    return ""


def clause_of(token: Token) -> Token | None:
    """Give the verb of the clause that a word is in."""
    for _ in range(DEEPEST):
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in INNER:
            return token
        if token.head == token:
            return None
        token = token.head
    return None


def subjects_of(verb: Token) -> tuple[tuple[Token, ...], str]:
    """Give the subject of a verb, its own or a lent one, and how it came by it."""
    how = ""
    for _ in range(FURTHEST + 1):
        own = tuple(child for child in verb.children if child.dep_ in OWN)
        if own and own[0].tag_ not in ("WDT", "WP"):
            return own, how + ("subj" if own[0].dep_ == "nsubj" else "psubj")
        if verb.dep_ in BESIDE and verb.head != verb:
            return (verb.head,), f"{how}{verb.dep_}{'pass' * _is_passive(verb, own)}"
        if verb.dep_ not in LEND or verb.head == verb:
            break
        how += f"{verb.dep_}~"
        head = verb.head
        lent = tuple(c for c in head.children if c.dep_ in ("dobj", "dative"))
        if verb.dep_ == "xcomp" and lent:
            return lent, f"{how}obj"
        above = clause_of(head)
        if above is None or above == verb:
            return ((head,) if head.pos_ in ("NOUN", "PROPN") else ()), f"{how}head"
        verb = above
    return (), f"{how}none"


def _is_passive(verb: Token, own: tuple[Token, ...]) -> bool:
    bare = verb.tag_ == "VBN" and not any(child.dep_ == "aux" for child in verb.children)
    return bare or (bool(own) and own[0].dep_ == "nsubjpass")


def _of_verb(verb: Token) -> Iterator[tuple[Token, str]]:
    subjects, how = subjects_of(verb)
    for token in subjects:
        yield token, how
    for child in verb.children:
        if child.dep_ in OBJECTS:
            yield child, "obj"
            yield from _inside(child, "obj")
        elif child.dep_ in LINKS:
            yield from _behind(child, "agent" if child.dep_ == "agent" else lemma(child))
        elif child.dep_ in CLAUSES:
            yield from _of_clause(child)
    yield from _speakers(verb)


def _behind(link: Token, name: str) -> Iterator[tuple[Token, str]]:
    """Yield what stands behind a preposition, and behind a second one ("as of", "from within")."""
    for child in link.children:
        if child.dep_ == "pobj":
            yield child, name
            yield from _inside(child, name)
        elif child.dep_ == "prep":
            yield from ((c, f"{name} {lemma(child)}") for c in child.children if c.dep_ == "pobj")


def _of_clause(verb: Token) -> Iterator[tuple[Token, str]]:
    """Yield subject and object of a clause below the predicate."""
    for child in verb.children:
        if child.dep_ in OWN:
            yield child, f"{verb.dep_}.{child.dep_}"
        elif child.dep_ in OBJECTS:
            yield child, f"{verb.dep_}.obj"


def _speakers(verb: Token) -> Iterator[tuple[Token, str]]:
    """Yield who says what the verb tells: the subject of the clause above."""
    for _ in range(FURTHEST):
        if verb.dep_ == "ccomp" and verb.head != verb:
            yield from ((token, "says") for token in subjects_of(verb.head)[0])
            return
        if verb.head == verb:
            return
        verb = verb.head


def _inside(noun: Token, name: str) -> Iterator[tuple[Token, str]]:
    for child in noun.children:
        if child.dep_ == "prep":
            link = f"{name}.{lemma(child)}"
            yield from ((inner, link) for inner in child.children if inner.dep_ == "pobj")
        elif child.dep_ == "poss":
            yield child, f"{name}.poss"
        elif child.dep_ in NAMING:
            yield child, f"{name}.mod"


def _of_noun(noun: Token) -> Iterator[tuple[Token, str]]:
    for child in noun.children:
        if child.dep_ in ("poss", "appos"):
            yield child, str(child.dep_)
        elif child.dep_ in NAMING:
            yield child, "mod"
        elif child.dep_ in BESIDE:
            yield from _of_clause(child)
            for link in child.children:
                if link.dep_ in LINKS:
                    name = f"{child.dep_}.{lemma(link)}"
                    yield from ((c, name) for c in link.children if c.dep_ == "pobj")
        elif child.dep_ == "prep":
            yield from _behind(child, lemma(child))
