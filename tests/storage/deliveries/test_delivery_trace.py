"""Everything about asking about one waybill, in one read."""

from datetime import timedelta

from sqlalchemy import update

from domain.deliveries.delivery import Fate, PhoneCallState
from storage.deliveries import delivery_trace
from storage.engine.database import Database
from storage.models import invitations
from storage.people import people
from storage.queue import timers
from storage.queue.timers import Timer
from storage.surveys import phone_list, ratings
from storage.surveys.ratings import RecordedAnswer
from tests.harness.rows import NOW, add_delivery, add_person, invite, make_invitation

LATER = NOW + timedelta(hours=1)


async def test_a_delivery_with_everything(database: Database) -> None:
    """Customer, invitation, answers, call, and who wrote down what."""
    async with database.begin() as tx:
        await add_person(tx, 1, "Wang")
        await add_person(tx, 2, "Mei")
        await people.set_phone(tx, 1, "+8613800138000")
        await add_delivery(tx, 7, "SF1", person=1, fate=Fate.BLOCKED, priority="P1")
        await phone_list.insert_unreached(tx, NOW, LATER, "2026-11-23", NOW)
        call = await phone_list.get(tx, 7)
        assert call is not None
        await phone_list.move(tx, call, PhoneCallState.ANSWERED, NOW, taken_by=2, attempts=1)
        await invite(tx, make_invitation(5, 1, 7))
        await tx.execute(update(invitations).values(origin="phone", entered_by=2, expires_at=LATER))
        await ratings.record_reminded(tx, [5], LATER)
        await ratings.record_answers(
            tx, [RecordedAnswer(5, "overall", "", 4, LATER), RecordedAnswer(5, "comment", "", "Fine", NOW)]
        )
        (story,) = await delivery_trace.list_traces(tx, "SF1")
    assert (story.waybill, story.source, story.priority, story.fate) == ("SF1", "shop", "P1", Fate.BLOCKED)
    assert (story.name, story.phone) == ("Wang", "+8613800138000")
    assert (story.origin, story.invited_at, story.expires_at, story.reminded_at) == ("phone", NOW, LATER, LATER)
    assert (story.entered_by, story.answered_at, story.answers) == ("Mei", NOW, 2)
    assert (story.call, story.taker, story.attempts) == (PhoneCallState.ANSWERED, "Mei", 1)


async def test_a_delivery_with_nothing(database: Database) -> None:
    """What there is not is empty; the timer says when the customer is asked."""
    async with database.begin() as tx:
        await add_delivery(tx, 7, "SF1", customer_name="Anna")
        await timers.set_all(tx, [Timer("invite", "7", LATER), Timer("expire", "7", NOW)])
        (story,) = await delivery_trace.list_traces(tx, "SF1")
        assert await delivery_trace.list_traces(tx, "sf1") == []
    assert (story.fate, story.name, story.phone, story.next_try) == (Fate.WAITING, "Anna", "", LATER)
    assert (story.origin, story.invited_at, story.call, story.entered_by, story.answers) == ("", None, None, "", 0)


async def test_every_source_of_a_waybill(database: Database) -> None:
    """One story each, the latest delivery first."""
    async with database.begin() as tx:
        await add_delivery(tx, 1, "SF1", source="a")
        await add_delivery(tx, 2, "SF1", source="b", delivered_at=LATER)
        assert [story.source for story in await delivery_trace.list_traces(tx, "SF1")] == ["b", "a"]
