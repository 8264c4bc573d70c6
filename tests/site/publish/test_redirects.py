"""What was published and is there no more leads on, or says that it is gone."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.model import Dataset
from kg.site.addresses import Addresses
from kg.site.forms import HTML
from kg.site.model import Holding
from kg.site.publish.apache import htaccess, w3id
from kg.site.publish.redirects import redirects
from kg.terms import DATA, PREFIXES


def retired(bundled_holding: Holding) -> Dataset:
    history = NamedNode(f"{DATA}graph/history")
    leads = NamedNode(f"{PREFIXES['dcterms']}isReplacedBy")
    ended = NamedNode(f"{PREFIXES['prov']}wasInvalidatedBy")
    why = NamedNode(f"{DATA}retraction/1")
    more = [
        Quad(NamedNode(f"{DATA}person/old.name"), leads, NamedNode(f"{DATA}state/JP"), history),
        Quad(NamedNode(f"{DATA}article/wrong"), ended, why, history),
        Quad(why, NamedNode(f"{PREFIXES['rdfs']}comment"), Literal("withdrawn"), history),
    ]
    return Dataset.of([*bundled_holding.dataset.quads(), *more])


def test_what_was_replaced_and_what_was_taken_out_are_found(bundled_holding: Holding) -> None:
    found = redirects(retired(bundled_holding), Addresses(DATA))
    assert found.moved == (("id/person/old.name", "id/state/JP"),)
    assert found.gone == ("id/article/wrong",)


def test_a_resource_that_is_there_leads_nowhere(bundled_holding: Holding) -> None:
    there = bundled_holding.dataset
    assert redirects(there, Addresses(DATA)).moved == ()


def test_rules_hold_names_as_they_are_and_nothing_else() -> None:
    """A name from an article cannot write rules of its own."""
    hostile = 'id/article/x" [R=302]%0ARewriteRule .* https://evil.example/'
    text = htaccess(
        (HTML,), [("id/a.b", "id/c")], [hostile], [("id/x%3Ay", "id/x=3Ay")], "/"
    ).decode()
    rules = [line for line in text.splitlines() if line.startswith("RewriteRule")]
    assert 'RewriteRule "^id/a\\.b(\\.[a-z]+)?$" "id/c$1" [R=301,L,NE]' in rules
    assert 'RewriteRule "^id/x:y(\\.[a-z]+)?$" "id/x=3Ay$1" [L]' in rules
    assert not any("evil" in line and "[G,L]" not in line for line in text.splitlines())


def test_w3id_leads_to_the_site_by_what_the_client_likes() -> None:
    text = w3id((HTML,), "https://example.org/kg/").decode()
    assert "RewriteRule ^(.+)$ https://example.org/kg/$1.html [R=303,L,NE]" in text
    assert text.rstrip().endswith("RewriteRule ^(.*)$ https://example.org/kg/$1 [R=302,L,NE]")
