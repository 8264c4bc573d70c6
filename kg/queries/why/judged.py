"""Identity told: the units of an entity, what joins them, and what was kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pyoxigraph import NamedNode

from kg.queries.why.facts import Facts
from kg.queries.why.identity import (
    Ruling,
    Unit,
    entities_of,
    joining,
    rulings_on,
    spanning,
    unit_at,
    units_of,
)
from kg.queries.why.model import Branch, Extent, counted, section

_NAMED: Final = 4  # articles that a line names
_DEEPEST: Final = 40  # judgements in one chain that are shown


def joined(entity: NamedNode, facts: Facts, extent: Extent) -> Iterator[Branch]:
    """Tell why the units of an entity are one: the judgements between them, as a tree."""
    units = units_of(entity, facts)
    rulings = joining(units, facts)
    branches: list[Branch] = []
    left_over = dict(units)
    while left_over:  # one tree, unless the dataset lacks judgements that it was built with
        root = next(iter(left_over.values()))
        tree = _Tree(units, spanning(root.node, rulings), extent)
        branches.append(tree.branch(root, None))
        for each in tree.seen:
            left_over.pop(each, None)
    shown, more = extent.of(branches)
    same = sum(each.node is not None for each in rulings)
    told = f"one by {counted(same, 'judgement')} on {len(units):,} names in their contexts"
    if len(units) == 1:
        told = "one name in one context; nothing had to be joined"
    yield from section(told, "identity", shown, more, judgements=same, units=len(units))


class _Tree:
    """The units of one entity, hung on each other by judgements."""

    def __init__(
        self,
        units: Mapping[NamedNode, Unit],
        tree: Mapping[NamedNode, list[Ruling]],
        extent: Extent,
    ) -> None:
        self._units = units
        self._tree = tree
        self._extent = extent
        self.seen: set[NamedNode] = set()

    def branch(self, unit: Unit, by: Ruling | None, depth: int = 0) -> Branch:
        """Give a unit with how it was joined and all that hangs on it."""
        self.seen.add(unit.node)
        hanging = self._tree.get(unit.node, ())
        below, more = self._extent.of(hanging, times=2) if depth < _DEEPEST else ([], len(hanging))
        for each in hanging[len(below) :]:
            self._skip(each.other(unit.node))
        branches = tuple(
            self.branch(self._units[each.other(unit.node)], each, depth + 1) for each in below
        )
        if by is None:
            facts = unit_facts(unit)
            return Branch(unit_told(unit), "unit", unit.node.value, facts, branches, more)
        return ruling_branch(by, unit, branches, more)

    def _skip(self, node: NamedNode) -> None:
        """Count what hangs on a unit that is not shown as seen."""
        waiting = [node]
        while waiting:
            each = waiting.pop()
            self.seen.add(each)
            waiting += [ruling.other(each) for ruling in self._tree.get(each, ())]


def apart(entity: NamedNode, facts: Facts, extent: Extent) -> Iterator[Branch]:
    """Tell what was judged not to be an entity, or left unsure."""
    inside = units_of(entity, facts)
    found: dict[str, list[tuple[NamedNode, Ruling]]] = {"different": [], "unsure": [], "same": []}
    for unit in inside:
        for each in rulings_on(unit, facts):
            if each.verdict != "same" or each.other(unit) not in inside:
                found.setdefault(each.verdict, []).append((unit, each))
    headings = {
        "different": "judged different",
        "unsure": "left unsure",
        "same": "judged one, but overruled",
    }
    for verdict, heading in headings.items():
        ranked = sorted(found[verdict], key=lambda each: each[1].rank)
        shown, more = extent.of(ranked)
        branches = [beyond(unit, ruling, facts) for unit, ruling in shown]
        told = f"{heading}: {counted(len(ranked), 'judgement')}"
        yield from section(told, f"verdict {verdict}", branches, more, count=len(ranked))


def beyond(unit: NamedNode, ruling: Ruling, facts: Facts) -> Branch:
    """Tell a judgement that leads out of an entity, with whom it leads to."""
    other = unit_at(ruling.other(unit), facts)
    entities = ", ".join(facts.short(each) for each in entities_of(other.node, facts))
    told = f"“{facts.label(unit)}” and {unit_told(other)}{f' → {entities}' if entities else ''}"
    return ruling_branch(ruling, other, (), 0, told)


def ruling_branch(
    ruling: Ruling,
    unit: Unit,
    branches: Iterable[Branch] = (),
    more: int = 0,
    told: str | None = None,
) -> Branch:
    """Tell a judgement that joins a unit: verdict, score, author, reasons."""
    by = f"{ruling.verdict}, {ruling.score:.2f}, by {ruling.author}"
    why = f" — {'; '.join(ruling.reasons)}" if ruling.reasons else ""
    facts = ruling_facts(ruling) | unit_facts(unit)
    iri = ruling.node.value if ruling.node else None
    text = f"{told or unit_told(unit)}: {by}{why}"
    return Branch(text, f"verdict {ruling.verdict}", iri, facts, tuple(branches), more)


def unit_branch(unit: Unit, facts: Facts) -> Branch:
    """Tell a unit by itself, with the entities that it stands for."""
    homes = ", ".join(facts.short(each) for each in entities_of(unit.node, facts))
    told = f"{unit_told(unit)}{f' → {homes}' if homes else ''}"
    return Branch(told, "unit", unit.node.value, unit_facts(unit))


def ruling_facts(ruling: Ruling) -> dict[str, object]:
    """Give what a judgement says, for programs."""
    return {
        "verdict": ruling.verdict,
        "score": ruling.score,
        "author": ruling.author,
        "reasons": list(ruling.reasons),
        "left": ruling.left.value,
        "right": ruling.right.value,
    }


def unit_facts(unit: Unit) -> dict[str, object]:
    """Give what a unit is, for programs."""
    return {
        "name": unit.name,
        "states": list(unit.states),
        "unit": unit.node.value,
        "articles": list(unit.articles),
    }


def unit_told(unit: Unit) -> str:
    """Give a unit in words: its name, whom it acts for, and where."""
    states = f" of {', '.join(unit.states)}" if unit.states else ""
    return f"“{unit.name}”{states} in {articles_told(unit.articles)}"


def articles_told(articles: Iterable[str]) -> str:
    """Name articles, the first of them if they are many.

    >>> articles_told(["b", "a"]), articles_told("abcdef")
    ('2 articles (b, a)', '6 articles (a, b, c, d and 2 more)')
    """
    names = list(articles)
    shown = ", ".join(names[:_NAMED])
    rest = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return f"{counted(len(names), 'article')} ({shown}{rest})" if names else "no article"
