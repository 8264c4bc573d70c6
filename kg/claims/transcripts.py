"""Who speaks in a transcript: a sentence that begins with a name and a colon in, a person out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from kg.claims.model import Filler
from kg.claims.offices import offices
from kg.claims.people import words
from kg.claims.sentences import Sentence

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_NAME = rf"{_CAPITAL}(?:{_CAPITAL}|['’.-])+"
TURN: Final = re.compile(rf"(?P<label>{_NAME}(?:[ ]{_NAME}){{0,5}}):(?:\s|$)", re.MULTILINE)
ASKED: Final = re.compile(r"^Q[.:] ", re.MULTILINE)
ASKING: Final = frozenset({"q", "question", "reporter", "moderator", "interviewer", "journalist"})


class Transcript:
    """Knows the persons of an article, and answers whose turn begins with a sentence.

    Where questions are asked, a label in capitals that begins two lines is a speaker, too, whoever
    bears the name elsewhere.
    """

    def __init__(self, persons: Mapping[str, str], text: str = "") -> None:
        self._persons = persons
        self._text = text

    @cached_property
    def _labels(self) -> Counter[str]:
        """Give how often each label in capitals begins a line."""
        lines = (line for line in self._text.split("\n") if ":" in line)
        found = (TURN.match(line) for line in lines)
        labels = Counter(each["label"] for each in found if each and each["label"].isupper())
        labels.update(["Q"] * len(ASKED.findall(self._text)))
        return labels

    def full_name(self, name: str) -> str | None:
        """Give the fullest name of the person that a name fits, in whatever case it is written."""
        wanted = set(words(name))
        fits = [full for full in self._persons.values() if wanted and wanted <= set(words(full))]
        return fits[0] if fits else None

    def speaker(self, sentence: Sentence) -> Filler | None:
        """Give who begins to speak in a transcript: "MS. LEE: We have not decided."."""
        found = TURN.match(sentence.text)
        full = self._bearer(found["label"]) if found else None
        if found is None or full is None:
            return None
        end = sentence.start + found.end("label")
        text = sentence.text[: found.end("label")]
        return Filler(ref=full, text=text, type="person", start=sentence.start, end=end)

    def _bearer(self, label: str) -> str | None:
        """Give whose label it is: by the name, without ranks before it if need be."""
        parts = label.split()
        for first in range(len(parts)):
            name = " ".join(parts[first:])
            full = self.full_name(name)
            if full is not None:
                return full
        asked = any(each.split()[-1].lower() in ASKING for each in self._labels)
        if not asked or self._labels[label] < 2 or parts[-1].lower() in ASKING:
            return None
        return self._written_out(parts[-1].title())

    def _written_out(self, surname: str) -> str:
        """Give a surname with the first name that the text gives it, if any does."""
        named = re.search(rf"((?:{_CAPITAL}[\w'’-]+ ){{1,2}}){re.escape(surname)}\b", self._text)
        words_before = named[1].split() if named else []
        ranks = offices().heads | offices().modifiers | offices().honorifics
        kept = [word for word in words_before if word.lower() not in ranks]
        return " ".join([*kept[-2:], surname])
