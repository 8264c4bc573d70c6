"""What no writer meant to be read: no crash, no claim that nobody made, no work without end."""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from types import FrameType

import pytest

from kg.articles.lines import lines_of
from kg.articles.model import Article, Line, Rejection
from kg.articles.read import read_articles
from kg.claims.engine import LONGEST_WORD, Engine, plain
from kg.claims.extract import claims_of
from kg.claims.model import Claim
from kg.records import to_line

TALKS = "Norway and Chile held talks on copper in Oslo on 3 May 2021."
PLEDGE = "Peru agreed with Japan to cut its tin exports."
KG = claims_of.__code__.co_filename.removesuffix("extract.py")

NOISE = {
    "a line of 2 MB without a space": "x" * 2_000_000,
    "2 MB of base64": "qZ+/0fGh" * 250_000,
    "1 MB of brackets": "([{" * 170_000 + ")]}" * 170_000,
    "1 MB of quotation marks": "\"'“”‘’" * 166_666,
    "1 MB of digits": "7" * 1_000_000,
    "1 MB of dots": "." * 1_000_000,
    "1 MB of dashes": "—-–" * 333_333,
    "1 MB of spaces": " " * 1_000_000,
    "1 MB of no-break spaces": "\u00a0" * 1_000_000,
    "brackets apart": "( ) [ ] { } " * 300,
    "quotes apart": "\" ' “ ” " * 300,
    "digits apart": "7 31 1999 " * 300,
    "signs apart": "; , : . ! ? - – — / \\ | " * 150,
    "full stops": "a. B. c. D. " * 200,
    "emoji": "👩‍👩‍👧‍👦 🇵🇪 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ❤️‍🔥 " * 120,
    "zero-width characters": "P\u200be\u200dr\u2060u a\u00adgreed \ufeff" * 150,
    "combining marks": "Z̷͍̈a̶̝͝l̵̰̏g̸̫̑o̵ " * 100,
    "controls": "\x01\x02\x1b[31m\x7f " * 200,
    "NULs": "ore\0and\0tin " * 200,
    "private use": "\ue000\uf8ff \U000f0000 " * 200,
    "Arabic": "\u202eبيرو وتشيلي\u202c \u2067العراق\u2069 " * 150,
    "Hebrew": "ישראל ומצרים דיברו על נחושת. " * 100,
    "Chinese": "日本和智利同意限制锡的出口。" * 150,
    "Russian": "Перу и Чили обсудили медь в Лиме. " * 80,
    "scripts in one word": "Pеru Chіlе аgrееd Јараn " * 100,  # Cyrillic among Latin letters
    "tags": '<div class="x"><a href="#">Home</a><br/><b>Menu</b></div> ' * 60,
    "entities": "&lt;&gt;&amp;&quot;&#8212;&nbsp;&#x27; " * 120,
    "long words": "pneumono" * 30 + " " + "Ab" * 140 + " " + "tin-" * 70,
    "an address": "https://example.org/" + "peru/chile?agreed=talks&" * 400,
    "one word said again": "agreed " * 2000,
    "names without verbs": "Peru, Chile; Japan / Kenya - Mali " * 100,
    "trigger words alone": "talks ban pledge concern sanction accord warned agreed " * 60,
}


def marked(text: str, *, body: bool = True) -> Article:
    """Make an article of a text: all of it body, or each line what it is taken for."""
    lines = lines_of(text)
    if body:
        lines = tuple(Line(line.start, line.end, "body") for line in lines)
    return Article("bad", text, lines=lines)


def read(text: str, engine: Engine, *, body: bool = True) -> list[Claim]:
    """Read the claims of a text; each must stand where it says."""
    found = list(claims_of(marked(text, body=body), engine))
    for claim in found:
        assert text[claim.start : claim.end] == claim.quote
        assert claim.quote.strip()
        to_line(claim).encode()
    return found


def said(claims: list[Claim]) -> Counter[tuple[str, str]]:
    return Counter((claim.kind, claim.quote) for claim in claims)


@pytest.fixture(scope="module")
def sound(engine: Engine) -> Counter[tuple[str, str]]:
    """What two sound sentences say."""
    found = said(read(f"{TALKS}\n\n{PLEDGE}\n", engine))
    assert {"meeting", "commitment"} <= {kind for kind, _ in found}
    return found


@pytest.mark.parametrize("noise", NOISE.values(), ids=NOISE)
def test_noise_says_nothing_and_takes_nothing_away(
    noise: str, engine: Engine, sound: Counter[tuple[str, str]]
) -> None:
    assert said(read(f"{TALKS}\n\n{noise}\n\n{PLEDGE}\n", engine)) == sound


@pytest.mark.parametrize("noise", [each for each in NOISE.values() if len(each) < 20_000])
def test_noise_on_the_line_of_a_sentence_says_nothing(noise: str, engine: Engine) -> None:
    found = read(f"{TALKS} {noise}\n", engine, body=False)
    assert {claim.kind for claim in found} <= {"meeting"}
    assert all(claim.quote.startswith(TALKS) for claim in found)


def test_ten_thousand_lines_of_one_word_say_nothing(engine: Engine) -> None:
    words = ("tin", "Peru", "agreed", "Minister", "talks", "Chile", "ban", "said")
    text = "\n".join(words[i % len(words)] for i in range(10_000))
    assert read(text, engine, body=False) == []
    assert read(text[:6000], engine) == []


def test_a_sentence_of_five_thousand_words_is_no_claim(engine: Engine) -> None:
    listed = ", ".join(f"ore {i}" for i in range(2500))
    found = read(f"{TALKS} Peru and Chile agreed to ban {listed} and tin. {TALKS}\n", engine)
    assert {claim.quote for claim in found} == {TALKS}


def test_nested_quotes_are_read_without_end_and_without_inventions(engine: Engine) -> None:
    nested = 'The aide said: "' * 80 + "no comment" + '"' * 80 + "."
    assert {claim.kind for claim in read(f"{nested}\n", engine)} <= {"utterance"}
    assert read(f"{'“‘' * 60}Tin{'’”' * 60}.\n", engine) == []


def test_text_in_capitals_says_what_it_says_in_ordinary_letters(engine: Engine) -> None:
    small = read(f"{TALKS}\n\n{PLEDGE}\n", engine)
    shouted = read(f"{TALKS}\n\n{PLEDGE}\n".upper(), engine)
    assert Counter(each.kind for each in shouted) <= Counter(each.kind for each in small)
    assert {each.quote for each in shouted} <= {TALKS.upper(), PLEDGE.upper()}
    assert states(shouted) <= states(small)


def states(claims: list[Claim]) -> set[str]:
    return {
        str(filler.ref)
        for claim in claims
        for fillers in claim.roles.values()
        for filler in fillers
        if filler.type == "state"
    }


def scrambled(text: str, seed: int) -> str:
    """Swap neighbouring letters and misread others, as bad scans do."""
    chance = random.Random(seed)
    letters = list(text)
    for at in range(len(letters) - 1):
        if chance.random() < 0.08:
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
    misread = {"l": "1", "o": "0", "m": "rn", "fi": "ﬁ", "e": "c"}
    return "".join(misread.get(each, each) if chance.random() < 0.05 else each for each in letters)


@pytest.mark.parametrize("seed", range(6))
def test_badly_scanned_text_names_nobody_who_is_not_in_it(seed: int, engine: Engine) -> None:
    text = "\n\n".join(scrambled(f"{TALKS} {PLEDGE}", seed * 10 + i) for i in range(6)) + "\n"
    found = read(text, engine)
    assert states(found) <= {"NO", "CL", "PE", "JP"}
    assert {each.kind for each in found} <= {"meeting", "commitment", "control"}  # it cuts exports


def test_hyphens_at_line_ends_and_ligatures_move_no_offset(engine: Engine) -> None:
    text = "Norway and Chile held of\ufb01cial talks on cop-\nper in Oslo on 3 May 2021.\n"
    assert {each.kind for each in read(text, engine)} <= {"meeting"}


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\u061c", "\ufeff"])
def test_marks_of_direction_move_no_offset(mark: str, engine: Engine) -> None:
    found = read(f"{mark}{TALKS}{mark}\n\n{PLEDGE}\n", engine)
    assert {each.kind for each in found} <= {"meeting", "commitment", "utterance"}
    assert PLEDGE in {each.quote for each in found}


def test_half_a_surrogate_pair_is_refused_before_it_is_read() -> None:
    line = b'{"id": "half", "text": "Peru and \\ud83d Chile agreed to cut quotas."}\n'
    told = list(read_articles(["-"], stdin=BytesIO(line)))
    assert [type(each) for each in told] == [Rejection]


def test_what_is_longer_than_any_word_is_one_word(engine: Engine) -> None:
    assert len(engine.nlp.make_doc(plain("(" * (LONGEST_WORD + 1)))) == 1
    assert plain("Peru-" * 20) == "Peru-" * 20


def work_of(text: str, engine: Engine) -> int:
    """Count the calls of the package's own functions while a text is read."""
    count = 0

    def see(frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        count += event == "call" and frame.f_code.co_filename.startswith(KG)

    made = marked(text)
    sys.setprofile(see)
    try:
        found = list(claims_of(made, engine))
    finally:
        sys.setprofile(None)
    assert found
    return count


def syllables(i: int) -> str:
    return "".join("BaDeFiGoKuLaMeNiPoRu"[2 * int(d) : 2 * int(d) + 2] for d in str(i)).title()


GROWING: dict[str, Callable[[int], str]] = {
    "the same sentence": lambda _: TALKS,
    "new persons": lambda i: f"Minister {syllables(i)} Odum met Ann {syllables(i + 7)} of Chile.",
    "new bodies": lambda i: f"The {syllables(i)} Mining Agency (A{i}Q) agreed to cut tin quotas.",
    "pronouns": lambda i: f"He said that they agreed to cut {i} quotas of tin with it.",
    "speakers": lambda i: f"MS. LEE: Peru agreed to cut quota {i}.",
    "bullets": lambda i: f"- Peru agreed to cut tin quota {i};",
    "dates": lambda i: f"Peru and Chile met on {i % 28 + 1} May {1950 + i % 70}.",
    "quotes": lambda i: f'"We will cut quota {i}," said Ann Lee, the minister of Peru.',
    "countries": lambda i: f"Mali, the three countries said, sold {i} tonnes of tin in May.",
}


@pytest.mark.parametrize("line", GROWING.values(), ids=GROWING)
def test_twice_the_text_is_at_most_two_and_a_half_times_the_work(
    line: Callable[[int], str], engine: Engine
) -> None:
    start = "Ann Lee, the minister of Peru, met Bo Poe of Chile and Cy Roe of Japan in Lima."
    small, large = (
        work_of("\n\n".join([start, *map(line, range(100, 100 + n))]), engine) for n in (60, 120)
    )
    assert large <= 2.5 * small
