"""What the pages of the vocabulary show: terms, shapes, concepts, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Something to go to: by its IRI, or by its address on this site."""

    label: str
    iri: str = ""
    path: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a shape demands, in the words of SHACL: `minCount` `1`."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Constraint:
    """A property shape: which values it looks at, and what it says of those that break it."""

    iri: str
    name: str
    path: str  # as SPARQL writes paths
    properties: tuple[str, ...]  # IRIs that the path goes along
    classes: tuple[str, ...]  # IRIs that values have to be of
    message: str
    severity: str
    rules: tuple[Rule, ...]
    shapes: tuple[Link, ...] = ()  # the shapes that have it


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape, with what it demands."""

    iri: str
    label: str
    module: str
    comment: str
    targets: tuple[Link, ...]
    message: str
    severity: str
    rules: tuple[Rule, ...]
    constraints: tuple[Constraint, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a term stands to one of a foreign vocabulary."""

    relation: str
    foreign: str
    short: str
    vocabulary: str  # the title of the file that says so


@dataclass(frozen=True, slots=True)
class Age:
    """Since which version something is there, and what happened to it after the last one."""

    since: str | None  # None: not in any version yet
    changed: str | None  # the last version that said something else of it than the one before
    pending: str = ""  # "new" or "changed" since the last version


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of the ontology."""

    iri: str
    name: str
    label: str
    kind: str  # "Class", "Object property", …
    module: str
    definition: str
    note: str
    examples: tuple[str, ...]
    negatives: tuple[str, ...]
    traits: tuple[str, ...]  # "functional" …
    supers: tuple[Link, ...]
    subs: tuple[Link, ...]
    related: tuple[Link, ...]
    deprecated: bool
    replaced: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept of a scheme, and how deep it stands below the top."""

    iri: str
    label: str
    definition: str
    alternatives: tuple[str, ...]
    notation: str
    depth: int
    again: bool  # it stands above already, below another concept
