"""What crawlers look for first: `robots.txt` and the site map.

Addresses in, files out. A site map holds at most 50,000 addresses; more are parted and an index
names the parts. On a server a part is asked for by number (`sitemap.xml?part=2`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Final
from xml.sax.saxutils import escape

from kg.site.machines.naming import home
from kg.site.model import Asked, Document, Holding

SITEMAP: Final = "sitemap.xml"
MOST: Final = 50_000
_SPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def robots(holding: Holding) -> bytes:
    """Let crawlers read pages, keep them from asking questions, and name the site map."""
    lines = ["User-agent: *"]
    if holding.settings.files:
        lines.append("Allow: /")
    else:
        lines += ["Disallow: /sparql", "Disallow: /search", "Disallow: /*?"]
    if holding.settings.address:
        lines.append(f"Sitemap: {home(holding)}{SITEMAP}")
    return "\n".join([*lines, ""]).encode()


def crawling_documents(
    holding: Holding, paths: Callable[[], Iterable[str]]
) -> tuple[Document, ...]:
    """Give both; a site whose address nobody knows has no site map."""
    found = Document("robots.txt", "text/plain; charset=utf-8", lambda _: robots(holding))
    if not holding.settings.address:
        return (found,)
    return found, Document(SITEMAP, "application/xml", lambda asked: _sent(holding, paths, asked))


def _sent(holding: Holding, paths: Callable[[], Iterable[str]], asked: Asked) -> bytes:
    parts = holding.kept.get(SITEMAP)
    if parts is None:
        parts = holding.kept[SITEMAP] = [*sitemaps(home(holding), paths())]
    number = asked.get("part", "")
    if number.isdecimal() and 0 < int(number[:9]) <= len(parts):
        return bytes(parts[int(number[:9]) - 1])
    if len(parts) == 1:
        return bytes(parts[0])
    root = home(holding)
    return index(f"{root}{SITEMAP}?part={part}" for part in range(1, len(parts) + 1))


def sitemaps(root: str, paths: Iterable[str], most: int = MOST) -> Iterator[bytes]:
    """Yield site maps of the pages at addresses without extension; at least one."""
    rest = iter(paths)
    first = True
    while held := list(islice(rest, most)):
        yield _map(f"{root}{path}.html" for path in held)
        first = False
    if first:
        yield _map(())


def index(addresses: Iterable[str]) -> bytes:
    """Name the parts of a site map."""
    lines = (f"<sitemap><loc>{escape(each)}</loc></sitemap>" for each in addresses)
    return _file("sitemapindex", lines)


def _map(addresses: Iterable[str]) -> bytes:
    return _file("urlset", (f"<url><loc>{escape(each)}</loc></url>" for each in addresses))


def _file(name: str, lines: Iterable[str]) -> bytes:
    start = f'{_HEAD}<{name} xmlns="{_SPACE}">'
    return "\n".join(chain([start], lines, [f"</{name}>", ""])).encode()
