"""Strict Bot API server: counts what arrives as the Bots FAQ says, answers what is too much with 429, and keeps a log.

1. A call is counted when it arrives: after the way there, which may take longer for one call than for another (`jitter`).
2. Overall: so many messages in any second. Which calls these are is the server's to say (`counts`): new messages; those and edits; or new
   messages to private chats that have not written for a while, which are bulk.
3. A chat: one new message a second, five at once after a pause. A group: twenty messages and edits in any minute.
4. A refused call uses nothing up, and is told to wait as long as it takes, in whole seconds.
"""

import asyncio
import math
import random
import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field

import msgspec
from botapi import VISIBLE, Api, Connection
from http1 import Params, params, response

OVERALL, SECOND = 30, 1.0
GROUP, MINUTE = 20, 60.0
CHAT_BURST = 5
BULK_AFTER_SECONDS = 30.0
COUNTS = ("messages", "everything", "bulk")
SENDS = VISIBLE - {"editMessageText", "editMessageCaption", "editMessageReplyMarkup"}


@dataclass
class Window:
    """At most `most` in any span of `seconds`."""

    most: int
    seconds: float
    moments: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        while self.moments and self.moments[0] <= now - self.seconds:
            self.moments.popleft()
        return 0.0 if len(self.moments) < self.most else self.moments[0] + self.seconds - now


@dataclass(slots=True)
class Seen:
    """One accepted message or edit."""

    at: float
    chat: int
    method: str
    text: str


class StrictApi(Api):
    """What the bot told Telegram, as far as it was allowed to."""

    def __init__(self, jitter: float, counts: str) -> None:
        super().__init__(0)
        self.jitter, self.counts = jitter, counts
        self.webhooks: list[Params] = []
        self.log: list[Seen] = []
        self.refused: Counter[str] = Counter()
        self.wrote: dict[int, float] = {}
        """When each chat last sent an update: what follows is a reply."""
        self.overall: list[float] = []
        """When each of the messages arrived that count overall."""
        self._overall = Window(OVERALL, SECOND)
        self._groups: defaultdict[int, Window] = defaultdict(lambda: Window(GROUP, MINUTE))
        self._full_at: dict[int, float] = {}

    def call(self, method: str, given: Params) -> bytes:
        if method == "setWebhook" and given.get("url"):
            self.webhooks.append(given)
        if method in VISIBLE:
            wait, limit = self._count(method, int(given["chat_id"]), time.perf_counter())
            if wait > 0:
                self.refused[limit] += 1
                seconds = max(1, math.ceil(wait))
                return msgspec.json.encode(
                    {
                        "ok": False,
                        "error_code": 429,
                        "description": f"Too Many Requests: retry after {seconds}",
                        "parameters": {"retry_after": seconds},
                    }
                )
            said = str(given.get("text") or given.get("caption") or "")
            self.log.append(Seen(time.perf_counter(), int(given["chat_id"]), method, said))
        return super().call(method, given)

    def _count(self, method: str, chat: int, now: float) -> tuple[float, str]:
        """How long this call has to wait, and because of which limit; one that need not wait is counted."""
        is_new, waits = method in SENDS, {}
        counts = self._counts(chat, now, is_new=is_new)
        if counts:
            waits["overall"] = self._overall.wait(now)
        full_at = max(self._full_at.get(chat, now), now) + 1
        if is_new:
            waits["chat"] = full_at - now - CHAT_BURST
        if chat < 0:
            waits["group"] = self._groups[chat].wait(now)
        limit = max(waits, key=lambda name: waits[name], default="")
        if limit and waits[limit] > 0:
            return waits[limit], limit
        if counts:
            self._overall.moments.append(now)
            self.overall.append(now)
        if is_new:
            self._full_at[chat] = full_at
        if chat < 0:
            self._groups[chat].moments.append(now)
        return 0.0, ""

    def _counts(self, chat: int, now: float, *, is_new: bool) -> bool:
        if self.counts == "bulk":
            return is_new and chat > 0 and now - self.wrote.get(chat, -math.inf) > BULK_AFTER_SECONDS
        return is_new or self.counts == "everything"


class StrictConnection(Connection):
    """One connection of the bot's HTTP client, over a network whose delay is not always the same."""

    def __init__(self, api: StrictApi) -> None:
        super().__init__(api)
        self._strict = api

    def message(self, head: bytes, body: bytes) -> None:
        method = head.split(b" ", 2)[1].partition(b"?")[0].rpartition(b"/")[2].decode()
        given = params(head, body)
        way = random.uniform(0, self._strict.jitter)  # noqa: S311 - a network, no secret
        if way:
            asyncio.get_running_loop().call_later(way, self._arrive, method, given)
        else:
            self._arrive(method, given)

    def _arrive(self, method: str, given: Params) -> None:
        answer = self._strict.call(method, given)
        head = b"HTTP/1.1 429 Too Many Requests\r\n" if b'"error_code":429' in answer[:60] else b"HTTP/1.1 200 OK\r\n"
        self._write(response(answer).replace(b"HTTP/1.1 200 OK\r\n", head, 1))


async def serve(api: StrictApi) -> tuple[asyncio.Server, str]:
    """Listen on a free port of the loopback interface; returns the server and its base URL."""
    server = await asyncio.get_running_loop().create_server(lambda: StrictConnection(api), "127.0.0.1", 0)
    return server, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
