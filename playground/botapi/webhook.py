"""Webhook delivery of updates to the bot.

1. One chat's updates go in order, one at a time; different chats in parallel, up to `max_connections`.
2. Only a 2xx takes an update off the queue. Anything else is retried with exponential backoff; meanwhile the chat waits, others do not.
3. A method call in the answer's body is carried out, as Telegram does, and its result is reported to nobody.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import time

import aiohttp

from playground.shape.wire import decode, encode
from playground.world.updates import QueuedUpdate, Updates

FIRST_DELAY_SECONDS = 0.1
LONGEST_DELAY_SECONDS = 5.0
ANSWER_SECONDS = 60
HEADER = "X-Telegram-Bot-Api-Secret-Token"

Execute = Callable[[object], None]


@dataclass(slots=True)
class _Lane:
    waiting: deque[QueuedUpdate] = field(default_factory=deque)
    delay: float = FIRST_DELAY_SECONDS


@dataclass(slots=True)
class WebhookTarget:
    url: str
    secret_token: str | None = None
    max_connections: int = 40


class Webhook:
    def __init__(self, updates: Updates, execute: Execute, is_down: Callable[[], bool]) -> None:
        self.target: WebhookTarget | None = None
        self.last_error: tuple[int, str] | None = None
        self._updates = updates
        self._execute = execute
        self._is_down = is_down
        self._lanes: dict[int, _Lane] = {}
        self._ready: deque[int] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    def start(self, target: WebhookTarget) -> None:
        """Deliver to `target` from now on, starting with what is waiting."""
        self._forget()
        self.target = target
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS)
            )
        self._updates.webhook = self._accept_update
        for entry in self._updates.waiting.values():
            self._accept_update(entry)

    def stop(self) -> None:
        self._forget()
        self.target = None
        self.last_error = None
        self._updates.webhook = None

    async def close(self) -> None:
        tasks = list(self._tasks)
        self.stop()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _forget(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._lanes.clear()
        self._ready.clear()

    def _accept_update(self, entry: QueuedUpdate) -> None:
        lane = self._lanes.get(entry.lane)
        if lane is not None:
            lane.waiting.append(entry)
            return
        self._lanes[entry.lane] = _Lane(deque((entry,)))
        self._ready.append(entry.lane)
        self._pump()

    def _pump(self) -> None:
        while self.target is not None and self._ready and len(self._tasks) < self.target.max_connections:
            task = asyncio.create_task(self._deliver(self._ready.popleft(), self.target))
            self._tasks.add(task)
            task.add_done_callback(self._forget_task)

    def _forget_task(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._pump()

    async def _deliver(self, number: int, target: WebhookTarget) -> None:
        lane = self._lanes[number]
        entry = lane.waiting[0]
        if entry.seq not in self._updates.waiting:  # dropped meanwhile
            self._next(number, lane)
            return
        entry.deliveries += 1
        self._updates.delivered += 1
        failure = await self._post(target, encode(entry.body))
        if failure is None:
            self._updates.done(entry)
            self._next(number, lane)
            return
        self.last_error = (int(time()), failure)
        asyncio.get_running_loop().call_later(lane.delay, self._again, number, lane)
        lane.delay = min(lane.delay * 2, LONGEST_DELAY_SECONDS)

    async def _post(self, target: WebhookTarget, body: bytes) -> str | None:
        """None if the bot accepted it, otherwise the reason."""
        if self._is_down() or self._session is None:
            return "Connection refused"
        headers = {"Content-Type": "application/json"}
        if target.secret_token:
            headers[HEADER] = target.secret_token
        try:
            async with self._session.post(target.url, data=body, headers=headers) as answer:
                content = await answer.read()
                if not answer.ok:
                    return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            return f"{type(error).__name__}: {error}"
        if content.lstrip().startswith(b"{"):
            self._execute(decode(content))
        return None

    def _next(self, number: int, lane: _Lane) -> None:
        lane.waiting.popleft()
        lane.delay = FIRST_DELAY_SECONDS
        if lane.waiting:
            self._ready.append(number)
        else:
            del self._lanes[number]

    def _again(self, number: int, lane: _Lane) -> None:
        if self._lanes.get(number) is lane:  # the webhook was not changed meanwhile
            self._ready.append(number)
            self._pump()
