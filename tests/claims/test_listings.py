"""What a list names: firms and bodies that a measure hits, goods that it restricts."""

from __future__ import annotations

import pytest

from kg.claims.engine import Engine
from tests.claims.reading_of import claims, values

FIRMS = ["Orion Optics Co., Ltd.", "Lotus Foundry", "Institute of Light Alloys"]


@pytest.mark.parametrize(
    "text",
    [
        "Ghana added nine entities to its export control list, including {}, {} and the {}.",
        "Ghana imposed sanctions on nine firms, including the chip maker {}, {} and the {}.",
        "Ghana blacklisted three companies: {}; {}; the {}.",
        "Ghana sanctioned several suppliers, among them {}, {} and the {}.",
        "Ghana put nine firms such as {}, {} and the {} on its unreliable entity list.",
    ],
)
def test_a_measure_hits_whom_its_list_names(text: str, engine: Engine) -> None:
    (claim,) = claims(text.format(*FIRMS), "control", engine)
    assert values(claim, "imposer") == ["GH"]
    assert values(claim, "target") == FIRMS
    assert not claim.fillers("item")


def test_firms_of_states_are_named_without_them(engine: Engine) -> None:
    text = (
        "Ghana sanctioned several firms, including Peru's Lotus Foundry and Chile's Orion Optics."
    )
    (claim,) = claims(text, "control", engine)
    assert {"Lotus Foundry", "Orion Optics"} <= set(values(claim, "target"))


def test_each_line_of_a_list_is_hit_by_the_measure_above_it(engine: Engine) -> None:
    text = (
        "Ghana has placed the following firms on its entity list:\n"
        "- Lotus Foundry\n- Orion Optics Co., Jakarta\nThe firms may appeal."
    )
    found = claims(text, "control", engine)
    named = [(claim.quote, values(claim, "target")) for claim in found[1:]]
    assert named == [
        ("Lotus Foundry", ["Lotus Foundry"]),
        ("Orion Optics Co., Jakarta", ["Orion Optics Co."]),
    ]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Ghana imposed export controls on certain goods, among them vanadium.", ["vanadium"]),
        ("Ghana banned exports of tungsten and other metals.", ["tungsten"]),
        (
            "Ghana put export controls on items related to tin, zinc and bismuth.",
            ["tin", "zinc", "bismuth"],
        ),
        ("Ghana restricted exports of the following items: • tin • bismuth", ["tin", "bismuth"]),
        (
            "Ghana put a tax on exports of raw materials, including tin and bismuth, from May.",
            ["raw materials", "tin", "bismuth"],
        ),
    ],
)
def test_a_measure_restricts_what_its_list_names(
    text: str, items: list[str], engine: Engine
) -> None:
    (claim,) = claims(text, "control", engine)
    assert values(claim, "item") == items


@pytest.mark.parametrize(
    "text",
    [
        "Ghana sanctioned nine firms, including Chinese and Peruvian ones.",
        "Ghana sanctioned nine firms, including two that Lotus Foundry owns.",
        "Ghana sanctioned nine firms. Guests included Lotus Foundry.",
    ],
)
def test_what_is_no_name_of_a_list_is_not_hit(text: str, engine: Engine) -> None:
    found = [each for claim in claims(text, "control", engine) for each in claim.fillers("target")]
    assert not any(each.type in {"organisation", "person"} for each in found)


def test_a_measure_to_come_holds_from_the_next_day_of_its_number(engine: Engine) -> None:
    (claim,) = claims("Ghana will ban exports of tin from the 5th.", "control", engine)
    assert values(claim, "date") == ["2024-07-05"]


def test_what_is_decided_in_the_text_of_an_authority_is_its_states(engine: Engine) -> None:
    text = "It is hereby decided to introduce export control on tin."
    (claim,) = claims(text, "control", engine, publisher="Ministry of Commerce of Ghana")
    assert (values(claim, "imposer"), claim.status) == (["GH"], "announced")
    assert values(claim, "item") == ["tin"]


@pytest.mark.parametrize(
    ("lead", "item", "topic"),
    [
        ("The ministers of Ghana and Peru resolved to:", "(a) exchange data on tin;", "tin"),
        ("Ghana and Peru undertake to:", "- map deposits of bismuth;", "bismuth"),
        ("Ghana and Peru will work together to:", "• Train smelters in recycling of tin", "tin"),
        ("Ghana and Peru agreed:", "- to build a refinery for tin.", "tin"),
    ],
)
def test_each_line_below_a_lead_is_undertaken(
    lead: str, item: str, topic: str, engine: Engine
) -> None:
    found = claims(f"{lead}\n{item}", "commitment", engine)
    held = [claim for claim in found if topic in claim.quote]
    assert [values(claim, "actor") for claim in held] == [["GH", "PE"]]
    assert any(topic in value for value in values(held[0], "topic"))
