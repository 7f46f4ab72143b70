"""Who cannot be asked in chat is phoned: from the morning's list to the department's card and a ledger that adds up (S13)."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from playground.people.seat import Seat
from storage.models import callbacks, cases, deliveries, invitations
from tests.harness.stage import HOUR, MINUTE, StoryStage, list_labels

SHANGHAI = ZoneInfo("Asia/Shanghai")
AGO = 600


async def morning(stage: StoryStage) -> float:
    """The bot's clock stands at a minute past nine on the day after the delivery; how far it was moved."""
    now = datetime.now(UTC)
    day = (now - timedelta(seconds=AGO)).astimezone(SHANGHAI).date() + timedelta(days=1)
    seconds = (datetime.combine(day, time(9, 1), SHANGHAI) - now).total_seconds()
    await stage.bot.clock(seconds)
    return seconds


async def listed(stage: StoryStage) -> Seat:
    """A delivery to somebody without a chat, the next morning, in the quality group from Mei's seat, who is new there."""
    await stage.report_delivery(customer={"phone": "+8613912345678", "name": "王小明"}, ago=AGO)
    ((fate,),) = await stage.rows(select(deliveries.c.fate))
    assert fate == "unreachable"
    mei = await stage.telegram.user("Mei")
    stage.groups["quality"] = await stage.telegram.group("Quality", [stage.boss, mei])
    await stage.telegram.say(stage.groups["quality"], stage.boss, "/bind quality")
    await stage.at("quality", stage.boss).see("This group now belongs to")
    return stage.at("quality", mei)


async def test_from_the_list_to_the_departments_card(stage: StoryStage) -> None:
    """Listed in the morning; taken after Start; answered with 2 on the customer's behalf; the department has a card; everything adds up."""
    group = await listed(stage)
    moved = await morning(stage)
    shown = await group.see("To be phoned")
    assert "王**" in shown["text"]
    assert "***5678" in shown["text"]
    closing = await group.see("Yesterday: 1 delivery")
    assert "Sum 1 = 1 deliveries ✓" in closing["text"]

    assert "press Start" in await stage.toast(await group.press("Take 1", message_id=shown["message_id"]))
    mei = stage.telegram.private(group.user)
    await mei.start()
    await mei.see("Hello")
    assert "is yours" in await stage.toast(await group.press("Take 1", message_id=shown["message_id"]))
    card = await mei.see("A call for you")
    assert "+8613912345678" in card["text"]
    assert list_labels(card) == ["No reply", "Refused", "Wrong number", "Give back"]
    survey = await mei.see("Entered on behalf of the customer")
    await group.see("taken by Mei")

    await mei.press("2", message_id=survey["message_id"])
    await mei.see("Please ask the customer: would they like to file a complaint?")
    await mei.see("the customer's answers are recorded")
    await group.see("All calls are done")
    await stage.bot.clock(moved + 31 * MINUTE)
    await mei.see("a complaint was neither filed nor declined")
    drawn = await stage.card("transport", "C-", "2/5", "Entered on behalf of the customer", "***5678")
    assert "13912345678" not in drawn["text"]

    assert [tuple(row) for row in await stage.rows(select(deliveries.c.fate))] == [("phoned",)]
    (made,) = await stage.rows(select(invitations.c.origin, invitations.c.person, invitations.c.entered_by))
    assert (made.origin, made.person, made.entered_by is not None) == ("phone", None, True)
    assert [tuple(row) for row in await stage.rows(select(callbacks.c.state))] == [("answered",)]
    assert [tuple(row) for row in await stage.rows(select(cases.c.customer))] == [(None,)]

    await stage.manager.say("/ledger week")
    await stage.manager.say("/ledger yesterday")
    ledger = await stage.manager.see("answered by phone: 1")
    assert "Sum 1 = 1 deliveries ✓" in ledger["text"]
    assert "⚠" not in ledger["text"]
    await stage.manager.say("/why SF1")
    await stage.manager.see("Entered on behalf of the customer by Mei.")


async def test_a_taken_call_survives_a_kill_and_goes_back_by_the_clock(stage: StoryStage) -> None:
    """The process is killed while somebody phones: left alone, the call is on the list again; taken again, the survey goes on."""
    stage.refusals.append("query is too old")  # an answer whose mark died with the process is given again
    group = await listed(stage)
    mei = stage.telegram.private(group.user)
    await mei.start()
    await mei.see("Hello")
    moved = await morning(stage)
    await group.see("To be phoned")
    await group.press("Take 1")
    await mei.see("Entered on behalf of the customer")
    await stage.bot.kill()
    await stage.bot.start()
    await stage.bot.clock(moved + 4 * HOUR + MINUTE)
    await mei.see("is back on the list")
    offered = await stage.telegram.wait_for(group.chat, lambda message: "Take 1" in list_labels(message))
    before = (await mei.last())["message_id"]
    await group.press("Take 1", message_id=offered["message_id"])
    survey = await stage.newer(mei, "Entered on behalf of the customer", before)
    await stage.bot.kill()
    await stage.bot.start()
    await mei.press("5", message_id=survey["message_id"])
    await mei.see("the customer's answers are recorded")
    assert [tuple(row) for row in await stage.rows(select(deliveries.c.fate))] == [("phoned",)]
