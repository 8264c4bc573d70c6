"""Who a clause makes the holder of an office: heads of titles in, verbs and names out.

"NAME became trade minister", "NAME, who was named envoy", "NAME resigned as governor". The
pipeline takes names that it never saw for bodies, or for nothing; whoever a clause gives an office
is a person, whatever the pipeline holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Doc, Token

from kg.claims.offices import Title, offices
from kg.claims.people import Person, name_at

SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
PLACED: Final = frozenset({"GPE", "LOC", "NORP"})
LONGEST: Final = 5


def verb_of(head: Token) -> Token | None:
    """Give the verb that makes somebody the holder of a title: "is", "was appointed", "serves"."""
    verb, words = head.head, offices()
    if head.dep_ in {"attr", "oprd"}:
        return verb if verb.lemma_ in words.being | words.making else None
    if head.dep_ == "pobj" and verb.lower_ == "as" and verb.dep_ == "prep":
        above = verb.head.head if verb.head.lemma_ in {"office", "down", "post"} else verb.head
        known = words.serving | words.making | words.leaving | words.following
        return above if above.lemma_ in known else None
    return verb if head.dep_ == "dobj" and verb.lemma_ in words.making else None


def is_passive(verb: Token) -> bool:
    """Tell whether a verb is in the passive."""
    return any(child.dep_ == "auxpass" for child in verb.children)


def named_by_clauses(
    doc: Doc, titles: tuple[Title, ...], people: tuple[Person, ...], taken: set[int]
) -> tuple[Person, ...]:
    """Add to the persons of a document those whom only a clause shows to be one."""
    used = taken | {i for person in people for i in range(person.start, person.end)}
    borne = {person.title for person in people}
    found = list(people)
    for title in titles:
        if title.plural or title in borne:
            continue
        for person in _subjects(doc, title, used):
            used |= set(range(person.start, person.end))
            found.append(person)
    found.sort(key=lambda person: person.start)
    return tuple(found)


def _subjects(doc: Doc, title: Title, used: set[int]) -> Iterator[Person]:
    verb = verb_of(doc[title.head])
    if verb is None:
        return
    name = next((c for c in verb.children if c.dep_ in SUBJECTS and c.i < verb.i), None)
    if name is not None and name.lower_ == "who" and verb.dep_ == "relcl":
        name = verb.head
    if name is None or name.pos_ != "PROPN" or name.i in used:
        return
    start = name.i
    while start > 0 and doc[start - 1].head.i == name.i and doc[start - 1].dep_ == "compound":
        start -= 1
    end = name_at(doc, start, used)
    sorts = {token.ent_type_ for token in doc[start : name.i + 1]}
    if end == name.i + 1 and 1 < end - start <= LONGEST and not sorts & PLACED:
        yield Person(start, end, doc[start:end].text)
