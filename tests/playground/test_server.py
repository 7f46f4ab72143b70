"""The whole server, spoken to by two libraries that know only Telegram."""

from __future__ import annotations

import asyncio

import pytest
import telegram as ptb
from aiohttp import web
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter

from playground.people.barebot import BareBot
from playground.people.client import TelegramClient
from playground.people.seat import Seat
from playground.server import Server, serve
from playground.world import samples
from playground.world.faults import Fault
from playground.world.world import World


async def test_python_telegram_bot_works_with_it(
    server: Server, telegram: TelegramClient, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It starts, polls, sends, uploads, downloads, and understands the refusals."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else the library warns about itself
    base = f"{server.url}/bot"
    async with ptb.Bot(server.world.token, base_url=base, base_file_url=f"{server.url}/file/bot") as bot:
        await seat.say("hello")
        update = (await bot.get_updates(offset=-1))[-1]
        assert update.message is not None
        keyboard = ptb.InlineKeyboardMarkup([[ptb.InlineKeyboardButton("5", callback_data="r5")]])
        sent = await bot.send_message(seat.chat, "<b>How?</b>", parse_mode="HTML", reply_markup=keyboard)
        assert (await bot.edit_message_text("Thanks", seat.chat, sent.message_id)).text == "Thanks"  # type: ignore[union-attr]
        photo = await bot.send_photo(seat.chat, samples.make_picture(1), caption="x")
        file = await bot.get_file(photo.photo[-1].file_id)
        assert await file.download_as_bytearray() == samples.make_picture(1)
        album = await bot.send_media_group(seat.chat, [ptb.InputMediaPhoto(samples.make_picture(n)) for n in (1, 2)])
        assert len(album) == 2
        await bot.set_my_commands([("help", "Help")], scope=ptb.BotCommandScopeChat(seat.chat), language_code="en")
        with pytest.raises(BadRequest, match="Message is not modified"):
            await bot.edit_message_text("Thanks", seat.chat, sent.message_id)
        await telegram.fault("429", retry_after=3)
        with pytest.raises(RetryAfter):
            await bot.send_message(seat.chat, "x")
        await seat.block()
        with pytest.raises(Forbidden):
            await bot.send_message(seat.chat, "x")
        old = await telegram.group("G", [seat.user], kind="group")
        new = await telegram.migrate(old)
        with pytest.raises(ChatMigrated) as migrated:
            await bot.send_message(old, "x")
        assert migrated.value.new_chat_id == new


async def test_aiogram_works_with_it(server: Server, telegram: TelegramClient, seat: Seat) -> None:
    """The other library, with forms instead of JSON."""
    import aiogram  # takes seconds: not while tests are collected, in every worker
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.exceptions import TelegramBadRequest, TelegramRetryAfter
    from aiogram.types import BufferedInputFile, InputMediaPhoto

    session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
    async with aiogram.Bot(server.world.token, session=session) as bot:
        await seat.say("hello")
        assert (await bot.get_updates(offset=-1))[-1].message.text == "hello"  # type: ignore[union-attr]
        assert (await bot.send_message(seat.chat, "货物", reply_markup=None)).text == "货物"
        picture = BufferedInputFile(samples.make_picture(1), "x.png")
        album = await bot.send_media_group(seat.chat, [InputMediaPhoto(media=picture) for _ in range(2)])
        assert album[0].media_group_id == album[1].media_group_id
        with pytest.raises(TelegramBadRequest, match="message text is empty"):
            await bot.send_message(seat.chat, "")
        await telegram.fault("429", retry_after=3)
        with pytest.raises(TelegramRetryAfter):
            await bot.send_message(seat.chat, "x")


async def test_others_may_add_routes_and_state() -> None:
    """A page and a supervised process come from outside."""

    def extend(app: web.Application, world: World) -> None:
        world.extras["process"] = lambda: {"running": True}

        async def page(_request: web.Request) -> web.Response:
            return web.Response(text="page")

        app.router.add_get("/", page)

    async with serve(extend=extend) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(server.url.rpartition(":")[2]))
        writer.write(b"GET / HTTP/1.0\r\n\r\n")
        assert (await reader.read()).endswith(b"page")
        writer.close()
        await writer.wait_closed()


async def test_it_listens_on_this_machine_only() -> None:
    """127.0.0.1, on a free port."""
    async with serve() as server:
        assert server.url.startswith("http://127.0.0.1:")


async def test_it_ends_at_once_whatever_waits(bot: BareBot) -> None:
    """A long poll and a silent call do not hold it up."""
    async with serve() as other:
        base = f"{other.url}/bot{other.world.token}"
        other.world.faults.add(Fault("silence", method="sendMessage"))
        calls = [
            asyncio.create_task(bot.http.post(f"{base}/getUpdates", json={"timeout": 50})),
            asyncio.create_task(bot.http.post(f"{base}/sendMessage", json={})),
            asyncio.create_task(bot.http.get(f"{other.url}/play/events")),
        ]
        await asyncio.sleep(0.1)
        ending = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - ending < 2
    for answer in await asyncio.gather(*calls, return_exceptions=True):
        if not isinstance(answer, BaseException):
            answer.close()
