"""What `kg evaluate` shows: evaluations, comparisons, bands and findings as tables or JSON.

JSON holds every figure unrounded; tables round to three digits.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final, Literal, get_args

from kg.claims.gold.confusion import Confusion, confusion
from kg.claims.gold.model import Finding
from kg.claims.gold.reliability import Reliability
from kg.claims.gold.scoring import Evaluation, Share, Tally
from kg.claims.gold.significance import Difference
from kg.claims.gold.tables import Table, as_markdown, as_text, visible

Form = Literal["table", "json", "markdown"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
SHARES: Final = ("P", "R", "F1")


def written(tables: Sequence[Table], values: object, form: Form) -> str:
    """Write tables, or as JSON the values that they show."""
    if form == "json":
        return json.dumps(values, ensure_ascii=False, indent=2) + "\n"
    return as_markdown(tables) if form == "markdown" else as_text(tables)


# ---- figures ---------------------------------------------------------------------


def figures_table(named: Sequence[tuple[str, Tally]], articles: int) -> Table:
    """Show the figures of whole gold sets, one row a name."""
    columns = ("rule", *_columns("claims"), *_columns("roles"), "modal", "quotes", "score")
    rows = [
        (name, *_shares(tally.claims), *_shares(tally.roles), _digits(tally.modal),
         f"{tally.quotes}/{tally.got}", _digits(tally.score))
        for name, tally in named
    ]  # fmt: skip
    first = named[0][1]
    note = f"articles {articles}, gold claims {first.gold}, claims {first.got}"
    return Table("", columns, tuple(rows), note)


def kinds_table(relaxed: Evaluation, exact: Evaluation) -> Table:
    """Show the figures of each kind, and both F1 by the exact rule."""
    columns = ("kind", "gold", "got", *_columns("claims"), *_columns("roles"), "modal",
               "exact claims F1", "exact roles F1")  # fmt: skip
    strict = exact.by_kind
    rows = [
        (kind, str(tally.gold), str(tally.got), *_shares(tally.claims), *_shares(tally.roles),
         _digits(tally.modal) if tally.modal_asked else "–",
         _digits(strict[kind].claims.f1), _digits(strict[kind].roles.f1))
        for kind, tally in relaxed.by_kind.items()
    ]  # fmt: skip
    return Table("By kind", columns, tuple(rows))


def confusion_table(found: Confusion) -> Table:
    """Show which gold kind (rows) was taken for which (columns)."""
    rows = [
        (gold, *(_count(found.counts.get((gold, got), 0)) for got in found.kinds),
         _count(found.missed.get(gold, 0)))
        for gold in found.kinds
    ]  # fmt: skip
    false = ("false", *(_count(found.false.get(kind, 0)) for kind in found.kinds), "")
    columns = ("gold", *found.kinds, "missed")
    return Table("Gold kinds (rows) and kinds given (columns)", columns, (*rows, false))


def evaluation_values(relaxed: Evaluation, exact: Evaluation) -> dict[str, Any]:
    """Give all figures of an evaluation as JSON values."""
    strict, found = exact.by_kind, confusion(relaxed)
    return {
        "articles": len(relaxed.articles),
        "claims of other articles": relaxed.strangers,
        "relaxed": _tally_values(relaxed.tally),
        "exact": _tally_values(exact.tally),
        "by kind": {
            kind: {"relaxed": _tally_values(tally), "exact": _tally_values(strict[kind])}
            for kind, tally in relaxed.by_kind.items()
        },
        "by article": {each.gold.id: _tally_values(each.tally) for each in relaxed.articles},
        "confusion": {
            "paired": [
                {"gold": gold, "got": got, "claims": count}
                for (gold, got), count in sorted(found.counts.items())
            ],
            "missed": dict(sorted(found.missed.items())),
            "false": dict(sorted(found.false.items())),
        },
    }


# ---- two runs side by side --------------------------------------------------------


def comparison_table(found: Sequence[Difference], names: tuple[str, str], articles: int) -> Table:
    """Show the measures of two runs, how far they lie apart and how surely."""
    columns = ("measure", *names, "difference", "95 % from", "to", "p")
    rows = [
        (each.measure, _digits(each.first), _digits(each.second), _signed(each.difference),
         _signed(each.low), _signed(each.high), f"{each.p:.4f}")
        for each in found
    ]  # fmt: skip
    note = (
        f"p: paired approximate randomisation; interval: paired bootstrap; over {articles} articles"
    )
    few = f" (so few cannot give a p below {2.0 ** (1 - articles):.2g})" if articles < 7 else ""
    return Table("", columns, tuple(rows), note + few)


def kinds_comparison_table(first: Evaluation, second: Evaluation, names: tuple[str, str]) -> Table:
    """Show the F1 of two runs for each kind."""
    columns = ("kind", *(f"{what} {name}" for what in ("claims F1", "roles F1")
                         for name in (*names, "difference")))  # fmt: skip
    one, other = first.by_kind, second.by_kind
    rows = []
    for kind in dict.fromkeys([*one, *other]):
        a, b = one.get(kind, Tally()), other.get(kind, Tally())
        rows.append((kind, *_beside(a.claims.f1, b.claims.f1), *_beside(a.roles.f1, b.roles.f1)))
    return Table("By kind", columns, tuple(rows))


def difference_values(found: Sequence[Difference]) -> list[dict[str, Any]]:
    """Give the differences of two runs as JSON values."""
    return [
        {
            "measure": each.measure,
            "first": each.first,
            "second": each.second,
            "difference": each.difference,
            "interval": [each.low, each.high],
            "p": each.p,
        }
        for each in found
    ]


# ---- confidence ---------------------------------------------------------------------


def reliability_table(found: Reliability) -> Table:
    """Show how many claims of each band of confidence are right."""
    rows = [
        (f"{band.low:.1f}–{band.high:.1f}", str(band.claims), str(band.right),
         _digits(band.share) if band.claims else "–",
         _digits(band.confidence) if band.claims else "–")
        for band in found.bands
    ]  # fmt: skip
    note = f"expected calibration error {found.error:.3f} over {found.claims} claims"
    return Table(
        "", ("confidence", "claims", "right", "share right", "mean confidence"), tuple(rows), note
    )


def reliability_values(found: Reliability) -> dict[str, Any]:
    """Give the bands as JSON values."""
    bands = [
        {
            "from": band.low,
            "to": band.high,
            "claims": band.claims,
            "right": band.right,
            "share": band.share if band.claims else None,
            "confidence": band.confidence if band.claims else None,
        }
        for band in found.bands
    ]
    return {"bands": bands, "claims": found.claims, "expected calibration error": found.error}


# ---- findings -------------------------------------------------------------------------


def findings_text(found: Sequence[Finding], form: Form) -> str:
    """Write findings: one a line, as Markdown table or JSON."""
    if form == "table":
        return "".join(f"{visible(str(each))}\n" for each in found)
    rows = tuple((str(each.file), str(each.claim or ""), each.what, each.remedy) for each in found)
    values = [
        {"file": str(each.file), "claim": each.claim, "what": each.what, "remedy": each.remedy}
        for each in found
    ]
    return written([Table("", ("file", "claim", "what", "what to do"), rows)], values, form)


def _columns(what: str) -> tuple[str, ...]:
    return tuple(f"{what} {each}" if each == "P" else each for each in SHARES)


def _shares(share: Share) -> tuple[str, ...]:
    return tuple(map(_digits, (share.precision, share.recall, share.f1)))


def _tally_values(tally: Tally) -> dict[str, Any]:
    def shares(share: Share, gold: int, got: int, right: int) -> dict[str, float]:
        measures = {"precision": share.precision, "recall": share.recall, "f1": share.f1}
        return {**measures, "gold": gold, "got": got, "right": right}

    return {
        "claims": shares(tally.claims, tally.gold, tally.got, tally.right),
        "roles": shares(tally.roles, tally.role_gold, tally.role_got, tally.role_right),
        "modal": tally.modal,
        "quotes": {"right": tally.quotes, "claims": tally.got},
        "score": tally.score,
    }


def _beside(first: float, second: float) -> tuple[str, str, str]:
    return _digits(first), _digits(second), _signed(second - first)


def _digits(value: float) -> str:
    return f"{value:.3f}"


def _signed(value: float) -> str:
    return f"{value:+.3f}"


def _count(number: int) -> str:
    return str(number) if number else ""
