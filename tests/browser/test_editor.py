"""The editor completes our words, also where nobody declared their prefix, and declares it then."""

from __future__ import annotations

import pytest

from kg.resources import PACKAGE
from kg.site.asking.editor import VENDORED
from tests.browser.conftest import Visit

PUT = """text => {
  const editor = document.querySelector(".yasqe .CodeMirror").CodeMirror;
  editor.setValue(text.replace("|", ""));
  editor.focus();
  editor.setCursor(0, text.indexOf("|"));
}"""
GET = "() => document.querySelector('.yasqe .CodeMirror').CodeMirror.getValue()"
PREFIX = "PREFIX cmq: <https://w3id.org/communique/def#>\n"


@pytest.mark.skipif(
    not (PACKAGE / "site" / VENDORED).is_file(), reason="the editor was not fetched (make assets)"
)
@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("SELECT * { ?s cmq:atten| ?o }", f"{PREFIX}SELECT * {{ ?s cmq:attendee ?o }}"),
        ("SELECT * { ?s a cmq:Diplo| }", f"{PREFIX}SELECT * {{ ?s a cmq:DiplomaticMeeting }}"),
    ],
)
def test_a_prefix_is_declared_when_a_word_is_chosen(visit: Visit, typed: str, whole: str) -> None:
    page = visit.go("editor.html")
    page.wait_for_selector(".yasqe .CodeMirror")
    page.wait_for_load_state("networkidle")
    page.evaluate(PUT, typed)
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".CodeMirror-hints li")
    page.keyboard.press("Enter")
    page.wait_for_function(f"text => ({GET})() === text", arg=whole)
