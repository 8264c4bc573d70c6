"""A build on disk: the records of every stage in one database, and a store of the graph to ask.

A folder in, an open build out. The records are what counts; the graph follows from them. A reader
sees the build as it was when opened, whatever is added meanwhile. A build that is missing,
incomplete or damaged is an error, never an empty graph.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
from pyoxigraph import Quad, RdfFormat, Store, parse

from kg.articles.model import Article, Rejection
from kg.claims.model import ArticleClaims, Claim
from kg.entities.model import Entity, Identity, Judgement, Mention, WholeIdentity
from kg.errors import BuildError
from kg.events.model import Disagreement, Event, EventLedger, WholeEvents
from kg.graph.manifest import AGAIN, NAME, RECORDS, Manifest, read_manifest
from kg.graph.minting import Mint
from kg.graph.model import (
    Change,
    Dataset,
    Reading,
    Records,
    Retraction,
    Views,
)
from kg.graph.orders import walked
from kg.graph.pen import in_order, labelled_by, lines_digest, lines_of
from kg.graph.standing import standing
from kg.graph.swapping import Hold, put_back
from kg.graph.units import Composer, Unit
from kg.iris import Iris
from kg.shelves import Shelf, Shelves

__all__ = ["Build", "Records", "opened", "views_on"]

_REPLACED_AT_MOST: Final = 20  # times while it is being opened

Stages = Callable[[Shelves], tuple[WholeIdentity, WholeEvents]]
"""Gives the views of identity and events that stand on shelves."""


@dataclass(frozen=True, slots=True)
class Build:
    """An open build, read only."""

    path: Path
    manifest: Manifest
    dataset: Dataset
    shelves: Shelves
    identity_view: WholeIdentity
    event_view: WholeEvents

    @property
    def store(self) -> Store:
        """The store itself, read only; `dataset` asks it over the union of its graphs."""
        return self.dataset.store

    @property
    def iris(self) -> Iris:
        """The namespace that the build was written with."""
        return Iris(self.manifest.base)

    @property
    def views(self) -> Views:
        """What the graph was written from."""
        return views_on(self.shelves, self.identity_view, self.event_view)

    def union(self) -> Dataset:
        """Give the dataset; its queries see the union of all graphs."""
        return self.dataset

    def article(self, key: str) -> Article | None:
        """Give an article, None if the build has none of that id."""
        return self.views.articles.get(key)

    def texts(self) -> Mapping[str, Article]:
        """Give the articles by id, each read when it is asked for."""
        return _Texts(self.shelves.shelf("articles", Article))

    def articles(self) -> Iterator[Article]:
        """Yield the articles, by id."""
        return (article for _, article in self.shelves.shelf("articles", Article).items())

    def claims(self) -> Iterator[Claim]:
        """Yield the claims, by article and place."""
        shelf = self.shelves.shelf("claims", ArticleClaims)
        for own in (own for _, own in shelf.items()):
            yield from sorted(
                own.claims, key=lambda each: (each.start, each.end, each.kind, each.id)
            )

    def mentions(self) -> Iterator[Mention]:
        """Yield the mentions, by article and place."""
        for article in self._article_ids():
            yield from sorted(self.identity_view.mentions(article), key=_place)

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements on who is who."""
        return iter(sorted(self.identity_view.judgements(), key=_sides))

    def entities(self) -> Iterator[Entity]:
        """Yield the entities, by id."""
        return iter(self.identity().entities)

    def events(self) -> Iterator[Event]:
        """Yield the events, by id."""
        return self.event_view.events()

    def disagreements(self) -> Iterator[Disagreement]:
        """Yield what sources disagree on."""
        return self.event_view.disagreements()

    def rejections(self) -> Iterator[Rejection]:
        """Yield the inputs that could not be read."""
        found = (each for _, each in self.shelves.shelf("rejections", Rejection).items())
        return iter(sorted(found, key=lambda each: (each.source, each.reason)))

    def retractions(self) -> Iterator[Retraction]:
        """Yield what was taken out of the corpus."""
        found = (each for _, each in self.shelves.shelf("retractions", Retraction).items())
        return iter(sorted(found, key=lambda each: (each.article, each.key)))

    def since(self, digest: str) -> list[Quad] | None:
        """Give the statements that came or went since the graph had a digest, if that is known."""
        found: list[Quad] = []
        at = digest
        for change in self._changes():
            if change.before == at:
                if change.statements is None:
                    return None
                found += parse(change.statements, format=RdfFormat.N_QUADS)
                at = change.after
            elif at != digest:
                return None
        return found if at == self.manifest.digest else None

    def _changes(self) -> list[Change]:
        try:
            return [each for _, each in self.shelves.shelf("changes", Change).items()]
        except sqlite3.OperationalError:  # a build that nothing changed since it was made
            return []

    def identity(self) -> Identity:
        """Give the view of identity that the build was made with."""
        whole = self.identity_view.identity()
        entities = tuple(sorted(whole.entities, key=lambda each: each.id))
        return Identity(tuple(self.mentions()), tuple(self.judgements()), entities, whole.profiles)

    def ledger(self) -> EventLedger:
        """Give the events, the disagreements and which claim is about what."""
        return self.event_view.ledger()

    def records(self) -> Records:
        """Give all records at once."""
        return Records(
            tuple(self.articles()),
            tuple(self.rejections()),
            tuple(self.claims()),
            self.identity(),
            self.ledger(),
        )

    def check_store(self) -> None:
        """Read the whole build: the graph is the one that was written, the records give it.

        The store is read in each of the orders that questions may take.
        """
        try:
            self._check_graph()
            self._check_records()
        except (OSError, RuntimeError, sqlite3.DatabaseError, msgspec.MsgspecError) as error:
            raise BuildError(str(self.path), f"is damaged ({error}); {AGAIN}") from error

    def _check_graph(self) -> None:
        digest = quads = 0
        for batch in in_order(self.store):
            digest += lines_digest(lines_of(batch))
            quads += len(batch)
        if f"{digest % (1 << 256):064x}" != self.manifest.digest:
            place = str(self.path / self.manifest.store)
            raise BuildError(place, f"is not what was built ({quads} statements); {AGAIN}")
        for order, found in walked(self.store):
            if found != quads:
                place = str(self.path / self.manifest.store)
                told = f"holds {quads} statements, but {found} by the {order}"
                raise BuildError(place, f"{told}; {AGAIN}")

    def _check_records(self) -> None:
        (told,) = self.shelves.connection.execute("PRAGMA integrity_check").fetchone()
        if told != "ok":
            raise BuildError(str(self.path / RECORDS), f"is damaged ({told}); {AGAIN}")
        labelled, mint = labelled_by(self.store, Mint(self.iris)), Mint(self.iris)
        composer = Composer(self.views, self.iris, self.shelves, labelled)
        for unit in self._units():
            if composer.quads(unit) != standing(unit, self.store, mint):
                place = f"{self.path / RECORDS}: {unit.family} {unit.key}"
                raise BuildError(place, f"is not what the graph says; {AGAIN}")

    def _article_ids(self) -> Iterator[str]:
        keys = self.shelves.shelf("articles", Article).keys
        return keys()

    def _units(self) -> Iterator[Unit]:
        for article in self._article_ids():
            yield Unit("article", article)
            yield Unit("about", article)
        for entity in self.identity_view.entities():
            yield Unit("entity", entity.concept or entity.id)
        for event in self.events():
            yield Unit("event", event.id)
        for disagreement in self.disagreements():
            yield Unit("disagreement", disagreement.id)


class _Texts(Mapping[str, Article]):
    """The articles of a build, as a mapping."""

    def __init__(self, shelf: Shelf[Article]) -> None:
        self._shelf = shelf

    def __getitem__(self, key: str) -> Article:
        found = self._shelf.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return self._shelf.keys()

    def __len__(self) -> int:
        return len(self._shelf)


def views_on(shelves: Shelves, identity: WholeIdentity, events: WholeEvents) -> Views:
    """Give the views that the graph is written from, as they stand on shelves."""
    return Views(
        shelves.shelf("articles", Article),
        shelves.shelf("claims", ArticleClaims),
        shelves.shelf("readings", Reading),
        shelves.shelf("retractions", Retraction),
        identity,
        events,
    )


def manifest_on(shelves: Shelves) -> Manifest | None:
    """Give the manifest that belongs to the records as they stand."""
    return shelves.shelf("build", Manifest).get("manifest")


def opened(path: Path, stages: Stages) -> Build:
    """Open the build in the folder `path`, read only, as it is now."""
    target = path.resolve()
    for _ in range(_REPLACED_AT_MOST):
        put_back(target)
        before = _seen(target)
        try:
            return _opened(path, target, stages)
        except BuildError:
            if _seen(target) == before:
                raise
    raise BuildError(str(path), "is replaced again and again; wait until its writer is done")


def _opened(path: Path, target: Path, stages: Stages) -> Build:
    read_manifest(path)  # says what is wrong where the folder is no build of this format
    if not (target / RECORDS).is_file():
        raise BuildError(str(path / RECORDS), f"is missing from the build; {AGAIN}")
    shelves = Shelves(target / RECORDS, read_only=True)
    try:
        shelves.connection.execute("BEGIN")  # later changes are not seen
        manifest = manifest_on(shelves)
    except sqlite3.DatabaseError as error:
        raise BuildError(str(path / RECORDS), f"cannot be read ({error}); {AGAIN}") from error
    if manifest is None:
        raise BuildError(str(path / RECORDS), f"holds no whole build; {AGAIN}")
    try:
        hold = Hold(target / manifest.store)
        store = Store.read_only(str(target / manifest.store))
    except (OSError, RuntimeError, ValueError) as error:
        place = str(path / manifest.store)
        raise BuildError(place, f"cannot be opened ({error}); {AGAIN}") from error
    folder = target / manifest.store
    return Build(path, manifest, Dataset(store, hold, folder), shelves, *stages(shelves))


def _seen(target: Path) -> Mapping[str, tuple[int, int]]:
    """Tell one state of a folder from another, also of one that took its name."""
    found: dict[str, tuple[int, int]] = {}
    for path in (target, target / NAME, target / RECORDS, target / f"{RECORDS}-wal"):
        try:
            told = path.stat()
        except FileNotFoundError:
            continue
        found[path.name] = (told.st_ino, told.st_mtime_ns)
    return found


def _place(mention: Mention) -> tuple[int, str]:
    return (-1 if mention.start is None else mention.start, mention.id)


def _sides(judgement: Judgement) -> tuple[str, str, str]:
    return (judgement.left, judgement.right, judgement.id)
