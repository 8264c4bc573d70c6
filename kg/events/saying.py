"""Commitments, concerns and positions moved on: what changed in, events out.

Where something was said tells it apart: the meeting and the document of each claim are found from
its article, and only claims for which they changed are grouped anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from kg.events.building import Group
from kg.events.convening import Meetings
from kg.events.desk import Asked
from kg.events.issuing import Documents, Said, days_of
from kg.events.links import document_of, place_of
from kg.events.propositions import Occasion, linkage
from kg.events.reading import Reading
from kg.events.rounds import Round
from kg.shelves import Shelves
from kg.terms import Kind

_ROLES: Final[dict[Kind, str]] = {"commitment": "actor", "concern": "holder"}


class Propositions:
    """All that was promised, feared or held, by the group of the claims on it."""

    def __init__(self, shelves: Shelves) -> None:
        self._said = shelves.shelf("events_said", Said)

    def update(self, now: Round, meetings: Meetings, documents: Documents) -> None:
        """Move propositions on."""
        dirty: dict[Kind, set[str]] = {kind: now.stirred.claims.pop(kind, set()) for kind in _ROLES}
        for article in sorted(now.looked):
            self._placed(now, article, meetings, documents, dirty)
        for claim in now.stirred.gone:
            self._said.drop(claim)
        occasion = Occasion(
            Asked(lambda claim: (self._said.get(claim) or Said()).meeting),
            Asked(lambda claim: (self._said.get(claim) or Said()).document),
            Asked(lambda claim: (self._said.get(claim) or Said()).beside or None),
        )
        days = days_of(now)
        for kind in _ROLES:
            changed = dirty.pop(kind)
            groups = now.groups(kind, linkage(kind, occasion, now.world))
            now.make(kind, groups, changed, lambda own: _group(own, occasion), days)
        nowhere = Occasion()
        groups = now.groups("position", linkage("position", nowhere, now.world))
        changed = now.stirred.claims.pop("position", set())
        now.make("position", groups, changed, lambda own: Group("position", own))

    def _placed(
        self,
        now: Round,
        article: str,
        meetings: Meetings,
        documents: Documents,
        dirty: dict[Kind, set[str]],
    ) -> None:
        """Say where the statements of an article were made; gather those for which that changed."""
        readings = now.pages.of(article, *_ROLES)
        if not readings:
            return
        places = meetings.places(article)
        papers = documents.papers(now, article)
        for each in readings:
            role = _ROLES[each.kind]
            said = Said(
                place_of(each.of(role), each, places, now.world),
                document_of(each, papers, now.world, role),
                beside=_beside(each, readings),
            )
            if self._said.put(each.id, said, new=now.stirred.fresh):
                dirty[each.kind].add(each.id)


def _beside(reading: Reading, readings: Sequence[Reading]) -> tuple[str, ...]:
    """Give the topics of what else the sentence of a claim tells of its kind."""
    told = {
        topic
        for each in readings
        if (each.start, each.end, each.kind) == (reading.start, reading.end, reading.kind)
        for topic in each.of("topic")
    }
    return tuple(sorted(told - reading.of("topic")))


def _group(readings: Sequence[Reading], occasion: Occasion) -> Group:
    relations: defaultdict[tuple[str, str], list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.kind == "commitment" and reading.id in occasion.meeting:
            relations["madeAt", occasion.meeting[reading.id]].append(reading)
        if reading.id in occasion.document:
            relations["documentedIn", occasion.document[reading.id]].append(reading)
    return Group(readings[0].kind, readings, relations=relations)
