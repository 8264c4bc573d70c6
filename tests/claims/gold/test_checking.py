"""Every fault of a gold file is found, with its claim and what to do; good gold has none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.claims.gold.checking import check
from kg.claims.gold.fields import is_edtf
from tests.claims.gold.made import BAN, TEXT, ban, pledge, warning, write_gold
from tests.conftest import ROOT, SHARED


def findings(folder: Path, *claims: object, **fields: Any) -> list[str]:
    write_gold(folder, claims, **fields)
    return [str(each) for each in check([folder])]


def test_gold_in_order_has_no_findings(tmp_path: Path) -> None:
    cited = warning(attribution=[{"ref": "Gazette"}])
    assert findings(tmp_path, pledge(), ban(polarity="negative"), cited) == []


def test_the_practice_corpus_is_in_order() -> None:
    assert [str(each) for each in check([ROOT / "corpus"])] == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared gold is not at hand")
def test_the_shared_gold_has_only_faults_that_are_true() -> None:
    told = {each.what.split(": ")[-1] for each in check((SHARED / "eval" / "gold").glob("*"))}
    assert all("white space" in each or "says the same as" in each for each in told)


def actor(filler: object) -> dict[str, Any]:
    return pledge(roles={"actor": [filler]})


def without(claim: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in claim.items() if name not in names}


FAULTS: dict[str, tuple[object, str]] = {
    "no object": (7, "no JSON object"),
    "an unknown kind": (pledge(kind="promise"), "kind 'promise' does not exist"),
    "a kind that is no word": (pledge(kind=["post"]), "does not exist"),
    "an unknown field": (pledge(modalty="agreed"), "unknown field modalty"),
    "no modality": (without(pledge(), "modality"), "no modality"),
    "an unknown modality": (pledge(modality="hoped"), "'hoped' does not exist"),
    "a modality too many": (warning(modality="agreed"), "modality is nothing that its kind has"),
    "no status": (without(ban(), "status"), "no status"),
    "a status of another kind": (ban(status="held"), "'held' does not exist"),
    "an unknown polarity": (pledge(polarity="neg"), "polarity 'neg'"),
    "no roles": (without(pledge(), "roles"), "no roles"),
    "no role filled": (pledge(roles={}), "no role is filled"),
    "a role of another kind": (pledge(roles={"imposer": [{"ref": "PE"}]}), "'imposer' is no role"),
    "a role without fillers": (pledge(roles={"actor": []}), "has no fillers"),
    "a role that is no list": (pledge(roles={"actor": "Peru"}), "has no fillers"),
    "a filler that says nothing": (actor({"text": ""}), "says nothing"),
    "a filler that is no object": (actor("Peru"), "says nothing"),
    "a filler with an odd ref": (actor({"ref": ["PE"]}), "says nothing"),
    "a filler with an unknown field": (actor({"ref": "PE", "role": "x"}), "unknown field role"),
    "a filler twice": (pledge(roles={"actor": [{"ref": "PE"}] * 2}), "a filler twice"),
    "a code of no state": (actor({"ref": "QQ"}), "QQ is the code of no state"),
    "a wording that is not there": (actor({"text": "Chile"}), "not in the quote"),
    "a date in words": (pledge(roles={"date": [{"ref": "3 May 2021"}]}), "no EDTF date"),
    "a day that no calendar has": (pledge(roles={"date": [{"ref": "2021-02-30"}]}), "no EDTF date"),
    "a number in words": (
        pledge(kind="meeting", roles={"ordinal": [{"ref": "first"}]}),
        "its ref is no number",
    ),
    "an unknown type": (ban(roles={"type": [{"text": "embargo"}]}), "no such type"),
    "attribution to nobody": (pledge(attribution=[{}]), "attribution {} says nothing"),
    "attribution that is no list": (pledge(attribution="Gazette"), "attribution is no list"),
    "no quote": (pledge(quote=""), "no quote"),
    "offsets beside the quote": (
        ban(start=1, end=9),
        f"it stands at {TEXT.index(BAN)}:{TEXT.index(BAN) + len(BAN)}",
    ),
    "offsets of nowhere": (pledge(start=-4, end=10**12), "no place in the text"),
    "one offset only": (without(pledge(), "end"), "no place in the text"),
    "a quote that is not there": (
        without(pledge(quote="Chile."), "start", "end"),
        "occurs 0 times",
    ),
    "a quote that stands twice": (without(pledge(quote="tin"), "start", "end"), "occurs 3 times"),
    "other white space": (ban(quote=BAN.replace(" ", "\u00a0")), "other white space"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_a_claim_is_found_and_nothing_before_it(name: str, tmp_path: Path) -> None:
    claim, words = FAULTS[name]
    told = findings(tmp_path, ban(status="lifted"), claim)
    assert any(words in each for each in told), told
    assert all("tin.json: claim 2: " in each for each in told)
    assert all(each.rpartition("; ")[2] for each in told)


def test_only_what_is_denied_may_leave_all_roles_open(tmp_path: Path) -> None:
    assert findings(tmp_path, pledge(roles={}, polarity="negative")) == []


def test_a_claim_said_twice_is_found(tmp_path: Path) -> None:
    assert "says the same as claim 1" in findings(tmp_path, pledge(), ban(), pledge())[0]
    assert findings(tmp_path, pledge(), pledge(polarity="negative")) == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"id": "zinc"}, "its id is not the name of the file"),
        ({"published": "yesterday"}, "published is no EDTF date"),
    ],
)
def test_a_fault_of_the_file_is_found(fields: dict[str, Any], words: str, tmp_path: Path) -> None:
    (told,) = findings(tmp_path, pledge(), **fields)
    assert words in told


def bad_json(path: Path) -> None:
    path.write_text('{"claims": [}')


def no_claims(path: Path) -> None:
    path.write_text('{"id": "tin"}')


def lost_text(path: Path) -> None:
    path.with_suffix(".txt").unlink()


def deep(path: Path) -> None:
    nested: object = 1
    for _ in range(400):
        nested = [nested]
    path.write_text(json.dumps({"id": "tin", "claims": [actor({"ref": nested})]}))


@pytest.mark.parametrize(
    "damage", [bad_json, no_claims, lost_text, deep], ids=lambda each: each.__name__
)
def test_a_file_that_cannot_be_read_is_one_finding_and_the_next_is_checked(
    damage: Callable[[Path], None], tmp_path: Path
) -> None:
    damage(write_gold(tmp_path, [pledge()]))
    write_gold(tmp_path, [pledge(kind="promise")], name="zinc")
    first, second = (str(each) for each in check([tmp_path]))
    assert "tin" in first
    assert "promise" in second


def test_a_text_without_gold_and_an_id_used_twice_are_found(tmp_path: Path) -> None:
    write_gold(tmp_path / "one", [pledge()])
    write_gold(tmp_path / "two", [pledge()])
    (tmp_path / "two" / "zinc.txt").write_text("Zinc.")
    (tmp_path / "two" / "README.txt").write_text("About.")
    told = sorted(each.what for each in check([tmp_path]))
    assert told == ["a text without gold", f"its id is that of {tmp_path / 'one' / 'tin.json'}"]


def test_a_draft_is_found_with_what_is_left_to_do(tmp_path: Path) -> None:
    (told,) = findings(tmp_path, pledge(todo="look", confidence=0.8), ban(), todo="add")
    assert "1 of 2 claims are not reviewed" in told


def test_thousands_of_claims_are_checked_in_a_moment(tmp_path: Path) -> None:
    many = [pledge(roles={"topic": [{"text": "tin"}], "actor": [{"ref": n}]}) for n in range(5000)]
    assert findings(tmp_path, *many) == []


@pytest.mark.parametrize(
    "text",
    ["2024", "2024-02-29", "XXXX-XX-26", "202X", "2024-21", "2024-06/..", "../2024", "2024~"],
)
def test_dates_of_any_precision_are_edtf(text: str) -> None:
    assert is_edtf(text)


@pytest.mark.parametrize(
    "text", ["", "/", "../..", "2023-02-29", "2024-13", "2024-21-01", "24-01", "2024-6", None, 7.0]
)
def test_what_no_calendar_has_is_no_date(text: object) -> None:
    assert not is_edtf(text)
