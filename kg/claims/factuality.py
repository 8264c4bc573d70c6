"""Whether a sentence states something as so: a token in, a judgement out, one for all kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from spacy.tokens import Span, Token

from kg.resources import lexicon

NEGATIVES: Final = frozenset({"not", "never", "n't", "no", "neither", "nor", "without"})
TOLD: Final = frozenset({"ccomp", "advcl", "csubj"})  # clauses that a verb may call untrue
NOBODY: Final = frozenset({"nobody", "none", "nothing", "neither"})
SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
FILLED: Final = SUBJECTS | {"dobj"}  # where "no" denies the whole clause
ASKED: Final = frozenset({"when", "where", "why", "how"})
BESIDE: Final = frozenset(
    {"while", "when", "after", "before", "since", "because", "although", "though", "whereas"}
)
FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})
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
class FactWords:
    """The data of `factuality.yaml`; each list is explained there."""

    source: str
    refusals: frozenset[str]
    reports: frozenset[str]
    true: frozenset[str]
    untrue: frozenset[str]
    falsely: frozenset[str]


@cache
def fact_words() -> FactWords:
    """Give the words by which something is told to be so or not."""
    read: FactWords = lexicon("claims", "factuality.yaml", FactWords)
    return read


@dataclass(frozen=True, slots=True)
class Factuality:
    """How what a token says holds: denied, only supposed, asked, or in quotation marks."""

    negative: bool = False
    hypothetical: bool = False
    question: bool = False
    quoted: bool = False
    untrue: bool = False  # said of nobody, or called false

    @property
    def polarity(self) -> str | None:
        """Give the polarity of a claim on it: "negative", or None for positive."""
        return "negative" if self.negative else None


def factuality(span: Span, token: Token) -> Factuality:
    """Judge what the sentence `span` says with `token`."""
    chain = list(_governors(span, token))
    untrue = _untrue(chain) or _falsified(token) or any(_nobody_does(each) for each in chain)
    return Factuality(
        negative=untrue
        or any(_negated(each) or _none_does(each, token) for each in chain)
        or _refused(chain),
        hypothetical=any(_supposed(each) for each in chain),
        question=span.text.rstrip(" \"'”").endswith("?"),
        quoted=_quoted(span, token),
        untrue=untrue,
    )


def _governors(span: Span, token: Token) -> Iterator[Token]:
    """Yield the token and the verbs that it hangs on, up to a verb of another statement."""
    yield token
    current = token
    while current.head.i != current.i and span.start <= current.head.i < span.end:
        if current.dep_ == "conj" and current.pos_ in VERBAL and _stands_alone(current):
            return
        if (
            current.dep_ in {"relcl", "advcl", "acl"}
            and current.pos_ in VERBAL
            and current is not token
        ):
            return
        if current.dep_ in {"ccomp", "parataxis"} and _is_apart(current):
            return
        if _is_given(current):
            return
        if current is token and _tells_of(current):
            yield current.head
            return
        current = current.head
        yield current


def _is_apart(verb: Token) -> bool:
    """Tell whether a colon or semicolon stands between a clause and what it hangs on."""
    first, last = sorted((verb.i, verb.head.i))
    return _subject(verb) and any(t.text in {":", ";"} for t in verb.doc[first:last])


def _is_given(verb: Token) -> bool:
    """Tell whether a clause is taken for granted: "when they met", "because it banned tin"."""
    before = {child.lower_ for child in verb.children if child.i < verb.i}
    asked = verb.dep_ in {"ccomp", "pcomp"} and before & ASKED
    beside = verb.dep_ == "advcl" and before & BESIDE and _subject(verb)
    return bool(asked or beside) and _is_finite(verb)


def _tells_of(verb: Token) -> bool:
    """Tell whether a clause only tells which thing is meant: "has not lifted the ban it set"."""
    return (verb.dep_ == "relcl" and _is_finite(verb)) or (
        verb.dep_ == "acl" and verb.tag_ == "VBN" and not _auxiliaries(verb)
    )


def _is_finite(verb: Token) -> bool:
    helping = _auxiliaries(verb)
    modal = any(each.tag_ == "MD" for each in helping)
    return not modal and any(each.tag_ in FINITE for each in (verb, *helping))


def _auxiliaries(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]


def _stands_alone(verb: Token) -> bool:
    """Tell whether a coordinated verb shares nothing: "did not come and sent a deputy"."""
    own = verb.tag_ in FINITE and verb.head.pos_ in VERBAL and verb.head.tag_ not in FINITE
    return own or _subject(verb)


def _subject(verb: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children)


def _negated(token: Token) -> bool:
    return any(
        child.dep_ == "neg" or (child.dep_ == "det" and child.lower_ == "no")
        for child in token.children
    )


def _none_does(verb: Token, token: Token) -> bool:
    """Tell whether a verb says it of none: "no pact was signed", "nor is it true".

    What it says of the subject with "no" behind it is another thing: "the pact names no date".
    """
    if verb.pos_ not in VERBAL:
        return False
    first = verb.doc[verb.sent.start]
    nor = first.head == verb and first.lower_ in {"nor", "neither"}
    filled = FILLED if verb == token else SUBJECTS
    return nor or any(child.dep_ in filled and _negated(child) for child in verb.children)


def _nobody_does(verb: Token) -> bool:
    """Tell whether a verb has nobody as its subject, or nothing: "none of them signed"."""
    subjects = (child for child in verb.children if child.dep_ in SUBJECTS)
    return verb.pos_ in VERBAL and any(child.lower_ in NOBODY for child in subjects)


def _untrue(chain: list[Token]) -> bool:
    """Tell whether somebody is said to have told it wrongly: "reported erroneously that …"."""
    for below, verb in pairwise(chain):
        if below.dep_ not in TOLD:
            continue
        for child in verb.children:
            wrongly = child.dep_ == "advmod" and child.lower_ in fact_words().falsely
            if wrongly and below.dep_ == "ccomp":
                return True
            is_so = verb.lemma_ == "be" and child.dep_ in {"acomp", "attr"}
            if is_so and child.lower_ in fact_words().untrue:
                return True
    return False


def _refused(chain: list[Token]) -> bool:
    return any(each.lemma_ in fact_words().refusals for each in chain[1:]) or any(
        each.lemma_ == "rule" and any(c.lower_ == "out" for c in each.children) for each in chain
    )


def _falsified(token: Token) -> bool:
    """Tell whether it stands in a report that is called false: "reports that … are untrue"."""
    for noun in token.ancestors:
        verb, words = noun.head, fact_words()
        judged = verb.lemma_ in {"be", "deny", "reject", "dismiss"}
        if noun.lemma_ not in words.reports or not judged:
            continue
        said = {child.lower_ for child in verb.children if child.dep_ in {"acomp", "attr"}}
        denied = any(child.dep_ == "neg" for child in verb.children)
        untrue = bool(said & words.untrue) or (denied and bool(said & words.true))
        return verb.lemma_ != "be" or untrue
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
