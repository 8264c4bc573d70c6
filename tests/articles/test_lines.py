"""Each line of a text is given what it is for."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.articles.lines import lines_of
from kg.articles.passages import is_sentence

BODY = "Two ministers met in Oran on Saturday and agreed to share copper."
MORE = "They will meet again in the autumn, the ministers said."


def roles(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(line.role, text[line.start : line.end]) for line in lines_of(text, 0, title)]


def test_a_news_page_saved_as_text() -> None:
    text = f"""
This is a machine translated page.
Ministers Share Copper
- Original language: Danish
- •
-
Region: Africa
Select Language
By Ann Lee
May 3, 2031 10:23 AM

Ministers Share Copper
A minister signs the pact in the port of Oran on Saturday.
(Photo: Ann Lee/Harbour Wire)

ORAN (HW) - {BODY}

READ NEXT: A Port Without Ships

What Comes Next

{MORE}
Minister Bo Ek (left) shakes hands with his colleague in the port of Oran.
Quotas, they added, are
- for copper, half a tonne;
- for nickel, none.

(Reporting by Ann Lee; Editing by Cy Moe)
© 2031 Harbour Wire. All rights reserved.
Harbour Fair
Join the Conversation
"""
    assert [role for role, _ in roles(text)] == [
        "boilerplate", "title", *["boilerplate"] * 5, "byline", "dateline",
        "title", "caption", "boilerplate", "body", "boilerplate", "heading", "body",
        "caption", "heading", "body", "body", "boilerplate", "rights",
        "boilerplate", "boilerplate",
    ]  # fmt: skip


def test_a_press_release_with_long_paragraphs_lists_and_a_transcript() -> None:
    text = f"""Fact Sheet: The Copper Pact

The following is attributable to the spokesperson of the ministry:
{BODY} {MORE}

KEEPING COPPER SAFE: {MORE}

- The pact sets a quota for copper.

- Nickel is left out.

The quota covers these goods and no others:
- copper wire
- copper pipes

Q Did the ministers speak of nickel?

MR. EK: I would not go that far. Ask them.

Begin Text:

We, the two ministers, will meet once a year.

###
Media contact: Ann Lee"""
    assert [role for role, _ in roles(text)] == [
        "title", "body", "body", "body", "body", "body", "body", "body", "body", "body", "body",
        "heading", "body", "boilerplate", "boilerplate",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "role"),
    [
        ("Ministers share copper", "title"),
        ("Will the ministers share copper?", "title"),
        ("Ministers Share Copper in Oran.", "title"),
        (MORE, "body"),
        ("# Ministers share copper", "title"),
    ],
)
def test_the_first_line_is_the_title_unless_it_is_a_sentence(first: str, role: str) -> None:
    assert roles(f"{first}\n\n{BODY}")[0] == (role, first)


def test_a_title_that_is_known_is_found_wherever_it_stands() -> None:
    text = f"Harbour Daily Weekend\nMinisters share copper\n{BODY}"
    assert roles(text, "Ministers Share Copper")[1] == ("title", "Ministers share copper")


def test_hard_wrapped_paragraphs_are_body_to_their_last_word() -> None:
    text = """Ministers share copper

Two ministers met in the port of Oran on Saturday, after a
week of talks, and agreed to share the copper of the mines
near the border. They will meet again in the autumn of next
year in Tunis.

A second paragraph tells that nickel, of which there is not
much, was left out of the talks for good, as the two of them
said
"""
    assert [role for role, _ in roles(text)] == ["title"] + ["body"] * 7


def test_short_lines_between_paragraphs_are_headings_and_menus_are_not() -> None:
    text = f"Ministers share copper\n{BODY}\n\nNickel\n\n{MORE}\n\nMining\nTrade\nShipping\n"
    assert [role for role, _ in roles(text)] == [
        "title", "body", "heading", "body", "boilerplate", "boilerplate", "boilerplate",
    ]  # fmt: skip


def test_a_credit_with_a_sentence_is_a_caption() -> None:
    credit = "Photo: The ministers sign the pact in the port of Oran.\nPhoto: Ann Lee"
    text = f"Title\n{BODY}\n{credit}\n{MORE}"
    assert [role for role, _ in roles(text)][2:4] == ["caption", "boilerplate"]


def test_a_text_without_full_stops_still_has_a_body() -> None:
    text = "Copper news\n\nthe ministers met in oran and agreed to share copper"
    assert [role for role, _ in roles(text)] == ["title", "body"]


def test_a_byline_in_the_middle_is_a_heading() -> None:
    text = f"Title\n\n{BODY}\n\nBy Popular Demand\n\n{MORE}"
    assert roles(text)[2] == ("heading", "By Popular Demand")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Two ministers met.", True),
        ("“Two ministers met.”", True),
        ("大臣が会った。", True),
        ("Did they?", True),
        ("- The pact holds.", True),
        ("Ores and Metals Inc.", False),
        ("Washington, D.C.", False),
        ("Two ministers met", False),
        ("", False),
        ("...", False),
    ],
)
def test_a_sentence_stops_and_has_plain_words(text: str, *, sentence: bool) -> None:
    assert is_sentence(text) is sentence


@settings(deadline=None)  # the first example loads lexicons and parsers
@given(st.text(alphabet="aB .:-#*•\r\n\t©|1\x0c\u2028", max_size=120), st.integers(0, 120))
def test_the_lines_of_any_text_cover_all_that_is_not_blank(text: str, body: int) -> None:
    lines = lines_of(text, min(body, len(text)))
    kept = "".join(text[line.start : line.end] for line in lines)
    assert kept.split() == text.split() or "".join(kept.split()) == "".join(text.split())
    assert all(text[line.start : line.end].strip() for line in lines)
    assert all(first.end <= second.start for first, second in pairwise(lines))
    assert not any("\n" in text[line.start : line.end] for line in lines)


def test_items_of_a_list_are_body_whatever_letter_they_bear() -> None:
    items = ["(a) niobium, unwrought;", "(b) ores of zinc;", "(c) bismuth and articles thereof."]
    text = "\n".join(["On ores", "", BODY, "The following need a licence:", *items])
    assert roles(text)[-3:] == [("body", item) for item in items]
    credited = "\n".join([BODY, MORE, "", "(c) 2031 Harbour Wire"])
    assert roles(credited)[-1][0] == "rights"


def test_a_date_below_a_long_title_is_a_line_of_its_own() -> None:
    title = "Norway will not copy its neighbours, a minister says"
    text = f"{title}\n14 May 2031\n\nTwo ministers met in Oran."
    assert [line.role for line in lines_of(text)] == ["title", "dateline", "body"]


def test_a_list_may_begin_and_end_the_body() -> None:
    lead, items = "Ghana has put the following firms on its list:", "- Lotus Foundry\n- Orion"
    text = f"Ghana lists firms\n\n{lead}\n{items}"
    assert [line.role for line in lines_of(text)] == ["title", "body", "body", "body"]
    menu = f"Ghana lists firms\n\nTwo ministers met.\n\nMore of our stories:\n{items}"
    assert {line.role for line in lines_of(menu)[2:]} == {"boilerplate"}


def test_a_correction_is_no_body() -> None:
    wrong = "Correction: An earlier version named three ministers."
    text = f"Ores\n\nTwo ministers met in Oran.\n\n{wrong}"
    assert [line.role for line in lines_of(text)] == ["title", "body", "boilerplate"]


def test_a_short_line_before_a_list_is_body_where_it_must_go_on() -> None:
    text = (
        "Ores\n\nTwo ministers met in Oran.\n\nThey resolved to:\n\n(a) share tin;\n\n{}\n\n- Tin\n"
    )
    roles = [line.role for line in lines_of(text.format("More news:"))]
    assert roles == ["title", "body", "body", "body", "boilerplate", "boilerplate"]
