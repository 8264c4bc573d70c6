"""The first minutes of somebody who has never seen the site, with a mouse, keys, or no script."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

NO_SCRIPT = {"java_script_enabled": False}
PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "has_touch": True}
WIDE = {"viewport": {"width": 1280, "height": 900}}


def first_words(text: str) -> str:
    return " ".join(text.split()[:3])


@pytest.mark.parametrize(
    "options", [WIDE, PHONE, NO_SCRIPT], ids=["wide", "phone", "no-script"], indirect=True
)
def test_from_the_first_page_to_a_table_of_ones_own(visit: Visit) -> None:
    page = visit.go()
    page.locator(".doors h3 a").first.click()  # a meeting
    party = page.locator("dl.properties > div", has_text="Parties")
    expect(party).to_be_visible()
    source = party.locator("details.source").first
    source.locator("summary").click()
    quote = source.locator("blockquote.quote").first
    expect(quote).to_be_visible()
    expect(quote.locator("mark").first).to_be_visible()
    sentence = quote.inner_text()

    source.get_by_text("the sentence in the article").first.click()
    target = page.locator(":target")
    expect(target).to_be_visible()
    assert first_words(sentence) in page.locator("p.line", has=target).inner_text()

    visit.go("disagreements")
    entry = page.locator("article.dispute").first
    assert entry.locator(".side").count() >= 2
    expect(entry.locator("blockquote.quote").first).to_be_visible()
    expect(entry.get_by_text("What a cautious reader takes")).to_be_visible()

    visit.go("question/meetings-of-a-state")
    page.get_by_label("State").fill("Japan")
    page.get_by_role("button", name="Ask").click()
    rows = page.locator("table.entries tbody tr").count()
    assert rows > 0
    link = page.get_by_role("link", name="CSV", exact=True).first.get_attribute("href")
    assert link is not None
    address = page.evaluate("link => new URL(link, document.baseURI).href", link)
    answer = page.context.request.get(address)
    assert answer.headers["content-type"].startswith("text/csv")
    assert len(list(csv.DictReader(StringIO(answer.text())))) == rows


def test_a_name_in_another_spelling_is_found(visit: Visit) -> None:
    page = visit.go()
    search = page.locator("header input[type=search]")
    search.fill("Saitoh Ken")
    search.press("Enter")
    expect(page.get_by_role("link", name="Saito").first).to_be_visible()


def test_facets_narrow_a_list_and_the_address_keeps_them(visit: Visit) -> None:
    page = visit.go("list/meetings")
    all_rows = page.locator("table.entries tbody tr").count()
    page.locator(".facets a", has_text="United States").first.click()
    assert "?" in page.url
    fewer = page.locator("table.entries tbody tr").count()
    assert 0 < fewer <= all_rows
    page.reload()
    assert page.locator("table.entries tbody tr").count() == fewer


def test_the_keyboard_reaches_the_content_at_once(visit: Visit) -> None:
    page = visit.go("list/meetings")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_be_visible()
    expect(focused).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#content$"))
