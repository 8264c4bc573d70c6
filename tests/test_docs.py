"""The README says what is so: its transcripts are what the commands print, its commands exist.

`python -m tests.test_docs` writes the transcripts anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from kg.cli import main
from kg.terms import KINDS
from tests.conftest import ROOT

README = ROOT / "README.md"
TRANSCRIPT = re.compile(
    r"(?P<open><!-- transcript: kg (?P<command>.+?) -->\n```console\n\$ .+?\n)"
    r"(?P<shown>.*?)(?P<close>```\n<!-- end -->)",
    re.DOTALL,
)
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]


def transcripts(text: str, folder: Path) -> str:
    """Run the commands of a text in one folder, in order, and put in what they print."""

    def run(found: re.Match[str]) -> str:
        command = [sys.executable, "-m", "kg", *found["command"].split()]
        settings = {**os.environ, "PYTHONPATH": str(ROOT)}
        shown = subprocess.run(
            command, cwd=folder, env=settings, text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        ).stdout  # fmt: skip
        lines = [line.rstrip() for line in shown.splitlines()]
        return found["open"] + "\n".join(lines) + "\n" + found["close"]

    return TRANSCRIPT.sub(run, text)


def test_the_transcripts_are_what_the_commands_print(tmp_path: Path) -> None:
    text = README.read_text("utf-8")
    assert len(TRANSCRIPT.findall(text)) >= 2
    assert transcripts(text, tmp_path) == text, (
        "run `python -m tests.test_docs` and look at the diff"
    )


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_named_in_the_documents_exists(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    for command in set(re.findall(r"(?:^    |`|\$ )kg ([a-z]+)", text, re.MULTILINE)):
        assert command in main.commands, command


def test_every_command_is_in_the_readme() -> None:
    text = README.read_text("utf-8")
    for command in main.commands:
        assert f"kg {command}" in text, command


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (ROOT / target).exists(), target


def test_every_kind_of_claim_is_in_the_changelog() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert all(kind in text for kind in KINDS)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        README.write_text(transcripts(README.read_text("utf-8"), Path(scratch)), "utf-8")
