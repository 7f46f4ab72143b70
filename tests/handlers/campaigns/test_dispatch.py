"""A campaign under way: some at a time, nobody twice, stopped at once, resumed where it was, and again when its time comes."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select, update

from domain.people import Reach, Role
from handlers.campaigns import dispatch
from handlers.people import unreachable
from handlers.turns.batch import Batch
from storage.models import answers, audit, campaign_recipients, invitations, sessions
from storage.models import outbox as rows
from storage.models import people as people_rows
from storage.models import timers as timer_rows
from storage.people import people
from storage.queue import outbox
from storage.queue.outbox import OwedCall, Priority
from tests.harness.campaign_steps import (
    CHEN,
    FIRST,
    accept_everything_owed,
    add_customers,
    add_managers,
    approve_campaign,
    fetch_recipient_states,
    find_last_text,
    list_calls_to,
    list_campaign_states,
    list_invited_persons,
    list_surveyed_chats,
    send_rounds,
)
from tests.harness.in_process import BOSS, Desk, find_button_data, list_texts


async def owed_to_many(desk: Desk) -> int:
    where = (rows.c.state == "owed", rows.c.priority == Priority.BROADCAST)
    return int((await desk.rows(select(func.count()).select_from(rows).where(*where)))[0][0])


async def test_everybody_gets_it_once(desk: Desk) -> None:
    """In chunks, behind everybody's replies; then it is done, and the managers have the numbers."""
    await add_managers(desk)
    customers = await add_customers(desk, 120)
    await approve_campaign(desk)
    calls = await send_rounds(desk, 5)
    asked_chats = list_surveyed_chats(calls)
    assert sorted(asked_chats) == [who.id for who in customers]
    assert {call.priority for call in calls if call.chat_id in asked_chats} == {Priority.BROADCAST}
    assert await list_campaign_states(desk) == [("done", 1)]
    for who in (BOSS, CHEN):
        assert "is finished. Sent to 120 of 120 people" in find_last_text(calls, who)
    assert sorted(await list_invited_persons(desk)) == [who.id for who in customers]
    assert await desk.rows(select(timer_rows.c.kind).where(timer_rows.c.kind.in_(["campaign", "progress"]))) == []
    assert {
        row.asked_at is None for row in await desk.rows(select(people_rows.c.asked_at).where(people_rows.c.id < 9999))
    } == {False}
    told = [
        row.what for row in await desk.rows(select(audit.c.what).where(audit.c.actor.is_(None)).order_by(audit.c.id))
    ]
    assert told == ["campaign.start", "campaign.finish"]


async def test_only_some_are_owed_ahead(desk: Desk) -> None:
    """While Telegram takes nothing, no more than so many wait; as it takes some, so many more are owed."""
    await add_managers(desk)
    await add_customers(desk, 300)
    await approve_campaign(desk)
    for _ in range(9):
        await desk.ring(seconds=1)
    assert await owed_to_many(desk) == dispatch.MAX_AHEAD
    await accept_everything_owed(desk)
    await desk.ring(seconds=1)
    assert await owed_to_many(desk) == dispatch.CHUNK_SIZE
    assert len(await list_invited_persons(desk)) == dispatch.MAX_AHEAD + dispatch.CHUNK_SIZE


async def test_nobody_waits_for_others_to_be_owed(desk: Desk) -> None:
    """Messages to many that are no campaign's do not count as this one's; where very many are owed, it waits for them."""
    await add_managers(desk)
    await add_customers(desk, 3)
    await approve_campaign(desk)
    async with desk.database.begin() as tx:
        others = [
            OwedCall(n, 50_000 + n, "sendMessage", "{}", f"news:{n}", priority=Priority.BROADCAST)
            for n in range(1, 1001)
        ]
        await outbox.owe(tx, others, 1, desk.clock.now())
    await desk.ring(seconds=1)
    await desk.ring(seconds=1)
    assert await list_invited_persons(desk) == []
    async with desk.database.begin() as tx:
        await tx.execute(rows.delete().where(rows.c.id <= 10))
    await desk.ring(seconds=1)
    assert len(await list_invited_persons(desk)) == 3


async def test_stopped_and_resumed(desk: Desk) -> None:
    """Stop halts it within a chunk, Resume goes on exactly where it was; the other one is told each time."""
    await add_managers(desk)
    customers = await add_customers(desk, 130)
    await approve_campaign(desk)
    calls = await send_rounds(desk, 2)
    stopped = await desk.press(CHEN, find_button_data(list_calls_to(calls, CHEN), "Stop"))
    assert find_last_text(stopped, BOSS) == "Chen has stopped <b>Autumn round</b>."
    assert await send_rounds(desk, 4) == []
    assert await list_campaign_states(desk) == [("stopped", 1)]
    assert len(await list_invited_persons(desk)) == dispatch.CHUNK_SIZE
    resumed = await desk.press(BOSS, find_button_data(list_calls_to(stopped, BOSS), "Resume"))
    assert find_last_text(resumed, CHEN) == "Boss has resumed <b>Autumn round</b>."
    calls += await send_rounds(desk, 5)
    assert sorted(list_surveyed_chats(calls)) == [who.id for who in customers]
    assert await list_campaign_states(desk) == [("done", 1)]


async def test_a_stopped_one_can_be_cancelled(desk: Desk) -> None:
    """For good: who has it keeps it, nobody else gets it."""
    await add_managers(desk)
    await add_customers(desk, 60)
    await approve_campaign(desk)
    calls = await send_rounds(desk, 2)
    calls = await desk.press(BOSS, find_button_data(list_calls_to(calls, BOSS), "Stop"))
    calls = await desk.press(BOSS, find_button_data(list_calls_to(calls, BOSS), "Cancel campaign"))
    await desk.press(BOSS, find_button_data(calls, "Yes, cancel it"))
    await send_rounds(desk, 3)
    assert await list_campaign_states(desk) == [("cancelled", 1)]
    assert len(await list_invited_persons(desk)) == dispatch.CHUNK_SIZE


async def test_progress_is_shown_live(desk: Desk) -> None:
    """One message, edited in place before both managers, says how many have it, and who has answered by then."""
    await add_managers(desk)
    customers = await add_customers(desk, 120)
    await approve_campaign(desk)
    await send_rounds(desk)
    first = await send_rounds(desk)
    calls = await desk.press(
        customers[0], find_button_data([one for one in first if one.chat_id == customers[0].id], "5")
    )
    while not (shown := [call for call in calls if call.chat_id == BOSS.id and call.name.startswith("campaign:")]):
        calls = await desk.ring(seconds=1)
    assert not shown[-1].fresh
    assert "answered 1" in find_last_text(shown, BOSS)
    assert "of 120" in find_last_text(shown, BOSS)
    assert [call.name for call in list_calls_to(calls, CHEN)] == [shown[-1].name]


async def test_an_answer_after_the_end_is_counted_when_somebody_looks(desk: Desk) -> None:
    """Refresh draws the numbers anew, in place."""
    await add_managers(desk)
    (wang,) = await add_customers(desk, 1)
    await approve_campaign(desk)
    calls = await send_rounds(desk, 3)
    await desk.press(wang, find_button_data(list_calls_to(calls, wang), "5"))
    assert await desk.rows(select(answers.c.score)) == [(5,)]
    shown = await desk.press(BOSS, find_button_data(list_calls_to(calls, BOSS), "Refresh"), at=321)
    assert shown[0].message_id == 321
    assert "answered 1" in list_texts(shown)[0]


async def test_who_stops_or_blocks_in_between_gets_nothing(desk: Desk) -> None:
    """Between the snapshot and their turn: recorded as what they are, and not noted as asked."""
    await add_managers(desk)
    customers = await add_customers(desk, 4)
    await approve_campaign(desk)
    await desk.ring(seconds=1)
    async with desk.database.begin() as tx:
        await people.set_reach(tx, customers[0].id, Reach.BLOCKED)
        await tx.execute(
            update(people_rows).where(people_rows.c.id == customers[1].id).values(stopped_at=desk.clock.now())
        )
    calls = await send_rounds(desk)
    assert sorted(list_surveyed_chats(calls)) == [who.id for who in customers[2:]]
    assert await fetch_recipient_states(desk) == {
        FIRST: "unreachable",
        FIRST + 1: "stopped",
        FIRST + 2: "sent",
        FIRST + 3: "sent",
    }


async def test_whom_telegram_does_not_reach(desk: Desk) -> None:
    """A 403 makes the recipient unreachable; what was owed is owed no more, and on return nothing old is asked."""
    await add_managers(desk)
    wang, li = await add_customers(desk, 2)
    await approve_campaign(desk)
    await send_rounds(desk)
    calls = await desk.ring(seconds=1)
    (owed,) = list_calls_to(calls, wang)

    async def refused(batch: Batch) -> None:
        await unreachable.mark_unreachable(batch, owed, "Forbidden: bot was blocked by the user")

    await desk.batch(refused)
    await accept_everything_owed(desk)
    assert await fetch_recipient_states(desk) == {wang.id: "unreachable", li.id: "sent"}
    assert await desk.rows(select(rows.c.id).where(rows.c.chat_id == wang.id)) == []
    assert await desk.rows(select(sessions.c.topic).where(sessions.c.lane == f"{wang.id}:{wang.id}")) == []
    asked_of = {row.person: row.state for row in await desk.rows(select(invitations.c.person, invitations.c.state))}
    assert asked_of == {li.id: "open"}
    left = await desk.rows(select(timer_rows.c.subject).where(timer_rows.c.kind.in_(["expire", "remind"])))
    assert {row.subject.partition(":")[2] for row in left} == {str(li.id)}
    done = await send_rounds(desk)
    assert "Sent to 1 of 2 people, not reachable 1" in find_last_text(done, BOSS)
    assert list_surveyed_chats(await desk.say(wang, "/help")) == []
    assert await fetch_recipient_states(desk) == {wang.id: "unreachable", li.id: "sent"}


async def test_a_later_403_takes_nothing_back(desk: Desk) -> None:
    """Anyone who got it and blocks the bot afterwards has got it."""
    await add_managers(desk)
    (wang,) = await add_customers(desk, 1)
    await approve_campaign(desk)
    await send_rounds(desk)
    (owed,) = list_calls_to(await desk.ring(seconds=1), wang)
    async with desk.database.begin() as tx:
        await outbox.record_sent(tx, [outbox.SentCall(owed.id, wang.id, owed.name, 17)])

    async def refused(batch: Batch) -> None:
        edit = replace(owed, id=batch.services.next_id(), fresh=False)
        await outbox.owe(batch.tx, [edit], 1, batch.now)
        await unreachable.mark_unreachable(batch, edit, "Forbidden: bot was blocked by the user")

    await desk.batch(refused)
    assert await fetch_recipient_states(desk) == {wang.id: "sent"}


async def test_again_a_month_later(desk: Desk) -> None:
    """A cycle's next run has its date and timer; it asks those who are customers then, each once more."""
    await add_managers(desk)
    old = await add_customers(desk, 2)
    await approve_campaign(desk, cycle="Every month")
    calls = await send_rounds(desk, 3)
    assert "Next time: 2026-12-23" in find_last_text(calls, BOSS)
    assert await list_campaign_states(desk) == [("approved", 2)]
    new = await add_customers(desk, 1, since=2)
    desk.clock.advance(days=27)
    assert list_surveyed_chats(await send_rounds(desk, 3)) == []
    desk.clock.advance(days=4)
    calls = await send_rounds(desk, 4)
    assert sorted(list_surveyed_chats(calls)) == [who.id for who in (*old, *new)]
    assert await list_campaign_states(desk) == [("approved", 3)]
    counted = await desk.rows(
        select(campaign_recipients.c.run, func.count())
        .group_by(campaign_recipients.c.run)
        .order_by(campaign_recipients.c.run)
    )
    assert [tuple(row) for row in counted] == [(1, 2), (2, 3)]


async def test_a_period_that_nobody_was_there_for(desk: Desk) -> None:
    """After a stop of half a year the run that was due is late; the others are left out, not made up for."""
    await add_managers(desk)
    await add_customers(desk, 1)
    await approve_campaign(desk, cycle="Every month")
    await send_rounds(desk, 3)
    desk.clock.advance(days=183)
    calls = await send_rounds(desk, 4)
    assert len(list_surveyed_chats(calls)) == 1
    ((state, run),) = await list_campaign_states(desk)
    assert (state, run) == ("approved", 8)


async def test_nobody_is_meant(desk: Desk) -> None:
    """A campaign for a group that is empty by then is done at once, and says so."""
    await add_managers(desk)
    await approve_campaign(desk)
    calls = await send_rounds(desk, 2)
    assert "nobody is in this group at the moment" in find_last_text(calls, BOSS)
    assert await list_campaign_states(desk) == [("done", 1)]


async def test_its_survey_is_gone(desk: Desk) -> None:
    """Where the company's file has it no more, it is stopped, and both are told how to go on."""
    await add_managers(desk)
    await add_customers(desk, 1)
    await approve_campaign(desk)
    services, company = desk.services, desk.services.company
    desk.worker._services = replace(services, company=replace(company, surveys={}))
    calls = await send_rounds(desk, 2)
    assert "no longer offered" in find_last_text(calls, CHEN)
    assert await list_campaign_states(desk) == [("stopped", 1)]
    desk.worker._services = services
    await desk.press(BOSS, find_button_data(list_calls_to(calls, BOSS), "Resume"))
    assert len(list_surveyed_chats(await send_rounds(desk, 2))) == 1


async def test_who_is_no_manager_any_more_hears_nothing(desk: Desk) -> None:
    """Neither progress nor numbers."""
    boss, _ = await add_managers(desk)
    await add_customers(desk, 1)
    await approve_campaign(desk)
    async with desk.database.begin() as tx:
        (mine,) = (await people.fetch_by_id(tx, [boss]))[boss].grants
        await people.revoke(tx, boss, mine)
    calls = await send_rounds(desk, 4)
    assert list_calls_to(calls, BOSS) == []
    assert list_calls_to(calls, CHEN)


async def test_staff_are_no_customers(desk: Desk) -> None:
    """A courier who has had a parcel is not asked."""
    await add_managers(desk)
    wang, li = await add_customers(desk, 2)
    await desk.grant(li, Role.COURIER, "k17")
    await approve_campaign(desk)
    assert list_surveyed_chats(await send_rounds(desk, 3)) == [wang.id]


async def test_a_timer_that_rings_too_soon(desk: Desk) -> None:
    """Nothing starts before its date, whatever rings."""
    await add_managers(desk)
    await add_customers(desk, 1)
    await approve_campaign(desk, when="in 3 days")
    before = await desk.rows(select(timer_rows))
    subject = before[0].subject

    async def early(batch: Batch) -> None:
        await dispatch.on_send_timer(batch, int(subject))

    await desk.batch(early)
    assert await desk.rows(select(timer_rows)) == before
    assert await list_campaign_states(desk) == [("approved", 1)]


def test_a_large_campaign_is_counted_less_often() -> None:
    """Counting a million every three seconds would cost more than it tells."""
    assert timedelta(seconds=1_000_000 / dispatch._COUNTED_PER_SECOND) > dispatch.PROGRESS_INTERVAL
