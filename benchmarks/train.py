"""Train the trained part of `kg claims` anew, or find out what it is worth.

    python -m benchmarks.train GOLD_DIR…             writes kg/claims/data/learned.txt
    python -m benchmarks.train --evaluate GOLD_DIR…  leaves out each folder in turn, writes nothing

A folder holds texts with their gold files. Nothing but gold and the present reading goes into the
weights, never what the rules found: they may change without a word here. A feature counts only
where three sentences of two texts have it. Same texts, same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]  # it has no stubs
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from kg.articles.model import Article
from kg.articles.read import read_articles
from kg.claims.engine import Engine, load_engine
from kg.claims.extract import drafted
from kg.claims.gold.matching import RELAXED, agrees
from kg.claims.gold.model import Gold, Statement, Value
from kg.claims.gold.reading import read_gold, statements_of
from kg.claims.gold.scoring import Evaluation, evaluate
from kg.claims.gold.significance import differences
from kg.claims.learned import proposals
from kg.claims.learned.candidates import Candidate, candidates
from kg.claims.learned.judging import (
    ALLOWED,
    anchors_of,
    evidence,
    kind_logits,
    roles_of,
    sorts_of,
    weighed,
)
from kg.claims.learned.signs import Seen, Whole
from kg.claims.learned.traits import POOLED, pooled, traits
from kg.claims.learned.weights import (
    FILE,
    SCALE,
    KindModel,
    Linear,
    Weights,
    probability,
    written,
)
from kg.claims.reading import Reading, read
from kg.terms import KINDS, Kind

TARGET = Path(__file__).parent.parent / "kg" / "claims" / "data" / FILE
FOLDS = 4
LEAST = 3  # sentences, or candidates, that have a feature
TEXTS = 2  # texts that have it
STRENGTH = {"kinds": 0.3, "roles": 0.3, "actors": 0.1, "values": 1.0, "accept": 0.3}
FIELDS = ("modality", "status", "polarity", "type")
FEWEST = 5  # examples of a role or value, for a model of it
SMALLEST = 3  # hundredths; weights below it tell little and are left out


@dataclass(frozen=True)
class Example:
    """A sentence with its gold claims and everything that may fill their roles."""

    text: str
    folder: str
    seen: Seen
    given: tuple[Candidate, ...]
    gold: tuple[Statement, ...]

    def of(self, kind: Kind) -> list[Statement]:
        return [each for each in self.gold if each.kind == kind]


@dataclass(frozen=True)
class Text:
    """An article with its gold and the examples made of it."""

    folder: str
    reading: Reading
    gold: Gold
    examples: tuple[Example, ...]


def texts_of(folders: Sequence[Path], engine: Engine) -> list[Text]:
    """Read all texts of some folders, in the order of their names."""
    found = []
    for folder in sorted(folders):
        golds = {each.id: each for each in read_gold([folder])}
        for article in read_articles([folder]):
            if isinstance(article, Article) and article.id in golds:
                reading, gold = read(article, engine), golds[article.id]
                examples = _examples(folder.name, reading, gold)
                found.append(Text(folder.name, reading, gold, examples))
    return found


def _examples(folder: str, reading: Reading, gold: Gold) -> tuple[Example, ...]:
    held: defaultdict[int, list[Statement]] = defaultdict(list)
    for claim in gold.claims:
        shared = [(min(s.end, claim.end) - max(s.start, claim.start), s) for s in reading.sentences]
        best, sentence = max(shared, key=lambda each: (each[0], -each[1].index))
        least = min(sentence.end - sentence.start, claim.end - claim.start) / 2
        if best > 0 and best >= least:
            held[sentence.index].append(claim)
    whole = Whole(reading)
    seens = (Seen(whole, sentence) for sentence in reading.sentences)
    return tuple(
        Example(gold.id, folder, seen, candidates(seen), tuple(held[seen.sentence.index]))
        for seen in seens
        if seen.sentence.role in proposals.READ
    )


Rows = list[tuple[str, AbstractSet[str]]]
"""Of each example, the text it is from and its features."""


def fitted(rows: Rows, right: Sequence[bool], strength: float) -> Linear:
    """Fit one logistic model to rows of features."""
    names = sorted(_kept(rows))
    place = {name: each for each, name in enumerate(names)}
    columns = [sorted(place[name] for name in each & place.keys()) for _, each in rows]
    ends = np.cumsum([0, *map(len, columns)], dtype=np.int32)
    flat = np.fromiter((each for row in columns for each in row), np.int32, int(ends[-1]))
    matrix = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(names)))
    model = LogisticRegression(C=strength, solver="liblinear", max_iter=2000)
    model.fit(matrix, np.asarray(right))
    numbers = zip(names, map(_whole, model.coef_[0].tolist()), strict=True)
    held = {name: number for name, number in numbers if abs(number) >= SMALLEST}
    return Linear(_whole(model.intercept_[0]), held)


def _whole(number: float) -> int:
    return round(number * SCALE)


def _kept(rows: Rows) -> set[str]:
    count: Counter[str] = Counter()
    texts: defaultdict[str, set[str]] = defaultdict(set)
    for text, features in rows:
        for feature in features:
            count[feature] += 1
            if len(texts[feature]) < TEXTS:
                texts[feature].add(text)
    return {
        name for name, number in count.items()
        if number >= LEAST and len(texts[name]) >= TEXTS and name.isprintable()
    }  # fmt: skip


def train(examples: Sequence[Example]) -> Weights:
    """Train everything on some examples."""
    kinds = _kinds(examples)
    return Weights(kinds, _roles(kinds, examples), _values(examples), _accept(examples))


def _rows(examples: Iterable[Example]) -> Rows:
    return [(each.text, each.seen.told) for each in examples]


def _kinds(examples: Sequence[Example]) -> KindModel:
    rows = _rows(examples)
    models = [
        fitted(rows, [bool(each.of(kind)) for each in examples], STRENGTH["kinds"])
        for kind in KINDS
    ]
    held: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, model in enumerate(models):
        for name, number in model.weights.items():
            held[name].append((place, number))
    return KindModel(
        tuple(each.bias for each in models), {name: tuple(row) for name, row in held.items()}
    )


def _roles(kinds: KindModel, examples: Sequence[Example]) -> dict[tuple[Kind, str], Linear]:
    rows: defaultdict[tuple[Kind, str], Rows] = defaultdict(list)
    right: defaultdict[tuple[Kind, str], list[bool]] = defaultdict(list)
    for example in examples:
        for kind in KINDS:
            golds = example.of(kind)
            if not golds:
                continue
            roles = roles_of(kind)
            anchors = anchors_of(kinds, example.seen, kind)
            described = traits(example.seen, example.given, anchors, sorts_of(kind))
            for role, allowed in roles:
                for each, found in pooled(example.seen, described, allowed):
                    rows[kind, role].append((example.text, found))
                    right[kind, role].append(_fills(role, each, golds))
    return {
        key: fitted(held, right[key], STRENGTH["actors" if ALLOWED[key] & POOLED else "roles"])
        for key, held in sorted(rows.items())
        if FEWEST <= sum(right[key]) < len(held)
    }


def _fills(role: str, candidate: Candidate, golds: Iterable[Statement]) -> bool:
    got = [Value(each.ref, each.text, each.label) for each in candidate.fillers]
    return any(
        agrees(role, wanted, each) for gold in golds for wanted in gold.values(role) for each in got
    )


def _values(examples: Sequence[Example]) -> dict[tuple[Kind, str], dict[str, Linear]]:
    found: dict[tuple[Kind, str], dict[str, Linear]] = {}
    for kind in KINDS:
        for field in FIELDS:
            told = [
                (example, value)
                for example in examples
                for gold in example.of(kind)[:1]
                if (value := _value(gold, field)) is not None
            ]
            count = Counter(value for _, value in told)
            rows = _rows(example for example, _ in told)
            models = {
                value: fitted(rows, [each == value for _, each in told], STRENGTH["values"])
                for value, number in sorted(count.items())
                if FEWEST <= number < len(told)
            }
            if len(models) > 1:
                found[kind, field] = models
    return found


def _value(gold: Statement, field: str) -> str | None:
    if field == "type":
        return next((str(each.ref or each.text) for each in gold.values("type")), None)
    if field == "polarity":
        return gold.polarity or "positive"
    value: str | None = getattr(gold, field)
    return value


def _accept(examples: Sequence[Example]) -> Linear:
    """Learn whom to believe from texts that the first models did not see."""
    texts = sorted({each.text for each in examples})
    fold = {text: place % FOLDS for place, text in enumerate(texts)}
    rows: list[dict[str, float]] = []
    right: list[bool] = []
    for part in range(FOLDS):
        rest = [each for each in examples if fold[each.text] != part]
        kinds = _kinds(rest)
        known = Weights(kinds, _roles(kinds, rest), {}, Linear(0, {}))
        for example in examples:
            if fold[example.text] == part:
                for kind, found in _evidence(known, example):
                    rows.append(found)
                    right.append(bool(example.of(kind)))
    vectors = DictVectorizer(sparse=False, sort=True)
    matrix = vectors.fit_transform(rows)
    model = LogisticRegression(C=STRENGTH["accept"], solver="liblinear", max_iter=2000)
    model.fit(matrix, np.asarray(right))
    names = vectors.feature_names_
    held = dict(zip(names, map(_whole, model.coef_[0].tolist()), strict=True))
    return Linear(_whole(model.intercept_[0]), held)


def _evidence(known: Weights, example: Example) -> Iterable[tuple[Kind, dict[str, float]]]:
    logits = kind_logits(known.kinds, example.seen)
    for kind, logit in zip(KINDS, logits, strict=True):
        if probability(logit) >= proposals.LOOK:
            found = weighed(known, example.seen, example.given, kind, probability(logit))
            yield kind, evidence(example.seen, found, logit)


def head_of(texts: Sequence[Text]) -> list[str]:
    """Say what weights were trained on."""
    held = hashlib.sha256()
    for text in texts:
        held.update(f"{text.gold.id}\n{text.gold.text}\n{text.gold.claims}\n".encode())
    sentences = sum(len(each.examples) for each in texts)
    claims = sum(len(each.gold.claims) for each in texts)
    folders = ", ".join(sorted({each.folder for each in texts}))
    return [
        "Weights of the trained part of kg claims; made by `python -m benchmarks.train`.",
        "source: logistic regression over texts with gold; numbers are hundredths.",
        f"texts: {len(texts)}, {sentences} sentences, {claims} claims ({folders})",
        f"sha256 of the texts with their gold: {held.hexdigest()}",
    ]


def worth(texts: Sequence[Text], held_out: Sequence[str], parts: int) -> None:
    """Compare rules alone and with the trained part, on folders that it was not trained on."""
    golds: list[Gold] = []
    plain: list[object] = []
    both: list[object] = []
    for part in range(parts):
        left = held_out[part::parts]
        known = train([e for t in texts if t.folder not in left for e in t.examples])
        for folder in left:
            own = [each for each in texts if each.folder == folder]
            mine = [claim for t in own for claim, _ in drafted(t.reading, learned=False)]
            ours = [claim for t in own for claim, _ in drafted(t.reading, learned=known)]
            held = [each.gold for each in own]
            print(f"{folder:12} rules   {_figures(_judged(held, mine))}")
            print(f"{folder:12} learned {_figures(_judged(held, ours))}", flush=True)
            golds, plain, both = golds + held, plain + mine, both + ours
    before, after = _judged(golds, plain), _judged(golds, both)
    print(f"{'all':12} rules   {_figures(before)}")
    print(f"{'all':12} learned {_figures(after)}")
    for each in differences(before, after):
        print(
            f"{each.measure:10} {each.difference:+.3f} [{each.low:+.3f}, {each.high:+.3f}]"
            f" p {each.p:.4f}"
        )


def _judged(golds: Sequence[Gold], claims: Iterable[object]) -> Evaluation:
    return evaluate(golds, statements_of(claims), RELAXED)


def _figures(found: Evaluation) -> str:
    tally = found.tally
    claims, roles = tally.claims, tally.roles
    return (
        f"claims P {claims.precision:.3f} R {claims.recall:.3f} F1 {claims.f1:.3f}  "
        f"roles P {roles.precision:.3f} R {roles.recall:.3f} F1 {roles.f1:.3f}  "
        f"score {tally.score:.3f}  modal {tally.modal:.3f}"
    )


def main(given: Sequence[str]) -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folders", nargs="+", type=Path)
    asked.add_argument("--evaluate", action="store_true")
    asked.add_argument("--only", nargs="*", help="names of the folders to leave out; else all")
    asked.add_argument("--parts", type=int, default=4, help="how many times to train for that")
    asked.add_argument("--out", type=Path, default=TARGET)
    options = asked.parse_args(given)
    engine = load_engine()
    texts = texts_of(options.folders, engine)
    if options.evaluate:
        names = sorted({each.folder for each in texts})
        worth(texts, [n for n in names if n in (options.only or names)], options.parts)
        return
    made = train([example for text in texts for example in text.examples])
    options.out.write_text(written(made, head_of(texts)), "utf-8")
    print(f"{options.out}: {options.out.stat().st_size} bytes from {len(texts)} texts")


if __name__ == "__main__":
    main(sys.argv[1:])
