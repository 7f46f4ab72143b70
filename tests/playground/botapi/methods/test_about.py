"""The bot itself."""

from __future__ import annotations

import pytest

from playground.people.barebot import BareBot
from playground.people.client import TelegramClient
from playground.people.seat import Seat
from playground.shape.wire import Json


async def test_the_bot_knows_itself(bot: BareBot) -> None:
    """With what python-telegram-bot needs to start."""
    me = await bot.ok("getMe")
    assert me["is_bot"] is True
    assert me["can_read_all_group_messages"] is False


async def test_menus_are_set_read_and_deleted_by_scope_and_language(
    bot: BareBot, seat: Seat, telegram: TelegramClient
) -> None:
    """And shown to the person they are for."""
    for language, word in (("", "Help"), ("zh", "帮助")):
        assert await bot.ok(
            "setMyCommands", commands=[{"command": "/help", "description": word}], language_code=language
        )
    assert await bot.ok("getMyCommands", language_code="zh") == [{"command": "help", "description": "帮助"}]
    assert await bot.ok("getMyCommands", scope={"type": "all_private_chats"}) == []
    seen = await telegram.ask("GET", f"chats/{seat.chat}/commands", viewer=seat.user)
    assert seen["commands"][0]["description"] == "帮助"
    assert await bot.ok("deleteMyCommands", language_code="zh")
    seen = await telegram.ask("GET", f"chats/{seat.chat}/commands", viewer=seat.user)
    assert seen["commands"][0]["description"] == "Help"


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"commands": [{"command": "Help", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "h-p", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "h", "description": " "}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "h", "description": "x" * 257}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "h", "description": "x"}] * 101}, "too much commands specified"),
        ({"commands": [], "language_code": "chinese"}, "invalid language code specified"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
    ],
)
async def test_a_wrong_menu_is_refused(bot: BareBot, params: Json, why: str) -> None:
    """Capital letters are the usual one."""
    assert await bot.no("setMyCommands", **params) == f"Bad Request: {why}"


async def test_descriptions_are_kept_by_language(bot: BareBot) -> None:
    """With the plain one for all others."""
    await bot.ok("setMyDescription", description="Parcels")
    await bot.ok("setMyDescription", description="包裹", language_code="zh")
    assert await bot.ok("getMyDescription", language_code="zh") == {"description": "包裹"}
    assert await bot.ok("getMyDescription", language_code="de") == {"description": "Parcels"}
    assert "too long" in await bot.no("setMyShortDescription", short_description="x" * 121)
    assert await bot.ok("getMyName") == {"name": "Playground"}


async def test_the_menu_button_is_kept_per_chat(bot: BareBot, seat: Seat) -> None:
    """And is the default elsewhere."""
    await bot.ok("setChatMenuButton", chat_id=seat.chat, menu_button={"type": "commands"})
    assert await bot.ok("getChatMenuButton", chat_id=seat.chat) == {"type": "commands"}
    assert await bot.ok("getChatMenuButton") == {"type": "default"}
