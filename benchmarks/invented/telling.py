"""How one paper reports a meeting: an occasion in, an article with its claims out.

What a reader of the text would find is noted while it is written; no claim is made up afterwards.
Papers differ in wording, spelling, order, what they leave out, and now and then in the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from benchmarks.invented import chance
from benchmarks.invented.affairs import (
    BEGIN,
    Delegate,
    Measure,
    adjective_of,
    firm,
    holding,
    lexicon,
    measure,
    name_of,
    official,
    thing,
)
from benchmarks.invented.occasions import Deed, Occasion
from benchmarks.invented.page import Page, Words
from benchmarks.invented.persons import spelled, surname
from benchmarks.invented.wordings import (
    date_words,
    listing,
    ordinal_of,
    place_words,
    state_words,
    thing_words,
    title_of,
    verb_of,
    with_article,
)
from kg.articles.model import Article, Field
from kg.claims.model import Claim, Filler

_SLIP: Final = 0.02  # of the reports are a day off
_UNDATED: Final = 0.05
_AGENCY: Final = 0.3
_SAID: Final = ("said that", "told reporters that", "warned that", "stressed that", "noted that")


@dataclass(frozen=True, slots=True)
class Report:
    """Which paper reports what, and when; `manner` decides the wording, `tail` the last line."""

    occasion: Occasion
    manner: str
    published: date
    outlet: str
    tail: str
    planned: bool = False
    copied: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """An article with its claims, and what a reader cannot know: which meeting, which persons."""

    article: Article
    claims: tuple[Claim, ...]
    occasion: str
    persons: Mapping[str, str]  # name as written in the article -> key of the person


def told(number: str, report: Report) -> Written:
    """Write the article of a report."""
    telling = _Telling(number, report)
    article, claims = telling.written()
    return Written(article, claims, report.occasion.key, telling.persons)


class _Telling:
    def __init__(self, number: str, report: Report) -> None:
        self._draw = chance.of("report", report.manner)
        self._day = (report.occasion.day - BEGIN).days
        self._report = report
        self._occasion = report.occasion
        dated = chance.of("dated", number).random() >= _UNDATED
        self._published = report.published if dated else None
        self._names = {
            each.person.key: spelled(each.person, self._draw) for each in report.occasion.delegates
        }
        self.persons = {
            self._names[each.person.key]: each.person.key for each in report.occasion.delegates
        }
        agency = chance.zipf(self._draw, lexicon().agencies)
        self._agency = agency if self._draw.random() < _AGENCY else None
        self._title = self._headline()
        self._page = Page(number, self._title)

    def written(self) -> tuple[Article, tuple[Claim, ...]]:
        draw = self._draw
        self._meeting()
        self._colour()
        self._page.paragraph()
        steps = [self._utterance, self._control, self._commitments, self._concern]
        steps += [self._utterance] * (draw.random() < 0.7) + [self._official] * (
            draw.random() < 0.8
        )
        steps += [self._control] * (draw.random() < 0.7) + [self._position] * draw.choice(
            (0, 1, 1, 2)
        )
        draw.shuffle(steps)
        self._document()
        for place, step in enumerate(steps):
            step()
            if draw.random() < 0.7:
                self._colour()
            if place % 2:
                self._page.paragraph()
        self._page.tell(self._report.tail)
        return self._page.finished(self._fields())

    def _fields(self) -> list[Field]:
        fields = [
            Field("title", self._title, "sidecar"),
            Field("publisher", self._report.outlet, "sidecar"),
        ]
        if self._published:
            fields.append(Field("published", self._published.isoformat(), "sidecar"))
        return fields

    def _headline(self) -> str:
        parties = " and ".join(name_of(each) for each in self._occasion.parties[:2])
        words = lexicon().words
        return (
            f"{parties} talk {thing(self._draw)} amid {self._draw.choice(words['adjectives'])}"
            f" {self._draw.choice(words['nouns'])}"
        )

    # Meetings and who was there

    def _meeting(self) -> None:
        draw, occasion = self._draw, self._occasion
        persons: list[Words] = []
        posts: list[tuple[Delegate, Words, Words, Words]] = []
        listed: list[str | Words] = []
        for place, each in enumerate(occasion.delegates):
            title, name, state = (
                title_of(each, draw),
                self._person(each),
                state_words(each.state, draw.random() < 0.4),
            )
            persons.append(name)
            posts.append((each, title, name, state))
            listed += [] if not place else [" met " if place == 1 else " and "]
            if state.text == adjective_of(each.state):
                listed += [state, " ", title, " ", name]
            else:
                listed += [title, " ", name, " of ", *with_article(state)]
        if self._report.planned:
            listed = [" will meet " if each == " met " else each for each in listed]
        where, day = place_words(occasion.place), self._when()
        series, framework, ordinal = self._series()
        sentence = self._page.tell(*listed, " in ", where, " on ", day, *series, ".")
        roles = {"attendee": persons, "place": [where], "date": [day], **framework, **ordinal}
        if draw.random() < 0.6:
            roles["party"] = [state for _, _, _, state in posts]
        self._page.claim("meeting", sentence, roles, status=self._status())
        for _, title, name, state in posts:
            self._page.claim("post", sentence, {"person": [name], "title": [title], "of": [state]})
        if draw.random() < 0.6:
            self._meeting_again()

    def _meeting_again(self) -> None:
        """Tell once more of the states that met."""
        draw, occasion = self._draw, self._occasion
        parties = [state_words(each) for each in occasion.parties]
        plural = lexicon().offices[occasion.office].plural
        pieces = ["The ", plural, " of ", *listing(parties)]
        verb = (
            " were to see one another"
            if self._report.planned
            else draw.choice((" met", " held talks", " sat down together"))
        )
        roles = {"party": parties}
        if draw.random() < 0.5:
            where = place_words(occasion.place)
            roles["place"] = [where]
            sentence = self._page.tell(*pieces, verb, " in ", where, ".")
        else:
            day = self._when()
            roles["date"] = [day]
            sentence = self._page.tell(*pieces, verb, " on ", day, ".")
        self._page.claim("meeting", sentence, roles, status=self._status())

    def _status(self) -> str:
        return "planned" if self._report.planned else "held"

    def _series(self) -> tuple[list[str | Words], dict[str, list[Words]], dict[str, list[Words]]]:
        occasion = self._occasion
        if not occasion.framework or self._draw.random() < 0.25:
            return [], {}, {}
        framework = Words(occasion.framework, (Filler(text=occasion.framework, type="framework"),))
        if occasion.ordinal and self._draw.random() < 0.7:
            written = ordinal_of(occasion.ordinal)
            ordinal = Words(written, (Filler(ref=occasion.ordinal, type="number"),))
            return (
                [", the ", ordinal, " ", framework],
                {"framework": [framework]},
                {"ordinal": [ordinal]},
            )
        return [" under the ", framework], {"framework": [framework]}, {}

    # What came of it

    def _document(self) -> None:
        occasion = self._occasion
        if not occasion.document or self._report.planned or self._draw.random() < 0.1:
            return
        wording, type_ = occasion.document
        lead = "an " if wording[0] in "aeiou" else "a "
        title = Words(wording, (Filler(type="thing"),))
        parties = [state_words(each) for each in occasion.parties]
        day = self._when()
        deed = self._draw.choice(occasion.deeds)
        topics = [thing_words(each) for each in deed.topics]
        sentence = self._page.tell(
            *listing(parties, article=True),
            self._draw.choice((" issued ", " signed ", " adopted ")), lead, title, " on ", day,
            " and ", deed.wording, " ", deed.deed, " ", *listing(topics), *self._cited(), ".",
        )  # fmt: skip
        self._page.claim(
            "document", sentence, {"issuer": parties, "title": [title], "date": [day]}, type=type_
        )
        self._page.claim(
            "commitment",
            sentence,
            {"actor": parties, "topic": topics},
            modality=deed.modality,
            source=self._source,
        )
        if self._draw.random() < 0.6:
            self._page.paragraph()
            self._document_again(wording, type_)

    def _document_again(self, wording: str, type_: str) -> None:
        """Tell once more who signed it."""
        title = Words(wording, (Filler(type="thing"),))
        who, signed = self._together()
        sentence = self._page.tell(
            *who, " put their names to the ", title, " after talks on ", thing(self._draw), "."
        )
        self._page.claim("document", sentence, {"issuer": signed, "title": [title]}, type=type_)

    def _commitments(self) -> None:
        deeds = chance.some(self._draw, self._occasion.deeds, 1, 4)
        for deed in deeds:
            self._commitment(deed)

    def _commitment(self, deed: Deed) -> None:
        actors = self._together()
        topics = [thing_words(each) for each in deed.topics]
        pieces: list[str | Words] = [
            *actors[0],
            " ",
            deed.wording,
            " ",
            deed.deed,
            " ",
            *listing(topics),
        ]
        roles = {"actor": actors[1], "topic": topics}
        if deed.year:
            year = Words(
                str(deed.year), (Filler(ref=str(deed.year), type="date", rule="explicit"),)
            )
            pieces += [" by ", year]
            roles["date"] = [year]
        sentence = self._page.tell(*pieces, *self._cited(), ".")
        self._page.claim("commitment", sentence, roles, modality=deed.modality, source=self._source)

    def _together(self) -> tuple[list[str | Words], list[Words]]:
        """Give words for all who met: their states, or the persons together."""
        if self._draw.random() < 0.6:
            parties = [state_words(each) for each in self._occasion.parties]
            return listing(parties, article=True), parties
        persons = tuple(
            Filler(ref=self._names[each.person.key], type="person")
            for each in self._occasion.delegates
        )
        both = Words(self._draw.choice(("The ministers", "They", "The delegations")), persons)
        return [both], [both]

    def _concern(self) -> None:
        for worry in chance.some(self._draw, self._occasion.worries, 1, 2):
            state = state_words(self._occasion.parties[worry.holder])
            topics = [thing_words(each) for each in worry.topics]
            roles = {"holder": [state], "topic": topics}
            pieces: list[str | Words] = [
                *with_article(state, first=True),
                self._draw.choice((" voiced concern about ", " criticised ", " warned of ")),
            ]
            if worry.target:
                target = state_words(worry.target, adjective=True)
                roles["target"] = [target]
                pieces += [target, " policy on "]
            sentence = self._page.tell(*pieces, *listing(topics), ".")
            self._page.claim("concern", sentence, roles)

    # What goes on beside it

    def _control(self) -> None:
        one = measure(self._draw, self._day)
        imposer = state_words(one.imposer)
        items = [thing_words(each) for each in one.items]
        day = date_words(one.day, self._published, self._draw, exact=True)
        roles = {"imposer": [imposer], "item": items, "date": [day]}
        against = self._target(one)
        pieces: list[str | Words] = []
        if against:
            roles["target"] = [against]
            pieces = [" against ", against]
        sentence = self._page.tell(
            *with_article(imposer, first=True), " ", verb_of(one), " ", one.wording, " ",
            *listing(items), *pieces, " on ", day, *self._cited(), ".",
        )  # fmt: skip
        self._page.claim(
            "control", sentence, roles, type=one.type, status=one.status, source=self._source
        )

    def _target(self, one: Measure) -> Words | None:
        if self._draw.random() < 0.15:
            name = firm(self._draw)
            return Words(name, (Filler(ref=name, type="organisation"),))
        return state_words(one.target) if one.target else None

    def _position(self) -> None:
        draw = self._draw
        code, label, share = holding(draw)
        actor, item = state_words(code), thing_words(label)
        number = Words(f"{share} per cent", (Filler(ref=share, type="number"),))
        sentence = self._page.tell(
            *with_article(actor, first=True),
            draw.choice((" supplies ", " accounts for ", " refines ")), number, " of the world's ",
            item, ".",
        )  # fmt: skip
        self._page.claim(
            "position",
            sentence,
            {"actor": [actor], "item": [item], "share": [number]},
            type="dominance" if share > 50 else "producer",
        )

    def _utterance(self) -> None:
        draw = self._draw
        one = draw.choice(self._occasion.delegates)
        name = self._names[one.person.key]
        short = surname(name, one.person)
        speaker = Words(short, (Filler(ref=name, type="person"),))
        roles = {"speaker": [speaker]}
        pieces: list[str | Words] = [speaker, " ", draw.choice(_SAID), " ", *self._clause()]
        if draw.random() < 0.2:
            venue = Words("press conference", (Filler(type="thing"),))
            roles["venue"] = [venue]
            pieces += [" at a ", venue]
        sentence = self._page.tell(*pieces, ".")
        self._page.claim("utterance", sentence, roles)

    def _official(self) -> None:
        """Quote an official, or a ministry."""
        draw = self._draw
        if draw.random() < 0.2:
            self._ministry()
            return
        one = official(draw)
        written = spelled(one.person, draw)
        self.persons[written] = one.person.key
        name = Words(written, (Filler(ref=written, type="person"),))
        title, state = title_of(one, draw), state_words(one.state)
        sentence = self._page.tell(
            name,
            ", ",
            title,
            " of ",
            *with_article(state),
            ", ",
            draw.choice(_SAID),
            " ",
            *self._clause(),
            ".",
        )
        self._page.claim("post", sentence, {"person": [name], "title": [title], "of": [state]})
        self._page.claim("utterance", sentence, {"speaker": [name]})

    def _ministry(self) -> None:
        one = self._draw.choice(self._occasion.delegates)
        body = lexicon().offices[self._occasion.office].body
        text = f"{adjective_of(one.state)} {body}" if self._draw.random() < 0.6 else body
        words = Words(text, (Filler(ref=text, type="organisation"),))
        sentence = self._page.tell("The ", words, " said that ", *self._clause(), ".")
        self._page.claim("utterance", sentence, {"speaker": [words]})

    # Words that tell nothing

    def _clause(self) -> list[str]:
        words = lexicon().words
        draw = self._draw
        one, other = draw.sample(words["nouns"], 2)
        before, after = draw.sample(words["adjectives"], 2)
        return [f"{before} {one} {draw.choice(words['verbs'])} {after} {other}"]

    def _colour(self) -> None:
        clauses = [self._clause()[0] for _ in range(2)]
        joint = self._draw.choice((" while ", " and ", ", whereas ", " after ", " as "))
        self._page.tell(clauses[0][:1].upper() + clauses[0][1:], joint, clauses[1], ".")

    def _cited(self) -> list[str | Words]:
        """Name the agency that a paper goes by, in a third of its sentences."""
        self._source: Words | None = None
        if not self._agency or self._draw.random() < 0.4:
            return []
        self._source = Words(self._agency, (Filler(ref=self._agency, type="organisation"),))
        return [", ", self._source, " reported"]

    def _person(self, one: Delegate) -> Words:
        name = self._names[one.person.key]
        return Words(name, (Filler(ref=name, type="person"),))

    def _when(self) -> Words:
        slip = chance.of("slip", self._report.manner).random()
        off = timedelta(days=0 if slip > _SLIP else 1 if slip > _SLIP / 2 else -1)
        return date_words(self._occasion.day + off, self._published, self._draw)
