"""Entities for FollowTheMoney, judged by its own library.

The library builds PyICU, for which a machine needs the headers of ICU; without them these tests
are skipped.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from pyoxigraph import QuerySolutions

from kg.graph.model import Dataset
from kg.site.exports import export
from kg.terms import PREFIXES

model = pytest.importorskip("followthemoney").model


def counted(dataset: Dataset, sparql: str) -> int:
    found = dataset.query(sparql, prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)
    return int(next(found)["count"].value)


@pytest.fixture(scope="module")
def entities(corpus: Dataset) -> list[dict[str, Any]]:
    return [json.loads(line) for line in export(corpus, "ftm").splitlines()]


def test_followthemoney_takes_every_entity_as_it_is(entities: list[dict[str, Any]]) -> None:
    """Its library drops values that it does not understand: none of ours is dropped or changed."""
    for entity in entities:
        proxy = model.get_proxy(entity, cleaned=False)
        assert all(proxy.has(name) for name in proxy.schema.required), entity
        for name, values in entity["properties"].items():
            assert set(proxy.get(name)) == set(values), (entity["schema"], name)


def test_references_of_followthemoney_lead_to_what_the_model_allows(
    entities: list[dict[str, Any]],
) -> None:
    schemas = {entity["id"]: model.get(entity["schema"]) for entity in entities}
    assert len(schemas) == len(entities)
    references = 0
    for entity in entities:
        proxy = model.get_proxy(entity, cleaned=False)
        for prop in proxy.iterprops():
            if prop.type.name == "entity" and prop.range is not None:
                for value in proxy.get(prop):
                    found = schemas[value]
                    assert found is not None
                    assert found.is_a(prop.range), (entity["id"], prop.name)
                    references += 1
    assert references > 100


def test_every_event_of_followthemoney_has_its_articles_as_proof(
    entities: list[dict[str, Any]], corpus: Dataset
) -> None:
    events = [entity for entity in entities if entity["schema"] in {"Event", "Occupancy"}]
    assert all(entity["properties"]["proof"] for entity in events)
    persons = sum(entity["schema"] == "Person" for entity in entities)
    assert persons == counted(corpus, "SELECT (COUNT(DISTINCT ?x) AS ?count) { ?x a cmq:Person }")
