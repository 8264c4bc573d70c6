"""Whether the numbers of a release are plausible: counts in, complaints out.

Each class may have a least and a greatest number of resources, and none may shrink or grow beyond
a share since the last release: a source that was unavailable, or one read twice, shall be noticed
by the publisher and not by the reader. Nothing is judged that both counts hold too little of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import yaml

from kg.errors import RecordError


@dataclass(frozen=True, slots=True)
class Band:
    """How many resources of a class there may be."""

    min: int = 0
    max: int | None = None


@dataclass(frozen=True, slots=True)
class Bands:
    """What a release is held to; shares are of the number in the last release."""

    classes: Mapping[str, Band] = field(default_factory=dict)  # by name, as "cmq:Person"
    fall: float = 0.2
    rise: float = 4.0
    least: int = 20


def read_bands(path: Path) -> Bands:
    """Read bands from a YAML file with the fields of `Bands`."""
    try:
        values = yaml.safe_load(path.read_text("utf-8"))
        return msgspec.convert(values or {}, Bands)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, msgspec.ValidationError) as error:
        reason = str(error).replace("\n", " ")
        raise RecordError(str(path), f"not bands ({reason}); see docs/releases.md") from error


def complaints(
    counts: Mapping[str, int], last: Mapping[str, int] | None, bands: Bands
) -> Iterator[str]:
    """Yield what is out of its band, by class."""
    for name, band in sorted(bands.classes.items()):
        number = counts.get(name, 0)
        if number < band.min or (band.max is not None and number > band.max):
            wanted = f"{band.min:,} to {'any number' if band.max is None else f'{band.max:,}'}"
            yield f"{name}: {number:,}, where {wanted} may be"
    for name in sorted({*counts, *(last or {})}) if last is not None else ():
        before, now = (last or {}).get(name, 0), counts.get(name, 0)
        if max(before, now) < bands.least:
            continue
        if now < before * (1 - bands.fall) or (before and now > before * (1 + bands.rise)):
            yield f"{name}: {before:,} in the last release, {now:,} now"
