"""From claims as told to claims that stand in the article: nothing else comes through.

The quote must occur word for word in sentences that are read for claims and that state something;
kinds, roles and values are closed sets; a filler must stand in the quote, or be one of the
article's own entities that the quote points at; and the rules' own reading must not gainsay it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.claims.llm.doubts import Doubts
from kg.claims.llm.filling import Named, Quote
from kg.claims.llm.model import Said, Told
from kg.claims.llm.places import Places
from kg.claims.llm.schema import STATUSES
from kg.claims.model import Filler
from kg.claims.reading import Reading
from kg.terms import KINDS, MODALITIES, ROLES, Kind

NEEDED: Final[dict[Kind, tuple[str, ...]]] = {  # one of these makes the claim
    "meeting": ("party", "attendee", "host", "framework", "date", "place"),
    "post": ("person",),
    "commitment": ("actor",),
    "concern": ("holder",),
    "control": ("imposer",),
    "position": ("actor",),
    "document": ("title", "issuer"),
    "utterance": ("speaker",),
}
MEETING: Final = frozenset({"party", "attendee", "host", "framework"})


@dataclass(frozen=True, slots=True)
class Grounded:
    """What of a told claim stands in the article, and where."""

    kind: Kind
    start: int
    end: int
    roles: dict[str, tuple[Filler, ...]]
    modality: str | None
    status: str | None
    polarity: str | None
    attribution: tuple[Filler, ...]
    doubtful: bool


class Ground:
    """One article, asked what of the claims that a model tells stands in it."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._named = Named(reading)
        self._places = Places(reading)
        self._doubts = Doubts(reading)

    def of(self, told: Told) -> Grounded | str:
        """Give what of a told claim stands in the article, or the reason why nothing does."""
        kind = next((each for each in KINDS if each == told.kind), None)
        if kind is None:
            return "there is no such kind"
        if kind == "commitment" and told.modality not in MODALITIES:
            return "a commitment needs a modality"
        if kind in STATUSES and told.status not in STATUSES[kind]:
            return f"a {kind} needs a status"
        sentences = self._places.of(told.quote)
        if isinstance(sentences, str):
            return sentences
        quote = Quote(self._reading, self._named, sentences)
        roles = _roles(quote, kind, told)
        if not any(name in roles for name in NEEDED[kind]):
            return "what makes the claim does not stand in the article"
        return self._meant(quote, kind, told, roles)

    def _meant(
        self, quote: Quote, kind: Kind, told: Told, roles: dict[str, tuple[Filler, ...]]
    ) -> Grounded | str:
        meant = self._doubts.meant(kind, quote.sentences, told, roles)
        if isinstance(meant, str):
            return meant
        if kind == "meeting" and meant.doubtful and not MEETING & set(roles):
            return "neither a word nor anybody makes it a meeting"
        return Grounded(
            kind,
            quote.start,
            quote.end,
            roles,
            meant.modality if kind == "commitment" else None,
            meant.status if kind in STATUSES else None,
            meant.polarity,
            _attribution(quote, told),
            meant.doubtful
            or any(not _stands(f, quote) for n in NEEDED[kind] for f in roles.get(n, ())),
        )


def _roles(quote: Quote, kind: Kind, told: Told) -> dict[str, tuple[Filler, ...]]:
    given: Mapping[str, tuple[Said, ...]] = told.roles
    found = {name: quote.fillers(kind, name, given.get(name, ())) for name in ROLES[kind]}
    return {name: fillers for name, fillers in found.items() if fillers}


def _attribution(quote: Quote, told: Told) -> tuple[Filler, ...]:
    found = {f.value.casefold(): f for each in told.attribution for f in quote.actors(Said(each))}
    return tuple(found.values())


def _stands(filler: Filler, quote: Quote) -> bool:
    """Tell whether the quote itself names, or points at, who fills a role."""
    return filler.start is not None or quote.names(filler)
