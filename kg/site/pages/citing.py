"""How a page is cited: a thing and the state of the data in, text, BibTeX and CSL-JSON out.

The date is that of the latest article and the version is the digest of the data: whoever cites
tells which data, not when a clock struck.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from kg.edtf import worded
from kg.iris import content_hash

_SPECIAL = re.compile(r"[\\{}$&#^_~%]")
_WRITTEN = {"\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}"}


@dataclass(frozen=True, slots=True)
class Citation:
    """One page, cited in three forms."""

    text: str
    bibtex: str
    csl: str


def citation(iri: str, label: str, site: str, publisher: str, as_of: str, digest: str) -> Citation:
    """Cite a page."""
    version = digest[:12]
    known = [f"“{label}”", site, publisher, f"data as of {worded(as_of)}" if as_of else ""]
    known += [f"version {version}" if version else ""]
    text = f"{', '.join(filter(None, known))}. {iri}"
    return Citation(text, _bibtex(iri, label, site, publisher, as_of, version), _csl(
        iri, label, site, publisher, as_of, version
    ))  # fmt: skip


def _bibtex(iri: str, label: str, site: str, publisher: str, as_of: str, version: str) -> str:
    fields = {
        "title": "{" + _tex(label) + "}",
        "howpublished": _tex(site),
        "publisher": _tex(publisher),
        "year": as_of[:4] if as_of[:4].isdecimal() else "",
        "url": iri.replace("{", "%7B").replace("}", "%7D"),
        "note": f"version {version}" if version else "",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{communique-{content_hash(iri)[:8]},\n{lines}\n}}"


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda found: _WRITTEN.get(found[0], "\\" + found[0]), text)


def _csl(iri: str, label: str, site: str, publisher: str, as_of: str, version: str) -> str:
    told: dict[str, Any] = {
        "id": iri, "type": "webpage", "title": label, "container-title": site,
        "publisher": publisher, "URL": iri, "version": version,
    }  # fmt: skip
    parts = [int(part) for part in as_of.split("-") if part.isdecimal()]
    if parts:
        told["issued"] = {"date-parts": [parts]}
    return json.dumps(
        {name: value for name, value in told.items() if value}, ensure_ascii=False, indent=2
    )
