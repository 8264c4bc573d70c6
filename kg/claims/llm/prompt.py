"""What a model is asked: a piece of text in, messages out; instructions and text never mix.

The instructions are a data file; their digest, with that of the schema, names the prompt in the
provenance of every claim. The text goes into a message of its own and is declared as data there.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Final

from kg.claims.llm.schema import claims_schema
from kg.iris import digest
from kg.resources import data_file

INSTRUCTIONS: Final = "llm-prompt.md"


@cache
def instructions() -> str:
    """Give the instructions of the bundled data file."""
    return data_file("claims", INSTRUCTIONS).read_text("utf-8")


@cache
def prompt_digest() -> str:
    """Give the SHA-256 of instructions and schema: what an answer depends on beside the text."""
    return digest(instructions() + json.dumps(claims_schema(), sort_keys=True))


def messages(text: str, published: str | None) -> list[dict[str, str]]:
    """Give the messages of one request, the text as a JSON string so that it stays data."""
    data = json.dumps({"published": published, "text": text}, ensure_ascii=False)
    return [
        {"role": "system", "content": instructions()},
        {"role": "user", "content": data},
    ]
