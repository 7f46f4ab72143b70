"""Shape is not permission: forged, stale and foreign presses, commands and replies change nothing (P2, C8)."""

import pytest
from sqlalchemy import func, select

from playground.shape.wire import Json
from storage.models import audit, case_events, cases, grants, groups
from tests.harness.stage import StoryStage


def _data(message: Json, label: str) -> str:
    return next(
        str(button["callback_data"])
        for row in message["reply_markup"]["inline_keyboard"]
        for button in row
        if button["text"] == label
    )


async def _facts(stage: StoryStage) -> list[object]:
    """Everything that a press could have changed."""
    counted = [select(func.count()).select_from(table) for table in (audit, case_events, grants)]
    return [await stage.rows(one) for one in (*counted, select(cases.c.state, cases.c.version, cases.c.owner))]


async def test_a_stranger_cannot_act_on_a_case(stage: StoryStage) -> None:
    """The data of every button of a card, sent by a stranger in the group's name or at home: answered, and nothing changed."""
    number = await stage.set_up_accepted_case()
    card = await stage.card("transport", number)
    mallory = await stage.telegram.user("Mallory")
    home, group = stage.telegram.private(mallory), stage.at("transport", mallory)
    await home.start()
    greeting = await home.see("Hello")
    before = await _facts(stage)
    for label in ("Resolve", "Transfer", "History", "Full text"):
        data = _data(card, label)
        for seat, message in ((group, card), (home, greeting)):
            told = await stage.toast(await seat.forge(data, message_id=message["message_id"]))
            assert "Nothing was changed" in told, (label, told)
    await stage.telegram.settle()
    assert await _facts(stage) == before
    assert not [m for m in await home.transcript() if number in m]


async def test_a_stranger_cannot_answer_for_the_customer(stage: StoryStage) -> None:
    """Verdict, rating, filing and looking, pressed by somebody else: refused, and nothing changed."""
    number = await stage.set_up_answered_case()
    customer = stage.customer
    mallory = stage.telegram.private(await stage.telegram.user("Mallory"))
    await mallory.start()
    greeting = await mallory.see("Hello")
    await customer.say("/mycases")
    listed = await customer.see("Your cases")
    answer, survey = await customer.see("Is it solved?"), await customer.see("Question 2")
    before = await _facts(stage)
    for message, label in ((answer, "Solved"), (answer, "Not solved"), (survey, "😡 1")):
        told = await stage.toast(await mallory.forge(_data(message, label), message_id=greeting["message_id"]))
        assert "Nothing was changed" in told, (label, told)
    state = listed["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert "Nothing was changed" in await stage.toast(await mallory.forge(state, message_id=greeting["message_id"]))
    await stage.telegram.settle()
    assert await _facts(stage) == before
    assert not [line for line in await mallory.transcript() if number in line]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.prove
async def test_nonsense_in_a_button_is_answered(stage: StoryStage) -> None:
    """Data that no button of ours ever carried: answered, and nothing happens."""
    await stage.open_survey()
    message = await stage.customer.last()
    for data in (
        "",
        "x",
        "[]",
        "null",
        '["a"]',
        '["a",1]',
        '["a",-1,"ac"]',
        '["r",1,0,99]',
        '["v",9,9,true]',
        "😀",
        "9" * 64,
    ):
        told = await stage.toast(await stage.customer.forge(data, message_id=message["message_id"]))
        assert told, data
    assert not await stage.rows(select(cases.c.id))


async def test_a_stale_card_is_answered_and_refreshed(stage: StoryStage) -> None:
    """Accept pressed on a card that has moved on: the presser is told; the card says so already, and is not edited in vain."""
    number = await stage.file_complaint()
    li, chen = stage.at("transport", stage.li), stage.at("transport", stage.chen)
    old = await stage.card("transport", number)
    await li.press("Accept")
    await li.see("Owner: Li")
    await stage.set_up_resolved_case()
    told = await stage.toast(await chen.forge(_data(old, "Accept"), message_id=old["message_id"]))
    assert "Li was quicker" in told
    told = await stage.toast(await li.forge(_data(old, "Transfer"), message_id=old["message_id"]))
    assert "in the meantime" in told
    await stage.wait_until_quiet()
    assert "in review" in (await stage.card("transport", number))["text"]
    (row,) = await stage.rows(select(cases.c.state))
    assert row.state == "in_review"


@pytest.mark.prove
async def test_a_strangers_commands_are_refused(stage: StoryStage) -> None:
    """/bind, /grant, /revoke, /roles and /summary are for managers, wherever they are sent."""
    mallory = await stage.telegram.user("Mallory")
    den = await stage.telegram.group("Den", [mallory])
    seat, home = stage.telegram.seat(den, mallory), stage.telegram.private(mallory)
    await seat.see("Hello. To link this group")
    await home.start()
    before = await stage.rows(select(grants)), await stage.rows(select(groups.c.chat_id, groups.c.department))
    own = await seat.say("me")
    commands = (
        ("/bind transport", None),
        ("/grant manager", own["message_id"]),
        ("/revoke manager", own["message_id"]),
    )
    for command, reply in (*commands, ("/summary", None), ("/roles", None)):
        await seat.say(command, reply_to=reply)
        await stage.telegram.settle()
        assert "Only a manager" in (await seat.last())["text"], command
    await home.say("/summary month")
    await home.see("Only a manager")
    after = await stage.rows(select(grants)), await stage.rows(select(groups.c.chat_id, groups.c.department))
    assert after == before


async def test_what_the_group_chats_about_never_reaches_the_customer(stage: StoryStage) -> None:
    """With a prompt open and privacy mode off, plain messages and other people's replies stay in the group."""
    await stage.telegram.reads_all()
    number = await stage.set_up_accepted_case()
    li, chen = stage.at("transport", stage.li), stage.at("transport", stage.chen)
    await li.press("Resolve")
    prompt = await li.see("1/4")
    seen = await stage.customer.transcript()
    await li.say("What a nuisance this customer is")
    await chen.say("Just send them a voucher", reply_to=prompt["message_id"])
    await chen.say("Or ignore it", reply_to=(await stage.card("transport", number))["message_id"])
    await li.say("Agreed", reply_to=(await stage.card("transport", number))["message_id"])
    await stage.wait_until_quiet()
    assert await stage.customer.transcript() == seen
    assert not [line for line in await li.transcript() if "2/4" in line]
    await li.reply("The van was late", to=prompt["message_id"])
    await li.see("2/4")
