"""What the tests of appeals have in common: a courier, a rating of one, quality's group."""

from sqlalchemy import select

from domain.people import Role
from storage.models import appeals, invitations
from storage.queue.outbox import Owed
from tests.harness.acting import MEI, QUALITY
from tests.harness.inside import WANG, Desk, Who, data_of

KURT, NINA = Who(31, "Kurt"), Who(32, "Nina")
"""A courier, and another one of quality."""

REASON = "The gate code was wrong."


async def staged(desk: Desk) -> None:
    """Kurt delivers as k17; Mei and Nina are quality, which has a group."""
    await desk.grant(KURT, Role.COURIER, "k17")
    await desk.bind("quality", QUALITY)
    for who in (MEI, NINA):
        await desk.grant(who, Role.QUALITY, "quality")


async def opened(desk: Desk, waybill: str = "SF1", who: Who = WANG, courier: str = "k17") -> list[Owed]:
    """Somebody opens the survey of a delivery of Kurt's, perhaps once more."""
    return await desk.opened(who, courier={"id": courier, "name": "Kurt Lang"}, department="transport", waybill=waybill)


async def rate(desk: Desk, score: int = 1, waybill: str = "SF1", who: Who = WANG, courier: str = "k17") -> list[Owed]:
    """Somebody rates it; what the first tap shows."""
    return await desk.press(who, data_of(await opened(desk, waybill, who, courier), str(score)))


async def file(desk: Desk, words: str = REASON) -> list[Owed]:
    """Kurt appeals against the newest rating; what the confirmation brings."""
    listed = await desk.say(KURT, "/myratings")
    await desk.press(KURT, data_of(listed, "Appeal 1"))
    shown = await desk.say(KURT, words)
    return await desk.press(KURT, data_of(shown, "Confirm"))


async def filed(desk: Desk, score: int = 1) -> list[Owed]:
    """As far as the card."""
    await staged(desk)
    await rate(desk, score)
    return await file(desk)


async def is_excluded(desk: Desk) -> bool:
    ((found,),) = await desk.rows(select(invitations.c.excluded).limit(1))
    return bool(found)


async def state(desk: Desk) -> str:
    ((found,),) = await desk.rows(select(appeals.c.state))
    return str(found)
