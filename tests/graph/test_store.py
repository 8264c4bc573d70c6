"""A build is whole or not there, the same for the same input, and never silently empty."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from kg import living
from kg.errors import BuildError
from kg.graph.model import Records
from kg.graph.store import Build
from kg.graph.swapping import writing_aside
from kg.iris import Iris
from kg.living import open_build
from kg.pipeline import arrivals

ROOT = Path(__file__).parent.parent.parent


def write_build(path: Path, records: Records, iris: Iris | None = None) -> Build:
    """Build the articles and claims of some records."""
    found = arrivals(records.articles, records.claims, records.tools)
    return living.build(path, found, iris, records.rejections)


@pytest.fixture
def build(tmp_path: Path, records: Records) -> Build:
    return write_build(tmp_path / "build", records)


@pytest.fixture
def path(tmp_path: Path, records: Records) -> Path:
    """The folder of a build that nobody has open."""
    write_build(tmp_path / "build", records)
    return tmp_path / "build"


def state_of(path: Path) -> tuple[bytes, list[object]]:
    """All that a build says."""
    opened = open_build(path)
    opened.check_store()
    return opened.dataset.nquads(), [*opened.articles(), *opened.claims(), opened.manifest.counts]


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def test_a_build_reads_back_as_it_was_written(build: Build, records: Records) -> None:
    assert list(build.articles()) == list(records.articles)
    assert sorted(build.claims(), key=lambda c: c.id) == sorted(records.claims, key=lambda c: c.id)
    assert list(build.rejections()) == list(records.rejections)
    ledger = build.ledger()
    assert set(ledger.about) == {claim.id for claim in records.claims}
    assert set(ledger.about.values()) == {event.id for event in build.events()}
    assert [each.id for each in build.entities()] == sorted(each.id for each in build.entities())
    assert {mention.claim for mention in build.mentions()} == set(ledger.about)
    assert build.records().identity == build.identity()


def test_the_manifest_counts_what_is_there(build: Build) -> None:
    counts = build.manifest.counts
    assert counts["quads"] == len(build.store)
    assert counts["graphs"] == len(build.dataset.graphs())
    for name in ("articles", "claims", "judgements", "entities", "events"):
        assert counts[name] == len(list(getattr(build, name)())), name
    places = {(each.key, each.form, each.start, each.end) for each in build.mentions()}
    assert counts["mentions"] == len(places)
    assert counts["disagreements"] == len(list(build.disagreements()))


def test_queries_see_the_union_of_all_graphs(build: Build) -> None:
    ask = "ASK { ?claim <https://w3id.org/communique/def#about> ?e . ?e a ?class }"
    assert bool(build.union().query(ask))
    assert not bool(build.dataset.query(ask, union=False))


def test_the_store_of_an_open_build_is_read_only(build: Build) -> None:
    node = NamedNode("http://x.example/a")
    with pytest.raises(RuntimeError, match="read-write"):
        build.store.add(Quad(node, node, node))


def test_the_order_of_articles_and_claims_changes_nothing(
    tmp_path: Path, records: Records, build: Build
) -> None:
    claims = random.Random(7).sample(records.claims, len(records.claims))
    other = replace(records, articles=records.articles[::-1], claims=tuple(claims))
    again = write_build(tmp_path / "again", other)
    assert again.manifest == build.manifest
    assert again.dataset.nquads() == build.dataset.nquads()


AGAIN = """
import sys
import tempfile
from pathlib import Path
from kg import living
from kg.pipeline import arrivals
build = living.open_build(Path(sys.argv[1]))
found = arrivals(set(build.articles()), list(build.claims()))
again = living.build(Path(sys.argv[2]), found, build.iris, build.rejections())
sys.stdout.buffer.write(again.dataset.trig(build.iris.base))
"""


def test_another_process_builds_the_same_bytes(build: Build, tmp_path: Path) -> None:
    """Hashes of strings differ from process to process; bytes must not."""
    written = []
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", AGAIN, str(build.path), str(tmp_path / seed)],
            cwd=ROOT, check=True, capture_output=True, env={"PYTHONHASHSEED": seed},
        )  # fmt: skip
        written.append(done.stdout)
        assert open_build(tmp_path / seed).manifest == build.manifest
    assert written[0] == written[1] == build.dataset.trig(build.iris.base)


def test_a_build_replaces_another_and_leaves_nothing_beside(
    tmp_path: Path, records: Records
) -> None:
    write_build(tmp_path / "build", records)
    newer = write_build(
        tmp_path / "build", replace(records, articles=records.articles[:1], claims=())
    )
    assert [each.id for each in newer.articles()] == ["a1"]
    assert newer.manifest.counts["claims"] == 0
    assert hidden(tmp_path) == []


def test_what_readers_hold_is_cleared_when_they_are_gone(path: Path, records: Records) -> None:
    build = open_build(path)
    quads = len(build.dataset)
    write_build(path, records)
    assert hidden(path.parent) != []
    assert sum(1 for _ in build.store) == quads
    del build
    write_build(path, records)
    assert hidden(path.parent) == []


def test_no_build_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no build here; make one with `kg build"):
        open_build(tmp_path / "none")
    with pytest.raises(BuildError, match="is not a build"):
        open_build(tmp_path)
    assert hidden(tmp_path) == []


def test_missing_records_are_named(path: Path) -> None:
    (path / "records.sqlite").unlink()
    with pytest.raises(BuildError, match=r"records.sqlite: is missing .* build it again"):
        open_build(path)


@pytest.mark.parametrize("damage", ["{", "[]", '{"format": 3}', ""])
def test_a_damaged_manifest_is_an_error(build: Build, damage: str) -> None:
    (build.path / "manifest.json").write_text(damage)
    with pytest.raises(BuildError, match="is damaged"):
        open_build(build.path)


@pytest.mark.parametrize("told", ["communique-build/1", "communique-build/99"])
def test_a_build_of_another_format_is_not_guessed_at(build: Build, told: str) -> None:
    (build.path / "manifest.json").write_text(json.dumps({"format": told, "files": {}}))
    with pytest.raises(BuildError, match=f"has format {told}, this version reads .*`kg build"):
        open_build(build.path)


def test_a_missing_store_is_no_empty_graph(path: Path) -> None:
    shutil.rmtree(path / "store-1")
    with pytest.raises(BuildError, match="store-1: cannot be opened"):
        open_build(path)


def test_a_store_that_lost_its_data_is_no_smaller_graph(path: Path) -> None:
    for part in (path / "store-1").glob("*.sst"):
        part.write_bytes(b"")
    with pytest.raises(BuildError, match="store-1"):
        open_build(path)


def test_checking_finds_one_changed_byte_of_the_records(path: Path) -> None:
    found = 0
    data = (path / "records.sqlite").read_bytes()
    for place in (data.index(b"Kari Moen, energy"), data.index(b"licensed exports")):
        (path / "records.sqlite").write_bytes(data[:place] + b"x" + data[place + 1 :])
        with pytest.raises(BuildError, match=r"is damaged|is not what"):
            open_build(path).check_store()
        found += 1
    assert found == 2


def test_a_folder_that_is_no_build_is_not_replaced(tmp_path: Path, records: Records) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(BuildError, match="holds no build"):
        write_build(tmp_path, records)
    with pytest.raises(BuildError, match="is a file"):
        write_build(tmp_path / "thesis.txt", records)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize("told", ['{"name": "an app"}', "[]", "{"])
def test_a_folder_with_the_manifest_of_another_program_is_not_replaced(
    tmp_path: Path, records: Records, told: str
) -> None:
    (tmp_path / "manifest.json").write_text(told)
    with pytest.raises(BuildError, match="holds no build"):
        write_build(tmp_path, records)
    assert (tmp_path / "manifest.json").read_text() == told


@pytest.mark.parametrize("told", ["{", '{"format": "communique-build/1"}'])
def test_a_damaged_build_and_one_of_another_version_are_built_again(
    path: Path, records: Records, told: str
) -> None:
    (path / "manifest.json").write_text(told)
    write_build(path, records).check_store()


def test_an_error_on_the_way_leaves_the_old_build(path: Path, records: Records) -> None:
    def broken() -> object:
        yield from arrivals(records.articles, records.claims)
        raise KeyError("in the middle")

    before = state_of(path)
    with pytest.raises(KeyError):
        living.build(path, broken())  # type: ignore[arg-type]  # it breaks
    assert state_of(path) == before
    assert hidden(path.parent) == []


def test_a_second_writer_is_told_who_the_first_is(build: Build, records: Records) -> None:
    with writing_aside(build.path) as aside:
        shutil.copytree(build.path, aside, dirs_exist_ok=True)
        with pytest.raises(BuildError, match=rf"written by process {os.getpid()} on "):
            write_build(build.path, records)


NO_ROOM = """
import resource, sys
from pathlib import Path
from kg import living
from kg.errors import BuildError
from kg.pipeline import arrivals
path = Path(sys.argv[1])
build = living.open_build(path)
found = list(arrivals(build.articles(), build.claims()))
resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))
try:
    living.build(path, found)
except BuildError as error:
    sys.exit(str(error))
"""


def test_a_full_disk_is_a_plain_error_and_costs_nothing(path: Path) -> None:
    before = state_of(path)
    done = subprocess.run(
        [sys.executable, "-c", NO_ROOM, str(path)],
        cwd=ROOT, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "cannot be written (" in done.stderr
    assert "check room" in done.stderr
    assert state_of(path) == before
    assert hidden(path.parent) == []


KILLED = """
import os, signal, sys
from pathlib import Path
import kg.graph.swapping as swapping
point, target = sys.argv[1], Path(sys.argv[2])
rename, count = Path.rename, 0

def killing(self, other):
    global count
    count += 1
    if point == f"before-rename-{count}":
        os.kill(os.getpid(), signal.SIGKILL)
    done = rename(self, other)
    if point == f"after-rename-{count}":
        os.kill(os.getpid(), signal.SIGKILL)
    return done

Path.rename = killing
with swapping.writing_aside(target) as aside:
    (aside / "half").write_text("half")
    if point == "while-writing":
        os.kill(os.getpid(), signal.SIGKILL)
    for file in target.iterdir():
        if file.is_file():
            (aside / file.name).write_bytes(file.read_bytes())
    import shutil
    shutil.copytree(target / "store-1", aside / "store-1")
    (aside / "half").unlink()
"""


@pytest.mark.parametrize(
    "point",
    [
        "while-writing", "before-rename-1", "after-rename-1", "before-rename-2", "after-rename-2",
        "after-rename-3",
    ],
)  # fmt: skip
def test_a_killed_writer_leaves_a_whole_build(path: Path, point: str) -> None:
    """Killed at every seam: the build opens, and the next writer clears what was left."""
    before = state_of(path)
    done = subprocess.run([sys.executable, "-c", KILLED, point, str(path)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert state_of(path) == before
    with writing_aside(path) as aside:
        shutil.copytree(path, aside, dirs_exist_ok=True)
    assert hidden(path.parent) == []
    assert state_of(path) == before


WRITER = """
import sys
import tempfile
from pathlib import Path
from kg import living
from kg.pipeline import arrivals
path = Path(sys.argv[1])
build = living.open_build(path)
found, refused = list(arrivals(build.articles(), build.claims())), list(build.rejections())
del build
print("ready", flush=True)
while True:
    living.build(path, found, None, refused)
"""


def test_a_build_opens_whole_at_any_moment_of_its_replacement(build: Build) -> None:
    """A reader that opens again and again beside a busy writer meets whole builds only."""
    path, quads = build.path, build.manifest.counts["quads"]
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert writer.stdout is not None
    with writer, writer.stdout:
        assert writer.stdout.readline() == b"ready\n"
        seen = {path.stat().st_mtime_ns}
        while len(seen) < 6:
            assert writer.poll() is None
            assert len(list(open_build(path).dataset.quads())) == quads
            with contextlib.suppress(FileNotFoundError):
                seen.add(path.stat().st_mtime_ns)
        writer.kill()


def test_a_writer_killed_at_any_moment_leaves_a_whole_build(build: Build) -> None:
    before = state_of(build.path)
    moments = random.Random(3)
    for _ in range(5):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(build.path)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert writer.stdout is not None
        with writer, writer.stdout:
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(moments.uniform(0.01, 0.4))
            writer.kill()
        assert state_of(build.path) == before


def test_odd_folder_names_are_only_names(tmp_path: Path, records: Records) -> None:
    for name in ("a b", "[x]*", "ü", "-o", "a?b#c%20"):
        built = write_build(tmp_path / name, records)
        assert open_build(built.path).manifest == built.manifest


def test_the_manifest_names_tools_and_no_moment(tmp_path: Path, records: Records) -> None:
    built = write_build(tmp_path / "b", replace(records, tools=("parser/1.2",)))
    assert built.manifest.tools["rules"] == "9.9"
    assert built.manifest.tools["parser"] == "1.2"
    assert built.manifest.base == Iris().base
    assert set(json.loads((built.path / "manifest.json").read_text())) == {
        "base", "counts", "digest", "format", "package", "store", "tools", "vocabulary",
    }  # fmt: skip


def test_hostile_text_comes_back_from_disk(
    tmp_path: Path, sampler: Callable[[str], Records]
) -> None:
    hostile = sampler('\u202e"}\n\r\t\\ \u2028 > <')
    built = write_build(tmp_path / "b", hostile)
    assert [each.text for each in built.articles()] == [each.text for each in hostile.articles]
    built.check_store()


OTHERS = """
import os, sys
from pathlib import Path
import kg.entities.register, kg.events.chronicle
from kg.living import open_build
os.setuid(65534)
build = open_build(Path(sys.argv[1]))
print(len(list(build.articles())), len(build.store) == build.manifest.counts["quads"])
"""


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
def test_who_may_not_write_may_read(records: Records) -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:  # pytest's own is closed to others
        Path(folder).chmod(0o755)
        write_build(Path(folder) / "b", records)
        gc.collect()
        shown = subprocess.run(
            [sys.executable, "-c", OTHERS, str(Path(folder) / "b")],
            cwd=ROOT, check=True, capture_output=True, text=True,
        )  # fmt: skip
    assert shown.stdout.split() == ["2", "True"]
