"""Records become the quads of the RDF contract, whatever their text holds."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store

from kg.events.model import Value
from kg.graph.dataset import quads_of, record_quads
from kg.graph.model import Dataset, Records
from kg.graph.terms import term
from kg.graph.writing import nquads
from kg.iris import Iris

B = "https://w3id.org/communique/id/"
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
RDF_LANG = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
HOSTILE = [
    "> } ; DROP ALL ; INSERT DATA { <http://x/a> <http://x/b> <http://x/c",
    '" . <http://x/a> <http://x/b> "c',
    "'''\n\"\"\" ] ) . @prefix : <http://x/> .",
    "\u202emirrored\u2066 \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "\x00\x01\x1b[31m\x7f\x85",
    "\ud800\udfff\ufffe",
    "<script>alert(1)</script> ${jndi:ldap://x} {{7*7}} %0d%0a\r\n",
    "../../../etc/passwd \\ \\u0041 \\\\",
    "x" * 100_000,
    "\ufdfa" * 50 + "e\u0301",
]


def node(path: str) -> NamedNode:
    return NamedNode(B + path)


def objects(dataset: Dataset, subject: NamedNode, name: str) -> list[str]:
    return sorted(str(quad.object) for quad in dataset.quads(subject, term(name)))


@pytest.fixture
def dataset(records: Records, iris: Iris) -> Dataset:
    return Dataset.of(record_quads(records, iris))


def shape_of(quads: list[Quad]) -> Counter[tuple[str, str]]:
    """Count statements by graph and property: what text may never change."""
    return Counter((str(quad.graph_name), str(quad.predicate)) for quad in quads)


def test_each_graph_holds_its_own_family(dataset: Dataset) -> None:
    assert dataset.graphs() == tuple(
        B + name for name in ("article/a1", "article/a2", "graph/derived", "graph/identity")
    )


def test_an_article_is_described_once_with_its_best_metadata(dataset: Dataset) -> None:
    article = node("article/a1")
    assert objects(dataset, article, "dcterms:identifier") == ['"a1"']
    assert objects(dataset, article, "dcterms:source") == ["<https://news.example/lithium>"]
    assert objects(dataset, article, "dcterms:creator") == ['"A. Writer"', '"B. Writer"']
    assert objects(dataset, article, "dcterms:license") == ['"all rights reserved"']
    (issued,) = objects(dataset, article, "dcterms:issued")
    assert issued == '"2031-05-14"^^<http://www.w3.org/2001/XMLSchema#date>'
    assert len(objects(dataset, article, "cmq:metadatum")) == 7


def test_a_claim_mirrors_its_record(records: Records, dataset: Dataset) -> None:
    claim = records.claims[0]
    subject = node(f"claim/{claim.id}")
    assert objects(dataset, subject, "cmq:party") == [f"<{B}state/CL>", f"<{B}state/NO>"]
    assert objects(dataset, subject, "cmq:ordinal") == [str(Literal(1))]
    assert objects(dataset, subject, "cmq:confidence")[0].startswith('"0.87"')
    assert objects(dataset, subject, "cmq:about") == [f"<{B}meeting/2031-05-13-cl-no-1a2b>"]
    assert [each.rpartition("/")[2] for each in objects(dataset, subject, "cmq:polarity")] == [
        "positive>"
    ]
    assert len(objects(dataset, subject, "cmq:mention")) == 4


def test_claims_share_the_mention_at_one_place(records: Records, dataset: Dataset) -> None:
    """Kari Moen attends a meeting and holds a post by the same words; the claims tell the roles."""
    shared = set.intersection(
        *(
            set(objects(dataset, node(f"claim/{claim.id}"), "cmq:mention"))
            for claim in records.claims[:2]
        )
    )
    people = {
        str(quad.subject)
        for quad in dataset.quads(None, term("cmq:refersTo"), node("person/kari-moen"))
    }
    assert len(shared & people) == 1
    assert not list(dataset.quads(None, term("cmq:role")))


def test_a_mention_says_its_role_where_the_claim_leaves_it_open(
    records: Records, iris: Iris
) -> None:
    """Norway is both a party and the host: each wording has to say of which role it is."""
    first = records.identity.mentions[0]
    assert first.role == "party"
    host = replace(first, role="host", form="the hosts")
    identity = replace(records.identity, mentions=(*records.identity.mentions, host))
    dataset = Dataset.of(record_quads(replace(records, identity=identity), iris))
    told = {
        (
            str(quad.object).rpartition("#")[2].rstrip(">"),
            *objects(dataset, quad.subject, "cmq:form"),
        )
        for quad in dataset.quads(None, term("cmq:role"))
        if isinstance(quad.subject, NamedNode)
    }
    assert told == {("party", f'"{first.form}"'), ("host", '"the hosts"')}


def test_groups_are_described_where_names_are_judged(dataset: Dataset) -> None:
    """A code tells which state is meant and the vocabulary which material: nobody judges these."""
    groups = [
        quad.subject for quad in dataset.quads(None, term("rdf:type"), term("cmq:MentionGroup"))
    ]
    meant = {
        value
        for each in groups
        if isinstance(each, NamedNode)
        for value in objects(dataset, each, "cmq:refersTo")
    }
    families = {each.removeprefix(f"<{B}").partition("/")[0] for each in meant}
    assert families == {"person", "place"}


def test_a_statement_without_support_of_its_own_rests_on_all_of_its_event(
    dataset: Dataset,
) -> None:
    """Both claims of the meeting name the party, one only the attendee, the day and the number."""
    told = {
        quad.subject: objects(dataset, quad.subject, "rdf:predicate")
        for quad in dataset.quads(None, term("rdf:type"), term("cmq:Support"))
        if isinstance(quad.subject, NamedNode)
    }
    properties = sorted(str(term(f"cmq:{name}")) for name in ("attendee", "date", "ordinal"))
    assert sorted(name for names in told.values() for name in names) == properties
    for support in told:
        assert objects(dataset, support, "rdf:subject") == [f"<{B}meeting/2031-05-13-cl-no-1a2b>"]
        for name in ("cmq:sources", "cmq:independentSources"):
            assert objects(dataset, support, name) == [str(Literal(1))]
    holding = node("holding/77aa")
    assert objects(dataset, holding, "cmq:person") == [f"<{B}person/kari-moen>"]
    assert objects(dataset, holding, "cmq:independentSources") == [str(Literal(1))]


def test_a_relation_that_no_claim_states_names_its_rule_and_its_claims(
    records: Records, dataset: Dataset
) -> None:
    ((inference, *_),) = dataset.quads(None, term("rdf:type"), term("cmq:Inference"))
    assert isinstance(inference, NamedNode)
    told = {
        name: objects(dataset, inference, name)
        for name in ("rdf:subject", "rdf:predicate", "rdf:object", "cmq:rule", "cmq:claim")
    }
    met, held = (claim.id for claim in records.claims[:2])
    assert told == {
        "rdf:subject": [f"<{B}meeting/2031-05-13-cl-no-1a2b>"],
        "rdf:predicate": [str(term("cmq:produced"))],
        "rdf:object": [f"<{B}document/none>"],
        "cmq:rule": ['"document-of-the-meeting"'],
        "cmq:claim": sorted(f"<{B}claim/{each}>" for each in (met, held)),
    }
    assert objects(dataset, inference, "rdfs:comment")


def test_evidence_leads_to_the_exact_words(records: Records, dataset: Dataset) -> None:
    claim = records.claims[0]
    (evidence,) = dataset.quads(node(f"claim/{claim.id}"), term("prov:wasDerivedFrom"))
    assert isinstance(evidence.object, NamedNode)
    assert objects(dataset, evidence.object, "cmq:line") == [str(Literal(3))]
    place = NamedNode(evidence.object.value + "/position")
    quote = NamedNode(evidence.object.value + "/quote")
    (start,) = dataset.quads(place, term("oa:start"))
    (end,) = dataset.quads(place, term("oa:end"))
    (exact,) = dataset.quads(quote, term("oa:exact"))
    assert isinstance(start.object, Literal)
    assert isinstance(end.object, Literal)
    assert isinstance(exact.object, Literal)
    text = records.articles[0].text
    assert text[int(start.object.value) : int(end.object.value)] == exact.object.value


def test_a_relative_date_says_what_it_counts_from(dataset: Dataset) -> None:
    anchors = sorted(str(quad.object) for quad in dataset.quads(None, term("cmq:anchor")))
    assert anchors == ['"2031-05-14"^^<http://www.w3.org/2001/XMLSchema#date>'] * 2
    rules = sorted(str(quad.object) for quad in dataset.quads(None, term("cmq:rule")))
    assert '"weekday-before"' in rules


def test_what_only_a_denial_says_is_no_statement_of_the_event(dataset: Dataset) -> None:
    meeting = node("meeting/2031-05-13-cl-no-1a2b")
    assert objects(dataset, meeting, "cmq:attendee") == [f"<{B}person/kari-moen>"]
    assert objects(dataset, meeting, "cmq:polarity")[0].endswith("negative>")


def test_an_event_that_is_only_denied_keeps_what_is_denied(records: Records, iris: Iris) -> None:
    event = records.ledger.events[0]
    denied = replace(
        event,
        claims=event.statements[2].claims,
        statements=tuple(
            replace(each, claims=event.statements[2].claims) for each in event.statements
        ),
    )
    ledger = replace(records.ledger, events=(denied,))
    dataset = Dataset.of(record_quads(replace(records, ledger=ledger), iris))
    assert len(objects(dataset, node(event.id), "cmq:attendee")) == 2


def test_a_holding_names_its_post(dataset: Dataset) -> None:
    holding = node("holding/77aa")
    (post,) = objects(dataset, holding, "org:post")
    assert post.startswith(f"<{B}post/energy-minister-no-")
    assert objects(dataset, holding, "org:member") == [f"<{B}person/kari-moen>"]
    assert objects(dataset, NamedNode(post[1:-1]), "org:postIn") == [f"<{B}state/NO>"]
    assert objects(dataset, holding, "cmq:observed")[0].startswith('"2031-05-14"')


def test_a_disagreement_keeps_both_sides(dataset: Dataset) -> None:
    first, second = (node(f"disagreement/d1/option/{number}") for number in (1, 2))
    assert objects(dataset, first, "cmq:value") == [f"<{B}person/kari-moen>"]
    assert objects(dataset, second, "cmq:value") == []
    assert objects(dataset, second, "cmq:article") == [f"<{B}article/a2>"]


def test_a_concept_keeps_its_own_iri_and_label(dataset: Dataset) -> None:
    gallium = NamedNode("https://w3id.org/communique/concept/material/gallium")
    assert objects(dataset, gallium, "rdfs:label") == []
    assert objects(dataset, node("measure/88bb"), "cmq:item") == [str(gallium)]


def test_items_of_measures_in_force_are_controlled(records: Records, iris: Iris) -> None:
    dataset = Dataset.of(quads_of(records, iris))
    found = list(dataset.quads(None, term("rdf:type"), term("cmq:ControlledMaterial")))
    assert [quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)] == [
        "https://w3id.org/communique/concept/material/gallium"
    ]
    assert {str(quad.graph_name) for quad in found} == {f"<{B}graph/derived>"}


def test_what_the_reference_labels_has_one_label(records: Records, iris: Iris) -> None:
    dataset = Dataset.of(quads_of(records, iris))
    assert len(objects(dataset, node("state/NO"), "rdfs:label")) == 1
    assert objects(dataset, node("person/kari-moen"), "rdfs:label") == ['"Kari Moen"']


def test_a_title_in_another_case_is_the_same_post(records: Records, iris: Iris) -> None:
    holding = records.ledger.events[1]
    louder = tuple(
        replace(each, value=replace(each.value, value="Energy Minister"))
        if each.role == "title"
        else each
        for each in holding.statements
    )
    other = replace(holding, id="holding/99cc", statements=louder)
    ledger = replace(records.ledger, events=(*records.ledger.events, other))
    dataset = Dataset.of(record_quads(replace(records, ledger=ledger), iris))
    (post,) = set(objects(dataset, node(other.id), "org:post"))
    assert objects(dataset, node(holding.id), "org:post") == [post]
    assert objects(dataset, NamedNode(post[1:-1]), "rdfs:label") == ['"Energy Minister"']


def test_posts_of_nobody_knows_where_are_not_one(records: Records, iris: Iris) -> None:
    """Two people called "energy minister", no state named: two posts."""
    holding = records.ledger.events[1]
    vague = replace(holding, statements=holding.statements[:2])
    berg = replace(vague.statements[0], value=Value("entity", "person/ola-berg"))
    other = replace(vague, id="holding/99cc", statements=(berg, vague.statements[1]))
    ledger = replace(records.ledger, events=(vague, other))
    dataset = Dataset.of(record_quads(replace(records, ledger=ledger), iris))
    posts = [objects(dataset, node(each.id), "org:post") for each in (vague, other)]
    assert posts[0] != posts[1]
    assert all(len(each) == 1 for each in posts)


def test_there_are_no_blank_nodes(records: Records, iris: Iris) -> None:
    for quad in quads_of(records, iris):
        terms = (quad.subject, quad.object, quad.graph_name)
        assert not any(isinstance(each, BlankNode) for each in terms), quad


def test_the_order_of_records_does_not_matter(records: Records, iris: Iris) -> None:
    expected = nquads(quads_of(records, iris))
    for seed in range(5):
        shuffled = random.Random(seed).sample
        other = replace(
            records,
            articles=tuple(shuffled(records.articles, len(records.articles))),
            claims=tuple(shuffled(records.claims, len(records.claims))),
            identity=replace(
                records.identity,
                mentions=tuple(shuffled(records.identity.mentions, len(records.identity.mentions))),
                entities=tuple(shuffled(records.identity.entities, len(records.identity.entities))),
            ),
            ledger=replace(
                records.ledger,
                events=tuple(shuffled(records.ledger.events, len(records.ledger.events))),
            ),
        )
        assert nquads(quads_of(other, iris)) == expected


def test_the_store_changes_nothing(records: Records, iris: Iris) -> None:
    written = nquads(quads_of(records, iris))
    store = Store()
    store.bulk_extend(quads_of(records, iris))
    assert nquads(store) == written


def facts_of(term_: object) -> tuple[str, str, str]:
    """Give what a term of either library is: its text, its datatype or kind, its language."""
    if isinstance(term_, rdflib.Literal):
        kind = str(term_.datatype or (RDF_LANG if term_.language else XSD_STRING))
        return str(term_), kind, term_.language or ""
    if isinstance(term_, Literal):
        return term_.value, term_.datatype.value, term_.language or ""
    value = term_.value if isinstance(term_, NamedNode) else str(term_)
    return value, "iri", ""


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its own
def test_another_library_reads_the_same_statements(records: Records, iris: Iris) -> None:
    quads = set(quads_of(records, iris))
    parsed = rdflib.Dataset()
    parsed.parse(data=nquads(quads).decode(), format="nquads")
    theirs = {tuple(map(facts_of, quad)) for quad in parsed.quads()}
    assert theirs == {
        tuple(map(facts_of, (quad.subject, quad.predicate, quad.object, quad.graph_name)))
        for quad in quads
    }


def test_another_base_moves_all_data_and_no_term(records: Records) -> None:
    written = nquads(quads_of(records, Iris("https://data.example/kg/"))).decode()
    assert B not in written
    assert "https://data.example/kg/article/a1" in written
    assert "https://w3id.org/communique/def#Claim" in written


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_adds_no_statement(
    sampler: Callable[[str], Records], iris: Iris, text: str
) -> None:
    """Text in every field: the same count of statements per graph and property."""
    plain = shape_of([*set(record_quads(sampler("z"), iris))])
    quads = [*set(record_quads(sampler(text), iris))]
    assert shape_of(quads) == plain
    store = Store()
    store.bulk_load(nquads(quads), format=RdfFormat.N_QUADS)
    assert set(store) == set(quads)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(codec=None), max_size=40))
def test_any_text_adds_no_statement(
    sampler: Callable[[str], Records], iris: Iris, text: str
) -> None:
    plain = shape_of([*set(record_quads(sampler("z"), iris))])
    assert shape_of([*set(record_quads(sampler(text + "z"), iris))]) == plain


def test_a_quote_that_no_format_can_carry_keeps_its_digest(records: Records, iris: Iris) -> None:
    claim = records.claims[3]
    broken = replace(claim, quote="No such\x00talks", end=claim.start + 13)
    dataset = Dataset.of(record_quads(replace(records, claims=(broken,)), iris))
    assert list(dataset.quads(None, term("oa:exact"))) == []
    assert len(list(dataset.quads(None, term("oa:start")))) == 1
    (evidence,) = dataset.quads(node(f"claim/{claim.id}"), term("prov:wasDerivedFrom"))
    assert isinstance(evidence.object, NamedNode)
    assert len(objects(dataset, evidence.object, "cmq:digest")) == 1


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://news.example/a?b=c#d", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://x.example/\u202egpj.exe", False),
        ("https://x.example/a b", False),
        ("https://x.example/%zz", False),
        ("http://x/> <http://y/", False),
    ],
)
def test_only_web_addresses_become_links(
    records: Records, iris: Iris, url: str, is_link: bool
) -> None:
    article = records.articles[0]
    fields = tuple(
        replace(each, value=url) if each.name == "url" else each for each in article.fields
    )
    articles = (replace(article, fields=fields),)
    dataset = Dataset.of(record_quads(replace(records, articles=articles), iris))
    (source,) = dataset.quads(node("article/a1"), term("dcterms:source"))
    assert isinstance(source.object, NamedNode) == is_link


@pytest.mark.parametrize("name", ["../../x", "a b", "100%", "%zz", "..", "", "é", "a/b"])
def test_any_article_name_gives_a_graph_of_its_own(records: Records, iris: Iris, name: str) -> None:
    articles = (replace(records.articles[0], id=name),)
    claims = tuple(replace(each, article=name) for each in records.claims[:3])
    quads = list(record_quads(replace(records, articles=articles, claims=claims), iris))
    graph = NamedNode(iris.of("article", name))
    assert graph.value.startswith(B + "article/")
    assert Quad(graph, term("rdf:type"), term("cmq:Article"), graph) in quads
