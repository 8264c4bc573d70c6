"""A chat server that runs for the tests of this folder, and the book that it answers from."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.articles.model import Article
from kg.claims.llm.client import ChatClient, Server
from tests.claims.reading_of import article

HERE = Path(__file__).parent
STRETCHED = {  # what would only make the file of cases long
    "HUGE": "copper " * 20_000,
    "[NEST]": '{"claims": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "[DIGITS]": '{"claims": [{"kind": "commitment", "quote": ' + "9" * 9000 + "}]}",
}
TOLD = (
    "Peru and Chile agreed on Monday to publish copper prices. "
    "Peruvian minister Rosa Quispe met Chilean minister Ana Soto in Arica on 3 June 2024."
)


def filler(text: str, ref: str | None = None) -> dict[str, Any]:
    return {"text": text, "ref": ref}


def claim(kind: str, quote: str, **roles: Any) -> dict[str, Any]:
    """A claim in the form that the schema asks for."""
    fields = ("modality", "status", "polarity", "attribution")
    given = {name: roles.pop(name) for name in fields if name in roles}
    told = {"modality": None, "status": None, "polarity": "positive", "attribution": []} | given
    return {"kind": kind, "quote": quote, "roles": roles, **told}


FIRST, SECOND = (f"{part}." for part in TOLD.removesuffix(".").split(". "))
COMMITMENT = claim(
    "commitment",
    FIRST,
    modality="agreed",
    actor=[filler("Peru", "PE"), filler("Chile", "CL")],
    topic=[filler("copper prices")],
)
MEETING = claim(
    "meeting",
    SECOND,
    status="held",
    attendee=[filler("Rosa Quispe", "Rosa Quispe"), filler("Ana Soto", "Ana Soto")],
    place=[filler("Arica")],
    date=[filler("3 June 2024", "2024-06-03")],
)


@cache
def hostile() -> list[dict[str, Any]]:
    """The articles that work on a model, each with what an obedient one would answer."""
    found: list[dict[str, Any]] = yaml.safe_load((HERE / "hostile.yaml").read_text("utf-8"))
    for case in found:
        case["text"] = ("quay" * 12 + ". ") * (case.get("padding", 0) // 50) + case["text"]
        case["answer"] = case.get("answer") or json.dumps(
            {"claims": [_told(**each) for each in case["claims"]] * case.get("repeat", 1)}
        )
        for mark, wording in STRETCHED.items():
            case["answer"] = case["answer"].replace(mark, wording)
    return found


def _told(kind: str, quote: str, **given: Any) -> dict[str, Any]:
    """A claim from its short form, in which `text=ref` stands for a filler."""
    names = {"modality", "status", "polarity", "confidence", "extractor", "id", "start", "end"}
    plain = {name: given.pop(name) for name in names & set(given)}
    roles = {
        name: [filler(text, ref or None) for text, _, ref in (f.partition("=") for f in fillers)]
        for name, fillers in given.items()
    }
    return claim(kind, quote) | plain | {"roles": roles}


def hostile_article(case: dict[str, Any]) -> Article:
    """The article of a case, its lines with the roles that it gives them."""
    made = article(case["text"])
    roles = case.get("roles") or ["body"] * len(made.lines)
    lines = [replace(line, role=role) for line, role in zip(made.lines, roles, strict=True)]
    return replace(made, id=str(case["marker"]).lower().replace(" ", "-"), lines=tuple(lines))


@pytest.fixture(scope="session")
def obedient(address: str) -> ChatClient:
    """A model that does whatever an article tells it to."""
    return ChatClient(Server("obedient", address))


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a model answers: a process of its own."""
    book = [{"marker": "copper prices", "claims": [COMMITMENT]}]
    book += [{"marker": "Rosa Quispe", "claims": [MEETING]}]
    book += [{"marker": each["marker"], "answer": each["answer"]} for each in hostile()]
    path = tmp_path_factory.mktemp("book") / "book.json"
    path.write_text(json.dumps(book), encoding="utf-8")
    command = [sys.executable, str(HERE / "server.py"), str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        yield f"http://127.0.0.1:{port}/v1"
        server.terminate()
