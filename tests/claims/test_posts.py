"""Posts: who holds which office, and for whom."""

from __future__ import annotations

import pytest

from kg.claims.engine import Engine
from kg.claims.reading import read
from tests.claims.reading_of import article, claims, values


@pytest.mark.parametrize(
    ("text", "person", "title", "of"),
    [
        # before and behind the name
        (
            "Kenya's Trade Minister Rose Otieno left.",
            "Rose Otieno",
            "Trade Minister",
            ["KE"],
        ),
        (
            "Rose Otieno, the Kenyan minister for foreign trade, left.",
            "Rose Otieno",
            "minister for foreign trade",
            ["KE"],
        ),
        (
            "Prime Minister Jan Novak of Slovenia left.",
            "Jan Novak",
            "Prime Minister",
            ["SI"],
        ),
        (
            "Guinea's mines minister, Mamadou Camara, replied late.",
            "Mamadou Camara",
            "mines minister",
            ["GN"],
        ),
        (
            "Under Secretary of Commerce for International Trade Maria Lake left.",
            "Maria Lake",
            "Under Secretary of Commerce for International Trade",
            [],
        ),
        (
            "Cuba's Vice-President, Ramiro Casal, left.",
            "Ramiro Casal",
            "Vice-President",
            ["CU"],
        ),
        # in the manner of newspapers
        ("Its ambassador to the EU, Rose Otieno, left.", "Rose Otieno", "ambassador", []),
        ("PM Rose Otieno left Kenya.", "Rose Otieno", "PM", []),
        ("Rose Otieno met Jan Novak, her prime minister.", "Jan Novak", "prime minister", []),
        (
            "She met her Slovenian counterpart, Jan Novak, in Bled.",
            "Jan Novak",
            "counterpart",
            ["SI"],
        ),
        (
            "Rose Otieno spoke. Otieno, the Minister for Health, left.",
            "Rose Otieno",
            "Minister for Health",
            [],
        ),
        # clauses and common nouns
        (
            "Wu Lan, a spokeswoman for China's commerce ministry, said the curbs were legal.",
            "Wu Lan",
            "spokeswoman",
            ["commerce ministry"],
        ),
        (
            "The head of the Swedish energy agency, Karl Nyberg, said stocks were full.",
            "Karl Nyberg",
            "head",
            ["energy agency"],
        ),
        (
            "The bank has no plans, its governor, Per Holm, told reporters.",
            "Per Holm",
            "governor",
            ["bank"],
        ),
        (
            "WTO Director-General Amina Sall opened the hall.",
            "Amina Sall",
            "Director-General",
            ["WTO"],
        ),
        ("Deputy finance minister Yuki Tanabe left.", "Yuki Tanabe", "Deputy finance minister", []),
        (
            "Pedro Lima, who leads the Brazilian delegation, rejected the offer.",
            "Pedro Lima",
            "leads",
            ["delegation"],
        ),
        (
            "Anna Weiss, in charge of trade policy at the Grain Board, said so.",
            "Anna Weiss",
            "in charge of trade policy",
            ["Grain Board"],
        ),
        (
            "Sir John Pell, President of the Board of Trade, rose.",
            "John Pell",
            "President",
            ["Board of Trade"],
        ),
        (
            "For Benin, the answer came from Kofi Zinsou, its infrastructure minister.",
            "Kofi Zinsou",
            "infrastructure minister",
            ["BJ"],
        ),
        ("PLQ Leader Marc Tremblay was not impressed.", "Marc Tremblay", "Leader", ["PLQ"]),
        ("He sits down Monday with Idaho Gov. Kirk Amundson.", "Kirk Amundson", "Gov.", ["Idaho"]),
        ("Oman's top diplomat, Yusuf Karim, flew home.", "Yusuf Karim", "top diplomat", ["OM"]),
        (
            "The Swiss Minister of Economy, Herr Urs Keller, was in Berne.",
            "Urs Keller",
            "Minister of Economy",
            ["CH"],
        ),
        ("For Lima it was Minister Ana Torres who signed.", "Ana Torres", "Minister", ["PE"]),
        (
            "For Togo, the reply came from Afi Lawson, its mines minister.",
            "Afi Lawson",
            "mines minister",
            ["TG"],
        ),
        (
            "Omani foreign minister Badr al-Zadjali left for Muscat.",
            "Badr al-Zadjali",
            "foreign minister",
            ["OM"],
        ),
        (
            "Jan Novak, the engineer at the head of the Danube Commission, welcomed the vote.",
            "Jan Novak",
            "head",
            ["Danube Commission"],
        ),
        ("Omar Farah became mines minister in 2021.", "Omar Farah", "mines minister", []),
        (
            "Omar Farah was appointed minister of mines in March.",
            "Omar Farah",
            "minister of mines",
            [],
        ),
        # clauses on coming and going
        (
            "Mila Horvat, who served as trade minister of Serbia until May 2021, now teaches.",
            "Mila Horvat",
            "trade minister",
            ["RS"],
        ),
        (
            "Mila Horvat was Serbia's trade minister until 2021.",
            "Mila Horvat",
            "trade minister",
            ["RS"],
        ),
        (
            "Erik Moen stepped down as Norway's energy minister on Friday.",
            "Erik Moen",
            "energy minister",
            ["NO"],
        ),
        (
            "Ghana's Kofi Adu, who became mines minister in May, flew to Accra.",
            "Kofi Adu",
            "mines minister",
            ["GH"],
        ),
        (
            "Luis Paz was succeeded as trade minister of Peru by Nilda Soto.",
            "Nilda Soto",
            "trade minister",
            ["PE"],
        ),
    ],
)
def test_a_post_has_its_holder_its_title_and_whom_it_serves(
    text: str, person: str, title: str, of: list[str], engine: Engine
) -> None:
    (claim,) = claims(text, "post", engine)
    assert values(claim, "person") == [person]
    assert [filler.text for filler in claim.fillers("title")] == [title]
    assert values(claim, "of") == of


def test_a_plural_title_is_shared(engine: Engine) -> None:
    found = claims("European Commission Vice Presidents Ana Ruiz and Li Wen left.", "post", engine)
    assert [values(claim, "person") for claim in found] == [["Ana Ruiz"], ["Li Wen"]] or [
        values(claim, "person") for claim in found
    ] == [["Li Wen"], ["Ana Ruiz"]]


def test_a_shorter_wording_of_the_same_title_is_no_new_post(engine: Engine) -> None:
    text = "Kenyan Trade Minister Rose Otieno left. Minister Otieno was late."
    assert len(claims(text, "post", engine)) == 1


def test_a_government_release_may_leave_its_state_out(engine: Engine) -> None:
    text = "Secretary of Commerce Maria Lake left."
    (claim,) = claims(text, "post", engine, publisher="U.S. Department of Commerce")
    assert values(claim, "of") == ["US"]


def test_an_official_without_an_office_gives_no_post(engine: Engine) -> None:
    assert claims("A diplomat, Rose Otieno, left.", "post", engine) == []


def test_a_bracket_may_stand_between_a_name_and_its_office(engine: Engine) -> None:
    text = "Rose Otieno (right), Minister of Health, speaks in the main hall of the port."
    (claim,) = claims(text, "post", engine)
    assert [values(claim, role) for role in ("person", "title")] == [
        ["Rose Otieno"],
        ["Minister of Health"],
    ]


def test_a_deputy_may_hold_a_second_office(engine: Engine) -> None:
    text = "Deputy Prime Minister and Minister of Finance Ana Lopez left."
    found = claims(text, "post", engine)
    titles = {filler.text for claim in found for filler in claim.fillers("title")}
    assert titles == {"Deputy Prime Minister", "Minister of Finance"}


def test_a_rank_of_birth_is_no_office(engine: Engine) -> None:
    assert not claims("Prince Faisal bin Turki opened the session in Riyadh.", "post", engine)


def test_words_below_a_picture_that_are_no_sentence_tell_no_meeting(engine: Engine) -> None:
    named = "▲ President Ann Lund and Chilean Prime Minister Jose Lagos before talks in Santiago."
    assert not claims(named, "meeting", engine)
    assert claims("▲ President Ann Lund met Jose Lagos in Santiago on Monday.", "meeting", engine)


def test_a_list_of_forms_of_address_gives_each_its_own_office(engine: Engine) -> None:
    text = (
        "Present were the Minister of Mines of the Republic of Ghana, H.E. Ms. Ama Owusu, the"
        " Minister of Energy and Water of Malta, the Honourable Karl Vella, and the Minister of"
        " Trade of the Republic of Kenya, Hon. Peter Maina."
    )
    found = [
        (values(claim, "person"), values(claim, "title"), values(claim, "of"))
        for claim in claims(text, "post", engine)
    ]
    assert sorted(found) == [
        (["Ama Owusu"], ["Minister of Mines"], ["GH"]),
        (["Karl Vella"], ["Minister of Energy and Water"], ["MT"]),
        (["Peter Maina"], ["Minister of Trade"], ["KE"]),
    ]


def test_a_title_cut_short_ends_no_sentence(engine: Engine) -> None:
    text = "Malta sent Amb. Karl Vella, Rt. Hon. Ann Borg and Lt. Gen. Zammit. They met nobody."
    made = read(article(text), engine)
    assert [each.text for each in made.sentences] == [
        "Malta sent Amb. Karl Vella, Rt. Hon. Ann Borg and Lt. Gen. Zammit.",
        "They met nobody.",
    ]


def test_a_body_that_is_made_the_chair_is_no_person(engine: Engine) -> None:
    assert not claims("The Bank of Ghana was named chair of the committee.", "post", engine)
