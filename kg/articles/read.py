"""Files, folders and standard input in; articles, and rejections with their reason, out.

One bad input never stops the rest. The result does not depend on the order of the inputs:
articles come sorted by id, then rejections sorted by source; of two with one text or one id,
the one whose id and source sort first stays.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from kg.articles.decode import MAXIMUM_BYTES
from kg.articles.formats import (
    FORMATS,
    Format,
    checked_id,
    format_of,
    record_articles,
    sniffed,
    text_article,
    web_article,
)
from kg.articles.model import Article, Rejection
from kg.articles.sidecar import sidecar_fields
from kg.articles.spool import Kept, Spool
from kg.errors import ArticleError

STDIN: Final = "-"
ABOUT_FOLDERS: Final = frozenset({"readme", "licence", "license", "copying", "changelog"})
"""Stems of files in a folder that tell about the folder and are no articles."""
ABOUT_IN_CAPITALS: Final = frozenset({"NOTICE"})
"""Those that do so only in capitals: a `notice.txt` may be that of a ministry."""

Read = tuple[str, Article | Rejection]  # where it came from, what came


def read_articles(
    paths: Iterable[str | Path], *, stdin: BinaryIO | None = None
) -> Iterator[Article | Rejection]:
    """Yield the articles of all inputs sorted by id, then a rejection for each that fails."""
    spool, rejections = Spool(), set[Rejection]()
    try:
        for source, found in _each(paths, stdin):
            if isinstance(found, Article):
                spool.add(source, found)
            else:
                rejections.add(found)
        for kept in _distinct(spool.in_order()):
            if isinstance(kept, Kept):
                yield spool.article(kept)
            else:
                rejections.add(kept)
    finally:
        spool.close()
    yield from sorted(rejections, key=lambda each: (each.source, each.reason))


def articles_of(path: str | Path, *, stdin: BinaryIO | None = None) -> Iterator[Article]:
    """Yield the articles of one input in its order; the first that fails is an ArticleError."""
    for _, found in _each([path], stdin):
        if isinstance(found, Rejection):
            raise ArticleError(found.source, found.reason)
        yield found


def _distinct(articles: Iterable[Kept]) -> Iterator[Kept | Rejection]:
    """Pass on the first article of each text and each id; reject the others."""
    texts: dict[str, str] = {}
    ids: dict[str, str] = {}
    for kept in articles:
        if kept.text in texts:
            reason = f"the same text as {texts[kept.text]}; keep one of them"
            yield Rejection(kept.source, reason)
        elif kept.id in ids:
            reason = f"two articles with the id `{kept.id}`: this one and {ids[kept.id]}"
            yield Rejection(kept.source, f"{reason}; rename one")
        else:
            texts[kept.text] = ids[kept.id] = kept.source
            yield kept


def _each(paths: Iterable[str | Path], stdin: BinaryIO | None) -> Iterator[Read]:
    """Read every input once, in the order of its name, however often it is given."""
    named = sorted({str(path) for path in paths})
    seen: set[str] = set()
    for name in named:
        if name == STDIN:
            yield from _from_stdin(stdin)
            continue
        for file in _files(Path(name)):
            if isinstance(file, Rejection):
                yield file.source, file
            elif os.path.abspath(file) not in seen:  # noqa: PTH100 - `a/../b` is b, links stay
                seen.add(os.path.abspath(file))  # noqa: PTH100
                yield from _from_file(file)


def _files(path: Path) -> Iterator[Path | Rejection]:
    """Yield the article files of a path: itself, or those of the folder in sorted order."""
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except (OSError, ValueError) as error:
        yield Rejection(_shown(path), f"cannot be looked up ({error}); check the path")
        return
    if not exists:
        yield Rejection(_shown(path), "no such file or folder; check the path")
    elif is_folder:
        yield from _in_folder(path)
    else:
        yield path


def _in_folder(folder: Path) -> Iterator[Path | Rejection]:
    unreadable: list[Rejection] = []

    def note(error: OSError) -> None:
        where = _shown(Path(error.filename or folder))
        unreadable.append(Rejection(where, f"cannot be read ({error.strerror}); check its rights"))

    count = 0
    for top, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if _is_article(Path(top, name)):
                count += 1
                yield Path(top, name)
    yield from unreadable
    if not count and not unreadable:
        yield Rejection(_shown(folder), f"no article in this folder; {_known()} are read")


def _is_article(path: Path) -> bool:
    """Tell whether a file met in a folder is to be read; other kinds are nobody's mistake."""
    hidden = path.name.startswith(".")
    about = path.stem.lower() in ABOUT_FOLDERS or path.stem in ABOUT_IN_CAPITALS
    return not hidden and not about and format_of(path.name) is not None and path.is_file()


def _known() -> str:
    return ", ".join(sorted(FORMATS))


def _from_file(path: Path) -> Iterator[Read]:
    source = _shown(path)
    kind = format_of(path.name)
    try:
        _check_format(path, source, kind)
        with path.open("rb") as file:
            if kind == "records":
                yield from _with_source(record_articles(_lines(file), source), source)
            else:
                yield source, _article(file.read(MAXIMUM_BYTES + 1), path, source, kind)
    except OSError as error:
        reason = f"cannot be read ({error.strerror}); check the path and its rights"
        yield source, Rejection(source, reason)
    except ArticleError as error:
        yield source, Rejection(error.source, error.reason)


def _check_format(path: Path, source: str, kind: Format | None) -> None:
    """Refuse a named file whose ending is not ours; one without an ending is looked into."""
    if kind is None and path.suffix:
        raise ArticleError(source, f"unknown format `{path.suffix}`; {_known()} are read")


def _article(data: bytes, path: Path, source: str, kind: Format | None) -> Article:
    read = web_article if (kind or sniffed(data)) == "page" else text_article
    return read(data, checked_id(_stem(path), source), source, sidecar_fields(path))


def _from_stdin(stdin: BinaryIO | None) -> Iterator[Read]:
    if stdin is None:
        yield STDIN, Rejection(STDIN, "no standard input at hand; name a file instead")
        return
    data = stdin.read(MAXIMUM_BYTES + 1)
    kind = sniffed(data)
    try:
        if kind == "records":
            lines = _lines(BytesIO(data + stdin.read()))
            yield from _with_source(record_articles(lines, STDIN), STDIN)
        else:
            read = web_article if kind == "page" else text_article
            yield STDIN, read(data, None, STDIN)
    except ArticleError as error:
        yield STDIN, Rejection(error.source, error.reason)


def _with_source(found: Iterable[Article | Rejection], source: str) -> Iterator[Read]:
    none = True
    for each in found:
        none = False
        yield (each.source if isinstance(each, Rejection) else source), each
    if none:
        yield source, Rejection(source, "empty: no record in it; write one JSON object a line")


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file; of one that is too long only as much as shows it."""
    while line := file.readline(MAXIMUM_BYTES + 1):
        yield line
        while len(line) > MAXIMUM_BYTES and not line.endswith(b"\n"):
            line = file.readline(MAXIMUM_BYTES + 1)
            if not line:
                return


def _stem(path: Path) -> str:
    """Give the stem of a file's name, the same in every locale."""
    return os.fsencode(path.stem).decode("utf-8", "surrogateescape")


def _shown(path: Path) -> str:
    """Give the path as text that can be printed on a line, whatever bytes its name has."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )
