"""What a site of files has beside pages, documents and dumps: notes, site map, assets, manifest."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from kg import __version__
from kg.site.machines.crawling import SITEMAP, index, sitemaps
from kg.site.machines.dumps import FOLDER
from kg.site.machines.naming import endpoint, home
from kg.site.model import Dump, Holding, Page
from kg.site.publish.names import Names
from kg.site.publish.redirects import Redirects
from kg.site.publish.tree import Tree
from kg.site.rendering import Renderer

MANIFEST: Final = "manifest.json"
FORMAT: Final = "communique-site/1"


def assets(tree: Tree) -> None:
    """Copy what pages load."""
    root = Path(str(files("kg") / "site" / "assets"))
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            tree.write(f"assets/{path.relative_to(root).as_posix()}", path.read_bytes())


def notes(
    tree: Tree, holding: Holding, renderer: Renderer, names: Names, lacking: Iterable[str]
) -> None:
    """Say of what needs a server where it is found, and what is sent where nothing is."""
    answering = endpoint(holding)
    for path in sorted(lacking):
        reason = "This part of the site needs a server, and here are files only."
        context = {"reason": reason, "endpoint": answering}
        page = Page(path, path.rpartition("/")[2].capitalize(), "note.html", context)
        tree.write(names.file(f"{path}.html"), renderer.html(page).encode())
    root = urlsplit(home(holding)).path if holding.settings.address else "/"
    for status, title, reason in (
        ("404", "Not found", "Nothing is at this address."),
        ("410", "Gone", "What was here was taken out."),
    ):
        page = Page(status, title, "error.html", {"reason": reason, "alternatives": {}})
        tree.write(f"{status}.html", _rooted(renderer.html(page), root).encode())


def retired(tree: Tree, renderer: Renderer, names: Names, found: Redirects) -> None:
    """Leave a page at every address that leads on, for servers without rules."""
    for old, new in found.moved:
        page = Page(old, "Moved", "moved.html", {"heir": new})
        tree.write(names.file(f"{old}.html"), renderer.html(page).encode())


def crawling(tree: Tree, root: str, addresses: Iterable[str]) -> None:
    """Write the site map, in parts if it is long; none where nobody knows the address."""
    if not root:
        return
    parts = list(sitemaps(root, addresses))
    if len(parts) == 1:
        tree.write(SITEMAP, parts[0])
        return
    for number, part in enumerate(parts, 1):
        tree.write(f"sitemap-{number}.xml", part)
    named = (f"{root}sitemap-{number}.xml" for number in range(1, len(parts) + 1))
    tree.write(SITEMAP, index(named))


def manifest(
    tree: Tree,
    holding: Holding,
    dumps: Iterable[Dump],
    recipe: str,
    pages: int,
    lacking: Mapping[str, str],
) -> None:
    """Write what the site is made of, and what it lacks if it does."""
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
        **({"lacking": dict(lacking)} if lacking else {}),
    }
    data = json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"
    tree.write(MANIFEST, data)
    tree.write(f"{FOLDER}{MANIFEST}", data)


def _rooted(html: str, root: str) -> str:
    """Let links begin at the root of a server: the page is sent in place of any other."""
    return re.sub(r'(href|src|action)="(?!https?:|[#/])(?:\./)?', rf'\1="{root}', html)
