"""Texts in capitals: a line that shouts in, the same line in ordinary letters out.

The parser was trained on ordinary letters and reads "MINISTERS AGREED" as a name. A line that is
nearly all capitals is written small before it is parsed, except for what the vocabulary of the
pipeline does not know and what the lexicon of states knows: those are taken for names. Offsets
stay, and evidence is always cut from the text as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language

from kg.claims.anchors import MONTHS, WEEKDAYS
from kg.states import blocs, states

LEAST: Final = 30  # letters: a shorter line may be a heading or a name
SHARE: Final = 0.9  # of the letters are capitals
WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
ENDINGS: Final = (
    ("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("d", ""),
    ("ing", ""), ("ing", "e"), ("ly", ""), ("er", ""), ("er", "e"), ("est", ""),
)  # fmt: skip
BEGINNING: Final = re.compile(r"[.!?:]\s|(?:^|\s)[\"“]$")
STYLES: Final = ("mr", "mrs", "ms", "dr", "prof", "gen", "messrs", "sir", "lord")
SHORT: Final = 3  # letters: an unknown word so short is an acronym


@dataclass(frozen=True, slots=True)
class Casing:
    """The words that are written small: those that the pipeline knows."""

    known: frozenset[str]

    def lowered(self, text: str) -> str:
        """Give a line in capitals in ordinary letters; any other line as it is."""
        if not is_shouted(text):
            return text
        pieces = list(self._pieces(text))
        return "".join(pieces)

    def _pieces(self, text: str) -> Iterator[str]:
        names, done, begins, styled = _spans(text), 0, True, False
        for match in WORD.finditer(text):
            between = text[done : match.start()]
            begins = begins or bool(BEGINNING.search(between))
            yield between
            word, small = match[0], match[0].lower()
            inside = any(start <= match.start() < end for start, end in names)
            named = styled or (inside and small not in STOP_WORDS) or self._is_name(small)
            if _is_may(text, match) or small in STYLES:
                yield _capital(word)
            elif named:
                yield _named(word)
            else:
                yield _capital(word) if begins else small
            begins, done, styled = False, match.end(), small in STYLES
        yield text[done:]

    def _is_name(self, small: str) -> bool:
        stem = small.split("'", maxsplit=1)[0].split("’", maxsplit=1)[0]
        if stem in STOP_WORDS or len(stem) == 1:
            return False
        if stem in MONTHS or stem in WEEKDAYS:
            return stem != "may"
        return not self._knows(stem)

    def _knows(self, word: str) -> bool:
        if word in self.known:
            return True
        stems = (word.removesuffix(end) + new for end, new in ENDINGS if word.endswith(end))
        return any(stem in self.known or _undoubled(stem) in self.known for stem in stems)


def casing_of(nlp: Language) -> Casing | None:
    """Give the casing that a pipeline allows; None where it carries no vocabulary."""
    if "lemmatizer" not in nlp.pipe_names:
        return None
    lookups: Any = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or "lemma_index" not in lookups.tables:
        return None
    found: set[str] = set()
    for name in ("lemma_index", "lemma_exc"):
        for words in lookups.get_table(name).values() if name in lookups.tables else ():
            found.update(str(word) for word in words)
    return Casing(frozenset(found))


def is_shouted(text: str) -> bool:
    """Tell whether a line is written in capitals throughout."""
    letters = [each for each in text if each.isalpha()]
    return len(letters) >= LEAST and sum(map(str.isupper, letters)) >= SHARE * len(letters)


def _undoubled(stem: str) -> str:
    """Give "ban" for "bann(ed)"."""
    return stem[:-1] if stem[-1:] == stem[-2:-1] else stem


def _is_may(text: str, match: re.Match[str]) -> bool:
    """Tell whether "MAY" is the month, by a number beside it."""
    if match[0].lower() != "may":
        return False
    after, before = text[match.end() :].lstrip(), text[: match.start()].rstrip()
    return after[:1].isdigit() or before[-1:].isdigit()


def _capital(word: str) -> str:
    small = word[:1] + word[1:].lower()
    return small if len(small) == len(word) else word


def _named(word: str) -> str:
    """Write a name: "EU'S" keeps its letters, "TREVANION" keeps the first."""
    stem, mark, rest = word.partition("'")
    kept = stem if len(stem) <= SHORT or _is_acronym(stem) else _capital(stem)
    return kept + mark + rest.lower()


def _is_acronym(word: str) -> bool:
    """Tell whether a word of capitals is one that no one could say: "OPCW"."""
    return len(word) <= SHORT + 2 and not re.search(r"[AEIOUY]", word)


def _spans(text: str) -> list[tuple[int, int]]:
    """Find the names of states and blocs in a line of capitals."""
    return [match.span() for match in _names().finditer(text)]


@cache
def _names() -> re.Pattern[str]:
    words = {
        word.upper()
        for state in states().values()
        for word in (state.name, *state.names, *state.adjectives, *state.capitals)
    } | {
        word.upper()
        for bloc in blocs().values()
        for word in (*bloc.names, *bloc.adjectives, *bloc.capitals)
    }
    longest = sorted((re.escape(word) for word in words if word), key=_longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest)})(?!\w)")


def _longest_first(word: str) -> tuple[int, str]:
    return -len(word), word
