"""Pieces of work in, files of a site out: dumps, tables, documents for machines, pages.

One page is in memory at a time; the dumps stream. A piece gives the same bytes whoever does it and
in whatever order, so that several processes may. A page whose answer does not come in time lacks
what depends on it, and is told of.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from kg.errors import LimitError, QueryError
from kg.graph.model import Dataset
from kg.site.documents import documents
from kg.site.exports import export_folder
from kg.site.forms import HTML, Form, forms_of, graph_bytes
from kg.site.machines.crawling import SITEMAP
from kg.site.machines.dumps import FOLDER, FORMATS, write_dump
from kg.site.model import Dump, Holding, Page
from kg.site.publish.model import Done, Job
from kg.site.publish.names import Names
from kg.site.publish.tree import Tree
from kg.site.rendering import Renderer
from kg.site.web.state import State

_LINK: Final = re.compile(r'(?:href|action)="([^"?#:]+)\.html[^"]*"')
_PAGED: Final = re.compile(r'href="([^"?]*)\.html\?page=(\d+)"')
_RESOURCES: Final = ("id/", "concept/", "def/", "shapes/", "ontology/")
_TABLES: Final = f"{FOLDER}tables"
_MOST_PAGES: Final = 100_000  # of one list

Wanted = Callable[[str], Sequence[Form]]
"""Gives the forms in which the page at an address is to be written, if any."""


class Author:
    """Does pieces of work on a site."""

    def __init__(
        self, holding: Holding, root: Path, forms: Sequence[Form], wanted: Wanted | None = None
    ) -> None:
        """Write into the folder `root`."""
        self._holding, self._root = holding, root
        self._wanted = wanted or (lambda _: forms)
        self._pages: _Pages | None = None

    def do(self, job: Job) -> Done:
        """Do a piece of work."""
        tree = Tree(self._root)
        match job.kind:
            case "dump":
                dump = _dumped(tree, self._holding, job.paths[0])
                return Done(job.name, tuple(tree.files), dump=dump)
            case "tables":
                _tables(tree, self._holding)
            case "documents":
                self._pages_of(job).documents(tree)
            case _:
                return self._pages_of(job).written(job, tree)
        return Done(job.name, tuple(tree.files))

    def _pages_of(self, job: Job) -> _Pages:
        if self._pages is None:
            names = Names(job.clashing)
            shown = shown_with(self._holding, job.dumps)
            if job.lists:
                shown = replace(shown, lists=_Made(Path(job.lists)))
            self._pages = _Pages(shown, names, self._wanted)
        return self._pages


def shown_with(holding: Holding, dumps: tuple[Dump, ...]) -> Holding:
    """Let pages name the dumps that are written."""
    return replace(holding, dumps=lambda: dumps, kept={})


def _dumped(tree: Tree, holding: Holding, name: str) -> Dump:
    form = next(each for each in FORMATS if each.name == name)
    with tree.place(form.path).open("wb") as file:
        dump = write_dump(holding, form, file, tree.root)
    tree.enter(dump.path, dump.bytes, dump.sha256)
    return dump


def _tables(tree: Tree, holding: Holding) -> None:
    """Write the tables, with a manifest of their own."""
    export_folder(
        holding.dataset,
        "csv",
        tree.place(_TABLES),
        quotes="full" if holding.settings.quotes else "none",
        base=holding.iris.base,
    )
    for path in sorted((tree.root / _TABLES).rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            tree.write(f"{_TABLES}/{path.relative_to(tree.root / _TABLES).as_posix()}", data)


class _Made:
    """The file of lists that somebody else made."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, *, wait: bool) -> Path:  # noqa: ARG002 - nothing is to be waited for
        return self._path

    def begin(self) -> None:
        pass

    def earlier(self) -> Path | None:
        return None


class _Pages:
    """Writes pages, and the documents for machines that name them."""

    def __init__(self, holding: Holding, names: Names, wanted: Wanted) -> None:
        self._base = holding.iris.base
        self._names, self._wanted = names, wanted
        self._state = State(holding)
        self._state.writer.renderer = Renderer(holding, names.address)
        self._documents = documents(holding)
        self._links: set[str] = set()
        self._lacking: dict[str, str] = {}

    def documents(self, tree: Tree) -> None:
        """Write the documents for machines but the site map."""
        for document in sorted(self._documents, key=lambda each: each.path):
            if document.path != SITEMAP:
                tree.write(self._names.file(document.path), document.make({}))

    def written(self, job: Job, tree: Tree) -> Done:
        """Write some pages in all their forms."""
        self._links, self._lacking = set(), {}
        spelled = [pair for path in job.paths for pair in self._page(path, tree)]
        links, lacking = tuple(sorted(self._links)), tuple(sorted(self._lacking.items()))
        return Done(job.name, tuple(tree.files), links, tuple(spelled), lacking=lacking)

    def _page(self, path: str, tree: Tree) -> list[tuple[str, str]]:
        """Write a page; give its address and that of its file where an identifier differs."""
        wanted = self._wanted(path)
        page = self._state.page(path, {}) if wanted else None
        if page is None or page.moved or page.gone:
            return []
        forms, held = forms_of(page), self._held(page)
        page = replace(page, statements=held.quads if held else None)
        if held is None:
            forms = tuple(form for form in forms if not form.export)
        for form in (each for each in forms if each in wanted):
            name = f"{path}.{form.extension}"
            if self._state.document(name) is None:
                self._write(name, page, form, held, tree)
        address = self._names.address(path)
        differs = address != path and self._state.addresses.iri(path)
        return [(path, address)] if differs else []

    def _write(self, name: str, page: Page, form: Form, held: Dataset | None, tree: Tree) -> None:
        try:
            data = self._document(page, form, held, tree)
        except QueryError:  # a question that nobody has filled in
            return
        except LimitError as error:
            self._lacking[page.path] = error.reason
            return
        tree.write(self._names.file(name), data)

    def _held(self, page: Page) -> Dataset | None:
        """Hold the statements of a page; a question that nobody has filled in has none."""
        try:
            return Dataset.of(page.statements()) if page.statements else None
        except QueryError:
            return None
        except LimitError as error:
            self._lacking[page.path] = error.reason
            return None

    def _document(self, page: Page, form: Form, held: Dataset | None, tree: Tree) -> bytes:
        if form == HTML:
            html = self._state.writer.renderer.html(page)
            self._look_for_links(page.path, html)
            return self._turned(page.path, html, tree).encode()
        if form.export and held is not None:
            return graph_bytes(held, form, self._base)
        return self._state.writer.write(page, form)

    def _look_for_links(self, path: str, html: str) -> None:
        """Note which pages are linked, as a site of files may lack some."""
        folder = posixpath.dirname(path)
        for link in set(_LINK.findall(html)):
            target = posixpath.normpath(posixpath.join(folder, link))
            if not target.startswith(_RESOURCES):
                self._links.add(target)

    def _turned(self, path: str, html: str, tree: Tree) -> str:
        """Write the further pages of a list as files of their own, and lead there."""
        here = path.rpartition("/")[2]
        last = max((int(n) for name, n in _PAGED.findall(html) if name == here), default=0)
        number = 2
        while number <= min(last, _MOST_PAGES):
            page = self._state.page(path, {"page": str(number)})
            if page is None:
                break
            text = self._state.writer.renderer.html(page)
            found = (int(n) for name, n in _PAGED.findall(text) if name == here)
            last = max(last, *found, 0)
            name = self._names.file(f"{path}-page-{number}.html")
            tree.write(name, _led(text, here).encode())
            number += 1
        return _led(html, here)


def _led(html: str, here: str) -> str:
    """Lead from page to page of a list by names of files."""

    def file(found: re.Match[str]) -> str:
        name, number = found.groups()
        told = f"{name}-page-{number}" if name == here and number != "1" else name
        return f'href="{told}.html"'

    return _PAGED.sub(file, html)
