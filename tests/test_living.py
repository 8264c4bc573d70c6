"""What is in the corpus decides, not how it came there; and a change is whole or not there."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.generate import articles
from kg import living
from kg.articles.model import Field
from kg.claims.model import Claim
from kg.errors import ArticleError, BuildError
from kg.graph import tables
from kg.graph.literals import date, plain
from kg.graph.minting import Mint
from kg.graph.store import Build
from kg.graph.swapping import locked
from kg.graph.terms import term
from kg.iris import digest
from kg.living import Arrival, open_build
from tests.conftest import ROOT

COUNT = 24
HISTORY = b"/graph/history> ."


@pytest.fixture(scope="module")
def arrived() -> list[Arrival]:
    """Generated articles that speak of the same meetings and persons."""
    return [Arrival(article, tuple(claims)) for article, claims in articles(COUNT, seed=4)]


@pytest.fixture(scope="module")
def whole(arrived: list[Arrival], tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The statements of the full build."""
    return statements(living.build(tmp_path_factory.mktemp("whole") / "b", arrived))


def statements(build: Build) -> list[bytes]:
    """The sorted lines of the graph, but for its history."""
    return [line for line in build.dataset.nquads().splitlines(True) if HISTORY not in line]


def ids(arrived: Sequence[Arrival]) -> list[str]:
    return [each.article.id for each in arrived]


def in_parts(arrived: Sequence[Arrival], chance: random.Random) -> Iterator[list[Arrival]]:
    left = chance.sample(arrived, len(arrived))
    while left:
        size = chance.choice([1, 1, 2, 5])
        yield left[:size]
        left = left[size:]


# ---- the outcome -------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_articles_added_in_any_order_give_the_full_build(
    seed: int, arrived: list[Arrival], whole: list[bytes], tmp_path: Path
) -> None:
    first, *others = in_parts(arrived, random.Random(seed))
    living.build(tmp_path / "b", first)
    for part in others:
        living.add(tmp_path / "b", part)
    build = open_build(tmp_path / "b")
    assert statements(build) == whole
    build.check_store()


def test_articles_without_a_date_are_bounded_alike_in_any_order(
    arrived: list[Arrival], tmp_path: Path
) -> None:
    """Half of them lose their date; what they report bounds them, whichever article tells it."""
    some = [undated(each) if place % 2 else each for place, each in enumerate(arrived[:12])]
    expected = living.build(tmp_path / "whole", some)
    bounded = list(expected.dataset.quads(None, term("cmq:appearedFrom")))
    assert bounded
    living.build(tmp_path / "b", some[::-1][:5])
    for each in some[::-1][5:]:
        living.add(tmp_path / "b", [each])
    assert statements(open_build(tmp_path / "b")) == statements(expected)
    living.replace_articles(tmp_path / "b", [arrived[1]])
    living.replace_articles(tmp_path / "b", [undated(arrived[0])])
    living.retract(tmp_path / "b", [some[2].article.id], "withdrawn")
    left = [undated(arrived[0]), arrived[1], *some[3:]]
    other = living.build(tmp_path / "left", left)
    build = open_build(tmp_path / "b")
    assert statements(build) == statements(other)
    build.check_store()


def undated(arrival: Arrival) -> Arrival:
    """The article without its date of publication."""
    fields = tuple(each for each in arrival.article.fields if each.name != "published")
    return replace(arrival, article=replace(arrival.article, fields=fields))


def test_retracting_gives_the_build_of_what_is_left(arrived: list[Arrival], tmp_path: Path) -> None:
    gone = random.Random(2).sample(ids(arrived), 7)
    living.build(tmp_path / "b", arrived)
    for part in (gone[:1], gone[1:3], gone[3:]):
        living.retract(tmp_path / "b", part, "withdrawn")
    left = living.build(
        tmp_path / "left", [each for each in arrived if each.article.id not in gone]
    )
    build = open_build(tmp_path / "b")
    assert statements(build) == statements(left)
    assert (
        ids(arrived)
        != [each.id for each in build.articles()]
        == [each.id for each in left.articles()]
    )
    assert list(build.entities()) == list(left.entities())
    assert build.ledger() == left.ledger()
    build.check_store()


def test_replacing_gives_the_build_with_the_new_text(
    arrived: list[Arrival], tmp_path: Path
) -> None:
    """Articles swap their texts and claims; one loses its claims, one gets another date."""
    one, other, third, fourth = arrived[:4]
    dated = Field("published", "1999-01-02", "sidecar")
    changed = [
        replace(one, article=replace(other.article, id=one.article.id), claims=renamed(other, one)),
        replace(third, claims=()),
        replace(fourth, article=replace(fourth.article, fields=(dated,))),
    ]
    living.build(tmp_path / "b", arrived)
    for each in changed:
        living.replace_articles(tmp_path / "b", [each])
    by_id = {each.article.id: each for each in [*arrived, *changed]}
    expected = living.build(tmp_path / "expected", by_id.values())
    assert statements(open_build(tmp_path / "b")) == statements(expected)


def renamed(arrival: Arrival, other: Arrival) -> tuple[Claim, ...]:
    """The claims of one article, told by another of the same text."""
    return tuple(
        replace(claim, article=other.article.id, id=f"{claim.id}-again") for claim in arrival.claims
    )


def test_a_random_walk_ends_where_a_full_build_does(arrived: list[Arrival], tmp_path: Path) -> None:
    chance = random.Random(11)
    there = {each.article.id: each for each in arrived[:5]}
    living.build(tmp_path / "b", there.values())
    for _ in range(14):
        each = chance.choice(arrived)
        if each.article.id in there and len(there) > 1:
            living.retract(tmp_path / "b", [each.article.id], "a walk")
            del there[each.article.id]
        else:
            living.add(tmp_path / "b", [each])
            there[each.article.id] = each
    expected = living.build(tmp_path / "expected", there.values())
    build = open_build(tmp_path / "b")
    assert statements(build) == statements(expected)
    build.check_store()


def test_what_comes_back_is_as_before_and_its_history_stays(
    arrived: list[Arrival], whole: list[bytes], tmp_path: Path
) -> None:
    living.build(tmp_path / "b", arrived)
    key = arrived[3].article.id
    living.retract(tmp_path / "b", [key], "an error", "2024-05")
    living.add(tmp_path / "b", [arrived[3]])
    build = open_build(tmp_path / "b")
    assert statements(build) == whole
    (retraction,) = build.retractions()
    assert (retraction.article, retraction.reason, retraction.date) == (key, "an error", "2024-05")


def test_a_tombstone_says_what_was_withdrawn_and_why(
    arrived: list[Arrival], tmp_path: Path
) -> None:
    living.build(tmp_path / "b", arrived)
    article = arrived[0].article
    living.retract(tmp_path / "b", [article.id], "withdrawn by its publisher", "2024-05-03")
    after = open_build(tmp_path / "b")
    mint = Mint(after.iris)
    (invalidated,) = after.dataset.quads(mint.article(article.id))
    assert invalidated.predicate == term("prov:wasInvalidatedBy")
    (retraction,) = after.retractions()
    node = mint.node("retraction", retraction.key)
    assert invalidated.object == node
    told = {quad.predicate: quad.object for quad in after.dataset.quads(node)}
    assert told == {
        term("rdf:type"): term("prov:Invalidation"),
        term("rdfs:comment"): plain("withdrawn by its publisher"),
        term("dcterms:date"): date("2024-05-03"),
        term("cmq:digest"): plain(digest(article.text)),
    }


def test_a_corpus_can_be_emptied_and_filled_again(arrived: list[Arrival], tmp_path: Path) -> None:
    few = arrived[:3]
    expected = statements(living.build(tmp_path / "few", few))
    living.build(tmp_path / "b", few)
    living.retract(tmp_path / "b", ids(few), "all of it")
    empty = open_build(tmp_path / "b")
    assert [each.rsplit("/", 1)[1] for each in empty.dataset.graphs()] == ["history", "reference"]
    assert empty.manifest.counts["events"] == empty.manifest.counts["entities"] == 0
    living.add(tmp_path / "b", few)
    assert statements(open_build(tmp_path / "b")) == expected


# ---- what is told ------------------------------------------------------------------


def test_what_is_there_already_changes_nothing(arrived: list[Arrival], tmp_path: Path) -> None:
    build = living.build(tmp_path / "b", arrived)
    update = living.add(tmp_path / "b", arrived[:2])
    assert update.statements == living.Moves()
    assert update.manifest == open_build(tmp_path / "b").manifest == build.manifest
    assert living.replace_articles(tmp_path / "b", arrived[:2]).articles == living.Moves()


def test_another_text_under_a_known_id_is_refused(arrived: list[Arrival], tmp_path: Path) -> None:
    before = statements(living.build(tmp_path / "b", arrived[:2]))
    other = replace(arrived[0].article, text="Something else.\n")
    with pytest.raises(ArticleError, match=r"another text .* `kg replace`"):
        living.add(tmp_path / "b", [arrived[5], Arrival(other, ())])
    assert statements(open_build(tmp_path / "b")) == before
    with pytest.raises(ArticleError, match="another text"):
        living.unknown(open_build(tmp_path / "b"), [other])


def test_an_unknown_article_is_answered_with_what_comes_close(
    arrived: list[Arrival], tmp_path: Path
) -> None:
    living.build(tmp_path / "b", arrived)
    key = arrived[0].article.id
    with pytest.raises(ArticleError, match=rf"no such article .* did you mean .*'{key}'"):
        living.retract(tmp_path / "b", [key.replace("made", "mad")], "a slip")
    with pytest.raises(ArticleError, match="claims-per-article"):
        living.replace_articles(
            tmp_path / "b", [Arrival(replace(arrived[0].article, id="zzz"), ())]
        )


def test_an_update_counts_what_came_and_went(arrived: list[Arrival], tmp_path: Path) -> None:
    before = living.build(tmp_path / "b", arrived[:-1])
    update = living.add(tmp_path / "b", arrived[-1:])
    after = open_build(tmp_path / "b")
    assert update.articles == living.Moves(added=1)
    assert update.claims == living.Moves(added=len(arrived[-1].claims))
    for name, moves in (
        ("events", update.events), ("entities", update.entities), ("quads", update.statements),
    ):  # fmt: skip
        grown = after.manifest.counts[name] - before.manifest.counts[name]
        assert moves.added - moves.removed == grown, name
    assert update.manifest == after.manifest


def test_tables_are_tidied_between_changes_and_nothing_else_changes(
    arrived: list[Arrival], whole: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each change is a layer, as if it were large; it is told when they should be rewritten."""
    monkeypatch.setattr(tables, "_LONG", 1)
    monkeypatch.setattr(tables, "_SMALL", 0)
    living.build(tmp_path / "b", arrived[:-6])
    assert not living.tidy(tmp_path / "b")
    worn = [living.add(tmp_path / "b", [each]).worn for each in arrived[-6:-1]]
    assert worn == [False, False, False, True, True]
    reader = open_build(tmp_path / "b")
    before = statements(reader)
    assert living.tidy(tmp_path / "b")
    assert not living.tidy(tmp_path / "b")
    assert statements(reader) == statements(open_build(tmp_path / "b")) == before
    assert not living.add(tmp_path / "b", arrived[-1:]).worn
    build = open_build(tmp_path / "b")
    assert statements(build) == whole
    build.check_store()


# ---- readers and writers -----------------------------------------------------------


def test_readers_keep_what_they_opened(arrived: list[Arrival], tmp_path: Path) -> None:
    before = living.build(tmp_path / "b", arrived[:4])
    expected = statements(before)
    for each in arrived[4:8]:
        living.add(tmp_path / "b", [each])
    assert statements(before) == expected
    assert [each.id for each in before.articles()] == ids(arrived[:4])
    assert set(before.ledger().about) == {c.id for each in arrived[:4] for c in each.claims}
    assert len(list(open_build(tmp_path / "b").articles())) == 8


def test_stores_that_nobody_reads_are_cleared(arrived: list[Arrival], tmp_path: Path) -> None:
    living.build(tmp_path / "b", arrived[:2])
    held = open_build(tmp_path / "b")
    for each in arrived[2:5]:
        living.add(tmp_path / "b", [each])
    assert sorted(path.name for path in (tmp_path / "b").glob("store-*")) == ["store-1", "store-4"]
    del held
    living.add(tmp_path / "b", [arrived[5]])
    assert [path.name for path in (tmp_path / "b").glob("store-*")] == ["store-5"]


def test_a_second_writer_is_told_to_wait(arrived: list[Arrival], tmp_path: Path) -> None:
    living.build(tmp_path / "b", arrived[:2])
    with (
        locked((tmp_path / "b").resolve()),
        pytest.raises(BuildError, match="is being written by process"),
    ):
        living.add(tmp_path / "b", arrived[2:3])


def test_nothing_is_added_to_what_is_no_build_of_this_version(
    arrived: list[Arrival], tmp_path: Path
) -> None:
    with pytest.raises(BuildError, match="no build here"):
        living.add(tmp_path / "none", arrived[:1])
    living.build(tmp_path / "b", arrived[:1])
    (tmp_path / "b" / "manifest.json").write_text('{"format": "communique-build/1"}')
    with pytest.raises(BuildError, match="has format communique-build/1"):
        living.add(tmp_path / "b", arrived[1:2])


WRITER = """
import sys
from pathlib import Path
from benchmarks.generate import articles
from kg import living
arrived = [living.Arrival(article, tuple(claims)) for article, claims in articles(6, seed=4)]
print("ready", flush=True)
while True:
    living.retract(Path(sys.argv[1]), [arrived[-1].article.id], "back and forth")
    living.add(Path(sys.argv[1]), arrived[-1:])
"""


def test_a_writer_killed_at_any_moment_leaves_the_old_or_the_new(
    arrived: list[Arrival], tmp_path: Path
) -> None:
    """Whenever it dies, what is there opens, is whole, and is the corpus with or without one."""
    living.build(tmp_path / "b", [*arrived[:6]])
    with_it = statements(open_build(tmp_path / "b"))
    without = statements(living.build(tmp_path / "without", arrived[:5]))
    moments = random.Random(5)
    seen: set[bool] = set()
    for turn in range(40):
        if turn >= 6 and len(seen) == 2:
            break
        key = arrived[5].article.id
        if open_build(tmp_path / "b").article(key) is None:
            living.add(tmp_path / "b", [arrived[5]])
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path / "b")], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert writer.stdout is not None
        with writer, writer.stdout:
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(moments.uniform(0.02, 2.0))
            writer.kill()
        build = open_build(tmp_path / "b")
        build.check_store()
        there = build.article(key) is not None
        seen.add(there)
        assert statements(build) == (with_it if there else without)
    assert len(seen) == 2, "it was never caught on the way"
    stores = list((tmp_path / "b").glob("store-*"))
    living.add(tmp_path / "b", arrived[6:7])
    assert len(list((tmp_path / "b").glob("store-*"))) <= len(stores)


def test_readers_beside_a_busy_writer_meet_whole_builds_only(
    arrived: list[Arrival], tmp_path: Path
) -> None:
    sizes = {
        living.build(tmp_path / "b", arrived[:count]).manifest.counts["events"] for count in (5, 6)
    }
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path / "b")], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert writer.stdout is not None
    with writer, writer.stdout:
        assert writer.stdout.readline() == b"ready\n"
        seen: set[str] = set()
        until = time.monotonic() + 60
        while len(seen) < 6 and time.monotonic() < until:
            assert writer.poll() is None
            build = open_build(tmp_path / "b")
            assert len(list(build.events())) == build.manifest.counts["events"]
            assert sum(1 for _ in build.store) == build.manifest.counts["quads"]
            assert build.manifest.counts["events"] in sizes
            seen.add(build.manifest.store)
        writer.kill()
    assert len(seen) > 2
