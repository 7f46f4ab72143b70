"""What could not be sent and what could not be handled: seen, told to management, sent or tried again, beside the running bot."""

import pytest
from sqlalchemy import select

from playground.shape.wire import encode
from storage.models import inbox
from storage.queue import inbox as inbox_rows
from storage.queue.inbox import RawEvent
from tests.harness.stage import StoryStage


@pytest.mark.both_engines
async def test_what_telegram_refused_is_sent_again(stage: StoryStage) -> None:
    """A reply that Telegram refuses: management is told once, the manager sees why, the operator too, and a press sends it."""
    await stage.customer.say("/help")
    await stage.wait_until_quiet()
    stage.refusals.append("MESSAGE_IS_ODD")
    await stage.telegram.fault("400", chat=stage.wang.id, times=1, description="Bad Request: MESSAGE_IS_ODD")
    await stage.customer.say("/mycases")
    await stage.at("management", stage.boss).see("Messages that Telegram refused: 1")
    await stage.manager.say("/undelivered")
    shown = await stage.manager.see("Refused by Telegram: 1")
    assert "MESSAGE_IS_ODD" in shown["text"]
    assert "To: W***" in shown["text"]
    told = await stage.bot.huifang("undelivered")
    assert "Refused by Telegram: 1" in told
    assert "MESSAGE_IS_ODD" in told
    assert "Wang" not in told
    before = (await stage.customer.last())["message_id"]
    await stage.manager.press("Send again")
    await stage.newer(stage.customer, "", before)
    await stage.manager.see("Everything was delivered.")
    assert await stage.bot.huifang("undelivered") == "Everything was delivered."
    assert await stage.bot.huifang("undelivered", "--retry") == "to be sent again: 0"


async def test_the_operator_sends_it_again(stage: StoryStage) -> None:
    """The same from the command line, while the bot runs."""
    stage.refusals.append("MESSAGE_IS_ODD")
    await stage.telegram.fault("400", chat=stage.wang.id, times=1, description="Bad Request: MESSAGE_IS_ODD")
    await stage.customer.say("/mycases")
    await stage.at("management", stage.boss).see("Messages that Telegram refused: 1")
    assert await stage.bot.huifang("undelivered", "--retry") == "to be sent again: 1"
    await stage.telegram.wait_for(stage.wang.id, lambda message: message["sent_by_bot"])


@pytest.mark.both_engines
async def test_what_was_parked_is_tried_again_in_order(stage: StoryStage) -> None:
    """Three words of Wang's were set aside: the second is chosen, the first goes before it, the third stays. Nothing of them is listed."""
    stage.poisoned = True
    await stage.customer.start()
    await stage.wait_until_quiet()
    before = (await stage.customer.last())["message_id"]
    now = stage.bot.now()
    words = ["/mycases", "/language", "/help"]
    async with stage.database.begin() as tx:
        for n, text in enumerate(words):
            number = 900_000_000 + n
            sender = {"id": stage.wang.id, "is_bot": False, "first_name": "Wang", "language_code": "en"}
            message = {
                "message_id": 900 + n,
                "date": 1,
                "chat": {"id": stage.wang.id, "type": "private", "first_name": "Wang"},
                "from": sender,
                "text": text,
            }
            raw = RawEvent("telegram", str(number), encode({"update_id": number, "message": message}))
            for _ in range(5):
                await inbox_rows.record_failure(tx, raw, f"{stage.wang.id}:{stage.wang.id}", "KeyError: 'Wang'", now)
    await stage.at("management", stage.boss).see("could not be handled: 3")
    listed = await stage.bot.huifang("parked")
    assert listed.count("KeyError: …") == 3
    assert "Wang" not in listed
    assert await stage.bot.huifang("parked", "telegram:900000001", "--replay") == "to be tried again: 2"
    assert await stage.bot.huifang("parked") == (await stage.bot.huifang("parked", "telegram:900000002"))
    await stage.wait_until_quiet()
    assert [row.key for row in await stage.rows(select(inbox.c.key).where(inbox.c.state != "done"))] == ["900000002"]
    said = [m for m in await stage.telegram.messages(stage.wang.id) if m["sent_by_bot"] and m["message_id"] > before]
    assert ["language" in message["text"].lower() for message in said] == [False, True]
    assert await stage.bot.huifang("parked", "--replay") == "to be tried again: 1"
    await stage.wait_until_quiet()
    assert await stage.bot.huifang("parked") == ""
