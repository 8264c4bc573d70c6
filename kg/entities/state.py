"""What the register keeps: cells of articles, bundles, blocks, opinions, units and clusters.

Everything stands in the shelves given, under names that begin `entities_`; each record can be
computed from the claims and judgements alone, so that none depends on what came first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kg.claims.model import ArticleClaims
from kg.entities.bundles import Bundle, Membership
from kg.entities.concepts import concept_of
from kg.entities.model import Entity, EntityKind, Form, Judgement, NameProfile
from kg.entities.opinions import Kept, Opinions
from kg.entities.relations import Relation
from kg.shelves import Shelves


@dataclass(frozen=True, slots=True)
class Cell:
    """What one article tells: its groups as members of bundles, and what it says within itself."""

    members: tuple[Membership, ...]
    within: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class Alone:
    """A profile whose name is only meant within its article."""

    profile: NameProfile
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """Where a unit belongs: its cluster, and the entity that the cluster is."""

    cluster: str
    entity: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """An entity but for its id, which depends on who else has its name."""

    kind: EntityKind
    units: tuple[str, ...]
    path: str
    label: str
    forms: tuple[Form, ...]
    states: tuple[str, ...] = ()
    ref: str = ""  # what a code or concept tells, where one does

    def entity(self, key: str) -> Entity:
        """Give the entity."""
        concept = concept_of(self.ref) if self.kind in ("topic", "material") else None
        codes = {"state": "iso3166-1", "bloc": "bloc"}
        scheme = codes.get(self.kind)
        return Entity(
            id=key,
            type=self.kind,
            label=self.label,
            forms=self.forms,
            codes={scheme: self.ref} if scheme else None,
            concept=concept.concept if concept else None,
        )


class End(NamedTuple):
    """One end of a person's judgement: a bundle, or some groups in it."""

    bundle: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ends:
    """Both ends of a person's judgement, where they stand; None where no article has one."""

    left: End | None
    right: End | None


class State:
    """The shelves of this stage."""

    def __init__(self, shelves: Shelves) -> None:
        self.shelves = shelves
        self.claims = shelves.shelf("claims", ArticleClaims, keep=0)  # the driver's: read afresh
        self.cells = shelves.shelf("entities_cells", Cell, keep=512)
        self.bundles = shelves.shelf("entities_bundles", Bundle, keep=8192)
        self.alone = shelves.shelf("entities_alone", Alone, keep=512)
        self.units = shelves.shelf("entities_units", Home, keep=8192)
        self.clusters = shelves.shelf("entities_clusters", Cluster, keep=4096)
        self.said = shelves.shelf("entities_said", Judgement)
        self.ends = shelves.shelf("entities_ends", Ends)
        self.members = Relation(
            shelves, "entities_members", ("bundle", "article", "grp"), also=("grp",)
        )
        self.blocks = Relation(shelves, "entities_blocks", ("mark", "manner", "profile"))
        self.paths = Relation(shelves, "entities_paths", ("path", "cluster"))
        self.ids = Relation(shelves, "entities_ids", ("id", "cluster"), also=("cluster",))
        self.opinions = Opinions(shelves)
