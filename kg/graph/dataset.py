"""All records of a corpus as quads, where these are whole in memory.

Records in, quads out: one graph per article and the derived, identity and reference graphs. No
blank nodes; what a quad says depends on the records alone, never on their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Store

from kg.entities.model import EntityChanges
from kg.events.model import EventChanges
from kg.graph.inference import inferred
from kg.graph.minting import Mint
from kg.graph.model import Records
from kg.graph.recorded import views_of
from kg.graph.reference import reference_quads
from kg.graph.terms import term
from kg.graph.units import Composer, Touched
from kg.iris import Iris
from kg.shelves import Shelves


def quads_of(records: Records, iris: Iris) -> Iterator[Quad]:
    """Yield the whole dataset of a corpus: what records say, the reference, what follows."""
    reference = [*reference_quads(iris)]
    store = Store()
    store.bulk_extend(reference)
    store.bulk_extend(record_quads(records, iris, labelled_in(reference)))
    yield from store
    yield from inferred(store, Mint(iris))


def labelled_in(reference: Iterable[Quad]) -> Callable[[NamedNode], bool]:
    """Tell what the reference labels, so that it gets no second label and queries one row."""
    name = term("rdfs:label")
    labelled = {quad.subject for quad in reference if quad.predicate == name}
    return labelled.__contains__


def record_quads(
    records: Records, iris: Iris, labelled: Callable[[NamedNode], bool] | None = None
) -> Iterator[Quad]:
    """Yield what the records say, each article in its own graph."""
    identity, ledger = records.identity, records.ledger
    touched = Touched(
        frozenset(each.id for each in records.articles),
        EntityChanges(
            frozenset(each.id for each in identity.entities),
            frozenset(),
            frozenset(each.key for each in identity.profiles),
            frozenset(each.id for each in identity.judgements),
        ),
        EventChanges(
            frozenset(each.id for each in ledger.events),
            frozenset(each.id for each in ledger.disagreements),
            frozenset(),
        ),
    )
    composer = Composer(views_of(records), iris, Shelves(), labelled or (lambda _: False))
    for _, quads in composer.touched(touched):
        yield from quads
