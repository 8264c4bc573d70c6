"""The bundled questions: each file has its form, and on its own small graph gives its rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

from benchmarks.asking import askings
from kg.graph.model import Dataset
from kg.queries.binding import bind
from kg.queries.catalogue import catalogue
from kg.queries.model import Question
from kg.queries.parameters import Look, terms_of
from kg.queries.run import run
from kg.queries.tokens import tokens
from kg.terms import PREFIXES

CaseOf = Callable[[Question], Any]
QUESTIONS = catalogue()
OWN_WARNING = "ignore::DeprecationWarning:rdflib.*"  # of rdflib about its own parsers
STRANGE = {
    "concept": "https://example.org/nothing",
    "entity": "https://example.org/nothing",
    "iri": "https://example.org/nothing",
    "string": "no such words",
    "date": "1000-01-01",
    "decimal": "-1",
}
TWO_WAYS = [each for each in QUESTIONS if "# unless " in each.text]
every_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.name)


@every_question
def test_question_gives_its_rows(question: Question, case_of: CaseOf) -> None:
    case = case_of(question)
    found = run(case.dataset(), question, case.parameters())
    assert [list(found.columns), *found.values()] == case.expected()


@pytest.mark.filterwarnings(OWN_WARNING)
@every_question
def test_a_second_engine_gives_the_same_rows(question: Question, case_of: CaseOf) -> None:
    """The text, with the same terms bound, is plain SPARQL 1.1: rdflib answers alike."""
    case = case_of(question)
    terms = terms_of(question, case.parameters(), Look(_ask_of(case.dataset())))
    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=case.path(".trig").read_text("utf-8"), format="trig")
    found = graph.query(bind(question.name, question.text, terms))
    rows: list[Any] = list(found)
    values = [["" if cell is None else str(cell) for cell in row] for row in rows]
    assert [[str(name) for name in found.vars or ()], *values] == case.expected()


def _ask_of(dataset: Dataset) -> Any:
    def ask(question: Question, terms: Any) -> Any:
        text = bind(question.name, question.text, terms)
        return run(dataset, Question(question.name, question.summary, text))

    return ask


@every_question
def test_expected_rows_are_there_and_differ(question: Question, case_of: CaseOf) -> None:
    _, *rows = case_of(question).expected()
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


@every_question
def test_each_parameter_narrows_the_answer(question: Question, case_of: CaseOf) -> None:
    """What nothing in the data is, gives no rows: a parameter is never silently ignored."""
    case = case_of(question)
    for parameter in question.parameters:
        strange = STRANGE.get(parameter.type)
        if strange is not None and parameter.name not in {"from", "to"}:
            found = run(case.dataset(), question, {**case.parameters(), parameter.name: strange})
            assert not found.rows, parameter.name


@pytest.mark.parametrize("question", TWO_WAYS, ids=lambda each: each.name)
def test_what_is_found_by_a_value_is_found_among_all(question: Question, case_of: CaseOf) -> None:
    """What is read whole and what is looked up by a value are two ways to the same rows."""
    case = case_of(question)
    dataset = case.dataset()
    defaults = {each.name for each in question.parameters if each.default is not None}
    given = {name: told for name, told in case.parameters().items() if name in defaults}
    fixed = terms_of(question, given, Look(_ask_of(dataset)))
    found: list[list[str]] = []
    everything = run(dataset, question, given).values()
    for _, values in askings(question, dataset):
        for terms in filter(None, values):
            text = bind(question.name, question.text, {**fixed, **terms})
            found += run(dataset, Question(question.name, "", text)).values()
    assert found
    assert all(row in everything for row in found)


@every_question
def test_what_needs_no_parameter_is_declared_a_scan(question: Question) -> None:
    """Only the legal record does not grow with the corpus."""
    needs_one = any(each.required for each in question.parameters)
    assert question.scans == (not needs_one and question.name != "entries-of-the-legal-record")


def test_there_are_enough_questions() -> None:
    folders = [question.folder for question in QUESTIONS]
    assert folders.count("competency") >= 24
    assert folders.count("reports") >= 6


def test_every_case_belongs_to_a_question(case_of: CaseOf) -> None:
    paths = [case_of(question).path(".trig") for question in QUESTIONS]
    names = {path.with_suffix("") for path in paths}
    for folder in {path.parent for path in paths}:
        for path in folder.iterdir():
            assert path.with_suffix("") in names, path.name
