"""What a user types for a parameter in, the term it stands for out.

An IRI, a prefixed name, a code, a label or any attested name form may stand for an entity or a
concept; the data decides. What fits nothing, or more than one thing, is an error that names
what comes close: a parameter is never guessed and never becomes query text unchecked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from kg.errors import QueryError
from kg.queries.catalogue import did_you_mean, read_question
from kg.queries.model import Parameter, Question, Rows, Term
from kg.resources import data_file
from kg.terms import CONCEPTS, PREFIXES

Ask = Callable[[Question, Mapping[str, Term]], Rows]
"""Runs a question with terms bound: against a store or against an endpoint."""

_XSD = PREFIXES["xsd"]
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://)?[^\s<>\"{}|\\^`\x00-\x20]+")
_DATES = {
    re.compile(r"-?\d{4}-\d\d-\d\d"): f"{_XSD}date",
    re.compile(r"-?\d{4}-\d\d"): f"{_XSD}gYearMonth",
    re.compile(r"-?\d{4}"): f"{_XSD}gYear",
}


def terms_of(question: Question, values: Mapping[str, str], ask: Ask) -> dict[str, Term]:
    """Give the terms of a question's parameters, defaults included."""
    _check_names(question, values)
    found: dict[str, Term] = {}
    for parameter in question.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is not None:
            found[parameter.name] = term_of(question.name, parameter, value, ask)
    return found


def term_of(name: str, parameter: Parameter, value: str, ask: Ask) -> Term:
    """Give the term of one value by the type of its parameter."""
    where = f"{name}: --param {parameter.name}={value}"
    match parameter.type:
        case "string":
            return Term("literal", value)
        case "integer" | "decimal":
            return _number(where, parameter.type, value)
        case "date":
            return _date(where, value)
        case "iri":
            return _iri(where, value)
        case "concept" | "entity":
            return _thing(where, parameter, value, ask)


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
            raise QueryError(question.name, f"{reason}; add --param {parameter.name}=…")


def _number(where: str, kind: str, value: str) -> Term:
    try:
        number = int(value) if kind == "integer" else Decimal(value)
    except (ValueError, InvalidOperation) as error:
        raise QueryError(where, f"not a number; give {kind} digits") from error
    if not Decimal(number).is_finite():
        raise QueryError(where, f"not a number; give {kind} digits")
    return Term("literal", f"{number:f}" if kind == "decimal" else str(number), _XSD + kind)


def _date(where: str, value: str) -> Term:
    for form, datatype in _DATES.items():
        if form.fullmatch(value):
            try:
                date.fromisoformat((value + "-01-01")[:10] if len(value) < 10 else value)
            except ValueError as error:
                raise QueryError(where, f"no such date ({error}); give YYYY-MM-DD") from error
            return Term("literal", value, datatype)
    raise QueryError(where, "not a date; give YYYY-MM-DD, YYYY-MM or YYYY")


def _iri(where: str, value: str) -> Term:
    expanded = _expanded(value)
    if expanded is None:
        raise QueryError(where, "not an IRI; give it whole or with one of our prefixes")
    return Term("uri", expanded)


def _expanded(value: str) -> str | None:
    """Give a whole IRI for an IRI or a prefixed name, None for any other text."""
    bare = value.removeprefix("<").removesuffix(">")
    prefix, _, local = bare.partition(":")
    if prefix in PREFIXES and _IRI.fullmatch(bare) and not local.startswith("//"):
        return PREFIXES[prefix] + local
    return bare if _IRI.fullmatch(bare) and "/" in bare else None


def _thing(where: str, parameter: Parameter, value: str, ask: Ask) -> Term:
    expanded = _expanded(value)
    if expanded is not None:
        return Term("uri", expanded)
    called = read_question(data_file("queries", "entities-called.rq"))
    spoken = value.replace("-", " ") if parameter.type == "concept" else value
    wanted = {each: Term("literal", each) for each in (value, spoken)}
    found: set[str] = set()
    for term in wanted.values():
        rows = ask(called, {"wanted": term}).values()
        found |= {iri for iri, _ in rows if _fits(parameter, iri)}
    if len(found) == 1:
        return Term("uri", found.pop())
    if found:
        choices = ", ".join(sorted(found))
        raise QueryError(where, f"means more than one thing; give one of {choices}")
    raise QueryError(where, f"nothing goes by this name{_close(parameter, value, ask)}")


def _fits(parameter: Parameter, iri: str) -> bool:
    if parameter.type == "concept" and not iri.startswith(CONCEPTS):
        return False
    families = parameter.families
    return not families or any(f"/{family}/" in iri for family in families)


def _close(parameter: Parameter, value: str, ask: Ask) -> str:
    rows = ask(read_question(data_file("queries", "names-of-entities.rq")), {}).values()
    names = sorted({name for iri, name in rows if _fits(parameter, iri)})
    close = did_you_mean(value, names)
    kinds = " or ".join(parameter.families) or parameter.type
    return close or f"; give the name, code or IRI of a {kinds} in this dataset"
