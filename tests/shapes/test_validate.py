"""A dataset is judged by shapes, and every finding leads to the words at fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.articles.model import Article
from kg.errors import ShapesError
from kg.graph.model import Dataset
from kg.graph.store import Build
from kg.shapes import evidence
from kg.shapes.constraints import sparql_results
from kg.shapes.engine import results, shapes_graph
from kg.shapes.files import shapes_files
from kg.shapes.model import FailOn, Report, Severity, exit_status
from kg.shapes.rdf import graph_of
from kg.shapes.taking import taken_out
from kg.shapes.validate import validate


def found(report: Report) -> set[tuple[Severity, str, str]]:
    """Give severity, shape and place of each finding."""
    return {
        (each.severity, each.shape.rpartition("/")[2], str(each.place)) for each in report.findings
    }


def dataset_of(text: str) -> Dataset:
    return Dataset.of(parse(text, format=RdfFormat.TRIG))


def test_each_finding_stands_at_the_narrowest_words(report: Report) -> None:
    assert found(report) == {
        ("violation", "Claim-modality", "one:3:1"),
        ("violation", "MeetingShape", "one:3:1"),
        ("warning", "Claim-attendee", "one:3:47"),
        ("info", "DatingShape", "one:3:64"),
    }


def test_the_line_is_quoted_with_the_words_underlined(report: Report) -> None:
    (warning,) = [each for each in report.findings if each.severity == "warning"]
    assert warning.place is not None
    assert warning.place.quote == "Mayor Ek"
    line, underline = warning.place.excerpt, warning.place.underline
    assert line is not None
    assert underline is not None
    assert line[underline.index("^") : underline.rindex("^") + 1] == "Mayor Ek"


def test_findings_come_gravest_first_and_always_in_one_order(
    report: Report, data: str, ontology: Dataset, shapes: Path, articles: dict[str, Article]
) -> None:
    assert [each.severity for each in report.findings] == [
        "violation", "violation", "warning", "info",
    ]  # fmt: skip
    quads = list(parse(data, format=RdfFormat.TRIG))
    again = validate(Dataset.of(quads[::-1]), shapes, articles=articles, ontology=ontology)
    assert again == report


def test_classes_of_the_ontology_take_part(dataset: Dataset, shapes: Path, report: Report) -> None:
    """Without the ontology nobody knows that a meeting is an event."""
    alone = validate(dataset, shapes)
    assert "MeetingShape" in {shape for _, shape, _ in found(report)}
    assert "MeetingShape" not in {shape for _, shape, _ in found(alone)}


def test_a_sparql_constraint_is_named_and_its_message_filled(report: Report) -> None:
    (broken,) = [each for each in report.findings if each.constraint]
    assert broken.constraint == "http://x.example/Meeting-supported"
    assert broken.message == "http://x.example/meeting rests on http://x.example/claim."


def test_the_store_and_pyshacl_judge_sparql_constraints_alike(
    dataset: Dataset, ontology: Dataset, shapes: Path
) -> None:
    whole = Dataset.of([*dataset.quads(), *ontology.quads()])
    theirs = results(graph_of(whole.quads()), shapes_graph([shapes]), "shapes")
    graph = shapes_graph([shapes])
    ours = sparql_results(taken_out(graph), whole)
    expected = {each for each in theirs if each.constraint}
    assert len(expected) == 1
    assert set(ours) == expected
    assert [each for each in results(graph_of(whole.quads()), graph, "x") if each.constraint] == []


def test_the_bundled_shapes_are_judged_alike_too(bundled_build: Build) -> None:
    """All of pySHACL on a real build, against core by pySHACL and SPARQL by the store."""
    data = graph_of(bundled_build.dataset.quads())
    theirs = set(results(data, shapes_graph(shapes_files(None)), "bundled"))
    graph = shapes_graph(shapes_files(None))
    constraints = taken_out(graph)
    assert len(constraints) >= 5
    ours = {*sparql_results(constraints, bundled_build.dataset), *results(data, graph, "bundled")}
    assert ours == theirs


def test_a_shape_used_by_another_is_left_to_pyshacl(tmp_path: Path, shapes: Path) -> None:
    path = tmp_path / "more.ttl"
    path.write_text(
        shapes.read_text()
        + "b:Outer a sh:NodeShape ; sh:targetClass b:X ; sh:node b:MeetingShape ."
    )
    assert taken_out(shapes_graph([path])) == []
    assert len(taken_out(shapes_graph([shapes]))) == 1


def test_a_part_that_hides_the_focus_node_is_left_to_pyshacl(tmp_path: Path, shapes: Path) -> None:
    path = tmp_path / "more.ttl"
    hidden = "{ { SELECT ?value WHERE { ?value cmq:about $this } }"
    path.write_text(shapes.read_text().replace("{ ?value cmq:about $this .", hidden))
    assert taken_out(shapes_graph([path])) == []
    path.write_text(path.read_text().replace("{ SELECT ?value", "{ SELECT DISTINCT $this ?value"))
    assert len(taken_out(shapes_graph([path]))) == 1


@pytest.mark.parametrize("word", ["SERVICE <http://x.example/> { ?a ?b ?c }", "VALUES ?x { 1 }"])
def test_what_the_standard_forbids_in_a_constraint_is_no_verdict(
    tmp_path: Path, shapes: Path, dataset: Dataset, ontology: Dataset, word: str
) -> None:
    path = tmp_path / "more.ttl"
    path.write_text(shapes.read_text().replace("FILTER NOT", word + " FILTER NOT"))
    with pytest.raises(ShapesError, match="gave up"):
        validate(dataset, path, ontology=ontology)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('"Mayor', '"Major'), None),
        (("said on Monday", "said on Sunday"), "other words there"),
        (("oa:start 13", "oa:start 14"), "other words there"),
        (("oa:end 83", "oa:end 8300"), "ends at 84; not at 13–8300"),
        (("oa:start 13 ; ", ""), "has a position"),
        (('cmq:digest "', 'cmq:digest "0'), "have another"),
        (('dcterms:identifier "one"', 'dcterms:identifier "two"'), "'two' is not"),
    ],
)
def test_evidence_must_reread_identically(
    data: str, shapes: Path, articles: dict[str, Article], change: tuple[str, str], told: str | None
) -> None:
    dataset = dataset_of(data.replace(*change))
    report = validate(dataset, shapes, articles=articles)
    faults = [each.message for each in report.findings if each.shape == evidence.SHAPE]
    assert len(faults) == (0 if told is None else 1)
    assert told is None or told in faults[0]


def test_without_the_texts_the_graph_itself_gives_the_place(dataset: Dataset, shapes: Path) -> None:
    report = validate(dataset, shapes)
    (claim,) = [each for each in report.findings if each.shape.endswith("modality")]
    assert claim.place is not None
    assert str(claim.place) == "one:3:1"
    assert claim.place.excerpt is not None
    assert claim.place.excerpt.startswith("The port of Lund")


def test_words_within_a_quote_are_found_without_the_text(data: str, shapes: Path) -> None:
    """A dating has offsets only; the quote around it tells line and column."""
    two_lines = data.replace("ferries, Mayor", "ferries,\\nMayor")
    for text, place in ((data, "one:3:64"), (two_lines, "one:4:18")):
        report = validate(dataset_of(text), shapes)
        (dating,) = [each for each in report.findings if each.severity == "info"]
        assert dating.place is not None
        assert str(dating.place) == place
        line, underline = dating.place.excerpt, dating.place.underline
        assert line is not None
        assert underline is not None
        assert line[underline.index("^") : underline.rindex("^") + 1] == "Monday"
        assert dating.place.quote == "Monday"


def test_without_quotes_line_and_column_remain(data: str, shapes: Path) -> None:
    bare = "\n".join(line for line in data.splitlines() if "oa:exact" not in line)
    report = validate(dataset_of(bare.replace(", b:quote", "")), shapes)
    (claim,) = [each for each in report.findings if each.shape.endswith("modality")]
    assert claim.place is not None
    assert str(claim.place) == "one:3:1"
    assert claim.place.excerpt is None


def test_a_node_that_no_article_speaks_of_is_named_with_its_graph(shapes: Path) -> None:
    alone = dataset_of(
        "<http://x.example/g> { <http://x.example/c> a <https://w3id.org/communique/def#Claim> }"
    )
    (finding,) = validate(alone, shapes).findings
    assert finding.place is None
    assert finding.graphs == ("http://x.example/g",)


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        ("violation", [1, 1, 1, 0]),
        ("warning", [0, 1, 1, 0]),
        ("info", [0, 0, 1, 0]),
        (None, [0] * 4),
    ],
)
def test_the_exit_status_follows_what_shall_fail(
    report: Report, severity: Severity | None, expected: list[int]
) -> None:
    findings = tuple(each for each in report.findings if each.severity == severity)
    levels: list[FailOn] = ["violation", "warning", "info", "never"]
    judged = [exit_status(Report(findings, (), 1), level) for level in levels]
    assert judged == expected


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        (
            "@prefix x: <http://x.example/> .\nx:a y:b x:c .",
            ":2:5",
            "prefix y: has not been declared",
        ),
        ("<http://x.example/a> <http://x.example/b> 1 .", "", "holds no shape with a target"),
        ("", "", "holds no shape with a target"),
    ],
)
def test_shapes_that_cannot_be_read_are_no_verdict(
    tmp_path: Path, dataset: Dataset, text: str, place: str, told: str
) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text(text)
    with pytest.raises(ShapesError, match=told) as caught:
        validate(dataset, path)
    assert caught.value.source == f"{path}{place}"
    assert caught.value.status == 3


def test_missing_shapes_are_no_verdict(tmp_path: Path, dataset: Dataset) -> None:
    with pytest.raises(ShapesError, match="cannot be read"):
        validate(dataset, tmp_path / "none.ttl")
    with pytest.raises(ShapesError, match=r"holds no \.ttl file"):
        validate(dataset, tmp_path)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("sh:path cmq:modality ; sh:minCount 1", "sh:path cmq:modality ; sh:minCount 'x'"),
        ("sh:path cmq:modality ;", "sh:path [ ] ;"),
        ("sh:path cmq:modality ; sh:minCount 1", 'sh:path cmq:attendee ; sh:pattern "("'),
        ("{ ?value cmq:about", "{ { ?value cmq:about"),
        ("{ ?value cmq:about", "{ ?value nope:about"),
        ("SELECT $this ?value", "ASK"),
        ("b:ClaimShape a sh:NodeShape ;", "b:ClaimShape a sh:NodeShape ; sh:target b:x ;"),
        ("b:ClaimShape a sh:NodeShape ;", "b:ClaimShape a sh:NodeShape ; sh:rule b:x ;"),
        (
            "b:ClaimShape a sh:NodeShape ;",
            "b:ClaimShape a sh:NodeShape ; sh:qualifiedValueShape b:DatingShape ;",
        ),  # which the engine passes over on a node shape
    ],
)
def test_shapes_that_an_engine_cannot_follow_are_no_verdict(
    tmp_path: Path, dataset: Dataset, ontology: Dataset, shapes: Path, was: str, becomes: str
) -> None:
    path = tmp_path / "odd.ttl"
    assert was in shapes.read_text()
    path.write_text(shapes.read_text().replace(was, becomes))
    with pytest.raises(ShapesError):
        validate(dataset, path, ontology=ontology)


def test_a_folder_of_shapes_is_read_whole_and_blank_nodes_stay_apart(
    tmp_path: Path, dataset: Dataset
) -> None:
    shape = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<http://x.example/NAME> a sh:NodeShape ;"
        " sh:targetClass <https://w3id.org/communique/def#Claim> ; sh:property _:p .\n"
        "_:p sh:path <http://x.example/NAME-path> ; sh:minCount 1 .\n"
    )
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("first", "second"):
        (folder / f"{name}.ttl").write_text(shape.replace("NAME", name))
    report = validate(dataset, folder)
    assert sorted(each.path or "" for each in report.findings) == [
        "<http://x.example/first-path>", "<http://x.example/second-path>",
    ]  # fmt: skip
    assert {each.shape for each in report.findings} == {
        "http://x.example/first", "http://x.example/second",
    }  # fmt: skip


def test_the_bundled_shapes_judge_data_and_not_the_ontology() -> None:
    names = [path.name for path in shapes_files(None)]
    assert names == sorted(names)
    assert {"claims.ttl", "sources.ttl"} <= set(names)
    assert "ontology.ttl" not in names


def test_statements_about_statements_are_no_verdict(shapes: Path) -> None:
    quoted = dataset_of("<http://x/a> <http://x/b> <<( <http://x/c> <http://x/d> 1 )>> .")
    with pytest.raises(ShapesError, match="statements about statements"):
        validate(quoted, shapes)
