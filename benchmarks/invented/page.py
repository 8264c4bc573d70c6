"""A page as it is written: sentences with what their words stand for in, text and claims out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.articles.model import Article, Field, Line
from kg.claims.model import Claim, Filler
from kg.iris import content_hash
from kg.terms import Kind


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Words of a sentence and what they stand for; several fillers if they are collective."""

    text: str
    fillers: tuple[Filler, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Where a sentence stands, and its words in it."""

    start: int
    end: int
    text: str
    places: Mapping[int, int]


class Page:
    """An article in the making."""

    def __init__(self, article: str, title: str) -> None:
        self._article = article
        self._parts = [title, "\n\n"]
        self._at = len(title) + 2
        self._lines = [Line(0, len(title), "title")]
        self._line = self._at
        self._claims: list[Claim] = []

    def tell(self, *pieces: str | Words) -> Sentence:
        """Write a sentence; its pieces follow one another as they are."""
        start = self._at
        places: dict[int, int] = {}
        for piece in pieces:
            if isinstance(piece, Words):
                places[id(piece)] = self._at
            self._write(piece if isinstance(piece, str) else piece.text)
        end = self._at
        self._write(" ")
        text = "".join(each if isinstance(each, str) else each.text for each in pieces)
        return Sentence(start, end, text, places)

    def paragraph(self) -> None:
        """End a paragraph."""
        if self._at > self._line:
            self._lines.append(Line(self._line, self._at - 1, "body"))
            self._parts[-1] = "\n\n"
            self._at += 1
            self._line = self._at

    def claim(
        self,
        kind: Kind,
        sentence: Sentence,
        roles: Mapping[str, Sequence[Words]],
        *,
        type: str | None = None,  # noqa: A002 - the name of the role
        modality: str | None = None,
        status: str | None = None,
        source: Words | None = None,
    ) -> None:
        """Note what a sentence states."""
        filled = {
            role: tuple(each for words in own for each in _placed(words, sentence))
            for role, own in roles.items()
            if own
        }
        if type:
            filled["type"] = (Filler(ref=type),)
        said = [f"{role}={each.value}" for role, own in sorted(filled.items()) for each in own]
        self._claims.append(
            Claim(
                article=self._article,
                id=content_hash(self._article, kind, sentence.start, sentence.end, *said),
                kind=kind,
                start=sentence.start,
                end=sentence.end,
                quote=sentence.text,
                roles=filled,
                modality=modality,
                status=status,
                attribution=_placed(source, sentence) if source else (),
                extractor="generated/1",
                confidence=0.9,
            )
        )

    def finished(self, fields: Sequence[Field]) -> tuple[Article, tuple[Claim, ...]]:
        """Give the article and its claims."""
        self.paragraph()
        text = "".join(self._parts).rstrip("\n") + "\n"
        return Article(self._article, text, tuple(fields), tuple(self._lines)), tuple(self._claims)

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._at += len(text)


def _placed(words: Words, sentence: Sentence) -> tuple[Filler, ...]:
    start = sentence.places[id(words)]
    end = start + len(words.text)
    return tuple(replace(each, text=words.text, start=start, end=end) for each in words.fillers)
