"""Who is blamed where the sentence leaves it out: a concern about a measure in, its imposers out.

"Canberra grumbled about the quota" blames whoever the article says imposed it last, unless that
is who grumbles. The measures of the article are read once, when a concern first asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from spacy.tokens import Token

from kg.claims import controls
from kg.claims.draft import Draft
from kg.claims.frames import Instance
from kg.claims.model import Filler
from kg.claims.reading import Reading
from kg.claims.triggers import lemma, trigger_at
from kg.claims.voices import Voice
from kg.claims.wording import wording

PRONOUNS: Final = ("it", "this", "them", "that", "these")


class Measures:
    """The measures of an article, by where they stand."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._drafts: tuple[Draft, ...] | None = None

    def imposers(
        self, instance: Instance, topics: Iterable[Token], holder: Voice
    ) -> tuple[Filler, ...]:
        """Give who imposed the measure that a concern is about; nobody where it is about none."""
        if not any(_is_measure(token) for token in (*topics, *instance.every("target"))):
            return ()
        held = {actor.value for actor in holder.actors}
        for draft in reversed(self._told()):
            found = draft.roles.get("imposer", ())
            if draft.sentence.index <= instance.sentence.index and found:
                return () if held & {each.value for each in found} else _carried(found)
        return ()

    def _told(self) -> tuple[Draft, ...]:
        if self._drafts is None:
            trail, self._reading.trail = self._reading.trail, None  # said once is enough
            self._drafts = tuple(controls.claims_in(self._reading))
            self._reading.trail = trail
        return self._drafts


def _is_measure(token: Token) -> bool:
    """Say whether a topic is a measure, or a word that may stand for one."""
    if token.lower_ in PRONOUNS or trigger_at(token, "control") is not None:
        return True
    return token.pos_ == "NOUN" and lemma(token) in wording().moves


def _carried(fillers: tuple[Filler, ...]) -> tuple[Filler, ...]:
    return tuple(Filler(ref=f.ref, type=f.type, rule=f.rule) for f in fillers)
