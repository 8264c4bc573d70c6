"""The trigger lexicon: which words announce which kind, and what stands around them.

Data files in, `Trigger` and `Support` records out, found by the head word. A trigger of several
words has its head first; the others stand below the head in the parse, in any order. The longest
trigger that fits a token wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from spacy.tokens import Token

from kg.resources import lexicon
from kg.terms import Kind

Pos = Literal["verb", "noun", "adjective"]
Need = Literal[
    "complement", "initiative", "cooperation", "money", "support", "strong-object",
    "goods", "trade", "investment", "share", "rank", "would", "taken",
    "negated", "damning", "gift", "under-way",
]  # fmt: skip

FILES: Final = tuple(
    f"triggers-{name}.yaml"
    for name in ("commitments", "concerns", "controls", "documents", "positions")
)
TAGS: Final[dict[str, tuple[Pos, ...]]] = {
    "VB": ("verb",), "VBD": ("verb",), "VBP": ("verb",), "VBZ": ("verb",),
    "VBG": ("verb",), "VBN": ("adjective", "verb"), "JJ": ("adjective", "verb"),
    "NN": ("noun",), "NNS": ("noun",), "NNP": ("noun",), "NNPS": ("noun",),
}  # fmt: skip
PREPOSITIONS: Final = frozenset(("at", "to", "for", "on", "of", "by", "about", "against", "as"))
BELOW: Final = frozenset(
    ("prt", "dobj", "prep", "pobj", "acomp", "advmod", "oprd", "compound", "amod", "nmod", "attr")
)
BESIDE: Final = frozenset(("compound", "amod", "nmod"))  # "export ban", not "ban on exports"


@dataclass(frozen=True, slots=True)
class TriggerClass:
    """Words of one class: what they announce and how their arguments stand around them."""

    kind: Kind
    pos: Pos
    frame: str
    source: str
    words: tuple[str, ...]
    value: str | None = None
    needs: Need | None = None


@dataclass(frozen=True, slots=True)
class TriggerFile:
    """One data file: named frames (role to syntactic functions) and classes of words."""

    source: str
    frames: dict[str, dict[str, tuple[str, ...]]]
    classes: tuple[TriggerClass, ...]


@dataclass(frozen=True, slots=True)
class SupportClass:
    """Verbs that carry the trigger nouns of a kind, and what they add."""

    kind: Kind
    source: str
    words: tuple[str, ...]
    value: str | None = None


@dataclass(frozen=True, slots=True)
class SupportFile:
    """The data file of carrying verbs."""

    source: str
    classes: tuple[SupportClass, ...]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One entry: its words (head first), what it announces, its frame."""

    words: tuple[str, ...]
    kind: Kind
    pos: Pos
    frame: Mapping[str, tuple[str, ...]]
    source: str
    value: str | None
    needs: Need | None


@cache
def triggers() -> tuple[Trigger, ...]:
    """Read every trigger of the package, in file order."""
    return tuple(
        entry for name in FILES for entry in _entries(lexicon("claims", name, TriggerFile))
    )


def trigger_at(token: Token, kind: Kind) -> Trigger | None:
    """Give the longest trigger of a kind whose head is this token, if there is one."""
    best: Trigger | None = None
    for pos in _parts_of_speech(token):
        head = token.lower_ if pos == "adjective" else lemma(token)
        for trigger in _index().get((kind, pos, head), ()):
            if best is not None and not _says_more(trigger, best):
                continue
            if fits(token, trigger.words[1:], BESIDE if pos == "noun" else BELOW):
                best = trigger
    return best


def _says_more(one: Trigger, other: Trigger) -> bool:
    """Say whether a trigger has more words, other than prepositions behind another's head."""
    more = set(one.words[1:]) - PREPOSITIONS if one.pos != other.pos else set(one.words[1:])
    return len(more) + 1 > len(other.words)


def kinds_at(token: Token) -> frozenset[Kind]:
    """Give the kinds of which this token may be the head of a trigger."""
    found: frozenset[Kind] = frozenset()
    for pos in _parts_of_speech(token):
        head = token.lower_ if pos == "adjective" else lemma(token)
        found |= _kinds().get((pos, head), frozenset())
    return found


def _parts_of_speech(token: Token) -> tuple[Pos, ...]:
    """Give how a token may be read; a plural noun with subject and object is a misread verb."""
    read = TAGS.get(token.tag_, ())
    if token.tag_ == "VBN" and any(c.lemma_ == "have" and c.dep_ == "aux" for c in token.children):
        return ("verb",)  # "has angered Peru"
    if token.tag_ == "VB" and token.dep_ in ("nsubj", "pobj", "dobj"):
        return ("noun", *read)  # "Unease in Lima" at the head of a sentence
    if token.tag_ == "NNS" and token.dep_ == "ROOT":
        held = {child.dep_ for child in token.children}
        return ("verb", *read) if {"nsubj", "dobj"} <= held else read
    return read


def support_of(verb: Token, kind: Kind) -> str | None:
    """Say what a verb adds to the trigger noun it carries; None if it carries none of the kind."""
    for words, value in _supports().get((kind, lemma(verb)), ()):
        if fits(verb, words[1:]):
            return value
    return None


def phrasal_support(verb: Token, kind: Kind) -> str | None:
    """Say what a verb with its particle or object adds to a noun behind it ("put its name to")."""
    for words, value in _supports().get((kind, lemma(verb)), ()):
        if len(words) > 1 and fits(verb, words[1:]):
            return value
    return None


def supports_of(verb: Token, kind: Kind) -> frozenset[str]:
    """Give everything that a verb may add to the trigger noun it carries."""
    held = _supports().get((kind, lemma(verb)), ())
    return frozenset(value for words, value in held if fits(verb, words[1:]))


def lemma(token: Token) -> str:
    """Give the lemma of a token in lower case; of a proper noun in the plural, its singular."""
    form = token.lemma_.lower()
    if token.tag_ in ("NNP", "NNPS") and form.endswith("s") and len(form) > 4:
        return form[:-3] + "y" if form.endswith("ies") else form.removesuffix("s")
    return form


def fits(head: Token, words: tuple[str, ...], links: frozenset[str] = BELOW) -> bool:
    """Say whether each of the words stands below the head, without a clause between."""
    if not words:
        return True
    links = BELOW if head.lemma_ == "letter" else links
    below = {form for token in _below(head, links, 3) for form in (lemma(token), token.lower_)}
    if "self" in words and any(form.endswith(("self", "selves")) for form in below):
        below.add("self")
    return below.issuperset(words)


def _below(token: Token, links: frozenset[str], depth: int) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ in links:
            yield child
            if depth > 1:
                yield from _below(child, links, depth - 1)


def _entries(file: TriggerFile) -> Iterator[Trigger]:
    for group in file.classes:
        for words in group.words:
            yield Trigger(
                _head_first(words, group.pos), group.kind, group.pos, file.frames[group.frame],
                group.source, group.value, group.needs,
            )  # fmt: skip


def _head_first(words: str, pos: Pos) -> tuple[str, ...]:
    """Nouns have their head last in the data ("joint statement"), except before "intent"."""
    parts = words.split()
    if pos == "noun" and parts[0] != "letter":
        parts.reverse()
    return tuple(parts)


@cache
def _index() -> Mapping[tuple[Kind, Pos, str], tuple[Trigger, ...]]:
    found: defaultdict[tuple[Kind, Pos, str], list[Trigger]] = defaultdict(list)
    for trigger in triggers():
        found[trigger.kind, trigger.pos, trigger.words[0]].append(trigger)
    return {key: tuple(sorted(held, key=_length, reverse=True)) for key, held in found.items()}


@cache
def _kinds() -> Mapping[tuple[Pos, str], frozenset[Kind]]:
    found: defaultdict[tuple[Pos, str], set[Kind]] = defaultdict(set)
    for kind, pos, head in _index():
        found[pos, head].add(kind)
    return {key: frozenset(kinds) for key, kinds in found.items()}


def _length(trigger: Trigger) -> int:
    return len(trigger.words)


@cache
def _supports() -> Mapping[tuple[Kind, str], tuple[tuple[tuple[str, ...], str], ...]]:
    found: defaultdict[tuple[Kind, str], list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for group in lexicon("claims", "supports.yaml", SupportFile).classes:
        for words in group.words:
            parts = tuple(words.split())
            found[group.kind, parts[0]].append((parts, group.value or "stated"))
    return {key: tuple(sorted(held, key=_words, reverse=True)) for key, held in found.items()}


def _words(entry: tuple[tuple[str, ...], str]) -> int:
    return len(entry[0])
