"""Mentions of diplomatic meetings in a sentence: tokens in, occasions out.

An occasion is a noun ("the fourth ministerial") or a verb ("met with") with the verb that carries
it. A noun that may mean something else counts only beside states, persons or a date, and a
meeting of another kind (a press conference, a board meeting, a match) is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Span, Token

from kg.claims.attachment import SUBJECTS
from kg.claims.encounters import REACH, is_meeting_verb, partners
from kg.claims.meeting_words import meeting_words
from kg.claims.pages import Page

__all__ = ["Occasion", "meeting_words", "occasions_in", "partners"]

VERBS: Final = frozenset({"VERB", "AUX"})
NOUNS: Final = frozenset({"NOUN", "PROPN"})
ADJECTIVES: Final = frozenset({"bilateral", "trilateral", "ministerial", "plenary"})
HEADING: Final = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "appos"})
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


def _clausal(token: Token) -> bool:
    """Tell whether it is a clause on a noun, "due in Lima on Monday" being one."""
    due = token.lower_ == "due" and token.i > token.head.i
    after = any(c.dep_ == "mark" and c.lower_ in {"after", "before"} for c in token.lefts)
    return (token.dep_ in {"acl", "relcl"} and not after) or due


def _loose(noun: Token) -> Iterator[Token]:
    """Yield clauses on words below a meeting's noun that tell of it: "talks with X held in Y"."""
    words = meeting_words()
    telling = words.happen | words.hold | words.host | words.attend | words.cancelled
    stack = [c for c in noun.rights if c.dep_ in {"prep", "appos"}]
    while stack:
        token = stack.pop(0)
        if token.i - noun.i > REACH:
            return
        for child in token.children:
            if _clausal(child) and token.dep_ != "prep":
                held = next((c for c in child.children if c.dep_ == "xcomp"), child)
                who = any(each.lower_ in {"who", "whose"} for each in child.lefts)
                if held.lemma_ in telling | {"due"} and not who and held.tag_ != "VBG":
                    yield held
            elif child.dep_ in {"pobj", "prep", "conj", "appos"} and child.i > token.i:
                stack.append(child)


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
        verb = None if self.told_about else self.verb
        tokens |= {each.i for each in (verb, self.noun) if each is not None}
        tokens |= {clause.i for clause in self.clauses} | set(self._sides())
        motion = self.motion
        return frozenset(tokens | ({motion.i} if motion is not None else set()))

    @property
    def told_about(self) -> bool:
        """Whether a text is about it: "a story published on 3 May about the talks"."""
        prep = self.noun.head if self.noun is not None else self.token.head
        verb = self.verb
        told = verb is not None and not self.acts and prep.head == verb and verb.dep_ == "acl"
        return told and prep.lower_ in {"about", "on", "regarding", "concerning"}

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
        found = [c for noun in nouns for c in noun.children if _clausal(c)]
        found += [c for noun in nouns[:1] for c in _loose(noun)]
        if self.verb is not None and self.noun is not None and is_subject(self.noun, self.verb):
            found += [c for c in self.verb.children if c.dep_ == "advcl" and c.tag_ == "VBN"]
        for clause in found[:]:
            found += [c for c in clause.children if c.dep_ == "conj" and c.pos_ in VERBS]
            last = _what_happens(clause)
            found += [last] if last.i != clause.i else []
        return tuple(found)

    @property
    def acts(self) -> bool:
        """Tell whether its word is a verb: "met", not "the meeting"."""
        return self.verb is not None and self.verb.i == self.token.i

    @property
    def past(self) -> bool:
        """Tell whether the verb that tells of it is in the pluperfect: "had been due"."""
        told = self.verb or self.token
        return any(child.lower_ == "had" for each in (told, told.head) for child in each.children)

    @property
    def motion(self) -> Token | None:
        """Give the verb of "flew to Lima to meet X", which tells where and when."""
        above = self.token.head
        purpose = self.token.pos_ == "VERB" and self.token.dep_ in {"advcl", "xcomp"}
        if above.lemma_ == "be":  # "is due in Lima to see X"
            above = next((c for c in above.children if c.dep_ == "acomp"), above)
        return above if purpose and above.lemma_ in meeting_words().motion else None


def occasions_in(span: Span, page: Page) -> Iterator[Occasion]:
    """Yield the meetings that a sentence mentions, each once, verbs first."""
    covered: set[int] = set()
    for token in span:
        opening = token.lower_ == "meeting" and token.dep_ == "advcl"  # "Meeting in Lima, they …"
        if (token.pos_ == "VERB" or opening) and is_meeting_verb(token, page):
            noun = _noun_below(token)
            covered |= {token.i} if noun is None else {token.i, noun.i}
            yield Occasion(token, token, noun)
    for token in span:
        if token.i not in covered and is_meeting_noun(token, page):
            yield Occasion(token, carrying_verb(token), token)


def is_meeting_noun(token: Token, page: Page) -> bool:
    """Tell whether a token is a noun for a diplomatic meeting, by itself and what narrows it."""
    nominal = token.pos_ in NOUNS or (token.lower_ in ADJECTIVES and token.dep_ in HEADING)
    word = _compound_word(token) if nominal else ""
    word = word if word in meeting_words().nouns else token.lower_.removesuffix("s")
    if word not in meeting_words().nouns - meeting_words().never or not nominal:
        return _counted_series(token, page)
    if _narrows(token) and (token.dep_ == "compound" or word == "ministerial"):
        return False
    body = page.body(token.i)
    named = body is not None and body.sort == "framework" and _of_a_meeting(page.doc[body.start])
    if named or page.person(token.i) or _other_kind(token) or _is_treaty(token):
        return False
    if word == "talk":
        ahead = {each.lower_ for each in token.doc[token.i + 1 : token.i + 7]}
        return token.tag_ in {"NNS", "NNPS"} or "with" in ahead
    if word == "audience":
        return any(child.lower_ in {"with", "to"} for child in token.rights)
    return word != "call" or _phone_call(token)


def _compound_word(token: Token) -> str:
    """Give the lemma of a noun, with what a hyphen ties to it if that is a word: "round-table"."""
    word: str = token.lemma_.lower()
    before = token.doc[max(token.i - 2, 0) : token.i]
    if len(before) == 2 and before[1].text == "-":
        whole = f"{before[0].lower_}-{word}"
        return whole if whole in meeting_words().nouns else word
    return word


def _counted_series(token: Token, page: Page) -> bool:
    """Tell whether a body's name is that of its meeting: "the 12th Joint Trade Committee"."""
    if token.pos_ != "PROPN" or token.lemma_.lower() not in meeting_words().series:
        return False
    body = page.body(token.i)
    told = token.dep_ in SUBJECTS | {"dobj"} and token.head.lemma_ in (
        meeting_words().happen | meeting_words().hold | meeting_words().cancelled
    )
    return bool(body and told and ordinal_of(token, token.sent.start))


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
    if before == "general" and token.lower_ == "meeting":  # of shareholders or members
        return True
    return bool((words | {before}) & meeting_words().other)


def _is_treaty(token: Token) -> bool:
    """Tell whether a convention is a treaty: "under the Lomé Convention", "Convention of 1975"."""
    if token.lemma_.lower() != "convention":
        return False
    years = (c for of in token.rights if of.lower_ == "of" for c in of.children)
    return token.head.lower_ in {"under", "to"} or any(
        each.like_num and len(each) == 4 for each in years
    )


def _phone_call(token: Token) -> bool:
    before = {child.lower_ for child in token.lefts}
    with_whom = any(child.lower_ in {"with", "between"} for child in token.rights)
    return bool(before & {"phone", "telephone", "video", "conference"}) or with_whom


def _noun_below(verb: Token) -> Token | None:
    """Give the meeting noun that a verb of meeting takes with it: "met in Lima for the summit"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in {"for", "in", "at", "during"}:
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.lemma_.lower() in meeting_words().nouns:
                    return noun
    return _for_which(verb)


def _for_which(verb: Token) -> Token | None:
    """Give the noun of "met in Lima on the 3rd for the talks", where the parser errs."""
    for token in verb.doc[verb.i + 1 : verb.i + REACH]:
        if token.pos_ in VERBS or token.text in {";", ":"}:
            return None
        if token.dep_ == "prep" and token.lower_ == "for":
            for noun in token.children:
                if noun.dep_ == "pobj" and noun.lemma_.lower().rstrip("s") in meeting_words().nouns:
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
            told = current.lemma_ == "tell"
            if current.lemma_ in {"say", "report", "state"} or (told and is_subject(noun, current)):
                return None
            return _what_happens(current) if is_subject(noun, current) else current
    return None


def _what_happens(verb: Token) -> Token:
    """Give the verb of what happens to a subject: for "are due to resume" the last one."""
    for _ in range(3):
        below = next((c for c in verb.children if c.dep_ in {"xcomp", "acomp", "oprd"}), None)
        if below is None:
            return verb
        if below.dep_ != "xcomp":
            below = next((c for c in below.children if c.dep_ == "xcomp"), None)
        if below is None or below.lemma_ not in meeting_words().going:
            return verb
        verb = below
    return verb


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
    following = noun.doc[ordinal.i + 1].lower_
    return following in meeting_words().counted or following == "of"


def _tens(token: Token) -> int:
    """Give the tens before an ordinal: "thirty-second" 30."""
    if token.i < 2 or token.doc[token.i - 1].text != "-":
        return 0
    return meeting_words().tens.get(token.doc[token.i - 2].lower_, 0)


def ranked(noun: Token, verb: Token | None) -> tuple[int, Token] | None:
    """Give the ordinal that is said of a meeting: "was the fourth", "talks, the third since"."""
    told = [c for c in noun.children if c.dep_ == "appos"]
    for each in (verb, *(c for c in noun.children if c.dep_ == "relcl")):
        if (
            each is not None
            and each.lemma_ == "be"
            and (each.head is noun or is_subject(noun, each))
        ):
            told += [c for c in each.children if c.dep_ in {"attr", "acomp"}]
    for token in told:
        found = _ordinal(token)
        if found is not None:
            return found, token
    return None


def first_time(verb: Token) -> Token | None:
    """Give the ordinal of "met for the first time"."""
    for token in verb.subtree:
        if token.lower_ == "time" and token.i > verb.i:
            return next((each for each in token.lefts if _ordinal(each)), None)
    return None


def ordinal_value(token: Token) -> int:
    """Give the number of an ordinal."""
    return _ordinal(token) or 0


def is_ordinal(token: Token) -> bool:
    """Tell whether a word counts: "third", "5th"."""
    return _ordinal(token) is not None


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
    if path[:2] == ["pobj", "prep"] and noun.head.head.lemma_ in meeting_words().spans:
        path = path[2:]  # "concluded five days of talks"
    return (
        path[:1] == ["dobj"]
        or (path[:2] == ["pobj", "prep"] and verb.lemma_ in meeting_words().attend - {"tell"})
        or (path[:1] == ["conj"] and "dobj" in path)
        or _displaced(noun, verb, path)
    )


def _displaced(noun: Token, verb: Token, path: list[str]) -> bool:
    """Tell whether an aside parts a verb from its object: "chaired, in Lima, the first meeting"."""
    words = meeting_words()
    takes = verb.lemma_ in words.hold | words.attend | words.host and noun.i > verb.i
    aside = verb.i + 1 < len(verb.doc) and verb.doc[verb.i + 1].text == ","
    loose = bool(path) and set(path) <= {"conj", "npadvmod"}
    return takes and aside and loose and not any(c.dep_ == "dobj" for c in verb.children)


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
