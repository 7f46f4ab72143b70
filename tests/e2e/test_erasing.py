"""A person leaves: from the first tap, through a kill, to a grep of everything that is left (G8)."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from storage.models import cases, deliveries, people
from tests.harness.planted_person import find_marks
from tests.harness.stage import DAY, HOUR, StoryStage, find_case_number
from tests.harness.story import message_text

pytestmark = pytest.mark.both_engines

MARK = "Zwiebelfisch"
"""In every word of the customer, and of staff about them."""


def said(what: str) -> str:
    return f"{what} {MARK}"


async def live(stage: StoryStage) -> str:
    """A delivery, a complaint, a photo, an edit, a letter, a note, an answer: all of them with the mark; the case's number."""
    stage.refusals += [
        "message can't be deleted",
        "message can't be edited",
        "there is no text",
        "message to delete not found",
    ]
    more: dict[str, Any] = {"customer": {"phone": stage.wang.phone, "name": said("Customer"), "ref": said("C-77")}}
    await stage.rate_delivery(2, **more)
    customer, li = stage.customer, stage.at("transport", stage.li)
    await customer.press("File a complaint")
    filed = await customer.see("is filed and passed on")
    number = find_case_number(filed)
    await customer.album(2, caption=said("look"))
    await customer.say(said("the box was wet"))
    await customer.see(f"Added to {number}")
    await customer.press("Done")
    await customer.reply(said("and late"), to=filed["message_id"])
    await li.see("and late")
    await stage.card("transport", number)
    await li.press("Accept")
    await li.see("Owner: Li")
    card = await stage.card("transport", number)
    await li.reply(said("/note the customer is angry,"), to=card["message_id"])
    await stage.wait_until_quiet()
    await stage.set_up_resolved_case(action=said("We paid"), cause=said("He fell"))
    return number


async def list_group_texts(stage: StoryStage) -> list[str]:
    """What the bot's messages say, in all groups."""
    shown = [message for group in stage.groups.values() for message in await stage.telegram.messages(group)]
    return [message_text(message) for message in shown if message["sent_by_bot"]]


async def list_customer_photos(stage: StoryStage) -> list[str]:
    """The captions of photos in the department's group; its figures are pictures, too."""
    shown = await stage.telegram.messages(stage.groups["transport"])
    captions = [message_text(message) for message in shown if message["sent_by_bot"] and "photo" in message]
    return [caption for caption in captions if "Service quality" not in caption]


async def list_marked(stage: StoryStage) -> list[str]:
    async with stage.database.read() as tx:
        return await find_marks(tx, MARK)


async def read_everything(stage: StoryStage) -> str:
    """What somebody finds who has the machine, and neither the secret nor a right: files, log, metrics."""
    async with aiohttp.ClientSession() as session, session.get(f"{stage.bot.url}/metrics") as response:
        metrics = await response.text()
    said = [metrics]
    for path in stage.bot.folder.rglob("*"):
        with suppress(FileNotFoundError, IsADirectoryError):  # what the bot lets go meanwhile
            said.append(path.read_bytes().decode("latin-1"))
    return "".join(said)


async def wait_until_erased(stage: StoryStage) -> None:
    while await stage.rows(select(people.c.id).where(people.c.telegram_id == stage.wang.id)):  # noqa: ASYNC110 -- another process's rows
        await asyncio.sleep(0.05)
    await stage.wait_until_quiet()


async def ask(stage: StoryStage) -> None:
    customer = stage.customer
    await customer.say("/forgetme")
    await customer.see("Erase everything about me")
    await customer.press("Erase everything")
    await customer.see("Really everything?")
    await customer.press("Yes, erase it")
    await customer.see("everything about you is erased")


async def test_nothing_is_left_of_somebody_who_leaves(stage: StoryStage) -> None:
    """A day after the second tap the person is in no table, no file, no log, no export and no group; the bot was killed meanwhile."""
    number = await live(stage)
    assert len(await list_marked(stage)) >= 6
    assert MARK not in await read_everything(stage)
    assert any(MARK in text for text in await list_group_texts(stage))
    assert await list_customer_photos(stage)
    before = await stage.bot.huifang("totals")
    await ask(stage)
    await stage.bot.clock(DAY - HOUR)
    await stage.wait_until_quiet()
    assert await list_marked(stage)
    await stage.bot.kill()
    await stage.bot.clock(DAY + HOUR)
    await stage.bot.start(wait=False)
    await asyncio.sleep(0.3)
    await stage.bot.kill()
    await stage.bot.start()
    await wait_until_erased(stage)
    await stage.customer.see("Everything about you has been erased")
    assert await list_marked(stage) == []
    assert not [text for text in await list_group_texts(stage) if MARK in text]
    assert await list_customer_photos(stage) == []
    assert MARK not in await read_everything(stage)
    folder = stage.bot.folder / "exported"
    await stage.bot.huifang("export", "year", "-o", f"{folder}/")
    assert MARK not in "".join(path.read_text("utf-8-sig") for path in folder.iterdir())
    assert await stage.bot.huifang("totals") == before
    (case,) = await stage.rows(select(cases.c.state, cases.c.number))
    assert (case.state, case.number) == ("withdrawn", number)
    last = [m for m in await stage.telegram.messages(stage.customer.chat) if "has been erased" in message_text(m)]
    assert len(last) == 1
    await stage.customer.say("/mycases")
    await stage.customer.see("no cases")


async def test_the_operator_erases_by_phone_number(stage: StoryStage) -> None:
    """While the bot runs: who came to chat and who never did; the groups are cleaned, and other people's deliveries stay."""
    await live(stage)
    await stage.report_delivery("SF8", customer={"phone": "+8613900139000", "name": said("Stranger")})
    await stage.report_delivery("SF9", customer={"phone": "+8613900139001", "name": "Somebody"})
    out = await stage.bot.huifang("erase", "--phone", "+8613900139000", "--yes")
    assert "deliveries: 1" in out
    out = await stage.bot.huifang("erase", "--phone", stage.wang.phone or "", "--yes")
    assert "cases: 1" in out
    assert "people: 1" in out
    await stage.wait_until_quiet()
    assert await list_marked(stage) == []
    assert not [text for text in await list_group_texts(stage) if MARK in text]
    kept = {
        row.waybill: row.customer_name
        for row in await stage.rows(select(deliveries.c.waybill, deliveries.c.customer_name))
    }
    assert kept == {"SF1": None, "SF8": None, "SF9": "Somebody"}
    again: Sequence[dict[str, object]] = await stage.bot.deliver(
        [
            {
                "waybill": "SF8",
                "delivered_at": "2026-11-29T10:00:00+08:00",
                "customer": {"phone": "+8613900139000", "name": said("Stranger")},
            }
        ]
    )
    assert [one["status"] for one in again] == ["unchanged"]
    assert await list_marked(stage) == []


async def test_somebody_takes_everything_along(stage: StoryStage) -> None:
    """Two files in the chat: all of their own words, both sides of the talk, and nobody else's name or note."""
    await live(stage)
    customer = stage.customer
    await customer.say("/mydata")
    shown = await customer.see("Everything that is kept about you. Keep")
    await customer.see("for other programs. Keep")
    documents = [m["document"] for m in await stage.telegram.messages(customer.chat) if "document" in m]
    files = {one["file_name"].rpartition(".")[2]: await stage.telegram.file(one["file_id"]) for one in documents}
    for form in ("html", "json"):
        read = files[form].decode()
        for words in ("the box was wet", "and late", "look", "Customer"):
            assert said(words) in read, (form, words)
        assert "the customer is angry" not in read
        assert "Li" not in [word.strip('",<>/td') for word in read.split()]
    assert shown
