"""What reading claims costs: against the bare parser, by cores, by length, and in memory.

CPU seconds of one process against CPU seconds of one process, each the least of several runs in
turn, so that whatever else the machine does weighs on both alike.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.texts import made, sentences, write
from kg.articles.lines import lines_of
from kg.articles.model import Article
from kg.claims.engine import Engine, load_engine, plain
from kg.claims.extract import claims_of_each
from kg.claims.sentences import texts_of
from kg.claims.workers import BATCH
from kg.workers import cores

ARTICLES = 1000
SLICE = 100  # articles timed at once, in turn with the bare parser
SIZES = (200, 1000, 3000)
MEGABYTE = 2**20
LENGTHS: dict[str, Callable[[int], str]] = {
    "prose, one line": lambda n: (
        "Norway and Chile held talks on copper in Oslo on 3 May 2021. " * n
    ),
    "prose, paragraphs": lambda n: "Norway warned Mali that it would ban tin.\n\n" * n,
    "one-word lines": lambda n: "tin\nPeru\nagreed\nMinister\nban\n" * n,
    "new persons": lambda n: "\n\n".join(
        f"Minister Ann Odum{chr(97 + i % 26)}{chr(97 + i // 26 % 26)} met Bo Poe of Chile."
        for i in range(n)
    ),
    "pronouns": lambda n: "Ann Lee of Peru spoke. " + "She said they agreed to cut it.\n\n" * n,
    "brackets": lambda n: "Tin sold well (" + "([{" * 20 * n + ").",
    "capitals": lambda n: "PERU AND CHILE AGREED ON TUESDAY TO CUT EXPORTS OF TIN. " * n,
    "bad scan": lambda n: (
        "N0rway adn Chlie he1d ta1ks on copp-\ner in 0slo, sa1d tbe rninister. " * n
    ),
    "right to left": lambda n: "\u202eبيرو وتشيلي\u202c Peru spoke to Chile. " * n,
    "markup": lambda n: '<a href="x">Peru</a> &amp; Chile&#8217;s &lt;b&gt;ban&lt;/b&gt;. ' * n,
}


def report() -> None:
    """Print every row."""
    engine = load_engine()
    stock = sentences(engine)
    _throughput(engine, list(made(stock, ARTICLES)))
    _lengths(engine)
    with tempfile.TemporaryDirectory() as scratch:
        files = {n: write(made(stock, n), Path(scratch) / f"{n}.jsonl") for n in SIZES}
        _cores(files[ARTICLES])
        for number, path in files.items():
            parent, below, _ = _run(path, cores())
            print(
                f"memory at {number:5,} articles          {parent / MEGABYTE:8.0f} MB"
                f" and {below / MEGABYTE:.0f} MB in the largest process that reads"
            )


def _throughput(engine: Engine, articles: list[Article]) -> None:
    """Time the parser alone and the claims on the same blocks, slice by slice, in turn."""
    bare = ours = 0.0
    slices = [articles[at : at + SLICE] for at in range(0, len(articles), SLICE)]
    _claims(slices[0], engine)
    for each in slices:
        blocks = [plain(text) for article in each for text in texts_of(article, engine)]
        bare += min(_cpu(lambda: _parse(blocks, engine)) for _ in range(2))  # noqa: B023 - run at once
        ours += min(_cpu(lambda: _claims(each, engine)) for _ in range(2))  # noqa: B023
    print(
        f"claims of {len(articles):,} articles         {ours:8.1f} s   bare parser {bare:8.1f} s"
        f"   throughput x {bare / ours:.2f} (at least 0.75)"
    )


def _parse(blocks: list[str], engine: Engine) -> None:
    for _ in engine.nlp.pipe(blocks, batch_size=64):
        pass


def _claims(articles: Sequence[Article], engine: Engine) -> None:
    """Read claims as the processes of `kg claims` do: a handful of articles at once."""
    for at in range(0, len(articles), BATCH):
        for _ in claims_of_each(articles[at : at + BATCH], engine):
            pass


def _cpu(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def _lengths(engine: Engine) -> None:
    """Time texts of one length and of twice that: t(2n)/t(n) is 2 where time is linear."""
    for name, text in LENGTHS.items():
        size = max(1, 60_000 // len(text(1)))
        once, twice = (_article(text(size * times)) for times in (1, 2))
        single = min(_cpu(lambda: _claims([once], engine)) for _ in range(2))  # noqa: B023
        double = min(_cpu(lambda: _claims([twice], engine)) for _ in range(2))  # noqa: B023
        print(
            f"{name:28} {len(once.text):8,} characters {single:6.2f} s, twice that {double:6.2f} s"
            f"   x {double / single:.2f} (at most 2.5)"
        )


def _article(text: str) -> Article:
    return Article("long", text, lines=lines_of(text))


def _cores(path: Path) -> None:
    alone, spread = _run(path, 1), _run(path, cores())
    print(
        f"1,000 articles, one process      {alone[2]:8.1f} s   {cores()} processes"
        f" {spread[2]:8.1f} s   x {alone[2] / spread[2]:.2f}"
    )


def _run(path: Path, jobs: int) -> tuple[int, int, float]:
    """Run `kg claims`; give its most memory, that of its largest process, and the time taken."""
    command = [sys.executable, "-m", "kg", "claims", str(path), "-j", str(jobs), "-o", os.devnull]
    start = time.perf_counter()
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    most = [0, 0]
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(running.pid, most, stop))
    watcher.start()
    running.wait()
    stop.set()
    watcher.join()
    return most[0], most[1], time.perf_counter() - start


def _watch(parent: int, most: list[int], stop: threading.Event) -> None:
    """Note the most memory that a process, and the largest of those below it, have resident."""
    while not stop.wait(0.2):
        most[0] = max(most[0], _resident(parent))
        below = [_resident(each) for each in _children(parent)]
        most[1] = max([most[1], *below])


def _children(parent: int) -> list[int]:
    try:
        path = Path(f"/proc/{parent}/task/{parent}/children")
        return [int(each) for each in path.read_text().split()]
    except OSError:
        return []


def _resident(process: int) -> int:
    try:
        pages = Path(f"/proc/{process}/statm").read_text().split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGESIZE")
