"""What differs between two datasets: statements added, removed and changed, by subject.

Two datasets in, changes out, sorted; and the same as text, JSON or RDF Patch. A statement counts
as changed where one value of a property of a subject gave way to one other. The reference graph
comes with the package and is left out unless asked for.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from kg.graph.model import Dataset
from kg.graph.terms import term
from kg.terms import DATA, PREFIXES

Form = Literal["text", "json", "patch"]
_SIGNS: Final = {"added": "+", "removed": "-", "changed": "~"}


@dataclass(frozen=True, slots=True)
class Change:
    """One statement that only one dataset holds, or two that stand for one another."""

    kind: Literal["added", "removed", "changed"]
    subject: str
    predicate: str
    graph: str  # its IRI, nothing for the default graph
    old: str | None  # terms as in N-Quads
    new: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes from one dataset to another, and the statements that make them up."""

    changes: tuple[Change, ...]
    removed: tuple[Quad, ...]
    added: tuple[Quad, ...]
    classes: Mapping[str, tuple[int, int]]  # resources of each class that went and that came
    labels: Mapping[str, str]

    def __bool__(self) -> bool:
        return bool(self.changes)


def difference(old: Dataset, new: Dataset, *, reference: bool = False) -> Difference:
    """Compare two datasets, statement by statement."""
    one, other = (_lines(each, reference=reference) for each in (old, new))
    removed, added = (_quads(each) for each in (one - other, other - one))
    return Difference(
        changes=tuple(_changes(removed, added)),
        removed=removed,
        added=added,
        classes=_classes(removed, added),
        labels=_labels(old, new, {str(each.subject) for each in (*removed, *added)}),
    )


def write_difference(found: Difference, form: Form) -> str:
    """Write a difference as text for people, JSON, or RDF Patch for stores."""
    return {"text": _text, "json": _json, "patch": _patch}[form](found)


def _lines(dataset: Dataset, *, reference: bool) -> set[bytes]:
    lines = set(dataset.nquads().split(b"\n")) - {b""}
    if reference:
        return lines
    left_out = [name for name in dataset.graphs() if name.endswith("/graph/reference")]
    endings = tuple(f"<{name}> .".encode() for name in left_out)
    return {line for line in lines if not line.endswith(endings)} if endings else lines


def _quads(lines: Iterable[bytes]) -> tuple[Quad, ...]:
    return tuple(parse(b"".join(line + b"\n" for line in sorted(lines)), format=RdfFormat.N_QUADS))


def _changes(removed: Iterable[Quad], added: Iterable[Quad]) -> Iterator[Change]:
    """Pair what is alike but for its value, where one value went and one came."""
    sides: defaultdict[tuple[str, str, str], tuple[list[str], list[str]]] = defaultdict(
        lambda: ([], [])
    )
    for place, quads in enumerate((removed, added)):
        for quad in quads:
            key = (_plain(quad.subject), quad.predicate.value, _plain(quad.graph_name))
            sides[key][place].append(str(quad.object))
    for (subject, predicate, graph), (old, new) in sorted(sides.items()):
        if len(old) == len(new) == 1:
            yield Change("changed", subject, predicate, graph, old[0], new[0])
            continue
        for value in sorted(old):
            yield Change("removed", subject, predicate, graph, value, None)
        for value in sorted(new):
            yield Change("added", subject, predicate, graph, None, value)


def _classes(removed: Iterable[Quad], added: Iterable[Quad]) -> dict[str, tuple[int, int]]:
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for place, quads in enumerate((removed, added)):
        for quad in quads:
            if quad.predicate == term("rdf:type"):
                counts[_plain(quad.object)][place] += 1
    return {name: (gone, come) for name, (gone, come) in sorted(counts.items())}


def _labels(old: Dataset, new: Dataset, subjects: set[str]) -> dict[str, str]:
    """Give the labels of subjects, the newer one first."""
    found: dict[str, str] = {}
    for dataset in (new, old):
        for quad in dataset.quads(predicate=term("rdfs:label")):
            if str(quad.subject) in subjects:
                found.setdefault(_plain(quad.subject), _plain(quad.object))
    return found


def _text(found: Difference) -> str:
    lines = [_summary(found)]
    for subject, group in groupby(found.changes, lambda each: each.subject):
        label = found.labels.get(subject)
        lines.append(f"\n{_short(subject)}{f'  “{label}”' if label else ''}")
        for each in group:
            values = " → ".join(_short_term(side) for side in (each.old, each.new) if side)
            lines.append(f"  {_SIGNS[each.kind]} {_short(each.predicate)} {values}")
    return "\n".join(lines) + "\n"


def _summary(found: Difference) -> str:
    if not found:
        return "no statement differs"
    kinds = [each.kind for each in found.changes]
    told = [f"{kinds.count(kind):,} {kind}" for kind in ("added", "removed", "changed")]
    lines = [f"statements: {', '.join(told)}"]
    for name, (gone, come) in found.classes.items():
        lines.append(f"  {_short(name)}: +{come:,} −{gone:,}")
    return "\n".join(lines)


def _json(found: Difference) -> str:
    values = {
        "classes": {
            name: {"added": come, "removed": gone} for name, (gone, come) in found.classes.items()
        },
        "changes": [
            {
                name: value
                for name in ("kind", "subject", "predicate", "graph", "old", "new")
                if (value := getattr(each, name))
            }
            for each in found.changes
        ],
    }
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"


def _patch(found: Difference) -> str:
    """Write RDF Patch (https://afs.github.io/rdf-delta/rdf-patch.html): one transaction."""
    lines = ["TX ."]
    lines += [f"D {_patch_line(quad)}" for quad in found.removed]
    lines += [f"A {_patch_line(quad)}" for quad in found.added]
    return "\n".join([*lines, "TC ."]) + "\n"


def _patch_line(quad: Quad) -> str:
    terms: list[object] = [quad.subject, quad.predicate, quad.object]
    if not isinstance(quad.graph_name, DefaultGraph):
        terms.append(quad.graph_name)
    return " ".join(map(str, terms)) + " ."


def _plain(node: object) -> str:
    value = getattr(node, "value", "")
    return value if isinstance(value, str) else str(node)


def _short_term(written: str) -> str:
    """Shorten a term as it stands in N-Quads."""
    if written.startswith("<"):
        return _short(written[1:-1])
    value, mark, kind = written.rpartition("^^")
    return f"{value}" if mark and kind.startswith(f"<{PREFIXES['xsd']}") else written


def _short(iri: str) -> str:
    """Shorten an IRI by the prefixes of the package; data goes without its base.

    >>> _short(DATA + "person/ann-lee"), _short(PREFIXES["rdfs"] + "label")
    ('person/ann-lee', 'rdfs:label')
    """
    if iri.startswith(DATA):
        return iri.removeprefix(DATA)
    known = [(name, base) for name, base in PREFIXES.items() if iri.startswith(base)]
    if not known:
        return iri
    name, base = max(known, key=lambda each: len(each[1]))
    return f"{name}:{iri.removeprefix(base)}"
