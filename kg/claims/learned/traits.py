"""Traits of a candidate: how it stands in its sentence and to the words that tell the claim.

A candidate, the kind of the claim and the words that tell it (`Anchors`) in, features out. As in
`signs`, names never become features.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Token

from kg.claims.learned.candidates import Candidate, Sort
from kg.claims.learned.signs import Seen
from kg.claims.learned.standing import Labels, clause_of, label_at, labels, subjects_of
from kg.claims.triggers import lemma

ACTORS: Final = frozenset(("party", "name", "served"))
SUBJECTS: Final = frozenset(("nsubj", "nsubjpass"))
POOLED: Final[frozenset[Sort]] = frozenset(("party", "name", "before", "served", "often", "person"))
DEFINITE: Final = frozenset(("the", "both", "these", "two", "neither"))
FURTHEST: Final = 8  # steps up a parse that are looked at
LONGEST: Final = 6  # steps of a path that is spelt out
COMING: Final = frozenset(("will", "to", "planned", "next", "plan", "due", "would", "from", "by"))

Anchors = dict[str, tuple[Token, ...]]
"""The words that tell a claim: by the lexicon ("t") and by what the model weighs most ("m")."""
Described = tuple[Candidate, frozenset[str]]
"""A candidate with its features."""


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
) -> tuple[Described, ...]:
    """Give each candidate of some sorts in a sentence with its features."""
    total = Counter(each.sort for each in given)
    count: Counter[str] = Counter()
    ways = _Ways(seen, anchors)
    ranks = _ranks(given, ways, sorts)
    arguments = _Arguments(seen, anchors)
    tense = any(token.lower_ in COMING for token in seen.sentence.tokens)
    told = []
    for place, each in enumerate(given):
        order = count[each.sort]
        count[each.sort] += 1
        if each.sort not in sorts:
            continue
        found = [*_itself(each), *ranks[place]]
        if each.token is None:
            found.append(f"named={bool(seen.sorts)}")
        else:
            found += _standing(seen, each, each.token, ways)
            found += [f"order={min(order, 4)}", f"of={min(total[each.sort], 5)}"]
            found += _to_anchors(seen, each, each.token, ways)
        if each.sort in POOLED:
            found += arguments.of(each)
        if each.sort == "date" and each.token is not None:
            found += _time(each, each.token, tense)
        told.append((each, frozenset(found)))
    return tuple(told)


def pooled(
    seen: Seen, described: Sequence[Described], allowed: frozenset[Sort]
) -> tuple[Described, ...]:
    """Give the candidates of some sorts; an actor that is several of them is one, with all traits.

    A state that is named twice is as likely to act as the mention that shows it best.
    """
    if not allowed & POOLED:
        return tuple(each for each in described if each[0].sort in allowed)
    held: dict[str, tuple[Candidate, set[str]]] = {}
    apart: list[Described] = []
    for each, features in described:
        if each.sort in allowed and each.sort not in POOLED:
            apart.append((each, features))
        elif each.sort in allowed:
            for filler in each.fillers:
                key = filler.value.casefold()
                first, known = held.setdefault(key, (replace(each, fillers=(filler,)), set()))
                known |= features
                if first.token is None and each.token is not None:
                    held[key] = replace(each, fillers=(filler,)), known
    many = f"many={min(len(held), 6)}"
    told = ((each, frozenset((*known, many, *_rank(seen, each)))) for each, known in held.values())
    return (*told, *apart)


def _rank(seen: Seen, each: Candidate) -> tuple[str, ...]:
    """Tell how often, among the states of the article, one is named."""
    states, value = seen.whole.states, each.fillers[0].value
    if value not in states:
        return ("rank=none",)
    place = min(states.index(value), 3)
    return f"rank={place}", f"rank={place}of{min(len(states), 4)}"


class _Ways:
    """The ways from each token to the root and to the words that tell a claim, found once."""

    def __init__(self, seen: Seen, anchors: Anchors) -> None:
        self.anchors = anchors
        self.root = seen.sentence.span.root
        self._known: dict[tuple[str, int], tuple[Path, Token]] = {}
        self._above: dict[int, list[Token]] = {}

    def nearest(self, name: str, token: Token) -> tuple[Path, Token]:
        known = self._known.get((name, token.i))
        if known is None:
            ways = [(self.between(token, word), word) for word in self.anchors[name]]
            known = min(ways, key=lambda each: (each[0].steps, abs(each[1].i - token.i), each[1].i))
            self._known[name, token.i] = known
        return known

    def between(self, one: Token, other: Token) -> Path:
        return _way(self._up(one), self._up(other))

    def _up(self, token: Token) -> list[Token]:
        known = self._above.get(token.i)
        if known is None:
            known = self._above[token.i] = _above(token)
        return known


class _Arguments:
    """What each actor is to the words that tell a claim: subject, agent, object, owner."""

    def __init__(self, seen: Seen, anchors: Anchors) -> None:
        self._frames: list[tuple[str, str, Labels]] = []
        self._subject = self._how = self._kind = "none"
        words = seen.words
        for token in anchors["m"]:
            clause = clause_of(token)
            self._frames.append(("Am", words[token.i], labels(token)))
            if clause is not None:
                self._frames.append(("Ac", words.get(clause.i, ""), labels(clause)))
                self._see(seen, clause)
        self._frames += [("At", words[token.i], labels(token)) for token in anchors["t"]]

    def _see(self, seen: Seen, clause: Token) -> None:
        subjects, how = subjects_of(clause)
        self._how = how.rpartition("~")[2]
        if subjects:
            first, sentence = subjects[0], seen.sentence
            named = any(seen.reading.parties(sentence, each) for each in subjects)
            which = next((t.lower_ for t in first.lefts if t.lower_ in DEFINITE), "")
            self._subject = first.lower_ if first.pos_ == "PRON" else seen.words.get(first.i, "")
            self._kind = f"{first.tag_}:{which}:{int(named)}"

    def of(self, each: Candidate) -> Iterator[str]:
        """Yield features of an actor."""
        if each.token is None:
            yield f"subject={each.sort}.{self._subject}"
            yield f"subject={each.sort}.{self._kind}"
            yield f"how={each.sort}.{self._how}"
            return
        yield f"subject={self._kind}"
        known: set[tuple[str, str]] = set()
        for name, word, held in self._frames:
            label = label_at(held, each.token)
            if not label and name != "At":
                yield f"{name}=-"
            elif label and (name, label) not in known:
                known.add((name, label))
                yield f"{name}={label}"
                yield f"{name}={label}.{each.kind_of}"
                yield f"{name}={word}:{label}"
                if "~" in label:
                    yield f"{name}~{label.rpartition('~')[2]}"


def path(one: Token, other: Token) -> Path:
    """Give the way between two tokens of a sentence."""
    return _way(_above(one), _above(other))


def _way(up: list[Token], down: list[Token]) -> Path:
    places = {token.i: place for place, token in enumerate(down)}
    for steps, token in enumerate(up):
        place = places.get(token.i)
        if place is not None:
            return Path(tuple(up[:steps]), tuple(down[:place]), True)
    return Path(tuple(up), tuple(down), False)


def _above(token: Token) -> list[Token]:
    found = [token]
    while len(found) < FURTHEST:
        head = token.head
        if head.i == token.i:
            break
        found.append(head)
        token = head
    return found


def _link(token: Token) -> str:
    return f"{token.dep_}:{lemma(token)}" if token.pos_ == "ADP" else str(token.dep_)


def _itself(each: Candidate) -> Iterator[str]:
    yield f"sort={each.sort}"
    yield f"type={each.kind_of}"
    yield from (f"{each.sort}.{trait}" for trait in each.traits)


def _standing(seen: Seen, each: Candidate, token: Token, ways: _Ways) -> Iterator[str]:
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
    yield f"root={ways.between(token, ways.root)}"
    yield f"left={token.i < ways.root.i}"


def _neighbours(seen: Seen, token: Token) -> Iterator[str]:
    span = seen.sentence.span
    for name, i in (("before", token.i - 1), ("after", token.i + 1)):
        if span.start <= i < span.end:
            yield f"{name}={seen.words[i]}"
    yield f"quoted={seen.quoted[token.i]}"


def _to_anchors(seen: Seen, each: Candidate, token: Token, ways: _Ways) -> Iterator[str]:
    """Yield the ways from a candidate to the words that tell the claim."""
    for name, words in ways.anchors.items():
        if not words:
            yield f"{name}.none"
            continue
        way, word = ways.nearest(name, token)
        spelt = str(way)
        away = (token.i - word.i) // 2
        yield f"{name}={spelt}"
        yield f"{name}={each.kind_of}.{word.pos_}.{spelt}"
        yield f"{name}={seen.words[word.i]}:{spelt}"
        yield f"{name}.away={max(-4, min(4, away))}"
        yield f"{name}.self={word.i == token.i}"
        yield f"{name}.left={word.pos_}.{token.i < word.i}"
        yield f"{name}.steps={min(way.steps, 7)}"
        yield f"{name}.below={way.meets and not way.down}"


def _ranks(given: Sequence[Candidate], ways: _Ways, sorts: frozenset[Sort]) -> list[list[str]]:
    """Say of each candidate how many of its group stand nearer to the words that tell the claim."""
    found: list[list[str]] = [[] for _ in given]
    for name, words in ways.anchors.items():
        groups: defaultdict[str, list[tuple[tuple[int, int], int]]] = defaultdict(list)
        for place, each in enumerate(given if words else ()):
            if each.token is None or each.sort not in sorts:
                continue
            way, word = ways.nearest(name, each.token)
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
