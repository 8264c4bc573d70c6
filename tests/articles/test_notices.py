"""Every rule of the boilerplate file knows its examples and leaves its counterexamples."""

from __future__ import annotations

import re

import pytest

from kg.articles.notices import Rule, boilerplate, notice_of, notices_of

RULES = boilerplate().rules


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_rule_knows_its_examples(rule: Rule) -> None:
    assert rule.examples
    for example in rule.examples:
        assert rule in [notice.rule for notice in notices_of(example)], example


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_rule_leaves_its_counterexamples(rule: Rule) -> None:
    assert rule.counterexamples
    for example in rule.counterexamples:
        assert rule not in [notice.rule for notice in notices_of(example)], example


def test_rules_have_names_of_their_own_and_patterns_that_compile() -> None:
    names = [rule.name for rule in RULES]
    assert sorted(set(names)) == sorted(names)
    for pattern in [*boilerplate().caption_clues, *(p for rule in RULES for p in rule.patterns)]:
        assert re.compile(pattern).match("") is None, f"{pattern} knows the empty line"


@pytest.mark.parametrize(
    "sentence",
    [
        "Two ministers met in Oran on Saturday.",
        "Share prices of three miners fell after the talks.",
        "Print runs were cut in half, the publisher told the court.",
        "Related talks on nickel go on in June.",
        "Home affairs ministers from both states took part.",
        "Follow-up meetings are planned for the autumn.",
        "Terms of the pact were not made public.",
        "Contact with the mine was lost on Tuesday.",
        "Editing the statement took the ministers all night.",
        "The source of the copper is unknown.",
        "Photographs of the site were handed to the court.",
        "Image problems have dogged the ministry for years.",
        "Subscribers to the pact include both states.",
        "Next week the ministers will meet again.",
        "Live animals are left out of the agreement.",
        "Opinion in the capital is divided, the minister said.",
        "Q Did the ministers speak of copper?",
        "MR. EK: I would not go that far.",
        "- The pact sets a quota for nickel.",
        "(a) The parties shall meet once a year.",
        "Copyright questions were left out of the treaty.",
        "Translated into tonnes, the quota is small.",
        "Machine tools and lorries are left out of the pact.",
        "The two sides reserved all rights under the treaty of 1987.",
        "Advertising of tobacco is banned by both states.",
        "Follow the money, said the minister, and you will find the copper.",
        "Join us, the minister told the neighbouring states.",
        "More about copper than about nickel was said.",
    ],
)
def test_a_sentence_of_an_article_is_no_notice(sentence: str) -> None:
    assert notice_of(sentence) is None


@pytest.mark.parametrize(
    "line",
    [
        "READ MORE: A port without ships",
        "Read Next:\xa0A port without ships",
        "See also: Ten ministers, one table",
        "[Newsletter] [LinkedIn]",
        "Share this article",
        "Facebook | Twitter | LinkedIn | Email",
        "Sign up for our daily newsletter",
        "Already a subscriber? Log in",
        "Select Language",
        "(Reporting by Ann Lee in Oran; Additional reporting by Bo Ek; Editing by Cy Moe)",
        "Our Standards: The Harbour Wire Principles",
        "Suggested Topics: Copper, Oran",
        "Tags: copper, nickel",
        "Photo: Ann Lee",
        "(Photo : Ann Lee/Getty Images)",
        "Image credit: Harbour Bank",
        "Advertisement",
        "Article continues below",
        "Harbour Fair 2031 advert",
        "Skip to main content",
        "Home > News > Mining",
        "5 min read",
        "0 comments",
        "https://example.org/copper",
        "press@example.org",
        "For more information, please contact the press office.",
        "###",
        "This article was first published in the Harbour Daily.",
        "The views expressed here are those of the author.",
        "We use cookies to make this site work.",
        "© 2031 Harbour Wire",
        "Copyright (c) 2031 Harbour Wire. All rights reserved.",
        "Follow us on Mastodon",
        "Trending Now",
        "You may also like",
    ],
)
def test_a_line_of_the_page_around_is_a_notice(line: str) -> None:
    assert notice_of(line) is not None
