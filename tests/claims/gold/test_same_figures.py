"""The figures are those of the shared task: its own program, run on the same files, says so."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg import pipeline
from kg.claims.engine import Engine
from kg.claims.gold.reading import gold_files, loaded, read_gold, read_statements
from kg.claims.gold.scoring import Evaluation, evaluate
from kg.records import to_line
from kg.terms import KINDS
from tests.conftest import ROOT, SHARED

PROGRAM = SHARED / "eval" / "score.py"
SETS = sorted((ROOT / "corpus").glob("batch-*")) + sorted((SHARED / "eval" / "gold").glob("*"))
MODALITIES = ("agreed", "planned", None)


def spoilt(claim: dict[str, Any], dice: random.Random) -> Iterator[dict[str, Any]]:
    """Yield a gold claim as an extractor with every kind of fault would give it, or none."""
    made = json.loads(json.dumps(claim)) | {"confidence": dice.random()}
    start, roles = max(0, made["start"] + dice.randrange(-80, 80)), made["roles"]
    changes: list[dict[str, Any]] = [
        {"kind": dice.choice([*KINDS, "rumour"])},
        {"start": start, "end": start + dice.randrange(1, 200)},
        {"modality": dice.choice(MODALITIES), "polarity": dice.choice(["negative", None])},
        {"status": None, "polarity": "positive"},
        {"roles": {role: roles[role] for role in sorted(roles)[1:]}},
        {"roles": {role: fillers[::-1] for role, fillers in roles.items()}},
        {"quote": made["quote"].upper()},
        {},
        {},
    ]
    changed = made | dice.choice(changes)
    for filler in (each for fillers in changed["roles"].values() for each in fillers):
        _spoil(filler, dice)
    more = [{"end": made["end"] + 5}, {"kind": "post", "roles": {"odd": [{"label": "Tōkyō’s"}]}}]
    extra = dice.choice([[], [], [], more])
    yield from () if dice.random() < 0.1 else (changed, *(changed | each for each in extra))


def _spoil(filler: dict[str, Any], dice: random.Random) -> None:
    fate = dice.randrange(8)
    if fate == 0:
        filler["text"] = f"the {filler.get('text') or 'key'} supplies"
    if fate == 1:
        filler["label"] = filler.pop("text", "x")
    if fate == 2:
        filler["ref"] = str(filler.get("ref", "")).lower()
    if fate == 3:
        filler["text"] = " ".join(str(filler.get("text", "")).split()[1:])


def lines_of(evaluation: Evaluation) -> list[str]:
    """Write figures as the program of the shared task prints them."""
    lines = []
    for kind, t in evaluation.by_kind.items():
        c, r = t.claims, t.roles
        lines.append(
            f"{kind:11s} claims P {c.precision:.2f} R {c.recall:.2f} F1 {c.f1:.2f} (gold {t.gold}, "
            f"got {t.got})   roles P {r.precision:.2f} R {r.recall:.2f} F1 {r.f1:.2f}"
        )
    t = evaluation.tally
    c, r = t.claims, t.roles
    lines.append(
        f"articles {len(evaluation.articles)}  claims P {c.precision:.3f} R {c.recall:.3f} "
        f"F1 {c.f1:.3f} (gold {t.gold}, got {t.got})  roles P {r.precision:.3f} R {r.recall:.3f} "
        f"F1 {r.f1:.3f}  modal {t.modal:.3f}  quotes {t.quotes}/{t.got}  score {t.score:.3f}"
    )
    return lines


def printed(folder: Path, claims: Path) -> list[str]:
    command = [sys.executable, str(PROGRAM), str(folder), str(claims), "--by-kind"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    return shown.stdout.splitlines()


def ours(folder: Path, claims: Path) -> list[str]:
    return lines_of(evaluate(read_gold([folder]), read_statements(claims)))


@pytest.mark.skipif(not PROGRAM.is_file(), reason="the program of the shared task is not at hand")
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("folder", SETS, ids=lambda path: path.name)
def test_faulty_claims_get_the_figures_of_the_shared_task(
    folder: Path, seed: int, tmp_path: Path
) -> None:
    dice = random.Random(seed)
    claims = tmp_path / "claims.jsonl"
    given = [
        {"article": path.stem, "id": "x", **each}
        for path in gold_files([folder])
        for claim in loaded(path)["claims"]
        for each in spoilt(claim, dice)
    ]
    dice.shuffle(given)
    given.append(given[0] | {"article": "nowhere"})
    claims.write_text("".join(f"{json.dumps(each)}\n" for each in given), "utf-8")
    assert ours(folder, claims) == printed(folder, claims)


@pytest.mark.skipif(not PROGRAM.is_file(), reason="the program of the shared task is not at hand")
def test_claims_of_the_rules_get_the_figures_of_the_shared_task(
    engine: Engine, tmp_path: Path
) -> None:
    folder = ROOT / "corpus" / "batch-1"
    claims = tmp_path / "claims.jsonl"
    found = pipeline.extract(pipeline.read([folder]).articles, engine)
    claims.write_text("".join(f"{to_line(each)}\n" for each in found), "utf-8")
    assert ours(folder, claims) == printed(folder, claims)
