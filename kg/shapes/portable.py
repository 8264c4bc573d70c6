"""Which shapes the fast engine may judge: those whose every statement means one thing to all.

A shapes graph in; None, or the first thing in it that is not plain SHACL core. The fast engine
passes silently over what it does not understand (a number that is none, a pattern that it cannot
compile), so it is asked only about shapes that keep to this list; the rest is the reference's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Final

import rdflib
from rdflib import RDF, SH, XSD
from rdflib.collection import Collection
from rdflib.term import Node

_Judge = Callable[[rdflib.Graph, Node], bool]

_PARTS: Final = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
_LISTS_OF_PARTS: Final = (SH["and"], SH["or"], SH.xone)
_SPACE: Final = str(SH)
_STEPS: Final = (SH.inversePath, SH.zeroOrOnePath)
_KINDS: Final = "IRI BlankNode Literal BlankNodeOrIRI BlankNodeOrLiteral IRIOrLiteral"
_NUMBERS: Final = (XSD.integer, XSD.decimal, XSD.double)
_ODD_PATTERN: Final = re.compile(
    r"\(\?|\\(?![dnrt.\\^$*+?()\[\]{}|/-])|[*+?}][*+?{]|&&|--|~~|\[\^?[\[\]]|\$(?!$)|\\\$$"
)
"""What regular expressions of XPath, Python and Rust understand each in its own way."""


def unfit(shapes: rdflib.Graph) -> str | None:
    """Name a statement that leads beyond the common ground; None if there is none."""
    found = [*_odd(shapes), *_repeated(shapes), *_misplaced(shapes), *_circles(shapes)]
    return min(found, default=None)


def parts_of(shapes: rdflib.Graph, shape: Node) -> Iterator[tuple[rdflib.URIRef, Node]]:
    """Yield the shapes that a shape refers to, each with the property that leads to it."""
    for predicate in _PARTS:
        yield from ((predicate, part) for part in shapes.objects(shape, predicate))
    for predicate in _LISTS_OF_PARTS:
        for several in shapes.objects(shape, predicate):
            yield from ((predicate, part) for part in Collection(shapes, several))


def _odd(shapes: rdflib.Graph) -> Iterator[str]:
    for subject, predicate, value in shapes:
        if isinstance(predicate, rdflib.URIRef) and predicate.startswith(_SPACE):
            judge = _MEANINGS.get(predicate)
            if judge is None or not judge(shapes, value):
                where = subject if isinstance(subject, rdflib.URIRef) else "a shape without a name"
                yield f"sh:{predicate[len(_SPACE) :]} of {where}"


def _repeated(shapes: rdflib.Graph) -> Iterator[str]:
    for predicate in _ONCE:
        for subject in set(shapes.subjects(predicate)):
            if len(list(shapes.objects(subject, predicate))) > 1:
                yield f"sh:{predicate[len(_SPACE) :]} given twice"


def _misplaced(shapes: rdflib.Graph) -> Iterator[str]:
    for predicate in _OF_PATHS:
        for subject in set(shapes.subjects(predicate)):
            if (subject, SH.path, None) not in shapes:
                yield f"sh:{predicate[len(_SPACE) :]} without sh:path"
    for subject in set(shapes.subjects(SH.path)):
        if (subject, SH.property, None) in shapes:  # its results are on other nodes
            yield "sh:property within a shape with sh:path"
    inner = {part for node in {*shapes.subjects()} for _, part in parts_of(shapes, node)}
    for subject in set(shapes.subjects(SH.closed)):
        paths = [
            shapes.value(each, SH.path) for each in (subject, *shapes.objects(subject, SH.property))
        ]
        odd = any(isinstance(path, rdflib.BNode) for path in paths) or paths[0] is not None
        if odd or subject in inner:
            yield "sh:closed where a shape is no plain one of nodes"


def _circles(shapes: rdflib.Graph) -> Iterator[str]:
    inner = {node: {part for _, part in parts_of(shapes, node)} for node in {*shapes.subjects()}}
    try:
        TopologicalSorter(inner).prepare()
    except CycleError:
        yield "a shape that is a part of itself"


def _iri(_: rdflib.Graph, value: Node) -> bool:
    return isinstance(value, rdflib.URIRef)


def _shape(_: rdflib.Graph, value: Node) -> bool:
    return isinstance(value, rdflib.URIRef | rdflib.BNode)


def _term(_: rdflib.Graph, value: Node) -> bool:
    return isinstance(value, rdflib.URIRef | rdflib.Literal)


def _any(_shapes: rdflib.Graph, _value: Node) -> bool:
    return True


def _whole(_: rdflib.Graph, value: Node) -> bool:
    return (
        isinstance(value, rdflib.Literal)
        and value.datatype == XSD.integer
        and str(value).isdecimal()
    )


def _positive(shapes: rdflib.Graph, value: Node) -> bool:
    return _whole(shapes, value) and int(str(value)) > 0


def _number(_: rdflib.Graph, value: Node) -> bool:
    return (
        isinstance(value, rdflib.Literal)
        and value.datatype in _NUMBERS
        and re.fullmatch(r"[+-]?\d+(\.\d+)?", str(value)) is not None
    )


def _boolean(_: rdflib.Graph, value: Node) -> bool:
    return (
        isinstance(value, rdflib.Literal)
        and value.datatype == XSD.boolean
        and str(value) in ("true", "false")
    )


def _false(_: rdflib.Graph, value: Node) -> bool:
    return isinstance(value, rdflib.Literal) and str(value) == "false"


def _pattern(_: rdflib.Graph, value: Node) -> bool:
    if not isinstance(value, rdflib.Literal) or _ODD_PATTERN.search(str(value)):
        return False
    try:
        re.compile(str(value))
    except re.error:
        return False
    return True


def _list(of: _Judge) -> _Judge:
    def judge(shapes: rdflib.Graph, value: Node) -> bool:
        seen: set[Node] = set()
        while value != RDF.nil:
            firsts = list(shapes.objects(value, RDF.first))
            rests = list(shapes.objects(value, RDF.rest))
            if value in seen or len(firsts) != 1 or len(rests) != 1 or not of(shapes, firsts[0]):
                return False
            seen.add(value)
            value = rests[0]
        return True

    return judge


def _path(shapes: rdflib.Graph, value: Node) -> bool:
    if isinstance(value, rdflib.URIRef):
        return value != RDF.nil
    ways = [way for way in (RDF.first, SH.alternativePath, *_STEPS) if (value, way, None) in shapes]
    if len(ways) != 1 or not isinstance(value, rdflib.BNode):
        return False
    if ways[0] == RDF.first:
        return _list(_path)(shapes, value) and (value, RDF.rest, RDF.nil) not in shapes
    return all(_MEANINGS[ways[0]](shapes, each) for each in shapes.objects(value, ways[0]))


def _one_of(names: str) -> _Judge:
    known = {SH[name] for name in names.split()}
    return lambda _, value: value in known


def _alternatives(shapes: rdflib.Graph, value: Node) -> bool:
    several = isinstance(value, rdflib.BNode) and (value, RDF.rest, RDF.nil) not in shapes
    return several and _list(_path)(shapes, value)


def _meanings() -> Iterator[tuple[rdflib.URIRef, _Judge]]:
    ways: tuple[tuple[str, _Judge], ...] = (
        ("targetClass targetNode targetSubjectsOf class datatype", _iri),
        ("equals disjoint lessThan lessThanOrEquals", _iri),
        ("hasValue", _term),
        ("property node not qualifiedValueShape", _shape),
        ("and or xone", _list(_shape)),
        ("in", _list(_term)),
        ("ignoredProperties", _list(_iri)),
        ("languageIn", _list(_any)),
        ("minCount maxCount maxLength qualifiedMinCount qualifiedMaxCount", _whole),
        ("minLength", _positive),
        ("minInclusive maxInclusive minExclusive maxExclusive", _number),
        ("closed uniqueLang", _boolean),
        ("deactivated", _false),
        ("pattern", _pattern),
        ("nodeKind", _one_of(_KINDS)),
        ("severity", _one_of("Violation Warning Info")),
        ("path inversePath zeroOrOnePath", _path),
        ("alternativePath", _alternatives),
        ("message name description order group defaultValue", _any),
        # what is left of constraints that are taken out
        ("select prefixes declare prefix namespace", _any),
    )
    for names, judge in ways:
        yield from ((SH[name], judge) for name in names.split())


_MEANINGS: Final[Mapping[Node, _Judge]] = dict(_meanings())


def _named(names: str) -> tuple[rdflib.URIRef, ...]:
    return tuple(SH[name] for name in names.split())


_OF_PATHS: Final = _named(
    "minCount maxCount uniqueLang lessThan lessThanOrEquals qualifiedValueShape"
    " qualifiedMinCount qualifiedMaxCount"
)
_ONCE: Final = _named(
    "path minCount maxCount minLength maxLength minInclusive maxInclusive minExclusive"
    " maxExclusive pattern nodeKind datatype closed ignoredProperties uniqueLang languageIn in"
    " severity deactivated qualifiedValueShape qualifiedMinCount qualifiedMaxCount"
    " inversePath alternativePath zeroOrOnePath not and or xone node"
    " equals disjoint lessThan lessThanOrEquals"
)
