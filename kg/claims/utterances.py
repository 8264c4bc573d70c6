"""Claims of the kind utterance: a reading in, drafts out."""

from __future__ import annotations

from collections.abc import Iterator

from kg.claims.draft import Draft
from kg.claims.reading import Reading


def claims_in(reading: Reading) -> Iterator[Draft]:
    """Yield the utterance claims of an article, in text order."""
    del reading
    yield from ()
