"""What is written at once leaves by one call, in order, and before the connection ends."""

from __future__ import annotations

import asyncio
from typing import cast

from kg.site.web.running import Together


class Noting(asyncio.Transport):
    def __init__(self) -> None:
        super().__init__({"name": "noting"})
        self.sent: list[bytes] = []
        self.closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        assert not self.closed
        self.sent.append(bytes(data))

    def close(self) -> None:
        self.closed = True


def test_head_and_body_leave_together() -> None:
    async def use() -> tuple[list[bytes], list[bytes]]:
        plain = Noting()
        both = Together(plain, asyncio.get_running_loop())
        both.write(b"head")
        both.write(b"body")
        before = list(plain.sent)
        await asyncio.sleep(0)
        both.write(b"next")
        both.close()
        await asyncio.sleep(0)
        assert plain.closed
        assert cast("asyncio.Transport", both).get_extra_info("name") == "noting"
        return before, plain.sent

    before, sent = asyncio.run(use())
    assert before == []
    assert sent == [b"headbody", b"next"]
