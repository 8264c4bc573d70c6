"""Utterances: who says something with content, and where."""

from __future__ import annotations

import pytest

from kg.claims.engine import Engine
from tests.claims.reading_of import claims, values


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Minister Rose Otieno said that prices would fall.", "Rose Otieno"),
        ('"Prices will fall," Minister Rose Otieno told reporters.', "Rose Otieno"),
        ("Minister Rose Otieno emphasised the importance of trade.", "Rose Otieno"),
        ("Kenya's Ministry of Trade said exports rose.", "Ministry of Trade"),
        ("Kuwait said that it would wait.", "KW"),
        ("Rose Otieno, Kenya's trade minister, warned against waste of fuel.", "Rose Otieno"),
    ],
)
def test_a_saying_has_its_speaker(text: str, speaker: str, engine: Engine) -> None:
    (claim,) = claims(text, "utterance", engine)
    assert values(claim, "speaker") == [speaker]


def test_venue_and_date_belong_to_the_saying(engine: Engine) -> None:
    text = "Minister Rose Otieno told a news conference on Monday that prices would fall in 2027."
    (claim,) = claims(text, "utterance", engine)
    assert [filler.text for filler in claim.fillers("venue")] == ["news conference"]
    assert values(claim, "date") == ["2024-06-24"]


def test_a_turn_of_a_transcript_is_an_utterance(engine: Engine) -> None:
    text = "Remarks by Press Secretary Rose Otieno\nQ: Will you go?\nMS. OTIENO: We have no plans."
    (claim,) = claims(text, "utterance", engine)
    assert values(claim, "speaker") == ["Rose Otieno"]
    assert claim.quote.startswith("MS. OTIENO")


@pytest.mark.parametrize(
    "text",
    [
        "Reuters reported that prices fell.",
        "Analysts said prices would fall.",
        "The report said prices would fall.",
        "Minister Rose Otieno thanked the hosts.",
        "Minister Rose Otieno discussed prices.",
        "Minister Rose Otieno would say nothing.",
        "Rose Otieno and Jan Novak met. Neither minister said that prices fell.",
        "The three countries said that prices fell.",
        "The committee was told that prices fell.",
    ],
)
def test_media_documents_and_thanks_are_no_utterances(text: str, engine: Engine) -> None:
    assert claims(text, "utterance", engine) == []


@pytest.mark.parametrize("verb", ["reaffirmed", "pledged", "vowed", "agreed"])
def test_an_undertaking_is_an_utterance_only_where_it_is_quoted(verb: str, engine: Engine) -> None:
    plain = f"Minister Rose Otieno {verb} that Kenya would buy more maize."
    assert claims(plain, "utterance", engine) == []
    quoted = 'Minister Rose Otieno vowed: "Kenya will buy more maize."'
    assert len(claims(quoted, "utterance", engine)) == 1


def test_ministers_are_all_of_the_last_set_of_one_rank(engine: Engine) -> None:
    text = (
        "Minister Rose Otieno held talks with US Secretary of Labor Jane Miller and Jan Novak, "
        "Slovenia's Minister of Health. The ministers told reporters that they were content."
    )
    (claim,) = claims(text, "utterance", engine)
    assert set(values(claim, "speaker")) == {"Rose Otieno", "Jane Miller", "Jan Novak"}


@pytest.mark.parametrize(
    "text",
    [
        "Rose Otieno said at a short news briefing that Kenya opposed the tax.",
        'Rose Otieno called the tax "a mistake".',
        "For her part Rose Otieno pointed to the needs of farmers.",
        "The farmers had not been heard, a charge that Rose Otieno has rejected.",
    ],
)
def test_newspapers_report_sayings_in_many_ways(text: str, engine: Engine) -> None:
    (claim,) = claims(text, "utterance", engine)
    assert values(claim, "speaker") == ["Rose Otieno"]


def test_what_is_told_of_a_place_is_not_said_there(engine: Engine) -> None:
    text = "Rose Otieno said nothing at a briefing that lasted an hour."
    assert claims(text, "utterance", engine) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            (
                "Ore will leave the port from May, but only in small amounts, the country's ore "
                "regulator OMRA announced at the weekend."
            ),
            "OMRA",
        ),
        (
            "Peru's Trade Ministry voiced anger. Both governments, it said, had exchanged letters.",
            "Trade Ministry",
        ),
    ],
)
def test_a_body_speaks_in_the_middle_or_at_the_end(text: str, speaker: str, engine: Engine) -> None:
    (claim,) = claims(text, "utterance", engine)
    assert values(claim, "speaker") == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The nets, said Fisheries Minister Rose Otieno, were empty.", ["Rose Otieno"]),
        ("The nets, Fisheries Minister Rose Otieno conceded, were empty.", ["Rose Otieno"]),
        ("The nets were empty, Fisheries Minister Rose Otieno assured her hosts.", ["Rose Otieno"]),
        ("As Fisheries Minister Rose Otieno put it, the nets were empty.", ["Rose Otieno"]),
        ("Fisheries Minister Rose Otieno shot back that nobody had asked.", ["Rose Otieno"]),
        ("Fisheries Minister Rose Otieno went on to say that nets cost money.", ["Rose Otieno"]),
        ("Fisheries Minister Rose Otieno gave assurances that nets come first.", ["Rose Otieno"]),
        ('Fisheries Minister Rose Otieno shrugged: "Nets come first."', ["Rose Otieno"]),
        ("Fisheries Minister Rose Otieno denied having sold the nets.", ["Rose Otieno"]),
        ("The cull was hailed as a mercy by Rose Otieno, the fisheries minister.", ["Rose Otieno"]),
        ("Samoa and Tonga said on Friday they would not fish.", ["TO", "WS"]),
        ("There will be fish, Rose Otieno, the minister, vowed on state radio.", ["Rose Otieno"]),
    ],
)
def test_a_saying_is_read_in_every_guise(text: str, speaker: list[str], engine: Engine) -> None:
    (claim,) = claims(text, "utterance", engine)
    assert sorted(values(claim, "speaker")) == speaker


@pytest.mark.parametrize(
    "text",
    [
        "According to Minister Rose Otieno, prices will fall.",
        "The boats, say three traders, were empty.",
        "Minister Rose Otieno accused the traders of greed.",
        "Minister Rose Otieno promised that nets would be mended.",
        "Asked whether nets were mended, Minister Rose Otieno shook her head.",
        "Minister Rose Otieno would not say whether nets were mended.",
        "The joint declaration, read out by Minister Rose Otieno, says nets come first.",
    ],
)
def test_what_nobody_named_says_in_so_many_words_is_no_utterance(text: str, engine: Engine) -> None:
    assert not claims(text, "utterance", engine)


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("Speaking on state radio, Minister Rose Otieno said nets come first.", "state radio"),
        ("In remarks to parliament, Minister Rose Otieno said nets come first.", "parliament"),
        ("Minister Rose Otieno warned in a circular that nets come first.", "circular"),
        (
            "Minister Rose Otieno hit out at the traders at a briefing, saying nets come first.",
            "briefing",
        ),
    ],
)
def test_the_venue_is_where_it_was_said_or_written(text: str, venue: str, engine: Engine) -> None:
    (claim,) = claims(text, "utterance", engine)
    assert [filler.text for filler in claim.fillers("venue")] == [venue]


def test_a_label_with_ranks_begins_a_turn(engine: Engine) -> None:
    text = "Deputy Secretary Rose Otieno\nQ: When?\nDEPUTY SECRETARY OTIENO: Not before spring."
    (claim,) = claims(text, "utterance", engine)
    assert values(claim, "speaker") == ["Rose Otieno"]
