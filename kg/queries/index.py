"""An index of the words of a build: names, labels, titles and quotations, in its records database.

Records in, rows of a full-text table out, and hits for what a user types. It is written with the
build, unit by unit as records change, so that it comes and goes with them; nothing in it is not in
the records. Names are found in other spellings by how they sound, which the caller tells.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from kg.articles.model import Article
from kg.claims.model import ArticleClaims
from kg.entities.model import Entity
from kg.errors import BuildError
from kg.events.model import Event
from kg.graph.model import Views
from kg.iris import Iris, literal_segment
from kg.states import state_called, states
from kg.terms import CONCEPTS

Sounds = Callable[[str], Collection[str]]
"""Gives what two spellings of a name have in common."""

FIELDS: Final = ("code", "label", "name", "title", "quote")
"""Where a text may stand, the most telling first."""

_WORD: Final = re.compile(r"\w+")
_PLAIN: Final = re.compile(r"[^a-z0-9]")
_CLOSE: Final = 72  # of 100, likeness of two spellings that sound alike
_LOOKED_AT: Final = 400  # rows that are ranked
_NEW: Final = (
    """CREATE TABLE IF NOT EXISTS search_rows
    (id INTEGER PRIMARY KEY, unit TEXT, iri TEXT, kind TEXT, field TEXT, label TEXT, place TEXT)""",
    "CREATE INDEX IF NOT EXISTS search_units ON search_rows (unit)",
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_words
    USING fts5(text, sounds, tokenize='unicode61 remove_diacritics 2', prefix='2 3')""",
)
_WHOLE: Final = "SELECT * FROM {}"
_EMPTY: Final = "DELETE FROM {}"
_FILL: Final = "INSERT INTO {} VALUES ({})"
_FOUND: Final = (
    "SELECT r.iri, r.kind, r.field, r.label, r.place, w.text, bm25(search_words, 1.0, 0.2)"
    " FROM search_words AS w JOIN search_rows AS r ON r.id = w.rowid"
    " WHERE search_words MATCH ? AND (? = '' OR r.kind = ?) ORDER BY 7, r.iri, w.text LIMIT ?"
)


_NAMED: Final = (
    "SELECT r.iri, r.kind, r.field, r.label, r.place, w.text"
    " FROM search_words AS w JOIN search_rows AS r ON r.id = w.rowid"
    " WHERE search_words MATCH ? AND (? = '' OR r.kind = ?) AND r.field IN ('label', 'name')"
    " ORDER BY r.iri, w.text LIMIT ?"
)
_ENDING: Final = re.compile(
    r"(?<=[a-z]{4})(?:ations?|ings?|(?:n?[cs])?es?|ed|ers?|s)$"
)  # "licence", "licensing", "controls"
_BEGUN: Final = 3  # letters that a name which is spelt nearly so begins with
_NEAR: Final = 80  # of 100, likeness of each word to one of the name
_READ: Final = 2000  # names that are compared


@dataclass(frozen=True, slots=True)
class Row:
    """One text of a unit, and what it belongs to."""

    iri: str
    kind: str  # person, state, meeting, claim, article …
    field: str
    label: str
    text: str
    place: str = ""  # article:line:column of a quotation


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found: where the words stand, and how well they fit."""

    row: Row
    rank: tuple[int, float]


class SearchIndex:
    """The index of one build."""

    def __init__(self, connection: sqlite3.Connection, iris: Iris, sounds: Sounds) -> None:
        self._connection, self._iris, self._sounds = connection, iris, sounds

    @property
    def exists(self) -> bool:
        """Whether the build has one."""
        found = self._connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE name = 'search_words'"
        )
        return bool(found.fetchone()[0])

    def update(
        self,
        views: Views,
        articles: Iterable[str],
        entities: Iterable[str],
        events: Iterable[str],
        reference: Iterable[Row] = (),
    ) -> None:
        """Write the units of these keys anew; `reference` is what a fresh build begins with."""
        for statement in _NEW:
            self._connection.execute(statement)
        rows = tuple(reference)
        if rows:
            self._put("reference", rows)
        for unit in _units(articles, entities, events):
            self._put(unit, self.rows(unit, views))

    def rows(self, unit: str, views: Views) -> tuple[Row, ...]:
        """Give what a unit has to say, none if it is gone."""
        family, _, key = unit.partition(":")
        match family:
            case "article":
                article = views.articles.get(key)
                claims = views.claims.get(key)
                return tuple(_article_rows(article, claims, self._iris)) if article else ()
            case "entity":
                entity = views.identity.entity(key)
                return tuple(_entity_rows(entity, self._iris)) if entity else ()
            case _:
                event = views.events.event(key)
                return tuple(_event_rows(event, self._iris)) if event else ()

    def check(
        self, views: Views, articles: Iterable[str], place: str, reference: Iterable[Row]
    ) -> None:
        """Compare the index with the records; any difference is an error."""
        self._check_words(place)
        entities = (each.id for each in views.identity.entities())
        events = (each.id for each in views.events.events())
        units = {"reference", *_units(articles, entities, events)}
        kept = self._connection.execute("SELECT DISTINCT unit FROM search_rows")
        for unit in sorted(units | {unit for (unit,) in kept}):
            rows = reference if unit == "reference" else self.rows(unit, views)
            if sorted(self._kept(unit), key=str) != sorted(rows, key=str):
                raise BuildError(f"{place}: {unit}", "index of words is not what the records say")

    def _check_words(self, place: str) -> None:
        """Have the engine compare words with texts: in a copy, since it does so by writing."""
        with closing(sqlite3.connect(":memory:")) as copy:
            copy.execute(_NEW[-1])
            for part in ("data", "idx", "content", "docsize", "config"):
                table = f"search_words_{part}"
                rows = self._connection.execute(_WHOLE.format(table)).fetchall()
                copy.execute(_EMPTY.format(table))
                marks = ", ".join("?" * len(rows[0])) if rows else ""
                copy.executemany(_FILL.format(table, marks), rows)
            try:
                copy.execute("INSERT INTO search_words(search_words) VALUES('integrity-check')")
            except sqlite3.DatabaseError as error:
                raise BuildError(place, f"index of words is damaged ({error})") from error

    def search(self, text: str, kind: str = "", limit: int = 20) -> tuple[Hit, ...]:
        """Find what bears all words of a text, or a name that sounds like it; the best first.

        A state is found by what it calls itself. Where nothing is found so, words that begin alike
        are taken ("licence", "licensing"), and then names that are spelt nearly so.
        """
        best: dict[str, Hit] = {}
        code = state_called(text)
        found = list(self._hits(states()[code].name if code else text, kind))
        found = found or list(self._of_stems(text, kind)) or list(self._nearly(text, kind))
        for hit in found:
            if hit.row.iri not in best or hit.rank < best[hit.row.iri].rank:
                best[hit.row.iri] = hit
        order = sorted(best.values(), key=lambda each: (each.rank, each.row.label, each.row.iri))
        return tuple(order[:limit])

    def called(self, name: str) -> Iterator[str]:
        """Yield what goes by just this name, whatever its case."""
        words = _WORD.findall(name)
        if not words:
            return
        phrase = f'text : "{" ".join(words)}"'
        found = self._connection.execute(
            "SELECT r.iri, r.field, w.text FROM search_words AS w JOIN search_rows AS r"
            " ON r.id = w.rowid WHERE search_words MATCH ? ORDER BY r.iri",
            (phrase,),
        )
        for iri, field, text in found:
            if field not in {"title", "quote"} and text.lower() == name.lower():
                yield iri

    def _hits(self, text: str, kind: str) -> Iterator[Hit]:
        words = _WORD.findall(text)
        if not words:
            return
        *whole, last = (f'"{word}"' for word in words)
        for row, score in self._rows(f"text : ({' AND '.join([*whole, last + '*'])})", kind):
            same = row.text.lower() == text.lower()
            yield Hit(row, (0 if same else 1 + FIELDS.index(row.field), score))
        marks = sorted(self._marks(text))
        if marks:
            asked = " OR ".join(f'"{mark}"' for mark in marks)
            for row, _ in self._rows(f"sounds : ({asked})", kind):
                alike = fuzz.token_sort_ratio(_plain(text), _plain(row.text))
                if alike >= _CLOSE:
                    yield Hit(row, (1 + len(FIELDS), -alike))

    def _of_stems(self, text: str, kind: str) -> Iterator[Hit]:
        stems = [_ENDING.sub("", word.lower()) for word in _WORD.findall(text)]
        if not stems or stems == [word.lower() for word in _WORD.findall(text)]:
            return
        asked = " AND ".join(f'"{stem}"*' for stem in stems)
        for row, score in self._rows(f"text : ({asked})", kind):
            yield Hit(row, (2 + len(FIELDS), score))

    def _nearly(self, text: str, kind: str) -> Iterator[Hit]:
        words = [word for word in _WORD.findall(text) if len(word) > _BEGUN and word.isalpha()]
        if not words:
            return
        asked = " OR ".join(f'"{word[:_BEGUN]}"*' for word in words)
        found = self._connection.execute(_NAMED, (f"text : ({asked})", kind, kind, _READ))
        for iri, of_kind, field, label, place, name in found:
            own = _plain(name).split()
            alike = min(max((fuzz.ratio(_plain(w), o) for o in own), default=0) for w in words)
            if alike >= _NEAR:
                row = Row(iri, of_kind, field, label, name, place)
                yield Hit(row, (3 + len(FIELDS), -fuzz.ratio(_plain(text), _plain(name))))

    def _rows(self, question: str, kind: str) -> Iterator[tuple[Row, float]]:
        found = self._connection.execute(_FOUND, (question, kind, kind, _LOOKED_AT))
        for iri, of_kind, field, label, place, text, score in found:
            yield Row(iri, of_kind, field, label, text, place), score

    def _kept(self, unit: str) -> Iterator[Row]:
        found = self._connection.execute(
            "SELECT r.iri, r.kind, r.field, r.label, w.text, r.place FROM search_rows AS r"
            " JOIN search_words AS w ON w.rowid = r.id WHERE r.unit = ?",
            (unit,),
        )
        return (Row(*values) for values in found)

    def _put(self, unit: str, rows: Iterable[Row]) -> None:
        run = self._connection.execute
        old = [found for (found,) in run("SELECT id FROM search_rows WHERE unit = ?", (unit,))]
        for number in old:
            run("DELETE FROM search_words WHERE rowid = ?", (number,))
            run("DELETE FROM search_rows WHERE id = ?", (number,))
        for row in rows:
            number = run(
                "INSERT INTO search_rows (unit, iri, kind, field, label, place)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (unit, row.iri, row.kind, row.field, row.label, row.place),
            ).lastrowid
            marks = " ".join(sorted(self._marks(row.text))) if row.kind == "person" else ""
            run(
                "INSERT INTO search_words (rowid, text, sounds) VALUES (?, ?, ?)",
                (number, row.text, marks),
            )

    def _marks(self, name: str) -> frozenset[str]:
        return frozenset(mark for mark in self._sounds(name) if mark.isalnum())


def _units(
    articles: Iterable[str], entities: Iterable[str], events: Iterable[str]
) -> Iterator[str]:
    for family, keys in (("article", articles), ("entity", entities), ("event", events)):
        yield from (f"{family}:{key}" for key in sorted(set(keys)))


def _article_rows(article: Article, claims: ArticleClaims | None, iris: Iris) -> Iterator[Row]:
    node = iris.of("article", literal_segment(article.id))
    title = article.get("title") or article.id
    yield Row(node, "article", "code", title, article.id)
    if title != article.id:
        yield Row(node, "article", "title", title, title)
    for claim in claims.claims if claims else ():
        line, column = article.position(claim.start)
        place = f"{article.id}:{line}:{column}"
        yield Row(iris.of("claim", claim.id), "claim", "quote", claim.kind, claim.quote, place)


def _entity_rows(entity: Entity, iris: Iris) -> Iterator[Row]:
    node = _node(entity.concept or entity.id, iris)
    for text in sorted({entity.label, *(form.form for form in entity.forms)}):
        field = "label" if text == entity.label else "name"
        yield Row(node, entity.type, field, entity.label, text)
    for code in sorted({*(entity.codes or {}).values()}):
        yield Row(node, entity.type, "code", entity.label, code)


def _event_rows(event: Event, iris: Iris) -> Iterator[Row]:
    yield Row(_node(event.id, iris), event.kind, "label", event.label, event.label)


def _node(key: str, iris: Iris) -> str:
    return key if key.startswith(CONCEPTS) else iris.of(*key.split("/"))


def _plain(name: str) -> str:
    return " ".join(_PLAIN.sub("", word) or word for word in name.casefold().split())
