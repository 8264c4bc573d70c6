"""What is seen of two claims at a glance never parts what weighing would find to be one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import numpy as np
import pytest

from benchmarks.generate import articles
from benchmarks.resolving import Corpus
from kg.events import documents, independence, meetings, propositions, utterances
from kg.events.glances import beyond, bits_of, few_common, mark_of_one, span_of, unlike
from kg.events.grouping import Linkage
from kg.events.independence import Sketch
from kg.events.issuing import Said
from kg.events.pages import Pages
from kg.events.propositions import Occasion
from kg.terms import Kind

COUNT: Final = 60
MOST: Final = 150  # items of a kind of which all pairs are looked at


@dataclass(frozen=True)
class Told:
    """What was read of generated articles, and where it was said."""

    pages: Pages
    said: Mapping[str, Said]
    issued: Mapping[str, Said]

    def of(self, kind: Kind) -> list[Any]:
        return [each for _, each in self.pages.readings.items() if each.kind == kind]

    def occasion(self) -> Occasion:
        known = self.said.items()
        return Occasion(
            {key: each.meeting for key, each in known if each.meeting},
            {key: each.document for key, each in known if each.document},
            {key: each.beside for key, each in known if each.beside},
        )


@pytest.fixture(scope="module")
def told() -> Told:
    corpus = Corpus(None)
    corpus.update(corpus.put(articles(COUNT, per_day=COUNT)))
    shelves = corpus.shelves
    said = dict(shelves.shelf("events_said", Said).items())
    issued = dict(shelves.shelf("events_issued", Said).items())
    return Told(Pages(shelves, corpus.register), said, issued)


def proposed(kind: Kind) -> Callable[[Told], tuple[list[Any], Linkage[Any]]]:
    return lambda told: (
        told.of(kind),
        propositions.linkage(kind, told.occasion(), told.pages.world()),
    )


def issued(told: Told) -> tuple[list[Any], Linkage[Any]]:
    met = {key: each.meeting for key, each in told.issued.items() if each.meeting}
    sources = documents.Sources(told.pages.world(), met, {})
    return told.of("document"), documents.linkage(sources)


def met(told: Told) -> tuple[list[Any], Linkage[Any]]:
    seen = told.pages.sightings
    load = meetings.accounts(seen.many, told.pages.world())
    return list(load(seen.keys()).values()), meetings.linkage()


LINKED: Final[dict[str, Callable[[Told], tuple[list[Any], Linkage[Any]]]]] = {
    "commitment": proposed("commitment"),
    "concern": proposed("concern"),
    "position": proposed("position"),
    "document": issued,
    "meeting": met,
    "utterance": lambda told: (told.of("utterance"), utterances.linkage()),
}


@pytest.mark.parametrize("kind", sorted(LINKED))
def test_a_glance_parts_nothing_that_is_weighed_as_one(told: Told, kind: str) -> None:
    items, linkage = LINKED[kind](told)
    parted = pairs_apart(items[:MOST], linkage)
    assert parted
    for one, other in parted:
        weight = linkage.weigh(one, other)
        assert weight is None or weight < linkage.enough, (one, other)


def pairs_apart(items: Sequence[Any], linkage: Linkage[Any]) -> list[tuple[Any, Any]]:
    assert linkage.glance
    rows = np.array([linkage.glance.row(each) for each in items], np.int64)
    assert rows.shape[1] == linkage.glance.width
    pairs = list(combinations(range(len(items)), 2))
    left, right = np.array(pairs).T
    answers = linkage.glance.apart(rows[left], rows[right]).tolist()
    return [(items[a], items[b]) for (a, b), apart in zip(pairs, answers, strict=True) if apart]


def test_texts_that_share_most_of_their_runs_are_not_parted_and_others_are() -> None:
    one = Sketch("a", tuple(range(0, 1280, 10)))
    copy = Sketch("b", tuple(sorted({*one.hashes[::2], *range(5, 645, 10)})))
    other = Sketch("c", tuple(range(3, 1283, 10)))
    short = Sketch("d", (0, 10, 20))
    linkage = independence.linkage()
    assert pairs_apart([one, copy, other, short], linkage) == [(one, other), (copy, other)]
    assert linkage.weigh(one, other) == 0.0


def test_spans_marks_and_words_part_only_what_both_tell() -> None:
    days = [span_of(["2024-06-01"]), span_of(["2024-06"]), span_of([]), span_of(["2024-07-02"])]
    rows = np.array(days, np.int64)
    assert beyond(rows[[0, 0, 0, 1]], rows[[1, 2, 3, 3]], 0, 1).tolist() == [0, 0, 1, 1]
    marks = np.array([[mark_of_one(each)] for each in ({"a"}, {"b"}, {"a", "b"}, ())], np.int64)
    assert unlike(marks[[0, 0, 0]], marks[[1, 2, 3]], 0).tolist() == [1, 0, 0]
    words = [{"ore", "mill", "port"}, {"ore", "mill", "rail"}, {"fair"}]
    bits = np.array([bits_of(each) for each in words], np.int64)
    assert few_common(bits[[0, 0]], bits[[1, 2]], 0, 2, 0.5).tolist() == [0, 1]
