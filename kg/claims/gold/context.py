"""What went wrong and where: an evaluation in, cases with their sentence out.

A case is a missed claim, a false one, one of the wrong kind, or a pair whose roles or values
differ. Cases come in the order of articles and of their text; the evidence stands out in its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from kg.claims.gold.confusion import mistaken
from kg.claims.gold.matching import Rule
from kg.claims.gold.model import Gold, Statement, Value
from kg.claims.gold.scoring import Evaluation, Judged, values_of

Fault = Literal["missed", "false", "kind", "differs"]
AROUND: Final = 60  # characters of the line on each side of the evidence


@dataclass(frozen=True, slots=True)
class RoleDifference:
    """One role, or value, in which a pair differs: what the gold has, what was given."""

    role: str
    gold: tuple[str, ...] = ()
    got: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One fault in its place: `before`, `evidence` and `after` are the words of the article."""

    fault: Fault
    article: str
    line: int
    column: int
    kind: str
    got: str | None  # the kind given, where it is another
    before: str
    evidence: str
    after: str
    roles: tuple[RoleDifference, ...]


def cases(evaluation: Evaluation) -> tuple[Case, ...]:
    """Give every fault of an evaluation, article by article, in the order of the text."""
    return tuple(
        case
        for article in evaluation.articles
        for case in sorted(_cases(article, evaluation), key=_place)
    )


def apart(first: Evaluation, second: Evaluation) -> tuple[tuple[Case, ...], tuple[Case, ...]]:
    """Give the faults that only the first run has, and those that only the second has."""
    one, other = cases(first), cases(second)
    ours, theirs = frozenset(one), frozenset(other)
    return (
        tuple(case for case in one if case not in theirs),
        tuple(case for case in other if case not in ours),
    )


def _place(case: Case) -> tuple[int, int, str, str, str]:
    return case.line, case.column, case.fault, case.kind, repr(case.roles)


def _cases(article: Judged, evaluation: Evaluation) -> Iterator[Case]:
    gold, got = article.gold.claims, article.got
    taken = mistaken(article, evaluation)
    wrong = {j for _, j in taken}
    for i in article.missed:
        if i not in dict(taken):
            yield _case("missed", article.gold, gold[i], None, _gold_roles(gold[i]))
    for i, j in taken:
        yield _case("kind", article.gold, gold[i], got[j].kind, _side_by_side(gold[i], got[j]))
    for j in article.false:
        if j not in wrong:
            yield _case("false", article.gold, got[j], None, _got_roles(got[j]))
    for i, j in article.pairs:
        roles = tuple(_differences(gold[i], got[j], evaluation.rule))
        if roles:
            yield _case("differs", article.gold, gold[i], None, roles)


def _case(
    fault: Fault, gold: Gold, claim: Statement, got: str | None, roles: tuple[RoleDifference, ...]
) -> Case:
    text, start, end = gold.text, max(claim.start, 0), max(claim.end, 0)
    line, first, last = gold.line(start)
    last = max(last, end)
    return Case(
        fault=fault,
        article=gold.id,
        line=line,
        column=start - first + 1,
        kind=claim.kind,
        got=got,
        before=text[max(first, start - AROUND) : start],
        evidence=text[start:end],
        after=text[end : min(last, end + AROUND)],
        roles=roles,
    )


def _differences(gold: Statement, got: Statement, rule: Rule) -> Iterator[RoleDifference]:
    for role in sorted({*gold.roles, *got.roles}):
        wanted, given = gold.values(role), got.values(role)
        shared = rule.shared(role, wanted, given)
        if shared < max(len(wanted), len(given)):
            yield RoleDifference(role, _shown(wanted), _shown(given))
    for name, value, other in values_of(gold, got):
        if value != other:
            yield RoleDifference(name, (value,), (other,))


def _side_by_side(gold: Statement, got: Statement) -> tuple[RoleDifference, ...]:
    roles = dict.fromkeys([*gold.roles, *got.roles])
    return tuple(
        RoleDifference(role, _shown(gold.values(role)), _shown(got.values(role))) for role in roles
    )


def _gold_roles(claim: Statement) -> tuple[RoleDifference, ...]:
    return tuple(RoleDifference(role, gold=_shown(each)) for role, each in claim.roles.items())


def _got_roles(claim: Statement) -> tuple[RoleDifference, ...]:
    return tuple(RoleDifference(role, got=_shown(each)) for role, each in claim.roles.items())


def _shown(values: tuple[Value, ...]) -> tuple[str, ...]:
    return tuple(value.shown for value in values)
