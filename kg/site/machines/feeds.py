"""New claims as feeds: Atom (RFC 4287) and JSON Feed 1.1, the latest articles first.

What stands after the question mark narrows a feed: `state=JP`, `kind=meeting`,
`material=gallium`, `person=ken-saito`. An entry is called by the IRI of its claim, so that readers
never see one twice. No clock: a claim is as old as its article. Where an article has no date, that
after which it must have appeared stands in, else none, and the claim comes last.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import NamedNode

from kg.edtf import worded
from kg.iris import slug
from kg.site.addresses import Addresses
from kg.site.evidence import Evidence, Origin
from kg.site.looking import Look, node, text_of
from kg.site.machines.naming import home
from kg.site.model import Asked, Document, Holding
from kg.terms import CONCEPTS

ATOM: Final = "feeds/claims.atom"
JSON: Final = "feeds/claims.json"
LENGTH: Final = 100
_DAY: Final = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_FORBIDDEN: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_IRI: Final = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
_UNKNOWN: Final = "1970-01-01"
_KEPT: Final = 10_000  # entries, which several feeds share
STATES: Final = 30  # that have feeds of their own on a site of files
_STATED: Final = ("cmq:party", "cmq:actor", "cmq:holder", "cmq:target", "cmq:imposer", "cmq:of")
_NOTHING: Final[Asked] = {}
FILTERS: Final = ("kind", "material", "person", "state")


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim as an entry."""

    iri: str
    page: str
    title: str
    day: str  # YYYY-MM-DD, "" where nothing tells it
    kind: str
    publisher: str
    source: str  # address of the article on the web
    text: str


class Feeds:
    """The feeds of a site."""

    def __init__(self, holding: Holding) -> None:
        self._holding = holding
        self._addresses = Addresses(holding.iris.base)
        self._states = f"{holding.iris.base}state/"
        self._entry = lru_cache(_KEPT)(self._made)
        self._look = Look.of(holding)
        self._evidence = Evidence.of(holding)

    def documents(self) -> tuple[Document, ...]:
        """Give the feeds as documents."""
        return tuple(
            each
            for asked in (_NOTHING, *(self.narrowed() if self._holding.settings.files else ()))
            for each in self._pair(asked)
        )

    def _pair(self, asked: Asked) -> tuple[Document, Document]:
        return (
            Document(
                self._address(ATOM, asked),
                "application/atom+xml; charset=utf-8",
                lambda more: self.atom({**asked, **more}),
            ),
            Document(
                self._address(JSON, asked),
                "application/feed+json",
                lambda more: self.json({**asked, **more}),
            ),
        )

    def narrowed(self) -> tuple[Asked, ...]:
        """Give what a site of files narrows its feeds by: each kind, and the commonest states."""
        known: tuple[Asked, ...] | None = self._holding.kept.get("feeds")
        if known is None:
            kinds = {quad.object for quad in self._holding.dataset.quads(None, node("cmq:kind"))}
            found = Counter[str]()
            for name in _STATED:
                for quad in self._holding.dataset.quads(None, node(name)):
                    claim, state = text_of(quad.subject), text_of(quad.object)  # type: ignore[arg-type]  # no quoted triples
                    if "/claim/" in claim and state.startswith(self._states):
                        found[state.removeprefix(self._states)] += 1
            most = sorted(found, key=lambda each: (-found[each], each))[:STATES]
            names = sorted(text_of(each).rpartition("/")[2] for each in kinds)  # type: ignore[arg-type]  # the same
            known = (
                *({"kind": each} for each in names),
                *({"state": each} for each in sorted(most)),
            )
            self._holding.kept["feeds"] = known
        return known

    def _address(self, path: str, asked: Asked) -> str:
        """Give where a feed is found: a narrowed one of a site of files has a file of its own."""
        if not self._holding.settings.files:
            return path + _query(asked)
        stem, _, extension = path.rpartition(".")
        told = (f"{name}-{asked[name]}" for name in FILTERS if asked.get(name))
        return f"{'-'.join((stem, *told))}.{extension}"

    def atom(self, asked: Asked) -> bytes:
        """Write the feed as Atom."""
        root = home(self._holding)
        entries = self.entries(asked)
        here = root + self._address(ATOM, asked)
        lines = [
            '<?xml version="1.0" encoding="utf-8"?>',
            '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
            _element("id", here),
            _element("title", self._title(asked)),
            f'<link rel="self" type="application/atom+xml" href={_attribute(here)}/>',
            f'<link rel="alternate" type="text/html" href={_attribute(root + "index.html")}/>',
            _element("updated", _instant(max((each.day for each in entries), default=""))),
            f"<author>{_element('name', self._author())}</author>",
            _element("generator", "Communiqué"),
            *([_element("rights", self._holding.settings.licence)]
              if self._holding.settings.licence else []),
            *(line for entry in entries for line in _atom_entry(entry)),
            "</feed>",
        ]  # fmt: skip
        return "\n".join(lines).encode() + b"\n"

    def json(self, asked: Asked) -> bytes:
        """Write the feed as JSON Feed."""
        root = home(self._holding)
        document = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self._title(asked),
            "home_page_url": root + "index.html",
            "feed_url": root + self._address(JSON, asked),
            "language": "en",
            "authors": [{"name": self._author()}],
            "items": [_json_item(each) for each in self.entries(asked)],
        }
        return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"

    def entries(self, asked: Asked) -> list[Entry]:
        """Give the latest claims that have all that is asked for."""
        wanted = self._wanted(asked)
        found: list[Entry] = []
        for claim, day in self._claims():
            if all(claim in each for each in wanted):
                found.append(self._entry(claim, day))
            if len(found) == LENGTH:
                break
        return found

    def _claims(self) -> list[tuple[str, str]]:
        """Give all claims with their day, the latest first; worked out once."""
        known: list[tuple[str, str]] | None = self._holding.kept.get("claims by day")
        if known is None:
            days: dict[str, str] = {}
            known = []
            for quad in self._holding.dataset.quads(None, node("prov:hadPrimarySource")):
                claim, article = text_of(quad.subject), text_of(quad.object)  # type: ignore[arg-type]  # no quoted triples
                if "/claim/" in claim:
                    day = days.setdefault(article, "") or self._day(article)
                    days[article] = day
                    known.append((claim, day))
            known.sort()
            known.sort(key=lambda pair: pair[1], reverse=True)
            self._holding.kept["claims by day"] = known
        return known

    def _day(self, article: str) -> str:
        """Give the first day of what is known of an article's date."""
        for name in ("dcterms:issued", "cmq:appearedFrom"):
            told = self._look.text(article, name)
            if _DAY.fullmatch(told):
                return (told + "-01-01")[: len(_UNKNOWN)]
        return ""

    def _wanted(self, asked: Asked) -> list[frozenset[str]]:
        """Give the claims that have each of the things that are asked for."""
        return [
            frozenset(
                text_of(quad.subject)  # type: ignore[arg-type]  # no quoted triples
                for value in text.split(",")
                for iri in self._called(name, value.strip())
                for quad in self._holding.dataset.quads(None, None, NamedNode(iri))
            )
            for name in FILTERS
            if (text := asked.get(name, ""))
        ]

    def _called(self, name: str, value: str) -> Iterator[str]:
        """Name what a value may mean: an IRI of ours, a code, a concept, a name in an address."""
        if value.startswith((self._holding.iris.base, CONCEPTS)) and not _NO_IRI.search(value):
            yield value
        elif name in {"kind", "material"}:
            yield f"{CONCEPTS}{name}/{slug(value)}"
        elif name == "person":
            yield self._holding.iris.of("person", slug(value))
        else:
            yield self._holding.iris.of("state", value.upper())
            yield self._holding.iris.of("bloc", value.upper())

    def _made(self, claim: str, day: str) -> Entry:
        look, source = self._look, self._evidence.source(claim)
        kind = look.label(look.text(claim, "cmq:kind"))
        event = look.text(claim, "cmq:about")
        title = _clean(look.label(event)) if event else kind
        path = self._addresses.path(claim) or ""
        denied = "Denied: " if source.denied else ""
        told = [f"“{source.quote}”" if source.quote else "", self._origin(source.origin)]
        return Entry(
            iri=claim,
            page=f"{home(self._holding)}{path}.html",
            title=f"{denied}{title}",
            day=day,
            kind=kind,
            publisher=source.origin.publisher,
            source=source.origin.address,
            text=_clean("\n".join(filter(None, told))),
        )

    def _origin(self, origin: Origin) -> str:
        date = worded(origin.date) if origin.date else ""
        return ", ".join(filter(None, (origin.publisher, origin.title, date)))

    def _title(self, asked: Asked) -> str:
        told = [f"{name} {asked[name]}" for name in FILTERS if asked.get(name)]
        words = f"{self._holding.settings.title}: new claims"
        return _clean(f"{words} ({', '.join(told)})" if told else words)

    def _author(self) -> str:
        return self._holding.settings.publisher or self._holding.settings.title


def _atom_entry(entry: Entry) -> Iterator[str]:
    yield "<entry>"
    yield _element("id", entry.iri)
    yield _element("title", entry.title)
    yield _element("updated", _instant(entry.day))
    yield f'<link rel="alternate" type="text/html" href={_attribute(entry.page)}/>'
    if entry.source:
        yield f'<link rel="via" href={_attribute(entry.source)}/>'
    yield f"<category term={_attribute(entry.kind)}/>"
    yield f'<content type="text">{escape(entry.text)}</content>'
    yield "</entry>"


def _json_item(entry: Entry) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.iri,
        "url": entry.page,
        "title": entry.title,
        "content_text": entry.text,
        "tags": [entry.kind],
    }
    if entry.source:
        item["external_url"] = entry.source
    if entry.day:
        item["date_published"] = _instant(entry.day)
    return item


def _instant(day: str) -> str:
    return f"{day or _UNKNOWN}T00:00:00Z"


def _query(asked: Asked) -> str:
    told = [(name, asked[name]) for name in FILTERS if asked.get(name)]
    return f"?{urlencode(told)}" if told else ""


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(_clean(text))}</{name}>"


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    """Leave out what XML forbids."""
    return _FORBIDDEN.sub("\ufffd", text)
