"""Releases: never changed, plausible, and with identifiers that lead on."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import BuildError, RecordError
from kg.graph.bands import Band, Bands, complaints, read_bands
from kg.graph.lineage import lineage
from kg.graph.model import Dataset
from kg.graph.releasing import Released, latest, open_release, write_release
from kg.graph.terms import term
from kg.terms import DATA

IDENTITY = NamedNode(DATA + "graph/identity")
ARTICLE = NamedNode(DATA + "article/a1")


def people(**groups: str) -> Dataset:
    """Persons by the groups of mentions that refer to them: {"g1": "ann"}."""
    quads = []
    for group, name in groups.items():
        person = NamedNode(DATA + f"person/{name}")
        quads += [
            Quad(NamedNode(DATA + f"group/{group}"), term("cmq:refersTo"), person, ARTICLE),
            Quad(person, term("rdf:type"), term("cmq:Person"), IDENTITY),
            Quad(person, term("rdfs:label"), Literal(name), IDENTITY),
        ]
    return Dataset.of(quads)


def released(
    folder: Path, name: str, dataset: Dataset, bands: Bands | None = None, *, force: bool = False
) -> Released:
    return write_release(dataset, name, folder, bands or Bands(), {"rules": "1"}, force=force)


def leads(dataset: Dataset) -> set[tuple[str, str]]:
    return {
        (str(quad.subject)[1:-1].removeprefix(DATA), str(quad.object)[1:-1].removeprefix(DATA))
        for quad in dataset.quads(predicate=term("dcterms:isReplacedBy"))
    }


def test_a_release_reads_back_as_it_was(tmp_path: Path) -> None:
    state = people(g1="ann", g2="bo")
    made = released(tmp_path, "r1", state)
    assert open_release(tmp_path / "r1").nquads() == state.nquads()
    assert made.manifest.statements == len(state)
    assert made.manifest.counts == {"cmq:Person": 2}
    assert made.manifest.tools["rules"] == "1"
    assert made.manifest.previous is None


def test_the_same_state_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "other"):
        released(tmp_path / folder, "r1", people(g1="ann"))
    files = [sorted((tmp_path / each / "r1").iterdir()) for each in ("one", "other")]
    assert [path.name for path in files[0]] == ["graph.nq.gz", "manifest.json"]
    assert [path.read_bytes() for path in files[0]] == [path.read_bytes() for path in files[1]]


def test_a_release_is_not_replaced(tmp_path: Path) -> None:
    released(tmp_path, "r1", people(g1="ann"))
    with pytest.raises(BuildError, match="released already"):
        released(tmp_path, "r1", people(g1="bo"))


@pytest.mark.parametrize("name", ["", "..", "a/b", ".hidden"])
def test_a_name_that_is_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BuildError):
        released(tmp_path, name, people(g1="ann"))


def test_releases_follow_one_another_with_their_changes(tmp_path: Path) -> None:
    released(tmp_path, "b-first", people(g1="ann"))
    made = released(tmp_path, "a-second", people(g1="ann", g2="bo"))
    assert made.manifest.previous == "b-first"
    last = latest(tmp_path)
    assert last is not None
    assert last.name == "a-second"
    patch = gzip.decompress((tmp_path / "a-second" / "changes.rdfp.gz").read_bytes()).decode()
    assert patch.count("\nA ") == 3
    assert "\nD " not in patch


def test_merged_and_split_identifiers_lead_on(tmp_path: Path) -> None:
    released(tmp_path, "r1", people(g1="ann", g2="anne", g3="lee"))
    released(tmp_path, "r2", people(g1="ann", g2="ann", g3="lee-jp", g4="lee-kr"))
    assert leads(open_release(tmp_path / "r2")) == {
        ("person/anne", "person/ann"),
        ("person/lee", "person/lee-jp"),
    }


def test_redirects_stay_until_the_identifier_is_there_again(tmp_path: Path) -> None:
    released(tmp_path, "r1", people(g1="ann", g2="anne"))
    released(tmp_path, "r2", people(g1="ann", g2="ann"))
    released(tmp_path, "r3", people(g1="ann", g2="ann", g3="bo"))
    assert leads(open_release(tmp_path / "r3")) == {("person/anne", "person/ann")}
    released(tmp_path, "r4", people(g1="ann", g2="anne", g3="bo"))
    assert leads(open_release(tmp_path / "r4")) == set()


def test_what_was_withdrawn_leads_nowhere() -> None:
    found = lineage(people(g1="ann", g2="bo"), people(g1="ann"))
    assert found.withdrawn == (DATA + "person/bo",)
    assert not found.replaced


def test_an_identifier_that_means_something_else_stops_the_release(tmp_path: Path) -> None:
    released(tmp_path, "r1", people(g1="ann", g2="bo"))
    turned = people(g1="bo", g2="ann")
    with pytest.raises(BuildError, match="come to mean something else"):
        released(tmp_path, "r2", turned)
    assert not (tmp_path / "r2").exists()
    assert released(tmp_path, "r2", turned, force=True).manifest.name == "r2"


def test_a_release_that_lost_much_is_stopped(tmp_path: Path) -> None:
    many = people(**{f"g{number}": f"p{number}" for number in range(40)})
    few = people(**{f"g{number}": f"p{number}" for number in range(20)})
    released(tmp_path, "r1", many)
    with pytest.raises(BuildError, match=r"cmq:Person: 40 in the last release, 20 now"):
        released(tmp_path, "r2", few)
    released(tmp_path, "r2", few, Bands(fall=0.6))


def test_numbers_are_held_to_their_bands() -> None:
    bands = Bands(classes={"cmq:Person": Band(2, 3), "cmq:Place": Band(min=1)})
    assert list(complaints({"cmq:Person": 3, "cmq:Place": 1}, None, bands)) == []
    told = list(complaints({"cmq:Person": 4}, None, bands))
    assert told == [
        "cmq:Person: 4, where 2 to 3 may be",
        "cmq:Place: 0, where 1 to any number may be",
    ]


def test_bands_are_read_from_a_file_that_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "bands.yaml"
    path.write_text("classes:\n  cmq:Person: {min: 2}\nfall: 0.5\n", "utf-8")
    assert read_bands(path) == Bands(classes={"cmq:Person": Band(2)}, fall=0.5)
    path.write_text("fall: much\n", "utf-8")
    with pytest.raises(RecordError, match="fall"):
        read_bands(path)


def test_a_changed_file_of_a_release_is_noticed(tmp_path: Path) -> None:
    released(tmp_path, "r1", people(g1="ann"))
    graph = tmp_path / "r1" / "graph.nq.gz"
    graph.chmod(0o644)
    graph.write_bytes(gzip.compress(b""))
    with pytest.raises(BuildError, match="not what was released"):
        open_release(tmp_path / "r1")


def test_the_manifest_names_versions_and_digests(tmp_path: Path) -> None:
    released(tmp_path, "r1", people(g1="ann"))
    values = json.loads((tmp_path / "r1" / "manifest.json").read_text("utf-8"))
    assert {"package", "data", "tools", "counts", "files", "base"} <= values.keys()
    assert set(values["files"]) == {"graph.nq.gz"}
