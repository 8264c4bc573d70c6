"""Mentions of diplomatic meetings in a sentence: tokens in, occasions out.

An occasion is a noun ("the fourth ministerial") or a verb ("met with") with the verb that carries
it. A noun that may mean something else counts only beside states, persons or a date, and a
meeting of another kind (a press conference, a board meeting, a match) is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from spacy.tokens import Doc, Span, Token

from kg.claims.attachment import SUBJECTS, subject_of
from kg.claims.pages import Page
from kg.resources import lexicon

VERBS: Final = frozenset({"VERB", "AUX"})
NOUNS: Final = frozenset({"NOUN", "PROPN"})
REACH: Final = 14  # tokens from a verb of meeting to its "with"
LINKS: Final = frozenset({"-", "–", "—", "'s", "'", "/", "(", ")", '"'})
CLIMB: Final = frozenset(
    {
        "prep",
        "pobj",
        "dobj",
        "nsubj",
        "nsubjpass",
        "attr",
        "conj",
        "appos",
        "agent",
        "compound",
        "oprd",
        "dative",
        "nmod",
        "poss",
        "pcomp",
        "npadvmod",
        "obl",
    }
)


@dataclass(frozen=True, slots=True)
class MeetingWords:
    """The data of `meetings.yaml`."""

    nouns: frozenset[str]
    vague: frozenset[str]
    never: frozenset[str]
    other: frozenset[str]
    hold: frozenset[str]
    host: frozenset[str]
    attend: frozenset[str]
    meet: frozenset[str]
    phrasal: Mapping[str, tuple[str, ...]]
    call: frozenset[str]
    visit: frozenset[str]
    motion: frozenset[str]
    attending: frozenset[str]
    receive: frozenset[str]
    happen: frozenset[str]
    planned: frozenset[str]
    cancelled: frozenset[str]
    denied: frozenset[str]
    ordinals: Mapping[str, int]
    tens: Mapping[str, int]
    participants: frozenset[str]
    origins: frozenset[str]
    sports: frozenset[str]
    sides: frozenset[str]
    series: frozenset[str]
    venues: frozenset[str]
    become: frozenset[str]
    personal: frozenset[str]
    phone: frozenset[str]


@cache
def meeting_words() -> MeetingWords:
    """Give the lexicon of meetings."""
    words: MeetingWords = lexicon("claims", "meetings.yaml", MeetingWords)
    return words


@dataclass(frozen=True, slots=True)
class Occasion:
    """A meeting that a sentence mentions: its word, and the verb that tells of it if any."""

    token: Token
    verb: Token | None
    noun: Token | None  # the meeting's noun; for "met for talks" the one below the verb

    @property
    def targets(self) -> frozenset[int]:
        """Give the tokens on which its date and place may hang."""
        tokens = {self.token.i}
        tokens |= {each.i for each in (self.verb, self.noun) if each is not None}
        tokens |= {clause.i for clause in self.clauses} | set(self._sides())
        motion = self.motion
        return frozenset(tokens | ({motion.i} if motion is not None else set()))

    def _sides(self) -> Iterator[int]:
        """Yield the nouns of "on the sidelines of the assembly"."""
        for child in self.token.children:
            for side in child.children:
                if child.dep_ == "prep" and side.lemma_.lower() in meeting_words().sides:
                    yield side.i
                    yield from (
                        p.i for of in side.children for p in of.children if p.dep_ == "pobj"
                    )

    @property
    def clauses(self) -> tuple[Token, ...]:
        """Give the verbs that tell more of the meeting's noun: "held in Lima and attended by X"."""
        nouns = [self.noun] if self.noun is not None else []
        for noun in nouns[:1]:
            nouns += [
                p for c in noun.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"
            ]
        found = [c for noun in nouns for c in noun.children if c.dep_ in {"acl", "relcl"}]
        if self.verb is not None and self.noun is not None and is_subject(self.noun, self.verb):
            found += [c for c in self.verb.children if c.dep_ == "advcl" and c.tag_ == "VBN"]
        for clause in found[:]:
            found += [c for c in clause.children if c.dep_ == "conj" and c.pos_ in VERBS]
        return tuple(found)

    @property
    def motion(self) -> Token | None:
        """Give the verb of "flew to Lima to meet X", which tells where and when."""
        above = self.token.head
        purpose = self.token.pos_ == "VERB" and self.token.dep_ in {"advcl", "xcomp"}
        return above if purpose and above.lemma_ in meeting_words().motion else None


def occasions_in(span: Span, page: Page) -> Iterator[Occasion]:
    """Yield the meetings that a sentence mentions, each once, verbs first."""
    covered: set[int] = set()
    for token in span:
        if token.pos_ == "VERB" and _is_meeting_verb(token):
            noun = _noun_below(token)
            if noun is not None:
                covered.add(noun.i)
            yield Occasion(token, token, noun)
    for token in span:
        if token.i not in covered and is_meeting_noun(token, page):
            yield Occasion(token, carrying_verb(token), token)


def is_meeting_noun(token: Token, page: Page) -> bool:
    """Tell whether a token is a noun for a diplomatic meeting, by itself and what narrows it."""
    word = token.lemma_.lower() if token.pos_ in NOUNS else ""
    word = word if word in meeting_words().nouns else token.lower_.removesuffix("s")
    if word not in meeting_words().nouns - meeting_words().never or token.pos_ not in NOUNS:
        return False
    if _narrows(token) and (token.dep_ == "compound" or word == "ministerial"):
        return False
    if page.person(token.i) or _other_kind(token):
        return False
    body = page.body(token.i)
    if body is not None and body.sort == "framework" and _of_a_meeting(page.doc[body.start]):
        return False
    if word == "talk":
        return token.tag_ in {"NNS", "NNPS"}
    return word != "call" or _phone_call(token)


def _of_a_meeting(first: Token) -> bool:
    """Tell whether a name follows "meeting of the"."""
    before = [token.lemma_.lower() for token in first.doc[max(first.i - 3, 0) : first.i]]
    return "of" in before and bool(set(before) & meeting_words().nouns)


def _narrows(token: Token) -> bool:
    """Tell whether a noun only narrows the meeting noun behind it: "summit meeting"."""
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return following is not None and following.lemma_.lower() in meeting_words().nouns


def _other_kind(token: Token) -> bool:
    words = {
        child.lower_ for child in token.lefts if child.dep_ in {"compound", "amod", "nmod", "poss"}
    }
    words |= {
        each.lower_ for child in token.lefts if child.dep_ == "compound" for each in child.lefts
    }
    before = token.doc[token.i - 1].lower_ if token.i else ""
    return bool((words | {before}) & meeting_words().other)


def _phone_call(token: Token) -> bool:
    before = {child.lower_ for child in token.lefts}
    with_whom = any(child.lower_ in {"with", "between"} for child in token.rights)
    return bool(before & {"phone", "telephone", "video", "conference"}) or with_whom


def _is_meeting_verb(token: Token) -> bool:
    words, lemma = meeting_words(), token.lemma_.lower()
    if lemma == "join":
        return _joins_people(token)
    if lemma in words.phrasal and _phrasal(token):
        return True
    if lemma in words.meet:
        return _has_partner(token) if lemma == "meet" else _gathers(token)
    if lemma in words.receive | words.phone and _receives(token):
        return True
    if lemma == "see":
        return _sees_somebody(token)
    return lemma in words.call and (bool(partners(token)) or _by_phone(token))


def _phrasal(token: Token) -> bool:
    """Tell whether it is "sat down", "came together", "called on the minister"."""
    wanted = meeting_words().phrasal[token.lemma_.lower()]
    for child in token.children:
        if child.lower_ not in wanted or child.i - token.i > 3:
            continue
        whom = [each for each in child.children if each.dep_ == "pobj"]
        if child.lower_ != "on" or any(
            each.pos_ == "PROPN" and each.ent_type_ != "GPE" for each in whom
        ):
            return not any(c.dep_ in {"xcomp", "dobj"} for c in token.children)
    return False


def _receives(token: Token) -> bool:
    """Tell whether somebody receives people: "hosted leaders", "received her counterpart"."""
    dobj = next((child for child in token.children if child.dep_ == "dobj"), None)
    return dobj is not None and (_personal(dobj) or dobj.ent_type_ == "PERSON")


def _by_phone(token: Token) -> bool:
    """Tell whether several spoke by telephone or video, with nobody named behind."""
    phone = {"telephone", "phone", "video", "videolink", "videoconference", "call"}
    return any(
        each.lower_ in phone
        for child in token.children
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "via", "over", "on"}
        for each in child.subtree
    )


def _sees_somebody(token: Token) -> bool:
    """Tell whether it is "see each other", or somebody who travels to see somebody."""
    dobj = next((child for child in token.children if child.dep_ == "dobj"), None)
    if dobj is None:
        return False
    each_other = dobj.lower_ == "other" and token.doc[dobj.i - 1].lower_ == "each"
    journey = token.head.lemma_ in meeting_words().motion or token.dep_ == "xcomp"
    travels = journey and dobj.pos_ == "PROPN"
    return each_other or travels


def partners(verb: Token) -> tuple[Token, ...]:
    """Give whom a verb of meeting or talking has by "with", also over "by telephone with"."""
    found: list[Token] = []
    for token in verb.subtree:
        if (
            token.i <= verb.i
            or token.i > verb.i + REACH
            or token.lower_ != "with"
            or token.dep_ != "prep"
        ):
            continue
        above = token.head
        if (
            above.i == verb.i
            or above.lower_
            in {"telephone", "phone", "together", "separately", "video", "videolink"}
            or (above.head.i == verb.i and above.dep_ in {"npadvmod", "advmod"})
        ) or (above.dep_ == "pobj" and above.head.head.i == verb.i):
            found += [child for child in token.children if child.dep_ == "pobj"]
    return tuple(found)


def _joins_people(token: Token) -> bool:
    """Tell whether it is "were joined by": those already met."""
    passive = any(child.dep_ == "auxpass" for child in token.children)
    return passive and any(child.dep_ == "agent" for child in token.children)


def _gathers(token: Token) -> bool:
    """Tell whether "gathered", "convened" and the like have nothing else as their object."""
    dobj = next((child for child in token.children if child.dep_ == "dobj"), None)
    if token.lemma_ in {"convene", "reconvene", "co-host", "cohost"}:
        return dobj is None or not _meetinglike(dobj)
    return (dobj is None and token.lemma_ != "consult") or bool(partners(token))


def _meetinglike(token: Token) -> bool:
    return token.lemma_.lower() in meeting_words().nouns


def _has_partner(token: Token) -> bool:
    """Tell whether "met" means people: "with X", or X as its object, or several as subject."""
    dobj = next((child for child in token.children if child.dep_ == "dobj"), None)
    if dobj is not None:
        return (
            dobj.pos_ == "PROPN" or dobj.ent_type_ in {"PERSON", "GPE", "NORP"} or _personal(dobj)
        )
    subject = subject_of(token)
    plural = subject is not None and (
        subject.tag_ in {"NNS", "NNPS"}
        or any(c.dep_ == "conj" for c in subject.children)
        or subject.lower_ in {"they", "we", "both"}
        or subject.lemma_.lower() in meeting_words().series
    )
    return bool(partners(token)) or plural


def _personal(token: Token) -> bool:
    return token.lemma_.lower() in meeting_words().personal


def _noun_below(verb: Token) -> Token | None:
    """Give the meeting noun that a verb of meeting takes with it: "met for the fourth summit"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in {"for", "in", "at", "during"}:
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.lemma_.lower() in meeting_words().nouns:
                    return noun
    return None


def carrying_verb(noun: Token) -> Token | None:
    """Give the verb that tells of a meeting: "held", "took place", "was attended"."""
    current = noun
    for _ in range(6):
        if current.dep_ not in CLIMB or current.head.i == current.i:
            return None
        current = current.head
        if current.pos_ in VERBS:
            return current if current.lemma_ not in {"say", "tell", "report", "state"} else None
    return None


def left_edge(noun: Token, floor: int) -> int:
    """Give where the noun phrase of a meeting begins, by token order: over hyphens and names."""
    doc, at = noun.doc, noun.i
    while at > floor and noun.i - at < 18 and _in_phrase(noun.doc, at - 1, floor):
        at -= 1
    while at < noun.i and doc[at].lower_ in {"and", "of", "the", "-", "'s", "'"}:
        at += 1
    return at


def _in_phrase(doc: Doc, i: int, floor: int) -> bool:
    token = doc[i]
    if token.pos_ in {"PROPN", "ADJ", "NOUN", "NUM"} or token.lower_ in LINKS:
        return True
    if (
        token.lower_ not in {"and", "of", "the", ",", "for", "on"}
        or i - 1 < floor
        or i + 1 >= len(doc)
    ):
        return False
    return doc[i + 1].text[:1].isupper() and doc[i - 1].text[:1].isupper()


def ordinal_of(token: Token, floor: int) -> tuple[int, Token] | None:
    """Give the ordinal of a meeting and its token: "the fourth round" 4."""
    for each in reversed(token.doc[left_edge(token, floor) : token.i]):
        found = _ordinal(each)
        if found is not None and not _of_another(each, token):
            return found, each
    return None


def _of_another(ordinal: Token, noun: Token) -> bool:
    """Tell whether an ordinal counts something else: "its first ladies' meeting", a date."""
    following = noun.doc[ordinal.i + 1]
    return following.lower_ in {
        "vice",
        "deputy",
        "lady",
        "ladies",
        "class",
        "time",
        "half",
        "quarter",
        "of",
    }


def _tens(token: Token) -> int:
    """Give the tens before an ordinal: "thirty-second" 30."""
    if token.i < 2 or token.doc[token.i - 1].text != "-":
        return 0
    return meeting_words().tens.get(token.doc[token.i - 2].lower_, 0)


def first_time(verb: Token) -> Token | None:
    """Give the ordinal of "met for the first time"."""
    for token in verb.subtree:
        if token.lower_ == "time" and token.i > verb.i:
            return next((each for each in token.lefts if _ordinal(each)), None)
    return None


def ordinal_value(token: Token) -> int:
    """Give the number of an ordinal."""
    return _ordinal(token) or 0


def _ordinal(token: Token) -> int | None:
    low = token.lower_
    if low in meeting_words().ordinals:
        return meeting_words().ordinals[low] + _tens(token)
    digits = low.rstrip("stndrh")
    return int(digits) if low != digits and digits.isdigit() and len(digits) < 4 else None


def is_object(noun: Token, verb: Token) -> bool:
    """Tell whether a meeting is what a verb does or goes to: "held talks", "took part in talks"."""
    path = path_to(noun, verb)
    while path and path[0] in {"appos", "nmod", "compound"}:
        path = path[1:]
    return (
        path[:1] == ["dobj"]
        or (path[:2] == ["pobj", "prep"] and verb.lemma_ in meeting_words().attend)
        or (path[:1] == ["conj"] and "dobj" in path)
    )


def is_subject(noun: Token, verb: Token) -> bool:
    """Tell whether a meeting is the subject of a verb: "talks were held"."""
    return bool(set(path_to(noun, verb)) & SUBJECTS)


def path_to(token: Token, above: Token) -> list[str]:
    """Give the arcs from a token up to another one."""
    path: list[str] = []
    while token.i not in {above.i, token.head.i}:
        path.append(token.dep_)
        token = token.head
    return path
