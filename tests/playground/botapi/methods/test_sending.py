"""Sending, as Telegram takes it and as it refuses."""

from __future__ import annotations

import pytest

from playground.people.barebot import BareBot
from playground.people.client import TelegramClient
from playground.people.connection import Participant
from playground.people.seat import Seat
from playground.shape.wire import Json
from playground.world.world import World

KEY = {"inline_keyboard": [[{"text": "x", "callback_data": "y"}]]}


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"text": ""}, "Bad Request: message text is empty"),
        ({"text": " \n "}, "Bad Request: text must be non-empty"),
        ({"text": "x" * 4097}, "Bad Request: message is too long"),
        ({"text": "😀" * 2049}, "Bad Request: message is too long"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "Can't find end tag corresponding to start tag b"),
        ({"text": "x", "reply_parameters": {"message_id": 999}}, "Bad Request: message to be replied not found"),
        ({"text": "x", "message_thread_id": 5}, "Bad Request: message thread not found"),
    ],
)
async def test_a_wrong_text_is_refused(bot: BareBot, seat: Seat, params: Json, why: str) -> None:
    """In Telegram's words, and nothing appears in the chat."""
    assert why in await bot.no("sendMessage", chat_id=seat.chat, **params)
    assert len(await seat.telegram.messages(seat.chat)) == 1


@pytest.mark.parametrize("text", ["x" * 4096, "😀" * 2048, "<b>" + "x" * 4096 + "</b>"])
async def test_the_limit_counts_utf16_units_after_parsing(bot: BareBot, seat: Seat, text: str) -> None:
    """4096 fit, mark-up not counted."""
    sent = await bot.ok("sendMessage", chat_id=seat.chat, text=text, parse_mode="HTML")
    assert sent["text"] == text.removeprefix("<b>").removesuffix("</b>")


async def test_a_sent_message_is_what_telegram_returns(bot: BareBot, seat: Seat, wang: Participant) -> None:
    """Number, author, chat, date, text, entities, the message replied to (one level), the inline keyboard."""
    first = await bot.ok("sendMessage", chat_id=seat.chat, text="one", reply_parameters={"message_id": 1})
    number = first["message_id"]
    sent = await bot.ok(
        "sendMessage", chat_id=seat.chat, text="/x", reply_parameters={"message_id": number}, reply_markup=KEY
    )
    assert sent["from"]["is_bot"] is True
    assert sent["chat"] == {"id": wang.id, "first_name": "Wang", "type": "private"}
    assert sent["entities"] == [{"offset": 0, "length": 2, "type": "bot_command"}]
    assert sent["reply_to_message"]["message_id"] == number
    assert "reply_to_message" not in sent["reply_to_message"]
    assert sent["reply_markup"] == KEY


async def test_a_missing_reply_target_may_be_forgiven(bot: BareBot, seat: Seat) -> None:
    """`allow_sending_without_reply`."""
    wanted = {"message_id": 999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await bot.ok("sendMessage", chat_id=seat.chat, text="x", reply_parameters=wanted)


async def test_a_quote_must_be_in_the_message(bot: BareBot, seat: Seat) -> None:
    """Its position counts UTF-16 units."""
    source = await bot.ok("sendMessage", chat_id=seat.chat, text="😀 a parcel")
    wanted = {"message_id": source["message_id"], "quote": "parcel"}
    sent = await bot.ok("sendMessage", chat_id=seat.chat, text="x", reply_parameters=wanted)
    assert sent["quote"] == {"text": "parcel", "position": 5}
    wanted["quote"] = "letter"
    assert await bot.no("sendMessage", chat_id=seat.chat, text="x", reply_parameters=wanted) == (
        "Bad Request: QUOTE_TEXT_INVALID"
    )


async def test_who_cannot_be_reached_is_refused_as_telegram_does(
    bot: BareBot, telegram: TelegramClient, wang: Participant
) -> None:
    """Unknown, never written, blocked."""
    assert await bot.no("sendMessage", chat_id=123, text="x") == "Bad Request: chat not found"
    never = await bot.no("sendMessage", chat_id=wang.id, text="x")
    assert never == "Forbidden: bot can't initiate conversation with a user"
    seat = telegram.private(wang)
    await seat.start()
    await seat.block()
    assert await bot.no("sendMessage", chat_id=wang.id, text="x") == "Forbidden: bot was blocked by the user"
    await seat.unblock()
    assert await bot.ok("sendMessage", chat_id=wang.id, text="x")


@pytest.mark.parametrize(
    ("kind", "status", "why"),
    [
        ("group", "kicked", "Forbidden: bot was kicked from the group chat"),
        ("supergroup", "kicked", "Forbidden: bot was kicked from the supergroup chat"),
        ("group", "left", "Forbidden: bot is not a member of the group chat"),
        ("supergroup", "left", "Forbidden: bot is not a member of the supergroup chat"),
        ("supergroup", "restricted", "Bad Request: not enough rights to send text messages to the chat"),
    ],
)
async def test_a_group_without_the_bot_is_out_of_reach(
    bot: BareBot, telegram: TelegramClient, wang: Participant, kind: str, status: str, why: str
) -> None:
    """Each in its own words."""
    chat = await telegram.group("G", [wang], kind=kind)
    assert await bot.ok("sendMessage", chat_id=chat, text="x")
    await telegram.member(chat, status)
    assert await bot.no("sendMessage", chat_id=chat, text="x") == why


async def test_numbers_count_per_supergroup_and_otherwise_per_account(
    bot: BareBot, telegram: TelegramClient, wang: Participant
) -> None:
    """As the real ids do."""
    group_a = await telegram.group("A", [wang])
    group_b = await telegram.group("B", [wang])
    basic = await telegram.group("C", [wang], kind="group")
    private = telegram.private(wang)
    await private.start()
    numbers = [
        (await bot.ok("sendMessage", chat_id=chat, text="x"))["message_id"] for chat in (group_a, group_b, group_a)
    ]
    assert numbers == [2, 2, 3]
    first = (await bot.ok("sendMessage", chat_id=basic, text="x"))["message_id"]
    assert (await bot.ok("sendMessage", chat_id=private.chat, text="x"))["message_id"] == first + 1


async def test_copies_and_forwards_carry_the_content(bot: BareBot, seat: Seat, group: int) -> None:
    """A copy says nothing of its origin, a forward does; service messages are neither."""
    said = await seat.say(photo=True, caption="broken")
    copy = await bot.ok("copyMessage", chat_id=group, from_chat_id=seat.chat, message_id=said["message_id"])
    forwarded = await bot.ok("forwardMessage", chat_id=group, from_chat_id=seat.chat, message_id=said["message_id"])
    copied = next(m for m in await seat.telegram.messages(group) if m["message_id"] == copy["message_id"])
    assert copied["photo"] == forwarded["photo"] == said["photo"]
    assert copied["caption"] == forwarded["caption"] == "broken"
    assert "forward_origin" not in copied
    assert forwarded["forward_origin"]["sender_user"]["id"] == seat.user
    changed = await bot.ok(
        "copyMessage", chat_id=group, from_chat_id=seat.chat, message_id=said["message_id"], caption="case 5"
    )
    assert changed == {"message_id": forwarded["message_id"] + 1}
    missing = {"chat_id": group, "from_chat_id": seat.chat, "message_id": 999}
    assert await bot.no("copyMessage", **missing) == "Bad Request: message to copy not found"
    assert await bot.no("forwardMessage", **missing) == "Bad Request: message to forward not found"
    service = {"chat_id": seat.chat, "from_chat_id": group, "message_id": 1}
    assert await bot.no("copyMessage", **service) == "Bad Request: message can't be copied"


async def test_a_forced_reply_is_answered_once(bot: BareBot, telegram: TelegramClient, seat: Seat, group: int) -> None:
    """The person's client offers it until they write; the message itself shows no markup."""
    sent = await bot.ok("sendMessage", chat_id=group, text="Why?", reply_markup={"force_reply": True})
    assert "reply_markup" not in sent
    in_group = telegram.seat(group, seat.user)
    answer = await in_group.reply("Because")
    assert answer["reply_to_message"]["message_id"] == sent["message_id"]
    page = await telegram.ask("GET", f"chats/{group}/messages", viewer=seat.user)
    assert page["keyboard"] is None


async def test_other_sending_reaches_the_page(bot: BareBot, seat: Seat, world: World) -> None:
    """Typing, reactions and contacts."""
    assert await bot.ok("sendChatAction", chat_id=seat.chat, action="typing") is True
    assert await bot.ok(
        "setMessageReaction", chat_id=seat.chat, message_id=1, reaction=[{"type": "emoji", "emoji": "👍"}]
    )
    assert "not found" in await bot.no("setMessageReaction", chat_id=seat.chat, message_id=99)
    contact = await bot.ok("sendContact", chat_id=seat.chat, phone_number="+861", first_name="Desk")
    assert contact["contact"] == {"phone_number": "+861", "first_name": "Desk"}
    assert {"action", "reaction"} <= {kind for _, kind, _ in world.events.since(0)}
