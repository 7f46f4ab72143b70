"""What the tests of appeals have in common: a courier, a rating of one, quality's group."""

from sqlalchemy import select

from domain.people import Role
from storage.models import appeals, invitations
from storage.queue.outbox import OwedCall
from tests.harness.case_actions import MEI, QUALITY
from tests.harness.in_process import WANG, Desk, TelegramUser, find_button_data

KURT, NINA = TelegramUser(31, "Kurt"), TelegramUser(32, "Nina")
"""A courier, and another one of quality."""

REASON = "The gate code was wrong."


async def set_up_courier(desk: Desk) -> None:
    """Kurt delivers as k17; Mei and Nina are quality, which has a group."""
    await desk.grant(KURT, Role.COURIER, "k17")
    await desk.bind("quality", QUALITY)
    for who in (MEI, NINA):
        await desk.grant(who, Role.QUALITY, "quality")


async def open_survey(
    desk: Desk, waybill: str = "SF1", who: TelegramUser = WANG, courier: str = "k17"
) -> list[OwedCall]:
    """Somebody opens the survey of a delivery of Kurt's, perhaps once more."""
    return await desk.open_survey(
        who, courier={"id": courier, "name": "Kurt Lang"}, department="transport", waybill=waybill
    )


async def rate_delivery(
    desk: Desk, score: int = 1, waybill: str = "SF1", who: TelegramUser = WANG, courier: str = "k17"
) -> list[OwedCall]:
    """Somebody rates it; what the first tap shows."""
    return await desk.press(who, find_button_data(await open_survey(desk, waybill, who, courier), str(score)))


async def file_appeal(desk: Desk, words: str = REASON) -> list[OwedCall]:
    """Kurt appeals against the newest rating; what the confirmation brings."""
    listed = await desk.say(KURT, "/myratings")
    await desk.press(KURT, find_button_data(listed, "Appeal 1"))
    shown = await desk.say(KURT, words)
    return await desk.press(KURT, find_button_data(shown, "Confirm"))


async def rate_and_appeal(desk: Desk, score: int = 1) -> list[OwedCall]:
    """As far as the card."""
    await set_up_courier(desk)
    await rate_delivery(desk, score)
    return await file_appeal(desk)


async def is_excluded(desk: Desk) -> bool:
    ((excluded,),) = await desk.rows(select(invitations.c.excluded).limit(1))
    return bool(excluded)


async def fetch_appeal_state(desk: Desk) -> str:
    ((state,),) = await desk.rows(select(appeals.c.state))
    return str(state)
