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

from bot.app import build_dialogues
from bot.clock import Clock, Ids
from bot.company.company import load_company
from bot.process.word_indexing import WordIndexing
from bot.process.worker import Worker
from conversations.buttons import Button, pack, unpack
from domain.company import Company
from domain.people import Grant, Role
from handlers.commands import MENU
from handlers.deliveries import deliveries as intake
from handlers.route import make_membership_answer
from handlers.turns.batch import Batch
from handlers.turns.flush import flush
from handlers.turns.services import Services
from storage import installation
from storage.engine.database import Database
from storage.people import groups, people
from storage.people.people import Newcomer
from storage.queue import outbox
from storage.queue import timers as timer_rows
from storage.queue.inbox import RawEvent
from storage.queue.outbox import OwedCall
from storage.surveys import ratings
from tests.harness.quick_database import open_quickly
from texts import Texts

EXAMPLE = Path(__file__).parents[2] / "bot" / "example" / "huifang.toml"
COMPANY = load_company(EXAMPLE)
BOT = "huifang_bot"
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""Twelve o'clock in Shanghai."""

GROUP = -1001
"""The chat of whatever department a test binds first."""


class FixedClock(Clock):
    """A clock that moves only when told."""

    def __init__(self, moment: datetime = NOON) -> None:
        super().__init__()
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass(frozen=True)
class TelegramUser:
    """Somebody with a Telegram account."""

    id: int
    name: str
    language: str = "en"
    username: str = ""

    @property
    def user(self) -> dict[str, Any]:
        facts = {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}
        return facts | ({"username": self.username} if self.username else {})


WANG, LI, ZHAO, BOSS = (
    TelegramUser(11, "Wang"),
    TelegramUser(12, "Li", username="li_he"),
    TelegramUser(13, "Zhao"),
    TelegramUser(14, "Boss"),
)
BOT_USER = {"id": 99, "is_bot": True, "first_name": "Huifang", "username": BOT}


def make_chat(number: int) -> dict[str, Any]:
    return {"id": number, "type": "private"} if number > 0 else {"id": number, "type": "supergroup", "title": "Group"}


@dataclass
class Desk:
    """Updates in by the worker's door, calls out of the outbox; every update must be handled unless `poisoned`."""

    database: Database
    services: Services
    clock: FixedClock
    worker: Worker
    poisoned: bool = False
    reads: bool = True
    """False where a sender takes what is owed."""
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    async def update(self, kind: str, body: dict[str, Any]) -> list[OwedCall]:
        """Hand in one update; the calls it owes."""
        number = next(self._numbers)
        raw = msgspec.json.encode({"update_id": number, kind: body})
        await self.worker.submit(RawEvent("telegram", str(number), raw))
        assert self.poisoned or not self.worker.counters.failed, "the update could not be handled; see the log"
        return await self.fetch_owed()

    async def fetch_owed(self) -> list[OwedCall]:
        """The calls that are new since the last look."""
        if not self.reads:
            return []
        async with self.database.begin() as tx:
            return await outbox.take(tx, 1)

    async def say(
        self, who: TelegramUser, text: str | None = None, chat: int | None = None, **more: object
    ) -> list[OwedCall]:
        """Write (or attach: `photo=[…]`, …) in the private chat or in a group."""
        body = {
            "message_id": 1000 + next(self._numbers),
            "date": 1,
            "chat": make_chat(chat or who.id),
            "from": who.user,
        }
        return await self.update("message", body | ({"text": text} if text is not None else {}) | more)

    async def press(
        self, who: TelegramUser, button: Button | str, chat: int | None = None, at: int = 500
    ) -> list[OwedCall]:
        """Press a button of message `at`."""
        data = button if isinstance(button, str) else pack(button)
        message = {"message_id": at, "date": 1, "chat": make_chat(chat or who.id), "from": BOT_USER}
        body = {
            "id": str(next(self._numbers)),
            "from": who.user,
            "chat_instance": "1",
            "message": message,
            "data": data,
        }
        return await self.update("callback_query", body)

    async def member(self, who: TelegramUser, status: str, chat: int | None = None) -> list[OwedCall]:
        """The bot's own membership changes."""
        before, after = ({"user": BOT_USER, "status": one} for one in ("left", status))
        body = {"chat": make_chat(chat or who.id), "from": who.user, "date": 1}
        return await self.update("my_chat_member", body | {"old_chat_member": before, "new_chat_member": after})

    async def ring(self, **later: float) -> list[OwedCall]:
        """So much later: everything that is due by then is done."""
        self.clock.advance(**later)
        async with self.database.read() as tx:
            due = await timer_rows.list_due(tx, self.clock.now())
        await asyncio.gather(*(self.worker.enter(timer) for timer in due))
        assert self.poisoned or not self.worker.counters.failed, "a timer could not be handled; see the log"
        return await self.fetch_owed()

    async def deliver(self, *items: Any, source: str = "erp") -> list[intake.ItemReply]:  # noqa: ANN401 -- decoded JSON
        """Deliveries come in; by default one, of Wang's."""
        async with self.database.begin() as tx:
            return await intake.ingest_items(tx, self.services, source, items or [make_delivery()], self.clock.now())

    async def open_survey(self, who: TelegramUser = WANG, **more: Any) -> list[OwedCall]:  # noqa: ANN401 -- decoded JSON
        """Somebody has opened the link of a delivery; the calls that are owed."""
        (result,) = await self.deliver(make_delivery(**more))
        assert result.link is not None
        return await self.say(who, f"/start {result.link.partition('start=')[2]}")

    async def file_complaint(self, who: TelegramUser = WANG, **more: Any) -> list[OwedCall]:  # noqa: ANN401 -- decoded JSON
        """Somebody rates a delivery with two and files a complaint with one tap; the calls of that tap."""
        shown = await self.open_survey(who, **({"department": "transport"} | more))
        rated = await self.press(who, find_button_data(shown, "2"))
        return await self.press(who, find_button_data(rated, "File a complaint"))

    async def press_and_confirm(
        self, who: TelegramUser, label: str, calls: list[OwedCall], chat: int = GROUP
    ) -> list[OwedCall]:
        """Press what is labelled so on what was shown; Telegram confirms that the presser is in the group."""
        return await self.answer_questions(await self.press(who, find_button_data(calls, label), chat), "member")

    async def answer_questions(self, owed: list[OwedCall], status: str) -> list[OwedCall]:
        """Telegram answers whatever was asked about memberships; all the calls that are no questions."""
        said = []
        while owed:
            call = owed.pop(0)
            if call.method != outbox.QUERY:
                said.append(call)
                continue
            answer = msgspec.json.encode(make_membership_answer(read_body(call)["update"], status))
            await self.worker.submit(RawEvent("answer", str(call.id), answer))
            owed += await self.fetch_owed()
        return said

    async def bind(self, department: str, chat: int = GROUP, language: str = "en") -> None:
        async with self.database.begin() as tx:
            await groups.bind(tx, chat, department, language, self.clock.now())

    async def grant(self, who: TelegramUser, role: Role, department: str | None = None) -> int:
        """Somebody is known, can be written to, and has a role; the person's id."""
        async with self.database.begin() as tx:
            known = await people.fetch_by_account(tx, [who.id])
            if who.id not in known:
                new = Newcomer(self.services.next_id(), who.id, who.language, who.name, who.username)
                known = await people.add(tx, [new], "open", self.clock.now())
            await people.grant(tx, known[who.id].id, Grant(role, department), None, self.clock.now())
            return known[who.id].id

    async def rows(self, statement: Select[Any]) -> list[Row[Any]]:
        async with self.database.read() as tx:
            return list(await tx.execute(statement))

    async def index_words(self) -> None:
        """A moment later: what was said can be searched for."""
        work = WordIndexing(self.database)
        while await work.step():
            pass

    async def batch(self, work: Any) -> Batch:  # noqa: ANN401 -- what a test does with a batch
        """A transaction's worth of handlers' work, flushed."""
        async with self.database.begin() as tx:
            batch = Batch(tx, self.services, self.clock.now())
            await work(batch)
            await flush(batch, None)
            return batch

    def text(self, key: str, /, **args: str | int) -> str:
        """Our own words in English, as they are sent."""
        return self.services.texts.html("en", key, args)

    def plain(self, key: str, /, **args: str | int) -> str:
        return self.services.texts.plain("en", key, args)

    def list_departments(self, *, keyed: bool = False) -> str:
        """The company's departments by name; `keyed`: each with the key that commands take."""
        named = {key: one.name["en"] for key, one in self.services.company.departments.items()}
        return ", ".join(f"{name} ({key})" if keyed else name for key, name in named.items())


def make_delivery(waybill: str = "SF1", **more: Any) -> dict[str, Any]:  # noqa: ANN401 -- JSON
    """A delivery of an hour ago, to Wang's number, in English."""
    customer = {"phone": "+8613800138000", "language": "en"}
    return {"waybill": waybill, "delivered_at": (NOON - timedelta(hours=1)).isoformat(), "customer": customer} | more


def read_body(call: OwedCall) -> dict[str, Any]:
    """The call's parameters."""
    read: dict[str, Any] = msgspec.json.decode(call.payload)
    return read


def list_texts(calls: list[OwedCall], chat: int | None = None) -> list[str]:
    """The texts that are to be seen (in this chat), in order."""
    return [str(read_body(call).get("text", "")) for call in calls if chat is None or call.chat_id == chat]


def find_button_data(calls: list[OwedCall], label: str) -> str:
    """What the button of this label would send."""
    for call in reversed(calls):
        for row in read_body(call).get("reply_markup", {}).get("inline_keyboard", ()):
            for key in row:
                if key["text"] == label or key["text"].endswith(f" {label}") or key["text"].startswith(f"{label} · "):
                    return str(key["callback_data"])
    raise AssertionError(f"no button {label!r}: {[list_labels(call) for call in calls]}")


def find_button(calls: list[OwedCall], label: str) -> Button:
    button = unpack(find_button_data(calls, label))
    assert button is not None
    return button


def list_labels(call: OwedCall) -> list[str]:
    rows = read_body(call).get("reply_markup", {}).get("inline_keyboard", ())
    return [key["text"] for row in rows for key in row]


@contextmanager
def run_worker(worker: Worker) -> Iterator["asyncio.Task[None]"]:
    """The worker works inside the block."""
    task = asyncio.create_task(worker.run())
    try:
        yield task
    finally:
        task.cancel()


@pytest.fixture
async def sqlite(template: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A migrated, empty SQLite file of one's own."""
    shutil.copyfile(template, tmp_path / "huifang.db")
    database = open_quickly(f"sqlite+aiosqlite:///{tmp_path / 'huifang.db'}")
    yield database
    await database.close()


@pytest.fixture
async def desk(sqlite: Database) -> AsyncIterator[Desk]:
    async with at_desk(sqlite) as made:
        yield made


TEXTS = Texts()
"""Read once: they never change."""


async def make_services(database: Database, clock: Clock, company: Company = COMPANY) -> Services:
    """As the process makes them at its start."""
    async with database.begin() as tx:
        for survey in company.surveys.values():
            await ratings.record_survey(tx, survey, clock.now())
        await installation.put(tx, "bot", BOT)
        surveys = await ratings.list_surveys(tx)
    return Services(
        company,
        surveys,
        TEXTS,
        database.keyring,
        build_dialogues(company, surveys, TEXTS.vocabulary),
        BOT,
        Ids().next,
        menu=MENU,
    )


class at_desk:  # noqa: N801 -- a context manager reads as a sentence
    """A desk on this database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def __aenter__(self) -> Desk:
        clock = FixedClock()
        services = await make_services(self._database, clock)
        worker = Worker(self._database, services, clock)
        self._task = asyncio.create_task(worker.run())
        return Desk(self._database, services, clock, worker)

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
