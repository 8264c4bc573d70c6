"""Runs inside the throw-away environment of `benchmarks.peers`: sentences in, triples out.

    python peer_reading.py PEER MODEL < sentences.json > triples.json

Nothing of this project is imported here, and nothing of the peers is imported there.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

Triples = list[tuple[str, str, str]]


def textacy(nlp: Any) -> Callable[[str], Triples]:
    from textacy.extract import subject_verb_object_triples  # type: ignore[import-not-found]

    def read(text: str) -> Triples:
        return [
            (_joined(each.subject), _joined(each.verb), _joined(each.object))
            for each in subject_verb_object_triples(nlp(text))
        ]

    return read


def triplet_extract(nlp: Any) -> Callable[[str], Triples]:
    from triplet_extract import OpenIEExtractor  # type: ignore[import-not-found]

    extractor = OpenIEExtractor(nlp=nlp)

    def read(text: str) -> Triples:
        found = extractor.extract_triplet_objects(text)
        return [(str(each.subject), str(each.relation), str(each.object)) for each in found]

    return read


def claucy(nlp: Any) -> Callable[[str], Triples]:
    import claucy as package  # type: ignore[import-not-found]

    package.add_to_pipe(nlp)

    def read(text: str) -> Triples:
        told = (clause.to_propositions(as_text=False) for clause in nlp(text)._.clauses)
        return [
            (str(each[0]), str(each[1]), " ".join(map(str, each[2:])))
            for clause in told
            for each in clause
            if len(each) > 1
        ]

    return read


PEERS = {"textacy": textacy, "triplet-extract": triplet_extract, "claucy": claucy}


def _joined(tokens: Any) -> str:
    return " ".join(str(token) for token in tokens)


def main() -> None:
    import spacy

    peer, model = sys.argv[1:]
    texts = json.load(sys.stdin)
    nlp = spacy.load(model)
    spacy.load = lambda *_, **__: nlp  # whatever name a peer knows the same weights by
    read = PEERS[peer](nlp)
    read(texts[0])
    start = time.process_time()
    rows = [read(text) for text in texts]
    json.dump({"seconds": time.process_time() - start, "rows": rows}, sys.stdout)


if __name__ == "__main__":
    main()
