"""`kg why` on a build and on what was exported from it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.graph.store import Build
from tests.conftest import ROOT


def kg(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.mark.parametrize("form", ["turtle", "trig", "nquads", "jsonld"])
def test_an_export_gives_the_same_account_as_the_build(
    form: str, bundled_build: Build, tmp_path: Path
) -> None:
    endings = {"turtle": "ttl", "trig": "trig", "nquads": "nq", "jsonld": "jsonld"}
    exported = tmp_path / f"graph.{endings[form]}"
    assert kg("export", bundled_build.path, "-f", form, "-o", exported).exit_code == 0
    for names in (["Japan"], ["Ken Saito"], ["Ken Saito", "Saito Gen"]):
        shown = kg("why", *names, "-b", bundled_build.path)
        assert shown.exit_code == 0, shown.output
        assert kg("why", *names, "-b", exported).stdout == shown.stdout


def test_every_entity_and_event_of_a_build_is_accounted_for(bundled_build: Build) -> None:
    from kg.queries.why.drawing import drawn
    from kg.queries.why.explain import why
    from kg.queries.why.facts import Facts
    from kg.queries.why.model import Extent

    facts = Facts(bundled_build.dataset)
    told = 0
    names = [each.concept or each.id for each in bundled_build.entities()]
    for name in [*names, *(each.id for each in bundled_build.events())]:
        account = why(name, facts, Extent())
        assert account.branches, name
        assert drawn(account)
        told += 1
    assert told > 50


def test_every_quotation_stands_where_the_account_says(bundled_build: Build) -> None:
    articles = {each.id: each.text for each in bundled_build.articles()}
    event = max(bundled_build.events(), key=lambda each: len(each.claims))
    told = json.loads(kg("why", event.id, "--all", "-f", "json", "-b", bundled_build.path).stdout)
    waiting, quotes = [told], []
    while waiting:
        branch = waiting.pop()
        waiting += branch.get("branches", [])
        quotes += [branch["facts"]] if branch["kind"] == "quote" else []
    assert len(quotes) >= len(event.claims)
    for each in quotes:
        line = articles[each["article"]].split("\n")[each["line"] - 1]
        first = each["quote"].split("\n")[0]
        assert line[each["column"] - 1 :].startswith(first)


def test_a_statement_is_asked_for_by_event_role_and_value(bundled_build: Build) -> None:
    event = next(each for each in bundled_build.events() if each.kind == "meeting")
    said = next(each for each in event.statements if each.role == "party")
    shown = kg("why", event.id, "party", said.value.value, "-b", bundled_build.path)
    assert shown.exit_code == 0, shown.output
    assert event.id in shown.stdout


def test_wrong_names_are_told_in_one_line(bundled_build: Build) -> None:
    unknown = kg("why", "Ken Sait", "-b", bundled_build.path)
    assert unknown.exit_code == 2
    assert "did you mean" in unknown.output
    assert kg("why", *"abcd", "-b", bundled_build.path).exit_code == 2


@pytest.mark.parametrize("no_color", ["", "1"])
def test_a_terminal_gets_its_width_and_colours_unless_it_wants_none(
    no_color: str, bundled_build: Build
) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "NO_COLOR": no_color, "COLUMNS": "70", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "kg", "why", "Japan", "-b", str(bundled_build.path)]
    with subprocess.Popen(command, stdout=theirs, env=environment) as running:
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            shown += part
        assert running.wait() == 0
    os.close(ours)
    text = shown.decode()
    assert ("\x1b[1m" in text) == (not no_color)
    assert all(len(line) <= 100 for line in text.splitlines() if "\x1b" not in line)
    assert max(map(len, text.splitlines())) < 140
