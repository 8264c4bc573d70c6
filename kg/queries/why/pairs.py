"""Whether two are one, and why: two names in, the judgements that join or part them out.

A side is an entity, a name that articles give it, or the name of one article (`NAME@ARTICLE`).
Persons' judgements are told first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.errors import QueryError
from kg.queries.why.facts import Facts, family_of
from kg.queries.why.finding import find, folded, named
from kg.queries.why.identity import (
    Ruling,
    Unit,
    groups_in,
    joining,
    path,
    rulings_on,
    unit_at,
    units_of,
)
from kg.queries.why.judged import beyond, ruling_branch, unit_branch
from kg.queries.why.model import Branch, Extent, counted, section

_JUDGED = frozenset({"profile", "group"})


@dataclass(frozen=True, slots=True)
class Side:
    """What a user named: an entity, and the units of it that bear the name."""

    typed: str
    entity: NamedNode
    units: tuple[Unit, ...]  # the most attested first

    @property
    def nodes(self) -> frozenset[NamedNode]:
        """The nodes of its units."""
        return frozenset(each.node for each in self.units)


def side_of(typed: str, facts: Facts) -> Side:
    """Find what a user names as one side of a judgement."""
    name, at, article = typed.rpartition("@")
    if at and name and article:
        return _in_article(typed, name, _article(article, facts), facts)
    node = find(typed, facts)
    if family_of(node) in _JUDGED:
        return _judged(typed, node, facts)
    units = units_of(node, facts)
    bearing = [each for each in units.values() if folded(each.name) == folded(typed)]
    if not bearing:
        articles = _attesting(typed, node, facts)
        bearing = [each for each in units.values() if articles & set(each.articles)]
    return Side(typed, node, tuple(bearing or units.values()))


def _article(typed: str, facts: Facts) -> NamedNode:
    """Find an article by its id, whatever else goes by that name."""
    meant = [each for each in named(typed, facts) if family_of(each) == "article"]
    return meant[0] if len(meant) == 1 else find(typed, facts)


def why_both(one: str, other: str, facts: Facts, extent: Extent) -> Branch:
    """Tell whether two names mean one entity, and what was judged."""
    sides = side_of(one, facts), side_of(other, facts)
    return _one(*sides, facts, extent) if _are_one(*sides) else _two(*sides, facts, extent)


def _are_one(one: Side, other: Side) -> bool:
    return one.entity == other.entity


def _one(one: Side, other: Side, facts: Facts, extent: Extent) -> Branch:
    """Tell what joins two names of one entity."""
    told = f"{_shown(one)} and {_shown(other)} are one: {facts.title(one.entity)}"
    units = units_of(one.entity, facts)
    starts, goals = (_within(each, units, facts) for each in (one, other))
    branches: list[Branch] = []
    if units and starts & goals:
        branches.append(
            _in_one(next(units[each] for each in units if each in starts & goals), facts)
        )
    else:
        steps = path(starts, goals, joining(units, facts))
        branches += [*_chain(steps, facts)] if steps else []
    branches += _against(one, other, facts, extent)
    if not branches:
        branches = [Branch("known by its code or name alone; nothing had to be judged", "note")]
    known = {"one": True, "entities": [one.entity.value]}
    return Branch(told, "pair", one.entity.value, known, tuple(branches))


def _within(side: Side, units: Mapping[NamedNode, Unit], facts: Facts) -> set[NamedNode]:
    """Give the units of an entity that a side is; a group that nobody judged is its profile."""
    profiles = {facts.node(each, "cmq:profile") for each in side.nodes - set(units)}
    return {*(side.nodes & set(units)), *filter(None, profiles)} & set(units)


def _in_one(unit: Unit, facts: Facts) -> Branch:
    told = unit_branch(unit, facts)
    text = f"both are one name in one context: {told.text}"
    return Branch(text, "unit", told.iri, told.facts)


def _chain(steps: Iterable[tuple[NamedNode, Ruling]], facts: Facts) -> Iterator[Branch]:
    """Yield the judgements that lead from one side to the other, in order."""
    known = list(steps)
    yield unit_branch(unit_at(known[0][0], facts), facts)
    for start, ruling in known:
        yield ruling_branch(ruling, unit_at(ruling.other(start), facts))


def _two(one: Side, other: Side, facts: Facts, extent: Extent) -> Branch:
    """Tell what keeps two entities apart."""
    told = (
        f"{_shown(one)} and {_shown(other)} are two:"
        f" {facts.title(one.entity)} ({facts.short(one.entity)})"
        f" and {facts.title(other.entity)} ({facts.short(other.entity)})"
    )
    branches = [*_against(one, other, facts, extent)]
    if not branches:
        wide = side_of(facts.short(one.entity), facts), side_of(facts.short(other.entity), facts)
        branches = [*_against(*wide, facts, extent)]
    if not branches:
        branches = [_never_compared(one, other, facts)]
    known = {"one": False, "entities": [one.entity.value, other.entity.value]}
    return Branch(told, "pair", None, known, tuple(branches))


def _never_compared(one: Side, other: Side, facts: Facts) -> Branch:
    kinds = facts.kind(one.entity), facts.kind(other.entity)
    if kinds[0] != kinds[1]:
        return Branch(f"a {kinds[0]} and a {kinds[1]} are never compared", "note")
    if not one.units or not other.units:
        return Branch("known by their codes or names alone; nothing had to be judged", "note")
    return Branch(
        "nothing compares them: no rule found enough in common in their names, and nobody judged",
        "note",
    )


def _against(one: Side, other: Side, facts: Facts, extent: Extent) -> Iterator[Branch]:
    """Yield the judgements between the two sides themselves, the weightiest first."""
    inside, beyond_ = _around(one, facts), _around(other, facts)
    found: dict[str, tuple[NamedNode, Ruling]] = {}
    for unit in inside:
        for each in rulings_on(unit, facts):
            if each.other(unit) in beyond_ and not (
                _are_one(one, other) and each.verdict == "same"
            ):
                found[str(each.node)] = (unit, each)
    ranked = sorted(found.values(), key=lambda each: each[1].rank)
    shown, more = extent.of(ranked)
    branches = [beyond(unit, ruling, facts) for unit, ruling in shown]
    overruled = ", overruled by what joins them" if _are_one(one, other) else ""
    told = f"judged: {counted(len(ranked), 'judgement')} between them{overruled}"
    yield from section(told, "judgements", branches, more, count=len(ranked))


def _around(side: Side, facts: Facts) -> set[NamedNode]:
    """Give the units of a side, with their groups where somebody may have judged these."""
    return {*side.nodes, *(group for unit in side.nodes for group in groups_in(unit, facts))}


def _shown(side: Side) -> str:
    return f"“{side.typed}”"


def _judged(typed: str, node: NamedNode, facts: Facts) -> Side:
    """Take a profile or group as it is."""
    homes = {facts.node(each, "cmq:refersTo") for each in groups_in(node, facts)} - {None}
    entities = sorted(filter(None, homes), key=str)
    if not entities:
        raise QueryError(typed, "stands for no entity of this build; see `kg review`")
    return Side(typed, entities[0], (unit_at(node, facts),))


def _in_article(typed: str, name: str, article: NamedNode, facts: Facts) -> Side:
    """Find the one group of an article that bears a name."""
    own = [
        each
        for each in facts.subjects("prov:hadPrimarySource", article)
        if family_of(each) == "group"
    ]
    found = [each for each in own if folded(facts.label(each)) == folded(name)]
    if not found:
        forms = _forms_of(own, article, facts)
        found = [each for each in own if folded(name) in forms.get(each, ())]
    entities = {facts.node(each, "cmq:refersTo") for each in found} - {None}
    if len(found) == 1 and entities:
        return Side(typed, entities.pop(), (unit_at(found[0], facts),))  # type: ignore[arg-type]  # None is left out above
    names = ", ".join(sorted({facts.label(each) for each in found or own}))
    reason = "names more than one thing there" if found else "no such name there"
    raise QueryError(typed, f"{reason}; the article has {names or 'no names'}")


def _forms_of(
    groups: Iterable[NamedNode], article: NamedNode, facts: Facts
) -> dict[NamedNode, set[str]]:
    """Give the forms of the names of groups that their article attests."""
    attested = set(facts.subjects("cmq:attestedIn", article))
    found: dict[NamedNode, set[str]] = {}
    for group in groups:
        for entity in facts.nodes(group, "cmq:refersTo"):
            own = attested & set(facts.nodes(entity, "cmq:name"))
            found[group] = {folded(facts.text(each, "cmq:form")) for each in own}
    return found


def _attesting(name: str, entity: NamedNode, facts: Facts) -> set[str]:
    """Give the articles in which an entity goes by a name."""
    forms = [
        form
        for form in facts.nodes(entity, "cmq:name")
        if folded(facts.text(form, "cmq:form")) == folded(name)
    ]
    return {article for form in forms for article in
            facts.articles(facts.nodes(form, "cmq:attestedIn"))}  # fmt: skip
