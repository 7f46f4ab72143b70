"""The customer's contact: for the owner and the head alone, over the chat or in private, and always in the log."""

import pytest
from sqlalchemy import select

from domain.people import Role
from storage.models import audit
from storage.queue.outbox import Owed
from tests.harness.acting import CHEN, MEI, accepted, alerts, change, press
from tests.harness.inside import GROUP, LI, WANG, ZHAO, Desk, Who, said


async def reveals(desk: Desk) -> int:
    return len(await desk.rows(select(audit.c.id).where(audit.c.what == "case.reveal")))


@pytest.mark.parametrize("who", [LI, ZHAO], ids=lambda one: one.name)
async def test_the_owner_and_the_head_see_it(desk: Desk, who: Who) -> None:
    """Name and phone, over the chat: nothing goes into the group, and the log says who looked."""
    await accepted(desk)
    await change(desk, contact="wang@example.com")
    calls = await press(desk, who, "reveal")
    (shown,) = alerts(calls)
    assert "Wang" in shown
    assert "+8613800138000" in shown
    assert "wang@example.com" in shown
    assert said([call for call in calls if call.method != "answerCallbackQuery"]) == []
    (logged,) = await desk.rows(select(audit.c.actor).where(audit.c.what == "case.reveal"))
    assert logged.actor is not None


@pytest.mark.parametrize("who", [CHEN, MEI], ids=lambda one: one.name)
async def test_nobody_else_does(desk: Desk, who: Who) -> None:
    """A colleague and quality are told whose it is to see."""
    await accepted(desk)
    await desk.grant(CHEN, Role.STAFF, "transport")
    chat = GROUP if who is CHEN else -1009
    assert alerts(await press(desk, who, "reveal", chat)) == [desk.plain("reveal-not-yours")]
    assert await reveals(desk) == 0


async def long(desk: Desk) -> list[Owed]:
    """What does not fit over the chat."""
    await accepted(desk)
    await change(desk, contact="In the evening at the back door, " * 10)
    return await press(desk, LI, "reveal")


async def test_what_is_long_comes_in_private(desk: Desk) -> None:
    """To somebody who can be written to."""
    calls = await long(desk)
    assert alerts(calls) == [desk.plain("reveal-in-private")]
    assert any("back door" in text for text in said(calls, LI.id))
    assert said(calls, GROUP) == []
    assert await reveals(desk) == 1


async def test_who_cannot_be_written_to_is_told_how(desk: Desk) -> None:
    """Nothing is shown, so nothing is logged."""
    await accepted(desk)
    await desk.member(LI, "kicked")
    await change(desk, contact="x" * 300)
    calls = await press(desk, LI, "reveal")
    assert alerts(calls) == [desk.plain("reveal-write-first")]
    assert await reveals(desk) == 0
    assert said(calls, WANG.id) == []


async def test_history_says_who_looked(desk: Desk) -> None:
    """The log of reveals can be read in chat."""
    await accepted(desk)
    await press(desk, ZHAO, "reveal")
    history = said(await press(desk, LI, "history"))
    assert any("Zhao · saw the customer's contact" in text for text in history)
