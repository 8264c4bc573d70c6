"""A document made ready answers as the parser's own document does."""

from __future__ import annotations

from kg.claims.engine import Engine
from kg.claims.parsed import ready, source_of

TEXT = "Ana Ruiz of Peru's ministry said on 3 May that tin, which Mali sells, was taxed. It wasn't."
PLAIN = (
    "text", "lower_", "lemma_", "dep_", "pos_", "tag_", "ent_type_", "ent_iob_", "idx", "i",
    "whitespace_", "is_title", "is_upper", "is_lower", "is_alpha", "is_sent_start", "like_num",
)  # fmt: skip
AROUND = ("children", "lefts", "rights", "subtree", "ancestors")


def test_every_token_answers_as_the_parsers(engine: Engine) -> None:
    source = next(engine.parse([TEXT]))
    doc = ready(source)
    assert len(doc) == len(source) > 15
    for ours, theirs in zip(doc, source, strict=True):
        assert [getattr(ours, name) for name in PLAIN] == [getattr(theirs, name) for name in PLAIN]
        for name in AROUND:
            assert [t.i for t in getattr(ours, name)] == [t.i for t in getattr(theirs, name)]
        assert (ours.head.i, ours.left_edge.i) == (theirs.head.i, theirs.left_edge.i)
        assert (ours.right_edge.i, ours.sent.text) == (theirs.right_edge.i, theirs.sent.text)


def test_every_stretch_answers_as_the_parsers(engine: Engine) -> None:
    source = next(engine.parse([TEXT]))
    doc = ready(source)
    assert source_of(doc) is source
    names = [(e.text, e.start, e.end, e.label_) for e in source.ents]
    assert [(e.text, e.start, e.end, e.label_) for e in doc.ents] == names
    for start in range(len(source)):
        ours, theirs = doc[start : start + 4], source[start : start + 4]
        assert (ours.text, ours.root.i, len(ours)) == (theirs.text, theirs.root.i, len(theirs))
        assert (ours.start_char, ours.end_char) == (theirs.start_char, theirs.end_char)


def test_a_material_that_the_parser_takes_for_a_participle_is_a_noun(engine: Engine) -> None:
    source = next(engine.parse(["Export licences for tungsten were issued."]))
    assert [token.tag_ for token in source if token.lower_ == "tungsten"] == ["VBN"]
    read = [token for token in ready(source) if token.lower_ == "tungsten"]
    assert [(token.tag_, token.pos_, token.lemma_) for token in read] == [
        ("NN", "NOUN", "tungsten")
    ]
