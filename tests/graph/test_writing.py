"""TriG and N-Quads: the same bytes for the same dataset, readable, and read back whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import rdflib
from pyoxigraph import Literal, Quad, RdfFormat, parse

from kg.graph.dataset import quads_of, record_quads
from kg.graph.model import Dataset, Records
from kg.graph.terms import term
from kg.graph.writing import nquads, trig
from kg.iris import Iris


def test_trig_reads_back_as_the_same_dataset(records: Records, iris: Iris) -> None:
    quads = set(quads_of(records, iris))
    assert set(parse(trig(quads), format=RdfFormat.TRIG)) == quads
    assert set(parse(trig(quads, iris.base), format=RdfFormat.TRIG)) == quads


@pytest.mark.parametrize("text", ['"}\n.', "\\", "\u202e", "'''\"\"\"", "\t\\u0041", "@prefix"])
def test_trig_carries_any_text(sampler: Callable[[str], Records], iris: Iris, text: str) -> None:
    quads = set(record_quads(sampler(text), iris))
    assert set(parse(trig(quads, iris.base), format=RdfFormat.TRIG)) == quads


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its own
def test_trig_is_read_by_another_library(records: Records, iris: Iris) -> None:
    quads = set(record_quads(records, iris))
    dataset = rdflib.Dataset()
    dataset.parse(data=trig(quads, iris.base).decode(), format="trig")
    assert len(list(dataset.quads())) == len(quads)


def test_trig_does_not_depend_on_order_and_is_readable(records: Records, iris: Iris) -> None:
    quads = list(record_quads(records, iris))
    written = trig(quads, iris.base).decode()
    assert trig(reversed(quads), iris.base).decode() == written
    header = [line for line in written.splitlines() if line.startswith("@prefix")]
    assert header == sorted(header)
    names = {line.split()[1] for line in header}
    assert names >= {"cmq:", "claim:", "person:", "kind:", "xsd:"}
    assert "sh:" not in names
    assert "GRAPH article:a1 {" in written
    assert "\n      cmq:kind kind:meeting ;\n" in written
    assert "\n      cmq:ordinal 1 ;\n" in written
    assert "\n      cmq:confidence 0.87 ;\n" in written
    assert "^^xsd:date" in written


def test_a_changed_literal_changes_one_line(records: Records, iris: Iris) -> None:
    quads = list(record_quads(records, iris))
    changed = [
        Quad(each.subject, each.predicate, Literal("0.5"), each.graph_name)
        if each.predicate == term("cmq:confidence") and "0.87" in str(each.object)
        else each
        for each in quads
    ]
    before, after = (set(trig(each).splitlines()) for each in (quads, changed))
    assert len(after - before) == 1


def test_nothing_is_written_as_nothing() -> None:
    assert trig([]) == nquads([]) == b""


def test_the_dataset_writes_itself(records: Records, iris: Iris) -> None:
    quads = list(record_quads(records, iris))
    dataset = Dataset.of(quads)
    assert dataset.nquads() == nquads(quads)
    assert dataset.trig() == trig(quads)
    assert dataset.trig(iris.base) == trig(quads, iris.base)
