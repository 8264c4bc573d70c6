"""What was pasted in; the resource that it names out: by IRI, prefixed name or place in a text."""

from __future__ import annotations

import re
from typing import Final

from pyoxigraph import Literal

from kg.iris import Iris, literal_segment
from kg.site.addresses import Addresses
from kg.site.looking import Look, text_of
from kg.terms import PREFIXES

_PLACE: Final = re.compile(r"(?P<article>.+?):(?P<line>[0-9]{1,7})(?::(?P<column>[0-9]{1,7}))?")
_SPACES: Final = re.compile(r"[\s<>\"{}|\\^`\x00-\x20]")
_ANSWERS: Final = (".html", ".ttl", ".jsonld", ".nt", ".rdf", ".trig", ".json", ".csv")


class Places:
    """Finds resources by what names them exactly."""

    def __init__(self, look: Look, iris: Iris) -> None:
        self._look, self._iris = look, iris
        self._addresses = Addresses(iris.base)

    def resource(self, text: str) -> str | None:
        """Give the IRI of a resource of this site that a text names, None if it names none."""
        bare = text.strip().removeprefix("<").removesuffix(">")
        if not bare or _SPACES.search(bare):
            return None
        return next((each for each in self._meant(bare) if self._is_here(each)), None)

    def address(self, iri: str) -> str:
        """Give the address of the page of a resource."""
        return f"{self._addresses.path(iri)}.html"

    def claims(self, text: str) -> tuple[str, ...]:
        """Name the claims of the sentence at `article:line:column`, or of a whole line."""
        found = _PLACE.fullmatch(text.strip())
        if found is None:
            return ()
        if found["column"]:
            exact = self._look.subjects("cmq:locator", Literal(text.strip()))
            if exact:
                return exact
        article = self._iris.of("article", literal_segment(found["article"]))
        return tuple(
            claim
            for evidence in self._look.subjects("oa:hasSource", article)
            if self._number(evidence, "cmq:line") == int(found["line"])
            and found["column"] in {None, str(self._number(evidence, "cmq:column"))}
            for claim in self._look.subjects("prov:wasDerivedFrom", evidence)
        )

    def article(self, text: str) -> str | None:
        """Give the article of an identifier."""
        told = Literal(text.strip())
        return next(iter(self._look.subjects("dcterms:identifier", told)), None)

    def _meant(self, text: str) -> list[str]:
        prefix, _, local = text.partition(":")
        if prefix in PREFIXES and not local.startswith("//"):
            return [PREFIXES[prefix] + local]
        if "://" in text:
            return [text, self._below(text)]
        return [self._iris.base + text] if "/" in text else []

    def _below(self, address: str) -> str:
        """Read the address of one of our pages, under whatever host, as an IRI."""
        path = address.partition("://")[2].partition("/")[2].partition("?")[0].partition("#")[0]
        for extension in _ANSWERS:
            path = path.removesuffix(extension)
        return self._addresses.iri(path) or ""

    def _is_here(self, iri: str) -> bool:
        return bool(iri) and self._addresses.path(iri) is not None and self._look.exists(iri)

    def _number(self, subject: str, name: str) -> int:
        found = self._look.values(subject, name)
        return int(text_of(found[0])) if found else 0
