"""What an entity is called: the form that most bear out, a name before a description."""

from __future__ import annotations

import pytest

from kg.entities.canon import Attested, label_from
from kg.entities.model import EntityKind


@pytest.mark.parametrize(
    ("kind", "forms", "label"),
    [
        ("place", {"Norwegian capital": 3, "Oslo": 1}, "Oslo"),
        ("place", {"port city": 2, "Valletta": 1}, "Valletta"),
        ("place", {"Mexico City": 1, "Mexican capital": 2}, "Mexico City"),
        ("place", {"Norwegian capital": 1}, "Norwegian capital"),
        ("person", {"Hansung Soo": 2, "Han Seung-soo": 1, "Han Sung-su": 1}, "Han Seung-soo"),
        ("person", {"Han Seung-soo": 1, "Han Sung-su": 2}, "Han Sung-su"),
    ],
)
def test_the_label_is_a_name_that_is_not_garbled(
    kind: EntityKind, forms: dict[str, int], label: str
) -> None:
    counted = {form: Attested(groups, groups, groups) for form, groups in forms.items()}
    assert label_from(kind, counted, frozenset({"KR"})) == label
