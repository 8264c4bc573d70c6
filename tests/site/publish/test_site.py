"""A site of files: whole, without a dead link, the same twice, and true to its checksums."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache, partial
from gzip import decompress
from html import unescape
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from posixpath import dirname, join, normpath
from threading import Thread
from urllib.parse import unquote, urlsplit

import pytest
from markupsafe import escape
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.errors import OutputError
from kg.graph.store import Build
from kg.serving import hold
from kg.site.forms import FORMS, HTML
from kg.site.publish.site import publish
from tests.conftest import ROOT
from tests.site.publish.writing import ADDRESS, sampled

NO_PAGES = ("dumps/", "feeds/", "context/", "assets/")
NOTE = "This part of the site needs a server"
LINK = re.compile(r'(?:href|src|action)="([^"]*)"')


class Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named so there
        pass


@pytest.fixture(scope="module")
def served(published: Path) -> Iterator[HTTPConnection]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(published)))
    Thread(target=server.serve_forever, daemon=True).start()
    connection = HTTPConnection("127.0.0.1", server.server_address[1])
    yield connection
    connection.close()
    server.shutdown()
    server.server_close()


def fetched(served: HTTPConnection, address: str) -> tuple[int, bytes]:
    served.request("GET", f"/{address}")
    answer = served.getresponse()
    return answer.status, answer.read()


def links_in(html: str, here: str) -> set[str]:
    """The addresses on this site that a page leads to."""
    found = (leads_to(dirname(here), link) for link in set(LINK.findall(html)))
    return {address for address in found if address}


@lru_cache(100_000)
def leads_to(folder: str, link: str) -> str:
    parts = urlsplit(unescape(link))
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    path = normpath(join(folder, parts.path))
    return "index.html" if path == "." else path


def test_no_link_is_dead(published: Path, served: HTTPConnection) -> None:
    """Pages are followed through a web server; what they offer as data lies there as files."""
    waiting, seen = ["index.html"], {"index.html"}
    pages = 0
    while waiting:
        here = waiting.pop()
        status, body = fetched(served, here)
        assert status == 200, here
        pages += 1
        for address in links_in(body.decode(), here):
            if address in seen:
                continue
            seen.add(address)
            if not is_there(address):
                continue
            assert (published / unquote(address)).is_file(), f"{here} leads to {address}"
            if address.endswith(".html"):
                waiting.append(address)
    assert pages > 1000
    assert {each.rpartition(".")[2] for each in seen} >= {"html", "ttl", "csv", "css", "gz"}


def is_there(address: str) -> bool:
    """Whether a page or document is among those that are written here."""
    stem, _, extension = address.rpartition(".")
    known = {form.extension: form for form in FORMS}
    of_page = extension in known and not stem.startswith(NO_PAGES)
    return not of_page or known[extension] in sampled(stem)


def test_every_page_can_be_reached(published: Path) -> None:
    """Nothing is published that no page leads to, save what servers and machines ask for."""
    pages = {path.relative_to(published).as_posix() for path in published.rglob("*.html")}
    reached: set[str] = set()
    waiting = ["index.html", "404.html", "410.html"]
    while waiting:
        here = waiting.pop()
        if here in reached or here not in pages:
            continue
        reached.add(here)
        html = (published / here).read_text("utf-8")
        waiting += [unquote(each) for each in links_in(html, here)]
    left = {each for each in pages - reached if not each.startswith("id/")}
    assert not {each for each in left if not re.match(r"ontology/\d", each)}, sorted(left)[:5]


def test_the_page_for_what_is_missing_works_at_any_depth(published: Path) -> None:
    html = (published / "404.html").read_text("utf-8")
    links = [each for each in LINK.findall(html) if not each.startswith(("#", "http"))]
    assert links
    assert all(each.startswith("/data/kg/") for each in links)


def test_every_file_has_its_checksum(published: Path) -> None:
    lines = (published / "SHA256SUMS").read_text("utf-8").splitlines()
    told = {line[66:]: line[:64] for line in lines}
    files = {path.relative_to(published).as_posix() for path in published.rglob("*")
             if path.is_file()}  # fmt: skip
    assert told.keys() == files - {"SHA256SUMS"}
    for name in sorted(files)[::50]:
        if name in told:
            assert hashlib.sha256((published / name).read_bytes()).hexdigest() == told[name]


def test_dumps_are_what_the_manifest_the_catalogue_and_the_page_say(published: Path) -> None:
    manifest = json.loads((published / "dumps/manifest.json").read_bytes())
    about = (published / "about.html").read_text("utf-8")
    dcat = (published / "dcat.ttl").read_text("utf-8")
    assert len(manifest["dumps"]) >= 5
    for path, told in manifest["dumps"].items():
        data = (published / path).read_bytes()
        assert told["bytes"] == len(data)
        assert told["sha256"] == hashlib.sha256(data).hexdigest()
        assert told["sha256"] in about
        assert told["sha256"] in dcat
        assert f"{ADDRESS}{path}" in dcat


def test_dumps_hold_the_graph_and_iris_are_not_rewritten(
    published: Path, bundled_build: Build
) -> None:
    data = decompress((published / "dumps/graph.nq.gz").read_bytes())
    quads = {str(quad) for quad in parse(data, RdfFormat.N_QUADS)}
    assert quads == {str(quad) for quad in bundled_build.dataset.quads()}
    assert "example.org" not in (published / "id/state/JP.ttl").read_text("utf-8")
    assert (published / "dumps/tables/datapackage.json").is_file()


def test_documents_in_all_formats_say_the_same(published: Path) -> None:
    for path in ("id/state/JP", "concept/modality/agreed", "def/attendee"):
        said = {
            extension: {str(q.triple) for q in parse(path=published / f"{path}.{extension}")}
            for extension in ("ttl", "nt", "rdf", "jsonld", "trig")
        }
        assert said["ttl"]
        assert all(each == said["ttl"] for each in said.values()), path


def test_the_same_build_gives_the_same_files(
    quiet: Path, small_build: Build, tmp_path: Path
) -> None:
    """In another process, whose sets come in another order."""
    again = tmp_path / "again"
    script = (
        "import sys; from pathlib import Path; from tests.site.publish.writing import *;"
        " written(Path(sys.argv[1]), Path(sys.argv[2]), QUIET, few)"
    )
    command = [sys.executable, "-c", script, str(small_build.path), str(again)]
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "4711"}
    subprocess.run(command, check=True, env=settings)
    part, whole = tree_of(again), tree_of(quiet)
    for name in ("SHA256SUMS", "manifest.json", "dumps/manifest.json"):  # they name all others
        assert part.pop(name) != whole.pop(name)
    assert part.items() <= whole.items()
    assert len(part) > 200


def tree_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_build_is_never_replaced_by_its_site(bundled_build: Build, tmp_path: Path) -> None:
    copied = tmp_path / "build"
    shutil.copytree(bundled_build.path, copied)
    before = {each.relative_to(copied) for each in copied.rglob("*")}
    holding = hold(copied)
    with pytest.raises(OutputError, match="holds other files"):
        publish(holding, copied, (HTML,))
    holding.close()
    assert {each.relative_to(copied) for each in copied.rglob("*")} >= before


def test_only_a_site_of_ours_is_replaced(bundled_build: Build, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    holding = hold(bundled_build.path)
    with pytest.raises(OutputError, match="holds other files"):
        publish(holding, tmp_path, (HTML,))
    holding.close()
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]


def test_only_what_needs_a_server_says_so(published: Path) -> None:
    pages = ((path, path.read_text("utf-8")) for path in published.rglob("*.html"))
    told = {path.relative_to(published).as_posix() for path, text in pages if NOTE in text}
    assert told == {"search.html", "editor.html"}
    assert all("kg serve" in (published / name).read_text("utf-8") for name in told)


def test_documents_of_questions_are_those_that_their_pages_offer(published: Path) -> None:
    """What nobody has filled in is no empty answer."""
    documents = sorted((published / "question").glob("*.ttl"))
    assert documents
    for path in documents:
        assert f'"{path.name}"' in path.with_suffix(".html").read_text("utf-8"), path.name


def test_without_quotes_no_file_holds_text_of_articles(quiet: Path, small_build: Build) -> None:
    names = ("http://www.w3.org/ns/oa#exact", "https://w3id.org/communique/def#wording")
    quotes = {
        quad.object.value
        for name in names
        for quad in small_build.dataset.quads(None, NamedNode(name))
        if isinstance(quad.object, Literal) and len(quad.object.value) > 25
    }
    assert len(quotes) > 5
    texts = {path: text_in(path) for path in quiet.rglob("*") if path.is_file()}
    assert len(texts) > 400
    found = [
        (path.name, quote)
        for quote in quotes
        for path, text in texts.items()
        if any(spelling in text for spelling in spelled(quote))
    ]
    assert found == []


def text_in(path: Path) -> str:
    data = path.read_bytes()
    return (decompress(data) if path.suffix == ".gz" else data).decode()


def spelled(quote: str) -> set[str]:
    """How a quotation may be written in HTML, JSON, Turtle."""
    plain = json.dumps(quote, ensure_ascii=False)[1:-1]
    return {quote, str(escape(quote)), plain, json.dumps(quote)[1:-1]}
