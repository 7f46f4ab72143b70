"""Changing and deleting what was sent."""

from __future__ import annotations

import pytest

from playground.people.barebot import BareBot
from playground.people.seat import Seat
from playground.world.world import World

KEY = {"inline_keyboard": [[{"text": "x", "callback_data": "y"}]]}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


async def test_an_edit_changes_text_and_keyboard_together(bot: BareBot, seat: Seat) -> None:
    """No keyboard given: none left."""
    sent = await bot.ok("sendMessage", chat_id=seat.chat, text="one", reply_markup=KEY)
    number = sent["message_id"]
    edited = await bot.ok("editMessageText", chat_id=seat.chat, message_id=number, text="two", reply_markup=KEY)
    assert (edited["text"], edited["reply_markup"], "edit_date" in edited) == ("two", KEY, True)
    assert "reply_markup" not in await bot.ok("editMessageText", chat_id=seat.chat, message_id=number, text="two")
    marked = await bot.ok("editMessageReplyMarkup", chat_id=seat.chat, message_id=number, reply_markup=KEY)
    assert (marked["text"], marked["reply_markup"]) == ("two", KEY)


@pytest.mark.parametrize("text", ["same", " same ", "<i></i>same"])
async def test_the_same_again_is_not_modified(bot: BareBot, seat: Seat, text: str) -> None:
    """What counts is what it comes to."""
    sent = await bot.ok("sendMessage", chat_id=seat.chat, text="same", reply_markup=KEY)
    edit = {"chat_id": seat.chat, "message_id": sent["message_id"], "text": text, "parse_mode": "HTML"}
    assert await bot.no("editMessageText", **edit, reply_markup=KEY) == NOT_MODIFIED
    assert await bot.ok("editMessageText", **edit)
    assert await bot.no("editMessageText", **edit) == NOT_MODIFIED


async def test_what_cannot_be_edited_is_refused(bot: BareBot, seat: Seat) -> None:
    """Not there, not the bot's, not of that kind, sent with a reply keyboard."""
    chat = seat.chat
    photo = await seat.say(photo=True)
    sent = await bot.ok("sendPhoto", chat_id=chat, photo=photo["photo"][-1]["file_id"])
    text = await bot.ok("sendMessage", chat_id=chat, text="x")
    asked = await bot.ok("sendMessage", chat_id=chat, text="x", reply_markup={"force_reply": True})
    said = (
        await bot.no("editMessageText", chat_id=chat, message_id=n, text="y") for n in (999, 1, asked["message_id"])
    )
    assert [why async for why in said] == [
        "Bad Request: message to edit not found",
        "Bad Request: message can't be edited",
        "Bad Request: message can't be edited",
    ]
    assert "no text in the message" in await bot.no(
        "editMessageText", chat_id=chat, message_id=sent["message_id"], text="y"
    )
    number = text["message_id"]
    assert "no caption in the message" in await bot.no(
        "editMessageCaption", chat_id=chat, message_id=number, caption="y"
    )
    assert "InlineKeyboardMarkup expected" in await bot.no(
        "editMessageText", chat_id=chat, message_id=number, text="y", reply_markup={"force_reply": True}
    )
    assert await bot.no("editMessageText", text="y") == "Bad Request: chat_id is empty"


async def test_captions_and_media_are_edited(bot: BareBot, seat: Seat) -> None:
    """New media bring their own caption; a text can become a photo."""
    said = await seat.say(photo=True)
    file = said["photo"][-1]["file_id"]
    sent = await bot.ok("sendPhoto", chat_id=seat.chat, photo=file, caption="one")
    at = {"chat_id": seat.chat, "message_id": sent["message_id"]}
    assert (await bot.ok("editMessageCaption", **at, caption="two"))["caption"] == "two"
    assert await bot.no("editMessageCaption", **at, caption="two") == NOT_MODIFIED
    assert "caption" not in await bot.ok("editMessageCaption", **at)
    other = (await seat.say(document=True))["document"]["file_id"]
    edited = await bot.ok("editMessageMedia", **at, media={"type": "document", "media": other, "caption": "three"})
    assert (edited["caption"], "document" in edited, "photo" in edited) == ("three", True, False)
    text = await bot.ok("sendMessage", chat_id=seat.chat, text="x")
    at["message_id"] = text["message_id"]
    edited = await bot.ok("editMessageMedia", **at, media={"type": "photo", "media": file})
    assert ("photo" in edited, "text" in edited) == (True, False)


async def test_messages_are_deleted_within_two_days(bot: BareBot, seat: Seat, world: World, group: int) -> None:
    """And only those that the bot may delete."""
    sent = await bot.ok("sendMessage", chat_id=seat.chat, text="x")
    assert await bot.ok("deleteMessage", chat_id=seat.chat, message_id=sent["message_id"])
    assert await bot.no("deleteMessage", chat_id=seat.chat, message_id=sent["message_id"]) == (
        "Bad Request: message to delete not found"
    )
    assert await bot.ok("deleteMessage", chat_id=seat.chat, message_id=1)
    theirs = await seat.telegram.say(group, seat.user, "x")
    assert "can't be deleted" in await bot.no("deleteMessage", chat_id=group, message_id=theirs["message_id"])
    old = await bot.ok("sendMessage", chat_id=seat.chat, text="x")
    now = world.clock()
    world.clock = lambda: now + 49 * 3600
    assert "can't be deleted" in await bot.no("deleteMessage", chat_id=seat.chat, message_id=old["message_id"])
    await seat.telegram.member(group, "administrator")
    assert await bot.ok("deleteMessages", chat_id=group, message_ids=[theirs["message_id"], 999])
    assert "between 1 and 100" in await bot.no("deleteMessages", chat_id=group, message_ids=[])


async def test_an_edit_leaves_the_update_that_was_sent_as_it_was(bot: BareBot, seat: Seat) -> None:
    """A press in the queue shows the message as it was when it was pressed."""
    sent = await bot.ok("sendMessage", chat_id=seat.chat, text="one", reply_markup=KEY)
    await seat.press("x")
    await bot.ok("editMessageText", chat_id=seat.chat, message_id=sent["message_id"], text="two")
    (update,) = await bot.updates()
    assert update["callback_query"]["message"]["text"] == "one"
