"""What this stage hands on: questions with their parameters, and rows that belong to no engine.

A term is what SPARQL results hold, whichever engine or server gave it. Rows keep their order;
the answer of ASK is a verdict, the triples of CONSTRUCT and DESCRIBE are rows of three.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec

ParameterType = Literal["iri", "string", "date", "integer", "decimal", "concept", "entity"]
TermKind = Literal["uri", "literal", "bnode"]
Form = Literal["select", "ask", "graph"]

TRIPLE = ("subject", "predicate", "object")
"""The columns of rows that came from CONSTRUCT or DESCRIBE."""


class Term(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One RDF term: an IRI, a literal with its datatype or language, or a blank node.

    Answers have many: such a structure is made and sent several times as quickly as a dataclass.
    """

    kind: TermKind
    value: str
    datatype: str | None = None  # None stands for xsd:string
    language: str | None = None

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value that a question asks for; it binds the variable of its name.

    `families` says where a concept or entity may stand: concept schemes ("material") or
    families of entities ("state", "person").
    """

    name: str
    type: ParameterType
    description: str
    required: bool = False
    default: str | None = None
    families: tuple[str, ...] = ()

    @property
    def usage(self) -> str:
        """How it is typed, in brackets if the question can do without.

        >>> Parameter("state", "entity", "The state that undertakes").usage
        '[--state ENTITY]'
        """
        typed = f"--{self.name} {self.type.upper()}"
        return typed if self.required and self.default is None else f"[{typed}]"


@dataclass(frozen=True, slots=True)
class Question:
    """One query with the question that it answers; `name` is the answer in kebab case."""

    name: str
    summary: str
    text: str
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    folder: str = ""  # "competency" or "reports"; empty for one's own

    @property
    def scans(self) -> bool:
        """Whether it reads all of a kind when it is asked as it stands, and so grows with the data.

        >>> Question("mine", "What is there?", "…", tags=("report", "scan")).scans
        True
        """
        return "scan" in self.tags

    def parameter(self, name: str) -> Parameter | None:
        """Give the parameter of a name, if the question has it."""
        return next((each for each in self.parameters if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Rows:
    """What a query found; `truncated` says that a limit left some out."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    form: Form = "select"
    verdict: bool | None = None
    truncated: bool = False

    def __len__(self) -> int:
        return len(self.rows)

    def values(self) -> list[list[str]]:
        """Give the lexical values, "" where nothing is bound."""
        return [["" if cell is None else cell.value for cell in row] for row in self.rows]
