"""The bundled questions: each file has its form, and on its own small graph gives its rows."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
import rdflib
import yaml
from pyoxigraph import parse
from rdflib.plugins.sparql import prepareQuery

from kg.graph.model import Dataset
from kg.queries.binding import bind
from kg.queries.catalogue import catalogue
from kg.queries.model import Question
from kg.queries.parameters import Look, terms_of
from kg.queries.run import run
from kg.queries.tokens import tokens
from kg.terms import PREFIXES

DATA = Path(__file__).parent.parent / "data"
QUESTIONS = catalogue()
OWN_WARNING = "ignore::DeprecationWarning:rdflib.*"  # of rdflib about its own parsers
every_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.name)


def case_of(question: Question) -> Path:
    return DATA / question.folder / question.name


def dataset_of(question: Question) -> Dataset:
    return Dataset.of(parse(path=str(case_of(question).with_suffix(".trig"))))


def parameters_of(question: Question) -> dict[str, str]:
    path = case_of(question).with_suffix(".yaml")
    return dict(yaml.safe_load(path.read_text("utf-8"))) if path.exists() else {}


def expected_of(question: Question) -> list[list[str]]:
    with case_of(question).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@every_question
def test_question_gives_its_rows(question: Question) -> None:
    found = run(dataset_of(question), question, parameters_of(question))
    assert [list(found.columns), *found.values()] == expected_of(question)


@pytest.mark.filterwarnings(OWN_WARNING)
@every_question
def test_a_second_engine_gives_the_same_rows(question: Question) -> None:
    """The text, with the same terms bound, is plain SPARQL 1.1: rdflib answers alike."""
    dataset = dataset_of(question)
    terms = terms_of(question, parameters_of(question), Look(_ask_of(dataset)))
    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=case_of(question).with_suffix(".trig").read_text("utf-8"), format="trig")
    found = graph.query(bind(question.name, question.text, terms))
    rows: list[Any] = list(found)
    values = [["" if cell is None else str(cell) for cell in row] for row in rows]
    assert [[str(name) for name in found.vars or ()], *values] == expected_of(question)


def _ask_of(dataset: Dataset) -> Any:
    def ask(question: Question, terms: Any) -> Any:
        text = bind(question.name, question.text, terms)
        return run(dataset, Question(question.name, question.summary, text))

    return ask


@every_question
def test_expected_rows_are_there_and_differ(question: Question) -> None:
    _, *rows = expected_of(question)
    assert rows
    assert len({tuple(row) for row in rows}) == len(rows)


@every_question
def test_header_is_complete(question: Question) -> None:
    assert question.text.startswith("#+ summary: ")
    assert question.summary.endswith("?")
    assert question.description.endswith(".")
    assert question.tags[0] == {"competency": "competency", "reports": "report"}[question.folder]
    for parameter in question.parameters:
        assert parameter.description, parameter.name
        assert parameter.families or parameter.type not in {"concept", "entity"}, parameter.name


@every_question
def test_name_is_the_answer_in_kebab_case(question: Question) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", question.name)


@every_question
def test_prefixes_are_ours_sorted_and_all_in_use(question: Question) -> None:
    declared = re.findall(r"^PREFIX (\S+): +<(\S+)>$", question.text, re.MULTILINE)
    names = [name for name, _ in declared]
    used = {each.text.partition(":")[0] for each in tokens(question.text) if each.kind == "name"}
    assert names == sorted(names)
    assert set(names) == used
    assert all(PREFIXES[name] == namespace for name, namespace in declared)


@every_question
def test_order_is_total_and_a_second_parser_reads_it(question: Question) -> None:
    """Every column takes part in ORDER BY, so that no two different rows may change places."""
    prepared = prepareQuery(question.text)
    columns = {str(variable) for variable in prepared.algebra.PV}
    _, _, order = question.text.rpartition("ORDER BY")
    assert columns <= set(re.findall(r"\?(\w+)", order))


@every_question
def test_query_stays_within_forms_that_engines_do_fast(question: Question) -> None:
    assert not any(token.is_word("EXISTS", "GRAPH", "SERVICE") for token in tokens(question.text))


@every_question
def test_defaults_stand_in_the_text_too(question: Question) -> None:
    """A file run elsewhere, without our runner, asks with the same default."""
    for parameter in question.parameters:
        if parameter.default is not None:
            values = re.search(
                rf"^  VALUES \?{parameter.name} {{ (\S+) }}$", question.text, re.MULTILINE
            )
            assert values is not None, parameter.name
            assert parameter.default in values[1]


def test_there_are_enough_questions() -> None:
    folders = [question.folder for question in QUESTIONS]
    assert folders.count("competency") >= 24
    assert folders.count("reports") >= 6


def test_every_case_belongs_to_a_question() -> None:
    names = {str(case_of(question)) for question in QUESTIONS}
    for folder in ("competency", "reports"):
        for path in (DATA / folder).iterdir():
            assert str(path.with_suffix("")) in names, path.name
