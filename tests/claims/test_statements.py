"""Own sentences in every guise state what they state, and near-misses state nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import msgspec
import pytest
import yaml

from kg.articles.model import Article, Field, Line
from kg.claims import commitments, concerns, controls, documents, positions
from kg.claims.draft import Draft
from kg.claims.engine import Engine, load_engine
from kg.claims.reading import read

HERE = Path(__file__).parent
READERS = (commitments, concerns, controls, positions, documents)
ROLES = ("actor", "counterparty", "holder", "imposer", "issuer", "target", "topic", "item", "title",
         "type", "date", "place", "share", "framework", "attribution")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expected:
    """A claim as a case writes it down; a role that it leaves out is not looked at."""

    kind: str
    modality: str | None = None
    status: str | None = None
    polarity: str | None = None
    actor: tuple[str, ...] = ()
    counterparty: tuple[str, ...] = ()
    holder: tuple[str, ...] = ()
    imposer: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    target: tuple[str, ...] | str = ()
    topic: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    type: str | None = None
    date: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    share: tuple[str, ...] = ()
    framework: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A text and the claims that it states; `loose` allows others beside them."""

    guise: str
    text: str
    claims: tuple[Expected, ...] = field(default=())
    loose: bool = False


def cases() -> tuple[Case, ...]:
    values = yaml.safe_load((HERE / "statements.yaml").read_text("utf-8"))
    return tuple(msgspec.convert(each, Case, strict=True) for each in values)


def near_misses() -> list[str]:
    return [str(line) for line in yaml.safe_load((HERE / "near-misses.yaml").read_text("utf-8"))]


@cache
def engine() -> Engine:
    return load_engine()


@cache
def drafts(text: str) -> tuple[Draft, ...]:
    lines = (Line(0, len(text), "body"),)
    article = Article("case", text, (Field("published", "2024-06-28", "sidecar"),), lines)
    reading = read(article, engine())
    return tuple(draft for reader in READERS for draft in reader.claims_in(reading))


def values(draft: Draft, role: str) -> tuple[str, ...]:
    fillers = draft.attribution if role == "attribution" else draft.roles.get(role, ())
    named = {"topic", "item", "title", "place"}
    return tuple(str(f.text if role in named and f.text else f.value) for f in fillers)


def fits(expected: Expected, draft: Draft) -> bool:
    if expected.kind != draft.kind:
        return False
    for name in ("modality", "status", "polarity"):
        given = getattr(expected, name)
        if given is not None and given != getattr(draft, name):
            return False
    for role in ROLES:
        wanted = getattr(expected, role)
        wanted = (wanted,) if isinstance(wanted, str) else wanted
        if wanted and set(wanted) != set(values(draft, role)):
            return False
    return True


def shown(found: Iterable[Draft]) -> list[str]:
    return [
        f"{d.kind} {d.modality or d.status or ''} {d.polarity or ''} "
        + str({role: values(d, role) for role in d.roles})
        for d in found
    ]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.guise)
def test_a_sentence_states_its_claims_in_any_guise(case: Case) -> None:
    found = drafts(case.text)
    left = list(found)
    for expected in case.claims:
        held = next((draft for draft in left if fits(expected, draft)), None)
        assert held is not None, f"{expected}\nfound {shown(found)}"
        left.remove(held)
    assert case.loose or not left, shown(left)


@pytest.mark.parametrize("text", near_misses())
def test_a_near_miss_states_nothing(text: str) -> None:
    assert not drafts(text), shown(drafts(text))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.guise)
def test_every_filler_with_a_place_is_the_wording_there(case: Case) -> None:
    placed = [
        f
        for draft in drafts(case.text)
        for role in draft.roles.values()
        for f in role
        if f.start is not None
    ]
    assert all(case.text[f.start : f.end] == f.text for f in placed)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.guise)
def test_confidence_lies_between_doubt_and_certainty(case: Case) -> None:
    assert all(0.5 <= draft.confidence <= 0.95 for draft in drafts(case.text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ":",
        "to",
        "whose",
        '"',
        "- - -",
        "We agree:",
        "by by by of of",
        "ban",
        "¿?¡!",
        "1.",
        "Ａ ban",
        "a" * 3000,
    ],
)
def test_a_text_that_says_nothing_states_nothing(text: str) -> None:
    assert drafts(text) == ()


def test_who_is_named_before_a_semicolon_is_not_blamed_behind_it() -> None:
    text = (
        "France holds Serbian agents responsible; Serbia has complained of being shut out of talks."
    )
    concerns_found = [draft for draft in drafts(text) if draft.kind == "concern"]
    assert concerns_found
    assert all("target" not in draft.roles for draft in concerns_found)
