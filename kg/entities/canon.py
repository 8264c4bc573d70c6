"""What an entity is called: the name forms that its groups attest in, its label and forms out.

The label is the wording that most groups bear out (a group is what one article calls by one
name), wordings that differ only in order, case or hyphens counted together and a surname alone
left aside. A description of a place stands behind any name, and a form of a person's name that is
garbled, set against what most groups bear out, behind what they do; of those the fullest, then the
one of most groups, then one without capitals after a hyphen, then the one with most mentions, then
the first by alphabet. A word in capitals throughout is the choice of a typesetter. A form that no
order, abbreviation or romanisation explains is garbled, and the rule that found it says how.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from kg.entities.concepts import normal
from kg.entities.descriptions import describes_place
from kg.entities.labels import compare_labels, label_of
from kg.entities.lexicons import kinds
from kg.entities.likeness import GARBLED, Level, compare
from kg.entities.mentions import unnamed
from kg.entities.model import EntityKind, Form
from kg.entities.names import name_of, person_name
from kg.entities.romanisation import ANY, backgrounds_of, joined, skeleton
from kg.states import blocs, states

_RULES: Final[dict[Level, str]] = {
    "glued": "surname-glued-to-given-name",
    "misread": "read-through-another-script",
    "similar": "letters-differ",
}
_NO_FORM: Final = frozenset({"kin", "unlike", "part", "mononym", "surname", "another-language"})
_MANY: Final = 40  # forms of one name that are set against each other
_AFTER_HYPHEN: Final = re.compile(r"-[A-Z]")
_LOOSE: Final = frozenset({"of", "the", "and", "for", "in", "on", "to", "at", "by", "with"})


class Attested(NamedTuple):
    """How often a name form is attested; the counts of several groups add up."""

    groups: int
    mentions: int
    support: int  # groups that count for its class of like forms


def attested(kind: EntityKind, ref: str, wordings: Iterable[str]) -> dict[str, Attested]:
    """Count the name forms that the wordings of one group attest.

    A wording attests what it was read as and, where that is a name, what stands in the text. The
    group supports each class of like forms once.
    """
    mentions = Counter(form for wording in wordings for form in _forms(kind, ref, wording))
    found: dict[str, Attested] = {}
    seen: set[tuple[str, ...]] = set()
    for form, count in sorted(mentions.items()):
        alike = _alike(kind, form)
        found[form] = Attested(1, count, int(alike not in seen))
        seen.add(alike)
    return found


def label_from(
    kind: EntityKind, forms: Mapping[str, Attested], at: frozenset[str] = frozenset()
) -> str:
    """Choose the label of a cluster from its forms; `at` are the states of its bearer."""
    alike: defaultdict[tuple[str, ...], int] = defaultdict(int)
    for form, counted in forms.items():
        alike[_alike(kind, form)] += counted.support

    aside = _outvoted(forms, at) if kind == "person" else frozenset()

    def rank(form: str) -> tuple[bool, bool, bool, int, int, int, int, int, str]:
        groups, mentions, _ = forms[form]
        part = kind == "person" and len(form.split()) < 2
        loud = kind == "person" and any(map(_loud, form.split()))
        support = alike[_alike(kind, form)]
        capitals = len(_AFTER_HYPHEN.findall(form)) if kind == "person" else 0
        last = form in aside or (kind == "place" and _describes(form))
        return (part, loud, last, -support, -_fullness(form), -groups, capitals, -mentions, form)

    return min(forms, key=rank)


def _describes(form: str) -> bool:
    """Say whether a wording tells what a place is, not its name: "the Indonesian capital"."""
    words = label_of(form).words
    capital = "capital" in words and set(words) <= kinds().place_words
    return capital or describes_place(form)


def _outvoted(forms: Mapping[str, Attested], at: frozenset[str]) -> frozenset[str]:
    """Give the forms that several others call garbled, of as many groups as bear them out."""
    if len(forms) < 3 or len(forms) > _MANY:
        return frozenset()
    found: set[str] = set()
    for form, counted in forms.items():
        others = [each for each in forms if each != form]
        against = [each for each in others if compare(form, each, at).level in GARBLED]
        loss = sum(forms[each].support for each in against)
        rest = sum(forms[each].support for each in others) - loss
        if len(against) > 1 and loss >= counted.support + rest:
            found.add(form)
    return frozenset(found) if len(found) < len(forms) else frozenset()


def described(
    kind: EntityKind, label: str, forms: Iterable[str], at: frozenset[str]
) -> tuple[Form, ...]:
    """Describe the forms, without their articles; those of persons that are garbled say so."""
    described: list[Form] = []
    for form in sorted(forms):
        rule = _garbling(form, label, at) if kind == "person" else None
        described.append(Form(form, (), "garbled" if rule else "attested", rule))
    return tuple(described)


def state_label(code: str) -> str:
    """Give the English short name of a state or bloc, its code if there is none."""
    if code in states():
        return states()[code].name
    return blocs()[code].names[0] if code in blocs() else code


def _garbling(form: str, label: str, at: frozenset[str]) -> str | None:
    """Name the rule by which a form is garbled, None for a plain variant of the label."""
    level = compare(form, label, at).level
    if level == "similar" and backgrounds_of(at) == (ANY,):
        return None  # of a language whose spellings nobody has listed here
    return _RULES[level] if level in GARBLED else None


def _bare(kind: EntityKind, text: str) -> str:
    """Strip what is no part of a name: forms of address, a possessive, quotes, loose words."""
    if kind == "person":
        return person_name(text)
    words = re.sub(r"['’]s?$", "", text.strip(" \t\n\"“”‘’',;:")).split()
    if len(words) > 1 and words[0].casefold() == "the":
        words = words[1:]
    while kind != "topic" and len(words) > 1 and words[-1] in _LOOSE:
        words = words[:-1]
    return " ".join(words)


@lru_cache(maxsize=65536)
def _forms(kind: EntityKind, ref: str, wording: str) -> tuple[str, ...]:
    read = _bare(kind, wording if kind == "topic" else ref)
    written = _bare(kind, _cropped(kind, ref, wording))
    if written == read or not _names(kind, written, ref):
        return (read,)
    return read, written


def _cropped(kind: EntityKind, ref: str, wording: str) -> str:
    """Take of a wording what stands for the name: a person's title often runs into it."""
    if kind != "person":
        return wording
    own = set(name_of(ref).tokens)
    words = wording.split()
    named = [place for place, word in enumerate(words) if own & set(name_of(word).tokens)]
    return " ".join(words[named[0] : named[-1] + 1]) if named else wording


def _names(kind: EntityKind, form: str, ref: str) -> bool:
    """Say whether a wording is a name of what it stands for, not a pronoun or a title."""
    if not form:
        return False
    if kind == "person":
        return not unnamed(form) and _names_person(form, ref)
    if kind in ("state", "bloc"):
        return form in _state_names(ref)
    if kind in ("topic", "material"):
        return True
    return not unnamed(form) and compare_labels(kind, form, ref) != "unlike"


def _names_person(form: str, ref: str) -> bool:
    """Compare a wording with the name it was read as, unless a look at their parts is enough."""
    own, full = (tuple(map(skeleton, name_of(each).tokens)) for each in (form, ref))
    respaced = joined(own) == joined(full)
    if not respaced and (len(own) == 1 < len(full) or not set(own) & set(full)):
        return False  # a pronoun, or a part of the name
    return compare(form, ref).level not in _NO_FORM


def _state_names(code: str) -> Iterable[str]:
    if code in states():
        return (states()[code].name, *states()[code].names)
    return blocs()[code].names if code in blocs() else ()


@lru_cache(maxsize=65536)
def _alike(kind: EntityKind, form: str) -> tuple[str, ...]:
    """Give what forms have in common that differ only in order, case or hyphens."""
    if kind == "person":
        return tuple(sorted(name_of(form).tokens))
    if kind == "topic":
        return (normal(form),)
    label = label_of(form)
    return label.words or tuple(sorted(label.acronyms))


def _loud(word: str) -> bool:
    """Say whether a word is in capitals throughout, or has a digit in it: no name is written so."""
    return (len(word) > 3 and word.isupper()) or any(map(str.isdigit, word))


def _fullness(form: str) -> int:
    """Count the parts of a name, so that the fullest of like ones is chosen."""
    return len([word for word in re.split(r"[\s-]+", form) if len(word.strip(".")) > 1])
