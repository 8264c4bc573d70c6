"""The editor: a plain form that works, fed from here alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.queries.catalogue import catalogue
from kg.site.asking.editor import Editor
from kg.site.model import Asked, Holding, Page, Section
from kg.terms import PREFIXES

Shown = Callable[[Section, str, Asked], tuple[Page, str]]
ASSETS = Path(__file__).parents[3] / "kg" / "site" / "assets"


@pytest.fixture(scope="module")
def editor(holding: Holding) -> Editor:
    return Editor(holding)


def test_a_query_is_answered_on_the_page(editor: Editor, shown: Shown) -> None:
    query = "SELECT ?s WHERE { ?s a cmq:DiplomaticMeeting } ORDER BY ?s"
    page, html = shown(editor, "editor", {"query": query, "run": "yes"})
    assert page.status == 200
    assert len(page.context["edited"].lines) > 1
    assert 'href="id/meeting/' in html
    page, html = shown(editor, "editor", {"query": query})
    assert page.context["edited"].rows is None
    assert "cmq:DiplomaticMeeting" in html


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s {",
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }",
    ],
)
def test_what_may_not_be_asked_is_refused_beside_the_form(
    query: str, editor: Editor, shown: Shown
) -> None:
    page, html = shown(editor, "editor", {"query": query, "run": "yes"})
    assert page.status == 400
    assert 'role="alert"' in html


def test_hostile_queries_are_only_texts(editor: Editor, shown: Shown) -> None:
    _, html = shown(editor, "editor", {"query": "</textarea><script>alert(1)</script>", "run": "1"})
    assert "<script>alert" not in html


def test_examples_are_the_bundled_questions(editor: Editor, shown: Shown) -> None:
    page = editor.page("examples", {})
    assert page is not None
    assert page.table is not None
    assert [row[0] for row in page.table().values()] == [each.name for each in catalogue()]
    asked, _ = shown(editor, "editor", {"question": "supply-positions"})
    assert asked.context["edited"].query in {row[2] for row in page.table().values()}


def test_words_are_completed_from_the_data(editor: Editor) -> None:
    page = editor.page("completions", {})
    assert page is not None
    assert page.table is not None
    told = {(row[0], row[1]) for row in page.table().values()}
    assert {("prefix", iri) for iri in PREFIXES.values()} <= told
    assert {
        ("class", PREFIXES["cmq"] + "Claim"),
        ("property", PREFIXES["cmq"] + "attendee"),
    } <= told


def test_the_lock_file_names_no_host() -> None:
    locked = json.loads((ASSETS / "package-lock.json").read_text("utf-8"))
    named = json.loads((ASSETS / "package.json").read_text("utf-8"))
    assert locked["packages"][""]["dependencies"] == named["dependencies"]
    for name, package in locked["packages"].items():
        if name:
            assert "resolved" not in package
            assert package["integrity"].startswith("sha512-")
