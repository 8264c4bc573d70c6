"""What stands before the site: hosts, origins, methods, sizes, and what goes with every answer."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from kg.site.model import Holding
from kg.site.web.app import application
from kg.site.web.running import rules_of


@pytest.fixture(scope="module")
def private(shown: Holding) -> TestClient:
    """A site on the own machine."""
    app = application(shown, rules_of("", ("kg.test",), private=True))
    return TestClient(app, base_url="http://127.0.0.1:8765", follow_redirects=False)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 200),
        ("localhost", 200),
        ("[::1]:8765", 200),
        ("KG.test:80", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost@evil.example", 421),
        ("", 421),
    ],
)
def test_a_local_site_is_known_by_local_names_only(
    private: TestClient, host: str, status: int
) -> None:
    assert private.get("/id/state/JP.ttl", headers={"host": host}).status_code == status


def test_a_public_address_is_a_name_too(shown: Holding) -> None:
    app = application(shown, rules_of("https://kg.example/data/", (), private=True))
    found = TestClient(app, base_url="http://kg.example").get("/id/state/JP.ttl")
    assert found.status_code == 200
    assert found.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("http://localhost:3000", "http://localhost:3000"),
        ("https://evil.example", None),
        ("null", None),
        ("http://localhost.evil.example", None),
    ],
)
def test_pages_elsewhere_do_not_read_a_local_site(
    private: TestClient, origin: str, allowed: str | None
) -> None:
    found = private.get("/id/state/JP.ttl", headers={"origin": origin})
    assert found.headers.get("access-control-allow-origin") == allowed
    assert "Origin" in found.headers["vary"]


def test_a_public_site_is_read_by_pages_anywhere(site: TestClient) -> None:
    for path in ("/id/state/JP.jsonld", "/sparql?query=ASK%7B%7D", "/id/state/XX.ttl"):
        found = site.get(path, headers={"origin": "https://other.example"})
        assert found.headers["access-control-allow-origin"] == "*"
        assert "ETag" in found.headers["access-control-expose-headers"]
    asked = site.options("/sparql", headers={"origin": "https://other.example"})
    assert (asked.status_code, asked.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")


@pytest.mark.parametrize("path", ["/", "/id/state/JP.ttl", "/sparql?query=A", "/nowhere"])
def test_every_answer_says_what_browsers_may_do(site: TestClient, path: str) -> None:
    headers = site.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in headers
    assert "server" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_nothing_but_reading(site: TestClient, method: str) -> None:
    found = site.request(method, "/id/state/JP.ttl")
    assert (found.status_code, found.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_addresses_have_an_end(site: TestClient) -> None:
    assert site.get("/" + "a" * 9000).status_code == 414
    assert site.get("/?q=" + "a" * 9000).status_code == 414
    query = "ASK {}" + " " * 9000
    assert site.get("/sparql", params={"query": query}).status_code == 200
    assert site.post("/sparql", data={"query": "x" * 300_000}).status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/id/state/%00", "/id/state/%ff", "/id/..%2f..%2fetc/passwd", "/id/../../etc/passwd",
        "/assets/../model.py", "/assets/%2e%2e/model.py", "/id/state/JP%0d%0aSet-Cookie:%20a=b",
        "/id/state/<script>alert(1)</script>", '/id/state/"JP', "/id/", "/def/", "//evil.example/",
        "/id/state/JP.ttl.html.ttl", "/%", "/id/state/%E2%80%AE", "/?" + "&".join(["a=b"] * 200),
    ],
)  # fmt: skip
def test_strange_addresses_are_answered_calmly(site: TestClient, path: str) -> None:
    found = site.get(path, headers={"accept": "text/html"})
    assert found.status_code in {200, 400, 404}
    assert "<script>alert" not in found.text
    assert "set-cookie" not in found.headers


def test_a_bug_tells_nothing_of_itself(shown: Holding, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.site.web.state import State

    def broken(*_: object) -> None:
        raise RuntimeError("a secret of /home/operator")

    monkeypatch.setattr(State, "page", broken)
    site = TestClient(application(shown), raise_server_exceptions=False)
    found = site.get("/id/state/JP", headers={"accept": "application/json"})
    assert found.status_code == 500
    assert "secret" not in found.text
    assert found.json()["title"] == "Internal Server Error"
    assert found.headers["x-content-type-options"] == "nosniff"
