"""Groups move and get lost; cases do not (G5)."""

import pytest
from sqlalchemy import select

from storage.models import groups
from tests.harness.stage import StoryStage


async def _basic(stage: StoryStage) -> int:
    """Transport works in a basic group from now on, which can still become a supergroup."""
    chat = await stage.telegram.group("Transport basic", [stage.boss, stage.li, stage.zhao], kind="group")
    stage.groups["transport"] = chat
    await stage.telegram.say(chat, stage.boss, "/bind transport")
    await stage.at("transport", stage.boss).see("This group now belongs to")
    return chat


async def test_a_group_that_moves_is_followed_by_the_service_message(stage: StoryStage) -> None:
    """The group becomes a supergroup: the next card is in the new one, and the old case can be worked on there."""
    old = await _basic(stage)
    first = await stage.file_complaint(waybill="SF1")
    await stage.card("transport", first)
    stage.groups["transport"] = await stage.telegram.migrate(old)
    await stage.telegram.settle()
    second = await stage.file_complaint(waybill="SF2")
    await stage.card("transport", second)
    li = stage.at("transport", stage.li)
    await li.press("Accept")
    await li.see("Owner: Li")
    rows = await stage.rows(select(groups.c.chat_id).where(groups.c.department == "transport"))
    assert [row.chat_id for row in rows] == [stage.groups["transport"]]


@pytest.mark.prove
async def test_a_group_that_moves_is_followed_by_the_error(stage: StoryStage) -> None:
    """The service message was lost: Telegram's refusal names the new group, and the card that was refused arrives there."""
    stage.refusals.append("upgraded to a supergroup")
    old = await _basic(stage)
    await stage.bot.stop()
    new = await stage.telegram.migrate(old)
    stage.server.world.updates.drop()
    await stage.bot.start()
    number = await stage.file_complaint()
    stage.groups["transport"] = new
    await stage.card("transport", number)
    rows = await stage.rows(select(groups.c.chat_id).where(groups.c.department == "transport"))
    assert [row.chat_id for row in rows] == [new]


async def test_a_lost_group_is_stood_in_for_until_it_is_back(stage: StoryStage) -> None:
    """Kicked: quality is told and gets the open cases; back again: the department works on."""
    stage.refusals.append("Forbidden")  # what was on its way when the bot was removed
    first = await stage.file_complaint(waybill="SF1")
    await stage.card("transport", first)
    await stage.telegram.member(stage.groups["transport"], "kicked", by=stage.boss)
    quality = stage.at("quality", stage.boss)
    assert "Transport" in (await quality.see("I can no longer write to the group of"))["text"]
    await stage.card("quality", first)
    second = await stage.file_complaint(waybill="SF2")
    await stage.card("quality", second)
    await stage.telegram.member(stage.groups["transport"], "member", by=stage.boss)
    await stage.card("transport", second)
    third = await stage.file_complaint(waybill="SF3")
    await stage.card("transport", third)
    await stage.wait_until_quiet()
    assert not await stage.has_card("quality", third)


async def test_what_was_owed_to_a_lost_group_is_sent_when_it_is_back(stage: StoryStage) -> None:
    """The bot was removed unnoticed: the refused card is held, quality is told and stands in, and on return the card comes."""
    stage.refusals.append("Forbidden")
    await stage.wait_until_quiet()
    await stage.bot.stop()
    await stage.telegram.member(stage.groups["transport"], "kicked", by=stage.boss)
    stage.server.world.updates.drop()
    await stage.bot.start()
    number = await stage.file_complaint()
    await stage.at("quality", stage.boss).see("I can no longer write to the group of")
    await stage.card("quality", number)
    await stage.telegram.member(stage.groups["transport"], "member", by=stage.boss)
    await stage.card("transport", number)
    await stage.at("transport", stage.li).press("Accept")
    await stage.at("transport", stage.li).see("Owner: Li")


async def test_without_any_group_the_manager_gets_the_case(stage: StoryStage) -> None:
    """Transport, quality and management are all lost: the card goes to the manager in private."""
    stage.refusals.append("Forbidden")  # what was on its way when the bot was removed
    for department in ("transport", "quality", "management"):
        await stage.telegram.member(stage.groups[department], "kicked", by=stage.boss)
    await stage.telegram.settle()
    number = await stage.file_complaint()
    await stage.manager.see(number)


async def test_a_group_that_forbids_photos_is_not_lost(stage: StoryStage) -> None:
    """The card comes, a line stands for the photo, and its button brings the photo in private; nobody else notices."""
    stage.refusals.append("not enough rights to send photos")
    transport, li = stage.groups["transport"], stage.at("transport", stage.li)
    await stage.telegram.permit(transport, can_send_photos=False)
    first = await stage.set_up_accepted_case()
    card = await stage.card("transport", first)
    await stage.customer.say(photo=True, caption="It was wet", reply_to=(await stage.customer.see(first))["message_id"])
    await stage.customer.see(f"{first}: passed on to the department.")
    line = await li.see("the customer sent a photo")
    assert first in line["text"]
    assert line["reply_to_message"]["message_id"] == card["message_id"]
    await stage.telegram.private(stage.li).start()
    await li.press("Send it to me in private", message_id=line["message_id"])
    photo = await stage.telegram.wait_for(stage.li.id, lambda m: m["sent_by_bot"] and "photo" in m)
    assert photo["chat"]["id"] == stage.li.id
    second = await stage.file_complaint(waybill="SF2")
    await stage.card("transport", second)
    assert [row.state for row in await stage.rows(select(groups.c.state).where(groups.c.chat_id == transport))] == [
        "here"
    ]


async def test_a_customer_who_forbids_voice_messages(stage: StoryStage) -> None:
    """The letter comes, a line stands for the voice message; allowed, it comes at a press."""
    stage.refusals.append("VOICE_MESSAGES_FORBIDDEN")
    number = await stage.set_up_accepted_case()
    await stage.telegram.permit(stage.wang, can_send_voice_notes=False)
    li, card = stage.at("transport", stage.li), await stage.card("transport", number)
    await li.say(voice=True, caption="Listen", reply_to=card["message_id"])
    await li.see("not sent yet")
    await li.press("Send")
    await stage.customer.see("the department sent a voice message")
    await stage.telegram.permit(stage.wang, can_send_voice_notes=True)
    await stage.customer.press("Send it again")
    await stage.telegram.wait_for(stage.wang.id, lambda m: m["sent_by_bot"] and "voice" in m)
