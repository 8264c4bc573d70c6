"""The section of the editor: a query of one's own in, its rows on the page out.

The page works as a plain form; where the vendored editor is at hand, a script puts it in its place.
That editor is fed from here alone: our prefixes, classes and properties that the data have, and
the bundled questions as examples.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from kg.errors import LocatedError, QueryError, WorkerError
from kg.queries.model import Question, Rows, Term
from kg.site.asking.cells import Cells, Line
from kg.site.evidence import Evidence
from kg.site.looking import Look
from kg.site.machines.describing import counted
from kg.site.model import Asked, Holding, Page
from kg.terms import PREFIXES

VENDORED: Final = "assets/vendor/yasgui.min.js"
SHOWN: Final = 500  # rows that the plain form shows
_FIRST: Final = "meetings-in-a-period"  # the example that stands in an empty editor
_LONGEST: Final = 100_000  # characters of a query in an address


@dataclass(frozen=True, slots=True)
class Edited:
    """What stands in the editor, and what came of it."""

    query: str
    questions: tuple[Question, ...]
    vendored: bool
    rows: Rows | None = None
    lines: tuple[Line, ...] = ()
    error: str = ""


class Editor:
    """The section of the editor and of what feeds it."""

    def __init__(self, holding: Holding) -> None:
        self._holding, self._look = holding, Look.of(holding)
        self._cells = Cells(self._look, holding.iris, Evidence.of(holding))

    def page(self, path: str, asked: Asked) -> Page | None:
        """Find the editor, what completes words in it, or its examples."""
        match path:
            case "editor":
                return self._editor(asked)
            case "completions":
                return Page(path, "Completions", table=self._completions)
            case "examples":
                return Page(path, "Examples", table=self._examples)
            case _:
                return None

    def paths(self) -> Iterator[str]:
        """Yield what a site of files holds: nothing, since files answer no query."""
        yield from ()

    def _editor(self, asked: Asked) -> Page:
        text = asked.get("query", "").strip()[:_LONGEST] or self._example(asked.get("question", ""))
        rows: Rows | None = None
        error: LocatedError | None = None
        status = 200
        if asked.get("run") and asked.get("query", "").strip():
            try:
                rows = self._holding.ask(Question("query", "", text), {}, SHOWN)
            except QueryError as wrong:
                status, error = 400, wrong
            except WorkerError as wrong:
                status, error = 503, wrong
        vendored = (files("kg") / "site").joinpath(*VENDORED.split("/")).is_file()
        edited = Edited(
            text,
            self._holding.questions,
            vendored,
            rows,
            self._cells.lines(rows) if rows else (),
            error.reason if error else "",
        )
        described = "Ask the graph in SPARQL, with our prefixes and examples at hand."
        return Page("editor", "Editor", "editor.html", {"edited": edited}, described, status=status)

    def _example(self, name: str) -> str:
        known = {each.name: each.text for each in self._holding.questions}
        return _bare(known.get(name) or known.get(_FIRST, "SELECT * WHERE { ?s ?p ?o } LIMIT 10"))

    def _completions(self) -> Rows:
        """Give prefixes, and the classes and properties that the data have, the commonest first."""
        found = counted(self._holding)
        rows = [("prefix", iri, f"{prefix}:", 0) for prefix, iri in sorted(PREFIXES.items())]
        rows += [
            ("class", iri, self._look.label(iri), number)
            for iri, number in sorted(found.classes.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
        rows += [("property", iri, self._look.label(iri), 0) for iri in sorted(found.properties)]
        return Rows(
            ("kind", "iri", "name", "uses"),
            tuple(
                (
                    Term("literal", kind),
                    Term("uri", iri),
                    Term("literal", name),
                    Term("literal", str(uses), f"{PREFIXES['xsd']}integer"),
                )
                for kind, iri, name, uses in rows
            ),
        )

    def _examples(self) -> Rows:
        return Rows(
            ("name", "summary", "query"),
            tuple(
                (
                    Term("literal", each.name),
                    Term("literal", each.summary),
                    Term("literal", _bare(each.text)),
                )
                for each in self._holding.questions
            ),
        )


def _bare(text: str) -> str:
    r"""Keep the question of a header as a comment, and leave out the rest of it.

    >>> _bare("#+ summary: Who?\n#+ tags: [x]\nSELECT * { ?s ?p ?o }")
    '# Who?\nSELECT * { ?s ?p ?o }'
    """
    lines = [
        line.replace("#+ summary:", "#") if line.startswith("#+ summary:") else line
        for line in text.splitlines()
        if not line.startswith("#+") or line.startswith("#+ summary:")
    ]
    return "\n".join(lines)
