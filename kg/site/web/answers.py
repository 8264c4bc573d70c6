"""What is sent back: status, headers and bytes, made without knowing of connections.

An answer is whole before its first byte leaves. Its ETag names the state of the graph, the address
and the form, so that whoever holds it already need not take it again.
"""

from __future__ import annotations

import gzip
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

Headers = tuple[tuple[str, str], ...]
_PRESSED: Final = ("text/", "application/json", "application/ld+json", "application/rdf+xml",
    "application/n-triples", "application/trig", "application/xml", "application/atom+xml",
    "application/feed+json")  # fmt: skip
_WORTH_IT: Final = 1400  # bytes; less fits into one packet anyway
_BESIDE: Final = 2000  # bytes that an answer takes beside its body, about


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, whole."""

    status: int
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"
    headers: Headers = ()
    etag: str = ""

    @property
    def pressable(self) -> bool:
        """Whether it is smaller when it is compressed."""
        return len(self.body) >= _WORTH_IT and self.content_type.startswith(_PRESSED)


@dataclass(slots=True)
class Kept:
    """An answer that was given, and its compressed form where somebody wanted that."""

    answer: Answer
    pressed: bytes = b""

    def press(self) -> bytes:
        """Give the body compressed; the same body gives the same bytes."""
        if not self.pressed:
            self.pressed = gzip.compress(self.answer.body, 5, mtime=0)
        return self.pressed


Key = tuple[str, str, str]


@dataclass(slots=True)
class Cache:
    """The answers given last, as many as fit."""

    most: int = 64 * 2**20
    _kept: OrderedDict[Key, Kept] = field(default_factory=OrderedDict)
    _size: int = 0
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: Key) -> Kept | None:
        """Give what was answered."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Key, answer: Answer) -> Kept:
        """Keep an answer, and let go of those that nobody asked for of late."""
        kept = Kept(answer)
        size = _size_of(key, answer)
        if size > self.most // 16:
            return kept
        with self._lock:
            if key not in self._kept:
                self._size += size
            self._kept[key] = kept
            while self._size > self.most:
                old, gone = self._kept.popitem(last=False)
                self._size -= _size_of(old, gone.answer)
        return kept


def _size_of(key: Key, answer: Answer) -> int:
    return _BESIDE + sum(map(len, key)) + len(answer.body)


def matches(etag: str, header: str) -> bool:
    """Say whether `If-None-Match` names an ETag, in whatever encoding it was sent.

    >>> matches('"a"', 'W/"b", "a-gz"'), matches('"a"', "*")
    (True, False)
    """
    told = (part.strip().removeprefix("W/") for part in header.split(","))
    return bool(etag) and any(each in {etag, pressed(etag)} for each in told)


def pressed(etag: str) -> str:
    """Give the ETag of the compressed form."""
    return f'{etag[:-1]}-gz"'
