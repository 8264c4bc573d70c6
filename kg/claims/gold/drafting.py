"""A first draft of gold: an article and the claims that rules read in it; files to correct.

The draft has the form of gold. What a human must still do stands in it as `todo`, beside the
`confidence` of each claim; `checking` names drafts until both are gone. What somebody wrote
before is never lost: an existing file stays unless it is to be replaced.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from kg.articles.model import Article, FieldName
from kg.claims.gold.reading import SIDECAR
from kg.claims.model import Claim, Filler
from kg.errors import OutputError
from kg.sinks import Sink

REVIEW: Final = "right? correct it, then take out todo and confidence; or take out the claim"
COMPLETE: Final = "add the claims that are missing, then take out this line"
META: Final[Mapping[str, FieldName]] = {
    "title": "title",
    "publisher": "publisher",
    "date": "published",
    "lang": "language",
    "url": "url",
}
VALUES: Final = ("modality", "status", "polarity")


def draft(article: Article, claims: Iterable[Claim]) -> dict[str, Any]:
    """Give the gold draft of an article: its claims, each with what is to be done about it."""
    return {
        "id": article.id,
        "published": article.get("published"),
        "todo": COMPLETE,
        "claims": [_drafted(claim) for claim in claims],
    }


def refuse_loss(folder: Path, article: Article, force: bool = False) -> None:
    """Raise an OutputError if a draft would replace gold or another text, or has no file name."""
    text, gold = _path(folder, article, ".txt"), _path(folder, article, ".json")
    if not force and gold.exists():
        raise OutputError(str(gold), "there is gold already; --force replaces it")
    if not force and text.exists() and not _holds(text, article.text):
        raise OutputError(str(text), "another text of this name; --force replaces it")


def write_draft(
    folder: Path, article: Article, claims: Iterable[Claim], force: bool = False
) -> Path:
    """Write text, sidecar and gold draft of an article; give the path of the draft.

    An existing gold file, or a text that is another, is an OutputError unless `force` is given;
    an existing sidecar always stays.
    """
    refuse_loss(folder, article, force)
    text, gold = _path(folder, article, ".txt"), _path(folder, article, ".json")
    _make(folder)
    if not _holds(text, article.text):
        Sink(text).write(article.text)
    sidecar = _path(folder, article, SIDECAR)
    if not sidecar.exists():
        Sink(sidecar).write(_json(_metadata(article)))
    Sink(gold).write(_json(draft(article, claims)))
    return gold


def _drafted(claim: Claim) -> dict[str, Any]:
    roles = {
        role: [_filler(each, claim.quote, role) for each in fillers]
        for role, fillers in claim.roles.items()
    }
    values = {name: getattr(claim, name) for name in VALUES if getattr(claim, name)}
    cited = [_filler(each, claim.quote) for each in claim.attribution]
    return {
        "kind": claim.kind,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "roles": roles,
        **values,
        **({"attribution": cited} if cited else {}),
        "confidence": claim.confidence,
        "todo": REVIEW,
    }


def _filler(filler: Filler, quote: str, role: str = "") -> dict[str, Any]:
    """Give a filler as gold has it: what it resolves to, and its wording if the quote has it."""
    if role == "type":
        return {"text": filler.value}
    wording = filler.text or filler.label
    if filler.ref is None:
        return {"text": wording}
    return {"ref": filler.ref, **({"text": wording} if wording and wording in quote else {})}


def _metadata(article: Article) -> dict[str, str | None]:
    found = {name: article.get(field) for name, field in META.items()}
    return {"id": article.id, **{name: value for name, value in found.items() if value}}


def _path(folder: Path, article: Article, ending: str) -> Path:
    """Give a file in the folder; an id that would lead out of it, or be hidden, is refused."""
    name = article.id
    odd = not name or name.startswith((".", "-")) or name.endswith(".meta") or len(name) > 200
    if odd or not name.isprintable() or any(char in name for char in '/\\:*?"<>|'):
        reason = f"its id {name[:60]!r} is no file name; give the article as a file of another name"
        raise OutputError(str(folder), reason)
    return folder / (name + ending)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = f"cannot be made ({error.strerror}); give another folder"
        raise OutputError(str(folder), reason) from error


def _holds(path: Path, text: str) -> bool:
    """Say whether a file is this very text; a byte-order mark before it is no part of it."""
    try:
        return path.read_bytes().decode("utf-8").removeprefix("\ufeff") == text
    except (OSError, UnicodeDecodeError):
        return False


def _json(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"
