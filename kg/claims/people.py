"""Persons in a document: tokens and titles in, persons with their titles out.

Lists of persons are read by token order (state, title, name), not by arcs of the parser, which
are wrong there. A name is what follows a title, or what the pipeline holds for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Doc, Span, Token

from kg.claims.name_words import fullest, words
from kg.claims.names import Hit
from kg.claims.offices import Title, courtesies_begin, offices
from kg.claims.organisations import bodies
from kg.claims.reference import nouns

__all__ = ["Person", "fullest", "people_in", "surnames", "surnames_in", "words"]

NAME_WORD: Final = re.compile(r"[^\W\d_][\w'’.]*$")
INITIAL: Final = re.compile(r"[A-Z]\.?$")
AFTER_TITLE: Final = frozenset(
    {"an", "he", "may", "will", "so", "as", "it", "i"}
)  # also family names
LONGEST: Final = 6
BETWEEN: Final = frozenset({"the", "a", "an", "'s", "of", "-", "and", "his", "her", "its", "their"})
SERVING: Final = frozenset({"from", "of", "to", "at", "for", "in", "with", "on"})
NOMINAL: Final = frozenset({"NOUN", "PROPN", "ADJ", "DET", "ADP", "PART", "CCONJ", "NUM"})
OFFICE_OF: Final = frozenset({"of", "to", "at", "for"})  # "ambassador to the EU, NAME"


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in a document: where the name stands, and the title beside it if any."""

    start: int
    end: int
    name: str
    title: Title | None = None
    honorific: int | None = None  # where "Ms" stands

    @property
    def first(self) -> int:
        """Give where title or name begin, whichever comes first."""
        starts = [self.start]
        if self.honorific is not None:
            starts.append(self.honorific)
        if self.title and self.title.start < self.start:
            starts.append(self.title.start)
        return min(starts)


def people_in(doc: Doc, titles: tuple[Title, ...], hits: tuple[Hit, ...]) -> tuple[Person, ...]:
    """Find the persons of a document, in order, none overlapping."""
    taken = {i for hit in hits for i in range(hit.start, hit.end)}
    taken |= {i for title in titles for i in range(title.start, title.end)}
    found = _titled(doc, titles, taken)
    used = taken | {i for person in found for i in range(person.start, person.end)}
    found += list(_recognised(doc, used))
    used |= {i for person in found for i in range(person.start, person.end)}
    found += list(_before_titles(doc, titles, used))
    used |= {i for person in found for i in range(person.start, person.end)}
    found += list(_behind_titles(doc, titles, used))
    used |= {i for person in found for i in range(person.start, person.end)}
    found += list(_apposed(doc, used))
    found.sort(key=lambda person: person.start)
    return tuple(_with_titles_after(doc, found, titles))


def surnames_in(
    doc: Doc,
    known: frozenset[str],
    people: tuple[Person, ...],
    barred: set[int],
    titles: tuple[Title, ...] = (),
) -> tuple[Person, ...]:
    """Add to the persons of a document those named by a known surname only: "Okafor said"."""
    used = barred | {i for person in people for i in range(person.start, person.end)}
    found = list(people)
    for token in doc:
        end = _surname_end(doc, token.i, known, used)
        if end is not None:
            found.append(_person(doc, token.i, end, None))
    found.sort(key=lambda person: person.start)
    return tuple(_with_titles_after(doc, found, titles))


def _surname_end(doc: Doc, i: int, known: frozenset[str], used: set[int]) -> int | None:
    """Give where a known surname that begins at `i` ends; None if none stands there."""
    token, end = doc[i], i + 1
    if i in used or not token.text[:1].isupper():
        return None
    while end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_:
        end += 2  # "Al-Masri"
    word = doc[i:end].text if end > i + 1 else token.text
    if word not in known:
        return None
    if token.lower_ in offices().nameless and (token.is_sent_start or token.pos_ != "PROPN"):
        return None
    following = doc[end] if end < len(doc) else None
    if following is not None and following.text[:1].isupper() and following.pos_ == "PROPN":
        return None
    before = doc[i - 1] if i else None
    if before is not None and (
        before.text == "-" or (before.pos_ == "PROPN" and before.text[:1].isupper())
    ):
        return None
    return end


def surnames(names: Iterable[str]) -> frozenset[str]:
    """Give the single words by which persons of an article may be named again."""
    found: set[str] = set()
    for name in names:
        parts = [part.strip(".,") for part in name.split()]
        parts = [part for part in parts if len(part) > 1 and part not in {"Jr", "Sr"}]
        if parts:
            found.update({parts[0], parts[-1]} if len(parts) > 1 else {parts[0]})
        if len(parts) > 2 and parts[-2][:1].isupper():  # "Ana Torres Ruiz", called "Torres"
            found.add(parts[-2])
    return frozenset(found)


def _behind_titles(doc: Doc, titles: tuple[Title, ...], used: set[int]) -> Iterator[Person]:
    """Find names that no one else found in "the mines minister, NAME, said"."""
    for title in titles:
        at = _over_owner(doc, title.end)
        owned = doc[title.start - 1].ent_type_ == "NORP"  # "the Jamaican leader, NAME,"
        if (title.weak and not owned) or title.plural or at + 2 >= len(doc) or doc[at].text != ",":
            continue
        end = name_at(doc, at + 1, used)
        if end is None or end - at < 3 or end >= len(doc) or doc[end].text not in {",", ";", "."}:
            continue
        before = doc[title.start - 1] if title.start else None
        if before is not None and (
            before.lower_ in {"'s", "the", "its", "his", "her", "their"}
            or before.text[:1].isupper()
        ):
            yield _person(doc, at + 1, end, None)


def _over_owner(doc: Doc, at: int) -> int:
    """Go over "of Japan to Chile" behind a title."""
    while at < len(doc) and (
        doc[at].lower_ in {"of", "to", "the", "in"} or doc[at].ent_type_ in {"GPE", "NORP", "ORG"}
    ):
        at += 1
    return at


def _apposed(doc: Doc, used: set[int]) -> Iterator[Person]:
    """Find names that no one else found in "their counsel, NAME, told the judges"."""
    for token in doc:
        noun = token.head
        if token.dep_ != "appos" or token.pos_ != "PROPN" or noun.pos_ != "NOUN":
            continue
        start = token.left_edge.i
        end = name_at(doc, start, used)
        known = {t.ent_type_ for t in doc[start : token.i + 1]} - {"", "PERSON"}
        speaks = noun.head.lemma_ in nouns().saying
        plain = noun.is_lower and doc[start - 1].text == "," and (not known or speaks)
        if plain and end == token.i + 1 and end - start > 1:
            yield _person(doc, start, end, None)


def _before_titles(doc: Doc, titles: tuple[Title, ...], used: set[int]) -> Iterator[Person]:
    """Find names that no one else found in "NAME, the South Korean Minister of Trade"."""
    for title in titles:
        if title.plural:
            continue
        at = title.start - 1
        while at > 0 and title.start - at < 6 and doc[at].text != ",":
            at -= 1
        if (
            at <= 0
            or doc[at].text != ","
            or not all(_may_stand_between(token) for token in doc[at + 1 : title.start])
        ):
            continue
        start = at
        while (
            start > 0
            and start - 1 not in used
            and (
                doc[start - 1].text[:1].isupper()
                or doc[start - 1].text == "-"
                or (start > 1 and doc[start - 2].text == "-" and doc[start - 1].is_alpha)
            )
        ):
            start -= 1
        if _is_elsewhere(doc, start, at, title):
            continue
        if at - start >= 2 and name_at(doc, start, used, after_title=True) == at:
            yield _person(doc, start, at, None)


def _is_elsewhere(doc: Doc, start: int, end: int, title: Title) -> bool:
    """Tell whether it is a place or body, not a name: "in Phnom Penh, the minister said".

    The pipeline takes unknown names for bodies; where the office only stands in apposition
    ("NAME, its infrastructure minister."), they are believed to be names.
    """
    sorts = {doc[start].ent_type_, doc[end - 1].ent_type_}
    if not sorts <= {"GPE", "LOC", "ORG", "FAC", "NORP"}:
        return False
    behind = doc[title.end] if title.end < len(doc) else None
    aside = behind is None or behind.text in {",", ".", ";", ")"} or behind.lower_ == "of"
    plain = 1 < end - start < 4 and all(_is_name_word(t) and t.is_title for t in doc[start:end])
    owned = doc[end + 1].lower_ in {"the", "its", "his", "her", "their"}
    held = sorts & {"ORG", "FAC"} and (owned or title.start == end + 1)
    named = {token.lower_ for token in doc[start:end]} & bodies().heads
    return not (held and aside and plain and not named and doc[start - 1].lower_ != "in")


def name_at(doc: Doc, i: int, taken: set[int], after_title: bool = False) -> int | None:
    """Give where a name that begins at `i` ends; None if none does."""
    end = i
    if after_title and i < len(doc) and doc[i].lower_ in AFTER_TITLE and doc[i].is_title:
        end += 1
    while end < len(doc) and end - i < LONGEST * 2 and end not in taken:
        step = _step(doc, end, end == i)
        if not step:
            break
        end += step
    while end > i and (
        doc[end - 1].text in {"-", ","} or doc[end - 1].lower_ in offices().particles
    ):
        end -= 1
    end = _cut(doc, i, end)
    if end == i or not any(len(token) > 1 and token.is_alpha for token in doc[i:end]):
        return None
    return _suffix(doc, end)


def _cut(doc: Doc, start: int, end: int) -> int:
    """Cut a row of capitals too long for a name, where the pipeline ends the person if it does."""
    written = [t for t in doc[start:end] if t.text != "-" and doc[t.i - 1].text != "-"]
    if len(written) <= 4 or any(token.lower_ in offices().particles for token in written):
        return end
    at = start + 1
    while at < end and doc[at].ent_type_ == "PERSON" and doc[at].ent_iob_ == "I":
        at += 1
    person = doc[start].ent_type_ == "PERSON" and doc[start].ent_iob_ == "B"
    return at if person and 1 < at - start < 5 else start + 2


def _step(doc: Doc, i: int, first: bool) -> int:
    """Give how many tokens of a name stand at `i`."""
    token = doc[i]
    if token.text == "-" and not first and i + 1 < len(doc) and doc[i + 1].is_alpha:
        return 0 if token.whitespace_ or doc[i - 1].whitespace_ else 2
    following = doc[i + 1] if i + 1 < len(doc) else None
    if token.is_lower and token.lower_ in offices().particles and _hyphened(doc, i):
        return 3  # "al-Masri"
    if (
        token.lower_ in offices().particles
        and following is not None
        and (following.text[:1].isupper() or following.lower_ in offices().particles)
    ):
        return 1 if (token.is_lower and not first) or token.is_title else 0
    if token.lower_.rstrip(".") in offices().nameless | bodies().heads and not INITIAL.match(
        token.text
    ):
        return 0
    capital = token.text[:1].isupper() and NAME_WORD.match(token.text)
    return 1 if capital or INITIAL.match(token.text) else 0


def _hyphened(doc: Doc, i: int) -> bool:
    """Tell whether a hyphen and a capital follow without a space: "al-Masri"."""
    if i + 2 >= len(doc) or doc[i + 1].text != "-":
        return False
    close = not doc[i].whitespace_ and not doc[i + 1].whitespace_
    return close and doc[i + 2].text[:1].isupper()


def _suffix(doc: Doc, end: int) -> int:
    """Take in ", Jr." after a name."""
    suffixes = offices().suffixes
    if end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].text in suffixes:
        return end + 2
    return end + 1 if end < len(doc) and doc[end].text in suffixes else end


def _titled(doc: Doc, titles: tuple[Title, ...], taken: set[int]) -> list[Person]:
    """Find names that stand right after a title, and after one of several with one title."""
    found: list[Person] = []
    for title in titles:
        at = title.end
        while at < len(doc) and doc[at].lower_ in offices().royal and doc[at].text[:1].isupper():
            at += 1
        if not _may_lead(doc, title) or at >= len(doc):
            continue
        end = name_at(doc, at, taken, after_title=True)
        while end is not None:
            found.append(_person(doc, at, end, title))
            following = _next_listed(doc, end) if title.plural else None
            if following is None:
                break
            at, end = following, name_at(doc, following, taken)
    found += [_person(doc, at, end, None, at - 1) for at, end in _honoured(doc, taken)]
    return found


def _may_lead(doc: Doc, title: Title) -> bool:
    """Tell whether a title can stand before a name: "the committee chair Smith" can."""
    head = doc[title.head]
    return head.is_title or head.is_upper or head.is_lower


def _next_listed(doc: Doc, i: int) -> int | None:
    """Give where the next of "A, B, and C" begins."""
    at = i
    while at < len(doc) and doc[at].lower_ in {",", ";", "and", "&"}:
        at += 1
    if at + 1 < len(doc) and doc[at].lower_ in {"of", "from"}:  # "A, of Peru; B, of Chile"
        at += 1 + (doc[at + 1].lower_ == "the")
        while at < len(doc) and doc[at].ent_type_ in {"GPE", "NORP"}:
            at += 1
        return _next_listed(doc, at)
    return at if at > i and at < len(doc) else None


def _honoured(doc: Doc, taken: set[int]) -> Iterator[tuple[int, int]]:
    for token in doc[:-1]:
        if token.lower_ in offices().honorifics and token.text[:1].isupper():
            end = name_at(doc, token.i + 1, taken)
            if end is not None:
                yield token.i + 1, end


def _person(
    doc: Doc, start: int, end: int, title: Title | None, honorific: int | None = None
) -> Person:
    return Person(start, end, _plain_name(doc[start:end].text), title, honorific)


def _plain_name(text: str) -> str:
    """Leave out a full stop that ends the sentence, not an initial or "Jr."."""
    last = text.rsplit(" ", 1)[-1]
    keep = len(last) <= 2 or last in offices().suffixes or not last.endswith(".")
    return text if keep else text[:-1]


def _recognised(doc: Doc, used: set[int]) -> Iterator[Person]:
    """Yield the persons that the pipeline knows and no title has found."""
    for entity in doc.ents:
        if entity.label_ != "PERSON" or any(i in used for i in range(entity.start, entity.end)):
            continue
        start, end = entity.start, entity.end
        while start < end and (
            doc[start].lower_ in offices().honorifics or not doc[start].text[:1].isupper()
        ):
            start += 1
        while end > start and (
            doc[end - 1].lower_ in {"'s", "'"} or not doc[end - 1].text[:1].isalpha()
        ):
            end -= 1
        end = _with_particles(doc, end)
        words = [token for token in doc[start:end] if token.is_alpha]
        shouted = any(t.is_upper and 1 < len(t) < 4 for t in words) and not all(
            t.is_upper for t in words
        )
        if shouted or len(words) < 2 or not all(_is_name_word(token) for token in words):
            continue
        yield _person(doc, start, _suffix(doc, end), None)


def _with_particles(doc: Doc, end: int) -> int:
    """Take in what follows a particle: "Ursula von" "der Leyen"."""
    particles = offices().particles
    while end < len(doc) and (
        doc[end].lower_ in particles - {"y", "e", "la", "le"}
        or (doc[end - 1].lower_ in particles and doc[end].text[:1].isupper())
    ):
        end += 1
    while doc[end - 1].is_lower and doc[end - 1].lower_ in particles:
        end -= 1
    return end


def _is_name_word(token: Token) -> bool:
    low = token.lower_
    if low in offices().nameless:
        return False
    return (
        token.text[:1].isupper()
        or low in offices().particles
        or (token.i > 0 and token.nbor(-1).text == "-")
    )


def _with_titles_after(
    doc: Doc, people: list[Person], titles: tuple[Title, ...]
) -> Iterator[Person]:
    """Give persons without a title the one that follows or precedes across a comma."""
    used = {person.title for person in people if person.title}
    for person in people:
        if person.title and not _is_rank(doc, person.title):
            yield person
            continue
        title = _before(doc, person, titles, used) or _after(doc, person, titles, used)
        if title:
            used.add(title)
        yield replace(person, title=title or person.title)


def _is_rank(doc: Doc, title: Title) -> bool:
    """Tell whether a title is a soldier's rank only: "Lieutenant General"."""
    return all(token.lower_ in offices().military for token in doc[title.start : title.end])


def _after(doc: Doc, person: Person, titles: Iterable[Title], used: set[Title]) -> Title | None:
    """Find the title in "NAME, the South Korean Minister of Trade"."""
    end = _over_brackets(doc, person.end)
    if end >= len(doc) or doc[end].text not in {",", "("}:
        return None
    for title in titles:
        gap = doc[end + 1 : title.start] if title.start > end else None
        if gap is None or title in used or len(gap) > 6:
            continue
        if all(_may_stand_between(token) for token in gap) and not title.plural:
            return title
    return None


def _over_brackets(doc: Doc, at: int) -> int:
    """Go over "(left)" behind a name, where a comma follows; the end of the name without one."""
    if at >= len(doc) or doc[at].text != "(":
        return at
    close = next((i for i in range(at, min(at + LONGEST, len(doc))) if doc[i].text == ")"), None)
    behind = close is not None and close + 1 < len(doc) and doc[close + 1].text == ","
    return close + 1 if close is not None and behind else at


def _before(doc: Doc, person: Person, titles: Iterable[Title], used: set[Title]) -> Title | None:
    """Find the title in "Minister of Trade, NAME" and "Minister of Trade of Peru NAME"."""
    first = courtesies_begin(doc, person.first)
    for title in titles:
        if title in used or title.end > first:
            continue
        gap = doc[title.end : first]
        if _tells_where(doc, title, gap, person):
            return title
        if title.weak and not _owned(doc, title):
            continue
        if len(gap) <= 2 and all(token.lower_ in {",", "the"} for token in gap):
            return title
        if (
            len(gap) <= 6
            and gap[0].lower_ in OFFICE_OF
            and all(_is_proper(token) for token in gap[1:])
        ):
            return title
    return None


def _tells_where(doc: Doc, title: Title, gap: Span, person: Person) -> bool:
    """Tell whether a gap says whose the office is: "The head of the energy agency, NAME,"."""
    if not 2 < len(gap) <= LONGEST + 4 or gap[0].lower_ not in SERVING or gap[-1].text != ",":
        return False
    closed = person.end >= len(doc) or doc[person.end].text in {",", ".", ";", ")", '"', "”", ":"}
    plain = all(t.pos_ in NOMINAL and t.text != "," for t in gap[1:-1])
    return closed and plain and not title.plural and gap[-2].pos_ in {"NOUN", "PROPN"}


def _owned(doc: Doc, title: Title) -> bool:
    """Tell whether it is said whose a title is: "Denmark's delegate", "his Estonian colleague"."""
    before = doc[title.start - 1] if title.start else None
    return before is not None and (
        before.lower_ in {"'s", "’s", "his", "her", "its", "their", "our"}
        or before.ent_type_ in {"NORP", "GPE"}
    )


def _is_proper(token: Token) -> bool:
    return token.text[:1].isupper() or token.lower_ in {"the", "to", ","}


def _may_stand_between(token: Token) -> bool:
    low = token.lower_
    if token.text in {",", ";", ".", ":"} or token.pos_ in {"VERB", "AUX"}:
        return False
    allowed = low in BETWEEN or low in offices().outside
    return allowed or token.text[:1].isupper() or token.pos_ in {"ADJ", "NOUN", "PROPN"}
