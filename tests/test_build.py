"""The whole way, on real articles: what the graph of the five source articles has to hold.

General rules have to reach this; nothing here is known to the package.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
import rdflib

from kg import pipeline
from kg.claims.engine import Engine
from kg.entities.model import Entity
from kg.events.model import Event
from kg.graph.store import Build
from kg.living import open_build
from kg.queries.catalogue import question_of
from kg.queries.run import run
from kg.records import write_lines
from kg.shapes.validate import validate
from tests.conftest import ROOT, SHARED, built

FIVE = 5


def person(build: Build, form: str) -> Entity:
    """The one person whom this form names."""
    found = [
        each
        for each in build.entities()
        if each.type == "person" and form in {name.form for name in each.forms}
    ]
    assert len(found) == 1, f"{form}: {[each.label for each in found]}"
    return found[0]


def meetings(build: Build, day: str) -> list[Event]:
    events = [each for each in build.events() if each.kind == "meeting"]
    return [each for each in events if day in {str(value) for value in each.values("date")}]


def values(event: Event, role: str) -> set[str]:
    return {str(value) for value in event.values(role)}


def trilateral(build: Build) -> Event:
    all_three = {"state/JP", "state/KR", "state/US"}
    found = [each for each in meetings(build, "2024-06-26") if values(each, "party") >= all_three]
    assert len(found) == 1, [each.label for each in found]
    return found[0]


def sources(event: Event, role: str, value: str) -> tuple[str, ...]:
    return next(
        each.articles for each in event.statements if each.role == role and str(each.value) == value
    )


# ---- persons ---------------------------------------------------------------------


def test_one_minister_stays_one_under_five_spellings(source_build: Build) -> None:
    minister = person(source_build, "Ahn Duk-geun")
    forms = {each.form for each in minister.forms}
    assert forms >= {"Ahn Duk-geun", "Duk-geun Ahn", "Ahn Duk-Geun", "An Deok-geun", "Anduk Geun"}
    assert all(each.articles for each in minister.forms)


def test_a_misread_name_is_attested_as_such(source_build: Build) -> None:
    minister = person(source_build, "Ken Saito")
    variants = {each.form: each.variant for each in minister.forms}
    assert variants["Saito Gen"] == "garbled"
    assert variants["Saito Ken"] == "attested"


@pytest.mark.parametrize(
    ("name", "state"), [("Ahn Duk-geun", "KR"), ("Ken Saito", "JP"), ("Gina Raimondo", "US")]
)
def test_each_minister_has_posts_with_their_sources(
    source_build: Build, name: str, state: str
) -> None:
    holder = person(source_build, name)
    posts = [
        each
        for each in source_build.events()
        if each.kind == "post" and values(each, "person") == {holder.id}
    ]
    served = {value for each in posts for value in values(each, "of")}
    assert f"state/{state}" in served
    assert all(each.articles for each in posts)


# ---- meetings ----------------------------------------------------------------------


def test_five_reports_are_of_one_trilateral_meeting(source_build: Build) -> None:
    meeting = trilateral(source_build)
    assert len(meeting.articles) == FIVE
    assert any("washington" in place for place in values(meeting, "place"))
    assert values(meeting, "ordinal") == {"1"}
    assert values(meeting, "party") == {"state/JP", "state/KR", "state/US"}


def test_the_sister_meeting_of_the_same_day_is_kept_apart(source_build: Build) -> None:
    sisters = [
        each
        for each in meetings(source_build, "2024-06-26")
        if values(each, "ordinal") == {"4"} and each.id != trilateral(source_build).id
    ]
    assert len(sisters) == 1
    assert values(sisters[0], "party") <= {"state/JP", "state/US"}
    raimondo, saito = (person(source_build, name).id for name in ("Gina Raimondo", "Ken Saito"))
    assert values(sisters[0], "attendee") == {raimondo, saito}


def test_a_headline_makes_nobody_a_party(source_build: Build) -> None:
    for event in source_build.events():
        if event.kind == "meeting":
            assert "state/CN" not in values(event, "party"), event.label


def test_an_attendance_that_one_article_reports_is_disputed_by_the_lists(
    source_build: Build,
) -> None:
    meeting, guest = trilateral(source_build), person(source_build, "Margrethe Vestager").id
    assert len(sources(meeting, "attendee", guest)) == 1
    found = [
        each
        for each in source_build.disagreements()
        if each.subject == meeting.id and each.role == "attendee"
    ]
    options = {
        str(side.value or "left out"): side.articles for each in found for side in each.options
    }
    assert len(options[guest]) == 1
    assert len(options["left out"]) >= 3
    assert not set(options[guest]) & set(options["left out"])


# ---- materials -----------------------------------------------------------------------


def test_materials_are_controlled_with_dates_per_source(source_build: Build) -> None:
    chinese = [
        each
        for each in source_build.events()
        if each.kind == "control" and "state/CN" in values(each, "imposer")
    ]
    items = {value.rsplit("/", 1)[1] for each in chinese for value in values(each, "item")}
    assert items >= {"gallium", "germanium", "graphite"}
    dates = {
        (str(statement.value), article)
        for each in chinese
        for statement in each.statements
        for article in statement.articles
        if statement.role == "date"
    }
    assert {date for date, _ in dates} >= {"2023"}
    assert len({article for _, article in dates}) >= 2


def test_controlled_materials_are_typed_in_the_graph(source_build: Build) -> None:
    asked = question_of("controlled", "SELECT ?m WHERE { ?m a cmq:ControlledMaterial }")
    names = {row[0].rsplit("/", 1)[1] for row in run(source_build.dataset, asked).values()}
    assert names >= {"gallium", "germanium", "graphite"}


# ---- the graph as a whole --------------------------------------------------------------


@pytest.fixture(params=["bundled", "source"])
def any_build(request: pytest.FixtureRequest) -> Build:
    build: Build = request.getfixturevalue(f"{request.param}_build")
    return build


def test_every_quote_is_what_stands_there(any_build: Build) -> None:
    texts = {article.id: article.text for article in any_build.articles()}
    claims = list(any_build.claims())
    assert claims
    for claim in claims:
        assert texts[claim.article][claim.start : claim.end] == claim.quote
        for filler in (each for role in claim.roles.values() for each in role):
            if filler.start is not None and filler.text is not None:
                assert texts[claim.article][filler.start : filler.end] == filler.text


def test_the_build_conforms_to_the_bundled_shapes(any_build: Build) -> None:
    articles = {article.id: article for article in any_build.articles()}
    report = validate(any_build.dataset, articles=articles)
    assert [each for each in report.findings if each.severity == "violation"] == []


def test_the_sample_corpus_shows_what_the_real_articles_show(bundled_build: Build) -> None:
    meeting = trilateral(bundled_build)
    assert len(meeting.articles) == FIVE
    assert person(bundled_build, "Anduk Geun") == person(bundled_build, "Ahn Duk-geun")
    assert any(each.role == "attendee" for each in bundled_build.disagreements())


def texts_of(folder: Path) -> Iterable[Path]:
    return sorted(
        each for each in folder.iterdir() if each.suffix == ".md" and each.stem != "README"
    )


def test_neither_order_nor_repetition_changes_a_byte(
    engine: Engine, bundled_build: Build, tmp_path: Path
) -> None:
    paths = list(texts_of(ROOT / "articles"))
    random.Random(7).shuffle(paths)
    again = built(paths, engine, tmp_path / "again")
    assert again.dataset.nquads() == bundled_build.dataset.nquads()
    assert list(again.claims()) == list(bundled_build.claims())
    assert again.identity() == bundled_build.identity()
    assert again.ledger() == bundled_build.ledger()
    assert again.manifest == bundled_build.manifest


def test_the_order_of_claims_does_not_matter_either(source_build: Build) -> None:
    claims, articles = list(source_build.claims()), list(source_build.articles())
    expected = pipeline.resolve(claims, articles)
    random.Random(3).shuffle(claims)
    assert pipeline.resolve(claims, articles[::-1]) == expected


def test_an_article_adds_its_own_graph_and_takes_it_away(engine: Engine, tmp_path: Path) -> None:
    paths = list(texts_of(ROOT / "articles"))
    fewer = built(paths[:-1], engine, tmp_path / "fewer")
    more = built(paths, engine, tmp_path / "more")
    gone = {*more.dataset.graphs()} - {*fewer.dataset.graphs()}
    assert {iri.rsplit("/", 1)[1] for iri in gone} == {paths[-1].stem}


def test_the_graph_reads_the_same_in_rdflib(bundled_build: Build) -> None:
    read = rdflib.Dataset()
    read.parse(data=bundled_build.dataset.nquads().decode(), format="nquads")
    assert len(list(read.quads())) == len(bundled_build.dataset)


def test_a_build_can_be_moved(bundled_build: Build, tmp_path: Path) -> None:
    shutil.copytree(bundled_build.path, tmp_path / "moved")
    assert len(open_build(tmp_path / "moved").dataset) == len(bundled_build.dataset)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the gold claims are not at hand")
@pytest.mark.parametrize(("gold", "floor"), [("seeds", 0.55), ("releases", 0.50)])
def test_claims_are_found_as_annotators_find_them(
    gold: str, floor: float, engine: Engine, tmp_path: Path
) -> None:
    folder = SHARED / "eval" / "gold" / gold
    corpus = pipeline.read([folder])
    write_lines(tmp_path / "claims.jsonl", pipeline.extract(corpus.articles, engine))
    command: list[str | Path] = [
        sys.executable,
        SHARED / "eval" / "score.py",
        folder,
        tmp_path / "claims.jsonl",
    ]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert float(shown.split("score")[1]) >= floor, shown
    quotes = shown.split("quotes")[1].split()[0].split("/")
    assert quotes[0] == quotes[1]
