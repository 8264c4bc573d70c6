"""Metadata that came with an article, checked field by field, as `Field` records.

One vocabulary for sidecars, front matter, records and pages: the names of `FieldName` and
the aliases below. Unknown keys are nobody's mistake and pass; a known key with a value of
the wrong kind is an error that names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from kg.articles.dates import edtf_of
from kg.articles.model import Field, FieldName, Origin
from kg.errors import ArticleError
from kg.resources import table

NAMES: Final[dict[str, FieldName]] = {
    "title": "title",
    "author": "author",
    "authors": "author",
    "publisher": "publisher",
    "published": "published",
    "date": "published",
    "url": "url",
    "language": "language",
    "lang": "language",
    "licence": "licence",
    "license": "licence",
    "section": "section",
    "translation": "translation",
    "original-language": "original-language",
    "rights": "rights",
}
BCP_47: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
LONGEST_VALUE: Final = 2000  # characters; longer is a text in the wrong place


@dataclass(frozen=True, slots=True)
class LanguageName:
    """Schema of `data/languages.csv`: a name of a language and its BCP 47 code."""

    name: str
    code: str


def given_fields(values: Mapping[str, object], origin: Origin, source: str) -> tuple[Field, ...]:
    """Check the metadata in `values`; an unusable value is an ArticleError at `source`.

    >>> given_fields({"title": "A", "lang": "en_GB", "mood": "good"}, "sidecar", "a.meta.json")
    (Field(name='title', value='A', origin='sidecar', start=None, end=None), \
Field(name='language', value='en-GB', origin='sidecar', start=None, end=None))
    """
    fields: list[Field] = []
    for key, value in values.items():
        name = NAMES.get(str(key).lower().replace("_", "-"))
        if name is None:
            continue
        where = f"{source}: `{key}`"
        texts = _texts(value, name, where)
        fields += [Field(name, _normal(name, each, where), origin) for each in texts]
    return tuple(dict.fromkeys(fields))


def read_fields(values: Mapping[FieldName, str | None], origin: Origin) -> tuple[Field, ...]:
    """Take the metadata that a page happens to have; what does not check is left out."""
    found = []
    for name, value in values.items():
        normal = NORMAL.get(name, _wording)(value) if value else None
        if normal:
            found.append(Field(name, normal, origin))
    return tuple(found)


def language_code(name: str) -> str | None:
    """Give the BCP 47 code of a language, from its code or its name.

    >>> language_code("Korean"), language_code("pt_BR"), language_code("Elvish tongue")
    ('ko', 'pt-BR', None)
    """
    known = _language_codes().get(name.strip().casefold())
    if known:
        return known
    tag = name.strip().replace("_", "-")
    return tag if BCP_47.fullmatch(tag) else None


@cache
def _language_codes() -> dict[str, str]:
    return {
        row.name.casefold(): row.code for row in table("articles", "languages.csv", LanguageName)
    }


def _texts(value: object, name: FieldName, where: str) -> Iterator[str]:
    """Yield the values as texts: authors may be a list, a year may be a number."""
    if value is None or value == "":
        return
    if name == "author" and isinstance(value, list) and all(isinstance(at, str) for at in value):
        yield from value
    elif isinstance(value, str):
        yield value
    elif name == "published" and isinstance(value, int) and not isinstance(value, bool):
        yield str(value)
    else:
        found = "a mapping" if isinstance(value, dict) else ascii(value)[:40]
        raise ArticleError(where, f"is {found}, not a text; write it as one, in quotes if need be")


def _normal(name: FieldName, text: str, where: str) -> str:
    normal = NORMAL.get(name, _wording)(text)
    if normal is None:
        shown = " ".join(text.split())[:60].encode("utf-8", "backslashreplace").decode()
        raise ArticleError(where, f'"{shown}" {ADVICE.get(name, "is no usable text")}')
    return normal


def _wording(text: str) -> str | None:
    """Give the text on one line, if it can be written down at all."""
    plain = " ".join(text.split())
    usable = plain and len(plain) <= LONGEST_VALUE and plain.isprintable()
    return plain if usable or _only_formats(plain) else None


FORMATTING: Final = frozenset("\u200b\u200c\u200d\u200e\u200f\ufeff\xad\u2060")


def _only_formats(text: str) -> bool:
    """Tell whether all that is unprintable is harmless (joiners, direction marks, blanks)."""
    odd = {char for char in text if not char.isprintable()}
    return bool(text) and len(text) <= LONGEST_VALUE and odd <= FORMATTING


def _address(text: str) -> str | None:
    stripped = text.strip()
    if not stripped.isprintable() or re.search(r'[\s<>"{}|\\^`]', stripped):
        return None
    try:
        parts = urlsplit(stripped)
    except ValueError:
        return None
    usable = parts.scheme in {"http", "https"} and parts.netloc and len(stripped) <= LONGEST_VALUE
    return stripped if usable else None


def _translation(text: str) -> str | None:
    return text.strip().lower() if text.strip().lower() in {"machine", "human"} else None


NORMAL: Final[dict[FieldName, Callable[[str], str | None]]] = {
    "published": edtf_of,
    "url": _address,
    "language": language_code,
    "original-language": language_code,
    "translation": _translation,
}
ADVICE: Final[dict[FieldName, str]] = {
    "published": "is no date; write YYYY-MM-DD, YYYY-MM or YYYY",
    "url": "is no address; write it whole, from http:// or https:// on",
    "language": "is no language; write its code, such as en or pt-BR",
    "original-language": "is no language; write its code, such as en or pt-BR",
    "translation": "is neither machine nor human; write one of them",
}
