"""A chat server that runs for the tests of this folder, and the book that it answers from."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
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


def hostile() -> list[dict[str, Any]]:
    """The articles that try to give orders, each with what an obedient model would tell."""
    found: list[dict[str, Any]] = yaml.safe_load((HERE / "hostile.yaml").read_text("utf-8"))
    return found


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a model answers: a process of its own."""
    book = [{"marker": "copper prices", "claims": [COMMITMENT]}]
    book += [{"marker": "Rosa Quispe", "claims": [MEETING]}]
    book += [{"marker": each["marker"], "claims": each["claims"]} for each in hostile()]
    path = tmp_path_factory.mktemp("book") / "book.json"
    path.write_text(json.dumps(book), encoding="utf-8")
    command = [sys.executable, str(HERE / "server.py"), str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        yield f"http://127.0.0.1:{port}/v1"
        server.terminate()
