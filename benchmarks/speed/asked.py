"""All bundled questions asked of ours and of peers, summed up by sort; differences are told.

A build in; what each sort of question cost each engine out. Selective is what was asked by a value
and has few rows, a scan whatever else. Libraries answer slowly, so they are asked with fewer values
than servers.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, get_args

import yaml

from benchmarks import asking
from benchmarks.asking import RANKS, Cost, nearly_all
from benchmarks.engines import Loaded
from benchmarks.speed.model import Asking, Sort

FEW: Final = 100  # rows of a selective answer, at most
SORTS: Final[tuple[Sort, ...]] = get_args(Sort)
_UNLIKE: Final = Path(__file__).parent.parent / "data" / "unlike.yaml"


class UnlikeError(Exception):
    """Engines answered otherwise than ours, and nobody knows why."""


@dataclass(slots=True)
class Answers:
    """What was asked, and what loading cost the peers that load."""

    asked: list[Asking] = field(default_factory=list)
    loaded: list[Loaded] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)  # known
    wrong: list[str] = field(default_factory=list)  # not known


def ask(
    build: Path,
    peers: Sequence[str],
    limit: float,
    most: int = len(RANKS),
    url: str | None = None,
    only: str | None = None,
) -> Answers:
    """Ask a build, and peers that hold the same, every bundled question."""
    answers = Answers()
    with asking.beside(build, peers, limit, url) as (engines, loaded):
        costs = [*asking.measured(build, engines, only, most)]
        answers.loaded += loaded
        for engine in engines:
            answers.asked += summed(engine.name, costs, engine.memory())
    for cost in costs:
        for name, many in cost.unlike.items():
            told = f"{name}: {cost.question} by {cost.way}, {many} of {len(cost.rows)}"
            known = cost.question in known_unlike().get(name, {})
            (answers.unlike if known else answers.wrong).append(told)
    return answers


def known_unlike() -> dict[str, dict[str, str]]:
    """Give the questions that peers are known to answer otherwise."""
    found: dict[str, dict[str, str]] = yaml.safe_load(_UNLIKE.read_text("utf-8"))
    return found


def summed(engine: str, costs: Iterable[Cost], memory: int) -> Iterator[Asking]:
    """Sum up what questions cost an engine, by sort."""
    taken: defaultdict[Sort, list[tuple[float, float, str]]] = defaultdict(list)
    late: Counter[Sort] = Counter()
    unlike: Counter[Sort] = Counter()
    for cost in costs:
        mine = next(iter(cost.taken.values()))
        for rows, spent, own in zip(cost.rows, cost.taken[engine], mine, strict=True):
            if spent is not None and own is not None:
                taken[sort_of(cost.way, rows)].append((spent, own, cost.question))
        usual = sort_of(cost.way, max(cost.rows))
        late[usual] += cost.late.get(engine, 0)
        unlike[usual] += cost.unlike.get(engine, 0)
    for sort in (each for each in SORTS if taken[each]):
        found = taken[sort]
        all_spent = [each for each, _, _ in found]
        yield Asking(
            engine,
            sort,
            len(all_spent),
            statistics.median(all_spent),
            nearly_all(all_spent),
            max(all_spent),
            max(found)[2],
            statistics.median(each / max(own, 1e-6) for each, own, _ in found),
            late[sort],
            unlike[sort],
            memory,
        )


def sort_of(way: str, rows: int) -> Sort:
    """Say of which sort an asking is.

    >>> sort_of("all", 3), sort_of("state", 3), sort_of("state", 300), sort_of("state", -1)
    ('scan', 'selective', 'scan', 'scan')
    """
    return "selective" if way != "all" and 0 <= rows <= FEW else "scan"
