"""A table of legal measures in, records and faults out.

The first line of a measure describes its act; further lines with the same key add an item or a
suspension. A row that says what nothing bears out is refused, not repaired: every fault names
its line, its column and what to do, and with one fault the table gives no record.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import BinaryIO, Final, get_args

from kg import edtf
from kg.errors import RecordError
from kg.legal import DESIGNATION, Item, Measure, Suspension
from kg.resources import folder
from kg.shelves import Shelves
from kg.states import blocs, states
from kg.terms import ControlType

ACT: Final = (
    "title", "definition", "identifier", "part", "type", "imposer", "target", "issued", "in_force",
    "expires", "retroactive", "amends", "repeals", "source", "address", "pages", "read_on",
)  # fmt: skip
ITEM: Final = ("item", "scope", "codes", "cas")
SUSPENSION: Final = (
    "suspended_from", "suspended_until", "suspended_by", "suspended_scope", "suspended_items",
    "suspension_pages",
)  # fmt: skip
COLUMNS: Final = ("measure", *ACT, *ITEM, *SUSPENSION)
NEEDED: Final = ("title", "definition", "identifier", "type", "imposer", "issued", "source")
TYPES: Final = (*get_args(ControlType), DESIGNATION)

_SHELF: Final = "legal_record"
_ELSEWHERE: Final = "take it out here, or leave the other record out"
_KEY: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ADDRESS: Final = re.compile(r"https?://[^\s\x00-\x20<>\"{}|\\^`]+\.[^\s\x00-\x20<>\"{}|\\^`]+")
_CODE: Final = re.compile(r"(?!00|77|9[89])[0-9]{2}(?:[0-9]{2}(?:\.?[0-9]{2}){0,3})?")
_CAS: Final = re.compile(r"[1-9][0-9]{1,6}-[0-9]{2}-[0-9]")
_CONCEPT: Final = re.compile(r"(?:material|topic):[a-z0-9-]+")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one line of a table, and what to do."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"{self.line}: {self.column}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Table:
    """The measures of a table in its order; none where there are faults."""

    measures: tuple[Measure, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A legal record of somebody's own, as a build keeps it."""

    measures: tuple[Measure, ...]


@cache
def legal_record() -> tuple[Measure, ...]:
    """Give the bundled measures, in the order of the table."""
    path = folder("ontology") / "reference" / "measures.csv"
    found = read_table(path.read_text("utf-8"))
    if found.faults:
        raise RecordError(str(path), f"{found.faults[0]}; reinstall the package")
    return found.measures


def keep_record(shelves: Shelves, measures: Iterable[Measure]) -> None:
    """Let these measures be the legal record of a build, in the place of the bundled ones."""
    shelves.shelf(_SHELF, Record).put(_SHELF, Record(tuple(measures)))


def kept_record(shelves: Shelves) -> tuple[Measure, ...] | None:
    """Give the legal record that a build was given; None where it has the bundled one."""
    asked = "SELECT 1 FROM sqlite_master WHERE name = ?"
    if shelves.connection.execute(asked, (f"shelf_{_SHELF}",)).fetchone() is None:
        return None
    kept = shelves.shelf(_SHELF, Record).get(_SHELF)
    return kept.measures if kept else None


def read_file(
    name: str,
    standard_input: BinaryIO,
    known: Collection[str] | None = None,
    beside: Iterable[Measure] = (),
) -> Table:
    """Read a file of that form, or standard input for "-"."""
    try:
        data = standard_input.read() if name == "-" else Path(name).read_bytes()
        return read_table(data.decode("utf-8"), known, beside)
    except UnicodeDecodeError as error:
        raise RecordError(name, "not UTF-8; save the table as CSV in UTF-8") from error
    except OSError as error:
        advice = "give the path of a CSV file"
        raise RecordError(name, f"cannot be read ({error.strerror}); {advice}") from error


def read_table(
    text: str, known: Collection[str] | None = None, beside: Iterable[Measure] = ()
) -> Table:
    r"""Read a table; `known` are the concepts that items may name ("material:gallium").

    Measures of other tables `beside` it may be amended and repealed, but not told again.

    >>> read_table("measure,title\n").faults[0].reason.partition(";")[0]
    'the header lacks definition, identifier, part, type, imposer, target, issued, and 19 more'
    """
    try:
        rows = list(_rows(text))
    except csv.Error as error:
        return Table((), (Fault(1, "measure", f"no CSV ({error}); save it as CSV in UTF-8"),))
    faults = [*_header_faults(tuple(next(csv.reader(_lines(text)), ())))]
    if faults:
        return Table((), tuple(faults))
    groups: dict[str, list[tuple[int, Row]]] = {}
    for line, row in rows:
        faults += _line_faults(line, row, row["measure"] in groups, known)
        groups.setdefault(row["measure"], []).append((line, row))
    if not rows:
        faults.append(Fault(2, "measure", "the table has no row; add a measure"))
    others = {each.key: each for each in beside}
    faults += _table_faults(groups, others)
    if faults:
        return Table((), tuple(sorted(faults, key=lambda each: (each.line, each.column))))
    return Table(tuple(_measure(group) for group in groups.values()), ())


def _lines(text: str) -> io.StringIO:
    """Give the lines of a table as CSV has them: only line feeds and returns end one."""
    return io.StringIO(text.lstrip("\ufeff"), newline="")


def _rows(text: str) -> Iterator[tuple[int, Row]]:
    """Yield the rows that are not empty, with the line on which each ends."""
    reader = csv.DictReader(_lines(text), restkey="", restval="")
    for row in reader:
        cells = {
            name: " ".join(str(cell).split()) if name else "".join(cell)
            for name, cell in row.items()
        }
        if any(cells.values()):
            yield reader.line_num, cells


def _header_faults(header: tuple[str, ...]) -> Iterator[Fault]:
    lacking = [name for name in COLUMNS if name not in header]
    if lacking:
        more = f", and {len(lacking) - 7} more" if len(lacking) > 7 else ""
        named = ", ".join(lacking[:7]) + more
        yield Fault(
            1, lacking[0], f"the header lacks {named}; docs/legal-record.md has all columns"
        )
    for name in header:
        if name not in COLUMNS or header.count(name) > 1:
            yield Fault(1, name, "no column of this table, or named twice; take it out")


# ---- faults of one line ---------------------------------------------------------------------


def _line_faults(
    line: int, row: Row, continues: bool, known: Collection[str] | None
) -> Iterator[Fault]:
    if row.get("", ""):
        yield Fault(line, COLUMNS[-1], "more cells than columns; quote cells that hold a comma")
    if not _KEY.fullmatch(row["measure"]):
        yield Fault(line, "measure", "no key; write it in lower case, such as cn-2023-23")
    faults = _further_line if continues else _first_line
    for column, reason in (*faults(row), *_cells(row, known), *_suspension(row)):
        yield Fault(line, column, reason)


def _first_line(row: Row) -> Iterator[tuple[str, str]]:
    for column in NEEDED:
        if not row[column]:
            yield column, f"empty; {_ADVICE.get(column, 'fill it in')}"
    if not row["address"] and not row["pages"]:
        yield "pages", "no address; name a page on which the act was read, or leave the row out"
    if row["type"] and row["type"] not in TYPES:
        yield "type", f"{row['type']!r} is no type of control; give one of {', '.join(TYPES)}"
    if row["retroactive"] not in ("", "yes"):
        yield "retroactive", "neither yes nor empty; write yes, or nothing"
    yield from _order(row)


def _further_line(row: Row) -> Iterator[tuple[str, str]]:
    for column in ACT:
        if row[column]:
            reason = "the measure is described above; leave this empty, or give it a key of its own"
            yield column, reason
    if not any(row[column] for column in (*ITEM, *SUSPENSION)):
        yield "item", "nothing added to the measure above; give an item or a suspension"


def _order(row: Row) -> Iterator[tuple[str, str]]:
    """Find dates of an act that cannot follow each other."""
    issued, begins, ends = row["issued"], row["in_force"], row["expires"]
    if begins and not row["retroactive"] and edtf.before(begins, issued) == "certainly":
        yield (
            "in_force",
            f"{begins} lies before the issue, {issued}; correct it or say retroactive",
        )
    if ends and edtf.before(ends, begins or issued) == "certainly":
        yield "expires", f"{ends} lies before {begins or issued}; give the last day it applies"


def _suspension(row: Row) -> Iterator[tuple[str, str]]:
    begins, ends = row["suspended_from"], row["suspended_until"]
    if not begins and any(row[column] for column in SUSPENSION):
        yield "suspended_from", "empty; say from when the suspension is"
    if begins and not row["suspended_by"]:
        yield "suspended_by", "empty; name the act that suspends"
    if begins and not row["suspension_pages"]:
        yield "suspension_pages", "empty; name a page on which the suspension was read"
    if begins and ends and edtf.before(ends, begins) == "certainly":
        yield "suspended_until", f"{ends} lies before {begins}; give the last day"


def _cells(row: Row, known: Collection[str] | None) -> Iterator[tuple[str, str]]:
    """Find what no cell of its column may hold, in whichever line it stands."""
    for columns, fits, reason in _FORMS:
        for column in columns:
            for value in _many(row[column]):
                if not fits(value):
                    yield column, f"{value!r} {reason}"
    for column in ("item", "suspended_items"):
        for each in map(_concept, _many(row[column])):
            if not _CONCEPT.fullmatch(each) or each not in (known or (each,)):
                yield column, f"{each!r} is no material; give the name of one, such as gallium"
    if len(_many(row["item"])) > 1:
        yield "item", "more than one; give each item a line of its own"
    if not row["item"] and any(row[column] for column in ITEM):
        yield "item", "empty; name the material that scope and codes are of"


def _is_date(text: str) -> bool:
    found = edtf.reach(text)
    return found is not None and "/" not in text and found.begins[0] > date.min


def _is_day(text: str) -> bool:
    return edtf.is_day(text) and _is_date(text)


def _is_party(code: str) -> bool:
    return code in states() or code in blocs()


def has_check_digit(cas: str) -> bool:
    """Say whether the last digit of a CAS number follows from the others.

    >>> has_check_digit("7440-55-3"), has_check_digit("7440-55-4")
    (True, False)
    """
    *digits, check = (int(char) for char in cas if char.isdigit())
    return sum(place * digit for place, digit in enumerate(digits[::-1], 1)) % 10 == check


_FORMS: Final[tuple[tuple[tuple[str, ...], Callable[[str], object], str], ...]] = (
    (
        ("issued", "in_force", "expires"),
        _is_date,
        "is no date; give YYYY-MM-DD, or YYYY-MM or YYYY where no more is known",
    ),
    (
        ("read_on", "suspended_from", "suspended_until"),
        _is_day,
        "is no day of the calendar; give YYYY-MM-DD",
    ),
    (("imposer", "target"), _is_party, "is no state or bloc; give its code, such as CN or EU"),
    (
        ("address", "pages", "suspension_pages"),
        _ADDRESS.fullmatch,
        "is no web address; begin it with https://",
    ),
    (("codes",), _CODE.fullmatch, "is no HS or customs code; give 2, 4, 6, 8 or 10 digits"),
    (("cas",), _CAS.fullmatch, "is no CAS number; write it as in 7440-55-3"),
    (
        ("cas",),
        lambda number: not _CAS.fullmatch(number) or has_check_digit(number),
        "fails its check digit; look for the digit that is wrong",
    ),
)
_ADVICE: Final = {
    "source": "name the act as its publisher does; a row without official source is refused",
    "issued": "give the date of issue; a row without one is refused",
}


# ---- faults between lines ---------------------------------------------------------------------


def _table_faults(
    groups: Mapping[str, list[tuple[int, Row]]], beside: Mapping[str, Measure]
) -> Iterator[Fault]:
    acts: dict[tuple[str, str, str], int] = {}
    told = {(each.imposer, each.identifier, each.part): each.key for each in beside.values()}
    for lines in groups.values():
        line, first = lines[0]
        yield from _told_beside(line, first, beside, told)
        act = (first["imposer"], first["identifier"], first["part"])
        if act in acts and first["identifier"]:
            reason = f"this act stands in line {acts[act]}; say which part it is, or use its key"
            yield Fault(line, "identifier", reason)
        acts.setdefault(act, line)
        if not any(row["item"] for _, row in lines):
            yield Fault(line, "item", "no item; name at least one material that the act covers")
        yield from _relation_faults(line, first, {*groups, *beside})
        yield from _repeated_items(lines)
        covered = {_concept(row["item"]) for _, row in lines}
        for number, row in lines:
            for each in map(_concept, _many(row["suspended_items"])):
                if each not in covered:
                    reason = f"{each!r} is no item of the measure; name one of its items"
                    yield Fault(number, "suspended_items", reason)


def _told_beside(
    line: int, row: Row, beside: Collection[str], told: Mapping[tuple[str, str, str], str]
) -> Iterator[Fault]:
    """Find a measure that the tables beside this one have already."""
    if row["measure"] in beside:
        reason = f"{row['measure']!r} is in the record beside this table; {_ELSEWHERE}"
        yield Fault(line, "measure", reason)
        return
    act = (row["imposer"], row["identifier"], row["part"])
    if row["identifier"] and act in told:
        reason = f"this act is {told[act]} in the record beside this table; {_ELSEWHERE}"
        yield Fault(line, "identifier", reason)


def _relation_faults(line: int, row: Row, keys: Collection[str]) -> Iterator[Fault]:
    for column in ("amends", "repeals"):
        for key in _many(row[column]):
            if key not in keys or key == row["measure"]:
                reason = f"{key!r} is no other measure of the record; give its key"
                yield Fault(line, column, reason)


def _repeated_items(lines: Iterable[tuple[int, Row]]) -> Iterator[Fault]:
    seen: dict[tuple[str, str], int] = {}
    for line, row in lines:
        entry = (row["item"], row["scope"].casefold())
        if row["item"] and seen.setdefault(entry, line) != line:
            yield Fault(line, "item", f"the same as in line {seen[entry]}; take one out")


# ---- records ------------------------------------------------------------------------------------


def _measure(lines: list[tuple[int, Row]]) -> Measure:
    first = lines[0][1]
    return Measure(
        key=first["measure"],
        title=first["title"],
        definition=first["definition"],
        identifier=first["identifier"],
        type=first["type"],
        imposer=first["imposer"],
        issued=first["issued"],
        source=first["source"],
        items=tuple(_item(row) for _, row in lines if row["item"]),
        part=first["part"],
        targets=tuple(_many(first["target"])),
        in_force=first["in_force"],
        expires=first["expires"],
        retroactive=bool(first["retroactive"]),
        amends=tuple(_many(first["amends"])),
        repeals=tuple(_many(first["repeals"])),
        address=first["address"],
        pages=tuple(_many(first["pages"])),
        read_on=first["read_on"],
        suspensions=tuple(_halt(row) for _, row in lines if row["suspended_from"]),
    )


def _item(row: Row) -> Item:
    codes, cas = _many(row["codes"]), _many(row["cas"])
    return Item(_concept(row["item"]), row["scope"], tuple(codes), tuple(cas))


def _halt(row: Row) -> Suspension:
    return Suspension(
        row["suspended_from"],
        row["suspended_until"],
        row["suspended_by"],
        row["suspended_scope"],
        tuple(_concept(each) for each in _many(row["suspended_items"])),
        tuple(_many(row["suspension_pages"])),
    )


def _many(cell: str) -> list[str]:
    """Give the values of a cell, which `|` sets apart."""
    return [part.strip() for part in cell.split("|") if part.strip()]


def _concept(name: str) -> str:
    return name if ":" in name or not name else f"material:{name}"
