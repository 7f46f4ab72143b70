"""The bot comes and goes; groups change."""

from __future__ import annotations

import pytest

from playground.people.barebot import BareBot
from playground.people.client import TelegramClient
from playground.people.connection import Participant, PlayError
from playground.people.seat import Seat
from playground.world.accounts import PRESENT


async def statuses(bot: BareBot) -> list[tuple[str, str]]:
    changes = [update["my_chat_member"] for update in await bot.updates() if "my_chat_member" in update]
    return [(change["old_chat_member"]["status"], change["new_chat_member"]["status"]) for change in changes]


async def test_blocking_and_coming_back_are_told(bot: BareBot, seat: Seat) -> None:
    """From the person's hand."""
    await seat.block()
    await seat.unblock()
    await seat.block()
    await seat.start()
    assert await statuses(bot) == [("member", "kicked"), ("kicked", "member")] * 2


async def test_every_change_in_a_group_is_told_in_valid_form(
    bot: BareBot, telegram: TelegramClient, wang: Participant
) -> None:
    """From added to thrown out; a service message tells of the arrival."""
    group = await telegram.group("G", [wang], bot=False)
    order = ["member", "administrator", "restricted", "left", "member", "kicked"]
    for status in order:
        await telegram.member(group, status, by=wang)
    updates = await bot.updates()
    told = [u["my_chat_member"]["new_chat_member"]["status"] for u in updates if "my_chat_member" in u]
    assert told == order
    assert sum("new_chat_members" in u.get("message", {}) for u in updates) == 2
    assert {"member", "administrator", "restricted"} <= PRESENT


async def test_a_group_becomes_a_supergroup_with_both_signals(
    bot: BareBot, telegram: TelegramClient, wang: Participant
) -> None:
    """Two service messages, and an error that names the new number; people write in the new one."""
    old = await telegram.group("G", [wang], kind="group")
    await bot.updates()
    new = await telegram.migrate(old)
    messages = [update["message"] for update in await bot.updates()]
    assert [(m["chat"]["id"], m.get("migrate_to_chat_id"), m.get("migrate_from_chat_id")) for m in messages] == [
        (old, new, None),
        (new, None, old),
    ]
    body = await bot.call("sendMessage", chat_id=old, text="x")
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert body["parameters"] == {"migrate_to_chat_id": new}
    assert await bot.ok("sendMessage", chat_id=new, text="x")
    assert await telegram.say(new, wang, "/x")
    for doing, why in ((telegram.say(old, wang, "x"), f"is now {new}"), (telegram.migrate(old), "only once")):
        with pytest.raises(PlayError, match=why):
            await doing


async def test_people_join_leave_and_rise(
    bot: BareBot, telegram: TelegramClient, wang: Participant, group: int
) -> None:
    """An administrator bot that asks for it hears of promotions, too."""
    li = await telegram.user("Li")
    await bot.ok("getUpdates", allowed_updates=["message", "chat_member"])
    await telegram.member(group, "administrator")
    for status in ("member", "administrator", "left"):
        await telegram.ask("POST", f"chats/{group}/members", {"user": li.id, "status": status, "by": wang.id})
    updates = await bot.updates()
    services = [next(k for k in u["message"] if k.endswith(("members", "member"))) for u in updates if "message" in u]
    assert services == ["new_chat_members", "left_chat_member"]
    risen = [u["chat_member"]["new_chat_member"]["status"] for u in updates if "chat_member" in u]
    assert risen == ["member", "administrator", "left"]


async def test_a_group_is_renamed(bot: BareBot, telegram: TelegramClient, group: int) -> None:
    """By a service message."""
    await telegram.ask("POST", f"chats/{group}/title", {"title": "Transport South"})
    (update,) = await bot.updates()
    assert update["message"]["new_chat_title"] == update["message"]["chat"]["title"] == "Transport South"


async def test_a_private_chat_knows_two_states(telegram: TelegramClient, seat: Seat) -> None:
    """Others make no sense there."""
    with pytest.raises(PlayError, match="only member and kicked"):
        await telegram.member(seat.chat, "left")
    with pytest.raises(PlayError, match="status must be one of"):
        await telegram.member(seat.chat, "friend")
