"""What the pages of things are made of: values, rows, groups of links, entries in time."""

from __future__ import annotations

from dataclasses import dataclass

from kg.site.evidence import Source, Statement


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as a reader sees it: text, and where it leads."""

    text: str
    iri: str = ""  # of a thing that has a page here
    address: str = ""  # on the web
    language: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a property, with what is behind it where articles are."""

    shown: Shown
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A property with its values."""

    predicate: str
    label: str
    values: tuple[Value, ...]
    more: int = 0  # values that are left out


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that leads here."""

    iri: str
    label: str
    date: str = ""  # EDTF
    count: int = 0
    independent: int = 0
    disputed: int = 0
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Things that lead here by one property, the first of them."""

    key: str  # its part of an address
    predicate: str
    label: str
    count: int
    entries: tuple[Entry, ...]
    ordered: bool = True  # the latest first; False where there are too many to be sorted
    selected: bool = False  # the entries are the latest of some alone

    @property
    def more(self) -> int:
        """How many are not among the entries."""
        return self.count - len(self.entries)


@dataclass(frozen=True, slots=True)
class Year:
    """What happened in a year; "" where the year is not known."""

    year: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way in which a name is written, and the articles that do."""

    form: str
    variant: str
    rule: str
    articles: tuple[str, ...]
    more: int
    many: bool = False  # more than anybody counted


@dataclass(frozen=True, slots=True)
class Worded:
    """One wording in which something is reported."""

    count: int
    independent: int
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Pager:
    """Where in a long list a page stands; pages are counted from 1."""

    page: int
    pages: int
    total: int
    path: str  # of a page, up to its number

    @property
    def before(self) -> int | None:
        """The page before this one."""
        return self.page - 1 if self.page > 1 else None

    @property
    def after(self) -> int | None:
        """The page after this one."""
        return self.page + 1 if self.page < self.pages else None
