"""The ontology: in one style, in step with the code, consistent, and reasoned over as intended."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import get_args

import pyhermit
import pytest
import rustdl
from pyoxigraph import RdfFormat, parse, serialize
from pyshacl import validate
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kg import __version__
from kg.states import states
from kg.terms import (
    CONCEPTS,
    DATA,
    DEFINITIONS,
    EVENT_CLASSES,
    KINDS,
    MODALITIES,
    ONTOLOGY,
    PREFIXES,
    ROLES,
    ControlStatus,
    ControlType,
    DocumentType,
    MeetingStatus,
    Polarity,
    PositionType,
)

ROOT = Path(__file__).parent.parent
HOME = ROOT / "ontology"
MODULES = sorted(HOME.glob("*.ttl"))
CONCEPT_FILES = sorted((HOME / "concepts").glob("*.ttl"))
REFERENCE = sorted((HOME / "reference").glob("*.ttl"))
ALIGNMENTS = sorted((HOME / "alignments").glob("*.ttl"))
EXAMPLES = sorted((HOME / "examples").iterdir())
EVERY_FILE = [*MODULES, *CONCEPT_FILES, *REFERENCE, *ALIGNMENTS, *EXAMPLES]
SHAPES = [ROOT / "shapes" / f"{path.stem}.ttl" for path in MODULES]

CMQ = Namespace(DEFINITIONS)
LITHIUM = URIRef(f"{CONCEPTS}material/lithium")
LITHIUM_CARBONATE = URIRef(f"{CONCEPTS}material/lithium-carbonate")
RESERVED = (RDF.value, RDF.subject, RDF.predicate, RDF.object)
OWL_DATATYPES = {XSD.string, XSD.integer, XSD.decimal, XSD.anyURI, RDF.langString, None}


@cache
def graph_of(*paths: Path) -> Graph:
    """The union of files, named graphs included."""
    graph = Graph()
    for path in paths:
        triples = serialize((quad.triple for quad in parse(path=path)), format=RdfFormat.N_TRIPLES)
        graph.parse(data=triples, format="nt")
    return graph


def terms(*kinds: URIRef) -> set[URIRef]:
    """Our own terms of these types."""
    found = {each for kind in kinds for each in graph_of(*MODULES).subjects(RDF.type, kind)}
    return {each for each in found if isinstance(each, URIRef)}


def names_in(scheme: str) -> set[str]:
    concepts = graph_of(*CONCEPT_FILES).subjects(SKOS.inScheme, URIRef(CONCEPTS + scheme))
    return {str(each)[len(f"{CONCEPTS}{scheme}/") :] for each in concepts}


def ids(paths: Iterable[Path]) -> list[object]:
    return [pytest.param(path, id=str(path.relative_to(HOME))) for path in paths]


# ---- form ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ids(EVERY_FILE))
def test_every_file_begins_with_what_it_is_for(path: Path) -> None:
    assert path.read_text("utf-8").startswith("# ")
    assert len(graph_of(path))


@pytest.mark.parametrize("path", ids(EVERY_FILE))
def test_prefixes_are_sorted_used_and_ours_where_we_have_them(path: Path) -> None:
    text = path.read_text("utf-8")
    declared = re.findall(r"^@prefix ([\w-]+): +<([^>]*)> \.$", text, re.MULTILINE)
    body = re.sub(r"^@prefix .*$", "", text, flags=re.MULTILINE)
    assert [name for name, _ in declared] == sorted(name for name, _ in declared)
    assert {name for name, _ in declared if not re.search(rf"(?<![\w/]){name}:", body)} == set()
    assert {name for name, iri in declared if PREFIXES.get(name, iri) != iri} == set()


def test_terms_and_concepts_keep_the_house_style() -> None:
    ontology = graph_of(*MODULES, *CONCEPT_FILES, *ALIGNMENTS)
    shapes = graph_of(ROOT / "shapes" / "ontology.ttl")
    conforms, _, text = validate(ontology, shacl_graph=shapes)
    assert conforms, text


def test_labels_of_terms_are_unique() -> None:
    named = terms(OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    labels = [str(graph_of(*MODULES).value(each, RDFS.label)).casefold() for each in named]
    assert len(labels) > 100
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("path", ids([*MODULES, *ALIGNMENTS]))
def test_version_is_that_of_the_package(path: Path) -> None:
    [module] = graph_of(path).subjects(RDF.type, OWL.Ontology)
    local = path.relative_to(HOME).with_suffix("").as_posix()
    assert str(module) == f"{ONTOLOGY}/{local}"
    assert graph_of(path).value(module, OWL.versionInfo) == Literal(__version__)
    assert graph_of(path).value(module, OWL.versionIRI) == URIRef(
        f"{ONTOLOGY}/{__version__}/{local}"
    )


@pytest.mark.parametrize("path", ids(MODULES))
def test_module_defines_its_terms_in_order(path: Path) -> None:
    defined = re.findall(r"^cmq:(\w+)\n    a (owl:\w+)", path.read_text("utf-8"), re.MULTILINE)
    sections = ["owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty"]
    assert defined == sorted(defined, key=lambda term: (sections.index(term[1]), term[0]))
    for name, _ in defined:
        module = graph_of(path).value(CMQ[name], RDFS.isDefinedBy)
        assert module == URIRef(f"{ONTOLOGY}/{path.stem}")


@pytest.mark.parametrize("path", ids(MODULES))
def test_core_names_no_foreign_class_or_property(path: Path) -> None:
    """Foreign vocabularies stand in alignments/ only; headers and documentation aside."""
    graph = graph_of(path)
    axioms = (RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty)
    for axiom in axioms:
        for value in graph.objects(None, axiom):
            assert isinstance(value, BNode) or str(value).startswith(DEFINITIONS)


# ---- in step with the code ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "names"),
    [
        ("kind", KINDS),
        ("modality", MODALITIES),
        ("status", (*get_args(MeetingStatus), *get_args(ControlStatus))),
        ("polarity", get_args(Polarity)),
        ("control", get_args(ControlType)),
        ("position", get_args(PositionType)),
        ("document", get_args(DocumentType)),
    ],
)
def test_scheme_holds_the_values_of_the_code(scheme: str, names: tuple[str, ...]) -> None:
    assert names_in(scheme) == set(names)


def test_modalities_are_ranked_as_in_the_code() -> None:
    ranked = sorted(
        (int(str(rank)), str(concept).rsplit("/", 1)[1])
        for concept, rank in graph_of(*CONCEPT_FILES).subject_objects(CMQ.rank)
    )
    assert tuple(name for _, name in ranked) == MODALITIES


def test_every_event_class_is_an_event() -> None:
    for name in EVENT_CLASSES.values():
        assert (CMQ[name], RDFS.subClassOf, CMQ.Event) in graph_of(*MODULES)


def test_every_role_is_a_property() -> None:
    roles = {role for names in ROLES.values() for role in names} - {"type"}
    properties = terms(OWL.ObjectProperty, OWL.DatatypeProperty)
    assert {CMQ[role] for role in roles} <= properties


def test_every_prefix_of_the_code_stands_for_one_namespace() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_every_term_in_use_is_defined() -> None:
    everything = graph_of(*CONCEPT_FILES, *REFERENCE, *EXAMPLES, *ALIGNMENTS)
    defined = set(graph_of(*MODULES).subjects(RDFS.isDefinedBy))
    used = {node for triple in everything for node in triple if str(node).startswith(DEFINITIONS)}
    assert used
    assert used <= defined


# ---- concepts and reference facts ---------------------------------------------------------


def test_there_are_sixty_materials_and_sixty_topics_at_least() -> None:
    assert len(names_in("material")) >= 60
    assert len(names_in("topic")) >= 60


@pytest.mark.parametrize("scheme", ["material", "topic"])
def test_no_wording_stands_for_two_concepts_of_a_scheme(scheme: str) -> None:
    graph = graph_of(HOME / "concepts" / f"{scheme}s.ttl")
    owner: dict[str, URIRef] = {}
    for label in (SKOS.prefLabel, SKOS.altLabel):
        for concept, wording in graph.subject_objects(label):
            assert isinstance(concept, URIRef)
            assert owner.setdefault(str(wording).casefold(), concept) == concept


def test_no_concept_is_broader_than_itself() -> None:
    graph = graph_of(*CONCEPT_FILES)
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        for broader in graph.objects(concept, SKOS.broader):
            assert concept not in set(graph.transitive_objects(broader, SKOS.broader))


def test_cas_numbers_have_their_check_digit() -> None:
    numbers = [str(each) for each in graph_of(*CONCEPT_FILES).objects(None, CMQ.casNumber)]
    assert len(numbers) > 60
    for number in numbers:
        *digits, check = (int(char) for char in number if char.isdigit())
        assert sum(place * digit for place, digit in enumerate(digits[::-1], 1)) % 10 == check


def test_strategic_materials_are_those_of_the_regulation() -> None:
    """Annex I of Regulation (EU) 2024/1252 lists seventeen, two of them as groups."""
    graph = graph_of(HOME / "concepts" / "materials.ttl")
    strategic = URIRef(f"{CONCEPTS}material/strategic-raw-materials")
    assert len(set(graph.subjects(SKOS.broader, strategic))) == 17


def test_fifty_minerals_stand_on_the_list_of_the_united_states() -> None:
    graph = graph_of(HOME / "concepts" / "materials.ttl")
    listed = URIRef(f"{CONCEPTS}material/us-critical-minerals")
    assert len(set(graph.subjects(SKOS.broader, listed))) == 50


def test_states_have_one_code_each() -> None:
    graph = graph_of(HOME / "reference" / "states.ttl")
    states = set(graph.subjects(RDF.type, CMQ.State))
    assert len(states) == 249
    for state in states:
        assert str(state) == f"{DATA}state/{graph.value(state, CMQ.alpha2)}"
    for code in (CMQ.alpha2, CMQ.alpha3, CMQ.numericCode):
        assert len(set(graph.objects(None, code))) == len(states)


@pytest.mark.parametrize(
    ("bloc", "members"),
    [
        ("ASEAN", 11),
        ("AUKUS", 3),
        ("BRICS", 10),
        ("EAEU", 5),
        ("EU", 27),
        ("G20", 21),
        ("G7", 7),
        ("GCC", 6),
        ("NATO", 32),
        ("Quad", 4),
    ],
)
def test_bloc_has_its_members(bloc: str, members: int) -> None:
    graph = graph_of(*REFERENCE)
    node = URIRef(f"{DATA}bloc/{bloc}")
    assert (node, RDF.type, CMQ.Bloc) in graph
    assert len(set(graph.subjects(CMQ.memberOf, node))) == members


@pytest.mark.parametrize("kind", [CMQ.Bloc, CMQ.Framework, CMQ.LegalMeasure])
def test_every_bloc_programme_and_measure_names_a_page_as_source(kind: URIRef) -> None:
    graph = graph_of(*REFERENCE)
    found = set(graph.subjects(RDF.type, kind))
    assert found
    for each in found:
        sources = graph.objects(each, DCTERMS.source)
        assert any(isinstance(source, URIRef) for source in sources), each


def test_reference_facts_conform_to_the_shapes() -> None:
    data = graph_of(*MODULES, *CONCEPT_FILES, *REFERENCE)
    conforms, _, text = validate(data, shacl_graph=graph_of(*SHAPES))
    assert conforms, text


# ---- examples -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ids(EXAMPLES))
def test_example_conforms_to_the_shapes(path: Path) -> None:
    data = graph_of(path) + graph_of(*MODULES)
    conforms, _, text = validate(data, shacl_graph=graph_of(*SHAPES))
    assert conforms, text


@pytest.mark.parametrize("path", ids([*EXAMPLES, *REFERENCE]))
def test_data_has_no_blank_node(path: Path) -> None:
    assert not [node for triple in graph_of(path) for node in triple if isinstance(node, BNode)]


# ---- reasoning ----------------------------------------------------------------------------


def written(graph: Graph, path: Path) -> str:
    """Write a graph as one ontology of OWL 2 DL, for a reasoner to read.

    Imports are merged already. Dates are no datatypes of OWL 2, so that they become strings;
    `rdf:value` and the parts of a statement are reserved by OWL and left out; rustdl 0.4 passes
    over owl:AllDisjointClasses without a word, so that its pairs are added.
    """
    merged = Graph()
    headers = set(graph.subjects(RDF.type, OWL.Ontology))
    for subject, predicate, value in graph:
        if subject in headers or predicate in (*RESERVED, OWL.sameAs):
            continue
        if isinstance(value, Literal) and value.datatype not in OWL_DATATYPES:
            value = Literal(str(value))  # noqa: PLW2901 - the projection that the docstring tells of
        merged.add((subject, predicate, value))
    for disjoint in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        for one, other in combinations(graph.items(_members(graph, disjoint)), 2):
            merged.add((one, OWL.disjointWith, other))
    merged.add((URIRef(ONTOLOGY), RDF.type, OWL.Ontology))
    merged.serialize(path, format="xml")
    return str(path)


def _members(graph: Graph, disjoint: Node) -> Node:
    members = graph.value(disjoint, OWL.members)
    assert members is not None
    return members


SCHEMA = (*MODULES, *ALIGNMENTS)
IN_FORCE = HOME / "examples" / "controlled-material.ttl"
LIFTED = HOME / "examples" / "lifted-measure.ttl"
MEASURE = (IN_FORCE, HOME / "concepts" / "kinds.ttl")

CONTRADICTIONS = {
    "a state that is a person": (URIRef(f"{DATA}state/CL"), RDF.type, CMQ.Person),
    "a claim that is a meeting": (URIRef(f"{DATA}claim/control"), RDF.type, CMQ.DiplomaticMeeting),
    "a claim of two kinds": (
        URIRef(f"{DATA}claim/control"),
        CMQ.kind,
        URIRef(f"{CONCEPTS}kind/meeting"),
    ),
}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> str:
    """All files together, as one ontology."""
    files = (*SCHEMA, *CONCEPT_FILES, *REFERENCE, *EXAMPLES)
    return written(graph_of(*files), tmp_path_factory.mktemp("all") / "everything.owl")


@pytest.fixture(scope="module")
def measures(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The vocabulary with a measure in force and a lifted one."""
    files = (*SCHEMA, IN_FORCE, LIFTED)
    return written(graph_of(*files), tmp_path_factory.mktemp("some") / "measures.owl")


def contradicting(name: str, path: Path) -> str:
    """The vocabulary with a measure and a statement that cannot be."""
    graph = graph_of(*SCHEMA, *MEASURE) + Graph()
    assert CONTRADICTIONS[name][0] in set(graph.subjects())
    return written(graph.add(CONTRADICTIONS[name]), path)


def test_ontology_with_all_data_is_consistent(everything: str) -> None:
    assert rustdl.is_consistent(everything)
    assert not rustdl.dropped_axioms(everything)


def test_no_class_is_unsatisfiable(everything: str) -> None:
    found = rustdl.classify(everything)
    assert found.complete
    assert not found.unsatisfiable
    assert len(found.classes) > 30


def test_vocabulary_with_a_measure_is_consistent(tmp_path: Path) -> None:
    """Without this the contradictions below would show nothing."""
    assert rustdl.is_consistent(written(graph_of(*SCHEMA, *MEASURE), tmp_path / "measure.owl"))


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_contradiction_is_detected(name: str, tmp_path: Path) -> None:
    assert not rustdl.is_consistent(contradicting(name, tmp_path / "contradiction.owl"))


def test_material_of_a_measure_in_force_is_inferred_to_be_controlled(measures: str) -> None:
    asserted = (LITHIUM, RDF.type, CMQ.ControlledMaterial)
    assert asserted not in graph_of(*EXAMPLES, *CONCEPT_FILES)
    assert rustdl.is_instance_of(measures, str(CMQ.ControlledMaterial), str(LITHIUM))
    assert rustdl.realize(measures)[str(LITHIUM)] == [str(CMQ.ControlledMaterial)]


def test_material_of_a_lifted_measure_is_not(measures: str) -> None:
    assert (None, CMQ.item, LITHIUM_CARBONATE) in graph_of(LIFTED)
    assert not rustdl.is_instance_of(measures, str(CMQ.ControlledMaterial), str(LITHIUM_CARBONATE))
    assert rustdl.realize(measures)[str(LITHIUM_CARBONATE)] == [str(CMQ.Material)]


def test_second_reasoner_agrees(measures: str, tmp_path: Path) -> None:
    """PyHermiT reads only ontologies within OWL 2 DL, so that this shows the profile too."""
    assert pyhermit.Reasoner(pyhermit.load_snapshot(measures)).is_consistent()
    contradiction = contradicting("a state that is a person", tmp_path / "contradiction.owl")
    assert not pyhermit.Reasoner(pyhermit.load_snapshot(contradiction)).is_consistent()


def test_second_reasoner_finds_no_unsatisfiable_class(tmp_path: Path) -> None:
    """On the vocabulary alone: with individuals this reasoner takes minutes."""
    path = written(graph_of(*SCHEMA), tmp_path / "schema.owl")
    found = pyhermit.Reasoner(pyhermit.load_snapshot(path)).unsatisfiable_classes()
    assert {each.iri.value for each in found} == {str(OWL.Nothing)}


@pytest.mark.skipif(shutil.which("java") is None, reason="HermiT runs on Java")
def test_hermit_agrees(measures: str) -> None:
    import owlready2

    world = owlready2.World()
    ontology = world.get_ontology(Path(measures).as_uri()).load()
    with ontology:
        owlready2.sync_reasoner_hermit(world, debug=0)
    assert set(world.inconsistent_classes()) <= {owlready2.Nothing}
    controlled = world[str(CMQ.ControlledMaterial)]
    assert controlled in world[str(LITHIUM)].is_a
    assert controlled not in world[str(LITHIUM_CARBONATE)].is_a


def test_every_state_that_claims_can_name_is_described() -> None:
    graph = graph_of(*sorted((HOME / "reference").glob("*states.ttl")))
    described = {str(code) for code in graph.objects(None, CMQ.alpha2)}
    assert set(states()) - described == set()
