"""Whether a verb of saying has content: a verb in, how surely something is said with it out.

Content is a clause, quoted words, or a noun phrase after verbs such as "emphasised". What is said
may stand before the verb, behind it, or on both sides of it ("The vote, she said, was lost").
"""

from __future__ import annotations

import itertools
from typing import Final

from spacy.tokens import Token

from kg.claims.draft import LIKELY, SURE, WEAK
from kg.claims.reference import nouns
from kg.claims.saying import QUOTES, saying_words

REACH: Final = 12  # tokens from a verb of saying to its "that"
CONTENTS: Final = frozenset({"ccomp", "parataxis"})
VERBAL: Final = frozenset({"VERB", "AUX"})
FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
BREAKS: Final = frozenset({",", ";", ":", "—", "–", "-", "(", "..."})
NAMED: Final = frozenset({"NOUN", "PROPN"})
JOINED: Final = frozenset({"csubj", "csubjpass", "nsubjpass"})


def is_saying(token: Token) -> bool:
    """Tell whether a verb may say something."""
    if token.pos_ != "VERB":
        return False
    words, lemma = saying_words(), token.lemma_.lower()
    known = words.clause | words.nominal | words.labels | words.undertaking | {"put", "peg"}
    return lemma in known or lemma in words.about or is_light(token) or _voices(token)


def content_of(verb: Token) -> float | None:
    """Tell how surely a verb has content by what hangs on it, and None if it has none."""
    words, lemma = saying_words(), verb.lemma_.lower()
    if is_light(verb) and _light_content(verb):
        return LIKELY
    all_said = verb.dep_ in {"relcl", "ccomp"} and _says_all(verb) and lemma in nouns().saying
    if is_answer(verb) or labels(verb) or all_said or _voices(verb) or _puts_at(verb):
        return LIKELY
    if lemma in words.clause and (has_clause(verb) or has_quotation(verb)):
        return SURE if lemma in nouns().saying else LIKELY
    if lemma in words.about and any(
        c.dep_ == "prep" and c.lower_ in words.about[lemma] for c in verb.children
    ):
        return WEAK
    dobj = next((child for child in verb.children if child.dep_ == "dobj"), None)
    if lemma in words.nominal and dobj is not None and dobj.pos_ in NAMED:
        return WEAK if dobj.lemma_.lower() not in words.other else None
    return None


def is_light(verb: Token) -> bool:
    """Tell whether it is "made known", "let it be known", "shot back", "as he put it"."""
    known = saying_words().light.get(verb.lemma_.lower(), ())
    behind = verb.doc[verb.i + 1 : verb.i + 5] if known else ()
    return any(token.lower_ in known for token in behind)


def _light_content(verb: Token) -> bool:
    behind = verb.doc[verb.i + 2 : min(verb.i + 12, verb.sent.end)]
    if any(t.lower_ == "that" or t.text in QUOTES for t in behind[:6]):
        return True
    if any(child.dep_ == "mark" and child.lower_ == "as" for child in verb.children):
        return verb.lemma_ == "put"
    if any(token.text == ":" for token in behind):
        return True
    clauses = (c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i + 1)
    return any(_finite(each) and each.lower_ != "known" for each in clauses)


def _says_all(verb: Token) -> bool:
    """Tell whether it is "was all that she would say"."""
    left = verb.left_edge
    return verb.head.lower_ == "all" or (left.lower_ == "all" and left.i > verb.sent.start)


def _puts_at(verb: Token) -> bool:
    """Tell whether somebody "put the loss at six million"."""
    if verb.lemma_ not in {"put", "peg", "estimate"} or _passive(verb):
        return False
    at = (c for c in verb.subtree if c.lower_ == "at" and c.dep_ == "prep" and c.i > verb.i + 1)
    return any(t.like_num for each in at for t in each.subtree)


def _voices(verb: Token) -> bool:
    """Tell whether it is "gave assurances that", "expressed the view that"."""
    words = saying_words()
    if verb.lemma_.lower() not in words.voicing:
        return False
    for noun in verb.children:
        if noun.dep_ == "dobj" and noun.lemma_.lower() in words.voiced:
            return any(
                c.dep_ in {"acl", "ccomp", "relcl"}
                and any(m.lower_ == "that" and m.dep_ == "mark" for m in c.children)
                for c in (*noun.children, *verb.children)
            )
    return False


def labels(verb: Token) -> bool:
    """Tell whether somebody "called the step a mistake", in words of their own."""
    if verb.lemma_.lower() not in saying_words().labels or verb.dep_ == "acl":
        return False
    if _passive(verb):
        as_what = any(c.dep_ == "prep" and c.lower_ in {"as", "to"} for c in verb.children)
        agent = any(c.lower_ == "by" for c in verb.subtree)
        return agent and (as_what or any(c.dep_ == "oprd" for c in verb.children))
    whom = next((c for c in verb.children if c.dep_ in {"dobj", "ccomp"} and c.i > verb.i), None)
    if any(child.dep_ == "oprd" for child in verb.children):
        return True
    if whom is None:
        return False
    if verb.lemma_ in {"liken", "compare"}:
        return any(c.lower_ in {"to", "with"} for c in (*whom.children, *verb.children))
    clause = whom.dep_ == "ccomp" and whom.pos_ in {"ADJ", "NOUN"}
    behind = verb.doc[whom.i + 1 : min(whom.i + 4, verb.sent.end)]
    return clause or any(token.text in QUOTES for token in behind)


def _passive(verb: Token) -> bool:
    return any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)


def is_answer(verb: Token) -> bool:
    """Tell whether it is "reports that … were denied by X", or "a charge that X rejects"."""
    if verb.lemma_ not in saying_words().answering:
        return False
    agent = any(child.dep_ == "agent" for child in verb.children)
    for about in verb.children:
        if about.dep_ == "dobj" and about.lemma_.lower() in saying_words().charges:
            return True
        if about.dep_ in JOINED and agent:
            below = (child.dep_ for child in about.children)
            if about.dep_ != "nsubjpass" or any(d in {"acl", "ccomp", "relcl"} for d in below):
                return True
    return verb.dep_ == "relcl" and verb.head.lemma_.lower() in saying_words().charges


def has_clause(verb: Token) -> bool:
    """Tell whether a verb takes a clause as what is said, before or behind it."""
    gerund = verb.lemma_ in saying_words().gerund
    for child in verb.children:
        if gerund and child.dep_ in {"xcomp", "advcl", "ccomp"} and _is_gerund(child):
            return child.i > verb.i
        if child.dep_ in CONTENTS and child.pos_ in {"VERB", "AUX", "ADJ", "NOUN", "PROPN"}:
            return child.tag_ != "VBG" or child.i < verb.i or _finite(child)
    if any(child.dep_ == "mark" and child.lower_ == "that" for child in verb.children):
        return False
    if verb.dep_ in {"parataxis", "ccomp", "conj"} and _set_off(verb):
        return verb.dep_ != "conj" or (verb.lemma_ in nouns().saying and not _has_object(verb))
    return _that_follows(verb)


def _is_gerund(verb: Token) -> bool:
    return verb.tag_ == "VBG" or any(c.lower_ in {"having", "being"} for c in verb.children)


def _finite(verb: Token) -> bool:
    return any(child.dep_ in {"aux", "nsubj", "nsubjpass"} for child in verb.children)


def _set_off(verb: Token) -> bool:
    """Tell whether "he said" stands inside or behind what is said, set off by a comma."""
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    left = verb.left_edge if subject is None or subject.i > verb.i else subject.left_edge
    before = verb.doc[left.i - 1] if left.i else None
    return (
        before is not None and before.text in {",", '"', "''", "—", "–"} and not left.is_sent_start
    )


def is_aside(verb: Token, first: int) -> bool:
    """Tell whether "he said", which begins at `first`, is set off by commas from what is said.

    It stands behind it or inside it: nothing finite follows up to the next comma, but a finite
    verb stands before it, or behind that comma.
    """
    words, lemma = saying_words(), verb.lemma_.lower()
    doc, sent = verb.doc, verb.sent
    if lemma not in words.clause | words.undertaking and not is_light(verb):
        return False
    if first <= sent.start or doc[first - 1].text not in {",", "—", "–", "-", "(", *QUOTES}:
        return False
    light = is_light(verb)
    if not light and (verb.tag_ not in FINITE | {"VBN"} or _has_object(verb)):
        return False
    if any(
        t.tag_ in {"WDT", "WP", "WP$"} and t.lower_ != "that" for t in doc[verb.left_edge.i : first]
    ):
        return False
    end = next((t.i for t in doc[verb.i + 1 : sent.end] if t.text in BREAKS), sent.end)
    if not light and any(t.tag_ in FINITE for t in doc[verb.i + 1 : end]):
        return False
    clause = doc[sent.start : first - 1]
    return any(t.tag_ in FINITE for t in (*clause, *doc[end : sent.end]))


def _that_follows(verb: Token) -> bool:
    """Tell whether a clause with "that" follows, over where and when it is said if need be."""
    told = saying_words().told
    for token in verb.doc[verb.i + 1 : min(verb.i + REACH, verb.sent.end)]:
        if token.lower_ == "that" and (
            (token.pos_ == "SCONJ" and token.head.dep_ != "acl") or _said_there(verb, token)
        ):
            return verb.dep_ in {"ROOT", "conj", "ccomp"}
        if token.pos_ in VERBAL or token.text in {",", ";", ":"}:
            return False
        if token.dep_ == "dobj" and token.head.i == verb.i and verb.lemma_ not in told:
            return False
    return False


def _said_there(verb: Token, that: Token) -> bool:
    """Tell whether "that" begins what is said, not what is told of the place: "at a briefing"."""
    clause = that.head.head if that.head.dep_ == "xcomp" else that.head
    own = any(c.dep_ in {"nsubj", "nsubjpass"} and c.i != that.i for c in clause.children)
    below = any(each.i == verb.i for each in clause.ancestors)
    words = saying_words()
    says = verb.lemma_ in words.clause | words.undertaking
    return clause.dep_ in {"relcl", "acl"} and own and below and says


def _has_object(verb: Token) -> bool:
    told = verb.lemma_.lower() in saying_words().told
    below = {"xcomp"} if told else {"dobj", "xcomp"}
    return any(child.dep_ in below and child.i > verb.i for child in verb.children)


def _speaks(mark: Token) -> bool:
    """Tell whether words behind a quotation mark are somebody's own, not a name or a catchword."""
    words = list(itertools.takewhile(lambda t: t.text not in QUOTES, mark.doc[mark.i + 1 :]))
    return len(words) > 2 and words[0].text.islower()


def has_quotation(verb: Token) -> bool:
    """Tell whether quotation marks stand close to a verb, so that it speaks them."""
    sent, doc = verb.sent, verb.doc
    for token in doc[verb.i + 1 : min(sent.end, verb.i + 14)]:
        if token.text in QUOTES:
            before = doc[token.i - 1]
            return (
                _speaks(token)
                or before.i == verb.i
                or before.text in {",", ":"}
                or before.lower_ in {"that", "as", "to", "of", "a", "an", "for", "the"}
            )
        if token.pos_ == "VERB" and token.head.i != verb.i:
            break
    for token in doc[max(sent.start, verb.i - 9) : verb.i]:
        if token.text in QUOTES and token.i > sent.start:
            return doc[token.i - 1].text in {",", ".", "?", "!"} or doc[token.i + 1].text == ","
    return False
