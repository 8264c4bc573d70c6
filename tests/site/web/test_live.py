"""A site over a build that changes: the new state is shown whole; requests end as they began."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from benchmarks.generate import articles as generated
from kg import living
from kg.errors import BuildError
from kg.living import Arrival
from kg.serving import hold, mark
from kg.site.model import Holding
from kg.site.web.app import application
from kg.site.web.live import Live
from kg.site.web.state import State
from tests.site.web.conftest import QUICK


def add(build: Path) -> str:
    """Put one more article into a build; give its id."""
    *_, (article, claims) = generated(5)
    living.update(build, lambda corpus: corpus.put(Arrival(article, claims, ("made/1",))))
    return article.id


def test_what_is_added_is_shown_and_asked(own_build: Path) -> None:
    live = Live(lambda: hold(own_build, None, QUICK), lambda: mark(own_build), every=0)
    site = TestClient(application(live), follow_redirects=False)
    try:
        before = site.get("/id/state/JP.nt")
        count = "SELECT (COUNT(*) AS ?n) { ?a a cmq:Article }"
        old = site.get("/sparql", params={"query": count, "format": "csv"}).text
        name = add(own_build)
        assert site.get(f"/id/article/{name}.ttl").status_code == 200
        assert site.get("/sparql", params={"query": count, "format": "csv"}).text != old
        after = site.get("/id/state/JP.nt", headers={"if-none-match": before.headers["etag"]})
        assert after.status_code == 200, "its ETag is that of another state"
    finally:
        live.close()


def test_a_state_is_ended_by_the_last_who_reads_in_it(shown: Holding) -> None:
    ended: list[bool] = []
    holding = Holding(
        shown.dataset, shown.iris, shown.digest, shown.questions, shown.search, shown.ask,
        shown.serialise, shown.article, close=lambda: ended.append(True),
    )  # fmt: skip
    state = State(holding)
    with state:
        with state:
            state.retire()
        assert ended == []
    assert ended == [True]


def test_a_change_that_cannot_be_opened_leaves_the_old_state(shown: Holding) -> None:
    marks = iter(range(100))
    opened = iter([shown])

    def opening() -> Holding:
        found = next(opened, None)
        if found is None:
            raise BuildError("somewhere", "is half written; wait")
        return found

    live = Live(opening, lambda: next(marks), every=0)
    site = TestClient(application(live))
    assert site.get("/id/state/JP.ttl").status_code == 200
    assert site.get("/id/state/JP.nt").status_code == 200


def test_it_is_looked_for_changes_once_in_a_while(shown: Holding) -> None:
    looks: list[int] = []
    live = Live(lambda: shown, lambda: looks.append(1), every=3600)
    site = TestClient(application(live))
    for number in range(5):
        site.get(f"/id/state/JP.ttl?{number}")
    assert len(looks) == 1, "at the start"


@pytest.mark.parametrize("name", ["graph.trig", "missing"])
def test_other_targets_have_marks_too(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "missing":
        assert mark(path) is None
        return
    path.write_text("<a:a> <a:b> 1 .")
    before = mark(path)
    path.write_text("<a:a> <a:b> 1 , 2 .")
    assert mark(path) != before
