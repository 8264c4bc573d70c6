"""What an operator who keeps quotations back does not show: the same as exports without quotes.

Statements in, whether they may be shown out; asked one at a time, so that a page costs no scan of
the whole graph.
"""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad

from kg.resources import lexicon
from kg.site.looking import Look, node, text_of
from kg.site.model import Holding
from kg.site.statements import ArticleText


class Hush:
    """Tells what may be shown of a holding."""

    def __init__(self, holding: Holding, look: Look) -> None:
        self._look, self.quotes = look, holding.settings.quotes
        told: ArticleText = lexicon("site", "quotes.yaml", ArticleText)
        self._nodes = told.nodes
        self._properties = {node(each).value for each in told.properties}
        self._values = {
            (node(each.property).value, node(each.having).value, each.value) for each in told.values
        }

    def shows(self, quad: Quad) -> bool:
        """Say whether a statement may be shown."""
        if self.quotes:
            return True
        if quad.predicate.value in self._properties:
            return False
        subject = text_of(quad.subject)  # type: ignore[arg-type]  # no quoted triples
        if self.hides(subject):
            return False
        value = quad.object
        if isinstance(value, NamedNode) and self.hides(value.value):
            return False
        return not any(
            quad.predicate.value == silent and self._has(subject, having, wanted)
            for silent, having, wanted in self._values
        )

    def hides(self, subject: str) -> bool:
        """Say whether a thing is text of an article, and kept back as a whole."""
        if self.quotes:
            return False
        return any(self._look.value(subject, each) is not None for each in self._nodes)

    def _has(self, subject: str, having: str, wanted: str) -> bool:
        term = node(wanted).value if ":" in wanted else wanted
        return any(text_of(each) == term for each in self._look.values(subject, having))
