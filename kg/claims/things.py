"""Things: what a claim is about, named as shortly as the sentence allows.

Head tokens of an argument in, fillers of type "thing" out. A list is split into its items; nouns
that only lead to the thing ("efforts in", "supply of") give way to it; articles, possessors and
adjectives that do not name are left out. Things that the lexicon knows go before all others, and
at most five are taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from spacy.tokens import Token

from kg.claims.guises import conjoined, is_clause, is_content, is_infinitive, prepositional
from kg.claims.model import Filler
from kg.claims.offices import singular
from kg.claims.sentences import Sentence
from kg.resources import lexicon, table

Family = Literal["material", "technology", "sector", "instrument", "subject"]
MOST: Final = 5
NAMELESS_ENTITIES: Final = frozenset(
    (
        "DATE",
        "TIME",
        "GPE",
        "LOC",
        "PERSON",
        "NORP",
        "CARDINAL",
        "MONEY",
        "PERCENT",
        "ORDINAL",
        "QUANTITY",
    )
)
LINKS: Final = frozenset(("of", "for", "on", "in", "over", "about", "to", "such", "including", "like", "through",
                          "with", "from", "into", "between", "against", "as", "across", "at", "regarding",
                          "concerning", "around", "behind", "within", "via", "upon", "toward", "towards"))  # fmt: skip
NAMING: Final = frozenset(("compound", "amod", "nmod", "nummod", "npadvmod", "punct", "cc", "conj", "advmod", "dep", "quantmod", "neg", "poss", "det", "intj"))  # fmt: skip
JOINTS: Final = frozenset(("-", "/", "–"))


@dataclass(frozen=True, slots=True)
class ThingRow:
    """A row of `things.csv`."""

    label: str
    family: Family
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """The data of `things.yaml`."""

    source: str
    unnamed: frozenset[str]
    transparent: frozenset[str]
    general: frozenset[str]
    vague: frozenset[str]
    empty: frozenset[str]
    trade: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase cut to its name: token positions, and how well it names something."""

    first: int
    last: int  # one past the end
    rank: int  # 3 known, 2 compound or modified, 1 plain, 0 vague


def known(wording: str) -> ThingRow | None:
    """Give the row of a thing that the lexicon knows under this wording."""
    return _rows().get(" ".join(wording.lower().replace("-", " ").split()))


def is_goods(filler: Filler) -> bool:
    """Say whether a filler is a material or technology that the lexicon knows."""
    parts = (filler.label or "").split()
    rows = (known(" ".join(parts[i:])) for i in range(len(parts)))
    return any(row is not None and row.family in ("material", "technology") for row in rows)


def things(
    sentence: Sentence,
    heads: Iterable[Token],
    taken: frozenset[int] = frozenset(),
    most: int = MOST,
) -> tuple[Filler, ...]:
    """Name what the phrases and clauses under these heads are about; `taken` are token positions to leave out."""
    found: dict[tuple[int, int], Phrase] = {}
    for head in heads:
        for phrase in _phrases(head, sentence, taken, 0):
            found.setdefault((phrase.first, phrase.last), phrase)
    return tuple(_filler(sentence, phrase) for phrase in _best(list(found.values()), most))


def thing_at(sentence: Sentence, first: int, last: int) -> Filler:
    """Make a filler of the tokens `first` to before `last`."""
    return _filler(sentence, Phrase(first, last, 1))


def name_span(head: Token) -> tuple[int, int]:
    """Give the tokens that name the thing of a noun: its naming modifiers and itself."""
    first = head.i
    start = head.left_edge.i
    doc = head.doc
    while first > start and _names(doc[first - 1], head):
        first -= 1
    for longer in range(start, first):
        if known(doc[longer : head.i + 1].text):
            return longer, head.i + 1
    while first < head.i and (
        doc[first].is_punct or doc[first].dep_ == "cc" or doc[first].lower_ in JOINTS
    ):
        first += 1
    return first, head.i + 1


def words() -> Words:
    """Give the word lists."""
    return lexicon("claims", "things.yaml", Words)


def traded(sentence: Sentence, head: Token, most: int = MOST) -> tuple[Filler, ...]:
    """Name what a word of trade trades ("cod exports", "exports of cod"); else the thing itself."""
    others = frozenset(t.i for t in conjoined(head) if t != head)
    if not is_trade(head):
        named = head.pos_ in ("NOUN", "PROPN") or head.tag_ == "VBG"
        return things(sentence, [head], others, most) if named else ()
    before = [c for c in head.lefts if c.dep_ in ("compound", "amod", "nmod") and not is_trade(c)]
    goods = [c for c in before if known(c.text) or c.dep_ in ("compound", "nmod")]
    if goods:
        first, last = head.i, max(c.i for c in goods) + 1
        while first > head.left_edge.i and _names(head.doc[first - 1], head):
            first -= 1
        return (thing_at(sentence, min(first, last - 1), last),)
    if any(c.lower_ == "whose" for c in head.lefts):
        clause = next((a for a in head.ancestors if a.dep_ == "relcl"), None)
        return things(sentence, [clause.head]) if clause is not None else ()
    behind = [
        c for prep in head.subtree
        if prep.dep_ == "prep" and prep.lower_ in ("of", "in") and head in (prep.head, prep.head.head.head)
        for c in prep.children if c.dep_ == "pobj"
    ]  # fmt: skip
    return things(sentence, behind, most=most)


def is_trade(token: Token) -> bool:
    """Say whether a word names trade itself ("exports", "supply") and not what is traded."""
    return token.lower_ in words().trade


def _best(phrases: list[Phrase], most: int) -> list[Phrase]:
    top = max((phrase.rank for phrase in phrases), default=0)
    floor = 1 if top >= 1 else 0
    kept = [phrase for phrase in phrases if phrase.rank >= floor]
    if top == 0:
        kept = kept[:1]
    if len(kept) > most:
        ranked = sorted(kept, key=_by_rank)[:most]
        kept = [phrase for phrase in kept if phrase in ranked]
    return sorted(_disjoint(kept), key=_by_place)


def _by_rank(phrase: Phrase) -> tuple[int, int]:
    return -phrase.rank, phrase.first


def _by_place(phrase: Phrase) -> int:
    return phrase.first


def _disjoint(phrases: list[Phrase]) -> list[Phrase]:
    return [
        one for one in phrases
        if not any(o is not one and o.first <= one.first and one.last <= o.last for o in phrases)
    ]  # fmt: skip


def _phrases(
    token: Token, sentence: Sentence, taken: frozenset[int], depth: int
) -> Iterator[Phrase]:
    """Yield the named things at and below a token, in the order of the text."""
    if depth > 9 or token.i in taken:
        yield from _coordinated(token, sentence, taken, depth)
        return
    if is_clause(token) or (
        token.tag_ == "VBG" and token.dep_ in ("pcomp", "xcomp", "ccomp", "advcl", "acl")
    ):
        yield from _of_clause(token, sentence, taken, depth)
        return
    if token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "X", "PRON", "ADV") or token.tag_ in (
        "VBG",
        "NN",
        "NNS",
    ):
        yield from _of_noun(token, sentence, taken, depth)


def _of_clause(
    verb: Token, sentence: Sentence, taken: frozenset[int], depth: int
) -> Iterator[Phrase]:
    """Name what a clause is about; a gerund that governs nothing names itself ("overfishing")."""
    after = verb.i + 2
    if verb.tag_ == "VBG" and after <= len(verb.doc) and known(verb.doc[verb.i : after].text):
        yield Phrase(verb.i, after, 3)  # "coking coal" is no clause
        return
    found = list(_inside_clause(verb, sentence, taken, depth))
    if (
        not found
        and verb.tag_ == "VBG"
        and verb.dep_ == "pcomp"
        and not any(c.dep_ == "dobj" for c in verb.children)
    ):
        found = [Phrase(verb.i, verb.i + 1, 1)]
    yield from found


def _inside_clause(
    verb: Token, sentence: Sentence, taken: frozenset[int], depth: int
) -> Iterator[Phrase]:
    for child in verb.children:
        if (
            (child.dep_ in ("dobj", "oprd", "nsubjpass", "attr", "dative") and child.pos_ != "ADP")
            or (child.dep_ == "nsubj" and (verb.dep_ == "ccomp" or is_content(verb)))
            or child.dep_ in ("xcomp", "ccomp", "conj")
            or (child.dep_ == "advcl" and is_infinitive(child))
        ):
            yield from _phrases(child, sentence, taken, depth + 1)
        elif child.dep_ == "prep" and child.lower_ in LINKS:
            yield from _below(child, sentence, taken, depth)
        elif child.dep_ == "acomp":
            for prep in child.children:
                if prep.dep_ == "prep":
                    yield from _below(prep, sentence, taken, depth)


def _of_noun(
    noun: Token, sentence: Sentence, taken: frozenset[int], depth: int
) -> Iterator[Phrase]:
    shared = _shared_head(noun)
    if shared is not None:
        yield shared
        return
    below = [phrase for prep in _links(noun) for phrase in _below(prep, sentence, taken, depth)]
    phrase = _phrase_of(noun)
    transparent = noun.lower_ in words().transparent and any(
        p.lower_ == "of" for p in noun.children
    )
    if phrase is not None and not (transparent and below) and not (phrase.rank == 0 and below):
        whole = _with_of(noun, phrase)
        yield whole or phrase
        if whole:
            below = [each for each in below if each.first >= whole.last]
    yield from below
    if not below and phrase is not None and phrase.rank == 0:
        for clause in noun.children:
            if clause.dep_ in ("acl", "relcl") and is_infinitive(clause):
                yield from _phrases(clause, sentence, taken, depth + 1)
    yield from _coordinated(noun, sentence, taken, depth)


def _shared_head(noun: Token) -> Phrase | None:
    """Join "semiconductor and critical mineral supply chains": a countable in the singular has no head of its own."""
    row = known(noun.text)
    bare = noun.tag_ == "NN" and not any(
        c.dep_ in ("det", "poss", "amod", "compound") for c in noun.lefts
    )
    if row is None or not bare or not row.label.endswith("s") or noun.lower_.endswith("s"):
        return None
    other = next((c for c in noun.children if c.dep_ == "conj" and c.tag_ == "NNS"), None)
    if other is None or name_span(other)[0] == other.i:
        return None
    return Phrase(noun.i, other.i + 1, 3)


def _coordinated(
    token: Token, sentence: Sentence, taken: frozenset[int], depth: int
) -> Iterator[Phrase]:
    for child in token.children:
        listed = (
            child.dep_ == "appos"
            and child.pos_ == "NOUN"
            and not any(c.dep_ == "det" for c in child.lefts)
        )
        if child.dep_ == "conj" or listed:
            yield from _phrases(child, sentence, taken, depth + 1)


def _links(noun: Token) -> Iterator[Token]:
    for child in noun.children:
        if child.dep_ in ("prep", "acl") and child.lower_ in LINKS and child.i > noun.i:
            yield child
    if noun.i + 1 < noun.sent.end:
        after = noun.nbor(1)  # the parser may hang "duties on tin" on the verb
        if after.dep_ == "prep" and after.lower_ in ("of", "on", "upon") and after.head != noun:
            yield after


def _below(prep: Token, sentence: Sentence, taken: frozenset[int], depth: int) -> Iterator[Phrase]:
    """Go on below a preposition, through double ones ("such as", "from across")."""
    for child in prep.children:
        if child.dep_ in ("pobj", "pcomp"):
            yield from _phrases(child, sentence, taken, depth + 1)
        elif child.dep_ in ("prep", "conj") and child.pos_ in ("ADP", "SCONJ"):
            yield from _below(child, sentence, taken, depth)


def _phrase_of(noun: Token) -> Phrase | None:
    """Cut a noun phrase to its name; None where it names nothing."""
    if noun.pos_ in ("PRON", "NUM", "ADV") or noun.tag_ == "WDT":
        return None
    first, last = name_span(noun)
    if noun.ent_type_ in NAMELESS_ENTITIES and known(noun.doc[first:last].text) is None:
        return None
    if noun.doc[first].lower_ in words().general and _is_material(noun.doc[first + 1 : last].text):
        first += 1
    wording = noun.doc[first:last].text
    alone = last - first == 1
    if alone and (noun.lower_ in words().vague or noun.lower_ in words().transparent):
        return Phrase(first, last, 1 if known(wording) and noun.lower_ not in words().vague else 0)
    if known(wording):
        return Phrase(first, last, 3)
    if noun.lower_ in words().empty or singular(noun.text) is not None:
        return None if alone or singular(noun.text) else Phrase(first, last, 0)
    if noun.pos_ == "ADJ" and alone:
        return None
    if _leads_on(noun, first):
        return Phrase(first, last, 0)
    return Phrase(first, last, 1 if alone else 2)


def _is_material(wording: str) -> bool:
    row = known(wording)
    return row is not None and row.family == "material"


def _leads_on(noun: Token, first: int) -> bool:
    """Say whether a vague noun has only adjectives before it ("critical areas"), none that names."""
    before = noun.doc[first : noun.i]
    return noun.lower_ in words().vague and all(
        t.pos_ in ("ADJ", "CCONJ", "PUNCT") or t.tag_ in ("VBN", "VBG") for t in before
    )


def _with_of(noun: Token, phrase: Phrase) -> Phrase | None:
    """Take in a short "of" phrase after a noun of action ("freedom of navigation")."""
    row = known(noun.doc[phrase.first : phrase.last].text)
    if row is not None and row.family != "subject":
        return None
    joint = (
        ("of", "on", "upon")
        if noun.lower_.endswith(("reliance", "dependence", "dependency"))
        else ("of",)
    )
    prep = next(
        (c for c in noun.children if c.dep_ == "prep" and c.i == noun.i + 1 and c.lower_ in joint),
        None,
    )
    inner = next((c for c in prep.children if c.dep_ == "pobj"), None) if prep is not None else None
    if (
        inner is None
        or inner.ent_type_ in NAMELESS_ENTITIES
        or any(c.dep_ == "conj" for c in inner.children)
    ):
        return None
    if any(t.pos_ == "NUM" or t.dep_ == "poss" for t in inner.lefts):
        return None
    if inner.i - noun.i > 5 or phrase.rank == 0:
        return None
    return Phrase(phrase.first, inner.i + 1, max(phrase.rank, 2))


def _names(token: Token, head: Token) -> bool:
    """Say whether a word before a noun belongs to the name of the thing."""
    if token.dep_ not in NAMING or token.dep_ in ("det", "poss", "intj", "neg", "advmod"):
        return False
    if token.pos_ in ("DET", "PRON", "NUM", "PART", "ADV") or token.tag_ in (
        "JJR",
        "JJS",
        "CD",
        "POS",
        "PDT",
        "SYM",
    ):
        return False
    if token.tag_ in ("VBN", "VBD") and token.i and token.nbor(-1).pos_ == "PROPN":
        return False
    if token.is_quote or token.lower_ in (",", "(", ")", "%", ":", ";", "—", "–"):
        return False
    joined = (
        token.i + 1 < len(token.doc) and token.nbor().lower_ in JOINTS and not token.whitespace_
    )
    if token.lower_ in words().unnamed and not joined:
        return False
    if token.lower_ in JOINTS:
        return True
    if token.pos_ == "CCONJ":
        return token.head != head and token.head.i < head.i
    if token.ent_type_ in ("GPE", "NORP", "DATE", "CARDINAL", "ORDINAL"):
        return False
    return token.i < head.i


def _filler(sentence: Sentence, phrase: Phrase) -> Filler:
    start, end = sentence.place(phrase.first, phrase.last)
    wording = sentence.words(phrase.first, phrase.last)
    row = known(wording)
    label = row.label if row else " ".join(wording.lower().split())
    return Filler(text=wording, label=label, type="thing", start=start, end=end)


@cache
def _rows() -> Mapping[str, ThingRow]:
    found: dict[str, ThingRow] = {}
    for row in table("claims", "things.csv", ThingRow):
        for wording in (row.label, *row.variants):
            found.setdefault(" ".join(wording.lower().replace("-", " ").split()), row)
    return found


__all__ = [
    "MOST",
    "Phrase",
    "ThingRow",
    "Words",
    "is_trade",
    "known",
    "name_span",
    "prepositional",
    "thing_at",
    "things",
    "traded",
    "words",
]
