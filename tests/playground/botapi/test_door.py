"""The door of the Bot API: who gets in, and how it fails on demand."""

from __future__ import annotations

import asyncio
import sys
from time import monotonic
from typing import Any

import aiohttp
import pytest

from playground.people.barebot import BareBot
from playground.people.client import TelegramClient
from playground.people.connection import PlayError
from playground.people.seat import Seat
from playground.server import Server
from playground.shape.wire import Json
from playground.world.world import World


async def sent(seat: Seat) -> int:
    return sum(message["sent_by_bot"] for message in await seat.telegram.messages(seat.chat))


async def test_the_token_is_checked(bot: BareBot, server: Server) -> None:
    """Before anything else."""
    async with bot.http.get(f"{server.url}/bot1:wrong/getMe") as answer:
        assert answer.status == 401
        assert await answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_unknown_and_unserved_methods_are_told_apart(bot: BareBot) -> None:
    """A slip of the pen is no gap in the server; case does not matter."""
    assert await bot.no("sendMesage") == "Not Found"
    assert await bot.no("sendPoll") == "Not Implemented: the local server does not serve sendPoll"
    assert await bot.ok("GETME")


@pytest.mark.parametrize("form", ["query", "urlencoded", "multipart", "json"])
async def test_parameters_come_in_every_form(bot: BareBot, seat: Seat, form: str) -> None:
    """GET and POST mean the same."""
    params = {"chat_id": str(seat.chat), "text": "货物 & more", "reply_markup": '{"inline_keyboard":[]}'}
    given: dict[str, Any] = {"data": params}
    if form == "multipart":
        given = {"data": aiohttp.FormData(params, default_to_multipart=True)}
    elif form == "json":
        given = {"json": params}
    elif form == "query":
        given = {"params": params}
    async with bot.http.request("GET" if form == "query" else "POST", f"{bot.base}/sendMessage", **given) as answer:
        assert (await answer.json())["result"]["text"] == "货物 & more"


@pytest.mark.parametrize("body", ["{", "[1]"])
async def test_a_broken_body_is_refused(bot: BareBot, body: str) -> None:
    """With 400, not 500."""
    headers = {"Content-Type": "application/json"}
    async with bot.http.post(f"{bot.base}/getMe", data=body, headers=headers) as answer:
        assert (await answer.json())["error_code"] == 400


@pytest.mark.parametrize(
    ("fault", "code", "description"),
    [
        ({"kind": "429", "retry_after": 7}, 429, "Too Many Requests: retry after 7"),
        ({"kind": "403"}, 403, "Forbidden: bot was blocked by the user"),
        ({"kind": "400"}, 400, "Bad Request: not enough rights to send text messages to the chat"),
        ({"kind": "400", "description": "Bad Request: chat not found"}, 400, "Bad Request: chat not found"),
        ({"kind": "500"}, 500, "Internal Server Error"),
    ],
)
async def test_a_call_fails_on_demand(
    bot: BareBot, seat: Seat, telegram: TelegramClient, fault: Json, code: int, description: str
) -> None:
    """Once, then all is well; nothing was sent."""
    await telegram.fault(**fault)
    body = await bot.call("sendMessage", chat_id=seat.chat, text="x")
    assert (body["error_code"], body["description"]) == (code, description)
    assert body.get("parameters") == ({"retry_after": 7} if code == 429 else None)
    assert await sent(seat) == 0
    assert await bot.ok("sendMessage", chat_id=seat.chat, text="x")


async def test_a_gateway_answers_in_html(bot: BareBot, seat: Seat, telegram: TelegramClient) -> None:
    """As it does when Telegram is being restarted."""
    await telegram.fault("502html", method="sendMessage")
    async with bot.http.post(f"{bot.base}/sendMessage", json={"chat_id": seat.chat, "text": "x"}) as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")


@pytest.mark.parametrize(("when", "messages"), [("before", 0), ("after", 1)])
async def test_a_connection_is_reset_before_or_after_acting(
    bot: BareBot, seat: Seat, telegram: TelegramClient, when: str, messages: int
) -> None:
    """The bot cannot know which; the chat shows it."""
    await telegram.fault("reset", when=when, skip=1)
    await bot.ok("sendChatAction", chat_id=seat.chat, action="typing")
    with pytest.raises(aiohttp.ClientError):
        await bot.call("sendMessage", chat_id=seat.chat, text="x")
    assert await sent(seat) == messages


@pytest.mark.parametrize(("when", "messages"), [("before", 0), ("after", 1)])
async def test_silence_lasts_until_the_bot_gives_up(
    bot: BareBot, seat: Seat, telegram: TelegramClient, when: str, messages: int
) -> None:
    """Acted or not, no answer comes."""
    await telegram.fault("silence", when=when)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(bot.call("sendMessage", chat_id=seat.chat, text="x"), 0.1)
    assert await sent(seat) == messages


async def test_a_slow_call_is_late_and_otherwise_right(bot: BareBot, seat: Seat, telegram: TelegramClient) -> None:
    """After `delay_ms`."""
    await telegram.fault("slow", delay_ms=60)
    began = monotonic()
    assert await bot.ok("sendMessage", chat_id=seat.chat, text="x")
    assert monotonic() - began >= 0.06


@pytest.mark.parametrize(("when", "messages"), [("before", 2), ("after", 3)])
async def test_a_process_is_killed_at_the_nth_call(
    bot: BareBot, seat: Seat, telegram: TelegramClient, world: World, when: str, messages: int
) -> None:
    """SIGKILL, before or after acting, and the connection drops."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "import time; time.sleep(60)")
    world.is_own_bot = lambda pid: pid == process.pid
    await telegram.fault("kill", pid=process.pid, skip=2, when=when)
    for _ in range(2):
        await bot.ok("getMe")
        await bot.ok("sendMessage", chat_id=seat.chat, text="x")
    assert process.returncode is None
    with pytest.raises(aiohttp.ClientError):
        await bot.call("sendMessage", chat_id=seat.chat, text="x")
    assert await asyncio.wait_for(process.wait(), 5) == -9
    assert await sent(seat) == messages


async def test_nobody_elses_process_is_killed(bot: BareBot, seat: Seat, telegram: TelegramClient, world: World) -> None:
    """A number that is not the bot's is refused; one that was the bot's and is given to another process by now is left alone."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "import time; time.sleep(60)")
    with pytest.raises(PlayError, match="only the bot of this playground can be killed"):
        await telegram.fault("kill", pid=process.pid)
    world.is_own_bot = lambda pid: pid == process.pid
    await telegram.fault("kill", pid=process.pid)
    world.is_own_bot = lambda _pid: False
    with pytest.raises(aiohttp.ClientError):
        await bot.call("sendMessage", chat_id=seat.chat, text="x")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(process.wait(), 0.2)
    process.kill()
    await process.wait()


async def test_an_outage_takes_everything_until_it_is_over(bot: BareBot, telegram: TelegramClient) -> None:
    """Also what other faults leave alone; the control stays."""
    await telegram.fault("outage")
    for method in ("getMe", "getUpdates", "sendMessage"):
        with pytest.raises(aiohttp.ClientError):
            await bot.call(method)
    with pytest.raises(aiohttp.ClientError):
        await bot.http.get(bot.base.replace("/bot", "/file/bot") + "/x")
    await telegram.heal()
    assert await bot.ok("getMe")


async def test_real_limits_are_answered_with_429(bot: BareBot, seat: Seat, telegram: TelegramClient) -> None:
    """When they are switched on."""
    await telegram.strict()
    bodies = [await bot.call("sendMessage", chat_id=seat.chat, text="x") for _ in range(6)]
    assert [body["ok"] for body in bodies] == [True] * 5 + [False]
    assert bodies[-1]["parameters"] == {"retry_after": 1}
    await telegram.strict(False)
    assert await bot.ok("sendMessage", chat_id=seat.chat, text="x")


@pytest.mark.parametrize("text", ["Hello", ""])
async def test_half_an_answer(bot: BareBot, seat: Seat, telegram: TelegramClient, text: str) -> None:
    """What was done is done, and the bot does not hear what came of it; a refusal is cut in half like a result."""
    await telegram.fault("half", method="sendMessage", when="after")
    async with bot.http.post(f"{bot.base}/sendMessage", json={"chat_id": seat.chat, "text": text}) as answer:
        assert answer.status == (200 if text else 400)
        with pytest.raises(aiohttp.ClientError):
            await answer.read()
    assert await sent(seat) == bool(text)
