"""Weights travel as text: small, guarded by a digest, the same when written again."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.claims.learned.weights import (
    DIGEST,
    FILE,
    KindModel,
    Linear,
    Weights,
    probability,
    read_weights,
    weights,
    written,
)
from kg.errors import LexiconError
from kg.resources import data_file
from kg.terms import KINDS

SMALL = Weights(
    KindModel((-100,) * len(KINDS), {"w=agree": ((2, 150),), "pair=to meet": ((0, -25), (2, 30))}),
    {("commitment", "actor"): Linear(-50, {"dep=nsubj": 200})},
    {("meeting", "status"): {"held": Linear(50, {}), "planned": Linear(-50, {"aux=will": 100})}},
    Linear(25, {"main": 125}),
)


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    read = read_weights(write(tmp_path / "w.txt", written(SMALL, ["made by hand"])))
    assert (read.kinds, read.roles, read.values, read.accept) == (
        SMALL.kinds,
        SMALL.roles,
        SMALL.values,
        SMALL.accept,
    )
    assert len(read.digest) == 64


def test_writing_twice_gives_the_same_bytes() -> None:
    assert written(SMALL, ["head"]) == written(SMALL, ["head"])


def test_a_changed_weight_is_refused(tmp_path: Path) -> None:
    changed = written(SMALL, ["head"]).replace("dep=nsubj\t200", "dep=nsubj\t900")
    assert "900" in changed
    with pytest.raises(LexiconError, match="digest"):
        read_weights(write(tmp_path / "w.txt", changed))


def test_logits_of_all_kinds_add_up_the_weights_of_what_is_told() -> None:
    found = SMALL.kinds.logits({"w=agree", "pair=to meet", "w=unknown"})
    assert found == (-1.25, -1.0, 0.8, *(-1.0,) * (len(KINDS) - 3))


def test_a_role_is_scored_by_the_features_that_it_knows() -> None:
    assert SMALL.roles["commitment", "actor"].score({"dep=nsubj", "dep=unknown"}) == 1.5


def test_what_is_no_file_of_weights_is_refused(tmp_path: Path) -> None:
    empty = written(SMALL, []).splitlines()[0].split(DIGEST)[0]
    with pytest.raises(LexiconError):
        read_weights(write(tmp_path / "w.txt", empty + "= nothing: 0\n"))


def test_the_weights_of_the_package_are_small_and_know_every_kind() -> None:
    assert data_file("claims", FILE).stat().st_size < 1_500_000
    assert len(weights().kinds.bias) == len(KINDS)
    assert {kind for kind, _ in weights().roles} == set(KINDS)


def test_the_weights_of_the_package_say_what_they_were_trained_on() -> None:
    head = data_file("claims", FILE).read_text("utf-8").splitlines()[:5]
    assert any("sha256" in line for line in head)


def test_no_name_is_a_feature() -> None:
    words = {sign for sign in weights().kinds.rows if sign.startswith("w=")}
    assert words
    assert not words & {"w=japan", "w=china", "w=biden", "w=tokyo", "w=beijing"}


@pytest.mark.parametrize("logit", [-1000.0, -1.0, 0.0, 1.0, 1000.0])
def test_a_probability_lies_between_nothing_and_one(logit: float) -> None:
    assert 0 <= probability(logit) <= 1
