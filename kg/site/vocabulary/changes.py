"""What became of terms, concepts and shapes from version to version.

`ontology/versions.csv` keeps, for every version, a digest of all that it said of each of them; what
stands in the files today is compared with the last of them. A digest covers blank nodes by content,
not by name, and does not depend on where data lies.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pyoxigraph import NamedNode

from kg.graph.model import Dataset
from kg.iris import digest
from kg.resources import folder
from kg.site.addresses import Addresses
from kg.site.vocabulary.model import Age

FILE: Final = "versions.csv"
LENGTH: Final = 12  # hexadecimal digits
_COLUMNS: Final = ("version", "address", "digest")
_HEAD: Final = """\
# What each version said of its terms, concepts and shapes: the first digits of the SHA-256 of its
# statements. Written by `python -m tests.site.vocabulary.test_changes` when a version is made.
"""
_GENID: Final = re.compile(r"<[^>]*/\.well-known/genid/([0-9a-f]+)>")
_OURS: Final = ("def/", "concept/", "shapes/")

Digests = Mapping[str, str]
"""What is said of each thing, by its address: `def/Claim`."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one version changed, each by address."""

    version: str  # "" for what comes next
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def parts(self) -> list[tuple[str, list[list[str]]]]:
        """What was added, changed and removed, of terms, concepts and shapes each."""
        told = (("added", self.added), ("changed", self.changed), ("removed", self.removed))
        return [
            (word, [[each.removeprefix(part) for each in names if each.startswith(part)]
                    for part in _OURS])
            for word, names in told
            if names
        ]  # fmt: skip


def digests(vocabulary: Dataset, base: str) -> dict[str, str]:
    """Give the digest of all that is said of each term, concept and shape."""
    addresses = Addresses(base)
    said: defaultdict[str, list[str]] = defaultdict(list)
    for quad in vocabulary.quads():
        path = addresses.path(quad.subject.value) if isinstance(quad.subject, NamedNode) else None
        if path and path.startswith(_OURS) and "/alignments/" not in str(quad.graph_name):
            line = f"{quad.predicate} {quad.object}".replace(f"<{base}", "<")
            said[path].append(_GENID.sub(r"_:\1", line))
    return {path: digest("\n".join(sorted(said[path])))[:LENGTH] for path in sorted(said)}


def recorded() -> dict[str, dict[str, str]]:
    """Read the digests of all versions, the oldest first."""
    text = (folder("ontology") / FILE).read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in csv.DictReader(lines):
        found[row["version"]][row["address"]] = row["digest"]
    return {version: found[version] for version in sorted(found, key=_number)}


def record(versions: Mapping[str, Digests]) -> str:
    """Write the digests of versions as the table that `recorded` reads."""
    out = io.StringIO()
    out.write(_HEAD)
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for version in sorted(versions, key=_number):
        rows.writerows((version, *pair) for pair in sorted(versions[version].items()))
    return out.getvalue()


class Changes:
    """The versions of a vocabulary, and what stands in its files today."""

    def __init__(self, versions: Mapping[str, Digests], today: Digests) -> None:
        self._versions, self._today = versions, today
        self.last = max(versions, key=_number, default="")

    def steps(self) -> list[Step]:
        """Give what each version changed, the latest first, with what comes next at the top."""
        named = [("", self._today), *sorted(self._versions.items(), key=_by_number, reverse=True)]
        steps = [_step(version, before, now) for (version, now), (_, before) in pairwise(named)]
        return [
            each for each in steps if each.version or each.added or each.changed or each.removed
        ]

    def age(self, address: str) -> Age:
        """Tell since when something is there and when it changed last."""
        since: str | None = None
        changed: str | None = None
        last: str | None = None
        for version, said in sorted(self._versions.items(), key=_by_number):
            now = said.get(address)
            if now is not None and last is None:
                since, changed = version, None
            elif now != last:
                changed = version
            last = now
        today = self._today.get(address)
        pending = "" if today == last else "new" if last is None else "changed"
        return Age(None if last is None else since, changed, pending)


def _step(version: str, before: Digests, now: Digests) -> Step:
    both: Iterable[str] = sorted(before.keys() & now.keys())
    return Step(
        version,
        tuple(sorted(now.keys() - before.keys())),
        tuple(each for each in both if before[each] != now[each]),
        tuple(sorted(before.keys() - now.keys())),
    )


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def _by_number(pair: tuple[str, Digests]) -> tuple[int, ...]:
    return _number(pair[0])
