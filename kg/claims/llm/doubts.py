"""What the package's own reading says of a told claim: both in, the corrected claim or a doubt out.

Words that stand in the text can be put together wrongly: denied for affirmed, one actor for the
other. Where the rules read the same claim, theirs is the last word on how it is meant and on who
does what to whom. Where they do not, a claim is refused only if every word that could carry it is
denied, or merely supposed. What no program checks is said in the README.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kg.claims.draft import Draft
from kg.claims.extract import READERS
from kg.claims.factuality import Factuality, fact_words
from kg.claims.llm.model import Told
from kg.claims.model import Filler
from kg.claims.occasions import occasions_in
from kg.claims.reading import Reading
from kg.claims.saying import saying_words
from kg.claims.sentences import Sentence
from kg.claims.status import status_of
from kg.claims.triggers import trigger_at
from kg.terms import Kind

UNDONE: Final = frozenset({"denied", "cancelled", "lifted", "suspended"})
OPEN: Final = frozenset({"considering", "considered"})  # what is only supposed may be this
OPPOSITE: Final[Mapping[str, tuple[str, ...]]] = {  # who does it, and to whom
    "actor": ("counterparty",),
    "counterparty": ("actor",),
    "holder": ("target",),
    "imposer": ("target",),
    "target": ("holder", "imposer"),
}
DOING: Final = ("actor", "holder", "imposer", "issuer", "speaker", "person")


@dataclass(frozen=True, slots=True)
class Meant:
    """How a claim is meant; doubtful if the rules see no such word, or another who does it."""

    modality: str | None
    status: str | None
    polarity: str | None
    doubtful: bool


class Doubts:
    """The rules' reading of one article, asked about the claims that a model tells of it."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._drafts: dict[tuple[Kind, int], list[Draft]] = {}
        for reader in READERS:
            for draft in reader(reading):
                self._drafts.setdefault((draft.kind, draft.sentence.index), []).append(draft)

    def meant(
        self,
        kind: Kind,
        sentences: tuple[Sentence, ...],
        told: Told,
        roles: Mapping[str, tuple[Filler, ...]],
    ) -> Meant | str:
        """Say how a claim is meant as the article has it, or why it cannot be believed."""
        words = [token for each in sentences for token in self._words(kind, each)]
        twin = self._twin(kind, sentences, roles)
        if kind != "utterance" and all(
            each.text.rstrip("\"'” ").endswith("?") for each in sentences
        ):
            return "the text only asks it"
        negative = "negative" if told.polarity == "negative" else None
        if twin is None:
            doubt = self._judged(kind, sentences, words, told)
            return doubt or Meant(told.modality, told.status, negative, not words)
        if _undone(twin.polarity, twin.status) != _undone(negative, told.status):
            return "the text says the opposite"
        if _exchanged(twin.roles, roles):
            return "the text has who and whom the other way round"
        return Meant(twin.modality, twin.status, twin.polarity, _other_doer(twin.roles, roles))

    def _twin(
        self, kind: Kind, sentences: tuple[Sentence, ...], roles: Mapping[str, tuple[Filler, ...]]
    ) -> Draft | None:
        """Give the rules' claim of the same sentences that has most fillers in common."""
        near = [d for each in sentences for d in self._drafts.get((kind, each.index), ())]
        values = _values(roles.items())
        best = max(near, key=lambda each: _nearness(each, roles, values), default=None)
        return best if best and values & _values(best.roles.items()) else None

    def _judged(
        self, kind: Kind, sentences: tuple[Sentence, ...], words: list[tuple[Sentence, Token]],
        told: Told,
    ) -> str | None:  # fmt: skip
        if kind == "post":
            words = [each for each in words if each[1].dep_ == "attr"]
        elif not words and kind != "concern":
            words = [(each, verb) for each in sentences for verb in _verbs(each)]
        if kind == "meeting" and not _undone(told.polarity, told.status) and self._off(sentences):
            return "the text says that it did not take place"
        facts = [self._reading.factuality(sentence, token) for sentence, token in words]
        if not facts:
            return None
        return _contradiction(facts, told)

    def _off(self, sentences: tuple[Sentence, ...]) -> bool:
        """Tell whether every meeting of some sentences is called off or denied."""
        found = [o for s in sentences for o in occasions_in(s.span, self._reading.page(s))]
        return bool(found) and all(status_of(each) in UNDONE for each in found)

    def _words(self, kind: Kind, sentence: Sentence) -> Iterator[tuple[Sentence, Token]]:
        """Yield the words of a sentence that may carry a claim of a kind."""
        page = self._reading.page(sentence)
        if kind == "meeting":
            for occasion in occasions_in(sentence.span, page):
                absent = any(child.lower_ == "no" for child in occasion.token.children)
                yield sentence, occasion.token if absent else occasion.verb or occasion.token
        elif kind == "post":
            for title in page.titles:
                if sentence.span.start <= title.head < sentence.span.end:
                    yield sentence, sentence.span.doc[title.head]
        elif kind == "utterance":
            saying = saying_words().clause | saying_words().nominal
            yield from ((sentence, token) for token in sentence.span if token.lemma_ in saying)
        else:
            yield from ((sentence, token) for token in sentence.span if trigger_at(token, kind))


def _contradiction(facts: list[Factuality], told: Told) -> str | None:
    undone = told.polarity == "negative" or told.status in UNDONE
    if not undone and all(each.negative for each in facts):
        return "the text denies it"
    if told.polarity == "negative" and not any(each.negative for each in facts):
        return "the text does not deny it"
    supposed = all(each.hypothetical for each in facts)
    return (
        "the text only supposes it"
        if supposed and not OPEN & {told.modality, told.status}
        else None
    )


def _verbs(sentence: Sentence) -> Iterator[Token]:
    """Yield the verbs that state something themselves: neither "said that" nor "refused to"."""
    for token in sentence.span:
        clause = any(child.dep_ == "ccomp" for child in token.children)
        telling = token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass"}
        if telling and not clause and token.lemma_ not in fact_words().refusals:
            yield token


def _undone(polarity: str | None, status: str | None) -> bool:
    return polarity == "negative" or status in UNDONE


def _values(roles: Iterable[tuple[str, tuple[Filler, ...]]]) -> set[str]:
    return {f.value.casefold() for name, each in roles if name != "type" for f in each}


def _nearness(
    draft: Draft, roles: Mapping[str, tuple[Filler, ...]], values: set[str]
) -> tuple[int, int]:
    same = sum(
        len(_values([(name, fillers)]) & _values([(name, draft.roles.get(name, ()))]))
        for name, fillers in roles.items()
    )
    return same, len(values & _values(draft.roles.items()))


def _exchanged(
    own: Mapping[str, tuple[Filler, ...]], told: Mapping[str, tuple[Filler, ...]]
) -> bool:
    """Tell whether who does it in the one claim is whom it is done to in the other."""
    for name, others in OPPOSITE.items():
        there = _values((role, own.get(role, ())) for role in others)
        here = _values([(name, own.get(name, ()))])
        if _values([(name, told.get(name, ()))]) & (there - here):
            return True
    return False


def _other_doer(
    own: Mapping[str, tuple[Filler, ...]], told: Mapping[str, tuple[Filler, ...]]
) -> bool:
    pairs = [(_values([(n, own.get(n, ()))]), _values([(n, told.get(n, ()))])) for n in DOING]
    return any(one and other and not one & other for one, other in pairs)
