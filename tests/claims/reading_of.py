"""Texts of our own, made into articles for the tests of this stage."""

from __future__ import annotations

from kg.articles.model import Article, Field, Line, LineRole
from kg.claims.engine import Engine
from kg.claims.extract import claims_of
from kg.claims.model import Claim
from kg.terms import Kind


def article(
    text: str,
    published: str | None = "2024-06-27",
    publisher: str | None = None,
    role: LineRole = "body",
) -> Article:
    """Make an article of a text, one line of it after the other with the same role."""
    fields = []
    if published:
        fields.append(Field("published", published, "sidecar"))
    if publisher:
        fields.append(Field("publisher", publisher, "sidecar"))
    lines, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(Line(start, start + len(line), role))
        start += len(line) + 1
    return Article("test", text, tuple(fields), tuple(lines))


def claims(text: str, kind: Kind, engine: Engine, publisher: str | None = None) -> list[Claim]:
    """Give the claims of one kind that the rules read in a text."""
    made = article(text, publisher=publisher)
    return [claim for claim in claims_of(made, engine, learned=False) if claim.kind == kind]


def values(claim: Claim, role: str) -> list[str]:
    """Give what the fillers of a role say, in order."""
    return [filler.value for filler in claim.fillers(role)]
