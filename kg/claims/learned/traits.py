"""Traits of a candidate: how it stands in its sentence and to the words that tell the claim.

A candidate, the kind of the claim and the words that tell it (`Anchors`) in, features out. As in
`signs`, names never become features.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kg.claims.learned.candidates import Candidate, Sort
from kg.claims.learned.signs import MARKS, Seen
from kg.claims.triggers import lemma

ACTORS: Final = frozenset(("party", "name", "served"))
SUBJECTS: Final = frozenset(("nsubj", "nsubjpass"))
FURTHEST: Final = 8  # steps up a parse that are looked at
LONGEST: Final = 6  # steps of a path that is spelt out
COMING: Final = frozenset(("will", "to", "planned", "next", "plan", "due", "would", "from", "by"))

Anchors = dict[str, tuple[Token, ...]]
"""The words that tell a claim: by the lexicon ("t") and by what the model weighs most ("m")."""


@dataclass(frozen=True, slots=True)
class Path:
    """The way from one token to another: up from the first, down to the second."""

    up: tuple[Token, ...]
    down: tuple[Token, ...]
    meets: bool

    @property
    def steps(self) -> int:
        """How long it is; 9 where there is none."""
        return len(self.up) + len(self.down) if self.meets else 9

    def __str__(self) -> str:
        if not self.meets or self.steps > LONGEST:
            return "far"
        return "^".join(map(_link, self.up)) + "|" + "v".join(map(_link, reversed(self.down)))


def traits(
    seen: Seen, given: Sequence[Candidate], anchors: Anchors, sorts: frozenset[Sort]
) -> Iterator[tuple[Candidate, tuple[str, ...]]]:
    """Yield each candidate of some sorts in a sentence with its features."""
    total = Counter(each.sort for each in given)
    count: Counter[str] = Counter()
    ranks = _ranks(given, anchors, sorts)
    tense = any(token.lower_ in COMING for token in seen.sentence.span)
    for place, each in enumerate(given):
        order = count[each.sort]
        count[each.sort] += 1
        if each.sort not in sorts:
            continue
        found = [*_itself(each), *ranks[place]]
        if each.token is None:
            found.append(f"named={bool(seen.sorts)}")
        else:
            found += _standing(seen, each, each.token)
            found += [f"order={min(order, 4)}", f"of={min(total[each.sort], 5)}"]
            found += _to_anchors(seen, each, each.token, anchors)
        if each.sort == "date" and each.token is not None:
            found += _time(each, each.token, tense)
        yield each, tuple(found)


def path(one: Token, other: Token) -> Path:
    """Give the way between two tokens of a sentence."""
    up, down = _above(one), _above(other)
    for steps, token in enumerate(up):
        if token in down:
            return Path(tuple(up[:steps]), tuple(down[: down.index(token)]), True)
    return Path(tuple(up), tuple(down), False)


def _above(token: Token) -> list[Token]:
    found = [token]
    while len(found) < FURTHEST and found[-1].head != found[-1]:
        found.append(found[-1].head)
    return found


def _link(token: Token) -> str:
    return f"{token.dep_}:{lemma(token)}" if token.pos_ == "ADP" else str(token.dep_)


def _itself(each: Candidate) -> Iterator[str]:
    yield f"sort={each.sort}"
    yield f"type={each.kind_of}"
    yield from (f"{each.sort}.{trait}" for trait in each.traits)


def _standing(seen: Seen, each: Candidate, token: Token) -> Iterator[str]:
    """Yield on what a candidate hangs, what it is, and its neighbours."""
    first = token
    while first.dep_ == "conj" and first.head != first:
        first = first.head
    if first != token:
        yield "listed"
    dep, head = first.dep_, first.head
    yield f"dep={dep}"
    yield f"dep={each.sort}.{dep}"
    yield f"dep={each.kind_of}.{dep}"
    yield f"head={seen.words.get(head.i, '')}"
    yield f"head={dep}:{seen.words.get(head.i, '')}"
    if head.pos_ == "ADP":
        yield f"over={lemma(head)}:{seen.words.get(head.head.i, '')}"
        yield f"over={lemma(head)}:{head.head.pos_}"
        for kind in seen.triggers.get(head.head.i, ()):
            yield f"over={lemma(head)}:*{kind}"
    for kind in seen.triggers.get(head.i, ()):
        yield f"head={dep}:*{kind}"
    for kind in seen.triggers.get(token.i, ()):
        yield f"own=*{kind}"
    if token.pos_ in ("NOUN", "PRON"):
        yield f"word={token.lemma_.lower() if token.pos_ == 'PRON' else seen.words[token.i]}"
    yield from _neighbours(seen, token)
    root = seen.sentence.span.root
    yield f"root={path(token, root)}"
    yield f"left={token.i < root.i}"


def _neighbours(seen: Seen, token: Token) -> Iterator[str]:
    span = seen.sentence.span
    for name, i in (("before", token.i - 1), ("after", token.i + 1)):
        if span.start <= i < span.end:
            yield f"{name}={seen.words[i]}"
    quoted = sum(t.text in MARKS for t in span.doc[span.start : token.i]) % 2
    yield f"quoted={quoted}"


def _to_anchors(seen: Seen, each: Candidate, token: Token, anchors: Anchors) -> Iterator[str]:
    """Yield the ways from a candidate to the words that tell the claim."""
    for name, words in anchors.items():
        if not words:
            yield f"{name}.none"
            continue
        way, word = _nearest(token, words)
        away = (token.i - word.i) // 2
        yield f"{name}={way}"
        yield f"{name}={each.kind_of}.{word.pos_}.{way}"
        yield f"{name}={seen.words[word.i]}:{way}"
        yield f"{name}.away={max(-4, min(4, away))}"
        yield f"{name}.self={word.i == token.i}"
        yield f"{name}.left={word.pos_}.{token.i < word.i}"
        yield f"{name}.steps={min(way.steps, 7)}"
        yield f"{name}.below={way.meets and not way.down}"


def _nearest(token: Token, words: tuple[Token, ...]) -> tuple[Path, Token]:
    ways = [(path(token, word), word) for word in words]
    return min(ways, key=lambda each: (each[0].steps, abs(each[1].i - token.i), each[1].i))


def _ranks(given: Sequence[Candidate], anchors: Anchors, sorts: frozenset[Sort]) -> list[list[str]]:
    """Say of each candidate how many of its group stand nearer to the words that tell the claim."""
    found: list[list[str]] = [[] for _ in given]
    for name, words in anchors.items():
        groups: defaultdict[str, list[tuple[tuple[int, int], int]]] = defaultdict(list)
        for place, each in enumerate(given if words else ()):
            if each.token is None or each.sort not in sorts:
                continue
            way, word = _nearest(each.token, words)
            distance = way.steps, abs(word.i - each.token.i)
            groups["actor" if each.sort in ACTORS else each.sort].append((distance, place))
            if each.sort in ACTORS and each.token.dep_ in SUBJECTS:
                groups["subject"].append((distance, place))
        for group, members in groups.items():
            order = sorted({distance for distance, _ in members})
            for distance, place in members:
                found[place].append(f"{name}.rank={group}{min(order.index(distance), 3)}")
    return found


def _time(each: Candidate, token: Token, coming: bool) -> Iterator[str]:
    """Yield how the tense of the clause goes with a date that may be past or to come."""
    verb = next((t for t in _above(token) if t.pos_ in ("VERB", "AUX")), None)
    tense = "none"
    if verb is not None:
        helpers = sorted(c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass"))
        tense = f"{verb.tag_}:{','.join(helpers)}"
    for trait in each.traits[2:]:
        yield f"tense={trait}.{tense}"
    yield f"tense={each.traits[2]}.{coming}"
