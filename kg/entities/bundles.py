"""Bundles: groups that are one from the start, with counts of all that articles tell of them.

A bundle is a profile with the groups that stand for it, or a code with the groups that bear it.
All that is kept of its groups are counts: what an article adds can be taken away again, and what a
bundle is depends on the set of its groups alone. Membership is kept elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from kg.entities.canon import Attested
from kg.entities.context import Group, Profile, read_office
from kg.entities.model import EntityKind, NameProfile

MOST_ATTESTED: Final = 32  # offices, companions and states that the rules look at
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Counts over the groups of a profile or code."""

    kind: EntityKind
    groups: int
    alone: bool = False  # its name is only meant within one article
    states: tuple[str, ...] = ()
    refs: Counts = field(default_factory=dict)
    offices: Counts = field(default_factory=dict)
    company: Counts = field(default_factory=dict)
    parties: Counts = field(default_factory=dict)
    met: Counts = field(default_factory=dict)  # profiles with a name alike, in the same articles
    beside: Counts = field(default_factory=dict)  # of these, the ones listed beside it
    around: Counts = field(default_factory=dict)
    story: Counts = field(default_factory=dict)
    scene: Counts = field(default_factory=dict)
    forms: Mapping[str, Attested] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name that stands for all of its groups."""
        return min(self.refs, default="")

    def most(self, counts: Counts) -> list[str]:
        """Give what is counted most often, a bounded number of it."""
        if len(counts) <= MOST_ATTESTED:
            return sorted(counts)
        return sorted(sorted(counts, key=lambda each: (-counts[each], each))[:MOST_ATTESTED])


class Membership(NamedTuple):
    """One group as a member of a bundle."""

    bundle: str
    group: Group
    host: bool  # stands in the bundle of another profile, for which it is only another name
    met: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


def counted(
    old: Bundle | None, gone: Iterable[Membership], come: Iterable[Membership]
) -> Bundle | None:
    """Give a bundle with some members gone and others come; None where none is left."""
    tally = _Tally(old)
    for sign, members in ((1, come), (-1, gone)):
        for member in members:
            tally.count(member, sign)
    return tally.bundle()


def forms_without(bundle: Bundle, groups: Iterable[Group]) -> dict[str, Attested]:
    """Give the forms of a bundle without what some of its groups attest."""
    total = dict(bundle.forms)
    for group in groups:
        add_forms(total, group, -1)
    return total


def add_forms(total: dict[str, Attested], group: Group, sign: int = 1) -> None:
    """Count the forms of a group in, or out."""
    for form, mentions, support in group.forms:
        old = total.get(form, _NEVER)
        new = Attested(old[0] + sign, old[1] + sign * mentions, old[2] + sign * support)
        if new.groups:
            total[form] = new
        else:
            del total[form]


def profile_of(key: str, bundle: Bundle) -> Profile:
    """Give what the rules look at."""
    return Profile(
        key=key,
        kind=bundle.kind,
        name=bundle.name,
        groups={key},
        articles={_pair(key, other) for other in bundle.met},
        states=frozenset(bundle.states),
        offices={read_office(each) for each in bundle.most(bundle.offices)},
        company=set(bundle.most(bundle.company)),
        beside=set(bundle.beside),
        parties=set(bundle.most(bundle.parties)),
        around=set(bundle.most(bundle.around)),
        story=set(bundle.most(bundle.story)),
        scene=set(bundle.most(bundle.scene)),
    )


def name_profile(key: str, bundle: Bundle) -> NameProfile:
    """Give what later stages see of a profile."""
    return NameProfile(key, bundle.kind, bundle.name, bundle.states)


_NEVER: Final = Attested(0, 0, 0)


def _pair(one: str, other: str) -> str:
    return f"{one} {other}" if one < other else f"{other} {one}"


class _Tally:
    """Counts while they change."""

    def __init__(self, old: Bundle | None) -> None:
        self._old = old
        self._kind: EntityKind | None = old.kind if old else None
        self._states = old.states if old else ()
        self._alone = old.alone if old else False
        self._groups = old.groups if old else 0
        self._counts: dict[str, dict[str, int]] = {}
        self._forms = dict(old.forms) if old else {}

    def count(self, member: Membership, sign: int) -> None:
        """Count a member in, or out."""
        group = member.group
        self._groups += sign
        add_forms(self._forms, group, sign)
        if member.host:
            return  # of a host it tells no more than another name
        self._kind, self._states, self._alone = group.kind, group.states, group.alone
        self._add("refs", (group.ref,), sign)
        self._add("offices", group.offices, sign)
        self._add("company", group.company, sign)
        self._add("parties", group.parties, sign)
        self._add("around", group.around, sign)
        self._add("story", group.story, sign)
        self._add("scene", group.scene, sign)
        self._add("met", member.met, sign)
        self._add("beside", member.beside, sign)

    def bundle(self) -> Bundle | None:
        """Give the counts as they stand."""
        if not self._groups or self._kind is None:
            return None
        kept: dict[str, Counts] = {
            name: self._counts[name]
            if name in self._counts
            else (getattr(self._old, name) if self._old else {})
            for name in _COUNTED
        }
        return Bundle(
            self._kind, self._groups, self._alone, self._states, forms=self._forms, **kept
        )

    def _add(self, name: str, values: Iterable[str], sign: int) -> None:
        for value in values:
            counts = self._of(name)
            count = counts.get(value, 0) + sign
            if count:
                counts[value] = count
            else:
                del counts[value]

    def _of(self, name: str) -> dict[str, int]:
        if name not in self._counts:
            self._counts[name] = dict(getattr(self._old, name)) if self._old else {}
        return self._counts[name]


_COUNTED: Final = (
    "refs",
    "offices",
    "company",
    "parties",
    "met",
    "beside",
    "around",
    "story",
    "scene",
)
