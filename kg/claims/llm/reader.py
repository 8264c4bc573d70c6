"""The model as a reader of articles: an article in, its grounded claims out.

An article is asked for in pieces of whole lines; a piece whose answer is cut off is halved and
asked again. What fails is said and costs that piece only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.articles.model import Article
from kg.claims.engine import Engine
from kg.claims.extract import claim_of
from kg.claims.llm.answers import Answers
from kg.claims.llm.grounding import Ground, Grounded
from kg.claims.llm.model import Answer, Client, Failure, Refusal, Told, Usage
from kg.claims.llm.parsing import told_in
from kg.claims.llm.prompt import prompt_digest
from kg.claims.model import Claim
from kg.claims.reading import read
from kg.iris import slug

PIECE: Final = 6000  # characters: an answer about them fits into what a model may write at once
SMALLEST: Final = 400  # characters: what is cut off below that is given up
CONFIDENCE: Final = 0.6  # of a claim that only the model reports, however sure it is
DOUBTFUL: Final = 0.4  # the rules know no word of its kind there, or see somebody else do it
ATTEMPTS: Final = 2  # for an answer that cannot be read


@dataclass(slots=True)
class ModelReader:
    """Reads articles by asking a model, or by replaying what it answered before."""

    engine: Engine
    model: str
    client: Client | None  # None: replay only
    answers: Answers | None = None
    usage: Usage = field(default_factory=Usage)

    @property
    def extractor(self) -> str:
        """Name model and prompt, for the provenance of the claims."""
        return f"llm-{slug(self.model)}/{prompt_digest()[:12]}"

    def claims_of(self, article: Article) -> Iterator[Claim]:
        """Yield the claims of an article that stand in it, by where their evidence starts."""
        ground = Ground(read(article, self.engine))
        found: dict[str, Claim] = {}
        for told in self._told(article):
            checked = ground.of(told)
            if isinstance(checked, str):
                self._refuse(article, told.quote, checked)
            else:
                claim = self._claim(article, checked)
                found.setdefault(claim.id, claim)
        yield from sorted(found.values(), key=lambda each: (each.start, each.end, each.id))

    def _claim(self, article: Article, checked: Grounded) -> Claim:
        return claim_of(
            article,
            checked.kind,
            (checked.start, checked.end),
            checked.roles,
            modality=checked.modality,
            status=checked.status,
            polarity=checked.polarity,
            attribution=checked.attribution,
            extractor=self.extractor,
            confidence=DOUBTFUL if checked.doubtful else CONFIDENCE,
        )

    def _told(self, article: Article) -> Iterator[Told]:
        for piece in pieces(article.text, PIECE):
            yield from self._of_piece(article, piece)

    def _of_piece(self, article: Article, text: str) -> Iterator[Told]:
        told = self._read(text, article.get("published"))
        if isinstance(told, Failure) and told.problem == "truncated" and len(text) > SMALLEST:
            for half in pieces(text, len(text) // 2 + 1):
                yield from self._of_piece(article, half) if len(half) < len(text) else ()
            return
        if isinstance(told, Failure):
            words = " ".join(text.split())[:60]
            reason = f"{told.problem}: {told.reason}; not read: {words!r}"
            self.usage.refusals.append(Refusal(article.id, "", reason, failed=True))
            return
        for each in told:
            if isinstance(each, Failure):
                self._refuse(article, "", each.reason)
            else:
                yield each

    def _read(self, text: str, published: str | None) -> tuple[Told | Failure, ...] | Failure:
        """Read what the model says of a piece: replayed if it is kept, asked otherwise."""
        kept = self.answers.find(self.model, prompt_digest(), text) if self.answers else None
        if kept is not None:
            self.usage.add(kept, replayed=True)
            return told_in(kept)
        told: tuple[Told | Failure, ...] | Failure = Failure("unavailable", "no kept answer")
        for _ in range(ATTEMPTS if self.client else 0):
            told = self._ask(text, published)
            if not isinstance(told, Failure) or told.problem != "malformed":
                break
        return told

    def _ask(self, text: str, published: str | None) -> tuple[Told | Failure, ...] | Failure:
        assert self.client is not None  # noqa: S101 - asked only where there is one
        answer: Answer | Failure = self.client.ask(text, published)
        if isinstance(answer, Failure):
            return answer
        self.usage.add(answer, replayed=False)
        told = told_in(answer)
        if self.answers and (not isinstance(told, Failure) or told.problem == "truncated"):
            self.answers.keep(answer)
        return told

    def _refuse(self, article: Article, quote: str, reason: str) -> None:
        self.usage.refusals.append(Refusal(article.id, quote, reason))


def pieces(text: str, most: int) -> Iterator[str]:
    r"""Cut a text into pieces of whole lines, none longer than `most` unless one line is.

    >>> list(pieces("one\ntwo\nthree\n", 8))
    ['one\ntwo\n', 'three\n']
    """
    held = ""
    for line in text.splitlines(keepends=True):
        for start in range(0, len(line), most):
            part = line[start : start + most]
            if held and len(held) + len(part) > most:
                yield held
                held = ""
            held += part
    if held.strip():
        yield held
