"""Everything about asking about one waybill, in one read."""

from datetime import timedelta

from sqlalchemy import update

from domain.deliveries.delivery import CallState, Fate
from storage.deliveries import why
from storage.engine.database import Database
from storage.models import invitations
from storage.people import people
from storage.queue import timers
from storage.queue.timers import Timer
from storage.surveys import callbacks, ratings
from storage.surveys.ratings import Given
from tests.harness.rows import NOW, delivery, invitation, invite, person

LATER = NOW + timedelta(hours=1)


async def test_a_delivery_with_everything(database: Database) -> None:
    """Customer, invitation, answers, call, and who wrote down what."""
    async with database.begin() as tx:
        await person(tx, 1, "Wang")
        await person(tx, 2, "Mei")
        await people.set_phone(tx, 1, "+8613800138000")
        await delivery(tx, 7, "SF1", person=1, fate=Fate.BLOCKED, priority="P1")
        await callbacks.list_unreached(tx, NOW, LATER, "2026-11-23", NOW)
        call = await callbacks.get(tx, 7)
        assert call is not None
        await callbacks.move(tx, call, CallState.ANSWERED, NOW, taken_by=2, attempts=1)
        await invite(tx, invitation(5, 1, 7))
        await tx.execute(update(invitations).values(origin="phone", entered_by=2, expires_at=LATER))
        await ratings.reminded(tx, [5], LATER)
        await ratings.answer(tx, [Given(5, "overall", "", 4, LATER), Given(5, "comment", "", "Fine", NOW)])
        (story,) = await why.of_waybill(tx, "SF1")
    assert (story.waybill, story.source, story.priority, story.fate) == ("SF1", "shop", "P1", Fate.BLOCKED)
    assert (story.name, story.phone) == ("Wang", "+8613800138000")
    assert (story.origin, story.invited_at, story.expires_at, story.reminded_at) == ("phone", NOW, LATER, LATER)
    assert (story.entered_by, story.answered_at, story.answers) == ("Mei", NOW, 2)
    assert (story.call, story.taker, story.attempts) == (CallState.ANSWERED, "Mei", 1)


async def test_a_delivery_with_nothing(database: Database) -> None:
    """What there is not is empty; the timer says when the customer is asked."""
    async with database.begin() as tx:
        await delivery(tx, 7, "SF1", customer_name="Anna")
        await timers.set_all(tx, [Timer("invite", "7", LATER), Timer("expire", "7", NOW)])
        (story,) = await why.of_waybill(tx, "SF1")
        assert await why.of_waybill(tx, "sf1") == []
    assert (story.fate, story.name, story.phone, story.next_try) == (Fate.WAITING, "Anna", "", LATER)
    assert (story.origin, story.invited_at, story.call, story.entered_by, story.answers) == ("", None, None, "", 0)


async def test_every_source_of_a_waybill(database: Database) -> None:
    """One story each, the latest delivery first."""
    async with database.begin() as tx:
        await delivery(tx, 1, "SF1", source="a")
        await delivery(tx, 2, "SF1", source="b", delivered_at=LATER)
        assert [story.source for story in await why.of_waybill(tx, "SF1")] == ["b", "a"]
