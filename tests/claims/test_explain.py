"""What is told of every sentence, and what is listed as passed over."""

from __future__ import annotations

import pytest

from kg.claims.coverage import coverage, told, unknown_verbs
from kg.claims.engine import Engine
from kg.claims.explain import Account, explain
from kg.claims.explain import told as account_told
from kg.claims.extract import claims_of
from tests.claims.reading_of import article

PACT = "Peru and Chile agreed on Tuesday to stockpile tungsten."


def accounts(text: str, engine: Engine) -> tuple[Account, ...]:
    return explain(article(text), engine)


def test_an_account_tells_trigger_claim_and_how_each_role_was_found(engine: Engine) -> None:
    (account,) = accounts(PACT, engine)
    assert ("commitment", "agreed", "agree") in {
        (each.kind, each.word, each.entry) for each in account.fired
    }
    (reason,) = account.claims
    assert (reason.kind, reason.trigger) == ("commitment", "agreed")
    how = {(each.role, each.value): each.how for each in reason.found}
    assert how["actor", "PE"] == "'Peru', subject of 'agreed'"
    assert "stockpile" in how["topic", "tungsten"]


def test_explaining_changes_no_claim(engine: Engine) -> None:
    text = (
        f"{PACT}\nThey warned Bolivia about its zinc dumping. Talks were held in Arica on Monday."
    )
    told_claims = [reason.claim for each in accounts(text, engine) for reason in each.claims]
    assert sorted(told_claims) == sorted(each.id for each in claims_of(article(text), engine))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("If Peru were to ban tin exports, prices would rise.", "control"),
        ("Was the ban on tin exports lifted?", "control"),
    ],
)
def test_a_candidate_that_is_left_out_has_its_reason(text: str, kind: str, engine: Engine) -> None:
    (account,) = accounts(text, engine)
    assert not [each for each in account.claims if each.kind == kind]
    assert [each.reason for each in account.dropped if each.kind == kind]


def test_a_date_is_told_with_rule_and_anchor(engine: Engine) -> None:
    (account,) = accounts("Talks between Peru and Chile were held in Arica on Monday.", engine)
    (how,) = [each.how for c in account.claims for each in c.found if each.role == "date"]
    assert "counted from 2024-06-27" in how


def test_an_account_reads_as_lines(engine: Engine) -> None:
    (account,) = accounts(PACT, engine)
    lines = list(account_told(account))
    assert lines[0] == f"test:0-{len(PACT)} {PACT}"
    assert any(line.startswith("  claim     commitment by 'agreed'") for line in lines)


def test_a_sentence_of_the_field_without_a_claim_is_listed(engine: Engine) -> None:
    missed = "Bolivia rerouted tungsten smelters."
    found = coverage([article(f"{PACT}\n{missed}\nThe weather was fine.")], engine)
    assert [each.text for each in found] == [missed]
    assert found[0].things
    assert [each.verb for each in unknown_verbs(found)]


def test_what_is_only_asked_ranks_lower(engine: Engine) -> None:
    plain, asked = (
        "Bolivia rerouted its tungsten smelters.",
        "Has Bolivia rerouted its tungsten smelters?",
    )
    found = coverage([article(f"{asked}\n{plain}")], engine)
    assert [each.text for each in found] == [plain, asked]


def test_the_list_ends_with_the_verbs_to_look_at(engine: Engine) -> None:
    found = coverage([article("Bolivia rerouted tungsten smelters.")], engine)
    assert list(told(found))[-1].startswith("verbs without a trigger: ")
