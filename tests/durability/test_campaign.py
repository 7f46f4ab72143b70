"""A campaign to twenty thousand people over two replicas, the one that sends killed five times: everybody gets it, once.

Telegram's send takes no key by which it could tell a repetition: a message whose confirmation was lost at a kill stands twice. These
are counted, and are never more than the sender leaves in doubt.
"""

import asyncio
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import func, select

from bot.sending.doubt import DOUBT_LIMIT, find_broadcast_range
from playground.people.client import TelegramClient
from playground.people.connection import Participant
from playground.server import Server
from storage.deliveries import deliveries
from storage.engine.database import Database
from storage.models import answers, campaign_recipients, campaigns, invitations, outbox, timers
from storage.people import people
from storage.people.people import Newcomer
from tests.harness.bot_process import Bot
from tests.harness.company import LiveCompany, found_company
from tests.harness.replicas import run_two_replicas
from tests.harness.rows import NOW, make_delivery_row

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

PEOPLE, BLOCKING, KILLS = 20_000, 400, 5
RATE = 1200
"""Messages a second, on both sides."""

FIRST = 8_000_001
WITHIN = 150.0


@dataclass
class Watch:
    """What reaches Telegram, as it comes: its log forgets the oldest calls."""

    server: Server
    seen: int = 0
    sent: Counter[int] = field(default_factory=Counter)
    at: list[float] = field(default_factory=list)
    floods: int = 0

    async def run(self) -> None:
        while True:
            self.look()
            await asyncio.sleep(0.1)

    def look(self) -> None:
        for call in self.server.world.calls.since(self.seen):
            self.seen = call["seq"]
            self.floods += call.get("error_code") == 429
            if call["method"] == "sendMessage" and call["ok"]:
                self.at.append(call["at"])
                self.sent[int(call["params"]["chat_id"])] += 1

    def busiest(self) -> int:
        """The most messages in any second."""
        most = first = 0
        for n, moment in enumerate(self.at):
            while self.at[first] <= moment - 1:
                first += 1
            most = max(most, n - first + 1)
        return most


@dataclass
class Two:
    company: LiveCompany
    replicas: list[Bot]
    watch: Watch


@pytest.fixture
async def two(
    server: Server, telegram: TelegramClient, opened: Database, settings_folder: Path, tmp_path: Path
) -> AsyncIterator[Two]:
    shutil.copytree(settings_folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / "token-erp").write_text("hf_test")
    async with run_two_replicas(tmp_path, server.url, opened.url, HUIFANG_RATE=str(RATE)) as (_, first, second):
        company = await found_company(server, telegram, first, opened, staff=1)
        await telegram.strict(overall=RATE)
        watch = Watch(server)
        task = asyncio.create_task(watch.run())
        yield Two(company, [first, second], watch)
        task.cancel()


@pytest.mark.prove
async def test_killed_five_times_on_its_way(two: Two) -> None:
    """Each of 20,000 has one survey or is recorded as unreachable; the limit held; what stands twice was in doubt at a kill."""
    company = two.company
    customers = await _customers(company)
    said = len(company.bot.log())
    await _begun(company)
    begun = monotonic()
    for n in range(KILLS):
        await _until(lambda: len(two.watch.at) > PEOPLE * (n + 1) // (KILLS + 2))  # noqa: B023 -- awaited here
        dying = two.replicas[n % 2]
        await dying.kill()
        await dying.start()
    await _done(company)
    seconds = monotonic() - begun
    two.watch.look()
    sent = {chat: two.watch.sent[chat] for chat in customers}
    repeated = sum(count - 1 for count in sent.values() if count > 1)
    print(  # noqa: T201 -- a measurement, shown by -s
        f"\n{PEOPLE} people, {BLOCKING} of them blocking, {KILLS} kills: {seconds:.0f} s, {len(two.watch.at) / seconds:.0f} a second, "
        f"at most {two.watch.busiest()} in one second, {repeated} twice, {two.watch.floods} × 429"
    )
    blocking = set(list(customers)[:BLOCKING])
    missed = [chat for chat, count in sent.items() if not count and chat not in blocking]
    assert missed == [], f"{len(missed)} never got it"
    assert not [chat for chat in blocking if sent[chat]]
    assert repeated <= KILLS * find_broadcast_range(DOUBT_LIMIT)[1]
    assert max(sent.values()) <= 2
    assert two.watch.busiest() <= RATE
    assert two.watch.floods == 0
    assert "Traceback" not in company.bot.log()[said:], company.bot.log()[said:][:4000]
    await _written(company, blocking, customers)


async def _customers(company: LiveCompany) -> dict[int, int]:
    """Twenty thousand people with a delivery each, known to Telegram and to us; persons by chat. The first few hundred block the bot."""
    chats = list(range(FIRST, FIRST + PEOPLE))
    async with company.database.begin() as tx:
        for start in range(0, PEOPLE, 5000):
            some = chats[start : start + 5000]
            new = [Newcomer(chat, chat, "en", f"Customer {chat}", "") for chat in some]
            await people.add(tx, new, "open", NOW)
            await deliveries.add(tx, [make_delivery_row(chat, person=chat, fate="answered") for chat in some])
    world = company.server.world
    for n, chat in enumerate(chats):
        world.add_user(chat, first_name=f"Customer {chat}")
        world.chats[chat].started = True
        world.chats[chat].bot_status = "kicked" if n < BLOCKING else "member"
    return {chat: chat for chat in chats}


async def _begun(company: LiveCompany) -> None:
    """The boss plans it, the head, who is a manager too, approves it."""
    telegram, boss, second = company.telegram, company.boss, company.head
    hello = await company.in_group(second).say("Good morning again")
    await telegram.private(second).start()
    await company.in_group(boss).say("/grant manager", reply_to=hello["message_id"])
    await company.in_group(boss).see("Zhao is now manager")
    planner = telegram.private(boss)
    await planner.say("/campaign")
    for shown, label in (
        ("No campaigns yet", "New campaign"),
        ("Which survey", "How was your delivery?"),
        ("Who should receive it", "All customers"),
        ("What would you like to call it", "How was your delivery?"),
        ("When should it start", "As soon as it is approved"),
        ("How often", "Once"),
        (f"reach {PEOPLE:,} people", "Confirm"),
    ):
        await planner.see(shown)
        await planner.press(label)
    await _pressed(telegram, second, "Please approve", "Approve")


async def _pressed(telegram: TelegramClient, who: Participant, shown: str, label: str) -> None:
    seat = telegram.private(who)
    await seat.see(shown)
    await seat.press(label)


async def _until(holds: "object", within: float = WITHIN) -> None:
    end = monotonic() + within
    while not holds():  # type: ignore[operator]
        assert monotonic() < end
        await asyncio.sleep(0.02)


async def _done(company: LiveCompany) -> None:
    end = monotonic() + WITHIN
    while (await company.rows(select(campaigns.c.state)))[0].state != "done":
        assert monotonic() < end, await company.rows(
            select(campaign_recipients.c.state, func.count()).group_by(campaign_recipients.c.state)
        )
        await asyncio.sleep(0.2)
    while await company.rows(select(outbox.c.id).limit(1)):
        assert monotonic() < end
        await asyncio.sleep(0.1)


async def _written(company: LiveCompany, blocking: set[int], customers: dict[int, int]) -> None:
    """What the rows say: one recipient each, those who block are unreachable, one invitation for each other, nothing left over."""
    rows = await company.rows(select(campaign_recipients.c.person, campaign_recipients.c.state))
    assert {row.person: row.state for row in rows} == {
        person: "unreachable" if chat in blocking else "sent" for chat, person in customers.items()
    }
    asked = await company.rows(select(invitations.c.person))
    assert sorted(row.person for row in asked) == sorted(customers[chat] for chat in customers if chat not in blocking)
    assert not await company.rows(select(timers.c.kind).where(timers.c.kind == "campaign"))
    assert not await company.rows(select(answers.c.invitation))
