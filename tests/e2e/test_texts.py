"""Words arrive whole, whatever they are made of (G7)."""

import pytest

from playground.people.seat import Seat
from playground.shape.wire import utf16_length
from tests.harness.stage import StoryStage

LIMIT = 4096
HOSTILE = "<b>&amp; & </i> <script> 😀👩‍👩‍👧 \u202eabc\u202c \u200fשלום\u200f _*`[x](y) \u0301 中文。 "


def _long(units: int = LIMIT) -> str:
    """Exactly so many UTF-16 units of it, without blanks at the ends, which Telegram would trim."""
    text = "Begin "
    while utf16_length(text) + utf16_length(HOSTILE) <= units - 4:
        text += HOSTILE
    return text + "." * (units - utf16_length(text) - 3) + "End"


def _bare(text: str) -> str:
    return "".join(text.split())


async def _said(seat: Seat, after: str) -> str:
    """Everything the bot said from the message that contains `after` on."""
    messages = [m for m in await seat.telegram.messages(seat.chat) if m["sent_by_bot"] and "text" in m]
    first = max(n for n, message in enumerate(messages) if after in message["text"])
    return "".join(message["text"] for message in messages[first:])


async def test_four_thousand_hostile_characters_reach_staff_whole(stage: StoryStage) -> None:
    """4,096 units of markup, emoji and right-to-left marks: trimmed on the card at most, whole under Full text."""
    text = _long()
    assert utf16_length(text) == LIMIT
    await stage.set_up_accepted_case(text)
    li = stage.at("transport", stage.li)
    await li.press("Full text")
    await li.see("Everything written")
    await stage.wait_until_quiet()
    assert _bare(text) in _bare(await _said(li, "Everything written"))


@pytest.mark.prove
async def test_a_complaint_of_four_thousand_characters_is_filed_whole(stage: StoryStage) -> None:
    """The same through the complaint dialogue: summary, card and Full text all work, and nothing is cut but on purpose."""
    text, customer = _long(), stage.customer
    await customer.say("/complain")
    await customer.see("What is it about")
    await customer.press("Delivery and logistics")
    await customer.see("What happened")
    await customer.say(text)
    await customer.see("Would you like to add photos")
    await customer.press("Done")
    await customer.see("What would you like")
    await customer.say(HOSTILE)
    await customer.see("How can we reach you")
    await customer.say("<a href='x'>&")
    await customer.see("Please check your complaint")
    await customer.press("Confirm")
    await customer.see("is filed and passed on")
    boss = stage.at("transport", stage.boss)
    await stage.card("transport", "C-")
    await boss.press("Full text")
    await boss.see("Everything written")
    await stage.wait_until_quiet()
    said = _bare(await _said(boss, "Everything written"))
    assert _bare(text) in said
    assert _bare(HOSTILE) in said


@pytest.mark.prove
async def test_the_resolvers_words_reach_the_customer_whole(stage: StoryStage) -> None:
    """4,096 units of the resolver's: the customer reads every one of them, and the question with its buttons below."""
    text = _long()
    await stage.set_up_answered_case(text)
    customer = stage.customer
    question = await customer.see("Is it solved?")
    assert await customer.buttons(question["message_id"]) == ["Solved", "Not solved"]
    await stage.wait_until_quiet()
    assert _bare(text) in _bare(await _said(customer, "The answer to your complaint"))


async def test_hostile_names_do_no_harm(stage: StoryStage) -> None:
    """An owner called `<b>&😀` is shown as that, on the card and to the second who presses."""
    await stage.telegram.user("<b>&😀", user_id=stage.li.id)
    number = await stage.file_complaint()
    li, chen = stage.at("transport", stage.li), stage.at("transport", stage.chen)
    card = await li.see(number)
    await li.press("Accept")
    await li.see("Owner: <b>&😀")
    data = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    told = await stage.toast(await chen.forge(data, message_id=card["message_id"]))
    assert "<b>&😀 was quicker" in told
