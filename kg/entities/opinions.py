"""The opinions of the rules, each pair of profiles once, and the judgements they are published as.

Only what is worth a note is kept. An opinion is published as it is, or as unsure where a rival of
the profile fits as well; what one article alone says of names in it is kept here too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple

from kg.entities.cluster import Pair, doubting, pair_of
from kg.entities.judge import judgement_of
from kg.entities.model import Judgement, Verdict
from kg.entities.verdict import Opinion
from kg.shelves import Shelves

Standing = Literal["plain", "doubted", "within"]  # `within`: said by one article alone
_SELECT: Final = (
    "SELECT low, high, id, verdict, score, rule, reasons, standing FROM entities_opinions "
)
_ON: Final = _SELECT + "WHERE low = ?1 UNION ALL " + _SELECT + "WHERE high = ?1"
_CONNECTS: Final = " AND verdict = 'same' AND standing != 'within'"
_SAME: Final = _ON.replace(" = ?1", " = ?1" + _CONNECTS)
_BREAK: Final = "\x1f"


class Kept(NamedTuple):
    """One opinion as it is kept."""

    low: str
    high: str
    id: str  # of the judgement that it is published as
    verdict: Verdict
    score: float
    rule: str
    reasons: str
    standing: Standing

    @property
    def opinion(self) -> Opinion:
        """What the rules said before rivals were looked at."""
        reasons = tuple(self.reasons.split(_BREAK)) if self.reasons else ()
        return Opinion(self.verdict, self.score, self.rule, reasons)

    @property
    def judgement(self) -> Judgement:
        """What is published."""
        return judgement_of(self.low, self.high, _published(self.opinion, self.standing))

    def other(self, key: str) -> str:
        """Give the profile at the other end."""
        return self.high if key == self.low else self.low


def kept(pair: Pair, opinion: Opinion, standing: Standing = "plain") -> Kept:
    """Give an opinion in the form that is kept."""
    published = judgement_of(*pair, _published(opinion, standing))
    return Kept(
        *pair, published.id, opinion.verdict, opinion.score, opinion.rule,
        _BREAK.join(opinion.reasons), standing,
    )  # fmt: skip


class Opinions:
    """All that are kept; `before` holds the judgements that were published before an update."""

    def __init__(self, shelves: Shelves) -> None:
        self._connection = shelves.connection
        self.before: dict[str, Judgement | None] = {}
        if not self._exists():
            self._make()

    def of(self, key: str) -> dict[Pair, Kept]:
        """Give the opinions on a profile."""
        return {(row.low, row.high): row for row in self._rows(_ON, key)}

    def same(self, key: str) -> list[Kept]:
        """Give the opinions by which a profile is connected with others."""
        return self._rows(_SAME, key)

    def move(self, old: Mapping[Pair, Kept], new: Mapping[Pair, Kept]) -> set[Pair]:
        """Keep what is new in the place of what is old; give the pairs whose opinion changed."""
        moved = {pair for pair in old.keys() | new.keys() if old.get(pair) != new.get(pair)}
        for row in (old[pair] for pair in moved if pair in old):
            if row.id not in self.before:
                self.before[row.id] = row.judgement
        for row in (new[pair] for pair in moved if pair in new):
            self.before.setdefault(row.id, None)
        self._connection.executemany(
            "DELETE FROM entities_opinions WHERE low = ? AND high = ?",
            sorted(pair for pair in moved if pair not in new),
        )
        self._connection.executemany(
            "INSERT OR REPLACE INTO entities_opinions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            sorted(new[pair] for pair in moved if pair in new),
        )
        return moved

    def changes(self) -> frozenset[str]:
        """Give the ids of judgements that came, went or changed since the last time."""
        found = {key for key, old in self.before.items() if self.judgement(key) != old}
        self.before = {}
        return frozenset(found)

    def judgement(self, key: str) -> Judgement | None:
        """Give the judgement of an id."""
        found = self._connection.execute(_SELECT + "WHERE id = ?", (key,)).fetchone()
        return Kept(*found).judgement if found else None

    def judgements(self) -> Iterator[Judgement]:
        """Yield all judgements by rules, by their profiles."""
        rows = self._connection.execute(_SELECT + "ORDER BY low, high")
        return (Kept(*row).judgement for row in rows)

    def _rows(self, question: str, key: str) -> list[Kept]:
        return [Kept(*row) for row in self._connection.execute(question, (key,))]

    def _make(self) -> None:
        self._connection.execute(
            "CREATE TABLE entities_opinions (low TEXT, high TEXT, id TEXT, verdict TEXT,"
            " score REAL, rule TEXT, reasons TEXT, standing TEXT, PRIMARY KEY (low, high))"
            " WITHOUT ROWID"
        )
        for column in ("high", "id"):
            self._connection.execute(
                "CREATE INDEX entities_opinions_" + column + f" ON entities_opinions ({column})"
            )

    def _exists(self) -> bool:
        found = self._connection.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'entities_opinions'"
        )
        return found.fetchone() is not None


def _published(opinion: Opinion, standing: Standing) -> Opinion:
    return doubting(opinion) if standing == "doubted" else opinion


def within(judgement: Judgement) -> Kept:
    """Give what one article says of names in it in the form that is kept."""
    opinion = Opinion(judgement.verdict, judgement.score, judgement.author, judgement.reasons)
    return kept(pair_of(judgement.left, judgement.right), opinion, "within")
