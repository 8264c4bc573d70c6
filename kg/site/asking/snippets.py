"""A question with its values in; the same question as a command, for curl and for Python out."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

_LOCAL: Final = "http://127.0.0.1:8765/"


@dataclass(frozen=True, slots=True)
class Snippet:
    """One way to ask elsewhere."""

    title: str
    text: str


def snippets(name: str, given: Mapping[str, str], address: str) -> tuple[Snippet, ...]:
    """Give the ways to ask a bundled question elsewhere.

    >>> snippets("meetings-of-a-state", {"state": "JP"}, "")[0].text
    'kg query meetings-of-a-state --state JP -f csv'
    """
    said = urlencode(given)
    url = f"{address or _LOCAL}question/{name}.csv" + (f"?{said}" if said else "")
    options = [part for key, value in given.items() for part in _option(key, value)]
    return (
        Snippet("Command", shlex.join(["kg", "query", name, *options, "-f", "csv"])),
        Snippet("curl", shlex.join(["curl", "--fail", "--location", url])),
        Snippet("Python", _PYTHON.format(url=repr(url))),
    )


def _option(key: str, value: str) -> tuple[str, ...]:
    """Write an option; a value that begins like one is tied to its name."""
    return (f"--{key}={value}",) if value.startswith("-") else (f"--{key}", value)


_PYTHON: Final = """\
import csv
import io
from urllib.request import urlopen

with urlopen({url}) as answer:
    for row in csv.DictReader(io.TextIOWrapper(answer, "utf-8", newline="")):
        print(row)
"""
