"""The example company over HTTP: its past, its panel, a kill in the middle, and the same folder again."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from playground.people.client import TelegramClient
from tests.harness.company_pictures import PICTURES, ask_for
from tests.harness.playground_process import (
    ANNA,
    CHEN,
    LI,
    TRANSPORT,
    Playground,
    find_troubles,
    launch,
    make_own_folder,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")
DAYS = 45
"""Enough for every state of a case."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("playground")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def playground(folder: Path) -> AsyncIterator[Playground]:
    async with Playground(*make_own_folder(folder / "data"), days=DAYS) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def telegram(playground: Playground) -> AsyncIterator[TelegramClient]:
    await playground.ready()
    async with TelegramClient(playground.url) as client:
        yield client


async def test_everything_can_be_tried_at_once(playground: Playground) -> None:
    """Everybody has a seat as soon as the page is up; what is pressed before the bot is ready waits for it, and is done."""
    state = await playground.play("state")
    seats = {(seat["user"], seat["chat"]) for seat in state["seats"]}
    assert {(ANNA, ANNA), (LI, TRANSPORT), (CHEN, CHEN)} < seats
    people = {user["id"]: user for user in state["users"]}
    assert people[ANNA]["role"] == "customer"
    assert people[ANNA]["language_code"] == "en"
    assert len(people) < 50  # who has no part in it is not offered
    assert (await playground.play("deliveries", {}))["results"][0]["status"] == "accepted"
    state = await playground.play("state")
    assert state["process"]["state"] == "running"
    assert state["clock"] == {"offset": 0, "zone": "Asia/Shanghai"}
    assert not find_troubles(state["process"]["log"])


async def test_the_past_can_be_summarised(telegram: TelegramClient) -> None:
    """The manager's summary counts what was rated, and its picture is a real one; the department has cases to act on."""
    manager = telegram.private(CHEN)
    await manager.say("/summary year")
    summary = await manager.see("Service quality")
    assert "Complaints 0" not in summary["caption"]
    picture = await telegram.file(summary["photo"][-1]["file_id"])
    assert picture.startswith(b"\x89PNG")
    await telegram.seat(TRANSPORT, LI).see("Nobody has taken this case yet")
    cards = [line for line in await telegram.transcript(TRANSPORT) if "[Accept][Transfer]" in line]
    assert cards


async def test_every_picture_of_the_readmes_can_be_seen_again(telegram: TelegramClient) -> None:
    """Each command that a README or a page names under a picture answers with a picture, or with the paper it is a page of."""
    for name, command in PICTURES.items():
        answer = await ask_for(telegram, CHEN, command)
        assert answer.startswith(b"%PDF" if name == "report" else b"\x89PNG"), command


async def test_a_delivery_arrives_and_is_rated(playground: Playground, telegram: TelegramClient) -> None:
    """The form's delivery answers with the link that opens the survey; a random one is taken as well."""
    answer = await playground.play("deliveries", _delivery("HF-1"))
    result = answer["results"][0]
    assert result["status"] == "accepted"
    anna = telegram.private(ANNA)
    await anna.start(result["link"].partition("start=")[2])
    await anna.see("HF-1")
    assert (await playground.play("deliveries", {}))["results"][0]["status"] == "accepted"
    refused = (await playground.play("deliveries", {"waybill": "HF-2"}))["results"][0]
    assert refused["status"] == "refused"


async def test_nothing_is_lost_when_the_bot_is_killed(playground: Playground, telegram: TelegramClient) -> None:
    """What people write and press while the bot is dead is answered once it lives again."""
    answer = await playground.play("deliveries", _delivery("HF-3"))
    anna = telegram.private(ANNA)
    await anna.start(answer["results"][0]["link"].partition("start=")[2])
    question = await anna.see("HF-3")
    killed = await playground.play("process", {"do": "kill"})
    assert (killed["state"], killed["pid"]) == ("stopped", None)
    status, refused = await playground.ask("deliveries", _delivery("HF-4"))
    assert status == 400
    assert "start it first" in refused["error"]
    await anna.press("4", message_id=question["message_id"])
    assert (await playground.play("process", {"do": "start"}))["state"] == "running"
    await telegram.wait_for(ANNA, lambda m: m["message_id"] == question["message_id"] and "Question 2" in m["text"])
    assert not find_troubles(await playground.log())


async def test_the_clock_goes_forward_only(playground: Playground, telegram: TelegramClient) -> None:
    """Moved ahead, the clock dates what is written next, and brings what falls due."""
    status, refused = await playground.ask("clock", {"advance": -60})
    assert status == 400
    assert "forward" in refused["error"]
    answer = await playground.play("deliveries", _delivery("HF-5"))
    anna = telegram.private(ANNA)
    await anna.start(answer["results"][0]["link"].partition("start=")[2])
    before = await anna.see("HF-5")
    moved = await playground.play("clock", {"advance": 8 * 86_400})
    assert moved["offset"] == 8 * 86_400
    after = await telegram.wait_for(
        ANNA, lambda m: m["message_id"] == before["message_id"] and "has closed" in m["text"]
    )
    assert after["edit_date"] - before["date"] >= 8 * 86_400


async def test_the_same_folder_goes_on_where_it_was_left(playground: Playground, folder: Path) -> None:
    """Ended by Ctrl-C and started again: the same chats, the same clock, and old buttons that work."""
    await playground.ready()
    messages = (await playground.play(f"chats/{TRANSPORT}/messages?limit=1000"))["messages"]
    offset = (await playground.play("state"))["clock"]["offset"]
    code, said = await playground.end()
    assert (code, said) == (0, "")
    async with Playground(*make_own_folder(folder / "data")) as again, TelegramClient(again.url) as telegram:
        await again.ready()
        kept = (await again.play(f"chats/{TRANSPORT}/messages?limit=1000"))["messages"]
        assert [_identify(message) for message in kept[: len(messages)]] == [_identify(message) for message in messages]
        assert (await again.play("state"))["clock"]["offset"] == offset
        staff = telegram.seat(TRANSPORT, LI)
        await staff.press("Accept")
        await staff.see("Owner: Li Wei")
        assert not find_troubles(await again.log())


async def test_a_taken_port_is_one_clear_line() -> None:
    """Exit 1, and what to do about it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = await launch("--port", str(port))
        out, _ = await process.communicate()
    assert process.returncode == 1
    assert out.decode() == f"error: port {port} is in use; choose another with --port\n"


def _identify(message: dict[str, Any]) -> tuple[int, int]:
    """What stays when a message is edited."""
    return message["message_id"], message["date"]


def _delivery(waybill: str) -> dict[str, object]:
    customer = {"phone": "+8613800130001", "name": "Anna Berg", "language": "en"}
    return {"waybill": waybill, "delivered_at": datetime.now(UTC).isoformat(), "customer": customer}
