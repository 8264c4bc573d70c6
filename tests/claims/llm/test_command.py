"""Reading with a language model from the command line, over a server that is a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from click.testing import CliRunner, Result

from kg.claims.engine import Engine
from kg.claims.llm.answers import Answers
from kg.claims.llm.client import ChatClient, Server
from kg.claims.llm.prompt import prompt_digest
from kg.claims.llm.reader import ModelReader
from kg.cli import main
from kg.pipeline import read
from kg.records import to_line, write_lines
from kg.terms import DATA, PREFIXES
from tests.claims.llm.conftest import TOLD, hostile
from tests.conftest import ROOT

KEY = "sk-never-to-be-shown"
OUTSIDE = ("evil.invalid", "collector.invalid", "alert(7)", "alert(8)", "etc/passwd", "1999-12-31")
WITHOUT_CLIENT = """
import sys

wanted = []

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "openai":
            wanted.append(name)
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
from kg.cli import main
for line in sys.argv[1:]:
    try:
        main(line.split("\\x1f"), standalone_mode=False)
    except Exception as error:
        print(f"{type(error).__name__}: {error}")
    print("wanted", wanted)
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one article, and room for what a model answers."""
    desk = tmp_path_factory.mktemp("desk")
    (desk / "arica.txt").write_text(f"Ministers in Arica\n\n{TOLD}\n", encoding="utf-8")
    return desk


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], env={"OPENAI_API_KEY": KEY})


def asked(desk: Path, address: str, model: str, *more: object, extractor: str = "llm") -> Result:
    return kg(
        "claims", desk / "arica.txt", "--extractor", extractor, "--model", model,
        "--base-url", address, "--answers", desk / f"answers-{model}", *more,
    )  # fmt: skip


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_model_is_asked_and_what_it_cost_is_told(desk: Path, address: str) -> None:
    first = asked(desk, address, "good")
    assert first.exit_code == 0, first.output
    assert [each["kind"] for each in lines(first)] == ["commitment", "meeting"]
    assert {each["extractor"] for each in lines(first)} == {f"llm-good/{prompt_digest()[:12]}"}
    assert "1 answer in " in first.stderr
    assert "100 tokens in, 20 out; 0 replayed; 0 told claims not borne out" in first.stderr
    assert KEY not in first.output
    assert not any(KEY in kept.read_text() for kept in desk.rglob("*.json"))


@pytest.mark.parametrize("extractor", ["llm", "both"])
def test_a_model_must_be_named(extractor: str, desk: Path) -> None:
    missing = kg("claims", desk / "arica.txt", "--extractor", extractor)
    assert missing.exit_code == 2
    assert "name the language model with --model NAME" in missing.output


def test_a_refused_key_is_an_error_that_does_not_show_it(desk: Path, address: str) -> None:
    locked = asked(desk, address, "locked")
    assert (locked.exit_code, locked.stdout) == (1, "")
    assert locked.stderr.startswith(f"Error: {address}: refused with status 401; give a key")
    assert "Traceback" not in locked.output
    assert KEY not in locked.output


@pytest.mark.parametrize("given", [("--key", f"{KEY}\x07"), ("--base-url", f"http://a:{KEY}@b/")])
def test_a_key_that_is_given_wrongly_is_not_shown(
    given: tuple[str, str], desk: Path, address: str
) -> None:
    wrong = asked(desk, address, "good", *given)
    assert wrong.exit_code == 1
    assert given[0] in wrong.stderr
    assert KEY not in wrong.output


def test_help_shows_no_key() -> None:
    shown = kg("claims", "--help")
    assert "OPENAI_API_KEY" in shown.output
    assert KEY not in shown.output


def test_an_article_that_the_model_cannot_read_is_named(desk: Path, address: str) -> None:
    garbled = asked(desk, address, "chatty", extractor="both")
    assert garbled.exit_code == 1
    assert "arica: malformed: the answer is not JSON; not read:" in garbled.stderr
    assert {each["extractor"] for each in lines(garbled)} == {f"rules/{_version()}"}


def test_without_the_client_library_all_but_asking_works(
    desk: Path, engine: Engine, address: str
) -> None:
    (article,) = read([desk / "arica.txt"]).articles
    answers = desk / "answers-elsewhere"
    client = ChatClient(Server("good", address))
    assert list(ModelReader(engine, "good", client, Answers(answers)).claims_of(article))
    rules = ["claims", str(desk / "arica.txt")]
    model = [*rules, "--model", "good", "--answers", str(answers), "--extractor"]
    shown = _without_client(rules, [*model, "both", "--offline"], [*model, "llm"])
    assert shown.returncode == 0, shown.stderr
    own, told, error = (part.strip() for part in shown.stdout.split("wanted []\n"))
    assert {json.loads(each)["extractor"] for each in own.splitlines()} == {f"rules/{_version()}"}
    by = f"llm-good/{prompt_digest()[:12]}"
    assert {json.loads(each)["extractor"] for each in told.splitlines()} >= {
        f"rules/{_version()}+{by}"
    }
    assert "0 answers in 0.0 s, 0 tokens in, 0 out; 1 replayed" in shown.stderr
    assert "pip install 'communique[llm]'" in error
    assert error.endswith("wanted ['openai']")


def test_a_graph_of_such_claims_names_the_model_and_holds_nothing_of_its_own(
    engine: Engine, obedient: ChatClient, tmp_path: Path
) -> None:
    (tmp_path / "articles").mkdir()
    for number, case in enumerate(each for each in hostile() if each["keeps"]):
        path = tmp_path / "articles" / f"{number:02}.txt"
        path.write_text(f"Case {number}\n\n{case['text']}\n", encoding="utf-8")
    reader = ModelReader(engine, "obedient", obedient)
    articles = read([tmp_path / "articles"]).articles
    claims = [claim for each in articles for claim in reader.claims_of(each)]
    assert len(claims) >= 20
    write_lines(tmp_path / "claims.jsonl", claims)
    out = tmp_path / "build"
    made = kg("build", tmp_path / "articles", "--claims", tmp_path / "claims.jsonl", "-o", out)
    assert made.exit_code == 0, made.output
    graph = tmp_path / "graph.nq"
    graph.write_bytes(kg("export", out, "-f", "nquads").stdout_bytes)
    _check(graph, {to_line(each) for each in claims})


def _check(path: Path, claims: set[str]) -> None:
    """Hold that a graph names the reader, and has only IRIs that are minted or the package's."""
    quads = list(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS))
    terms = {term for each in quads for term in (each.subject, each.predicate, each.object)}
    label = f"llm-obedient/{prompt_digest()[:12]}"
    agent = pyoxigraph.NamedNode(f"{DATA}software/{label.replace('/', '-')}")
    agents = {each.subject for each in quads if _local(each.object) == "SoftwareAgent"}
    assert agents == {agent}
    assert pyoxigraph.Literal(label) in {each.object for each in quads if each.subject == agent}
    minted = {each.value for each in terms if isinstance(each, pyoxigraph.NamedNode)}
    assert minted
    for iri in minted:
        assert iri.startswith((DATA, *PREFIXES.values(), "http://", "https://")), iri
        assert not any(each in iri for each in ("evil", "collector", "passwd", "DROP", "urn:")), iri
    own = {each.value for each in terms if isinstance(each, pyoxigraph.Literal)}
    for planted in OUTSIDE:
        holding = [each for each in own if planted in each]
        assert all(each in json.dumps([*claims], ensure_ascii=False) for each in holding), planted


def _local(term: object) -> str:
    return getattr(term, "value", "").rpartition("#")[2]


def _without_client(*commands: Sequence[str]) -> subprocess.CompletedProcess[str]:
    arguments = ["\x1f".join(each) for each in commands]
    command = [sys.executable, "-c", WITHOUT_CLIENT, *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ}
    )


def _version() -> str:
    from kg import __version__

    return __version__
