"""What graph programs import says what the graph says, by the rules of each program."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from pyoxigraph import QuerySolutions

from kg.errors import OutputError
from kg.graph.model import Dataset
from kg.site.exports import export, export_folder
from kg.terms import PREFIXES

READERS: dict[str, Callable[[io.BytesIO], Any]] = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}
Files = dict[str, list[dict[str, str]]]
FIELD = re.compile(
    r"(?:[a-z_]*:(?:ID|LABEL|START_ID|END_ID|TYPE)|[a-z_]+:(?:string|long|double|date)(?:\[\])?)"
)


def counted(dataset: Dataset, sparql: str) -> int:
    found = dataset.query(sparql, prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)
    return int(next(found)["count"].value)


# ---- networks --------------------------------------------------------------------


@pytest.fixture(scope="module", params=READERS)
def network(request: pytest.FixtureRequest, corpus: Dataset) -> Any:
    return READERS[request.param](io.BytesIO(export(corpus, request.param)))


def test_persons_who_met_are_joined_by_as_many_meetings(network: Any, corpus: Dataset) -> None:
    pairs = """SELECT (COUNT(*) AS ?count) WHERE { SELECT DISTINCT ?meeting ?a ?b WHERE {
        ?meeting a cmq:DiplomaticMeeting ; cmq:attendee ?a , ?b . FILTER(STR(?a) < STR(?b)) } }"""
    met = [
        each["weight"]
        for source, target, each in network.edges(data=True)
        if each["kind"] == "met" and "/person/" in source and "/person/" in target
    ]
    assert sum(met) == counted(corpus, pairs) > 0


def test_nodes_and_edges_have_kinds_weights_and_dates(network: Any) -> None:
    assert {"Person", "State", "Material"} <= {kind for _, kind in network.nodes(data="kind")}
    kinds = {kind for *_, kind in network.edges(data="kind")}
    assert {"met", "promised", "restricts", "holds-post-in"} <= kinds
    for _, _, each in network.edges(data=True):
        assert each["weight"] >= 1
        assert each["sources"] >= 1
        assert each["events"].startswith("https://")
    dated = [each for *_, each in network.edges(data=True) if "first" in each]
    assert all(
        date.fromisoformat(each["first"]) <= date.fromisoformat(each["last"]) for each in dated
    )
    assert dated


@pytest.mark.parametrize("form", READERS)
def test_a_network_is_the_same_bytes_on_any_day(
    form: str, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = export(dataset, form)
    monkeypatch.setattr("time.strftime", lambda *_: "1999-01-01")
    again = Dataset.of(sorted(dataset.quads(), key=str, reverse=True))
    assert export(again, form) == before


@pytest.mark.parametrize("form", READERS)
def test_the_library_for_networks_is_named_where_it_is_missing(
    form: str, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "networkx", None)
    with pytest.raises(OutputError, match=r"pip install 'communique\[graphs\]'"):
        export(dataset, form)


# ---- Neo4j -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def imported(corpus: Dataset, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Files]:
    """The files that the command names, read as the importer reads them."""
    folder = tmp_path_factory.mktemp("neo4j") / "import"
    export_folder(corpus, "neo4j", folder)
    command = (folder / "import.sh").read_text("utf-8")
    files: Files = {}
    for header, data in re.findall(
        r"--(?:nodes|relationships)=([a-z-]+\.csv),([a-z-]+\.csv)", command
    ):
        names = (folder / header).read_text("utf-8").strip().split(",")
        assert all(FIELD.fullmatch(name) for name in names), header
        assert len(set(names)) == len(names), header
        with (folder / data).open(encoding="utf-8", newline="") as stream:
            files[data] = [dict(zip(names, row, strict=True)) for row in csv.reader(stream)]
    return folder, files


def test_every_file_of_the_folder_is_imported(imported: tuple[Path, Files]) -> None:
    folder, files = imported
    data = {path.name for path in folder.glob("*.csv") if not path.stem.endswith("-header")}
    assert data == set(files)
    assert (folder / "import.sh").read_text("utf-8").splitlines()[-1] in (
        folder / "README.md"
    ).read_text("utf-8")


def test_relationships_lead_from_node_to_node(imported: tuple[Path, Files]) -> None:
    _, files = imported
    nodes = [row["iri:ID"] for rows in files.values() for row in rows if "iri:ID" in row]
    assert len(set(nodes)) == len(nodes)
    known = set(nodes)
    types = set()
    for row in (row for rows in files.values() for row in rows if ":TYPE" in row):
        assert row[":START_ID"] in known
        assert row[":END_ID"] in known
        types.add(row[":TYPE"])
    assert {"PARTY", "ATTENDEE", "ABOUT", "WAS_DERIVED_FROM", "HAS_SOURCE", "MADE_AT"} <= types


def test_values_are_of_the_type_that_the_header_gives(imported: tuple[Path, Files]) -> None:
    _, files = imported
    read: dict[str, Callable[[str], object]] = {
        "long": int,
        "double": float,
        "date": date.fromisoformat,
    }
    checked = 0
    for row in (row for rows in files.values() for row in rows):
        for name, value in row.items():
            kind = name.partition(":")[2]
            if value and kind in read:
                read[kind](value)
                checked += 1
    assert checked > 500
    assert all(row[":LABEL"] for rows in files.values() for row in rows if ":LABEL" in row)


def test_every_claim_leads_to_its_event_and_its_sentence(
    imported: tuple[Path, Files], corpus: Dataset
) -> None:
    _, files = imported
    claims = counted(corpus, "SELECT (COUNT(DISTINCT ?x) AS ?count) WHERE { ?x a cmq:Claim }")
    told = [row[":TYPE"] for row in files["relationships.csv"]]
    assert len(files["claims.csv"]) == told.count("WAS_DERIVED_FROM") == claims
    about = counted(corpus, "SELECT (COUNT(*) AS ?count) WHERE { ?claim cmq:about ?event }")
    assert told.count("ABOUT") == about
