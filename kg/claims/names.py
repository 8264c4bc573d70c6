"""Names of states and blocs: the lexicon compiled into a matcher, a document in, hits out.

The longest name at a place wins, and a longer name that means something else ("South China
Sea") hides the state within it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final, Literal

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans
from spacy.vocab import Vocab

from kg.claims.parsed import source_of
from kg.resources import lexicon
from kg.states import blocs, states
from kg.terms import EntityType

Form = Literal["name", "adjective", "capital", "government"]
_HIDDEN: Final = "shadow"


@dataclass(frozen=True, slots=True)
class Shadows:
    """The data of `names.yaml`."""

    shadows: tuple[str, ...]
    formerly: dict[str, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of a state or bloc in a document, by token positions."""

    start: int
    end: int
    ref: str
    type: EntityType
    form: Form


class Names:
    """The matcher of state and bloc names, compiled once per vocabulary."""

    def __init__(self, vocab: Vocab, tokenize: Callable[[str], Doc]) -> None:
        self._matcher = PhraseMatcher(vocab, attr="ORTH")
        self._meaning: dict[str, tuple[str, EntityType, Form]] = {}
        for wording, meaning in _wordings().items():
            self._meaning[wording] = meaning
            self._matcher.add(wording, [tokenize(wording)])
        hidden = lexicon("claims", "names.yaml", Shadows).shadows
        self._matcher.add(_HIDDEN, [tokenize(wording) for wording in hidden])

    def find(self, doc: Doc) -> tuple[Hit, ...]:
        """Give the states and blocs named in a document, in order, none overlapping."""
        spans = filter_spans(self._matcher(source_of(doc), as_spans=True))
        kept = [span for span in spans if span.label_ != _HIDDEN and not _in_person(span)]
        return tuple(Hit(s.start, s.end, *self._meaning[s.label_]) for s in kept)


def as_of(hit: Hit, year: str) -> Hit:
    """Give a byword of a state for the state that it stood for in a year: "Moscow" in 1971."""
    for ref, last in _formerly().get(hit.ref, {}).items():
        if hit.form in ("capital", "government") and int(year) <= last:
            return replace(hit, ref=ref)
    return hit


@cache
def _formerly() -> dict[str, dict[str, int]]:
    read: Shadows = lexicon("claims", "names.yaml", Shadows)
    return read.formerly


def state_name(ref: str) -> str:
    """Give the plain English name of a state or bloc by its reference."""
    name: str = _PLAIN.get(ref, ref)
    return name


def _wordings() -> dict[str, tuple[str, EntityType, Form]]:
    """Give every wording with what it means; of two meanings the first in the files stays."""
    found: dict[str, tuple[str, EntityType, Form]] = {}
    for bloc in blocs().values():
        _add(found, bloc.names, (bloc.ref, "bloc", "name"))
        _add(found, bloc.adjectives, (bloc.ref, "bloc", "adjective"))
        _add(found, bloc.capitals, (bloc.ref, "bloc", "capital"))
    rows = states().values()
    for state in rows:
        _add(found, (state.name, *state.names), (state.code, "state", "name"))
    for state in rows:
        _add(found, state.adjectives, (state.code, "state", "adjective"))
        people = tuple(f"the {each}s" for each in state.adjectives if each[-1:] in {"n", "i", "k"})
        _add(found, people, (state.code, "state", "name"))
        _add(found, state.governments, (state.code, "state", "government"))
        _add(found, state.capitals, (state.code, "state", "capital"))
    return found


def _add(
    found: dict[str, tuple[str, EntityType, Form]],
    wordings: tuple[str, ...],
    meaning: tuple[str, EntityType, Form],
) -> None:
    for wording in wordings:
        found.setdefault(wording, meaning)
    for wording in wordings:  # "Opec", "Asean", as British papers write
        if meaning[1] == "bloc" and wording.isalpha() and wording.isupper() and len(wording) > 3:
            found.setdefault(wording.capitalize(), meaning)


def _in_person(span: object) -> bool:
    """Tell whether a one-word name is part of a longer name of a person ("Michael Jordan")."""
    token = span[0]  # type: ignore[index]
    if len(span) > 1 or token.ent_type_ != "PERSON" or token.ent_iob_ != "I":  # type: ignore[arg-type]
        return False
    return bool(token.i + 1 >= len(token.doc) or token.nbor().lower_ != "'s")


@cache
def administrations() -> dict[str, str]:
    """Give the states of heads of government whose administration goes by their surname."""
    found: dict[str, str] = {}
    for row in states().values():
        for name in row.governments:
            first, _, rest = name.partition(" ")
            if rest == "administration" and "-" not in first:
                found[first.lower()] = row.code
    return found


_PLAIN: Final = {code: row.name for code, row in states().items()}
