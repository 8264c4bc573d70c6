"""Feeds of new claims: readers understand them, filters narrow them, hostile text stays text."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import feedparser
import pytest
from jsonschema import validate
from lxml import etree  # type: ignore[import-untyped]  # ships no types
from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.model import Dataset
from kg.site.looking import Look
from kg.site.machines.feeds import Feeds
from kg.site.model import Holding, Settings

SCHEMA = {  # of JSON Feed 1.1, what it requires
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_text"],
                "properties": {
                    "id": {"type": "string"},
                    "date_published": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT.*Z$"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
    },
}


@pytest.fixture(scope="module")
def holding(bundled_holding: Holding) -> Holding:
    told = Settings(address="https://example.org/kg/", publisher="Tom & <Jerry>")
    return replace(bundled_holding, settings=told, kept={})


@pytest.fixture(scope="module")
def feeds(holding: Holding) -> Feeds:
    return Feeds(holding)


def test_readers_understand_the_atom_feed(feeds: Feeds) -> None:
    read: Any = feedparser.parse(feeds.atom({}))
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    assert read.feed.author == "Tom & <Jerry>"
    assert len(read.entries) > 50
    ids = [each.id for each in read.entries]
    assert len(ids) == len(set(ids))
    days = [each.updated for each in read.entries]
    assert days == sorted(days, reverse=True)
    assert all(each.link.startswith("https://example.org/kg/id/claim/") for each in read.entries)


def test_the_json_feed_has_the_form_of_version_1_1_and_the_same_entries(feeds: Feeds) -> None:
    told: dict[str, Any] = json.loads(feeds.json({}))
    validate(told, SCHEMA)
    read: Any = feedparser.parse(feeds.atom({}))
    assert [each["id"] for each in told["items"]] == [each.id for each in read.entries]


@pytest.mark.parametrize(
    ("asked", "property_of_all"),
    [
        ({"kind": "meeting"}, ("cmq:kind", "kind/meeting")),
        ({"state": "jp"}, (None, "state/JP")),
        ({"material": "gallium"}, (None, "material/gallium")),
        ({"person": "Ken Saito"}, (None, "person/")),
    ],
)
def test_filters_narrow_a_feed(
    feeds: Feeds, holding: Holding, asked: dict[str, str], property_of_all: tuple[str | None, str]
) -> None:
    whole, narrow = ({each.iri for each in feeds.entries(each)} for each in ({}, asked))
    assert narrow < whole
    look = Look.of(holding)
    name, value = property_of_all
    for claim in narrow:
        said = [str(quad.object) for quad in look.quads(claim, name)]
        assert any(value in each for each in said), claim
    if "person" not in asked:
        assert narrow


def test_filters_together_ask_for_all_of_them(feeds: Feeds) -> None:
    states = {each.iri for each in feeds.entries({"state": "JP"})}
    kinds = {each.iri for each in feeds.entries({"kind": "meeting"})}
    assert {
        each.iri for each in feeds.entries({"state": "JP", "kind": "meeting"})
    } == states & kinds
    either = {each.iri for each in feeds.entries({"state": "JP,KR"})}
    assert states < either


@pytest.mark.parametrize(
    "value", ["<x>", "https://w3id.org/communique/id/a b", '"', "\x00", "é" * 9]
)
def test_a_filter_that_means_nothing_finds_nothing(feeds: Feeds, value: str) -> None:
    assert feeds.entries({"state": value}) == []
    etree.fromstring(feeds.atom({"state": value}))


def test_without_quotes_a_feed_holds_no_text_of_articles(holding: Holding) -> None:
    quiet = replace(holding, settings=replace(holding.settings, quotes=False), kept={})
    told = Feeds(quiet).json({}).decode()
    quotes = [
        str(quad.object.value)
        for quad in holding.dataset.quads(None, NamedNode("http://www.w3.org/ns/oa#exact"))
        if isinstance(quad.object, Literal)
    ]
    assert len(quotes) > 30
    assert not [each for each in quotes if json.dumps(each, ensure_ascii=False)[1:-1] in told]


def test_hostile_labels_stay_text(holding: Holding) -> None:
    """A label with markup and a character that XML forbids."""
    look = Look.of(holding)
    entry = Feeds(holding).entries({})[0]
    event = look.text(entry.iri, "cmq:about")
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    quads = [
        q for q in holding.dataset.quads() if (q.subject, q.predicate) != (NamedNode(event), label)
    ]
    hostile = Literal("]]></title><script>&\x0b", language="en")
    dataset = Dataset.of([*quads, Quad(NamedNode(event), label, hostile)])
    feed = Feeds(replace(holding, dataset=dataset, kept={})).atom({})
    read: Any = feedparser.parse(feed)
    assert not read.bozo
    assert b"<script>" not in feed
    assert "]]></title>" in "".join(
        etree.fromstring(feed).itertext("{http://www.w3.org/2005/Atom}title")
    )


def test_a_site_of_files_has_feeds_by_kind_and_state(holding: Holding, feeds: Feeds) -> None:
    told = replace(holding.settings, files=True)
    still = Feeds(replace(holding, settings=told, kept={}))
    made = {each.path: each for each in still.documents()}
    assert len(made) == 2 * (1 + len(still.narrowed()))
    names = {"claims.atom", "claims-kind-meeting.json", "claims-state-JP.atom"}
    assert {f"feeds/{name}" for name in names} <= made.keys()
    for asked in still.narrowed():
        [(name, value)] = asked.items()
        feed = json.loads(made[f"feeds/claims-{name}-{value}.json"].make({}))
        assert feed["feed_url"] == f"https://example.org/kg/feeds/claims-{name}-{value}.json"
        there = json.loads(feeds.json(asked))
        assert feed["items"] == there["items"] != []
        assert feed["title"] == there["title"]
    assert len(feeds.documents()) == 2
