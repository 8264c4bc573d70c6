"""A chat server for the tests: a process of its own that answers as its model's name says.

`python server.py BOOK` prints its port and serves until it is stopped. BOOK is a JSON list of
entries: `marker` (words of a text) with `claims` (what a model would tell of it), or with
`answer` (all that it would write).
"""

import json
import sys
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

BOOK: list[dict[str, Any]] = []
SEEN: dict[str, int] = {}
SLOW = 30.0
ROOM = 600  # characters of text that the model "cut" can answer for


class Handler(BaseHTTPRequestHandler):
    """Speaks as much of the chat interface as a client needs."""

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        model = request["model"]
        SEEN[model] = SEEN.get(model, 0) + 1
        if model == "limited" and SEEN[model] < 3:
            return self._send(429, {"error": {"message": "too many"}}, {"Retry-After": "0"})
        if model == "plain" and "response_format" in request:
            return self._send(400, {"error": {"message": "unknown field"}})
        if model == "moved":
            return self._send(307, {}, {"Location": "http://127.0.0.1:9/v1/elsewhere"})
        if model == "drip":
            return self._drip()
        refused = {"unknown": 404, "locked": 401, "broken": 500}.get(model)
        if refused:
            return self._send(refused, {"error": {"message": model}})
        if model == "slow":
            time.sleep(SLOW)
        text = json.loads(request["messages"][-1]["content"])["text"]
        return self._send(200, _completion(model, text) if model != "html" else None)

    def _send(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        sent = json.dumps(body).encode() if body is not None else b"<html>not what was asked</html>"
        self.send_response(status)
        self.send_header("Content-Type", "application/json" if body is not None else "text/html")
        self.send_header("Content-Length", str(len(sent)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(sent)

    def _drip(self) -> None:
        """Send a blank now and then, for ever: some gateways do, to keep a line open."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        with suppress(OSError):
            for _ in range(int(SLOW / 0.1)):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.1)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _completion(model: str, text: str) -> dict[str, Any]:
    entries = [entry for entry in BOOK if entry["marker"] in text]
    claims = [claim for entry in entries for claim in entry.get("claims", [])]
    content, reason = json.dumps({"claims": claims}), "stop"
    content = next((entry["answer"] for entry in entries if "answer" in entry), content)
    if model == "cut" and len(text) > ROOM:
        content, reason = content[: len(content) // 2], "length"
    if model == "chatty":
        content = "Sure! Here are the claims:\n" + content
    if model == "fenced":
        content = f"```json\n{content}\n```"
    if model == "halfwit":
        content = json.dumps({"claims": [*claims, {"kind": 7}, "meeting", None, {"quote": []}]})
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 0,
        "model": model,
        "choices": [
            {
                "index": 0,
                "finish_reason": reason,
                "message": {"role": "assistant", "content": content},
            }
        ],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
    }


def main() -> None:
    BOOK.extend(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
