"""How far the query of a constraint looks from its focus node, and which properties it asks about.

A SELECT in; out come the chains from `$this` to every statement that it may match, or None where
these are not told. Only what has to be matched as well leads from one pattern to the next:
alternatives and options do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

import rdflib
from pyparsing import ParseBaseException
from rdflib import RDF
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, Path, SequencePath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue, Expr
from rdflib.term import Node

from kg.shapes.ways import Chain, Step, Unreachable, backwards, repeated

_Pattern = tuple[Node, "Node | Path", Node]
_THIS: Final = rdflib.Variable("this")
_THROUGH: Final = ("Filter", "Extend", "Project", "Distinct", "Reduced", "OrderBy", "SelectQuery")
_KNOWN: Final = frozenset(
    {*_THROUGH, "Join", "LeftJoin", "Union", "ToMultiSet", "TrueFilter", "OrderCondition"}
)
_DEEPEST: Final = 8
_UNREADABLE: Final = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


def chains_of(select: str, prefixes: Mapping[str, str]) -> frozenset[Chain] | None:
    """Give the chains of a query that an engine has parsed already; None: it looks at anything."""
    try:
        return frozenset(_within(_algebra(select, prefixes), ()))
    except Unreachable:
        return None


class Looked(NamedTuple):
    """What a query asks about; of all else it may ask whether there are statements at all.

    One statement of each property, and of each class, is enough for that. Of the properties it
    asks about all statements, except that of `rdf:type` it may be those of some `classes`.
    """

    properties: frozenset[str]
    classes: frozenset[str]


def looked_at(select: str, prefixes: Mapping[str, str]) -> Looked | None:
    """Name the properties and classes that a query asks about; None if it asks about any.

    The types of blank nodes count for nothing here: whoever asks has all of them.
    """
    try:
        algebra = _algebra(select, prefixes)
        named = Counter(_variables(algebra))
        patterns = [*_patterns(algebra)]
        elsewhere = Counter(patterns) - Counter(_blank_in(algebra))
        classes: set[str] = set()
        ways: list[Chain] = []
        for start, path, end in patterns:
            if isinstance(path, rdflib.Variable) and named[start] == named[end] == 1:
                continue
            if path == RDF.type and isinstance(end, rdflib.URIRef):
                classes.add(str(end))
            elif not (path == RDF.type and (named[start] == 1 or not elsewhere[start, path, end])):
                ways += _ways(path)
    except Unreachable:
        return None
    found = {step.predicate for way in ways for step in way}
    if () in ways:  # from a node to itself, whichever it is
        return None
    known = frozenset(each for each in found if each is not None)
    return Looked(known, frozenset(classes)) if len(known) == len(found) else None


def _blank_in(part: object) -> Iterator[_Pattern]:
    """Yield the patterns whose subject is tested to be a blank node, right where they stand."""
    if isinstance(part, CompValue):
        if part.name == "Filter" and part.p.name == "BGP":
            tests = [part.expr]
            if getattr(part.expr, "name", "") == "ConditionalAndExpression":
                tests = [part.expr.expr, *part.expr.other]
            known = (each for each in tests if isinstance(each, CompValue))
            names = {each.get("arg") for each in known if each.name == "Builtin_isBLANK"}
            yield from (pattern for pattern in part.p.triples if pattern[0] in names)
        for each in part.values():
            yield from _blank_in(each)


def _variables(value: object) -> Iterator[Node]:
    """Yield the variables of a query as often as it names them."""
    if isinstance(value, rdflib.Variable):
        yield value
    elif isinstance(value, CompValue):
        for key, each in value.items():
            if key != "_vars":  # rdflib's own account of them
                yield from _variables(each)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _variables(each)


def is_bound(select: str, prefixes: Mapping[str, str]) -> bool:
    """Tell whether `$this` has its value from a pattern wherever an expression uses it.

    Only there does it make no difference that the standard puts the value in beforehand, and
    Oxigraph joins it with what the query gives.
    """
    try:
        return _bound_in(_algebra(select, prefixes))
    except Unreachable:
        return False


def _algebra(select: str, prefixes: Mapping[str, str]) -> CompValue:
    return _parsed(select, tuple(sorted(prefixes.items())))


@cache
def _parsed(select: str, prefixes: tuple[tuple[str, str], ...]) -> CompValue:
    try:
        return translateQuery(parseQuery(select), initNs=dict(prefixes)).algebra
    except (*_UNREADABLE, ParseBaseException) as error:
        raise Unreachable from error


def _patterns(value: object) -> Iterator[_Pattern]:
    """Yield all patterns of a query, those whose existence its expressions test as well."""
    if isinstance(value, CompValue):
        if value.name == "BGP":
            yield from value.triples
        elif value.name == "GroupGraphPatternSub":
            yield from _left_as_read(value)
        elif isinstance(value, Expr) or value.name in _KNOWN:
            for each in value.values():
                yield from _patterns(each)
        else:
            raise Unreachable
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _patterns(each)


def _left_as_read(group: CompValue) -> Iterator[_Pattern]:
    """Yield the patterns of a group that rdflib leaves untranslated: one after another FILTER."""
    for part in group.part:
        if part.name != "TriplesBlock":
            raise Unreachable
        for terms in part.triples:
            if not all(isinstance(each, rdflib.term.Identifier) for each in terms):
                raise Unreachable
            yield from zip(terms[::3], terms[1::3], terms[2::3], strict=True)


def _bound_in(part: CompValue) -> bool:
    if part.name == "BGP":
        return True
    if part.name in ("Join", "LeftJoin", "Union"):
        known = (*_matched(part.p1), *_matched(part.p2)) if part.name == "LeftJoin" else ()
        own = _fits(part.get("expr"), known)
        return own and _bound_in(part.p1) and _bound_in(part.p2)
    if part.name not in (*_THROUGH, "ToMultiSet"):
        return False
    tested = (part.get("expr"),) if part.name in ("Filter", "Extend", "OrderBy") else ()
    return all(_fits(each, _matched(part.p)) for each in tested) and _bound_in(part.p)


def _fits(expression: object, known: tuple[_Pattern, ...]) -> bool:
    return any(_THIS in pattern for pattern in known) or not _names_this(expression)


def _names_this(value: object) -> bool:
    if isinstance(value, CompValue):
        return any(_names_this(each) for each in value.values())
    if isinstance(value, list | tuple | set):
        return any(_names_this(each) for each in value)
    return value == _THIS


def _within(part: CompValue, around: tuple[_Pattern, ...]) -> Iterator[Chain]:
    """Yield the chains of a part of a query; the patterns `around` it are matched as well."""
    known = (*around, *_matched(part))
    if part.name == "BGP":
        for pattern in part.triples:
            yield from _to(pattern, known)
    elif part.name in ("Join", "LeftJoin", "Union"):
        yield from _within(part.p1, known)
        yield from _within(part.p2, known)
        yield from _tested(part.get("expr"), (*known, *_matched(part.p2)))
    elif part.name in _THROUGH:
        yield from _within(part.p, known)
        for value in part.values():
            yield from _tested(value, known)
    else:
        raise Unreachable


def _tested(value: object, known: tuple[_Pattern, ...]) -> Iterator[Chain]:
    """Yield the chains of what an expression asks whether it exists."""
    if isinstance(value, Expr | CompValue) and value.name.startswith("Builtin_"):
        graph = value.get("graph")
        if isinstance(graph, CompValue):
            yield from _within(graph, known)
    if isinstance(value, Expr):
        for each in value.values():
            yield from _tested(each, known)
    elif isinstance(value, list):
        for each in value:
            yield from _tested(each, known)


def _matched(part: CompValue) -> tuple[_Pattern, ...]:
    """Give the patterns that each solution of a part matches."""
    if part.name == "BGP":
        return tuple(part.triples)
    if part.name == "Join":
        return (*_matched(part.p1), *_matched(part.p2))
    if part.name == "LeftJoin":
        return _matched(part.p1)
    return _matched(part.p) if part.name in _THROUGH else ()


def _to(pattern: _Pattern, known: Iterable[_Pattern]) -> Iterator[Chain]:
    """Yield the chains to a pattern, by the shortest way from `$this`."""
    ways: dict[Node, list[Chain]] = {_THIS: [()]}
    others = [each for each in known if each is not pattern]
    for _ in range(_DEEPEST):
        for near, steps, far in ((p[0], p[1], p[2]) for p in others):
            for start, end, forth in ((near, far, True), (far, near, False)):
                if start in ways and end not in ways and isinstance(end, rdflib.Variable):
                    ways[end] = _joined(ways[start], _steps(steps, forth=forth))
    start, steps, end = pattern
    if start in ways:
        yield from _prefixes(ways[start], _steps(steps, forth=True))
    elif end in ways:
        yield from _prefixes(ways[end], _steps(steps, forth=False))
    else:
        raise Unreachable


def _joined(before: list[Chain], after: list[Chain]) -> list[Chain]:
    return [(*first, *second) for first in before for second in after]


def _prefixes(before: list[Chain], after: list[Chain]) -> Iterator[Chain]:
    for first in before:
        for second in after:
            for length in range(1, len(second) + 1):
                yield (*first, *second[:length])


def _steps(path: Node | Path, *, forth: bool) -> list[Chain]:
    ways = _ways(path)
    return ways if forth else [backwards(each) for each in ways]


def _ways(path: Node | Path) -> list[Chain]:
    if isinstance(path, rdflib.URIRef):
        return [(Step(str(path)),)]
    if isinstance(path, rdflib.Variable | NegatedPath):
        return [(Step(None),)]
    if isinstance(path, InvPath):
        return [backwards(each) for each in _ways(path.arg)]
    if isinstance(path, AlternativePath):
        return [way for each in path.args for way in _ways(each)]
    if isinstance(path, MulPath):
        own = _ways(path.path)
        return [*repeated(own, once=path.mod == "?"), *([()] if path.zero else [])]
    if isinstance(path, SequencePath):
        ways: list[Chain] = [()]
        for each in path.args:
            ways = _joined(ways, _ways(each))
        return ways
    raise Unreachable
