"""Hand-over files: what is written reads back; what is broken says where."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claims.model import Claim, Filler
from kg.errors import RecordError
from kg.iris import Iris, content_hash, slug
from kg.records import from_dict, read_lines, to_dict, write_lines

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(quote=texts, ref=st.none() | texts | st.integers(0, 99), label=st.none() | texts)
def test_a_claim_survives_its_json(quote: str, ref: str | int | None, label: str | None) -> None:
    filler = Filler(ref=ref, label=label)
    claim = Claim("a", "1", "meeting", 0, len(quote), quote, {"date": (filler,)})
    assert from_dict(to_dict(claim), Claim, "here") == claim


def test_lines_written_are_lines_read(tmp_path: Path) -> None:
    claims = [Claim("a", str(n), "post", 0, 1, "x", {}) for n in range(3)]
    assert write_lines(tmp_path / "claims.jsonl", claims) == 3
    assert list(read_lines(tmp_path / "claims.jsonl", Claim)) == claims
    assert [path.name for path in tmp_path.iterdir()] == ["claims.jsonl"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [("{", "not JSON"), ("[1]", "not a JSON object"), ('{"article": 1}', "not a Claim")],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text("\n" + line, "utf-8")
    with pytest.raises(RecordError, match=complaint) as caught:
        list(read_lines(path, Claim))
    assert caught.value.source == f"{path}:2"


@given(name=st.text(max_size=60), other=st.text(max_size=60))
def test_no_text_breaks_out_of_an_identifier(name: str, other: str) -> None:
    for iri in (Iris().of("person", slug(name)), Iris().of("article", name, other)):
        assert not set(iri) & set(' <>"{}|\\^`\n\r\t'), iri
        assert iri.startswith("https://w3id.org/communique/id/")
        assert iri.isascii()


def test_a_hash_keeps_the_boundaries_of_its_parts() -> None:
    assert content_hash("a", "bc") != content_hash("ab", "c")
