"""What stands in an article comes through: the checks do not refuse what is so."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from kg.claims.engine import Engine
from kg.claims.llm.grounding import Ground, Grounded
from kg.claims.llm.model import Said, Told
from kg.claims.llm.orders import objection
from kg.claims.reading import read
from kg.pipeline import read as read_corpus
from tests.claims.llm.conftest import claim, filler
from tests.claims.reading_of import article
from tests.conftest import ROOT

PRACTICE = sorted((ROOT / "corpus" / "batch-1").glob("p0*.json"))
TEXTS = [path for path in PRACTICE if not path.name.endswith(".meta.json")]


def _filler(given: dict[str, Any]) -> Said:
    ref = str(given["ref"]) if given.get("ref") else None
    return Said(given.get("text") or ref or "", ref)


def _told(given: dict[str, Any]) -> Told:
    """The claim of an annotator, as a model without fault would tell it."""
    roles = {name: tuple(map(_filler, each)) for name, each in given["roles"].items()}
    how = (given.get("modality"), given.get("status"), given.get("polarity"))
    return Told(given["kind"], given["quote"], roles, *how)


def test_of_a_model_without_fault_four_claims_in_five_come_through(engine: Engine) -> None:
    told = kept = 0
    for path in TEXTS:
        (text,) = read_corpus([path.with_suffix(".txt")]).articles
        ground = Ground(read(text, engine))
        claims = [ground.of(_told(each)) for each in json.loads(path.read_text("utf-8"))["claims"]]
        told += len(claims)
        kept += sum(isinstance(each, Grounded) for each in claims)
    assert told >= 50
    assert kept >= 0.8 * told


@pytest.mark.parametrize(
    "text",
    [
        'The minister said: "You must read the report before you say that we failed."',
        "Peru will report the figures in May and publish the model.",
        "The language model was banned by Italy in March.",
        "To ignore the quota would be costly, the assistant minister said.",
        "Systems that report emissions must be installed by 2030, the note says.",
        "“Let us add our voices,” said the envoy of Chile.",
        "The ministry sent new instructions to all exporters of zinc, reversing those of May.",
        '"Thank you for your answer," the envoy told the minister of Chile.',
        "Publish the figures of copper output in Lima every year.",
        "Consider the case of Peru, which banned the export of zinc.",
    ],
)
def test_a_sentence_of_news_is_no_order(text: str, engine: Engine) -> None:
    made = article(text)
    told = [objection(each, text) for each in read(made, engine).sentences]
    assert told
    assert not any(told)


def test_a_claim_of_a_wording_that_the_rules_do_not_know_is_kept_but_doubtful(
    engine: Engine,
) -> None:
    text = "Bolivia turned its back on the lithium accord with Chile."
    told = claim("concern", text, holder=[filler("Bolivia", "BO")], target=[filler("Chile", "CL")])
    kept = Ground(read(article(text), engine)).of(_told(told))
    assert isinstance(kept, Grounded)
    assert kept.doubtful


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Peru did not meet Chile in Arica on Monday.", None),
        ("Peru has lifted its ban on exports of zinc to Chile.", "in-force"),
    ],
)
def test_the_text_has_the_last_word_on_whether_it_is_so(
    text: str, told: str | None, engine: Engine
) -> None:
    kind = "control" if told else "meeting"
    roles = {"imposer" if told else "party": [filler("Peru", "PE")]}
    given = claim(kind, text, status=told or "held", **roles)
    refused = Ground(read(article(text), engine)).of(_told(given))
    assert refused in {"the text says the opposite", "the text denies it"}


def test_a_quote_may_have_the_dateline_and_the_bullet_that_no_sentence_has(engine: Engine) -> None:
    text = "LIMA, June 3 (Agency) - Peru condemned Chile.\n- Bolivia condemned Chile over zinc."
    ground = Ground(read(article(text), engine))
    for line, state in zip(text.split("\n"), ("Peru", "Bolivia"), strict=True):
        kept = ground.of(_told(claim("concern", line, holder=[filler(state)])))
        assert isinstance(kept, Grounded)
        assert text[kept.start : kept.end] == line[line.index(state) :]


def test_many_quotes_in_a_long_article_are_found_quickly(engine: Engine) -> None:
    text = "\n".join(f"Peru condemned Chile over lot {number}." for number in range(300))
    ground = Ground(read(article(text), engine))
    began = time.monotonic()
    for number in range(500):
        quote = f"Peru condemned Chile over lot {number % 300}."
        assert isinstance(
            ground.of(_told(claim("concern", quote, holder=[filler("Peru")]))), Grounded
        )
    assert time.monotonic() - began < 5
    assert ground.of(_told(claim("concern", "over lot", holder=[]))) == "the quote is too short"
