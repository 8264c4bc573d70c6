"""The routes of a server as OpenAPI 3.1: what may be asked, how, and what comes back.

Questions and documents in, the description out: a question is a path whose parameters are those of
its header, so that a client that is made from it cannot ask what there is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from kg import __version__
from kg.queries.model import Parameter, Question
from kg.site.forms import CSV, FORMS, GRAPHS, HTML, JSON
from kg.site.machines.feeds import FILTERS
from kg.site.machines.naming import DESCRIPTION, home
from kg.site.model import Document, Holding

PATH: Final = "openapi.json"
_TYPES: Final[dict[str, dict[str, Any]]] = {
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "date": {"type": "string", "pattern": r"^\d{4}(-\d{2}){0,2}$"},
    "iri": {"type": "string"},
}
_RESULTS: Final = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
    *(form.media_type for form in GRAPHS),
)
_FEEDS: Final = ("feeds/",)


def openapi(holding: Holding, documents: Iterable[Document]) -> dict[str, Any]:
    """Describe a server."""
    fixed = {f"/{each.path}": _document(each) for each in documents}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": holding.settings.title,
            "summary": "Pages, data, questions and a SPARQL endpoint over one knowledge graph",
            "description": DESCRIPTION,
            "version": __version__,
            **_licence(holding),
        },
        "servers": [{"url": home(holding).rstrip("/")}],
        "paths": {
            **_resources(),
            **{f"/question/{each.name}": _question(each) for each in holding.questions},
            **_asking(),
            **fixed,
            f"/{PATH}": _get("This description", {"application/json": {}}),
        },
        "components": {"responses": _problems()},
    }


def _licence(holding: Holding) -> dict[str, Any]:
    address = holding.settings.licence
    return {"license": {"name": "Licence of the data", "url": address}} if address else {}


def _resources() -> dict[str, Any]:
    """Describe the addresses of resources and of documents about them."""
    found: dict[str, Any] = {}
    for pattern, names, words in (
        ("/id/{family}/{name}", ("family", "name"), "A resource: a person, meeting, claim …"),
        ("/concept/{scheme}/{name}", ("scheme", "name"), "A concept"),
        ("/concept/{scheme}", ("scheme",), "A concept scheme"),
        ("/def/{term}", ("term",), "A class or property of the ontology"),
        ("/shapes/{shape}", ("shape",), "A shape, or a file of shapes"),
        ("/ontology/{module}", ("module",), "A module of the ontology"),
        ("/list/{name}", ("name",), "A list; facets stand after the question mark"),
    ):
        path = [_path_parameter(each) for each in names]
        answers = {
            "200": {"description": words, "content": {form.media_type: {} for form in FORMS}},
            "303": {"description": "See the document about it, in the form that is liked best"},
            "301": {"description": "Something else took its place"},
            "404": {"$ref": "#/components/responses/missing"},
            "406": {"$ref": "#/components/responses/unacceptable"},
            "410": {"description": "It was taken out; why is told"},
        }
        found[pattern] = {
            "get": {"summary": words, "parameters": [*path, _format()], "responses": answers}
        }
    return found


def _question(question: Question) -> dict[str, Any]:
    parameters = [_parameter(each) for each in question.parameters]
    return {
        "get": {
            "operationId": question.name,
            "summary": question.summary,
            "description": question.description,
            "tags": [question.folder or "question"],
            "parameters": [*parameters, _format()],
            "responses": {
                "200": {
                    "description": "The rows of the answer",
                    "content": {form.media_type: {} for form in (HTML, JSON, CSV)},
                },
                "400": {"$ref": "#/components/responses/refused"},
                "503": {"$ref": "#/components/responses/limited"},
            },
        }
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = dict(_TYPES.get(parameter.type, {"type": "string"}))
    if parameter.default is not None:
        schema["default"] = _typed(parameter.default, schema["type"])
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description,
        "required": False,  # a page without them shows the form
        "schema": schema,
    }


def _typed(value: str, kind: str) -> str | int | float:
    return int(value) if kind == "integer" else float(value) if kind == "number" else value


def _asking() -> dict[str, Any]:
    """Describe the SPARQL endpoint and the reading half of the Graph Store Protocol."""
    query = {"type": "string", "description": "A SPARQL 1.1 query; updates are refused"}
    graphs = [
        {"name": name, "in": "query", "required": False, "schema": _strings()}
        for name in ("default-graph-uri", "named-graph-uri")
    ]
    answers = {
        "200": {"description": "The answer", "content": {each: {} for each in _RESULTS}},
        "303": {"description": "A browser that asks nothing is led to the editor"},
        "400": {"$ref": "#/components/responses/refused"},
        "406": {"$ref": "#/components/responses/unacceptable"},
        "503": {"$ref": "#/components/responses/limited"},
    }
    asked = {"name": "query", "in": "query", "required": False, "schema": query}
    form = {"type": "object", "properties": {"query": query}, "required": ["query"]}
    body = {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {"schema": form},
            "application/sparql-query": {"schema": query},
        },
    }
    graph = [
        {"name": "default", "in": "query", "required": False, "schema": {"type": "string"}},
        {"name": "graph", "in": "query", "required": False, "schema": {"type": "string"}},
    ]
    written: dict[str, Any] = {form.media_type: {} for form in GRAPHS}
    return {
        "/sparql": {
            "get": {
                "summary": "Ask by SPARQL; without a query, the service description",
                "parameters": [asked, *graphs],
                "responses": answers,
            },
            "post": {
                "summary": "Ask by SPARQL",
                "parameters": graphs,
                "requestBody": body,
                "responses": answers,
            },
        },
        "/graphs": {
            "get": {
                "summary": "Read one graph, or all merged, by the Graph Store Protocol",
                "parameters": graph,
                "responses": {
                    "200": {"description": "The graph", "content": written},
                    "400": {"$ref": "#/components/responses/refused"},
                    "404": {"$ref": "#/components/responses/missing"},
                },
            }
        },
    }


def _document(document: Document) -> dict[str, Any]:
    kind = document.media_type.partition(";")[0]
    found = _get(document.path, {kind: {}})
    if document.path.startswith(_FEEDS):
        found["get"]["parameters"] = [
            {"name": name, "in": "query", "required": False, "schema": {"type": "string"}}
            for name in FILTERS
        ]
    return found


def _get(words: str, content: dict[str, Any]) -> dict[str, Any]:
    answers = {"200": {"description": words, "content": content}}
    return {"get": {"summary": words, "responses": answers}}


def _path_parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _format() -> dict[str, Any]:
    schema = {"type": "string", "enum": [form.extension for form in FORMS]}
    words = "The form, if the Accept header is not to say it; an extension does the same"
    return {
        "name": "format",
        "in": "query",
        "required": False,
        "description": words,
        "schema": schema,
    }


def _strings() -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string"}}


def _problems() -> dict[str, Any]:
    return {
        "missing": {"description": "Nothing is at this address"},
        "refused": {"description": "It cannot be asked like this; what is wrong is told"},
        "unacceptable": {"description": "Not to be had in this form; those that there are follow"},
        "limited": {"description": "It takes too much time or memory, or too many ask"},
    }
