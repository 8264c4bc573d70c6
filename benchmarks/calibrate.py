"""Count how often claims are right for what their reader states, and write the table.

    python -m benchmarks.calibrate FOLDER… [--learned FOLDER…]

The folders hold texts with gold that no rule was written for; those after `--learned` are texts
that the trained part was not trained on either, and are counted for both readers. After it,
`kg/claims/data/confidence.csv` says how sure a claim is.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kg import pipeline
from kg.claims.confidence import step_of
from kg.claims.engine import load_engine
from kg.claims.extract import drafted
from kg.claims.gold.reading import read_gold, statements_of
from kg.claims.gold.scoring import evaluate
from kg.claims.model import Claim
from kg.claims.reading import read
from kg.terms import KINDS, Kind

TABLE = Path(__file__).parent.parent / "kg" / "claims" / "data" / "confidence.csv"
HEAD = """\
# How many claims are right (paired with a gold claim of their kind) for what their reader states,
# counted by `python -m benchmarks.calibrate`: the rules on {rules},
# the trained part on {learned}: texts that neither was made for.
reader,kind,stated,claims,right
"""
Key = tuple[str, Kind, float]


def judged(folders: Sequence[Path]) -> Iterator[tuple[Key, bool]]:
    """Yield for every claim what its reader states of it, and whether it is right."""
    engine = load_engine()
    claims: dict[str, list[Claim]] = defaultdict(list)
    stated: dict[str, float] = {}
    for article in pipeline.read(folders).articles:
        for claim, draft in drafted(read(article, engine)):
            stated[claim.id] = draft.confidence
            claims[claim.article].append(replace(claim, confidence=draft.confidence))
    every = [claim for found in claims.values() for claim in found]
    for each in evaluate(read_gold(folders), statements_of(every)).articles:
        right = {place for _, place in each.pairs}
        for place, claim in enumerate(claims[each.gold.id]):
            reader = claim.extractor.partition("/")[0]
            yield (reader, claim.kind, step_of(stated[claim.id])), place in right


def main() -> None:
    given = sys.argv[1:]
    cut = given.index("--learned") if "--learned" in given else len(given)
    rules, learned = ([Path(p) for p in part] for part in (given[:cut], given[cut + 1 :]))
    claims: Counter[Key] = Counter()
    right: Counter[Key] = Counter()
    for folders, readers in ((rules, {"rules"}), (learned, {"rules", "learned"})):
        for key, is_right in judged(folders) if folders else ():
            if key[0] in readers:
                claims[key] += 1
                right[key] += is_right
    named = [", ".join(sorted(f.name for f in part)) for part in ([*rules, *learned], learned)]
    rows = (
        f"{','.join(map(str, key))},{claims[key]},{right[key]}\n"
        for key in sorted(claims, key=lambda k: (k[0], KINDS.index(k[1]), k[2]))
    )
    text = HEAD.format(rules=named[0], learned=named[1]) + "".join(rows)
    TABLE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
