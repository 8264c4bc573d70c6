"""What the pages of things show in which order: a data file in, look-ups by IRI out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kg.resources import lexicon
from kg.site.looking import node


@dataclass(frozen=True, slots=True)
class Kind:
    """What things of a class are called, and where their list is."""

    type: str
    label: str
    many: str
    list: str = ""


@dataclass(frozen=True, slots=True)
class Property:
    """A property, and the words under which its values stand."""

    property: str
    label: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A property seen from its value, and the words under which its subjects stand."""

    property: str
    label: str
    type: str = ""


@dataclass(frozen=True)
class Configuration:
    """The data file `pages.yaml`."""

    kinds: tuple[Kind, ...]
    properties: tuple[Property, ...]
    hidden: frozenset[str]
    incoming: tuple[Incoming, ...]
    hidden_incoming: frozenset[str]
    parts: frozenset[str]

    @cached_property
    def order(self) -> dict[str, tuple[int, str]]:
        """Give place and label of a property by its IRI."""
        listed = enumerate(self.properties)
        return {node(each.property).value: (place, each.label) for place, each in listed}

    @cached_property
    def silent(self) -> frozenset[str]:
        """Give the IRIs of the properties that are not shown as such."""
        return frozenset(node(each).value for each in self.hidden)

    @cached_property
    def silent_incoming(self) -> frozenset[str]:
        """Give the IRIs of the properties that are not shown from the far end."""
        return frozenset(node(each).value for each in self.hidden_incoming)

    @cached_property
    def _headings(self) -> dict[tuple[str, str], tuple[int, str]]:
        return {
            (node(each.property).value, node(each.type).value if each.type else ""): (
                place,
                each.label,
            )
            for place, each in enumerate(self.incoming)
        }

    @cached_property
    def _kinds(self) -> dict[str, Kind]:
        return {node(each.type).value: each for each in self.kinds}

    def kind(self, types: Iterable[str]) -> Kind | None:
        """Give what a thing of some classes is called."""
        known = {each for each in types if each in self._kinds}
        return next((kind for iri, kind in self._kinds.items() if iri in known), None)

    def heading(self, predicate: str, types: Iterable[str]) -> tuple[int, str] | None:
        """Give place and words for subjects of some classes that have a property."""
        names = [*types, ""]
        found = [
            self._headings[predicate, each] for each in names if (predicate, each) in self._headings
        ]
        return min(found) if found else None


@lru_cache(1)
def configuration() -> Configuration:
    """Read what the pages of things show."""
    told: Configuration = lexicon("site", "pages.yaml", Configuration)
    return told
