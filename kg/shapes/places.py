"""Places of findings as a reader needs them: line, column, the line itself, an underline.

Spans of articles in, places out. Where the text of an article is not at hand, the quote that the
graph holds stands for it; a quote-free export gives line and column alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from kg.articles.model import Article
from kg.graph.model import Dataset
from kg.shapes.excerpts import excerpt
from kg.shapes.model import Node, Place
from kg.shapes.tracing import Span, Tracer


class Locator:
    """Says where in the articles the nodes of one dataset stand."""

    def __init__(self, dataset: Dataset, articles: Mapping[str, Article] | None) -> None:
        self._tracer = Tracer(dataset)
        self._articles = articles or {}
        self._starts: dict[str, list[int]] = {}

    def place(
        self, focus: Node, path: str | None = None, value: Node | None = None
    ) -> Place | None:
        """Give the place of a finding; None if nothing leads from it to an article."""
        span = self._tracer.span(focus, path, value)
        if span is None:
            article = self._tracer.article(focus)
            return Place(article) if article else None
        known = self._articles.get(span.article)
        if known is None or not span.start < len(known.text):
            return _by_quote(span)
        return self._by_text(span, known)

    def graphs(self, focus: Node) -> tuple[str, ...]:
        """Name the graphs that describe a node."""
        return self._tracer.graphs(focus)

    def _by_text(self, span: Span, article: Article) -> Place:
        starts = self._line_starts(article)
        number = bisect_right(starts, span.start)
        first = starts[number - 1]
        line = article.text[first:].partition("\n")[0]
        start = span.start - first
        end = max(start + 1, min(span.end - first, len(line)))
        shown, underline = excerpt(line, start, end)
        quote = article.text[span.start : span.end]
        return Place(article.id, number, start + 1, end + 1, quote, shown, underline)

    def _line_starts(self, article: Article) -> list[int]:
        if article.id not in self._starts:
            ends = [index + 1 for index, char in enumerate(article.text) if char == "\n"]
            self._starts[article.id] = [0, *ends]
        return self._starts[article.id]


def _by_quote(span: Span) -> Place:
    """Give the place that the graph itself holds."""
    line = span.quote.partition("\n")[0]
    number, column = span.position or (None, None)
    shown, underline = excerpt(line, 0, len(line)) if line else (None, None)
    end = column + max(1, len(line)) if column else None
    return Place(span.article, number, column, end, span.quote or None, shown, underline)
