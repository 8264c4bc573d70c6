"""Places and states as their wordings say."""

from __future__ import annotations

import pytest

from kg.events.whereabouts import Spot, powers_in, spot_of, without_powers


@pytest.mark.parametrize("label", ["Ulan Bator", "the Mongolian capital", "capital of Mongolia"])
def test_a_capital_is_one_seat_however_it_is_told(label: str) -> None:
    assert spot_of(label).seats == {"capital:state/MN"}


def test_a_town_without_a_name_lies_in_the_state_that_its_wording_names() -> None:
    assert spot_of("a Peruvian port") == Spot(states=frozenset({"state/PE"}), named=False)
    assert spot_of("the border town") == Spot(named=False)


def test_a_large_town_lies_in_its_state() -> None:
    assert spot_of("Osaka").states == {"state/JP"}
    assert spot_of("Osaka").named


def test_a_wording_of_two_states_stands_for_neither() -> None:
    assert powers_in("Congolese envoys") == frozenset()


def test_frameworks_called_after_states_name_them() -> None:
    assert powers_in("Joint Commission of Chile and the EU") == {"state/CL", "bloc/EU"}
    assert without_powers("Chilean-European Joint Commission") == "joint commission"
