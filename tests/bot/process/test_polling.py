"""Long polling: Telegram is told "received" only after the commit."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select, text

from bot.process.polling import Polling
from bot.process.telegram import BotApi
from playground.people.client import TelegramClient
from storage.models import inbox
from tests.harness.in_process import Desk


@pytest.fixture
async def polling(desk: Desk, api: BotApi) -> AsyncIterator[Polling]:
    made = Polling(api, desk.worker)
    task = asyncio.create_task(made.run())
    yield made
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def handled(desk: Desk, number: int) -> None:
    async with asyncio.timeout(10):
        while len(await desk.rows(select(inbox.c.key))) < number:  # noqa: ASYNC110 -- nobody can signal
            await asyncio.sleep(0.01)


async def confirmed(telegram: TelegramClient, number: int) -> None:
    async with asyncio.timeout(10):
        while (await telegram.updates())["confirmed"] < number:  # noqa: ASYNC110 -- nobody can signal
            await asyncio.sleep(0.01)


@pytest.mark.usefixtures("polling")
async def test_updates_are_handled_and_confirmed(desk: Desk, telegram: TelegramClient) -> None:
    """Those that waited before the start, and those that come later; no kind is missed that we read."""
    wang = telegram.private(await telegram.user("Wang"))
    for _ in range(3):
        await wang.say("hello")
    await handled(desk, 3)
    await wang.block()
    await handled(desk, 4)
    await confirmed(telegram, 4)


@pytest.mark.usefixtures("polling")
async def test_a_malformed_update_takes_no_other_with_it(
    desk: Desk, telegram: TelegramClient, caplog: pytest.LogCaptureFixture
) -> None:
    """One without its number, one with nonsense inside, between good ones: these are handled, and all are confirmed."""
    caplog.set_level(logging.CRITICAL)
    desk.poisoned = True
    wang = telegram.private(await telegram.user("Wang"))
    await wang.say("one")
    await telegram.raw({"message": {"message_id": "none"}})
    await telegram.raw({"message": 5})
    await wang.say("two")
    await handled(desk, 4)
    await confirmed(telegram, 4)
    states = sorted(row.state for row in await desk.rows(select(inbox.c.state)))
    assert states == ["done", "done", "waiting", "waiting"]


async def test_what_is_no_update_at_all_is_left_out(desk: Desk, api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    """The readable ones of the batch are taken, and the offset goes on behind them."""
    caplog.set_level(logging.CRITICAL)
    polling = Polling(api, desk.worker)
    await polling._take([b'{"update_id":7}', b'{"update":8}', b"5", b'{"update_id":6}'])
    assert polling._offset == 8
    await handled(desk, 2)


async def test_nothing_is_confirmed_that_is_not_safe(
    desk: Desk, telegram: TelegramClient, polling: Polling, caplog: pytest.LogCaptureFixture
) -> None:
    """While nothing can be kept the offset stays, and afterwards the same updates come again and are handled once."""
    caplog.set_level(logging.CRITICAL)
    desk.poisoned = True
    async with desk.database.begin() as tx:
        await tx.execute(text("ALTER TABLE inbox RENAME TO hidden"))
    wang = telegram.private(await telegram.user("Wang"))
    await wang.say("one")
    await wang.say("two")
    await asyncio.sleep(0.5)
    assert (await telegram.updates())["confirmed"] == 0
    assert polling._offset is None
    async with desk.database.begin() as tx:
        await tx.execute(text("ALTER TABLE hidden RENAME TO inbox"))
    await handled(desk, 2)
    await confirmed(telegram, 2)
    assert len(await desk.fetch_owed()) == 2


@pytest.mark.usefixtures("polling")
@pytest.mark.parametrize("kind", ["429", "500", "502html", "reset"])
async def test_telegram_fails_and_recovers(
    desk: Desk, telegram: TelegramClient, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The poll is made again, and nothing is lost or doubled."""
    caplog.set_level(logging.CRITICAL)
    wang = telegram.private(await telegram.user("Wang"))
    await wang.say("one")
    await handled(desk, 1)
    await telegram.fault(kind, method="getUpdates", retry_after=1)
    await wang.say("two")
    await wang.say("three")
    await handled(desk, 3)
    assert len(await desk.fetch_owed()) == 3


@pytest.mark.usefixtures("polling")
async def test_a_repeated_update_is_handled_once(desk: Desk, telegram: TelegramClient) -> None:
    """Telegram may deliver again what it has delivered."""
    wang = telegram.private(await telegram.user("Wang"))
    await telegram.fault("duplicate", times=0)
    await wang.say("one")
    await wang.say("two")
    await handled(desk, 2)
    await telegram.settle()
    assert len(await desk.fetch_owed()) == 2
