"""What a user types for a parameter in, the term it stands for out.

An IRI, a prefixed name, a code, a label or any attested name form may stand for an entity or a
concept; the data decides. What fits nothing, or more than one thing, is an error that names
what comes close: a parameter is never guessed and never becomes query text unchecked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher, get_close_matches
from functools import cache

from kg.errors import QueryError
from kg.iris import Iris, literal_segment, slug
from kg.queries.catalogue import did_you_mean, read_question
from kg.queries.model import Parameter, Question, Rows, Term
from kg.resources import data_file
from kg.states import state_called
from kg.terms import CONCEPTS, DATA, PREFIXES


@dataclass(frozen=True, slots=True)
class Look:
    """How to look something up: `ask` runs a question with terms bound, here or at an endpoint.

    `called` gives the entities that go by a name, where an index of names is at hand. Where `near`
    takes notes, a person or body that alone goes by nearly that name is taken, and noted there.
    """

    ask: Callable[[Question, Mapping[str, Term]], Rows]
    base: str = DATA
    called: Callable[[str], Iterator[str]] | None = None
    near: list[str] | None = None


_MISSPELT = ("person", "organisation")  # a state or a material one letter off is another one
_ALIKE = 0.8  # of a word
_WHOLE, _LONG = 0.85, 12  # of a whole name, and from how many letters on
_XSD = PREFIXES["xsd"]
_PATH = re.compile(r"[a-z]+(?:-[a-z]+)*(?:/[^\s/<>\"{}|\\^`]+)+")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://)?[^\s<>\"{}|\\^`\x00-\x20]+")
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)  # "the Republic of X"
_NUMBERS = {
    "integer": re.compile(r"[+-]?[0-9]{1,18}"),
    "decimal": re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?"),
}
_DATES = {
    re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"): f"{_XSD}date",
    re.compile(r"[0-9]{4}-[0-9]{2}"): f"{_XSD}gYearMonth",
    re.compile(r"[0-9]{4}"): f"{_XSD}gYear",
}


def terms_of(question: Question, values: Mapping[str, str], look: Look) -> dict[str, Term]:
    """Give the terms of a question's parameters, defaults included."""
    _check_names(question, values)
    found: dict[str, Term] = {}
    for parameter in question.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is not None:
            found[parameter.name] = term_of(question.name, parameter, value, look)
    return found


def term_of(name: str, parameter: Parameter, value: str, look: Look) -> Term:
    """Give the term of one value by the type of its parameter."""
    where = f"{name}: --{parameter.name} {value}"
    match parameter.type:
        case "string":
            return Term("literal", value)
        case "integer" | "decimal":
            return _number(where, parameter.type, value)
        case "date":
            return _date(where, value)
        case "iri":
            return _iri(where, value, look.base)
        case "concept" | "entity":
            return _thing(where, parameter, value, look)


def _check_names(question: Question, values: Mapping[str, str]) -> None:
    known = [each.name for each in question.parameters]
    for name in values:
        if name not in known:
            has = f"it has {', '.join(known)}" if known else "it has none"
            reason = f"no parameter {name}{did_you_mean(name, known)}; {has}"
            raise QueryError(question.name, reason)
    for parameter in question.parameters:
        if parameter.required and parameter.default is None and parameter.name not in values:
            reason = f"parameter {parameter.name} is missing ({parameter.description})"
            raise QueryError(question.name, f"{reason}; add --{parameter.name} …")


def _number(where: str, kind: str, value: str) -> Term:
    if not _NUMBERS[kind].fullmatch(value):
        raise QueryError(where, f"not a number; give {kind} digits")
    return Term("literal", value, _XSD + kind)


def _date(where: str, value: str) -> Term:
    for form, datatype in _DATES.items():
        if form.fullmatch(value):
            try:
                date.fromisoformat((value + "-01-01")[:10] if len(value) < 10 else value)
            except ValueError as error:
                raise QueryError(where, f"no such date ({error}); give YYYY-MM-DD") from error
            return Term("literal", value, datatype)
    raise QueryError(where, "not a date; give YYYY-MM-DD, YYYY-MM or YYYY")


def _iri(where: str, value: str, base: str) -> Term:
    expanded = _expanded(value)
    if expanded is not None:
        return Term("uri", expanded)
    if _PATH.fullmatch(value):  # as answers show what lies below the base
        family, *segments = value.split("/")
        return Term("uri", Iris(base).of(family, *segments))
    reason = "not an IRI; give it whole, with one of our prefixes, or as answers show it (claim/…)"
    raise QueryError(where, reason)


def _expanded(value: str) -> str | None:
    """Give a whole IRI for an IRI or a prefixed name, None for any other text."""
    bare = value.removeprefix("<").removesuffix(">")
    prefix, _, local = bare.partition(":")
    if prefix in PREFIXES and _IRI.fullmatch(bare) and not local.startswith("//"):
        return PREFIXES[prefix] + local
    return bare if _IRI.fullmatch(bare) and "/" in bare else None


def _thing(where: str, parameter: Parameter, value: str, look: Look) -> Term:
    """Find what a value names: by IRI, by its place in a family, or by any name it goes by."""
    expanded = _expanded(value)
    if expanded is not None:
        return Term("uri", expanded)
    found = {iri for iri in _places(parameter, value, look.base) if _exists(iri, look)}
    for name in (value, _ARTICLE.sub("", value)):
        found = found or {iri for iri in _called(name, look) if _fits(parameter, iri)}
    if not found and "state" in parameter.families and (code := state_called(value)):
        own = Iris(look.base).of("state", code)  # "Deutschland"
        found = {own} if _exists(own, look) else set()
    if len(found) == 1:
        return Term("uri", found.pop())
    if found:
        choices = ", ".join(sorted(found))
        raise QueryError(where, f"means more than one thing; give one of {choices}")
    names = _names(parameter, look)
    alone = _alone(value, names) if look.near is not None else None
    if alone is not None and look.near is not None:
        look.near.append(f"{where}: nothing goes by this name; taken for {alone[1]}")
        return Term("uri", alone[0])
    raise QueryError(where, f"nothing goes by this name{_close(parameter, value, names)}")


def _places(parameter: Parameter, value: str, base: str) -> Iterator[str]:
    """Yield the IRIs that a value would have as the last segment, or as a path below the base."""
    family, _, rest = value.partition("/")
    if rest and family in parameter.families:
        yield Iris(base).of(family, *rest.split("/"))
    for family in parameter.families:
        yield f"{CONCEPTS}{family}/{slug(value)}"
        if parameter.type == "entity":
            yield Iris(base).of(family, literal_segment(value) if family == "article" else value)


def _exists(iri: str, look: Look) -> bool:
    return bool(look.ask(_bundled("is-mentioned.rq"), {"node": Term("uri", iri)}).verdict)


def _called(value: str, look: Look) -> Iterator[str]:
    if look.called is not None and (found := set(look.called(value))):
        return iter(sorted(found))
    rows = look.ask(_bundled("entities-called.rq"), {"wanted": Term("literal", value)})
    return (iri for iri, _ in rows.values())


@cache
def _bundled(name: str) -> Question:
    return read_question(data_file("queries", name))


def _fits(parameter: Parameter, iri: str) -> bool:
    if parameter.type == "concept" and not iri.startswith(CONCEPTS):
        return False
    families = parameter.families
    return not families or any(f"/{family}/" in iri for family in families)


def _names(parameter: Parameter, look: Look) -> list[tuple[str, str]]:
    """Give all that a parameter may stand for, with each of its names."""
    rows = look.ask(_bundled("names-of-entities.rq"), {}).values()
    return [(iri, name) for iri, name in rows if _fits(parameter, iri)]


def _alone(value: str, names: list[tuple[str, str]]) -> tuple[str, str] | None:
    """Give the one person or body that goes by nearly a name of several words, word by word."""
    wanted = value.casefold().split()
    if len(wanted) < 2:
        return None
    found = {
        iri: name
        for iri, name in names
        if any(f"/{family}/" in iri for family in _MISSPELT) and _near(wanted, name)
    }
    return next(iter(found.items())) if len(found) == 1 else None


def _near(wanted: list[str], name: str) -> bool:
    words, whole = name.casefold().split(), " ".join(wanted)
    if len(whole) >= _LONG and SequenceMatcher(None, whole, " ".join(words)).ratio() >= _WHOLE:
        return True
    return len(words) == len(wanted) and all(
        get_close_matches(each, words, n=1, cutoff=_ALIKE) for each in wanted
    )


def _close(parameter: Parameter, value: str, names: list[tuple[str, str]]) -> str:
    close = did_you_mean(value, sorted({name for _, name in names}))
    kinds = " or ".join(parameter.families) or parameter.type
    article = "an" if kinds[0] in "aeiou" else "a"
    return close or f"; give the name, code or IRI of {article} {kinds} in this dataset"
