"""The client that tests use."""

from __future__ import annotations

import asyncio

import pytest

from playground.people.barebot import BareBot
from playground.people.client import TelegramClient
from playground.people.connection import PlayError
from playground.people.seat import Seat


async def test_waiting_ends_as_soon_as_the_message_is_there(bot: BareBot, seat: Seat, telegram: TelegramClient) -> None:
    """Also if it was there before."""
    waiting = asyncio.create_task(telegram.wait_for(seat.chat, lambda m: m.get("text") == "later"))
    await asyncio.sleep(0.05)
    await bot.ok("sendMessage", chat_id=seat.chat, text="later")
    message = await asyncio.wait_for(waiting, 1)
    assert await telegram.wait_for(seat.chat, lambda m: m.get("text") == "later") == message


async def test_waiting_in_vain_shows_the_chat(seat: Seat, telegram: TelegramClient) -> None:
    """So that a failed test can be read."""
    with pytest.raises(AssertionError, match=r"\[1\] Wang: /start"):
        await telegram.wait_for(seat.chat, lambda _: False, timeout=0.05)


async def test_an_edit_is_seen_as_well(bot: BareBot, seat: Seat) -> None:
    """The message as it is now."""
    sent = await bot.ok("sendMessage", chat_id=seat.chat, text="one")
    waiting = asyncio.create_task(seat.see("two"))
    await asyncio.sleep(0.05)
    await bot.ok("editMessageText", chat_id=seat.chat, message_id=sent["message_id"], text="two")
    assert (await asyncio.wait_for(waiting, 1))["message_id"] == sent["message_id"]


async def test_a_client_is_used_within_its_block() -> None:
    """Else it says so."""
    with pytest.raises(PlayError, match="async with"):
        await TelegramClient("http://127.0.0.1:1").state()
