"""A corpus that lives: articles come, go and change; identity, events and graph follow.

A folder and what is to change in, the changed build out. A full build is the same as adding all
articles to nothing. The outcome is a function of what is in the corpus, whatever came or went on
the way, except for the tombstones of what was retracted. A change is made whole or not at all, and
readers keep what they opened.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib.metadata import version
from pathlib import Path
from typing import Final

from kg import __version__
from kg.articles.model import Article, Rejection
from kg.claims.model import ArticleClaims, Claim
from kg.collecting import seldom_collected
from kg.entities.model import Judgement, WholeIdentity
from kg.entities.register import Register
from kg.errors import ArticleError, BuildError
from kg.events.chronicle import Chronicle
from kg.events.model import WholeEvents
from kg.graph.manifest import (
    AGAIN,
    FORMAT,
    RECORDS,
    Manifest,
    is_build,
    read_manifest,
    vocabulary,
)
from kg.graph.model import Change, Reading, Retraction
from kg.graph.pen import COUNTS, Pen, Tally, Tell, unheard
from kg.graph.recorded import reading_of
from kg.graph.standing import Standing
from kg.graph.store import Build, manifest_on, opened, views_on
from kg.graph.swapping import locked, put_back, sync, writing_aside
from kg.graph.tables import STORE, Tables
from kg.graph.units import Composer, Touched
from kg.iris import Iris, content_hash, digest
from kg.legal import Measure
from kg.legaltable import keep_record, kept_record
from kg.shelves import Shelves
from kg.words import write_words

_NEAR: Final = 3  # ids that are offered for a misspelt one
_REMEMBERED: Final = 50  # changes whose statements are kept
_NOTED: Final = 50_000  # statements of one change, at most
_PATIENCE: Final = 600  # tries, 100 ms apart, while another writes


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article to be put into the corpus, with its claims and the tools that read them."""

    article: Article
    claims: tuple[Claim, ...]
    tools: tuple[str, ...] = ()  # "name/version"


@dataclass(frozen=True, slots=True)
class Moves:
    """How many of one sort came, went or are not what they were."""

    added: int = 0
    changed: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Update:
    """What a change of the corpus did."""

    manifest: Manifest
    articles: Moves = Moves()
    claims: Moves = Moves()
    entities: Moves = Moves()
    events: Moves = Moves()
    disagreements: Moves = Moves()
    statements: Moves = Moves()
    worn: bool = False  # what changes left in layers should be rewritten: see `tidy`


Step = Callable[["Corpus"], None]


class Corpus:
    """The corpus while it is written: records on shelves, and the graph that follows from them."""

    def __init__(self, shelves: Shelves, manifest: Manifest) -> None:
        """Go on from a manifest; one that counts no statement is that of an empty corpus."""
        self._shelves, self._manifest = shelves, manifest
        self._fresh = not manifest.counts
        self._register = Register(shelves)
        self._chronicle = Chronicle(shelves, self._register)
        self._views = views_on(shelves, self._register, self._chronicle)
        self._articles = shelves.shelf("articles", Article)
        self._claims = shelves.shelf("claims", ArticleClaims)
        self._readings = shelves.shelf("readings", Reading)
        self._retractions = shelves.shelf("retractions", Retraction)
        self._rejections = shelves.shelf("rejections", Rejection)
        self._said = shelves.shelf("said", Judgement)
        self._touched: set[str] = set()
        self._retracted: set[str] = set()
        self._judged: tuple[Judgement, ...] = ()
        self._rejudged = False
        self._moved: dict[str, list[int]] = {"articles": [0, 0, 0], "claims": [0, 0, 0]}

    def knows(self, article: str) -> Article | None:
        """Give an article of the corpus."""
        return self._articles.get(article)

    def missing(self, article: str) -> ArticleError:
        """Say that there is no such article, and which ids come close."""
        near = get_close_matches(article, list(self._articles.keys()), _NEAR, 0.5)
        advice = (
            f"did you mean {' or '.join(map(repr, near))}?"
            if near
            else "`kg query claims-per-article` lists those that are there"
        )
        return ArticleError(article, f"no such article in the corpus; {advice}")

    def put(self, arrival: Arrival) -> None:
        """Put an article in, in the place of one of the same id."""
        article, claims = arrival.article, ArticleClaims(arrival.claims)
        old = self._articles.get(article.id) if not self._fresh else None
        self._count("articles", [""] if old else [], [""], old not in (None, article))
        self._count_claims(article.id, claims)
        reading = reading_of(article, arrival.claims, arrival.tools)
        changed = self._articles.put(article.id, article)
        changed = self._claims.put(article.id, claims) or changed
        changed = self._readings.put(article.id, reading) or changed
        if changed:
            self._touched.add(article.id)

    def retract(self, article: str, reason: str, date: str | None) -> None:
        """Take an article out, and keep that it was there."""
        known = self._articles.get(article)
        if known is None:
            raise self.missing(article)
        retraction = Retraction(article, digest(known.text), reason, date)
        self._retractions.put(retraction.key, retraction)
        self._retracted.add(retraction.key)
        self._count("articles", [""], [])
        self._count_claims(article, ArticleClaims(()))
        for shelf in (self._articles, self._claims, self._readings):
            shelf.drop(article)
        self._touched.add(article)

    def refuse(self, rejection: Rejection) -> None:
        """Keep that an input could not be read."""
        key = content_hash(rejection.source, rejection.reason)
        self._rejections.put(key, rejection)

    def judge(self, said: Iterable[Judgement] | None) -> None:
        """Let this be all that persons judge; None stands for what they judged before."""
        known = tuple(judgement for _, judgement in self._said.items())
        self._judged = known if said is None else tuple(said)
        self._rejudged = self._judged != known
        for place in range(len(self._judged), len(known)):
            self._said.drop(f"{place:09d}")
        for place, judgement in enumerate(self._judged):
            self._said.put(f"{place:09d}", judgement)

    @property
    def changed(self) -> bool:
        """Tell whether anything is not what it was."""
        return bool(self._fresh or self._touched or self._retracted or self._rejudged)

    @seldom_collected()
    def settle(self, graph: Path | Tables, tell: Tell = unheard) -> Update:
        """Have identity, events and graph follow: a new graph in a folder, or the next of some."""
        tell("entities", 0)
        entities = self._register.update(self._touched, self._judged)
        tell("events", 0)
        events = self._chronicle.update(self._touched, entities)
        sides = {each.id for each in self._judged if {each.left, each.right} & entities.profiles}
        touched = Touched(
            frozenset(self._touched),
            entities,
            events,
            frozenset(sides),
            frozenset(self._retracted),
        )
        iris = Iris(self._manifest.base)
        tally = Tally.of(self._manifest.digest, self._manifest.counts)
        pen = Pen(graph, tally, iris, kept_record(self._shelves))
        composer = Composer(self._views, iris, self._shelves, pen.labelled)
        tell("graph", 0)
        pen.write(composer, touched, Standing(self._shelves, iris), tell)
        pen.finish()
        pen.tidy()
        tell("words", pen.added)
        write_words(self._shelves, iris, self._views, touched, fresh=self._fresh)
        told = self._told(pen)
        pen.close()
        return told

    def _told(self, pen: Pen) -> Update:
        """Sum up, and keep the manifest that belongs to the records."""
        moves = {
            family: Moves(told["added"], told["changed"], told["removed"])
            for family, told in pen.changes.items()
        }
        counts = dict.fromkeys(COUNTS, 0) | pen.tally.counts
        counts["rejections"] = len(self._rejections)
        manifest = replace(
            self._manifest,
            counts=dict(sorted(counts.items())),
            digest=pen.tally.hexadecimal(),
            tools={"pyoxigraph": version("pyoxigraph")} | pen.software(),
        )
        self._shelves.shelf("build", Manifest).put("manifest", manifest)
        if not self._fresh:
            self._note(manifest, [*pen.gone, *pen.come])
        return Update(
            manifest,
            articles=Moves(*self._moved["articles"]),
            claims=Moves(*self._moved["claims"]),
            entities=moves.get("entity", Moves()),
            events=moves.get("event", Moves()),
            disagreements=moves.get("disagreement", Moves()),
            statements=Moves(pen.added, 0, pen.removed),
        )

    def _note(self, manifest: Manifest, moved: list[bytes]) -> None:
        """Keep which statements came or went, for whoever knows the graph as it was."""
        said = b"\n".join(moved) if len(moved) <= _NOTED else None
        changes = self._shelves.shelf("changes", Change)
        number = int(manifest.store.rpartition("-")[2])
        changes.put(f"{number:09d}", Change(self._manifest.digest, manifest.digest, said))
        changes.drop(f"{number - _REMEMBERED:09d}")

    def _count_claims(self, article: str, new: ArticleClaims) -> None:
        before = self._claims.get(article) if not self._fresh else None
        old = {claim.id: claim for claim in before.claims} if before else {}
        now = {claim.id: claim for claim in new.claims}
        changed = sum(old[key] != now[key] for key in old.keys() & now.keys())
        self._count("claims", old, now, changed)

    def _count(self, name: str, old: Iterable[str], new: Iterable[str], changed: int = 0) -> None:
        before, now = set(old), set(new)
        moved = self._moved[name]
        moved[0] += len(now - before)
        moved[1] += changed
        moved[2] += len(before - now)


def open_build(path: Path) -> Build:
    """Open the build in the folder `path`, read only, as it is now."""
    return opened(path, _stages)


def build(
    path: Path,
    arrivals: Iterable[Arrival],
    iris: Iris | None = None,
    rejections: Iterable[Rejection] = (),
    said: Iterable[Judgement] = (),
    record: Iterable[Measure] | None = None,
    tell: Tell = unheard,
) -> Build:
    """Build a corpus into the folder `path`, whole or not at all, and open it.

    A build that stands there already is replaced, with its history; another writer at work, or a
    folder that is no build, is an error. Measures given as `record` are its legal record from now
    on, instead of the bundled ones.
    """
    target = path.resolve()
    _refuse_other(target, path)
    empty = Manifest(
        FORMAT, __version__, (iris or Iris()).base, vocabulary(), {}, "", STORE.format(1), {}
    )
    with _plain(path), writing_aside(target) as aside:
        shelves = Shelves(aside / RECORDS)
        _set(shelves, journal_mode="OFF", synchronous="OFF")
        if record is not None:
            keep_record(shelves, record)
        corpus = Corpus(shelves, empty)
        for arrival in arrivals:
            corpus.put(arrival)
        for rejection in rejections:
            corpus.refuse(rejection)
        corpus.judge(said)
        told = corpus.settle(aside / empty.store, tell)
        shelves.commit()
        _set(shelves, journal_mode="WAL")
        shelves.close()
        sync(aside / RECORDS)
        told.manifest.write(aside)
    return open_build(path)


def update(path: Path, step: Step, said: Iterable[Judgement] | None = None) -> Update:
    """Change the build in the folder `path`: `step` puts in and takes out, the rest follows.

    The change is there when the records are committed; until then nothing of it is, whatever
    happens. The graph is changed in a copy that shares the files of the one that readers have.
    """
    target = path.resolve()
    if not target.exists():
        put_back(target)
    read_manifest(path)
    with _plain(path), locked(target), _writing(path, target) as (shelves, manifest):
        tables = Tables(target, shelves, manifest.store)
        corpus = Corpus(shelves, replace(manifest, store=tables.newer.name))
        step(corpus)
        corpus.judge(said)
        if not corpus.changed:
            return Update(manifest)
        with ExitStack() as undone:
            undone.callback(shutil.rmtree, tables.newer, ignore_errors=True)
            undone.callback(shelves.rollback)
            told = replace(corpus.settle(tables), worn=bool(tables.base and tables.base.worn))
            shelves.commit()
            undone.pop_all()
        told.manifest.write(target)
        tables.sweep(tables.newer.name)
    return told


def unknown(build: Build, articles: Iterable[Article]) -> tuple[Article, ...]:
    """Give the articles that a build does not have; one that it has with another text is an error.

    Metadata count as text does.
    """
    new: list[Article] = []
    for article in articles:
        known = build.article(article.id)
        if known is None:
            new.append(article)
        elif known != article:
            raise _other_text(article)
    return tuple(new)


def add(
    path: Path,
    arrivals: Iterable[Arrival],
    refused: Iterable[Rejection] = (),
    said: Iterable[Judgement] | None = None,
) -> Update:
    """Put new articles into a corpus; those that it has already change nothing."""

    def step(corpus: Corpus) -> None:
        for arrival in arrivals:
            known = corpus.knows(arrival.article.id)
            if known is None:
                corpus.put(arrival)
            elif known != arrival.article:
                raise _other_text(arrival.article)
        for rejection in refused:
            corpus.refuse(rejection)

    return update(path, step, said)


def replace_articles(
    path: Path, arrivals: Iterable[Arrival], said: Iterable[Judgement] | None = None
) -> Update:
    """Put articles in the place of those with the same ids."""

    def step(corpus: Corpus) -> None:
        for arrival in arrivals:
            if corpus.knows(arrival.article.id) is None:
                raise corpus.missing(arrival.article.id)
            corpus.put(arrival)

    return update(path, step, said)


def _other_text(article: Article) -> ArticleError:
    return ArticleError(
        article.id,
        "is in the corpus with another text or other metadata;"
        " `kg replace` puts this one in its place",
    )


def retract(
    path: Path,
    articles: Iterable[str],
    reason: str,
    date: str | None = None,
    said: Iterable[Judgement] | None = None,
) -> Update:
    """Take articles out of a corpus with all that rested on them; keep that they were there."""

    def step(corpus: Corpus) -> None:
        for article in dict.fromkeys(articles):
            corpus.retract(article, reason, date)

    return update(path, step, said)


def judge(path: Path, said: Iterable[Judgement]) -> Update:
    """Let all that persons judge be this and nothing else."""
    return update(path, lambda _: None, said)


def tidy(path: Path) -> bool:
    """Rewrite the tables that changes left in layers, if they did; say whether that was done.

    It takes long where the graph is large, but nobody waits: others read and write meanwhile.
    """
    target = path.resolve()
    read_manifest(path)  # says what is wrong where there is no build
    with _plain(path), locked(target / "base"):
        build = open_build(path)
        tables = Tables(target, build.shelves, build.manifest.store)
        base = tables.base
        if not base or not base.worn:
            return False
        with tables.rewritten(base) as aside, ExitStack() as writer:
            _await(writer, target)
            shelves, manifest = writer.enter_context(_writing(path, target))
            done = Tables(target, shelves, manifest.store).replace(base, aside)
            shelves.commit()
            return done


def _await(stack: ExitStack, target: Path) -> None:
    """Hold the lock of a folder for writing once the writer who has it is done."""
    for _ in range(_PATIENCE):
        try:
            stack.enter_context(locked(target))
        except BuildError:
            time.sleep(0.1)
        else:
            return
    stack.enter_context(locked(target))


def judged(path: Path) -> tuple[Judgement, ...]:
    """Give all that persons judge, as a build knows it."""
    return tuple(each for _, each in open_build(path).shelves.shelf("said", Judgement).items())


def _stages(shelves: Shelves) -> tuple[WholeIdentity, WholeEvents]:
    register = Register(shelves)
    return register, Chronicle(shelves, register)


@contextmanager
def _writing(path: Path, target: Path) -> Iterator[tuple[Shelves, Manifest]]:
    """Open the records of a build for a change, after what a killed writer left is cleared."""
    shelves = Shelves(target / RECORDS)
    try:
        _set(shelves, synchronous="FULL")
        shelves.connection.execute("BEGIN IMMEDIATE")
        manifest = manifest_on(shelves)
        if manifest is None:
            raise BuildError(str(path / RECORDS), f"holds no whole build; {AGAIN}")
        if (manifest.package, manifest.vocabulary) != (__version__, vocabulary()):
            raise BuildError(
                str(path),
                f"was written by version {manifest.package} with other rules; {AGAIN}",
            )
        Tables(target, shelves, manifest.store).sweep(manifest.store)
        yield shelves, manifest
    finally:
        shelves.close()


@contextmanager
def _plain(path: Path) -> Iterator[None]:
    """Tell of a disk that cannot be written to in one line."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        told = getattr(error, "strerror", None) or error
        raise BuildError(
            str(path), f"cannot be written ({told}); check room and permissions"
        ) from error


def _set(shelves: Shelves, **settings: str) -> None:
    for name, value in settings.items():
        shelves.connection.execute(f"PRAGMA {name} = {value}").fetchall()


def _refuse_other(target: Path, path: Path) -> None:
    """Refuse to replace what this package did not write."""
    if target.is_dir():
        if any(target.iterdir()) and not is_build(target):
            raise BuildError(str(path), "is a folder that holds no build; name another folder")
    elif target.exists():
        raise BuildError(str(path), "is a file; name a folder")
