"""Making chats, over HTTP."""

from __future__ import annotations

import pytest

from playground.people.barebot import BareBot
from playground.people.client import TelegramClient
from playground.people.connection import Participant, PlayError


async def test_a_group_is_made_with_or_without_the_bot(
    bot: BareBot, telegram: TelegramClient, wang: Participant
) -> None:
    """With it, the bot is told twice, as by Telegram; without, not at all."""
    with_bot = await telegram.group("A", [wang], forum=True)
    await telegram.group("B", [wang], bot=False)
    change, arrival = await bot.updates()
    assert change["my_chat_member"]["chat"]["id"] == arrival["message"]["chat"]["id"] == with_bot
    assert change["my_chat_member"]["chat"]["is_forum"] is True


async def test_unknown_members_and_types_are_refused(telegram: TelegramClient) -> None:
    """With a reason."""
    with pytest.raises(PlayError, match="there is no user 5"):
        await telegram.group("A", [5])
    with pytest.raises(PlayError, match="group or supergroup"):
        await telegram.group("A", [], kind="channel")
