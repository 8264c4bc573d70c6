"""The table of a run: a row for each thing measured, a column for each size, and how it grows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, Literal

from benchmarks.exporting import DUMP
from benchmarks.speed.model import Results, Size, Sort, exponent
from benchmarks.speed.parts import ENGINE

SORTS: Final[dict[Sort, str]] = {
    "selective": "selective questions",
    "scan": "other questions",
}
_MEGABYTE: Final = 10**6
_KEPT: Final = ("nquads", "turtle", "trig", "jsonld", "jsonl", "csv", "parquet")

Value = Callable[[Size], float | None]


def table(results: Results) -> str:
    """Write the table in Markdown."""
    sizes = results.sizes
    heads = ["", *(f"{each.making.statements:,}" for each in sizes), "exponent"]
    lines = [f"| {' | '.join(heads)} |", f"|---|{'--:|' * (len(sizes) + 1)}"]
    for label, value, digits, grows in _rows(results):
        found = [value(each) for each in sizes]
        if any(each is not None for each in found):
            cells = ["" if each is None else f"{each:,.{digits}f}" for each in found]
            lines.append(f"| {' | '.join([label, *cells, _exponent(sizes, found, grows)])} |")
    return "\n".join(lines)


def _exponent(sizes: tuple[Size, ...], found: list[float | None], grows: bool) -> str:
    """Give how a row grows between the last two sizes at which it was measured."""
    known = [
        (size.making.statements, each)
        for size, each in zip(sizes, found, strict=True)
        if each is not None
    ]
    if not grows or len(known) < 2:
        return ""
    return f"{exponent(known[-2], known[-1]):.2f}"


def _rows(results: Results) -> Iterator[tuple[str, Value, int, bool]]:
    """Yield label, value at a size, digits after the point, and whether growth is told."""
    yield "articles", lambda size: size.making.articles, 0, False
    yield "claims", lambda size: size.making.claims, 0, False
    yield from _of_builds()
    yield from _of_loads(results)
    yield from _of_verdicts()
    for sort in SORTS:
        yield from _of_questions(results, sort)
    yield "a question on the command line, s", lambda size: size.first, 2, True
    yield from _of_exports()


def _of_builds() -> Iterator[tuple[str, Value, int, bool]]:
    yield "**build from claims, s**", lambda size: size.making.seconds, 1, True
    for stage in ("entities", "events", "graph", "tidying", "words"):
        yield f"of it {stage}", _stage(stage), 1, True
    yield "graph, on the clock", lambda size: size.making.clock.get("graph"), 1, True
    yield "memory, MB", lambda size: size.making.memory / _MEGABYTE, 0, True
    yield "on disk, MB", lambda size: size.making.written / _MEGABYTE, 0, True


def _stage(name: str) -> Value:
    return lambda size: size.making.stages.get(name)


def _of_loads(results: Results) -> Iterator[tuple[str, Value, int, bool]]:
    for name in sorted({each.engine for size in results.sizes for each in size.loaded}):
        yield f"loading alone: {name}, s", _load(name), 1, True

    def share(size: Size) -> float | None:
        bare = _load(ENGINE)(size)
        return bare / size.making.stages["graph"] if bare else None

    def passed(size: Size) -> float | None:
        bare = next((each.clock for each in size.loaded if each.engine == ENGINE), None)
        return bare / size.making.clock["graph"] if bare else None

    yield "writing the graph, of the engine's rate", share, 2, False
    yield "the same on the clock", passed, 2, False


def _load(name: str) -> Value:
    def seconds(size: Size) -> float | None:
        return next((each.seconds for each in size.loaded if each.engine == name), None)

    return seconds


def _of_verdicts() -> Iterator[tuple[str, Value, int, bool]]:
    def spent(size: Size) -> float | None:
        return size.judging.spent.cpu if size.judging else None

    def clock(size: Size) -> float | None:
        return size.judging.spent.clock if size.judging else None

    def memory(size: Size) -> float | None:
        return size.judging.memory / _MEGABYTE if size.judging else None

    def reference(size: Size) -> float | None:
        return size.judging.reference.cpu if size.judging and size.judging.reference else None

    def ratio(which: Literal["cpu", "clock"]) -> Value:
        def of(size: Size) -> float | None:
            told = size.judging
            if not (told and told.reference and told.spoilt):
                return None
            slow: float = getattr(told.reference, which)
            quick: float = getattr(told.spoilt, which)
            return slow / quick

        return of

    yield "**validation, s**", spent, 1, True
    yield "on the clock, s", clock, 1, True
    yield "memory, MB", memory, 0, True
    yield "pySHACL on a spoilt copy, s", reference, 0, True
    yield "as many times ours", ratio("cpu"), 0, False
    yield "on the clock", ratio("clock"), 0, False


def _of_questions(results: Results, sort: Sort) -> Iterator[tuple[str, Value, int, bool]]:
    def of(engine: str, name: str) -> Value:
        return lambda size: getattr(size.asking(engine, sort), name, None)

    names = {each.engine: None for size in results.sizes for each in size.asked}
    ours, *peers = names or {"kg": None}
    yield f"**{SORTS[sort]}**, how many", of(ours, "asked"), 0, False
    yield "median, ms", of(ours, "median"), 1, True
    yield "95 in 100, ms", of(ours, "nearly_all"), 0, True
    yield "slowest, ms", of(ours, "most"), 0, True
    for peer in peers:
        yield f"{peer}: times ours, median", of(peer, "ratio"), 1, False
        yield f"{peer}: 95 in 100, ms", of(peer, "nearly_all"), 0, True


def _of_exports() -> Iterator[tuple[str, Value, int, bool]]:
    def rate(size: Size, form: str) -> float | None:
        known = {each.form: each for each in size.exported}
        return known[form].rate / known[DUMP].rate if {form, DUMP} <= known.keys() else None

    def most(size: Size) -> float | None:
        return max((each.peak for each in size.exported), default=None)

    def of(form: str) -> Value:
        return lambda size: rate(size, form)

    for form in _KEPT:
        yield f"export {form}, of the engine's dump", of(form), 2, False
    yield "exports, most memory, MB", most, 0, True
