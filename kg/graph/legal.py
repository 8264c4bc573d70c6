"""The legal record as Turtle in the house style, and the concepts that its items may name.

Records in, text out: sorted by imposer and date, prefixes that are used and no others, the same
bytes for the same records. Every measure, entry and suspension has an IRI that follows from the
key of the measure, so that a changed row changes its own lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.graph import literals
from kg.graph.reading import quads_in
from kg.iris import Iris
from kg.legal import DESIGNATION, Item, Measure, Suspension
from kg.resources import folder
from kg.states import states
from kg.terms import CONCEPTS, DATA, PREFIXES

_HEAD: Final = """\
# Legal acts that restrict trade, or mark out materials, with their own dates: what articles are checked against.
#
# Written by `kg reference` from a table: change the table, not this file. Each act names itself as source, and
# the pages on which its number, items and dates were read.
"""  # noqa: E501 - lines of a file whose lines are longer
_SCHEMES: Final = ("material", "topic")
_LOCAL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_SUBHEADING: Final = 6  # digits that all customs tariffs of the world share

Said = tuple[str, Sequence[str]]  # a property and its values, written already


def concepts() -> frozenset[str]:
    """Give the concepts that items may name, as "material:gallium"."""
    found: set[str] = set()
    for scheme in _SCHEMES:
        space = f"{CONCEPTS}{scheme}/"
        for quad in quads_in(folder("ontology") / "concepts" / f"{scheme}s.ttl"):
            named = quad.subject
            if isinstance(named, NamedNode) and named.value.startswith(space):
                found.add(f"{scheme}:{named.value[len(space) :]}")
    return frozenset(found)


def turtle(measures: Iterable[Measure]) -> str:
    """Write measures with their entries and suspensions."""
    ordered = sorted(measures, key=lambda each: (each.imposer, each.issued, each.key))
    body = "\n".join(block for measure in ordered for block in _blocks(measure))
    return f"{_HEAD}\n{_prefixes(body)}\n{body}"


def _prefixes(body: str) -> str:
    names = sorted({"cmq", *re.findall(r"(?<![\w:/<\"])([a-z][a-z-]*):(?=[A-Za-z0-9])", body)})
    known = {**PREFIXES, "bloc": f"{DATA}bloc/", "state": f"{DATA}state/"}
    used = [name for name in names if name in known]
    width = max(map(len, used)) + 1
    return "".join(f"@prefix {name + ':':<{width}} <{known[name]}> .\n" for name in used)


def _blocks(measure: Measure) -> Iterator[str]:
    entries = [_part_of(measure, "item", n) for n, _ in enumerate(measure.items, 1)]
    halts = [_part_of(measure, "suspension", n) for n, _ in enumerate(measure.suspensions, 1)]
    yield _block(_node(measure.key), _of_measure(measure, entries, halts))
    for node, item in zip(entries, measure.items, strict=True):
        yield _block(node, _of_item(item))
    for node, halt in zip(halts, measure.suspensions, strict=True):
        yield _block(node, _of_suspension(halt, measure))


def _of_measure(measure: Measure, entries: list[str], halts: list[str]) -> Iterator[Said]:
    designates = measure.type == DESIGNATION
    yield "a", ["cmq:LegalDesignation" if designates else "cmq:LegalMeasure"]
    yield "rdfs:label", [_english(measure.title)]
    yield "skos:definition", [_english(measure.definition)]
    yield "dcterms:identifier", [_plain(measure.identifier)]
    yield "cmq:part", _plains(measure.part)
    yield "dcterms:type", [] if designates else [f"control:{measure.type}"]
    yield "cmq:issuer" if designates else "cmq:imposer", [_party(measure.imposer)]
    yield "cmq:item", measure.concepts
    yield "cmq:target", sorted(map(_party, measure.targets))
    yield "cmq:issued", [_date(measure.issued)]
    yield "cmq:inForce", [_date(measure.in_force)] if measure.in_force else []
    yield "cmq:expires", [_date(measure.expires)] if measure.expires else []
    yield "cmq:amends", [_node(key) for key in sorted(measure.amends)]
    yield "cmq:repeals", [_node(key) for key in sorted(measure.repeals)]
    yield "cmq:covers", entries
    yield "cmq:suspension", halts
    pages = sorted({f"<{page}>" for page in (measure.address, *measure.pages) if page})
    yield "dcterms:source", [_plain(measure.source), *pages]
    yield "cmq:readOn", [_date(measure.read_on)] if measure.read_on else []


def _of_item(item: Item) -> Iterator[Said]:
    digits = [code.replace(".", "") for code in item.codes]
    name = item.concept.partition(":")[2].replace("-", " ")
    yield "a", ["cmq:CoveredItem"]
    yield "rdfs:label", [_english(f"{name}: {item.scope}" if item.scope else name)]
    yield "cmq:item", [item.concept]
    yield "cmq:scope", _plains(item.scope)
    yield "cmq:hsCode", [_plain(code) for code in sorted({_heading(each) for each in digits})]
    lines = sorted({each for each in digits if len(each) > _SUBHEADING})
    yield "cmq:customsCode", [_plain(code) for code in lines]
    yield "cmq:casNumber", [_plain(number) for number in item.cas]


def _of_suspension(halt: Suspension, measure: Measure) -> Iterator[Said]:
    until = f" until {halt.ends}" if halt.ends else ""
    yield "a", ["cmq:Suspension"]
    yield "rdfs:label", [_english(f"Suspension of {measure.key} from {halt.begins}{until}")]
    yield "cmq:item", sorted(halt.items)
    yield "cmq:scope", _plains(halt.scope)
    yield "cmq:suspendedFrom", [_date(halt.begins)]
    yield "cmq:suspendedUntil", [_date(halt.ends)] if halt.ends else []
    yield "cmq:suspendedBy", _plains(halt.by)
    yield "dcterms:source", sorted(f"<{page}>" for page in halt.pages)


def _block(node: str, said: Iterable[Said]) -> str:
    """Write what is said of one node, one value a line."""
    lines = []
    for name, values in said:
        gap = f" ,\n{' ' * (len(name) + 5)}"
        if values:
            lines.append(f"{name} {gap.join(values)}")
    return f"{node}\n    " + " ;\n    ".join(lines) + " .\n"


def _node(key: str) -> str:
    return str(NamedNode(Iris().of("legal-measure", key)))


def _part_of(measure: Measure, kind: str, number: int) -> str:
    return str(NamedNode(Iris().of("legal-measure", measure.key, kind, str(number))))


def _heading(digits: str) -> str:
    """Give the part of a code that the Harmonized System defines.

    >>> _heading("2617101000"), _heading("2617"), _heading("26")
    ('2617.10', '2617', '26')
    """
    return f"{digits[:4]}.{digits[4:6]}" if len(digits) >= _SUBHEADING else digits


def _party(code: str) -> str:
    family = "state" if code in states() else "bloc"
    if _LOCAL.fullmatch(code):
        return f"{family}:{code}"
    return str(NamedNode(Iris().of(family, code)))


def _english(text: str) -> str:
    return str(literals.label(text))


def _plain(text: str) -> str:
    return str(literals.plain(text))


def _plains(text: str) -> list[str]:
    return [_plain(text)] if text else []


def _date(edtf: str) -> str:
    """Write a date with the prefixed name of its datatype.

    >>> _date("2024-12")
    '"2024-12"^^xsd:gYearMonth'
    """
    literal = literals.date(edtf)
    kind = literal.datatype.value
    for prefix in ("xsd", "edtf"):
        space = PREFIXES[prefix]
        if kind.startswith(space):
            bare = str(Literal(literal.value))
            return bare if kind == f"{space}string" else f"{bare}^^{prefix}:{kind[len(space) :]}"
    return str(literal)
