"""Who is meant: names, titles, pronouns and collective nouns resolve to actors of the article."""

from __future__ import annotations

import pytest

from kg.articles.model import Article, Line
from kg.claims.engine import Engine
from kg.claims.reading import Reading, read
from tests.claims.reading_of import article

TALKS = "Peru and Bolivia signed a treaty on Friday. "
LEADERS = (
    "Malaysian Prime Minister Anwar Ibrahim and his Singaporean counterpart, Lawrence Wong, "
    "held a retreat. "
)


def reading_of(text: str, engine: Engine, publisher: str | None = None) -> Reading:
    return read(article(text, publisher=publisher), engine)


def last_subject(text: str, engine: Engine) -> list[str]:
    """Give whom the first subject of the last sentence stands for."""
    reading = reading_of(text, engine)
    sentence = reading.sentences[-1]
    return [f.value for f in reading.parties(sentence, reading.subjects[sentence.index][0])]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        (TALKS + "The two countries had quarrelled for years.", ["PE", "BO"]),
        (TALKS + "They expect to build a port.", ["PE", "BO"]),
        (TALKS + "Both sides praised it.", ["PE", "BO"]),
        (TALKS + "Lima paid half.", ["PE"]),
        (TALKS + "The former will pay half.", ["PE"]),
        (TALKS + "The latter will pay half.", ["BO"]),
        (LEADERS + "Both leaders smiled.", ["Anwar Ibrahim", "Lawrence Wong"]),
        (LEADERS + "Wong smiled.", ["Lawrence Wong"]),
        (LEADERS + "Wong smiled. He left early.", ["Lawrence Wong"]),
        (LEADERS + "The two countries share a border.", ["MY", "SG"]),
        (LEADERS + "The prime minister left early.", ["Anwar Ibrahim"]),
        ("The Canadian government raised tariffs. It gave no reason.", ["CA"]),
        ("Zambia closed a mine. The country needs power.", ["ZM"]),
        ("The Chilean authorities seized a ship.", ["CL"]),
        ("The Biden administration raised tariffs.", ["US"]),
        ("The Democratic People's Republic of Korea tested a rocket.", ["KP"]),
        ("The trade ministers of Ghana, Togo and Benin left.", ["GH", "TG", "BJ"]),
        ("The Kremlin waited.", ["RU"]),
        ("The Dutch waited.", ["NL"]),
        ("Türkiye waited.", ["TR"]),
        ("ASEAN waited.", ["ASEAN"]),
        ("Kenya's Ministry of Mines, Oil and Gas waited.", ["Ministry of Mines, Oil and Gas"]),
        ("The Ministry of Trade of Peru met. The ministry waited.", ["Ministry of Trade"]),
        ("Ghana's minister, Ken Addo, met bankers. The government borrows less.", ["GH"]),
        ("Staff of the Islamic Development Bank left.", ["Islamic Development Bank"]),
        ("We, the ministers of Oman, Qatar and Kuwait, met. We agree.", ["OM", "QA", "KW"]),
        ("MINISTER KEN ADDO: I know.", ["KEN ADDO"]),
        ("Ghana's Minister Ken Addo spoke.\nMR. ADDO: I know.", ["Ken Addo"]),
        ("Ghana's Minister Ken Addo spoke.\nMR. ADDO: We know.", ["GH"]),
        ("The Presidents of the Republic of Mali and of the Republic of Benin met.", ["ML", "BJ"]),
        ("Fiji met Ghana's minister, Ken Addo. He left.", ["Ken Addo"]),
        (LEADERS + "Leaders of the Union of Fishermen waited.", []),
        (TALKS + "The leaders of the two countries smiled.", ["PE", "BO"]),
        (TALKS + "The two administrations waited.", ["PE", "BO"]),
        ("Two diplomats left.", []),
        ("The chairs were blue.", []),
        ("Chinese companies waited.", []),
    ],
)
def test_a_subject_stands_for_its_actors(text: str, actors: list[str], engine: Engine) -> None:
    assert last_subject(text, engine) == actors


def test_a_capital_stands_for_the_state_of_its_time(engine: Engine) -> None:
    then = read(article("Moscow waited.", published="1971-03-02"), engine)
    now = read(article("Moscow waited.", published="2011-03-02"), engine)
    found = [r.parties(r.sentences[0], r.sentences[0].span[0])[0].value for r in (then, now)]
    assert found == ["SU", "RU"]


def test_a_capital_after_in_is_a_place_and_no_actor(engine: Engine) -> None:
    reading = reading_of("The envoys met in Nairobi.", engine)
    (sentence,) = reading.sentences
    nairobi = next(token for token in sentence.span if token.text == "Nairobi")
    assert reading.parties(sentence, nairobi) == ()


def test_a_longer_name_hides_the_state_in_it(engine: Engine) -> None:
    reading = reading_of("Ships crossed the South China Sea and the Gulf of Mexico.", engine)
    (sentence,) = reading.sentences
    assert reading.hits(sentence) == ()


def test_hyphens_part_the_states_of_a_compound(engine: Engine) -> None:
    reading = reading_of("The Chile-Peru-U.S. pipeline leaks.", engine)
    (sentence,) = reading.sentences
    assert [hit.ref for hit in reading.hits(sentence)] == ["CL", "PE", "US"]


def test_a_person_goes_by_the_fullest_name_of_the_article(engine: Engine) -> None:
    text = "Minister Diallo waited. Guinea's mines minister, Aminata Diallo, left. Diallo smiled."
    reading = reading_of(text, engine)
    names = {reading.filler_of(s, p).ref for s in reading.sentences for p in reading.people(s)}
    assert names == {"Aminata Diallo"}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            (
                "Present were Ana Ruiz, the Spanish Minister of Labour, Hamid Karim, the Moroccan "
                "Minister of Finance, Trade, and Energy, and Mei Tan, Singapore's envoy."
            ),
            ["Ana Ruiz", "Hamid Karim", "Mei Tan"],
        ),
        (
            (
                "It was attended by Spain's Minister of Labour, Ana Ruiz; Moroccan Minister of "
                "Finance, Hamid Karim; and the Secretary of State for Energy, Mei Tan."
            ),
            ["Ana Ruiz", "Hamid Karim", "Mei Tan"],
        ),
        ("Deputy Ministers Ana Ruiz and Hamid Karim left.", ["Ana Ruiz", "Hamid Karim"]),
        ("Ursula von der Leyen left.", ["Ursula von der Leyen"]),
        ("Australia's Resources Minister Madeleine King left.", ["Madeleine King"]),
        ("President Joseph R. Biden, Jr. left.", ["Joseph R. Biden, Jr."]),
    ],
)
def test_lists_of_persons_are_read_by_their_order(
    text: str, people: list[str], engine: Engine
) -> None:
    reading = reading_of(text, engine)
    (sentence,) = reading.sentences
    assert [person.name for person in reading.people(sentence)] == people


@pytest.mark.parametrize(
    ("text", "word", "sources"),
    [
        ("According to Reuters, Chile banned exports.", "banned", ["Reuters"]),
        ("Xinhua reported that Chile banned exports.", "banned", ["Xinhua"]),
        ("Minister Ana Ruiz said that Chile banned exports.", "banned", ["Ana Ruiz"]),
        ("The joint statement condemned the ban.", "condemned", ["joint statement"]),
        ("Chile banned exports.", "banned", []),
    ],
)
def test_attribution_names_whom_the_article_cites(
    text: str, word: str, sources: list[str], engine: Engine
) -> None:
    reading = reading_of(text, engine)
    (sentence,) = reading.sentences
    token = next(each for each in sentence.span if each.text == word)
    assert [filler.value for filler in reading.attribution(sentence, token)] == sources


@pytest.mark.parametrize(
    ("text", "word", "judgement"),
    [
        ("Chile did not ban exports.", "ban", (True, False, False, False)),
        ("Chile denied that it had banned exports.", "banned", (True, False, False, False)),
        ("Reports that Chile banned exports are false.", "banned", (True, False, False, False)),
        ("Chile could ban exports.", "ban", (False, True, False, False)),
        ("If Chile bans exports, prices rise.", "bans", (False, True, False, False)),
        ("Will Chile ban exports?", "ban", (False, False, True, False)),
        ('Ruiz said: "Chile banned exports."', "banned", (False, False, False, True)),
        ("Chile banned exports.", "banned", (False, False, False, False)),
    ],
)
def test_factuality_is_judged_once_for_all_kinds(
    text: str, word: str, judgement: tuple[bool, ...], engine: Engine
) -> None:
    reading = reading_of(text, engine)
    (sentence,) = reading.sentences
    token = next(each for each in sentence.span if each.text == word)
    facts = reading.factuality(sentence, token)
    assert (facts.negative, facts.hypothetical, facts.question, facts.quoted) == judgement


def test_the_release_of_a_government_speaks_for_its_state(engine: Engine) -> None:
    assert reading_of("It rains.", engine, "U.S. Department of State").releasing_state == "US"
    assert reading_of("It rains.", engine, "The White House").releasing_state == "US"
    assert reading_of("It rains.", engine, "The Japan Times").releasing_state is None


def test_first_person_in_a_release_is_the_government_that_put_it_out(engine: Engine) -> None:
    reading = reading_of("We will lower the tariff.", engine, "U.S. Department of Commerce")
    (sentence,) = reading.sentences
    (we,) = reading.subjects[sentence.index]
    assert [filler.value for filler in reading.parties(sentence, we)] == ["US"]


def test_an_official_acts_for_the_state_of_the_office(engine: Engine) -> None:
    text = "Ana Ruiz of the Ministry of Trade of Peru met her Chilean counterpart, Luis Gil."
    reading = reading_of(text, engine)
    (sentence,) = reading.sentences
    gil = reading.people(sentence)[-1]
    served = reading.acts_for(reading.filler_of(sentence, gil))
    assert [filler.value for filler in served] == ["CL"]


def test_mentions_keep_to_their_sentence(engine: Engine) -> None:
    text = "Peru’s envoy left Quito on 3 May 2021.\nOn Tuesday the Group of Seven met in Rome."
    reading = reading_of(text, engine)
    for sentence in reading.sentences:
        for mention in reading.mentions(sentence):
            assert sentence.span.start <= mention.start < mention.end <= sentence.span.end
            assert mention.refs
    kinds = {m.type for s in reading.sentences for m in reading.mentions(s)}
    assert {"state", "bloc", "date"} <= kinds


def test_a_headline_alone_makes_no_person_of_its_words(engine: Engine) -> None:
    headline = "Labour Ministers Follow Up on Lima Pledge as Rose Otieno Steps In"
    text = f"{headline}\nRose Otieno said so."
    lines = (
        Line(0, len(headline), "title"),
        Line(len(headline) + 1, len(text), "body"),
    )
    reading = read(Article("test", text, (), lines), engine)
    assert {p.name for each in reading.sentences for p in reading.people(each)} == {"Rose Otieno"}
