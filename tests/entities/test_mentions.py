"""Which fillers have an identity, and of what kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.claims.model import Claim, Filler
from kg.entities.mentions import Known, kind_of, mentions_of, ref_of, unnamed

Make = Callable[..., Claim]
KNOWN = Known(frozenset({"Ann Lee"}), frozenset({"saltassessment"}))


@pytest.mark.parametrize(
    ("role", "filler", "kind"),
    [
        ("party", Filler(ref="JP"), "state"),
        ("party", Filler(ref="ASEAN"), "bloc"),
        ("of", Filler(ref="Opec+"), "bloc"),
        ("attendee", Filler(ref="Omar Diop"), "person"),
        ("speaker", Filler(ref="Ministry of Salt"), "organisation"),
        ("speaker", Filler(ref="Omar Diop"), "person"),
        ("issuer", Filler(ref="Salt Governments"), "organisation"),
        ("actor", Filler(ref="Ann Lee", text="She"), "person"),
        ("target", Filler(ref="Saltprom"), "organisation"),
        ("topic", Filler(text="gallium"), "material"),
        ("topic", Filler(text="semiconductors"), "topic"),
        ("item", Filler(text="salt domes"), "topic"),
        ("place", Filler(text="Rome"), "place"),
        ("framework", Filler(text="Salt Forum"), "framework"),
        ("follows", Filler(text="Camp Salt summit"), "occasion"),
        ("attribution", Filler(ref="joint statement"), "occasion"),
        ("attribution", Filler(ref="Salt Times"), "organisation"),
        ("attribution", Filler(ref="a diplomat"), "person"),
        ("framework", Filler(ref="Salt Forum", type="organisation"), "framework"),
        ("attribution", Filler(text="joint statement", type="thing"), "occasion"),
        ("actor", Filler(ref="Salt Forum", type="framework"), "organisation"),
        ("date", Filler(ref="2024-06-26"), None),
        ("title", Filler(text="Minister"), None),
        ("topic", Filler(), None),
    ],
)
def test_a_filler_stands_for_what_its_role_and_words_say(
    role: str, filler: Filler, kind: str | None
) -> None:
    assert kind_of(filler, role, KNOWN) == kind


def test_fillers_of_one_article_with_one_ref_are_one_group(make: Make) -> None:
    claims = [
        make("a", "meeting", attendee="Ann Lee/Minister Lee"),
        make("a", "utterance", speaker="Ann Lee/She"),
        make("b", "utterance", speaker="Ann Lee"),
    ]
    mentions = mentions_of(claims)
    keys = {(mention.article, mention.key) for mention in mentions}
    assert [mention.article for mention in mentions].count("a") == 2
    assert len(keys) == 2
    assert len({mention.id for mention in mentions}) == 3


def test_a_thing_is_grouped_by_its_concept() -> None:
    assert ref_of(Filler(text="Rare Earth"), "material") == "rare earths"
    assert ref_of(Filler(text="the Salt Domes"), "topic") == "salt dome"


def test_common_nouns_name_nobody() -> None:
    assert unnamed("two officials")
    assert not unnamed("al-Busaidi Badr")
