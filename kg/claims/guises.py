"""One set of functions for every guise of a predicate.

A verb, noun or adjective of a parsed sentence in; the tokens that stand for its subject, object,
complement and prepositional arguments out, whether the clause is active, passive, relative,
participial, infinitival, coordinated or made into a noun. Functions are those of the active
clause: the subject of "curbs imposed by Peru" is Peru.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims.wording import wording

SUBJECTS: Final = ("nsubj", "csubj", "expl")
PASSIVES: Final = ("nsubjpass", "csubjpass")
OBJECTS: Final = ("dobj", "dative", "oprd", "obj")
RELATIVES: Final = frozenset(("which", "that", "who", "whom"))
CLAUSES: Final = ("xcomp", "ccomp")
FINITE: Final = ("VBD", "VBZ", "VBP")
NOUN_SUBJECT_PREPS: Final = ("by", "among", "between", "amongst", "from")


def is_passive(verb: Token) -> bool:
    """Say whether a verb is in the passive, also where the auxiliary is shared or left out."""
    if verb.tag_ not in ("VBN", "VBD"):
        return False
    if any(child.dep_ in ("nsubjpass", "auxpass", "agent") for child in verb.children):
        return True
    if verb.dep_ == "acl":
        own = any(child.dep_ in SUBJECTS for child in verb.children)
        return verb.tag_ == "VBN" and not own
    own = any(child.dep_ in (*SUBJECTS, "aux") for child in verb.children)
    return verb.dep_ == "conj" and verb.tag_ == "VBN" and not own and is_passive(verb.head)


def surface_subject(verb: Token, depth: int = 6) -> Token | None:
    """Give the subject as the clause has it, inherited where the clause has none of its own."""
    helpers = (child for child in verb.children if child.dep_.startswith("aux"))
    below = (*verb.children, *(c for helper in helpers for c in helper.children))
    own = next((c for c in below if c.dep_ in (*SUBJECTS, *PASSIVES)), None)
    if own is not None:
        return antecedent(own, verb)
    if verb.dep_ == "ROOT":
        return _lost_subject(verb)
    return _inherited_subject(verb, depth - 1) if depth else None


def _lost_subject(verb: Token) -> Token | None:
    """Give the subject that the parser hangs elsewhere: "Under the pact Peru is bound".

    It stands with the phrase before it, or with a clause put in ("Peru, not being in it, will").
    """
    if verb.pos_ not in ("VERB", "AUX") or (verb.tag_ == "VB" and not any(verb.lefts)):
        return None
    group = min((c.i for c in verb.children if c.dep_.startswith("aux")), default=verb.i)
    before = verb.doc[group - 1] if group > verb.sent.start else verb
    prep = before.head
    if before.dep_ == "pobj" and before.pos_ == "PROPN" and prep.head == verb:
        return before if prep.i < before.i else None
    for clause in verb.lefts:
        if clause.dep_ == "advcl" and clause.tag_ in ("VBG", "VBN"):
            own = next((c for c in clause.lefts if c.dep_ == "nsubj"), None)
            if own is not None and own.right_edge.i + 1 < clause.i and before.text == ",":
                return own
    return None


def _inherited_subject(verb: Token, depth: int) -> Token | None:
    """Give the subject that a clause takes over from what it depends on."""
    head = verb.head
    if verb.dep_ == "pcomp":
        return _above_preposition(head, depth)
    if verb.dep_ in ("acl", "relcl"):
        return _of_noun(verb, head, depth)
    if not _verbal(head):
        return None
    if verb.dep_ == "conj":
        return surface_subject(_same_level(verb, head), depth)
    if verb.dep_ == "dep" and verb.tag_ in FINITE:  # "Peru, invited as a guest, promised"
        return surface_subject(head, depth)
    return _controller(verb, head, depth) if verb.dep_ in ("xcomp", "advcl", "ccomp") else None


def subject(verb: Token) -> tuple[Token, ...]:
    """Give the doer: the subject of the active clause or the "by" phrase of the passive one."""
    if is_passive(verb):
        agents = tuple(prepositional(verb, "by")) or tuple(prepositional(verb, "between"))
        return agents or tuple(_handed_by(verb))
    found = surface_subject(verb)
    return (found,) if found is not None else ()


def _handed_by(verb: Token) -> Iterator[Token]:
    """Yield the doer of "was promised a loan by Peru": the parser hangs it on the thing given."""
    for given in verb.children:
        if given.dep_ in ("dobj", "oprd"):
            yield from prepositional(given, "by")


def objects(verb: Token) -> tuple[Token, ...]:
    """Give what is acted upon: the object, or the subject of the passive clause."""
    if is_passive(verb):
        found = verb.head if verb.dep_ == "acl" else surface_subject(verb)
        own = [child for child in verb.children if child.dep_ in ("oprd", "dobj")]
        return (found, *own) if found is not None else tuple(own)
    found_objects = [
        antecedent(c, verb) for c in verb.children if c.dep_ in OBJECTS and c.pos_ != "ADP"
    ]
    if not found_objects and verb.dep_ == "relcl" and _has_own_subject(verb):
        return (verb.head,)
    return tuple(found_objects)


def complements(token: Token) -> tuple[Token, ...]:
    """Give the clauses that a verb, noun or adjective governs, each coordinated one by itself."""
    return tuple(
        each
        for child in token.children
        if _is_complement(child, token)
        for each in conjoined(child)
    )


def prepositional(token: Token, name: str) -> Iterator[Token]:
    """Yield what stands after a preposition below a token; "by" includes the agent."""
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative") and child.lower_ == name:
            for prep in (
                child,
                *(c for c in child.children if c.dep_ == "conj" and c.pos_ in ("ADP", "PART")),
            ):
                yield from (
                    antecedent(c, token) for c in prep.children if c.dep_ in ("pobj", "pcomp")
                )
        elif child.dep_ == "conj" and child.pos_ == "ADP" and child.lower_ == name:
            yield from (c for c in child.children if c.dep_ in ("pobj", "pcomp"))
        elif child.dep_ == "prt" and child.lower_ == name:
            yield from (c for c in token.children if c.dep_ == "pobj" and c.i > child.i)
        elif child.dep_ == "prep" and name == _compound_name(child):
            yield from (
                c for c in child.subtree if c.dep_ == "pobj" and c.head.dep_ in ("prep", "pcomp")
            )


def conjoined(token: Token) -> Iterator[Token]:
    """Yield a token and everything that is coordinated with it, in text order."""
    yield token
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ in ("ADP", "SCONJ", "PART"):
            for below in child.children:  # "to mining tin and to smelting it"
                if below.dep_ in ("pobj", "pcomp"):
                    yield from conjoined(below)
        elif child.dep_ == "conj":
            yield from conjoined(child)


def deeds_of(clause: Token) -> Iterator[Token]:
    """Yield a clause and those coordinated with it that go on with its subject and its form."""
    bare = clause.tag_ in ("VB", "VBG")
    for each in conjoined(clause):
        own = any(child.dep_ in (*SUBJECTS, *PASSIVES) for child in each.children)
        if each == clause or not (bare and (own or each.tag_ in ("VBD", "VBZ"))):
            yield each


def first_conjunct(token: Token) -> Token:
    """Give the head of the coordination that a token belongs to."""
    while token.dep_ == "conj":
        token = token.head
    return token


def participle(noun: Token) -> Token | None:
    """Give the participle after a noun that says by whom it was made ("curbs imposed by")."""
    for child in noun.rights:
        if child.dep_ == "acl" and child.tag_ in ("VBN", "VBD"):
            return child
        if child.dep_ == "relcl" and noun in objects(child):
            return child
    return None


def carrier(noun: Token) -> Token | None:
    """Give the verb that has a noun, or a list or set of it, as its object or passive subject."""
    top = first_conjunct(noun)
    while (
        top.dep_ == "pobj" and top.head.lower_ == "of" and top.head.head.lemma_ in wording().bundles
    ):
        top = first_conjunct(top.head.head)
    if top.dep_ == "pobj" and (raised := _up_to(top)) is not None:
        return raised
    if top.dep_ in OBJECTS or top.dep_ in PASSIVES or top.dep_ == "attr":
        return top.head
    if top.dep_ in ("nsubj", "ROOT", "pobj", "appos", "conj", "nmod"):
        return _modifying_verb(noun) or _subject_verb(top)
    return _modifying_verb(noun)


def _up_to(noun: Token) -> Token | None:
    """Give the verb of "face up to a tenth": the phrase is an amount, not a direction."""
    prep = noun.head
    if prep.lower_ != "to" or prep.i == 0 or prep.nbor(-1).lower_ != "up":
        return None
    verb = prep.head.head if prep.head.lower_ == "up" else prep.head
    return verb if verb.pos_ == "VERB" else None


def antecedent(token: Token, verb: Token) -> Token:
    """Give what a relative pronoun stands for; any other token stands for itself."""
    if token.lower_ in RELATIVES and token.pos_ in ("PRON", "DET", "SCONJ"):
        clause = first_conjunct(verb)
        if clause.dep_ == "relcl":
            return clause.head
    return token


def _controller(verb: Token, head: Token, depth: int) -> Token | None:
    """Give the subject of an open clause: the object of "urge", else that of the governor."""
    if verb.dep_ == "xcomp":
        urged = next((c for c in head.children if c.dep_ == "dobj" and c.i < verb.i), None)
        if urged is not None and head.lemma_ in wording().urging:
            return urged
    if verb.dep_ == "ccomp" and verb.tag_ not in ("VBG", "VB"):
        return None
    return surface_subject(head, depth)


def _above_preposition(prep: Token, depth: int) -> Token | None:
    head = prep.head
    if _verbal(head):
        return surface_subject(head, depth)
    return _of_noun(prep, head, depth)


def _of_noun(clause: Token, noun: Token, depth: int) -> Token | None:
    """Give the subject of a clause below a noun: who has it, or who does what carries it."""
    if clause.dep_ in ("acl", "relcl") and clause.tag_ in ("VBG", "VBZ", "VBP", "VBD"):
        return _beyond_time(noun, depth) if clause.tag_ == "VBG" else noun
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is not None:
        return owner
    verb = carrier(noun)
    if verb is None or verb == clause or verb in clause.subtree:
        return noun if clause.dep_ in ("acl", "relcl") and verb is not None else None
    found = surface_subject(verb, depth)
    return None if found is not None and found == noun else found


def _same_level(verb: Token, head: Token) -> Token:
    """Give what a finite verb goes on from: "agreed that A would swap, and reaffirmed" skips A."""
    if head.dep_ == "parataxis" and verb.tag_ not in ("VBD", "VB") and _verbal(head.head):
        return head.head  # "Peru will join, officials say, and is considering"
    if head.dep_ not in ("ccomp", "xcomp") or not _verbal(head.head):
        return head
    if verb.tag_ != "VBD" or head.head.tag_ != "VBD":
        return head
    other = head.tag_ in ("VB", "VBN")
    joint = next((c for c in head.children if c.dep_ == "cc" and c.i < verb.i), None)
    apart = joint is not None and joint.i > 0 and joint.nbor(-1).text == ","
    told = verb.lemma_ in wording().speech | wording().telling
    return head.head if other or (apart and told) else head


def _beyond_time(noun: Token, depth: int) -> Token | None:
    """Give who acts in "at the same time expressing": no time does, the clause's subject does."""
    above = noun.head.head
    if noun.lemma_ not in wording().times or noun.dep_ != "pobj" or not _verbal(above):
        return noun
    return surface_subject(above, depth)


def _verbal(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def _has_own_subject(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS and child.lower_ not in RELATIVES for child in verb.children)


def is_content(clause: Token) -> bool:
    """Say whether a clause tells what a noun holds ("concern that prices may rise")."""
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def is_clause(token: Token) -> bool:
    """Say whether a token heads a clause: a verb, or a word that stands with "to" as one."""
    return token.pos_ in ("VERB", "AUX") or (token.dep_ in CLAUSES and is_infinitive(token))


def _is_complement(child: Token, token: Token) -> bool:
    if child.dep_ in ("acl", "relcl") and is_content(child):
        return True
    if child.dep_ in CLAUSES:
        return child.i > token.i or child.dep_ == "xcomp"
    if child.dep_ == "advcl":
        return child.i > token.i and is_infinitive(child)
    return child.dep_ in ("acl", "relcl") and is_infinitive(child)


def is_infinitive(verb: Token) -> bool:
    """Say whether a verb stands with "to"."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _compound_name(prep: Token) -> str:
    """Give "because of" for a preposition with another below it, and "regarding" for a gerund."""
    return f"{prep.lower_} of" if any(c.lower_ == "of" for c in prep.children) else prep.lower_


def _modifying_verb(noun: Token) -> Token | None:
    """Give the participle or relative clause after a noun whose object the noun is."""
    for child in noun.rights:
        if child.dep_ == "acl" and child.tag_ == "VBN":
            return child
        if child.dep_ == "relcl" and _takes(child, noun):
            return child
    return None


def _takes(clause: Token, noun: Token) -> bool:
    """Say whether a relative clause acts upon the noun; a passive one by its own subject only."""
    if is_passive(clause):
        own = (child for child in clause.children if child.dep_ in PASSIVES)
        return any(antecedent(child, clause) == noun for child in own)
    return noun in objects(clause)


def _subject_verb(noun: Token) -> Token | None:
    return noun.head if noun.dep_ == "nsubj" and _verbal(noun.head) else None


def spread(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """Give each token once, in text order."""
    return tuple(sorted(set(tokens), key=lambda token: token.i))
