"""Looking on."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from playground.people.barebot import BareBot
from playground.people.client import TelegramClient
from playground.people.connection import PlayError
from playground.people.seat import Seat
from playground.server import Server
from playground.shape.wire import decode
from playground.world.world import World


async def read_events(server: Server, bot: BareBot, count: int, last: int | None = None) -> list[tuple[int, str, Any]]:
    """`count` events of the live stream."""
    headers = {} if last is None else {"Last-Event-ID": str(last)}
    events: list[tuple[int, str, Any]] = []
    async with bot.http.get(f"{server.url}/play/events", headers=headers) as stream:
        part: dict[str, str] = {}
        async for raw in stream.content:
            name, _, value = raw.decode().rstrip("\n").partition(": ")
            part[name] = value
            if not name and "id" in part:
                events.append((int(part["id"]), part["event"], decode(part["data"])))
                part = {}
            if len(events) == count:
                break
    return events


async def test_the_stream_tells_everything_and_resumes(server: Server, bot: BareBot, seat: Seat) -> None:
    """From the number last seen."""
    before = server.world.events.last
    await seat.say("one")
    await bot.ok("sendMessage", chat_id=seat.chat, text="two")
    events = await asyncio.wait_for(read_events(server, bot, 3, before), 5)
    assert [kind for _, kind, _ in events] == ["message", "message", "call"]
    assert [data["message"]["sent_by_bot"] for _, _, data in events[:2]] == [False, True]
    assert [number for number, _, _ in events] == [before + 1, before + 2, before + 3]
    later = asyncio.create_task(read_events(server, bot, 1))
    await asyncio.sleep(0.05)
    await seat.say("three")
    ((_, kind, data),) = await asyncio.wait_for(later, 5)
    assert (kind, data["chat"], data["message"]["text"]) == ("message", seat.chat, "three")


async def test_messages_are_read_in_pages(bot: BareBot, seat: Seat, telegram: TelegramClient) -> None:
    """With tombstones, edits, and who sent them."""
    for n in range(5):
        sent = await bot.ok("sendMessage", chat_id=seat.chat, text=str(n))
    await bot.ok("deleteMessage", chat_id=seat.chat, message_id=sent["message_id"])
    page = await telegram.ask("GET", f"chats/{seat.chat}/messages", viewer=seat.user, limit=3)
    assert [(m["text"], m["sent_by_bot"], "deleted" in m) for m in page["messages"]] == [
        ("2", True, False),
        ("3", True, False),
        ("4", True, True),
    ]
    first = page["messages"][0]["message_id"]
    older = await telegram.ask("GET", f"chats/{seat.chat}/messages", viewer=seat.user, before=first, limit=2)
    assert [m["text"] for m in older["messages"]] == ["0", "1"]


async def test_the_state_has_all_that_a_page_needs(
    telegram: TelegramClient, seat: Seat, group: int, world: World
) -> None:
    """Seats are made up where none were given; others add what they know."""
    world.extras["clock"] = lambda: {"offset": 3600}
    state = await telegram.state()
    assert [user["id"] for user in state["users"]] == [seat.user]
    assert [chat["bot_status"] for chat in state["chats"]] == ["member", "member"]
    assert [(entry["user"], entry["chat"]) for entry in state["seats"]] == [(seat.user, seat.chat), (seat.user, group)]
    assert (state["process"], state["clock"], state["faults"]) == (None, {"offset": 3600}, [])


async def test_settled_means_nothing_waits_and_nobody_calls(bot: BareBot, seat: Seat, telegram: TelegramClient) -> None:
    """It says what it waited for in vain."""
    await seat.say("unread")
    with pytest.raises(PlayError, match=r"not settled: \{'pending': 1"):
        await telegram.settle(timeout=0.05)
    await bot.updates()
    await telegram.settle(quiet_ms=20)


async def test_calls_and_counts_are_told(bot: BareBot, seat: Seat, telegram: TelegramClient) -> None:
    """With parameters, result or refusal."""
    await bot.ok("sendMessage", chat_id=seat.chat, text="x")
    await bot.no("sendMessage", chat_id=5, text="y")
    good, wrong = await telegram.calls("sendMessage")
    assert (good["params"]["text"], good["result"]["text"]) == ("x", "x")
    assert (wrong["error_code"], wrong["description"]) == (400, "Bad Request: chat not found")
    assert await telegram.calls(since=wrong["seq"]) == []
    assert await telegram.updates() == {"pending": 0, "confirmed": 1, "delivered": 1}


async def test_files_are_served_so_that_they_cannot_run(server: Server, bot: BareBot, seat: Seat) -> None:
    """In a sandbox, under their own type."""
    said = await seat.say(document={"name": "x.html", "mime": "text/html", "data": "PGI+"})
    async with bot.http.get(f"{server.url}/play/files/{said['document']['file_id']}") as answer:
        assert answer.content_type == "text/html"
        assert answer.headers["Content-Security-Policy"] == "sandbox"
    async with bot.http.get(f"{server.url}/play/files/x") as answer:
        assert answer.status == 400
