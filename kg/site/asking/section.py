"""The section of questions: an address with values in, the form and the answer out.

What cannot be understood, or takes too long, is said on the page beside the form, with the status
that fits; nothing is shown that might be taken for an answer.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Final, NoReturn
from urllib.parse import urlencode

from pyoxigraph import NamedNode, Quad

from kg.errors import KgError, LocatedError, QueryError, WorkerError
from kg.queries.model import Question, Rows
from kg.site.asking.cells import Cells, Line, heading
from kg.site.asking.charts import drawn
from kg.site.asking.inputs import Input, Inputs
from kg.site.asking.snippets import Snippet, snippets
from kg.site.drawing.bars import Bars
from kg.site.evidence import Evidence
from kg.site.looking import Look
from kg.site.model import Asked, Holding, Page

FOLDER: Final = "question/"
SHOWN: Final = 50  # rows on a page
MOST: Final = 10_000  # rows that are kept for a page; documents have all
_KEPT: Final = 8  # answers
_RESERVED: Final = frozenset({"page", "format"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking."""

    rows: Rows
    lines: tuple[Line, ...]
    chart: Bars | None
    number: int
    pages: int
    query: str  # what follows the question mark, without the page

    @property
    def headings(self) -> tuple[str, ...]:
        """The columns in words."""
        return tuple(heading(each) for each in self.rows.columns)

    @property
    def first(self) -> int:
        """The number of the first row that is shown."""
        return (self.number - 1) * SHOWN + 1

    def turned(self, number: int) -> str:
        """Give what follows the question mark for another page."""
        more = urlencode({"page": number}) if number > 1 else ""
        return "&".join(filter(None, (self.query, more)))


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as a page shows it."""

    question: Question
    inputs: tuple[Input, ...]
    text: str  # the query, with the values where it was answered
    snippets: tuple[Snippet, ...]
    answer: Answer | None = None
    error: str = ""


class Questions:
    """The section of questions."""

    def __init__(self, holding: Holding) -> None:
        look = Look.of(holding)
        self._holding = holding
        self._known = {each.name: each for each in holding.questions}
        self._inputs = Inputs(look, holding.iris)
        self._cells = Cells(look, holding.iris, Evidence.of(holding))
        self._kept: OrderedDict[tuple[str, ...], Rows] = OrderedDict()
        self._lock = Lock()

    def page(self, path: str, asked: Asked) -> Page | None:
        """Find the catalogue, or a question with its answer."""
        if path == "questions":
            return self._catalogue(asked)
        name = path.removeprefix(FOLDER)
        if not path.startswith(FOLDER) or name not in self._known:
            return None
        return self._asked(self._known[name], path, asked)

    def paths(self) -> Iterator[str]:
        """Yield the addresses of all questions."""
        yield "questions"
        yield from (FOLDER + name for name in self._known)

    def _catalogue(self, asked: Asked) -> Page:
        tag, words = asked.get("tag", "").strip(), asked.get("q", "").strip()
        wanted = words.casefold().split()
        found = [
            each
            for each in self._known.values()
            if tag in {"", *each.tags} and all(word in _told(each) for word in wanted)
        ]
        tags = sorted({tag for each in self._known.values() for tag in each.tags})
        groups = {
            title: [each for each in found if each.folder == folder]
            for folder, title in (("competency", "Questions"), ("reports", "Reports on the data"))
        }
        return Page(
            "questions",
            "Questions",
            "questions.html",
            {"groups": groups, "tags": tags, "tag": tag, "words": words, "asked": bool(asked)},
            description="Questions that this graph answers, each a page with a form.",
        )

    def _asked(self, question: Question, path: str, asked: Asked) -> Page:
        given = {
            name: value.strip()
            for name, value in asked.items()
            if value.strip() and name not in _RESERVED
        }
        status, answer = 200, None
        error: LocatedError | None = None
        try:
            answer = self._answer(question, given, asked.get("page", ""))
        except QueryError as wrong:
            status, error = 400 if given else 200, wrong
        except WorkerError as wrong:
            status, error = 503, wrong
        begun = bool(given) or status != 200
        asking = Asking(
            question,
            self._inputs.of(question, given),
            self._text(question, given) if answer else question.text,
            snippets(question.name, given, self._holding.settings.address) if answer else (),
            answer,
            _said(question, error) if error and begun else "",
        )
        return Page(
            path,
            question.summary,
            "question.html",
            {"asking": asking, "asked": bool(asked), "older": self._holding.older},
            description=question.description.partition(". ")[0] or question.summary,
            table=_raised(error) or (lambda: self._rows(question, given, None)),
            statements=_raised(error) or (lambda: self._statements(question, given)),
            status=status,
        )

    def _answer(self, question: Question, given: Mapping[str, str], page: str) -> Answer | None:
        lacking = [
            each
            for each in question.parameters
            if each.required and each.default is None and each.name not in given
        ]
        if lacking:
            names = ", ".join(each.name for each in lacking)
            raise QueryError(question.name, f"{names} is missing; fill it in")
        rows = self._rows(question, given, MOST)
        pages = max(1, -(-len(rows) // SHOWN))
        number = min(int(page), pages) if page.isascii() and page.isdigit() and page != "0" else 1
        start = (number - 1) * SHOWN
        shown = Rows(rows.columns, rows.rows[start : start + SHOWN], rows.form, rows.verdict)
        return Answer(
            rows,
            self._cells.lines(shown),
            drawn(question, rows),
            number,
            pages,
            urlencode(given),
        )

    def _rows(self, question: Question, given: Mapping[str, str], limit: int | None) -> Rows:
        """Ask, unless it was asked a moment ago."""
        key = (question.name, *(part for pair in sorted(given.items()) for part in pair))
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None and not (kept.truncated and limit is None):
            return kept
        rows = self._holding.ask(question, given, limit)
        if limit is not None:
            with self._lock:
                self._kept[key] = rows
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return rows

    def _statements(self, question: Question, given: Mapping[str, str]) -> Iterator[Quad]:
        """Yield what is stated of all that the rows name."""
        for iri in self._cells.named(self._rows(question, given, None)):
            yield from self._holding.dataset.quads(NamedNode(iri))

    def _text(self, question: Question, given: Mapping[str, str]) -> str:
        try:
            return self._holding.bound(question, given)
        except KgError:
            return question.text


def _told(question: Question) -> str:
    said = (question.name, question.summary, question.description, *question.tags)
    return " ".join(said).casefold()


def _said(question: Question, error: LocatedError) -> str:
    """Say what is wrong in the words of the form, not of the command line."""
    where = error.source.removeprefix(question.name).removeprefix(": ").replace("--", "", 1)
    return f"{where}: {error.reason}" if where else error.reason


def _raised(error: LocatedError | None) -> Callable[[], NoReturn] | None:
    if error is None:
        return None
    wrong = error

    def fail() -> NoReturn:
        raise wrong

    return fail
