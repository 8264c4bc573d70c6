"""Which parts a site has, in the order in which they are asked for an address."""

from __future__ import annotations

from kg.site.asking.editor import Editor
from kg.site.asking.section import Questions
from kg.site.drawing.section import Pictures
from kg.site.finding.section import SearchSection
from kg.site.home import Home
from kg.site.ledger.section import Ledger
from kg.site.lists.section import Lists
from kg.site.machines.about import About
from kg.site.model import Holding, Section
from kg.site.pages.things import Things
from kg.site.vocabulary.section import VocabularySection


def sections(holding: Holding) -> tuple[Section, ...]:
    """Give the sections of a site; a new one is a line here."""
    lists = Lists(holding)
    return (
        Home(holding),
        lists,
        Ledger(holding, lists),
        SearchSection(holding),
        Questions(holding),
        Editor(holding),
        Pictures(holding, lists),
        VocabularySection(holding),
        Things(holding),
        About(holding),
    )
