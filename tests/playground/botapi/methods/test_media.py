"""Files and albums that the bot sends."""

from __future__ import annotations

import io

import aiohttp
import pytest

from playground.people.barebot import BareBot
from playground.people.client import TelegramClient
from playground.people.connection import PlayError
from playground.people.seat import Seat
from playground.server import Server
from playground.shape.wire import Json, decode, encode
from playground.world import samples


async def upload(bot: BareBot, method: str, files: dict[str, bytes], **fields: object) -> Json:
    form = aiohttp.FormData()
    for name, value in fields.items():
        form.add_field(name, value if isinstance(value, str) else encode(value).decode())
    for name, data in files.items():
        form.add_field(name, io.BytesIO(data), filename=f"{name}.bin")
    async with bot.http.post(f"{bot.base}/{method}", data=form) as answer:
        body: Json = decode(await answer.read())
        return body


async def test_an_uploaded_photo_can_be_sent_again_and_downloaded(bot: BareBot, seat: Seat, server: Server) -> None:
    """By file_id, and through getFile; the bytes are the same."""
    sent = await upload(
        bot, "sendPhoto", {"photo": samples.make_picture(1)}, chat_id=seat.chat, caption="<b>x</b>", parse_mode="HTML"
    )
    photo = sent["result"]["photo"][-1]
    assert sent["result"]["caption_entities"] == [{"offset": 0, "length": 1, "type": "bold"}]
    again = await bot.ok("sendPhoto", chat_id=seat.chat, photo=photo["file_id"])
    assert again["photo"][-1] == photo
    file = await bot.ok("getFile", file_id=photo["file_id"])
    async with bot.http.get(f"{server.url}/file/bot{server.world.token}/{file['file_path']}") as answer:
        assert await answer.read() == samples.make_picture(1)
    async with bot.http.get(f"{server.url}/file/bot1:x/{file['file_path']}") as answer:
        assert answer.status == 401
    async with bot.http.get(f"{server.url}/file/bot{server.world.token}/nothing") as answer:
        assert answer.status == 404


@pytest.mark.parametrize("kind", ["document", "video", "voice", "audio", "animation"])
async def test_every_kind_of_file_is_sent(bot: BareBot, seat: Seat, kind: str) -> None:
    """And looks as Telegram's do."""
    sent = await upload(bot, f"send{kind.title()}", {kind: b"some bytes"}, chat_id=seat.chat)
    assert sent["result"][kind]["file_size"] == 10


@pytest.mark.parametrize(
    ("method", "params", "why"),
    [
        ("sendPhoto", {"photo": "nonsense"}, "wrong file identifier/HTTP URL specified"),
        ("sendPhoto", {"photo": "https://e.com/x.png"}, "failed to get HTTP URL content"),
        ("sendPhoto", {"photo": "attach://x"}, "attached file attach://x not found"),
        ("sendPhoto", {"photo": ""}, "there is no photo in the request"),
        ("sendDocument", {"document": "x", "caption": "x" * 1025}, "message caption is too long"),
        ("sendMediaGroup", {"media": [{"type": "photo", "media": "x"}]}, "too few messages to send as an album"),
        ("sendMediaGroup", {"media": [{"type": "photo", "media": "x"}] * 11}, "too much messages to send as an album"),
        ("sendMediaGroup", {"media": [{"type": t, "media": "x"} for t in ("photo", "document")]}, "can't be mixed"),
        (
            "sendMediaGroup",
            {"media": [{"type": "live_photo", "media": "x", "photo": "x"}] * 2},
            "does not send media of type live_photo",
        ),
    ],
)
async def test_what_cannot_be_sent_is_refused(bot: BareBot, seat: Seat, method: str, params: Json, why: str) -> None:
    """In Telegram's words where it has some."""
    assert why in await bot.no(method, chat_id=seat.chat, **params)


async def test_a_file_keeps_its_kind(bot: BareBot, seat: Seat) -> None:
    """A document is no photo, but a video may go as a document."""
    video = (await seat.say(video=True))["video"]["file_id"]
    assert "can't use file of type Video as Photo" in await bot.no("sendPhoto", chat_id=seat.chat, photo=video)
    assert (await bot.ok("sendDocument", chat_id=seat.chat, document=video))["document"]


async def test_an_album_is_several_messages_with_one_group(bot: BareBot, seat: Seat) -> None:
    """Uploads and known files together."""
    known = (await seat.say(photo=True))["photo"][-1]["file_id"]
    media = [{"type": "photo", "media": "attach://a", "caption": "first"}, {"type": "photo", "media": known}]
    sent = await upload(bot, "sendMediaGroup", {"a": samples.make_picture(2)}, chat_id=seat.chat, media=media)
    first, second = sent["result"]
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("first", False)


async def test_a_large_file_of_a_person_cannot_be_had(bot: BareBot, seat: Seat) -> None:
    """Over 20 MB getFile refuses."""
    said = await seat.say(document={"name": "film.mkv", "size": 20 * 1024 * 1024 + 1})
    assert await bot.no("getFile", file_id=said["document"]["file_id"]) == "Bad Request: file is too big"


async def test_an_upload_over_fifty_megabytes_is_turned_away(bot: BareBot, seat: Seat) -> None:
    """Before it is read."""
    answer = await upload(bot, "sendDocument", {"document": bytes(51 * 1024 * 1024)}, chat_id=seat.chat)
    assert (answer["error_code"], answer["description"]) == (413, "Request Entity Too Large")


@pytest.mark.parametrize(
    ("kind", "right", "things"),
    [
        ("photo", "can_send_photos", "photos"),
        ("video", "can_send_videos", "videos"),
        ("document", "can_send_documents", "documents"),
        ("voice", "can_send_voice_notes", "voice notes"),
        ("audio", "can_send_audios", "music"),
        ("animation", "can_send_other_messages", "animations"),
    ],
)
async def test_a_group_may_forbid_a_kind_of_file(
    bot: BareBot, telegram: TelegramClient, group: int, kind: str, right: str, things: str
) -> None:
    """In Telegram's words; text goes on, an administrator may all the same, and what is allowed again is sent."""
    await telegram.permit(group, **{right: False})
    method, why = f"send{kind.title()}", f"Bad Request: not enough rights to send {things} to the chat"
    sent = await upload(bot, method, {kind: samples.make_picture(1)}, chat_id=group)
    assert (sent["ok"], sent["description"]) == (False, why)
    assert await bot.ok("sendMessage", chat_id=group, text="x")
    assert (await bot.ok("getChat", chat_id=group))["permissions"][right] is False
    await telegram.member(group, "administrator")
    assert (await upload(bot, method, {kind: samples.make_picture(1)}, chat_id=group))["ok"]
    await telegram.member(group, "member")
    await telegram.permit(group, **{right: True})
    assert (await upload(bot, method, {kind: samples.make_picture(1)}, chat_id=group))["ok"]


async def test_an_album_or_an_edit_brings_in_nothing_forbidden(
    bot: BareBot, telegram: TelegramClient, group: int
) -> None:
    """Each item counts, and so does what replaces another file."""
    photo = await upload(bot, "sendPhoto", {"photo": samples.make_picture(1)}, chat_id=group)
    file, place = photo["result"]["photo"][-1]["file_id"], photo["result"]["message_id"]
    video = await upload(bot, "sendVideo", {"video": b"some bytes"}, chat_id=group)
    await telegram.permit(group, can_send_photos=False)
    why = "Bad Request: not enough rights to send photos to the chat"
    items = [{"type": "video", "media": video["result"]["video"]["file_id"]}, {"type": "photo", "media": file}]
    assert await bot.no("sendMediaGroup", chat_id=group, media=items) == why
    media = {"type": "photo", "media": file}
    assert await bot.no("editMessageMedia", chat_id=group, message_id=place, media=media) == why


async def test_a_person_may_forbid_voice_messages(bot: BareBot, telegram: TelegramClient, seat: Seat) -> None:
    """By their privacy; nothing else is forbidden by it."""
    await telegram.permit(seat.chat, can_send_voice_notes=False)
    sent = await upload(bot, "sendVoice", {"voice": b"some bytes"}, chat_id=seat.chat)
    assert sent["description"] == "Bad Request: VOICE_MESSAGES_FORBIDDEN"
    assert (await upload(bot, "sendPhoto", {"photo": samples.make_picture(1)}, chat_id=seat.chat))["ok"]
    with pytest.raises(PlayError, match="permissions are"):
        await telegram.permit(seat.chat, can_send_letters=False)
