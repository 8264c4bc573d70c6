"""What a user types in, the node that it names out.

A whole IRI, a name with a prefix (`person:ken-saito`), a path (`state/JP`), the hash of a claim or
judgement, or any name, code or title in whatever case. What names nothing, or more than one
thing, is an error that says what comes close: nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode
from rapidfuzz import fuzz, process

from kg.errors import QueryError
from kg.iris import HASH_LENGTH, literal_segment
from kg.queries.why.facts import Facts, family_of, literals
from kg.terms import PREFIXES

_CALLED: Final = (
    "rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:notation", "cmq:alpha2", "cmq:alpha3",
    "dcterms:identifier", "dcterms:title", "cmq:form",
)  # fmt: skip
_UNNAMED: Final = frozenset({"group", "profile", "mention", "post"})
"""Families whose labels are the names of something else."""
_HASHED: Final = (
    "claim", "judgement", "disagreement", "profile", "group", "mention", "support", "name",
    "inference",
)  # fmt: skip
_HASH: Final = re.compile(rf"[0-9a-f]{{{HASH_LENGTH}}}")
_WHOLE: Final = re.compile(r"<?((?:https?://|urn:)[^\s<>\"{}|\\^`\x00-\x20]+)>?")
_PREFIXED: Final = re.compile(r"([a-z][a-z-]*):([^\s/<>\"{}|\\^`][^\s<>\"{}|\\^`]*)")
_CLOSE: Final = 70  # of 100: how like a name must be to be offered


def find(typed: str, facts: Facts) -> NamedNode:
    """Find the one node that is named."""
    found = named(typed, facts)
    if len(found) == 1:
        return found[0]
    if found:
        choices = ", ".join(f"{facts.short(each)} ({facts.kind(each)})" for each in found)
        raise QueryError(typed, f"means more than one thing; give one of {choices}")
    raise QueryError(typed, f"names nothing here{_close(typed, facts)}")


def named(typed: str, facts: Facts) -> list[NamedNode]:
    """Give all nodes that may be meant: by identifier, else by exact name, else by like name."""
    for node in _identified(typed.strip(), facts):
        if facts.exists(node):
            return [node]
    return called(typed, facts)


def called(name: str, facts: Facts) -> list[NamedNode]:
    """Give the nodes that go by a name; only where none does, in other case or without accents."""
    exact = {
        owner
        for literal in literals(name)
        for label in _CALLED
        for node in facts.subjects(label, literal)
        for owner in _owners(node, facts)
    }
    like = () if exact else facts.remembered(_names).get(folded(name), ())
    return sorted(exact or {owner for node in like for owner in _owners(node, facts)}, key=str)


def folded(name: str) -> str:
    """Give a name without case, accents and needless space.

    >>> folded("SAITŌ  Gen")
    'saito gen'
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())


def _identified(typed: str, facts: Facts) -> Iterator[NamedNode]:
    """Yield the nodes whose identifier may have been typed."""
    whole = _WHOLE.fullmatch(typed)
    if whole:
        yield from _node(whole[1])
        return
    prefixed = _PREFIXED.fullmatch(typed)
    if prefixed:
        prefix, local = prefixed.groups()
        if prefix in PREFIXES:
            yield from _node(PREFIXES[prefix] + local)
        yield NamedNode(facts.iris.of(prefix, *local.split("/")))
    family, slash, rest = typed.partition("/")
    if slash and family.isascii() and family.isalpha():
        yield NamedNode(facts.iris.of(family, *rest.split("/")))
        yield NamedNode(facts.iris.of(family, literal_segment(rest)))
    if _HASH.fullmatch(typed):
        yield from (NamedNode(facts.iris.of(each, typed)) for each in _HASHED)


def _node(iri: str) -> Iterator[NamedNode]:
    try:
        yield NamedNode(iri)
    except ValueError as error:
        raise QueryError(iri, f"is no IRI ({error}); check how it is written") from error


def _owners(node: NamedNode, facts: Facts) -> list[NamedNode]:
    """Give what bears a name: the node itself, or the entity whose form of a name it is."""
    family = family_of(node)
    if family == "name":
        return facts.subjects("cmq:name", node)
    return [] if family in _UNNAMED else [node]


def _names(facts: Facts) -> dict[str, set[NamedNode]]:
    """Give all names of the dataset without case and accents, with what goes by them."""
    found: defaultdict[str, set[NamedNode]] = defaultdict(set)
    for label in _CALLED:
        for node, name in facts.every(label):
            if family_of(node) not in _UNNAMED:
                found[folded(name.value)].add(node)
    return found


def _close(typed: str, facts: Facts) -> str:
    """Give the names that come close, with what they name."""
    names = facts.remembered(_names)
    like = process.extract(
        folded(typed.rpartition("/")[2].replace("-", " ")),
        sorted(names),
        scorer=fuzz.token_sort_ratio,
        limit=3,
        score_cutoff=_CLOSE,
    )
    near = dict.fromkeys(
        f"{facts.label(node)} ({facts.short(node)})"
        for name, _, _ in like
        for bearer in sorted(names[name], key=str)[:1]
        for node in _owners(bearer, facts)
    )
    advice = "give an IRI, a path such as person/ann-lee, or a name that articles use"
    return f"; did you mean {' or '.join(near)}?" if near else f"; {advice}"
