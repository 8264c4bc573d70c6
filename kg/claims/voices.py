"""Who undertakes, worries, restricts: argument tokens in, actors out.

"The statement condemned" is said by those who issued it; "the cooperation will focus on" binds
those who cooperate. Both are the parties last spoken of, as `Reading` knows them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final
from weakref import WeakKeyDictionary

from spacy.tokens import Token

from kg.claims.guises import conjoined
from kg.claims.model import Filler
from kg.claims.organisations import bodies
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.triggers import lemma
from kg.claims.undertaking_words import undertaking
from kg.claims.wording import wording

NAMING: Final = ("amod", "compound", "nmod")
_TITLES: Final[WeakKeyDictionary[Reading, Mapping[str, frozenset[str]]]] = WeakKeyDictionary()
FARTHEST: Final = 40  # sentences back that the parties spoken of may stand
FEW: Final = 4  # states that "the governments" may be
COUNTS: Final = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6}
SPOKEN: Final = frozenset(("body", "caption", "title"))


@dataclass(frozen=True, slots=True)
class Voice:
    """Actors, and whether they were carried over from another sentence."""

    actors: tuple[Filler, ...] = ()
    carried: bool = False
    apart: bool = False  # a group that is no public body, by its noun alone


def voice(reading: Reading, sentence: Sentence, tokens: Iterable[Token]) -> Voice:
    """Resolve the tokens of a role to actors; what cannot act by itself speaks for its parties."""
    actors: list[Filler] = []
    carried = False
    for token in tokens:
        found = tuple(each for each in reading.parties(sentence, token) if may_act(reading, each))
        if speaks_for_others(token):
            found = _for_states(reading, found)
        if not found and speaks_for_others(token):
            found = _for_states(reading, issuers(reading, sentence, token))
            carried = True
        elif not found and (named := _named_beside(reading, sentence, token)):
            found = named
        elif not found and is_parties(token):
            found = parties_before(reading, sentence) or _counted(reading, sentence, token)
            carried = True
        elif not found and (named := _standing_for(reading, sentence, token)):
            found = named
            carried = True
        actors.extend(each for each in found if each.value not in {a.value for a in actors})
    return Voice(tuple(actors), carried)


def states_at(reading: Reading, sentence: Sentence, tokens: Iterable[Token]) -> tuple[Filler, ...]:
    """Give the states whose names, or whose capitals', stand at tokens ("anger in Lima")."""
    places = {each.i for token in tokens for each in conjoined(token)}
    found: dict[str, Filler] = {}
    for mention in reading.mentions(sentence):
        if mention.type in ("state", "bloc") and places & set(range(mention.start, mention.end)):
            start, end = sentence.place(mention.start, mention.end)
            filler = Filler(mention.refs[0], mention.text, type=mention.type, start=start, end=end)
            found.setdefault(filler.value, filler)
    return tuple(found.values())


def circles(sentence: Sentence, tokens: Iterable[Token]) -> tuple[Filler, ...]:
    """Give groups that are no public bodies, under their nouns ("Peruvian tin miners")."""
    found = []
    for token in tokens:
        head = next((t for t in conjoined(token) if _is_circle(t)), None)
        if head is None:
            continue
        before = [t for t in (token, *token.lefts, *head.lefts) if t.dep_ in NAMING or t == token]
        first = min((t.left_edge.i for t in before if t.dep_ in NAMING), default=token.i)
        first = min(first, token.i)
        start, end = sentence.place(first, head.i + 1)
        text = sentence.words(first, head.i + 1)
        found.append(Filler(ref=text, text=text, type="organisation", start=start, end=end))
    return tuple(found)


def named_bodies(
    reading: Reading, sentence: Sentence, tokens: Iterable[Token]
) -> tuple[Filler, ...]:
    """Give bodies that have a name, public or not: they may worry, if not undertake policy."""
    held = (f for t in tokens if t.pos_ == "PROPN" for f in reading.parties(sentence, t))
    return tuple(
        f for f in held
        if f.type == "organisation" or (f.type == "person" and _holds_office(reading, f, ()))
    )  # fmt: skip


def _is_circle(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN") and lemma(token) in wording().circles


def speaker_of(reading: Reading, sentence: Sentence, token: Token) -> tuple[Filler, ...]:
    """Give the state for which an official says something: its own deeds, if nobody else's."""
    for verb in token.ancestors:
        if verb.i == token.i or verb.pos_ != "VERB" or not lets_know(verb):
            continue
        for subject in (c for c in verb.children if c.dep_ == "nsubj"):
            said = tuple(f for f in reading.parties(sentence, subject) if may_act(reading, f))
            if said:
                return _for_states(reading, said)
        return ()
    return ()


def lets_know(verb: Token) -> bool:
    """Say whether a verb tells what follows: one of speech, or one like it ("made clear that")."""
    return lemma(verb) in wording().speech | undertaking().telling


def _for_states(reading: Reading, actors: tuple[Filler, ...]) -> tuple[Filler, ...]:
    """Give the states that persons act for: a text of theirs binds their states."""
    states = (reading.acts_for(each)[:1] or (each,) for each in actors)
    found = [state for held in states for state in held]
    return tuple({each.value: each for each in found}.values())


def _named_beside(reading: Reading, sentence: Sentence, token: Token) -> tuple[Filler, ...]:
    """Give who a noun is called by name ("the regulator, ABC"), or the forum that it names."""
    for child in token.children:
        if child.dep_ == "appos":
            found = tuple(f for f in reading.parties(sentence, child) if may_act(reading, f))
            if found:
                return found
    for mention in reading.mentions(sentence):
        if mention.type == "framework" and mention.start <= token.i < mention.end:
            start, end = sentence.place(mention.start, mention.end)
            text = sentence.words(mention.start, mention.end)
            return (Filler(mention.refs[0], text, type="framework", start=start, end=end),)
    return ()


def places_of(sentence: Sentence, filler: Filler) -> frozenset[int]:
    """Give the token positions of a filler's wording in a sentence."""
    if filler.start is None or filler.end is None:
        return frozenset()
    inside = range(filler.start, filler.end)
    return frozenset(token.i for token in sentence.tokens if sentence.offset(token) in inside)


def speaks_for_others(token: Token) -> bool:
    """Say whether a noun stands for the parties last spoken of."""
    return (
        token.pos_ in ("NOUN", "PROPN") and lemma(token) in wording().instruments | wording().voices
    )


def is_parties(token: Token) -> bool:
    """Say whether a noun is a definite plural that stands for the parties last spoken of."""
    if any(c.lower_ in ("neither", "either", "each") for c in token.lefts):
        return lemma(token) in wording().ones
    definite = any(c.lower_ in ("the", "these", "both", "our") for c in token.lefts)
    counted = token.tag_ == "CD" and token.lower_ in ("two", "three", "four")  # "the two agreed"
    return definite and (counted or (token.tag_ == "NNS" and token.lower_ in wording().parties))


def issuers(reading: Reading, sentence: Sentence, noun: Token) -> tuple[Filler, ...]:
    """Give who issued a document or leads an instrument: as named beside it, else before it."""
    said = tuple(each for each in reading.parties(sentence, noun) if may_act(reading, each))
    if said:
        return said
    near = [
        t for t in noun.subtree
        if t.dep_ == "poss" or (t.dep_ == "pobj" and t.head.lower_ in ("by", "between", "among"))
    ]  # fmt: skip
    for token in near:
        found = tuple(each for each in reading.parties(sentence, token) if may_act(reading, each))
        if found:
            return found
    return parties_before(reading, sentence) or parties_before(reading, sentence, 1)


def parties_before(reading: Reading, sentence: Sentence, least: int = 2) -> tuple[Filler, ...]:
    """Give the last actors, at least so many, that are the subject of a clause before."""
    first = max(0, sentence.index - FARTHEST)
    for earlier in reversed(reading.sentences[first : sentence.index]):
        if earlier.role not in SPOKEN:
            continue
        for token in reversed(list(earlier.span)):
            if token.dep_ not in ("nsubj", "nsubjpass", "pobj"):
                continue
            if token.dep_ == "pobj" and token.head.lower_ not in ("by", "between", "among"):
                continue
            found = tuple(f for f in reading.parties(earlier, token) if may_act(reading, f))
            if len(found) >= least:
                return tuple(_carried(each) for each in found)
    return ()


def may_act(reading: Reading, filler: Filler) -> bool:
    """Say whether an actor can undertake policy: states, blocs, public bodies, persons."""
    if filler.type in ("state", "bloc", "framework"):
        return True
    if filler.type == "person":
        return _holds_office(reading, filler)
    name = str(filler.ref or filler.text or "")
    return filler.type == "organisation" and (is_public(name) or _called_public(reading, name))


def _holds_office(reading: Reading, person: Filler, private: Container[str] | None = None) -> bool:
    """Say whether the article gives a person an office or a state that the person acts for."""
    if reading.acts_for(person):
        return True
    without = wording().private if private is None else private
    titles = _titles(reading).get(str(person.ref), frozenset())
    return any(title not in without for title in titles)


def _titles(reading: Reading) -> Mapping[str, frozenset[str]]:
    """Give the titles of every person of an article, read once."""
    known = _TITLES.get(reading)
    if known is None:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for sentence in reading.sentences:
            for each in reading.people(sentence):
                if each.title is not None:
                    words = sentence.words(each.title.start, each.title.end).lower()
                    found[str(reading.filler_of(sentence, each).ref)].add(words)
        known = {ref: frozenset(titles) for ref, titles in found.items()}
        _TITLES[reading] = known
    return known


def _called_public(reading: Reading, name: str) -> bool:
    """Say whether the article calls a body a public one ("the regulator, ABC")."""
    nouns = "|".join(sorted(wording().public))
    escaped = re.escape(name)
    pattern = (
        rf"\b(?:{nouns}),? {escaped}\b|\b{escaped}, (?:the|a|its) (?:[\w'-]+ ){{0,4}}(?:{nouns})\b"
    )
    return re.search(pattern, reading.article.text, re.IGNORECASE) is not None


@cache
def is_public(name: str) -> bool:
    """Say whether an organisation of this name is a public body, by its words."""
    held = {word.strip(".,").lower() for word in name.replace("-", " ").split()}
    if held <= {"board", "group", "the", "office", "service", "bank"}:
        return False  # of a firm as well as of a state
    if held & {word.lower() for word in bodies().firms} or name in bodies().media:
        return False
    return (
        bool(held & ({word.lower() for word in bodies().public} | wording().public))
        or name in bodies().known
    )


def _standing_for(reading: Reading, sentence: Sentence, token: Token) -> tuple[Filler, ...]:
    """Give the bloc that "Europe" is, or the state of "the cabinet": the one most spoken of.

    Only who undertakes something is asked for here, and no continent does.
    """
    bloc = undertaking().blocs.get(token.text)
    if bloc is not None:
        start, end = sentence.place(token.i, token.i + 1)
        return (Filler(ref=bloc, text=token.text, type="bloc", start=start, end=end),)
    definite = any(c.lower_ == "the" for c in token.lefts)
    if (
        not definite
        or token.pos_ not in ("NOUN", "PROPN")
        or token.lower_ not in undertaking().organs
    ):
        return ()
    if any(c.dep_ in NAMING for c in token.lefts) or any(c.dep_ == "prep" for c in token.rights):
        return ()  # "the state cabinet", "the cabinet of Peru"
    first = max(0, sentence.index - FARTHEST)
    told = Counter(
        each for earlier in reading.sentences[first : sentence.index + 1]
        for each in _states_in(reading, earlier) if each.type == "state"
    )  # fmt: skip
    return tuple(each for each, _ in told.most_common(1))


def all_before(reading: Reading, sentence: Sentence) -> tuple[Filler, ...]:
    """Give who agreed where nobody is named: the parties last spoken of, else the states."""
    return parties_before(reading, sentence) or _named_before(reading, sentence, None)


def _counted(reading: Reading, sentence: Sentence, token: Token) -> tuple[Filler, ...]:
    """Give the states that "the three sides" are: those of the last sentence that has so many."""
    number = next((COUNTS[c.lower_] for c in token.lefts if c.lower_ in COUNTS), None)
    if any(c.dep_ in ("amod", "compound", "poss") for c in token.lefts):
        return ()  # "the western countries"
    return _named_before(reading, sentence, number)


def _named_before(reading: Reading, sentence: Sentence, number: int | None) -> tuple[Filler, ...]:
    """Give the states of the last sentence that names so many, or a few."""
    first = max(0, sentence.index - FARTHEST)
    for earlier in reversed(reading.sentences[first : sentence.index]):
        if earlier.role not in SPOKEN:
            continue
        found = _states_in(reading, earlier)
        if len(found) == number or (number is None and 2 <= len(found) <= FEW):
            return found
    return ()


def _states_in(reading: Reading, sentence: Sentence) -> tuple[Filler, ...]:
    """Give the states that a sentence names, or whose officials it names."""
    found: dict[str, Filler] = {}
    for mention in reading.mentions(sentence):
        if mention.type in ("state", "bloc"):
            for ref in mention.refs:
                found.setdefault(ref, Filler(ref=ref, type=mention.type, rule="named-before"))
        elif mention.type == "person":
            for each in reading.acts_for(Filler(ref=mention.refs[0], type="person")):
                found.setdefault(each.value, _carried(each))
    return tuple(found.values())


def _carried(filler: Filler) -> Filler:
    return Filler(ref=filler.ref, type=filler.type, rule=filler.rule)
