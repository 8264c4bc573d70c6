"""Meetings: who met whom, where, when, in what series, and what is no meeting."""

from __future__ import annotations

import pytest

from kg.claims.engine import Engine
from tests.claims.reading_of import claims, values

ROLES = ("party", "attendee", "host", "date", "place", "ordinal", "framework")


@pytest.mark.parametrize(
    ("text", "status", "roles"),
    [
        (
            (
                "German Chancellor Helmut Kohl and French President François Mitterrand met in "
                "Bonn "
                "on 12 January 1990."
            ),
            "held",
            {
                "party": {"DE", "FR"},
                "attendee": {"Helmut Kohl", "François Mitterrand"},
                "place": {"Bonn"},
                "date": {"1990-01-12"},
            },
        ),
        (
            (
                "The foreign ministers of Egypt, Jordan and Qatar held a third round of "
                "consultations "
                "in Doha in early May."
            ),
            "held",
            {
                "party": {"EG", "JO", "QA"},
                "place": {"Doha"},
                "date": {"2024-05"},
                "ordinal": {"3"},
            },
        ),
        (
            (
                "Talks between Armenia and Azerbaijan scheduled for Thursday in Brussels have been "
                "postponed."
            ),
            "cancelled",
            {"party": {"AM", "AZ"}, "place": {"Brussels"}, "date": {"2024-06-27"}},
        ),
        (
            (
                "Ukraine, Poland and Moldova will hold a trilateral meeting of energy ministers in "
                "Lviv on the 14th."
            ),
            "planned",
            {"party": {"UA", "PL", "MD"}, "place": {"Lviv"}, "date": {"2024-07-14"}},
        ),
        (
            "Indonesia is to host the next G20 summit in Bali in November.",
            "planned",
            {"party": {"G20"}, "host": {"ID"}, "place": {"Bali"}, "date": {"2024-11"}},
        ),
        (
            (
                "Brazilian Foreign Minister Mauro Vieira will travel to Caracas next week to "
                "meet his "
                "Venezuelan counterpart, Yván Gil."
            ),
            "planned",
            {
                "party": {"BR", "VE"},
                "attendee": {"Mauro Vieira", "Yván Gil"},
                "place": {"Caracas"},
                "date": {"2024-07-01/2024-07-07"},
            },
        ),
        (
            "Talks were held in the capital of Togo on 3 June between Kenya and Rwanda.",
            "held",
            {"party": {"KE", "RW"}, "place": {"capital of Togo"}, "date": {"2024-06-03"}},
        ),
        (
            "The Cod Commission sat in Bergen on 3 June.",
            "held",
            {"party": {"Cod Commission"}, "place": {"Bergen"}, "date": {"2024-06-03"}},
        ),
        (
            (
                "On 3 June Ali Haddad chaired, in the presence of the Libyan trade minister, "
                "Omar Salem, the third meeting of the Joint Committee."
            ),
            "held",
            {
                "attendee": {"Ali Haddad", "Omar Salem"},
                "date": {"2024-06-03"},
                "ordinal": {"3"},
                "framework": {"Joint Committee"},
            },
        ),
        (
            "Diplomats of Kenya and Rwanda talked about the border in Arusha on 4 June.",
            "held",
            {"party": {"KE", "RW"}, "place": {"Arusha"}, "date": {"2024-06-04"}},
        ),
        (
            (
                "A phone call between Chilean Trade Minister Rosa Vidal and Indian Commerce "
                "Secretary "
                "Arun Mehta took place yesterday."
            ),
            "held",
            {
                "party": {"CL", "IN"},
                "attendee": {"Rosa Vidal", "Arun Mehta"},
                "date": {"2024-06-26"},
            },
        ),
        (
            (
                "The thirty-second session of the Council was held in Bucharest from June 27 "
                "to 29, "
                "1978."
            ),
            "held",
            {
                "party": {"Council"},
                "place": {"Bucharest"},
                "date": {"1978-06-27/1978-06-29"},
                "ordinal": {"32"},
            },
        ),
    ],
)
def test_a_meeting_has_the_roles_its_sentence_states(
    text: str, status: str, roles: dict[str, set[str]], engine: Engine
) -> None:
    (claim,) = claims(text, "meeting", engine)
    assert claim.status == status
    assert {name: set(values(claim, name)) for name in ROLES if claim.fillers(name)} == roles


def test_a_denied_meeting_is_negative(engine: Engine) -> None:
    text = "The Kremlin denied that Minister Ivan Orlov had met with Minister Pavel Novák."
    (claim,) = claims(text, "meeting", engine)
    assert (claim.status, claim.polarity) == ("denied", "negative")


def test_attending_officials_do_not_make_their_states_parties(engine: Engine) -> None:
    text = "The talks were attended by Spain's Ana Ruiz, Minister of Labour, and Minister Li Wen."
    found = claims(text, "meeting", engine)
    assert all(not claim.fillers("party") for claim in found)


def test_a_later_sentence_may_add_who_was_there(engine: Engine) -> None:
    text = "Peru and Chile held talks in Lima. Prime Minister Ion Dragu of Romania presided."
    first, second = claims(text, "meeting", engine)
    assert set(values(first, "party")) == {"PE", "CL"}
    assert values(second, "attendee") == ["Ion Dragu"]


@pytest.mark.parametrize(
    "text",
    [
        "Chile beat Peru 2-0 in their first meeting since 2019.",
        "The board of the mine held a meeting in Santiago on Friday.",
        "Shareholders held their annual general meeting in London on Monday.",
        "The minister held a press conference in Accra on Friday.",
        "The central bank held its policy meeting on Tuesday.",
        "Kenya could hold a summit with Uganda next year.",
        "If Tokyo and Pyongyang were to hold a summit, abductions would top the agenda.",
        "Will Kenya and Uganda hold a summit?",
        "The talks were useful.",
        "Both plants meet the standard.",
        "The factory talks to its suppliers.",
    ],
)
def test_other_meetings_and_mere_talk_of_them_are_none(text: str, engine: Engine) -> None:
    assert claims(text, "meeting", engine) == []


@pytest.mark.parametrize(
    ("text", "party"),
    [
        (
            (
                "The labour and health ministers of Peru, the United Arab Emirates and South Korea "
                "met jointly for the first time in Lima."
            ),
            {"PE", "AE", "KR"},
        ),
        (
            (
                "Ghana, Togo and Benin want more trade. Their labour and health ministers met in "
                "Lome and drank tea."
            ),
            {"GH", "TG", "BJ"},
        ),
    ],
)
def test_ministers_of_several_states_meet_for_all_of_them(
    text: str, party: set[str], engine: Engine
) -> None:
    (claim,) = claims(text, "meeting", engine)
    assert set(values(claim, "party")) == party


def test_who_hosts_a_ceremony_hosts_a_meeting(engine: Engine) -> None:
    (claim,) = claims("Minister Rose Otieno hosted the ceremony in Mombasa.", "meeting", engine)
    assert values(claim, "host") == ["Rose Otieno"]


def test_the_first_name_jan_is_no_month(engine: Engine) -> None:
    text = "A meeting between Jan Novak and Rose Otieno in Quito on Monday ended well."
    (claim,) = claims(text, "meeting", engine)
    assert values(claim, "date") == ["2024-06-24"]


@pytest.mark.parametrize(
    ("text", "status", "roles"),
    [
        (
            (
                "Minister Rose Otieno, whose first summit with President Jan Novak took place on "
                "Monday, left."
            ),
            "held",
            {"attendee": {"Rose Otieno", "Jan Novak"}, "date": {"2024-06-24"}},
        ),
        (
            "The envoys of Peru and Chile, meeting in Lima on Monday, failed to agree.",
            "held",
            {"party": {"PE", "CL"}, "date": {"2024-06-24"}, "place": {"Lima"}},
        ),
        (
            "Chile hosted a second round of talks with Peru in Santiago on Monday.",
            "held",
            {"host": {"CL"}, "party": {"PE"}, "ordinal": {"2"}, "place": {"Santiago"}},
        ),
        (
            (
                "Rose Otieno met President Jan Novak in Bled on Monday in what became the first "
                "summit between Kenya and Slovenia."
            ),
            "held",
            {"attendee": {"Rose Otieno", "Jan Novak"}, "party": {"KE", "SI"}, "ordinal": {"1"}},
        ),
    ],
)
def test_newspapers_tell_of_a_meeting_in_passing(
    text: str, status: str, roles: dict[str, set[str]], engine: Engine
) -> None:
    (claim,) = claims(text, "meeting", engine)
    assert claim.status == status
    assert {role: set(values(claim, role)) for role in roles} == roles


@pytest.mark.parametrize(
    ("text", "party", "place"),
    [
        ("Latvia and Oman called off a summit planned for Riga.", {"LV", "OM"}, {"Riga"}),
        (
            "Latvia and Oman scrapped a ministerial that was to take place in Riga.",
            {"LV", "OM"},
            {"Riga"},
        ),
        ("Latvia and Oman had planned a summit in Riga but called it off.", {"LV", "OM"}, {"Riga"}),
        ("Latvia and Oman cancelled the meeting of the OECD council in Paris.", set(), {"Paris"}),
    ],
)
def test_those_who_call_off_a_meeting_of_their_own_were_to_meet(
    text: str, party: set[str], place: set[str], engine: Engine
) -> None:
    (claim,) = claims(text, "meeting", engine)
    assert claim.status == "cancelled"
    assert (set(values(claim, "party")), set(values(claim, "place"))) == (party, place)


@pytest.mark.parametrize(
    "text",
    [
        (
            "The trade minister of Malta, Karl Vella, the energy minister of Togo, Ama Mensah, and"
            " the mines minister of Fiji, Tevita Rabo, met in Valletta on Tuesday."
        ),
        (
            "Karl Vella, trade minister of Malta, Ama Mensah, energy minister of Togo, and Tevita"
            " Rabo, mines minister of Fiji, met in Valletta."
        ),
        (
            "Present at the talks were the trade minister of Malta, Karl Vella, the energy minister"
            " of Togo, Ama Mensah, and the mines minister of Fiji, Tevita Rabo."
        ),
        (
            "Taking part in the Valletta summit were Malta's trade minister, Karl Vella, Togo's"
            " energy minister, Ama Mensah, and Fiji's mines minister, Tevita Rabo."
        ),
    ],
)
def test_all_of_a_list_with_offices_attend(text: str, engine: Engine) -> None:
    (claim,) = claims(text, "meeting", engine)
    assert claim.status == "held"
    assert set(values(claim, "attendee")) == {"Karl Vella", "Ama Mensah", "Tevita Rabo"}


@pytest.mark.parametrize(
    "text",
    [
        "Oman offered to host talks between Mali and Niger.",
        "Oman is willing to hold dialogue with Mali on fisheries.",
        "Its foreign minister said Oman was ready to host talks between Mali and Niger.",
    ],
)
def test_an_offer_to_host_is_no_meeting(text: str, engine: Engine) -> None:
    assert not claims(text, "meeting", engine)


def test_another_meeting_lends_neither_day_nor_town(engine: Engine) -> None:
    text = (
        "Kenya and Malawi met in Nairobi on Monday. It was their second meeting this year, after"
        " one in Lilongwe in March."
    )
    for claim in claims(text, "meeting", engine):
        assert "Lilongwe" not in values(claim, "place")
        assert "2024-03" not in values(claim, "date")


def test_names_behind_the_ministers_of_two_states_attend(engine: Engine) -> None:
    text = "The mines ministers of Ghana and Togo, Kofi Adu and Ama Mensah, met in Lomé on 6 March."
    (claim,) = claims(text, "meeting", engine)
    assert set(values(claim, "party")) == {"GH", "TG"}
    assert set(values(claim, "attendee")) == {"Kofi Adu", "Ama Mensah"}


def test_the_one_day_of_a_sentence_is_that_of_its_meeting(engine: Engine) -> None:
    text = "Ghana and Togo held a second round of talks on a tin corridor on Tuesday in Lomé."
    (claim,) = claims(text, "meeting", engine)
    assert values(claim, "date") == ["2024-06-25"]
