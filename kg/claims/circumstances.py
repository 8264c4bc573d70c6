"""When, where and in what series a meeting is: an occasion in, dates, places and names out.

Arcs of the parser go first; where they fail, the words right behind the meeting or before the
sentence that only say when and where are read by their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims.attachment import (
    SUBJECTS,
    dates_of,
    objects_of,
    place_mentions,
    places_of,
    row_after,
    subject_of,
)
from kg.claims.lone_dates import of_another, only_day
from kg.claims.model import Filler
from kg.claims.occasions import (
    Occasion,
    first_time,
    is_object,
    is_ordinal,
    left_edge,
    meeting_words,
    ordinal_of,
    ordinal_value,
    path_to,
    ranked,
)
from kg.claims.organisations import Body
from kg.claims.pages import Page
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.terms import EntityType

DATED: Final = frozenset({"DATE", "TIME", "EVENT", "MONEY", "NORP"})
COUNTED: Final = re.compile(r"(?:the )?\d+(?:st|nd|rd|th)$")  # "the 5th summit" is no day
UNNAMED: Final = frozenset({"GPE", "LOC", "FAC", "PERSON", "DATE", "ORDINAL"})
WITH: Final = frozenset({"with", "between", "among", "of", "from", "alongside"})


def dates_at(reading: Reading, sentence: Sentence, occasion: Occasion) -> tuple[Filler, ...]:
    """Give the dates of a meeting: in its name, beside it, or on its verb."""
    within: tuple[Filler, ...] = ()
    if occasion.noun is not None:
        left = left_edge(occasion.noun, sentence.span.start)
        within = reading.dates(sentence, left, occasion.noun.i)
        within = tuple(each for each in within if not COUNTED.match(each.text or ""))
    if within or any(origins_of(occasion)):
        return within
    rows = _rows(reading, sentence, occasion)
    passing = _passing(reading, sentence, occasion)
    found = dates_of(reading, sentence, occasion.targets, passing, rows)
    found = found or _of_main_clause(reading, sentence, occasion)
    found = found or only_day(reading, sentence, occasion)
    found = tuple(each for each in found if not of_another(sentence, each))
    return tuple(each for each in found if not _bounding(sentence, each))


def _of_main_clause(reading: Reading, sentence: Sentence, occasion: Occasion) -> tuple[Filler, ...]:
    """Give the day of "It was announced on Friday after X met Y", "goes on in Lima, where …"."""
    verb = occasion.verb
    if verb is None or verb.head.pos_ != "VERB":
        return ()
    words = {each.lower_ for each in verb.lefts}
    if verb.dep_ != "advcl" or not words & {"after", "when", "as", "where"}:
        return ()
    if any(child.lower_ == "had" for child in verb.children) or is_long_after(verb):
        return ()
    return dates_of(reading, sentence, {verb.head.i})


def is_long_after(verb: Token) -> bool:
    """Tell whether a clause is of another time by so much: "a year after ministers met"."""
    apart = (c for c in verb.children if c.lower_ in {"after", "before"} and c.dep_ == "mark")
    mark = next(apart, None)
    return mark is not None and any(
        c.dep_ == "npadvmod" and c.ent_type_ == "DATE" and c.i < mark.i for c in verb.children
    )


def _bounding(sentence: Sentence, date: Filler) -> bool:
    """Tell whether a date only bounds the time: "the first meeting since 2019"."""
    before = sentence.text[: (date.start or 0) - sentence.start].rstrip().lower()
    if (date.text or "").lower().startswith(("since ", "until ", "till ")):
        return True
    return before.endswith((" since", " until", " before", " after", " till", " ahead of"))


def places_at(reading: Reading, sentence: Sentence, occasion: Occasion) -> tuple[Filler, ...]:
    """Give where a meeting is: the town before the building."""
    rows = _rows(reading, sentence, occasion)
    found = places_of(
        reading, sentence, occasion.targets, _passing(reading, sentence, occasion), rows
    )
    found = found or tuple(_destination(reading, sentence, occasion))
    found = found or tuple(_beside_date(reading, sentence, occasion))
    found = found or tuple(_seat(reading, sentence, occasion))
    found = found or tuple(_where(reading, sentence, occasion))
    found = found or tuple(_unknown_town(reading, sentence, occasion))
    found = found or tuple(_place_within(reading, sentence, occasion))
    return tuple(each for each in found if not of_another(sentence, each))


def _destination(reading: Reading, sentence: Sentence, occasion: Occasion) -> Iterator[Filler]:
    """Give where a visit or a journey to a meeting goes: "flew to Lima to meet X"."""
    noun = occasion.noun
    verb = occasion.verb
    moving = meeting_words().motion | meeting_words().receive
    going = verb if verb is not None and verb.lemma_ in moving else None
    source = (
        occasion.motion
        or going
        or (noun if noun is not None and noun.lemma_ in {"visit", "trip"} else None)
    )
    if source is None:
        yield from _planned_for(reading, sentence, occasion)
        return
    for place in objects_of(source, {"to"}):
        hit = reading.page(sentence).hit(place.i)
        if place.ent_type_ in {"GPE", "LOC", "FAC"} or hit is not None:
            first, last = (hit.start, hit.end) if hit else (place.left_edge.i, place.i + 1)
            yield _text(sentence, first, last, "place")
            return


def _planned_for(reading: Reading, sentence: Sentence, occasion: Occasion) -> Iterator[Filler]:
    """Give the town of "a summit planned for Oslo", "talks are set for Lima in May"."""
    verb = occasion.verb
    for planned in (*occasion.clauses, *([verb] if verb is not None else [])):
        if planned.lemma_ not in meeting_words().planned:
            continue
        for place in objects_of(planned, {"for"}):
            hit = reading.page(sentence).hit(place.i)
            if hit.form == "capital" if hit else place.ent_type_ == "GPE":
                first, last = (hit.start, hit.end) if hit else (place.left_edge.i, place.i + 1)
                yield _text(sentence, first, last, "place")
                return


def _beside_date(reading: Reading, sentence: Sentence, occasion: Occasion) -> Iterator[Filler]:
    """Give the town right before the day of a meeting: "talks on a new pact in Lima on Monday"."""
    doc = sentence.span.doc
    days = {each.start for each in dates_at(reading, sentence, occasion)}
    for first, last in place_mentions(reading, sentence):
        at = last + (last < len(doc) and doc[last].lower_ in {"on", "in", "from", ","})
        starts = sentence.place(at, at + 1)[0] if at < sentence.span.end else None
        inside = first > occasion.token.i and doc[first - 1].lower_ in {"in", "at"}
        if inside and starts in days:
            yield _text(sentence, first, last, "place")
            return


def _seat(reading: Reading, sentence: Sentence, occasion: Occasion) -> Iterator[Filler]:
    """Give the town of "Lima was the venue of the talks"."""
    for noun in occasion.token.ancestors:
        if noun.lemma_ not in meeting_words().seats or noun.pos_ != "NOUN":
            continue
        subject = subject_of(noun.head)
        hit = reading.page(sentence).hit(subject.i) if subject is not None else None
        person = subject is not None and reading.person_at(sentence, subject) is not None
        if subject is not None and not person and (hit is not None or subject.pos_ == "PROPN"):
            first, last = (hit.start, hit.end) if hit else (subject.left_edge.i, subject.i + 1)
            yield _text(sentence, first, last, "place")
        return


def _where(reading: Reading, sentence: Sentence, occasion: Occasion) -> Iterator[Filler]:
    """Give the town of "in Lima, where X and Y are to meet"."""
    verbs = [t for t in (occasion.token, *occasion.token.ancestors) if t.dep_ == "relcl"]
    for verb in verbs[:1]:
        where = any(each.lower_ == "where" for each in verb.subtree if each.i <= occasion.token.i)
        town = verb.head
        hit = reading.page(sentence).hit(town.i)
        if where and (hit is not None or town.ent_type_ in {"GPE", "LOC", "FAC"}):
            first, last = (hit.start, hit.end) if hit else (town.left_edge.i, town.i + 1)
            yield _text(sentence, first, last, "place")


def _unknown_town(reading: Reading, sentence: Sentence, occasion: Occasion) -> Iterator[Filler]:
    """Give a town that the pipeline does not know for one: "a session in NAME on 5 May"."""
    page, doc = reading.page(sentence), sentence.span.doc
    days = {c.i for i in occasion.targets for p in doc[i].children for c in p.children}
    days = {i for i in days if doc[i].ent_type_ == "DATE"}  # "for April in NAME"
    for i in sorted(occasion.targets | days):
        for prep in doc[i].children:
            if prep.dep_ != "prep" or prep.lower_ not in {"in", "at"} or prep.i < i:
                continue
            for town in prep.children:
                first = town.i
                while doc[first - 1].pos_ == "PROPN" and first - 1 > prep.i:
                    first -= 1
                known = (
                    page.person(town.i)
                    or page.title(town.i)
                    or page.hit(town.i)
                    or town.ent_type_ in DATED
                )
                body = page.body(town.i)
                plain = body is None or body.end - body.start == town.i + 1 - first
                named = town.dep_ == "pobj" and town.pos_ == "PROPN" and first == prep.i + 1
                if named and not known and plain and town.lower_ not in meeting_words().nouns:
                    yield _text(sentence, first, town.i + 1, "place")
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
    for entity in reading.entities(sentence):
        named = left <= entity.start < occasion.noun.i and entity.label_ in {"GPE", "FAC"}
        taken = any(reading.page(sentence).hit(i) for i in range(entity.start, entity.end))
        if named and not taken:
            yield _text(sentence, entity.start, min(entity.end, occasion.noun.i), "place")
            return


def _rows(reading: Reading, sentence: Sentence, occasion: Occasion) -> frozenset[int]:
    """Give the tokens that say when and where, right behind the meeting or before the sentence."""
    starts = [i + 1 for i in occasion.targets]
    rows = {i for start in starts for i in row_after(reading, sentence, start)}
    verb = occasion.verb
    if verb is not None and verb.dep_ == "ROOT":
        rows |= set(row_after(reading, sentence, sentence.span.start))
    return frozenset(rows)


def _passing(reading: Reading, sentence: Sentence, occasion: Occasion) -> frozenset[int]:
    """Give the tokens over which a date or place may hang on a meeting: "held", "the office"."""
    words = meeting_words()
    tokens: set[int] = set()
    for i in occasion.targets:
        for child in occasion.token.doc[i].subtree:
            if child.dep_ == "dobj" and child.head.i == i and occasion.token.i == i:
                tokens.add(child.i)  # "met his counterpart in Lima"
            between = child.dep_ in {"pobj", "conj"} and child.pos_ in {"NOUN", "PROPN"}
            if between and _with_whom(child, i):
                tokens.add(child.i)
            if (
                child.lemma_.lower() in words.venues
                or child.ent_type_ == "DATE"
                or child.lower_ in {"telephone", "phone", "video", "call"}
                or child.lemma_ == "time"
                or (child.lemma_ == "hold" and child.dep_ in {"acl", "relcl"})
            ):
                tokens.add(child.i)
    noun = occasion.noun
    for named in objects_of(noun, {"of"}) if noun is not None else ():
        body = reading.page(sentence).body(named.i)
        if body is not None:
            tokens.update(range(body.start, body.end))
    return frozenset(tokens)


def _with_whom(token: Token, target: int) -> bool:
    """Tell whether a noun is in the "between the ministers of the three states" of a meeting."""
    for _ in range(6):
        if token.dep_ == "conj" or (token.dep_ == "pobj" and token.head.lower_ in WITH):
            token = token.head if token.dep_ == "conj" else token.head.head
            if token.i == target:
                return True
        else:
            return False
    return False


def ordinal_at(sentence: Sentence, occasion: Occasion) -> Iterator[Filler]:
    """Yield the ordinal of a meeting: "the fourth round", "for the first time"."""
    found = ordinal_of(occasion.noun, sentence.span.start) if occasion.noun is not None else None
    if found is None and occasion.noun is not None:
        found = ranked(occasion.noun, occasion.verb)
    if found is None and occasion.acts:
        time = first_time(occasion.token)
        found = (ordinal_value(time), time) if time is not None else None
    if found:
        number, token = found
        start, end = sentence.place(token.i, token.i + 1)
        yield Filler(ref=number, text=token.text, type="number", start=start, end=end)


def framework_of(reading: Reading, sentence: Sentence, occasion: Occasion) -> Iterator[Filler]:
    """Yield the series a meeting belongs to: named in its noun phrase, behind it, or as subject."""
    page, noun = reading.page(sentence), occasion.noun
    if noun is None:
        subject = subject_of(occasion.token)
        heads = [subject, *objects_of(subject, {"of"})] if subject is not None else []
        heads += list(_margins(occasion.token))
        meeting = [body for head in heads if (body := page.body(head.i)) is not None]
        meeting = [body for body in meeting if not sits_itself(body.name)]
        yield from (_body_filler(sentence, body) for body in meeting if is_series(body))
        return
    spots = list(range(left_edge(noun, sentence.span.start), noun.i + 1))
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "under", "within"}:
            spots += [each.i for each in child.children if each.dep_ == "pobj"]
    verb = occasion.verb
    if verb is not None and is_object(noun, verb) and verb.lemma_ in meeting_words().hold:
        spots += [child.i for child in verb.children if child.dep_ in SUBJECTS]
    bodies = [body for i in spots if (body := page.body(i)) is not None and is_series(body)]
    bodies = [body for body in bodies if not sits(noun, body.name)]
    for body in {each.start: each for each in bodies}.values():
        yield _body_filler(sentence, body)
        return
    named = of_bloc(reading, sentence, noun) or tuple(_named_by_bloc(reading, sentence, noun))
    yield from named or _proper_name(reading, sentence, noun)
    yield from _plain_series(reading, sentence, noun)


def _margins(token: Token) -> Iterator[Token]:
    """Yield what "on the margins of" names."""
    for side in objects_of(token, {"on", "at"}):
        if side.lemma_.lower() in meeting_words().sides:
            yield from objects_of(side, {"of"})


def of_bloc(reading: Reading, sentence: Sentence, noun: Token) -> tuple[Filler, ...]:
    """Give the bloc or bare commission that a meeting is of: "a summit of Mercosur"."""
    page = reading.page(sentence)
    for head in objects_of(noun, {"of"}):
        hit, body = page.hit(head.i), page.body(head.i)
        if hit is not None and hit.type == "bloc" and len(page.hits_from(hit)) == 1:
            return (_text(sentence, hit.start, hit.end, "framework"),)
        if sits(noun, head.text):
            return ()
        bare = head.lower_ in meeting_words().series and head.is_title
        if bare and body is not None and body.end - body.start == 1:
            return (_body_filler(sentence, body),)
    return ()


def _proper_name(reading: Reading, sentence: Sentence, noun: Token) -> Iterator[Filler]:
    """Give a meeting's own name: "Tripartite Rubber Talks", "Conference of Grain Exporters"."""
    page, doc, first = reading.page(sentence), sentence.span.doc, noun.i
    if not noun.is_title or noun.is_upper or noun.lower_.rstrip("s") not in meeting_words().named:
        return
    while first - 1 >= sentence.span.start and _names_it(page, doc[first - 1]):
        first -= 1
    end = noun.i + 1
    if end + 1 < sentence.span.end and doc[end].lower_ in {"of", "on"} and doc[end + 1].is_title:
        while end + 1 < sentence.span.end and _names_it(page, doc[end + 1]):
            end += 1 if doc[end + 1].is_title else 2
        end += end > noun.i + 1
    begins = first == sentence.span.start and noun.i - first < 2
    owned = first > sentence.span.start and doc[first - 1].text in {"-", "'s", "’s"}
    if end - first > 1 and not begins and not owned:
        yield _text(sentence, first, end, "framework")


def _names_it(page: Page, token: Token) -> bool:
    """Tell whether a capitalised word is of a meeting's name, not who meets, where or which."""
    other = page.hit(token.i) or page.person(token.i) or page.title(token.i)
    low = token.lower_.rstrip("s")
    plain = token.is_title and token.is_alpha and token.ent_type_ not in UNNAMED
    return (
        plain and not other and low not in {"minister", "leader", "the"} and not is_ordinal(token)
    )


def _plain_series(reading: Reading, sentence: Sentence, noun: Token) -> Iterator[Filler]:
    """Give a commission without a proper name: "talks in the mixed fisheries commission"."""
    doc, page = sentence.span.doc, reading.page(sentence)
    for at in range(noun.i + 1, min(noun.i + 9, sentence.span.end - 2)):
        if doc[at].pos_ in {"VERB", "AUX"}:
            return
        if doc[at].lower_ not in {"in", "within", "under"} or doc[at + 1].lower_ != "the":
            continue
        end = at + 2
        while end < sentence.span.end and doc[end].pos_ in {"ADJ", "NOUN"} and doc[end].is_lower:
            end += 1
        long = end - at > 3 and doc[end - 1].lemma_ in meeting_words().series
        if long and page.body(end - 1) is None:
            yield _text(sentence, at + 2, end, "framework")
            return


def _named_by_bloc(reading: Reading, sentence: Sentence, noun: Token) -> Iterator[Filler]:
    """Give the name of a bloc's regular meeting: "G20 trade ministers' meeting"."""
    page, doc, end = reading.page(sentence), sentence.span.doc, noun.i + 1
    left = left_edge(noun, sentence.span.start)
    hit = next((h for h in page.hits if left <= h.start < noun.i and h.type == "bloc"), None)
    if hit is None or (doc[hit.start - 1].text == "-" and hit.start > left):
        return
    body = page.body(end) if end < sentence.span.end else None
    if body is not None and body.sort == "framework":
        end = body.end
    between = {token.lower_.rstrip("s") for token in doc[hit.end : noun.i]}
    if hit.ref == "UN" or body is not None or between & {"minister", "leader", "chief"}:
        yield _text(sentence, hit.start, end, "framework")


def is_series(body: Body) -> bool:
    """Tell whether a body is a forum or meets as one: a council, a commission."""
    return body.sort == "framework" or series_name(body.name)


def sits(noun: Token | None, name: str) -> bool:
    """Tell whether a council holds a session of its own, and so takes part in it itself."""
    return noun is not None and noun.lemma_ == "session" and "council" in name.lower().split()


def sits_itself(name: str) -> bool:
    """Tell whether a body is no series of two or three, and so meets as one: "Cod Commission"."""
    said = name.lower().split()
    sits = said[-1] in {"commission", "organisation", "organization"}
    return sits and not set(said) & meeting_words().shared


def series_name(name: str) -> bool:
    """Tell whether a name is that of a forum: "Joint Economic Commission"."""
    before = re.split(r" (?:for|on|of) ", name)[0]
    return " " in name and before.rsplit(" ", 1)[-1].lower() in meeting_words().series


def _body_filler(sentence: Sentence, body: Body) -> Filler:
    end = body.end + 3 if body.acronym else body.end
    start, stop = sentence.place(body.start, end)
    return Filler(
        ref=None, text=sentence.words(body.start, end), type="framework", start=start, end=stop
    )


def follows_of(reading: Reading, sentence: Sentence, occasion: Occasion) -> Iterator[Filler]:
    """Yield the earlier event that a meeting goes back to: "follows the Geneva Summit"."""
    for head in origins_of(occasion):
        name = _event_name(reading, sentence, head)
        if name:
            yield name


def origins_of(occasion: Occasion) -> Iterator[Token]:
    """Yield the nouns that name what a meeting goes back to."""
    verb = occasion.verb
    if verb is None:
        return
    noun = occasion.noun
    about = noun is not None and "nsubj" in path_to(noun, verb)
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
            e
            for e in reading.entities(sentence)
            if e.root.i == head.i and e.label_ in {"FAC", "GPE", "LOC", "EVENT"}
        ]
        if not named:
            return None
        return _text(sentence, named[0].start, named[0].end)
    del page
    return _text(sentence, start, head.i + 1)


def _text(sentence: Sentence, first: int, last: int, sort: EntityType = "thing") -> Filler:
    start, end = sentence.place(first, last)
    return Filler(text=sentence.words(first, last), type=sort, start=start, end=end)
