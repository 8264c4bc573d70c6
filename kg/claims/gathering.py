"""Who takes part in a meeting: an occasion in, states, bodies and persons out.

Being an official of a state does not make the state a party, save where officials of several
states meet. Those who host are told apart from those who come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims.attachment import objects_of, subject_of
from kg.claims.circumstances import WITH, of_bloc, places_at, series_name, sits, sits_itself
from kg.claims.model import Filler
from kg.claims.occasions import (
    Occasion,
    is_meeting_noun,
    is_object,
    is_subject,
    left_edge,
    meeting_words,
    ordinal_of,
    partners,
    path_to,
)
from kg.claims.reading import Reading
from kg.claims.reference import is_plural, number_of
from kg.claims.sentences import Sentence
from kg.claims.status import is_off

COLLEAGUE: Final = re.compile(r"\b(?:counterpart|opposite number|colleague)$")
AFTER: Final = frozenset({"after", "following", "before", "from", "during", "in", "at"})
CLOSING: Final = frozenset({"VERB", "AUX", "CCONJ"})
NEAR: Final = 12  # tokens from "ministers" to the first of their names
OWNING: Final = frozenset({"of", "between", "among"})
PUBLIC: Final = frozenset({"state", "bloc"})


def involved_in(reading: Reading, sentence: Sentence, occasion: Occasion) -> Iterator[Filler]:
    """Yield everyone who takes part: subjects, partners, those named in the noun phrase."""
    found: list[Filler] = []
    for head in _heads(reading, sentence, occasion):
        those = reading.parties(sentence, head) or tuple(_members(reading, sentence, head))
        those = those if _certain(head, those) else ()
        those = those or tuple(_sent_by(reading, sentence, head))
        crowd = any(c.dep_ in {"amod", "compound"} and _narrow(c) for c in head.lefts)
        carried = all(f.text and f.text[:1].islower() for f in those)
        if crowd and carried and head.lemma_.lower() in meeting_words().crowds:
            those = tuple(_crowd(reading, sentence, head))
        found += those if _certain(head, those) else ()
    yield from found
    if not any(each.type in PUBLIC | {"organisation"} for each in found):
        for head in _heads(reading, sentence, occasion):
            yield from _crowd(reading, sentence, head)


def _sent_by(reading: Reading, sentence: Sentence, head: Token) -> Iterator[Filler]:
    """Yield whose people they are: "experts of both parties", "envoys of the two"."""
    if head.tag_ != "NNS":
        return
    sorts = PUBLIC | {"organisation"}
    for inner in objects_of(head, {"of", "from"}):
        yield from (f for f in reading.parties(sentence, inner) if f.type in sorts)


def _narrow(token: Token) -> bool:
    """Tell whether a word tells a group apart: "the consuming nations", not "both"."""
    return token.tag_ == "VBG" or token.pos_ == "NOUN"


def _certain(head: Token, found: tuple[Filler, ...]) -> bool:
    """Tell whether "the ministers" surely are those named before: two, or as many as it says."""
    persons = [each for each in found if each.type == "person"]
    one_place = len({(each.start, each.end) for each in persons}) == 1
    lowly = head.lemma_.lower() in meeting_words().lowly
    if one_place and head.tag_ == "NNS" and (lowly or _bare(head)):
        return False
    if len({(each.start, each.end) for each in persons}) > 1 or len(persons) < 3:
        return True
    return number_of(head) == len(persons) or head.pos_ == "PRON"


def _bare(head: Token) -> bool:
    """Tell whether a plural is of nobody named: "ministers gathered", "leaders of the forum"."""
    told = [c for c in head.lefts if c.dep_ in {"det", "poss", "nummod", "predet"}]
    owned = any(c.lower_ in {"of", "from"} for c in head.rights)
    owned = owned or any(c.dep_ == "poss" and c.pos_ != "PRON" for c in told)
    return owned or not told


def _crowd(reading: Reading, sentence: Sentence, head: Token) -> Iterator[Filler]:
    """Yield a group without a name of its own: "the consuming nations", "twelve governments"."""
    if head.lemma_.lower() not in meeting_words().crowds:
        after = head.doc[head.i + 1] if head.i + 1 < sentence.span.end else head
        owned = [c for c in after.children if after.lower_ in {"of", "from"} and c.dep_ == "pobj"]
        inner = [n for n in owned if n.lemma_ in meeting_words().crowds]
        if head.tag_ == "NNS" and inner:
            yield from _crowd(reading, sentence, inner[0])
        return
    doc, start = head.doc, head.i
    while start > sentence.span.start and doc[start - 1].pos_ in {"ADJ", "NOUN", "NUM", "VERB"}:
        start -= 1
    while start > sentence.span.start + 1 and doc[start - 1].text == "-":
        start -= 2
    if start == head.i or doc[start].lower_ in {"other", "many", "several", "all", "both", "two"}:
        return
    low, high = sentence.place(start, head.i + 1)
    text = sentence.words(start, head.i + 1)
    if not reading.page(sentence).hit(start):
        yield Filler(text=text, type="organisation", start=low, end=high)


def _members(reading: Reading, sentence: Sentence, head: Token) -> Iterator[Filler]:
    """Yield the states in the name of a forum: "the U.S.-EU Council held its meeting"."""
    body = reading.page(sentence).body(head.i)
    if body is not None and body.sort == "framework":
        yield from _states_between(reading, sentence, body.start, body.end)


def _heads(reading: Reading, sentence: Sentence, occasion: Occasion) -> Iterator[Token]:
    """Yield the heads of the noun phrases that name those who take part."""
    verb, noun = occasion.verb, occasion.noun
    doing = subject_of(occasion.token if occasion.acts or verb is None else verb)
    if doing is not None and (noun is None or doing.i != noun.i):
        yield from _apposed(reading, sentence, doing)
    if occasion.acts:
        yield from _of_verb(reading, sentence, occasion.token)
    elif verb is not None and noun is not None:
        yield from _of_carrier(reading, sentence, verb, noun)
    if noun is not None:
        calling = {"to"} if noun.lemma_ == "call" else set()
        yield from objects_of(noun, WITH | {"by"} | calling)
        for body in objects_of(noun, {"of"}):
            yield from objects_of(body, {"between", "among"})
        yield from _of_clauses(occasion)
        yield from _fresh_from(noun)
        yield from _loose_partner(noun)
        yield from _loose_between(noun)
        yield from _in_presence(sentence)
        told = _newly_told(reading, sentence, occasion) or _with_other(noun)
        for child in noun.children:
            if child.dep_ == "poss" and child.pos_ == "PRON" and told:
                yield child
            if child.tag_ == "WP$":  # "X, whose first summit with Y"
                yield from _antecedent(child)
            named = reading.person_at(sentence, child) or reading.page(sentence).hit(child.i)
            if child.dep_ == "poss" and named:
                yield child


def _apposed(reading: Reading, sentence: Sentence, head: Token) -> Iterator[Token]:
    """Yield a name of the list behind "the ministers of the two countries, A of X and B of Y"."""
    page = reading.page(sentence)
    if page.title(head.i) is None or not is_plural(head):
        return
    first = next((p for p in page.people if p.start > head.i), None)
    if first is None or first.title is not None or page.doc[first.start - 1].text != ",":
        return
    gap = page.doc[head.i + 1 : first.start - 1]
    plain = all(t.pos_ not in {"VERB", "AUX"} and t.text not in {",", ";"} for t in gap)
    if plain and len(gap) < NEAR and len(page.people_with(first)) > 1:
        yield page.doc[first.end - 1]


def _antecedent(whose: Token) -> Iterator[Token]:
    """Yield whom "whose meeting" speaks of: the name it follows."""
    doc, at = whose.doc, whose.i
    if at > 1 and doc[at - 1].text == "," and doc[at - 2].pos_ == "PROPN":
        yield doc[at - 2]


def _of_clauses(occasion: Occasion) -> Iterator[Token]:
    """Yield those named in clauses on the noun: "attended by X", "where Y signed"."""
    words = meeting_words()
    for clause in occasion.clauses:
        if clause.lemma_.lower() in words.host:
            continue
        if clause.lemma_ in words.happen | words.hold | words.attend:
            yield from objects_of(clause, {"by", "with", "between", "among"})
        passive = any(child.dep_ in {"auxpass", "agent"} for child in clause.children)
        if clause.lemma_ in words.hold | words.attend and not passive and clause.dep_ == "relcl":
            yield from (
                c for c in clause.children if c.dep_ == "nsubj" and c.tag_ not in {"WDT", "WP"}
            )
        yield from _who_did(clause)


def _loose_partner(noun: Token) -> Iterator[Token]:
    """Yield whom "the talk of X with Y" is with, where "with" hangs on X."""
    for token in noun.doc[noun.i + 2 : noun.i + 8]:
        if token.pos_ in {"VERB", "AUX"}:
            return
        below = token.lower_ == "with" and token.head.i > noun.i
        if below and token.head.head.head.i == noun.i and noun.lemma_ in meeting_words().spoken:
            yield from (child for child in token.children if child.dep_ == "pobj")


def _in_presence(sentence: Sentence) -> Iterator[Token]:
    """Yield those "in the presence of" whom it is held."""
    for token in sentence.span[2:]:
        if token.lower_ == "presence" and token.nbor(-2).lower_ == "in":
            yield from objects_of(token, {"of"})


def _loose_between(noun: Token) -> Iterator[Token]:
    """Yield whom "talks were held in Lima on 3 June between A and B" are between.

    There the parser hangs "between" on the day or the town.
    """
    for token in noun.doc[noun.i + 2 : noun.i + 18]:
        if token.text in {";", ":"} or token.is_sent_start:
            return
        below = token.lower_ in {"between", "among"} and token.dep_ == "prep"
        if below and token.head.ent_type_ in {"DATE", "TIME", "GPE", "FAC", "LOC"}:
            yield from (child for child in token.children if child.dep_ == "pobj")


def _fresh_from(noun: Token) -> Iterator[Token]:
    """Yield who did something "after talks with X"."""
    after = noun.head
    if not _with_other(noun) or after.dep_ not in {"prep", "pcomp"} or after.lower_ not in AFTER:
        return
    above = after.head
    if above.pos_ in {"VERB", "AUX"}:
        subject = subject_of(above)
        passive = any(child.dep_ == "auxpass" for child in above.children)
        if subject is not None and not passive:
            yield subject


def _newly_told(reading: Reading, sentence: Sentence, occasion: Occasion) -> bool:
    """Tell whether "their meeting" is told of for its own sake: counted or placed."""
    noun = occasion.noun
    counted = noun is not None and ordinal_of(noun, sentence.span.start) is not None
    return counted or bool(places_at(reading, sentence, occasion))


def _who_did(clause: Token) -> Iterator[Token]:
    """Yield the subject of "at which they launched …", "where both signed …"."""
    if any(token.lower_ in {"where", "which"} for token in clause.lefts) or any(
        token.lower_ == "which" and token.dep_ == "pobj" for token in clause.subtree
    ):
        yield from (child for child in clause.children if child.dep_ == "nsubj")


def _of_verb(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Token]:
    received = verb.lemma_ in meeting_words().receive and bool(list(objects_of(verb, {"by"})))
    if verb.lemma_ not in meeting_words().host or received:
        subject = _doer(reading, sentence, verb)
        if subject is not None:
            yield subject
    yield from (child for child in verb.children if child.dep_ == "dobj")
    yield from partners(verb)
    yield from objects_of(verb, {"alongside", "by"})
    if verb.lemma_.lower() in meeting_words().phrasal:
        yield from objects_of(verb, {"on"})


def _of_carrier(reading: Reading, sentence: Sentence, verb: Token, noun: Token) -> Iterator[Token]:
    words = meeting_words()
    taken = is_object(noun, verb)
    called_off = taken and is_off(verb) and _is_theirs(reading, sentence, verb, noun)
    moving = verb.lemma_ in words.motion | {"be"}
    going = called_off or (moving and noun.head.lower_ == "for")
    if (taken and verb.lemma_ in words.hold | words.attend) or _present(noun, verb) or going:
        subject = _doer(reading, sentence, verb)
        if subject is not None:
            yield subject
    if taken or is_subject(noun, verb):
        by = {"by"} - ({"by"} if verb.lemma_ in words.host else set())
        yield from objects_of(verb, by | {"with", "between", "among", "together"})
    if verb.lemma_ in {"send", "dispatch"} and path_to(noun, verb)[:2] == ["pobj", "prep"]:
        yield from (child for child in verb.children if child.dep_ in {"nsubj", "dobj"})
    speaking = verb.lemma_ in words.addressing and noun.lemma_ in words.spoken
    if speaking and path_to(noun, verb)[:2] == ["pobj", "prep"]:
        yield from (child for child in verb.children if child.dep_ in {"nsubj", "dobj"})
        for child in verb.children:
            if child.lower_ == "together":
                yield from objects_of(child, {"with"})
    if is_subject(noun, verb) and verb.lemma_ in {
        "bring",
        "gather",
        "involve",
        "include",
        "feature",
        "see",
    }:
        yield from (child for child in verb.children if child.dep_ == "dobj")


def _is_theirs(reading: Reading, sentence: Sentence, verb: Token, noun: Token) -> bool:
    """Tell whether those who call a meeting off were to meet: "A and B cancelled their summit".

    One alone calls off a meeting "with" somebody; what is "of" others is theirs.
    """
    if _with_other(noun):
        return True
    others = any(c.lower_ in OWNING for c in noun.rights)
    others = others or any(
        (c.dep_ == "poss" and c.pos_ != "PRON") or reading.page(sentence).hit(c.i)
        for c in noun.lefts
    )
    subject = subject_of(verb)
    return not others and subject is not None and len(reading.parties(sentence, subject)) > 1


def _doer(reading: Reading, sentence: Sentence, verb: Token) -> Token | None:
    """Give the subject of a verb; where a list of persons runs up to it, the last of them."""
    subject = subject_of(verb)
    if subject is not None and subject.lower_ == "who":  # "A and B, minister of Peru, who …"
        named = reading.page(sentence).person_before(subject.i)
        return subject if named is None else sentence.span.doc[named.end - 1]
    person = reading.page(sentence).person_before(verb.i)
    if person is None or subject is None or reading.person_at(sentence, subject) is None:
        return subject
    return sentence.span.doc[person.end - 1]


def _with_other(noun: Token) -> bool:
    return any(child.lower_ == "with" for child in noun.rights)


def _present(noun: Token, verb: Token) -> bool:
    """Tell whether who does something does it at a meeting told of for its own sake."""
    path = path_to(noun, verb)
    edge = path[2:4] == ["pobj", "prep"] and noun.head.head.lemma_ in meeting_words().edges
    if edge:  # "at the close of"
        path, noun = path[2:], noun.head.head
        return noun.i < verb.i and not any(c.dep_ == "nsubjpass" for c in verb.children)
    at = noun.head.lower_ in {"at", "during", "in"} and path[:2] == ["pobj", "prep"]
    fronted = noun.i < verb.i
    specific = (
        any(c.ent_type_ in {"DATE", "GPE", "ORDINAL"} for c in noun.subtree) or noun.pos_ == "PROPN"
    )
    return (
        at
        and specific
        and (fronted or verb.lemma_ in meeting_words().acts)
        and not any(child.dep_ == "nsubjpass" for child in verb.children)
    )


def parties_of(
    reading: Reading, sentence: Sentence, occasion: Occasion, involved: list[Filler]
) -> Iterator[Filler]:
    """Yield the states and bodies that take part."""
    named = of_bloc(reading, sentence, occasion.noun) if occasion.noun is not None else ()
    yield from (each for each in involved if each.type in PUBLIC and not _covered(each, named))
    if occasion.noun is not None:
        yield from _named_in(reading, sentence, occasion.noun)
    yield from _of_colleagues(reading, involved)
    people = [each for each in involved if each.type == "person"]
    if len({each.start for each in people}) > 1 and not _attended(occasion):
        yield from _of_officials(reading, sentence, people)
    together = len(involved) > 1 or occasion.acts or _session_of(occasion)
    for each in involved:
        own = sits(occasion.noun, each.value) or (occasion.acts and sits_itself(each.value))
        series = series_name(each.value) and not own
        if each.type != "organisation" or series or _covered(each, named):
            continue
        if together or each.ref is None:  # without a name of its own: "the consuming nations"
            yield each


def _of_officials(reading: Reading, sentence: Sentence, people: list[Filler]) -> Iterator[Filler]:
    """Yield the states for which officials meet, where the sentence says it of each of them."""
    home = reading.releasing_state
    states: list[Filler] = []
    for each in people:
        told = _told_state(reading, sentence, each)
        if not told and home is None:
            return
        states += told or reading.acts_for(each) or (Filler(ref=home, type="state"),)
    if len({each.value for each in states}) > 1:
        yield from (each for each in states if each.type in PUBLIC)


def _told_state(reading: Reading, sentence: Sentence, who: Filler) -> tuple[Filler, ...]:
    """Give the state that a sentence says an official serves: "Peru's minister", "of Peru"."""
    served = reading.acts_for(who)
    for person in reading.people(sentence):
        if reading.filler_of(sentence, person).value != who.value:
            continue
        named = reading.page(sentence).hits
        doc, end = sentence.span.doc, person.end
        while end < min(person.end + 9, sentence.span.end) and doc[end].pos_ not in CLOSING:
            end += 1
        refs = {hit.ref for hit in named if person.first - 5 < hit.start < end}
        refs |= {hit.ref for hit in named if hit.start and doc[hit.start - 1].lower_ == "to"}
        return tuple(state for state in served if state.ref in refs)
    return ()


def _covered(party: Filler, named: tuple[Filler, ...]) -> bool:
    """Tell whether a party is just the series that the meeting is of."""
    return any(party.start == each.start for each in named)


def _of_colleagues(reading: Reading, involved: list[Filler]) -> Iterator[Filler]:
    """Yield the state of one who met "his Peruvian counterpart"."""
    people = [each for each in involved if each.type == "person"]
    others = [f for f in involved if f.type in PUBLIC and COLLEAGUE.search(f.text or "")]
    if len(people) == 1 and others:
        yield from reading.acts_for(people[0])


def _attended(occasion: Occasion) -> bool:
    """Tell whether persons only attend, for whom they may: "attended by", "were joined by"."""
    told = [
        occasion.token,
        *([occasion.verb] if occasion.verb is not None else []),
        *occasion.clauses,
    ]
    return any(each.lemma_.lower() in {"attend", "join", "participate", "receive"} for each in told)


def _session_of(occasion: Occasion) -> bool:
    """Tell whether it is a body's own meeting: "the third session of the Council"."""
    noun = occasion.noun
    return noun is not None and any(child.lower_ == "of" for child in noun.rights)


def _named_in(reading: Reading, sentence: Sentence, noun: Token) -> Iterator[Filler]:
    """Yield the states in the noun phrase: "U.S.-Japan summit", "a G7 meeting"."""
    for state in _states_between(reading, sentence, left_edge(noun, sentence.span.start), noun.i):
        if state.ref != "UN" or noun.lemma_ in {"summit", "meeting"}:  # a forum, not a party
            yield state


def _states_between(
    reading: Reading, sentence: Sentence, left: int, right: int
) -> Iterator[Filler]:
    page = reading.page(sentence)
    hits = [hit for hit in page.hits if left <= hit.start < right]
    listed = [
        hit
        for hit in hits
        if len(page.hits_from(hit)) > 1
        or hit.type == "bloc"
        or len(hits) > 1
        or "-" in {page.doc[hit.start - 1].text if hit.start else "", page.doc[hit.end].text}
    ]
    for hit in listed:
        if page.person(hit.start) is None and hit.form != "capital":
            start, end = sentence.place(hit.start, hit.end)
            text = sentence.words(hit.start, hit.end)
            yield Filler(ref=hit.ref, text=text, type=hit.type, start=start, end=end)


def hosts_of(reading: Reading, sentence: Sentence, occasion: Occasion) -> Iterator[Filler]:
    """Yield the hosts: subject of "hosted", "hosted by X", "in talks chaired by X"."""
    verbs = [each for each in (occasion.verb, occasion.token) if each is not None]
    verbs += occasion.clauses
    yield from _named_host(reading, sentence)
    for verb in {each.i: each for each in verbs if each.pos_ == "VERB"}.values():
        receiving = verb.i == occasion.token.i and verb.lemma_ in meeting_words().receive
        if verb.lemma_.lower() not in meeting_words().host and not receiving:
            continue
        agents = list(objects_of(verb, {"by"}))
        for agent in agents:
            yield from reading.parties(sentence, agent)
        if not agents and _hosts_itself(verb, occasion):
            subject = subject_of(verb)
            if subject is not None and not is_meeting_noun(subject, reading.page(sentence)):
                yield from reading.parties(sentence, subject)


def _named_host(reading: Reading, sentence: Sentence) -> Iterator[Filler]:
    """Yield the host of "at the invitation of NAME"."""
    for token in sentence.tokens:
        before = [each.lower_ for each in token.doc[max(token.i - 2, 0) : token.i]]
        if token.lower_ == "invitation" and before == ["at", "the"]:
            for head in objects_of(token, {"of", "from"}):
                yield from reading.parties(sentence, head)


def _hosts_itself(verb: Token, occasion: Occasion) -> bool:
    """Tell whether the subject hosts; several who convene a meeting of theirs just meet."""
    if verb.lemma_.lower() != "convene":
        return any(child.dep_ == "dobj" for child in verb.children)
    return occasion.token.i == verb.i and any(child.dep_ == "dobj" for child in verb.children)
