"""Many articles at once: order, equality, and what happens when a process dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from kg.articles.model import Article, Rejection
from kg.claims import workers
from kg.claims.engine import MODELS, WORDS_KEPT, Engine, load_engine, tool_of
from kg.claims.extract import claims_of
from kg.claims.workers import read_each
from kg.errors import PipelineError
from tests.claims.reading_of import article

ROOT = Path(__file__).parent.parent.parent
TEXTS = (
    "Peru and Chile agreed on Tuesday to stockpile tungsten.",
    "Kenya warned Uganda about sugar quotas.",
    "Talks between Oman and Yemen were held in Salalah on Monday.",
)
MARKER = "brimstone"
BRITTLE = f'''
"""A component that takes its process down at one word."""
import os
from spacy.language import Language

@Language.factory("brittle")
def make(nlp, name):
    def fall(doc):
        if any(token.text == "{MARKER}" for token in doc):
            os._exit(9)
        return doc
    return fall
'''


def many(number: int) -> list[Article]:
    return [replace(article(TEXTS[i % len(TEXTS)]), id=f"article-{i:03}") for i in range(number)]


def written(folder: Path, number: int, bad: tuple[int, ...] = ()) -> Path:
    """Write articles into a folder of files."""
    folder.mkdir()
    for i in range(number):
        text = f"{TEXTS[i % len(TEXTS)]} Case {i}.{f' The {MARKER}.' if i in bad else ''}\n"
        (folder / f"a{i:03}.txt").write_text(text)
    return folder


def no_engine() -> Engine:
    raise AssertionError("many articles are read by workers")


def settings(*paths: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (*paths, ROOT)))}


def kg(
    *words: object, cwd: Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "kg", *map(str, words)]
    return subprocess.run(
        command, cwd=cwd, env=env or settings(), capture_output=True, check=False, timeout=240
    )


@pytest.fixture(scope="module")
def brittle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline on disk with a component that dies of one word, found as plug-ins are."""
    folder = tmp_path_factory.mktemp("brittle")
    (folder / "brittle.py").write_text(BRITTLE)
    about = folder / "brittle-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: brittle\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[spacy_factories]\nbrittle = brittle:make\n")
    code = "import spacy, sys; nlp = spacy.load(sys.argv[1]); nlp.add_pipe('brittle')"
    words = [f"{code}; nlp.to_disk(sys.argv[2])", model_name(), str(folder / "pipeline")]
    subprocess.run([sys.executable, "-c", *words], env=settings(folder), check=True, timeout=120)
    return folder


def model_name() -> str:
    return next(each for each in MODELS if find_spec(each))


def test_any_number_of_processes_gives_the_same(engine: Engine) -> None:
    articles = many(30)
    alone = list(read_each(articles, lambda: engine))
    together = list(read_each(articles, no_engine, jobs=2))
    assert together == alone
    assert [each.id for each, _ in together] == [each.id for each in articles]
    assert all(told == tuple(claims_of(each, engine)) for each, told in alone)


def test_few_articles_are_read_without_further_processes(engine: Engine) -> None:
    assert len(list(read_each(many(3), lambda: engine, jobs=None))) == 3


def test_many_articles_are_read_by_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "FEW", 4)
    assert len(list(read_each(many(9), no_engine, jobs=None))) == 9


def test_a_process_that_is_killed_costs_no_article(engine: Engine) -> None:
    articles, found, killed = many(40), [], False
    for each, told in read_each(articles, no_engine, jobs=2):
        found.append((each, told))
        if not killed:
            victim = multiprocessing.active_children()[0].pid
            assert victim is not None
            os.kill(victim, signal.SIGKILL)
            killed = True
    assert [each.id for each, _ in found] == [each.id for each in articles]
    assert not [told for _, told in found if isinstance(told, Rejection)]
    assert found == list(read_each(articles, lambda: engine))


def test_processes_end_with_the_reading() -> None:
    before = set(multiprocessing.active_children())
    reading = read_each(many(60), no_engine, jobs=2)
    next(reading)
    assert set(multiprocessing.active_children()) - before
    reading.close()  # type: ignore[attr-defined]
    assert gone(lambda: set(multiprocessing.active_children()) - before)


def gone(left: Callable[[], Collection[object]]) -> bool:
    """Tell whether nothing is left within a while."""
    until = time.monotonic() + 20
    while left() and time.monotonic() < until:
        time.sleep(0.05)
    return not left()


def test_an_error_in_a_process_is_an_error_here() -> None:
    with pytest.raises(PipelineError, match="no such language pipeline; install it"):
        list(read_each(many(3), no_engine, "xx_no_such_pipeline", jobs=2))


def test_the_command_writes_the_same_bytes_for_any_number_of_processes(tmp_path: Path) -> None:
    folder = written(tmp_path / "articles", 9)
    here = kg("claims", folder, cwd=tmp_path)
    assert here.stdout.count(b"\n") >= 9
    for jobs in (1, 2, 4):
        spread = kg("claims", folder, "-j", jobs, cwd=tmp_path)
        assert (spread.returncode, spread.stdout, spread.stderr) == (0, here.stdout, here.stderr)


def test_an_article_that_brings_its_process_down_costs_no_other(
    tmp_path: Path, brittle: Path
) -> None:
    folder = written(tmp_path / "articles", 10, bad=(3,))
    sound = written(tmp_path / "sound", 10)
    (sound / "a003.txt").unlink()
    told = kg(
        "claims", folder, "-j", 2, "--pipeline", brittle / "pipeline",
        cwd=tmp_path, env=settings(brittle),
    )  # fmt: skip
    assert told.returncode == 1
    assert b"skipped a003: reading it brought the process down; leave it out" in told.stderr
    assert b"Traceback" not in told.stderr
    assert told.stdout == kg("claims", sound, cwd=tmp_path).stdout


def test_processes_that_die_at_once_are_told_apart_from_bad_articles(
    tmp_path: Path, brittle: Path
) -> None:
    dying = tmp_path / "dying"
    dying.mkdir()
    (dying / "brittle.py").write_text("import os\n\nos._exit(9)\n")
    told = kg(
        "claims", written(tmp_path / "articles", 3), "-j", 2, "--pipeline", brittle / "pipeline",
        cwd=tmp_path, env=settings(dying, brittle),
    )  # fmt: skip
    assert told.returncode == 3, told.stderr
    assert told.stderr.startswith(b"Error: the processes that read die before they read anything")
    assert b"Traceback" not in told.stderr


def children(parent: int) -> Iterator[int]:
    """Yield the processes below a process."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            yield int(stat.parent.name)
            yield from children(int(stat.parent.name))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system has no /proc")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_a_command_that_is_stopped_leaves_no_process_and_no_half_file(
    stop: signal.Signals, tmp_path: Path
) -> None:
    folder = written(tmp_path / "articles", 1)
    (folder / "long.txt").write_text("\n\n".join([" ".join(TEXTS)] * 2000))
    out = tmp_path / "claims.jsonl"
    out.write_text("what was there\n")
    command = [sys.executable, "-m", "kg", "claims", str(folder), "-j", "2", "-o", str(out)]
    running = subprocess.Popen(
        command, env=settings(), stderr=subprocess.PIPE, start_new_session=True
    )
    assert running.stderr is not None
    until, below = time.monotonic() + 60, set[int]()
    while len(below) < 2 and time.monotonic() < until:
        time.sleep(0.05)
        below = set(children(running.pid))
    time.sleep(3)  # they are up, or coming up
    below = set(children(running.pid))
    assert len(below) >= 2
    os.killpg(running.pid, stop) if stop == signal.SIGINT else running.send_signal(stop)
    _, told = running.communicate(timeout=30)
    assert gone(lambda: [each for each in below if Path(f"/proc/{each}").exists()])
    assert out.read_text() == "what was there\n"
    if stop == signal.SIGINT:
        assert running.returncode == 130
        assert told == b"Error: interrupted\n"
        assert sorted(each.name for each in tmp_path.iterdir()) == ["articles", "claims.jsonl"]


def test_new_words_are_forgotten_once_very_many_are_known(engine: Engine) -> None:
    engine = load_engine()  # its vocabulary grows here
    words = (f"w{i}" for i in range(WORDS_KEPT))
    for word in words:
        engine.nlp.vocab.strings.add(word)
    before, met = len(engine.nlp.vocab.strings), "Xanthippopolis"
    told = f"Peru and Chile agreed on Tuesday to stockpile tungsten in {met}."
    with engine.forgetting():
        found = tuple(claims_of(article(told), engine))
        assert met in engine.nlp.vocab.strings
    assert len(engine.nlp.vocab.strings) == before
    assert found == tuple(claims_of(article(told), load_engine()))


def test_the_parser_is_named_without_loading_it(engine: Engine) -> None:
    assert tool_of() == engine.tool


@pytest.mark.parametrize("load", [load_engine, tool_of])
def test_a_parser_that_is_not_there_is_an_error_with_advice(load: object) -> None:
    with pytest.raises(PipelineError, match="no such language pipeline; install it"):
        load("xx_no_such_pipeline")  # type: ignore[operator]
