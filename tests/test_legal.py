"""The legal record: what a table may say, what it is refused for, and what was in force when."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import RecordError
from kg.legal import Item, Measure, Suspension
from kg.legaltable import COLUMNS, NEEDED, legal_record, read_file, read_table
from tests.conftest import ROOT

DECREE = {
    "measure": "cl-2031-7",
    "title": "Licence duty on lithium (decree 7 of 2031)",
    "definition": "A duty to obtain a licence before lithium leaves Chile.",
    "identifier": "Decree 7 of 2031",
    "type": "licensing",
    "imposer": "CL",
    "target": "EU|JP",
    "issued": "2031-02-20",
    "in_force": "2031-03-15",
    "source": "Official Gazette of Chile, decree 7 of 2031",
    "pages": "https://example.org/gazette/2031/7",
    "item": "lithium",
    "scope": "metal, unwrought",
    "codes": "2805.19|2805191000",
    "cas": "7439-93-2",
}
HALT = {
    "measure": "cl-2031-7",
    "suspended_from": "2031-09-01",
    "suspended_until": "2032-08-31",
    "suspended_by": "Official Gazette of Chile, decree 19 of 2031",
    "suspension_pages": "https://example.org/gazette/2031/19",
}
KNOWN = {"material:lithium", "material:cobalt", "topic:batteries"}


def written(*rows: dict[str, str]) -> str:
    """A table with these rows."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def faults(*rows: dict[str, str]) -> list[tuple[int, str]]:
    """Line and column of each fault; with one there is no record."""
    found = read_table(written(*rows), KNOWN)
    assert not (found.faults and found.measures)
    assert all(";" in each.reason for each in found.faults), "say what to do"
    return [(each.line, each.column) for each in found.faults]


def test_lines_with_one_key_are_one_measure() -> None:
    more = {"measure": "cl-2031-7", "item": "topic:batteries", "codes": "85076000"}
    found = read_table(written(DECREE, more, HALT), KNOWN)
    assert found.faults == ()
    [measure] = found.measures
    assert measure.targets == ("EU", "JP")
    assert measure.items == (
        Item("material:lithium", "metal, unwrought", ("2805.19", "2805191000"), ("7439-93-2",)),
        Item("topic:batteries", "", ("85076000",)),
    )
    assert measure.concepts == ("material:lithium", "topic:batteries")
    [halt] = measure.suspensions
    assert (halt.begins, halt.ends) == ("2031-09-01", "2032-08-31")


def test_columns_may_stand_in_any_order_and_a_byte_order_mark_before_them() -> None:
    names = sorted(COLUMNS, reverse=True)
    line = ",".join(f'"{DECREE.get(name, "")}"' for name in names)
    found = read_table("\ufeff" + ",".join(names) + "\r\n" + line + "\r\n\r\n", KNOWN)
    assert not found.faults
    assert found.measures[0].key == "cl-2031-7"


@pytest.mark.parametrize("column", NEEDED)
def test_what_a_row_needs_is_asked_for(column: str) -> None:
    assert (2, column) in faults(DECREE | {column: ""})


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("measure", "CL 2031"),
        ("pages", ""),
        ("pages", "gazette, page 7"),
        ("address", "ftp://example.org/"),
        ("type", "embargo"),
        ("imposer", "Chile"),
        ("target", "EU|Atlantis"),
        ("issued", "20 February 2031"),
        ("issued", "2031-02-30"),
        ("issued", "XXXX-02"),
        ("issued", "2031-02/2031-03"),
        ("in_force", "soon"),
        ("in_force", "2031-02-19"),
        ("expires", "2031-03-14"),
        ("expires", "2031-13"),
        ("retroactive", "perhaps"),
        ("amends", "cl-2029-1"),
        ("repeals", "cl-2031-7"),
        ("read_on", "2031-04"),
        ("item", "unobtainium"),
        ("item", "lithium|cobalt"),
        ("codes", "2805.1"),
        ("codes", "99"),
        ("codes", "28051910000"),
        ("cas", "7439-93-1"),
        ("cas", "lithium"),
        ("suspended_until", "2032-08-31"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused(column: str, value: str) -> None:
    found = faults(DECREE | {column: value})
    wanted = "suspended_from" if column == "suspended_until" else column
    assert (2, wanted) in found


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("suspended_from", ""),
        ("suspended_from", "2031-09"),
        ("suspended_until", "2031-08-31"),
        ("suspended_by", ""),
        ("suspension_pages", ""),
        ("suspended_items", "cobalt"),
        ("suspended_items", "unobtainium"),
        ("title", "Another title"),
    ],
)
def test_a_suspension_that_cannot_be_right_is_refused(column: str, value: str) -> None:
    assert (3, column) in faults(DECREE, HALT | {column: value})


def test_force_before_issue_is_right_where_the_row_says_so() -> None:
    assert faults(DECREE | {"in_force": "2031-01-01", "retroactive": "yes"}) == []
    assert faults(DECREE | {"in_force": "2031-02"}) == []  # may well be after the 20th


def test_one_act_is_not_taken_twice() -> None:
    again = DECREE | {"measure": "cl-2031-7-again"}
    assert faults(DECREE, again) == [(3, "identifier")]
    assert faults(DECREE | {"part": "article 1"}, again | {"part": "article 2"}) == []


def test_lines_that_say_nothing_new_are_refused() -> None:
    same = {"measure": "cl-2031-7", "item": "lithium", "scope": "Metal, unwrought"}
    assert faults(DECREE, same) == [(3, "item")]
    assert faults(DECREE, {"measure": "cl-2031-7"}) == [(3, "item")]
    assert (2, "item") in faults(DECREE | {"item": "", "scope": "", "codes": "", "cas": ""})


def test_a_header_is_whole() -> None:
    lacking = written(DECREE).replace(",cas,", ",number,")
    assert {each.column for each in read_table(lacking).faults} == {"cas", "number"}
    assert read_table("").faults
    assert read_table(",".join(COLUMNS)).faults[0].line == 2


def test_a_cell_too_many_is_noticed() -> None:
    table = written(DECREE).rstrip("\n") + ",one too many\n"
    assert [each.line for each in read_table(table, KNOWN).faults] == [2]


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    latin = tmp_path / "latin.csv"
    latin.write_bytes("café".encode("latin-1"))
    for path in (latin, tmp_path / "missing.csv", tmp_path):
        with pytest.raises(RecordError, match=r"save|give"):
            read_file(str(path), io.BytesIO())
    assert read_file("-", io.BytesIO(written(DECREE).encode())).measures


@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=12)), max_size=3))
def test_whatever_the_cells_hold_the_faults_are_told(rows: list[dict[str, str]]) -> None:
    found = read_table(written(*rows), KNOWN)
    assert found.faults
    assert not found.measures
    assert all(each.column in COLUMNS and ";" in each.reason for each in found.faults)


@given(st.text())
def test_whatever_the_text_is_the_faults_are_told(text: str) -> None:
    assert read_table(text).faults


# ---- as of ------------------------------------------------------------------------------------

ACT = Measure(
    key="x", title="", definition="", identifier="1", type="quota", imposer="CL", issued="2031",
    source="", items=(Item("material:lithium"), Item("material:cobalt")), in_force="2031-02",
    expires="2033-06-30",
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2031-01-31", "no"),
        ("2031-02-14", "possibly"),
        ("2031-02", "possibly"),
        ("2031-03-01", "certainly"),
        ("2032", "certainly"),
        ("2033-06-30", "certainly"),
        ("2033-06", "certainly"),
        ("2033", "possibly"),
        ("2033-07-01", "no"),
    ],
)
def test_force_is_as_sure_as_the_dates(day: str, said: str) -> None:
    assert ACT.as_of(day) == said


def test_an_act_without_a_date_of_force_is_never_sure() -> None:
    undated = Measure("x", "", "", "1", "quota", "CL", "2031-05-01", "", ())
    assert undated.as_of("2031-04-30") == "no"
    assert undated.as_of("2040-01-01") == "possibly"


def test_a_suspension_halts_the_whole_or_its_items_but_not_for_a_part_in_words() -> None:
    whole = Suspension("2032-01-01", "2032-12-31")
    some = Suspension("2032-01-01", items=("material:cobalt",))
    part = Suspension("2032-01-01", scope="samples for research")

    def said(halt: Suspension, day: str, concept: str = "material:lithium") -> str:
        act = Measure(
            "x", "", "", "1", "quota", "CL", "2031", "", (), in_force="2031", suspensions=(halt,)
        )
        return act.as_of(day, concept)

    assert [said(whole, day) for day in ("2032-06-01", "2032", "2033-01-01")] == [
        "no",
        "no",
        "certainly",
    ]
    assert said(whole, "2032-12") == "no"
    assert said(some, "2032-06-01") == "certainly"
    assert said(some, "2032-06-01", "material:cobalt") == "no"
    assert said(part, "2032-06-01") == "certainly"


# ---- the bundled record -----------------------------------------------------------------------


def test_the_bundled_record_has_the_acts_that_everything_rests_on() -> None:
    acts = {each.key: each for each in legal_record()}
    assert len(acts) >= 25
    gallium = acts["cn-2023-23"]
    assert (gallium.issued, gallium.in_force) == ("2023-07-03", "2023-08-01")
    graphite = acts["cn-2023-39"]
    assert (graphite.issued, graphite.in_force) == ("2023-10-20", "2023-12-01")
    ban = acts["cn-2024-46"]
    assert [ban.as_of(day) for day in ("2025-11-08", "2025-11-09", "2026-11-27", "2026-11-28")] == [
        "certainly",
        "no",
        "no",
        "certainly",
    ]
    assert acts["cn-2024-46-military"].as_of("2026-01-01") == "certainly"
    assert acts["eu-2024-1252"].in_force == "2024-05-23"


def test_every_bundled_measure_names_its_act_and_a_page() -> None:
    for each in legal_record():
        assert each.source, each.key
        assert each.pages, each.key
        assert all(halt.by and halt.pages for halt in each.suspensions), each.key


def test_every_column_is_documented() -> None:
    text = (ROOT / "docs" / "legal-record.md").read_text("utf-8")
    for column in COLUMNS:
        assert f"`{column}`" in text, column
