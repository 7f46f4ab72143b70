"""Answering presses over HTTP."""

from __future__ import annotations

from playground.people.barebot import BareBot
from playground.people.client import TelegramClient
from playground.people.seat import Seat

KEY = {"inline_keyboard": [[{"text": "x", "callback_data": "y"}]]}


async def test_an_answer_is_seen_by_the_person_and_only_once(
    bot: BareBot, seat: Seat, telegram: TelegramClient
) -> None:
    """The second answer is too late, as a very late first one would be."""
    await bot.ok("sendMessage", chat_id=seat.chat, text="?", reply_markup=KEY)
    number = (await seat.press("x"))["callback_query_id"]
    assert await telegram.callback(number) == {"answered": False}
    assert await bot.ok("answerCallbackQuery", callback_query_id=number, text="done", show_alert=True) is True
    assert await telegram.callback(number) == {"answered": True, "text": "done", "show_alert": True}
    assert await bot.no("answerCallbackQuery", callback_query_id=number) == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


async def test_a_late_answer_is_too_late(bot: BareBot, seat: Seat, telegram: TelegramClient) -> None:
    """The time allowed can be set."""
    await telegram.ask("POST", "limits", {"callback_seconds": 0})
    await bot.ok("sendMessage", chat_id=seat.chat, text="?", reply_markup=KEY)
    number = (await seat.press("x"))["callback_query_id"]
    assert "query is too old" in await bot.no("answerCallbackQuery", callback_query_id=number)


async def test_an_answer_opens_only_telegrams_own_links(bot: BareBot) -> None:
    """Others need a game."""
    assert await bot.no("answerCallbackQuery", callback_query_id="1", url="https://e.com") == "Bad Request: URL_INVALID"
