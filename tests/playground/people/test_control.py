"""The control API beside the chats."""

from __future__ import annotations

import pytest

from playground.people.barebot import BareBot
from playground.people.client import TelegramClient
from playground.people.connection import Participant, PlayError
from playground.people.seat import Seat
from playground.shape.wire import Json


async def test_faults_are_listed_and_removed(telegram: TelegramClient) -> None:
    """By number, or all at once; nonsense is refused with a reason."""
    first = await telegram.fault("500", skip=3)
    await telegram.ask("POST", "faults", {"kind": 429, "retry_after": 5})
    listed = (await telegram.ask("GET", "faults"))["faults"]
    assert [(fault["id"], fault["kind"]) for fault in listed] == [(first, "500"), (first + 1, "429")]
    await telegram.heal(first)
    with pytest.raises(PlayError, match="no such fault"):
        await telegram.heal(first)
    await telegram.heal()
    assert (await telegram.ask("GET", "faults"))["faults"] == []
    for nonsense in (
        {"kind": "boom"},
        {"kind": "500", "speed": 5},
        {"kind": "kill", "pid": -1},
        {"kind": "kill", "pid": 0},
    ):
        with pytest.raises(PlayError):
            await telegram.ask("POST", "faults", nonsense)


async def test_updates_are_repeated_and_injected(bot: BareBot, seat: Seat, telegram: TelegramClient) -> None:
    """The same number again; any JSON at all."""
    await seat.say("x")
    (update,) = await bot.updates()
    await telegram.repeat(update["update_id"])
    assert await bot.ok("getUpdates", offset=bot.offset) == [update]
    number = await telegram.raw({"injected": True, "message": {"broken": True}})
    assert (await bot.updates())[-1] == {"update_id": number, "injected": True, "message": {"broken": True}}
    with pytest.raises(PlayError, match="no such update"):
        await telegram.repeat(1)


async def test_users_seats_and_the_bot_are_changed(bot: BareBot, telegram: TelegramClient, wang: Participant) -> None:
    """What was not named stays."""
    changed = await telegram.ask("POST", "users", {"id": wang.id, "role": "customer"})
    assert (changed["role"], changed["phone"]) == ("customer", wang.phone)
    seats = [{"user": wang.id, "chat": wang.id, "title": "Customer"}]
    await telegram.ask("POST", "seats", {"seats": seats})
    await telegram.ask("POST", "bot", {"username": "huifang_bot"})
    state = await telegram.state()
    assert state["seats"] == seats
    assert state["bot"]["username"] == (await bot.ok("getMe"))["username"] == "huifang_bot"


@pytest.mark.parametrize(
    ("path", "data"),
    [("users", {"first_name": 5, "id": "x"}), ("raw", {}), ("chats", {"type": "channel"}), ("faults", {})],
)
async def test_nonsense_is_refused_and_never_breaks_the_server(telegram: TelegramClient, path: str, data: Json) -> None:
    """400 with a reason."""
    with pytest.raises(PlayError):
        await telegram.ask("POST", path, data)
