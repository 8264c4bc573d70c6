"""Who speaks in a transcript: a sentence that begins with a name and a colon in, a person out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kg.claims.model import Filler
from kg.claims.people import words
from kg.claims.sentences import Sentence

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_NAME = rf"{_CAPITAL}(?:{_CAPITAL}|['’.-])+"
_RANK = "MR|MS|MRS|DR|SEC|SECRETARY|PRESIDENT|MINISTER|PREMIER|CHANCELLOR|AMB|AMBASSADOR|SENATOR"
TURN: Final = re.compile(rf"(?:(?:{_RANK})\.? )?(?P<name>{_NAME}(?: {_NAME}){{0,3}}):(?:\s|$)")


class Transcript:
    """Knows the persons of an article, and answers whose turn begins with a sentence."""

    def __init__(self, persons: Mapping[str, str]) -> None:
        self._persons = persons

    def full_name(self, name: str) -> str | None:
        """Give the fullest name of the person that a name fits, in whatever case it is written."""
        wanted = set(words(name))
        fits = [full for full in self._persons.values() if wanted and wanted <= set(words(full))]
        return fits[0] if fits else None

    def speaker(self, sentence: Sentence) -> Filler | None:
        """Give who begins to speak in a transcript: "MS. LEE: We have not decided."."""
        found = TURN.match(sentence.text)
        full = self.full_name(found["name"]) or self._initialled(found["name"]) if found else None
        if found is None or full is None:
            return None
        end = sentence.start + found.end("name")
        text = sentence.text[: found.end("name")]
        return Filler(ref=full, text=text, type="person", start=sentence.start, end=end)

    def _initialled(self, name: str) -> str | None:
        """Give the one person of the article with these initials: "AS: We found it."."""
        if not name.isupper() or not 2 <= len(name) <= 3:
            return None
        fits = {f for f in self._persons.values() if "".join(p[0] for p in f.split()) == name}
        return fits.pop() if len(fits) == 1 else None
