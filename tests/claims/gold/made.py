"""Gold sets of our own for the tests: a text, what a reader found in it, files of both."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.claims.gold.model import Gold, Statement, Value

TEXT = (
    "Ministers talk about tin\n\n"
    "Bolivia and Peru pledged on 3 May 2021 to keep their tin smelters open. "
    "Bolivia’s trade minister, Ana Rojas, warned that prices would fall.\n"
    "Peru banned exports of tin ore.\n"
)
PLEDGE = "Bolivia and Peru pledged on 3 May 2021 to keep their tin smelters open."
WARNING = "Bolivia’s trade minister, Ana Rojas, warned that prices would fall."
BAN = "Peru banned exports of tin ore."


def claim(kind: str, quote: str, roles: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    """Make a claim as it stands in a gold file."""
    start = TEXT.find(quote)
    place = {"start": start, "end": start + len(quote)}
    return {"kind": kind, "quote": quote, "roles": dict(roles), **place, **fields}


def pledge(**fields: Any) -> dict[str, Any]:
    """Make the gold claim of the first sentence, with some fields of it changed."""
    roles = {"actor": [{"ref": "BO"}, {"ref": "PE"}], "topic": [{"text": "tin smelters"}]}
    return claim("commitment", PLEDGE, roles, modality="pledged") | fields


def ban(**fields: Any) -> dict[str, Any]:
    """Make the gold claim of the last sentence, with some fields of it changed."""
    roles = {
        "imposer": [{"ref": "PE", "text": "Peru"}],
        "item": [{"text": "tin ore"}],
        "type": [{"text": "export-ban"}],
    }
    return claim("control", BAN, roles, status="in-force") | fields


def warning(**fields: Any) -> dict[str, Any]:
    """Make the gold claim of the second sentence, with some fields of it changed."""
    roles = {"speaker": [{"ref": "Ana Rojas", "text": "Ana Rojas"}]}
    return claim("utterance", WARNING, roles) | fields


def write_gold(
    folder: Path, claims: Sequence[object], name: str = "tin", text: str = TEXT, **fields: Any
) -> Path:
    """Write a text and its gold into a folder; give the path of the gold."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_bytes(text.encode())
    values = {"id": name, "published": "2021-05-04", "claims": claims} | fields
    path = folder / f"{name}.json"
    path.write_text(json.dumps(values, ensure_ascii=False), "utf-8")
    return path


def write_claims(path: Path, claims: Sequence[Mapping[str, Any]], article: str = "tin") -> Path:
    """Write claims as an extractor would, one a line."""
    lines = [
        json.dumps({"article": article, **each, "id": str(n)}) for n, each in enumerate(claims)
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def statement(kind: str, start: int, end: int, article: str = "a", **roles: str) -> Statement:
    """Make a statement whose fillers are wordings, those of one role joined by a bar."""
    filled = {
        role: tuple(Value(text=each) for each in value.split("|")) for role, value in roles.items()
    }
    return Statement(article, kind, start, end, None, filled)


def gold(*claims: Statement, name: str = "a", text: str = "x" * 500) -> Gold:
    """Make the gold of one article."""
    return Gold(name, text, claims)
