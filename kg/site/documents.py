"""Which files for machines a site has beside its pages: the same on a server and on a disk."""

from __future__ import annotations

from kg.site.machines.listing import machine_documents
from kg.site.model import Document, Holding


def documents(holding: Holding) -> tuple[Document, ...]:
    """Give the documents of a site; a new family is a line here."""
    return machine_documents(holding)
