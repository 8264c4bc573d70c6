"""Names of files: an address of a page in, one out that every file system keeps and servers find.

A web server looks for the file whose name is the address with its escapes undone. Where that name
is no name of a file somewhere (a slash or colon in it, `..`, `con`, 300 bytes, a neighbour that
differs in case only), the address itself is spelled with `=3A` instead of `%3A`, and the pages link
there. The map is one to one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote, unquote_to_bytes

from kg.iris import content_hash

_LONGEST: Final = 180  # bytes of a name; file systems take 255, with an extension and a mark
_PLAIN: Final = re.compile(r"[A-Za-z0-9_~][A-Za-z0-9_~.-]*")
_KEPT: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_~-.")
_PUNCTUATION: Final = frozenset("-._~!$&'()+,;@ ")
_DEVICES: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)


class Names:
    """The addresses that the pages of a site have as files."""

    def __init__(self, clashing: Iterable[str] = ()) -> None:
        """Give `clashing` addresses another spelling: they differ by case or composition only."""
        self.clashing = frozenset(clashing)

    @classmethod
    def of(cls, paths: Iterable[str]) -> Names:
        """Find which of all addresses clash: all but the first of each that some systems mix up."""
        first: dict[int, int] = {}
        clashing: list[str] = []
        for path in paths:
            folded, own = hash(_folded(path)), hash(path)
            if first.setdefault(folded, own) != own:
                clashing.append(path)
        return cls(clashing)

    def address(self, path: str) -> str:
        """Give the address of a file, with or without extension, on a site of files.

        >>> Names().address("id/article/a%3Ab.html"), Names().address("id/state/JP.html")
        ('id/article/a=3Ab.html', 'id/state/JP.html')
        """
        *folders, last = path.split("/")
        stem, dot, extension = last.rpartition(".")
        name = stem if dot else last
        clashes = bool(self.clashing) and "/".join([*folders, name]) in self.clashing
        spelled = _told_apart(name) if clashes else _spelled(name)
        return "/".join([*map(_spelled, folders), f"{spelled}{dot}{extension if dot else ''}"])

    def file(self, path: str) -> str:
        """Give the name of the file that a server sends for an address."""
        return unquote(self.address(path))


def _folded(path: str) -> str:
    """Give what addresses share that a file system may take for one."""
    return unicodedata.normalize("NFC", unquote(path)).casefold()


def _spelled(segment: str) -> str:
    """Keep a segment whose name is safe; spell any other with `=`."""
    if _PLAIN.fullmatch(segment) and len(segment) <= _LONGEST and not _device(segment):
        return segment
    return segment if _is_safe(segment) else _escaped(segment)


def _is_safe(segment: str) -> bool:
    try:
        name = unquote(segment, errors="strict")
    except UnicodeDecodeError:
        return False
    return (
        all(char in _PUNCTUATION or unicodedata.category(char)[0] in "LMN" for char in name)
        and name.strip(" .") == name
        and not _device(name)
        and len(name.encode()) <= _LONGEST
    ) or segment in {"", ".well-known"}


def _device(name: str) -> bool:
    return name.partition(".")[0].lower() in _DEVICES


def _escaped(segment: str) -> str:
    data = unquote_to_bytes(segment)
    kept = "".join(chr(byte) if byte in _KEPT else f"={byte:02X}" for byte in data)
    if kept.startswith(".") or _device(kept):
        kept = f"={data[0]:02X}{kept[1:]}"
    kept = f"{kept[:-1]}=2E" if kept.endswith(".") else kept
    return (
        kept
        if len(kept) <= _LONGEST
        else f"{kept[:120].rpartition('=')[0]}=={content_hash(segment)}"
    )


def _told_apart(segment: str) -> str:
    """Tell a name from its neighbours where a file system does not; nothing else is spelled so."""
    return f"{_escaped(segment)[: _LONGEST - 20]}=={content_hash(segment)[:8]}"
