"""The stages joined, one line per hand-over.

Paths in; a build, or any hand-over on the way to it, out. Clock, network and terminal
do not appear here: what wants to show progress passes a `watch`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from kg import living
from kg.articles.model import Article, Rejection
from kg.articles.read import read_articles
from kg.claims.engine import Engine, load_engine, tool_of
from kg.claims.extract import claims_of
from kg.claims.llm.merging import merged
from kg.claims.llm.reader import ModelReader
from kg.claims.model import Claim
from kg.claims.workers import HERE, read_each
from kg.entities.model import Identity, Judgement
from kg.entities.resolve import resolve as resolve_entities
from kg.errors import ArticleError, RecordError
from kg.events.model import EventLedger
from kg.events.resolve import resolve as resolve_events
from kg.graph.store import Build
from kg.iris import Iris
from kg.living import Arrival
from kg.records import read_lines, to_line

_HALF: Final = re.compile("[\ud800-\udfff]")  # of a character that UTF-16 writes in two

Watch = Callable[[Iterable[Article]], Iterable[Article]]
"""Passes articles on and may show how far the work is."""


def unwatched(articles: Iterable[Article]) -> Iterable[Article]:
    """Pass the articles on and show nothing."""
    return articles


@dataclass(frozen=True, slots=True)
class Corpus:
    """What could be read of the inputs, sorted by id, and what could not."""

    articles: tuple[Article, ...]
    rejections: tuple[Rejection, ...]


def read(paths: Iterable[str | Path], stdin: BinaryIO | None = None) -> Corpus:
    """Read articles from files, folders and standard input; one bad one costs no other."""
    rejections: list[Rejection] = []
    articles = tuple(incoming(paths, stdin, rejections.append))
    return Corpus(articles, tuple(rejections))


def incoming(
    paths: Iterable[str | Path], stdin: BinaryIO | None, refuse: Callable[[Rejection], object]
) -> Iterator[Article]:
    """Yield articles one by one, sorted by id; `refuse` is told what could not be read."""
    told: list[str] = []
    count = 0
    for each in read_articles(paths, stdin=stdin):
        if isinstance(each, Article):
            count += 1
            yield each
        else:
            told.append(f"{each.source}: {each.reason}")
            refuse(each)
    if not count:
        advice = "; ".join(told) or "give files or folders that hold articles"
        raise ArticleError("no article could be read", advice)


def extract(
    articles: Iterable[Article], engine: Engine, watch: Watch = unwatched
) -> tuple[Claim, ...]:
    """Read the claims of all articles, in the order of articles and of their text."""
    return tuple(claim for article in watch(articles) for claim in claims_of(article, engine))


def extract_each(
    articles: Iterable[Article],
    model: str | None = None,
    jobs: int | None = HERE,
    watch: Watch = unwatched,
) -> Iterator[tuple[Article, tuple[Claim, ...] | Rejection]]:
    """Yield every article with its claims, in order, read by `jobs` processes.

    None stands for as many as there are cores, unless the articles are few.
    """
    return read_each(watch(articles), lambda: load_engine(model), model, jobs)


def extract_with_model(
    articles: Sequence[Article], reader: ModelReader, watch: Watch = unwatched, *, both: bool
) -> tuple[Claim, ...]:
    """Read the claims of all articles with a language model, or with rules and model together."""
    found: list[Claim] = []
    for article in watch(articles):
        told = tuple(reader.claims_of(article))
        rules = claims_of(article, reader.engine) if both else ()
        found += merged(article, rules, told) if both else told
    return tuple(found)


def resolve(
    claims: Sequence[Claim], articles: Sequence[Article], judgements: Iterable[Judgement] = ()
) -> tuple[Identity, EventLedger]:
    """Say who and what the claims speak of, and which events they are about."""
    by_id = {article.id: article for article in articles}
    identity = resolve_entities(claims, by_id, judgements)
    return identity, resolve_events(claims, identity, by_id)


def load_claims(path: Path, articles: Sequence[Article]) -> tuple[Claim, ...]:
    """Take the claims that some extractor wrote, if their quotes stand in the articles."""
    texts = {article.id: article.text for article in articles}
    claims = tuple(read_lines(path, Claim))
    for number, claim in enumerate(claims, start=1):
        fault = _fault(claim, texts)
        if fault:
            raise RecordError(f"{path}: claim {number}", fault)
    return claims


def _fault(claim: Claim, texts: Mapping[str, str]) -> str | None:
    """Say what is wrong with a claim from outside, and what to do."""
    if claim.article not in texts:
        known = "give that article as well, or leave out its claims"
        return f"no article {claim.article!r}; {known}"
    if texts[claim.article][claim.start : claim.end] != claim.quote:
        return (
            f"its quote is not what stands at {claim.start}:{claim.end} of {claim.article!r};"
            " offsets count code points of the text as received"
        )
    if _HALF.search(to_line(claim)):
        return "holds half of a character (a lone surrogate); write the file as UTF-8"
    return None


def build(
    corpus: Corpus,
    claims: tuple[Claim, ...],
    out: Path,
    iris: Iris | None = None,
    tools: tuple[str, ...] = (),
    said: Iterable[Judgement] = (),
) -> Build:
    """Build the graph of a corpus into the folder `out`, whole or not at all."""
    return living.build(
        out, arrivals(corpus.articles, claims, tools), iris, corpus.rejections, said
    )


def arriving(
    paths: Iterable[str | Path],
    stdin: BinaryIO | None,
    refuse: Callable[[Rejection], object],
    model: str | None = None,
    jobs: int | None = HERE,
    watch: Watch = unwatched,
) -> Iterator[Arrival]:
    """Read articles and their claims one by one; `refuse` is told what could not be read.

    What is held in memory does not grow with the articles.
    """
    tools = (str(tool_of(model)),)
    for article, told in extract_each(incoming(paths, stdin, refuse), model, jobs, watch):
        if isinstance(told, Rejection):
            refuse(told)
        claims = () if isinstance(told, Rejection) else tuple(sorted(told, key=_order))
        yield Arrival(article, claims, tools)


def arrivals(
    articles: Iterable[Article], claims: Iterable[Claim], tools: tuple[str, ...] = ()
) -> Iterator[Arrival]:
    """Put each article together with its claims."""
    own: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        own[claim.article].append(claim)
    for article in articles:
        yield Arrival(article, tuple(sorted(own.get(article.id, ()), key=_order)), tools)


def _order(claim: Claim) -> tuple[int, int, str, str, str]:
    manner = f"{claim.modality} {claim.status} {claim.polarity}"
    return claim.start, claim.end, claim.kind, claim.id, manner
