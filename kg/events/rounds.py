"""One update of events: what every level of it uses, and the steps that are alike for all kinds.

What changed in, groups of one kind moved on and their events made anew out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.events.building import NOWHERE, Group
from kg.events.grouping import Linkage
from kg.events.groups import Groups
from kg.events.keeping import Keeper, kinded
from kg.events.pages import Pages, Stirred
from kg.events.reading import Reading, World
from kg.shelves import Shelves
from kg.terms import Kind

_AT_ONCE: Final = 400  # readings that are loaded together


@dataclass(slots=True)
class Round:
    """An update: where things stand, what is known, what was stirred up so far."""

    shelves: Shelves
    pages: Pages
    keeper: Keeper
    world: World
    stirred: Stirred
    recounted: Collection[str]  # articles that are copies of others than before
    looked: set[str] = field(default_factory=set)  # articles to be looked through at this level

    def readings(self, kind: Kind) -> Callable[[Iterable[str]], Mapping[str, Reading]]:
        """Give what loads the readings of one kind."""

        def load(claims: Iterable[str]) -> Mapping[str, Reading]:
            found = self.pages.readings.many(claims)
            return {key: each for key, each in found.items() if each.kind == kind}

        return load

    def groups(self, kind: Kind, linkage: Linkage[Reading]) -> Groups[Reading]:
        """Give the groups of a kind that are groups of readings."""
        load, fresh = self.readings(kind), self.stirred.fresh
        return Groups(self.shelves, kind, load, linkage, fresh=fresh)

    def recounted_of(self, kind: Kind) -> Iterable[str]:
        """Yield the claims of one kind in articles that are copies of others than before."""
        for article in sorted(self.recounted):
            page = self.pages.pages.get(article)
            yield from page.claims.get(kind, ()) if page else ()

    def moved_on(
        self, kind: Kind, groups: Groups[Reading], dirty: Collection[str]
    ) -> tuple[list[str], Collection[str]]:
        """Move groups on; give those whose events are to be made anew, and those that are gone."""
        done = groups.update(dirty)
        again = set(done.changed)
        again.update(groups.group_of(each) for each in self.recounted_of(kind))
        return sorted(again), done.gone

    def make(
        self,
        kind: Kind,
        groups: Groups[Reading],
        dirty: Collection[str],
        make: Callable[[list[Reading]], Group],
        days: Mapping[str, str] = NOWHERE,
    ) -> None:
        """Move the groups of a kind on and make the events anew that this touches."""
        again, gone = self.moved_on(kind, groups, dirty)
        for name in sorted(gone):
            self.keeper.drop(kinded(kind, name))
        for name, own in self.of_groups(kind, groups, again):
            self.keeper.put(kinded(kind, name), make(own), days)
        self.keeper.settle()

    def of_groups(
        self, kind: Kind, groups: Groups[Reading], names: Iterable[str]
    ) -> Iterator[tuple[str, list[Reading]]]:
        """Yield the readings of groups, of several groups loaded together."""
        load = self.readings(kind)
        waiting: dict[str, list[str]] = {}
        count = 0
        for name in names:
            waiting[name] = groups.items(name)
            count += len(waiting[name])
            if count >= _AT_ONCE:
                yield from _loaded(waiting, load)
                waiting, count = {}, 0
        yield from _loaded(waiting, load)


def _loaded(
    groups: Mapping[str, list[str]], load: Callable[[Iterable[str]], Mapping[str, Reading]]
) -> Iterator[tuple[str, list[Reading]]]:
    found = load(item for own in groups.values() for item in own)
    return ((name, [found[item] for item in own if item in found]) for name, own in groups.items())
