"""Changes of the vocabulary: every version is on record, and differences are told truly.

`python -m tests.site.vocabulary.test_changes` records the version of the package.
"""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg import __version__
from kg.graph.model import Dataset
from kg.graph.reference import vocabulary_quads
from kg.iris import Iris
from kg.resources import folder
from kg.site.vocabulary.changes import FILE, Changes, digests, record, recorded
from kg.site.vocabulary.model import Age
from kg.terms import DATA, DEFINITIONS, PREFIXES


def today(base: str = DATA) -> dict[str, str]:
    return digests(Dataset.of(vocabulary_quads(Iris(base))), base)


def test_the_version_of_the_package_is_on_record() -> None:
    assert __version__ in recorded(), "record it: python -m tests.site.vocabulary.test_changes"


def test_the_record_is_written_as_it_is_read() -> None:
    assert record(recorded()) == (folder("ontology") / FILE).read_text("utf-8")


def test_digests_do_not_depend_on_where_data_lies() -> None:
    assert today() == today("https://example.org/elsewhere/")


def test_every_term_concept_and_shape_has_a_digest() -> None:
    found = today()
    assert {"def/Claim", "def/ControlledMaterial", "concept/modality", "concept/modality/agreed",
            "shapes/ClaimShape", "shapes/Claim-kind"} <= found.keys()  # fmt: skip


def test_what_is_said_of_a_term_changes_its_digest_and_no_other() -> None:
    quads = [*vocabulary_quads(Iris())]
    more = Quad(
        NamedNode(f"{DEFINITIONS}Claim"),
        NamedNode(f"{PREFIXES['skos']}scopeNote"),
        Literal("One more note.", language="en"),
        NamedNode("https://w3id.org/communique/ontology/claims"),
    )
    before, after = today(), digests(Dataset.of([*quads, more]), DATA)
    assert {name for name in after if after[name] != before.get(name)} == {"def/Claim"}


VERSIONS = {
    "0.9.0": {"def/A": "1", "def/B": "1", "def/C": "1"},
    "0.10.0": {"def/A": "1", "def/B": "2", "def/D": "1"},
}


@pytest.mark.parametrize(
    ("name", "age"),
    [
        ("def/A", Age("0.9.0", None)),
        ("def/B", Age("0.9.0", "0.10.0", "changed")),
        ("def/D", Age("0.10.0", None)),
        ("def/E", Age(None, None, "new")),
    ],
)
def test_a_term_tells_since_when_it_is_there_and_when_it_changed(name: str, age: Age) -> None:
    now = {"def/A": "1", "def/B": "3", "def/D": "1", "def/E": "1"}
    assert Changes(VERSIONS, now).age(name) == age


def test_versions_tell_what_they_added_changed_and_removed_the_latest_first() -> None:
    changes = Changes(VERSIONS, VERSIONS["0.10.0"])
    [step] = changes.steps()
    assert changes.last == "0.10.0"
    assert (step.version, step.added, step.changed, step.removed) == (
        "0.10.0", ("def/D",), ("def/B",), ("def/C",)
    )  # fmt: skip
    assert step.parts == [
        ("added", [["D"], [], []]), ("changed", [["B"], [], []]), ("removed", [["C"], [], []])
    ]  # fmt: skip


if __name__ == "__main__":
    text = record({**recorded(), __version__: today()})
    (folder("ontology") / FILE).write_text(text, "utf-8")
