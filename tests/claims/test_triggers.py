"""The trigger lexicon is large, well-formed and means one thing at a time."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import get_args

import pytest
from spacy.tokens import Token

from kg.claims.engine import load_engine
from kg.claims.triggers import (
    FILES,
    SupportFile,
    Trigger,
    TriggerFile,
    support_of,
    supports_of,
    trigger_at,
    triggers,
)
from kg.errors import LexiconError
from kg.resources import lexicon
from kg.terms import (
    MODALITIES,
    ROLES,
    ControlStatus,
    ControlType,
    DocumentType,
    Kind,
    PositionType,
)

VALUES: dict[str, tuple[str | None, ...]] = {
    "commitment": MODALITIES,
    "concern": (None,),
    "control": ("ban", "restriction", *get_args(ControlType)),
    "position": get_args(PositionType),
    "document": get_args(DocumentType),
}


@cache
def tokens(text: str) -> tuple[Token, ...]:
    return tuple(next(load_engine().parse([text])))


def token_of(text: str, word: str) -> Token:
    return next(token for token in tokens(text) if token.text == word)


def test_the_lexicon_has_hundreds_of_triggers_of_every_kind() -> None:
    count = Counter(trigger.kind for trigger in triggers())
    assert sum(count.values()) >= 700
    assert set(count) == set(VALUES)
    assert min(count.values()) >= 60


def test_no_trigger_stands_twice_with_one_head_and_one_meaning() -> None:
    count = Counter((t.kind, t.pos, t.words, t.value, t.needs) for t in triggers())
    assert [key for key, number in count.items() if number > 1] == []


@pytest.mark.parametrize("name", FILES)
def test_every_file_and_class_says_its_source(name: str) -> None:
    read = lexicon("claims", name, TriggerFile)
    assert read.source
    assert all(group.source for group in read.classes)


def test_every_value_is_one_of_the_vocabulary() -> None:
    assert [t for t in triggers() if t.value not in VALUES[t.kind]] == []


def test_every_frame_fills_only_roles_of_its_kind() -> None:
    assert [t for t in triggers() if not set(t.frame) <= set(ROLES[t.kind])] == []


def test_every_support_gives_a_status_or_modality_of_the_vocabulary() -> None:
    statuses = (*get_args(ControlStatus), "faced")
    known = {"control": statuses, "commitment": MODALITIES, "document": ("issued", "signed")}
    groups = lexicon("claims", "supports.yaml", SupportFile).classes
    wrong = [g for g in groups if g.kind in known and g.value not in known[g.kind]]
    assert wrong == []


def test_a_field_that_the_schema_lacks_is_an_error() -> None:
    with pytest.raises(LexiconError):
        lexicon("claims", "supports.yaml", TriggerFile)


@pytest.mark.parametrize(
    ("text", "word", "kind", "words"),
    [
        ("Peru vowed to plant trees.", "vowed", "commitment", ("vow",)),
        ("In it, Peru reserved the right to act.", "reserved", "commitment", ("reserve", "right")),
        ("Peru is committed to peace.", "committed", "commitment", ("committed",)),
        ("Peru criticised the export ban.", "ban", "control", ("ban", "export")),
        ("Peru criticised the export ban.", "criticised", "concern", ("criticise",)),
        ("They read the joint statement.", "statement", "document", ("statement", "joint")),
        ("Peru holds a monopoly on quinoa.", "monopoly", "position", ("monopoly",)),
    ],
)  # fmt: skip
def test_the_longest_trigger_that_fits_is_found(
    text: str, word: str, kind: Kind, words: tuple[str, ...]
) -> None:
    found = trigger_at(token_of(text, word), kind)
    assert isinstance(found, Trigger)
    assert found.words == words


def test_a_word_is_no_trigger_of_another_kind() -> None:
    assert trigger_at(token_of("Peru vowed to plant trees.", "vowed"), "control") is None


def test_a_carrying_verb_says_what_it_adds() -> None:
    verb = token_of("Peru lifted the ban.", "lifted")
    assert support_of(verb, "control") == "lifted"
    assert support_of(verb, "concern") is None
    raised = token_of("The plan raised concern in Lima.", "raised")
    assert supports_of(raised, "concern") == {"stated", "experienced"}
