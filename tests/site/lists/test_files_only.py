"""A copy of the site that is made of files says where it cannot do what an address asks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.site.model import Asked, Holding, Page, Section
from kg.site.sections import sections

Shown = Callable[[Section, str, Asked], tuple[Page, str]]


@pytest.mark.parametrize(
    "path",
    ["list/meetings", "disagreements", "search", "questions", "picture/matrix",
     "question/claims-per-article"],
)  # fmt: skip
def test_a_page_tells_whether_it_was_made_from_what_was_asked(
    path: str, holding: Holding, shown: Shown
) -> None:
    section = next(each for each in sections(holding) if each.page(path, {}) is not None)
    _, plain = shown(section, path, {})
    _, asked = shown(section, path, {"page": "1"})
    assert 'id="files-only" data-asked="no" hidden' in plain
    assert 'id="files-only" data-asked="yes" hidden' in asked
