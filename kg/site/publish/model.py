"""What publishing hands on: pieces of work, and what came of them, also between processes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Self

from kg.site.model import Dump
from kg.site.publish.tree import Entry


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work: a dump, the tables, the documents for machines, or some pages."""

    name: str  # tells it from all others of the site
    kind: str
    paths: tuple[str, ...] = ()  # addresses of pages, or the name of a dump
    dumps: tuple[Dump, ...] = ()  # that pages name
    clashing: tuple[str, ...] = ()  # addresses that are spelled in another way as files
    lists: str = ""  # the file of lists, where it is made beside

    def packed(self) -> bytes:
        """Write it for another process."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def unpacked(cls, data: bytes) -> Self:
        """Read it."""
        told = json.loads(data)
        dumps = tuple(Dump(**each) for each in told["dumps"])
        paths, clashing = tuple(told["paths"]), tuple(told["clashing"])
        return cls(told["name"], told["kind"], paths, dumps, clashing, told["lists"])


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a piece of work."""

    name: str
    files: tuple[Entry, ...]
    links: tuple[str, ...] = ()  # pages that were linked, save those of resources; sorted
    spelled: tuple[tuple[str, str], ...] = ()  # addresses, and how they are spelled as files
    dump: Dump | None = None
    lacking: tuple[tuple[str, str], ...] = ()  # pages whose answer did not come, and why

    def packed(self) -> bytes:
        """Write it for another process, or for a later one; without a line break."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def unpacked(cls, data: bytes) -> Self:
        """Read it."""
        told = json.loads(data)
        return cls(
            told["name"],
            tuple((name, size, sha256) for name, size, sha256 in told["files"]),
            tuple(told["links"]),
            tuple((path, address) for path, address in told["spelled"]),
            Dump(**told["dump"]) if told["dump"] else None,
            tuple((path, reason) for path, reason in told["lacking"]),
        )


Doing = Callable[[Iterable[Job]], Iterator[Done]]
"""Does pieces of work, in any order."""
