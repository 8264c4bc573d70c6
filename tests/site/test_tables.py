"""Tables say what the graph says, to two programs that analysts use, and join by their keys."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from pyoxigraph import NamedNode, QuerySolutions

from kg.errors import OutputError
from kg.graph.model import Dataset
from kg.site.exports import export_folder
from kg.site.statements import Statements
from kg.site.tables import rows, tables
from kg.terms import DEFINITIONS, PREFIXES, ROLES

ENDINGS = {"csv": "csv", "parquet": "parquet"}


@pytest.fixture(scope="module")
def folders(corpus: Dataset, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    found = {form: tmp_path_factory.mktemp("tables") / form for form in ENDINGS}
    for form, folder in found.items():
        export_folder(corpus, form, folder)
    return found


@pytest.fixture(scope="module", params=ENDINGS)
def duck(request: pytest.FixtureRequest, folders: dict[str, Path]) -> duckdb.DuckDBPyConnection:
    """A database with a view for each table, as somebody would make it by hand."""
    base = duckdb.connect()
    reader = {"csv": "read_csv", "parquet": "read_parquet"}[request.param]
    for name in tables():
        path = folders[request.param] / f"{name}.{request.param}"
        base.execute(f"CREATE TABLE {name} AS SELECT * FROM {reader}('{path}')")  # noqa: S608
    return base


def counted(dataset: Dataset, sparql: str) -> int:
    found = dataset.query(sparql, prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)
    return int(next(found)["count"].value)


def scalar(duck: duckdb.DuckDBPyConnection, sql: str) -> Any:
    row = duck.execute(sql).fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize(
    ("table", "pattern"),
    [
        ("meetings", "?x a cmq:DiplomaticMeeting"),
        ("commitments", "?x a cmq:PolicyCommitment"),
        ("concerns", "?x a cmq:PolicyConcern"),
        ("controls", "?x a cmq:ControlMeasure"),
        ("positions", "?x a cmq:SupplyPosition"),
        ("posts", "?x a cmq:PostHolding"),
        ("documents", "?x a cmq:OfficialDocument"),
        ("utterances", "?x a cmq:Utterance"),
        ("claims", "?x a cmq:Claim"),
        ("evidence", "?x a oa:SpecificResource"),
        ("articles", "?x a cmq:Article"),
        ("names", "?x a cmq:NameForm"),
        ("disagreements", "?x a cmq:Option"),
    ],
)
def test_a_table_has_a_row_for_each_thing_of_the_graph(
    table: str, pattern: str, corpus: Dataset, duck: duckdb.DuckDBPyConnection
) -> None:
    expected = counted(corpus, f"SELECT (COUNT(DISTINCT ?x) AS ?count) WHERE {{ {pattern} }}")
    assert scalar(duck, f"SELECT count(*) FROM {table}") == expected  # noqa: S608 - ours
    assert expected > 0 or table == "disagreements"


def test_every_role_of_an_event_is_a_statement(
    corpus: Dataset, duck: duckdb.DuckDBPyConnection
) -> None:
    roles = sorted({role for roles in ROLES.values() for role in roles})
    for role in roles:
        name = PREFIXES["dcterms"] + "type" if role == "type" else DEFINITIONS + role
        held = corpus.quads(None, NamedNode(name))
        graph = "https://w3id.org/communique/id/graph/derived"
        expected = {
            (str(quad.subject), str(quad.object))
            for quad in held
            if str(quad.graph_name) == f"<{graph}>" and "/claim/" not in str(quad.subject)
        }
        sql = f"SELECT count(*) FROM statements WHERE role = '{role}'"  # noqa: S608 - our own words
        assert scalar(duck, sql) == len(expected), role
    assert scalar(duck, "SELECT count(DISTINCT role) FROM statements") > 12


def test_meetings_attendance_and_names_join(
    corpus: Dataset, duck: duckdb.DuckDBPyConnection
) -> None:
    expected = counted(
        corpus,
        """SELECT (COUNT(*) AS ?count) WHERE { SELECT DISTINCT ?meeting ?person ?name WHERE {
             ?meeting a cmq:DiplomaticMeeting ; cmq:attendee ?person .
             ?person cmq:name ?name } }""",
    )
    found = scalar(
        duck,
        """SELECT count(*) FROM meetings
           JOIN attendance USING (meeting) JOIN names ON names.entity = attendance.person""",
    )
    assert found == expected > 0


def test_every_attendance_leads_to_sentences_of_articles(duck: duckdb.DuckDBPyConnection) -> None:
    """By its meeting: each has claims about it, each claim a passage, each passage its article."""
    without = scalar(
        duck,
        """SELECT count(*) FROM attendance WHERE meeting NOT IN (
             SELECT about FROM claims JOIN evidence USING (evidence)
             JOIN articles ON articles.article = evidence.article WHERE about IS NOT NULL)""",
    )
    assert without == 0
    for table in ("attendance", "statements"):
        bare = scalar(duck, f"SELECT count(*) FROM {table} WHERE claims::VARCHAR = '[]'")  # noqa: S608
        assert bare == 0
    assert scalar(duck, "SELECT count(*) FROM attendance WHERE independent_sources < 1") == 0
    assert scalar(duck, "SELECT count(*) FROM attendance WHERE sources < independent_sources") == 0


def test_columns_have_the_types_that_the_dictionary_gives(
    duck: duckdb.DuckDBPyConnection, folders: dict[str, Path]
) -> None:
    package = json.loads((folders["csv"] / "datapackage.json").read_text("utf-8"))
    loaded = {"integer": "BIGINT", "number": "DOUBLE", "date": "DATE"}
    checked = 0
    for resource in package["resources"]:
        name = resource["name"]
        shown = {row[0]: row[1] for row in duck.execute(f"DESCRIBE {name}").fetchall()}
        assert list(shown) == [field["name"] for field in resource["schema"]["fields"]]
        for field in resource["schema"]["fields"]:
            assert field["description"], field
            filled = scalar(duck, f'SELECT count("{field["name"]}") FROM {name}')  # noqa: S608
            if filled and field["type"] in loaded:
                assert shown[field["name"]] == loaded[field["type"]], (name, field)
                checked += 1
    assert checked > 30


@pytest.mark.parametrize("form", ENDINGS)
def test_keys_are_unique_and_references_lead_somewhere(form: str, folders: dict[str, Path]) -> None:
    frames = {name: frame(folders[form], name, form) for name in tables()}
    package = json.loads((folders[form] / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        own, schema = frames[resource["name"]], resource["schema"]
        assert not own.duplicated(schema["primaryKey"]).any()
        for foreign in schema["foreignKeys"]:
            (column,), there = foreign["fields"], foreign["reference"]
            keys = set(frames[there["resource"]][there["fields"][0]])
            assert set(own[column].dropna()) <= keys, (resource["name"], column)
    for name, table in tables().items():
        for column in (each for each in table.columns if each.many and each.refers):
            cells = frames[name][column.name]
            listed = cells.map(json.loads) if form == "csv" else cells
            keys = set(frames[column.refers][tables()[column.refers].key[0]])
            assert {value for values in listed for value in values} <= keys, (name, column.name)


def frame(folder: Path, name: str, form: str) -> pd.DataFrame:
    path = folder / f"{name}.{form}"
    return pd.read_csv(path) if form == "csv" else pd.read_parquet(path)


def test_both_forms_hold_the_same_rows(folders: dict[str, Path]) -> None:
    for name, table in tables().items():
        comma, columnar = (frame(folders[form], name, form) for form in ENDINGS)
        assert len(comma) == len(columnar)
        for column in (each for each in table.columns if each.many):
            lists = comma[column.name].map(json.loads).tolist()
            assert lists == [list(each) for each in columnar[column.name]]
        key = list(table.key)
        assert comma[key].to_numpy().tolist() == columnar[key].to_numpy().tolist()


def test_a_folder_is_the_same_bytes_again_and_takes_its_own_place(
    corpus: Dataset, folders: dict[str, Path], tmp_path: Path
) -> None:
    for form, folder in folders.items():
        again = tmp_path / form
        for _ in range(2):
            export_folder(corpus, form, again, memory=10_000)
        assert {path.name: path.read_bytes() for path in again.iterdir()} == {
            path.name: path.read_bytes() for path in folder.iterdir()
        }
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(folders)


def test_a_folder_with_other_files_is_left_alone(dataset: Dataset, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(OutputError, match="holds other files"):
        export_folder(dataset, "csv", tmp_path)
    with pytest.raises(OutputError, match="is a file"):
        export_folder(dataset, "csv", tmp_path / "thesis.docx")
    with pytest.raises(OutputError, match="no folder"):
        export_folder(dataset, "csv", tmp_path / "missing" / "tables")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize("form", ["csv", "neo4j"])
def test_a_file_put_beside_an_export_is_never_lost(
    form: str, dataset: Dataset, tmp_path: Path
) -> None:
    export_folder(dataset, form, tmp_path)
    (tmp_path / ".DS_Store").touch()  # by whoever looked in
    export_folder(dataset, form, tmp_path)
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(OutputError, match=r"holds other files, such as thesis.docx"):
        export_folder(dataset, form, tmp_path)
    assert (tmp_path / "thesis.docx").read_text() == "mine"


def test_tables_of_others_are_left_alone(dataset: Dataset, tmp_path: Path) -> None:
    theirs = {"name": "census", "resources": [{"path": "people.csv"}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(theirs))
    (tmp_path / "people.csv").write_text("name\n")
    (tmp_path / "import.sh").write_text("exit 1\n")
    with pytest.raises(OutputError, match="holds other files"):
        export_folder(dataset, "csv", tmp_path)
    assert len([*tmp_path.iterdir()]) == 3


def test_a_library_that_is_missing_is_named(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(OutputError, match=r"pip install 'communique\[tables\]'"):
        export_folder(dataset, "parquet", tmp_path / "tables")
    assert not [*tmp_path.iterdir()]
    export_folder(dataset, "csv", tmp_path / "tables")


def test_a_date_stands_in_the_precision_of_its_source_beside_its_days(dataset: Dataset) -> None:
    """The measure is dated to a month."""
    (control,) = rows(tables()["controls"], Statements(dataset))
    assert (control["date"], control["date_earliest"], control["date_latest"]) == (
        "2030-08", date(2030, 8, 1), date(2030, 8, 31),
    )  # fmt: skip
    assert control["items"] == ["https://w3id.org/communique/concept/material/lithium"]


def test_tables_without_quotes_hold_places_and_digests_only(
    dataset: Dataset, tmp_path: Path
) -> None:
    export_folder(dataset, "csv", tmp_path / "bare", quotes="none")
    export_folder(dataset, "csv", tmp_path / "full")
    bare, full = (pd.read_csv(tmp_path / each / "evidence.csv") for each in ("bare", "full"))
    assert full["quote"].notna().all()
    assert bare["quote"].isna().all()
    assert bare.drop(columns="quote").equals(full.drop(columns="quote"))
    assert pd.read_csv(tmp_path / "bare" / "articles.csv")["title"].isna().all()
