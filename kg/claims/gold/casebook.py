"""Faults in their sentence, for readers: cases in; text, Markdown or JSON values out.

The evidence stands between »« (bold in Markdown), roles of gold and extractor side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

from kg.claims.gold.context import Case, RoleDifference
from kg.claims.gold.tables import Table, as_markdown, escaped, visible

LONGEST: Final = 400  # characters of evidence that are shown
_FAULTS: Final = {"missed": "missed", "false": "false", "kind": "wrong kind", "differs": "differs"}


def cases_text(
    found: Sequence[Case], form: Literal["table", "json", "markdown"], title: str = ""
) -> str:
    """Write faults with their sentence and roles side by side, as text or Markdown."""
    show = _case_markdown if form == "markdown" else _case_text
    head = f"\n{title}\n" if title else ""
    return head + "".join(f"\n{show(case)}" for case in found)


def case_values(found: Sequence[Case]) -> list[dict[str, Any]]:
    """Give faults as JSON values."""
    return [
        {
            "fault": case.fault,
            "article": case.article,
            "line": case.line,
            "column": case.column,
            "kind": case.kind,
            **({"got": case.got} if case.got else {}),
            "before": case.before,
            "evidence": case.evidence,
            "after": case.after,
            "roles": {each.role: {"gold": each.gold, "got": each.got} for each in case.roles},
        }
        for case in found
    ]


def _case_text(case: Case) -> str:
    lines = [_heading(case), f"    {_context(case, '»', '«')}"]
    if case.roles:
        left = ["gold", *(_several(each.gold) for each in case.roles)]
        width = min(max(map(len, left)), 60)
        name = max(len(each.role) for each in case.roles)
        lines.append(f"    {'':{name}}  {'gold':{width}}  got")
        lines += [_role_line(each, name, width) for each in case.roles]
    return "\n".join(lines) + "\n"


def _role_line(each: RoleDifference, name: int, width: int) -> str:
    gold, got = visible(_several(each.gold)), visible(_several(each.got))
    return f"    {visible(each.role):{name}}  {gold:{width}}  {got}".rstrip()


def _case_markdown(case: Case) -> str:
    rows = tuple((each.role, _several(each.gold), _several(each.got)) for each in case.roles)
    table = as_markdown([Table("", ("role", "gold", "got"), rows)]) if rows else ""
    body = "".join(
        [escaped(case.before), " **", escaped(_clipped(case.evidence)), "** ", escaped(case.after)]
    )
    return f"**{escaped(_heading(case))}**\n\n> {body.strip()}\n\n{table}"


def _heading(case: Case) -> str:
    kinds = f"{case.kind} taken for {case.got}" if case.got else case.kind
    return visible(f"{case.article}:{case.line}:{case.column}  {_FAULTS[case.fault]}  {kinds}")


def _context(case: Case, opening: str, closing: str) -> str:
    around = f"{case.before}{opening}{_clipped(case.evidence)}{closing}{case.after}"
    return visible(around)


def _clipped(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"


def _several(values: Sequence[str]) -> str:
    return "; ".join(values) or "–"
