"""Sentences of an article with their place in it: an article and an engine in, sentences out.

Text goes to the parser line by line, so that a headline is never glued to what follows. A line
that plainly goes on in the next one (hard-wrapped text) is read together with it.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from spacy.tokens import Doc, Span, Token

from kg.articles.model import Article, LineRole
from kg.claims.engine import WORDS_WITHOUT_END, Engine
from kg.claims.parsed import ready

READ: Final = frozenset({"title", "heading", "caption", "body"})
LEADING: Final = re.compile(r"\s*(?:[-–—•*·▪◦‣>]+\s+|\(?[0-9]{1,2}[.)]\s+)?\s*")
LETTERED: Final = re.compile(r"[*_]{0,3}[QA]\d{0,2}[.:)][*_]{0,3}\s+")  # of who asks, and answers
DATELINE: Final = re.compile(
    r"[A-Z][A-Z .,'/-]{2,40}(?:,? [A-Z][A-Za-z]{2,8}\.? [0-9]{1,2}(?:, [0-9]{4})?)?"
    r"(?:, [A-Z]{4,20})?(?: ?\([A-Z][\w .&/-]{1,30}\))? *(?:--|[-–—]) +(?=[A-Z])"
)
LABEL: Final = re.compile(
    r"(?:[^\W\d_a-z]|[.'’ -]){2,40}:\s"
    r"|(?=[^:]{2,40}:)(?:[^\W\d_a-z][\w.'’-]* ){0,5}[^\W\d_a-z][\w.'’-]*:\s"
)
MARKS: Final = frozenset("▲△▼▽◀◁▶▷◆◇")  # that newspapers set before the words below a picture
FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
LEADING_MARK: Final = re.compile(r"\s*(?:[-–—•*·▪◦‣>]|\(?[0-9]{1,2}[.)])\s")
COLUMN: Final = (52, 90)  # characters in the lines of a column that is filled
SPACE: Final = re.compile(r"\s*")
WRAPPED: Final = 45  # a shorter line was not ended by the width of the page
LONGEST_BLOCK: Final = 20_000  # characters parsed at once; the parser takes memory for all of them
LONGEST_SENTENCE: Final = 300  # tokens; what goes on longer is a table or a list, not prose


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as the parser sees it (`span`) and where it stands in the article."""

    index: int
    span: Span
    start: int
    end: int
    text: str
    role: LineRole
    base: int  # where the document of the span starts in the article
    tokens: tuple[Token, ...] = field(repr=False, compare=False)  # of the span, made once
    memory: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)
    """What was found out about the sentence and will be asked again, by who found it out."""

    @property
    def spoken(self) -> str:
        """Give its text as the parser had it, character for character."""
        text: str = self.span.doc.text[self.start - self.base : self.end - self.base]
        return text

    def offset(self, token: Token) -> int:
        """Give where a token starts in the article."""
        return self.base + int(token.idx)

    def words(self, first: int, last: int) -> str:
        """Give the article's own wording of the tokens `first` to before `last`."""
        start, end = self.place(first, last)
        return self.text[start - self.start : end - self.start]

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Give where the tokens `first` to before `last` stand in the article."""
        doc = self.span.doc
        end = doc[last - 1]
        return self.base + doc[first].idx, self.base + end.idx + len(end.text)


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    role: LineRole


def sentences_of(article: Article, engine: Engine) -> tuple[Sentence, ...]:
    """Split an article into parsed sentences, in text order."""
    return next(sentences_of_each((article,), engine))


def sentences_of_each(
    articles: Iterable[Article], engine: Engine
) -> Iterator[tuple[Sentence, ...]]:
    """Split a handful of articles into parsed sentences: parsed together they take less time."""
    cut = [(article.text, _blocks(article)) for article in articles]
    docs = engine.parse(_spoken(text, block, engine) for text, blocks in cut for block in blocks)
    for text, blocks in cut:
        found: list[Sentence] = []
        for block, doc in zip(blocks, islice(docs, len(blocks)), strict=True):
            found.extend(_split(text, block, ready(doc), len(found)))
        yield tuple(found)


def texts_of(article: Article, engine: Engine) -> tuple[str, ...]:
    """Give what the parser is given of an article, block by block."""
    return tuple(_spoken(article.text, block, engine) for block in _blocks(article))


def _blocks(article: Article) -> tuple[_Block, ...]:
    """Give what is read of an article, but for what holds no two words."""
    text = article.text
    blocks = (_trimmed(text, block) for block in _joined(article))
    pieces = (each for block in blocks for each in _pieces(text, block))
    return tuple(p for p in pieces if not WORDS_WITHOUT_END.fullmatch(text, p.start, p.end))


def _joined(article: Article) -> Iterator[_Block]:
    """Join lines of the body that go on in the next line."""
    held: _Block | None = None
    for line in article.lines:
        if line.role not in READ:
            continue
        if held and _continues(article.text, held, line.start, line.end) and line.role == held.role:
            held = _Block(held.start, line.end, held.role)
            continue
        if held:
            yield held
        held = _Block(line.start, line.end, line.role)
    if held:
        yield held


def _continues(text: str, held: _Block, start: int, end: int) -> bool:
    if held.end - held.start > LONGEST_BLOCK:
        return False  # it would be cut again
    between = text[held.end : start]
    before = text[held.start : held.end].rstrip()
    wide = len(before.rsplit("\n", 1)[-1]) >= WRAPPED
    after = text[start:end].lstrip()
    open_ = between.count("\n") <= 1 and wide and before[-1:] not in ".!?:;"
    return open_ and (after[:1].islower() or _is_column(text, held, start, end))


def _is_column(text: str, held: _Block, start: int, end: int) -> bool:
    """Tell whether a line goes on with a capital as the next line of a column of even width."""
    lines = text[held.start : held.end].splitlines()
    full = [len(line.rstrip()) for line in lines]
    even = all(COLUMN[0] <= width <= COLUMN[1] for width in full)
    prose = lines[-1].rstrip()[-1:].isalpha() or lines[-1].rstrip()[-1:] == ","
    return even and prose and end - start <= COLUMN[1] and not LEADING_MARK.match(text, start, end)


def _trimmed(text: str, block: _Block) -> _Block:
    """Leave out bullets, "Q:" and "A:", agency datelines and the space around."""
    found = LEADING.match(text, block.start, block.end)
    start = found.end() if found else block.start
    lettered = LETTERED.match(text, start, block.end)
    start = lettered.end() if lettered else start
    dateline = DATELINE.match(text, start, block.end)
    if dateline and block.role == "body":
        start = dateline.end()
    length = len(text[start : block.end].rstrip())
    return _Block(start, start + length, block.role)


def _pieces(text: str, block: _Block) -> Iterator[_Block]:
    """Cut a very long block behind a full stop, or behind any word where there is none."""
    start = block.start
    while block.end - start > LONGEST_BLOCK:
        limit = start + LONGEST_BLOCK
        cut = max(text.rfind(". ", start, limit) + 1, 0) or text.rfind(" ", start, limit)
        cut = cut if cut > start else limit
        yield _Block(start, cut, block.role)
        found = SPACE.match(text, cut, block.end)
        start = found.end() if found else cut
    if block.end > start:
        yield _Block(start, block.end, block.role)


def _spoken(text: str, block: _Block, engine: Engine) -> str:
    """Give a line as the parser likes it: flat, and in ordinary letters where it shouts."""
    flat = _flat(text[block.start : block.end])
    prose = block.role in ("body", "caption") and engine.casing is not None
    return engine.casing.lowered(flat) if prose and engine.casing is not None else flat


def _flat(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")


def _with_labels(doc: Doc) -> Iterator[Span]:
    """Yield the sentences; the label of a speaker ("MS. LEE:") goes with what follows it."""
    label = LABEL.match(doc.text)
    first: int | None = None
    for span in doc.sents:
        begin = span.start if first is None else first
        if label and span.end_char <= label.end() and span.end < len(doc):
            first = begin
            continue
        yield doc[begin : span.end]
        first = None


def _is_label(words: str, span: Span) -> bool:
    """Tell whether a line with the mark of a picture only names what it shows, in no sentence."""
    return words[:1] in MARKS and not any(token.tag_ in FINITE for token in span)


def _split(text: str, block: _Block, doc: Doc, count: int) -> Iterator[Sentence]:
    for span in _with_labels(doc):
        start, end = block.start + span.start_char, block.start + span.end_char
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        if not words.strip() or len(span) > LONGEST_SENTENCE:
            continue
        end = start + len(words.strip())
        role: LineRole = "heading" if _is_label(words.lstrip(), span) else block.role
        yield Sentence(count, span, start, end, text[start:end], role, block.start, tuple(span))
        count += 1
