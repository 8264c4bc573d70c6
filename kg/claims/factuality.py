"""Whether a sentence states something as so: a token in, a judgement out, one for all kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Span, Token

NEGATIVES: Final = frozenset({"not", "never", "n't", "no", "neither", "nor", "without"})
REFUSALS: Final = frozenset({"deny", "refuse", "decline", "fail", "reject", "rebuff"})
REPORTS: Final = frozenset(
    {"report", "claim", "rumor", "rumour", "suggestion", "allegation", "story"}
)
UNTRUE: Final = frozenset(
    {"false", "untrue", "wrong", "fabricated", "baseless", "unfounded", "incorrect", "groundless"}
)
MAYBE: Final = frozenset({"could", "might"})
CONDITIONS: Final = frozenset({"if", "unless", "whether", "should", "were", "provided"})
QUOTES: Final = frozenset({'"', "“", "”", "``", "''"})
VERBAL: Final = frozenset({"VERB", "AUX"})
CLAUSES: Final = frozenset(
    {
        "xcomp",
        "ccomp",
        "conj",
        "acl",
        "advcl",
        "prep",
        "pobj",
        "dobj",
        "attr",
        "pcomp",
        "nsubjpass",
        "nsubj",
        "compound",
        "appos",
        "relcl",
        "acomp",
        "oprd",
        "agent",
        "dative",
        "amod",
        "nmod",
        "poss",
    }
)


@dataclass(frozen=True, slots=True)
class Factuality:
    """How what a token says holds: denied, only supposed, asked, or in quotation marks."""

    negative: bool = False
    hypothetical: bool = False
    question: bool = False
    quoted: bool = False

    @property
    def polarity(self) -> str | None:
        """Give the polarity of a claim on it: "negative", or None for positive."""
        return "negative" if self.negative else None


def factuality(span: Span, token: Token) -> Factuality:
    """Judge what the sentence `span` says with `token`."""
    chain = list(_governors(span, token))
    return Factuality(
        negative=any(_negated(each) for each in chain) or _refused(chain) or _falsified(token),
        hypothetical=any(_supposed(each) for each in chain),
        question=span.text.rstrip(" \"'”").endswith("?"),
        quoted=_quoted(span, token),
    )


def _governors(span: Span, token: Token) -> Iterator[Token]:
    """Yield the token and the verbs that it hangs on, up to a verb of another statement."""
    yield token
    current = token
    while current.head.i != current.i and span.start <= current.head.i < span.end:
        if current.dep_ == "conj" and current.pos_ in VERBAL and _subject(current):
            return
        if (
            current.dep_ in {"relcl", "advcl", "acl"}
            and current.pos_ in VERBAL
            and current is not token
        ):
            return
        if current.dep_ in {"ccomp", "parataxis"} and _is_apart(current):
            return
        current = current.head
        yield current


def _is_apart(verb: Token) -> bool:
    """Tell whether a colon or semicolon stands between a clause and what it hangs on."""
    first, last = sorted((verb.i, verb.head.i))
    return _subject(verb) and any(t.text in {":", ";"} for t in verb.doc[first:last])


def _subject(verb: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children)


def _negated(token: Token) -> bool:
    return any(
        child.dep_ == "neg" or (child.dep_ == "det" and child.lower_ == "no")
        for child in token.children
    )


def _refused(chain: list[Token]) -> bool:
    return any(each.lemma_ in REFUSALS for each in chain[1:]) or any(
        each.lemma_ == "rule" and any(c.lower_ == "out" for c in each.children) for each in chain
    )


def _falsified(token: Token) -> bool:
    """Tell whether it stands in a report that is called false: "reports that … are untrue"."""
    for noun in token.ancestors:
        verb = noun.head
        if noun.lemma_ not in REPORTS or verb.lemma_ not in {"be", "deny", "reject", "dismiss"}:
            continue
        return verb.lemma_ != "be" or any(
            child.lower_ in UNTRUE for child in verb.children if child.dep_ in {"acomp", "attr"}
        )
    return False


def _supposed(token: Token) -> bool:
    for child in token.children:
        if child.dep_ == "aux" and child.lower_ in MAYBE:
            return True
        if child.dep_ == "mark" and child.lower_ in CONDITIONS:
            return True
        if child.dep_ == "advcl" and child.pos_ in VERBAL and _conditional(child) and _would(token):
            return True
    return False


def _conditional(verb: Token) -> bool:
    return any(child.lower_ in {"if", "unless"} and child.dep_ == "mark" for child in verb.children)


def _would(verb: Token) -> bool:
    return any(child.lower_ in {"would", "'d"} for child in verb.children)


def _quoted(span: Span, token: Token) -> bool:
    before = sum(1 for each in span if each.i < token.i and each.text in QUOTES)
    return before % 2 == 1
