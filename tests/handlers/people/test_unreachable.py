"""A chat that cannot be written to: what was owed is kept with its reason, and nobody is written to in vain (G5)."""

from sqlalchemy import select

from handlers.people import unreachable
from handlers.turns.batch import Batch
from storage.models import audit, deliveries, groups, invitations, outbox, people, sessions, timers
from storage.queue import outbox as outbox_rows
from storage.queue.outbox import OwedCall, SentCall
from tests.harness.in_process import GROUP, WANG, Desk, find_button_data, make_delivery

WHY = "Forbidden: bot was blocked by the user"


async def gone(desk: Desk, call: OwedCall) -> None:
    async def work(batch: Batch) -> None:
        await unreachable.mark_unreachable(batch, call, WHY)

    await desk.batch(work)


async def states(desk: Desk) -> list[tuple[str, str | None]]:
    rows = await desk.rows(select(outbox.c.state, outbox.c.reason).order_by(outbox.c.id))
    return [(row.state, row.reason) for row in rows]


async def test_who_blocked_is_unreachable(desk: Desk) -> None:
    """The person is marked and the log says why; what is owed to the chat waits; the survey that did not arrive was never asked."""
    (asked,) = await desk.open_survey()
    await desk.say(WANG, "/help")
    await gone(desk, asked)
    assert [row.reach for row in await desk.rows(select(people.c.reach))] == ["blocked"]
    assert await states(desk) == [("held", WHY)]
    assert await desk.rows(select(invitations.c.id)) == []
    assert await desk.rows(select(sessions.c.topic)) == []
    assert await desk.rows(select(timers.c.kind)) == []
    assert [row.fate for row in await desk.rows(select(deliveries.c.fate))] == ["blocked"]
    assert "person.blocked" in {row.what for row in await desk.rows(select(audit.c.what))}


async def test_a_reminder_that_does_not_arrive_takes_nothing_back(desk: Desk) -> None:
    """The survey had arrived before: it was asked, and ends by itself; the reminder is not sent on return."""
    (asked,) = await desk.open_survey()
    async with desk.database.begin() as tx:
        await outbox_rows.record_sent(tx, [SentCall(asked.id, WANG.id, asked.name, 500)])
    (reminder,) = await desk.say(WANG, "/rate")
    reminder.name = asked.name
    await gone(desk, reminder)
    assert [row.state for row in await desk.rows(select(invitations.c.state))] == ["open"]
    assert [row.fate for row in await desk.rows(select(deliveries.c.fate))] == ["opened"]


async def test_an_answered_invitation_stays(desk: Desk) -> None:
    """The customer answered and then blocked the bot: the answer counts."""
    (asked,) = await desk.open_survey()
    await desk.press(WANG, find_button_data([asked], "5"))
    await gone(desk, asked)
    assert [row.state for row in await desk.rows(select(invitations.c.state))] == ["open"]


async def test_a_call_to_no_chat_fails_by_itself(desk: Desk) -> None:
    """The answer to a press of long ago: nobody is unreachable for that."""

    async def owing(batch: Batch) -> None:
        batch.owe(OwedCall(7, None, "answerCallbackQuery", "{}"))

    await desk.batch(owing)
    await gone(desk, OwedCall(7, None, "answerCallbackQuery", "{}"))
    assert await states(desk) == [("failed", WHY)]


async def test_a_lost_group_is_lost(desk: Desk) -> None:
    """What is owed there waits, and its binding knows the reason."""
    await desk.bind("transport")
    await desk.file_complaint()
    await gone(desk, OwedCall(8, GROUP, "sendMessage", "{}"))
    rows = await desk.rows(select(groups.c.state, groups.c.reason))
    assert [tuple(row) for row in rows] == [("lost", WHY)]
    held = await desk.rows(select(outbox.c.chat_id).where(outbox.c.state == "held"))
    assert {row.chat_id for row in held} == {GROUP}


async def test_a_lost_group_of_a_department_that_is_gone(desk: Desk) -> None:
    """Its key was renamed in huifang.toml: what is owed waits all the same, and quality reads the key."""
    await desk.bind("quality", -1002)
    await desk.bind("lorries")
    await gone(desk, OwedCall(8, GROUP, "sendMessage", "{}"))
    assert [row.reason for row in await desk.rows(select(groups.c.reason).where(groups.c.chat_id == GROUP))] == [WHY]
    told = await desk.rows(select(outbox.c.payload).where(outbox.c.chat_id == -1002))
    assert ["lorries" in row.payload for row in told] == [True]


async def test_somebody_nobody_knows(desk: Desk) -> None:
    """A chat without a person: held all the same, and no failure."""
    await gone(desk, OwedCall(9, 404, "sendMessage", "{}"))
    assert await desk.rows(select(people.c.id)) == []


async def test_a_link_that_did_not_open_ends_no_week(desk: Desk) -> None:
    """We asked two days ago; the survey of a link is refused today: the next delivery is still too soon."""
    await desk.say(WANG, contact={"phone_number": "8613800138000", "first_name": "Wang", "user_id": WANG.id})
    await desk.deliver(make_delivery("FIRST"))
    (asked,) = await desk.ring(hours=1)
    async with desk.database.begin() as tx:
        await outbox_rows.record_sent(tx, [SentCall(asked.id, WANG.id, asked.name, 500)])
    desk.clock.advance(days=1)
    (opened,) = await desk.open_survey(waybill="LINK")
    await gone(desk, opened)
    await desk.member(WANG, "member")
    await desk.deliver(make_delivery("NEXT", delivered_at=(desk.clock.now()).isoformat()))
    await desk.ring(hours=2)
    fates = {row.waybill: row.fate for row in await desk.rows(select(deliveries.c.waybill, deliveries.c.fate))}
    assert fates["NEXT"] == "too_soon"
