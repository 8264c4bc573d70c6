"""Identifiers that were published and are there no more: where they lead, by address.

Releases keep in the history graph what took the place of what; a corpus keeps there what was
retracted. What was parted leads to the first of its heirs, as its data lead to all.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.graph.model import Dataset
from kg.site.addresses import Addresses
from kg.site.describing import fate_of
from kg.site.looking import node


@dataclass(frozen=True, slots=True)
class Redirects:
    """Addresses without extension."""

    moved: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()


def redirects(dataset: Dataset, addresses: Addresses) -> Redirects:
    """Find what leads on, and what leads nowhere any more."""
    moved: list[tuple[str, str]] = []
    gone: list[str] = []
    for iri in sorted(_retired(dataset)):
        path, fate = addresses.path(iri), fate_of(dataset, iri)
        if path is None or fate is None:
            continue
        heirs = [heir for each in fate.heirs if (heir := addresses.path(each))]
        if heirs:
            moved.append((path, heirs[0]))
        else:
            gone.append(path)
    return Redirects(tuple(moved), tuple(gone))


def _retired(dataset: Dataset) -> set[str]:
    return {
        quad.subject.value
        for name in ("dcterms:isReplacedBy", "prov:wasInvalidatedBy")
        for quad in dataset.quads(None, node(name))
        if isinstance(quad.subject, NamedNode)
    }
