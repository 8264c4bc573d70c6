"""A dataset in, a CSV table out: one row per claim, with its place, roles and sentence.

Made for spreadsheets: entities by their labels, several values separated by `; `, and nothing
that a spreadsheet would run as a formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.terms import DEFINITIONS, PREFIXES, ROLES

_CMQ: Final = DEFINITIONS
_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠|%]|[\t\r]")
ROLE_COLUMNS: Final = tuple(dict.fromkeys(role for roles in ROLES.values() for role in roles))
COLUMNS: Final = (
    "article", "line", "column", "kind", *ROLE_COLUMNS, "modality", "status", "polarity",
    "attribution", "confidence", "start", "end", "digest", "quote", "claim", "about",
)  # fmt: skip
Said = dict[str, dict[str, list[NamedNode | Literal]]]


def claim_table(quads: Iterable[Quad]) -> bytes:
    """Write one row per claim, in the order of articles and of their text."""
    said = _by_subject(quads)
    claims = [iri for iri, about in said.items() if NamedNode(f"{_CMQ}Claim") in about["a"]]
    rows = sorted((_row(iri, said) for iri in claims), key=_place)
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: safe(value) for name, value in row.items()} for row in rows)
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


def _by_subject(quads: Iterable[Quad]) -> Said:
    said: Said = defaultdict(lambda: defaultdict(list))
    for quad in sorted({quad.triple for quad in quads}, key=str):
        name = quad.predicate.value
        key = "a" if name == f"{PREFIXES['rdf']}type" else name
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            said[quad.subject.value][key].append(quad.object)
    return said


def _row(claim: str, said: Said) -> dict[str, str]:
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


def _said_of(nodes: list[NamedNode | Literal], said: Said) -> dict[str, list[NamedNode | Literal]]:
    return said[nodes[0].value] if nodes else defaultdict(list)


def _property(role: str) -> str:
    return f"{PREFIXES['dcterms']}type" if role == "type" else _CMQ + role


def _shown(values: list[NamedNode | Literal], said: Said) -> str:
    return "; ".join(sorted(_label(value, said) for value in values))


def _label(value: NamedNode | Literal, said: Said) -> str:
    """Give a literal's text, a node's English or plain label, else the end of its IRI."""
    if isinstance(value, Literal):
        return value.value
    labels = said[value.value][f"{PREFIXES['rdfs']}label"] if value.value in said else []
    usable = [
        each.value for each in labels if isinstance(each, Literal) and each.language in (None, "en")
    ]
    return min(usable, default=re.split(r"[/#]", value.value)[-1])


def _place(row: dict[str, str]) -> tuple[str, int, int, str]:
    return row["article"], int(row["line"] or 0), int(row["column"] or 0), row["claim"]
