"""Names of organisations, frameworks and places compared."""

from __future__ import annotations

import pytest

from kg.entities.labels import city_of, compare_labels, generic, label_of
from kg.entities.model import EntityKind


@pytest.mark.parametrize(
    ("kind", "left", "right", "level"),
    [
        ("organisation", "Department of Grain of the US", "US Grain Department", "reordered"),
        ("organisation", "Ministry of Grain and Salt (MGS)", "MGS", "introduced"),
        ("organisation", "International Salt Trade Organization", "ISTO", "acronym"),
        ("organisation", "Centre for Salt Programs", "Center for Salt Programmes", "identical"),
        ("organisation", "Japanese Salt Agency", "Korean Salt Agency", "unlike"),
        ("organisation", "Salt Ministry", "Norwegian Salt Ministry", "generic"),
        ("organisation", "World Salt Fund", "World Grain Fund", "unlike"),
        ("framework", "Salt Road Forum (SRF)", "Salt Road Forum for All", "framework-contained"),
        ("framework", "Salt Road Forum", "Salt Road Forum (SRF)", "identical"),
        ("place", "Springfield, D.C.", "Springfield", "place-contained"),
        ("place", "York", "New York", "unlike"),
        ("place", "Springfield", "Springfield Province", "unlike"),
    ],
)  # fmt: skip
def test_labels_relate_at_their_level(kind: EntityKind, left: str, right: str, level: str) -> None:
    assert compare_labels(kind, left, right) == level
    assert compare_labels(kind, right, left) == level


def test_states_in_a_label_are_set_apart() -> None:
    label = label_of("U.S.-Japan-ROK Dialogue on Salt")
    assert label.words == ("dialogue", "salt")
    assert label.states == {"US", "JP", "KR"}


def test_a_bare_ministry_is_nobodys_in_particular() -> None:
    assert generic("Foreign Ministry")
    assert not generic("Foreign Ministry of Norway")
    assert not generic("Ministry of Salt, Grain and Timber")


def test_a_body_of_the_world_is_nobodys_ministry() -> None:
    assert not generic("World Bank")
    assert generic("Central Bank")


def test_a_city_keeps_what_it_is_under_its_former_name() -> None:
    assert compare_labels("place", "Rangoon", "Yangon") == "renamed"
    assert compare_labels("place", "Peking", "Nanking") == "unlike"
    assert city_of("Springfield") == city_of("Nowhere on Sea") == ""


def test_an_island_is_called_so_or_not() -> None:
    assert compare_labels("place", "Ulva", "Ulva Island") == "place-contained"
    assert compare_labels("place", "Ulva", "Ulva Bay") == "unlike"
