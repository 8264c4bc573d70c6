"""Who speaks in a transcript: lines that begin with a label and a colon in, turns out.

A label is a name ("MS. LEE:", "Ann Lee:"), an office ("Minister:"), initials, or "Q" and "A". An
article is an interview where somebody asks; what a question says is asserted by nobody.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.articles.model import Article
from kg.claims.model import Filler
from kg.claims.offices import offices
from kg.claims.organisations import bodies
from kg.claims.people import words
from kg.claims.sentences import Sentence

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_MARKS = r"[\s>*_#–—-]{0,8}"
NAMED: Final = re.compile(
    _MARKS + r"[\[(]?(?P<label>[^\W_][\w .'’&/-]{0,60}?)[\])]?(?:\s\([^()\n]{1,60}\))?"
    r"[*_]{0,3}[:：][*_]{0,3}(?:\s|$)"
)
LETTERED: Final = re.compile(_MARKS + r"(?P<label>Q(?=\s)|[QA](?=[.)]))[.)]?[*_]{0,3}\s")
SMALL: Final = frozenset({"of", "the", "for", "and", "de", "al", "bin", "van", "von", "da", "el"})
LONGEST: Final = 8  # words of a label
ASKING: Final = frozenset(
    {"q", "question", "reporter", "interviewer", "journalist", "correspondent"}
)
LEADING: Final = frozenset({"moderator", "host", "presenter", "anchor", "chair"})  # who also tell
ANSWERING: Final = frozenset({"a", "answer"})
SPOKEN: Final = frozenset({"body", "heading", "caption"})


@dataclass(frozen=True, slots=True)
class Speech:
    """What one speaker says, from `start` to the next turn; no speaker where none is known."""

    start: int
    label: str
    text: str  # as far as the next turn
    end: int  # of the label and what marks it
    speaker: str | None = None
    asked: bool = False


class Transcript:
    """Knows the persons of an article, and answers whose turn it is at a place in the text.

    `introduced` are the names of persons in text order, by where they stand. Where questions are
    asked, a label in capitals that begins two lines is a speaker, too, whoever bears the name.
    """

    def __init__(
        self,
        persons: Mapping[str, str],
        article: Article,
        introduced: Sequence[tuple[int, str]] = (),
    ) -> None:
        self._persons = persons
        self._article = article
        self._text = article.text
        self._introduced = introduced

    @cached_property
    def turns(self) -> tuple[Speech, ...]:
        """Give the turns of an article, in text order; none if nobody is heard."""
        return tuple(
            Speech(each.start, each.label, each.text, each.end, self._speaker(each), asked)
            for each, asked in zip(self._lines, self._asked, strict=True)
        )

    @cached_property
    def is_interview(self) -> bool:
        """Tell whether questions are asked, and answered."""
        return any(self._asked) and not all(self._asked)

    def turn_at(self, place: int) -> Speech | None:
        """Give the turn in which a place of the text stands."""
        before = bisect_right(self._starts, place)
        return self.turns[before - 1] if before else None

    def full_name(self, name: str) -> str | None:
        """Give the fullest name of the person that a name fits, in whatever case it is written."""
        wanted = set(words(name))
        fits = [full for full in self._persons.values() if wanted and wanted <= set(words(full))]
        return fits[0] if fits else None

    def speaker(self, sentence: Sentence) -> Filler | None:
        """Give who begins to speak with a sentence: "MS. LEE: We have not decided."."""
        turn = self.begins(sentence)
        if turn is None or turn.speaker is None or turn.asked:
            return None
        if not (self.is_interview or turn.label.isupper()):
            return None
        if not sentence.text.startswith(turn.label):
            return Filler(ref=turn.speaker, type="person")
        end = sentence.start + len(turn.label)
        return Filler(
            ref=turn.speaker, text=turn.label, type="person", start=sentence.start, end=end
        )

    def begins(self, sentence: Sentence) -> Speech | None:
        """Give the turn that a sentence begins."""
        turn = self.turn_at(sentence.start)
        return turn if turn is not None and sentence.start <= turn.end else None

    # ---- what the lines tell ------------------------------------------------------------

    @cached_property
    def _starts(self) -> list[int]:
        return [each.start for each in self._lines]

    @cached_property
    def _lines(self) -> tuple[Speech, ...]:
        """Give the lines that begin with a label, each with what follows as far as the next."""
        found = list(self._labelled())
        ends = [*(start for start, _, _ in found[1:]), len(self._text)]
        return tuple(
            Speech(start, label, self._text[end:until], end)
            for (start, label, end), until in zip(found, ends, strict=False)
        )

    def _labelled(self) -> Iterator[tuple[int, str, int]]:
        for line in self._article.lines:
            head = self._text[line.start : min(line.end, line.start + 140)]
            marked = ":" in head or "：" in head or "Q" in head[:10] or "A" in head[:10]
            if line.role not in SPOKEN or not marked:
                continue
            found = NAMED.match(head) or LETTERED.match(head)
            if found and _is_label(found["label"]):
                start = line.start + found.start("label")
                yield start, found["label"].strip(), line.start + found.end()

    @cached_property
    def _count(self) -> Counter[str]:
        return Counter(each.label for each in self._lines)

    @cached_property
    def _asked(self) -> tuple[bool, ...]:
        """Tell of each turn whether it is a question."""
        after = (*self._lines[1:], None)
        pairs = zip(self._lines, after, strict=False)
        return tuple(self._asks(turn, following) for turn, following in pairs)

    def _asks(self, turn: Speech, following: Speech | None) -> bool:
        last = _last_word(turn.label)
        if last in ASKING:
            return True
        if following is None or last in ANSWERING or following.label == turn.label:
            return False
        questions = "?" in turn.text or "？" in turn.text
        if last in LEADING or self._bearer(turn.label) is None:
            return questions and self._answers(following.label)
        mine = [each for each in self._lines if each.label == turn.label]
        return len(mine) > 1 and all(_ends_asking(each.text) for each in mine)

    def _answers(self, label: str) -> bool:
        last = _last_word(label)
        by_office = last in offices().heads and self._interviewee is not None
        return last in ANSWERING or by_office or self._bearer(label) is not None

    def _speaker(self, turn: Speech) -> str | None:
        """Give who speaks: by the name, by the initials, by the office, or whoever answers."""
        if _last_word(turn.label) in ANSWERING:
            return self._interviewee
        known = self._bearer(turn.label)
        if known is not None or not self.is_interview:
            return known
        if _last_word(turn.label) in offices().heads:
            return self._interviewee
        return self._by_count(turn.label)

    def _bearer(self, label: str) -> str | None:
        """Give whose label it is: by the name, without ranks before it if need be."""
        parts = label.split()
        if parts[-1].lower() in bodies().heads or label in bodies().media:
            return None  # a paper, whatever the parser holds it for
        for first in range(len(parts)):
            if not parts[first][0].isupper():
                continue
            full = self.full_name(" ".join(parts[first:]))
            if full is not None:
                return full
        return self._by_initials(label)

    def _by_initials(self, label: str) -> str | None:
        """Give the one person of the article with these initials: "IS:" for Ida Soto."""
        letters = label.replace(".", "")
        if not (letters.isupper() and letters.isalpha() and 2 <= len(letters) <= 3):
            return None
        full = sorted(set(self._persons.values()))
        fits = [name for name in full if "".join(w[0] for w in words(name)).upper() == letters]
        return fits[0] if len(fits) == 1 and self._count[label] > 1 else None

    def _by_count(self, label: str) -> str | None:
        """Give the bearer of a label that nothing else names but that begins several turns."""
        parts = label.split()
        kinds = {*ASKING, *LEADING}
        called = {part.lower() for part in parts} & (kinds | bodies().heads)
        if self._count[label] < 2 or called or label in bodies().media:
            return None
        return self._written_out(parts[-1].title()) if label.isupper() else None

    @cached_property
    def _interviewee(self) -> str | None:
        """Give who answers: the person named most before the first turn."""
        first = self._lines[0].start if self._lines else 0
        named = [self._persons.get(name, name) for at, name in self._introduced if at < first]
        return Counter(named).most_common(1)[0][0] if named else None

    def _written_out(self, surname: str) -> str:
        """Give a surname with the first name that the text gives it, if any does."""
        named = re.search(rf"((?:{_CAPITAL}[\w'’-]+ ){{1,2}}){re.escape(surname)}\b", self._text)
        words_before = named[1].split() if named else []
        ranks = offices().heads | offices().modifiers | offices().honorifics
        kept = [word for word in words_before if word.lower() not in ranks]
        return " ".join([*kept[-2:], surname])


def _is_label(label: str) -> bool:
    """Tell whether words are written as a label: in capitals, but for small words."""
    parts = label.split()
    written = all(not part[0].islower() or part in SMALL for part in parts)
    return bool(parts) and len(parts) <= LONGEST and written


def _last_word(label: str) -> str:
    """Give the last word of a label without its number: "Question 2" ends with "question"."""
    parts = re.sub(r"[\d.]+", " ", label).lower().split()
    return parts[-1] if parts else ""


def _ends_asking(text: str) -> bool:
    return text.rstrip(" \t\r\n\"'”’*_")[-1:] in ("?", "？")
