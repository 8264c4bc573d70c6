"""The reference graph: what `ontology/` defines and the sourced facts beside it.

Turtle files in, quads out. The expressions of OWL classes are blank nodes in the files and get
IRIs here, derived from their content and place, so that one changed axiom changes its lines only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from kg.graph.legal import turtle
from kg.graph.minting import Mint
from kg.graph.reading import quads_in
from kg.graph.terms import term
from kg.iris import Iris, content_hash
from kg.legal import Measure
from kg.resources import folder
from kg.terms import DATA, ONTOLOGY

FOLDERS = ("", "concepts", "reference")
_VOCABULARY = (
    ("ontology", ""),
    ("ontology", "concepts"),
    ("ontology", "alignments"),
    ("shapes", ""),
)
_MEASURES = "measures.ttl"
_HOME = ONTOLOGY.removesuffix("ontology")

Expression = Mapping[BlankNode, list[Triple]]


def reference_quads(
    iris: Iris, ontology: Path | None = None, record: Iterable[Measure] | None = None
) -> Iterator[Quad]:
    """Yield the reference graph from `ontology/`, or from another folder of that form.

    Measures given as `record` stand there instead of those of the folder.
    """
    graph = Mint(iris).graph("reference")
    for path in reference_files(ontology or folder("ontology")):
        own = record is not None and path.name == _MEASURES
        for triple in _recorded(record or (), iris) if own else _named(path, iris):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


def vocabulary_quads(iris: Iris) -> Iterator[Quad]:
    """Yield what the ontology, its concepts, alignments and shapes say, each file in its own graph.

    The graph has the address of the file: `…/ontology/claims`, `…/shapes/claims`.
    """
    for root, part in _VOCABULARY:
        for path in sorted((folder(root) / part).glob("*.ttl")):
            local = "/".join(filter(None, (root, part, path.stem)))
            for triple in _named(path, iris):
                yield Quad(
                    triple.subject, triple.predicate, triple.object, NamedNode(_HOME + local)
                )


def holds_reference(quads: Iterable[Quad]) -> bool:
    """Tell whether quads bring our vocabulary along: as an export does, of this version."""
    version = term("owl:versionIRI")
    own = {quad.object for quad in quads if quad.predicate == version}
    return own >= {quad.object for quad in reference_quads(Iris()) if quad.predicate == version}


def reference_files(ontology: Path) -> list[Path]:
    """List the Turtle files of the vocabulary, its concepts and its facts, sorted."""
    return [path for part in FOLDERS for path in sorted((ontology / part).glob("*.ttl"))]


def skolemised(triples: Iterable[Triple], mint: Mint) -> Iterator[Triple]:
    """Give every blank node an IRI that follows from what is said of it and where it is used."""
    ordered = sorted(triples, key=str)
    said: defaultdict[BlankNode, list[Triple]] = defaultdict(list)
    used: dict[BlankNode, Triple] = {}
    for triple in ordered:
        if isinstance(triple.subject, BlankNode):
            said[triple.subject].append(triple)
        if isinstance(triple.object, BlankNode):
            used.setdefault(triple.object, triple)
    names: dict[BlankNode, NamedNode] = {}
    for node in sorted({*said, *used}, key=str):
        key = content_hash(_place(node, used), _content(node, said))
        names[node] = mint.node(".well-known", "genid", key)
    for triple in ordered:
        yield Triple(
            names[triple.subject] if isinstance(triple.subject, BlankNode) else triple.subject,
            triple.predicate,
            names[triple.object] if isinstance(triple.object, BlankNode) else triple.object,
        )


def _named(path: Path, iris: Iris) -> Iterator[Triple]:
    """Yield what a file says, its blank nodes named, its facts below the base of this build."""
    parsed = Dataset(quads_in(path))
    parsed.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    for triple in skolemised((quad.triple for quad in parsed), Mint(iris)):
        yield _rebased(triple, iris)


def _recorded(record: Iterable[Measure], iris: Iris) -> Iterator[Triple]:
    """Yield what a legal record of somebody's own says; nothing in it is without a name."""
    for quad in parse(turtle(record), RdfFormat.TURTLE):
        yield _rebased(quad.triple, iris)


def _content(node: BlankNode, said: Expression, within: frozenset[BlankNode] = frozenset()) -> str:
    """Give all that is said of a blank node and of those below it; a circle by canonical label."""
    if node in within:
        return str(node)
    below = within | {node}
    parts = [
        f"{triple.predicate} {_content(triple.object, said, below)}"
        if isinstance(triple.object, BlankNode)
        else f"{triple.predicate} {triple.object}"
        for triple in said.get(node, [])
    ]
    return content_hash(*sorted(parts))


def _place(node: BlankNode, used: Mapping[BlankNode, Triple]) -> str:
    """Give the way down to a blank node from the node with a name that uses it."""
    trail: list[str] = []
    seen: set[BlankNode] = set()
    while node in used and node not in seen:
        seen.add(node)
        triple = used[node]
        trail.append(str(triple.predicate))
        if not isinstance(triple.subject, BlankNode):
            trail.append(str(triple.subject))
            break
        node = triple.subject
    return "\n".join(trail)


def _rebased(triple: Triple, iris: Iris) -> Triple:
    """Move the data IRIs of bundled facts below the base of this build."""
    subject, value = triple.subject, triple.object
    return Triple(
        _moved(subject, iris) if isinstance(subject, NamedNode) else subject,
        triple.predicate,
        _moved(value, iris) if isinstance(value, NamedNode) else value,
    )


def _moved(node: NamedNode, iris: Iris) -> NamedNode:
    if not node.value.startswith(DATA):
        return node
    return NamedNode(iris.base + node.value[len(DATA) :])
