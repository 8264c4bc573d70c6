"""The index of words: what is typed is found, and it holds what the records say."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.generate import articles
from kg import living
from kg.cli import main
from kg.errors import BuildError
from kg.graph.manifest import RECORDS
from kg.living import Arrival
from kg.queries.catalogue import find_question
from kg.queries.reader import Reader, reading
from kg.queries.run import run
from kg.targets import open_target
from kg.words import check_words, search

MANY = 12
HOSTILE = ['"', "' OR 1=1 --", "text:NEAR(a b)", "*", "a AND", "(((", "\x00", "斎藤", "{}", "-x"]


def arrivals() -> list[Arrival]:
    return [Arrival(article, claims, ("made/1",)) for article, claims in articles(MANY)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("words") / "build"
    living.build(path, arrivals())
    return path


def person(folder: Path) -> tuple[str, str]:
    """Give the IRI and the label of some person."""
    build = living.open_build(folder)
    persons = [each for each in build.entities() if each.type == "person" and " " in each.label]
    return build.iris.of(*persons[0].id.split("/")), persons[0].label


def test_a_name_finds_its_bearer_first(folder: Path) -> None:
    iri, label = person(folder)
    for typed in (label, label.upper(), " ".join(reversed(label.split())), label[:-1]):
        assert iri in {hit.row.iri for hit in search(folder, typed, "person")}, typed
    assert search(folder, label)[0].row.iri == iri


def test_a_name_is_found_as_it_sounds(folder: Path) -> None:
    """Accents are told apart by no search; other romanisations are found as judges find them."""
    build = living.open_build(folder)
    with_o = [each for each in build.entities() if each.type == "person" and "o" in each.label]
    iri = build.iris.of(*with_o[0].id.split("/"))
    assert iri in {hit.row.iri for hit in search(folder, with_o[0].label.replace("o", "ō"))}
    assert iri in {hit.row.iri for hit in search(folder, with_o[0].label.replace("o", "ou"))}


def test_a_quotation_is_found_with_its_place(folder: Path) -> None:
    claim = next(living.open_build(folder).claims())
    hits = search(folder, claim.quote, "claim")
    (hit,) = [each for each in hits if each.row.iri.endswith(claim.id)]
    assert hit.row.text == claim.quote
    assert hit.row.place.startswith(f"{claim.article}:")


def test_states_and_concepts_are_found_by_other_names_and_codes(folder: Path) -> None:
    for typed, iri in {"JPN": "state/JP", "gallium": "material/gallium"}.items():
        assert search(folder, typed)[0].row.iri.endswith(iri)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_more_than_words(text: str, folder: Path) -> None:
    assert isinstance(search(folder, text), tuple)


def test_kind_and_limit_hold(folder: Path) -> None:
    assert {hit.row.kind for hit in search(folder, "minister", "claim")} <= {"claim"}
    assert len(search(folder, "the", limit=3)) == 3
    assert search(folder, "the", "no-such-kind") == ()


def test_it_follows_what_comes_and_goes(folder: Path, tmp_path: Path) -> None:
    """However articles came, the index is that of a build of those that there are."""
    path = tmp_path / "grown"
    every = arrivals()
    living.build(path, every[:5])
    for each in every[5:]:
        living.add(path, [each])
    check_words(living.open_build(path))
    assert rows_of(path) == rows_of(folder)
    gone = every[3].article.id
    living.retract(path, [gone], "withdrawn")
    check_words(living.open_build(path))
    assert not [row for row in rows_of(path) if gone in str(row[-1])]


def rows_of(path: Path) -> list[tuple[str, ...]]:
    connection = sqlite3.connect(path / RECORDS)
    try:
        found = connection.execute(
            "SELECT r.unit, r.iri, r.kind, r.field, r.label, w.text, w.sounds, r.place"
            " FROM search_rows AS r JOIN search_words AS w ON w.rowid = r.id"
        )
        return sorted(found.fetchall())
    finally:
        connection.close()


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM search_rows WHERE id = 900",
        "UPDATE search_rows SET label = 'Nobody' WHERE field = 'quote' AND id % 7 = 0",
        "UPDATE search_words_data SET block = zeroblob(length(block)) WHERE id > 100",
        "DROP TABLE search_words",
    ],
)
def test_what_is_not_what_the_records_say_is_told(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "damaged"
    living.build(path, arrivals())
    connection = sqlite3.connect(path / RECORDS)
    assert connection.execute(damage).rowcount != 0
    connection.commit()
    connection.close()
    with pytest.raises(BuildError, match="index of words"):
        check_words(living.open_build(path))


def test_names_of_parameters_mean_the_same_with_and_without_the_index(folder: Path) -> None:
    """`kg query` looks names up in the index where there is one, else in all of the graph."""
    _, label = person(folder)
    dataset = open_target(str(folder)).dataset
    with reading(folder) as worker:
        reader = Reader(worker, 60)
        for name, values in {
            "names-of-a-person": {"person": label.lower()},
            "meetings-of-a-state": {"state": "Japan"},
            "legal-record-of-a-material": {"material": "gallium"},
        }.items():
            question = find_question(name)
            assert reader.rows(question, values) == run(dataset, question, values)


def test_the_command_writes_hits(folder: Path) -> None:
    iri, label = person(folder)
    done = CliRunner().invoke(main, ["search", *label.split(), "-b", str(folder), "-f", "json"])
    assert done.exit_code == 0
    hits = json.loads(done.stdout)["results"]["bindings"]
    assert hits[0]["iri"]["value"] == iri
    assert hits[0]["matched"]["value"] in {"label", "name"}
    none = CliRunner().invoke(main, ["search", "xyzzyqq", "-b", str(folder), "-f", "csv"])
    assert none.exit_code == 0
    assert "nothing bears these words" in none.stderr


def test_a_folder_without_a_build_is_told(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no build here"):
        search(tmp_path / "none", "anything")
