"""The bundled questions as `sh:SPARQLExecutable`: the same queries that stand in `queries/`.

Questions in, statements out. Editors and assistants that know the form of the SIB examples find the
question, its words and its query here.
"""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.queries.model import Question
from kg.site.machines.naming import Description, endpoint, home
from kg.site.model import Holding
from kg.terms import PREFIXES

_FORMS: Final = {
    "select": "sh:SPARQLSelectExecutable",
    "ask": "sh:SPARQLAskExecutable",
    "construct": "sh:SPARQLConstructExecutable",
}
_PREFIXES: Final = "queries#prefixes"


def questions(holding: Holding) -> Description:
    """Describe the questions of a site."""
    told, root = Description(), home(holding)
    told.kind(root + _PREFIXES, "owl:Ontology")
    for name, space in sorted(PREFIXES.items()):
        declaration = f"{root}queries#prefix-{name}"
        told.link(root + _PREFIXES, "sh:declare", declaration)
        told.kind(declaration, "sh:PrefixDeclaration")
        told.say(declaration, "sh:prefix", name)
        any_uri = NamedNode(f"{PREFIXES['xsd']}anyURI")
        told.say(declaration, "sh:namespace", Literal(space, datatype=any_uri))
    for each in holding.questions:
        _question(told, holding, each)
    return told


def _question(told: Description, holding: Holding, question: Question) -> None:
    root = home(holding)
    this = f"{root}queries#{question.name}"
    form = form_of(question.text)
    told.kind(this, "sh:SPARQLExecutable", _FORMS[form])
    told.say(this, "rdfs:label", question.name)
    told.say(this, "rdfs:comment", Literal(question.summary, language="en"))
    told.say(this, "dcterms:description", question.description.strip())
    told.say(this, f"sh:{form}", question.text)
    told.link(this, "sh:prefixes", root + _PREFIXES)
    told.say(this, "schema:keywords", *sorted(question.tags))
    told.link(this, "foaf:page", f"{root}question/{question.name}.html")
    told.say(this, "schema:target", *([NamedNode(endpoint(holding))] if endpoint(holding) else []))
    for each in question.parameters:
        parameter = f"{this}-{each.name}"
        told.link(this, "sh:parameter", parameter)
        told.kind(parameter, "sh:Parameter")
        told.say(parameter, "sh:name", each.name)
        told.say(parameter, "sh:description", each.description)
        told.say(parameter, "sh:optional", _truth(not each.required or each.default is not None))
        told.say(parameter, "sh:defaultValue", each.default)
        told.say(parameter, "dcterms:type", each.type)


def form_of(text: str) -> str:
    r"""Tell what a query gives.

    >>> form_of("# SELECT\nPREFIX a: <b#> ASK {}")
    'ask'
    """
    for line in text.splitlines():
        words = line.partition("#")[0] if line.lstrip().startswith("#") else line
        for word in words.replace("{", " ").split():
            if word.lower() in _FORMS:
                return word.lower()
    return "construct"


def _truth(value: bool) -> Literal:
    return Literal(value)
