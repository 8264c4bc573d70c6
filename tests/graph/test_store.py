"""A build is whole or not there, the same for the same input, and never silently empty."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from kg.errors import BuildError
from kg.graph.dataset import record_quads
from kg.graph.model import Records
from kg.graph.store import Build, open_build, write_build
from kg.graph.swapping import writing_aside
from kg.graph.writing import nquads
from kg.iris import Iris

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def build(tmp_path: Path, records: Records, iris: Iris) -> Build:
    return write_build(tmp_path / "build", records, record_quads(records, iris), iris)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def test_a_build_reads_back_as_it_was_written(build: Build, records: Records) -> None:
    assert list(build.articles()) == list(records.articles)
    assert {each.id for each in build.claims()} == {each.id for each in records.claims}
    assert sorted(build.claims(), key=lambda c: c.id) == sorted(records.claims, key=lambda c: c.id)
    assert set(build.identity().mentions) == set(records.identity.mentions)
    assert list(build.rejections()) == list(records.rejections)
    assert build.ledger().about == dict(records.ledger.about)
    assert build.records().ledger.disagreements == records.ledger.disagreements


def test_the_store_is_the_graph_file(build: Build) -> None:
    build.check_store()
    assert nquads(build.store) == (build.path / "graph.nq").read_bytes()
    lines = (build.path / "graph.nq").read_bytes().splitlines()
    assert lines == sorted(lines)
    assert build.manifest.counts["quads"] == len(lines)


def test_queries_see_the_union_of_all_graphs(build: Build) -> None:
    ask = "ASK { ?claim <https://w3id.org/communique/def#about> ?e . ?e a ?class }"
    assert bool(build.union().query(ask))
    assert not bool(build.dataset.query(ask, union=False))


def test_the_store_of_an_open_build_is_read_only(build: Build) -> None:
    node = NamedNode("http://x.example/a")
    with pytest.raises(RuntimeError, match="read-write"):
        build.store.add(Quad(node, node, node))


def test_building_twice_gives_the_same_bytes(
    tmp_path: Path, records: Records, iris: Iris, build: Build
) -> None:
    mixed = random.Random(7)
    other = replace(
        records,
        articles=records.articles[::-1],
        claims=tuple(mixed.sample(records.claims, len(records.claims))),
        identity=replace(
            records.identity,
            mentions=records.identity.mentions[::-1],
            entities=records.identity.entities[::-1],
        ),
        ledger=replace(records.ledger, events=records.ledger.events[::-1]),
    )
    quads = [*record_quads(other, iris)]
    again = write_build(tmp_path / "again", other, mixed.sample(quads, len(quads)), iris)
    assert bytes_of(again.path) == bytes_of(build.path)


AGAIN = """
import sys
from pathlib import Path
from kg.graph.dataset import record_quads
from kg.graph.store import open_build, write_build
build = open_build(Path(sys.argv[1]))
records = build.records()
again = write_build(Path(sys.argv[2]), records, set(record_quads(records, build.iris)), build.iris)
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
        assert bytes_of(tmp_path / seed) == bytes_of(build.path)
    assert written[0] == written[1] == build.dataset.trig(build.iris.base)


def test_a_build_replaces_another_and_leaves_nothing_beside(
    build: Build, records: Records, iris: Iris
) -> None:
    fewer = replace(records, articles=records.articles[:1], claims=())
    newer = write_build(build.path, fewer, record_quads(fewer, iris), iris)
    assert [each.id for each in newer.articles()] == ["a1"]
    assert newer.manifest.counts["claims"] == 0
    assert hidden(build.path.parent) == []


def test_no_build_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no build here; make one with `kg build"):
        open_build(tmp_path / "none")
    with pytest.raises(BuildError, match="is not a build"):
        open_build(tmp_path)
    assert hidden(tmp_path) == []


@pytest.mark.parametrize("name", ["articles.jsonl", "claims.jsonl", "graph.nq", "events.jsonl"])
def test_a_missing_file_is_named(build: Build, name: str) -> None:
    (build.path / name).unlink()
    with pytest.raises(BuildError, match=f"{name}: is missing .* build it again"):
        open_build(build.path)


@pytest.mark.parametrize("name", ["articles.jsonl", "claims.jsonl", "graph.nq"])
def test_one_changed_byte_is_noticed(build: Build, name: str) -> None:
    path = build.path / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(BuildError, match=f"{name}: is not what was built"):
        open_build(build.path)


@pytest.mark.parametrize("damage", ["{", "[]", '{"format": 3}', ""])
def test_a_damaged_manifest_is_an_error(build: Build, damage: str) -> None:
    (build.path / "manifest.json").write_text(damage)
    with pytest.raises(BuildError, match="is damaged"):
        open_build(build.path)


def test_a_build_of_another_format_is_not_guessed_at(build: Build) -> None:
    manifest = build.path / "manifest.json"
    values = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(values | {"format": "communique-build/99"}))
    with pytest.raises(BuildError, match="has format communique-build/99"):
        open_build(build.path)


def test_a_missing_store_is_no_empty_graph(build: Build) -> None:
    path = build.path
    del build
    shutil.rmtree(path / "store")
    with pytest.raises(BuildError, match="store"):
        open_build(path)


def test_a_store_that_lost_its_data_is_no_smaller_graph(build: Build) -> None:
    for path in (build.path / "store").glob("*.sst"):
        path.write_bytes(b"")
    with pytest.raises(BuildError, match="store"):
        open_build(build.path)


def test_a_folder_that_is_no_build_is_not_replaced(
    tmp_path: Path, records: Records, iris: Iris
) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(BuildError, match="holds no build"):
        write_build(tmp_path, records, record_quads(records, iris), iris)
    with pytest.raises(BuildError, match="is a file"):
        write_build(tmp_path / "thesis.txt", records, [], iris)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_an_error_on_the_way_leaves_the_old_build(
    build: Build, records: Records, iris: Iris
) -> None:
    def broken() -> object:
        yield from record_quads(records, iris)
        raise KeyError("in the middle")

    before = bytes_of(build.path)
    with pytest.raises(KeyError):
        write_build(build.path, records, broken(), iris)  # type: ignore[arg-type]  # it breaks
    assert bytes_of(build.path) == before
    assert hidden(build.path.parent) == []


def test_a_second_writer_is_told_who_the_first_is(
    build: Build, records: Records, iris: Iris
) -> None:
    with writing_aside(build.path) as aside:
        shutil.copytree(build.path, aside, dirs_exist_ok=True)
        with pytest.raises(BuildError, match=rf"written by process {os.getpid()} on "):
            write_build(build.path, records, record_quads(records, iris), iris)


def test_a_build_can_be_asked_while_it_is_replaced(
    build: Build, records: Records, iris: Iris
) -> None:
    count = len(build.dataset)
    write_build(build.path, records, record_quads(records, iris), iris)
    assert len(list(build.dataset.quads())) == count


NO_ROOM = """
import resource, sys
from pathlib import Path
from kg.errors import BuildError
from kg.graph.store import open_build, write_build
path = Path(sys.argv[1])
build = open_build(path)
records, quads, iris = build.records(), list(build.store), build.iris
resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))
try:
    write_build(path, records, quads, iris)
except BuildError as error:
    sys.exit(str(error))
"""


def test_a_full_disk_is_a_plain_error_and_costs_nothing(build: Build) -> None:
    before = bytes_of(build.path)
    done = subprocess.run(
        [sys.executable, "-c", NO_ROOM, str(build.path)],
        cwd=ROOT, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert "cannot be written (File too large); check room" in done.stderr
    assert bytes_of(open_build(build.path).path) == before
    assert hidden(build.path.parent) == []


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
    shutil.copytree(target / "store", aside / "store")
    (aside / "half").unlink()
"""


@pytest.mark.parametrize(
    "point",
    ["while-writing", "before-rename-1", "after-rename-1", "before-rename-2", "after-rename-2"],
)
def test_a_killed_writer_leaves_a_whole_build(build: Build, point: str) -> None:
    """Killed at every seam: the build opens, and the next writer clears what was left."""
    before = bytes_of(build.path)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, point, str(build.path)], cwd=ROOT, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert bytes_of(open_build(build.path).path) == before
    with writing_aside(build.path) as aside:
        shutil.copytree(build.path, aside, dirs_exist_ok=True)
    assert hidden(build.path.parent) == []
    open_build(build.path).check_store()


WRITER = """
import sys
from pathlib import Path
from kg.graph.store import open_build, write_build
path = Path(sys.argv[1])
build = open_build(path)
records, quads, iris = build.records(), list(build.store), build.iris
print("ready", flush=True)
while True:
    write_build(path, records, quads, iris)
"""


def test_a_writer_killed_at_any_moment_leaves_a_whole_build(build: Build) -> None:
    before = bytes_of(build.path)
    moments = random.Random(3)
    for _ in range(6):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(build.path)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert writer.stdout is not None
        with writer, writer.stdout:
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(moments.uniform(0.01, 0.15))
            writer.kill()
        opened = open_build(build.path)
        assert bytes_of(opened.path) == before
        opened.check_store()


def test_a_build_opens_whole_at_any_moment_of_its_replacement(build: Build) -> None:
    """A reader that opens again and again beside a busy writer meets whole builds only."""
    quads = build.manifest.counts["quads"]
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(build.path)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert writer.stdout is not None
    with writer, writer.stdout:
        assert writer.stdout.readline() == b"ready\n"
        seen = {build.path.stat().st_mtime_ns}
        while len(seen) < 12:
            assert writer.poll() is None
            assert len(list(open_build(build.path).dataset.quads())) == quads
            with contextlib.suppress(FileNotFoundError):
                seen.add(build.path.stat().st_mtime_ns)
        writer.kill()


def test_odd_folder_names_are_only_names(tmp_path: Path, records: Records, iris: Iris) -> None:
    for name in ("a b", "[x]*", "ü", "-o"):
        built = write_build(tmp_path / name, records, record_quads(records, iris), iris)
        assert open_build(built.path).manifest == built.manifest


def test_the_manifest_names_tools_and_no_moment(
    tmp_path: Path, records: Records, iris: Iris
) -> None:
    read = replace(records, tools=("parser/1.2",))
    built = write_build(tmp_path / "b", read, record_quads(read, iris), iris)
    assert built.manifest.tools["rules"] == "9.9"
    assert built.manifest.tools["parser"] == "1.2"
    assert built.manifest.base == iris.base
    assert set(json.loads((built.path / "manifest.json").read_text())) == {
        "base", "counts", "files", "format", "package", "tools",
    }  # fmt: skip


def test_hostile_text_comes_back_from_disk(
    tmp_path: Path, sampler: Callable[[str], Records], iris: Iris
) -> None:
    hostile = sampler('\u202e"}\n\r\t\\ \u2028 > <')
    built = write_build(tmp_path / "b", hostile, record_quads(hostile, iris), iris)
    assert [each.text for each in built.articles()] == [each.text for each in hostile.articles]
    built.check_store()
