"""The lists of a large build: made beside, kept with it, checked, told of while they are made."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from kg.errors import BuildError, WorkerError
from kg.listing import Listing, check_lists
from kg.serving import Limits, hold
from kg.site.lists.making import key_of, told_by
from kg.site.lists.section import Lists
from kg.site.machines.describing import counted
from kg.site.model import Holding
from kg.site.web.pages import Wanted, answer
from kg.site.web.state import State


@pytest.fixture
def build(corpus_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(corpus_folder, tmp_path / "build"))


@pytest.fixture
def held() -> Iterator[Callable[[Path], Holding]]:
    made: list[Holding] = []

    def opened(path: Path) -> Holding:
        made.append(hold(path, limits=Limits(workers=1, large=0)))
        return made[-1]

    yield opened
    for each in made:
        each.close()


@pytest.fixture
def go_on(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Lists are made only once this is set."""
    given = Event()
    make = Listing._make

    def later(self: Listing, path: Path | None) -> None:
        given.wait(60)
        make(self, path)

    monkeypatch.setattr(Listing, "_make", later)
    return given


def kept(build: Path) -> list[Path]:
    return sorted(build.glob("lists-*"))


def test_lists_of_a_large_build_are_kept_with_it_and_say_the_same(
    build: Path, held: Callable[[Path], Holding], holding: Holding
) -> None:
    (build / "lists-0.sqlite").write_bytes(b"")
    with sqlite3.connect(build / "lists-1.sqlite") as other:
        other.execute("CREATE TABLE meta (key, value)")
        other.execute("INSERT INTO meta VALUES ('digest', 'of another state')")
    other.close()
    (build / "lists-2.sqlite.999999999.part").write_bytes(b"left by one that was killed")
    first = held(build)
    assert first.lists is not None
    path = first.lists(wait=True)
    assert kept(build) == [path]
    assert told_by(path)["key"] == key_of(first.digest, quotes=True)
    made = path.stat().st_mtime_ns
    again = held(build)
    assert again.lists is not None
    assert again.lists(wait=False) == path
    assert path.stat().st_mtime_ns == made
    here, there = Lists(again), Lists(holding)
    for name in here.specs:
        one, other_one = (each.page(f"list/{name}", {}) for each in (here, there))
        assert one is not None
        assert other_one is not None
        assert one.table is not None
        assert other_one.table is not None
        assert one.context == other_one.context
        assert one.table() == other_one.table()


def test_whoever_asks_meanwhile_hears_how_far_they_are(
    build: Path, held: Callable[[Path], Holding], go_on: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.listing._SHORT", 0.01)
    state = State(held(build))
    for path in ("list/claims.csv", "disagreements.ttl", "picture/matrix"):
        given = answer(state, Wanted(path, "", "text/html"))
        assert given.status == 503
        assert ("Retry-After", "5") in given.headers
        assert b"is being made" in given.body
    assert b'href="../assets/site.css"' in given.body  # of the picture
    for path in ("list/claims.html", "list/states.html", "disagreements"):
        given = answer(state, Wanted(path, "", "text/html"))
        assert given.status == 200
        assert ("Cache-Control", "no-store") in given.headers
        assert not given.etag
        assert b"is being made" in given.body
        assert 2 < given.body.count(b"<li><a href=") <= 50 + 12
    about = answer(state, Wanted("about.html", "", "text/html"))
    assert about.status == 200
    assert not about.etag
    narrowed = answer(state, Wanted("list/meetings.html", "state=JP", "text/html"))
    assert narrowed.status == 503
    assert ("Retry-After", "5") in narrowed.headers
    assert b"Look again" in narrowed.body
    assert answer(state, Wanted("id/state/JP.html")).status == 200
    go_on.set()
    assert state.holding.lists is not None
    state.holding.lists(wait=True)
    assert answer(state, Wanted("list/claims.html")).status == 200


def test_those_of_the_state_before_are_shown_meanwhile(
    build: Path, held: Callable[[Path], Holding], go_on: Event
) -> None:
    shown = held(build)
    assert shown.dataset.folder is not None
    before = Listing(shown.dataset.folder, shown.iris.base, "0" * 64, build, quotes=True)
    path = before(wait=True)
    state = State(shown)
    for asked in ("list/claims.html", "list/claims.csv", "disagreements.html", "picture/meetings"):
        given = answer(state, Wanted(asked, "", "text/html"))
        assert given.status == 200
        assert ("Cache-Control", "no-store") in given.headers
        assert not given.etag
        if not asked.endswith(".csv"):
            assert b"As of the data before their last change" in given.body
            assert b"<code>000000000000</code>" in given.body
    assert kept(build) == [path]
    go_on.set()
    assert state.holding.lists is not None
    assert state.holding.lists(wait=True) == kept(build)[-1] != path
    given = answer(state, Wanted("list/claims.html", "", "text/html"))
    assert given.etag
    assert b"As of the data before" not in given.body
    assert len(kept(build)) == 1


def test_a_build_that_may_not_be_written_to_is_left_alone(
    build: Path, held: Callable[[Path], Holding], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.listing.os.access", lambda *_: False)
    shown = held(build)
    assert shown.lists is not None
    path = shown.lists(wait=True)
    assert path.parent != build
    assert kept(build) == []
    assert Lists(shown).index("claims").size > 0


def test_lists_that_are_not_what_was_written_are_found(
    build: Path, held: Callable[[Path], Holding]
) -> None:
    shown = held(build)
    assert shown.lists is not None
    path = shown.lists(wait=True)
    check_lists(build)
    with sqlite3.connect(path) as database:
        database.execute("UPDATE entries SET label = 'another' WHERE number = 3")
    database.close()
    with pytest.raises(BuildError, match="not what was written"):
        check_lists(build)
    path.write_bytes(b"no database at all")
    with pytest.raises(BuildError, match="cannot be read"):
        check_lists(build)


def test_what_makes_them_ends_with_the_site(build: Path) -> None:
    shown = hold(build, limits=Limits(workers=1, large=0))
    assert shown.lists is not None
    shown.lists.begin()
    shown.close()
    with pytest.raises(WorkerError):
        shown.lists(wait=False)
    assert kept(build) == []


def test_what_a_large_graph_holds_is_counted_beside(
    build: Path, held: Callable[[Path], Holding], holding: Holding
) -> None:
    shown = held(build)
    assert shown.lists is not None
    shown.lists(wait=True)
    assert counted(shown) == counted(holding)


def test_documents_that_count_wait_for_it(
    build: Path, held: Callable[[Path], Holding], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Listing, "_make", lambda *_: None)
    monkeypatch.setattr("kg.listing._SHORT", 0.01)
    state = State(held(build))
    for path in (".well-known/void", "void.jsonld", "completions.json"):
        assert answer(state, Wanted(path)).status == 503
    assert answer(state, Wanted("robots.txt")).status == 200
