"""A customer's case as far as its answer, or its end."""

from typing import Any

from sqlalchemy import select

from domain.people import Role
from storage.models import cases
from storage.queue.outbox import Owed
from tests.harness.inside import BOT_USER, GROUP, LI, WANG, ZHAO, Desk, chat_of, data_of

NUMBER = "C-261123-0001"


def prompt() -> dict[str, Any]:
    """What somebody replies to in the group, as Telegram shows it to the bot."""
    return {"message_id": 700, "date": 1, "chat": chat_of(GROUP), "from": BOT_USER}


async def case_id(desk: Desk, number: str = NUMBER) -> int:
    ((case,),) = await desk.rows(select(cases.c.id).where(cases.c.number == number))
    return int(case)


async def state_of(desk: Desk, number: str = NUMBER) -> str:
    ((state,),) = await desk.rows(select(cases.c.state).where(cases.c.number == number))
    return str(state)


async def answered(desk: Desk) -> list[Owed]:
    """A case that Li resolved and Zhao approved; what the approval shows."""
    await desk.bind("transport")
    await desk.grant(ZHAO, Role.HEAD, "transport")
    filed = await desk.filed()
    accepted = await desk.acting(LI, "Accept", filed)
    asked = await desk.acting(LI, "Resolve", accepted)
    for words in ("The van was late", "We retrained the driver"):
        asked = await desk.say(LI, words, GROUP, reply_to_message=prompt())
    asked = await desk.press(LI, data_of(asked, "Skip"), GROUP)
    asked = await desk.press(LI, data_of(asked, "At fault"), GROUP)
    review = await desk.press(LI, data_of(asked, "Confirm"), GROUP)
    return await desk.acting(ZHAO, "Approve", review)


async def closed(desk: Desk) -> list[Owed]:
    """The customer has said that it is solved; what that shows."""
    return await desk.press(WANG, data_of(await answered(desk), "Solved"))
