"""An HTML page in, the article's text and the page's metadata out (trafilatura).

The extracted text is the article's text: all offsets count into it. Nothing asks a clock:
dates are read from the page, and any year up to 2999 is believed.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Final

import trafilatura
from lxml.etree import LxmlError  # type: ignore[import-untyped]  # ships no types

from kg.articles.metadata import read_fields
from kg.articles.model import Field, FieldName
from kg.errors import ArticleError

OPENING: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
LANGUAGE: Final = re.compile(
    r"""<html\b[^>]{0,512}?\blang\s*=\s*["']?([\w-]{2,35})""", re.IGNORECASE
)
LICENCE: Final = re.compile(
    r"""<(?:a|link)\b[^>]{0,512}?\brel\s*=\s*["']?license\b[^>]{0,512}""", re.IGNORECASE
)
ADDRESS: Final = re.compile(r"""\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
DATES: Final = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}

for _name in ("trafilatura", "htmldate"):  # a page without text is an error of ours, said once
    logging.getLogger(_name).addHandler(logging.NullHandler())


def looks_like_page(text: str) -> bool:
    """Tell whether a text opens like an HTML page.

    >>> looks_like_page("<!DOCTYPE html><p>Hi"), looks_like_page("<3 ministers met.")
    (True, False)
    """
    return OPENING.match(text[:4096]) is not None


def page_article(page: str, source: str) -> tuple[str, tuple[Field, ...]]:
    """Give the text of the article on a page, and the metadata that the page has."""
    try:
        found = trafilatura.bare_extraction(
            page, with_metadata=True, include_comments=False, date_extraction_params=DATES
        )
    except (LxmlError, RecursionError, ValueError) as error:
        raise ArticleError(source, "HTML that cannot be read; save the page again") from error
    text = getattr(found, "text", None)
    if not text or not text.strip():
        raise ArticleError(source, "no article on this HTML page; give its text as .txt")
    return text, read_fields(_metadata(found, page), "html")


def _metadata(found: object, page: str) -> Mapping[FieldName, str | None]:
    language = LANGUAGE.search(page)
    licence = LICENCE.search(page)
    address = ADDRESS.search(licence[0]) if licence else None
    categories = getattr(found, "categories", None)
    return {
        "title": getattr(found, "title", None),
        "author": getattr(found, "author", None),
        "publisher": getattr(found, "sitename", None),
        "published": getattr(found, "date", None),
        "url": getattr(found, "url", None),
        "language": language[1] if language else None,
        "licence": address[1] if address else getattr(found, "license", None),
        "section": categories[0] if categories else None,
    }
