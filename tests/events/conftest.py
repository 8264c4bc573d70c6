"""Claims and articles made for tests, and both stages run on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from kg.articles.model import Article, Field, Line, LineRole
from kg.claims.model import Claim, Filler
from kg.entities.resolve import resolve as identify
from kg.events.model import Disagreement, Event, EventLedger
from kg.events.resolve import resolve
from kg.iris import content_hash
from kg.terms import Kind

WIDTH = 100  # characters that each claim of an article takes


@dataclass
class Newsroom:
    """Collects claims article by article, in the order of the text."""

    claims: list[Claim] = field(default_factory=list)
    published: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    lines: dict[str, list[Line]] = field(default_factory=dict)

    def tell(
        self,
        article: str,
        kind: Kind,
        *,
        modality: str | None = None,
        status: str | None = None,
        polarity: str | None = None,
        cites: str = "",
        line: LineRole = "body",
        quote: str = "",
        beside: bool = False,
        **roles: str | list[str],
    ) -> Claim:
        """Add one claim to an article; a filler is `ref` or `ref/text`.

        A claim `beside` the one before rests on the same sentence.
        """
        lines = self.lines.setdefault(article, [])
        if not beside:
            lines.append(Line(len(lines) * WIDTH, (len(lines) + 1) * WIDTH - 1, line))
        start = (len(lines) - 1) * WIDTH
        filled = {
            role: tuple(_filler(each) for each in ([given] if isinstance(given, str) else given))
            for role, given in roles.items()
        }
        claim = Claim(
            article=article,
            id=content_hash(article, start, *([len(self.claims)] if beside else [])),
            kind=kind,
            start=start,
            end=start + WIDTH - 1,
            quote=quote,
            roles=filled,
            modality=modality,
            status=status or ("held" if kind == "meeting" else None),
            polarity=polarity,
            attribution=(_filler(cites),) if cites else (),
        )
        self.claims.append(claim)
        return claim

    def articles(self) -> dict[str, Article]:
        """Give the articles that the claims are of."""
        return {
            key: Article(
                id=key,
                text=self.texts.get(key, f"Words of {key} alone, " + " ".join(key * 9)),
                fields=tuple(self._fields(key)),
                lines=tuple(lines),
            )
            for key, lines in self.lines.items()
        }

    def ledger(self, claims: Iterable[Claim] | None = None) -> EventLedger:
        """Run both stages."""
        known = self.claims if claims is None else list(claims)
        articles = self.articles()
        return resolve(known, identify(known, articles), articles)

    def events(self, kind: Kind) -> list[Event]:
        """Give the events of one kind."""
        return [event for event in self.ledger().events if event.kind == kind]

    def disagreements(self, rule: str) -> list[Disagreement]:
        """Give the disagreements that one rule finds."""
        return [each for each in self.ledger().disagreements if each.rule == rule]

    def _fields(self, key: str) -> Iterable[Field]:
        if key in self.published:
            yield Field("published", self.published[key], "sidecar")


def _filler(value: str) -> Filler:
    ref, _, text = value.partition("/")
    number = int(ref) if ref.isdigit() and len(ref) < 3 else ref
    return Filler(ref=number, text=text or ref)


@pytest.fixture
def news() -> Newsroom:
    """An empty newsroom."""
    return Newsroom()
