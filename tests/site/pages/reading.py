"""What tests read in a page: its links, its anchors, the text that a reader sees."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urlsplit

_EMPTY = {"meta", "link", "input", "img", "br", "hr", "path", "circle"}


@dataclass
class Read(HTMLParser):
    """A page as it was read."""

    links: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    seen: list[str] = field(default_factory=list)  # text outside of code
    tags: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note links and anchors."""
        told = dict(attrs)
        self.tags.append(tag)
        if tag not in _EMPTY:
            self._open.append(tag)
        if told.get("href"):
            self.links.append(str(told["href"]))
        if told.get("id"):
            self.anchors.add(str(told["id"]))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Note what is read."""
        if not {"code", "script", "title"} & set(self._open):
            self.seen.append(data)

    @property
    def text(self) -> str:
        """What a reader sees, in one line."""
        return " ".join(" ".join(self.seen).split())


def read(html: str) -> Read:
    """Read a page."""
    found = Read()
    found.feed(html)
    found.close()
    return found


def within(link: str, here: str) -> tuple[str, str] | None:
    """Give address and anchor of a link within the site, None for one that leads away."""
    if urlsplit(link).scheme:
        return None
    target, anchor = urldefrag(link)
    path = urlsplit(target).path
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
    return joined, anchor
