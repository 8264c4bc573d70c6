"""Values that engines look at each in its own way, found while they pass.

What to watch and statements in, the same statements out; what is kept are those whose value is
compared with something that it cannot be compared with, such as a year with a number, that a
pattern may read in two ways, or that is a text where a node with properties is meant. The reference
engine judges whatever rests on them. All engines agree that texts and IRIs do not compare with
numbers; only to one a text of digits is a number, so that it is given a mark. Of a whole dataset,
properties pass as columns of text; those where something may be in doubt are asked about.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    Triple,
    Variable,
)

from kg.graph.model import Dataset
from kg.graph.model import Term as _Term
from kg.shapes.results import Result
from kg.terms import PREFIXES

_KINDS: Final = ("integer", "decimal", "double", "float", "nonNegativeInteger", "positiveInteger")
_NUMBERS: Final = frozenset(NamedNode(PREFIXES["xsd"] + kind) for kind in _KINDS)
_DATES: Final = frozenset({NamedNode(PREFIXES["xsd"] + "date")})
_TEXTS: Final = frozenset(
    {NamedNode(PREFIXES["xsd"] + "string"), NamedNode(PREFIXES["rdf"] + "langString")}
)
_NUMBER: Final = "[+-]?[0-9]{1,15}([.][0-9]{1,15})?([eE][+-]?[0-9]{1,2})?"
_DATE: Final = (
    "[1-9][0-9]{3}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    "|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
)
"""Days that there are in every year."""

MARK: Final = "\ue000"
"""Put before texts that might be taken for numbers; a character that no data should have."""

_NUMERIC: Final = "[0-9+.eEinfatyINFATY-]*"  # what might be
_PLAIN: Final = r'DATATYPE(?value) IN ({}) && REGEX(STR(?value), "^({})$")'
_IS_NUMBER: Final = _PLAIN.format(", ".join(sorted(map(str, _NUMBERS))), _NUMBER)
_VALUES: Final = (
    "SELECT DISTINCT ?predicate ?value WHERE {{ ?subject ?predicate ?value . FILTER({}) }}"
)
_NO_NUMBERS: Final = _VALUES.format(f"COALESCE(!({_IS_NUMBER}), true)")
_SEVERAL_LINES: Final = _VALUES.format(r'ISLITERAL(?value) && CONTAINS(STR(?value), "\n")')
_LITERALS: Final = _VALUES.format("ISLITERAL(?value)")


def _ending(form: str, kinds: Iterable[NamedNode]) -> re.Pattern[bytes]:
    """Match the end of a line of N-Triples; within a text, no quotation mark follows a space."""
    written = "|".join(re.escape(str(kind)) for kind in sorted(kinds, key=str))
    plain = form.replace("(", "(?:")
    return re.compile(rf' "{plain}"\^\^(?:{written}) \.\n'.encode())


_NUMBER_LINE: Final = _ending(_NUMBER, _NUMBERS)
_DATE_LINE: Final = _ending(_DATE, _DATES)
_MARKED: Final = f' "{MARK}'.encode()
_NUMERIC_LINE: Final = re.compile(rf' "({_NUMERIC}"(?:@[A-Za-z0-9-]+)? \.\n)'.encode())


@dataclass(frozen=True, slots=True)
class Watched:
    """IRIs of the properties whose values shapes look at in a way that engines differ in."""

    limited: tuple[str, ...] = ()  # compared with a number
    paired: tuple[tuple[str, ...], ...] = ()  # compared with one another, each at one node
    compared: tuple[str, ...] = ()  # in any other way
    matched: tuple[str, ...] = ()  # by a pattern
    followed: tuple[str, ...] = ()  # to where a text has no properties
    markable: tuple[str, ...] = ()  # of which a text may be changed, as no shape reads it


class Doubts:
    """Watches over properties; of one dataset, as what is found of a part tells of the rest."""

    def __init__(self, watched: Watched) -> None:
        self._limited, self._compared, self._matched, self._followed, self._markable = (
            frozenset(map(NamedNode, each))
            for each in (
                watched.limited,
                watched.compared,
                watched.matched,
                watched.followed,
                watched.markable,
            )
        )
        self._pair = {
            NamedNode(each): number for number, own in enumerate(watched.paired) for each in own
        }
        self._ordered = self._limited | self._compared | self._pair.keys()
        self._watched = self._ordered | self._matched | self._followed
        self._found: list[Triple] = []
        self._numbered: set[int] = set()  # pairs that have a number
        self._dated: defaultdict[int, list[Triple]] = defaultdict(list)
        self._odd: defaultdict[int, list[Triple]] = defaultdict(list)  # texts and IRIs
        self._changed: list[Triple] = []
        self._foreign = False  # whether data have the mark themselves
        self._glanced: set[tuple[str, NamedNode]] = set()

    def glance(self, predicate: NamedNode, lines: bytes) -> bytes:
        """Note whether some of the statements of a property, as N-Triples, may be in doubt.

        They are given back as they may be shown to the engine.
        """
        self._foreign |= _MARKED in lines
        if predicate in self._matched and b"\\n" in lines:
            self._glanced.add((_SEVERAL_LINES, predicate))
        if predicate in self._followed and f'{predicate} "'.encode() in lines:
            self._glanced.add((_LITERALS, predicate))
        if predicate not in self._ordered or not self._has_others(predicate, lines):
            return lines
        self._glanced.add((_NO_NUMBERS, predicate))
        if predicate not in self._markable:
            return lines
        return _NUMERIC_LINE.sub(rf' "{MARK}\1'.encode(), lines)

    def _has_others(self, predicate: NamedNode, lines: bytes) -> bool:
        """Say whether there are other values than numbers, and dates in a pair; note these."""
        numbers, others = _count(_NUMBER_LINE, lines)
        pair = self._pair.get(predicate)
        if pair is not None and numbers:
            self._numbered.add(pair)
        if pair is None or predicate in self._limited or predicate in self._compared:
            return others > 0
        dates = _count(_DATE_LINE, lines)[0] if others else 0
        if dates:
            self._dated[pair] += []
        return others > dates

    def glanced(self, dataset: Dataset) -> list[Triple]:
        """Give the statements in doubt of a dataset whose columns have all been glanced at."""
        mixed = self._numbered & self._dated.keys()
        asked = self._glanced | {
            (_NO_NUMBERS, each) for each, pair in self._pair.items() if pair in mixed
        }
        for query, predicate in sorted(asked, key=str):
            for value in _values(dataset, query, predicate):
                for quad in dataset.quads(None, predicate, value):
                    self._look_at(quad.triple)
        return self.found()

    def watching(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Pass quads on as they may be shown to the engine, keeping those in doubt."""
        for quad in quads:
            value = quad.object
            self._foreign |= isinstance(value, Literal) and value.value.startswith(MARK)
            if quad.predicate in self._watched:
                self._look_at(quad.triple)
            yield self._marked(quad)

    def found(self) -> list[Triple]:
        """Give the statements in doubt among those that have passed."""
        mixed = (self._numbered | self._odd.keys()) & self._dated.keys()
        dated = [each for pair in mixed for each in (*self._dated[pair], *self._odd[pair])]
        met = [each for own in self._odd.values() for each in _met(own)]
        changed = self._changed if self._foreign else []
        return [*dict.fromkeys([*self._found, *dated, *met, *changed])]

    def unmarked(self, result: Result) -> Result:
        """Give a result as it is of the data themselves."""
        value = result.value
        if self._foreign or not (isinstance(value, Literal) and value.value.startswith(MARK)):
            return result
        own = Literal(value.value.removeprefix(MARK), language=value.language)
        return replace(result, value=own, message=result.message.replace(MARK, ""))

    def _look_at(self, triple: Triple) -> None:
        """Sort a statement whose property is watched."""
        value, predicate = triple.object, triple.predicate
        text = value.value if isinstance(value, Literal) else ""
        if isinstance(value, Literal) and (
            predicate in self._followed or (predicate in self._matched and "\n" in text)
        ):
            self._found.append(triple)
        if predicate in self._ordered:
            self._look_at_order(triple)

    def _look_at_order(self, triple: Triple) -> None:
        """Sort a statement whose value is compared with others."""
        value, predicate = triple.object, triple.predicate
        pair = self._pair.get(predicate)
        if _is_plain(value, _NUMBER, _NUMBERS):
            if pair is not None:
                self._numbered.add(pair)
        elif predicate in self._compared:
            self._found.append(triple)
        elif pair is not None and predicate not in self._limited and _is_date(value):
            self._dated[pair].append(triple)
        elif not self._is_no_number(triple):
            self._found.append(triple)
        elif pair is not None:
            self._odd[pair].append(triple)

    def _is_no_number(self, triple: Triple) -> bool:
        """Tell whether a value, as it is shown to the engine, is one that no number compares to."""
        if self._is_changed(triple):
            self._changed.append(triple)
            return True
        value = triple.object
        if isinstance(value, Literal):
            return value.datatype in _TEXTS and not re.fullmatch(_NUMERIC, value.value)
        return isinstance(value, NamedNode)

    def _is_changed(self, triple: Triple | Quad) -> bool:
        value = triple.object
        return (
            triple.predicate in self._markable
            and isinstance(value, Literal)
            and value.datatype in _TEXTS
            and re.fullmatch(_NUMERIC, value.value) is not None
        )

    def _marked(self, quad: Quad) -> Quad:
        value = quad.object
        if not (self._is_changed(quad) and isinstance(value, Literal)):
            return quad
        marked = Literal(MARK + value.value, language=value.language)
        return Quad(quad.subject, quad.predicate, marked, quad.graph_name)


def _met(odd: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the values of several properties of one node."""
    odd = [*odd]
    at = Counter(node for node, _ in {(each.subject, each.predicate) for each in odd})
    return (each for each in odd if at[each.subject] > 1)


def _is_date(value: object) -> bool:
    return _is_plain(value, _DATE, _DATES)


def _is_plain(value: object, form: str, kinds: frozenset[NamedNode]) -> bool:
    return (
        isinstance(value, Literal)
        and value.datatype in kinds
        and re.fullmatch(form, value.value) is not None
    )


def _count(form: re.Pattern[bytes], lines: bytes) -> tuple[int, int]:
    """Count the lines that have a form, and the others."""
    fit = len(form.findall(lines))
    return fit, lines.count(b"\n") - fit


def _values(dataset: Dataset, query: str, predicate: NamedNode) -> Iterator[_Term]:
    rows = dataset.query(query, bound={Variable("predicate"): predicate})
    if not isinstance(rows, QuerySolutions):
        raise TypeError("the query is a SELECT")
    for row in rows:
        value = row["value"]
        if isinstance(value, NamedNode | BlankNode | Literal):
            yield value
