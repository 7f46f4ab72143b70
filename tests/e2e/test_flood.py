"""One customer who cannot stop writing: everything is kept, and nobody else waits (G7, G11)."""

from sqlalchemy import select

from playground.people.seat import Seat
from playground.shape.wire import Json
from storage.models import contributions
from tests.harness.stage import StoryStage, find_case_number

GROUP_CALLS = 12
"""How many calls to the group eighty messages may cost, out of twenty a minute: the copy and the card twice, what a new case shows."""


_STEPS = (
    ("Would you like to add photos", "Done"),
    ("What would you like us to do", "Skip"),
    ("How can we reach you", "Skip"),
    ("Please check your complaint", "Confirm"),
)


async def _complain(customer: Seat, words: str) -> Json:
    """A whole complaint without a delivery; how the bot confirms it."""
    await customer.start()
    await customer.see("Hello, this is")
    await customer.say("/complain")
    await customer.see("What is it about")
    await customer.press("Delivery and logistics")
    await customer.see("Choose what fits best")
    await customer.press("Late")
    await customer.see("Please describe it")
    await customer.say(words)
    for shown, label in _STEPS:
        await customer.see(shown)
        await customer.press(label)
    return await customer.see("is filed and passed on")


async def _list_group_calls(stage: StoryStage) -> list[str]:
    """What was called in the group of transport."""
    chat = stage.groups["transport"]
    return [call["method"] for call in await stage.telegram.calls() if call["params"].get("chat_id") == chat]


async def test_eighty_messages_of_one_customer_delay_no_other(stage: StoryStage) -> None:
    """Another customer's card is there after a few calls to the group; the eighty are in one message, and in the case file."""
    number = await stage.set_up_accepted_case()
    li = stage.at("transport", stage.li)
    await li.say("We look into it", reply_to=(await stage.card("transport", number))["message_id"])
    await li.see("not sent yet")
    await li.press("Send")
    letter = await stage.customer.see("We look into it")
    await stage.wait_until_quiet()
    before = len(await _list_group_calls(stage))
    for n in range(80):
        await stage.customer.say(f"Word {n}.", reply_to=letter["message_id"])
    other = stage.telegram.private(await stage.telegram.user("Zhou"))
    filed = await _complain(other, "It never came")
    card = await stage.card("transport", find_case_number(filed))
    assert "It never came" in card["text"]
    await li.see("Word 79.")
    await stage.wait_until_quiet()
    assert len(await _list_group_calls(stage)) - before <= GROUP_CALLS
    shown = [m["text"] for m in await stage.telegram.messages(li.chat) if "the customer writes" in m.get("text", "")]
    assert all(sum(f"Word {n}." in text for text in shown) == 1 for n in range(80))
    kept = {row.words for row in await stage.rows(select(contributions.c.words))}
    assert {f"Word {n}." for n in range(80)} <= kept


async def test_who_floods_is_told_once_and_nobody_else_notices(stage: StoryStage) -> None:
    """Sixty idle messages: one screen for all of them and one sentence; meanwhile Wang rates and complains, and is answered at every step."""
    zhou = stage.telegram.private(await stage.telegram.user("Zhou"))
    await zhou.start()
    await zhou.see("Hello, this is")
    for n in range(30):
        await zhou.say(f"Hello {n}")
    await stage.open_survey()
    for n in range(30, 60):
        await zhou.say(f"Hello {n}")
    number = await stage.file_complaint("It was thrown over the fence", "SF2")
    await stage.card("transport", number, "thrown over the fence")
    await zhou.see("more than 30 messages a minute")
    await stage.wait_until_quiet()
    heard = [m["text"] for m in await stage.telegram.messages(zhou.chat) if m["sent_by_bot"]]
    assert sum("I have kept your" in text for text in heard) == 1
    assert sum("more than 30 messages a minute" in text for text in heard) == 1
    await zhou.say("/complain")
    await zhou.see("What is it about")
