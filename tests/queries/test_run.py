"""Own queries and parameters: what a user types, and what is said when it does not fit."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import QueryError
from kg.graph.model import Dataset
from kg.queries.binding import bind, with_prefixes
from kg.queries.catalogue import catalogue, find_question, question_of
from kg.queries.model import Question, Term
from kg.queries.run import run, run_text
from kg.queries.writers import write
from kg.terms import DATA, PREFIXES

HOSTILE = [
    'x" } ; DROP ALL ; INSERT DATA { <a:a> <a:b> "c',
    "} UNION { ?s ?p ?o",
    '"""',
    "'''",
    "\\",
    "\\u0022 }",
    "line\nbreak\r\n\ttab",
    "null \x00 bell \x07",
    "\u202eright to left\u2028",
    "$value ?value %s {0}",
    "💥 斎藤 é e\u0301",
    "",
]


# ---- binding ---------------------------------------------------------------------


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_stay_values(value: str) -> None:
    found = run(Dataset.of([]), typed("string"), {"value": value})
    assert found.rows == ((Term("literal", value),),)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_it_went_in(value: str) -> None:
    found = run(Dataset.of([]), typed("string"), {"value": value})
    assert found.values() == [[value]]


@pytest.mark.parametrize(
    "value", ["http://x/ y", "http://x/<y>", 'http://x/"', "http://x/{y}", "a b"]
)
def test_what_is_no_iri_is_refused(value: str) -> None:
    with pytest.raises(QueryError, match="not an IRI"):
        run(Dataset.of([]), typed("iri"), {"value": value})


def test_an_iri_that_only_looks_like_one_is_refused() -> None:
    with pytest.raises(QueryError, match="is no valid uri"):
        bind("q", "SELECT * { ?s ?p ?o }", {"o": Term("uri", "x:> } DROP ALL #")})
    with pytest.raises(QueryError, match="is no valid bnode"):
        bind("q", "SELECT * { ?s ?p ?o }", {"o": Term("bnode", "b")})


def test_the_outermost_where_group_takes_the_values() -> None:
    text = "CONSTRUCT { ?s a ?o } WHERE { ?s ?p ?o { ?s a ?o } }"
    bound = bind("q", text, {"o": Term("literal", "x")})
    assert bound == text.replace("WHERE {", 'WHERE { VALUES (?o) { ("x") }')
    with pytest.raises(QueryError, match=r"no group"):
        bind("q", "DESCRIBE <x:y>", {"o": Term("literal", "x")})


def test_a_line_for_one_parameter_is_asked_with_its_value_and_stays_a_comment_elsewhere() -> None:
    text = "SELECT ?x WHERE {\n  #? o: FILTER(?x = <?>)\n  ?s ?p ?x\n}"
    value = Term("literal", 'a"b\n  #? o: } DROP ALL <?>')
    bound = bind("q", text, {"o": value})
    assert '\n  FILTER(?x = "a\\"b\\n  #? o: } DROP ALL <?>")\n' in bound
    assert "#? o: FILTER" in bind("q", text, {"s": value})


def test_a_line_may_be_for_several_parameters() -> None:
    lines = "#? o, s: FILTER(?x = <?>)", "?s ?p ?x .  # unless s, o", "?a ?b ?x"
    text = "\n".join(["SELECT ?x WHERE {", *(f"  {line}" for line in lines), "}"])
    value = Term("literal", "v")
    for names in ("o", "s", "so"):
        bound = bind("q", text, dict.fromkeys(names, value))
        assert bound.count('\n  FILTER(?x = "v")\n') == 1
        assert "?s ?p ?x" not in bound
    assert "?s ?p ?x .  # unless s, o" in bind("q", text, {"p": value})


def test_a_line_for_what_is_no_parameter_is_refused() -> None:
    for line in ("#? form: ?x ?p ?y .", "?x ?p ?y .  # unless other, form"):
        with pytest.raises(QueryError, match="is no parameter; declare its type"):
            question_of("q", f"SELECT * WHERE {{\n  {line}\n  ?s ?p ?o\n}}")


def typed(kind: str, more: str = "") -> Question:
    text = f"#+ parameters:\n#+   - {{name: value, type: {kind}, description: any{more}}}\n"
    return question_of("echo", f"{text}SELECT ?value WHERE {{ }}")


# ---- what users type -------------------------------------------------------------


TYPED = [
    ("commitments-of-a-state", "state", "NO", f"{DATA}state/NO"),
    ("commitments-of-a-state", "state", "Norway", f"{DATA}state/NO"),
    ("commitments-of-a-state", "state", "norway", f"{DATA}state/NO"),
    ("commitments-of-a-state", "state", "state/NO", f"{DATA}state/NO"),
    ("commitments-of-a-state", "state", f"{DATA}state/NO", f"{DATA}state/NO"),
    ("commitments-of-a-state", "state", f"<{DATA}state/NO>", f"{DATA}state/NO"),
    ("commitments-on-a-topic", "topic", "lithium", f"{PREFIXES['material']}lithium"),
    ("commitments-on-a-topic", "topic", "material:lithium", f"{PREFIXES['material']}lithium"),
    ("commitments-on-a-topic", "topic", "Battery Metals", f"{PREFIXES['material']}battery-metals"),
    ("commitments-on-a-topic", "topic", "battery-metals", f"{PREFIXES['material']}battery-metals"),
    ("commitments-on-a-topic", "topic", "recycling", f"{PREFIXES['topic']}recycling"),
    ("commitments-of-a-modality", "modality", "considering", f"{PREFIXES['modality']}considering"),
    ("contents-of-an-article", "article", "fjord-1", f"{DATA}article/fjord-1"),
]


@pytest.mark.parametrize(("name", "parameter", "value", "iri"), TYPED)
def test_names_codes_and_iris_mean_the_same(
    name: str, parameter: str, value: str, iri: str, dataset: Dataset
) -> None:
    question = find_question(name)
    by_value = run(dataset, question, {parameter: value})
    assert by_value.rows
    assert by_value == run(dataset, question, {parameter: iri})


def test_any_name_form_finds_the_person(dataset: Dataset) -> None:
    named = Dataset.of(
        [
            *dataset.quads(),
            quad("person/ann", "rdfs:label", "Ann Lee"),
            quad("person/ann", "cmq:name", node("name/1")),
            quad("name/1", "cmq:form", "Miss L."),
        ]
    )
    question = find_question("names-of-a-person")
    assert run(named, question, {"person": "miss l."}).rows == ()
    with pytest.raises(QueryError, match=r"nothing goes by this name; did you mean Ann Lee\?"):
        run(named, question, {"person": "Anne Lee"})


@pytest.mark.parametrize("typed", ["Republic of Tulvia", "the Republic of Tulvia", "The tulvia"])
def test_a_name_may_be_typed_with_its_article(typed: str) -> None:
    named = Dataset.of(
        [
            quad("state/TV", "rdfs:label", "Tulvia"),
            quad("state/TV", "skos:altLabel", "Republic of Tulvia"),
        ]
    )
    question = find_question("commitments-of-a-state")
    assert run(named, question, {"state": typed}).rows == ()
    with pytest.raises(QueryError, match="nothing goes by this name"):
        run(named, question, {"state": f"{typed} II"})


def test_a_name_of_two_things_is_not_guessed() -> None:
    twins = Dataset.of(quad(f"person/{n}", "rdfs:label", "Kim") for n in "ab")
    with pytest.raises(QueryError, match=f"give one of {DATA}person/a, {DATA}person/b"):
        run(twins, find_question("names-of-a-person"), {"person": "Kim"})
    with pytest.raises(QueryError, match="nothing goes by this name; give the name"):
        run(twins, find_question("commitments-of-a-state"), {"state": "Kim"})


def node(path: str) -> NamedNode:
    return NamedNode(DATA + path)


def quad(subject: str, name: str, value: str | NamedNode) -> Quad:
    prefix, _, local = name.partition(":")
    said = Literal(value) if isinstance(value, str) else value
    return Quad(node(subject), NamedNode(PREFIXES[prefix] + local), said, node("graph/identity"))


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("date", "2024-02-29", Term("literal", "2024-02-29", f"{PREFIXES['xsd']}date")),
        ("date", "2024-02", Term("literal", "2024-02", f"{PREFIXES['xsd']}gYearMonth")),
        ("date", "2024", Term("literal", "2024", f"{PREFIXES['xsd']}gYear")),
        ("integer", "-4", Term("literal", "-4", f"{PREFIXES['xsd']}integer")),
        ("decimal", "0.60", Term("literal", "0.6", f"{PREFIXES['xsd']}decimal")),
        ("iri", "cmq:Claim", Term("uri", f"{PREFIXES['cmq']}Claim")),
        ("iri", "https://x.example/é", Term("uri", "https://x.example/é")),
        ("iri", "claim/7f3a", Term("uri", f"{DATA}claim/7f3a")),
    ],
)
def test_values_are_typed(kind: str, value: str, term: Term) -> None:
    found = run(Dataset.of([]), typed(kind), {"value": value}).rows[0][0]
    assert found is not None
    assert (found.kind, found.datatype) == (term.kind, term.datatype)
    assert found.value.rstrip("0") == term.value.rstrip("0")


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("date", "2023-02-29", "no such date"),
        ("date", "2024-13", "no such date"),
        ("date", "yesterday", "give YYYY-MM-DD"),
        ("date", "2024-01-01T00:00", "give YYYY-MM-DD"),
        ("date", "２０２４", "give YYYY-MM-DD"),
        ("integer", "four", "not a number"),
        ("integer", "4.5", "not a number"),
        ("decimal", "NaN", "not a number"),
        ("decimal", "1e999999999", "not a number"),
        ("iri", "unknown", "not an IRI"),
        ("iri", "claim/", "not an IRI"),
        ("iri", "claim/a b", "not an IRI"),
    ],
)
def test_ill_typed_values_are_told(kind: str, value: str, told: str) -> None:
    with pytest.raises(QueryError, match=f"echo: --value .*: .*{told}"):
        run(Dataset.of([]), typed(kind), {"value": value})


def test_unknown_and_missing_names_are_told(dataset: Dataset) -> None:
    with pytest.raises(QueryError, match=r"no such query; did you mean commitments-of-a-state"):
        find_question("comitments-of-state")
    with pytest.raises(QueryError, match=r"did you mean attendees-of-a-meeting\?"):
        find_question("atendees")
    with pytest.raises(QueryError, match=r"no such query; `kg query` lists them"):
        find_question("xyzzy")
    question = find_question("commitments-of-a-state")
    with pytest.raises(QueryError, match=r"no parameter stat; did you mean state\?; it has state,"):
        run(dataset, question, {"stat": "NO"})
    with pytest.raises(QueryError, match=r"parameter state is missing .*add --state "):
        run(dataset, question, {})


def test_defaults_hold_unless_a_value_is_given(dataset: Dataset) -> None:
    question = find_question("commitments-of-a-modality")
    agreed, considering = (
        {row[0] for row in run(dataset, question, values).values()}
        for values in ({}, {"modality": "considering"})
    )
    assert (agreed, considering) == ({"agreed"}, {"considering"})


# ---- headers ---------------------------------------------------------------------


def test_a_header_that_breaks_its_form_is_told() -> None:
    for header, told in {
        "#+ summary: [": "not YAML",
        "#+ parameters:\n#+   - {name: s, type: colour, description: d}": "breaks its form",
        "#+ parameters:\n#+   - {name: x, type: iri, description: d}": "x is no variable",
        "#+ defaults:\n#+   - s: 1": "s is no parameter",
    }.items():
        with pytest.raises(QueryError, match=told):
            question_of("mine", f"{header}\nSELECT * {{ ?s ?p ?o }}")


def test_catalogue_names_are_unique_and_in_order() -> None:
    names = [(question.folder, question.name) for question in catalogue()]
    assert names == sorted(names)
    assert len({name for _, name in names}) == len(names)


# ---- own queries -----------------------------------------------------------------


def test_own_query_needs_no_prefixes_and_may_use_relative_iris(dataset: Dataset) -> None:
    found = run_text(dataset, "SELECT ?l { <state/NO> rdfs:label ?l } ORDER BY ?l")
    assert {row[0] for row in found.values()} == {"Norway"}


def test_own_query_may_declare_prefixes_differently(dataset: Dataset) -> None:
    text = "PREFIX rdfs: <x:> SELECT ?l { <state/NO> rdfs:label ?l }"
    assert run_text(dataset, text).rows == ()
    assert "PREFIX rdfs: <http://www.w3.org" not in with_prefixes(text)
    assert f"BASE <{DATA}>" in with_prefixes(text, DATA)


def test_every_form_gives_rows(dataset: Dataset) -> None:
    assert run_text(dataset, "ASK { <state/NO> a cmq:State }").verdict is True
    described = run_text(dataset, "DESCRIBE <commitment/c2>")
    assert described.columns == ("subject", "predicate", "object")
    assert {row[0] for row in described.values()} == {f"{DATA}commitment/c2"}
    built = run_text(dataset, "CONSTRUCT { ?s a cmq:Thing } WHERE { ?s a cmq:State }", limit=1)
    assert (built.form, len(built), built.truncated) == ("graph", 1, True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "SELECT * {\n  ?s cqm:party ?o }",
            r"mine:2:6: .*prefix cqm: is not declared; did you mean cmq",
        ),
        ("SELECT * {\n  ?s zzz:party ?o }", r"mine:2:6: .*declare it, or use cmq, "),
        ("SELECT *\nWEHRE { ?s ?p ?o }", r"mine:2:1: .*did you mean WHERE"),
        ("SELECT * { ?s a gallium }", r"mine:1:17: .*names need a prefix, texts need quotes"),
        ("SELECT * {\n ?s ?p ?o", r"mine:2:10: .*\{ of 1:10 is never closed; add }"),
        ("SELECT * { ?s ?p ?o }}", r"mine:1:22: .*closes nothing"),
        ("SELECT * { ?s ?p ?o . FILTER(?o > ) }", r"mine:1:\d+: .*an expression is missing"),
        ("", r"mine:1:1: .*it asks nothing; write SELECT"),
        ("SELECT ?s", r"mine:1:10: not SPARQL: expected .*\"{\""),
    ],
)
def test_syntax_errors_name_line_column_and_a_hint(text: str, told: str) -> None:
    with pytest.raises(QueryError, match=told):
        run_text(Dataset.of([]), text, "mine")


# ---- writers ---------------------------------------------------------------------

EVERYTHING = """
SELECT ?iri ?text ?number ?language ?nothing WHERE {
  VALUES (?iri ?text ?number ?language ?nothing) {
    (material:lithium "a|b <i>\\"c\\"\\n*d* _e_ f_g" 4 "été"@fr UNDEF)
    (<state/NO> "斎藤" 0.5 "x"@en UNDEF)
  }
}
"""
EXPECTED = Path(__file__).parent.parent / "data" / "rows"


@pytest.mark.parametrize("row_format", ["table", "csv", "json", "tsv", "markdown"])
def test_rows_are_written_as_expected(row_format: str) -> None:
    written = write(run_text(Dataset.of([]), EVERYTHING), row_format)
    assert written == (EXPECTED / f"everything.{row_format}").read_bytes().decode()


@pytest.mark.parametrize("row_format", ["table", "csv", "tsv", "markdown"])
def test_a_verdict_is_a_word(row_format: str) -> None:
    assert write(run_text(Dataset.of([]), "ASK {}"), row_format) == "true\n"
    assert write(run_text(Dataset.of([]), "ASK { ?s ?p ?o }"), row_format) == "false\n"
    assert '"boolean": true' in write(run_text(Dataset.of([]), "ASK {}"), "json")


def test_a_table_fits_its_terminal() -> None:
    rows = run_text(
        Dataset.of([]), "SELECT ?a ?b { VALUES (?a ?b) { ('斎藤健太郎先生の話' 'short') } }"
    )
    lines = write(rows, "table", width=20).splitlines()
    assert lines[-1] == "斎藤健太郎先…  short"


def test_prose_gives_way_before_places_do() -> None:
    values = "VALUES (?place ?quote) { ('some-article:12:1' 'Some long words here.') }"
    text = f"SELECT ?place ?quote {{ {values} }}"
    lines = write(run_text(Dataset.of([]), text), "table", width=36).splitlines()
    assert lines[-1] == "some-article:12:1  Some long words…"
    lines = write(run_text(Dataset.of([]), text), "table", width=20).splitlines()
    assert lines[-1] == "some…12:1  Some lon…"


def test_a_place_that_is_cut_keeps_its_line_and_column() -> None:
    values = (
        "VALUES ?place { 'ministers-of-five-states-meet-again:12:148' '日本:日本語日本語:日本語' }"
    )
    text = f"SELECT ?place {{ {values} }}"
    lines = write(run_text(Dataset.of([]), text), "table", width=21).splitlines()
    assert lines[-2:] == ["ministers-…ain:12:148", "日本:日本語…語:日本語"]


def test_a_table_shows_no_control_characters() -> None:
    rows = run(Dataset.of([]), typed("string"), {"value": "a\x1b[31mred\u202e\x07"})
    assert write(rows).splitlines()[-1] == "a�[31mred��"


def test_an_unknown_format_of_rows_is_told() -> None:
    with pytest.raises(QueryError, match="give one of table, csv, json, tsv, markdown"):
        write(run_text(Dataset.of([]), "ASK {}"), "xlsx")
