"""The legal record: measures as their acts date them, and what was in force on a day.

Records of the bundled table `ontology/reference/measures.csv` out; `docs/legal-record.md` says
what its columns mean. Nothing here rests on articles. Whether a measure is in force is said as
surely as its dates allow; while all of it is suspended, it is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.edtf import Certainty, Reach, between, overlaps

DESIGNATION: Final = "designation"
"""The type of an act that lists materials without restricting trade in them."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of an act: a material or topic, what of it, and the codes that the act gives."""

    concept: str  # "material:gallium"
    scope: str = ""
    codes: tuple[str, ...] = ()
    cas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suspension:
    """A time in which a measure does not apply: as a whole, to some items, or in some part."""

    begins: str
    ends: str = ""  # the last day; empty where none is set
    by: str = ""
    scope: str = ""  # the part in words; the measure goes on to apply to the rest
    items: tuple[str, ...] = ()  # none: all of them
    pages: tuple[str, ...] = ()

    @property
    def time(self) -> Reach | None:
        """The days on which it may begin and end."""
        return between(self.begins, self.ends or "..")


@dataclass(frozen=True, slots=True)
class Measure:
    """What one act, or one clause of it, orders: by whom, of what, toward whom, since when."""

    key: str  # the last part of its IRI
    title: str
    definition: str
    identifier: str
    type: str  # a concept of the scheme of controls, or "designation"
    imposer: str  # the code of a state or bloc
    issued: str
    source: str  # the act by its official name
    items: tuple[Item, ...]
    part: str = ""  # the clause, where the act orders more than this
    targets: tuple[str, ...] = ()  # none: all the world
    in_force: str = ""
    expires: str = ""  # the last day; empty where none is set
    retroactive: bool = False
    amends: tuple[str, ...] = ()
    repeals: tuple[str, ...] = ()
    address: str = ""  # of the act at its publisher
    pages: tuple[str, ...] = ()  # where it was read
    read_on: str = ""
    suspensions: tuple[Suspension, ...] = ()

    @property
    def concepts(self) -> tuple[str, ...]:
        """The materials and topics of its items, each once, sorted."""
        return tuple(sorted({item.concept for item in self.items}))

    @property
    def time(self) -> Reach | None:
        """The days on which it may begin and cease to apply, suspensions aside."""
        ends = self.expires or ".."
        if self.in_force:
            return between(self.in_force, ends)
        issued = between(self.issued, ends)
        return issued and Reach((issued.begins[0], issued.ends[1]), issued.ends, issued.firm)

    def as_of(self, day: str, concept: str | None = None) -> Certainty:
        """Say whether it applied at a date, to one of its concepts if one is named.

        >>> act = Measure("x", "", "", "1", "quota", "CL", "2031-01-05", "", (), in_force="2031-02")
        >>> act.as_of("2031-01-31"), act.as_of("2031-02-10"), act.as_of("2031-03")
        ('no', 'possibly', 'certainly')
        """
        applies = overlaps(self.time, day) if self.time else "possibly"
        halts = [
            overlaps(halt.time, day)
            for halt in self.suspensions
            if halt.time and not halt.scope and (not halt.items or concept in halt.items)
        ]
        if applies == "no" or "certainly" in halts:
            return "no"
        return "possibly" if "possibly" in halts else applies
