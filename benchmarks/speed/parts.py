"""What is measured in processes of its own, so that time and memory are only of that.

    python -m benchmarks.speed.parts NAME ARGUMENT…

The name of a part and its arguments in, its record as JSON out.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from benchmarks.clocks import timed
from benchmarks.engines import Loaded
from benchmarks.living import bare_load
from benchmarks.speed.making import make
from benchmarks.speed.model import Judging, Making
from benchmarks.validating import agree, judged_now, spoilt
from kg import living
from kg.graph.model import Dataset

ENGINE: Final = "the engine's bulk load"
SPOILT: Final = 0.001  # share of the statements
_KILOBYTE: Final = 1024

Told = TypeVar("Told")


def apart(kind: type[Told], name: str, *arguments: object) -> Told:
    """Measure a part in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.speed.parts", name, *map(str, arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return msgspec.json.decode(done.stdout, type=kind)


def build(statements: str, path: str) -> Making:
    """Build articles of about so many statements."""
    return make(int(statements), Path(path))


def load(path: str) -> Loaded:
    """Let the engine alone load the statements of a build."""
    with tempfile.TemporaryDirectory() as scratch:
        spent = bare_load(Path(path), Path(scratch))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILOBYTE
    return Loaded(ENGINE, spent.cpu, most, spent.clock)


def judge(path: str, reference: str) -> Judging:
    """Judge a build; with `reference`, judge a spoilt copy by pySHACL too, and compare."""
    build = living.open_build(Path(path))
    _, spent = timed(lambda: judged_now(build.dataset))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _KILOBYTE
    if reference != "True":
        return Judging(spent, memory)
    with tempfile.TemporaryDirectory() as scratch:
        copy: Dataset = spoilt(Path(path), Path(scratch) / "spoilt", SPOILT)
        mine, quick = timed(lambda: judged_now(copy))
        theirs, slow = timed(lambda: judged_now(copy, "pyshacl"))
        agree(theirs, mine, f"pySHACL and {mine.engine}")
    return Judging(spent, memory, len({*mine.results}), quick, slow)


def first(path: Path) -> float:
    """Ask one question on the command line, starting included."""
    command = [sys.executable, "-m", "kg", "query", "meetings-of-a-state", "--state", "JP"]
    start = _children()
    subprocess.run([*command, "-b", str(path)], check=True, stdout=subprocess.DEVNULL)
    return _children() - start


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(given: Sequence[str]) -> None:
    """Measure a part here and now."""
    parts: dict[str, Any] = {"build": build, "load": load, "judge": judge}
    name, *arguments = given
    sys.stdout.buffer.write(msgspec.json.encode(parts[name](*arguments)))


if __name__ == "__main__":
    main(sys.argv[1:])
