"""Shares and amounts of goods by the order of words: a sentence in, portions out.

"About a fifth of the tin", "four of every five tons of its tin", "nearly all its tin": where the
words of a share stand, what it is of, whose goods those are, and the rest of the clause.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from spacy.tokens import Token

from kg.claims.model import Filler
from kg.claims.number_words import number_words
from kg.claims.sentences import Sentence
from kg.claims.wording import wording
from kg.resources import lexicon

RELATIVES: Final = frozenset(("which", "that", "who", "whose"))
OWN: Final = frozenset(("its", "their", "her", "his", "our", "theirs"))
ENDS: Final = frozenset((";", ":", ".", "—", "–", "?", "!"))
NOMINAL: Final = ("NOUN", "PROPN", "ADJ", "NUM", "DET", "PART", "ADV", "VERB")
MOST_WORDS: Final = 6  # between a verb and its share


@dataclass(frozen=True, slots=True)
class PortionWords:
    """The data of `portions.yaml`; each list is explained there."""

    source: str
    ranks: dict[str, int]
    percent: frozenset[str]
    much: frozenset[str]
    shares: frozenset[str]
    taking: frozenset[str]
    leaning: frozenset[str]
    giving: frozenset[str]
    making: frozenset[str]
    sending: frozenset[str]
    counting: frozenset[str]
    made: frozenset[str]
    held: frozenset[str]
    coming: frozenset[str]
    lying: frozenset[str]
    going: frozenset[str]
    lands: frozenset[str]
    grades: frozenset[str]
    bare: frozenset[str]
    blocs: dict[str, str]
    no_goods: frozenset[str]
    abroad: frozenset[str]
    between: frozenset[str]
    world: frozenset[str]


@dataclass(frozen=True, slots=True)
class Portion:
    """A share or amount in tokens `start` to before `end`, of the goods after it."""

    start: int
    end: int
    share: float | None
    owners: tuple[Token, ...]  # whose goods they are, as far as said before them
    goods: Token | None
    tail: tuple[Token, ...]  # what follows in the clause


@cache
def portion_words() -> PortionWords:
    """Give the word lists."""
    read: PortionWords = lexicon("claims", "portions.yaml", PortionWords)
    return read


def portions(sentence: Sentence) -> Iterator[Portion]:
    """Yield the shares and amounts of goods that a sentence names, in text order."""
    at = sentence.span.start
    while at < sentence.span.end:
        found = _counted(sentence, at) if _may_count(sentence.span.doc[at].lower_) else None
        if found is None:
            at += 1
            continue
        end, share = found
        yield _with_goods(sentence, at, end, share)
        at = end


def _may_count(word: str) -> bool:
    """Say whether a share or an amount may begin with a word."""
    much = word == "every" or word in portion_words().much
    return much or word in number_words().parts or _number(word) is not None


def _counted(sentence: Sentence, at: int) -> tuple[int, float | None] | None:
    """Give the end and the value of a share whose words begin at a token."""
    doc, words = sentence.span.doc, portion_words()
    after = [t.lower_ for t in doc[at : min(at + 8, sentence.span.end)]]
    first = after[0]
    if first == "every" and len(after) > 2 and after[1] in words.ranks:
        return at + 2, round(100 / words.ranks[after[1]])
    number = _number(first)
    if number is not None:
        return _numbered(at, after, number)
    if first in number_words().parts and _is_part(doc[at]):
        return at + 1, round(100 / number_words().parts[first])
    if first in words.much - {"part", "cut"}:
        return at + 1, 100 if first in ("whole", "entirety", "totality") else None
    return None


def _numbered(at: int, after: list[str], number: float) -> tuple[int, float | None] | None:
    """Read "40 percent", "three quarters", "nine-tenths", "four of every five"."""
    words, skip = portion_words(), 2 if after[1:2] == ["-"] else 1
    follow = after[skip] if len(after) > skip else ""
    if follow in words.percent:
        return at + skip + 1, number
    if follow == "per" and after[skip + 1 : skip + 2] == ["cent"]:
        return at + skip + 2, number
    part = number_words().parts.get(follow.rstrip("s"))
    return (at + skip + 1, round(100 * number / part)) if part else _out_of(at, after, number)


def _is_part(token: Token) -> bool:
    """Say whether "third" is a part and not a rank ("a third of", not "third party")."""
    if token.lower_ == "half":
        return True
    after = token.nbor(1) if token.i + 1 < len(token.doc) else token
    before = token.nbor(-1) if token.i else token
    return after.lower_ == "of" and before.lower_ in ("a", "one", "an")


def _number(word: str) -> float | None:
    plain = word.replace(",", ".")
    if plain.replace(".", "", 1).isdecimal():
        return float(plain)
    return number_words().numbers.get(word)


def _out_of(at: int, after: list[str], number: float) -> tuple[int, float | None] | None:
    """Read "four of every five", "six out of ten", "four tons in every ten"."""
    rest = after[1:]
    unit = 1 if rest and rest[0].rstrip("s") in wording().measures else 0
    rest = rest[unit:]
    for link in (["out", "of", "every"], ["out", "of"], ["of", "every"], ["in", "every"], ["in"]):
        if rest[: len(link)] == link and len(rest) > len(link):
            whole = _number(rest[len(link)])
            if whole is not None and 1 < number + 1 <= whole <= 100 and whole != int(number):
                return at + 1 + unit + len(link) + 1, round(100 * number / whole)
    return None


def _with_goods(sentence: Sentence, at: int, end: int, share: float | None) -> Portion:
    doc, last = sentence.span.doc, sentence.span.end
    first = end
    while first < last and (
        doc[first].lower_.rstrip("s") in wording().measures | portion_words().shares
        or doc[first].lower_ == "'s"
    ):
        first += 1
    if first < last and doc[first].lower_ in ("of", "in"):
        first += 1
    elif first > end and first < last:
        return Portion(at, end, share, (), doc[first - 1], _clause(sentence, first))
    elif share is None or doc[end - 1].lower_ != "half":
        bare = doc[end - 1].lower_ in ("most", "all") or doc[at].lower_ == "every"
        bare = bare or (doc[end - 1].pos_ == "NUM" and end - at > 2)  # "six of every ten beans"
        if not bare:
            return Portion(at, end, share, (), None, _clause(sentence, first))
    stop = first
    while stop < last and _is_nominal(doc[stop], stop == first):
        stop += 1
    head = next((t for t in reversed(doc[first:stop]) if t.pos_ in ("NOUN", "PROPN")), None)
    if head is None and first < stop and doc[stop - 1].tag_ == "VBG":
        head = doc[stop - 1]  # "90% of refining"
    if head is None and first < stop and doc[stop - 1].lower_ in ("theirs", "former", "latter"):
        head = doc[stop - 1]
    own = tuple(
        t for t in doc[first:stop]
        if t.lower_ in (*OWN, "whose") or (t.i + 1 < stop and doc[t.i + 1].tag_ == "POS")
        or (t.pos_ == "ADJ" and t.text[:1].isupper())
    )  # fmt: skip
    return Portion(at, end, share, own, head, _clause(sentence, head.i + 1 if head else stop))


def _is_nominal(token: Token, first: bool) -> bool:
    if token.lower_ in RELATIVES and token.lower_ != "whose":
        return False
    if token.tag_ in ("VBZ", "VBD", "VBP", "VB") or token.dep_ in ("acl", "relcl"):
        return False
    if token.tag_ in ("PRP$", "PRP", "DT"):
        return first
    if token.tag_ in ("WP$", "POS", "HYPH"):
        return True
    return token.pos_ in NOMINAL and token.tag_ not in ("IN", "TO", "RP")


def _clause(sentence: Sentence, first: int) -> tuple[Token, ...]:
    """Give the tokens from a place to the end of the clause."""
    found: list[Token] = []
    for token in sentence.span.doc[first : sentence.span.end]:
        if token.text in ENDS or (token.text == "," and found):
            break
        joint = token.lower_ in ("and", "but", "while") and token.i + 1 < sentence.span.end
        if joint and token.nbor(1).pos_ in ("PROPN", "PRON", "VERB", "AUX"):
            break
        found.append(token)
    return tuple(found)


def bare_goods(item: Filler) -> Filler:
    """Cut "world copper output" to the copper."""
    if item.text is None or item.start is None:
        return item
    parts = item.text.split(" ")
    first, last = 0, len(parts)
    while last - first > 1 and parts[first].lower() in portion_words().bare:
        first += 1
    while last - first > 1 and parts[last - 1].lower() in wording().yardsticks:
        last -= 1
    if (first, last) == (0, len(parts)):
        return item
    start = item.start + len(" ".join(parts[:first])) + (1 if first else 0)
    text = " ".join(parts[first:last])
    return Filler(text=text, label=text.lower(), type=item.type, start=start, end=start + len(text))
