"""The file `<stem>.meta.json` beside an article: its metadata in, fields out.

The article's id stays the stem of its file; the sidecar's own `id` is not read.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from kg.articles.metadata import given_fields
from kg.articles.model import Field
from kg.errors import ArticleError

ENDING: Final = ".meta.json"
LONGEST: Final = 2**20  # bytes


def sidecar_fields(article: Path) -> tuple[Field, ...]:
    """Give the fields of the sidecar of an article's file; none if it has no sidecar."""
    path = article.with_name(article.stem + ENDING)
    if not path.is_file():
        return ()
    source = str(path)
    values = _values(path, source)
    if not isinstance(values, dict):
        raise ArticleError(source, 'no JSON object; write {"title": …, "date": …}')
    return given_fields(values, "sidecar", source)


def _values(path: Path, source: str) -> object:
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST + 1)
        return json.loads(data.decode("utf-8-sig") if len(data) <= LONGEST else "")
    except OSError as error:
        raise ArticleError(source, f"cannot be read ({error.strerror}); check the file") from error
    except json.JSONDecodeError as error:
        where = f"{source}:{error.lineno}"
        raise ArticleError(where, f"not JSON ({error.msg}); correct or remove it") from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise ArticleError(source, "not JSON in UTF-8; correct or remove it") from error
