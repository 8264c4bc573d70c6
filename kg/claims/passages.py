"""Measures told by what may pass: a sentence in, bound passages of goods out.

"Tin may be sold only with a permit", "no ore will leave Peru", "no more than 500 tonnes may be
shipped", "the pumps came under licence": no word of these names a measure by itself, so that
they count only beside goods, amounts or words of trade. Who imposes: `kg.claims.imposers`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.effects import effect, is_goods
from kg.claims.measures import Passage
from kg.claims.moods import MAYBE, PROMISING, auxiliaries
from kg.claims.sentences import Sentence
from kg.claims.thing_words import words
from kg.claims.triggers import lemma, trigger_at
from kg.claims.wording import wording

ALLOWING: Final = MAYBE | PROMISING | {"can", "ca", "must"}
TRADING: Final = frozenset(("ship", "export", "import", "sell", "re-export"))
BOUND: Final = ("licensing", "quota")
NO: Final = frozenset(("no", "not", "n't", "never", "nothing", "none"))


def passages(sentence: Sentence) -> Iterator[Passage]:
    """Yield the bound passages of a sentence, in text order."""
    for token in sentence.span:
        if token.pos_ not in ("VERB", "AUX"):
            continue
        found = (
            _allowed(token)
            or _let(token)
            or _moved(token)
            or _under(token)
            or _needed(token)
            or effect(token)
        )
        if found is not None:
            yield found


def _moved(verb: Token) -> Passage | None:
    """Read "may be shipped only under licence", "no cargo will leave Peru", "may not be sold"."""
    if lemma(verb) not in wording().passage:
        return None
    leaves = lemma(verb) in wording().leaving
    used = auxiliaries(verb) | _permission(verb)
    told = "would" in used and any(lemma(a) in wording().speech for a in verb.ancestors)
    past = bool(used & {"could", "would", "used"})
    always = told or (leaves and not past and _binding(verb) is not None)
    subject = guises.surface_subject(verb)
    always = always or (subject is not None and leaves and _none_of(subject, verb))
    if not (used & ALLOWING or always) or not (guises.is_passive(verb) or leaves):
        return None
    if subject is None or subject.pos_ not in ("NOUN", "PROPN", "INTJ", "NUM", "X"):
        return None
    measure = _binding(verb)
    limited, negated = _limited(subject), _negated(verb, subject)
    if measure is not None and (negated or _only(verb)):
        sort = measure
    elif limited or (_only(verb) and _amount(verb)):
        sort = "quota"
    elif negated and not _exempt(verb):
        sort = "import-restriction" if _inward(verb) else "export-ban"
    else:
        return None
    goods = guises.spread(guises.conjoined(subject))
    if not (limited or any(is_goods(each) for each in goods)):
        return None
    status = "announced" if used & PROMISING or told or _ahead(verb) else "in-force"
    places = guises.objects(verb) if leaves and not guises.is_passive(verb) else ()
    return Passage(
        verb, goods, sort, status, (*places, *_borders(verb), *_owners(verb)), _ends(verb)
    )


def _none_of(subject: Token, verb: Token) -> bool:
    """Say whether no goods pass: "not one ton of tin leaves the country"."""
    none = any(c.lower_ in ("no", "not") for c in subject.children)
    return none and verb.tag_ in ("VBZ", "VBP", "VBN") and is_goods(subject)


def _inward(verb: Token) -> bool:
    """Say whether goods come in: "may not be brought into Peru", "may not enter"."""
    into = any(c.dep_ == "prep" and c.lower_ == "into" for c in verb.children)
    return into or lemma(verb) in ("import", "enter", "land")


def _ahead(verb: Token) -> bool:
    """Say whether a passage is one to come: "may be shipped from January", "next year"."""
    return any(t.lower_ in ("next", "coming", "henceforth") for t in verb.subtree)


def _permission(verb: Token) -> frozenset[str]:
    """Give "may" for "are allowed to leave" and "permitted to be sold"."""
    above = verb.head
    allowed = verb.dep_ in ("xcomp", "ccomp") and lemma(above) in wording().allowing
    return frozenset(("may",)) if allowed and guises.is_passive(above) else frozenset()


def _let(verb: Token) -> Passage | None:
    """Read "has let no ore out of the country", "allowed no shipments"."""
    if lemma(verb) not in wording().allowing or guises.is_passive(verb):
        return None
    goods = tuple(o for o in guises.objects(verb) if any(c.lower_ == "no" for c in o.children))
    named = tuple(o for o in goods if is_goods(o))
    out = any(c.lower_ in ("out", "abroad", "across") for c in verb.children)
    trade = any(o.lower_ in words().trade for o in goods)
    ends = tuple(n for top in (verb, *named) for name in ("for", "to") for n in _aims(top, name))
    if not named or not (out or trade or ends):
        return None
    return Passage(verb, named, "export-ban", "in-force", guises.subject(verb), ends)


def _aims(top: Token, name: str) -> Iterator[Token]:
    """Yield the state that goods are for: "for Spanish buyers", "to Peru"."""
    for noun in guises.prepositional(top, name):
        yield from (c for c in (noun, *noun.lefts) if c.ent_type_ in ("GPE", "NORP"))


def _allowed(verb: Token) -> Passage | None:
    """Read "500 tonnes of tin are allowed for next year": so much and no more."""
    if lemma(verb) not in wording().allowing or not guises.is_passive(verb):
        return None
    subject = guises.surface_subject(verb)
    counted = subject is not None and any(c.dep_ == "nummod" for c in subject.children)
    if subject is None or not counted or lemma(subject) not in wording().measures:
        return None
    return Passage(verb, (subject,), "quota", "announced" if _ahead(verb) else "in-force", ())


def _under(verb: Token) -> Passage | None:
    """Read "came under licence", "is subject to an export quota", "are bound by a ceiling"."""
    if lemma(verb) not in wording().subjecting:
        return None
    for prep in verb.subtree:
        near = verb in (prep.head, prep.head.head)
        if not near or prep.dep_ != "prep" or prep.lower_ not in ("under", "to"):
            continue
        if prep.lower_ == "to" and prep.head.lower_ not in ("subject", "subjected"):
            continue
        for noun in (c for c in prep.children if c.dep_ == "pobj"):
            sort = _sort(noun)
            subject = _subject(verb)
            if sort is not None and subject is not None and not _is_actor(subject):
                goods = tuple(guises.conjoined(subject))
                status = "announced" if auxiliaries(verb) & PROMISING else "in-force"
                return Passage(verb, goods, sort, status, (noun, *_owners(verb)), _ends(verb))
    return None


def _needed(verb: Token) -> Passage | None:
    """Read "exports need a Dutch licence": goods or trade that need, not somebody."""
    if lemma(verb) not in wording().needing:
        return None
    subject = _subject(verb)
    wanted = [o for c in verb.children if c.dep_ in ("advcl", "xcomp") for o in guises.objects(c)]
    wanted += [o for n in guises.objects(verb) for c in n.children if c.dep_ in ("acl", "relcl")
               for o in guises.objects(c) if o != n]  # fmt: skip
    passed = next((o for o in wanted if is_goods(o) or lemma(o.head) in TRADING), None)
    if subject is None or not (subject.lower_ in words().trade or is_goods(subject)):
        subject = passed
    if subject is None:
        return None
    for noun in guises.objects(verb):
        if _sort(noun) == "licensing":
            status = "announced" if auxiliaries(verb) & PROMISING else "in-force"
            return Passage(
                verb, (subject,), "licensing", status, (noun, *_owners(noun)), _ends(subject)
            )
    return None


def _subject(verb: Token) -> Token | None:
    found = guises.surface_subject(verb)
    return found if found is not None and found.pos_ not in ("PRON", "DET") else _relative(found)


def _relative(token: Token | None) -> Token | None:
    return token if token is not None and token.lower_ in ("anyone", "whoever", "anybody") else None


def _sort(noun: Token) -> str | None:
    """Give the type of measure that a noun names by itself."""
    trigger = trigger_at(noun, "control")
    if trigger is None or trigger.pos != "noun":
        return None
    plain = {"restriction": "export-control", "ban": "export-ban"}
    return plain.get(str(trigger.value), str(trigger.value))


def _binding(verb: Token) -> str | None:
    """Give the measure under which something passes: "without a licence", "within the quota"."""
    for prep in verb.subtree:
        if prep.dep_ != "prep" or prep.lower_ not in ("with", "without", "under", "to", "after"):
            continue
        for noun in prep.children:
            if noun.dep_ == "pobj" and _sort(noun) in BOUND:
                return _sort(noun)
    return None


def _only(verb: Token) -> bool:
    return any(t.lower_ in ("only", "solely", "exclusively") for t in verb.subtree)


def _amount(verb: Token) -> bool:
    """Say whether goods pass "in rationed amounts"."""
    return any(lemma(t) in wording().measures for t in verb.subtree)


def _limited(subject: Token) -> bool:
    """Say whether a subject is "no more than" or "at most" so much."""
    left = " ".join(t.lower_ for t in subject.doc[subject.left_edge.i : subject.i + 1])
    return any(phrase in left for phrase in wording().limits)


def _negated(verb: Token, subject: Token) -> bool:
    adverbs = [c for c in verb.children if c.dep_ in ("neg", "advmod")]
    if any(t.lower_ in NO for c in adverbs for t in (c, *c.lefts)):
        return True
    return subject.lower_ in NO or any(
        (c.lower_ == "no" and c.dep_ == "det") or c.dep_ == "neg" for c in subject.children
    )


def _exempt(verb: Token) -> bool:
    return any(t.lower_ in ("unless", "until", "except") for t in verb.subtree)


def _borders(verb: Token) -> Iterator[Token]:
    """Yield what goods are taken "out of" or "into": "out of Peru", "out of the country"."""
    preps = [c for c in verb.children if c.lower_ in ("out", "into", "outside", "abroad")]
    for prep in preps:
        inner = [c for c in prep.children if c.dep_ == "prep"]
        inner += [
            c for each in prep.children if each.dep_ == "conj" for c in (each, *each.children)
        ]
        for noun in (c for p in (prep, *inner) for c in p.children if c.dep_ == "pobj"):
            if noun.ent_type_ == "GPE" or noun.lower_ in ("country", "territory", "union"):
                yield noun
        if prep.lower_ == "abroad":
            yield prep


def _ends(top: Token) -> tuple[Token, ...]:
    """Give where goods go: "to Peru", "for Peru", "to Peruvian buyers"."""
    to = (c for n in guises.prepositional(top, "to") for c in (n, *n.lefts))
    return (*to, *_aims(top, "for"))


def _owners(top: Token) -> Iterator[Token]:
    """Yield words that may name who imposes: origins, possessors, nationalities."""
    yield from guises.prepositional(top, "from")
    yield from guises.prepositional(top, "by")
    yield from (c for c in top.lefts if c.dep_ in ("amod", "poss", "compound", "nmod"))


def _is_actor(token: Token) -> bool:
    return token.ent_type_ in ("GPE", "PERSON", "NORP")
