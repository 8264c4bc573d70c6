"""The JSON schema of an answer, made from the vocabulary of the claim record.

Kinds, roles, modalities and statuses are closed sets, and every property is required, as servers
that hold a model to a schema want it; what does not apply is null or empty.
"""

from __future__ import annotations

from typing import Any, Final, get_args

from kg.terms import (
    KINDS,
    MODALITIES,
    ROLES,
    ControlStatus,
    ControlType,
    DocumentType,
    Kind,
    MeetingStatus,
    PositionType,
)

STATUSES: Final[dict[Kind, tuple[str, ...]]] = {
    "meeting": get_args(MeetingStatus),
    "control": get_args(ControlStatus),
}
TYPES: Final[dict[Kind, tuple[str, ...]]] = {
    "control": get_args(ControlType),
    "position": get_args(PositionType),
    "document": get_args(DocumentType),
}


def claims_schema() -> dict[str, Any]:
    """Give the schema of an answer: an object with the list of its claims."""
    items = {"anyOf": [_claim(kind) for kind in KINDS]}
    return _object({"claims": {"type": "array", "items": items}})


def _claim(kind: Kind) -> dict[str, Any]:
    roles = {name: {"type": "array", "items": _filler(kind, name)} for name in ROLES[kind]}
    return _object(
        {
            "kind": {"const": kind},
            "quote": {"type": "string"},
            "roles": _object(roles),
            "modality": _choice(MODALITIES if kind == "commitment" else ()),
            "status": _choice(STATUSES.get(kind, ())),
            "polarity": {"enum": ["positive", "negative"]},
            "attribution": {"type": "array", "items": {"type": "string"}},
        }
    )


def _filler(kind: Kind, role: str) -> dict[str, Any]:
    text = {"enum": list(TYPES[kind])} if role == "type" else {"type": "string"}
    return _object({"text": text, "ref": {"type": ["string", "null"]}})


def _choice(values: tuple[str, ...]) -> dict[str, Any]:
    return {"enum": list(values)} if values else {"type": "null"}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
