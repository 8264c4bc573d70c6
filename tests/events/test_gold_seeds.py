"""What the five source articles must give, from the claims that readers found in them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.articles.model import Article
from kg.articles.read import read_articles
from kg.claims.model import Claim, Filler
from kg.entities.model import Entity, Identity
from kg.entities.resolve import resolve as identify
from kg.events.model import Event, EventLedger
from kg.events.resolve import resolve
from kg.iris import content_hash

SHARED = Path(__file__).parents[2].parent / "shared"
GOLD = SHARED / "eval" / "gold" / "seeds"

pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="the gold claims are not at hand")


def filler(values: dict[str, Any]) -> Filler:
    return Filler(ref=values.get("ref"), text=values.get("text"), label=values.get("label"))


def claim(article: str, number: int, gold: dict[str, Any]) -> Claim:
    return Claim(
        article=article,
        id=content_hash(article, number),
        kind=gold["kind"],
        start=gold["start"],
        end=gold["end"],
        quote=gold["quote"],
        roles={role: tuple(map(filler, values)) for role, values in gold["roles"].items()},
        modality=gold.get("modality"),
        status=gold.get("status"),
        polarity=gold.get("polarity"),
        attribution=tuple(map(filler, gold.get("attribution", []))),
    )


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    found = []
    for path in sorted(GOLD.glob("*.json")):
        if path.name.endswith(".meta.json"):
            continue
        gold = json.loads(path.read_text("utf-8"))
        found += [claim(gold["id"], number, each) for number, each in enumerate(gold["claims"])]
    assert len(found) > 100
    return found


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    inputs = read_articles([SHARED / "articles"])
    return {each.id: each for each in inputs if isinstance(each, Article)}


@pytest.fixture(scope="module")
def identity(claims: list[Claim], articles: dict[str, Article]) -> Identity:
    return identify(claims, articles)


@pytest.fixture(scope="module")
def ledger(claims: list[Claim], identity: Identity, articles: dict[str, Article]) -> EventLedger:
    return resolve(claims, identity, articles)


def person(identity: Identity, form: str) -> Entity:
    found = [
        each
        for each in identity.entities
        if each.type == "person" and form in [known.form for known in each.forms]
    ]
    assert len(found) == 1
    return found[0]


def meetings(ledger: EventLedger, day: str) -> list[Event]:
    return [
        event
        for event in ledger.events
        if event.kind == "meeting" and day in [value.value for value in event.values("date")]
    ]


def test_one_minister_bears_five_spellings(identity: Identity) -> None:
    forms = person(identity, "Ahn Duk-geun").forms
    assert {form.form for form in forms} == {
        "Ahn Duk-geun",
        "Duk-geun Ahn",
        "Ahn Duk-Geun",
        "An Deok-geun",
        "Anduk Geun",
    }
    assert [form.form for form in forms if form.variant == "garbled"] == ["Anduk Geun"]


def test_one_minister_has_a_misread_form(identity: Identity) -> None:
    forms = {form.form: form for form in person(identity, "Saito Ken").forms}
    assert set(forms) == {"Saito Ken", "Ken Saito", "Saito Gen"}
    assert forms["Saito Gen"].variant == "garbled"
    assert forms["Saito Gen"].rule
    assert forms["Ken Saito"].variant == forms["Saito Ken"].variant == "attested"


def test_there_are_four_named_persons(identity: Identity) -> None:
    people = [each.id for each in identity.entities if each.type == "person"]
    assert len(people) == 4
    assert "person/gina-raimondo" in people


def test_each_minister_holds_one_post_with_its_sources(
    identity: Identity, ledger: EventLedger
) -> None:
    for form, state in (
        ("Ahn Duk-geun", "state/KR"),
        ("Saito Ken", "state/JP"),
        ("Gina Raimondo", "state/US"),
        ("Margrethe Vestager", "bloc/EU"),
    ):
        holder = person(identity, form).id
        [holding] = [
            event
            for event in ledger.events
            if event.kind == "post" and holder in [value.value for value in event.values("person")]
        ]
        assert state in [value.value for value in holding.values("of")]
        assert len(holding.articles) == (1 if state == "bloc/EU" else 4)


def test_one_trilateral_meeting_is_supported_by_all_five_articles(ledger: EventLedger) -> None:
    trilateral, other = sorted(
        meetings(ledger, "2024-06-26"), key=lambda event: -len(event.articles)
    )
    parties = {value.value for value in trilateral.values("party")}
    assert parties == {"state/JP", "state/KR", "state/US"}
    assert len(trilateral.articles) == trilateral.independent == 5
    assert [value.value for value in trilateral.values("date")] == ["2024-06-26"]
    assert [value.value for value in trilateral.values("place")] == ["place/washington-d-c"]
    assert [value.value for value in trilateral.values("ordinal")] == ["1"]
    assert {value.value for value in other.values("party")} == {"state/JP", "state/US"}
    assert [value.value for value in other.values("ordinal")] == ["4"]
    assert "jucip" in other.values("framework")[0].value


def test_china_is_party_to_no_meeting(ledger: EventLedger) -> None:
    for event in ledger.events:
        if event.kind == "meeting":
            assert "state/CN" not in [value.value for value in event.values("party")]


def test_an_attendance_that_one_article_reports_is_disputed(
    identity: Identity, ledger: EventLedger
) -> None:
    commissioner = person(identity, "Margrethe Vestager").id
    [meeting] = [event for event in meetings(ledger, "2024-06-26") if len(event.articles) == 5]
    [statement] = [each for each in meeting.statements if each.value.value == commissioner]
    assert len(statement.articles) == 1
    [found] = [each for each in ledger.disagreements if each.subject == meeting.id]
    assert [str(option.value) for option in found.options] == [commissioner, "None"]
    assert len(found.options[1].articles) == 3


def test_controlled_materials_have_a_measure_with_the_dates_of_each_source(
    ledger: EventLedger,
) -> None:
    materials = "https://w3id.org/communique/concept/material/"
    wanted = {materials + name for name in ("gallium", "germanium", "graphite")}
    [measure] = [
        event
        for event in ledger.events
        if event.kind == "control" and wanted <= {value.value for value in event.values("item")}
    ]
    assert [value.value for value in measure.values("imposer")] == ["state/CN"]
    dates = {each.value.value: len(each.articles) for each in measure.statements
             if each.role == "date"}  # fmt: skip
    assert dates == {"2023-08": 1, "2023": 1}
    assert measure.status == ("in-force",)


def test_the_joint_statement_comes_from_the_meeting(ledger: EventLedger) -> None:
    [meeting] = [event for event in meetings(ledger, "2024-06-26") if len(event.articles) == 5]
    [(relation, document)] = meeting.relations
    assert relation == "produced"
    [statement] = [event for event in ledger.events if event.id == document]
    assert len(statement.articles) == 5


def test_any_order_of_claims_gives_the_same_records(
    claims: list[Claim], articles: dict[str, Article], identity: Identity, ledger: EventLedger
) -> None:
    for step in (13, 59):
        turned = [*claims[step:], *claims[:step]][::-1]
        again = identify(turned, articles)
        assert again == identity
        assert resolve(turned, again, articles) == ledger


@pytest.mark.parametrize("role", ["date", "place", "ordinal", "framework", "attendee", "party"])
def test_meetings_that_accounts_describe_badly_are_still_not_mixed_up(
    claims: list[Claim], articles: dict[str, Article], role: str
) -> None:
    """Leave a role out of every claim on meetings: sisters stay apart, nobody joins unasked."""
    poorer = [
        replace(each, roles={key: own for key, own in each.roles.items() if key != role})
        if each.kind == "meeting"
        else each
        for each in claims
    ]
    found = resolve(poorer, identify(poorer, articles), articles)
    assert set(found.about) == {each.id for each in poorer}
    for event in found.events:
        if event.kind == "meeting":
            assert len(set(event.values("ordinal"))) <= 1
            assert len(event.values("party")) <= 3
            assert "state/CN" not in [value.value for value in event.values("party")]
            assert len({"state/KR", "4"} & {each.value for each in
                       (*event.values("party"), *event.values("ordinal"))}) < 2  # fmt: skip


@pytest.mark.parametrize("article", range(5))
def test_an_article_less_leaves_the_others_events_in_place(
    claims: list[Claim], articles: dict[str, Article], ledger: EventLedger, article: int
) -> None:
    gone = sorted(articles)[article]
    rest = [each for each in claims if each.article != gone]
    found = resolve(rest, identify(rest, articles), articles)
    [meeting] = [event for event in found.events if event.kind == "meeting"
                 and len(event.articles) == 4]  # fmt: skip
    [whole] = [event for event in ledger.events if event.kind == "meeting"
               and len(event.articles) == 5]  # fmt: skip
    assert set(meeting.claims) < set(whole.claims)
