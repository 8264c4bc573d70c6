"""Statements in, one CSV table out: one row per claim, with its place, roles and sentence.

Made for spreadsheets: entities by their labels, several values separated by `; `, and nothing
that a spreadsheet would run as a formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.site.statements import Statements
from kg.site.tables import Known, Said
from kg.terms import DEFINITIONS, PREFIXES, ROLES

_CMQ: Final = DEFINITIONS
_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠|%]|[\t\r]")
ROLE_COLUMNS: Final = tuple(dict.fromkeys(role for roles in ROLES.values() for role in roles))
COLUMNS: Final = (
    "article", "line", "column", "kind", *ROLE_COLUMNS, "modality", "status", "polarity",
    "attribution", "confidence", "start", "end", "digest", "quote", "claim", "about",
)  # fmt: skip
_TYPE: Final = f"{PREFIXES['rdf']}type"
_CLAIM: Final = NamedNode(f"{_CMQ}Claim")


def claim_table(statements: Statements) -> Iterator[bytes]:
    """Write one row per claim, in the order of articles and of their text."""
    said = Known(statements)
    claims = {
        quad.subject.value
        for quad in statements.values(_TYPE, None)
        if quad.object == _CLAIM and isinstance(quad.subject, NamedNode)
    }
    yield _csv([COLUMNS])
    for row in sorted((_row(iri, said) for iri in sorted(claims)), key=_place):
        yield _csv([[safe(row[name]) for name in COLUMNS]])


def _csv(rows: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def safe(value: str) -> str:
    """Keep a spreadsheet from running a value: what starts like a formula gets an apostrophe.

    >>> safe("=1+1"), safe("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{value}" if _FORMULA.match(value) else value


def unsafe(value: str) -> str:
    """Give the value that `safe` made safe.

    >>> unsafe("'=1+1"), unsafe("'tis")
    ('=1+1', "'tis")
    """
    return value[1:] if value.startswith("'") and _FORMULA.match(value[1:]) else value


def _row(claim: str, said: Known) -> dict[str, str]:
    own = said[claim]
    article = _said_of(own[f"{PREFIXES['prov']}hadPrimarySource"], said)
    evidence = _said_of(own[f"{PREFIXES['prov']}wasDerivedFrom"], said)
    selectors = evidence[f"{PREFIXES['oa']}hasSelector"]
    position, quote = (
        next((said[each.value] for each in selectors if said[each.value][PREFIXES["oa"] + key]), {})
        for key in ("start", "exact")
    )
    row = {role: _shown(own[_property(role)], said) for role in ROLE_COLUMNS}
    for name in ("modality", "status", "polarity", "kind", "attribution", "confidence", "about"):
        row[name] = _shown(own[_CMQ + name], said)
    for name in ("line", "column", "digest"):
        row[name] = _shown(evidence[_CMQ + name], said)
    row["article"] = _shown(article[f"{PREFIXES['dcterms']}identifier"], said)
    row["start"] = _shown(position.get(f"{PREFIXES['oa']}start", []), said)
    row["end"] = _shown(position.get(f"{PREFIXES['oa']}end", []), said)
    row["quote"] = _shown(quote.get(f"{PREFIXES['oa']}exact", []), said)
    row["about"] = "; ".join(each.value for each in own[f"{_CMQ}about"])
    row["claim"] = claim
    return row


def _said_of(nodes: list[NamedNode | Literal], said: Known) -> Said:
    return said[nodes[0].value] if nodes else defaultdict(list)


def _property(role: str) -> str:
    return f"{PREFIXES['dcterms']}type" if role == "type" else _CMQ + role


def _shown(values: list[NamedNode | Literal], said: Known) -> str:
    return "; ".join(sorted(_label(value, said) for value in values))


def _label(value: NamedNode | Literal, said: Known) -> str:
    """Give a literal's text, a node's English or plain label, else the end of its IRI."""
    if isinstance(value, Literal):
        return value.value
    labels = said[value.value][f"{PREFIXES['rdfs']}label"]
    usable = [
        each.value for each in labels if isinstance(each, Literal) and each.language in (None, "en")
    ]
    return min(usable, default=re.split(r"[/#]", value.value)[-1])


def _place(row: dict[str, str]) -> tuple[str, int, int, str]:
    return row["article"], int(row["line"] or 0), int(row["column"] or 0), row["claim"]
