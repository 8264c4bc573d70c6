"""What gold files hold and what judging against them yields.

A statement is a claim as it is compared: gold, of our rules or of any other extractor. Its kind
is any word, so that a wrong one can be counted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.articles.model import line_starts


@dataclass(frozen=True, slots=True)
class Value:
    """One filler of a role as it is compared: what it resolves to and how it is worded."""

    ref: str | int | float | None = None
    text: str | None = None
    label: str | None = None

    @property
    def shown(self) -> str:
        """The wording and what it resolves to, once if they are the same.

        >>> Value("JP", "Tokyo").shown, Value("Ann Lee", "Ann Lee").shown, Value(text="tin").shown
        ('Tokyo [JP]', 'Ann Lee', 'tin')
        """
        told = [str(each) for each in (self.text or self.label, self.ref) if each is not None]
        return told[0] if len({*told}) == 1 else f"{told[0]} [{told[1]}]" if told else ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim as it is compared; `quote` should be `text[start:end]` of its article."""

    article: str
    kind: str
    start: int
    end: int
    quote: str | None = None
    roles: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    modality: str | None = None
    status: str | None = None
    polarity: str | None = None
    confidence: float = 1.0

    def values(self, role: str) -> tuple[Value, ...]:
        """Give the fillers of a role, none if it has none."""
        return self.roles.get(role, ())

    @property
    def fillers(self) -> int:
        """How many fillers it has in all roles."""
        return sum(map(len, self.roles.values()))


@dataclass(frozen=True, slots=True)
class Gold:
    """One article with the claims that a reader found in it; `drafts` of them nobody reviewed."""

    id: str
    text: str
    claims: tuple[Statement, ...]
    published: str | None = None
    drafts: int = 0

    def line(self, offset: int) -> tuple[int, int, int]:
        """Give the line that holds an offset: its number from 1, where it starts and ends."""
        starts = line_starts(self.text)
        number = bisect_right(starts, offset)
        end = starts[number] if number < len(starts) else len(self.text)
        return number, starts[number - 1], end


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a gold file: the file, the claim (counted from 1), what, and what to do."""

    file: Path
    claim: int | None
    what: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}: claim {self.claim}" if self.claim else str(self.file)
        return f"{where}: {self.what}; {self.remedy}"
