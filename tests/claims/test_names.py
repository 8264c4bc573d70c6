"""States and blocs are known by every wording of the tables, whatever stands around it."""

from __future__ import annotations

import pytest

from kg.claims.engine import Engine, load_engine, plain
from kg.claims.names import state_name
from kg.errors import KgError
from kg.states import blocs, states

STATES = tuple(states().values())
BLOCS = tuple(blocs().values())
PUBLISHED = 249  # entries of ISO 3166-1


def found(text: str, engine: Engine) -> list[str]:
    return [hit.ref for hit in engine.names.find(engine.nlp.make_doc(plain(text)))]


def test_every_state_of_the_standard_is_there_once() -> None:
    codes = [row.code for row in STATES]
    assert codes == sorted(set(codes))
    assert all(len(code) == 2 and code.isupper() for code in codes)
    assert len(codes) >= PUBLISHED


def test_every_state_is_found_by_its_name(engine: Engine) -> None:
    missed = [row.code for row in STATES if found(f"near {row.name} today", engine) != [row.code]]
    assert missed == []


def test_every_bloc_is_found_by_all_its_names(engine: Engine) -> None:
    missed = [
        name for row in BLOCS for name in row.names if found(f"the {name} met", engine) != [row.ref]
    ]
    assert missed == []


def test_an_adjective_means_a_state_that_has_it(engine: Engine) -> None:
    owners: dict[str, set[str]] = {}
    for row in STATES:
        for adjective in row.adjectives:
            owners.setdefault(adjective, set()).add(row.code)
    for adjective, codes in owners.items():
        assert set(found(f"the {adjective} port", engine)) <= codes, adjective


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("the People’s Republic", ["CN"]),
        ("the U.S. and the U.K.", ["US", "GB"]),
        ("tell us about it", []),
        ("the DRC–Zambia border", ["CD", "ZM"]),
        ("the Soviet Union and East Germany", ["SU", "DD"]),
        ("New Mexico and Northern Ireland", []),
        ("Burma and Ceylon", ["MM", "LK"]),
    ],
)
def test_wordings_of_other_times_and_scripts(text: str, refs: list[str], engine: Engine) -> None:
    assert found(text, engine) == refs


def test_a_reference_has_a_plain_name() -> None:
    assert state_name("PE") == "Peru"
    assert state_name("Quad") == "Quad"


def test_the_engine_tells_its_model_and_version(engine: Engine) -> None:
    assert str(engine.tool).startswith("en_")
    assert engine.tool.version[0].isdigit()


def test_a_pipeline_that_is_not_installed_is_named() -> None:
    with pytest.raises(KgError, match="no_such_pipeline"):
        load_engine("no_such_pipeline")
