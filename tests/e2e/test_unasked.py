"""What a customer writes without being asked reaches somebody, with everything that was sent, once."""

import json

from sqlalchemy import select

from playground.shape.wire import Json
from storage.models import cases, contributions
from tests.harness.stage import MINUTE, StoryStage, find_case_number, list_labels

WORDS = "My parcel is broken, nobody answers the phone!!"


async def _list_screens(stage: StoryStage) -> list[Json]:
    """The bot's messages that ask what it is, or did."""
    shown = await stage.telegram.messages(stage.customer.chat)
    return [m for m in shown if m["sent_by_bot"] and "I have kept your" in m.get("text", "")]


async def test_words_and_an_album_become_a_complaint(stage: StoryStage) -> None:
    """One screen for all of it; the complaint has the words and the four photos without asking, and an answer is promised for good."""
    await stage.rate_delivery(5)
    customer = stage.customer
    await customer.say(WORDS)
    await customer.see("I have kept your message")
    await customer.album(4, caption="Look", order=[2, 0, 3, 1], delay_ms=40)
    await customer.see("I have kept your 2 messages")
    await stage.wait_until_quiet()
    (screen,) = await _list_screens(stage)
    await customer.press("A complaint", message_id=screen["message_id"])
    await customer.see("Which delivery is the complaint about?")
    await customer.press("SF1")
    assert "reply_markup" not in await customer.see("Your complaint")
    await customer.see("What you have already written is part of the complaint.")
    await customer.press("Other")
    await customer.see("Choose what fits best")
    await customer.press("Skip")
    await customer.see("4 files received")
    for label, then in (
        ("Done", "What would you like"),
        ("Skip", "How can we reach you"),
        ("Skip", "Please check your complaint"),
    ):
        await customer.press(label)
        await customer.see(then)
    await customer.press("Confirm")
    number = find_case_number(await customer.see("is filed and passed on"))
    (row,) = await stage.rows(select(cases.c.description, cases.c.waybill))
    assert (WORDS in row.description, "Look" in row.description, row.waybill) == (True, True, "SF1")
    (kept,) = await stage.rows(select(contributions.c.files))
    assert len(json.loads(kept.files)) == 4
    assert number in (await stage.card("service", number, WORDS))["text"]


async def test_nothing_pressed_through_power_cuts(stage: StoryStage) -> None:
    """Killed before it is answered and before the half hour is over: quality has it once, answers it, and the customer reads that."""
    await stage.report_delivery()
    customer, quality = stage.customer, stage.at("quality", stage.boss)
    await customer.start()
    await stage.bot.kill()
    await customer.say(WORDS)
    await customer.say(photo=True)
    await stage.bot.start()
    await customer.see("I have kept your 2 messages")
    await stage.wait_until_quiet()
    await stage.bot.kill()
    await stage.bot.clock(31 * MINUTE)
    await stage.bot.start()
    told = await customer.see("What you wrote is now question")
    number = find_case_number(told)
    assert "You will have an answer by" in told["text"]
    card = await quality.see(number)
    assert WORDS in card["text"]
    await stage.bot.kill()
    await stage.bot.start()
    await stage.wait_until_quiet()
    assert not any(list_labels(screen) for screen in await _list_screens(stage))
    await quality.press("Answer", message_id=card["message_id"])
    await quality.see("What is the answer?")
    await quality.reply("We are looking for it")
    await quality.see("please check")
    await quality.press("Confirm")
    await customer.see("We are looking for it")
    (row,) = await stage.rows(select(cases.c.department, cases.c.kind))
    assert tuple(row) == ("quality", "inquiry")
