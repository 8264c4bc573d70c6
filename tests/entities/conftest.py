"""Claims made for tests, as short as their sentences would be."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.claims.model import Claim, Filler
from kg.iris import content_hash
from kg.terms import Kind

Make = Callable[..., Claim]


def claim(article: str, kind: Kind, modality: str | None = None, **roles: str | list[str]) -> Claim:
    """Make a claim whose fillers are refs; `text` of a filler stands after a slash."""
    filled = {
        role: tuple(_filler(value) for value in ([given] if isinstance(given, str) else given))
        for role, given in roles.items()
        if role != "attribution"
    }
    cited = roles.get("attribution", [])
    mark = content_hash(article, kind, modality, sorted(roles.items()))
    start = int(mark[:3], 16)
    return Claim(
        article=article,
        id=mark,
        kind=kind,
        start=start,
        end=start + 40,
        quote="",
        roles=filled,
        modality=modality,
        attribution=tuple(_filler(each) for each in ([cited] if isinstance(cited, str) else cited)),
    )


def _filler(value: str) -> Filler:
    ref, _, text = value.partition("/")
    return Filler(ref=ref, text=text or ref)


@pytest.fixture
def make() -> Make:
    """A factory of claims."""
    return claim
