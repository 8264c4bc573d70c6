"""Engines agree on shapes of every kind, whichever of them the fast one is asked about."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import RdfFormat, parse

from kg.graph.model import Dataset
from kg.shapes.judging import judged

PREFIXES: Final = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix x: <http://x.example/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
DATA: Final = """
x:a a x:C ; x:p 1, 2, "a", "a"@en, "a"@de, x:b, "1"^^xsd:decimal ;
    x:q x:b , 3 , "b" ; x:r x:a ; x:s x:u, x:v .
x:b a x:D ; x:p 5 , "é😀" ; x:q x:c . x:c a x:E ; x:q x:a ; x:p "zz" . x:D rdfs:subClassOf x:C .
x:E rdfs:subClassOf x:D . x:u a x:C , x:F.
x:v a x:F ; x:p 1 , "2030-01-01"^^xsd:date . x:w x:q [ a x:C ; x:p 7 ] .
"""
SHAPES: Final = [
    ('sh:targetClass x:C ; sh:property [ sh:path x:s ; sh:class x:C , x:F ; sh:message "m" ]'),
    ('sh:targetNode x:nobody , x:a , 3 ; sh:nodeKind sh:IRI ; sh:message "m"'),
    ('sh:targetNode x:nobody ; sh:property [ sh:path x:p ; sh:minCount 1 ; sh:message "m" ]'),
    (
        'sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:hasValue 1 , 2 , "zz" ; '
        'sh:message "m" ]'
    ),
    (
        'sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:hasValue "1"^^xsd:decimal , '
        '1.0 ; sh:message "m" ]'
    ),
    (
        "sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:equals x:q , x:s ; sh:disjoint "
        'x:q ; sh:message "m" ]'
    ),
    (
        "sh:targetClass x:C ; sh:not [ sh:property [ sh:path x:p ; sh:hasValue 1 ] ] , [ "
        'sh:class x:D ] ; sh:message "m"'
    ),
    (
        "sh:targetClass x:C ; sh:or ( [ sh:class x:D ] [ sh:class x:F ] ) , ( [ sh:class "
        'x:E ] [ sh:class x:C ] ) ; sh:message "m"'
    ),
    (
        "sh:targetClass x:C ; sh:xone ( [ sh:class x:D ] [ sh:class x:C ] [ sh:class x:E ] "
        ') ; sh:and ( [ sh:class x:D ] [ sh:class x:F ] ) ; sh:message "m"'
    ),
    ("sh:targetClass x:C ; sh:deactivated true ; sh:class x:F"),
    (
        "sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:deactivated true ; sh:maxCount "
        '0 ] , [ sh:path x:q ; sh:maxCount 0 ; sh:severity sh:Info ; sh:message "m","n" ]'
    ),
    (
        'sh:targetClass x:C ; sh:severity sh:Warning ; sh:message "o" ; sh:property [ '
        'sh:path x:p ; sh:maxCount 0 ; sh:message "m"  ]'
    ),
    (
        "sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:minLength 2 ; sh:maxLength 2 ; "
        'sh:message "m"  ]'
    ),
    (
        "sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:uniqueLang true ; "
        'sh:languageIn ("en" "d") ; sh:message "m"  ]'
    ),
    ('sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:pattern "^[a-z]$" ; sh:message "m"  ]'),
    ('sh:targetClass x:C ; sh:property [ sh:path x:q ; sh:pattern "b" ; sh:message "m"  ]'),
    (
        'sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:in ( 1 "a" "a"@en 1.0 ) ; '
        'sh:message "m"  ]'
    ),
    (
        "sh:targetClass x:C ; sh:property [ sh:path ( x:q [ sh:zeroOrMorePath x:q ] x:p ) ; "
        'sh:datatype xsd:integer ; sh:message "m"  ]'
    ),
    (
        "sh:targetClass x:C ; sh:property [ sh:path [ sh:zeroOrMorePath [ "
        "sh:alternativePath ( x:q [ sh:inversePath x:q ] ) ] ] ; sh:nodeKind sh:IRI ; "
        'sh:message "m"  ]'
    ),
    (
        "sh:targetClass x:C ; sh:property [ sh:path [ sh:oneOrMorePath x:q ] ; sh:class x:E "
        '; sh:message "m"  ]'
    ),
    (
        "sh:targetClass x:C ; sh:property [ sh:path [ sh:zeroOrOnePath x:q ] ; sh:maxCount "
        '1 ; sh:message "m"  ]'
    ),
    ('sh:targetSubjectsOf x:q ; sh:targetObjectsOf x:q ; sh:class x:C ; sh:message "m"'),
    ('sh:targetObjectsOf x:p ; sh:datatype xsd:integer ; sh:message "m"'),
    (
        "sh:targetClass x:C ; sh:closed true ; sh:ignoredProperties ( x:p ) ; sh:property [ "
        'sh:path x:q ] , [ sh:path [ sh:inversePath x:s ] ] ; sh:message "m"'
    ),
    (
        "sh:targetClass x:C ; sh:property [ sh:path x:q ; sh:node [ sh:property [ sh:path "
        'x:p ; sh:maxCount 1 ; sh:datatype xsd:string ] ] ; sh:message "m" ]'
    ),
    (
        "sh:targetClass x:C ; sh:property [ sh:path x:q ; sh:property [ sh:path x:p ; "
        'sh:maxCount 1 ; sh:datatype xsd:string ; sh:message "in" ] ; sh:message "m" ]'
    ),
    (
        "sh:targetClass x:C ; sh:property [ sh:path x:q ; sh:qualifiedValueShape [ sh:class "
        'x:C ] ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 0 ; sh:message "m" ]'
    ),
    (
        'a rdfs:Class ; sh:property [ sh:path x:p ; sh:minCount 9 ; sh:message "m" ] . x:Z '
        "rdfs:subClassOf x:C . x:C a rdfs:Class , sh:NodeShape ; sh:property [ sh:path x:p "
        '; sh:minCount 8 ; sh:message "k" ]'
    ),
    (
        'sh:targetClass x:G ; sh:property [ sh:path x:p ; sh:minCount 9 ; sh:message "m" ] '
        ". x:C rdfs:subClassOf x:G"
    ),
    (
        "sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:minExclusive 1 ; "
        'sh:maxInclusive 4.5 ; sh:message "m" ]'
    ),
    (
        "sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:or ( [ sh:minInclusive 2 ] [ "
        'sh:datatype xsd:string ] ) ; sh:message "m" ]'
    ),
    ('sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:lessThan x:q ; sh:message "m" ]'),
    (
        "sh:targetClass x:C ; sh:property [ sh:path x:q ; sh:not [ sh:node [ sh:property [ "
        'sh:path x:p ; sh:minInclusive 2 ] ] ] ; sh:message "m" ]'
    ),
    (
        "sh:targetClass x:C . x:S2 a sh:PropertyShape ; sh:targetClass x:C ; sh:path x:p ; "
        'sh:maxCount 0 ; sh:message "m"'
    ),
    (
        "sh:targetClass x:C ; sh:hasValue x:a ; sh:in ( x:a x:b ) ; sh:equals x:r ; "
        'sh:disjoint x:r ; sh:message "m"'
    ),
    (
        "sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:node [ sh:maxLength 1 ] ; "
        'sh:message "m" ]'
    ),
    (
        "sh:targetClass x:F ; sh:property [ sh:path x:p ; sh:not [ sh:equals x:p ] ; "
        'sh:message "m" ]'
    ),
    ('sh:targetSubjectsOf x:q ; sh:minLength 0 ; sh:message "m"'),
    (
        "sh:targetClass x:F ; sh:property [ sh:path x:p ; sh:qualifiedValueShape [ "
        'sh:minLength 1 ] ; sh:qualifiedMinCount 1 ; sh:message "m" ]'
    ),
    (
        "sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:property [ sh:path [ "
        'sh:zeroOrOnePath x:r ] ; sh:minInclusive 2 ; sh:message "m" ] ]'
    ),
    (
        "sh:targetClass x:C ; sh:property [ sh:path ( x:r x:r ) ; sh:closed true ; "
        'sh:ignoredProperties ( x:p ) ; sh:message "m" ]'
    ),
]


@pytest.mark.parametrize("shape", SHAPES)
def test_engines_agree_on_a_shape(shape: str, tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(f"{PREFIXES} x:S a sh:NodeShape ; {shape} .")
    data = Dataset.of(parse(PREFIXES + DATA, format=RdfFormat.TURTLE))
    assert {*judged(data, path).results} == {*judged(data, path, "pyshacl").results}


def test_the_fast_engine_is_asked_about_many_of_them(tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    engines = []
    for shape in SHAPES:
        path.write_text(f"{PREFIXES} x:S a sh:NodeShape ; {shape} .")
        engines.append(judged(Dataset.of([]), path).engine.partition(" ")[0])
    assert engines.count("shacl-rust") > len(SHAPES) / 2
    assert engines.count("pyshacl") > 5
