"""The weights of the trained part: a text file in, linear models out.

`data/learned.txt` holds sections: a line `= name: bias` and below it one line per feature. All
numbers are hundredths. The section `kinds` has eight numbers a line, as `place:number` where not 0.
A digest in the head of the file guards against changes by hand: weights are made by
`python -m benchmarks.train` only, and the head says from what.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from kg.errors import LexiconError
from kg.resources import data_file
from kg.terms import KINDS, Kind

FILE: Final = "learned.txt"
SCALE: Final = 100
LANE: Final = 40  # bits for the sum of a kind
MIDDLE: Final = 1 << 20  # added to each weight, so that no sum of a lane is below 0
FULL: Final = (1 << LANE) - 1
DIGEST: Final = "# digest: "
KIND_SECTION: Final = "kinds"


@dataclass(frozen=True, slots=True)
class Linear:
    """One linear model: a bias and a weight for each feature, in hundredths.

    Whole numbers add up to the same whatever their order.
    """

    bias: int
    weights: Mapping[str, int]

    def score(self, features: AbstractSet[str]) -> float:
        """Give how much speaks for it, as a logit."""
        held = self.weights
        return (self.bias + sum([held[each] for each in held.keys() & features])) / SCALE

    def measure(self, values: Mapping[str, float]) -> float:
        """Give the logit of features that have values."""
        held = self.weights
        return (
            self.bias + sum(held.get(name, 0) * value for name, value in values.items())
        ) / SCALE


@dataclass(frozen=True)
class KindModel:
    """The models of all kinds at once: a row of weights, by kind, for each feature."""

    bias: tuple[int, ...]
    rows: Mapping[str, tuple[tuple[int, int], ...]]

    @cached_property
    def packed(self) -> dict[str, int]:
        """Each row as one number of as many lanes as there are kinds, so that one sum adds all."""
        even = sum(MIDDLE << (LANE * place) for place in range(len(self.bias)))
        return {
            name: even + sum(weight << (LANE * place) for place, weight in row)
            for name, row in self.rows.items()
        }

    def logits(self, features: AbstractSet[str]) -> tuple[float, ...]:
        """Give the logit of each kind."""
        rows = self.packed
        held = [rows[each] for each in features & rows.keys()]
        total, middle = sum(held), MIDDLE * len(held)
        return tuple(
            (bias + (total >> (LANE * place) & FULL) - middle) / SCALE
            for place, bias in enumerate(self.bias)
        )


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that was learnt."""

    kinds: KindModel
    roles: Mapping[tuple[Kind, str], Linear]
    values: Mapping[tuple[Kind, str], Mapping[str, Linear]]  # by kind and field: by value
    accept: Linear
    digest: str = ""


def probability(logit: float) -> float:
    """Give the probability that a logit stands for."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))


@cache
def weights() -> Weights:
    """Read the weights that travel in the package."""
    return read_weights(data_file("claims", FILE))


def read_weights(path: Path) -> Weights:
    """Read a file of weights; one that was changed by hand is an error."""
    lines = path.read_text("utf-8").splitlines()
    head = [line for line in lines if line.startswith("# ")]
    body = [line for line in lines if not line.startswith("# ")]
    stated = next((line.removeprefix(DIGEST) for line in head if line.startswith(DIGEST)), "")
    if stated != digest_of(body):
        raise LexiconError(str(path), "weights do not fit their digest; train them anew")
    try:
        return _built(_sections(body), stated)
    except (KeyError, ValueError, IndexError) as error:
        raise LexiconError(str(path), f"no file of weights ({error}); train them anew") from error


def digest_of(body: Iterable[str]) -> str:
    """Give the digest of the lines of a file of weights, without its head."""
    return hashlib.sha256("\n".join(body).encode("utf-8")).hexdigest()


def written(made: Weights, head: Iterable[str]) -> str:
    """Give weights as the text of a file."""
    body = list(_lines(made))
    comments = [f"# {line}" for line in head]
    return "\n".join([*comments, f"{DIGEST}{digest_of(body)}", *body]) + "\n"


def _sections(body: Iterable[str]) -> dict[str, tuple[list[int], list[str]]]:
    found: dict[str, tuple[list[int], list[str]]] = {}
    held: list[str] = []
    for line in body:
        if line.startswith("= "):
            name, _, bias = line[2:].rpartition(": ")
            held = []
            found[name] = [int(each) for each in bias.split()], held
        else:
            held.append(line)
    return found


def _built(sections: dict[str, tuple[list[int], list[str]]], digest: str) -> Weights:
    roles: dict[tuple[Kind, str], Linear] = {}
    values: dict[tuple[Kind, str], dict[str, Linear]] = {}
    kind_of = {str(kind): kind for kind in KINDS}
    for name, (bias, lines) in sections.items():
        what, *rest = name.split()
        if what == "role":
            roles[kind_of[rest[0]], rest[1]] = _linear(bias, lines)
        elif what == "value":
            values.setdefault((kind_of[rest[0]], rest[1]), {})[rest[2]] = _linear(bias, lines)
    bias, lines = sections[KIND_SECTION]
    rows = dict(_row(line) for line in lines)
    kinds = KindModel(tuple(bias), rows)
    return Weights(kinds, roles, values, _linear(*sections["accept"]), digest)


def _linear(bias: list[int], lines: list[str]) -> Linear:
    cells = (line.rsplit("\t", 1) for line in lines)
    return Linear(bias[0], {name: int(number) for name, number in cells})


def _row(line: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    name, cells = line.rsplit("\t", 1)
    pairs = (cell.split(":") for cell in cells.split())
    return name, tuple((int(place), int(number)) for place, number in pairs)


def _lines(made: Weights) -> Iterable[str]:
    yield f"= {KIND_SECTION}: {' '.join(map(str, made.kinds.bias))}"
    for name, row in sorted(made.kinds.rows.items()):
        yield f"{name}\t{' '.join(f'{place}:{number}' for place, number in row)}"
    for (kind, role), model in sorted(made.roles.items()):
        yield from _linear_lines(f"role {kind} {role}", model)
    for (kind, field), models in sorted(made.values.items()):
        for value, model in sorted(models.items()):
            yield from _linear_lines(f"value {kind} {field} {value}", model)
    yield from _linear_lines("accept", made.accept)


def _linear_lines(name: str, model: Linear) -> Iterable[str]:
    yield f"= {name}: {model.bias}"
    yield from (f"{feature}\t{number}" for feature, number in sorted(model.weights.items()))
