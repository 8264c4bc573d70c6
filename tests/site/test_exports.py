"""Every export says what the dataset says, to two readers that share no code."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn, get_args

import pytest
import rdflib
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyld import jsonld as pyld
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import GraphError
from kg.graph.model import Dataset
from kg.graph.store import Build
from kg.resources import data_file, folder
from kg.site.claimtable import COLUMNS
from kg.site.exports import EXPORT_FORMATS, export, stream
from kg.site.jsonld import CONTEXT_ADDRESS, context
from kg.site.statements import Quotes
from kg.terms import DATA, PREFIXES

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")  # about its parsers
RDFLIB = {
    "turtle": "turtle", "trig": "trig", "nquads": "nquads", "ntriples": "nt", "jsonld": "json-ld",
    "rdfxml": "xml",
}  # fmt: skip
OXIGRAPH = {
    "turtle": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS,
    "ntriples": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD, "rdfxml": RdfFormat.RDF_XML,
}  # fmt: skip
WITH_GRAPHS = {"trig", "nquads", "jsonld"}
HOSTILE = [
    "quote \" apostrophe ' backslash \\ \\u0041",
    "line\nfeed\ttab\r\nreturn",
    "]]> </rdf:RDF> <script>alert(1)</script> & &amp; <!--",
    "'''\"\"\"",
    "\u202eright to left\u200f\u2028\u2029\ufeff",
    "💥 斎藤 é e\u0301 \U0010fffd",
    "{{x}} ${y} %s @prefix",
    " leading and trailing ",
    "",
]
Statement = tuple[str, ...]


def node(local: str) -> NamedNode:
    return NamedNode(f"https://example.org/{local}")


@pytest.fixture(scope="module")
def hostile(dataset: Dataset) -> Dataset:
    """The representative dataset and every hostile literal in each of its graphs."""
    property_ = NamedNode(PREFIXES["cmq"] + "form")
    graphs = [NamedNode(name) for name in dataset.graphs()]
    odd = [
        Quad(node(f"é?a=1&b={number}#%27"), property_, Literal(text, language=language), graph)
        for graph in graphs
        for number, text in enumerate(HOSTILE)
        for language in (None, "en", "zh-hant")
    ]
    return Dataset.of([*dataset.quads(), *odd])


def test_every_format_is_covered() -> None:
    assert (
        {*RDFLIB, "sheet", "jsonl", "graphml", "gexf", "ftm"}
        == {*OXIGRAPH, "sheet", "jsonl", "graphml", "gexf", "ftm"}
        == set(EXPORT_FORMATS)
    )


@pytest.mark.parametrize("name", RDFLIB)
def test_an_export_reads_back_in_two_parsers(name: str, hostile: Dataset) -> None:
    expected = statements(hostile.quads(), graphs=name in WITH_GRAPHS)
    written = export(hostile, name)
    assert statements(parse(written, OXIGRAPH[name]), graphs=name in WITH_GRAPHS) == expected
    assert set(by_rdflib(written, RDFLIB[name], name in WITH_GRAPHS)) == expected


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\r")))
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("name", RDFLIB)
def test_any_text_comes_back_from_every_format(name: str, text: str) -> None:
    assume("\ufffe" not in text and "\uffff" not in text)
    quads = [Quad(node("s"), node("p"), Literal(text), node("g"))]
    written = export(Dataset.of(quads), name)
    expected = statements(quads, graphs=name in WITH_GRAPHS)
    assert statements(parse(written, OXIGRAPH[name]), graphs=name in WITH_GRAPHS) == expected
    assert set(by_rdflib(written, RDFLIB[name], name in WITH_GRAPHS)) == expected


def statements(quads: Iterable[Quad], *, graphs: bool) -> set[Statement]:
    return {
        (
            str(quad.subject)[1:-1],
            quad.predicate.value,
            *said(quad.object),
            *where(quad, graphs),
        )
        for quad in quads
    }


def said(value: object) -> Statement:
    if isinstance(value, Literal):
        return ("literal", value.value, (value.language or value.datatype.value).lower())
    assert isinstance(value, NamedNode)
    return ("iri", value.value, "")


def where(quad: Quad, graphs: bool) -> Statement:
    if not graphs or isinstance(quad.graph_name, DefaultGraph):
        return ("",)
    return (quad.graph_name.value,)


def by_rdflib(written: bytes, name: str, graphs: bool) -> Iterator[Statement]:
    found = rdflib.Dataset()
    found.parse(data=written.decode(), format=name)
    string = rdflib.XSD.string
    for subject, predicate, value, graph in found.quads():
        if isinstance(value, rdflib.Literal):
            kind = (
                "literal",
                str(value),
                (value.language or str(value.datatype or string)).lower(),
            )
        else:
            kind = ("iri", str(value), "")
        yield (str(subject), str(predicate), *kind, str(graph or "") if graphs else "")


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_same_dataset_gives_same_bytes_whatever_the_order(name: str, dataset: Dataset) -> None:
    quads = sorted(dataset.quads(), key=str, reverse=True)
    assert export(Dataset.of(quads), name) == export(dataset, name)


@pytest.mark.parametrize("name", ["turtle", "trig", "nquads", "ntriples", "rdfxml"])
def test_one_changed_statement_changes_one_line(name: str, dataset: Dataset) -> None:
    old = "Fjord Courier"
    changed = [
        Quad(quad.subject, quad.predicate, Literal(f"{old} of Bergen"), quad.graph_name)
        if quad.object == Literal(old) and quad.predicate.value.endswith("publisher")
        else quad
        for quad in dataset.quads()
    ]
    before, after = (export(each, name).splitlines() for each in (dataset, Dataset.of(changed)))
    assert len(set(before) - set(after)) == len(set(after) - set(before)) == 1


def test_turtle_reads_well(dataset: Dataset) -> None:
    lines = export(dataset, "turtle").decode().splitlines()
    assert "claim:c3 a cmq:Claim ;" in lines
    assert "    cmq:actor state:CL ;" in lines
    assert not any(line.startswith("GRAPH") for line in lines)


@pytest.mark.parametrize("name", [*RDFLIB, "jsonl", "sheet"])
def test_an_export_without_quotes_holds_no_sentence(name: str, dataset: Dataset) -> None:
    exact = NamedNode(f"{PREFIXES['oa']}exact")
    digest = NamedNode(f"{PREFIXES['cmq']}digest")
    sentences = [said(quad.object)[1] for quad in dataset.quads(None, exact)]
    assert len(sentences) == 7
    full, bare = (export(dataset, name, quotes=each).decode() for each in ("full", "none"))
    for sentence in sentences:
        words = " ".join(sentence.split('"')[0].split(" ")[:4]) or "friends,"
        assert words in full
        assert words not in bare
    for quad in dataset.quads(None, digest):
        if "/evidence/" in str(quad.subject):
            assert said(quad.object)[1] in bare


def test_nothing_points_at_a_quote_that_is_gone(dataset: Dataset) -> None:
    bare = list(parse(export(dataset, "nquads", quotes="none"), RdfFormat.N_QUADS))
    subjects = {quad.subject for quad in bare}
    selectors = [quad.object for quad in bare if quad.predicate.value.endswith("hasSelector")]
    assert len(selectors) == 7
    assert set(selectors) <= subjects


def test_a_claim_without_its_quote_still_says_where_it_stands(dataset: Dataset) -> None:
    full, bare = (
        Counter(
            quad.predicate.value.partition("#")[2] for quad in parse(written, RdfFormat.N_QUADS)
        )
        for written in (export(dataset, "nquads", quotes=each) for each in ("full", "none"))
    )
    assert (full["locator"], full["quote"], full["exact"]) == (7, 7, 7)
    assert (bare["locator"], bare["quote"], bare["exact"]) == (7, 0, 0)


def test_what_does_not_fit_into_memory_gives_the_same_bytes(
    dataset: Dataset, tmp_path: Path
) -> None:
    for name in EXPORT_FORMATS:
        parts = stream(dataset, name, memory=2_000, beside=tmp_path)
        assert b"".join(parts) == export(dataset, name), name
    assert not list(tmp_path.iterdir())


def test_turtle_and_trig_are_those_that_a_build_writes(hostile: Dataset) -> None:
    assert export(hostile, "trig") == hostile.trig(DATA)
    merged = Dataset.of(Quad(quad.subject, quad.predicate, quad.object) for quad in hostile.quads())
    assert export(hostile, "turtle") == merged.trig(DATA)
    assert export(hostile, "nquads") == hostile.nquads()


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_an_export_without_quotes_holds_no_title_and_no_wording(
    name: str, dataset: Dataset
) -> None:
    """Names of persons, offices and documents are facts; the title of an article is its text."""
    article_text = ["Quiroga vuelve de Oslo", "August last year"]
    full, bare = (export(dataset, name, quotes=each).decode() for each in ("full", "none"))
    for words in article_text:
        assert words not in bare
        assert words in full or name in {"sheet", "graphml", "gexf", "ftm"}
    assert "Quiroga" in bare


def test_no_run_of_words_of_an_article_is_left_without_its_quotes(bundled_build: Build) -> None:
    """Names are shorter than nine words; rights and licences have to be repeated."""
    texts = [words_of(article.text) for article in bundled_build.articles()]
    runs = {tuple(text[at : at + 9]) for text in texts for at in range(len(text) - 8)}
    kept = {PREFIXES["dcterms"] + "rights", PREFIXES["dcterms"] + "license"}
    found = {"full": 0, "none": 0}
    for quotes in get_args(Quotes):
        written = export(bundled_build.dataset, "nquads", quotes=quotes)
        for quad in parse(written, RdfFormat.N_QUADS):
            if isinstance(quad.object, Literal) and quad.predicate.value not in kept:
                words = words_of(quad.object.value)
                nine = (tuple(words[at : at + 9]) for at in range(len(words) - 8))
                found[quotes] += any(run in runs for run in nine)
    assert found["full"] > 20
    assert found["none"] == 0


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def test_an_unknown_format_is_told(dataset: Dataset) -> None:
    with pytest.raises(GraphError, match="give one of turtle, trig"):
        export(dataset, "docx")


# ---- JSON-LD ---------------------------------------------------------------------


def no_network(url: str, *_: object) -> NoReturn:
    raise AssertionError(f"asked for {url}")


@pytest.fixture(scope="module")
def document(dataset: Dataset) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(export(dataset, "jsonld"))
    return found


def test_a_third_reader_takes_json_ld_alike(document: dict[str, Any], dataset: Dataset) -> None:
    options = {"documentLoader": no_network, "format": "application/n-quads"}
    quads = parse(pyld.to_rdf(document, options).encode(), RdfFormat.N_QUADS)
    assert statements(quads, graphs=True) == statements(dataset.quads(), graphs=True)


def test_json_ld_is_what_compaction_gives(document: dict[str, Any]) -> None:
    """Expanding it and compacting it again by the book changes nothing but the order."""
    options = {"documentLoader": no_network, "base": DATA}
    again = pyld.compact(pyld.expand(document, options), document["@context"], options)
    assert in_order(again["@graph"]) == in_order(document["@graph"])


def test_json_ld_is_what_framing_gives(document: dict[str, Any]) -> None:
    """A framing processor, told to nest evidence and datings, gives the same claims."""
    (graph,) = (each for each in document["@graph"] if each["@id"] == "article/andes-2")
    once: dict[str, Any] = {"@embed": "@once"}
    frame = {
        "@context": document["@context"],
        "@type": "Claim",
        "@embed": "@never",
        "dating": {**once, "@omitDefault": True},
        "wasDerivedFrom": {**once, "hasSelector": once, "hasSource": {"@embed": "@never"}},
    }
    options = {"documentLoader": no_network, "base": DATA}
    alone = {"@context": document["@context"], "@graph": graph["@graph"]}
    framed = pyld.frame(alone, frame, options)
    claims = [each for each in graph["@graph"] if each["@type"] == "Claim"]
    assert in_order(framed["@graph"]) == in_order(claims)


def in_order(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: in_order(each) for name, each in sorted(value.items())}
    if isinstance(value, list):
        return sorted((in_order(each) for each in value), key=json.dumps)
    return value


def test_json_ld_keeps_graphs_and_nests_evidence(document: dict[str, Any]) -> None:
    graphs = {graph["@id"]: graph["@graph"] for graph in document["@graph"]}
    assert set(graphs) == {
        "article/andes-2", "article/fjord-1", "graph/derived", "graph/identity", "graph/reference",
    }  # fmt: skip
    (claim,) = (each for each in graphs["article/fjord-1"] if each["@id"] == "claim/c3")
    assert claim["@type"] == "Claim"
    assert (claim["kind"], claim["modality"], claim["polarity"]) == (
        "commitment", "agreed", "positive",
    )  # fmt: skip
    assert claim["actor"] == ["state/CL", "state/NO"]
    assert claim["topic"] == "concept:material/lithium"
    position, quote = claim["wasDerivedFrom"]["hasSelector"]
    assert isinstance(position["start"], int)
    assert quote["exact"] == "Norway and Chile agreed to refine lithium together."


def test_json_ld_has_no_value_objects_for_our_pattern(document: dict[str, Any]) -> None:
    """Only foreign terms and languages other than English need one."""
    keys = {key for key, value in pairs(document["@graph"]) if "@value" in json.dumps(value)}
    inner = {key for key, value in pairs(document["@graph"]) if is_value(value)}
    assert inner == {"skos:altLabel", "https://vocabulary.example/terms#symbol"}
    assert keys >= inner


def pairs(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield key, each
            yield from pairs(each)
    elif isinstance(value, list):
        for each in value:
            yield from pairs(each)


def is_value(value: Any) -> bool:
    values = value if isinstance(value, list) else [value]
    return any(isinstance(each, dict) and "@value" in each for each in values)


def test_json_ld_gives_up_on_no_circle() -> None:
    """Nodes that carry each other, or themselves, are all written, each once."""
    inside = NamedNode(f"{PREFIXES['cmq']}mention")
    quads = [
        Quad(node("a"), inside, node("b")),
        Quad(node("b"), inside, node("a")),
        Quad(node("c"), inside, node("c")),
        *(Quad(node(f"d{n}"), inside, node(f"d{n + 1}")) for n in range(2000)),
    ]
    written = export(Dataset.of(quads), "jsonld")
    assert statements(parse(written, RdfFormat.JSON_LD), graphs=True) == statements(
        quads, graphs=True
    )


def test_every_term_of_the_context_is_defined() -> None:
    """Terms of ours stand in `ontology/`; all others have a prefix that the context declares."""
    ontology = rdflib.Graph()
    for path in sorted(folder("ontology").glob("*.ttl")):
        ontology.parse(path)
    defined = {str(subject) for subject in ontology.subjects(rdflib.RDF.type)}
    known = context()
    for iri in [*known.properties, *known.classes]:
        if iri.startswith(PREFIXES["cmq"]):
            assert iri in defined, iri
        assert any(iri.startswith(space) for space in known.prefixes.values()), iri


def test_context_has_a_term_for_every_property_of_ours() -> None:
    ontology = rdflib.Graph()
    for path in sorted(folder("ontology").glob("*.ttl")):
        ontology.parse(path)
    kinds = [rdflib.OWL.ObjectProperty, rdflib.OWL.DatatypeProperty, rdflib.OWL.Class]
    ours = {
        str(subject)
        for kind in kinds
        for subject in ontology.subjects(rdflib.RDF.type, kind)
        if str(subject).startswith(PREFIXES["cmq"])
    }
    assert ours <= {*context().properties, *context().classes}


def test_no_term_shadows_a_value_of_a_scheme() -> None:
    """`"kind": "position"` means the concept only while no term is called position."""
    terms = json.loads(data_file("site", "context.jsonld").read_text("utf-8"))["@context"]
    concepts = rdflib.Graph()
    for path in sorted((folder("ontology") / "concepts").glob("*.ttl")):
        concepts.parse(path)
    scoped = [each["@context"]["@vocab"] for each in terms.values() if "@context" in str(each)]
    assert len(scoped) == 4
    for scheme in scoped:
        names = [str(iri).removeprefix(scheme) for iri in concepts.subjects() if scheme in str(iri)]
        assert names
        assert not set(names) & set(terms)


# ---- JSON Lines ------------------------------------------------------------------


@pytest.fixture(scope="module")
def lines(dataset: Dataset) -> list[dict[str, Any]]:
    return [json.loads(line) for line in export(dataset, "jsonl").splitlines()]


def test_each_line_is_a_document_that_a_third_reader_takes_alike(
    lines: list[dict[str, Any]], dataset: Dataset
) -> None:
    def ours(url: str, *_: object) -> dict[str, Any]:
        assert url == CONTEXT_ADDRESS, f"asked for {url}"
        published = json.loads(data_file("site", "context.jsonld").read_text("utf-8"))
        return {"contextUrl": None, "documentUrl": url, "document": published}

    options = {"documentLoader": ours, "format": "application/n-quads"}
    told = "".join(pyld.to_rdf(line, options) for line in lines)
    assert statements(parse(told.encode(), RdfFormat.N_QUADS), graphs=False) == statements(
        dataset.quads(), graphs=False
    )


def test_a_line_is_a_resource_with_what_belongs_to_it(lines: list[dict[str, Any]]) -> None:
    assert len({line["@id"] for line in lines}) == len(lines)
    (claim,) = (line for line in lines if line["@id"] == "claim/c3")
    assert claim["wasDerivedFrom"]["hasSource"] == "article/fjord-1"
    assert not any(line["@id"].startswith("evidence/") for line in lines)


def test_a_graph_too_large_to_be_held_is_written_alike(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [export(dataset, name) for name in ("jsonld", "jsonl")]
    monkeypatch.setattr("kg.site.jsonld._HELD", 3)
    assert [export(dataset, name) for name in ("jsonld", "jsonl")] == whole


# ---- CSV -------------------------------------------------------------------------


def rows_of(written: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written.decode(), newline="")))


def test_csv_has_a_row_per_claim_in_the_order_of_the_text(dataset: Dataset) -> None:
    rows = rows_of(export(dataset, "sheet"))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["article"], row["line"], row["kind"]) for row in rows] == [
        ("andes-2", "3", "meeting"),
        ("andes-2", "4", "control"),
        ("andes-2", "5", "meeting"),
        ("fjord-1", "5", "meeting"),
        ("fjord-1", "5", "post"),
        ("fjord-1", "6", "commitment"),
        ("fjord-1", "7", "utterance"),
    ]
    agreed = rows[5]
    assert (agreed["actor"], agreed["topic"], agreed["modality"]) == (
        "Chile; Norway", "lithium", "agreed",
    )  # fmt: skip
    assert agreed["quote"] == "Norway and Chile agreed to refine lithium together."


def test_csv_holds_no_formula(dataset: Dataset) -> None:
    evil = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "|calc"]
    exact = NamedNode(f"{PREFIXES['oa']}exact")
    for text in evil:
        quads = [
            Quad(quad.subject, quad.predicate, Literal(text), quad.graph_name)
            if quad.predicate == exact
            else quad
            for quad in dataset.quads()
        ]
        cells = {row["quote"] for row in rows_of(export(Dataset.of(quads), "sheet"))}
        assert cells == {f"'{text}"}
    assert rows_of(export(dataset, "sheet"))[0]["quote"].startswith("'=Quiroga=")


# ---- RDF/XML ---------------------------------------------------------------------


def test_rdf_xml_replaces_what_xml_cannot_hold() -> None:
    quads = [Quad(node("s"), node("p"), Literal("a\x00b\x1fc\ufffed"))]
    written = export(Dataset.of(quads), "rdfxml")
    (read,) = parse(written, RdfFormat.RDF_XML)
    assert read.object == Literal("a\ufffdb\ufffdc\ufffdd")
    assert set(by_rdflib(written, "xml", graphs=False)) == statements([read], graphs=False)


def test_rdf_xml_says_which_property_it_cannot_name() -> None:
    with pytest.raises(GraphError, match=r"example\.org/1.*export as Turtle"):
        export(Dataset.of([Quad(node("s"), node("1"), Literal(""))]), "rdfxml")
