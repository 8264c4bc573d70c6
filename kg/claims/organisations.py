"""Organisations and forums in a document: tokens in, named spans out.

Known names and name patterns ("Ministry of Trade, Industry and Energy") go before what the
pipeline holds for an organisation. A state that only owns the body is left out of its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from kg.claims.anchors import MONTHS, WEEKDAYS
from kg.claims.names import Hit
from kg.claims.offices import offices, singular
from kg.claims.parsed import source_of
from kg.resources import lexicon

Sort = Literal["organisation", "framework"]
INSIDE: Final = frozenset({"of", "for", "on", "and", "&", "-", "–", "the", "to", "in", "'s", "/"})
ACRONYM: Final = re.compile(r"[A-Z][A-Za-z0-9&+-]*[A-Z0-9+]$")
LONGEST_ACRONYM: Final = 8


@dataclass(frozen=True, slots=True)
class Bodies:
    """The data of `organisations.yaml`."""

    heads: frozenset[str]
    called: frozenset[str]
    public: frozenset[str]
    firms: frozenset[str]
    known: tuple[str, ...]
    media: tuple[str, ...]
    forums: tuple[str, ...]
    forum_heads: frozenset[str]
    governments: frozenset[str]
    mixed: frozenset[str]
    lower: frozenset[str]


@dataclass(frozen=True, slots=True)
class Body:
    """A named organisation or forum; `acronym` is introduced in brackets behind the name."""

    start: int
    end: int
    sort: Sort
    name: str
    acronym: str | None = None
    media: bool = False


@cache
def bodies() -> Bodies:
    """Give the lexicon of organisations."""
    words: Bodies = lexicon("claims", "organisations.yaml", Bodies)
    return words


class BodyNames:
    """The matcher of known organisations and forums, compiled once per vocabulary."""

    def __init__(self, vocab: Vocab, tokenize: Callable[[str], Doc]) -> None:
        words = bodies()
        self._matcher = PhraseMatcher(vocab, attr="ORTH")
        self._matcher.add("organisation", [tokenize(each) for each in words.known])
        self._matcher.add("media", [tokenize(each) for each in words.media])
        self._matcher.add("framework", [tokenize(each) for each in words.forums])

    def spans(self, doc: Doc) -> frozenset[int]:
        """Give the tokens of known names, which no title of an office runs into."""
        found = self._matcher(source_of(doc), as_spans=True)
        return frozenset(i for span in found for i in range(span.start, span.end))

    def find(self, doc: Doc, hits: tuple[Hit, ...], persons: Iterable[int]) -> tuple[Body, ...]:
        """Give organisations and forums, in order; the longest at a place wins.

        `persons` are the tokens of names and titles of persons: no body holds one.
        """
        barred = set(persons)
        owners = {i: hit for hit in hits for i in range(hit.start, hit.end)}
        spans = [*self._known(doc), *_patterned(doc, owners), *_recognised(doc, owners)]
        spans += _acronyms(doc, owners)
        spans = [s for s in spans if not barred.intersection(range(s.start, s.end))]
        spans = [s for s in spans if not _is_government(doc, s, owners)]
        return tuple(_with_acronym(doc, body) for body in _longest(spans))

    def _known(self, doc: Doc) -> Iterator[Body]:
        for span in self._matcher(source_of(doc), as_spans=True):
            sort: Sort = "framework" if span.label_ == "framework" else "organisation"
            yield Body(span.start, span.end, sort, span.text, media=span.label_ == "media")


def _is_government(doc: Doc, body: Body, owners: dict[int, Hit]) -> bool:
    """Tell whether it is "the Government of Peru", which stands for the state."""
    if doc[body.start].lower_ not in bodies().governments or body.end >= len(doc):
        return False
    words = range(body.start + 1, min(body.end + 3, len(doc)))
    rest = [i for i in words if doc[i].lower_ not in {"of", "the"}]
    return doc[body.start + 1].lower_ == "of" and bool(rest) and rest[0] in owners


def _longest(spans: list[Body]) -> list[Body]:
    """Keep the longest of overlapping spans; of equals the first."""
    kept: list[Body] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda each: (each.start - each.end, each.start)):
        inside = range(span.start, span.end)
        if not taken.intersection(inside):
            kept.append(span)
            taken.update(inside)
    return sorted(kept, key=lambda each: each.start)


def _patterned(doc: Doc, owners: dict[int, Hit]) -> Iterator[Body]:
    for token in doc:
        low = token.lower_
        if low not in bodies().heads and low not in bodies().forum_heads:
            continue
        if (
            token.is_title
            or token.is_upper
            or (low in bodies().forum_heads and token.i and _proper(doc[token.i - 1]))
        ):
            yield from _capitalised(doc, token, owners)
        elif low in bodies().lower and token.i and _is_portfolio(doc[token.i - 1]):
            start = token.i - 1
            yield Body(start, token.i + 1, "organisation", doc[start : token.i + 1].text)


def _capitalised(doc: Doc, head: Token, owners: dict[int, Hit]) -> Iterator[Body]:
    start = _leftwards(doc, head.i, owners)
    end = _rightwards(doc, head.i + 1, owners if head.lower_ in bodies().public else {})
    start = _without_owner(doc, start, head, owners)
    if end - start < 2:
        return
    yield Body(start, end, _sort(start, end, head, owners), doc[start:end].text)


def _leftwards(doc: Doc, i: int, owners: dict[int, Hit]) -> int:
    """Go left over the capitalised words before a head."""
    at = i
    while at > 0:
        token = doc[at - 1]
        if _proper(token) or at - 1 in owners:
            at -= 1
        elif (
            token.lower_ in INSIDE - {"to", "in", "the", "'s"}
            and at > 1
            and (_proper(doc[at - 2]) or at - 2 in owners)
        ):
            at -= 2
        else:
            break
    while at < i and doc[at].lower_ in {"the", "and", "&", "-"}:
        at += 1
    return at


def _rightwards(doc: Doc, i: int, owners: dict[int, Hit]) -> int:
    """Go right over "of Trade, Industry and Energy"."""
    end = i
    if i >= len(doc) or doc[i].lower_ not in {"of", "for", "on"}:
        return end
    at = i
    while at < len(doc) and at not in owners:
        token = doc[at]
        if token.lower_ in WEEKDAYS or token.lower_ in MONTHS:
            break
        if _proper(token):
            end = at + 1
        elif not (
            token.lower_ in INSIDE - {"to", "in"} or (token.text == "," and _list_goes_on(doc, at))
        ):
            break
        at += 1
    return end


def _list_goes_on(doc: Doc, comma: int) -> bool:
    """Tell whether a comma stands inside a list of portfolios."""
    following = doc[comma + 1 : comma + 3]
    words = [token for token in following if token.lower_ not in {"and", "&", "the"}]
    return bool(words) and _is_portfolio(words[0]) and words[0].is_title


def _without_owner(doc: Doc, start: int, head: Token, owners: dict[int, Hit]) -> int:
    """Leave out a state that owns the body: "the U.S. Department of Commerce"."""
    hit = owners.get(start)
    if hit is None or hit.start != start or hit.end > head.i:
        return start
    following = doc[hit.end]
    if following.lower_ in {"-", "–", "—", "/", "and", "&"}:
        return start
    if following.lower_ == "'s":
        return hit.end + 1
    public = any(token.lower_ in bodies().public for token in doc[hit.end : hit.end + 1])
    public = public or head.lower_ in bodies().public
    owned = hit.form == "adjective" or public or "." in doc[start].text
    return hit.end if owned else start


def _sort(start: int, end: int, head: Token, owners: dict[int, Hit]) -> Sort:
    low = head.lower_
    if low not in bodies().forum_heads:
        return "organisation"
    shared = len({owners[i].ref for i in range(start, end) if i in owners}) > 1
    return "framework" if low not in bodies().mixed or shared else "organisation"


def _recognised(doc: Doc, owners: dict[int, Hit]) -> Iterator[Body]:
    for entity in doc.ents:
        if entity.label_ != "ORG":
            continue
        start, end = entity.start, entity.end
        while start < end and doc[start].lower_ in {"the", "'s", "a"}:
            start += 1
        hit = owners.get(start)
        if hit and hit.end >= end:
            continue
        end = _before_owner(doc, start, end, owners)
        if end > start:
            start = _without_owner(doc, start, doc[end - 1], owners)
        while end > start and doc[end - 1].lower_ in {"'s", "'", ",", "("}:
            end -= 1
        if all(i in owners or doc[i].lower_ in INSIDE | {","} for i in range(start, end)):
            continue
        if (
            0 < end - start <= 8
            and any(_proper(token) for token in doc[start:end])
            and not _odd(doc, start, end)
        ):
            yield Body(start, end, "organisation", doc[start:end].text)


def _acronyms(doc: Doc, owners: dict[int, Hit]) -> Iterator[Body]:
    """Yield what the text calls a body before its acronym: "the mining regulator ABCD"."""
    for token in doc[1:]:
        before = doc[token.i - 1]
        short = token.is_upper and token.is_alpha and 3 <= len(token) <= LONGEST_ACRONYM
        if short and token.i not in owners and before.is_lower and _is_body_noun(before):
            yield Body(token.i, token.i + 1, "organisation", token.text)


def _is_body_noun(token: Token) -> bool:
    return token.lower_ in bodies().heads | bodies().called and token.pos_ in {"NOUN", "PROPN"}


def _before_owner(doc: Doc, start: int, end: int, owners: dict[int, Hit]) -> int:
    """Give where the name of a public body ends: before "of Peru"."""
    if doc[start].lower_ not in bodies().public:
        return end
    for i in range(start + 1, end):
        if i in owners and doc[i - 1].lower_ in {"of", "the"}:
            return i - (2 if doc[i - 1].lower_ == "the" else 1)
    return end


def _odd(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a span is no name: a title of an office or a bare adjective."""
    return all(
        singular(token.text) or token.lower_ in offices().modifiers for token in doc[start:end]
    )


def _with_acronym(doc: Doc, body: Body) -> Body:
    """Take note of "(IPEF)" behind a name."""
    at = body.end
    if (
        at + 2 < len(doc)
        and doc[at].text == "("
        and doc[at + 2].text == ")"
        and ACRONYM.match(doc[at + 1].text)
    ):
        return Body(body.start, body.end, body.sort, body.name, doc[at + 1].text, body.media)
    return body


def _proper(token: Token) -> bool:
    """Tell whether a word is capitalised for itself, not for beginning a sentence."""
    if not token.text[:1].isupper():
        return False
    return not token.is_stop if token.is_sent_start else bool(token.is_alpha)


def _is_portfolio(token: Token) -> bool:
    return token.lower_ in offices().portfolios


def fullest_names(found: Iterable[Body]) -> dict[str, str]:
    """Give for each name of an article the fullest name of the same body in it."""
    full: dict[str, str] = {}
    names = {body.name: body for body in found}
    acronyms = {body.acronym: body.name for body in names.values() if body.acronym}
    for name in names:
        full[name] = acronyms.get(name, name)
    for name in names:
        if full[name] == name and name not in acronyms.values():
            full[name] = _longer(name, names)
    return full


def _longer(name: str, names: Iterable[str]) -> str:
    """Give the one longer name that begins with the same words as a name, else the name."""
    longer = [each for each in names if each.startswith(f"{name} ") and " of " not in name]
    return longer[0] if len(longer) == 1 else name
