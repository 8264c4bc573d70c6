"""Pages of the vocabulary: everything that the files say is there, and can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from pyoxigraph import NamedNode

from kg import __version__
from kg.site.model import Holding, Page
from kg.site.rendering import Renderer
from kg.site.vocabulary.section import VocabularySection
from kg.site.vocabulary.usage import examples, used_in
from kg.terms import CONCEPTS, DEFINITIONS, SHAPES


@pytest.fixture(scope="module")
def section(bundled_holding: Holding) -> VocabularySection:
    return VocabularySection(bundled_holding)


@pytest.fixture(scope="module")
def renderer(bundled_holding: Holding) -> Renderer:
    return Renderer(bundled_holding)


def found(section: VocabularySection, path: str) -> Page:
    page = section.page(path, {})
    assert page is not None, path
    return page


def text_of(renderer: Renderer, page: Page) -> str:
    words = unescape(re.sub(r"<[^>]*>", " ", renderer.html(page)))
    return re.sub(r"\s+", " ", words)


def test_every_address_gives_its_page_and_nothing_is_listed_twice(
    section: VocabularySection, renderer: Renderer
) -> None:
    paths = [*section.paths()]
    assert len(paths) == len(set(paths))
    assert len(paths) > 400
    for path in paths:
        page = found(section, path)
        assert page.path == path
        assert f"<h1>{page.title}</h1>" in unescape(renderer.html(page)), path


def test_every_term_shape_and_scheme_of_the_files_has_a_page(section: VocabularySection) -> None:
    vocabulary = section.terms.look
    subjects = {
        str(quad.subject.value)
        for quad in vocabulary.quads(None, "rdf:type")
        if isinstance(quad.subject, NamedNode)
    }
    defined = {each for each in subjects if each.startswith(DEFINITIONS)}
    shapes = {each for each in subjects if each.startswith(f"{SHAPES}") and "prefix-" not in each}
    schemes = {
        e for e in subjects if e.startswith(CONCEPTS) and "/" not in e.removeprefix(CONCEPTS)
    }
    assert len(defined) > 140
    assert len(shapes) > 250
    assert len(schemes) >= 8
    paths = {*section.paths()}
    assert {f"def/{each.removeprefix(DEFINITIONS)}" for each in defined} <= paths
    assert {f"shapes/{each.removeprefix(SHAPES)}" for each in shapes} <= paths
    assert {f"concept/{each.removeprefix(CONCEPTS)}" for each in schemes} <= paths


def test_a_class_shows_definition_examples_shapes_questions_and_instances(
    section: VocabularySection, renderer: Renderer
) -> None:
    text = text_of(renderer, found(section, "def/Claim"))
    term = section.terms.all[f"{DEFINITIONS}Claim"]
    assert term.definition in text
    assert term.note in text
    assert term.negatives
    assert all(f"Not: {each}" in text for each in term.negatives)
    assert "Give a claim exactly one cmq:kind of the scheme of kinds." in text
    assert "evidence-of-a-claim" in text
    assert "denied-meeting.ttl" in text
    assert "schema:Claim" in text or "https://schema.org/Claim" in text
    assert re.search(r"[1-9]\d* resources, for example", text)


def test_a_property_shows_the_constraints_on_its_values_along_paths_too(
    section: VocabularySection,
) -> None:
    names = {each.iri for each in found(section, "def/attendee").context["constraints_on"]}
    assert f"{SHAPES}DiplomaticMeeting-participants" in names  # an alternative of a path


def test_a_subclass_shows_the_shapes_of_what_it_is_a_kind_of(section: VocabularySection) -> None:
    shapes = {each.iri for each in found(section, "def/DiplomaticMeeting").context["shapes"]}
    assert {f"{SHAPES}DiplomaticMeetingShape", f"{SHAPES}EventShape"} <= shapes


def test_the_version_iri_of_a_module_leads_to_the_module(section: VocabularySection) -> None:
    now, versioned = (
        found(section, path) for path in ("ontology/claims", f"ontology/{__version__}/claims")
    )
    assert now.about == versioned.about
    assert section.page("ontology/0.0.1/claims", {}) is None


def test_all_terms_on_one_page_have_the_anchors_that_hash_iris_name(
    section: VocabularySection, renderer: Renderer
) -> None:
    html = renderer.html(found(section, "def"))
    assert all(f'id="{iri.removeprefix(DEFINITIONS)}"' in html for iri in section.terms.all)


def statements(page: Page) -> Iterator[str]:
    assert page.statements is not None
    return (str(quad) for quad in page.statements())


def test_data_of_a_term_bring_the_expressions_that_define_it(section: VocabularySection) -> None:
    said = "\n".join(statements(found(section, "def/ControlledMaterial")))
    assert "equivalentClass" in said
    assert "someValuesFrom" in said
    assert "_:" not in said


def test_a_scheme_lists_its_concepts_in_order_of_rank_and_depth(section: VocabularySection) -> None:
    held = found(section, "concept/modality").context["concepts"]
    names = [each.iri.rpartition("/")[2] for each in held]
    assert names == ["considering", "planned", "reaffirmed", "pledged", "agreed"]
    tree = found(section, "concept/material").context["concepts"]
    assert max(each.depth for each in tree) >= 2
    once = [each.iri for each in tree if not each.again]
    assert len(once) == len(set(once)) == len(section.terms.look.subjects(
        "skos:inScheme", f"{CONCEPTS}material"))  # fmt: skip


def test_terms_that_a_query_speaks_of_in_words_are_not_used_by_it() -> None:
    query = 'SELECT * { ?x a cmq:Option ; cmq:form "cmq:Claim" } # cmq:Topic'
    assert used_in(query) == {f"{DEFINITIONS}Option", f"{DEFINITIONS}form"}


def test_every_worked_example_shows_terms(section: VocabularySection) -> None:
    for example in examples():
        assert found(section, example.path).context["terms"], example.name
