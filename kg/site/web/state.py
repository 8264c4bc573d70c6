"""A site as it stands at one moment: a holding in, pages and documents found by address.

Requests that began in one state end in it; another state takes its place whole.
"""

from __future__ import annotations

import gc
import hashlib
import re
from dataclasses import astuple, replace
from threading import Thread
from typing import Final, Self
from urllib.parse import quote, unquote

from kg import __version__
from kg.resources import package_digest
from kg.site.addresses import Addresses
from kg.site.describing import Fate, describe, fate_of, succession
from kg.site.documents import documents
from kg.site.forms import Writer
from kg.site.model import Asked, Document, Holding, Page, Prepared
from kg.site.sections import sections
from kg.site.web.answers import Cache

_SAFE: Final = "-._~!$&'()*+,;=:@/"
_IN_NO_IRI: Final = re.compile(r"[\x00-\x20\x7f-\x9f<>\"{}|\\^`]|%(?![0-9A-Fa-f]{2})")


class State:
    """What is shown until the holding changes."""

    def __init__(self, holding: Holding) -> None:
        self.holding = holding
        self.addresses = Addresses(holding.iris.base)
        self.writer = Writer(holding)
        self.cache = Cache()
        self._sections = sections(holding)
        self._documents = {each.path: each for each in documents(holding)}
        self._seed = _seed(holding)
        self._users, self._retired = 0, False
        if holding.lists is not None:  # it is large
            holding.lists.begin()
            Thread(target=self._prepare, daemon=True).start()

    def _prepare(self) -> None:
        """Work out beside what every first page of a large site waits for otherwise."""
        self.writer.renderer.prepare()
        parts = [each for each in self._sections if isinstance(each, Prepared)]
        for path in (path for each in parts for path in each.prepare()):
            page = self.page(path, {})
            if page is not None and page.template:
                self.writer.renderer.html(page)
        gc.unfreeze()  # what an earlier state left behind
        gc.collect()
        gc.freeze()  # what stays is not gone through again, which takes longer than a page

    def document(self, path: str) -> Document | None:
        """Give the document at an address."""
        return self._documents.get(path)

    def page(self, path: str, asked: Asked) -> Page | None:
        """Find the page at an address without extension."""
        iri = self.addresses.iri(path)
        fate = self._fate(iri) if iri else None
        if iri and fate:
            title = self.writer.renderer.look.label(iri)
            moved = fate.heirs[0] if len(fate.heirs) == 1 else None
            gone = None if moved else _epitaph(fate.heirs, fate.reason, fate.date)
            late = Page(path, title, about=iri, moved=moved, gone=gone)
            known = self.writer.renderer.look.exists(iri)
            told = late if known else replace(late, statements=lambda: succession(iri, fate))
            return self._described(told)
        found = (part.page(path, asked) for part in self._sections)
        page = next((each for each in found if each is not None), None)
        if page is None and iri and self.writer.renderer.look.exists(iri):
            page = Page(path, self.writer.renderer.look.label(iri), about=iri)
        return self._described(page) if page else None

    def _fate(self, iri: str) -> Fate | None:
        heirs = self.holding.replaced.get(iri)
        if heirs and not self.writer.renderer.look.exists(iri):
            return Fate(heirs)
        return fate_of(self.holding.dataset, iri)

    def _described(self, page: Page) -> Page:
        """Let a page about a resource hold its statements, if its section gives none."""
        about, dataset = page.about, self.holding.dataset
        if about is None or page.statements is not None:
            return page
        return replace(page, statements=lambda: describe(dataset, about))

    def etag(self, path: str, form: str, query: str) -> str:
        """Name what is sent of an address in a form."""
        told = hashlib.sha256("\0".join((self._seed, path, form, query)).encode())
        return f'"{told.hexdigest()[:32]}"'

    def __enter__(self) -> Self:
        self._users += 1
        return self

    def __exit__(self, *_: object) -> None:
        self._users -= 1
        self._settle()

    def retire(self) -> None:
        """Let the last request that reads in it end it."""
        self._retired = True
        self._settle()

    def _settle(self) -> None:
        if self._retired and not self._users:
            self._retired = False
            self.holding.close()


def _seed(holding: Holding) -> str:
    parts = (holding.digest, __version__, package_digest(), *map(str, astuple(holding.settings)))
    return "\0".join(parts)


def _epitaph(heirs: tuple[str, ...], reason: str, date: str) -> str:
    if heirs:
        return f"Its place was taken by {' and '.join(heirs)}."
    told = f"It was taken out{f' on {date}' if date else ''}"
    return f"{told}: {reason}" if reason else f"{told}."


def spellings(raw: str) -> tuple[str, ...]:
    """Give an address as it came, and as our identifiers and others' would spell it.

    Only what may stand in an IRI is given, so that nothing behind here need doubt it.
    """
    try:
        plain = unquote(raw, errors="strict")
    except UnicodeDecodeError:
        return () if _IN_NO_IRI.search(raw) else (raw,)
    segments = [unquote(part, errors="strict") for part in raw.split("/")]
    ours = "/".join(quote(part, safe=_SAFE.replace("/", "")) for part in segments)
    strict = "/".join(quote(part, safe="-._~") for part in segments)
    found = dict.fromkeys((raw, strict, ours, plain))
    return tuple(each for each in found if not _IN_NO_IRI.search(each))
