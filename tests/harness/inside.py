"""The bot's parts inside the test: a migrated SQLite file, a clock that stands still, updates handed in, what is owed read back."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Row, Select

from bot.app import dialogues
from bot.clock import Clock, Ids
from bot.company.company import load
from bot.process.worker import Worker
from conversations.buttons import Button, pack, unpack
from domain.people import Grant, Role
from handlers.deliveries import deliveries as intake
from handlers.route import Answered
from handlers.turns.batch import Batch, Services
from storage import meta
from storage.engine import schema
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.people import groups, people
from storage.people.people import Newcomer
from storage.queue import outbox
from storage.queue import timers as timer_rows
from storage.queue.inbox import Arrived
from storage.queue.outbox import Owed
from storage.surveys import ratings
from tests.harness.running import SECRET
from texts import Texts

EXAMPLE = Path(__file__).parents[2] / "bot" / "example" / "huifang.toml"
COMPANY = load(EXAMPLE)
BOT = "huifang_bot"
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""Twelve o'clock in Shanghai."""

GROUP = -1001
"""The chat of whatever department a test binds first."""


class Still(Clock):
    """A clock that moves only when told."""

    def __init__(self, moment: datetime = NOON) -> None:
        super().__init__()
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass(frozen=True)
class Who:
    """Somebody with a Telegram account."""

    id: int
    name: str
    language: str = "en"
    username: str = ""

    @property
    def user(self) -> dict[str, Any]:
        facts = {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}
        return facts | ({"username": self.username} if self.username else {})


WANG, LI, ZHAO, BOSS = Who(11, "Wang"), Who(12, "Li", username="li_he"), Who(13, "Zhao"), Who(14, "Boss")
BOT_USER = {"id": 99, "is_bot": True, "first_name": "Huifang", "username": BOT}


def chat_of(number: int) -> dict[str, Any]:
    return {"id": number, "type": "private"} if number > 0 else {"id": number, "type": "supergroup", "title": "Group"}


@dataclass
class Desk:
    """Updates in by the worker's door, calls out of the outbox; every update must be handled unless `poisoned`."""

    database: Database
    services: Services
    clock: Still
    worker: Worker
    poisoned: bool = False
    reads: bool = True
    """False where a sender takes what is owed."""
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    async def update(self, kind: str, body: dict[str, Any]) -> list[Owed]:
        """Hand in one update; the calls it owes."""
        number = next(self._numbers)
        raw = msgspec.json.encode({"update_id": number, kind: body})
        await self.worker.submit(Arrived("telegram", str(number), raw))
        assert self.poisoned or not self.worker.counters.failed, "the update could not be handled; see the log"
        return await self.owed()

    async def owed(self) -> list[Owed]:
        """The calls that are new since the last look."""
        if not self.reads:
            return []
        async with self.database.begin() as tx:
            return await outbox.take(tx, 1)

    async def say(self, who: Who, text: str | None = None, chat: int | None = None, **more: object) -> list[Owed]:
        """Write (or attach: `photo=[…]`, …) in the private chat or in a group."""
        body = {"message_id": 1000 + next(self._numbers), "date": 1, "chat": chat_of(chat or who.id), "from": who.user}
        return await self.update("message", body | ({"text": text} if text is not None else {}) | more)

    async def press(self, who: Who, button: Button | str, chat: int | None = None, at: int = 500) -> list[Owed]:
        """Press a button of message `at`."""
        data = button if isinstance(button, str) else pack(button)
        message = {"message_id": at, "date": 1, "chat": chat_of(chat or who.id), "from": BOT_USER}
        body = {
            "id": str(next(self._numbers)),
            "from": who.user,
            "chat_instance": "1",
            "message": message,
            "data": data,
        }
        return await self.update("callback_query", body)

    async def member(self, who: Who, status: str, chat: int | None = None) -> list[Owed]:
        """The bot's own membership changes."""
        before, after = ({"user": BOT_USER, "status": one} for one in ("left", status))
        body = {"chat": chat_of(chat or who.id), "from": who.user, "date": 1}
        return await self.update("my_chat_member", body | {"old_chat_member": before, "new_chat_member": after})

    async def ring(self, **later: float) -> list[Owed]:
        """So much later: everything that is due by then is done."""
        self.clock.advance(**later)
        async with self.database.read() as tx:
            due = await timer_rows.due(tx, self.clock.now())
        await asyncio.gather(*(self.worker.enter(timer) for timer in due))
        assert self.poisoned or not self.worker.counters.failed, "a timer could not be handled; see the log"
        return await self.owed()

    async def deliver(self, *items: Any, source: str = "erp") -> list[intake.Result]:  # noqa: ANN401 -- decoded JSON
        """Deliveries come in; by default one, of Wang's."""
        async with self.database.begin() as tx:
            return await intake.take_in(tx, self.services, source, items or [delivery()], self.clock.now())

    async def opened(self, who: Who = WANG, **more: Any) -> list[Owed]:  # noqa: ANN401 -- decoded JSON
        """Somebody has opened the link of a delivery; the calls that are owed."""
        (result,) = await self.deliver(delivery(**more))
        assert result.link is not None
        return await self.say(who, f"/start {result.link.partition('start=')[2]}")

    async def filed(self, who: Who = WANG, **more: Any) -> list[Owed]:  # noqa: ANN401 -- decoded JSON
        """Somebody rates a delivery with two and files a complaint with one tap; the calls of that tap."""
        shown = await self.opened(who, **({"department": "transport"} | more))
        rated = await self.press(who, data_of(shown, "2"))
        return await self.press(who, data_of(rated, "File a complaint"))

    async def acting(self, who: Who, label: str, calls: list[Owed], chat: int = GROUP) -> list[Owed]:
        """Press what is labelled so on what was shown; Telegram confirms that the presser is in the group."""
        owed = await self.press(who, data_of(calls, label), chat)
        for asked in [call for call in owed if call.method == outbox.ASK]:
            answer = msgspec.json.encode(Answered(body(asked)["update"], "member"))
            await self.worker.submit(Arrived("answer", str(asked.id), answer))
            owed += await self.owed()
        return [call for call in owed if call.method != outbox.ASK]

    async def bind(self, department: str, chat: int = GROUP, language: str = "en") -> None:
        async with self.database.begin() as tx:
            await groups.bind(tx, chat, department, language, self.clock.now())

    async def grant(self, who: Who, role: Role, department: str | None = None) -> int:
        """Somebody is known, can be written to, and has a role; the person's id."""
        async with self.database.begin() as tx:
            known = await people.load(tx, [who.id])
            if who.id not in known:
                new = Newcomer(self.services.next_id(), who.id, who.language, who.name, who.username)
                known = await people.add(tx, [new], "open", self.clock.now())
            await people.grant(tx, known[who.id].id, Grant(role, department), None, self.clock.now())
            return known[who.id].id

    async def rows(self, statement: Select[Any]) -> list[Row[Any]]:
        async with self.database.read() as tx:
            return list(await tx.execute(statement))

    async def batch(self, work: Any) -> Batch:  # noqa: ANN401 -- what a test does with a batch
        """A transaction's worth of handlers' work, flushed."""
        async with self.database.begin() as tx:
            batch = Batch(tx, self.services, self.clock.now())
            await work(batch)
            await batch.flush(None)
            return batch

    def text(self, key: str, /, **args: str | int) -> str:
        """Our own words in English, as they are sent."""
        return self.services.texts.html("en", key, args)

    def plain(self, key: str, /, **args: str | int) -> str:
        return self.services.texts.plain("en", key, args)


def delivery(waybill: str = "SF1", **more: Any) -> dict[str, Any]:  # noqa: ANN401 -- JSON
    """A delivery of an hour ago, to Wang's number, in English."""
    customer = {"phone": "+8613800138000", "language": "en"}
    return {"waybill": waybill, "delivered_at": (NOON - timedelta(hours=1)).isoformat(), "customer": customer} | more


def body(call: Owed) -> dict[str, Any]:
    """The call's parameters."""
    read: dict[str, Any] = msgspec.json.decode(call.payload)
    return read


def said(calls: list[Owed], chat: int | None = None) -> list[str]:
    """The texts that are to be seen (in this chat), in order."""
    return [str(body(call).get("text", "")) for call in calls if chat is None or call.chat_id == chat]


def data_of(calls: list[Owed], label: str) -> str:
    """What the button of this label would send."""
    for call in reversed(calls):
        for row in body(call).get("reply_markup", {}).get("inline_keyboard", ()):
            for key in row:
                if key["text"] == label or key["text"].endswith(f" {label}"):
                    return str(key["callback_data"])
    raise AssertionError(f"no button {label!r}: {[labels(call) for call in calls]}")


def button_of(calls: list[Owed], label: str) -> Button:
    found = unpack(data_of(calls, label))
    assert found is not None
    return found


def labels(call: Owed) -> list[str]:
    rows = body(call).get("reply_markup", {}).get("inline_keyboard", ())
    return [key["text"] for row in rows for key in row]


@contextmanager
def running(worker: Worker) -> Iterator["asyncio.Task[None]"]:
    """The worker works inside the block."""
    task = asyncio.create_task(worker.run())
    try:
        yield task
    finally:
        task.cancel()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file, made once."""
    path = tmp_path_factory.mktemp("template") / "huifang.db"

    async def make() -> None:
        database = Database(f"sqlite+aiosqlite:///{path}", Keyring([SECRET]))
        await schema.migrate(database)
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture
async def sqlite(template: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A migrated, empty SQLite file of one's own."""
    shutil.copyfile(template, tmp_path / "huifang.db")
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'huifang.db'}", Keyring([SECRET]))
    yield database
    await database.close()


@pytest.fixture
async def desk(sqlite: Database) -> AsyncIterator[Desk]:
    async with at_desk(sqlite) as made:
        yield made


TEXTS = Texts()
"""Read once: they never change."""


async def made(database: Database, clock: Clock) -> Services:
    """As the process makes them at its start."""
    async with database.begin() as tx:
        for survey in COMPANY.surveys.values():
            await ratings.keep_survey(tx, survey, clock.now())
        await meta.put(tx, "bot", BOT)
        surveys = await ratings.all_surveys(tx)
    return Services(COMPANY, surveys, TEXTS, database.keyring, dialogues(COMPANY, surveys), BOT, Ids().next)


class at_desk:  # noqa: N801 -- a context manager reads as a sentence
    """A desk on this database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def __aenter__(self) -> Desk:
        clock = Still()
        services = await made(self._database, clock)
        worker = Worker(self._database, services, clock)
        self._task = asyncio.create_task(worker.run())
        return Desk(self._database, services, clock, worker)

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
