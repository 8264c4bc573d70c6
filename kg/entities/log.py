"""The log of what persons judged: a file of lines in, the judgements in force out.

A log only grows: what is taken back is undone by an entry of its own. Entries are a set, known by
their content, so that logs may be joined line by line in any order (as a version control does) and
say the same. On one pair the last entry in force counts; rules never stand in a log.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kg.entities.model import Judgement, Verdict
from kg.errors import RecordError
from kg.iris import content_hash
from kg.records import read_lines, write_lines

_SCORES: Final[dict[Verdict, float]] = {"same": 1.0, "different": 0.0, "unsure": 0.5}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a log: a verdict on two names or groups, or that an earlier entry is undone.

    `left` and `right` are keys of profiles or of article-level groups; the names beside them are
    for whoever reads the file. `made` is the time of the judgement, in UTC.
    """

    id: str
    made: str
    author: str
    left: str | None = None
    right: str | None = None
    verdict: Verdict | None = None
    left_name: str | None = None
    right_name: str | None = None
    reason: str | None = None
    undoes: str | None = None


def entry(
    pair: tuple[str, str],
    verdict: Verdict,
    author: str,
    made: str,
    names: tuple[str, str] = ("", ""),
    reason: str | None = None,
) -> Entry:
    """Make an entry on two keys, in either order.

    >>> entry(("b", "a"), "same", "Ann Lee", "2024-05-01T09:00:00Z").left
    'a'
    """
    (left, left_name), (right, right_name) = sorted(zip(pair, names, strict=True))
    known = Entry("", made, author, left, right, verdict, left_name, right_name, reason)
    return replace(known, id=_id_of(known))


def undoing(undone: Entry, author: str, made: str, reason: str | None = None) -> Entry:
    """Make the entry that takes another back."""
    known = Entry("", made, author, reason=reason, undoes=undone.id)
    return replace(known, id=_id_of(known))


def read_log(path: Path) -> tuple[Entry, ...]:
    """Read a log, oldest entry first; a file that is not there holds none."""
    if not path.exists():
        return ()
    entries = {each.id: each for each in read_lines(path, Entry)}
    for number, each in enumerate(entries.values(), start=1):
        _check(each, f"{path}: entry {number}")
    return tuple(sorted(entries.values(), key=_age))


def add_to_log(path: Path, entries: Iterable[Entry]) -> None:
    """Add entries to a log, which is written anew beside itself and renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_lines(path, [*read_log(path), *entries])


def in_force(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Give the last entry on each pair that is not undone, by pair."""
    known = sorted(entries, key=_age)
    undone = _undone(known)
    last = {
        (each.left or "", each.right or ""): each
        for each in known
        if each.verdict and each.id not in undone
    }
    return tuple(each for _, each in sorted(last.items()))


def find_entry(entries: Iterable[Entry], wanted: str, log: str) -> Entry:
    """Find the entry to undo: by the beginning of its id, or the `last` verdict not undone."""
    known = tuple(entries)
    undone = _undone(known)
    standing = [each for each in known if each.id not in undone]
    if wanted == "last":
        found = sorted((each for each in standing if each.verdict), key=_age)[-1:]
    else:
        found = [each for each in known if each.id.startswith(wanted)]
    if not found:
        raise RecordError(log, f"has no judgement {wanted!r} to undo; give its id, or last")
    if len(found) > 1:
        raise RecordError(
            log, f"has several judgements that begin with {wanted!r}; give more of it"
        )
    if found[0] not in standing:
        raise RecordError(
            log, f"{found[0].id} is undone already; `kg undo` its undoing to restore it"
        )
    return found[0]


def judgements_of(entries: Iterable[Entry]) -> tuple[Judgement, ...]:
    """Give what the entries in force say, as judgements."""
    return tuple(
        Judgement(
            id=each.id,
            left=each.left or "",
            right=each.right or "",
            verdict=each.verdict,
            author=each.author,
            score=_SCORES[each.verdict],
            reasons=(each.reason,) if each.reason else (),
        )
        for each in in_force(entries)
        if each.verdict
    )


def contradictions(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Give the entries that part what others, taken together, join."""
    known = in_force(entries)
    home = _joined(each for each in known if each.verdict == "same")
    return tuple(
        each
        for each in known
        if each.verdict == "different"
        and home.get(each.left or "", "left") == home.get(each.right or "", "right")
    )


def _undone(entries: Iterable[Entry]) -> set[str]:
    """Give the ids of what is undone; an undoing that was itself undone takes nothing back."""
    undone: set[str] = set()
    for each in sorted(entries, key=_age, reverse=True):
        if each.undoes and each.id not in undone:
            undone.add(each.undoes)
    return undone


def _joined(same: Iterable[Entry]) -> Mapping[str, str]:
    """Give for each key the least of those that it is joined with."""
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for each in same:
        beside[each.left or ""].add(each.right or "")
        beside[each.right or ""].add(each.left or "")
    home: dict[str, str] = {}
    for start in sorted(beside):
        waiting = [start]
        while waiting:
            key = waiting.pop()
            if key not in home:
                home[key] = start
                waiting += sorted(beside[key])
    return home


def _age(each: Entry) -> tuple[str, str]:
    return each.made, each.id


def _id_of(known: Entry) -> str:
    said = (known.left, known.right, known.verdict, known.undoes, known.author, known.made)
    return content_hash("entry", *(each or "" for each in said), known.reason or "")


def _check(each: Entry, where: str) -> None:
    """Refuse what a merge or a hand has spoilt."""
    whole = bool(each.left and each.right and each.verdict) != bool(each.undoes)
    if not whole:
        raise RecordError(where, "neither a verdict on two keys nor an undoing; check the line")
    if each.author.startswith("rule/"):
        raise RecordError(where, "rules do not write here; name the person who judged")
    if each.id != _id_of(each):
        raise RecordError(where, "was changed by hand; undo it by `kg undo` and judge anew")
