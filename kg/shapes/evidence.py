"""Evidence read again: what SHACL cannot check, because it takes the texts.

A dataset and the articles in; a finding for each piece of evidence whose span, quote or digest is
not what stands in the article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolution, QuerySolutions, Variable

from kg.articles.model import Article
from kg.graph.model import Dataset
from kg.iris import digest
from kg.shapes.model import Node
from kg.shapes.results import Result
from kg.shapes.ways import Chain, Step
from kg.terms import PREFIXES, SHAPES

SHAPE: Final = f"{SHAPES}Evidence-rereads"
COMPONENT: Final = f"{SHAPES}EvidenceConstraintComponent"
_SOURCE: Final = NamedNode(PREFIXES["oa"] + "hasSource")


def _chain(*names: str) -> Chain:
    parts = (name.partition(":") for name in names)
    return tuple(Step(PREFIXES[prefix] + local) for prefix, _, local in parts)


CHAINS: Final = frozenset(
    (
        _chain("oa:hasSource"),
        _chain("oa:hasSource", "dcterms:identifier"),
        _chain("oa:hasSource", "cmq:digest"),  # which changes with the text of the article
        _chain("oa:hasSelector"),
        _chain("oa:hasSelector", "oa:start"),
        _chain("oa:hasSelector", "oa:end"),
        _chain("oa:hasSelector", "oa:exact"),
        _chain("cmq:digest"),
    )
)
"""How far evidence is looked into."""

_EVIDENCE: Final = """
PREFIX cmq:     <https://w3id.org/communique/def#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa:      <http://www.w3.org/ns/oa#>

SELECT ?evidence ?article ?start ?end ?digest ?exact
WHERE {
  ?evidence oa:hasSource ?source .
  OPTIONAL { ?source dcterms:identifier ?article }
  OPTIONAL { ?evidence oa:hasSelector ?place . ?place oa:start ?start ; oa:end ?end }
  OPTIONAL { ?evidence cmq:digest ?digest }
  OPTIONAL { ?evidence oa:hasSelector ?quote . ?quote oa:exact ?exact }
}
ORDER BY ?evidence ?start ?end ?digest ?exact
"""


def reread(
    dataset: Dataset, articles: Mapping[str, Article], only: Iterable[Node] | None = None
) -> Iterator[Result]:
    """Yield a result for each piece of evidence that does not read as the article does.

    `only` these nodes are looked at, if they are evidence.
    """
    if only is None:
        yield from _unlike(_asked(dataset, {}), articles)
        return
    for node in sorted(only, key=str):
        if not isinstance(node, Literal) and any(dataset.quads(node, _SOURCE)):
            yield from _unlike(_asked(dataset, {Variable("evidence"): node}), articles)


def _asked(dataset: Dataset, bound: Mapping[Variable, Node]) -> QuerySolutions:
    rows = dataset.query(_EVIDENCE, bound=bound)
    if not isinstance(rows, QuerySolutions):
        raise TypeError("the query is a SELECT")
    return rows


def _unlike(rows: QuerySolutions, articles: Mapping[str, Article]) -> Iterator[Result]:
    for row in rows:
        evidence, claimed = row["evidence"], _Claimed.of(row)
        fault = _fault(claimed, articles.get(claimed.article or ""))
        if fault and isinstance(evidence, NamedNode | BlankNode):
            yield Result("violation", SHAPE, COMPONENT, evidence, None, None, fault)


@dataclass(frozen=True, slots=True)
class _Claimed:
    """What the graph says of a piece of evidence."""

    article: str | None
    start: str | None
    end: str | None
    digest: str | None
    exact: str | None

    @classmethod
    def of(cls, row: QuerySolution) -> _Claimed:
        values = [row[each.name] for each in fields(cls)]
        return cls(*(each.value if isinstance(each, Literal) else None for each in values))


def _fault(claimed: _Claimed, article: Article | None) -> str | None:
    """Say what is wrong with a piece of evidence, if anything is."""
    if article is None:
        return f"Evidence names an article that is at hand; {claimed.article!r} is not."
    start, end = claimed.start or "", claimed.end or ""
    if not (start.isdecimal() and end.isdecimal()):
        return "Evidence has a position: one oa:start and one oa:end, whole numbers."
    first, last = int(start), int(end)
    length = len(article.text)
    if not first < last <= length:
        return f"Evidence lies within its article, which ends at {length}; not at {first}–{last}."
    words = article.text[first:last]
    if claimed.exact not in (None, words):
        return "Evidence quotes its article exactly by oa:exact; the article has other words there."
    if claimed.digest != digest(words):
        return "Evidence has the SHA-256 of its words as cmq:digest; the article's have another."
    return None
