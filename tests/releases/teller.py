"""A desk for telling a story twice the same: ids are counted, Telegram accepts at once, and what comes next can be written down instead."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from bot.company.company import load_company
from bot.process.worker import Worker
from conversations.buttons import Button, pack
from domain.company import Company
from handlers.route import MembershipAnswer
from handlers.turns.services import Services
from storage.engine.database import Database
from storage.queue import outbox
from storage.queue import timers as timer_rows
from storage.queue.inbox import RawEvent
from storage.queue.outbox import PICTURE, SHOW, OwedCall, SentCall
from tests.harness.in_process import (
    BOT_USER,
    GROUP,
    Desk,
    FixedClock,
    TelegramUser,
    find_button_data,
    make_chat,
    make_services,
    read_body,
)

FIRST_ID, RANDOM = 100_000_000_000_000_000, 4_000_000_000_000_000_000
"""Where ids begin; as long as those of a real process, and older than any that one makes today."""

COMPANY_FILE = Path(__file__).parent / "company" / "huifang.toml"
"""The example company as it was when the first of these releases was made: names of stored surveys are hashes of its files."""

LATER_ID, LATER_UPDATE = 5 * FIRST_ID, 800_000_000
"""The same for those who go on when the story is told."""

FIRST_MESSAGE = 100_000


def company() -> Company:
    """The company whose people tell the story, with everything switched on that is off by default."""
    plain = load_company(COMPANY_FILE)
    handling = replace(plain.handling, topics=True, pinned_digest=True)
    return replace(plain, handling=handling, invitations=replace(plain.invitations, couriers_report=True))


class Next(msgspec.Struct, frozen=True):
    """What somebody would do next: an update as Telegram would send it."""

    what: str
    kind: str
    body: dict[str, Any]


@dataclass
class Teller(Desk):
    """What is owed is accepted by Telegram at once, and stands at numbers of its own; `calls` keeps all of it."""

    calls: list[OwedCall] = field(default_factory=list)
    later: list[Next] = field(default_factory=list)
    _what: str = ""
    _placed: dict[tuple[int, str], int] = field(default_factory=dict)
    _shown: dict[int, list[tuple[int, OwedCall]]] = field(default_factory=dict)
    said: int = 0
    """The message that somebody wrote last."""
    _said: "count[int]" = field(default_factory=lambda: count(1000))
    _messages: "count[int]" = field(default_factory=lambda: count(FIRST_MESSAGE))

    # --- Telegram ---

    async def fetch_owed(self) -> list[OwedCall]:
        calls = await super().fetch_owed()
        marks = [mark for call in calls for mark in self._accept(call)]
        if marks:
            async with self.database.begin() as tx:
                await outbox.record_sent(tx, marks)
        self.calls += calls
        return calls

    def _accept(self, call: OwedCall) -> list[SentCall]:
        """Where the message stands now, as the sender would note it."""
        makes = call.method.startswith("send") or call.method in {SHOW, PICTURE, outbox.DOCUMENT}
        if call.chat_id is None or not makes:
            return [SentCall(call.id)]
        if call.method == "sendMediaGroup":
            numbers = [next(self._messages) for _ in read_body(call)["media"]]
            names = [call.name if n == 0 else f"{call.name}.{n}" for n in range(len(numbers))]
        else:
            known = None
            if call.method in {SHOW, PICTURE} and not call.fresh:
                known = call.message_id or self._placed.get((call.chat_id, call.name))
            numbers, names = [known or next(self._messages)], [call.name]
        for name, number in zip(names, numbers, strict=True):
            self._placed.pop((call.chat_id, name), None)
            self._placed[call.chat_id, name] = number  # the newest last
            self._shown.setdefault(call.chat_id, []).append((number, call))
        if not call.name:
            return [SentCall(call.id)]
        return [SentCall(call.id, call.chat_id, name, number) for name, number in zip(names, numbers, strict=True)]

    def message(self, chat: int, name: str) -> int:
        """Where the newest message stands whose name begins so."""
        return [number for (at, known), number in self._placed.items() if at == chat and known.startswith(name)][-1]

    # --- people ---

    async def update(self, kind: str, body: dict[str, Any]) -> list[OwedCall]:
        if not self._what:
            return await super().update(kind, body)
        self.later.append(Next(self._what, kind, body))
        return []

    @contextmanager
    def after(self, what: str) -> Iterator[None]:
        """What people do inside is not done: it is what they would do next."""
        self._what = what
        yield
        self._what = ""

    async def press(
        self, who: TelegramUser, button: Button | str, chat: int | None = None, at: int = 0
    ) -> list[OwedCall]:
        """Press the newest message that has this button."""
        data = button if isinstance(button, str) else pack(button)
        shown = self._shown.get(chat or who.id, [])
        number = next((number for number, call in reversed(shown) if data in datas(call)), 500)
        return await super().press(who, data, chat, at or number)

    async def say(
        self, who: TelegramUser, text: str | None = None, chat: int | None = None, **more: object
    ) -> list[OwedCall]:
        self.said = next(self._said)
        return await super().say(who, text, chat, **({"message_id": self.said} | more))

    async def change(self, who: TelegramUser, text: str, message: int, chat: int | None = None) -> list[OwedCall]:
        """Somebody writes an earlier message anew."""
        facts = {"message_id": message, "date": 1, "edit_date": 2, "chat": make_chat(chat or who.id), "from": who.user}
        return await self.update("edited_message", facts | {"text": text})

    async def tap(
        self, who: TelegramUser, label: str, calls: list[OwedCall], chat: int | None = None
    ) -> list[OwedCall]:
        """Press the button of this label; of a case, the one that begins with its number."""
        keys = [key for call in reversed(calls) for key in keys_of(call) if key["text"].startswith(f"{label} ·")]
        return await self.press(who, keys[0]["callback_data"] if keys else find_button_data(calls, label), chat)

    async def reply(self, who: TelegramUser, words: str, chat: int = GROUP, **more: object) -> list[OwedCall]:
        """Answer the question that was put last to this person in a group."""
        return await self.answer(who, self.message(chat, f"s:{chat}:{who.id}:"), words, chat, **more)

    async def answer(
        self, who: TelegramUser, message: int, words: str | None, chat: int | None = None, **more: object
    ) -> list[OwedCall]:
        """Reply to a message of the bot's."""
        replied = {"message_id": message, "date": 1, "chat": make_chat(chat or who.id), "from": BOT_USER}
        return await self.say(who, words, chat, reply_to_message=replied, **more)

    async def acting(self, who: TelegramUser, label: str, calls: list[OwedCall], chat: int = GROUP) -> list[OwedCall]:
        """Press what is labelled so; anyone who is new to the group is in it, says Telegram."""
        return await self.confirmed(await self.tap(who, label, calls, chat))

    async def confirmed(self, calls: list[OwedCall]) -> list[OwedCall]:
        while asked := next((call for call in calls if call.method == outbox.QUERY), None):
            calls.remove(asked)
            answer = msgspec.json.encode(MembershipAnswer(read_body(asked)["update"], "member"))
            await self.worker.submit(RawEvent("answer", str(asked.id), answer))
            calls += await self.fetch_owed()
        return calls

    async def ring(self, **later: float) -> list[OwedCall]:
        """So much later: everything that is due by then is done, one after the other, always in the same order."""
        self.clock.advance(**later)
        async with self.database.read() as tx:
            due = await timer_rows.list_due(tx, self.clock.now())
        for timer in sorted(due, key=lambda timer: (timer.due_at, timer.kind, timer.subject)):
            await self.worker.submit(timer)
        assert not self.worker.counters.failed, "a timer could not be handled; see the log"
        return await self.fetch_owed()


def keys_of(call: OwedCall) -> list[dict[str, str]]:
    """The buttons of a call."""
    rows = read_body(call).get("reply_markup", {}).get("inline_keyboard", ())
    return [key for row in rows for key in row]


def datas(call: OwedCall) -> list[str]:
    """What the buttons of a call would send."""
    return [key["callback_data"] for key in keys_of(call)]


@asynccontextmanager
async def telling(database: Database, *, later: bool = False, clock: FixedClock | None = None) -> AsyncIterator[Teller]:
    """A teller on this database; `later` on one that a story has left."""
    first_id, first_update = (LATER_ID, LATER_UPDATE) if later else (FIRST_ID, 1)
    clock = clock or FixedClock()
    plain = await make_services(database, clock, load_company(COMPANY_FILE))
    services: Services = replace(
        plain, company=company(), next_id=count(first_id).__next__, random_id=count(RANDOM + first_id).__next__
    )
    worker = Worker(database, services, clock)
    task = asyncio.create_task(worker.run())
    try:
        yield Teller(database, services, clock, worker, _numbers=count(first_update))
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
