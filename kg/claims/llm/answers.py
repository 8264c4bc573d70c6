"""Answers kept in a folder: asked once, replayed ever after, also without a network.

A file is named by the digests of model, prompt and text; whatever changes one of them is another
question. A file that cannot be read counts as not there.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from kg.claims.llm.model import Answer
from kg.errors import OutputError, RecordError
from kg.iris import digest
from kg.records import from_dict, to_line


@dataclass(frozen=True, slots=True)
class Answers:
    """A folder of answers."""

    folder: Path

    def find(self, model: str, prompt: str, text: str) -> Answer | None:
        """Give the answer of a model to a piece of text, None if it is not kept."""
        path = self._path(model, prompt, digest(text))
        try:
            kept = from_dict(
                json.loads(path.read_text("utf-8", "surrogatepass")), Answer, str(path)
            )
        except (OSError, ValueError, RecordError):
            return None
        same = (kept.model, kept.prompt, kept.text) == (model, prompt, digest(text))
        return kept if same else None

    def keep(self, answer: Answer) -> None:
        """Write an answer, whole or not at all."""
        path = self._path(answer.model, answer.prompt, answer.text)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(to_line(answer) + "\n", "utf-8", "surrogatepass")
            beside.replace(path)
        except OSError as error:
            raise OutputError(str(path), f"{error.strerror}; name another folder") from error

    def _path(self, model: str, prompt: str, text: str) -> Path:
        name = digest(f"{model}\x1f{prompt}\x1f{text}")
        return self.folder / name[:2] / f"{name}.json"
