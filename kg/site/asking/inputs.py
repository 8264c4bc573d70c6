"""The parameters of a question in, the inputs of a form out: with what may be chosen for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from kg.iris import Iris
from kg.queries.model import Parameter, Question
from kg.site.looking import Look
from kg.terms import CONCEPTS

_MOST: Final = 300  # suggestions that stand in the page; of each kind no more are looked at
_CLASSES: Final = {
    "article": "cmq:Article", "bloc": "cmq:Bloc", "commitment": "cmq:PolicyCommitment",
    "concern": "cmq:PolicyConcern", "document": "cmq:OfficialDocument",
    "framework": "cmq:Framework", "measure": "cmq:ControlMeasure",
    "meeting": "cmq:DiplomaticMeeting", "occasion": "cmq:Occasion",
    "organisation": "cmq:Organisation", "person": "cmq:Person", "place": "cmq:Place",
    "position": "cmq:SupplyPosition", "state": "cmq:State", "utterance": "cmq:Utterance",
}  # fmt: skip
_WHOLE: Final = 25  # concepts that a list to choose from may hold, more are suggested


@dataclass(frozen=True, slots=True)
class Option:
    """One value that may be given: what is sent, and what it is called."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a form."""

    name: str
    title: str
    kind: Literal["text", "date", "number", "choice", "suggested"]
    value: str
    required: bool
    options: tuple[Option, ...] = ()
    families: str = ""  # of which more can be found by searching


class Inputs:
    """Makes the inputs of questions."""

    def __init__(self, look: Look, iris: Iris) -> None:
        self._look, self._iris = look, iris
        self._options = lru_cache(64)(self._found)

    def of(self, question: Question, given: Mapping[str, str]) -> tuple[Input, ...]:
        """Give the inputs of a question, filled with what was given or holds otherwise."""
        return tuple(
            self._input(each, given.get(each.name, each.default or ""))
            for each in question.parameters
        )

    def _input(self, parameter: Parameter, value: str) -> Input:
        required = parameter.required and parameter.default is None
        title = parameter.description
        match parameter.type:
            case "date":
                return Input(parameter.name, title, "date", value, required)
            case "integer" | "decimal":
                return Input(parameter.name, title, "number", value, required)
            case "concept" | "entity":
                options = self._options(parameter.families)
                few = parameter.type == "concept" and len(options) <= _WHOLE
                kind: Literal["choice", "suggested"] = "choice" if few else "suggested"
                if few and value and value not in {each.value for each in options}:
                    options = (*options, Option(value, value))
                families = " ".join(parameter.families)
                return Input(
                    parameter.name, title, kind, value, required, options[:_MOST], families
                )
            case _:
                return Input(parameter.name, title, "text", value, required)

    def _found(self, families: tuple[str, ...]) -> tuple[Option, ...]:
        found = [option for family in families for option in self._family(family)]
        return tuple(sorted(found, key=lambda each: (each.text.casefold(), each.value)))

    def _family(self, family: str) -> tuple[Option, ...]:
        look = self._look
        if family in _CLASSES:
            iris = look.of_class(_CLASSES[family], _MOST)
        else:
            iris = look.subjects("skos:inScheme", CONCEPTS + family)
        return tuple(Option(self._value(each, family), look.label(each)) for each in iris)

    def _value(self, iri: str, family: str) -> str:
        """Name a thing as a question understands it: codes of states are read by themselves."""
        if iri.startswith(CONCEPTS):
            return iri.rpartition("/")[2]
        below = iri.removeprefix(self._iris.base)
        return below.removeprefix(f"{family}/") if family in {"state", "bloc", "article"} else below
