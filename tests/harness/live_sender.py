"""A sender at work: what is owed goes through a real outbox to a local Telegram, and is seen there."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import msgspec
from sqlalchemy import func, select

from bot.sending.api_calls import ApiCaller as Outside
from bot.sending.doubt import DOUBT_LIMIT
from bot.sending.limits import Limits
from bot.sending.sender import Sender
from playground.people.client import TelegramClient
from playground.people.connection import Participant
from playground.server import Server
from playground.shape.wire import Json
from storage.models import messages
from storage.models import outbox as rows
from storage.queue import outbox
from storage.queue.outbox import SHOW, OwedCall
from tests.harness.in_process import Desk

HOLDER = 77


@dataclass
class LiveSender:
    """`owe` commits calls and hands them over in memory, as the worker does; `calm` waits until nothing is owed."""

    desk: Desk
    outside: Outside
    server: Server
    telegram: TelegramClient
    limits: Limits
    sender: Sender = field(init=False)
    task: "asyncio.Task[None] | None" = None

    async def start(
        self, check_lease: Callable[[], Awaitable[None]] | None = None, doubt_limit: int = DOUBT_LIMIT
    ) -> None:
        parts = (self.outside, self.desk.worker, self.desk.database, self.limits, lambda: HOLDER)
        more: dict[str, Any] = {} if check_lease is None else {"check_lease": check_lease}
        self.sender = Sender(*parts, **more, doubt_limit=doubt_limit)
        self.desk.worker.outlet = self.sender
        self.task = asyncio.create_task(self._run())
        while self.sender.holder is None:  # noqa: ASYNC110 -- nobody can signal
            await asyncio.sleep(0)

    async def _run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            self.sender.answering = tasks
            await self.sender.run()

    async def stop(self) -> None:
        assert self.task is not None
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)

    async def person(self, name: str = "Wang") -> Participant:
        """Somebody who has written to the bot."""
        person = await self.telegram.user(name)
        await self.telegram.private(person).start()
        return person

    def call(self, chat: int | None, text: str = "x", *, method: str = "sendMessage", **more: Any) -> OwedCall:  # noqa: ANN401
        payload = msgspec.json.encode({"text": text} if method != "answerCallbackQuery" else {}).decode()
        return OwedCall(self.desk.services.next_id(), chat, method, more.pop("payload", payload), **more)

    def show(self, chat: int, name: str, text: str, **more: Any) -> OwedCall:  # noqa: ANN401
        return self.call(chat, text, method=SHOW, name=name, **more)

    async def owe(self, *calls: OwedCall) -> None:
        """Committed and handed over."""
        await self.write(*calls, holder=HOLDER)
        self.sender.take(calls)

    async def write(self, *calls: OwedCall, holder: int | None = None) -> None:
        """Committed only: as a process left it that died."""
        async with self.desk.database.begin() as tx:
            await outbox.owe(tx, calls, holder, self.desk.clock.now())

    async def count_left(self) -> dict[str, int]:
        async with self.desk.database.read() as tx:
            return await outbox.count_backlog(tx)

    async def wait_until_quiet(self, within: float = 10) -> None:
        """Until nothing is owed any more; what failed or is held stays."""
        end = monotonic() + within
        while (await self.count_left()).get("owed") or self.sender.backlog:
            assert monotonic() < end, (await self.count_left(), self.sender.backlog)
            await asyncio.sleep(0.01)

    async def texts(self, chat: int) -> list[str]:
        """What the bot's messages in this chat say now."""
        return [m["text"] for m in await self.telegram.messages(chat) if m["sent_by_bot"] and "text" in m]

    async def calls(self, *methods: str) -> Sequence[Json]:
        """What reached Telegram, in order."""
        return [call for call in await self.telegram.calls() if not methods or call["method"] in methods]

    async def count_places(self) -> int:
        """How many messages have a name."""
        counted = await self.desk.rows(select(func.count()).select_from(messages))
        return int(counted[0][0])

    async def list_reasons(self) -> list[tuple[str, str | None]]:
        stored = await self.desk.rows(select(rows.c.state, rows.c.reason).order_by(rows.c.id))
        return [(row.state, row.reason) for row in stored]
