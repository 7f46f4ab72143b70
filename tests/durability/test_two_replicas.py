"""Two replicas on one PostgreSQL: each update counts once, one of them sends, and the other takes over."""

import asyncio
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import func, select

from playground.people.client import TelegramClient
from playground.server import Server
from storage.engine.database import Database
from storage.models import inbox, outbox
from tests.harness.bot_process import Bot
from tests.harness.company import LiveCompany, found_company
from tests.harness.replicas import Balancer, run_two_replicas
from tests.harness.story import CustomerStory

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@dataclass
class Pair:
    """`company.bot` is the replica that did not send at first: it outlives the other."""

    company: LiveCompany
    balancer: Balancer
    sender: Bot
    other: Bot


@pytest.fixture
async def pair(
    server: Server, telegram: TelegramClient, opened: Database, settings_folder: Path, tmp_path: Path
) -> AsyncIterator[Pair]:
    shutil.copytree(settings_folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / "token-erp").write_text("hf_test")
    async with run_two_replicas(tmp_path, server.url, opened.url) as (balancer, sender, other):
        company = await found_company(server, telegram, sender, opened)
        company.bot = other
        yield Pair(company, balancer, sender, other)


@pytest.mark.prove
async def test_a_loop_over_two_replicas(pair: Pair) -> None:
    """Loops at once, their updates handled here and there in turn: the same as with one process, every press answered."""
    stories = await _stories(pair.company, 4)
    await asyncio.gather(*(story.play() for story in stories))
    await pair.company.wait_until_quiet()
    for story in stories:
        await story.check()
        assert await story.unanswered() == []
    assert min(pair.balancer.passed.values()) > 10, pair.balancer.passed


async def test_an_update_at_both_replicas_at_once(pair: Pair) -> None:
    """Every update reaches both at the same moment: one of them handles it, the other one knows, nothing is said twice."""
    calm, doubled = await _stories(pair.company, 2)
    await calm.play()
    pair.balancer.both = True
    await doubled.play()
    await pair.company.wait_until_quiet()
    await doubled.check()
    expected = await calm.shown()
    assert {chat: Counter(texts) for chat, texts in (await doubled.shown()).items()} == {
        chat: Counter(texts) for chat, texts in expected.items()
    }
    assert min(pair.balancer.passed.values()) > 10


async def test_one_replica_sends(pair: Pair) -> None:
    """Whichever replica handled an update, what it owes is soon held by the one that sends, and sent once."""
    telegram = pair.company.telegram
    failing = await telegram.fault("500", method="sendMessage", times=0)
    customers = await pair.company.customers(10)
    for person, link in customers:
        await telegram.private(person).start(link)
    await asyncio.sleep(1.5)
    holders = await pair.company.rows(select(outbox.c.holder, func.count()).group_by(outbox.c.holder))
    assert [tuple(row)[1] for row in holders if row.holder is not None] == [10], holders
    await telegram.heal(failing)
    for person, _ in customers:
        await telegram.private(person).see("overall")
    await pair.company.wait_until_quiet()
    for person, _ in customers:
        assert len([m for m in await telegram.messages(person.id) if m["sent_by_bot"]]) == 1


@pytest.mark.prove
async def test_order_within_a_chat_over_two_replicas(pair: Pair) -> None:
    """Words handled here and there in turn stand before the department as they were written; the card is the latest."""
    (story,) = await _stories(pair.company, 1)
    me = pair.company.telegram.private(story.customer)
    await me.start(story.link)
    await me.see("overall")
    await me.press("1")
    await me.see("Question 2")
    await me.press("File a complaint")
    await me.see("is filed and passed on")
    for n in range(8):
        await me.say(f"part {n} of the story")
    await pair.company.wait_until_quiet()
    group = await pair.company.telegram.messages(pair.company.group)
    shown = [m["text"] for m in group if "the customer writes" in m.get("text", "")]
    assert [text.partition("part ")[2][0] for text in shown] == list("01234567"), shown
    assert "Added 8 times" in (await me.last())["text"], await me.last()


async def test_the_other_takes_over_within_three_seconds(pair: Pair) -> None:
    """The replica that sends is killed amid a loop: within three seconds the other sends, and nothing is lost."""
    story, waiting = await _stories(pair.company, 2)
    await story.complain()
    me = pair.company.telegram.private(waiting.customer)
    pair.balancer.replicas.reverse()
    await pair.sender.kill()
    killed = monotonic()
    await me.start(waiting.link)
    await me.see("overall")
    assert monotonic() - killed < 3
    await story.resolve()
    await story.approve_and_solve()
    await pair.company.wait_until_quiet()
    await story.check()


@pytest.mark.prove
async def test_a_kill_of_the_sender_at_any_moment(pair: Pair) -> None:
    """The sender dies with calls under way and loops half way: all loops end, each thing kept once."""
    stories = await _stories(pair.company, 4)
    await pair.company.telegram.fault("kill", pid=pair.sender.pid, skip=37, when="after")
    await asyncio.gather(*(story.play() for story in stories))
    assert await pair.sender.ended() == -9
    await pair.company.wait_until_quiet()
    for story in stories:
        await story.check()
    keys = [row.key for row in await pair.company.rows(select(inbox.c.key).where(inbox.c.source == "telegram"))]
    assert len(keys) == len(set(keys))


async def _stories(company: LiveCompany, number: int) -> list[CustomerStory]:
    customers = await company.customers(number)
    return [
        CustomerStory(company, person, link, owner)
        for (person, link), owner in zip(customers, company.staff, strict=False)
    ]
