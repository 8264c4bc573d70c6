"""On whose word a sentence says something: a token in, the sources out, one for all kinds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims.contents import is_aside
from kg.claims.model import Filler
from kg.claims.pages import Page
from kg.claims.reference import is_document, nouns
from kg.claims.resolving import Resolver
from kg.claims.saying import QUOTES, saying_words
from kg.claims.sentences import Sentence

CLAUSAL: Final = frozenset({"ccomp", "parataxis", "xcomp"})


def attribution_of(
    resolver: Resolver, page: Page, sentence: Sentence, token: Token
) -> tuple[Filler, ...]:
    """Give whom the article cites for what the sentence says with `token`."""
    for found in _sources(resolver, page, sentence, token):
        if found:
            return found
    return ()


def _sources(
    resolver: Resolver, page: Page, sentence: Sentence, token: Token
) -> Iterator[tuple[Filler, ...]]:
    verb = _verb(token)
    for source in _according(sentence):
        yield cited(resolver, page, sentence, source)
    yield _document_subject(sentence, verb)
    for saying in (*_sayings(sentence, verb), *_asides(sentence, verb)):
        who = _teller(saying)
        if who is not None and not _acts(verb, who):
            yield cited(resolver, page, sentence, who)


def _teller(saying: Token) -> Token | None:
    """Give who says it: the subject, or the agent, or in "…, said X" the object of the parser."""
    for child in saying.children:
        if child.dep_ in {"nsubj", "agent"} or (child.dep_ == "nsubjpass" and _is_cited(saying)):
            return child
    before = saying.nbor(-1) if saying.i > saying.sent.start else None
    if before is None or before.text not in {",", *QUOTES}:
        return None
    return next((c for c in saying.children if c.dep_ == "dobj" and c.i > saying.i), None)


def _is_cited(saying: Token) -> bool:
    """Tell whether the subject of a passive speaks: "was quoted as saying", not "is said to"."""
    return saying.lemma_ in {"quote", "cite"} or any(c.lower_ == "as" for c in saying.children)


def _acts(verb: Token, who: Token) -> bool:
    """Tell whether who says it is the subject of the verb itself: "promised to come"."""
    return any(child.i == who.i for child in verb.children)


def _asides(sentence: Sentence, verb: Token) -> Iterator[Token]:
    """Yield the verbs of "…, he said, …" that are set off from what is said."""
    for token in sentence.span:
        if token.pos_ != "VERB" or token.i == verb.i or not _says(token):
            continue
        who = _teller(token)
        if who is not None and who.lower_ not in {"we", "i"}:
            first = token.i if who.i > token.i else who.left_edge.i
            if is_aside(token, first):
                yield token


def _says(verb: Token) -> bool:
    words, lemma = saying_words(), verb.lemma_.lower()
    return lemma in words.clause | words.undertaking | nouns().saying


def _verb(token: Token) -> Token:
    """Give the verb that a token hangs on, itself if it is one."""
    for each in (token, *token.ancestors):
        if each.pos_ in {"VERB", "AUX"}:
            return each
    return token


def _according(sentence: Sentence) -> Iterator[Token]:
    """Yield the sources of "according to X", "citing X", "in the words of X"."""
    for token in sentence.tokens:
        if token.lower_ == "according":
            for to in token.children:
                yield from (child for child in to.children if child.dep_ == "pobj")
        elif token.lower_ == "citing":
            yield from (child for child in token.children if child.dep_ == "dobj")


def _document_subject(sentence: Sentence, verb: Token) -> tuple[Filler, ...]:
    """Give the document that says it: "the joint statement condemned …"."""
    for each in (verb, *(a for a in verb.ancestors if a.i in _inside(sentence))):
        for child in each.children:
            if (
                child.dep_ == "nsubj"
                and child.lemma_.lower() in saying_words().papers
                and each.lemma_ not in {"be", "have"}
            ):
                return (document_filler(sentence, child),)
    return ()


def _inside(sentence: Sentence) -> range:
    return range(sentence.span.start, sentence.span.end)


def _sayings(sentence: Sentence, verb: Token) -> Iterator[Token]:
    """Yield the verbs of saying whose content the token is part of."""
    below = verb
    for above in verb.ancestors:
        if above.i not in _inside(sentence):
            return
        known = above.lemma_ in nouns().saying
        if below.dep_ in CLAUSAL and (known or (_says(above) and below.dep_ != "xcomp")):
            yield above
        below = above
    for child in verb.children:  # "…, Reuters reported"
        if (
            child.dep_ in {"ccomp", "parataxis"}
            and child.lemma_ in nouns().saying
            and child.i > verb.i
        ):
            yield child


def cited(resolver: Resolver, page: Page, sentence: Sentence, head: Token) -> tuple[Filler, ...]:
    """Give a cited source: persons and bodies as named, a document by its kind."""
    if is_document(head) and not page.body(head.i):
        return (document_filler(sentence, head),)
    return resolver.parties(sentence, head)


def document_filler(sentence: Sentence, head: Token) -> Filler:
    """Give a document as a source: "joint statement"."""
    first = head
    for child in head.lefts:
        if child.dep_ in {"compound", "amod"} and child.i < first.i and child.lower_ != "the":
            first = child
            break
    start, end = sentence.place(first.i, head.i + 1)
    words = sentence.words(first.i, head.i + 1)
    return Filler(
        ref=words.lower() if words.isupper() else words,
        text=words,
        type="thing",
        start=start,
        end=end,
    )
