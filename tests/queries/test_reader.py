"""Questions asked in a process of its own: the same answers, and limits that hold."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.errors import BuildError, LimitError, QueryError
from kg.graph.model import Dataset
from kg.queries.catalogue import find_question, question_of
from kg.queries.reader import Reader, reading
from kg.queries.run import run, run_text

FILE = Path(__file__).parent.parent / "data" / "competency" / "commitments-of-a-state.trig"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with reading(FILE) as worker:
        yield Reader(worker, 30)


def test_rows_are_those_of_the_dataset(reader: Reader, dataset: Dataset) -> None:
    question = find_question("commitments-of-a-state")
    assert reader.rows(question, {"state": "Norway"}) == run(dataset, question, {"state": "Norway"})
    for text in ("ASK { ?s a cmq:Claim }", "DESCRIBE <commitment/c2>", "SELECT * { ?s ?p ?o }"):
        mine = question_of("mine", text)
        for limit in (None, 0, 2):
            found = reader.rows(mine, {}, limit)
            assert found.truncated == run(dataset, mine, limit=limit).truncated
            assert sorted(map(str, found.rows[:9])) or limit == 0 or found.verdict is True
            assert len(found) == len(run(dataset, mine, limit=limit))


def test_the_first_row_comes_before_the_last_is_found(reader: Reader) -> None:
    coming = reader.stream(question_of("mine", "SELECT ?s ?p ?o { ?s ?p ?o }"), {})
    assert coming.head.columns == ("s", "p", "o")
    assert len(list(coming.rows)) == len(reader.rows(question_of("m", "SELECT * {?s ?p ?o}"), {}))


def test_answers_are_serialised(reader: Reader, dataset: Dataset) -> None:
    text = "SELECT ?l { <state/NO> rdfs:label ?l } ORDER BY ?l"
    parts = reader.serialised(question_of("mine", text), "application/sparql-results+json")
    labels = [each["l"]["value"] for each in json.loads(b"".join(parts))["results"]["bindings"]]
    assert labels == [row[0] for row in run_text(dataset, text).values()]
    built = question_of("mine", "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }")
    assert b"Claim" in b"".join(reader.serialised(built, "application/n-triples"))
    with pytest.raises(QueryError, match="is no form for the answer"):
        list(reader.serialised(built, "text/csv"))


def test_graphs_are_those_asked_for(reader: Reader) -> None:
    text = question_of("mine", "ASK { ?s ?p ?o }")
    parts = reader.serialised(text, "application/sparql-results+json", ("https://x.example/",))
    assert json.loads(b"".join(parts))["boolean"] is False


def test_what_reaches_out_or_is_ill_formed_is_refused(reader: Reader) -> None:
    for text, told in {
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }": "SERVICE is refused",
        "SELECT * { ?s ?p": "never closed",
        "LOAD <file:///etc/passwd>": "LOAD is refused",
    }.items():
        with pytest.raises(QueryError, match=told):
            reader.rows(question_of("mine", text), {})
        with pytest.raises(QueryError, match=told):
            list(reader.serialised(question_of("mine", text), "text/csv"))
    assert reader.rows(question_of("mine", "ASK {}"), {}).verdict


def test_a_query_without_end_is_ended() -> None:
    with reading(FILE) as worker:
        reader = Reader(worker, 1)
        with pytest.raises(LimitError, match="not there after 1 seconds"):
            reader.rows(question_of("mine", ENDLESS), {})
        assert not worker.alive


def test_an_answer_that_is_too_large_is_none() -> None:
    with reading(FILE) as worker:
        parts = Reader(worker, 30, largest=1000).serialised(
            question_of("mine", "SELECT * { ?s ?p ?o }"), "text/csv"
        )
        with pytest.raises(LimitError, match="more than 1,000 bytes"):
            list(parts)


def test_a_missing_build_is_told(tmp_path: Path) -> None:
    with reading(tmp_path / "none") as worker, pytest.raises(BuildError, match="no build here"):
        Reader(worker, 30).rows(question_of("mine", "ASK {}"), {})


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_whoever_stops_the_command_leaves_no_process_behind(
    how: signal.Signals, tmp_path: Path
) -> None:
    query = tmp_path / "endless.rq"
    query.write_text(ENDLESS)
    command = [sys.executable, "-m", "kg", "query", str(query), "-b", str(FILE)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as asked:
        child = awaited(lambda: children(asked.pid))[0]
        time.sleep(0.5)
        asked.send_signal(how)
        assert asked.wait(20) == (130 if how is signal.SIGINT else -signal.SIGKILL)
    awaited(lambda: [True] if not Path(f"/proc/{child}").exists() else [])


def children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()


def awaited(found: Callable[[], list[Any]]) -> list[Any]:
    for _ in range(400):
        if now := found():
            return now
        time.sleep(0.05)
    raise AssertionError("it did not happen")
