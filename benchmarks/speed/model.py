"""What is measured at one size; everything that the table, the plot and the file of results show.

Seconds are CPU seconds unless said otherwise; memory is in bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Making:
    """What a build cost."""

    articles: int
    claims: int
    statements: int
    stages: Mapping[str, float]
    memory: int
    written: int  # bytes on disk

    @property
    def seconds(self) -> float:
        """Seconds of all stages."""
        return sum(self.stages.values())
