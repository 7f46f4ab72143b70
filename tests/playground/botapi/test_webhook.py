"""Pushing updates to a webhook."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from playground.botapi.webhook import HEADER
from playground.people.barebot import BareBot
from playground.people.client import TelegramClient
from playground.people.seat import Seat
from playground.shape.wire import Json, encode


@dataclass
class Receiver:
    """A bot's webhook: it writes down what it gets and answers as told."""

    url: str = ""
    got: list[Json] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    answer: Callable[[Json], tuple[int, bytes]] = lambda _: (200, b"")
    delay: float = 0.0
    together: int = 0
    most_together: int = 0

    async def handle(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.together += 1
        self.most_together = max(self.together, self.most_together)
        await asyncio.sleep(self.delay)
        self.together -= 1
        self.got.append(update)
        self.secrets.append(request.headers.get(HEADER))
        status, body = self.answer(update)
        return web.Response(status=status, body=body)

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_updates_arrive_with_the_secret(
    bot: BareBot, seat: Seat, telegram: TelegramClient, receiver: Receiver
) -> None:
    """Those that waited first."""
    await seat.say("before")
    assert await bot.ok("setWebhook", url=receiver.url, secret_token="s3cret")
    await seat.say("after")
    await telegram.settle()
    assert receiver.texts() == ["before", "after"]
    assert receiver.secrets == ["s3cret", "s3cret"]
    assert (await telegram.updates())["pending"] == 0


async def test_a_chat_is_served_in_order_and_chats_together(
    bot: BareBot, telegram: TelegramClient, receiver: Receiver
) -> None:
    """Up to `max_connections` at once."""
    receiver.delay = 0.02
    await bot.ok("setWebhook", url=receiver.url, max_connections=3)
    seats = [telegram.private(await telegram.user(f"P{n}")) for n in range(6)]
    for word in ("a", "b"):
        for seat in seats:
            await seat.say(f"{word}{seat.chat}")
    await telegram.settle()
    for seat in seats:
        mine = [text for text in receiver.texts() if text.endswith(str(seat.chat))]
        assert mine == [f"a{seat.chat}", f"b{seat.chat}"]
    assert receiver.most_together == 3


async def test_a_failed_delivery_is_tried_again_and_holds_up_its_chat_only(
    bot: BareBot, telegram: TelegramClient, seat: Seat, receiver: Receiver
) -> None:
    """Until the bot says 2xx."""
    refusals = 2

    def answer(update: Json) -> tuple[int, bytes]:
        nonlocal refusals
        if update["message"]["text"] == "first" and refusals:
            refusals -= 1
            return 500, b""
        return 200, b""

    receiver.answer = answer
    await bot.ok("setWebhook", url=receiver.url)
    await seat.say("first")
    await seat.say("second")
    await telegram.private(await telegram.user("Li")).say("other")
    await telegram.settle()
    assert receiver.texts() == ["first", "other", "first", "first", "second"]
    info = await bot.ok("getWebhookInfo")
    assert "500" in info["last_error_message"]


async def test_a_webhook_that_is_not_there_gets_its_updates_later(
    bot: BareBot, telegram: TelegramClient, seat: Seat, receiver: Receiver
) -> None:
    """A killed bot loses nothing."""
    await bot.ok("setWebhook", url="http://127.0.0.1:1/nobody")
    await seat.say("waits")
    await asyncio.sleep(0.15)
    assert (await bot.ok("getWebhookInfo"))["pending_update_count"] == 1
    await bot.ok("setWebhook", url=receiver.url)
    await telegram.settle()
    assert receiver.texts() == ["waits"]


async def test_a_call_in_the_answer_is_carried_out(
    bot: BareBot, telegram: TelegramClient, seat: Seat, receiver: Receiver
) -> None:
    """As Telegram does; a wrong one is logged as refused."""
    calls: Iterator[Json] = iter(
        [{"method": "sendMessage", "text": "hello"}, {"method": "sendmessage", "text": ""}, {"x": 1}]
    )
    receiver.answer = lambda _: (200, encode({**next(calls), "chat_id": seat.chat}))
    await bot.ok("setWebhook", url=receiver.url)
    for word in ("one", "two", "three"):
        await seat.say(word)
    await seat.see("hello")
    await telegram.settle()
    assert [call["ok"] for call in await telegram.calls("sendMessage")] == [True, False]


async def test_an_outage_stops_deliveries_too(
    bot: BareBot, telegram: TelegramClient, seat: Seat, receiver: Receiver
) -> None:
    """They go on when it is over."""
    await bot.ok("setWebhook", url=receiver.url)
    await telegram.fault("outage")
    await seat.say("later")
    await asyncio.sleep(0.05)
    assert receiver.got == []
    await telegram.heal()
    await telegram.settle()
    assert receiver.texts() == ["later"]


async def test_duplicates_come_through_the_webhook(
    bot: BareBot, telegram: TelegramClient, seat: Seat, receiver: Receiver
) -> None:
    """The same number twice."""
    await bot.ok("setWebhook", url=receiver.url)
    await telegram.fault("duplicate")
    await seat.say("once")
    await telegram.settle()
    first, second = receiver.got
    assert first == second
