"""Chats and their members."""

from __future__ import annotations

from playground.people.barebot import BareBot
from playground.people.client import TelegramClient
from playground.people.connection import Participant
from playground.people.seat import Seat


async def test_a_chat_and_its_members_are_told(
    bot: BareBot, telegram: TelegramClient, group: int, wang: Participant
) -> None:
    """The first member made the group; strangers have left; nobodies are unknown."""
    li = await telegram.user("Li")
    chat = await bot.ok("getChat", chat_id=group)
    assert (chat["title"], chat["type"]) == ("Transport", "supergroup")
    assert await bot.ok("getChatMemberCount", chat_id=group) == 2
    statuses = [(await bot.ok("getChatMember", chat_id=group, user_id=who))["status"] for who in (wang.id, li.id)]
    assert statuses == ["creator", "left"]
    assert await bot.no("getChatMember", chat_id=group, user_id=5) == "Bad Request: user not found"
    me = (await bot.ok("getMe"))["id"]
    await telegram.member(group, "administrator", rights={"can_pin_messages": False})
    mine = await bot.ok("getChatMember", chat_id=group, user_id=me)
    assert (mine["status"], mine["can_pin_messages"], mine["can_delete_messages"]) == ("administrator", False, True)
    assert [m["user"]["id"] for m in await bot.ok("getChatAdministrators", chat_id=group)] == [wang.id, me]


async def test_a_private_chat_has_no_administrators(bot: BareBot, seat: Seat) -> None:
    """Nor can it be left."""
    assert "no administrators" in await bot.no("getChatAdministrators", chat_id=seat.chat)
    assert "private chats" in await bot.no("leaveChat", chat_id=seat.chat)
    assert (await bot.ok("getChat", chat_id=seat.chat))["first_name"] == "Wang"


async def test_leaving_is_final(bot: BareBot, group: int) -> None:
    """The bot is told, and can do nothing more there."""
    assert await bot.ok("leaveChat", chat_id=group)
    (update,) = await bot.updates()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "left"
    assert "not a member" in await bot.no("getChat", chat_id=group)


async def test_pinning_needs_the_right(bot: BareBot, telegram: TelegramClient, group: int) -> None:
    """And something to pin."""
    sent = await bot.ok("sendMessage", chat_id=group, text="card")
    pin = {"chat_id": group, "message_id": sent["message_id"]}
    assert "not enough rights" in await bot.no("pinChatMessage", **pin)
    await telegram.member(group, "administrator")
    assert await bot.ok("pinChatMessage", **pin)
    assert (await bot.ok("getChat", chat_id=group))["pinned_message"]["text"] == "card"
    assert await bot.ok("unpinChatMessage", **pin)
    assert await bot.no("unpinChatMessage", chat_id=group) == "Bad Request: message to unpin not found"
    assert await bot.no("pinChatMessage", chat_id=group, message_id=999) == "Bad Request: message to pin not found"
