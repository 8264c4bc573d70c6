"""A holding in, the site as files out: pages, documents, dumps, and what a web server has to know.

The folder is written aside and takes its place whole. The same build and settings give the same
bytes. One page is in memory at a time; the dumps stream. What needs a server is replaced by a page
that says so.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from kg import __version__
from kg.errors import LimitError, QueryError
from kg.graph.model import Dataset
from kg.resources import package_digest
from kg.site.documents import documents
from kg.site.exports import export_folder
from kg.site.folders import written_whole
from kg.site.forms import FORMS, HTML, Form, forms_of, graph_bytes
from kg.site.machines.crawling import SITEMAP, index, sitemaps
from kg.site.machines.dumps import FOLDER, FORMATS, write_dump
from kg.site.machines.naming import endpoint, home
from kg.site.model import Dump, Holding, Page
from kg.site.publish.apache import htaccess, w3id
from kg.site.publish.names import Names
from kg.site.publish.redirects import Redirects, redirects
from kg.site.publish.tree import SUMS, Tree
from kg.site.rendering import Renderer
from kg.site.sections import sections
from kg.site.web.state import State

MANIFEST: Final = "manifest.json"
FORMAT: Final = "communique-site/1"
NEEDING: Final = frozenset({"search", "editor"})
"""Pages that need a server."""
_LINK: Final = re.compile(r'(?:href|action)="([^"?#:]+)\.html[^"]*"')
_PAGED: Final = re.compile(r'href="([^"?]*)\.html\?page=(\d+)"')
_RESOURCES: Final = ("id/", "concept/", "def/", "shapes/", "ontology/")
_TABLES: Final = f"{FOLDER}tables"
_MOST_PAGES: Final = 100_000  # of one list

Progress = Callable[[int, int], None]
"""Is told how many pages of how many are written."""
Wanted = Callable[[str], Sequence[Form]]
"""Gives the forms in which the page at an address is to be written, if any."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was written."""

    pages: int
    files: int
    bytes: int


def publish(
    holding: Holding,
    folder: Path,
    forms: Sequence[Form] = FORMS,
    progress: Progress = lambda _done, _all: None,
    wanted: Wanted | None = None,
    *,
    again: bool = False,
) -> Published:
    """Write a site into a folder that is new, empty, or was published before.

    A part of one is written where `wanted` names the forms of each page. A folder that holds just
    this site already is left as it is, unless it is to be written `again`.
    """
    told = replace(holding.settings, files=True)
    recipe = recipe_of(holding, forms, wanted)
    standing = None if again else _standing(folder, recipe)
    if standing is not None:
        return standing
    with written_whole(folder, (MANIFEST,)) as place, Tree(place) as tree:
        shown = replace(holding, settings=told, kept={})
        dumps = _dumps(tree, shown)
        shown = replace(shown, dumps=lambda: dumps, kept={})
        writing = _Writing(shown, tree, forms, wanted)
        pages = writing.all(progress)
        _manifest(tree, shown, dumps, recipe, pages)
        return Published(pages, tree.files, tree.bytes)


def recipe_of(holding: Holding, forms: Sequence[Form], wanted: Wanted | None = None) -> str:
    """Give a digest of all that a site is made of: the graph, settings, forms, this program."""
    told = (holding.digest, str(holding.settings), holding.release, holding.previous,
            str(sorted(holding.replaced)), package_digest(), _program(),
            ",".join(form.extension for form in forms),
            "" if wanted is None else wanted.__qualname__)  # fmt: skip
    return hashlib.sha256("\0".join(told).encode()).hexdigest()


@cache
def _program() -> str:
    """Give a digest of the programs, templates and assets of sites."""
    root = Path(str(files("kg")))
    found = hashlib.sha256(__version__.encode())
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            found.update(path.relative_to(root).as_posix().encode())
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _standing(folder: Path, recipe: str) -> Published | None:
    """Measure the site in a folder, if it was made by just this recipe and no file is missing."""
    try:
        told = json.loads((folder / MANIFEST).read_bytes())
        if told["recipe"] != recipe:
            return None
        lines = (folder / SUMS).read_text("utf-8").splitlines()
        size = sum((folder / line[66:]).stat().st_size for line in lines)
        return Published(int(told["pages"]), len(lines), size)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _dumps(tree: Tree, holding: Holding) -> tuple[Dump, ...]:
    """Write the dumps and the tables, with a manifest of their own."""
    found = []
    for form in FORMATS:
        with tree.place(form.path).open("wb") as file:
            dump = write_dump(holding, form, file, tree.root)
        tree.enter(dump.path, dump.bytes, dump.sha256)
        found.append(dump)
    quotes = holding.settings.quotes
    export_folder(
        holding.dataset,
        "csv",
        tree.place(_TABLES),
        quotes="full" if quotes else "none",
        base=holding.iris.base,
    )
    for path in sorted((tree.root / _TABLES).rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            tree.write(f"{_TABLES}/{path.relative_to(tree.root / _TABLES).as_posix()}", data)
    return tuple(found)


class _Writing:
    """Writes the pages of a site."""

    def __init__(
        self, holding: Holding, tree: Tree, forms: Sequence[Form], wanted: Wanted | None
    ) -> None:
        self._holding, self._tree, self._forms = holding, tree, forms
        self._wanted = wanted or (lambda _: forms)
        self._state = State(holding)
        self._paths = sorted(
            {path for part in sections(holding) for path in part.paths()} - NEEDING
        )
        self._known = frozenset(map(hash, self._paths))
        self._lacking = {*NEEDING}
        self._redirects = redirects(holding.dataset, self._state.addresses)
        self._names = Names.of(self._paths)
        writer = self._state.writer
        writer.renderer = Renderer(holding, self._names.address)
        self._spelled: list[tuple[str, str]] = []

    def all(self, progress: Progress) -> int:
        """Write everything; give the number of pages."""
        fixed = {each.path: each for each in documents(self._holding)}
        for number, path in enumerate(self._paths):
            progress(number, len(self._paths))
            self._page(path, fixed.keys())
        progress(len(self._paths), len(self._paths))
        for name, document in sorted(fixed.items()):
            if name != SITEMAP:
                self._tree.write(self._names.file(name), document.make({}))
        self._assets()
        self._notes()
        self._retired(self._redirects)
        self._crawling()
        self._rules()
        return len(self._paths)

    def _page(self, path: str, fixed: Iterable[str]) -> None:
        wanted = self._wanted(path)
        page = self._state.page(path, {}) if wanted else None
        if page is None or page.moved or page.gone:
            return
        address = self._names.address(path)
        if address != path and self._state.addresses.iri(path):
            self._spelled.append((path, address))
        forms = [form for form in forms_of(page) if form in wanted]
        held = _held(page)
        page = replace(page, statements=held.quads if held else None)
        for form in forms:
            name = f"{path}.{form.extension}"
            if name not in fixed:
                self._write(name, page, form, held)

    def _write(self, name: str, page: Page, form: Form, held: Dataset | None) -> None:
        try:
            data = self._document(page, form, held)
        except (QueryError, LimitError):  # a question that nobody has filled in
            return
        self._tree.write(self._names.file(name), data)

    def _document(self, page: Page, form: Form, held: Dataset | None) -> bytes:
        if form == HTML:
            html = self._state.writer.renderer.html(page)
            self._look_for_links(page.path, html)
            return self._turned(page.path, html).encode()
        if form.export and held is not None:
            return graph_bytes(held, form, self._holding.iris.base)
        return self._state.writer.write(page, form)

    def _look_for_links(self, path: str, html: str) -> None:
        """Note which pages are linked that a site of files has not."""
        folder = posixpath.dirname(path)
        for link in set(_LINK.findall(html)):
            target = posixpath.normpath(posixpath.join(folder, link))
            if hash(target) not in self._known and not target.startswith(_RESOURCES):
                self._lacking.add(target)

    def _turned(self, path: str, html: str) -> str:
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
            self._tree.write(name, _led(text, here).encode())
            number += 1
        return _led(html, here)

    def _assets(self) -> None:
        """Copy what pages load."""
        root = Path(str(files("kg") / "site" / "assets"))
        for path in sorted(root.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                self._tree.write(f"assets/{path.relative_to(root).as_posix()}", path.read_bytes())

    def _notes(self) -> None:
        """Say of what needs a server where it is found."""
        answering = endpoint(self._holding)
        for path in sorted(self._lacking):
            reason = "This part of the site needs a server, and here are files only."
            context = {"reason": reason, "endpoint": answering}
            page = Page(path, path.rpartition("/")[2].capitalize(), "note.html", context)
            self._tree.write(f"{path}.html", self._state.writer.renderer.html(page).encode())
        root = urlsplit(home(self._holding)).path if self._holding.settings.address else "/"
        for status, title, reason in (
            ("404", "Not found", "Nothing is at this address."),
            ("410", "Gone", "What was here was taken out."),
        ):
            page = Page(status, title, "error.html", {"reason": reason, "alternatives": {}})
            html = self._state.writer.renderer.html(page)
            self._tree.write(f"{status}.html", _rooted(html, root).encode())

    def _retired(self, found: Redirects) -> None:
        """Leave a page at every address that leads on, for servers without rules."""
        for old, new in found.moved:
            page = Page(old, "Moved", "moved.html", {"heir": new})
            name = self._names.file(f"{old}.html")
            self._tree.write(name, self._state.writer.renderer.html(page).encode())

    def _crawling(self) -> None:
        """Write the site map, in parts if it is long; none where nobody knows the address."""
        root = self._holding.settings.address
        if not root:
            return
        parts = sitemaps(root, map(self._names.address, self._paths))
        first = next(parts)
        rest = [first, *parts]
        if len(rest) == 1:
            self._tree.write(SITEMAP, first)
            return
        for number, part in enumerate(rest, 1):
            self._tree.write(f"sitemap-{number}.xml", part)
        named = (f"{root}sitemap-{number}.xml" for number in range(1, len(rest) + 1))
        self._tree.write(SITEMAP, index(named))

    def _rules(self) -> None:
        address = self._holding.settings.address
        root = urlsplit(address).path if address else "/"
        moved, gone = self._redirects.moved, self._redirects.gone
        spelled = self._spelled
        self._tree.write(".htaccess", htaccess(self._forms, moved, gone, spelled, root))
        if address:
            self._tree.write("w3id.org.htaccess", w3id(self._forms, address))


def _held(page: Page) -> Dataset | None:
    """Hold the statements of a page; a question that nobody has filled in has none."""
    try:
        return Dataset.of(page.statements()) if page.statements else None
    except (QueryError, LimitError):
        return None


def _led(html: str, here: str) -> str:
    """Lead from page to page of a list by names of files."""

    def file(found: re.Match[str]) -> str:
        name, number = found.groups()
        told = f"{name}-page-{number}" if name == here and number != "1" else name
        return f'href="{told}.html"'

    return _PAGED.sub(file, html)


def _rooted(html: str, root: str) -> str:
    """Let links begin at the root of a server: the page is sent in place of any other."""
    return re.sub(r'(href|src|action)="(?!https?:|[#/])(?:\./)?', rf'\1="{root}', html)


def _manifest(tree: Tree, holding: Holding, dumps: Iterable[Dump], recipe: str, pages: int) -> None:
    """Write what the site is made of."""
    told = {
        "format": FORMAT,
        "package": __version__,
        "base": holding.iris.base,
        "digest": holding.digest,
        "recipe": recipe,
        "pages": pages,
        "tools": dict(sorted(holding.tools.items())),
        "counts": dict(sorted(holding.counts.items())),
        "quotes": holding.settings.quotes,
        "licence": holding.settings.licence,
        "dumps": {
            each.path: {"sha256": each.sha256, "bytes": each.bytes, "media_type": each.media_type}
            for each in dumps
        },
    }
    data = json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"
    tree.write(MANIFEST, data)
    tree.write(f"{FOLDER}{MANIFEST}", data)
