"""One person in one chat."""

from __future__ import annotations

import pytest

from playground.people.barebot import BareBot
from playground.people.seat import Seat

KEY = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}], [{"text": "No", "callback_data": "n"}]]}


async def test_a_conversation_reads_like_one(bot: BareBot, seat: Seat) -> None:
    """Say, see, press, and the lines of it."""
    await bot.ok("sendMessage", chat_id=seat.chat, text="Solved?", reply_markup=KEY)
    assert await seat.buttons() == ["Yes", "No"]
    await seat.press("No")
    await bot.ok("sendMessage", chat_id=seat.chat, text="Why?", reply_markup={"force_reply": True})
    answer = await seat.reply("Still broken")
    assert answer["reply_to_message"]["text"] == "Why?"
    await seat.album(2)
    assert (await seat.last())["text"] == "Why?"
    assert await seat.transcript() == [
        "[1] Wang: /start",
        "[2] bot: Solved? [Yes] [No]",
        "[3] bot: Why?",
        "[4] Wang: Still broken",
        "[5] Wang: <photo>",
        "[6] Wang: <photo>",
    ]


async def test_there_may_be_no_message_of_the_bot(seat: Seat) -> None:
    """That is said, not guessed."""
    with pytest.raises(AssertionError, match="said nothing"):
        await seat.last()
