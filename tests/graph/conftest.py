"""One small corpus of invented articles, as records of every stage."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.articles.model import Article, Field, Rejection
from kg.claims.model import Claim, Filler
from kg.entities.model import Entity, Form, Identity, Judgement, Mention
from kg.events.model import (
    Disagreement,
    Event,
    EventLedger,
    Ground,
    Option,
    Statement,
    Value,
)
from kg.graph.model import Records
from kg.iris import Iris, content_hash

FIRST = (
    "Lithium talks in Oslo\n\nKari Moen, energy minister of Norway, met envoys of Chile in Oslo "
    "on Tuesday.\nNorway has licensed exports of gallium since last August.\n"
)
SECOND = "Oslo denies talks\n\nNo such talks took place, a ministry spokesman said.\n"

Sampler = Callable[[str], Records]


@pytest.fixture
def records() -> Records:
    return sample()


@pytest.fixture
def sampler() -> Sampler:
    """Gives the sample with a text put into every field that articles can fill."""
    return sample


@pytest.fixture
def iris() -> Iris:
    return Iris()


def sample(hostile: str = "") -> Records:
    articles = _articles(hostile)
    claims = _claims(articles, hostile)
    return Records(
        articles,
        (Rejection("broken.bin" + hostile, "not text" + hostile),),
        claims,
        _identity(claims, hostile),
        _ledger(claims, hostile),
    )


def _articles(hostile: str) -> tuple[Article, ...]:
    fields = (
        Field("title", "Lithium talks in Oslo" + hostile, "text", 0, 21),
        Field("published", "2031-05-14", "front-matter"),
        Field("author", "A. Writer" + hostile, "sidecar"),
        Field("author", "B. Writer" + hostile, "sidecar"),
        Field("url", "https://news.example/lithium", "sidecar"),
        Field("licence", "all rights reserved" + hostile, "html"),
        Field("language", "en", "record"),
    )
    return Article("a1", FIRST + hostile, fields), Article("a2", SECOND + hostile)


def _claim(article: Article, sentence: str, **given: object) -> Claim:
    start = article.text.index(sentence)
    values = {
        "start": start,
        "end": start + len(sentence),
        "quote": sentence,
        "id": content_hash(article.id, sentence, given["kind"]),
        "extractor": "rules/9.9",
        **given,
    }
    return Claim(article=article.id, **values)  # type: ignore[arg-type]  # built by keyword


def _claims(articles: tuple[Article, ...], hostile: str) -> tuple[Claim, ...]:
    first, second = articles
    met = first.text.splitlines()[2]
    day = Filler("2031-05-13", "Tuesday" + hostile, anchor="2031-05-14", rule="weekday-before")
    return (
        _claim(
            first,
            met,
            kind="meeting",
            roles={
                "party": (Filler("NO", "Norway"), Filler("CL", "Chile")),
                "attendee": (Filler("Kari Moen", "Kari Moen" + hostile),),
                "date": (day,),
                "place": (Filler("Oslo", "Oslo"),),
                "ordinal": (Filler(1, "first"),),
            },
            status="held",
            confidence=0.87,
        ),
        _claim(
            first,
            met,
            kind="post",
            roles={
                "person": (Filler("Kari Moen", "Kari Moen"),),
                "title": (Filler(text="energy minister" + hostile),),
                "of": (Filler("NO", "Norway"),),
            },
        ),
        _claim(
            first,
            "Norway has licensed exports of gallium since last August.",
            kind="control",
            roles={
                "imposer": (Filler("NO", "Norway"),),
                "item": (Filler(text="gallium", label="gallium"),),
                "date": (Filler("2030-08", "last August", anchor="2031-05-14", rule="month"),),
                "type": (Filler("licensing"),),
            },
            status="in-force",
        ),
        _claim(
            second,
            "No such talks took place",
            kind="meeting",
            roles={"party": (Filler("NO", "Oslo"),), "attendee": (Filler("Ola Berg", "Berg"),)},
            status="denied",
            polarity="negative",
            attribution=(Filler("ministry spokesman" + hostile),),
        ),
    )


_GALLIUM = "https://w3id.org/communique/concept/material/gallium"
_ENTITY_OF = {
    "NO": "state/NO",
    "CL": "state/CL",
    "Kari Moen": "person/kari-moen",
    "Ola Berg": "person/ola-berg",
    "Oslo": "place/oslo",
    "gallium": _GALLIUM,
}
_LITERAL = {"date", "ordinal", "title", "type"}


def _identity(claims: tuple[Claim, ...], hostile: str) -> Identity:
    mentions = [
        _mention(claim, role, filler)
        for claim in claims
        for role, fillers in claim.roles.items()
        for filler in fillers
        if role not in _LITERAL
    ]
    groups: dict[str, set[str]] = {}
    for mention in mentions:
        groups.setdefault(mention.ref, set()).add(mention.key)
    entities = tuple(
        _entity(ref, tuple(sorted(keys)), hostile) for ref, keys in sorted(groups.items())
    )
    judgements = (
        Judgement(
            "j1", "k1", "k2", "same", "rule/same-code" + hostile, 0.93, ("one code" + hostile,)
        ),
    )
    return Identity(tuple(mentions), judgements, entities)


def _mention(claim: Claim, role: str, filler: Filler) -> Mention:
    ref = filler.value
    kind = _ENTITY_OF[ref].split("/", 1)[0] if ref in _ENTITY_OF else "person"
    return Mention(
        id=content_hash(claim.id, role, ref),
        key=content_hash(claim.article, kind, ref),
        article=claim.article,
        claim=claim.id,
        role=role,
        type="material" if ref == "gallium" else kind,  # type: ignore[arg-type]  # as in the table
        ref=ref,
        form=filler.text or ref,
        start=claim.start,
        end=claim.start + 4,
    )


def _entity(ref: str, keys: tuple[str, ...], hostile: str) -> Entity:
    identifier = _ENTITY_OF[ref]
    if ref == "gallium":
        return Entity(identifier, "material", "gallium", (), keys, concept=identifier)
    forms = (
        Form(ref + hostile, ("a1",)),
        Form("misread" + hostile, ("a2",), "garbled", "letters" + hostile),
    )
    kind = identifier.split("/")[0]
    codes = {"iso3166-1": ref} if kind == "state" else None
    return Entity(identifier, kind, ref + hostile, forms, keys, codes)  # type: ignore[arg-type]


def _ledger(claims: tuple[Claim, ...], hostile: str) -> EventLedger:
    met, held, control, denied = (claim.id for claim in claims)
    norway, moen = Value("entity", "state/NO"), Value("entity", "person/kari-moen")
    berg = Value("entity", "person/ola-berg")
    label = "Talks of Norway and Chile" + hostile
    events = (
        Event(
            "meeting/2031-05-13-cl-no-1a2b",
            "meeting",
            label,
            (
                Statement("party", norway, (met, denied), ("a1", "a2"), 2),
                Statement("attendee", moen, (met,), ("a1",), 1),
                Statement("attendee", berg, (denied,), ("a2",), 1),
                Statement("date", Value("date", "2031-05-13"), (met,), ("a1",), 1),
                Statement("ordinal", Value("number", "1"), (met,), ("a1",), 1),
            ),
            (met, denied),
            ("a1", "a2"),
            2,
            status=("held", "denied"),
            polarity=("negative",),
            relations=(("produced", "document/none"),),
            grounds=(Ground("produced", "document/none", (held, met), ("a1",), 1),),
        ),
        Event(
            "holding/77aa",
            "post",
            "Kari Moen, energy minister" + hostile,
            (
                Statement("person", moen, (held,), ("a1",), 1),
                Statement(
                    "title", Value("string", "energy minister" + hostile), (held,), ("a1",), 1
                ),
                Statement("of", norway, (held,), ("a1",), 1),
            ),
            (held,),
            ("a1",),
            1,
        ),
        Event(
            "measure/88bb",
            "control",
            "Licensing of gallium" + hostile,
            (
                Statement("imposer", norway, (control,), ("a1",), 1),
                Statement("item", Value("entity", _GALLIUM), (control,), ("a1",), 1),
                Statement("type", Value("concept", "licensing"), (control,), ("a1",), 1),
            ),
            (control,),
            ("a1",),
            1,
            status=("in-force",),
        ),
    )
    disagreement = Disagreement(
        "d1",
        "meeting/2031-05-13-cl-no-1a2b",
        "attendee",
        "closed-list",
        "One article lists those present without her" + hostile,
        (Option(moen, (met,), ("a1",), 1), Option(None, (denied,), ("a2",), 1)),
    )
    about = {claim: event.id for event in events for claim in event.claims}
    return EventLedger(events, (disagreement,), about)
