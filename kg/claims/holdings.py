"""Whose share of what it is, by the order of words: a reading and a sentence in, holdings out.

Where a share is told the parser often fails ("about a fifth of the tin", "buys in Peru four of
every five tons"). Here the words of the share are found first, then the verb beside them, then
who stands before the verb. Only verbs of taking, giving, making, sending and counting are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kg.claims.model import Filler
from kg.claims.organisations import bodies
from kg.claims.portions import OWN, RELATIVES, Portion, portion_words, portions
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.thing_words import known
from kg.claims.triggers import lemma
from kg.claims.voices import is_parties, parties_before, speaker_of, states_at
from kg.claims.wording import wording

STATES: Final = ("state", "bloc")
ACTORS: Final = ("state", "bloc", "organisation")
UNREAL: Final = frozenset(("will", "would", "could", "might", "may", "should", "must", "to", "can"))
PLACED: Final = ("GPE", "LOC", "NORP", "DATE", "FAC")
MAIN: Final = 40  # percent from which a share dominates


@dataclass(frozen=True, slots=True)
class Holding:
    """A portion with whose place in supply it makes, and which."""

    portion: Portion
    token: Token
    actors: tuple[Filler, ...]
    type: str
    share: Filler | None


def holdings(reading: Reading, sentence: Sentence) -> Iterator[Holding]:
    """Yield what the shares of a sentence say of a place in supply, in text order."""
    last: Holding | None = None
    for portion in portions(sentence):
        if portion.goods is not None and portion.goods.lower_ in portion_words().no_goods:
            continue
        found = _of_verb(reading, sentence, portion) or _of_subject(reading, sentence, portion)
        if found is None and last is not None and _goes_on(sentence, last.portion, portion):
            found = Holding(portion, last.token, last.actors, last.type, _share(sentence, portion))
        last = found
        if found is not None:
            yield found


def _goes_on(sentence: Sentence, before: Portion, portion: Portion) -> bool:
    """Say whether a share goes on from the one before ("39% of its tin and half of its zinc")."""
    between = list(sentence.span.doc[before.end : portion.start])
    joined = any(t.lower_ == "and" for t in between[-3:])
    return joined and portion.goods is not None and all(_class(t) is None for t in between[-4:])


# ---- the verb before the share ----------------------------------------------------------


def _of_verb(reading: Reading, sentence: Sentence, portion: Portion) -> Holding | None:
    """Read "Peru buys four fifths of its tin in Chile": the share stands behind the verb."""
    verb = _verb_before(sentence, portion)
    if verb is None or _is_unreal(sentence, verb):
        return None
    actors = doers(reading, sentence, verb)
    between = tuple(sentence.span.doc[verb.i + 1 : portion.start])
    others = _others(reading, sentence, portion, actors)
    kind = _kind(reading, sentence, portion, verb, between, others)
    if kind == "sold":
        actors, kind = others, "dependence"
    if kind is None or not actors:
        return None
    return Holding(portion, verb, actors, kind, _share(sentence, portion))


def _verb_before(sentence: Sentence, portion: Portion) -> Token | None:
    """Give the nearest verb of a known class before a share."""
    doc, given = sentence.span.doc, False
    for at in range(portion.start - 1, max(sentence.span.start, portion.start - 9) - 1, -1):
        token = doc[at]
        if _class(token) is not None and token.lower_ not in portion_words().between:
            return token
        given = given or token.lower_ == "with"
        loose = token.lower_ in portion_words().between or token.pos_ in ("ADV", "PROPN")
        loose = loose or (given and token.pos_ in ("NOUN", "ADJ"))
        if not loose and token.lower_ not in ("somewhere", "estimated", "region", "of"):
            return None
    return None


def _class(token: Token) -> str | None:
    """Give the class of a verb, also of one that the parser takes for a noun ("ships")."""
    words = portion_words()
    if token.lower_ == "home":
        return "giving"  # "is home to a third of"
    if token.tag_ in ("JJ", "IN", "RB", "CD", "DT", "VBG", "VBN") or token.dep_.startswith("aux"):
        return None
    forms = {lemma(token), token.lower_.removesuffix("s")}
    noun = token.pos_ not in ("VERB", "AUX")
    if noun and token.tag_ not in ("NNS", "NN"):
        return None
    held = token.i + 1 == len(token.doc) or token.dep_ in ("pobj", "dobj", "nsubjpass")
    if noun and held and lemma(token) != "account":
        return None
    for name in ("counting", "making", "sending", "leaning", "taking", "giving"):
        if forms & getattr(words, name):
            return name
    return None


def _is_unreal(sentence: Sentence, verb: Token) -> bool:
    """Say whether a verb tells what is to be or may be, or is denied."""
    low = max(sentence.span.start, verb.i - 3)
    before = [t for t in verb.doc[low : verb.i] if t.pos_ in ("AUX", "PART") or t.dep_ == "neg"]
    used = {t.lower_ for t in before if t.i >= verb.i - 2}
    return bool(used & UNREAL) or any(t.dep_ == "neg" for t in before)


def _kind(
    reading: Reading, sentence: Sentence, portion: Portion, verb: Token,
    between: tuple[Token, ...], others: tuple[Filler, ...],
) -> str | None:  # fmt: skip
    """Say what a verb makes of the share behind it; "sold" where its seller depends on it."""
    words, name = portion_words(), _class(verb)
    near = {t.lower_ for t in (*between, *_phrase(portion), *portion.tail)}
    own = any(t.lower_ in OWN for t in portion.owners)
    world = _is_worlds(portion)
    found: str | None = None
    if name == "leaning":
        found = "dependence" if near & {"on", "upon", "off", "from"} else None
    elif name == "making":
        found = "producer" if portion.goods is None or world or near & words.held else None
    elif name == "sending" and own:
        found = "dependence" if "to" in near else None
    elif name == "taking" and (own or not _forms(verb) & words.giving):
        away = _is_away(reading, sentence, (*between, *portion.tail))
        away = away or (own and "import" in _forms(verb))
        found = "sold" if others and "from" not in near else "dependence" if away else None
    elif name == "counting":
        found = _counted_kind(portion, near, world, bool(others))
    else:
        given = any(t.lower_ == "with" for t in between)  # "feeds the mills with a fifth of"
        found = _given_kind(portion, own and not given, given or world or bool(others), near)
    return found


def _given_kind(portion: Portion, own: bool, others: bool, near: set[str]) -> str | None:
    """Say what giving or holding a share of goods that are not one's own makes somebody."""
    if (portion.goods is None and portion.share is None) or own:
        return None
    least = portion.share is None or portion.share >= MAIN
    if others or near & portion_words().held or portion.goods is None:
        return "dominance" if least else "producer"
    return None


def _forms(verb: Token) -> set[str]:
    return {lemma(verb), verb.lower_.removesuffix("s")}


def _counted_kind(portion: Portion, near: set[str], world: bool, others: bool) -> str | None:
    words = portion_words()
    said = near | {t.lower_ for t in _phrase(portion)}
    if not (world or others or said & (words.made | words.held)):
        return None
    if said & words.made or not (others or said & words.held):
        return "producer"
    return "dominance" if portion.share is None or portion.share >= MAIN else "producer"


def _phrase(portion: Portion) -> tuple[Token, ...]:
    if portion.goods is None:
        return ()
    return tuple(portion.goods.doc[portion.end : portion.goods.i + 1])


def _is_worlds(portion: Portion) -> bool:
    said = (*_phrase(portion), *portion.tail[:6])
    return any(t.lower_ in portion_words().world for t in said)


def _is_away(reading: Reading, sentence: Sentence, tokens: tuple[Token, ...]) -> bool:
    """Say whether goods come from elsewhere: "from", "abroad", "in Peru", "on Peru"."""
    if any(t.lower_ == "from" or t.lower_ in portion_words().abroad for t in tokens):
        return True
    prep = [t for t in tokens if t.lower_ in ("in", "on", "off")]
    return any(states_at(reading, sentence, [t.nbor(1)]) for t in prep if t.i + 1 < len(t.doc))


def _others(
    reading: Reading, sentence: Sentence, portion: Portion, actors: tuple[Filler, ...]
) -> tuple[Filler, ...]:
    """Give whose goods they are: "Indian smelters' tin", "the wine this country exported"."""
    named = [t for t in portion.owners if t.lower_ not in OWN]
    found = list(states_at(reading, sentence, named))
    found += [f for t in named for f in reading.parties(sentence, t) if f.type in STATES]
    users = [
        t for t in portion.tail[:8]
        if t.dep_ == "nsubj" or (t.dep_ == "pobj" and t.head.lower_ in ("in", "by")
        and t.head.head.tag_ == "VBN")
    ]  # fmt: skip
    found += [f for t in users for f in reading.parties(sentence, t) if f.type in STATES]
    held = {actor.value for actor in actors}
    return tuple({f.value: f for f in found if f.value not in held}.values())


# ---- who does it ------------------------------------------------------------------------


def doers(reading: Reading, sentence: Sentence, verb: Token) -> tuple[Filler, ...]:
    """Give who stands before a verb as its subject, also before "which" and what is put in."""
    doc, at = verb.doc, verb.i - 1
    while at > sentence.span.start and (doc[at].pos_ in ("ADV", "AUX") or doc[at].text == ","):
        if doc[at].text == "," and (opened := _put_in(sentence, at)) is not None:
            at = opened
        at -= 1
    low = sentence.span.start
    back = next((i for i in range(at, max(low, at - 3) - 1, -1) if _is_relative(doc[i])), None)
    if back is not None:
        return _antecedent(reading, sentence, back)
    return _actors(reading, sentence, doc[at])


def _is_relative(token: Token) -> bool:
    return token.lower_ in RELATIVES and token.tag_ in ("WDT", "WP", "WP$")


def _put_in(sentence: Sentence, comma: int) -> int | None:
    """Give where what is put in between commas begins (", she said,")."""
    low = max(sentence.span.start, comma - 9)
    found = (i for i in range(comma - 1, low, -1) if sentence.span.doc[i].text == ",")
    return next(found, None)


def _antecedent(reading: Reading, sentence: Sentence, relative: int) -> tuple[Filler, ...]:
    """Give what a relative pronoun stands for: the nearest actor before it."""
    doc = sentence.span.doc
    for at in range(relative - 1, max(sentence.span.start, relative - 12) - 1, -1):
        if doc[at].pos_ in ("NOUN", "PROPN"):
            found = _actors(reading, sentence, doc[at]) or _own_land(reading, sentence, doc[at])
            if found:
                return found
        elif doc[at].pos_ == "VERB":
            return ()
    return ()


def _own_land(reading: Reading, sentence: Sentence, noun: Token) -> tuple[Filler, ...]:
    """Give the state of who says "a country that digs most of the tin"."""
    if lemma(noun) not in portion_words().lands or not any(c.lower_ == "a" for c in noun.lefts):
        return ()
    found = speaker_of(reading, sentence, noun) or tuple(
        state for who in reading.attribution(sentence, noun) for state in reading.acts_for(who)[:1]
    )
    return tuple(f for f in found if f.type in STATES)


def _actors(reading: Reading, sentence: Sentence, noun: Token) -> tuple[Filler, ...]:
    """Give the states or firms of a noun, or the state whose firms it names."""
    top = noun
    while top.dep_ == "conj" and top.head.i < top.i and top.head.pos_ in ("PROPN", "NOUN"):
        top = top.head
    bloc = portion_words().blocs.get(noun.text)
    if bloc is not None:
        start, end = sentence.place(noun.i, noun.i + 1)
        return (Filler(ref=bloc, text=noun.text, type="bloc", start=start, end=end),)
    found = tuple(f for f in reading.parties(sentence, top) if f.type in ACTORS)
    found = found or states_at(reading, sentence, [top])
    if not found and noun.pos_ in ("NOUN", "PROPN", "NUM"):
        left = noun.i - 1
        before = []
        while left >= sentence.span.start and (
            noun.doc[left].pos_ in ("ADJ", "NOUN", "PROPN", "PART") or noun.doc[left].tag_ == "PRP$"
        ):
            before.append(noun.doc[left])
            left -= 1
        found = tuple(states_at(reading, sentence, before))
        own = [t for t in before if t.tag_ == "PRP$"]
        found = found or tuple(
            f for t in own for f in reading.parties(sentence, t) if f.type in STATES
        )
    if not found and (is_parties(noun) or noun.pos_ == "NUM"):
        found = tuple(f for f in parties_before(reading, sentence) if f.type in ACTORS)
    return found or firm_at(reading, sentence, noun)


def firm_at(reading: Reading, sentence: Sentence, head: Token) -> tuple[Filler, ...]:
    """Give the firm that a proper name names which no list of bodies knows."""
    if lemma(head) in wording().parties or head.lower_ in wording().parties:
        return ()
    if head.pos_ == "PROPN" and head.ent_type_ not in PLACED and _is_new(reading, sentence, head):
        first = min((c.i for c in head.lefts if c.dep_ == "compound"), default=head.i)
        start, end = sentence.place(first, head.i + 1)
        text = sentence.words(first, head.i + 1)
        return (Filler(ref=text, text=text, type="organisation", start=start, end=end),)
    for entity in reading.entities(sentence):
        if entity.label_ == "ORG" and entity.start <= head.i < entity.end:
            start, end = sentence.place(entity.start, entity.end)
            text = sentence.words(entity.start, entity.end)
            return (Filler(ref=text, text=text, type="organisation", start=start, end=end),)
    return ()


def _is_new(reading: Reading, sentence: Sentence, head: Token) -> bool:
    """Say whether nothing that is known in a sentence stands at a token."""
    named = head.lower_ in bodies().firms or known(head.text) is not None or _is_thing(head)
    others = (m for m in reading.mentions(sentence) if not (named and m.type == "person"))
    known_there = any(m.start <= head.i < m.end for m in others)
    return not known_there and (named or reading.person_at(sentence, head) is None)


def _is_thing(name: Token) -> bool:
    """Say whether a clause with "which" goes on about a name: then it is no person's."""
    clauses = (c for c in name.children if c.dep_ == "relcl")
    return any(t.lower_ == "which" and t.dep_ == "nsubj" for c in clauses for t in c.children)


# ---- the share before the verb ----------------------------------------------------------


def _of_subject(reading: Reading, sentence: Sentence, portion: Portion) -> Holding | None:
    """Read "half of the world's teak stands in Peru": the share stands before the verb."""
    verb = next((t for t in portion.tail if _is_main(t)), None)
    if portion.goods is None or verb is None or _is_unreal(sentence, verb):
        return None
    words, share, name = portion_words(), _share(sentence, portion), lemma(verb)
    after = tuple(t for t in portion.tail if t.i > verb.i)
    if name in words.going | words.sending and any(t.lower_ == "to" for t in after):
        who = () if _is_worlds(portion) else _sellers(reading, sentence, portion)
        return Holding(portion, verb, who, "dependence", share) if who else None
    where = [t.nbor(1) for t in after if t.lower_ in ("in", "from") and t.i + 1 < len(t.doc)]
    where += [c for c in verb.children if c.dep_ == "acomp" and name == "be"]
    givers = tuple(f for t in where for f in states_at(reading, sentence, [t]))
    takers = _others(reading, sentence, portion, givers)
    if not givers or name not in words.lying | words.making:
        return None
    if takers:
        return Holding(portion, verb, takers, "dependence", share)
    if not _is_worlds(portion):
        return None
    least = portion.share is None or portion.share >= MAIN
    made = name in words.making or not least
    return Holding(portion, verb, givers, "producer" if made else "dominance", share)


def _is_main(token: Token) -> bool:
    """Say whether a verb is that of its clause, not one that only goes with a noun."""
    if token.pos_ not in ("VERB", "AUX") or token.dep_.startswith("aux"):
        return False
    finite = token.tag_ in ("VBZ", "VBD", "VBP")
    helped = any(c.dep_.startswith("aux") for c in token.children)
    return token.dep_ not in ("acl", "relcl", "amod") and (finite or helped)


def _sellers(reading: Reading, sentence: Sentence, portion: Portion) -> tuple[Filler, ...]:
    """Give whose sales go to somebody: "half of ASTRA's sales went to Peru"."""
    found = [f for t in portion.owners for f in reading.parties(sentence, t) if f.type in ACTORS]
    return tuple(found) or states_at(reading, sentence, portion.owners)


def _share(sentence: Sentence, portion: Portion) -> Filler | None:
    if portion.share is None:
        return None
    start, end = sentence.place(portion.start, portion.end)
    value = int(portion.share) if float(portion.share).is_integer() else portion.share
    text = sentence.words(portion.start, portion.end)
    return Filler(ref=value, text=text, type="number", start=start, end=end)
