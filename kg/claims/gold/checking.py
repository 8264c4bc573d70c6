"""Whether gold files are in order: files in, findings out, every one with what to do.

Nothing here stops at the first fault: a file that cannot be read is one finding, everything that
is wrong with a claim another. Drafts that nobody has reviewed are findings too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from kg.claims.gold.fields import claim_faults, is_edtf
from kg.claims.gold.model import Finding
from kg.claims.gold.reading import gold_files, loaded, place_of, text_of
from kg.errors import LocatedError

COMPARED: Final = ("kind", "start", "end", "quote", "roles", "modality", "status", "polarity")
ABOUT_FOLDERS: Final = frozenset({"readme", "licence", "license", "copying", "notice"})


def check(paths: Iterable[Path]) -> tuple[Finding, ...]:
    """Check the gold files of folders and those named, and that every text there has its gold."""
    files = gold_files(paths)
    found = [finding for file in files for finding in check_file(file)]
    return (*found, *_without_gold(files), *_twice(files))


def check_file(path: Path) -> Iterator[Finding]:
    """Yield what is wrong with one gold file, in the order of its claims."""
    try:
        values, text = loaded(path), text_of(path)
    except LocatedError as error:
        what, _, remedy = error.reason.rpartition("; ")
        yield Finding(Path(error.source), None, what or error.reason, remedy)
        return
    if not isinstance(values, dict) or not isinstance(values.get("claims"), list):
        yield Finding(path, None, "no gold file", 'write {"id": …, "published": …, "claims": […]}')
        return
    yield from _head_findings(path, values)
    seen: dict[str, int] = {}
    for number, claim in enumerate(values["claims"], start=1):
        if not isinstance(claim, dict):
            yield Finding(path, number, "no JSON object", "write the claim as one")
            continue
        yield from _claim_findings(path, number, claim, text)
        first = seen.setdefault(_identity(claim), number)
        if first != number:
            yield Finding(path, number, f"says the same as claim {first}", "leave one of them out")


def _head_findings(path: Path, values: Mapping[str, Any]) -> Iterator[Finding]:
    if values.get("id") != path.stem:
        yield Finding(path, None, "its id is not the name of the file", f'give "{path.stem}"')
    published = values.get("published")
    if published is not None and not is_edtf(published):
        yield Finding(path, None, "published is no EDTF date", "write 2024-06-26, or null")
    claims = [each for each in values["claims"] if isinstance(each, dict)]
    drafts = sum("todo" in each or "confidence" in each for each in claims)
    if drafts or "todo" in values:
        what = f"a draft: {drafts} of {len(claims)} claims are not reviewed"
        remedy = (
            "correct each and take out its todo and confidence; add what is missing;"
            " then take out the todo of the file"
        )
        yield Finding(path, None, what, remedy)


def _claim_findings(
    path: Path, number: int, claim: Mapping[str, Any], text: str
) -> Iterator[Finding]:
    for what, remedy in (*_quote_faults(claim, text), *claim_faults(claim)):
        kind = claim.get("kind")
        yield Finding(path, number, f"{kind}: {what}" if isinstance(kind, str) else what, remedy)


def _quote_faults(claim: Mapping[str, Any], text: str) -> Iterator[tuple[str, str]]:
    quote, start, end = (claim.get(name) for name in ("quote", "start", "end"))
    if not isinstance(quote, str) or not quote.strip():
        yield "no quote", "copy the sentence that states the claim"
        return
    place = place_of(claim, text)
    if start is None and end is None:
        if place is None:
            times = text.count(quote)
            yield f"its quote occurs {times} times in the text", _where(quote, text)
    elif place is None:
        yield "its start and end are no place in the text", _where(quote, text)
    elif text[place[0] : place[1]] != quote:
        yield _unlike(text[place[0] : place[1]], quote, text)


def _unlike(stands: str, quote: str, text: str) -> tuple[str, str]:
    """Say in which way the text at the offsets is not the quote."""
    if stands.split() == quote.split():
        what = "its quote has other white space than the text (no-break spaces, line ends)"
        return what, "copy what stands at start:end as it is"
    return "its quote is not what stands at start:end", _where(quote, text)


def _where(quote: str, text: str) -> str:
    """Say where the quote does stand, if it stands somewhere."""
    first = text.find(quote)
    if first < 0:
        return "copy it from the text, character by character"
    if text.find(quote, first + 1) >= 0:
        return "give start and end of the occurrence that is meant"
    return f"it stands at {first}:{first + len(quote)}; give these offsets"


def _without_gold(files: Iterable[Path]) -> Iterator[Finding]:
    known = {file.with_suffix("") for file in files}
    for folder in sorted({file.parent for file in known}):
        for text in sorted(folder.glob("*.txt")):
            about = text.stem.lower() in ABOUT_FOLDERS
            if text.with_suffix("") not in known and not about:
                yield Finding(text, None, "a text without gold", "annotate it, or move it away")


def _twice(files: Iterable[Path]) -> Iterator[Finding]:
    seen: dict[str, Path] = {}
    for file in files:
        first = seen.setdefault(file.stem, file)
        if first != file:
            yield Finding(file, None, f"its id is that of {first}", "rename one of them")


def _identity(claim: Mapping[str, Any]) -> str:
    """Give what makes a claim another than the next: its fields, whatever their order."""
    said = {name: claim.get(name) for name in COMPARED}
    return json.dumps(said, sort_keys=True)
