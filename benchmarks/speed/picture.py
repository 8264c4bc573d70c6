"""The plot of a run: what grows with the number of statements, on two logarithmic axes.

Results in, SVG out: the same bytes for the same results and the same version of the library. Drawn
without a ground and in colours of middle lightness, so that it can be read on light and on dark.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import EngFormatter, FuncFormatter

from benchmarks.speed.model import Results, Size
from benchmarks.speed.parts import ENGINE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK: Final = "#808890"
STYLE: Final[Any] = {
    "svg.hashsalt": "speed",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 11,
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "grid.color": INK,
    "grid.alpha": 0.25,
}
_OURS: Final = "#d9622b"
_OTHERS: Final = ("#3f8fd0", "#2fa56f", "#b07cc6", "#a3902f")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a panel."""

    label: str
    colour: str
    value: Callable[[Size], float | None]
    dashed: bool = False


def draw(results: Results) -> bytes:
    """Draw what a run found."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(10.5, 4.4), layout="constrained")
        left, right = figure.subplots(1, 2, sharex=True)
        _panel(left, results, _of_builds(), "s", "Build, load and validate")
        _panel(right, results, _of_questions(), "ms", "Bundled questions, median")
        for axes in (left, right):
            axes.set_xlabel("statements")
        drawn = BytesIO()
        figure.savefig(
            drawn, format="svg", transparent=True, metadata={"Date": None, "Creator": None}
        )
    lines = (line.rstrip() for line in drawn.getvalue().splitlines())
    return b"\n".join(lines) + b"\n"


def _panel(axes: Axes, results: Results, lines: list[Line], unit: str, title: str) -> None:
    for line in lines:
        found = [(size.making.statements, line.value(size)) for size in results.sizes]
        known = [(many, spent) for many, spent in found if spent]
        if known:
            axes.plot(
                *zip(*known, strict=True),
                color=line.colour,
                marker="o",
                markersize=4.5,
                linewidth=1.8,
                linestyle="--" if line.dashed else "-",
                label=line.label,
            )
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_ylabel(f"CPU time ({unit})")
    axes.set_title(title, pad=10)
    axes.minorticks_off()
    axes.xaxis.set_major_formatter(EngFormatter(sep=""))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    axes.grid(visible=True)
    axes.spines[["top", "right"]].set_visible(False)
    if axes.get_legend_handles_labels()[0]:
        axes.legend(frameon=False, fontsize=9.5)


def _of_builds() -> list[Line]:
    def bare(size: Size) -> float | None:
        return next((each.seconds for each in size.loaded if each.engine == ENGINE), None)

    def judged(size: Size) -> float | None:
        return size.judging.spent.cpu if size.judging else None

    def reference(size: Size) -> float | None:
        return size.judging.reference.cpu if size.judging and size.judging.reference else None

    return [
        Line("build from claims", _OURS, lambda size: size.making.seconds),
        Line("the engine's bulk load alone", _OTHERS[0], bare),
        Line("validation", _OTHERS[1], judged),
        Line("pySHACL", _OTHERS[2], reference, dashed=True),
    ]


def _of_questions() -> list[Line]:
    def selective(engine: str) -> Callable[[Size], float | None]:
        return lambda size: getattr(size.asking(engine, "selective"), "median", None)

    def scan(engine: str) -> Callable[[Size], float | None]:
        return lambda size: getattr(size.asking(engine, "scan"), "median", None)

    return [
        Line("kg, selective", _OURS, selective("kg")),
        Line("kg, other", _OURS, scan("kg"), dashed=True),
        Line("rdflib, selective", _OTHERS[2], selective("rdflib")),
        Line("rdflib, other", _OTHERS[2], scan("rdflib"), dashed=True),
        Line("Virtuoso, selective", _OTHERS[0], selective("Virtuoso")),
        Line("Virtuoso, other", _OTHERS[0], scan("Virtuoso"), dashed=True),
    ]
