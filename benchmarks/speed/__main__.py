"""Everything at chosen sizes in one run, with peers beside it: a table, a plot, a file of results.

    python -m benchmarks.speed 10000 100000 1000000 [--beside oxigraph virtuoso …] [--plot FILE]
    python -m benchmarks.speed --redraw results.json --plot docs/speed.svg

Sizes are statements. For each, articles with their claims are generated and built, stage by stage;
the engine alone loads and dumps the same statements; the build is validated, asked every bundled
question and exported. Peers that hold everything in memory, and pySHACL, take part up to a size of
their own. Answers and verdicts that differ are an error, told after everything is written down.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

import msgspec

from benchmarks import asking, exporting
from benchmarks.engines import Loaded
from benchmarks.speed import parts
from benchmarks.speed.asked import Answers, ask
from benchmarks.speed.model import Judging, Making, Results, Size
from benchmarks.speed.table import table

SIZES: Final = (10_000, 30_000)  # what is quick
PEERS: Final = ("oxigraph", "oxrdflib", "rdflib")  # Virtuoso where it is asked for
SERVERS: Final = ("oxigraph", "virtuoso")
LIBRARIES: Final = ("oxrdflib", "rdflib")
FEW: Final = 1  # values that libraries are asked for, from this size on
MANY: Final = 20_000
FORMS: Final = (exporting.DUMP, "nquads", "turtle", "trig", "jsonld", "jsonl", "csv", "parquet")
PACKAGES: Final = ("pyoxigraph", "oxigraph", "oxrdflib", "rdflib", "pyshacl", "shacl-rust")


def measured(wanted: int, options: argparse.Namespace, scratch: Path) -> tuple[Size, list[str]]:
    """Measure one size; say also which answers differ without anybody knowing why."""
    path = (options.keep or scratch) / str(wanted)
    told = path.with_suffix(".json")
    making = _built(wanted, path, told)
    _say(f"{making.statements:,} statements: built")
    loaded = [parts.apart(Loaded, "load", path)]
    judging = parts.apart(Judging, "judge", path, wanted <= options.reference)
    _say("loaded alone, judged")
    answers = _asked(wanted, path, options)
    _say("asked")
    exported = tuple(exporting.measured(path, options.forms))
    size = Size(
        wanted,
        making,
        (*loaded, *answers.loaded),
        judging,
        tuple(answers.asked),
        exported,
        parts.first(path),
        tuple(answers.unlike),
    )
    return size, [f"{making.statements:,} statements, {each}" for each in answers.wrong]


def _built(wanted: int, path: Path, told: Path) -> Making:
    """Build, unless the same was built and kept before."""
    if told.is_file():
        return msgspec.json.decode(told.read_bytes(), type=Making)
    making = parts.apart(Making, "build", wanted, path)
    told.write_bytes(msgspec.json.encode(making))
    return making


def _asked(wanted: int, path: Path, options: argparse.Namespace) -> Answers:
    """Ask servers with all values; libraries up to their size, with few where they are slow."""
    servers = [each for each in options.beside if each in SERVERS]
    answers = ask(path, servers, options.limit, options.most, options.virtuoso, options.only)
    libraries = [each for each in options.beside if each in LIBRARIES]
    if libraries and wanted <= options.libraries:
        most = min(options.most, len(asking.RANKS) if wanted < MANY else FEW)
        more = ask(path, libraries, options.limit, most, only=options.only)
        answers.asked += [each for each in more.asked if each.engine in LIBRARIES]
        answers.loaded += more.loaded
        answers.unlike += more.unlike
        answers.wrong += more.wrong
    return answers


def run(options: argparse.Namespace) -> list[str]:
    """Measure all sizes, and write down after each what is known; give what differs."""
    wrong: list[str] = []
    sizes: list[Size] = []
    with tempfile.TemporaryDirectory() as scratch:
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
        for wanted in options.sizes:
            size, odd = measured(wanted, options, Path(scratch))
            sizes.append(size)
            wrong += odd
            tell(Results(_versions(), tuple(sizes)), options)
    return wrong


def tell(results: Results, options: argparse.Namespace) -> None:
    """Print the table; write the file of results and the plot where they are asked for."""
    print(f"\n{table(results)}\n", flush=True)
    if options.output:
        results.write(options.output)
    if options.plot:
        from benchmarks.speed.picture import draw

        options.plot.write_bytes(draw(results))


def _versions() -> dict[str, str]:
    return {"Python": platform.python_version()} | {each: version(each) for each in PACKAGES}


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def options_of(given: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("sizes", nargs="*", type=int, default=SIZES, help="numbers of statements")
    asked.add_argument("--beside", nargs="*", default=PEERS, choices=asking.PEERS)
    asked.add_argument("--libraries", type=int, default=100_000, help="largest size for libraries")
    asked.add_argument("--reference", type=int, default=10_000, help="largest size for pySHACL")
    asked.add_argument("--virtuoso", metavar="URL", help="one that runs: http://USER:WORD@HOST")
    asked.add_argument("--limit", type=float, default=60.0, help="seconds that an answer may take")
    asked.add_argument("--most", type=int, default=len(asking.RANKS), help="values of a parameter")
    asked.add_argument("--forms", nargs="*", default=FORMS, choices=exporting.FORMS)
    asked.add_argument("--only", help="one question")
    asked.add_argument("--keep", type=Path, help="a folder to keep builds in, and take them from")
    asked.add_argument("-o", "--output", type=Path, help="a file of results")
    asked.add_argument("--plot", type=Path, help="a picture, in SVG")
    asked.add_argument("--redraw", type=Path, help="only tell what a file of results holds")
    options = asked.parse_args(given)
    if options.virtuoso and "virtuoso" not in options.beside:
        options.beside = [*options.beside, "virtuoso"]
    return options


def main(given: Sequence[str]) -> None:
    """Measure as asked on the command line."""
    options = options_of(given)
    if options.redraw:
        tell(Results.read(options.redraw), options)
        return
    wrong = run(options)
    if wrong:
        raise SystemExit("answers differ:\n" + "\n".join(wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
