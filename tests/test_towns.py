"""The gazetteer, all of whose names are written plainly at once: each is found as it is written."""

from __future__ import annotations

import pytest

from kg.entities.labels import city_of
from kg.events.whereabouts import spot_of
from kg.towns import Town, each_character, towns, written

SOME = towns()[::20]


def test_every_city_has_a_name_and_a_state() -> None:
    assert len(towns()) > 1000
    assert all(town.name and len(town.state) == 2 for town in towns())


@pytest.mark.parametrize("town", SOME, ids=lambda town: town.name)
def test_a_city_is_found_by_each_of_its_names_in_both_stages(town: Town) -> None:
    for name in (town.name, *town.names):
        assert city_of(name) != "", name
        assert f"state/{town.state}" in spot_of(name).states, name


def test_names_stay_apart_however_they_are_written() -> None:
    plainly = each_character(lambda char: char if char.isalnum() else "")
    for town, names in written(plainly):
        assert names == [plainly(name) for name in (town.name, *town.names)]


def test_what_is_written_has_to_leave_names_apart() -> None:
    with pytest.raises(ValueError, match="zip"):
        list(written(lambda text: text.replace("\n", " ")))
