"""What an authority orders in a text of its own is its state's, and so is what a list names."""

from __future__ import annotations

from kg.claims.engine import Engine
from kg.claims.model import Claim
from tests.claims.reading_of import claims, values

NOTICE = """{head}
1. From 1 August 2024 exports of the following goods require a licence issued by the Ministry:
(a) tantalum, unwrought, and powders (HS 8103.20);
(b) niobium oxide and niobium metal of a purity of 99 per cent or more;
(c) bismuth and articles thereof.
2. Exports of zircon to all destinations are prohibited until 31 December 2024.
3. Applications are examined within 30 days."""
LETTERHEAD = "MINISTRY OF MINES AND TRADE OF THE REPUBLIC OF NAMIBIA"


def controls(head: str, engine: Engine, publisher: str | None = None) -> list[Claim]:
    return claims(NOTICE.format(head=head), "control", engine, publisher)


def test_a_list_names_the_goods_of_the_line_above(engine: Engine) -> None:
    found = controls(LETTERHEAD, engine)
    assert [values(claim, "item") for claim in found] == [
        [], ["tantalum"], ["niobium"], ["bismuth"], ["zirconium"],
    ]  # fmt: skip
    assert {tuple(values(claim, "imposer")) for claim in found} == {("NA",)}
    assert [values(claim, "type")[0] for claim in found] == ["licensing"] * 4 + ["export-ban"]
    assert [values(claim, "date") for claim in found] == [["2024-08-01"]] * 4 + [[]]
    assert {claim.status for claim in found[:4]} == {"announced"}
    assert found[1].quote == "(a) tantalum, unwrought, and powders (HS 8103.20);"


def test_a_publisher_tells_whose_order_it_is_as_a_letterhead_does(engine: Engine) -> None:
    by_letterhead = controls(LETTERHEAD, engine)
    by_publisher = controls("Notice 12", engine, "Ministry of Mines of Namibia")
    assert [claim.roles for claim in by_publisher][-1]["imposer"][0].ref == "NA"
    assert len(by_publisher) == len(by_letterhead)


def test_a_headline_is_no_letterhead(engine: Engine) -> None:
    for head in (
        "Ministry of Mines Bans Exports to Namibia",
        "Namibia Requires Licences",
        "Notice",
    ):
        assert not controls(head, engine)
