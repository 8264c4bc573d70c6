"""Claims of the kind meeting: who met or will meet whom, where, when, in what series.

A sentence counts where it tells at least one role of a meeting; a bare "the talks" adds nothing.
Being an official of a state does not make the state a party, save where two meet for theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kg.claims.attachment import subject_of
from kg.claims.circumstances import dates_at, follows_of, framework_of, ordinal_at, places_at
from kg.claims.dates import ahead
from kg.claims.draft import CARRIED, LIKELY, SURE, WEAK, Draft
from kg.claims.gathering import hosts_of, involved_in, parties_of
from kg.claims.model import Filler
from kg.claims.occasions import (
    Occasion,
    is_object,
    is_subject,
    meeting_words,
    occasions_in,
    partners,
    path_to,
)
from kg.claims.organisations import bodies
from kg.claims.presence import presence
from kg.claims.reading import Reading
from kg.claims.reference import nouns
from kg.claims.sentences import Sentence
from kg.claims.status import COMING_RULES, status_of

BESIDE: Final = frozenset({"when", "after", "before", "as", "while", "since", "once", "though"})
PRONOUNS: Final = frozenset({"he", "she", "they", "it", "who", "both"})
Roles = dict[str, tuple[Filler, ...]]


def claims_in(reading: Reading) -> Iterator[Draft]:
    """Yield the meetings of an article, in text order."""
    told: set[str] = set()
    for sentence in reading.sentences:
        if sentence.role in {"title", "heading"}:
            continue
        page = reading.page(sentence)
        drafts: list[tuple[Draft, Occasion | None]] = [
            (draft, each)
            for each in occasions_in(sentence.span, page)
            if (draft := _draft(reading, sentence, each)) and not _points_back(each, draft, told)
        ]
        present = presence(reading, sentence, bool(told))
        if present and drafts and present.token == sentence.span[0]:
            drafts = [(_of_both(present, drafts[0][0]), None)]
        elif present:
            drafts.append((present, None))
        for draft in _merged(_become(drafts)):
            told |= _said(draft)
            yield draft


def _of_both(one: Draft, other: Draft) -> Draft:
    """Give a draft the roles that another one of its sentence has besides."""
    return replace(one, roles={**other.roles, **one.roles})


def _said(draft: Draft) -> set[str]:
    return {f"{name} {f.value}" for name, fillers in draft.roles.items() for f in fillers}


def _points_back(occasion: Occasion, draft: Draft, told: set[str]) -> bool:
    """Tell whether "the first meeting" only names again what was told before."""
    noun = occasion.noun
    definite = noun is not None and any(
        child.lower_ in {"the", "this", "that", "these", "their", "its"} for child in noun.lefts
    )
    thin = set(draft.roles) <= {"party", "ordinal", "framework"}
    return definite and thin and not occasion.acts and _said(draft) <= told


def _draft(reading: Reading, sentence: Sentence, occasion: Occasion) -> Draft | None:
    facts = reading.factuality(sentence, occasion.verb or occasion.token)
    absent = _nobody(occasion)
    roles = roles_of(reading, sentence, occasion)
    dates, pictured = roles.get("date", ()), sentence.role == "caption"
    status = status_of(occasion, dates, reading.published, pictured=pictured)
    denied = (facts.negative and _deniable(occasion)) or _without(occasion.token)
    negative = status in {"held", "planned"} and (denied or absent)
    arranged = any(clause.lemma_ in meeting_words().arranged for clause in occasion.clauses)
    status = "cancelled" if negative and arranged else status
    reason = (
        (
            "only supposed"
            if facts.hypothetical or _may_be(occasion) or _only_offered(occasion)
            else "a question"
            if facts.question
            else ""
        )
        or ("a meeting of another kind" if _of_no_kind(reading, sentence, occasion) else "")
        or (
            ""
            if _worth(roles, occasion) or _none_held(occasion, absent)
            else "nothing new is told of it"
        )
        or ("one side alone means to" if _one_sided(roles, occasion, status) else "")
    )
    if reason:
        reading.drop("meeting", sentence, occasion.token, reason)
        return None
    if status == "planned" or (status == "cancelled" and not occasion.past and not negative):
        coming = status == "planned"
        moved = tuple(_ahead(f) if coming or f.rule in COMING_RULES else f for f in dates)
        roles = {**roles, "date": moved}
    return Draft(
        "meeting",
        sentence,
        {name: fillers for name, fillers in roles.items() if fillers},
        status="denied" if negative and status != "cancelled" else status,
        polarity="negative" if negative or status == "denied" else None,
        attribution=reading.attribution(sentence, occasion.token),
        confidence=_confidence(occasion, roles),
        token=occasion.token,
    )


def _nobody(occasion: Occasion) -> bool:
    """Tell whether there is "no meeting", or somebody "met no minister"."""
    token = occasion.token
    nouns_told = [token, *(c for c in token.children if c.dep_ == "dobj" and occasion.acts)]
    told = (c for noun in nouns_told for c in noun.children if c.dep_ == "det")
    return any(c.lower_ in {"no", "neither"} for c in told) or any(
        noun.lower_ in {"nobody", "none"} for noun in nouns_told
    )


def _may_be(occasion: Occasion) -> bool:
    """Tell whether it only may come about: "the talks may resume"."""
    verb = occasion.verb or occasion.token
    return any(child.dep_ == "aux" and child.text == "may" for child in verb.children)


def _only_offered(occasion: Occasion) -> bool:
    """Tell whether somebody would hold or host it: "offered to host talks", "ready to meet"."""
    verb, noun, words = occasion.verb or occasion.token, occasion.noun, meeting_words()
    hosts = (verb, noun.head if noun is not None else verb)
    offered = (
        each for each in hosts
        if each.dep_ == "xcomp" and (each.lemma_ in words.hosts or each.head.pos_ == "ADJ")
    )  # fmt: skip
    return any(each.head.lemma_.lower() in words.offering for each in offered)


def _none_held(occasion: Occasion, absent: bool) -> bool:
    """Tell whether it is "no meeting has been arranged", which names nobody."""
    verb, noun, words = occasion.verb, occasion.noun, meeting_words()
    if noun is None or not absent:
        return False
    if verb is None or verb.lemma_ == "be":  # "no conversation with the Russians"
        spoken = noun.lemma_ in words.spoken
        return spoken and any(c.lower_ in {"with", "between", "from"} for c in noun.rights)
    if not is_subject(noun, verb):
        return False
    return verb.lemma_ in words.hold | words.planning and noun.lemma_ in words.nameless


def _one_sided(roles: Roles, occasion: Occasion, status: str) -> bool:
    """Tell whether one person alone promises "consultations", with nobody and nowhere named."""
    vague = occasion.token.lemma_.lower() in meeting_words().vague
    alone = len(roles.get("attendee", ())) == 1 and not roles.get("party")
    return vague and alone and status == "planned" and not set(roles) - {"attendee", "date"}


def _deniable(occasion: Occasion) -> bool:
    """Tell whether what is denied is the meeting, not what came of it: "talks did not help"."""
    verb, noun = occasion.verb, occasion.noun
    if _aside(occasion):
        return False
    if occasion.acts or verb is None or noun is None or not is_subject(noun, verb):
        return True
    words = meeting_words()
    course = words.going | words.hold | words.planned | words.cancelled
    return verb.lemma_ in course | {"come", "be"}


def _without(token: Token) -> bool:
    """Tell whether it is "without meeting the premier"."""
    return token.dep_ == "pcomp" and token.head.lower_ in {"without", "instead"}


def _aside(occasion: Occasion) -> bool:
    """Tell whether it is told beside the clause that is denied: "meeting in Lima", "when X met"."""
    token = occasion.verb or occasion.token
    if any(child.dep_ == "neg" for child in token.children):
        return False
    beside = token.dep_ == "advcl" and any(c.lower_ in BESIDE for c in token.lefts)
    return beside or (token.tag_ == "VBG" and token.dep_ in {"acl", "advcl"})


def _ahead(date: Filler) -> Filler:
    """Give the date of what is still to come: next Monday, not last."""
    moved = ahead(str(date.ref), date.rule or "explicit", date.anchor)
    rule = (date.rule or "").replace("last-", "next-") if moved != date.ref else date.rule
    return replace(date, ref=moved, rule=rule)


def _of_no_kind(reading: Reading, sentence: Sentence, occasion: Occasion) -> bool:
    """Tell whether it is talk of meetings in general, or with nobody of public standing."""
    token = occasion.token
    sport = any(each.lemma_.lower() in meeting_words().sports for each in sentence.tokens)
    sport = sport or any(t.lower_ == "final" and t.dep_ == "pobj" for t in sentence.tokens)
    if _convener(occasion) & meeting_words().other or _of_a_firm(reading, sentence, occasion):
        return True
    regular = any(c.lower_ in meeting_words().regular for c in (occasion.verb or token).children)
    if sport or regular or _only_wanted(occasion):
        return True
    if not occasion.acts:
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
    if token.lemma_ == "consult" and token.tag_ not in {"VBD", "VBZ", "VBP"}:
        return True
    subject = subject_of(token)
    people = subject is not None and reading.person_at(sentence, subject) is not None
    return bool(whom) and not people and not any(reading.parties(sentence, each) for each in whom)


def _only_wanted(occasion: Occasion) -> bool:
    """Tell whether somebody only asks for a meeting: "called for talks", "demanded a meeting"."""
    verb, noun = occasion.verb, occasion.noun
    if verb is None or noun is None or verb.i == occasion.token.i:
        return False
    wanted = verb.lemma_ in meeting_words().wanting and path_to(noun, verb)[:1] == ["dobj"]
    asked = verb.lemma_ in meeting_words().asking and noun.head.lower_ == "for"
    return wanted or (asked and path_to(noun, verb)[:2] == ["pobj", "prep"])


def _of_a_firm(reading: Reading, sentence: Sentence, occasion: Occasion) -> bool:
    """Tell whether a firm or club holds a meeting of its own."""
    verb, noun = occasion.verb, occasion.noun
    subject = subject_of(verb) if verb is not None else None
    if (
        subject is None
        or noun is None
        or not any(c.lower_ in {"its", "annual"} for c in noun.lefts)
    ):
        return False
    body = reading.page(sentence).body(subject.i)
    own = {"its", "annual"} <= {c.lower_ for c in noun.lefts}
    if own and body is None and subject.pos_ == "PROPN" and not reading.parties(sentence, subject):
        return True
    public = bodies().public | meeting_words().series | {"organisation", "organization", "agency"}
    return body is not None and not set(body.name.lower().split()) & public


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


def _worth(roles: Roles, occasion: Occasion) -> bool:
    """Tell whether what was read makes a meeting, not just a word that may mean one."""
    filled = {name for name, fillers in roles.items() if fillers}
    if not filled:
        return False
    word = occasion.token.lemma_.lower()
    if occasion.acts:
        placed = len(filled & {"date", "place", "ordinal", "framework"}) > 1
        return bool(filled & {"party", "attendee", "host"}) or placed or _officials_met(occasion)
    if word in {"visit", "trip"} and not _talked(roles, occasion):
        return False
    if word in meeting_words().vague:
        several = len(roles.get("party", ())) + len(roles.get("attendee", ())) > 1
        return _carried_on(occasion, filled) and (several or _vague_worth(occasion, filled))
    return filled != {"framework"} or (
        occasion.verb is not None and occasion.verb.lemma_ in meeting_words().hold
    )


def _talked(roles: Roles, occasion: Occasion) -> bool:
    """Tell whether a journey was to meet somebody: two take part, or it was called off."""
    several = len(roles.get("party", ())) + len(roles.get("attendee", ())) > 1
    return several or bool(roles.get("host")) or status_of(occasion) == "cancelled"


def _officials_met(occasion: Occasion) -> bool:
    """Tell whether those who met are of public standing: "The ministers met in Oslo"."""
    subject = subject_of(occasion.token)
    public = nouns().persons | nouns().governments | nouns().states
    return subject is not None and subject.tag_ == "NNS" and subject.lemma_.lower() in public


def _vague_worth(occasion: Occasion, filled: set[str]) -> bool:
    """Tell whether a word that may mean else is a meeting though no two are named for it."""
    words, verb = meeting_words(), occasion.verb
    who = bool(filled & {"party", "attendee", "host", "framework", "ordinal"})
    if verb is not None and verb.lemma_ == "tell" and occasion.token.lemma_ not in words.spoken:
        return bool(filled & {"party", "framework", "ordinal", "host"})
    if _joined(occasion, filled) or (len(filled) > 1 and who):
        return True
    if "ordinal" in filled and status_of(occasion) == "planned":
        return True
    off = status_of(occasion)
    if "host" in filled or off == "cancelled" or (off == "denied" and who):
        return True
    happens = verb is not None and occasion.noun is not None and _happens(occasion.noun, verb)
    happens = happens or any(c.lemma_ in words.hold for c in occasion.clauses)
    placed = status_of(occasion) == "planned" and {"date", "place"} <= filled
    coming = any(c.lower_ in {"next", "following"} for c in occasion.token.lefts)
    counted = placed or (coming and "date" in filled and status_of(occasion) == "planned")
    counted = counted and occasion.token.lemma_.lower() in {"round", "session"}
    return counted or (happens and occasion.token.lemma_.lower() in words.diplomatic)


def _happens(noun: Token, verb: Token) -> bool:
    """Tell whether a verb says that a meeting goes on, begins, ends or is held."""
    words = meeting_words()
    plain = verb.lemma_ in words.happen - words.beside
    return (is_subject(noun, verb) and plain) or (is_object(noun, verb) and verb.lemma_ == "hold")


def _carried_on(occasion: Occasion, filled: set[str]) -> bool:
    """Tell whether a vague word is really held, attended, dated, counted or hosted."""
    if filled & {"date", "ordinal", "host", "place"}:
        return True
    words, verb, noun = meeting_words(), occasion.verb, occasion.noun
    if verb is None or noun is None:
        return False
    taken = is_object(noun, verb) and verb.lemma_ in words.hold | words.attend
    telling = words.happen | words.hold | words.attend | words.host
    return (
        taken
        or any(clause.lemma_ in telling for clause in occasion.clauses)
        or (verb.lemma_ in words.addressing and noun.lemma_ in words.spoken)
        or status_of(occasion) in {"cancelled", "denied"}
    ) or (
        is_subject(noun, verb)
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


def roles_of(reading: Reading, sentence: Sentence, occasion: Occasion) -> Roles:
    """Give the roles of a meeting that the sentence states."""
    involved = list(involved_in(reading, sentence, occasion))
    people = [each for each in involved if each.type == "person"]
    roles: Roles = {
        "party": tuple(parties_of(reading, sentence, occasion, involved)),
        "attendee": tuple(people),
        "host": tuple(hosts_of(reading, sentence, occasion)),
        "date": dates_at(reading, sentence, occasion),
        "place": places_at(reading, sentence, occasion),
        "ordinal": tuple(ordinal_at(sentence, occasion)),
        "framework": tuple(framework_of(reading, sentence, occasion)),
        "follows": tuple(follows_of(reading, sentence, occasion)),
    }
    receiving = occasion.token.lemma_ in meeting_words().receive
    if roles["host"] and (receiving or occasion.token.lemma_ == "convene"):
        people = [each for each in roles["host"] if each.type == "person"]
        roles["attendee"] = _once((*people, *roles["attendee"]))
        roles["host"] = roles["host"] if occasion.token.lemma_ in meeting_words().hosting else ()
    return {name: _once(fillers) for name, fillers in roles.items() if fillers}


def _once(fillers: Iterable[Filler]) -> tuple[Filler, ...]:
    found: dict[str, Filler] = {}
    for filler in fillers:
        found.setdefault(filler.value, filler)
    return tuple(found.values())


def _become(drafts: list[tuple[Draft, Occasion | None]]) -> list[Draft]:
    """Make one of "met in Lima" and "in what became the first summit among them"."""
    kept: list[Draft] = []
    occasions = [each for _, each in drafts]
    for draft, occasion in sorted(drafts, key=lambda each: _where_held(each[1], occasions)):
        verb = occasion.verb if occasion else None
        named = verb is not None and verb.lemma_ in meeting_words().become and _in_clause(verb)
        named = named or _rounds(occasion, occasions) or _renamed(occasion, occasions)
        within = _where_held(occasion, occasions)
        if kept and (within or (named and not _conflict(kept[0], draft))):
            known = kept[0].roles
            more = {
                n: tuple(f for f in fs if (f.text or "").lower() not in PRONOUNS)
                for n, fs in draft.roles.items()
            }
            both = {n: _once((*known.get(n, ()), *more.get(n, ()))) for n in {**known, **more}}
            kept[0] = replace(kept[0], roles=both)
        else:
            kept.append(draft)
    return kept


def _rounds(occasion: Occasion | None, others: list[Occasion | None]) -> bool:
    """Tell whether a meeting only says of what another one is a round: "a round of talks"."""
    noun = occasion.noun if occasion else None
    if noun is None or noun.dep_ != "pobj" or noun.head.lower_ != "of":
        return False
    above = noun.head.head
    return any(o is not None and o.noun is not None and o.noun.i == above.i for o in others)


def _where_held(occasion: Occasion | None, others: list[Occasion | None]) -> bool:
    """Tell whether it is held on a visit told of: "a visit to Lima, where X was to hold talks"."""
    verb = occasion.verb if occasion else None
    if verb is None:
        return False
    clause = next((t for t in (verb, *verb.ancestors) if t.dep_ == "relcl"), None)
    if clause is None or not any(t.lower_ == "where" for t in clause.subtree):
        return False
    above = {t.i for t in clause.ancestors}
    return any(o is not None and o.noun is not None and o.noun.i in above for o in others)


def _renamed(occasion: Occasion | None, others: list[Occasion | None]) -> bool:
    """Tell whether it is in apposition to another: "the talks in Lima, their third meeting"."""
    noun = occasion.noun if occasion else None
    if noun is None or noun.dep_ != "appos":
        return False
    above = {each.i for each in noun.ancestors}
    return any(o is not None and o.noun is not None and o.noun.i in above for o in others)


def _in_clause(verb: Token) -> bool:
    """Tell whether a verb is that of "in what became …", "which was …", "marking …"."""
    return verb.dep_ in {"pcomp", "relcl", "advcl"}


def _conflict(one: Draft, other: Draft) -> bool:
    """Tell whether two meetings of a sentence differ in when, where or whether they are."""
    told = [(one.roles.get(n, ()), other.roles.get(n, ())) for n in ("date", "place", "ordinal")]
    differ = any(a and b and {f.value for f in a} != {f.value for f in b} for a, b in told)
    return differ or one.status != other.status


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
