"""What this stage works with: what a site shows, its pages and the sections that find them.

A page is found once and sent in many forms: as HTML by its template, as a table (CSV, JSON), as RDF
by its statements. Pages are found by address alone, so that a server and static files show the
same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Protocol, runtime_checkable

from pyoxigraph import Quad

from kg.articles.model import Article
from kg.graph.model import Dataset
from kg.iris import Iris
from kg.queries.model import Form, Question, Rows

Asked = Mapping[str, str]
"""What stands after the question mark of an address."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a search found: what it is, how it is called, what matched."""

    iri: str
    kind: str
    label: str
    matched: str  # the field: label, name, title, quote …
    text: str


class Search(Protocol):
    """Finds what bears the words of a text, the best first."""

    def __call__(self, text: str, kind: str = "", limit: int = 20) -> tuple[Found, ...]:
        """Give at most `limit` things of a kind; "" stands for all kinds."""


class Ask(Protocol):
    """Answers a question in a process of its own, in time, or raises a `LimitError`."""

    def __call__(
        self, question: Question, parameters: Mapping[str, str], limit: int | None = None
    ) -> Rows:
        """Give the rows of a question, `truncated` where a limit left some out."""


class Serialise(Protocol):
    """Answers a query of a stranger in a process of its own, in a media type."""

    def __call__(
        self,
        question: Question,
        media_type: str,
        default_graphs: tuple[str, ...] | None = None,
        named_graphs: tuple[str, ...] | None = None,
    ) -> IO[bytes]:
        """Give the whole answer as a file to be read; one too large or slow is a `LimitError`."""


class ListsFile(Protocol):
    """Gives the file of lists that is made beside, where a build is large."""

    def __call__(self, *, wait: bool) -> Path:
        """Give it, after a while or at once; where it is not there yet, raise a `BusyError`."""

    def begin(self) -> None:
        """Let it be made, if it is neither there nor being made."""

    def earlier(self) -> Path | None:
        """Give that of the state before, as long as that of now is not there."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator says of the site."""

    title: str = "Communiqué"
    publisher: str = ""
    licence: str = ""  # the IRI of the licence of the data
    address: str = ""  # where the public finds it, with a slash at the end; "" where unknown
    quotes: bool = True  # False: quotations and texts are left out everywhere
    texts: bool = True  # False: articles are shown by their quotations only
    files: bool = False  # True: a site of files, where nobody answers
    endpoint: str = ""  # where a SPARQL endpoint answers on the same data, for a site of files


@dataclass(frozen=True, slots=True)
class Dump:
    """The whole graph, or tables of it, as one file to download."""

    path: str  # its address
    title: str  # of the format
    media_type: str
    bytes: int
    sha256: str
    packed: bool = False  # by gzip


@dataclass(frozen=True, slots=True)
class Holding:
    """What a site shows: an open build or release, and how it is asked.

    `dataset` is read in this process, only by patterns and by our own queries; strangers' queries
    go through `ask` and `serialise`.
    """

    dataset: Dataset
    iris: Iris
    digest: str  # of the whole graph; changes with any statement
    questions: tuple[Question, ...]
    search: Search
    ask: Ask
    serialise: Serialise
    article: Callable[[str], Article | None]  # the text by the article's id, where it is at hand
    counts: Mapping[str, int] = field(default_factory=dict)  # of the manifest
    tools: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    settings: Settings = field(default_factory=Settings)
    vocabulary: Callable[[], Dataset] = lambda: Dataset.of(())  # each file in a graph of its own
    dumps: Callable[[], tuple[Dump, ...]] | None = None  # that are written; None: made when asked
    kept: dict[str, Any] = field(default_factory=dict, compare=False)  # worked out once, for all
    inspect: Callable[[Question], Form] = lambda _: "select"  # refuses what may not be asked
    bound: Callable[[Question, Mapping[str, str]], str] = lambda question, _: question.text
    """Gives the text of a query with the values of its parameters in it."""
    replaced: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by what, in releases
    older: bool = False  # it was made with another vocabulary, or by other rules
    release: str = ""  # its name, if it is one
    previous: str = ""  # the name of the release before, where one is known
    lists: ListsFile | None = None  # None: made when they are first asked for
    close: Callable[[], None] = lambda: None  # ends the processes that answer


@dataclass(frozen=True, slots=True)
class Document:
    """One file for machines: its address with extension, its media type, what makes its bytes.

    It is made from what stands after the question mark; a site of files holds what nothing asked
    gives, so that it has to be whole without.
    """

    path: str  # as in an address, without a slash at the beginning
    media_type: str  # "application/atom+xml", with a charset where it is text
    make: Callable[[Asked], bytes]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its address without extension, and what is shown there."""

    path: str  # as in an address, percent-encoded, without a slash at the beginning
    title: str
    template: str = ""  # a file of kg/site/templates; without one there is no HTML
    context: Mapping[str, Any] = field(default_factory=dict)
    about: str | None = None  # the IRI that the page is about
    description: str = ""  # one sentence, for search engines and previews
    table: Callable[[], Rows] | None = None  # what CSV and JSON hold
    statements: Callable[[], Iterable[Quad]] | None = None  # what the RDF formats hold
    status: int = 200  # of HTTP: what was asked cannot be answered, and the page says why
    see: str | None = None  # the address, with extension, of the page to go to instead (303)
    moved: str | None = None  # the IRI that took its place
    gone: str | None = None  # why there is nothing any more
    passing: bool = False  # it will soon be another; nobody may keep it


@runtime_checkable
class Prepared(Protocol):
    """A section that works out beside, when a large site begins, what first pages wait for."""

    def prepare(self) -> tuple[str, ...]:
        """Work it out; give the addresses of pages that are then made once, for their templates."""


class Section(Protocol):
    """A part of the site, which finds its pages."""

    def page(self, path: str, asked: Asked) -> Page | None:
        """Find the page at an address, None if it belongs to another section or to none."""

    def paths(self) -> Iterator[str]:
        """Yield the addresses that a site of files holds, without extension."""
