"""A real Apache sends the site as its `.htaccess` says, where there is one to ask."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from kg.site.forms import HTML, TURTLE
from kg.site.publish.apache import htaccess

MODULES = Path("/usr/lib/apache2/modules")
BINARY = shutil.which("apache2") or shutil.which("httpd")
NEEDED = ("mpm_event", "authz_core", "dir", "headers", "mime", "rewrite")
CONFIGURATION = """
ServerRoot "{root}"
ServerName localhost
Listen 127.0.0.1:{port}
PidFile "{root}/pid"
ErrorLog "{root}/errors"
{modules}
TypesConfig /dev/null
DocumentRoot "{root}/public"
<Directory "{root}/public">
  AllowOverride All
  Require all granted
</Directory>
"""
FILES = {
    "index.html": "home",
    "404.html": "missing",
    "410.html": "gone",
    "id/state/JP.html": "Japan",
    "id/state/JP.ttl": "<a> <b> <c> .",
    "id/state/KR.html": "Korea",
    "id/article/x=3Ay.html": "strange",
    ".well-known/void": "<a> <b> <c> .",
    "dumps/graph.nq.gz": "packed",
}


@pytest.fixture(scope="module")
def apache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HTTPConnection]:
    if BINARY is None or not all((MODULES / f"mod_{name}.so").is_file() for name in NEEDED):
        pytest.skip("no Apache here")
    root = tmp_path_factory.mktemp("apache")
    for name, text in FILES.items():
        path = root / "public" / "kg" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    rules = htaccess(
        (HTML, TURTLE),
        [("id/state/old.name", "id/state/JP")],
        ["id/article/wrong"],
        [("id/article/x%3Ay", "id/article/x=3Ay")],
        "/kg/",
    )
    (root / "public/kg/.htaccess").write_bytes(rules)
    for path in (root, *root.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    for parent in (root.parent, root.parent.parent):
        parent.chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    lines = (f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in NEEDED)
    configuration = root / "apache.conf"
    configuration.write_text(
        CONFIGURATION.format(root=root, port=port, modules="\n".join(lines)), "utf-8"
    )
    process = subprocess.Popen([BINARY, "-f", str(configuration), "-DFOREGROUND"])
    connection = connected(port)
    try:
        yield connection
    finally:
        connection.close()
        process.terminate()
        process.wait(20)


def connected(port: int) -> HTTPConnection:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.1)
    return HTTPConnection("127.0.0.1", port)


def asked(apache: HTTPConnection, path: str, accept: str = "*/*") -> tuple[int, str, str, str]:
    apache.request("GET", f"/kg/{path}", headers={"Accept": accept})
    answer = apache.getresponse()
    body = answer.read().decode()
    kind = answer.headers.get("Content-Type", "")
    return answer.status, answer.headers.get("Location", ""), kind, body


@pytest.mark.parametrize(
    ("accept", "extension"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "html"),
        ("text/turtle", "ttl"),
        ("*/*", "html"),
        ("application/ld+json, text/turtle;q=0.9", "ttl"),
        ("text/html;q=0.5, text/turtle", "ttl"),
        ("text/html, text/turtle", "html"),
    ],
)
def test_a_resource_leads_to_the_document_that_is_liked_best(
    apache: HTTPConnection, accept: str, extension: str
) -> None:
    status, location, _, _ = asked(apache, "id/state/JP", accept)
    assert (status, location.rpartition("/kg/")[2]) == (303, f"id/state/JP.{extension}")


def test_a_form_that_a_resource_lacks_is_not_led_to(apache: HTTPConnection) -> None:
    status, location, _, _ = asked(apache, "id/state/KR", "text/turtle")
    assert (status, location.rpartition("/kg/")[2]) == (303, "id/state/KR.html")


def test_documents_have_their_types_and_may_be_read_from_anywhere(apache: HTTPConnection) -> None:
    assert asked(apache, "id/state/JP.ttl")[2] == "text/turtle; charset=utf-8"
    assert asked(apache, ".well-known/void")[2].startswith("text/turtle")
    assert asked(apache, "dumps/graph.nq.gz")[2] == "application/gzip"
    apache.request("GET", "/kg/id/state/JP.ttl")
    answer = apache.getresponse()
    answer.read()
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_what_is_retired_leads_on_or_is_gone(apache: HTTPConnection) -> None:
    for extension in ("", ".ttl"):
        status, location, _, _ = asked(apache, f"id/state/old.name{extension}")
        assert (status, location.rpartition("/kg/")[2]) == (301, f"id/state/JP{extension}")
    assert asked(apache, "id/article/wrong.html")[::3] == (410, "gone")


def test_an_identifier_that_is_no_name_of_a_file_is_found(apache: HTTPConnection) -> None:
    assert asked(apache, "id/article/x%3Ay.html")[::3] == (200, "strange")
    status, location, _, _ = asked(apache, "id/article/x%3Ay")
    assert (status, location.rpartition("/kg/")[2]) == (303, "id/article/x=3Ay.html")


def test_what_is_missing_is_told_on_a_page_of_the_site(apache: HTTPConnection) -> None:
    assert asked(apache, "id/state/nowhere")[::3] == (404, "missing")
    assert asked(apache, "")[::3] == (200, "home")
    assert asked(apache, "id/")[0] in {403, 404}
