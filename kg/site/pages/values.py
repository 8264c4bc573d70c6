"""Values as a reader sees them: terms in, text and links out.

Labels instead of IRIs, dates in words, numbers with their separators, names of languages; never a
datatype.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.graph.model import Term
from kg.site.addresses import Addresses
from kg.site.dating import told
from kg.site.looking import Look, node, text_of
from kg.site.pages.configuration import configuration
from kg.site.pages.model import Shown
from kg.site.rendering import weblink
from kg.terms import PREFIXES

_DATES: Final = frozenset(
    {PREFIXES["xsd"] + name for name in ("date", "gYear", "gYearMonth")}
    | {PREFIXES["edtf"] + "EDTF"}
)
_WHOLE: Final = frozenset({PREFIXES["xsd"] + "integer"})
_PLAIN: Final = frozenset(
    node(each).value for each in ("cmq:numericCode", "cmq:start", "cmq:end", "cmq:line")
)
_STANCES: Final = {
    node("polarity:positive").value: "said", node("polarity:negative").value: "denied",
}  # fmt: skip
_TRUTH: Final = PREFIXES["xsd"] + "boolean"


class Values:
    """Shows values of one holding."""

    def __init__(self, look: Look, addresses: Addresses) -> None:
        self._look, self._addresses = look, addresses

    def shown(self, term: Term, predicate: str = "", *, parts: bool = False) -> Shown:
        """Show a value of a property; parts of things only where `parts` are asked for."""
        if isinstance(term, NamedNode):
            found = self._thing(term.value, parts=parts)
            said = _STANCES.get(term.value)
            return replace(found, text=said) if said else found
        if not isinstance(term, Literal):
            return Shown(text_of(term))
        text, datatype = term.value, term.datatype.value
        if datatype in _DATES:
            return Shown(told(text))
        if datatype in _WHOLE and predicate not in _PLAIN and text.lstrip("-").isdecimal():
            return Shown(f"{int(text):,}")
        if datatype == _TRUTH:
            return Shown({"true": "yes", "1": "yes"}.get(text, "no"))
        return Shown(text, address=weblink(text) or "", language=term.language or "")

    def _thing(self, iri: str, *, parts: bool) -> Shown:
        if self.has_page(iri, parts=parts):
            return Shown(self._look.label(iri), iri=iri)
        address = weblink(iri) or ""
        if self._addresses.path(iri) is not None:
            return Shown(self._look.label(iri))
        return Shown(address or iri, address=address)

    def is_part(self, iri: str) -> bool:
        """Say whether a thing is a part of another, with which it is shown."""
        path = self._addresses.path(iri) or ""
        return family(path) in configuration().parts or "/option/" in path

    def has_page(self, iri: str, *, parts: bool = False) -> bool:
        """Say whether a thing is spoken of here, and is more than a part of another."""
        path = self._addresses.path(iri)
        if path is None or (not parts and self.is_part(iri)):
            return False
        return not path.startswith("id/") or self._look.exists(iri)


def family(path: str) -> str:
    """Give the family of data that an address is in, "" for what is no data.

    >>> family("id/state/JP"), family("concept/material/gallium")
    ('state', '')
    """
    parts = path.split("/")
    return parts[1] if len(parts) > 2 and parts[0] == "id" else ""
