"""Who made what with which tools: the agents and activities that claims name.

No clock: an activity is identified by its inputs and tools, so that the same
input gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg import __version__


@dataclass(frozen=True, slots=True)
class Tool:
    """A piece of software that took part: its name and exact version."""

    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name}/{self.version}"


EXTRACTOR = Tool("rules", __version__)
"""The extractor of this package: its rules and lexicons are versioned with it."""

LEARNED = Tool("learned", __version__)
"""The trained part of this package: its weights are versioned with it."""
