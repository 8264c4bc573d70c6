"""A store is read in every order that a question may take, so that no damage waits for one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import living
from kg.errors import BuildError
from kg.graph.model import Records
from kg.graph.orders import walked
from kg.living import open_build
from kg.pipeline import arrivals

_ORDERS = 5  # beside the one that is read when a store is listed


@pytest.fixture
def built(tmp_path: Path, records: Records) -> Path:
    """The folder of a build that nobody has open."""
    path = tmp_path / "build"
    living.build(path, arrivals(records.articles, records.claims, records.tools))
    return path


def test_each_order_holds_every_statement_of_every_graph() -> None:
    store = Store()
    nodes = [NamedNode(f"http://example.org/{number}") for number in range(6)]
    for subject in nodes[:3]:
        for graph in nodes[3:]:
            store.add(Quad(subject, nodes[0], nodes[1], graph))
            store.add(Quad(subject, nodes[1], Literal("one"), graph))
    assert [count for _, count in walked(store)] == [len(store)] * _ORDERS


def test_an_empty_store_has_empty_orders() -> None:
    assert [count for _, count in walked(Store())] == [0] * _ORDERS


@pytest.mark.parametrize("damage", ["a byte", "a half"])
def test_damage_to_any_table_is_found(built: Path, tmp_path: Path, damage: str) -> None:
    tables = sorted(each.name for each in (built / "store-1").glob("*.sst"))
    spoilt = tmp_path / "spoilt"
    for name in tables:
        shutil.copytree(built, spoilt)
        table = spoilt / "store-1" / name
        data = bytearray(table.read_bytes())
        middle = len(data) // 3
        data[middle] ^= 4
        table.write_bytes(data if damage == "a byte" else data[:middle])
        with pytest.raises(BuildError, match="build it again"):
            open_build(spoilt).check_store()
        shutil.rmtree(spoilt)
    assert len(tables) > _ORDERS
