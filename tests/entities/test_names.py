"""Names of persons: what relates them, measured on labelled pairs."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.entities.context import Profile
from kg.entities.judge import judge
from kg.entities.likeness import compare
from kg.entities.names import name_of, person_name
from kg.offices import office

HERE = Path(__file__).parent
LOOKED_AT = (
    "pairs.csv",
    "pairs-practice.csv",
    "pairs-practice-2.csv",
    "pairs-practice-3.csv",
    "pairs-practice-4.csv",
    "pairs-practice-5.csv",
    "pairs-practice-6.csv",
    "pairs-practice-7.csv",
    "pairs-more.csv",
)
HELD_OUT = sorted(path.name for path in HERE.glob("pairs-held-out*.csv"))
KOREA, JAPAN = frozenset({"KR"}), frozenset({"JP"})


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def profile(row: dict[str, str], side: str) -> Profile:
    title, company = row[f"{side}_office"], row[f"{side}_company"]
    return Profile(
        key=side,
        kind="person",
        name=row[side],
        groups={side},
        articles={side},
        states=frozenset({row[f"{side}_state"]} - {""}),
        offices={office(title)} if title else set(),
        company={company} if company else set(),
    )


def judged(name: str) -> tuple[list[dict[str, str]], list[dict[str, str]], float, float]:
    """Give the wrong merges and the misses of a file, and its precision and F1."""
    pairs = rows(name)
    found = [judge(profile(row, "left"), profile(row, "right")).verdict == "same" for row in pairs]
    wanted = [row["same"] == "yes" for row in pairs]
    assert {True, False} == set(wanted)
    both = list(zip(pairs, found, wanted, strict=True))
    right = sum(a and b for _, a, b in both)
    wrong = [row for row, a, b in both if a and not b]
    missed = [row for row, a, b in both if b and not a]
    return wrong, missed, right / sum(found), 2 * right / (sum(found) + sum(wanted))


@pytest.mark.parametrize(
    ("name", "least", "size", "sure"),
    [
        ("pairs.csv", 0.99, 160, 0.99),
        ("pairs-practice.csv", 0.955, 360, 0.99),
        ("pairs-practice-2.csv", 0.965, 180, 0.98),
        ("pairs-practice-3.csv", 0.96, 340, 0.98),
        ("pairs-practice-4.csv", 0.975, 230, 0.99),
        ("pairs-practice-5.csv", 0.97, 180, 0.99),
        ("pairs-practice-6.csv", 0.965, 170, 0.99),
        ("pairs-practice-7.csv", 0.955, 360, 0.98),
        ("pairs-more.csv", 0.98, 770, 0.99),
    ],
)
def test_pairs_that_were_looked_at_are_told_apart_as_well_as_they_were(
    name: str, least: float, size: int, sure: float
) -> None:
    """Pairs of more than a hundred states; a wrong merge is worse than a missed one."""
    assert len(rows(name)) >= size
    wrong, missed, precision, f1 = judged(name)
    assert f1 >= least, [row["why"] for row in missed]
    assert precision >= sure, [row["left"] for row in wrong]


@pytest.mark.parametrize("name", HELD_OUT)
def test_pairs_that_nobody_looked_at_are_told_apart(name: str) -> None:
    """The rules were written without sight of these; what fails in them is not to be read."""
    _, _, precision, f1 = judged(name)
    assert len(rows(name)) >= 300
    assert precision >= 0.93
    assert f1 >= 0.93


def test_the_verdict_does_not_depend_on_which_name_comes_first() -> None:
    for row in (row for name in LOOKED_AT for row in rows(name)):
        left, right = profile(row, "left"), profile(row, "right")
        assert judge(left, right).verdict == judge(right, left).verdict, row["left"]


@pytest.mark.parametrize(
    ("left", "right", "states", "level"),
    [
        ("Noh Min-ja", "Min-ja Noh", KOREA, "reordered"),
        ("Noh Min-ja", "Roh Minja", KOREA, "romanised"),
        ("Noh Min-ja", "Nohmin Ja", KOREA, "glued"),
        ("Tabata Kazuo", "Tabata Gazuo", JAPAN, "misread"),
        ("Ito Kei", "Itoh Kei", JAPAN, "romanised"),
        ("Ann B. Lee", "Ann Lee", frozenset(), "identical"),
        ("A. Lee", "Ann Lee", frozenset(), "initials"),
        ("Bob Lee", "Robert Lee", frozenset(), "short-form"),
        ("Lee", "Ann Lee", frozenset(), "part"),
        ("Ann Lee", "Joan Lee", frozenset(), "kin"),
        ("Ann Lee", "Omar Diop", frozenset(), "unlike"),
        ("Ann Lee Jr.", "Ann Lee Sr.", frozenset(), "kin"),
        ("Ann Lee Jr.", "Ann Lee", frozenset(), "junior"),
        ("Ahmed bin Omar", "Omar bin Ahmed", frozenset({"OM"}), "kin"),
        ("Deniz Omar Salim", "Omar Salim", frozenset({"TD"}), "kin"),
        ("Deniz Omar Salim", "Deniz Salim", frozenset({"TD"}), "contained"),
        ("Abdul Karim Wahab", "Abdulkarim al-Wahhab", frozenset({"IQ"}), "romanised"),
        ("Ana Sol Paz", "ASP", frozenset({"PE"}), "acronym"),
        ("Batsukhiin Tuya", "Tuya Batsukh", frozenset({"MN"}), "romanised"),
        ("Chew Mei Fang", "Peter Chew", frozenset({"SG"}), "another-language"),
        ("Delgado", "Marta Delgado", frozenset({"PE"}), "part"),
        ("Zamorano", "Marta Zamorano", frozenset({"PE"}), "surname"),
        ("Chan Mei-fong", "Peter Chan", frozenset({"HK"}), "part"),
        ("Chan Mei-fong", "Chen Meifang", frozenset({"HK"}), "respelt"),
        ("Kanno Akira", "Sugano Akira", JAPAN, "misread"),
        ("Om Song-nam", "Eom Seong-nam", frozenset({"KP"}), "romanised"),
        ("Iouri Jeglov", "Yuri Zheglov", frozenset({"RU"}), "romanised"),
        ("A. B. Rao Das", "Anil Bimal Das", frozenset({"IN"}), "initials"),
        ("Tanaka Junichiro", "Tanaka Junchiro", JAPAN, "misread"),
        ("Le Garrec", "Marc Le Garrec", frozenset({"FR"}), "surname"),
        ("Sheikh Rumana", "Shaikh Rumana Islam", frozenset({"BD"}), "contained"),
        ("Wiratama", "Wiratama Hadi", frozenset({"ID"}), "mononym"),
        ("Marta Dlegado", "Marta Delgado", frozenset({"PE"}), "similar"),
        ("Yamada Masao", "Shantian Zhengnan", JAPAN, "reread"),
        ("Lim Kok Beng", "Lin Guoming", frozenset({"SG"}), "reread"),
        ("Cai Zhiming", "Chae Ji-myeong", frozenset({"CN"}), "reread"),
        ("Karmad", "Karim Madani", frozenset({"ID"}), "acronym"),
        ("Condrina Vale", "Condi Vale", frozenset({"US"}), "clipped"),
        ("Tingting Ocampo", "Ernesto Ocampo", frozenset({"PH"}), "part"),
        ("Kh. Tuya", "Khaltmaagiin Tuya", frozenset({"MN"}), "initials"),
        ("Xasan Cumar Jaamac", "Hassan Omar Jama", frozenset({"SO"}), "respelt"),
        ("Massud Dschalali", "Masoud Jalali", frozenset({"IR"}), "romanised"),
        ("Tan Sri Omar Daud", "Omar bin Daud", frozenset({"MY"}), "identical"),
        ("Lord Lee of Grainham", "Lee", frozenset({"GB"}), "identical"),
        ("King Omar V", "Omar VI", frozenset({"JO"}), "kin"),
        ("Ann Lee", "Ann B. Lee IV", frozenset({"US"}), "initials"),
        ("Zdeněk Dolák", "Zden?k Dol\ufffdk", frozenset({"CZ"}), "romanised"),
        ("José Zamorano", "JosÃ© Zamorano", frozenset({"PE"}), "identical"),
        ("Sione Faʻalupe", "Sione Fa'alupe", frozenset({"TO"}), "identical"),
        ("Marta Zamorano", "M. Zamorano Paz", frozenset({"PE"}), "initials"),
        ("Yusuf Zerhouni", "Yusuf Karim Zerhouni", frozenset({"DZ"}), "contained"),
        ("Agron Lleshaj Xhelo", "Agron Lleshaj Djelo", frozenset({"AL"}), "romanised"),
        ("Jaan Tamsk", "Jaan Tmask", frozenset({"EE"}), "similar"),
        ("Karl Drund", "Karl Drun", frozenset({"NO"}), "similar"),
        ("Ratu Sefo Waqalo", "Sefo Waqalo", frozenset({"FJ"}), "identical"),
        ("Igor Shulgo", "Igor Schulgu", frozenset({"RU"}), "respelt"),
    ],
)
def test_names_relate_at_their_level(
    left: str, right: str, states: frozenset[str], level: str
) -> None:
    assert compare(left, right, states).level == level
    assert compare(right, left, states).level == level


def test_a_voiced_consonant_is_a_misreading_only_in_a_japanese_name() -> None:
    assert compare("Tabata Ken", "Tabata Gen", JAPAN).level == "misread"
    assert compare("Kang Gi-su", "Gang Ki-su", KOREA).level == "romanised"


@pytest.mark.parametrize(
    ("wording", "name"),
    [
        ("Minister of Trade, Industry and Energy, Ann Lee", "Ann Lee"),
        ("competition commissioner Ann Lee", "Ann Lee"),
        ("Gen. Ann Lee’s", "Ann Lee"),
        ("H.E. A. B. Lee", "A. B. Lee"),
        ("Gen Fukunaga", "Gen Fukunaga"),
        ("Ursula von der Stein", "Ursula von der Stein"),
        ("Ann Lee, Jr.", "Ann Lee, Jr"),
        ("Madeleine King", "Madeleine King"),
    ],
)
def test_what_stands_around_a_name_is_no_part_of_it(wording: str, name: str) -> None:
    assert person_name(wording).rstrip(".") == name


def test_a_slip_of_the_pen_is_none_where_it_makes_a_surname_of_many() -> None:
    def verdict(*names: str) -> str:
        one, other = (
            Profile(key=name, kind="person", name=name, states=frozenset({"DK"})) for name in names
        )
        return judge(one, other).verdict

    assert verdict("Tor Vinterbeg", "Tor Vinterberg") == "same"
    assert verdict("Tor Hansen", "Tor Hanson") == "unsure"


def test_a_namesake_in_another_office_of_the_state_is_left_open() -> None:
    """Few bear a rare name; of a common one, or where one article has both, nobody can tell."""

    def verdict(name: str, articles: set[str]) -> str:
        one, other = (
            Profile(
                key=title,
                kind="person",
                name=name,
                groups={title},
                articles=articles or {title},
                states=frozenset({"CA"}),
                offices={office(title)},
            )
            for title in ("Minister of Health", "Minister of Fisheries")
        )
        return judge(one, other).verdict

    assert verdict("Ann Zamorano", set()) == "same"
    assert verdict("Ann Zamorano", {"an-article"}) == "unsure"
    assert verdict("Ann Smith", set()) == "unsure"


def test_who_held_office_in_a_state_that_ended_may_act_for_one_that_came_after_it() -> None:
    def verdict(*states: str) -> str:
        one, other = (
            Profile(key=code, kind="person", name="Ann Zamorano", states=frozenset({code}))
            for code in states
        )
        return judge(one, other).verdict

    assert verdict("SU", "GE") == verdict("GE", "SU") == verdict("CD", "ZR") == "same"
    assert verdict("YU", "GE") == verdict("UA", "GE") == "different"


def test_a_reason_names_the_language_of_the_spelling() -> None:
    states = frozenset({"NO"})
    one, other = (
        Profile(key=name, kind="person", name=name, groups={name}, states=states)
        for name in ("Tor Aasland", "Tor Åsland")
    )
    assert judge(one, other).reasons[0].endswith("in Norwegian spelling")


def test_particles_within_a_name_do_not_count_but_given_names_do() -> None:
    assert name_of("Ann van Lee").tokens == name_of("Ann Lee").tokens
    assert name_of("Ben Wallace").tokens == ("ben", "wallace")
    assert name_of("Wang Du").tokens == ("wang", "du")
