"""Figures: gold and the claims of an extractor in; precision, recall and their kin out.

Figures are sums over articles, kept article by article and kind by kind, so that a part can be
looked at and two runs can be compared article by article. With the relaxed rule they are those of
the shared task: the fillers of an unpaired claim count as wrong or missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final

from kg.claims.gold.matching import RELAXED, Rule
from kg.claims.gold.model import Gold, Statement

JUDGED: Final = ("modality", "status")


@dataclass(frozen=True, slots=True)
class Share:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted: claims, fillers (`role_…`), values of claims, quotes."""

    gold: int = 0
    got: int = 0
    right: int = 0
    role_gold: int = 0
    role_got: int = 0
    role_right: int = 0
    modal_asked: int = 0
    modal_right: int = 0
    quotes: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, each) + getattr(other, each) for each in _COUNTS))

    @property
    def claims(self) -> Share:
        """How well claims are found."""
        return share(self.right, self.got, self.gold)

    @property
    def roles(self) -> Share:
        """How well their roles are filled."""
        return share(self.role_right, self.role_got, self.role_gold)

    @property
    def modal(self) -> float:
        """Share of the values (modality, status, polarity) of paired claims that are right."""
        return self.modal_right / self.modal_asked if self.modal_asked else 0.0

    @property
    def score(self) -> float:
        """Mean of the F1 of claims and that of roles."""
        return (self.claims.f1 + self.roles.f1) / 2


_COUNTS: Final = tuple(each.name for each in fields(Tally))


@dataclass(frozen=True, slots=True)
class Judged:
    """One article with its pairs: places in the gold claims, and in those of the extractor."""

    gold: Gold
    got: tuple[Statement, ...]
    pairs: tuple[tuple[int, int], ...]
    tallies: Mapping[str, Tally]

    @property
    def tally(self) -> Tally:
        """What was counted in this article."""
        return total(self.tallies.values())

    @property
    def missed(self) -> tuple[int, ...]:
        """Places of the gold claims that nothing answers."""
        found = {i for i, _ in self.pairs}
        return tuple(i for i in range(len(self.gold.claims)) if i not in found)

    @property
    def false(self) -> tuple[int, ...]:
        """Places of the claims that answer nothing."""
        right = {j for _, j in self.pairs}
        return tuple(j for j in range(len(self.got)) if j not in right)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All articles of a gold set judged by one rule; `strangers` are claims of other articles."""

    rule: Rule
    articles: tuple[Judged, ...]
    strangers: int = 0

    @property
    def tally(self) -> Tally:
        """What was counted in all articles."""
        return total(each.tally for each in self.articles)

    @property
    def by_kind(self) -> dict[str, Tally]:
        """What was counted of each kind: those of the gold by name, then those that it lacks."""
        found: dict[str, Tally] = {}
        for article in self.articles:
            for kind, tally in article.tallies.items():
                found[kind] = found.get(kind, Tally()) + tally
        known = sorted(kind for kind, tally in found.items() if tally.gold)
        return {kind: found[kind] for kind in dict.fromkeys([*known, *found])}


def evaluate(
    golds: Sequence[Gold], statements: Mapping[str, tuple[Statement, ...]], rule: Rule = RELAXED
) -> Evaluation:
    """Judge the claims of an extractor, by article, against gold; other articles do not count."""
    judged = tuple(_judged(gold, statements.get(gold.id, ()), rule) for gold in golds)
    known = {gold.id for gold in golds}
    strangers = sum(len(each) for article, each in statements.items() if article not in known)
    return Evaluation(rule, judged, strangers)


def share(right: int, got: int, gold: int) -> Share:
    """Give precision, recall and F1; none of nothing is 0.

    >>> share(3, 4, 6)
    Share(precision=0.75, recall=0.5, f1=0.6)
    """
    precision = right / got if got else 0.0
    recall = right / gold if gold else 0.0
    both = precision + recall
    return Share(precision, recall, 2 * precision * recall / both if both else 0.0)


def total(tallies: Iterable[Tally]) -> Tally:
    """Add up what was counted."""
    return sum(tallies, Tally())


def values_of(gold: Statement, got: Statement) -> tuple[tuple[str, str, str], ...]:
    """Give what is judged of a pair beside its roles: name, gold value, value given."""
    asked = [
        (name, str(getattr(gold, name)), str(getattr(got, name)))
        for name in JUDGED
        if getattr(gold, name)
    ]
    return (*asked, ("polarity", gold.polarity or "positive", got.polarity or "positive"))


def _judged(gold: Gold, got: tuple[Statement, ...], rule: Rule) -> Judged:
    pairs = rule.pairs(gold.claims, got)
    tallies: dict[str, Tally] = {}

    def count(kind: str, tally: Tally) -> None:
        tallies[kind] = tallies.get(kind, Tally()) + tally

    for claim in gold.claims:
        count(claim.kind, Tally(gold=1, role_gold=claim.fillers))
    for claim in got:
        quoted = gold.text[claim.start : claim.end] == claim.quote
        count(claim.kind, Tally(got=1, role_got=claim.fillers, quotes=quoted))
    for i, j in pairs:
        count(gold.claims[i].kind, _of_pair(gold.claims[i], got[j], rule))
    return Judged(gold, got, pairs, tallies)


def _of_pair(gold: Statement, got: Statement, rule: Rule) -> Tally:
    values = values_of(gold, got)
    return Tally(
        right=1,
        role_right=rule.hits(gold, got),
        modal_asked=len(values),
        modal_right=sum(wanted == given for _, wanted, given in values),
    )
