"""A small graph of one invented article with two faults, its shapes, and its text."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.articles.model import Article
from kg.graph.model import Dataset
from kg.shapes.model import Report
from kg.shapes.validate import validate

TEXT = "Ferry talks\n\nThe port of Lund agreed to berth two ferries, Mayor Ek said on Monday.\n"
SENTENCE = "The port of Lund agreed to berth two ferries, Mayor Ek said on Monday."

PREFIXES = """
@prefix b: <http://x.example/> .
@prefix cmq: <https://w3id.org/communique/def#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

DATA = (
    PREFIXES
    + """
b:article-1 {
  b:article-1 a cmq:Article ; dcterms:identifier "one" .
  b:claim a cmq:Claim ;
      cmq:attendee b:ek ;
      cmq:mention b:mention ;
      cmq:dating b:dating ;
      prov:wasDerivedFrom b:evidence ;
      prov:hadPrimarySource b:article-1 .
  b:mention a cmq:Mention ; cmq:role cmq:attendee ; cmq:refersTo b:ek ; cmq:form "Mayor Ek" ;
      cmq:start 59 ; cmq:end 67 ; prov:hadPrimarySource b:article-1 .
  b:dating a cmq:Dating ; cmq:rule "weekday" ; cmq:start 76 ; cmq:end 82 .
  b:evidence a oa:SpecificResource ; oa:hasSource b:article-1 ;
      oa:hasSelector b:position , b:quote ; cmq:digest "DIGEST" ; cmq:line 3 ; cmq:column 1 .
  b:position oa:start 13 ; oa:end 83 .
  b:quote oa:exact "SENTENCE" .
}
b:derived {
  b:meeting a cmq:Meeting .
  b:claim cmq:about b:meeting .
  b:ek a cmq:Ghost .
}
"""
)

SHAPES = (
    PREFIXES
    + """
b:ClaimShape a sh:NodeShape ; sh:targetClass cmq:Claim ;
    sh:property b:Claim-modality , b:Claim-attendee .
b:Claim-modality a sh:PropertyShape ; sh:path cmq:modality ; sh:minCount 1 ;
    sh:severity sh:Violation ; sh:message "Give a claim a cmq:modality."@en .
b:Claim-attendee a sh:PropertyShape ; sh:path cmq:attendee ; sh:class cmq:Person ;
    sh:severity sh:Warning ; sh:message "Let cmq:attendee lead to a cmq:Person."@en .
b:DatingShape a sh:NodeShape ; sh:targetClass cmq:Dating ; sh:property [
    sh:path cmq:anchor ; sh:minCount 1 ; sh:severity sh:Info ; sh:message "Give an anchor." ] .
b:MeetingShape a sh:NodeShape ; sh:targetClass cmq:Event ; sh:severity sh:Violation ;
    sh:prefixes b:shapes ; sh:sparql b:Meeting-supported .
b:Meeting-supported a sh:SPARQLConstraint ; sh:prefixes b:shapes ;
    sh:message "{$this} rests on {?value}."@en ;
    sh:select '''SELECT $this ?value
        WHERE { ?value cmq:about $this . FILTER NOT EXISTS { ?value cmq:modality ?any } }''' .
b:shapes sh:declare [ sh:prefix "cmq" ;
    sh:namespace "https://w3id.org/communique/def#"^^xsd:anyURI ] .
"""
)
ONTOLOGY = PREFIXES + "cmq:Meeting rdfs:subClassOf cmq:Event ."


def dataset_of(text: str) -> Dataset:
    return Dataset.of(parse(text, format=RdfFormat.TRIG))


@pytest.fixture
def data() -> str:
    digest = hashlib.sha256(SENTENCE.encode()).hexdigest()
    return DATA.replace("SENTENCE", SENTENCE).replace("DIGEST", digest)


@pytest.fixture
def dataset(data: str) -> Dataset:
    return dataset_of(data)


@pytest.fixture
def ontology() -> Dataset:
    return dataset_of(ONTOLOGY)


@pytest.fixture
def articles() -> dict[str, Article]:
    return {"one": Article("one", TEXT)}


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    path = tmp_path / "shapes.ttl"
    path.write_text(SHAPES)
    return path


@pytest.fixture
def report(
    dataset: Dataset, ontology: Dataset, shapes: Path, articles: dict[str, Article]
) -> Report:
    return validate(dataset, shapes, articles=articles, ontology=ontology)
