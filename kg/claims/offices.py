"""Titles of offices in a document: tokens in, spans of titles out.

A title is a head ("minister") with what narrows it before ("foreign", "prime") and after ("of
Economy, Trade and Industry"). It never holds a state: that is whom the office serves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from spacy.tokens import Doc, Token

from kg.claims.names import Hit
from kg.resources import lexicon

COMING: Final = frozenset({"elect", "designate"})  # "the president-elect"
LISTING: Final = frozenset({",", "and", "&", "-", "/"})


@dataclass(frozen=True, slots=True)
class Offices:
    """The data of `offices.yaml`."""

    heads: frozenset[str]
    weak: frozenset[str]
    surnames: frozenset[str]
    informal: frozenset[str]
    vague: frozenset[str]
    raising: Mapping[str, tuple[str, ...]]
    modifiers: frozenset[str]
    outside: frozenset[str]
    portfolios: frozenset[str]
    join: frozenset[str]
    particles: frozenset[str]
    born: frozenset[str]
    honorifics: frozenset[str]
    courtesies: frozenset[str]
    shortened: frozenset[str]
    suffixes: frozenset[str]
    nameless: frozenset[str]
    royal: frozenset[str]
    leading: frozenset[str]
    led: frozenset[str]
    speaking: frozenset[str]
    military: frozenset[str]
    ruling: frozenset[str]
    seats: frozenset[str]
    being: frozenset[str]
    making: frozenset[str]
    serving: frozenset[str]
    leaving: frozenset[str]
    following: frozenset[str]
    ranks: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A title of an office: tokens `start` to before `end`, its head, and how it is used."""

    start: int
    end: int
    head: int
    plural: bool
    weak: bool
    informal: bool


@cache
def offices() -> Offices:
    """Give the lexicon of offices."""
    words: Offices = lexicon("claims", "offices.yaml", Offices)
    return words


@lru_cache(maxsize=10_000)
def singular(word: str) -> str | None:
    """Give the head of an office that a word is, in the singular; None if it is none.

    >>> singular("Secretaries"), singular("co-chairs"), singular("table")
    ('secretary', 'co-chair', None)
    """
    low = word.lower()
    heads = offices().heads
    if low in heads:
        return low
    for ending, instead in (("ies", "y"), ("men", "man"), ("women", "woman"), ("s", "")):
        cut = low.removesuffix(ending) + instead
        if low.endswith(ending) and cut in heads:
            return cut
    return None


def titles_in(
    doc: Doc, hits: tuple[Hit, ...], named: frozenset[int] = frozenset()
) -> tuple[Title, ...]:
    """Find the titles in a document, in order, none overlapping.

    `named` are tokens of known bodies: "of the State Duma" is no part of a title.
    """
    taken = {i for hit in hits for i in range(hit.start, hit.end)}
    found: list[Title] = []
    for token in doc:
        if found and token.i < found[-1].end:
            continue
        if not singular(token.text) or token.i in taken or token.pos_ == "VERB":
            continue
        if token.lower_ in offices().royal and found and found[-1].end == token.i:
            continue
        if _is_family_name(doc, token, found[-1] if found else None) or _leads_on(doc, token):
            continue
        if token.lower_ == "number" and doc[max(token.i - 1, 0)].lower_ != "opposite":
            continue
        found.append(_title(doc, token, taken, named, found[-1].end if found else 0))
    return tuple(found)


def _leads_on(doc: Doc, token: Token) -> bool:
    """Tell whether a head only narrows the next one: "Executive Vice President", "deputy trade"."""
    if token.lower_ not in offices().modifiers or token.i + 1 >= len(doc):
        return False
    at = token.i + 1
    while at + 1 < len(doc) and at - token.i < 4 and doc[at].lower_ in offices().portfolios:
        at += 1
    return doc[token.i + 1].lower_ in offices().modifiers or bool(singular(doc[at].text))


def _is_family_name(doc: Doc, token: Token, last: Title | None) -> bool:
    """Tell whether a head is a family name here: it stands behind a first name."""
    if token.lower_ not in offices().surnames or not token.is_title or not token.i:
        return False
    before = doc[token.i - 1]
    known = before.lower_ in offices().modifiers | offices().portfolios or singular(before.text)
    named = before.pos_ == "PROPN" and before.is_title and before.is_alpha and not known
    after_title = last is not None and last.end in {token.i - 1, token.i - 2}
    return named and (before.ent_type_ == "PERSON" or after_title)


def _title(doc: Doc, token: Token, taken: set[int], named: frozenset[int], floor: int) -> Title:
    head = token.i
    while head + 1 < len(doc) and _joins_head(doc, head, taken):
        head += 2 if doc[head + 1].text == "-" else 1
    end = (
        _complement(doc, head + 1, taken | named)
        if not doc[head].is_lower
        else _plain_complement(doc, head)
    )
    if head + 2 < len(doc) and doc[head + 1].text == "-" and doc[head + 2].lower_ in COMING:
        end = head + 3
    others = taken | (named - {token.i})
    end = head + 1 if end > head + 1 and _of_a_body(doc, head) else end
    start = min(_premodifiers(doc, token.i, others, floor), _from_owner(doc, token, others, floor))
    word = singular(doc[head].text) or ""
    raised = doc[max(start - 1, 0)].lower_ in offices().raising.get(word, ())
    start -= raised and start == head
    if raised or doc[start].lower_ in offices().raising.get(word, ()):
        return Title(start, end, head, doc[head].lower_ != word, False, informal=False)
    plural = doc[head].lower_ != word
    alone = start == head and end == head + 1
    informal = word in offices().informal and (alone or word in offices().vague)
    return Title(start, end, head, plural, alone and word in offices().weak, informal)


def _of_a_body(doc: Doc, head: int) -> bool:
    """Tell whether a body follows, not a portfolio: "President of the Board of Trade"."""
    if singular(doc[head].text) in offices().speaking and doc[head + 1].lower_ in {"of", "for"}:
        return True
    run = _complement(doc, head + 1, set())
    if run - head > 3 and doc[run - 1].lower_ in {"union", "league", "nations"}:
        return True
    if run - head > 2 and run < len(doc) and doc[run].lower_ in offices().seats:
        return True  # "Deputy Head of the Atomic Energy Agency"
    at = head + 2 + (doc[head + 2].lower_ == "the" if head + 2 < len(doc) else 0)
    return at < len(doc) and doc[head + 1].lower_ == "of" and doc[at].lower_ in offices().seats


def _joins_head(doc: Doc, head: int, taken: set[int]) -> bool:
    """Tell whether the head is the first part of a compound head ("Secretary General")."""
    following = doc[head + 1]
    if following.text == "-" and head + 2 < len(doc):
        following = doc[head + 2]
    royal = following.lower_ in offices().royal
    return following.i not in taken and not royal and bool(singular(following.text))


def _premodifiers(doc: Doc, head: int, taken: set[int], floor: int) -> int:
    """Go left over what narrows a title, and back over what cannot begin one."""
    start = head
    while start - 1 >= floor and start - 1 not in taken and _narrows(doc, start - 1, head):
        start -= 1
    while start < head and (doc[start].text in LISTING or doc[start].lower_ in offices().outside):
        start += 1
    return start


def _from_owner(doc: Doc, head: Token, taken: set[int], floor: int) -> int:
    """Go left over capitalised words up to a state: "Malaysia's Primary Industries Minister"."""
    at = head.i
    while at > floor and head.i - at < 5 and at - 1 not in taken and _is_capitalised(doc[at - 1]):
        joins = doc[at - 1].lower_ in {"and", "&"}
        if joins and doc[max(at - 2, 0)].lower_ not in offices().portfolios:
            break
        at -= 1
    owned = at > floor and at < head.i and (at - 1 in taken or doc[at - 1].lower_ == "'s")
    outside = doc[at].lower_ in offices().outside
    return at if owned and head.is_title and not outside else head.i


def _is_capitalised(token: Token) -> bool:
    return bool(token.is_title and token.is_alpha) or token.lower_ in {"and", "&"}


def _narrows(doc: Doc, i: int, head: int) -> bool:
    token, words = doc[i], offices()
    if token.lower_ in words.modifiers or token.lower_ in words.portfolios:
        return token.is_title or token.is_upper or doc[head].is_lower or i + 1 == head
    if token.text in LISTING:
        if i + 1 == head and token.text != "-":
            return False
        narrowing = words.portfolios | words.modifiers if token.text == "-" else words.portfolios
        listed = i > 0 and doc[i - 1].lower_ in narrowing and doc[i - 1].is_title
        if token.text == "-" and i > 0 and doc[i - 1].lower_ in {"co", "vice", "deputy", "sub"}:
            return True
        return listed and (token.text == "-" or doc[head].is_title)
    return False


def _complement(doc: Doc, i: int, taken: set[int]) -> int:
    """Go right over "of Trade, Industry and Energy"; give where the title ends."""
    end = i
    while i < len(doc) and doc[i].lower_ in offices().join:
        run = _portfolio_run(doc, i + 1, taken)
        if run is None:
            break
        end = i = run
    return end


def _plain_complement(doc: Doc, head: int) -> int:
    """Go right over "for foreign trade" behind a title in small letters."""
    end = head + 1
    if end + 1 < len(doc) and doc[end].lower_ in {"for", "of"}:
        at = _plain_portfolios(doc, end + 1)
        if at > end + 1:
            return at
        run = _complement(doc, end, set())
        named = run < len(doc) and doc[run].text[:1].isupper()
        return end if named or doc[head].tag_ == "NNS" else run
    return end


def _plain_portfolios(doc: Doc, at: int) -> int:
    """Go over "mines, water and mineral resources" behind a title in small letters."""
    first = at
    while at < len(doc) and at - first < 9:
        joined = at > first and doc[at].text in LISTING - {"-", "/"}
        skip = 2 if joined and at + 1 < len(doc) and doc[at + 1].lower_ == "and" else int(joined)
        token = doc[at + skip] if at + skip < len(doc) else doc[at]
        if not _is_portfolio(token, lower=True) or singular(token.text):
            break
        if skip and (token.text[:1].isupper() or not _listed_on(doc, at + skip)):
            break
        at += skip + 1
    return at


def _listed_on(doc: Doc, at: int) -> bool:
    """Tell whether a word in a list of portfolios is not the subject of what follows."""
    return doc[at].pos_ in {"NOUN", "ADJ", "PROPN"} and doc[at].dep_ not in {"nsubj", "nsubjpass"}


def _portfolio_run(doc: Doc, i: int, taken: set[int]) -> int | None:
    """Go over a list of portfolio words; None if there is none."""
    last = None
    if i < len(doc) and doc[i].lower_ == "the":
        i += 1
    while i < len(doc) and i not in taken:
        token = doc[i]
        if _is_portfolio(token):
            last = i + 1
        elif not (last and token.text in {*LISTING, "the", "of"} and _goes_on(doc, i + 1, taken)):
            break
        i += 1
    return last


def _is_portfolio(token: Token, lower: bool = False) -> bool:
    low = token.lower_
    known = low in offices().portfolios or bool(singular(low)) or low in offices().modifiers
    return known and (token.is_title or token.is_upper or lower)


def _goes_on(doc: Doc, i: int, taken: set[int]) -> bool:
    """Tell whether a list of portfolios goes on at `i`, over more separators if need be."""
    for at in range(i, min(i + 3, len(doc))):
        token = doc[at]
        if at in taken:
            return False
        if _is_portfolio(token):
            return not singular(token.text) or doc[at - 1].lower_ == "the"
        if token.text not in {*LISTING, "the"}:
            return False
    return False


def words_of(doc: Doc, start: int, end: int) -> Iterator[str]:
    """Yield the words of a span in lower case."""
    for token in doc[start:end]:
        yield token.lower_


def courtesies_begin(doc: Doc, at: int) -> int:
    """Give where the forms of address before a name begin: "H.E. Mr", "the Honourable"."""
    courtesies = offices().courtesies
    words = offices().honorifics | courtesies
    while at > 1:
        cut = doc[at - 1].text == "." and doc[at - 2].lower_ in words
        if not cut and doc[at - 1].lower_ not in words:
            break
        at -= 2 if cut else 1
    return at - (at > 0 and doc[at - 1].lower_ == "the" and doc[at].lower_ in courtesies)
