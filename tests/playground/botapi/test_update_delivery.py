"""getUpdates or a webhook."""

from __future__ import annotations

import asyncio

import pytest

from playground.people.barebot import BareBot
from playground.people.seat import Seat
from playground.shape.wire import Json


async def test_polling_ends_where_a_webhook_begins(bot: BareBot, seat: Seat) -> None:
    """A poll under way is told, and later ones are refused until it is deleted."""
    poll = asyncio.create_task(bot.no("getUpdates", offset=bot.offset, timeout=5))
    await asyncio.sleep(0.05)
    await bot.ok("setWebhook", url="http://127.0.0.1:1/x", allowed_updates=["message"])
    assert await poll == "Conflict: terminated by setWebhook request"
    assert "can't use getUpdates method while webhook is active" in await bot.no("getUpdates")
    info = await bot.ok("getWebhookInfo")
    assert (info["url"], info["allowed_updates"]) == ("http://127.0.0.1:1/x", ["message"])
    await seat.say("x")
    assert await bot.ok("deleteWebhook", drop_pending_updates=True)
    assert await bot.ok("getUpdates") == []
    assert (await bot.ok("getWebhookInfo"))["url"] == ""


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"url": "https://e.com/hook"}, "delivers to this machine only"),
        ({"url": "http://127.0.0.1/x", "secret_token": "not allowed"}, "secret token contains unallowed characters"),
    ],
)
async def test_a_wrong_webhook_is_refused(bot: BareBot, params: Json, why: str) -> None:
    """Nothing leaves this machine."""
    assert why in await bot.no("setWebhook", **params)


async def test_an_empty_url_deletes_the_webhook(bot: BareBot) -> None:
    """As Telegram has it."""
    await bot.ok("setWebhook", url="http://127.0.0.1:1/x")
    await bot.ok("setWebhook", url="")
    assert await bot.ok("getUpdates") == []


async def test_two_pollers_disturb_each_other(bot: BareBot, seat: Seat) -> None:
    """The older poll ends with 409."""
    older = asyncio.create_task(bot.call("getUpdates", offset=bot.offset, timeout=5))
    await asyncio.sleep(0.05)
    newer = asyncio.create_task(bot.call("getUpdates", offset=bot.offset, timeout=5))
    assert (await older)["error_code"] == 409
    await seat.say("x")
    assert len((await newer)["result"]) == 1


async def test_logging_out_is_polite(bot: BareBot) -> None:
    """And changes nothing here."""
    assert await bot.ok("logOut") is True
    assert await bot.ok("close") is True
