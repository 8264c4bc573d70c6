"""Which form of a page is sent: what the address and the client ask for in, a form or none out.

An extension wins over `?format=`, and that over the `Accept` header. A header that nobody can read
stands for "anything".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import mimeparse

from kg.site.forms import FORMS, Form

ANYTHING: Final = "*/*"
_LONGEST: Final = 2048  # characters of a header that are read
_BY_NAME: Final = {
    **{form.extension: form for form in FORMS},
    **{form.media_type: form for form in FORMS},
    **{form.export: form for form in FORMS if form.export},
}
_ALIASES: Final = {
    "application/xhtml+xml": "text/html",
    "application/x-turtle": "text/turtle",
    "text/n3": "text/turtle",
    "text/plain": "application/n-triples",
    "application/xml": "application/rdf+xml",
    "application/x-trig": "application/trig",
}


def split(path: str) -> tuple[str, Form | None]:
    """Cut the extension of a form off an address.

    >>> split("id/state/JP.ttl")[1].title, split("id/article/2.5")
    ('Turtle', ('id/article/2.5', None))
    """
    stem, dot, extension = path.rpartition(".")
    form = next((each for each in FORMS if each.extension == extension), None)
    if not dot or form is None or not stem or stem.endswith("/"):
        return path, None
    return stem, form


def named(name: str) -> Form | None:
    """Give the form that `?format=` names, by extension, media type or name."""
    return _BY_NAME.get(name.strip().lower().partition(";")[0])


def chosen(accept: str, forms: Sequence[Form]) -> Form | None:
    """Give the form that a client likes best, the first of equals; None if it likes none."""
    by_type = {form.media_type: form for form in forms}
    kind = best(accept, tuple(by_type))
    if kind is None:
        aliases = {name: kind for name, kind in _ALIASES.items() if kind in by_type}
        alias = best(accept, tuple(aliases))
        kind = aliases[alias] if alias else None
    return by_type[kind] if kind else None


@lru_cache(1024)
def best(accept: str, kinds: tuple[str, ...]) -> str | None:
    """Give the media type that an `Accept` header likes best, the first of equals."""
    if not accept.strip() or len(accept) > _LONGEST:
        accept = ANYTHING
    try:
        found = mimeparse.best_match(list(reversed(kinds)), accept)  # the last of equals wins there
    except (mimeparse.MimeTypeParseException, ValueError):
        return kinds[0] if kinds else None
    return found or None
