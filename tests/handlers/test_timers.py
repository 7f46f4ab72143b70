"""What is done when a timer is due: late rather than never, and never twice (T3)."""

import pytest
from sqlalchemy import select

from handlers import timers
from handlers.turns.batch import Batch
from handlers.turns.turn import make_private_turn, open_turn
from storage.models import deliveries, invitations, sessions
from storage.people import people
from storage.queue import timers as timer_rows
from storage.queue.timers import Timer
from tests.harness.in_process import LI, NOON, WANG, Desk, find_button_data, list_texts, make_delivery

CONTACT = {"phone_number": "8613800138000", "first_name": "Wang", "user_id": WANG.id}


async def fate(desk: Desk) -> list[str]:
    return [row.fate for row in await desk.rows(select(deliveries.c.fate))]


async def test_a_linked_customer_is_asked_two_hours_after(desk: Desk) -> None:
    """Once, however often the timer's row is looked at; afterwards the link goes on in the same survey."""
    await desk.say(WANG, contact=CONTACT)
    await desk.deliver(make_delivery(delivered_at=NOON.isoformat()))
    assert await desk.ring(minutes=119) == []
    (asked,) = await desk.ring(minutes=1)
    assert "overall" in list_texts([asked], WANG.id)[0]
    assert await fate(desk) == ["sent"]
    again = Timer("invite", (await _delivery(desk)), desk.clock.now())
    async with desk.database.begin() as tx:
        await timer_rows.set_all(tx, [again])
    assert await desk.ring() == []
    assert len(await desk.rows(select(invitations.c.id))) == 1


async def _delivery(desk: Desk) -> str:
    ((number,),) = await desk.rows(select(deliveries.c.id))
    return str(number)


async def test_why_somebody_was_not_asked(desk: Desk) -> None:
    """Unknown, blocked, or too late: the reason is kept, and nobody is bothered."""
    await desk.deliver(make_delivery(customer={"ref": "x"}))
    assert await desk.ring(hours=2) == []
    assert await fate(desk) == ["unreachable"]
    await desk.say(WANG, contact=CONTACT)
    await desk.member(WANG, "kicked")
    await desk.deliver(make_delivery("SF2"))
    assert await desk.ring(hours=2) == []
    assert await fate(desk) == ["unreachable", "blocked"]


async def test_after_a_long_stop_it_is_too_late(desk: Desk) -> None:
    """The bot was down for eight days: no invitation, and the reason is kept."""
    await desk.say(WANG, contact=CONTACT)
    await desk.deliver(make_delivery(delivered_at=NOON.isoformat()))
    assert await desk.ring(days=8) == []
    assert await fate(desk) == ["too_late"]


async def test_an_unanswered_invitation_ends(desk: Desk) -> None:
    """Its message says so, its session is gone, and its row knows why."""
    await desk.open_survey()
    (over,) = await desk.ring(days=7)
    assert list_texts([over]) == [desk.text("rating-expired")]
    assert await desk.rows(select(sessions.c.topic)) == []
    assert [row.state for row in await desk.rows(select(invitations.c.state))] == ["expired"]


async def test_an_answered_one_can_be_changed_a_week_longer(desk: Desk) -> None:
    """After seven days nothing is said; after fourteen the session is gone."""
    await desk.press(WANG, find_button_data(await desk.open_survey(), "5"))
    assert await desk.ring(days=7) == []
    assert len(await desk.rows(select(sessions.c.topic))) == 1
    assert await desk.ring(days=7) == []
    assert await desk.rows(select(sessions.c.topic)) == []


async def test_a_better_rating_is_no_case(desk: Desk) -> None:
    """Two, then five, within the half hour."""
    shown = await desk.open_survey()
    await desk.press(WANG, find_button_data(shown, "2"))
    await desk.press(WANG, find_button_data(shown, "5"))
    assert await desk.ring(minutes=31) == []


@pytest.mark.parametrize(
    ("kind", "subject"),
    [("invite", "404"), ("expire", "404:11"), ("low", "404:11"), ("album", "404"), ("forget", "404:11")],
)
async def test_what_it_was_about_is_gone(desk: Desk, kind: str, subject: str) -> None:
    """A timer about nothing is done with: no failure, nothing owed; also about somebody nobody knows."""
    await desk.say(WANG, "/help")
    for about in (subject, subject.replace(":11", ":404")):
        async with desk.database.begin() as tx:
            await timer_rows.set_all(tx, [Timer(kind, about, desk.clock.now())])
        assert await desk.ring(seconds=1) == []
    left = await desk.rows(select(sessions.c.topic))
    assert left == []


async def test_an_unknown_kind_is_an_error(desk: Desk) -> None:
    """It is to be seen, not to be swallowed."""

    async def work(batch: Batch) -> None:
        with pytest.raises(LookupError, match="no room set a tea timer"):
            await timers.fire(batch, Timer("tea", "1", NOON))

    await desk.batch(work)


async def test_a_turn_for_somebody_who_has_not_just_written(desk: Desk) -> None:
    """In the own chat, language and lane; None for somebody unknown."""
    await desk.say(LI, "/help")

    async def work(batch: Batch) -> None:
        turn = await open_turn(batch, LI.id)
        assert turn is not None
        assert (turn.chat, turn.lane, turn.language, turn.private) == (LI.id, f"{LI.id}:{LI.id}", "en", True)
        assert await open_turn(batch, 404) is None

    await desk.batch(work)

    async def unmet(batch: Batch) -> None:
        (li,) = (await people.fetch_by_account(batch.tx, [LI.id])).values()
        with pytest.raises(LookupError, match="nobody has met"):
            make_private_turn(batch, li)

    await desk.batch(unmet)
