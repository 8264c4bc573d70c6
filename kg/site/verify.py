"""An export and the articles it came from in; a report on every sentence it points at out.

Works on exports without quotes: the digest of what stands between the offsets has to be the one
that the export gives. What cannot be compared is reported, never passed over.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.articles.model import Article
from kg.errors import VerificationError
from kg.graph.model import Dataset
from kg.iris import digest
from kg.site.claimtable import unsafe
from kg.site.extras import needed
from kg.terms import DEFINITIONS, PREFIXES

_OA = PREFIXES["oa"]
_DERIVED = f"{PREFIXES['prov']}wasDerivedFrom"
_TYPE = NamedNode(f"{PREFIXES['rdf']}type")
_Node = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True, order=True)
class Mismatch:
    """A sentence that the article does not confirm: where, which evidence, and why."""

    article: str
    line: int  # 0 where the export does not say
    column: int
    evidence: str
    reason: str

    def __str__(self) -> str:
        return f"{self.article}:{self.line}:{self.column}: {self.reason} ({self.evidence})"


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of comparing an export with texts."""

    checked: int  # evidence spans in the export
    confirmed: int  # of these, found word for word
    mismatches: tuple[Mismatch, ...]
    missing: tuple[str, ...]  # articles that the export cites and nobody gave
    changed: tuple[str, ...]  # articles whose text is no longer the one that was read

    @property
    def ok(self) -> bool:
        """Whether every sentence of the export was found, word for word."""
        return self.confirmed == self.checked


def verify(dataset: Dataset, articles: Iterable[Article]) -> Verification:
    """Compare every evidence span of an export with the texts of articles."""
    texts = {article.id: article for article in articles}
    sources = {
        quad.subject: quad.object for quad in dataset.quads(None, NamedNode(f"{_OA}hasSource"))
    }
    if not sources:
        raise VerificationError("export", "points at no sentence; was it made by `kg export`?")
    spans = [_Span.of(dataset, node, source) for node, source in sources.items()]
    return _compared(spans, texts, sorted(_changed(dataset, texts)))


def is_table(data: bytes) -> bool:
    """Tell whether an export is the CSV table of claims."""
    return data.removeprefix(b"\xef\xbb\xbf").startswith(b"article,line,column,kind,")


def verify_table(data: bytes, articles: Iterable[Article]) -> Verification:
    """Compare every claim of a CSV export with the texts of articles."""
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        spans = [_Span.of_row(row) for row in rows]
    except (UnicodeDecodeError, csv.Error, KeyError) as error:
        raise VerificationError("export", f"no table of `kg export -f csv` ({error!r})") from error
    if not spans:
        raise VerificationError("export", "points at no sentence; was it made by `kg export`?")
    return _compared(spans, {article.id: article for article in articles}, [])


def is_tables(folder: Path) -> bool:
    """Tell whether a folder is an export of tables."""
    return (folder / "datapackage.json").is_file()


def verify_tables(folder: Path, articles: Iterable[Article]) -> Verification:
    """Compare every passage of an export of tables with the texts of articles."""
    try:
        named = {row["article"]: row["identifier"] for row in _rows(folder, "articles")}
        spans = [_Span.of_passage(row, named[row["article"]]) for row in _rows(folder, "evidence")]
    except (OSError, ValueError, csv.Error, KeyError) as error:  # pyarrow's errors are ValueErrors
        told = f"no tables of `kg export -f csv` or `-f parquet` ({error!r})"
        raise VerificationError(str(folder), told) from error
    if not spans:
        raise VerificationError(str(folder), "points at no sentence; was it made by `kg export`?")
    return _compared(spans, {article.id: article for article in articles}, [])


def _rows(folder: Path, table: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table as CSV would give them."""
    columns = folder / f"{table}.parquet"
    if columns.is_file():
        parquet = needed("pyarrow.parquet", "Parquet", "tables")
        for row in parquet.read_table(columns).to_pylist():
            yield {name: "" if value is None else str(value) for name, value in row.items()}
        return
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _compared(spans: list[_Span], texts: Mapping[str, Article], changed: list[str]) -> Verification:
    here = [span for span in spans if span.article in texts]
    found = [(span, span.fault(texts[span.article].text)) for span in here]
    mismatches = sorted(span.mismatch(fault) for span, fault in found if fault)
    return Verification(
        checked=len(spans),
        confirmed=len(here) - len(mismatches),
        mismatches=tuple(mismatches),
        missing=tuple(sorted({span.article for span in spans} - set(texts))),
        changed=tuple(changed),
    )


@dataclass(frozen=True, slots=True)
class _Span:
    """One piece of evidence as an export gives it."""

    node: str
    article: str
    start: int | None
    end: int | None
    digest: str | None
    quotes: tuple[str, ...]
    line: int | None
    column: int | None

    @classmethod
    def of(cls, dataset: Dataset, node: _Node, source: _Node) -> _Span:
        """Read what an export says of a piece of evidence."""
        selectors = _values(dataset, node, f"{_OA}hasSelector")

        def selected(name: str) -> str | None:
            found = (_text(dataset, each, _OA + name) for each in selectors)
            return next((text for text in found if text is not None), None)

        return cls(
            node=_name(node),
            article=_identifier(dataset, source),
            start=_number(selected("start")),
            end=_number(selected("end")),
            digest=_text(dataset, node, f"{DEFINITIONS}digest"),
            quotes=(*filter(None, [selected("exact")]), *_quoted(dataset, node)),
            line=_number(_text(dataset, node, f"{DEFINITIONS}line")),
            column=_number(_text(dataset, node, f"{DEFINITIONS}column")),
        )

    @classmethod
    def of_passage(cls, row: Mapping[str, str], article: str) -> _Span:
        """Read what a row of the table of evidence says of a passage."""
        return cls(
            node=row["evidence"],
            article=article,
            start=_number(row["start"]),
            end=_number(row["end"]),
            digest=row["digest"] or None,
            quotes=(*filter(None, [row["quote"]]),),
            line=_number(row["line"]),
            column=_number(row["column"]),
        )

    @classmethod
    def of_row(cls, row: Mapping[str, str]) -> _Span:
        """Read what a row of a table says of the sentence of its claim."""
        return cls(
            node=row["claim"],
            article=unsafe(row["article"]),
            start=_number(row["start"]),
            end=_number(row["end"]),
            digest=row["digest"],
            quotes=(*filter(None, [unsafe(row["quote"])]),),
            line=_number(row["line"]),
            column=_number(row["column"]),
        )

    def fault(self, text: str) -> str | None:
        """Say what is wrong with the span, None if the text confirms it."""
        if self.start is None or self.end is None or self.digest is None:
            return "start, end or digest is missing"
        if not 0 <= self.start < self.end <= len(text):
            return f"{self.start}-{self.end} lies outside of the text of {len(text)} characters"
        words = text[self.start : self.end]
        if digest(words) != self.digest:
            return f"the text at {self.start}-{self.end} has another digest"
        if any(quote != words for quote in self.quotes):
            return "the quote is not what its digest and the text say"
        return None

    def mismatch(self, reason: str) -> Mismatch:
        """Report the span."""
        return Mismatch(self.article, self.line or 0, self.column or 0, self.node, reason)


def _quoted(dataset: Dataset, node: _Node) -> Iterator[str]:
    """Yield what claims quote that rest on this evidence alone."""
    if isinstance(node, Triple):
        return
    for quad in dataset.quads(None, NamedNode(_DERIVED), node):
        quote = _text(dataset, quad.subject, f"{DEFINITIONS}quote")
        if quote is not None and len(_values(dataset, quad.subject, _DERIVED)) == 1:
            yield quote


def _changed(dataset: Dataset, texts: Mapping[str, Article]) -> Iterator[str]:
    """Yield the articles whose digest is no longer that of the text."""
    for quad in dataset.quads(None, _TYPE, NamedNode(f"{DEFINITIONS}Article")):
        article = texts.get(_identifier(dataset, quad.subject))
        told = _text(dataset, quad.subject, f"{DEFINITIONS}digest")
        if article is not None and told != digest(article.text):
            yield article.id


def _identifier(dataset: Dataset, source: _Node) -> str:
    """Give the identifier of an article, else the end of its IRI."""
    identifier = _text(dataset, source, f"{PREFIXES['dcterms']}identifier")
    return identifier or unquote(_name(source).rpartition("/")[2])


def _values(dataset: Dataset, node: _Node, name: str) -> list[_Node]:
    if not isinstance(node, NamedNode | BlankNode):
        return []
    return sorted((quad.object for quad in dataset.quads(node, NamedNode(name))), key=str)


def _text(dataset: Dataset, node: _Node, name: str) -> str | None:
    found = (each.value for each in _values(dataset, node, name) if isinstance(each, Literal))
    return next(found, None)


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and re.fullmatch(r"[0-9]{1,18}", text) else None


def _name(node: _Node) -> str:
    return node.value if isinstance(node, NamedNode | BlankNode) else str(node)
