"""Hand-overs from outside are checked before anything is made of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg import pipeline
from kg.articles.model import Article
from kg.errors import RecordError

ARTICLE = Article("a", "Norway and Chile met in Oslo.")
CLAIM = {
    "article": "a",
    "id": "c1",
    "kind": "meeting",
    "start": 0,
    "end": 28,
    "quote": "Norway and Chile met in Oslo",
    "roles": {"place": [{"text": "Oslo"}]},
}


def loaded(tmp_path: Path, **changes: object) -> int:
    path = tmp_path / "claims.jsonl"
    path.write_text(json.dumps({**CLAIM, **changes}) + "\n", "utf-8")
    return len(pipeline.load_claims(path, [ARTICLE]))


def test_claims_whose_quotes_stand_in_the_articles_are_taken(tmp_path: Path) -> None:
    assert loaded(tmp_path) == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"article": "b"}, "no article 'b'; give that article"),
        ({"quote": "Norway and Chile met in Rome"}, "not what stands at 0:28"),
        ({"roles": {"place": [{"text": "\ud83d"}]}}, "half of a character"),
    ],
)
def test_a_claim_that_cannot_be_right_is_named(
    tmp_path: Path, changes: dict[str, object], reason: str
) -> None:
    with pytest.raises(RecordError, match=f"claim 1: .*{reason}"):
        loaded(tmp_path, **changes)
