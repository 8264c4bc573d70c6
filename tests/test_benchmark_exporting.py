"""The measurement of exports, at a small size: every format says what the engine's dump says."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from benchmarks.exporting import DUMP, FORMS, by_rdflib, one
from benchmarks.generate import articles
from kg import living
from kg.living import Arrival
from kg.site.exports import FOLDER_FORMATS

READ = {
    "nquads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD,
    "ntriples": RdfFormat.N_TRIPLES, "turtle": RdfFormat.TURTLE, "rdfxml": RdfFormat.RDF_XML,
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exporting") / "build"
    living.build(folder, (Arrival(each, said, ("made/1",)) for each, said in articles(8)))
    return folder


@pytest.mark.parametrize("form", READ)
def test_a_format_holds_what_the_engine_dumps(form: str, folder: Path, tmp_path: Path) -> None:
    dumped = one(folder, DUMP, tmp_path / "dump")
    cost = one(folder, form, tmp_path / "out")
    quads = set(parse(path=str(tmp_path / "dump"), format=RdfFormat.N_QUADS))
    found = set(parse(path=str(tmp_path / "out"), format=READ[form]))
    if form in {"ntriples", "turtle", "rdfxml"}:
        assert {each.triple for each in found} == {each.triple for each in quads}
    else:
        assert found == quads
    assert cost.statements == dumped.statements == len(quads)


@pytest.mark.parametrize("form", [form for form in FORMS if form not in {DUMP, *READ}])
def test_every_other_format_is_measured_too(form: str, folder: Path, tmp_path: Path) -> None:
    cost = one(folder, form, tmp_path / "out")
    assert cost.written > 1000
    assert (tmp_path / "out").is_dir() == (form in FOLDER_FORMATS)


def test_rdflib_writes_as_many_statements(folder: Path, tmp_path: Path) -> None:
    assert by_rdflib(folder).statements == one(folder, DUMP, tmp_path / "dump").statements
