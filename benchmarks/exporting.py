"""What exports cost: statements a second and peak memory of each format, beside the bare engine.

    python -m benchmarks.exporting 100 1200
    python -m benchmarks.exporting --build kg-build nquads turtle

Builds of generated articles, or a build that is there. Each format is written by a process of its
own, so that the peaks do not mix; CPU seconds, which do not depend on what else the machine does.
`dump` is what the engine does for unsorted N-Quads of the same store, in the same run: the bar for
`nquads` is 0.7 of its rate, that for all formats of RDF less than 1 GB at a million statements.
rdflib writes its own N-Quads at small sizes, from a dataset that it has loaded already.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import rdflib
from pyoxigraph import RdfFormat

from benchmarks.generate import articles
from kg import living
from kg.graph.store import Build
from kg.living import Arrival, open_build
from kg.site.exports import EXPORT_FORMATS, FOLDER_FORMATS, export_folder, stream

SIZES: Final = (12, 120)
DUMP: Final = "dump"
_REPEATS: Final = 3
_SHORT: Final = 5  # seconds
_SMALL: Final = 200_000  # statements
RDFLIB: Final = "rdflib nquads"
FORMS: Final = (DUMP, *EXPORT_FORMATS, *FOLDER_FORMATS)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one format cost."""

    form: str
    statements: int
    seconds: float
    peak: int  # MB
    opened: int  # MB, before anything was written
    written: int  # bytes

    @property
    def rate(self) -> float:
        """Statements of the graph per second."""
        return self.statements / self.seconds


def report(folders: Iterable[Path], forms: Sequence[str] = FORMS) -> None:
    """Print a table for each build; the small ones with rdflib."""
    for folder in folders:
        costs = [*measured(folder, forms)]
        if costs[0].statements < _SMALL:
            costs.append(by_rdflib(folder))
        bare = next(each for each in costs if each.form == DUMP)
        print(f"\n{bare.statements:,} statements\n")
        print("| format | CPU s | statements/s | of the engine's dump | peak MB | MB written |")
        print("|---|--:|--:|--:|--:|--:|")
        for each in costs:
            share = each.rate / bare.rate
            print(
                f"| {each.form} | {each.seconds:.1f} | {each.rate:,.0f} | {share:.2f}"
                f" | {each.peak or '-'} | {each.written / 1e6:.1f} |",
                flush=True,
            )


def measured(folder: Path, forms: Sequence[str] = FORMS) -> Iterator[Cost]:
    """Write each format in a process of its own."""
    for form in forms:
        with tempfile.TemporaryDirectory() as scratch:
            command = [sys.executable, "-m", "benchmarks.exporting", "--one"]
            told = subprocess.run(
                [*command, str(folder), form, f"{scratch}/out"], check=True, capture_output=True
            )
            yield Cost(**json.loads(told.stdout))


def one(folder: Path, form: str, out: Path) -> Cost:
    """Write one format of a build, here and now."""
    build = open_build(folder)
    opened = _peak()
    seconds = _seconds(lambda: _write(build, form, out))
    files = [out] if out.is_file() else [*out.iterdir()]
    written = sum(each.stat().st_size for each in files)
    return Cost(form, build.manifest.counts["quads"], seconds, _peak(), opened, written)


def by_rdflib(folder: Path) -> Cost:
    """Let rdflib write what it has loaded from the same store."""
    dataset = rdflib.Dataset()
    dataset.parse(data=open_build(folder).dataset.nquads().decode(), format="nquads")
    found: list[str] = []
    seconds = _seconds(lambda: found.append(dataset.serialize(format="nquads")))
    return Cost(RDFLIB, sum(1 for _ in dataset.quads()), seconds, 0, 0, len(found[0].encode()))


def _write(build: Build, form: str, out: Path) -> None:
    if form in FOLDER_FORMATS:
        export_folder(build.dataset, form, out, base=build.iris.base)
        return
    with out.open("wb") as file:
        if form == DUMP:
            build.store.dump(file, RdfFormat.N_QUADS)
        else:
            file.writelines(stream(build.dataset, form, base=build.iris.base, beside=out.parent))


def _seconds(work: Callable[[], Any]) -> float:
    """Give the least CPU seconds of some runs: three where they are short, one where not."""
    taken: list[float] = []
    while len(taken) < _REPEATS and sum(taken) < _SHORT:
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def _peak() -> int:
    """Give the most memory that this process held so far, in MB; 0 where nobody says."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) // 1024 if found else 0


def _built(sizes: Iterable[int], scratch: Path) -> Iterator[Path]:
    for size in sizes:
        folder = scratch / str(size)
        living.build(folder, (Arrival(each, said, ("made/1",)) for each, said in articles(size)))
        yield folder


def main(arguments: Sequence[str]) -> None:
    """Measure as asked on the command line."""
    if arguments[:1] == ["--one"]:
        print(json.dumps(asdict(one(Path(arguments[1]), arguments[2], Path(arguments[3])))))
    elif arguments[:1] == ["--build"]:
        report([Path(arguments[1])], (DUMP, *arguments[2:]) if arguments[2:] else FORMS)
    else:
        with tempfile.TemporaryDirectory() as scratch:
            report(_built([int(each) for each in arguments] or SIZES, Path(scratch)))


if __name__ == "__main__":
    main(sys.argv[1:])
