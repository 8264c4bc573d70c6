"""Claims of the kind meeting: who met or will meet whom, where, when, in what series.

A sentence counts where it tells at least one role of a meeting; a bare "the talks" adds nothing.
Being an official of a state does not make the state a party, save where two meet for theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims.attachment import (
    SUBJECTS,
    dates_of,
    objects_of,
    places_of,
    row_after,
    subject_of,
)
from kg.claims.draft import CARRIED, LIKELY, SURE, WEAK, Draft
from kg.claims.model import Filler
from kg.claims.occasions import (
    Occasion,
    carrying_verb,
    is_meeting_noun,
    first_time,
    left_edge,
    ordinal_value,
    partners,
    meeting_words,
    occasions_in,
    ordinal_of,
)
from kg.claims.organisations import Body
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.status import status_of
from kg.terms import EntityType

Roles = dict[str, tuple[Filler, ...]]
PUBLIC: Final = frozenset({"state", "bloc"})
WITH: Final = frozenset({"with", "between", "among", "of", "from", "alongside"})


def claims_in(reading: Reading) -> Iterator[Draft]:
    """Yield the meetings of an article, in text order."""
    told: set[str] = set()
    for sentence in reading.sentences:
        if sentence.role in {"title", "heading"}:
            continue
        page = reading.page(sentence)
        drafts = [
            None if _points_back(each, draft, told) else draft
            for each in occasions_in(sentence.span, page)
            if (draft := _draft(reading, sentence, each))
        ]
        drafts.append(_presence(reading, sentence, bool(told)))
        for draft in _merged([draft for draft in drafts if draft]):
            told |= _said(draft)
            yield draft


def _said(draft: Draft) -> set[str]:
    return {f"{name} {f.value}" for name, fillers in draft.roles.items() for f in fillers}


def _points_back(occasion: Occasion, draft: Draft, told: set[str]) -> bool:
    """Tell whether "the first meeting" only names again what was told before."""
    noun = occasion.noun
    definite = noun is not None and any(
        child.lower_ in {"the", "this", "that", "these", "their", "its"} for child in noun.lefts
    )
    thin = set(draft.roles) <= {"party", "ordinal", "framework"}
    return definite and thin and occasion.token.pos_ != "VERB" and _said(draft) <= told


def _draft(reading: Reading, sentence: Sentence, occasion: Occasion) -> Draft | None:
    facts = reading.factuality(sentence, occasion.verb or occasion.token)
    absent = any(c.dep_ == "det" and c.lower_ == "no" for c in occasion.token.children)
    if facts.hypothetical or facts.question or _of_no_kind(reading, sentence, occasion):
        return None
    roles = roles_of(reading, sentence, occasion)
    if not _worth(roles, occasion, sentence):
        return None
    status = status_of(occasion, sentence, reading)
    negative = status == "held" and (facts.negative or absent)
    return Draft(
        "meeting",
        sentence,
        roles,
        status="denied" if negative else status,
        polarity="negative" if negative or status == "denied" else None,
        attribution=reading.attribution(sentence, occasion.token),
        confidence=_confidence(occasion, roles),
    )


def _of_no_kind(reading: Reading, sentence: Sentence, occasion: Occasion) -> bool:
    """Tell whether it is talk of meetings in general, or with nobody of public standing."""
    token = occasion.token
    if any(each.lemma_.lower() in meeting_words().sports for each in sentence.span):
        return True
    if _convener(occasion) & meeting_words().other:
        return True
    if token.pos_ != "VERB":
        plural = token.tag_ in {"NNS", "NNPS"} and token.lemma_.lower() not in {
            "talk",
            "negotiation",
            "consultation",
            "discussion",
        }
        return plural and any(
            child.lower_ in {"future", "such", "regular", "annual"} for child in token.lefts
        )
    whom = partners(token)
    subject = subject_of(token)
    people = subject is not None and reading.person_at(sentence, subject) is not None
    return bool(whom) and not people and not any(reading.parties(sentence, each) for each in whom)


def _convener(occasion: Occasion) -> set[str]:
    """Give the words for who holds a meeting: "the board of the mine held a meeting"."""
    verb = occasion.verb
    subject = subject_of(verb) if verb is not None else None
    heads = {subject.lemma_.lower(), subject.lower_} if subject is not None else set()
    noun = occasion.noun
    for child in noun.rights if noun is not None else ():
        if child.lower_ in {"of", "between"}:
            heads |= {each.lemma_.lower() for each in child.children}
    return heads - {"party", "union", "committee", "select", "team"}


def _worth(roles: Roles, occasion: Occasion, sentence: Sentence) -> bool:
    """Tell whether what was read makes a meeting, not just a word that may mean one."""
    filled = {name for name, fillers in roles.items() if fillers}
    if not filled:
        return False
    word = occasion.token.lemma_.lower()
    several = len(roles.get("party", ())) + len(roles.get("attendee", ())) > 1
    if occasion.token.pos_ == "VERB":
        placed = len(filled & {"date", "place", "ordinal", "framework"}) > 1
        return bool(filled & {"party", "attendee", "host"}) or placed
    if word in meeting_words().vague and not _carried_on(occasion, filled):
        return False
    if word in meeting_words().vague and not several and not _joined(occasion, filled):
        called_off = (
            occasion.verb is not None
            and occasion.verb.lemma_ in meeting_words().cancelled | {"call", "drop"}
        )
        return (
            called_off
            or len(filled) > 1
            and bool(filled & {"party", "attendee", "host", "framework", "ordinal"})
        )
    del sentence
    return (
        filled != {"framework"}
        or occasion.verb is not None
        and occasion.verb.lemma_ in meeting_words().hold
    )


def _carried_on(occasion: Occasion, filled: set[str]) -> bool:
    """Tell whether a vague word is really held, attended, dated, counted or hosted."""
    if filled & {"date", "ordinal", "host", "place"}:
        return True
    words, verb, noun = meeting_words(), occasion.verb, occasion.noun
    if verb is None or noun is None:
        return False
    taken = _is_object(noun, verb) and verb.lemma_ in words.hold | words.attend
    return (
        taken
        or _is_subject(noun, verb)
        and verb.lemma_ in words.happen - {"be", "come", "see", "include", "set"}
    )


def _joined(occasion: Occasion, filled: set[str]) -> bool:
    """Tell whether somebody joins, attends or hosts something that was told of before."""
    verb = occasion.verb
    lemmas = meeting_words().attend | meeting_words().host
    return verb is not None and verb.lemma_ in lemmas and bool(filled & {"attendee", "host"})


def _confidence(occasion: Occasion, roles: Roles) -> float:
    people = bool(roles.get("party") or roles.get("attendee"))
    vague = occasion.token.lemma_.lower() in meeting_words().vague
    strength = LIKELY if vague else SURE
    return strength if people else min(strength * CARRIED, LIKELY) if not vague else WEAK


# ---- roles --------------------------------------------------------------------------------


def roles_of(reading: Reading, sentence: Sentence, occasion: Occasion) -> Roles:
    """Give the roles of a meeting that the sentence states."""
    involved = list(_involved(reading, sentence, occasion))
    people = [each for each in involved if each.type == "person"]
    roles: Roles = {
        "party": tuple(_parties(reading, sentence, occasion, involved)),
        "attendee": tuple(people),
        "host": tuple(_hosts(reading, sentence, occasion)),
        "date": _dates(reading, sentence, occasion),
        "place": _places(reading, sentence, occasion),
        "ordinal": tuple(_ordinal(sentence, occasion)),
        "framework": tuple(_framework(reading, sentence, occasion)),
        "follows": tuple(_follows(reading, sentence, occasion)),
    }
    if roles["host"] and occasion.token.lemma_ in meeting_words().receive | {"convene"}:
        people = [each for each in roles["host"] if each.type == "person"]
        roles["attendee"] = _once((*people, *roles["attendee"]))
    return {name: _once(fillers) for name, fillers in roles.items() if fillers}


def _once(fillers: Iterable[Filler]) -> tuple[Filler, ...]:
    found: dict[str, Filler] = {}
    for filler in fillers:
        found.setdefault(filler.value, filler)
    return tuple(found.values())


def _involved(reading: Reading, sentence: Sentence, occasion: Occasion) -> Iterator[Filler]:
    """Yield everyone who takes part: subjects, partners, those named in the noun phrase."""
    for head in _heads(reading, sentence, occasion):
        yield from reading.parties(sentence, head) or _members(reading, sentence, head)


def _members(reading: Reading, sentence: Sentence, head: Token) -> Iterator[Filler]:
    """Yield the states in the name of a forum: "the U.S.-EU Council held its meeting"."""
    body = reading.page(sentence).body(head.i)
    if body is not None and body.sort == "framework":
        yield from _states_between(reading, sentence, body.start, body.end)


def _heads(reading: Reading, sentence: Sentence, occasion: Occasion) -> Iterator[Token]:
    """Yield the heads of the noun phrases that name those who take part."""
    verb, noun = occasion.verb, occasion.noun
    if occasion.token.pos_ == "VERB":
        yield from _of_verb(occasion.token)
    elif verb is not None and noun is not None:
        yield from _of_carrier(verb, noun)
    if noun is not None:
        yield from objects_of(noun, WITH | {"by"})
        for body in objects_of(noun, {"of"}):
            yield from objects_of(body, {"between", "among"})
        yield from _of_clauses(occasion)
        for child in noun.children:
            if (
                child.dep_ == "poss"
                and child.pos_ == "PRON"
                and _newly_told(reading, sentence, occasion)
            ):
                yield child
            if child.dep_ == "poss" and child.pos_ == "PROPN":
                yield child


def _of_clauses(occasion: Occasion) -> Iterator[Token]:
    """Yield those named in clauses on the noun: "attended by X", "where Y signed", "that Z held"."""
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


def _newly_told(reading: Reading, sentence: Sentence, occasion: Occasion) -> bool:
    """Tell whether "their meeting" is told of for its own sake: counted or placed."""
    noun = occasion.noun
    counted = noun is not None and ordinal_of(noun, sentence.span.start) is not None
    return counted or bool(_places(reading, sentence, occasion))


def _who_did(clause: Token) -> Iterator[Token]:
    """Yield the subject of "at which they launched …", "where both signed …"."""
    if any(token.lower_ in {"where", "which"} for token in clause.lefts) or any(
        token.lower_ == "which" and token.dep_ == "pobj" for token in clause.subtree
    ):
        yield from (child for child in clause.children if child.dep_ == "nsubj")


def _of_verb(verb: Token) -> Iterator[Token]:
    if verb.lemma_ not in meeting_words().host:
        subject = subject_of(verb)
        if subject is not None:
            yield subject
    yield from (child for child in verb.children if child.dep_ == "dobj")
    yield from partners(verb)
    yield from objects_of(verb, {"alongside", "by"})


def _of_carrier(verb: Token, noun: Token) -> Iterator[Token]:
    words = meeting_words()
    taken = _is_object(noun, verb)
    going = verb.lemma_ in words.motion and noun.head.lower_ == "for"
    if taken and verb.lemma_ in words.hold | words.attend or _present(noun, verb) or going:
        subject = subject_of(verb)
        if subject is not None:
            yield subject
    if taken or _is_subject(noun, verb):
        yield from objects_of(verb, {"by", "with", "between", "among", "together"})
        for child in verb.children:
            if child.lower_ == "together":
                yield from objects_of(child, {"with"})
    if _is_subject(noun, verb) and verb.lemma_ in {
        "bring",
        "gather",
        "involve",
        "include",
        "feature",
        "see",
    }:
        yield from (child for child in verb.children if child.dep_ == "dobj")


def _present(noun: Token, verb: Token) -> bool:
    """Tell whether who does something does it at a meeting told of for its own sake."""
    path = _path(noun, verb)
    at = noun.head.lower_ in {"at", "during", "in"} and path[:2] == ["pobj", "prep"]
    fronted = noun.i < verb.i
    specific = (
        any(c.ent_type_ in {"DATE", "GPE", "ORDINAL"} for c in noun.subtree) or noun.pos_ == "PROPN"
    )
    return (
        at
        and specific
        and (fronted or verb.lemma_ in {"speak", "address", "sign", "launch", "deliver", "adopt"})
    )


def _is_object(noun: Token, verb: Token) -> bool:
    """Tell whether a meeting is what a verb does or goes to: "held talks", "took part in talks"."""
    path = _path(noun, verb)
    while path and path[0] in {"appos", "nmod", "compound"}:
        path = path[1:]
    return (
        path[:1] == ["dobj"]
        or path[:2] == ["pobj", "prep"]
        and verb.lemma_ in meeting_words().attend
        or (path[:1] == ["conj"] and "dobj" in path)
    )


def _is_subject(noun: Token, verb: Token) -> bool:
    return bool(set(_path(noun, verb)) & SUBJECTS)


def _path(token: Token, above: Token) -> list[str]:
    path: list[str] = []
    while token.i != above.i and token.head.i != token.i:
        path.append(token.dep_)
        token = token.head
    return path


def _parties(
    reading: Reading, sentence: Sentence, occasion: Occasion, involved: list[Filler]
) -> Iterator[Filler]:
    """Yield the states and bodies that take part."""
    yield from (each for each in involved if each.type in PUBLIC)
    if occasion.noun is not None:
        yield from _named_in(reading, sentence, occasion.noun)
    people = [each for each in involved if each.type == "person"]
    if len(people) > 1 and not _attended(occasion):
        states = [state for each in people for state in reading.acts_for(each)]
        home = reading.releasing_state
        if home and any(not reading.acts_for(each) for each in people):
            states.append(Filler(ref=home, type="state"))
        if len({each.value for each in states}) > 1:
            yield from states
    if len(involved) > 1 or _session_of(occasion):
        yield from (
            each
            for each in involved
            if each.type == "organisation" and not _series_name(each.value)
        )


def _attended(occasion: Occasion) -> bool:
    """Tell whether persons only attend, for whom they may: "attended by", "were joined by"."""
    told = [
        occasion.token,
        *([occasion.verb] if occasion.verb is not None else []),
        *occasion.clauses,
    ]
    return any(each.lemma_.lower() in {"attend", "join", "participate"} for each in told)


def _session_of(occasion: Occasion) -> bool:
    """Tell whether it is a body's own meeting: "the third session of the Council"."""
    noun = occasion.noun
    return noun is not None and any(child.lower_ == "of" for child in noun.rights)


def _named_in(reading: Reading, sentence: Sentence, noun: Token) -> Iterator[Filler]:
    """Yield the states in the noun phrase: "U.S.-Japan summit", "a G7 meeting", "of G7 ministers"."""
    yield from _states_between(reading, sentence, left_edge(noun, sentence.span.start), noun.i)


def _states_between(
    reading: Reading, sentence: Sentence, left: int, right: int
) -> Iterator[Filler]:
    page = reading.page(sentence)
    hits = [hit for hit in page.hits if left <= hit.start < right]
    listed = [
        hit for hit in hits if len(page.hits_from(hit)) > 1 or hit.type == "bloc" or len(hits) > 1
    ]
    for hit in listed:
        if page.person(hit.start) is None and hit.form != "capital":
            start, end = sentence.place(hit.start, hit.end)
            text = sentence.words(hit.start, hit.end)
            yield Filler(ref=hit.ref, text=text, type=hit.type, start=start, end=end)


def _hosts(reading: Reading, sentence: Sentence, occasion: Occasion) -> Iterator[Filler]:
    """Yield the hosts: subject of "hosted", "hosted by X", "in talks chaired by X"."""
    verbs = [each for each in (occasion.verb, occasion.token) if each is not None]
    verbs += occasion.clauses
    for token in sentence.span:
        if (
            token.lower_ == "invitation"
            and token.doc[token.i - 1].lower_ == "the"
            and token.doc[token.i - 2].lower_ == "at"
        ):
            for head in objects_of(token, {"of", "from"}):
                yield from reading.parties(sentence, head)
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


def _hosts_itself(verb: Token, occasion: Occasion) -> bool:
    """Tell whether the subject hosts; several who convene a meeting of theirs just meet."""
    if verb.lemma_.lower() != "convene":
        return any(child.dep_ == "dobj" for child in verb.children)
    return occasion.token.i == verb.i and any(child.dep_ == "dobj" for child in verb.children)


def _dates(reading: Reading, sentence: Sentence, occasion: Occasion) -> tuple[Filler, ...]:
    within: tuple[Filler, ...] = ()
    if occasion.noun is not None:
        within = reading.dates(
            sentence, left_edge(occasion.noun, sentence.span.start), occasion.noun.i
        )
    if within or any(_origins(occasion)):
        return within
    rows = _rows(reading, sentence, occasion)
    found = dates_of(reading, sentence, occasion.targets, _passing(occasion), rows)
    return tuple(each for each in found if not _bounding(sentence, each))


def _bounding(sentence: Sentence, date: Filler) -> bool:
    """Tell whether a date only bounds the time: "the first meeting since 2019"."""
    before = sentence.text[: (date.start or 0) - sentence.start].rstrip().lower()
    return before.endswith((" since", " until", " before", " after", " till", " ahead of"))


def _places(reading: Reading, sentence: Sentence, occasion: Occasion) -> tuple[Filler, ...]:
    rows = _rows(reading, sentence, occasion)
    found = places_of(reading, sentence, occasion.targets, _passing(occasion), rows)
    found = found or tuple(_destination(reading, sentence, occasion))
    return found or tuple(_place_within(reading, sentence, occasion))


def _destination(reading: Reading, sentence: Sentence, occasion: Occasion) -> Iterator[Filler]:
    """Give where a visit or a journey to a meeting goes: "flew to Lima to meet X"."""
    noun = occasion.noun
    verb = occasion.verb
    going = verb if verb is not None and verb.lemma_ in meeting_words().motion else None
    source = (
        occasion.motion
        or going
        or (noun if noun is not None and noun.lemma_ in {"visit", "trip"} else None)
    )
    if source is None:
        return
    for place in objects_of(source, {"to"}):
        hit = reading.page(sentence).hit(place.i)
        if place.ent_type_ in {"GPE", "LOC", "FAC"} or hit is not None:
            first, last = (hit.start, hit.end) if hit else (place.left_edge.i, place.i + 1)
            yield _text(sentence, first, last, "place")
            return


def _place_within(reading: Reading, sentence: Sentence, occasion: Occasion) -> Iterator[Filler]:
    """Give the town a meeting is called by: "the Geneva talks", "the Phnom Penh Summit"."""
    if occasion.noun is None:
        return
    left = left_edge(occasion.noun, sentence.span.start)
    for hit in reading.page(sentence).hits:
        if left <= hit.start < occasion.noun.i and hit.form == "capital":
            yield _text(sentence, hit.start, hit.end, "place")
            return
    for entity in occasion.noun.doc.ents:
        if left <= entity.start < occasion.noun.i and entity.label_ in {"GPE", "FAC"}:
            if not any(reading.page(sentence).hit(i) for i in range(entity.start, entity.end)):
                end = min(entity.end, occasion.noun.i)
                yield _text(sentence, entity.start, end, "place")
                return


def _rows(reading: Reading, sentence: Sentence, occasion: Occasion) -> frozenset[int]:
    """Give the tokens that say when and where, right behind the meeting or before the sentence."""
    starts = [i + 1 for i in occasion.targets]
    rows = {i for start in starts for i in row_after(reading, sentence, start)}
    verb = occasion.verb
    if verb is not None and verb.dep_ == "ROOT":
        rows |= set(row_after(reading, sentence, sentence.span.start))
    return frozenset(rows)


def _passing(occasion: Occasion) -> frozenset[int]:
    """Give the tokens over which a date or place may hang on a meeting: "held", "the office"."""
    words = meeting_words()
    tokens: set[int] = set()
    for i in occasion.targets:
        for child in occasion.token.doc[i].subtree:
            between = child.dep_ in {"pobj", "conj"} and child.pos_ in {"NOUN", "PROPN"}
            if between and _with_whom(child, i):
                tokens.add(child.i)
            if (
                child.lemma_.lower() in words.venues
                or child.lemma_ == "time"
                or child.lemma_ == "hold"
                and child.dep_ in {"acl", "relcl"}
            ):
                tokens.add(child.i)
    return frozenset(tokens)


def _with_whom(token: Token, target: int) -> bool:
    """Tell whether a noun is in the "between the ministers of the three states" of a meeting."""
    for _ in range(6):
        if token.dep_ == "conj" or token.dep_ == "pobj" and token.head.lower_ in WITH:
            token = token.head if token.dep_ == "conj" else token.head.head
            if token.i == target:
                return True
        else:
            return False
    return False


def _ordinal(sentence: Sentence, occasion: Occasion) -> Iterator[Filler]:
    found = ordinal_of(occasion.noun, sentence.span.start) if occasion.noun is not None else None
    if found is None and occasion.token.pos_ == "VERB":
        time = first_time(occasion.token)
        found = (ordinal_value(time), time) if time is not None else None
    if found:
        number, token = found
        start, end = sentence.place(token.i, token.i + 1)
        yield Filler(ref=number, text=token.text, type="number", start=start, end=end)


def _framework(reading: Reading, sentence: Sentence, occasion: Occasion) -> Iterator[Filler]:
    """Yield the series a meeting belongs to: named in its noun phrase, behind it, or as subject."""
    page, noun = reading.page(sentence), occasion.noun
    if noun is None:
        subject = subject_of(occasion.token)
        body = page.body(subject.i) if subject is not None else None
        if body is not None and _is_series(body):
            yield _body_filler(reading, sentence, body)
        return
    spots = list(range(left_edge(noun, sentence.span.start), noun.i + 1))
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "under", "within"}:
            spots += [each.i for each in child.children if each.dep_ == "pobj"]
    verb = occasion.verb
    if verb is not None and _is_object(noun, verb) and verb.lemma_ in meeting_words().hold:
        spots += [child.i for child in verb.children if child.dep_ in SUBJECTS]
    bodies = [body for i in spots if (body := page.body(i)) is not None and _is_series(body)]
    for body in {each.start: each for each in bodies}.values():
        yield _body_filler(reading, sentence, body)
        return


def _is_series(body: Body) -> bool:
    return body.sort == "framework" or _series_name(body.name)


def _series_name(name: str) -> bool:
    return name.rsplit(" ", 1)[-1].lower() in meeting_words().series


def _body_filler(reading: Reading, sentence: Sentence, body: Body) -> Filler:
    end = body.end + 3 if body.acronym else body.end
    start, stop = sentence.place(body.start, end)
    return Filler(
        ref=None, text=sentence.words(body.start, end), type="framework", start=start, end=stop
    )


def _follows(reading: Reading, sentence: Sentence, occasion: Occasion) -> Iterator[Filler]:
    """Yield the earlier event that a meeting goes back to: "follows the Geneva Summit"."""
    for head in _origins(occasion):
        name = _event_name(reading, sentence, head)
        if name:
            yield name


def _origins(occasion: Occasion) -> Iterator[Token]:
    verb = occasion.verb
    if verb is None:
        return
    noun = occasion.noun
    about = noun is not None and "nsubj" in _path(noun, verb)
    if about and verb.lemma_ == "follow":
        yield from (child for child in verb.children if child.dep_ in {"dobj", "npadvmod"})
        for child in verb.children:
            if child.lower_ in {"on", "after"}:
                yield from (each for each in child.subtree if each.dep_ == "pobj")
    for child in verb.children:
        if (
            child.dep_ == "attr"
            and about
            and (
                child.lemma_ in meeting_words().origins
                or any(c.lower_ == "follow" for c in child.lefts)
            )
        ):
            yield from (each for each in verb.subtree if each.dep_ == "pobj" and each.i > child.i)
        if child.dep_ == "prep" and child.lower_ in {"following", "after"} and child.i < verb.i:
            yield from (each for each in child.children if each.dep_ == "pobj")


def _event_name(reading: Reading, sentence: Sentence, head: Token) -> Filler | None:
    """Give the proper name of an event or of its place."""
    page = reading.page(sentence)
    doc = head.doc
    if head.lemma_.lower() in meeting_words().nouns:
        start = head.i
        while start > sentence.span.start and doc[start - 1].pos_ == "PROPN":
            start -= 1
        if start == head.i:
            return None
    else:
        named = [
            e for e in doc.ents if e.root.i == head.i and e.label_ in {"FAC", "GPE", "LOC", "EVENT"}
        ]
        if not named:
            return None
        return _text(sentence, named[0].start, named[0].end)
    del page
    return _text(sentence, start, head.i + 1)


def _text(sentence: Sentence, first: int, last: int, sort: EntityType = "thing") -> Filler:
    start, end = sentence.place(first, last)
    return Filler(text=sentence.words(first, last), type=sort, start=start, end=end)


# ---- other guises -------------------------------------------------------------------------


def _presence(reading: Reading, sentence: Sentence, told: bool) -> Draft | None:
    """Read "In attendance were X and Y", "X was a participant in the meeting", "Y presided"."""
    for token in sentence.span:
        if told and _takes_part(token):
            subject = subject_of(token)
            found = reading.parties(sentence, subject) if subject is not None else ()
            people = tuple(f for f in found if f.type == "person")
            parties = tuple(f for f in found if f.type in PUBLIC | {"organisation"})
            if found:
                roles = {n: fs for n, fs in (("party", parties), ("attendee", people)) if fs}
                return Draft("meeting", sentence, roles, status="held", confidence=WEAK)
        if token.lemma_.lower() not in meeting_words().participants or token.dep_ not in {
            "attr",
            "pobj",
            "nsubj",
        }:
            continue
        verb = carrying_verb(token)
        if verb is None or verb.lemma_ != "be":
            continue
        heads = [
            child
            for child in verb.children
            if child.dep_ in {"nsubj", "attr"} and child.i != token.i
        ]
        people = [
            f for head in heads for f in reading.parties(sentence, head) if f.type == "person"
        ]
        if people:
            return Draft(
                "meeting", sentence, {"attendee": _once(people)}, status="held", confidence=LIKELY
            )
    return None


def _takes_part(token: Token) -> bool:
    """Tell whether it is "presided", "took part", "attended", "was in the chair", on its own."""
    lemma, children = token.lemma_.lower(), {child.lower_: child for child in token.children}
    if token.dep_ not in {"ROOT", "conj"} or any(c.dep_ in {"neg", "aux"} for c in token.children):
        return False
    if lemma == "take":
        return "part" in children and "in" not in children
    if lemma == "be" and "in" in children:
        return any(each.lower_ == "chair" for each in children["in"].children)
    if lemma not in meeting_words().attending:
        return False
    return not any(c.dep_ in {"dobj", "nsubjpass"} or c.lower_ == "in" for c in token.children)


def _merged(drafts: list[Draft]) -> Iterator[Draft]:
    """Leave out a draft whose roles another one of the same sentence states as well."""
    for draft in drafts:
        others = [other for other in drafts if other is not draft]
        if not any(
            _within(draft, other)
            and (not _within(other, draft) or drafts.index(other) < drafts.index(draft))
            for other in others
        ):
            yield draft


def _within(one: Draft, other: Draft) -> bool:
    return all(
        {f.value for f in fillers} <= {f.value for f in other.roles.get(name, ())}
        for name, fillers in one.roles.items()
    )
