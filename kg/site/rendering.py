"""Pages as HTML: a page in, text out, by the templates of `kg/site/templates`.

Everything is escaped unless a template of ours says otherwise; links lead to addresses of this site
or, where a page shows a foreign address, to http and https only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg import __version__
from kg.resources import lexicon
from kg.site.addresses import Addresses, relative
from kg.site.dating import told
from kg.site.framing import as_of, licence_name, navigation
from kg.site.looking import Look
from kg.site.model import Holding, Page
from kg.site.pages.configuration import configuration


class Renderer:
    """Renders the pages of one site."""

    def __init__(self, holding: Holding, placed: Callable[[str], str] = str) -> None:
        """Render for a server, or for files whose addresses `placed` gives."""
        self._holding, self._placed = holding, placed
        self._addresses = Addresses(holding.iris.base)
        self.look = Look.of(holding)

    @cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            loader=PackageLoader("kg", "site/templates"),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters.update(
            weblink=weblink, date=told, licence=licence_name, number="{:,}".format
        )
        environment.globals.update(
            navigation=navigation(),
            as_of=as_of(self._holding),
            settings=self._holding.settings,
            digest=self._holding.digest,
            version=__version__,
            label=self.look.label,
            property_label=self._property_label,
            program=program,
        )
        return environment

    def _property_label(self, iri: str) -> str:
        """Give the words under which the values of a property stand."""
        told = configuration().order.get(iri)
        return told[1] if told else self.look.label(iri)

    def prepare(self) -> None:
        """Read all templates, which the first page of each kind waits for otherwise."""
        for name in self._environment.list_templates():
            self._environment.get_template(name)

    def html(self, page: Page) -> str:
        """Render a page; its links are relative to its address."""
        placed = self._placed
        here = placed(page.path + ".html")

        def link(path: str) -> str:
            return relative(placed(path), here)

        def href(iri: str) -> str | None:
            path = self._addresses.path(iri)
            return relative(placed(path + ".html"), here) if path else weblink(iri)

        given: dict[str, Any] = {"page": page, "link": link, "href": href, **page.context}
        return self._environment.get_template(page.template).render(given)


@dataclass(frozen=True, slots=True)
class Program:
    """A program that reads: how its name begins, and what readers call it."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class _Programs:
    programs: tuple[Program, ...]


@lru_cache(64)
def program(name: str) -> str:
    """Say what a program is called: a name with its version in, words out.

    >>> program("rules/1.0"), program("other/2")
    ('rules', 'other')
    """
    told: _Programs = lexicon("site", "programs.yaml", _Programs)
    named = (each.words for each in told.programs if name.startswith(each.name))
    return next(named, name.partition("/")[0])


def weblink(address: str) -> str | None:
    """Give an address that a browser may follow, None for any scheme but http and https.

    >>> weblink("javascript:alert(1)"), weblink("https://example.org/a")
    (None, 'https://example.org/a')
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.netloc else None
