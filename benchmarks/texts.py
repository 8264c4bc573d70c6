"""Articles to measure on: the practice texts in, any number of new articles out, always the same.

Every sentence comes from the practice corpus; which stand together, and the names of persons and
the numbers in them, differ from article to article, so that no cache and no vocabulary knows them.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from kg.articles.lines import lines_of
from kg.articles.model import Article
from kg.articles.read import read_articles
from kg.claims.engine import Engine
from kg.claims.sentences import sentences_of

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
SENTENCES = 14  # in an article, about 300 words: the middle of the practice corpus
PARAGRAPH = 2
NUMBER = re.compile(r"(?<![\w.,])[0-9]{1,3}(?![\w.,%-])")
SYLLABLES = ("ba", "do", "fe", "gi", "ku", "la", "me", "ni", "po", "ru", "sa", "ti", "vo", "we")


def practice() -> list[Article]:
    """The practice corpus."""
    found = read_articles(sorted(CORPUS.glob("batch-*")))
    return [each for each in found if isinstance(each, Article)]


def sentences(engine: Engine) -> list[str]:
    """Every sentence of the body of the practice corpus, once, in a fixed order."""
    told = (
        " ".join(sentence.text.split())
        for article in practice()
        for sentence in sentences_of(article, engine)
        if sentence.role == "body"
    )
    return list(dict.fromkeys(told))


def made(stock: list[str], number: int) -> Iterator[Article]:
    """Make articles of sentences."""
    chance = random.Random(7)
    for i in range(number):
        picked = [_varied(chance.choice(stock), chance) for _ in range(SENTENCES)]
        paragraphs = [
            " ".join(picked[at : at + PARAGRAPH]) for at in range(0, SENTENCES, PARAGRAPH)
        ]
        closing = f"{_name(chance)} {_name(chance)} did not comment on {_name(chance)}."
        text = "\n\n".join([f"News of the day, part {i}", *paragraphs, closing]) + "\n"
        yield Article(f"made-{i:06}", text, lines=lines_of(text))


def write(articles: Iterator[Article], path: Path) -> Path:
    """Write articles as JSON Lines, as `kg claims` reads them."""
    with path.open("w", encoding="utf-8") as file:
        for article in articles:
            file.write(json.dumps({"id": article.id, "text": article.text}) + "\n")
    return path


def _varied(sentence: str, chance: random.Random) -> str:
    return NUMBER.sub(lambda _: str(chance.randint(32, 998)), sentence)


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(3)).title()
