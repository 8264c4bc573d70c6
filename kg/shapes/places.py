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
            return self._by_quote(span)
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

    def _by_quote(self, span: Span) -> Place:
        """Give the place that the graph itself holds."""
        around = span if span.position else self._tracer.around(span)
        return _within(span, around) if around else Place(span.article)

    def _line_starts(self, article: Article) -> list[int]:
        if article.id not in self._starts:
            ends = [index + 1 for index, char in enumerate(article.text) if char == "\n"]
            self._starts[article.id] = [0, *ends]
        return self._starts[article.id]


def _within(span: Span, evidence: Span) -> Place:
    """Give the place of a stretch by the quote of the evidence that holds it."""
    number, column = evidence.position or (None, None)
    if not evidence.quote:
        return Place(span.article, number, column)
    offset = span.start - evidence.start
    above, _, before = evidence.quote[:offset].rpartition("\n")
    line = before + evidence.quote[offset:].partition("\n")[0]
    end = max(len(before) + 1, min(len(before) + span.end - span.start, len(line)))
    shown, underline = excerpt(line, len(before), end)
    quote = evidence.quote[offset : offset + span.end - span.start]
    if number is None or column is None:
        return Place(span.article, quote=quote, excerpt=shown, underline=underline)
    is_first = "\n" not in evidence.quote[:offset]
    shift = column - 1 if is_first else 0
    number += 0 if is_first else above.count("\n") + 1
    place = (number, shift + len(before) + 1, shift + end + 1)
    return Place(span.article, *place, quote, shown, underline)
