"""Claims side by side with open information extraction: time, typed precision and recall, rows.

    python -m benchmarks.peers

Makes an environment of its own in a temporary folder, installs the peers there (two of them are
GPL: they never come near the package) and says which could not be had. Their triples have no type,
so each is given the kinds of our own trigger words in its relation, or in relation and object.

What is counted are pairs of a kind and a sentence: right where the gold of the practice corpus has
a claim of that kind whose quote overlaps the sentence. Ours are counted by the same rule.
"""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.texts import CORPUS, practice
from kg.claims.engine import MODELS, Engine, load_engine, plain
from kg.claims.extract import claims_of
from kg.claims.meeting_words import meeting_words
from kg.claims.offices import offices
from kg.claims.saying import saying_words
from kg.claims.sentences import Sentence, sentences_of
from kg.claims.triggers import triggers

PACKAGES = {
    "textacy": "textacy==0.13.0",
    "triplet-extract": "triplet-extract==0.5.0",  # GPL-3.0
    "claucy": "claucy",  # ClausIE for spaCy, GPL-3.0
}
READER = Path(__file__).parent / "peer_reading.py"

Pair = tuple[str, int, str]  # article, sentence, kind
Gold = tuple[str, str, int, int]  # article, kind, start and end of the quote


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of the corpus."""

    article: str
    index: int
    start: int
    end: int
    text: str


def main() -> None:
    engine = load_engine()
    articles = practice()
    places = [_place(a.id, s) for a in articles for s in sentences_of(a, engine)]
    gold = list(_gold())
    print(f"{len(articles)} articles, {len(places)} sentences, {len(gold)} claims in the gold")
    start = time.process_time()
    claims = [claim for article in articles for claim in claims_of(article, engine)]
    seconds = time.process_time() - start
    own = {
        (place.article, place.index, claim.kind)
        for claim in claims
        for place in places
        if place.article == claim.article and place.start < claim.end and claim.start < place.end
    }
    _row("kg claims", seconds, len(claims), own, places, gold)
    with tempfile.TemporaryDirectory() as scratch:
        python = _environment(Path(scratch))
        for peer, package in PACKAGES.items():
            _peer(peer, package, python, places, gold, engine)


def _environment(folder: Path) -> Path:
    """Make an environment that sees what is installed here, and adds to it only for itself."""
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    python = folder / "env" / "bin" / "python"
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    told = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True)
    Path(told.stdout.strip(), "outer.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def _peer(
    peer: str,
    package: str,
    python: Path,
    places: Sequence[Place],
    gold: Sequence[Gold],
    engine: Engine,
) -> None:
    pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    installed = subprocess.run(
        [*pip, "install", package], check=False, capture_output=True, text=True
    )
    if installed.returncode:
        print(f"{peer:18} could not be installed: {_last(installed.stderr)}")
        return
    model = next(name for name in MODELS if find_spec(name))
    told = subprocess.run(
        [python, READER, peer, model],
        input=json.dumps([place.text for place in places]),
        check=False,
        capture_output=True,
        text=True,
    )
    if told.returncode:
        print(f"{peer:18} did not run: {_last(told.stderr)}")
        return
    found: dict[str, Any] = json.loads(told.stdout)
    pairs = {
        (place.article, place.index, kind)
        for place, triples in zip(places, found["rows"], strict=True)
        for kind in _kinds(triples, engine)
    }
    _row(peer, found["seconds"], sum(map(len, found["rows"])), pairs, places, gold)


def _last(told: str) -> str:
    return (told.strip().splitlines() or ["no reason given"])[-1]


def _row(
    who: str,
    seconds: float,
    rows: int,
    pairs: Iterable[Pair],
    places: Sequence[Place],
    gold: Sequence[Gold],
) -> None:
    """Print precision of pairs and recall of gold claims."""
    by_place = {(place.article, place.index): place for place in places}
    told = sorted(pairs)
    right = [
        any(_fits(by_place[article, index], kind, each) for each in gold)
        for article, index, kind in told
    ]
    found = [
        any(_fits(by_place[article, index], kind, each) for article, index, kind in told)
        for each in gold
    ]
    precision, recall = _share(right), _share(found)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    print(
        f"{who:18} {seconds:7.2f} s  {rows:6,} rows  {len(told):5,} typed"
        f"   precision {precision:.2f}  recall {recall:.2f}  F1 {f1:.2f}"
    )


def _share(judged: Sequence[bool]) -> float:
    return sum(judged) / len(judged) if judged else 0.0


def _fits(place: Place, kind: str, gold: Gold) -> bool:
    article, known, start, end = gold
    return (article, known) == (place.article, kind) and place.start < end and start < place.end


def _gold() -> Iterator[Gold]:
    for path in sorted(CORPUS.glob("batch-*/*.json")):
        if not path.name.endswith(".meta.json"):
            for claim in json.loads(path.read_text("utf-8"))["claims"]:
                yield path.stem, claim["kind"], claim["start"], claim["end"]


def _place(article: str, sentence: Sentence) -> Place:
    return Place(article, sentence.index, sentence.start, sentence.end, plain(sentence.text))


def _kinds(triples: Iterable[Sequence[str]], engine: Engine) -> set[str]:
    """Give the kinds that the trigger words of triples stand for."""
    found: set[str] = set()
    for _, relation, target in triples:
        verbs, rest = _lemmas(relation, engine), _lemmas(target, engine)
        for head, others in _lexicon().items():
            if head in verbs:
                found |= {kind for words, kind in others if words <= verbs | rest}
        found |= {
            kind
            for noun in rest & _nouns().keys()
            for words, kind in _nouns()[noun]
            if words <= verbs | rest
        }
    return found


def _lemmas(text: str, engine: Engine) -> frozenset[str]:
    known = _KNOWN.get(text)
    if known is None:
        with engine.nlp.select_pipes(disable=["ner"]):
            known = frozenset(token.lemma_.lower() for token in engine.nlp(text))
        _KNOWN[text] = known
    return known


_KNOWN: dict[str, frozenset[str]] = {}


@cache
def _lexicon() -> Mapping[str, tuple[tuple[frozenset[str], str], ...]]:
    """Give verbs and adjectives with the words that must stand beside them, and their kind."""
    return _indexed(
        [
            *((t.words[0], t.words[1:], t.kind) for t in triggers() if t.pos != "noun"),
            *((verb, (), "utterance") for verb in saying_words().clause | saying_words().nominal),
            *((verb, (), "meeting") for verb in meeting_words().meet),
        ]
    )


@cache
def _nouns() -> Mapping[str, tuple[tuple[frozenset[str], str], ...]]:
    """The same for nouns, which stand in the object of a triple."""
    return _indexed(
        [
            *((t.words[0], t.words[1:], t.kind) for t in triggers() if t.pos == "noun"),
            *((noun, ("hold",), "meeting") for noun in meeting_words().nouns),
            *((noun, ("be",), "post") for noun in offices().heads),
        ]
    )


def _indexed(
    rows: Iterable[tuple[str, Iterable[str], str]],
) -> dict[str, tuple[tuple[frozenset[str], str], ...]]:
    found: dict[str, list[tuple[frozenset[str], str]]] = {}
    for head, rest, kind in rows:
        found.setdefault(head, []).append((frozenset(rest), kind))
    return {head: tuple(each) for head, each in found.items()}


if __name__ == "__main__":
    main()
