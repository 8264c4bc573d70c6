"""A text in, its lines with what each is for out.

Conservative: a line with a whole sentence is body unless a rule of `data/boilerplate.yaml`
knows it. What is no sentence is a heading where body follows, and boilerplate at both ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kg.articles.bylines import header_of
from kg.articles.model import Line, LineRole
from kg.articles.notices import Notice, caption_clue, notice_of
from kg.articles.passages import (
    BULLET,
    HEADING_MARK,
    Passage,
    is_sentence,
    line_spans,
    passages_of,
)

GOES_ON_BELOW: Final = re.compile(
    r"\b(?:to|that|by|following|as follows|(?:agree|resolve|decide|pledge|undertake)[ds]?)"
    r"\s*[:：]\s*$",
    re.IGNORECASE,
)
"""A line that a list must follow: "The Ministers resolved to:"."""
LETTER: Final = re.compile(r"[^\W\d_]")
GOES_ON: Final = re.compile(r"[;,，；](?:\s+(?:and|or|und|oder))?\s*$")
LONGEST_TITLE: Final = 40  # words
LONGEST_HEADING: Final = 16
LONG: Final = 24  # words without a full stop that no heading or menu has
SHORTEST_LEAD: Final = 8  # words of a line that leads in a list, as of a sentence
SHORT: Final = 4  # fewer words than this before the body: label, place, menu
LONGEST_CAPTION: Final = 80
ITEM: Final = re.compile(r"\((?:[a-z]|[ivx]{2,4})\)\s+[a-zß-öø-ÿ].*(?:[;,.]|; (?:and|or))\s*$")
"""An item of a list within a sentence: "(c) bismuth and articles thereof;"."""
SHORTEST_SENTENCE: Final = 6  # beside a credit, or without a full stop


def lines_of(text: str, body: int = 0, title: str | None = None) -> tuple[Line, ...]:
    r"""Give each line that is not blank its role; what stands before `body` is boilerplate.

    >>> [line.role for line in lines_of("Ores\n\nBy Ann Lee\n\nTwo ministers met in Oran.")]
    ['title', 'byline', 'body']
    """
    passages = list(passages_of(text, body))
    for passage in passages:
        passage.role = _known(passage.text)
    _title(passages, title)
    _captions(passages)
    _place(passages)
    _rescue(passages)
    front = [Line(start, end, "boilerplate") for start, end in line_spans(text, 0, body)]
    rest = [
        Line(start, end, passage.role or "boilerplate")
        for passage in passages
        for start, end in passage.spans
    ]
    return (*front, *rest)


def _known(text: str) -> LineRole | None:
    """Give the role of what is known by itself: notices, header lines, sentences, mere signs."""
    if ITEM.match(text):
        return "body"
    notice, header = notice_of(text), header_of(text)
    if notice and not (header and header.dates and notice.rule.field):
        return _noticed(notice, text)
    if header:
        return header.role
    if not LETTER.search(text):
        return "boilerplate"
    return "body" if is_sentence(text) or _runs_on(text.split()) else None


def _runs_on(words: Sequence[str]) -> bool:
    """Tell whether words without a full stop are too many for a heading."""
    plain = sum(word[0].islower() for word in words)
    return len(words) > (LONGEST_HEADING if plain > len(words) / 2 else LONG)


def _noticed(notice: Notice, text: str) -> LineRole:
    """Judge a credit: boilerplate, unless a sentence in it tells what the picture shows."""
    if notice.rule.role != "caption":
        return notice.rule.role
    return (
        "caption" if is_sentence(text) and len(text.split()) >= SHORTEST_SENTENCE else "boilerplate"
    )


def _title(passages: Sequence[Passage], given: str | None) -> None:
    """Mark the title: what equals the given one, else the first line that can be one."""
    wanted = _folded(given or "")
    if not wanted or all(_folded(passage.text) != wanted for passage in passages):
        first = next((each for each in passages if each.role in {None, "body"}), None)
        if first is None or not _can_be_title(first, passages):
            return
        wanted = _folded(first.text)
    for passage in passages:
        if wanted and _folded(passage.text) == wanted:
            passage.role = "title"


def _can_be_title(passage: Passage, passages: Sequence[Passage]) -> bool:
    """Tell whether the first line is a title: without a full stop, or in title case."""
    words = passage.text.split()
    follows = any(each.role in {None, "body"} for each in passages if each is not passage)
    if not follows or len(words) > LONGEST_TITLE or BULLET.match(passage.text):
        return False
    if not is_sentence(passage.text) or passage.text.rstrip()[-1] in "?!":
        return True
    capitals = sum(not word[0].islower() for word in words)
    return len(words) <= LONGEST_HEADING and capitals >= 0.7 * len(words)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _captions(passages: Sequence[Passage]) -> None:
    """Mark sentences that describe a picture: by a clue, or by the credit below them."""
    for passage, below in zip(passages, [*passages[1:], None], strict=False):
        if passage.role not in {"body", None} or passage.length > LONGEST_CAPTION:
            continue
        credited = below is not None and not below.apart and _is_credit(below.text)
        if ITEM.match(passage.text):
            continue
        if is_sentence(passage.text) and (credited or caption_clue(passage.text)):
            passage.role = "caption"


def _is_credit(text: str) -> bool:
    notice = notice_of(text)
    return notice is not None and notice.rule.name in {"credit", "agency-credit"}


def _place(passages: Sequence[Passage]) -> None:
    """Judge what is neither known nor a sentence by where it stands."""
    _lead_in(passages)
    body = [at for at, passage in enumerate(passages) if passage.role == "body"]
    first, last = (body[0], body[-1]) if body else (len(passages), -1)
    title = next((at for at, passage in enumerate(passages) if passage.role == "title"), 0)
    following: LineRole | None = None  # role of what comes next: read from the end
    for at in reversed(range(len(passages))):
        passage = passages[at]
        if passage.role in {"byline", "dateline"} and first < at < last:
            passage.role = "heading"  # a header line stands at an end
        if passage.role is None:
            passage.role = _unknown(passage, before=at < first, after=at > last)
            if passage.role == "heading" and (at < title or following in {"boilerplate", "rights"}):
                passage.role = "boilerplate"
        following = passage.role


def _unknown(passage: Passage, *, before: bool, after: bool) -> LineRole:
    """Judge what is no sentence, given whether it stands before or after all of the body."""
    if after:
        return "boilerplate"
    if BULLET.match(passage.text):
        in_list = passage.led_in or GOES_ON.search(passage.text)
        return "body" if in_list and not before else "boilerplate"
    if passage.text.rstrip()[-1] in ":：" and passage.length > SHORT:
        return "body"
    if before and passage.length < SHORT and not HEADING_MARK.match(passage.text):
        return "boilerplate"
    return "body" if passage.length > LONGEST_HEADING and not before else "heading"


def _lead_in(passages: Sequence[Passage]) -> None:
    """Mark the items of each list that a line of the body leads in with a colon.

    What leads in with as many words as a sentence has is one, and its items with it.
    """
    lead: Passage | None = None
    for passage in passages:
        leads = passage.role in {"body", None} and passage.text.rstrip()[-1] in ":："
        if not (BULLET.match(passage.text) or ITEM.match(passage.text)):
            lead = passage if leads else None
            continue
        lead = passage if leads and lead is None else lead
        passage.led_in = lead is not None
        if lead is not None and (lead.length >= SHORTEST_LEAD or GOES_ON_BELOW.search(lead.text)):
            lead.role, passage.role = "body", passage.role or "body"


def _rescue(passages: Sequence[Passage]) -> None:
    """Where no line ends like a sentence, take for body what reads like one all the same."""
    if any(passage.role in {"body", "caption"} for passage in passages):
        return
    for passage in passages:
        plain = sum(word[0].islower() for word in passage.text.split())
        unknown = not notice_of(passage.text) and not header_of(passage.text)
        if unknown and passage.length >= SHORTEST_SENTENCE and plain > passage.length / 3:
            passage.role = "body"
