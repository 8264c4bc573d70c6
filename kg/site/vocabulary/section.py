"""The section of the vocabulary: ontology, terms, shapes and concept schemes as pages.

An address in, a page out, whose RDF is what the files say. `def` and `shapes`, where hash IRIs
lead, hold everything at once; a module is also found at its `owl:versionIRI`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, Final

from pyoxigraph import NamedNode, Quad

from kg import __version__
from kg.errors import BusyError
from kg.graph.model import Dataset
from kg.queries.model import Rows
from kg.queries.model import Term as Cell
from kg.site.addresses import Addresses
from kg.site.looking import node
from kg.site.machines.describing import counted
from kg.site.model import Asked, Holding, Page
from kg.site.pages.configuration import configuration
from kg.site.pages.values import family
from kg.site.vocabulary.changes import Changes, digests, recorded
from kg.site.vocabulary.model import Link, Term
from kg.site.vocabulary.shapes import Shapes
from kg.site.vocabulary.terms import Terms
from kg.site.vocabulary.usage import Usage, examples
from kg.terms import CONCEPTS, DEFINITIONS, ONTOLOGY, SHAPES

INDEX: Final = "ontology/index"
_ALL: Final = "def"
_SHAPES: Final = "shapes"
_HEAD: Final = ("dcterms:title", "dcterms:description", "owl:versionInfo", "owl:versionIRI")
_SHOWN: Final = 5  # instances on a page of a term
_MOST: Final = 1_000  # that are counted, where nobody has counted all


class VocabularySection:
    """Finds the pages of the vocabulary."""

    def __init__(self, holding: Holding) -> None:
        self._holding = holding
        self._addresses = Addresses(holding.iris.base)

    @cached_property
    def _vocabulary(self) -> Dataset:
        return self._holding.vocabulary()

    @cached_property
    def terms(self) -> Terms:
        """The terms."""
        return Terms(self._vocabulary)

    @cached_property
    def shapes(self) -> Shapes:
        """The shapes."""
        return Shapes(self._vocabulary)

    @cached_property
    def changes(self) -> Changes:
        """The versions."""
        return Changes(recorded(), digests(self._vocabulary, self._holding.iris.base))

    @cached_property
    def _usage(self) -> Usage:
        return Usage(self._holding.questions)

    def page(self, path: str, _asked: Asked) -> Page | None:
        """Find the page at an address of the vocabulary."""
        fixed: dict[str, Callable[[], Page]] = {
            INDEX: lambda: self._overview(INDEX),
            "ontology": lambda: self._overview("ontology"),
            _ALL: self._everything,
            _SHAPES: lambda: self._all_shapes(_SHAPES, ""),
            "shapes/index": lambda: self._all_shapes("shapes/index", ""),
        }
        if path in fixed:
            return fixed[path]()
        root, _, rest = path.partition("/")
        finders: dict[str, Callable[[str], Page | None]] = {
            "def": self._term,
            "shapes": self._shape,
            "ontology": self._module,
            "concept": self._scheme,
        }
        return finders[root](rest) if rest and root in finders else None

    def prepare(self) -> tuple[str, ...]:
        """Read the vocabulary; name the page of a term and that of all."""
        self._foreign  # noqa: B018 - it is kept
        return (INDEX, "def/Article")

    def paths(self) -> Iterator[str]:
        """Yield all addresses of the vocabulary."""
        yield from (INDEX, _ALL, _SHAPES)
        yield from (f"ontology/{name}" for name in (*self.terms.modules, *self._aligned()))
        versioned = (*self.terms.modules, *self._aligned())
        yield from (f"ontology/{__version__}/{name}" for name in versioned)
        yield from (example.path for example in examples())
        yield from (f"def/{iri.removeprefix(DEFINITIONS)}" for iri in self.terms.all)
        yield from (f"shapes/{name}" for name in self._shape_files())
        yield from (f"shapes/{iri.removeprefix(SHAPES)}" for iri in self._every_shape())
        for iri in (*self.terms.schemes, *self._foreign):
            yield f"concept/{iri.removeprefix(CONCEPTS)}"

    def _aligned(self) -> list[str]:
        return [f"alignments/{name}" for name in self.terms.vocabularies]

    def _every_shape(self) -> list[str]:
        return sorted({*self.shapes.all, *self.shapes.constraints})

    def _shape_files(self) -> list[str]:
        graphs = self._vocabulary.graphs()
        home = SHAPES.removesuffix("#") + "/"
        return [each.removeprefix(home) for each in graphs if each.startswith(home)]

    # ---- pages ------------------------------------------------------------------------

    def _overview(self, path: str) -> Page:
        modules = [{"name": each, **self._head(each)} for each in self.terms.modules]
        schemes = [
            {"iri": iri, "label": self.terms.look.label(iri), "count": len(self._in_scheme(iri)),
             "definition": self.terms.look.value(iri, "skos:definition")}
            for iri in self.terms.schemes
        ]  # fmt: skip
        context = {
            "modules": modules,
            "terms": self._listed(self.terms.all.values()),
            "schemes": schemes,
            "alignments": [{"name": each, **self._head(each)} for each in self._aligned()],
            "examples": examples(),
            "deprecated": [each for each in self.terms.all.values() if each.deprecated],
            "steps": self.changes.steps(),
            "last": self.changes.last,
            "shapes": list(self.shapes.all.values()),
        }
        return Page(
            path,
            "The vocabulary",
            "vocabulary/index.html",
            context,
            about=ONTOLOGY,
            description="Classes, properties, concepts and shapes that the data is written in.",
            table=lambda: self._table(self.terms.all.values()),
            statements=lambda: self._files(self.terms.modules),
        )

    def _everything(self) -> Page:
        context = {"terms": list(self.terms.all.values())}
        return Page(
            _ALL,
            "All terms on one page",
            "vocabulary/all.html",
            context,
            about=DEFINITIONS.removesuffix("#"),
            description="Every class and property with its definition.",
            table=lambda: self._table(self.terms.all.values()),
            statements=lambda: self._files(self.terms.modules),
        )

    def _module(self, rest: str) -> Page | None:
        example = next((each for each in examples() if each.path == f"ontology/{rest}"), None)
        if example is not None:
            context = {"example": example, "terms": self._shown_by(example.path)}
            return Page(f"ontology/{rest}", example.name, "vocabulary/example.html", context,
                        description=example.summary)  # fmt: skip
        name = rest.removeprefix(f"{__version__}/")
        if name not in self.terms.modules and name not in self._aligned():
            return None
        held = [each for each in self.terms.all.values() if each.module == name]
        aligned = self._alignments_in(name)
        head = self._head(name)
        context = {"head": head, "terms": self._listed(held), "alignments": aligned, "name": name,
                   "held": name in self.terms.modules, "versioned": rest != name}  # fmt: skip
        return Page(
            f"ontology/{rest}",
            head["title"],
            "vocabulary/module.html",
            context,
            about=f"{ONTOLOGY}/{name}",
            description=head["description"],
            table=lambda: self._table(held),
            statements=lambda: self._files([name]),
        )

    def _term(self, name: str) -> Page | None:
        term = self.terms.all.get(DEFINITIONS + name)
        if term is None:
            return None
        is_class = term.kind == "Class"
        lineage = [term, *self._above(term)]
        shapes = [shape for each in lineage for shape in self.shapes.for_class(each.iri)]
        shapes.sort(key=lambda each: not each.constraints)  # those with many demands first
        count, instances = self._instances(term.iri, is_class)
        known = self._counted(term.iri, is_class) if count == _MOST else count
        context = {
            "term": term,
            "age": self.changes.age(f"def/{name}"),
            "last": self.changes.last,
            "shapes": shapes if is_class else [],
            "constraints_on": [] if is_class else self.shapes.for_property(term.iri),
            "valued": self.shapes.with_values_of(term.iri) if is_class else [],
            "questions": self._usage.questions(term.iri),
            "examples": self._usage.examples(term.iri),
            "alignments": self.terms.alignments(term.iri),
            "count": known or count,
            "cut": known is None,
            "instances": instances,
        }
        return Page(
            f"def/{name}",
            term.label,
            "vocabulary/term.html",
            context,
            about=term.iri,
            description=term.definition,
            table=lambda: self._table([term]),
            statements=lambda: self._said(term.iri),
            passing=known is None,
        )

    def _counted(self, iri: str, is_class: bool) -> int | None:
        """Give how often a term is used, None as long as that is being counted."""
        try:
            found = counted(self._holding)
        except BusyError:
            return None
        use = found.properties.get(iri)
        return found.classes.get(iri, 0) if is_class else use.statements if use else 0

    def _shape(self, name: str) -> Page | None:
        if name in self._shape_files():
            return self._all_shapes(f"shapes/{name}", name)
        iri = SHAPES + name
        shape, constraint = self.shapes.all.get(iri), self.shapes.constraints.get(iri)
        if shape is None and constraint is None:
            return None
        title = shape.label if shape else constraint.name if constraint else ""
        context = {"shape": shape, "constraint": constraint, "last": self.changes.last,
                   "age": self.changes.age(f"shapes/{name}")}  # fmt: skip
        return Page(
            f"shapes/{name}",
            title or name,
            "vocabulary/shape.html",
            context,
            about=iri,
            description=constraint.message if constraint else shape.message if shape else "",
            statements=lambda: self._said(iri),
        )

    def _all_shapes(self, path: str, module: str) -> Page:
        home = SHAPES.removesuffix("#")
        names = [module] if module else self._shape_files()
        shown = [each for each in self.shapes.all.values() if each.module in names]
        context = {"shapes": shown, "files": self._shape_files(), "module": module}
        return Page(
            path,
            f"Shapes: {module}" if module else "Shapes",
            "vocabulary/shapes.html",
            context,
            about=f"{home}/{module}" if module else home,
            description="What the data has to look like, and what is said where it does not.",
            statements=lambda: self._graphs([f"{home}/{each}" for each in names]),
        )

    @cached_property
    def _foreign(self) -> tuple[str, ...]:
        """Name the concepts of alignments, which are no part of the data."""
        look = self.terms.look
        found = look.subjects("rdf:type", "http://www.w3.org/2004/02/skos/core#Concept")
        data = self._holding.dataset
        return tuple(
            each
            for each in found
            if each.startswith(CONCEPTS) and next(data.quads(NamedNode(each)), None) is None
        )

    def _concept(self, iri: str) -> Page | None:
        """Show a concept that the data does not hold; all others are things of the data."""
        if iri not in self._foreign:
            return None
        concept = self.terms.concept(iri)
        context = {"concepts": [concept], "definition": "", "sources": [], "kind": "Concept"}
        return Page(
            f"concept/{iri.removeprefix(CONCEPTS)}",
            concept.label,
            "vocabulary/scheme.html",
            context,
            about=iri,
            description=concept.definition,
            statements=lambda: self._said(iri),
        )

    def _scheme(self, rest: str) -> Page | None:
        iri = CONCEPTS + rest
        if iri not in self.terms.schemes:
            return self._concept(iri)
        look = self.terms.look
        concepts = self.terms.concepts(iri)
        label = look.label(iri)
        sources = [each.value for each in look.values(iri, "dcterms:source")]
        definition = look.value(iri, "skos:definition") or ""
        context = {"concepts": concepts, "definition": definition, "sources": sources,
                   "kind": "Concept scheme"}  # fmt: skip
        return Page(
            f"concept/{rest}",
            label,
            "vocabulary/scheme.html",
            context,
            about=iri,
            description=definition,
            table=lambda: _rows(
                ("iri", "label", "definition"),
                ((each.iri, each.label, each.definition) for each in concepts if not each.again),
            ),
            statements=lambda: (
                quad for each in (iri, *self._in_scheme(iri)) for quad in self._said(each)
            ),
        )

    # ---- what they hold ------------------------------------------------------------------

    def _head(self, name: str) -> dict[str, str]:
        said = self.terms.ontology(name, *_HEAD)
        return {key.partition(":")[2]: value for key, value in said.items()}

    def _in_scheme(self, iri: str) -> tuple[str, ...]:
        return self.terms.look.subjects("skos:inScheme", iri)

    def _listed(self, terms: Iterable[Term]) -> list[tuple[str, list[Term]]]:
        """Part terms by kind, the kinds in order."""
        kinds: dict[str, list[Term]] = {}
        for term in terms:
            kinds.setdefault(term.kind, []).append(term)
        return list(kinds.items())

    def _above(self, term: Term) -> list[Term]:
        found: list[Term] = []
        waiting = [each.iri for each in term.supers]
        while waiting:
            above = self.terms.all.get(waiting.pop(0))
            if above is not None and above not in found and above != term:
                found.append(above)
                waiting += [each.iri for each in above.supers]
        return found

    def _shown_by(self, path: str) -> list[Term]:
        return [
            each
            for each in self.terms.all.values()
            if any(link.path == path for link in self._usage.examples(each.iri))
        ]

    def _alignments_in(self, name: str) -> list[tuple[Term, list[Any]]]:
        title = self._head(name)["title"]
        found = []
        for term in self.terms.all.values():
            said = [each for each in self.terms.alignments(term.iri) if each.vocabulary == title]
            if said:
                found.append((term, said))
        return found

    @lru_cache(1024)  # noqa: B019 - as long as the site lives
    def _instances(self, iri: str, is_class: bool) -> tuple[int, tuple[Link, ...]]:
        """Count the uses of a term in the data, and show the first."""
        dataset = self._holding.dataset
        if is_class:
            found = (quad.subject for quad in dataset.quads(None, node("rdf:type"), NamedNode(iri)))
        else:
            found = (quad.subject for quad in dataset.quads(None, NamedNode(iri)))
        count, first = 0, list[str]()
        for each in islice(found, _MOST):
            count += 1
            if (
                len(first) < _SHOWN
                and isinstance(each, NamedNode)
                and self._shown(each.value, first)
            ):
                first.append(each.value)
        return count, tuple(Link("", each) for each in first)

    def _shown(self, iri: str, before: list[str]) -> bool:
        """Say whether a thing is shown after others: in a site of files, parts have no pages."""
        if not self._holding.settings.files:
            return iri not in before
        path = self._addresses.path(iri) or ""
        parts = configuration().parts
        return iri not in before and family(path) not in parts and "/option/" not in path

    def _said(self, iri: str) -> Iterator[Quad]:
        """Yield what is said of a thing, with the expressions that it is defined by."""
        seen: set[str] = set()
        waiting = [iri]
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            for quad in self.terms.look.quads(name):
                yield quad
                value = quad.object
                if isinstance(value, NamedNode) and "/.well-known/genid/" in value.value:
                    waiting.append(value.value)

    def _files(self, names: Iterable[str]) -> Iterator[Quad]:
        return self._graphs(f"{ONTOLOGY}/{each}" for each in names)

    def _graphs(self, names: Iterable[str]) -> Iterator[Quad]:
        for name in names:
            yield from self._vocabulary.quads(graph=NamedNode(name))

    def _table(self, terms: Iterable[Term]) -> Rows:
        columns = ("iri", "name", "label", "kind", "module", "definition", "scopeNote")
        return _rows(
            columns,
            (
                (
                    each.iri,
                    each.name,
                    each.label,
                    each.kind,
                    each.module,
                    each.definition,
                    each.note,
                )
                for each in terms
            ),
        )


def _rows(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Rows:
    """Make a table whose first column holds IRIs."""
    return Rows(
        columns,
        tuple((Cell("uri", row[0]), *(Cell("literal", cell) for cell in row[1:])) for row in rows),
    )
