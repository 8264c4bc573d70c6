"""Gold files and files of claims in, records to compare out.

A gold file is `<id>.json` beside `<id>.txt`; sidecars (`<id>.meta.json`) are none. Offsets count
code points of the text as received. The first fault is an error that names the file and the
claim; `checking` names them all.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from kg.claims.gold.model import Gold, Statement
from kg.errors import ArticleError, RecordError
from kg.records import from_dict, read_lines, to_dict

SIDECAR: Final = ".meta.json"
LONGEST: Final = 32 * 2**20  # bytes; no reader writes down more about one article
DEEPEST: Final = 12  # a filler stands at depth 6

Statements = Mapping[str, tuple[Statement, ...]]
"""The claims of an extractor by article, in the order of its file."""

LINKS: Final = "links.json"
"""What of the gold of a folder is one event or one entity, which is no gold of an article."""


def gold_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Give the gold files of folders and those named; a folder without any lends its subfolders'.

    An ArticleError says which path holds none.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_file():
            found.append(path)
            continue
        if not path.is_dir():
            raise ArticleError(str(path), "no such file or folder; check the path")
        here = _in_folder(path, "*.json") or _in_folder(path, "*/*.json")
        if not here:
            reason = "no gold file here; give a folder of <id>.txt and <id>.json"
            raise ArticleError(str(path), reason)
        found += here
    return tuple(dict.fromkeys(found))


def read_gold(paths: Iterable[Path]) -> tuple[Gold, ...]:
    """Read the gold of files and folders, in the order of their names; no article comes twice."""
    found: dict[str, Path] = {}
    golds = []
    for path in gold_files(paths):
        gold = gold_of(path)
        if gold.id in found:
            reason = f"its article stands in {found[gold.id]} as well; leave one of them out"
            raise RecordError(str(path), reason)
        found[gold.id] = path
        golds.append(gold)
    return tuple(golds)


def gold_of(path: Path) -> Gold:
    """Read one gold file and the text beside it."""
    text = text_of(path)
    values = loaded(path)
    claims = values.get("claims") if isinstance(values, dict) else None
    if not isinstance(values, dict) or not isinstance(claims, list):
        raise RecordError(str(path), 'no gold file; write {"id": …, "claims": […]}')
    read = tuple(
        _statement(each, path.stem, text, f"{path}: claim {number}")
        for number, each in enumerate(claims, start=1)
    )
    published = values.get("published")
    drafts = sum(isinstance(each, dict) and "todo" in each for each in claims)
    return Gold(path.stem, text, read, published if isinstance(published, str) else None, drafts)


def text_of(path: Path) -> str:
    """Give the text beside a gold file, as received; a byte-order mark is no part of it."""
    article = path.with_suffix(".txt")
    try:
        return _bytes(article).decode("utf-8").removeprefix("\ufeff")
    except FileNotFoundError as error:
        raise ArticleError(str(article), f"no text beside {path.name}; put it there") from error
    except OSError as error:
        raise ArticleError(str(article), f"cannot be read ({error.strerror}); check it") from error
    except UnicodeDecodeError as error:
        raise ArticleError(str(article), "not UTF-8; convert it and count offsets anew") from error


def loaded(path: Path) -> Any:
    """Read the JSON of a gold file, whatever it holds."""
    try:
        values = json.loads(_bytes(path).decode("utf-8-sig"))
    except OSError as error:
        raise RecordError(str(path), f"cannot be read ({error.strerror}); check it") from error
    except json.JSONDecodeError as error:
        where = f"{path}:{error.lineno}"
        raise RecordError(where, f"not JSON ({error.msg}); correct it there") from error
    except (ValueError, RecursionError) as error:  # bytes, digits or depth that no gold has
        raise RecordError(str(path), "not JSON in UTF-8 of usual depth; write it anew") from error
    if _is_deep(values):
        raise RecordError(str(path), "nested deeper than any claim; write it anew")
    return values


def read_statements(path: Path) -> Statements:
    """Read the claims that an extractor wrote, one a line."""
    try:
        return by_article(read_lines(path, Statement))
    except OSError as error:
        raise RecordError(str(path), f"cannot be read ({error.strerror}); check it") from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise RecordError(str(path), "no JSON Lines in UTF-8; one claim a line") from error


def statements_of(claims: Iterable[object]) -> Statements:
    """Take claim records as statements to compare."""
    return by_article(from_dict(to_dict(each), Statement, "claim") for each in claims)


def by_article(statements: Iterable[Statement]) -> Statements:
    """Sort statements by their article, keeping their order."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for each in statements:
        found[each.article].append(each)
    return {article: tuple(each) for article, each in found.items()}


def place_of(values: Mapping[str, Any], text: str) -> tuple[int, int] | None:
    """Give where the quote of a claim stands: its offsets, or its only occurrence; else None."""
    start, end, quote = values.get("start"), values.get("end"), values.get("quote")
    if isinstance(start, int) and isinstance(end, int):
        return (start, end) if 0 <= start < end <= len(text) else None
    if start is not None or end is not None or not isinstance(quote, str) or not quote:
        return None
    first = text.find(quote)
    once = first >= 0 and text.find(quote, first + 1) < 0
    return (first, first + len(quote)) if once else None


def _statement(values: Any, article: str, text: str, where: str) -> Statement:
    if not isinstance(values, dict):
        raise RecordError(where, "not a JSON object; see `kg evaluate --check`")
    place = place_of(values, text)
    if place is None:
        reason = "no place in the text: give start and end, or a quote that occurs once"
        raise RecordError(where, reason)
    known = {**values, "article": article, "start": place[0], "end": place[1]}
    made = from_dict(known, Statement, where)
    return replace(made, roles={role: each for role, each in made.roles.items() if each})


def _is_deep(values: Any) -> bool:
    """Say whether values are nested deeper than gold ever is."""
    layer = [values]
    for _ in range(DEEPEST):
        layer = [inner for each in layer for inner in _inside(each)]
        if not layer:
            return False
    return True


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _in_folder(folder: Path, pattern: str) -> list[Path]:
    every = sorted(path for path in folder.glob(pattern) if not path.name.endswith(SIDECAR))
    return [path for path in every if path.name != LINKS]


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(LONGEST + 1)
    if len(data) > LONGEST:
        reason = f"longer than {LONGEST // 2**20} MiB; split the article and its gold"
        raise RecordError(str(path), reason)
    return data
