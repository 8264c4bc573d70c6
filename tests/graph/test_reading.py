"""RDF files of every format are read; broken ones say where and what to do; bombs are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse, serialize

from kg.errors import GraphError
from kg.graph.reading import dataset_from_file, formats

TURTLE = b'@prefix x: <http://x.example/> .\nx:a x:b "c"@en , 1 .\n'
TRIPLES = list(parse(TURTLE, format=RdfFormat.TURTLE))
WRITTEN = {
    "ttl": TURTLE,
    "trig": b"<http://x.example/g> { <http://x.example/a> <http://x.example/b> 1 }",
    "nt": serialize(TRIPLES, format=RdfFormat.N_TRIPLES),
    "nq": b"# first\n<http://x.example/a> <http://x.example/b> <http://x.example/c> "
    b"<http://x.example/g> .\n",
    "rdf": serialize(TRIPLES, format=RdfFormat.RDF_XML),
    "jsonld": serialize(TRIPLES, format=RdfFormat.JSON_LD),
}


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_a_format_is_known_by_its_extension_by_its_name_and_by_its_look(
    tmp_path: Path, name: str
) -> None:
    data = WRITTEN[name]
    assert data is not None
    path = tmp_path / f"data.{name}"
    path.write_bytes(b"\xef\xbb\xbf" + data if name in {"ttl", "nq"} else data)
    known = dataset_from_file(path)
    assert len(known) == len(dataset_from_file(data, name)) == len(dataset_from_file(data)) > 0


@pytest.mark.parametrize(
    ("data", "kind", "place", "told"),
    [
        (b"x:a x:b 1 .", "ttl", ":1:1", "prefix x: has not been declared; declare the prefix"),
        (b"<http://a/b>\n  <c> 1 .", "ttl", ":2:3", "write the IRI in full, or declare @base"),
        (b'<http://a/b> <http://a/c>\n "\xff" .', "ttl", ":2:3", "save the file as UTF-8"),
        (b'{"@id": ', "jsonld", ":1:9", "a value was expected; correct it there"),
        (b'{"@context": "http://x.example/c", "a": 1}', "json", "", "contexts are not fetched"),
        (b"<rdf:RDF><a></rdf:RDF>", "rdf", "", "Unknown prefix"),
    ],
)
def test_a_file_that_does_not_parse_names_the_place_and_the_way_out(
    data: bytes, kind: str, place: str, told: str
) -> None:
    with pytest.raises(GraphError) as caught:
        dataset_from_file(data, kind)
    assert caught.value.source == f"<stdin>{place}"
    assert told in caught.value.reason


def test_what_holds_no_statement_is_no_valid_graph(tmp_path: Path) -> None:
    path = tmp_path / "empty.ttl"
    path.write_bytes(b"# nothing\n")
    with pytest.raises(GraphError, match="holds no statement"):
        dataset_from_file(path)


def test_a_missing_file_and_an_unknown_format_are_named(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"none\.ttl: cannot be read \(No such file"):
        dataset_from_file(tmp_path / "none.ttl")
    with pytest.raises(GraphError, match="unknown format 'docx'; one of json, jsonld"):
        dataset_from_file(TURTLE, "docx")
    assert "turtle" in formats()


DEEP = 5_000


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<http://a/b> <http://a/c> " + b"[ <http://a/d> " * DEEP, "ttl"),
        (b"<http://a/b> <http://a/c> " + b"(" * DEEP, "trig"),
        (b"<http://a/b> <http://a/c> " + b"<<( " * DEEP, "nq"),
        (b'{"http://a/b": ' * DEEP + b"1" + b"}" * DEEP, "jsonld"),
    ],
)
def test_nesting_that_would_end_the_process_is_refused(data: bytes, kind: str) -> None:
    with pytest.raises(GraphError, match="nested deeper than 128; flatten it"):
        dataset_from_file(data, kind)


def test_brackets_in_text_are_no_nesting() -> None:
    data = b'<http://a/b> <http://a/c> """' + b"[(<<{" * 1000 + b'\\"""" , "((((" .'
    assert len(dataset_from_file(data, "ttl")) == 2
    many = b"<http://a/b> <http://a/c> [ <http://a/d> (1 2) ] .\n" * 300
    assert len(dataset_from_file(many, "ttl")) > 1000


@pytest.mark.parametrize("value", [b"&b;&b;", b"x" * 2000])
def test_an_xml_bomb_is_refused(value: bytes) -> None:
    data = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "' + value + b'">]><r>&a;</r>'
    with pytest.raises(GraphError, match="XML entity"):
        dataset_from_file(data, "rdf")


def test_entities_that_abbreviate_iris_are_read() -> None:
    data = (
        b'<?xml version="1.0"?><!DOCTYPE rdf:RDF [<!ENTITY x "http://x.example/">]>'
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description rdf:about="&x;a"><p xmlns="&x;">1</p></rdf:Description></rdf:RDF>'
    )
    assert len(dataset_from_file(data)) == 1
