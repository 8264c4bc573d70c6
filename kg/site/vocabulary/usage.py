"""Where a term is used: questions that ask by it, worked examples that show it.

The bundled files in, names and what they are for out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.queries.model import Question
from kg.resources import folder
from kg.site.vocabulary.model import Link
from kg.terms import DEFINITIONS

_PREFIXED: Final = re.compile(r"(?<![\w:/<#])cmq:(\w+)")
_WHOLE: Final = re.compile(re.escape(f"<{DEFINITIONS}") + r"(\w+)>")
_STRINGS: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
_COMMENTS: Final = re.compile(r"(?m)(?:^|(?<=\s))#.*$")
EXAMPLES: Final = "ontology/examples/"


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: a file of the ontology."""

    name: str
    summary: str
    text: str

    @property
    def path(self) -> str:
        """The address of its page."""
        return self.file.rpartition(".")[0]

    @property
    def file(self) -> str:
        """The address of the file itself."""
        return EXAMPLES + self.name


@cache
def examples() -> tuple[Example, ...]:
    """Read the worked examples, in order of name."""
    return tuple(
        Example(path.name, _first_line(text), text)
        for path in sorted((folder("ontology") / "examples").iterdir())
        if path.suffix in {".ttl", ".trig"} and (text := path.read_text("utf-8"))
    )


def used_in(text: str) -> frozenset[str]:
    """Name the terms of ours that a query or a Turtle file uses, not those it speaks of.

    >>> sorted(used_in("PREFIX cmq: <…> SELECT * { ?c a cmq:Claim } # cmq:Option"))
    ['https://w3id.org/communique/def#Claim']
    """
    bare = _COMMENTS.sub("", _STRINGS.sub('""', text))
    return frozenset(
        DEFINITIONS + name for name in {*_PREFIXED.findall(bare), *_WHOLE.findall(bare)}
    )


class Usage:
    """Which questions and examples use a term."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self._questions: defaultdict[str, list[Link]] = defaultdict(list)
        self._examples: defaultdict[str, list[Link]] = defaultdict(list)
        for question in questions:
            link = Link(question.name, path=f"question/{question.name}", note=question.summary)
            for term in used_in(question.text):
                self._questions[term].append(link)
        for example in examples():
            link = Link(example.name, path=example.path, note=example.summary)
            for term in used_in(example.text):
                self._examples[term].append(link)

    def questions(self, term: str) -> list[Link]:
        """Give the questions that ask by a term."""
        return self._questions.get(term, [])

    def examples(self, term: str) -> list[Link]:
        """Give the worked examples that show a term."""
        return self._examples.get(term, [])


def _first_line(text: str) -> str:
    return text.partition("\n")[0].removeprefix("#").strip()
