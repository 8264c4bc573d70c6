"""Claims of the kind meeting: who met or will meet whom, where, when, in what series.

A sentence counts where it tells at least one role of a meeting; a bare "the talks" adds nothing.
Being an official of a state does not make the state a party, save where two meet for theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.claims.attachment import subject_of
from kg.claims.circumstances import dates_at, follows_of, framework_of, ordinal_at, places_at
from kg.claims.dates import ahead
from kg.claims.draft import CARRIED, LIKELY, SURE, WEAK, Draft
from kg.claims.gathering import PUBLIC, hosts_of, involved_in, parties_of
from kg.claims.model import Filler
from kg.claims.occasions import (
    Occasion,
    carrying_verb,
    is_object,
    is_subject,
    meeting_words,
    occasions_in,
    partners,
)
from kg.claims.organisations import bodies
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.status import status_of

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
        present = _presence(reading, sentence, bool(told))
        if present:
            drafts.append((present, None))
        for draft in _merged(_become(drafts)):
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
    status = status_of(occasion)
    if status == "planned":
        roles = {**roles, "date": tuple(_ahead(each) for each in roles.get("date", ()))}
    denied = facts.negative and not _participle(occasion.token)
    negative = status in {"held", "planned"} and (denied or absent)
    return Draft(
        "meeting",
        sentence,
        roles,
        status="denied" if negative else status,
        polarity="negative" if negative or status == "denied" else None,
        attribution=reading.attribution(sentence, occasion.token),
        confidence=_confidence(occasion, roles),
    )


def _participle(token: Token) -> bool:
    """Tell whether "meeting in Lima" goes beside a clause, which denies nothing of it."""
    aside = token.tag_ == "VBG" and token.dep_ in {"acl", "advcl"}
    return aside and not any(child.dep_ == "neg" for child in token.children)


def _ahead(date: Filler) -> Filler:
    """Give the date of what is still to come: next Monday, not last."""
    moved = ahead(str(date.ref), date.rule or "explicit", date.anchor)
    rule = (date.rule or "").replace("last-", "next-") if moved != date.ref else date.rule
    return replace(date, ref=moved, rule=rule)


def _of_no_kind(reading: Reading, sentence: Sentence, occasion: Occasion) -> bool:
    """Tell whether it is talk of meetings in general, or with nobody of public standing."""
    token = occasion.token
    if any(each.lemma_.lower() in meeting_words().sports for each in sentence.span):
        return True
    if _convener(occasion) & meeting_words().other or _of_a_firm(reading, sentence, occasion):
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
    if token.lemma_ == "consult" and token.tag_ not in {"VBD", "VBZ", "VBP"}:
        return True
    subject = subject_of(token)
    people = subject is not None and reading.person_at(sentence, subject) is not None
    return bool(whom) and not people and not any(reading.parties(sentence, each) for each in whom)


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
        return called_off or (
            len(filled) > 1 and bool(filled & {"party", "attendee", "host", "framework", "ordinal"})
        )
    del sentence
    return filled != {"framework"} or (
        occasion.verb is not None and occasion.verb.lemma_ in meeting_words().hold
    )


def _carried_on(occasion: Occasion, filled: set[str]) -> bool:
    """Tell whether a vague word is really held, attended, dated, counted or hosted."""
    if filled & {"date", "ordinal", "host", "place"}:
        return True
    words, verb, noun = meeting_words(), occasion.verb, occasion.noun
    if verb is None or noun is None:
        return False
    taken = is_object(noun, verb) and verb.lemma_ in words.hold | words.attend
    return taken or (
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
    if roles["host"] and occasion.token.lemma_ in meeting_words().receive | {"convene"}:
        people = [each for each in roles["host"] if each.type == "person"]
        roles["attendee"] = _once((*people, *roles["attendee"]))
    return {name: _once(fillers) for name, fillers in roles.items() if fillers}


def _once(fillers: Iterable[Filler]) -> tuple[Filler, ...]:
    found: dict[str, Filler] = {}
    for filler in fillers:
        found.setdefault(filler.value, filler)
    return tuple(found.values())


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
        present = _once(
            f for head in heads for f in reading.parties(sentence, head) if f.type == "person"
        )
        if present:
            return Draft(
                "meeting", sentence, {"attendee": present}, status="held", confidence=LIKELY
            )
    return None


def _takes_part(token: Token) -> bool:
    """Tell whether it is "presided", "took part", "attended", "was in the chair", on its own."""
    lemma, children = token.lemma_.lower(), {child.lower_: child for child in token.children}
    if token.dep_ not in {"ROOT", "conj", "relcl"} or any(
        c.dep_ in {"neg", "aux"} for c in token.children
    ):
        return False
    if lemma == "take":
        return "part" in children and "in" not in children
    if lemma == "be" and "in" in children:
        return any(each.lower_ == "chair" for each in children["in"].children)
    if lemma not in meeting_words().attending:
        return False
    return not any(c.dep_ in {"dobj", "nsubjpass"} or c.lower_ == "in" for c in token.children)


def _become(drafts: list[tuple[Draft, Occasion | None]]) -> list[Draft]:
    """Make one of "met in Lima" and "in what became the first summit among them"."""
    kept: list[Draft] = []
    occasions = [each for _, each in drafts]
    for draft, occasion in drafts:
        verb = occasion.verb if occasion else None
        named = verb is not None and verb.lemma_ in meeting_words().become and _in_clause(verb)
        named = named or _rounds(occasion, occasions)
        if named and kept and not _conflict(kept[0], draft):
            roles = {**draft.roles, **kept[0].roles}
            both = {n: _once((*kept[0].roles.get(n, ()), *draft.roles.get(n, ()))) for n in roles}
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
