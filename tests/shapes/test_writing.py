"""Every form of the report says the same, is well-formed, and is the same for the same report."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import rdflib
from junitparser import Failure, JUnitXml
from pyoxigraph import BlankNode, Literal, NamedNode
from rdflib import RDF, SH

from kg.shapes.model import Finding, Place, Report
from kg.shapes.paths import path_text
from kg.shapes.writing import FORMATS, Format, write_report

SCHEMA = json.loads((Path(__file__).parent / "sarif-2.1.0-subset.schema.json").read_text())
HOSTILE = "\x1b[31m]]>\x00<b>&\"'\u202e\ud800\ufffe\n```"


@pytest.fixture
def hostile(report: Report) -> Report:
    """The report with text in every field that no format may stumble over."""
    place = Place(HOSTILE, 1, 2, 3, HOSTILE, "line", "^^^")
    text = HOSTILE.replace("\ud800", "")
    return replace(
        report,
        findings=tuple(
            replace(each, message=text, place=place, focus=BlankNode("b0"), value=Literal(text))
            for each in report.findings[:1]
        ),
    )


def test_text_names_place_message_and_shape_and_quotes_the_line(report: Report) -> None:
    paragraphs = write_report(report).split("\n\n")
    (warning,) = [each for each in paragraphs if "warning: " in each]
    first, line, underline, node = warning.splitlines()
    assert first == (
        "one:3:47: warning: Let cmq:attendee lead to a cmq:Person."
        " [<http://x.example/Claim-attendee>]"
    )
    assert line[underline.index("^") : underline.rindex("^") + 1] == "Mayor Ek"
    assert node.split() == ["<http://x.example/claim>", "cmq:attendee", "<http://x.example/ek>"]
    assert paragraphs[-1].startswith("2 violations, 1 warning, 1 info (")


def test_text_says_what_was_checked_where_all_is_well() -> None:
    assert write_report(Report((), ("a", "b"), 1234)) == (
        "Conforms: 1,234 statements, 2 shapes, no finding.\n"
    )


def test_json_holds_every_field(report: Report) -> None:
    read = json.loads(write_report(report, "json"))
    assert read["conforms"] is False
    assert read["counts"] == {"violation": 2, "warning": 1, "info": 1}
    warning = read["findings"][2]
    assert warning["quote"] == "Mayor Ek"
    assert (warning["article"], warning["line"], warning["column"], warning["endColumn"]) == (
        "one", 3, 47, 55,
    )  # fmt: skip
    assert warning["path"] == "<https://w3id.org/communique/def#attendee>"


def test_turtle_is_a_shacl_report_without_blank_nodes(report: Report) -> None:
    graph = rdflib.Graph().parse(data=write_report(report, "turtle"), format="turtle")
    (node,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(node, SH.conforms) == rdflib.Literal(False)
    results = list(graph.objects(node, SH.result))
    assert len(results) == 4
    for result in results:
        assert graph.value(result, SH.focusNode) is not None
        assert graph.value(result, SH.sourceConstraintComponent) is not None
        assert graph.value(result, SH.resultSeverity) in {SH.Violation, SH.Warning, SH.Info}
    assert not any(isinstance(term, rdflib.BNode) for triple in graph for term in triple)


def test_turtle_keeps_a_path_of_several_steps(report: Report) -> None:
    path = "<http://x.example/a>/^<http://x.example/b>"
    longer = replace(report, findings=(replace(report.findings[0], path=path),))
    written = write_report(longer, "turtle")
    assert written == write_report(longer, "turtle")
    graph = rdflib.Graph().parse(data=written, format="turtle")
    (found,) = graph.objects(None, SH.resultPath)
    assert path_text(graph, found) == "<http://x.example/a>/(^<http://x.example/b>)"


def test_junit_counts_violations_as_failures_and_shapes_that_hold_as_passed(
    report: Report,
) -> None:
    (suite,) = JUnitXml.fromstring(write_report(report, "junit").encode())
    assert suite.failures == 2
    cases = list(suite)
    assert suite.tests == len(cases)
    failed = [case for case in cases if any(isinstance(each, Failure) for each in case.result)]
    assert len(failed) == 2
    assert {case.name for case in failed} == {"one:3:1"}
    held = {case.classname for case in cases if case.name == "holds"}
    assert "cmqsh:Evidence-rereads" in held


def test_sarif_keeps_to_its_schema_and_points_at_the_line(report: Report) -> None:
    log = json.loads(write_report(report, "sarif"))
    jsonschema.validate(log, SCHEMA)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [each["level"] for each in run["results"]] == ["error", "error", "warning", "note"]
    for each in run["results"]:
        assert rules[each["ruleIndex"]]["id"] == each["ruleId"]
    region = run["results"][2]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (3, 47, 55)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_report_gives_the_same_text(report: Report, form: Format) -> None:
    written = write_report(report, form)
    assert written == write_report(report, form)
    assert written.endswith("\n")


def test_every_form_carries_hostile_text(hostile: Report) -> None:
    text = write_report(hostile, "text")
    assert "\x1b" not in text
    assert "\u202e" not in text
    (suite,) = JUnitXml.fromstring(write_report(hostile, "junit").encode())
    assert suite.failures == 1
    jsonschema.validate(json.loads(write_report(hostile, "sarif")), SCHEMA)
    assert json.loads(write_report(hostile, "json"))["findings"][0]["message"].startswith("\x1b[")
    graph = rdflib.Graph().parse(data=write_report(hostile, "turtle"), format="turtle")
    (result,) = graph.subjects(RDF.type, SH.ValidationResult)
    assert str(graph.value(result, SH.value)) == HOSTILE.replace("\ud800", "")


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_can_be_written_to_a_file(hostile: Report, form: Format, tmp_path: Path) -> None:
    (tmp_path / "report").write_text(write_report(hostile, form), encoding="utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_a_finding_without_a_place_is_written_too(form: Format) -> None:
    focus = NamedNode("http://x.example/a")
    finding = Finding("violation", "http://x.example/S", "http://x.example/C", focus, "Give one.")
    assert "http://x.example/a" in write_report(Report((finding,), (), 1), form)
