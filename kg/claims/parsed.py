"""A parse that answers quickly: a document of the parser in, the same document in Python out.

The rules ask a token for its children, head and lemma about a hundred times over. The parser makes
each answer anew, and finds children by looking at every token between; here each is made once.
Whatever the rules ask of a document, a stretch of it or a token is named and answered as there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast, overload

from spacy.tokens import Doc, Token

from kg.claims.thing_words import known

NONE: Final = ()


class Word:
    """A token with what is often asked made ready; what is seldom asked goes to the parser's."""

    __slots__ = (
        "_above", "_below", "_first", "_last", "children", "dep_", "doc", "ent_type_", "head", "i",
        "idx", "is_alpha", "is_lower", "is_sent_start", "is_title", "is_upper", "lefts", "lemma_",
        "lower_", "pos_", "rights", "source", "tag_", "text", "whitespace_",
    )  # fmt: skip

    def __init__(self, doc: Parsed, source: Token) -> None:
        self.doc = doc
        self.source = source
        self.i: int = source.i
        self.idx: int = source.idx
        self.text: str = source.text
        self.lower_: str = source.lower_
        self.lemma_: str = source.lemma_
        self.dep_: str = source.dep_
        self.pos_: str = source.pos_
        self.tag_: str = source.tag_
        self.ent_type_: str = source.ent_type_
        if self.tag_ == "VBN" and _is_material(self.lower_):  # "nitrogen" ends as participles do
            self.tag_, self.pos_, self.lemma_ = "NN", "NOUN", self.lower_
        self.whitespace_: str = source.whitespace_
        self.is_title: bool = source.is_title
        self.is_upper: bool = source.is_upper
        self.is_lower: bool = source.is_lower
        self.is_alpha: bool = source.is_alpha
        self.is_sent_start: bool | None = source.is_sent_start
        self.head = self
        self.lefts: tuple[Word, ...] = NONE
        self.rights: tuple[Word, ...] = NONE
        self.children: tuple[Word, ...] = NONE
        self._below: tuple[Word, ...] | None = None
        self._above: tuple[Word, ...] | None = None
        self._first: Word | None = None
        self._last: Word | None = None

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__

    def __lt__(self, other: Word) -> bool:
        return self.i < other.i

    @property
    def subtree(self) -> tuple[Word, ...]:
        """Give the token with all that depends on it, in the order of the parser."""
        if self._below is None:
            held: list[Word] = []
            for child in self.lefts:
                held.extend(child.subtree)
            held.append(self)
            for child in self.rights:
                held.extend(child.subtree)
            self._below = tuple(held)
        return self._below

    @property
    def ancestors(self) -> tuple[Word, ...]:
        """Give what the token depends on, the nearest first."""
        if self._above is None:
            top = self.head is self
            self._above = NONE if top else (self.head, *self.head.ancestors)
        return self._above

    @property
    def left_edge(self) -> Word:
        """Give the first token of the subtree."""
        if self._first is None:
            self._first = self.doc[self.source.left_edge.i]
        return self._first

    @property
    def right_edge(self) -> Word:
        """Give the last token of the subtree."""
        if self._last is None:
            self._last = self.doc[self.source.right_edge.i]
        return self._last

    @property
    def sent(self) -> Stretch:
        """Give the sentence of the token."""
        return self.doc.sentence_at(self.i)

    def nbor(self, by: int = 1) -> Word:
        """Give a token beside; raise an IndexError outside of the document."""
        at = self.i + by
        if not 0 <= at < len(self.doc):
            raise IndexError(at)
        return self.doc[at]

    def __getattr__(self, name: str) -> object:
        """Ask the parser's token what is seldom asked: `is_quote`, `like_num`."""
        if name not in SELDOM:
            raise AttributeError(name)
        return getattr(self.source, name)


SELDOM: Final = frozenset(
    {
        "ent_iob_", "is_digit", "is_punct", "is_quote", "is_space", "is_stop", "like_num", "morph",
        "n_lefts", "n_rights", "shape_", "text_with_ws",
    }
)  # fmt: skip


class Stretch:
    """Tokens that stand together: a sentence, a name, or any others."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Parsed, start: int, end: int, label: str = "") -> None:
        self.doc = doc
        self.start = start
        self.end = end
        self.label_ = label

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Word]:
        return iter(self.doc.words[self.start : self.end])

    @overload
    def __getitem__(self, at: int) -> Word: ...
    @overload
    def __getitem__(self, at: slice) -> Stretch: ...
    def __getitem__(self, at: int | slice) -> Word | Stretch:
        if isinstance(at, slice):
            first, last, _ = at.indices(len(self))
            return Stretch(self.doc, self.start + first, self.start + max(first, last), "")
        place = self.end + at if at < 0 else self.start + at
        if not self.start <= place < self.end:
            raise IndexError(at)
        return self.doc[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stretch) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__

    def _key(self) -> tuple[int, int, int, str]:
        return id(self.doc), self.start, self.end, self.label_

    @property
    def start_char(self) -> int:
        """Give where the first token starts in the text of the document."""
        return int(self.doc.source[self.start : self.end].start_char)

    @property
    def end_char(self) -> int:
        """Give where the last token ends in the text of the document."""
        return int(self.doc.source[self.start : self.end].end_char)

    @property
    def text(self) -> str:
        """Give the text of the tokens."""
        if self.end <= self.start:
            return ""
        words = self.doc.words
        last = words[self.end - 1]
        return self.doc.text[words[self.start].idx : last.idx + len(last.text)]

    @property
    def root(self) -> Word:
        """Give the token that the others depend on."""
        return self.doc[self.doc.source[self.start : self.end].root.i]

    @property
    def sent(self) -> Stretch:
        """Give the sentence of the first token."""
        return self.doc.sentence_at(self.start)


class Parsed:
    """A document of the parser with its tokens, stretches and sentences in Python."""

    def __init__(self, source: Doc) -> None:
        self.source = source
        self.text: str = source.text
        self.words = [Word(self, token) for token in source]
        self._sentences: tuple[Stretch, ...] | None = None
        self._names: tuple[Stretch, ...] | None = None
        self._sentence_of: list[Stretch] = []
        for token in source:
            if token.head.i != token.i:
                self.words[token.i].head = self.words[token.head.i]
        self._hang()

    def _hang(self) -> None:
        """Give every token those that depend on it, before it and behind it."""
        lefts: dict[Word, list[Word]] = {}
        rights: dict[Word, list[Word]] = {}
        for word in self.words:
            head = word.head
            if head is not word:
                (lefts if word.i < head.i else rights).setdefault(head, []).append(word)
        for head, held in lefts.items():
            head.lefts = head.children = tuple(held)
        for head, held in rights.items():
            head.rights = tuple(held)
            head.children = (*head.lefts, *held)

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    @overload
    def __getitem__(self, at: int) -> Word: ...
    @overload
    def __getitem__(self, at: slice) -> Stretch: ...
    def __getitem__(self, at: int | slice) -> Word | Stretch:
        if isinstance(at, slice):
            first, last, _ = at.indices(len(self.words))
            return Stretch(self, first, max(first, last))
        try:
            return self.words[at]
        except IndexError:  # the parser has empty tokens around a document
            return Word(self, self.source[at])

    @property
    def sents(self) -> tuple[Stretch, ...]:
        """Give the sentences."""
        if self._sentences is None:
            self._sentences = tuple(Stretch(self, s.start, s.end) for s in self.source.sents)
        return self._sentences

    @property
    def ents(self) -> tuple[Stretch, ...]:
        """Give what the parser holds for names, with their sort."""
        if self._names is None:
            found = self.source.ents
            self._names = tuple(Stretch(self, e.start, e.end, e.label_) for e in found)
        return self._names

    def sentence_at(self, at: int) -> Stretch:
        """Give the sentence that a token is in."""
        if not self._sentence_of:
            self._sentence_of = [each for each in self.sents for _ in range(len(each))]
        return self._sentence_of[at]

    def char_span(self, start: int, end: int, alignment_mode: str = "strict") -> Stretch | None:
        """Give the tokens between two places of the text, as the parser sees them."""
        found = self.source.char_span(start, end, alignment_mode=alignment_mode)
        return None if found is None else Stretch(self, found.start, found.end)


def ready(doc: Doc) -> Doc:
    """Give a document that answers quickly what the rules ask of it."""
    return cast("Doc", Parsed(doc))


def source_of(doc: Doc) -> Doc:
    """Give the parser's own document: its matchers take no other."""
    return doc.source if isinstance(doc, Parsed) else doc


def _is_material(word: str) -> bool:
    row = known(word)
    return row is not None and row.family == "material"
