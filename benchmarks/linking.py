"""How well entities and events are linked across articles, given right claims.

A folder of texts with gold claims and a `links.json` (which claims are about one event, which
names are one entity) in, figures out: MUC, B³ and CEAF-e of claims by event, their mean (CoNLL),
B³ of names by entity, and precision and recall of what each event is said to be.

    python -m benchmarks.linking corpus/events-1 corpus/events-2 [--faults] [--gold-entities]
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped,unused-ignore]

from kg import edtf, pipeline
from kg.articles.model import Article
from kg.claims.model import Claim, Filler
from kg.entities.mentions import LITERAL, mentions_of
from kg.entities.model import Entity, Identity, Mention
from kg.events.model import EventLedger
from kg.events.resolve import resolve
from kg.events.statements import one_date
from kg.iris import content_hash
from kg.terms import KINDS

Partition = Mapping[Hashable, Hashable]
"""Each item with the name of the group that it belongs to."""
_TYPED = ("person", "organisation", "place", "framework")
LINKED = [kind for kind in KINDS if kind != "utterance"]


@dataclass(frozen=True, slots=True)
class Figure:
    """Precision and recall, of which F1 is the harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"{self.precision:.3f} / {self.recall:.3f} / {self.f1:.3f}"


@dataclass(frozen=True, slots=True)
class Linked:
    """A folder with its gold links and what the stages make of its gold claims."""

    folder: Path
    claims: tuple[Claim, ...]
    events: Partition  # claim -> gold event
    names: Mapping[tuple[str, str], str]  # (article, ref) -> gold entity
    identity: Identity
    ledger: EventLedger


def muc(gold: Partition, found: Partition) -> Figure:
    """Links kept (Vilain et al. 1995)."""

    def kept(one: Partition, other: Partition) -> float:
        groups = _groups(one).values()
        pieces = [len({other[item] for item in group}) for group in groups]
        links = sum(len(group) - 1 for group in groups)
        return (sum(map(len, groups)) - sum(pieces)) / links if links else 1.0

    return Figure(kept(found, gold), kept(gold, found))


def b_cubed(gold: Partition, found: Partition) -> Figure:
    """Share of each item's group that is right, over all items (Bagga and Baldwin 1998)."""

    def share(one: Partition, other: Partition) -> float:
        mine, theirs = _groups(one), _groups(other)
        every = [len(mine[one[i]] & theirs[other[i]]) / len(mine[one[i]]) for i in one]
        return sum(every) / len(every) if every else 1.0

    return Figure(share(found, gold), share(gold, found))


def ceaf_e(gold: Partition, found: Partition) -> Figure:
    """Likeness of groups aligned one to one (Luo 2005, phi 4)."""
    one, other = list(_groups(gold).values()), list(_groups(found).values())
    if not one or not other:
        return Figure(0.0, 0.0)
    alike = np.array([[2 * len(a & b) / (len(a) + len(b)) for b in other] for a in one])
    rows, columns = linear_sum_assignment(alike, maximize=True)
    total = float(alike[rows, columns].sum())
    return Figure(total / len(other), total / len(one))


def conll(gold: Partition, found: Partition) -> float:
    """The mean F1 of MUC, B³ and CEAF-e, as the CoNLL 2012 task has it."""
    return sum(each(gold, found).f1 for each in (muc, b_cubed, ceaf_e)) / 3


def linked(folder: Path, *, given: bool = False) -> Linked:
    """Read a folder and link its gold claims; who is who is found, or `given` by gold."""
    links = json.loads((folder / "links.json").read_text("utf-8"))
    names = {(a, ref): name for name, own in links["entities"].items() for a, ref in own}
    corpus = pipeline.read([folder])
    claims: list[Claim] = []
    number: dict[tuple[str, int], str] = {}
    for article in corpus.articles:
        values = json.loads((folder / f"{article.id}.json").read_text("utf-8"))
        for place, gold in enumerate(values["claims"]):
            claim = claim_of(article, place, gold, names)
            number[article.id, place] = claim.id
            claims.append(claim)
    identity, ledger = pipeline.resolve(claims, corpus.articles)
    if given:
        identity = as_given(identity, names)
        ledger = resolve(claims, identity, {each.id: each for each in corpus.articles})
    return Linked(
        folder,
        tuple(claims),
        {number[a, int(n)]: name for name, own in links["events"].items() for a, n in own},
        names,
        identity,
        ledger,
    )


def as_given(identity: Identity, names: Mapping[tuple[str, str], str]) -> Identity:
    """Give the identity that gold says; what gold does not name stays as it was found."""
    entity = {key: each for each in identity.entities for key in each.groups}
    own: dict[str, Entity] = {}
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for mention in identity.mentions:
        name = _name_of(mention, names)
        found = entity[mention.key]
        key = name.replace(":", "/") if name and not found.concept else found.id
        known = own.get(key, found)
        fuller = found if len(found.label) > len(known.label) else known
        own[key] = replace(fuller, id=key)
        groups[key].add(mention.key)
    entities = (replace(own[key], groups=tuple(sorted(groups[key]))) for key in sorted(own))
    return replace(identity, entities=tuple(entities))


def claim_of(
    article: Article, place: int, gold: Mapping[str, Any], names: Mapping[tuple[str, str], str]
) -> Claim:
    """Make the record of a gold claim; what a name stands for is known, as a reader knows it."""

    def filler(values: Mapping[str, Any]) -> Filler:
        known = [names.get((article.id, str(values.get(key)))) for key in ("ref", "label", "text")]
        kind = next(filter(None, known), "").partition(":")[0]
        typed: Any = kind if kind in _TYPED else None
        return Filler(values.get("ref"), values.get("text"), values.get("label"), typed)

    return Claim(
        article=article.id,
        id=content_hash(article.id, place),
        kind=gold["kind"],
        start=gold["start"],
        end=gold["end"],
        quote=gold["quote"],
        roles={role: tuple(map(filler, own)) for role, own in gold["roles"].items()},
        modality=gold.get("modality"),
        status=gold.get("status"),
        polarity=gold.get("polarity"),
        attribution=tuple(map(filler, gold.get("attribution", []))),
    )


def event_figures(told: Linked, kinds: Iterable[str]) -> tuple[Partition, Partition]:
    """Give gold and found groups of the claims of some kinds."""
    wanted = set(kinds)
    own = [each.id for each in told.claims if each.kind in wanted and each.id in told.events]
    return {each: told.events[each] for each in own}, {
        each: told.ledger.about[each] for each in own
    }


def entity_figures(told: Linked) -> tuple[Partition, Partition]:
    """Give gold and found groups of the names that gold tells apart, each once an article."""
    entity = {key: each.id for each in told.identity.entities for key in each.groups}
    gold: dict[Hashable, Hashable] = {}
    found: dict[Hashable, Hashable] = {}
    for mention in told.identity.mentions:
        name = _named(mention, told)
        if name and mention.key in entity:
            gold[mention.key], found[mention.key] = name, entity[mention.key]
    return gold, found


def role_figures(told: Linked, *, pieces: bool = True) -> Figure:
    """Compare what events are said to be: their roles with the values of these.

    What an event states is right where the gold event that most of its claims are about has it:
    of one that fell into `pieces`, each is so compared, and what only its smaller pieces say
    counts as missed. Without pieces, what these say counts as wrong as well. A date is right where
    one that means the same day, month or year is given, a text in whatever case and with whatever
    article, quotation marks and plural it stands.
    """
    own, about = event_figures(told, LINKED)
    gold, found = _told(told, own), _stated(told, set(about.values()))
    aligned = _aligned(own, about)
    missed = right = 0
    for name, values in gold.items():
        given = found.get(aligned.get(name), set())
        hits = sum(any(_same(value, other) for other in given) for value in values)
        right, missed = right + hits, missed + len(values) - hits
    stated = sum(map(len, found.values()))
    true = right
    if pieces:
        home = _home(own, about)
        true = sum(
            any(_same(value, other) for other in gold[home[event]])
            for event, values in found.items()
            for value in values
        )
    return Figure(true / max(1, stated), right / max(1, right + missed))


def _home(gold: Partition, found: Partition) -> dict[Hashable, Hashable]:
    """Give for each found event the gold event that most of its claims are about."""
    homes = {}
    for event, own in _groups(found).items():
        count = Counter(gold[each] for each in own)
        homes[event] = min(count, key=lambda name: (-count[name], str(name)))
    return homes


def faults(told: Linked) -> Iterable[str]:
    """Tell which gold groups are split and which are thrown together."""
    for title, (gold, found) in {
        "event": event_figures(told, LINKED),
        "entity": entity_figures(told),
    }.items():
        for name, own in sorted(_groups(gold).items(), key=str):
            parts = Counter(found[each] for each in own)
            if len(parts) > 1:
                yield f"split {title} {name}: " + ", ".join(f"{k} ×{n}" for k, n in parts.items())
        for name, own in sorted(_groups(found).items(), key=str):
            parts = Counter(gold[each] for each in own)
            if len(parts) > 1:
                yield f"mixed {title} {name}: " + ", ".join(f"{k} ×{n}" for k, n in parts.items())


def table(every: Iterable[Linked]) -> str:
    """Write the figures of folders as a Markdown table."""
    lines = ["| corpus | what | P / R / F1 | items | groups |", "|---|---|---|--:|--:|"]
    for told in every:
        for kind in [*LINKED, None]:
            gold, found = event_figures(told, [kind] if kind else LINKED)
            if not gold:
                continue
            lines.append(
                f"| {told.folder.name} | events: {kind or 'all'}, CoNLL {conll(gold, found):.3f} | "
                f"B³ {b_cubed(gold, found)} | {len(gold)} | {len(_groups(gold))} |"
            )
        gold, found = entity_figures(told)
        lines.append(
            f"| {told.folder.name} | entities, CoNLL {conll(gold, found):.3f} | "
            f"B³ {b_cubed(gold, found)} | {len(gold)} | {len(_groups(gold))} |"
        )
        strict = role_figures(told, pieces=False)
        lines.append(f"| {told.folder.name} | roles of events | {role_figures(told)} | | |")
        lines.append(f"| {told.folder.name} | roles of events, one to one | {strict} | | |")
    return "\n".join(lines) + "\n"


def _aligned(gold: Partition, found: Partition) -> dict[Hashable, Hashable]:
    one, other = _groups(gold), _groups(found)
    names, events = list(one), list(other)
    alike = np.array([[len(one[a] & other[b]) for b in events] for a in names])
    rows, columns = linear_sum_assignment(alike, maximize=True)
    return {names[row]: events[column] for row, column in zip(rows, columns, strict=True)}


def _told(told: Linked, own: Partition) -> dict[Hashable, set[tuple[str, str]]]:
    """Give what gold says of each event; of dates that mean one day, the most precise."""
    found: defaultdict[Hashable, set[tuple[str, str]]] = defaultdict(set)
    for mention in mentions_of(told.claims):
        if mention.role != "attribution" and mention.claim in own:
            value = _named(mention, told) or mention.ref
            found[own[mention.claim]].add((mention.role, value))
    dates: defaultdict[Hashable, list[str]] = defaultdict(list)
    for claim in told.claims:
        for role in (each for each in LITERAL if claim.id in own):
            for filler in claim.fillers(role):
                if role == "date":
                    dates[own[claim.id]].append(filler.value)
                else:
                    found[own[claim.id]].add((role, filler.value.casefold()))
    for event, every in dates.items():
        found[event] |= {("date", value) for value in one_date(every).values()}
    return found


def _stated(told: Linked, events: set[Hashable]) -> dict[Hashable, set[tuple[str, str]]]:
    """Give what the ledger says of events, entities by the gold name that most of them bear."""
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    entity = {key: each.id for each in told.identity.entities for key in each.groups}
    for mention in told.identity.mentions:
        names[entity[mention.key]][_named(mention, told) or mention.ref] += 1
    best = {each: min(own, key=lambda n: (-own[n], n)) for each, own in names.items()}
    return {
        event.id: {
            (each.role, best.get(each.value.value) or each.value.value.casefold())
            if each.role != "date"
            else (each.role, each.value.value)
            for each in event.statements
        }
        for event in told.ledger.events
        if event.id in events
    }


def _same(left: tuple[str, str], right: tuple[str, str]) -> bool:
    if left[0] == right[0] == "date":
        return edtf.compatible(left[1], right[1])
    return left[0] == right[0] and (left[1] == right[1] or _plain(left[1]) == _plain(right[1]))


def _plain(text: str) -> str:
    words = re.findall(r"\w+", text.casefold())
    return " ".join(word.rstrip("s") for word in words if word not in ("the", "a", "an"))


def _named(mention: Mention, told: Linked) -> str | None:
    return _name_of(mention, told.names)


def _name_of(mention: Mention, names: Mapping[tuple[str, str], str]) -> str | None:
    for ref in (mention.ref, mention.form):
        if (mention.article, ref) in names:
            return names[mention.article, ref]
    return None


def _groups(partition: Partition) -> dict[Hashable, set[Hashable]]:
    groups: defaultdict[Hashable, set[Hashable]] = defaultdict(set)
    for item, group in partition.items():
        groups[group].add(item)
    return dict(groups)


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    asked.add_argument("folders", nargs="+", type=Path)
    asked.add_argument("--faults", action="store_true", help="tell what is split and what is mixed")
    asked.add_argument("--gold-entities", action="store_true", help="who is who is given by gold")
    given = asked.parse_args()
    every = [linked(folder, given=given.gold_entities) for folder in given.folders]
    print(table(every), end="")
    for each in every if given.faults else ():
        print(*faults(each), sep="\n")


if __name__ == "__main__":
    main()
