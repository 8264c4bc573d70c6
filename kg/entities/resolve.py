"""Stage 3: claims in, the identity of everything they speak of out.

States, blocs and concepts are told by their codes; all else is clustered from a log of
judgements. The outcome depends on the set of claims, never on their order; what is published is
a read-only view.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.articles.model import Article
from kg.claims.model import Claim
from kg.entities.canon import Attested, attested, described, label_from, state_label
from kg.entities.cluster import clustered
from kg.entities.concepts import concept_of, normal
from kg.entities.context import JUDGED, Profile, profiles_of
from kg.entities.labels import commonplace
from kg.entities.mentions import mentions_of, unnamed
from kg.entities.model import Entity, EntityKind, Identity, Judgement, Mention
from kg.iris import content_hash, slug

_SHARED_NAMES: Final = ("organisation", "framework", "occasion")


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entity before its id is known to be nobody else's."""

    kind: EntityKind
    label: str
    groups: tuple[str, ...]
    mentions: tuple[Mention, ...]
    states: frozenset[str] = frozenset()

    @property
    def own(self) -> str:
        """A hash of what it is made of, for ids that would else collide."""
        return content_hash(self.kind, self.label, *self.groups)[:8]


def resolve(
    claims: Iterable[Claim],
    articles: Mapping[str, Article],
    judgements: Iterable[Judgement] = (),
) -> Identity:
    """Say who and what the claims speak of; judgements by persons win over the rules.

    `articles` takes part for what later rules read of them (dates, copies); names and offices
    come from the claims alone.
    """
    del articles
    known = sorted(claims, key=_order)
    mentions = mentions_of(known)
    profiles = profiles_of(known, mentions)
    outcome = clustered(profiles, judgements)
    drafts = [*_told(mentions), *_judged(outcome.clusters, mentions, profiles)]
    return Identity(mentions, outcome.judgements, _entities(drafts))


def _order(claim: Claim) -> tuple[str, int, int, str, str]:
    """Order claims; an extractor that gives two of them one id shall not make it matter which."""
    manner = f"{claim.modality} {claim.status} {claim.polarity}"
    return claim.article, claim.start, claim.end, claim.id, manner


def _told(mentions: Iterable[Mention]) -> list[_Draft]:
    """Draft what a code or a concept tells: states, blocs, things."""
    grouped: defaultdict[tuple[EntityKind, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.type not in JUDGED:
            grouped[mention.type, mention.ref].append(mention)
    return [_draft(kind, ref, own) for (kind, ref), own in sorted(grouped.items())]


def _draft(kind: EntityKind, ref: str, own: Sequence[Mention]) -> _Draft:
    label = state_label(ref) if kind in ("state", "bloc") else ref
    if kind in ("topic", "material") and concept_of(ref) is None:
        label = _thing_label(ref, _counted(kind, own))
    groups = tuple(sorted({mention.key for mention in own}))
    return _Draft(kind, label, groups, tuple(own))


def _thing_label(ref: str, forms: dict[str, Attested]) -> str:
    """Prefer the wordings that say what the thing is; where none does, its normal form."""
    told = {form: own for form, own in forms.items() if normal(form) == ref}
    return label_from("topic", told) if told else ref


def _judged(
    clusters: Iterable[frozenset[str]], mentions: Iterable[Mention], profiles: Iterable[Profile]
) -> list[_Draft]:
    by_key: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_key[mention.key].append(mention)
    states = {group: profile.states for profile in profiles for group in profile.groups}
    drafts: list[_Draft] = []
    for cluster in clusters:
        groups = tuple(sorted(cluster))
        own = tuple(mention for group in groups for mention in by_key[group])
        kind = own[0].type
        label = label_from(kind, _counted(kind, own))
        at = frozenset(state for group in groups for state in states[group])
        drafts.append(_Draft(kind, label, groups, own, at))
    return drafts


def _entities(drafts: Sequence[_Draft]) -> tuple[Entity, ...]:
    """Give each draft an id that is a function of content; who shares a slug gets a suffix."""
    sharing: defaultdict[str, list[_Draft]] = defaultdict(list)
    for draft in drafts:
        sharing[_path(draft)].append(draft)
    found = [
        _entity(draft, path if len(rivals) == 1 else f"{path}-{_suffix(draft, rivals)}")
        for path, rivals in sharing.items()
        for draft in rivals
    ]
    return tuple(sorted(found, key=lambda entity: (entity.type, entity.id)))


def _path(draft: _Draft) -> str:
    if draft.kind in ("state", "bloc"):
        return f"{draft.kind}/{draft.mentions[0].ref}"
    if draft.kind in ("topic", "material"):
        ref = draft.mentions[0].ref
        concept = concept_of(ref)
        return concept.concept if concept else f"topic/{slug(ref)}"
    path = f"{draft.kind}/{slug(draft.label)}"
    vague = draft.kind in _SHARED_NAMES and commonplace(draft.label)
    return f"{path}-{draft.own}" if vague or unnamed(draft.label) else path


def _suffix(draft: _Draft, rivals: Sequence[_Draft]) -> str:
    """Tell namesakes apart by their states where that does it, else by content."""
    named = "-".join(sorted(draft.states)).lower()
    shared = sum(each.states == draft.states for each in rivals)
    return named if named and shared == 1 else draft.own


def _entity(draft: _Draft, path: str) -> Entity:
    thing = draft.kind in ("topic", "material")
    concept = concept_of(draft.mentions[0].ref) if thing else None
    found = described(draft.kind, draft.label, _counted(draft.kind, draft.mentions), draft.states)
    where = _where(draft.mentions, draft.kind)
    return Entity(
        id=path,
        type=draft.kind,
        label=draft.label,
        forms=tuple(replace(form, articles=where[form.form]) for form in found),
        groups=draft.groups,
        codes=_codes(draft),
        concept=concept.concept if concept else None,
    )


def _by_group(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    grouped: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        grouped[mention.key].append(mention)
    return grouped


def _counted(kind: EntityKind, mentions: Iterable[Mention]) -> dict[str, Attested]:
    total: dict[str, Attested] = {}
    for own in _by_group(mentions).values():
        for form, more in attested(kind, own).items():
            old = total.get(form, Attested(0, 0, 0))
            total[form] = Attested(*map(sum, zip(old, more, strict=True)))
    return total


def _where(mentions: Iterable[Mention], kind: EntityKind) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for own in _by_group(mentions).values():
        for form in attested(kind, own):
            found[form].add(own[0].article)
    return {form: tuple(sorted(articles)) for form, articles in found.items()}


def _codes(draft: _Draft) -> dict[str, str] | None:
    if draft.kind not in ("state", "bloc"):
        return None
    scheme = "iso3166-1" if draft.kind == "state" else "bloc"
    return {scheme: draft.mentions[0].ref}
