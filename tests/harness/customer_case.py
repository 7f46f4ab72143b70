"""A customer's case as far as its answer, or its end."""

from typing import Any

from sqlalchemy import select

from domain.people import Role
from storage.models import cases
from storage.queue.outbox import OwedCall
from tests.harness.in_process import BOT_USER, GROUP, LI, WANG, ZHAO, Desk, find_button_data, make_chat

NUMBER = "C-261123-0001"


def make_prompt() -> dict[str, Any]:
    """What somebody replies to in the group, as Telegram shows it to the bot."""
    return {"message_id": 700, "date": 1, "chat": make_chat(GROUP), "from": BOT_USER}


async def fetch_case_id(desk: Desk, number: str = NUMBER) -> int:
    ((case,),) = await desk.rows(select(cases.c.id).where(cases.c.number == number))
    return int(case)


async def fetch_case_state(desk: Desk, number: str = NUMBER) -> str:
    ((state,),) = await desk.rows(select(cases.c.state).where(cases.c.number == number))
    return str(state)


async def set_up_answered_case(desk: Desk) -> list[OwedCall]:
    """A case that Li resolved and Zhao approved; what the approval shows."""
    await desk.bind("transport")
    await desk.grant(ZHAO, Role.HEAD, "transport")
    filed = await desk.file_complaint()
    accepted = await desk.press_and_confirm(LI, "Accept", filed)
    asked = await desk.press_and_confirm(LI, "Resolve", accepted)
    for words in ("The van was late", "We retrained the driver"):
        asked = await desk.say(LI, words, GROUP, reply_to_message=make_prompt())
    asked = await desk.press(LI, find_button_data(asked, "Skip"), GROUP)
    asked = await desk.press(LI, find_button_data(asked, "At fault"), GROUP)
    review = await desk.press(LI, find_button_data(asked, "Confirm"), GROUP)
    return await desk.press_and_confirm(ZHAO, "Approve", review)


async def set_up_closed_case(desk: Desk) -> list[OwedCall]:
    """The customer has said that it is solved; what that shows."""
    return await desk.press(WANG, find_button_data(await set_up_answered_case(desk), "Solved"))
