"""A register that grows and is corrected is the register of what it holds."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from kg.claims.model import ArticleClaims, Claim
from kg.entities import blocking
from kg.entities.model import (
    Entity,
    EntityChanges,
    Identity,
    IdentityView,
    Judgement,
    Mention,
    NameProfile,
)
from kg.entities.register import Register
from kg.entities.resolve import resolve
from kg.shelves import Shelves

Make = Callable[..., Claim]
Articles = Mapping[str, Sequence[Claim]]

SURNAMES = ("Noh", "Roh", "Tabata", "Holm", "Diop", "Lee", "Kim")
GIVEN = ("Min-ja", "Minja", "Ken", "Gen", "Ida", "Omar", "A.", "")
TITLES = ("Minister of Salt", "Salt Minister", "Grain Minister", "President", "Minister")
STATES = ("KR", "KP", "JP", "NO", "EU")
BODIES = (
    "Salt Ministry", "Norwegian Salt Ministry", "Ministry of Salt of Norway", "World Salt Fund",
    "World Salt Fund (WSF)", "WSF", "Ministry", "Commerce Ministry", "Ministry of Commerce",
)  # fmt: skip
PLANS = ("Action Plan", "Salt Action Plan", "Salt Road Forum", "Salt Road Forum (SRF)", "SRF")
PLACES = ("Springfield", "Springfield, D.C.", "Rome", "the capital")
THINGS = ("gallium", "salt domes", "the Salt Domes", "salt mills/salt mills", "rare earths")


def story(make: Make, article: str, draw: random.Random) -> list[Claim]:
    """Make the claims of an article on people and bodies whose names are easily confused."""
    people = [
        " ".join(draw.sample((draw.choice(GIVEN), draw.choice(SURNAMES)), 2)).strip()
        for _ in range(draw.randint(1, 4))
    ]
    claims = [
        make(article, "post", person=person, title=draw.choice(TITLES), of=draw.choice(STATES))
        for person in people
        if draw.random() < 0.6
    ]
    claims += [
        make(
            article,
            "meeting",
            attendee=people,
            party=draw.sample(STATES, 2),
            place=draw.choice(PLACES),
            follows=draw.choice(("Salt Harbour", "Salt Harbour Summit", "talks")),
        ),
        make(article, "utterance", speaker=draw.choice(BODIES), attribution="an official"),
        make(article, "commitment", actor=draw.choice(BODIES), framework=draw.choice(PLANS)),
        make(article, "commitment", actor=draw.choice(STATES), topic=draw.choice(THINGS)),
    ]
    return claims


def stories(make: Make, count: int, seed: int) -> dict[str, list[Claim]]:
    return {
        f"{seed}-{number:03}": story(make, f"{seed}-{number:03}", random.Random(f"{seed}{number}"))
        for number in range(count)
    }


@dataclass
class Desk:
    """A register over shelves in memory, and the articles that it holds."""

    shelves: Shelves
    register: Register

    def put(
        self, articles: Mapping[str, Sequence[Claim] | None], said: Iterable[Judgement] = ()
    ) -> EntityChanges:
        """Put in articles or, where there are no claims, take them out."""
        shelf = self.shelves.shelf("claims", ArticleClaims)
        for article, claims in articles.items():
            if claims is None:
                shelf.drop(article)
            else:
                shelf.put(article, ArticleClaims(tuple(claims)))
        return self.register.update(list(articles), said)


def desk(path: Path | None = None) -> Desk:
    shelves = Shelves(path)
    return Desk(shelves, Register(shelves))


def whole(articles: Articles, said: Iterable[Judgement] = ()) -> Identity:
    return resolve([claim for own in articles.values() for claim in own], {}, said)


@dataclass(frozen=True)
class Seen:
    """All that a view says at one time."""

    entities: dict[str, Entity]
    articles: dict[str, dict[str, str]]
    profiles: dict[str, NameProfile]
    judgements: dict[str, Judgement]


def seen(register: Register, articles: Iterable[str]) -> Seen:
    groups = {article: dict(register.groups_of(article)) for article in articles}
    return Seen(
        {each.id: each for each in register.entities()},
        {article: found for article, found in groups.items() if found},
        {each.key: each for each in register.profiles()},
        {each.id: each for each in register.judgements()},
    )


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    keys = before.keys() | after.keys()
    return {key for key in keys if before.get(key) != after.get(key)}


def check(changes: EntityChanges, before: Seen, after: Seen) -> None:
    """The changes told are those that there are, neither more nor fewer."""
    assert changes.entities == differing(before.entities, after.entities)
    assert changes.articles == differing(before.articles, after.articles)
    assert changes.profiles == differing(before.profiles, after.profiles)
    assert changes.judgements == differing(before.judgements, after.judgements)


def judged(identity: Identity, draw: random.Random, number: int) -> Judgement:
    """A person's judgement on two groups or profiles of one kind."""
    groups: dict[str, list[str]] = {}
    for mention in identity.mentions:
        groups.setdefault(mention.type, []).append(mention.key)
    for profile in identity.profiles:
        groups.setdefault(profile.kind, []).append(profile.key)
    kind = draw.choice(("person", "person", "organisation", "framework"))
    left, right = sorted(draw.sample(sorted(set(groups[kind])), 2))
    verdict = draw.choice(("same", "different", "unsure"))
    return Judgement(f"said-{number}", left, right, verdict, "Ann Reader", 1.0)  # type: ignore[arg-type]  # one of three


@pytest.mark.parametrize("seed", range(4))
def test_what_a_register_holds_says_who_is_who_however_it_came(make: Make, seed: int) -> None:
    """Articles come one by one and in batches, go and are replaced, persons judge and take back."""
    draw = random.Random(seed)
    supply = stories(make, 24, seed)
    held: dict[str, list[Claim]] = {}
    said: list[Judgement] = []
    tables = desk()
    before = seen(tables.register, supply)
    for step in range(18):
        change: dict[str, list[Claim] | None] = {}
        for article in draw.sample(sorted(supply), draw.choice((1, 1, 2, 6))):
            if article in held and draw.random() < 0.6:
                change[article] = None
            elif article in held:
                change[article] = story(make, article, random.Random(f"{seed}{step}"))
            else:
                change[article] = supply[article]
        if held and draw.random() < 0.6:
            said = [each for each in said if draw.random() < 0.8]
            said.append(judged(whole(held), draw, step))
        held |= {article: claims for article, claims in change.items() if claims is not None}
        held = {
            article: own for article, own in held.items() if change.get(article, own) is not None
        }
        changes = tables.put(change, said)
        after = seen(tables.register, supply)
        check(changes, before, after)
        before = after
        assert tables.register.identity() == whole(held, said)
    assert len(held) > 3


def test_the_order_of_articles_does_not_matter(make: Make) -> None:
    supply = stories(make, 30, 9)
    expected = whole(supply)
    for seed in range(3):
        order = sorted(supply)
        random.Random(seed).shuffle(order)
        one_by_one = desk()
        for article in order:
            one_by_one.put({article: supply[article]})
        assert one_by_one.register.identity() == expected
    assert len(expected.entities) > 30
    assert {each.verdict for each in expected.judgements} == {"same", "different", "unsure"}


def test_blocks_that_become_crowded_and_empty_again_leave_no_trace(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocking, "LIMITS", dict.fromkeys(blocking.LIMITS, 3))
    supply = stories(make, 30, 5)
    few = {article: supply[article] for article in sorted(supply)[:8]}
    more = {article: claims for article, claims in supply.items() if article not in few}
    tables = desk()
    before = seen(tables.register, supply)
    for change in (few, more, dict.fromkeys(more), more):
        changes = tables.put(change)
        after = seen(tables.register, supply)
        check(changes, before, after)
        before = after
    assert tables.register.identity() == whole(supply)
    tables.put(dict.fromkeys(more))
    assert tables.register.identity() == whole(few)
    tables.put(dict.fromkeys(few))
    assert tables.register.identity() == Identity((), (), ())


def test_a_register_is_found_again_in_its_file(make: Make, tmp_path: Path) -> None:
    supply = stories(make, 12, 2)
    first = desk(tmp_path / "shelves.db")
    first.put(dict(sorted(supply.items())[:6]))
    first.shelves.commit()
    first.shelves.close()
    again = desk(tmp_path / "shelves.db")
    again.put(dict(sorted(supply.items())[6:]))
    assert again.register.identity() == whole(supply)


def test_the_view_and_the_whole_say_the_same(make: Make) -> None:
    supply = stories(make, 12, 3)
    tables = desk()
    tables.put(supply)
    view: IdentityView = tables.register
    identity = tables.register.identity()
    for entity in identity.entities:
        bare = replace(
            entity, groups=(), forms=tuple(replace(f, articles=()) for f in entity.forms)
        )
        assert view.entity(entity.id) == bare
        articles = {article for form in entity.forms for article in form.articles}
        assert set(view.articles_of(entity.id)) >= articles
        for article in articles:
            here = {form.form for form in entity.forms if article in form.articles}
            assert set(view.attested(article)[entity.id]) == here
    found: list[Mention] = []
    for article in sorted(supply):
        found += view.mentions(article)
        for group, key in view.groups_of(article).items():
            assert article in view.articles_of(key)
            profile = view.profile_of(group)
            told = view.entity(key)
            assert told
            assert (profile is None) == (told.type in ("state", "bloc", "topic", "material"))
            assert profile is None or view.profile(profile) in identity.profiles
    assert tuple(found) == identity.mentions
    for judgement in identity.judgements:
        assert view.judgement(judgement.id) == judgement
        assert view.profile(judgement.left)
        assert view.profile(judgement.right)
    assert view.entity("person/nobody") is None
    assert view.judgement("none") is None


def test_one_more_article_on_what_is_known_changes_no_entity(make: Make) -> None:
    claims = [make("a", "post", person="Ida Holm", title="Salt Minister", of="NO")]
    again = [make("b", "post", person="Ida Holm", title="Salt Minister", of="NO")]
    tables = desk()
    tables.put({"a": claims})
    changes = tables.put({"b": again})
    assert changes == EntityChanges(frozenset(), frozenset({"b"}), frozenset(), frozenset())
    assert tables.register.articles_of("person/ida-holm") == ("a", "b")


def test_groups_of_one_name_are_one_profile_and_need_no_judgement(make: Make) -> None:
    claims = [make(article, "utterance", speaker="Ida Holm") for article in "abc"]
    identity = resolve(claims, {})
    assert identity.judgements == ()
    assert [(each.kind, each.name) for each in identity.profiles] == [("person", "Ida Holm")]


def test_a_person_parts_two_groups_of_one_profile_and_takes_it_back(make: Make) -> None:
    claims = {article: [make(article, "utterance", speaker="Ida Holm")] for article in "abc"}
    tables = desk()
    tables.put(claims)
    left, right = sorted(group for each in "ab" for group in tables.register.groups_of(each))
    said = Judgement("x", left, right, "different", "Ann Reader", 1.0)
    changes = tables.put({}, [said])
    homes = [tuple(tables.register.groups_of(article).values()) for article in "abc"]
    assert len(set(homes)) == 2
    assert changes.judgements == {"x"}
    assert tables.register.judgement("x") == said
    tables.put({})
    assert {tuple(tables.register.groups_of(article).values()) for article in "abc"} == {
        ("person/ida-holm",)
    }


def test_an_id_with_a_suffix_is_never_that_of_another_name(make: Make) -> None:
    claims = [
        make("a", "post", person="Kim Min-ja", title="Salt Minister", of="KR"),
        make("b", "post", person="Kim Min-ja", title="Grain Minister", of="KP"),
        make("c", "utterance", speaker="Kim Min-ja Kr"),
    ]
    both = [each.id for each in resolve(claims[:2], {}).entities if each.type == "person"]
    assert both == ["person/kim-min-ja-kp", "person/kim-min-ja-kr"]
    tables = desk()
    for claim in claims:
        tables.put({claim.article: [claim]})
    ids = [each.id for each in tables.register.entities() if each.type == "person"]
    assert len(set(ids)) == 3
    assert tables.register.identity() == resolve(claims, {})


def test_a_name_meant_within_its_article_stands_for_what_is_named_in_full_there(
    make: Make,
) -> None:
    claims = [
        make("a", "commitment", actor="NO", framework="Salt Memorandum (MOU)"),
        make("a", "commitment", actor="SE", framework="MOU"),
        make("b", "commitment", actor="NO", framework="MOU"),
    ]
    found = [each for each in resolve(claims, {}).entities if each.type == "framework"]
    assert sorted((each.label, len(each.groups)) for each in found) == [
        ("MOU", 1),
        ("Salt Memorandum (MOU)", 2),
    ]
