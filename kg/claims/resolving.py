"""From noun phrases to actors: a token of a sentence in, states, persons and bodies out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kg.claims.heads import factual_quote, heads, of_main_clause, once, whole
from kg.claims.model import Filler
from kg.claims.naming import Naming, is_place
from kg.claims.offices import Title, offices, singular
from kg.claims.organisations import bodies
from kg.claims.paragraphs import Paragraphs
from kg.claims.reference import (
    FIRST,
    ONE,
    PLURAL,
    SELF,
    SINGULAR,
    Part,
    Trail,
    Turn,
    is_bare_number,
    is_definite,
    is_document,
    is_plural,
    lemma_of,
    nouns,
    number_of,
)
from kg.claims.sentences import Sentence
from kg.claims.serving import Service
from kg.claims.transcripts import Transcript

OWNING: Final = frozenset({"of", "from", "between", "among", "by"})
EARLY: Final = 6  # sentences in which a statement names whose it is
BODY_NOUNS: Final = bodies().heads | bodies().called | nouns().bodies


class Resolver:
    """Answers whom a noun phrase of one article stands for."""

    def __init__(
        self, paragraphs: Paragraphs, persons: dict[str, str], body_names: dict[str, str]
    ) -> None:
        self._paragraphs = paragraphs
        self.service = Service(paragraphs, persons, body_names, self._pronoun)
        self.transcript = Transcript(persons, paragraphs.article, paragraphs.named())
        self._trail = Trail()
        self._naming = Naming(self.service, persons)
        self._we: tuple[Filler, ...] = ()  # who says "we, the ministers of …"
        self._met: tuple[
            Filler, ...
        ] = ()  # "the ministers of A, B and C" whom an article begins with
        self._named: dict[
            str, tuple[Filler, ...]
        ] = {}  # by the noun: whose ministers were spoken of
        self._turns: dict[int, Filler | None] = {}  # of a transcript: where one begins, whose

    def follow(self, sentences: Iterable[Sentence]) -> None:
        """Read all sentences in order, taking note of who is named where."""
        for sentence in sentences:
            page = self._paragraphs.page(sentence)
            speaker = self.transcript.speaker(sentence)
            if speaker or (self.transcript.is_interview and self.transcript.begins(sentence)):
                self._turns[sentence.start] = speaker
            if speaker:
                self._trail.add(Turn(sentence.start, "subject", (speaker,)))
            for turn in self._naming.turns(sentence, page):
                self._trail.add(turn)
            for head in self._paragraphs.subjects[sentence.index]:
                if head.lower_ not in SELF:
                    self._trail.add(self._subject(sentence, head))

    # ---- answers ------------------------------------------------------------------------

    def parties(self, sentence: Sentence, token: Token) -> tuple[Filler, ...]:
        """Give the actors of the noun phrase headed by a token, with those listed beside it."""
        found: list[Filler] = []
        for head in heads(token):
            for filler in self._one(sentence, head):
                if all(filler.value != other.value for other in found):
                    found.append(filler)
        return tuple(found)

    def states_of(self, sentence: Sentence, head: Token) -> tuple[Filler, ...]:
        """Give the states that own a noun phrase: "Japanese", "Japan's", "of Japan and Peru"."""
        page = self._paragraphs.page(sentence)
        left = head.left_edge.i
        title = page.title(head.i)
        starts = {head.i, title.start} if title else {head.i}
        hits = [hit for hit in page.hits if left <= hit.start < head.i or hit.end in starts]
        for child in head.rights:
            if child.dep_ == "prep" and child.lower_ in OWNING and child.i - head.i <= 4:
                inside = range(child.i, child.right_edge.i + 1)
                first = next((hit for hit in page.hits if hit.start in inside), None)
                if first and first.start - child.i <= 3:
                    hits.extend(page.hits_from(first))
        if not hits and is_plural(head):
            inside = range(head.i, min(head.right_edge.i + 1, head.i + 8))
            first = next((hit for hit in page.hits if hit.start in inside), None)
            if (
                first
                and len(page.hits_from(first)) > 1
                and page.doc[first.start - 1].lower_ in OWNING | {"the"}
            ):
                hits.extend(page.hits_from(first))
        return once(self.service.state_filler(sentence, hit) for hit in hits)

    # ---- one noun phrase ----------------------------------------------------------------

    def _one(self, sentence: Sentence, head: Token) -> tuple[Filler, ...]:
        head = whole(head)
        named = head.text == "US" or self._paragraphs.page(sentence).hit(head.i) is not None
        if not named and (
            head.pos_ == "PRON" or head.lower_ in FIRST | ONE | SINGULAR | PLURAL | SELF
        ):
            return self._pronoun(sentence, head)
        return (
            self._name(sentence, head)
            or self._apposed(sentence, head)
            or self._noun(sentence, head)
        )

    def _apposed(self, sentence: Sentence, head: Token) -> tuple[Filler, ...]:
        """Resolve "the economist Ann Lee", "its chairman, Ann Lee" to the name beside it."""
        page = self._paragraphs.page(sentence)
        for child in head.rights:
            if child.dep_ == "appos" and child.i - head.i < 8:
                person = page.person(child.i)
                if person:
                    return (self.service.person_filler(sentence, person),)
                body = page.body(child.i)
                if body and body.sort == "organisation" and head.lemma_.lower() in BODY_NOUNS:
                    return (self.service.body_filler(sentence, body),)
        return ()

    def _name(self, sentence: Sentence, head: Token) -> tuple[Filler, ...]:
        """Resolve a head that is a name of a state, a person or a body."""
        page = self._paragraphs.page(sentence)
        person = page.person(head.i)
        if person:
            return tuple(
                self.service.person_filler(sentence, each) for each in page.people_with(person)
            )
        body = page.body(head.i)
        hit = page.hit(head.i)
        if body and not (hit and hit.start <= body.start and hit.end >= body.end):
            return (
                (self.service.body_filler(sentence, body),) if body.sort == "organisation" else ()
            )
        if hit is None or is_place(page, hit):
            return ()
        run = [each for each in page.hits_around(hit) if not is_place(page, each)]
        return once(self.service.state_filler(sentence, each) for each in run)

    def _pronoun(self, sentence: Sentence, head: Token) -> tuple[Filler, ...]:
        at, word = sentence.offset(head), head.lower_
        if word in SINGULAR and head.head.dep_ == "parataxis":
            at = sentence.start  # "…, it said, …": who was spoken of before the sentence
        apposed = next((c for c in head.rights if c.dep_ == "appos"), None)
        if word in FIRST and apposed is not None:
            self._we = self._one(sentence, apposed) or self._we
            return self._we
        if word in FIRST:
            return self._carried(sentence, head, self._speakers(sentence, head))
        turn: Turn | None = None
        at = min(at, _clause_start(sentence, head))
        if word in SELF:
            return self._carried(sentence, head, self._speaker(at, sentence, head))
        if word in SINGULAR:
            turn = self._trail.one_thing(at, sentence.start)
        elif word in PLURAL:
            turn = self._trail.several(at)
        elif word in ONE:
            turn = self._her_own(sentence, head) or self._trail.one_person(at, sentence.start)
        elif word in {"who", "which", "that"} and head.head.dep_ == "relcl":
            return self._one(sentence, head.head.head) if head.head.head.pos_ != "PRON" else ()
        return self._carried(sentence, head, turn.fillers if turn else ())

    def _her_own(self, sentence: Sentence, head: Token) -> Turn | None:
        """Find the state that "she" is in papers of old: the subject of the same sentence."""
        if head.lower_ not in {"she", "her"} or head.head.lemma_ in nouns().saying:
            return None
        at = sentence.offset(head)
        before = (turn for turn in self._trail.before(at) if turn.part in {"subject", "clause"})
        last = next(before, None)
        state = last is not None and last.sort == "state" and len(last.fillers) == 1
        return last if last and state and last.offset >= sentence.start else None

    def _speaker(self, at: int, sentence: Sentence, head: Token) -> tuple[Filler, ...]:
        """Give who "I" is: whose turn it is in a transcript, or who is quoted."""
        said = [place for place in self._turns if place <= at]
        if said:
            return once(each for each in (self._turns[said[-1]],) if each)
        turn = self._trail.one_person(at)
        return turn.fillers if turn and factual_quote(sentence, head) else ()

    def _speakers(self, sentence: Sentence, head: Token) -> tuple[Filler, ...]:
        """Give who "we" are: those named behind it, the issuing parties, or the speaker's state."""
        at = sentence.offset(head)
        page = self._paragraphs.page(sentence)
        named = next((hit for hit in page.hits if 0 < hit.start - head.i <= 3), None)
        if named and len(page.hits_from(named)) > 1:
            return once(self.service.state_filler(sentence, hit) for hit in page.hits_from(named))
        said = self._speaker(at, sentence, head) if self._turns else ()
        quoted = () if said or not factual_quote(sentence, head) else self._quoted(sentence, head)
        sides = once(s for who in quoted for s in self.service.acts_for(who) or (who,))
        known = sides or (self.service.acts_for(said[0]) if said else ())
        known = known or self._we or self._issuer()
        if known:
            return known
        release = self._paragraphs.releasing_state
        if release and (said or not factual_quote(sentence, head)):
            return (Filler(ref=release, type="state"),)
        if said or not factual_quote(sentence, head):
            return said  # whoever else was spoken of does not speak; else a paper does
        turn, speaker = self._trail.set_of(at, None, "state"), self._trail.one_person(at)
        if speaker:
            return self.service.acts_for(speaker.fillers[0]) or speaker.fillers
        return turn.fillers if turn else ()

    def _quoted(self, sentence: Sentence, head: Token) -> tuple[Filler, ...]:
        """Give who is said to say what stands in quotation marks around a token."""
        verbs = [
            token
            for token in sentence.tokens
            if token.lemma_ in nouns().saying and not factual_quote(sentence, token)
        ]
        for verb in sorted(verbs, key=lambda each: (each.i < head.i, abs(each.i - head.i))):
            for child in verb.children:
                if child.dep_ in {"nsubj", "dobj"} and child.lower_ not in FIRST | SELF:
                    found = self.parties(sentence, child)
                    if found and all(each.type == "person" for each in found):
                        return found
        return ()

    def _issuer(self) -> tuple[Filler, ...]:
        """Give who issued the article, where it is itself a statement of states."""
        for sentence in self._paragraphs.sentences[:3]:
            if not any(token.lemma_.lower() in nouns().joint for token in sentence.span):
                continue
            hits = self._paragraphs.hits(sentence)
            if len({hit.ref for hit in hits}) > 1:
                return once(self.service.state_filler(sentence, hit) for hit in hits)
            return self._met
        return ()

    def _noun(self, sentence: Sentence, head: Token) -> tuple[Filler, ...]:
        """Resolve a common noun: a government, a set of states or persons, a title, a body."""
        lemma = lemma_of(head)
        pointed = self._pointed(sentence, head, lemma) or self._staffed(sentence, head, lemma)
        if pointed:
            return pointed
        title = self._paragraphs.page(sentence).title(head.i)
        owners = self.states_of(sentence, head) or self._states_behind(sentence, head)
        one_state = lemma in nouns().governments and len(owners) == 1
        if title and is_plural(head) and not owners and self._is_new(sentence, head):
            return ()
        if title and (not (owners and is_plural(head)) or one_state):
            return self._titled(sentence, head, title, owners)
        if owners and lemma in nouns().governments:
            if is_plural(head) and len(owners) > 1:
                self._named[lemma] = owners
                self._met = self._met or (owners if sentence.index < EARLY else ())
            return self._carried(sentence, head, owners)
        if is_document(head) and lemma in nouns().joint:
            return self._carried(sentence, head, self._issuers(sentence, head))
        return self._set(sentence, head, lemma) or self._definite_body(sentence, head, lemma)

    def _states_behind(self, sentence: Sentence, head: Token) -> tuple[Filler, ...]:
        """Give the states of "leaders of the three countries", "the two countries' ministers"."""
        if not is_plural(head):
            return ()
        for child in head.children:
            inner = child if child.dep_ == "poss" else next(iter(child.children), child)
            owning = child.dep_ == "poss" or child.lower_ in {"of", "from"}
            if owning and is_plural(inner) and inner.lemma_.lower() in nouns().states:
                found = self._noun(sentence, inner)
                return found if all(each.type in {"state", "bloc"} for each in found) else ()
        return ()

    def _is_new(self, sentence: Sentence, head: Token) -> bool:
        """Tell whether holders of a title are others than those named: "leaders of the ABCD"."""
        before = {t.lower_ for t in head.doc[max(sentence.span.start, head.i - 4) : head.i]}
        bare = number_of(head) is None and not head.is_sent_start and not before & {"the", "both"}
        if bare and not is_definite(head):
            return True
        page = self._paragraphs.page(sentence)
        owned = [c for c in head.lefts if c.dep_ == "poss"]
        owned += [n for c in head.rights if c.lower_ in {"of", "from"} for n in c.children]
        return any(page.body(each.i) or each.pos_ == "PROPN" for each in owned)

    def _pointed(self, sentence: Sentence, head: Token, lemma: str) -> tuple[Filler, ...]:
        """Resolve "the former", "the latter", "their governments", "her government"."""
        if head.lower_ in {"former", "latter"} and is_definite(head):
            pair = self._trail.pair(sentence.offset(head))
            which = 0 if head.lower_ == "former" else 1
            return self._carried(sentence, head, pair.fillers[which : which + 1] if pair else ())
        edge = head.left_edge
        if edge.lower_ == "their" and is_plural(head) and lemma in nouns().governments:
            owners = self._pronoun(sentence, edge)
            states = all(owner.type in {"state", "bloc"} for owner in owners)
            return self._carried(sentence, head, owners) if states and len(owners) > 1 else ()
        whose = next((c for c in head.lefts if c.lower_ in {"his", "her"}), None)
        if whose is None or lemma not in nouns().state:
            return ()
        served = [s for p in self._pronoun(sentence, whose) for s in self.service.acts_for(p)]
        return self._carried(sentence, head, served)

    def _staffed(self, sentence: Sentence, head: Token, lemma: str) -> tuple[Filler, ...]:
        """Resolve "staff of the Development Bank", "experts from the agency" to the body."""
        if lemma not in nouns().staff:
            return ()
        page = self._paragraphs.page(sentence)
        for child in head.rights:
            for noun in child.children:
                body = page.body(noun.i) if child.lower_ in {"of", "from"} else None
                if body is not None and body.sort == "organisation":
                    return (self.service.body_filler(sentence, body),)
        return ()

    def _titled(
        self, sentence: Sentence, head: Token, title: Title, owners: tuple[Filler, ...]
    ) -> tuple[Filler, ...]:
        """Resolve a title without a name to the person, or persons, who were given it."""
        at = sentence.offset(head)
        states = {owner.value for owner in owners}
        wanted = {t.lower_.removesuffix("s") for t in sentence.span.doc[title.start : title.end]}
        persons = self._trail.named(at, "person")
        if states:
            persons = [p for p in persons if states & {s.value for s in self.service.acts_for(p)}]
        fitting = self._with_equals(at, head, [p for p in persons if self._bears(p, wanted)])
        if is_plural(head) or title.plural:
            number = number_of(head)
            many = fitting if len(fitting) > 1 else persons if states and len(persons) > 1 else []
            group = self._named.get(lemma_of(head), ())
            if not owners and len(group) > max(len(many), number or 2) and is_definite(head):
                return self._carried(sentence, head, group)
            turn = self._trail.set_of(at, number, "person")
            found = tuple(reversed(many)) or (turn.fillers if turn else ())
            if not found:
                return self._set(sentence, head, lemma_of(head)) or self._carried(
                    sentence, head, owners
                )
            return self._carried(sentence, head, found)
        if fitting:
            return self._carried(sentence, head, fitting[:1])
        return self._carried(sentence, head, owners)

    def _with_equals(self, at: int, head: Token, fitting: list[Filler]) -> list[Filler]:
        """Take "the ministers" for all of the last set of them, a secretary of state among them."""
        if not is_plural(head):
            return fitting
        turn = self._trail.set_of(at, number_of(head), "person")
        if turn is None or not {p.value for p in fitting} & {p.value for p in turn.fillers}:
            return fitting
        ranks = next((each for each in offices().ranks if singular(head.text) in each), ())
        equal = [p for p in turn.fillers if any(self._bears(p, {rank}) for rank in ranks)]
        return equal[::-1] if len(equal) == len(turn.fillers) else fitting

    def _bears(self, person: Filler, wanted: set[str]) -> bool:
        titles = self._naming.titles.get(person.value, [])
        return any(wanted <= {word.removesuffix("s") for word in t.split()} for t in titles)

    def _set(self, sentence: Sentence, head: Token, lemma: str) -> tuple[Filler, ...]:
        """Resolve "the three countries", "both sides", "the two leaders", "the country"."""
        if not is_definite(head) and not head.is_sent_start:
            return ()
        at, number = sentence.offset(head), number_of(head)
        turn: Turn | None = None
        if is_bare_number(head):
            turn = self._several_of(at, nouns().numbers[head.lower_])
        elif is_plural(head) or number:
            if lemma in nouns().persons:
                turn = self._trail.set_of(at, number, "person") or self._trail.set_of(
                    at, number, "state"
                )
            elif lemma in nouns().states:
                turn = self._states(at, number)
        elif lemma == "bloc":
            return self._carried(sentence, head, self._trail.named(at, "bloc")[:1])
        elif lemma in nouns().state:
            turn = self._ruling(at) if lemma in nouns().ruling else None
            turn = turn or self._trail.single(at, "state")
        return self._carried(sentence, head, turn.fillers if turn else ())

    def _several_of(self, at: int, number: int) -> Turn | None:
        """Find who "the two" are: the nearer of the last sets of so many persons or states."""
        sets = (self._trail.set_of(at, number, sort) for sort in ("person", "state"))
        return max((turn for turn in sets if turn), key=_offset, default=None)

    def _ruling(self, at: int) -> Turn | None:
        """Find whose "the government" is: the last state to act, or that of the last official."""
        for turn in self._trail.before(at):
            if turn.part not in {"subject", "clause"} or len(turn.fillers) != 1:
                continue
            states = self.service.acts_for(turn.fillers[0])
            if states:
                return Turn(turn.offset, "subject", states)
        return None

    def _states(self, at: int, number: int | None) -> Turn | None:
        """Find a set of states: as listed, else those that the last persons act for."""
        turn = self._trail.set_of(at, number, "state")
        persons = self._trail.set_of(at, number, "person")
        if turn is None and persons:
            states = once(
                state for each in persons.fillers for state in self.service.acts_for(each)
            )
            return Turn(persons.offset, "listed", states) if len(states) > 1 else None
        return turn

    def _issuers(self, sentence: Sentence, head: Token) -> tuple[Filler, ...]:
        """Give who issued a joint document: those it is said to be of, else the last set."""
        owners = self.states_of(sentence, head)
        own = next((c for c in head.lefts if c.lower_ in SINGULAR | ONE), None)
        if own is not None:  # "its declaration" is nobody else's
            return self._pronoun(sentence, own)
        if len(owners) > 1:
            return owners
        turn = self._trail.set_of(sentence.offset(head), None, "state")
        return turn.fillers if turn else owners

    def _definite_body(self, sentence: Sentence, head: Token, lemma: str) -> tuple[Filler, ...]:
        """Resolve "the ministry" to the last body of that kind."""
        if lemma not in BODY_NOUNS or not is_definite(head):
            return ()
        for body in self._trail.named(sentence.offset(head), "organisation"):
            own = set(body.value.lower().split())
            private = lemma in {"company", "firm"} and not own & bodies().public
            if lemma in own or private:
                return self._carried(sentence, head, (body,))
        return ()

    # ---- wording ------------------------------------------------------------------------

    def _carried(
        self, sentence: Sentence, head: Token, fillers: Iterable[Filler]
    ) -> tuple[Filler, ...]:
        first = head.left_edge.i
        if first < sentence.span.start or head.i - first > 12 or head.pos_ == "PRON":
            first = head.i
        start, end = sentence.place(first, head.i + 1)
        text = sentence.words(first, head.i + 1)
        return tuple(replace(each, text=text, start=start, end=end) for each in fillers)

    # ---- the trail ----------------------------------------------------------------------

    def _subject(self, sentence: Sentence, head: Token) -> Turn:
        document = is_document(head) and not self._paragraphs.page(sentence).person(head.i)
        part: Part = "subject" if of_main_clause(head) else "clause"
        found = self.parties(sentence, head)
        says = head.head.lemma_ in nouns().saying and head.tag_ == "NN"
        body = head.lemma_.lower() in BODY_NOUNS or head.lemma_.lower() in nouns().state
        unnamed = says and not found and not document and not body
        return Turn(sentence.offset(head), part, found, document, unnamed)


def _offset(turn: Turn) -> int:
    return turn.offset


def _clause_start(sentence: Sentence, head: Token) -> int:
    """Give where the subject stands whose object a pronoun is: it cannot mean that subject."""
    verb = head.head
    while verb.dep_ in {"prep", "agent", "dative"} and verb.head.i != verb.i:
        verb = verb.head
    if head.dep_ not in {"dobj", "pobj", "dative"} or verb.pos_ != "VERB":
        return sentence.offset(head)
    own = (c for c in verb.lefts if c.dep_ in {"nsubj", "nsubjpass"})
    return min((sentence.offset(each) for each in own), default=sentence.offset(head))
