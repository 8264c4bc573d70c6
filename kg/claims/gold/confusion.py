"""Which kinds are taken for which: an evaluation in, a table of counts out.

A gold claim that nothing of its kind answers is set against a claim of another kind on the same
evidence that answers nothing either, one to one, those first that share most fillers whatever the
role; what is left over is missed or false.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.claims.gold.matching import near, one_to_one, plain
from kg.claims.gold.model import Statement
from kg.claims.gold.scoring import Evaluation, Judged


@dataclass(frozen=True, slots=True)
class Confusion:
    """Counts by gold kind and kind given; `missed` by gold kind, `false` by kind given."""

    counts: Mapping[tuple[str, str], int]
    missed: Mapping[str, int]
    false: Mapping[str, int]
    kinds: tuple[str, ...]


def confusion(evaluation: Evaluation) -> Confusion:
    """Count which kinds were taken for which, and what was missed or false altogether."""
    counts: Counter[tuple[str, str]] = Counter()
    missed: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for article in evaluation.articles:
        gold, got = article.gold.claims, article.got
        taken = mistaken(article, evaluation)
        counts.update((gold[i].kind, got[j].kind) for i, j in (*article.pairs, *taken))
        missed.update(gold[i].kind for i in article.missed if i not in dict(taken))
        used = {j for _, j in taken}
        false.update(got[j].kind for j in article.false if j not in used)
    return Confusion(counts, missed, false, tuple(evaluation.by_kind))


def mistaken(article: Judged, evaluation: Evaluation) -> tuple[tuple[int, int], ...]:
    """Pair missed gold claims of an article with false claims of another kind in their place."""
    return one_to_one((i, j) for *_, i, j in sorted(_candidates(article, evaluation)))


def _candidates(article: Judged, evaluation: Evaluation) -> Iterator[tuple[int, int, int, int]]:
    golds = [article.gold.claims[i] for i in article.missed]
    gots = [article.got[j] for j in article.false]
    for a, b in near(golds, gots):
        gold, got = golds[a], gots[b]
        if gold.kind != got.kind and evaluation.rule.meets(gold, got):
            apart = abs(gold.start - got.start)
            yield -_shared(gold, got), apart, article.missed[a], article.false[b]


def _shared(gold: Statement, got: Statement) -> int:
    """Count the wordings that two claims share, whatever the role."""
    return len(_wordings(gold) & _wordings(got))


def _wordings(claim: Statement) -> set[str]:
    return {
        plain(str(each))
        for values in claim.roles.values()
        for value in values
        for each in (value.ref, value.text)
        if each is not None
    }
