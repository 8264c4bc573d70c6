"""The data set in schema.org, as search engines read it in the head of a page.

The block is data, no program: nothing in it can end the element that holds it, whatever an operator
calls the site.
"""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from kg.site.framing import as_of
from kg.site.machines.dumps import dumps
from kg.site.machines.naming import DATASET, DESCRIPTION, endpoint, home
from kg.site.model import Holding


def dataset(holding: Holding, *, whole: bool = True) -> dict[str, Any]:
    """Describe the data set, with its dumps unless it is to be quick."""
    told, root = holding.settings, home(holding)
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": root + DATASET,
        "name": told.title,
        "description": DESCRIPTION,
        "url": root,
        "version": holding.digest[:16],
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": each.title,
                "contentUrl": root + each.path,
                "encodingFormat": each.media_type,
                "contentSize": f"{each.bytes} B",
                "sha256": each.sha256,
            }
            for each in (dumps(holding) if whole else ())
        ],
    }
    if told.licence:
        found["license"] = told.licence
    if told.publisher:
        found["publisher"] = {"@type": "Organization", "name": told.publisher}
    if date := as_of(holding):
        found["dateModified"] = date
    if endpoint(holding):
        found["potentialAction"] = {"@type": "SearchAction", "target": endpoint(holding)}
    return found


def head(holding: Holding, *, whole: bool = True) -> Markup:
    """Give the block for the head of a page."""
    text = json.dumps(dataset(holding, whole=whole), ensure_ascii=False, sort_keys=True)
    return Markup(f'<script type="application/ld+json">{harmless(text)}</script>')  # noqa: S704 - escaped just here


def harmless(text: str) -> str:
    r"""Keep JSON from ending the element that it stands in.

    >>> harmless('{"name": "</script><script>"}')
    '{"name": "\\u003c/script\\u003e\\u003cscript\\u003e"}'
    """
    escapes = {"<": r"\u003c", ">": r"\u003e", "&": r"\u0026", "\u2028": r"\u2028"}
    return "".join(escapes.get(char, char) for char in text)
