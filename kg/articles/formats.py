"""The content of one input in, articles out: plain text, front matter, HTML, JSON Lines.

Each format ends in the same place: the text, where its body begins, and the metadata that
came with it; lines and the metadata that the text gives are read the same way for all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Final, Literal

from kg.articles.attested import attested_fields
from kg.articles.decode import MAXIMUM_BYTES, check_characters, decoded
from kg.articles.front_matter import front_matter
from kg.articles.lines import lines_of
from kg.articles.metadata import given_fields
from kg.articles.model import Article, Field, Rejection
from kg.articles.web import looks_like_page, page_article
from kg.errors import ArticleError
from kg.iris import content_hash

Format = Literal["text", "page", "records"]

FORMATS: Final[dict[str, Format]] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".jsonl": "records",
    ".ndjson": "records",
}
LONGEST_ID: Final = 200


def format_of(name: str) -> Format | None:
    """Give the format that a file's ending stands for, if it is one of ours."""
    return FORMATS.get(PurePath(name).suffix.lower())


def sniffed(data: bytes) -> Format:
    """Guess the format of bytes that come without a name.

    >>> sniffed(b'{"id": "a", "text": "Two ministers met."}'), sniffed(b"<p>Hi"), sniffed(b"Hi.")
    ('records', 'page', 'text')
    """
    head = data[:8192].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{") and b'"' in head[1:64]:
        return "records"
    return "page" if looks_like_page(head.decode("latin-1")) else "text"


def text_article(
    data: bytes, article_id: str | None, source: str, fields: tuple[Field, ...] = ()
) -> Article:
    """Read plain text, or text with front matter; without an id, its content gives one."""
    text = decoded(data, source)
    values, body = front_matter(text, source)
    given = given_fields(values, "front-matter", source)
    return article_of(text, article_id or stdin_id(text), source, (*given, *fields), body)


def web_article(
    data: bytes, article_id: str | None, source: str, fields: tuple[Field, ...] = ()
) -> Article:
    """Read an HTML page; without an id, the content of the extracted text gives one."""
    text, given = page_article(decoded(data, source), source)
    return article_of(text, article_id or stdin_id(text), source, (*given, *fields))


def record_articles(lines: Iterable[bytes], source: str) -> Iterator[Article | Rejection]:
    """Read JSON Lines, one article a line; a line that fails is a rejection, the rest goes on."""
    for number, line in enumerate(lines, 1):
        where = f"{source}:{number}"
        data = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not data.strip():
            continue
        try:
            yield _record_article(data, where)
        except ArticleError as error:
            yield Rejection(error.source, error.reason)


def article_of(
    text: str, article_id: str, source: str, given: tuple[Field, ...], body: int = 0
) -> Article:
    """Make the article of a text: its lines, and the fields that the text adds to the given."""
    if not text[body:].strip():
        raise ArticleError(source, "metadata without a text; write the article below them")
    title = next((field.value for field in given if field.name == "title"), None)
    lines = lines_of(text, body, title)
    if not any(line.role in {"body", "caption"} for line in lines):
        raise ArticleError(source, "no sentence in it: no line reads like one; give running text")
    return Article(article_id, text, (*given, *attested_fields(text, lines, body)), lines)


def stdin_id(text: str) -> str:
    """Give the id of an article that came without a name: a hash of its text."""
    return f"stdin-{content_hash(text)}"


def _record_article(data: bytes, where: str) -> Article:
    if len(data) > MAXIMUM_BYTES:
        raise ArticleError(where, f"longer than {MAXIMUM_BYTES // 2**20} MiB; split it")
    values = _object(data, where)
    text = values.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ArticleError(where, "no `text`; give the article as a JSON string under that name")
    check_characters(text, where)
    given = given_fields(values, "record", where)
    return article_of(text, _record_id(values, where), where, given)


def _object(data: bytes, where: str) -> Mapping[str, object]:
    try:
        values = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        fault = f"byte 0x{data[error.start]:02X} at offset {error.start} of the line"
        raise ArticleError(where, f"not UTF-8: {fault}; convert the file") from error
    except json.JSONDecodeError as error:
        reason = f"not JSON ({error.msg} at character {error.pos}); write one object a line"
        raise ArticleError(where, reason) from error
    except (RecursionError, ValueError) as error:  # nested too deeply; a number of too many digits
        raise ArticleError(where, "JSON beyond all limits; write one flat object a line") from error
    if not isinstance(values, dict):
        raise ArticleError(where, "no JSON object; write one object a line")
    return values


def _record_id(values: Mapping[str, object], where: str) -> str:
    """Give the id of a record; without one, a hash of its address or else of its text."""
    given = values.get("id")
    if given is None:
        return content_hash(values.get("url") or values["text"])
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    if not isinstance(given, str) or not given.strip():
        raise ArticleError(where, "`id` is no text; write it as one, in quotes")
    return checked_id(given.strip(), where)


def checked_id(article_id: str, source: str) -> str:
    """Refuse an id that cannot name an article: too long, or with unprintable characters."""
    if len(article_id) > LONGEST_ID or not article_id.isprintable():
        shown = ascii(article_id[:40])
        reason = f"{shown} cannot be the id of an article"
        raise ArticleError(
            source, f"{reason}; rename it, in up to {LONGEST_ID} printable characters"
        )
    return article_id
