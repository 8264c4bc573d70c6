"""The gate before the parser: what reaches out, changes data or nests too deep never passes."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.graph.model import Dataset
from kg.queries.gate import MAX_DEPTH, MAX_LENGTH, MAX_OPERATORS, check
from kg.queries.run import run_text

EMPTY = Dataset.of([])


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { SerVice<http://127.0.0.1:9/>{ ?s ?p ?o } } }",
        'SELECT * { ?s ?p "a#" . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }',
        "SELECT * { ?s <http://x/#> ?o . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s <http://x/\\u0041#> ?o . SERVICE <http://127.0.0.1:9/> {} }",
        "PREFIX e: <x:> SELECT * { ?s e:it\\'s ?o . SERVICE <http://127.0.0.1:9/> { } # '\n }",
        "PREFIX e: <x:> SELECT * { ?s e:a\\#b ?o . SERVICE <http://127.0.0.1:9/> { } }",
        "# harmless\nSELECT * { #\n SERVICE #\n <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '''it's''' . SERVICE <http://127.0.0.1:9/> { } }",
        'SELECT * { ?s ?p """say "hi\\"""" . SERVICE <http://127.0.0.1:9/> { } }',
    ],
)
def test_service_is_refused_however_it_hides(text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        run_text(EMPTY, text)


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <file:///etc/passwd>",
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "drop all",
        "CLEAR DEFAULT",
        "CREATE GRAPH <x:g>",
        "COPY DEFAULT TO <x:g>",
        "MOVE DEFAULT TO <x:g>",
        "ADD DEFAULT TO <x:g>",
        "SELECT * { } ; LOAD <http://127.0.0.1:9/>",
    ],
)
def test_updates_are_refused(text: str) -> None:
    with pytest.raises(QueryError, match="is refused: queries never change data"):
        run_text(EMPTY, text)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s ?p "SERVICE <http://x/> { DROP ALL }" }',
        "SELECT * { ?s ?p '''SERVICE \n LOAD''' } # INSERT DATA",
        "PREFIX load: <x:> SELECT ?service { ?service load:SERVICE <x:DROP> }",
        "SELECT * { ?s ?p ?a . FILTER(?a < 3 && ?a > 1) }",
    ],
)
def test_the_words_may_stand_in_texts_names_and_comments(text: str) -> None:
    assert run_text(EMPTY, text).rows == ()


@pytest.mark.parametrize("opening", ["{", "(", "[", "{(["])
def test_deep_nesting_is_refused_before_it_is_parsed(opening: str) -> None:
    with pytest.raises(QueryError, match=r"q:1:\d+: nested deeper"):
        check("q", "SELECT * {" + opening * MAX_DEPTH)
    with pytest.raises(QueryError, match="nested deeper"):
        check("q", "SELECT * " + opening * 5000)


@pytest.mark.parametrize("chain", ["!", "1+", "{} UNION ", "^", "<x:p>/"])
def test_long_chains_are_refused_before_they_are_parsed(chain: str) -> None:
    with pytest.raises(QueryError, match="operators"):
        check("q", "SELECT * { " + chain * (MAX_OPERATORS + 1))


def test_long_texts_and_open_strings_are_refused() -> None:
    with pytest.raises(QueryError, match="split the query"):
        check("q", "#" * (MAX_LENGTH + 1))
    with pytest.raises(QueryError, match="q:1:17: a string starts here"):
        check("q", 'SELECT * { ?s a "b }')


def test_what_the_gate_lets_through_does_not_kill_the_process() -> None:
    """The deepest and longest query that passes is parsed and answered."""
    deepest = "SELECT * " + "{" * MAX_DEPTH + "}" * MAX_DEPTH
    assert len(run_text(EMPTY, deepest)) == 1
    longest = "SELECT (" + "1+" * (MAX_OPERATORS - 1) + "1 AS ?n) {}"
    assert run_text(EMPTY, longest).values() == [[str(MAX_OPERATORS)]]
    negated = "ASK { FILTER(" + "!" * (MAX_OPERATORS - 2) + "true) }"
    assert run_text(EMPTY, negated).verdict is True
