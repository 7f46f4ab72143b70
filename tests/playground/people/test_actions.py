"""What people do, and what the bot hears of it."""

from __future__ import annotations

import pytest

from playground.people.barebot import BareBot
from playground.people.client import TelegramClient
from playground.people.connection import Participant, PlayError
from playground.people.seat import Seat
from playground.shape.wire import Json

KEY = {"inline_keyboard": [[{"text": f"{n} ★", "callback_data": f"r{n}"} for n in range(1, 6)]]}


async def heard(bot: BareBot) -> list[str]:
    """The updates as `kind: text`."""
    kinds = [(next(k for k in update if k != "update_id"), update) for update in await bot.updates()]
    return [f"{kind}: {update[kind].get('text', update[kind].get('data', ''))}" for kind, update in kinds]


async def test_people_write_start_and_edit(bot: BareBot, seat: Seat) -> None:
    """Each is an update; an edit carries its date."""
    said = await seat.say("late")
    await seat.start("D4-abc")
    await seat.edit(said["message_id"], "very late")
    assert await heard(bot) == ["message: late", "message: /start D4-abc", "edited_message: very late"]


@pytest.mark.parametrize("kind", ["photo", "document", "video", "voice"])
async def test_people_attach_what_they_have(bot: BareBot, seat: Seat, kind: str) -> None:
    """With a caption, and the file can be downloaded."""
    await seat.say(None, **{kind: True}, caption="see /this")
    (update,) = await bot.updates()
    shown = update["message"][kind]
    file = await bot.ok("getFile", file_id=(shown[-1] if kind == "photo" else shown)["file_id"])
    assert len(await seat.telegram.file(file["file_id"])) == file["file_size"]
    assert update["message"]["caption_entities"][0]["type"] == "bot_command"


async def test_an_album_is_as_many_updates_as_pictures(bot: BareBot, seat: Seat) -> None:
    """One media_group_id, the caption on the first, in the order asked for."""
    messages = await seat.album(3, caption="broken", order=[2, 0, 1], delay_ms=1)
    got = [update["message"] for update in await bot.updates()]
    assert [m["message_id"] for m in got] == [messages[n]["message_id"] for n in (2, 0, 1)]
    assert len({m["media_group_id"] for m in got}) == 1
    assert ["caption" in m for m in got] == [False, True, False]
    with pytest.raises(PlayError, match="permutation"):
        await seat.album(3, order=[0, 1])


async def test_a_caption_and_a_file_can_be_changed(bot: BareBot, seat: Seat) -> None:
    """The update carries what the message is now: another caption, another file, a file where there were only words."""
    said = await seat.say(photo=True, caption="see")
    await seat.edit(said["message_id"], caption="look")
    await seat.edit(said["message_id"], photo=True)
    await seat.edit(said["message_id"], document=True, caption="")
    words = await seat.say("only *words*")
    await seat.edit(words["message_id"], video=True)
    _, caption, photo, document, _, video = [next(iter(u.values())) for u in await _bodies(bot)]
    assert (caption["caption"], caption["photo"]) == ("look", said["photo"])
    assert photo["caption"] == "look"
    assert photo["photo"][-1]["file_unique_id"] != said["photo"][-1]["file_unique_id"]
    assert "photo" not in document
    assert "caption" not in document
    assert document["document"]["file_id"]
    assert (video["caption"], "text" in video) == ("only *words*", False)


async def _bodies(bot: BareBot) -> list[dict[str, Json]]:
    return [{kind: body for kind, body in update.items() if kind != "update_id"} for update in await bot.updates()]


async def test_what_cannot_be_edited(bot: BareBot, seat: Seat) -> None:
    """Text of a photo, caption of words, a voice message, a document into an album of photos: nobody can, and nobody hears of it."""
    photo, words, voice = await seat.say(photo=True), await seat.say("x"), await seat.say(voice=True)
    first, _ = await seat.album(2)
    await bot.updates()
    for doing, why in (
        (seat.edit(photo["message_id"], "y"), "no text"),
        (seat.edit(words["message_id"], caption="y"), "no caption"),
        (seat.edit(voice["message_id"], photo=True), "cannot be exchanged"),
        (seat.edit(photo["message_id"], voice=True), "cannot be exchanged"),
        (seat.edit(first["message_id"], document=True), "in an album"),
    ):
        with pytest.raises(PlayError, match=why):
            await doing
    await seat.edit(first["message_id"], video=True)
    (update,) = await bot.updates()
    assert "video" in update["edited_message"]


async def test_an_album_can_answer_a_message(bot: BareBot, seat: Seat) -> None:
    """Every part says what it answers."""
    sent = await bot.ok("sendMessage", chat_id=seat.chat, text="which?")
    await seat.album(2, reply_to=sent["message_id"])
    replies = [update["message"]["reply_to_message"]["message_id"] for update in await bot.updates()]
    assert replies == [sent["message_id"]] * 2


async def test_a_press_is_found_by_what_the_button_shows(bot: BareBot, seat: Seat) -> None:
    """Exactly, else in part; the newest message that has it."""
    for _ in range(2):
        sent = await bot.ok("sendMessage", chat_id=seat.chat, text="?", reply_markup=KEY)
    await bot.ok("sendMessage", chat_id=seat.chat, text="no buttons")
    await seat.press("5")
    (update,) = await bot.updates()
    query = update["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("r5", sent["message_id"])
    with pytest.raises(PlayError, match=r"there are: .*1 ★"):
        await seat.press("Accept")


async def test_a_forged_press_needs_no_button(bot: BareBot, seat: Seat) -> None:
    """Nor a message; an honest one does."""
    sent = await bot.ok("sendMessage", chat_id=seat.chat, text="?", reply_markup=KEY)
    with pytest.raises(PlayError, match="no button with data"):
        await seat._act("press", message_id=sent["message_id"], data="evil")
    await seat.forge("evil", message_id=sent["message_id"])
    await seat.forge("evil", message_id=999)
    assert await heard(bot) == ["callback_query: evil", "callback_query: evil"]


async def test_a_contact_is_ones_own_unless_named(bot: BareBot, seat: Seat, wang: Participant) -> None:
    """A forwarded one names somebody else."""
    await seat.contact()
    await seat.contact("+8613900139000", 77)
    own, other = (update["message"]["contact"] for update in await bot.updates())
    assert (own["phone_number"], own["user_id"]) == (wang.phone, wang.id)
    assert (other["phone_number"], other["user_id"]) == ("+8613900139000", 77)


async def test_the_reply_keyboard_is_pressed_by_label(bot: BareBot, seat: Seat) -> None:
    """Text, or the own contact as an answer to the keyboard; used once where it says so."""
    keyboard = {
        "keyboard": [[{"text": "Share my number", "request_contact": True}, {"text": "Later"}]],
        "one_time_keyboard": True,
    }
    asked = await bot.ok("sendMessage", chat_id=seat.chat, text="?", reply_markup=keyboard)
    await seat.press("Share")
    (update,) = await bot.updates()
    assert update["message"]["contact"]["user_id"] == seat.user
    assert update["message"]["reply_to_message"]["message_id"] == asked["message_id"]
    with pytest.raises(PlayError, match="no button 'Later'"):
        await seat.press("Later")
    await bot.ok("sendMessage", chat_id=seat.chat, text="?", reply_markup=keyboard)
    await seat.press("Later")
    assert await heard(bot) == ["message: Later"]


async def test_in_groups_the_bot_hears_what_privacy_mode_lets_it(
    bot: BareBot, telegram: TelegramClient, wang: Participant, group: int
) -> None:
    """Commands, replies to it, its name; everything once it reads all or is an administrator."""
    seat = telegram.seat(group, wang)
    sent = await bot.ok("sendMessage", chat_id=group, text="card")
    await seat.say("plain")
    await seat.say("/help")
    await seat.say("/help@other_bot")
    await seat.say("hello @playground_bot")
    await seat.say("a reply", reply_to=sent["message_id"])
    assert await heard(bot) == ["message: /help", "message: hello @playground_bot", "message: a reply"]
    await telegram.reads_all()
    await seat.say("plain")
    await telegram.reads_all(False)
    await telegram.member(group, "administrator")
    await seat.say("plain again")
    assert [word for word in await heard(bot) if word.startswith("message")] == [
        "message: plain",
        "message: plain again",
    ]


async def test_what_cannot_be_done_says_why(bot: BareBot, seat: Seat, telegram: TelegramClient, group: int) -> None:
    """Strangers, empty texts, missing messages, a blocked bot."""
    li = await telegram.user("Li")
    sent = await bot.ok("sendMessage", chat_id=seat.chat, text="x")
    for doing, why in (
        (telegram.say(group, li, "x"), "not in this chat"),
        (seat.say(" "), "nothing was said"),
        (seat.say("x", reply_to=999), "no message 999"),
        (seat.edit(sent["message_id"], "y"), "their own messages only"),
        (telegram.say(12345, li, "x"), "chat not found"),
        (seat.say(photo="%%%"), "not base64"),
    ):
        with pytest.raises(PlayError, match=why):
            await doing
    await seat.block()
    with pytest.raises(PlayError, match="blocked the bot"):
        await seat.say("x")
    await seat.start()
    await seat.say("back")


async def test_a_quote_is_part_of_the_message_replied_to(bot: BareBot, seat: Seat) -> None:
    """With its position."""
    sent = await bot.ok("sendMessage", chat_id=seat.chat, text="one two")
    await seat.say("this", reply_to=sent["message_id"], quote="two")
    (update,) = await bot.updates()
    assert update["message"]["quote"] == {"text": "two", "position": 4, "is_manual": True}
