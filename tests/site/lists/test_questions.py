"""Questions: every bundled one answers on its page, and the ways to ask elsewhere give the same."""

from __future__ import annotations

import csv
import io
import shlex
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import LimitError, QueryError
from kg.queries.catalogue import catalogue
from kg.queries.model import Parameter, Question, Rows, Term
from kg.site.asking.cells import Cells
from kg.site.asking.charts import charts
from kg.site.asking.section import MOST, SHOWN, Questions
from kg.site.asking.snippets import snippets
from kg.site.evidence import Evidence
from kg.site.looking import Look
from kg.site.model import Asked, Holding, Page, Section

Shown = Callable[[Section, str, Asked], tuple[Page, str]]
NAMES = [each.name for each in catalogue()]


@pytest.fixture(scope="module")
def questions(holding: Holding) -> Questions:
    return Questions(holding)


def fitting(questions: Questions, holding: Holding, name: str) -> dict[str, str]:
    """Values for what a question needs: the first that its own form suggests."""
    page = questions.page(f"question/{name}", {})
    assert page is not None
    claims = Look.of(holding).subjects("rdf:type", "https://w3id.org/communique/def#Claim")
    kinds = {"text": claims[0] if name == "evidence-of-a-claim" else "minister", "date": "2019"}
    return {
        each.name: each.options[0].value if each.options else kinds[each.kind]
        for each in page.context["asking"].inputs
        if each.required
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_question_answers_on_its_page(
    name: str, questions: Questions, holding: Holding, shown: Shown
) -> None:
    given = fitting(questions, holding, name)
    page, html = shown(questions, f"question/{name}", given)
    asking = page.context["asking"]
    assert page.status == 200, asking.error
    assert asking.answer is not None
    assert page.table is not None
    table = page.table()
    assert len(asking.answer.lines) == min(len(table), SHOWN)
    for line, row in zip(asking.answer.lines, table.rows, strict=False):
        assert len(line.cells) == len(row)
    assert page.title.replace("'", "&#39;") in html
    assert asking.text.count("SELECT") >= asking.question.text.count("SELECT")


def test_a_question_that_needs_a_value_asks_for_it(questions: Questions, shown: Shown) -> None:
    page, html = shown(questions, "question/meetings-of-a-state", {})
    assert page.status == 200
    assert page.context["asking"].answer is None
    assert 'name="state"' in html
    assert page.table is not None
    with pytest.raises(QueryError, match="state is missing"):
        page.table()


def test_wrong_values_are_said_beside_the_form(questions: Questions, shown: Shown) -> None:
    page, html = shown(questions, "question/meetings-of-a-state", {"state": "Atlantis<script>"})
    assert page.status == 400
    assert "nothing goes by this name" in html
    assert "--state" not in html.split("Ask the same elsewhere")[0]
    assert "Atlantis<script>" not in html
    page, html = shown(questions, "question/meetings-in-a-period", {"from": "last week"})
    assert page.status == 400
    assert "not a date" in html
    page, _ = shown(questions, "question/meetings-in-a-period", {"form": "2019"})
    assert page.status == 400
    assert "did you mean from" in page.context["asking"].error


def test_an_answer_that_takes_too_long_is_none(holding: Holding, shown: Shown) -> None:
    def late(question: Question, parameters: Mapping[str, str], limit: int | None = None) -> Rows:
        raise LimitError(question.name, f"took too long for {limit} rows of {parameters}")

    slow = Questions(replace(holding, ask=late))
    page, html = shown(slow, "question/claims-per-article", {})
    assert page.status == 503
    assert "took too long" in html
    assert page.table is not None
    with pytest.raises(LimitError):
        page.table()


def test_a_long_answer_says_that_it_is_cut_and_documents_hold_all(
    holding: Holding, shown: Shown
) -> None:
    rows = tuple((Term("literal", str(number)),) for number in range(MOST + 5))

    def many(question: Question, parameters: Mapping[str, str], limit: int | None = None) -> Rows:
        assert (question.name, parameters) == ("relative-dates", {})
        return Rows(("n",), rows[:limit], truncated=limit is not None)

    page, html = shown(
        Questions(replace(holding, ask=many)), "question/relative-dates", {"page": "2"}
    )
    assert "The answer is cut here" in html
    assert page.context["asking"].answer.first == SHOWN + 1
    assert page.table is not None
    assert len(page.table()) == MOST + 5


def test_names_lead_to_the_one_thing_that_bears_them(
    holding: Holding, questions: Questions
) -> None:
    page = questions.page("question/meetings-of-a-state", {"state": "US"})
    assert page is not None
    line = page.context["asking"].answer.lines[0]
    by_column = dict(zip(page.context["asking"].answer.rows.columns, line.cells, strict=True))
    assert by_column["stateName"].iri == holding.iris.of("state", "US")
    assert by_column["meetingName"].iri or by_column["meetingName"].search


def test_places_bring_their_sentences(questions: Questions) -> None:
    page = questions.page("question/commitments-of-a-modality", {})
    assert page is not None
    answer = page.context["asking"].answer
    assert answer.lines
    for line in answer.lines:
        told = dict(zip(answer.rows.columns, line.cells, strict=True))
        assert told["where"].text in {each.place for each in line.sources}
        assert told["quote"].text in {each.quote for each in line.sources}


def test_turtle_holds_what_the_rows_name(questions: Questions) -> None:
    page = questions.page("question/meetings-of-a-state", {"state": "US"})
    assert page is not None
    assert page.statements is not None
    subjects = {str(quad.subject) for quad in page.statements()}
    iris = {
        cell.iri for line in page.context["asking"].answer.lines for cell in line.cells if cell.iri
    }
    assert iris
    assert {f"<{iri}>" for iri in iris} <= subjects


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("meetings-of-a-state", {"state": "US"}),
        ("holders-of-an-office", {"office": 'it\'s a "minister"; $(ls) & co'}),
        ("holders-of-an-office", {"office": "--minister"}),
        ("claims-per-article", {}),
    ],
)
def test_the_command_gives_the_same_rows(
    name: str, given: dict[str, str], questions: Questions, holding: Holding
) -> None:
    command = next(each.text for each in snippets(name, given, "") if each.title == "Command")
    words = shlex.split(command)
    assert words[0] == "kg"
    result = CliRunner().invoke(main, [*words[1:], "--build", str(holding.folder)])
    assert result.exit_code == 0, result.output
    page = questions.page(f"question/{name}", given)
    assert page is not None
    assert page.table is not None
    assert list(csv.reader(io.StringIO(result.stdout))) == [
        list(page.table().columns),
        *page.table().values(),
    ]


def test_the_catalogue_is_searched_by_tag_and_words(questions: Questions, shown: Shown) -> None:
    page, html = shown(questions, "questions", {"tag": "names", "q": "person"})
    found = [each.name for group in page.context["groups"].values() for each in group]
    assert found == ["names-of-a-person"]
    page, html = shown(questions, "questions", {"q": "<b>nothing</b>"})
    assert "No question has these words" in html
    assert "<b>nothing" not in html
    page, html = shown(questions, "questions", {})
    assert all(f"question/{name}.html" in html for name in NAMES)


def test_every_chart_names_columns_of_its_question(questions: Questions, holding: Holding) -> None:
    for chart in charts():
        page = questions.page(
            f"question/{chart.question}", fitting(questions, holding, chart.question)
        )
        assert page is not None
        columns = page.context["asking"].answer.rows.columns
        assert {chart.by, *filter(None, [chart.add])} <= set(columns), chart.question


def test_a_chart_counts_what_the_table_holds(questions: Questions) -> None:
    page = questions.page("question/claims-per-article", {})
    assert page is not None
    assert page.table is not None
    chart = page.context["asking"].answer.chart
    assert chart is not None
    assert sum(bar.number for bar in chart.bars) == sum(
        int(row[-1]) for row in page.table().values()
    )


def test_forms_suggest_what_the_graph_holds(questions: Questions) -> None:
    page = questions.page("question/commitments-of-a-state", {})
    assert page is not None
    state, modality = page.context["asking"].inputs
    assert (state.kind, modality.kind) == ("suggested", "choice")
    assert {"JP", "US"} <= {each.value for each in state.options}
    assert len(state.options) > 190
    assert {each.value for each in modality.options} == {
        "considering", "planned", "reaffirmed", "pledged", "agreed"
    }  # fmt: skip


def test_forms_of_large_graphs_look_at_some_of_what_may_be_named(
    holding: Holding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.site.asking.inputs._MOST", 5)
    page = Questions(holding).page("question/commitments-of-a-state", {})
    assert page is not None
    assert 5 <= len(page.context["asking"].inputs[0].options) <= 10  # states and blocs


def test_what_cannot_be_asked_yet_is_not_offered_elsewhere(questions: Questions) -> None:
    lacking, answered = (
        questions.page("question/contents-of-an-article", asked)
        for asked in ({}, {"article": "made-0-0000001"})
    )
    assert lacking is not None
    assert not lacking.context["asking"].snippets
    assert answered is not None
    assert bool(answered.context["asking"].snippets) == (answered.status == 200)


def test_every_parameter_has_an_input(questions: Questions) -> None:
    for question in catalogue():
        page = questions.page(f"question/{question.name}", {})
        assert page is not None
        names: list[Parameter] = list(question.parameters)
        assert [each.name for each in page.context["asking"].inputs] == [
            each.name for each in names
        ]


def test_cells_of_rows_without_names_are_texts(holding: Holding) -> None:
    look = Look.of(holding)
    cells = Cells(look, holding.iris, Evidence(holding, look))
    rows = Rows(("said", "xName"), ((Term("literal", "Japan"), Term("literal", "no such thing")),))
    (line,) = cells.lines(rows)
    assert [each.iri for each in line.cells] == [None, None]
