"""An export without quotes is confirmed by whoever holds the articles, and by nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.articles.model import Article
from kg.errors import GraphError, VerificationError
from kg.graph.model import Dataset
from kg.graph.reading import dataset_from_file
from kg.site.exports import export, export_folder
from kg.site.statements import Quotes
from kg.site.verify import is_table, is_tables, verify, verify_table, verify_tables
from kg.terms import PREFIXES

Articles = tuple[Article, ...]
FORMATS = {
    "turtle": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS,
    "ntriples": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD, "rdfxml": RdfFormat.RDF_XML,
}  # fmt: skip


@pytest.mark.parametrize("quotes", ["full", "none"])
@pytest.mark.parametrize("name", FORMATS)
def test_every_rdf_export_is_confirmed(
    name: str, quotes: str, dataset: Dataset, articles: Articles
) -> None:
    written = export(dataset, name, quotes="none" if quotes == "none" else "full")
    report = verify(Dataset.of(parse(written, FORMATS[name])), articles)
    assert (report.checked, report.confirmed, report.ok) == (7, 7, True)
    assert not report.mismatches
    assert not report.missing
    assert not report.changed


@pytest.mark.parametrize("quotes", ["full", "none"])
def test_json_lines_are_read_back_whole(
    quotes: Quotes, dataset: Dataset, articles: Articles
) -> None:
    again = dataset_from_file(export(dataset, "jsonl", quotes=quotes))
    assert export(again, "ntriples") == export(dataset, "ntriples", quotes=quotes)
    assert verify(again, articles).ok


def test_json_lines_that_are_mixed_with_others_are_refused(dataset: Dataset) -> None:
    first, second, *_ = export(dataset, "jsonl").splitlines()
    with pytest.raises(GraphError, match=r"rows:3: begins otherwise than the lines before it"):
        dataset_from_file(b"\n".join([first, second, b'{"a":1}']), name="rows")
    with pytest.raises(GraphError, match=r"rows:2:"):
        dataset_from_file(b"\n".join([first, second[:-9]]), name="rows")


def test_a_changed_text_is_told_where_it_matters(dataset: Dataset, articles: Articles) -> None:
    andes, fjord = articles
    changed = replace(fjord, text=fjord.text.replace("refine lithium", "refine Lithium"))
    report = verify(dataset, [andes, changed])
    (mismatch,) = report.mismatches
    told = "fjord-1:6:1: the text at 202-253 has another digest (https://"
    assert str(mismatch).startswith(told)
    assert mismatch.evidence.endswith("evidence/c3")
    assert (report.confirmed, report.changed, report.ok) == (6, ("fjord-1",), False)


def test_a_change_outside_of_every_sentence_is_mentioned_only(
    dataset: Dataset, articles: Articles
) -> None:
    andes, fjord = articles
    report = verify(dataset, [andes, replace(fjord, text=fjord.text + "Read next: more")])
    assert report.ok
    assert report.changed == ("fjord-1",)


def test_a_missing_article_is_named(dataset: Dataset, articles: Articles) -> None:
    report = verify(dataset, articles[:1])
    assert (report.missing, report.ok) == (("fjord-1",), False)
    assert (report.checked, report.confirmed) == (7, 3)


@pytest.mark.parametrize(
    ("prefix", "name", "value", "told"),
    [
        ("oa", "start", "99999", "lies outside of the text"),
        ("oa", "end", "-3", "start, end or digest is missing"),
        ("oa", "end", "0", "lies outside of the text"),
        ("oa", "exact", "Norway agreed.", "the quote is not what"),
        ("cmq", "digest", "0" * 64, "has another digest"),
        ("cmq", "quote", "Norway agreed.", "the quote is not what"),
    ],
)
def test_a_forged_span_is_found(
    prefix: str, name: str, value: str, told: str, dataset: Dataset, articles: Articles
) -> None:
    forged = [
        Quad(quad.subject, quad.predicate, Literal(value), quad.graph_name)
        if quad.predicate.value == PREFIXES[prefix] + name
        and any(own in str(quad.subject) for own in ("/evidence/c3", "/claim/c3"))
        else quad
        for quad in dataset.quads()
    ]
    assert Dataset.of(forged).nquads() != dataset.nquads()
    (mismatch,) = verify(Dataset.of(forged), articles).mismatches
    assert told in mismatch.reason
    assert (mismatch.article, mismatch.line, mismatch.column) == ("fjord-1", 6, 1)


def test_what_points_at_nothing_is_no_success(articles: Articles) -> None:
    one = Quad(NamedNode("https://example.org/s"), NamedNode("https://example.org/p"), Literal(""))
    with pytest.raises(VerificationError, match="points at no sentence"):
        verify(Dataset.of([one]), articles)


@pytest.mark.parametrize("quotes", ["full", "none"])
def test_the_table_is_confirmed_as_well(quotes: str, dataset: Dataset, articles: Articles) -> None:
    written = export(dataset, "sheet", quotes="none" if quotes == "none" else "full")
    assert is_table(written)
    report = verify_table(written, articles)
    assert report.ok
    assert report.checked == written.count(b"\r\n") - 1
    _, fjord = articles
    changed = replace(fjord, text=fjord.text.replace("refine lithium", "refine Lithium"))
    assert [each.article for each in verify_table(written, [articles[0], changed]).mismatches] == [
        "fjord-1"
    ]
    assert verify_table(written, articles[:1]).missing == ("fjord-1",)


def test_a_table_with_rows_that_break_off_is_no_confirmation(articles: Articles) -> None:
    with pytest.raises(VerificationError, match="no table"):
        verify_table(b"article,line,column,kind,quote\r\nfjord-1,1,1,meeting,x\r\n", articles)
    with pytest.raises(VerificationError, match="no sentence"):
        verify_table(b"article,line,column,kind,quote\r\n", articles)


@pytest.mark.parametrize("quotes", ["full", "none"])
def test_tables_are_confirmed_passage_by_passage(
    quotes: str, dataset: Dataset, articles: Articles, tmp_path: Path
) -> None:
    folder = tmp_path / "tables"
    export_folder(dataset, "csv", folder, quotes="none" if quotes == "none" else "full")
    assert is_tables(folder)
    found = verify_tables(folder, articles)
    assert found.ok
    assert found.checked == 7
    path = folder / "evidence.csv"
    path.write_text(path.read_text("utf-8").replace(",26,78,", ",27,79,"), "utf-8")
    (mismatch,) = verify_tables(folder, articles).mismatches
    assert mismatch.article == "andes-2"


def test_tables_as_parquet_are_confirmed_too(
    dataset: Dataset, articles: Articles, tmp_path: Path
) -> None:
    folder = tmp_path / "tables"
    export_folder(dataset, "parquet", folder)
    andes, fjord = articles
    found = verify_tables(folder, articles)
    assert (found.ok, found.checked) == (True, 7)
    changed = replace(fjord, text=fjord.text.replace("refine lithium", "refine Lithium"))
    assert len(verify_tables(folder, [andes, changed]).mismatches) == 1
    (folder / "evidence.parquet").write_bytes((folder / "evidence.parquet").read_bytes()[:1000])
    with pytest.raises(VerificationError, match="no tables"):
        verify_tables(folder, articles)


def test_a_folder_without_its_tables_is_no_confirmation(
    dataset: Dataset, articles: Articles, tmp_path: Path
) -> None:
    folder = tmp_path / "tables"
    export_folder(dataset, "csv", folder)
    (folder / "evidence.csv").unlink()
    with pytest.raises(VerificationError, match="no tables"):
        verify_tables(folder, articles)
