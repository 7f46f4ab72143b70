"""What the tests of staff's acts have in common: a group with its people, a complaint in work, replies to prompts."""

from typing import Any

from sqlalchemy import select, update

from conversations.buttons import ACTS, Act
from domain.people import Role
from storage.models import cases
from storage.queue.outbox import Owed
from tests.harness.inside import BOT_USER, GROUP, LI, ZHAO, Desk, Who, body, chat_of, data_of

CHEN, MEI = Who(15, "Chen"), Who(16, "Mei")
"""Another of staff, and quality."""

QUALITY = -1009
CODES = {name: code for code, name in ACTS.items()}
NUMBER = "C-261123-0001"


def prompt(chat: int = GROUP) -> dict[str, Any]:
    return {"message_id": 700, "date": 1, "chat": chat_of(chat), "from": BOT_USER}


async def reply(desk: Desk, who: Who, words: str, chat: int = GROUP) -> list[Owed]:
    """Answer the bot's question in a group."""
    return await desk.say(who, words, chat, reply_to_message=prompt(chat))


async def tap(desk: Desk, who: Who, label: str, calls: list[Owed], chat: int = GROUP) -> list[Owed]:
    return await desk.press(who, data_of(calls, label), chat)


async def press(desk: Desk, who: Who, act: str, chat: int = GROUP, case: int | None = None) -> list[Owed]:
    """Press this act of the (first) case, whether its card is there or not."""
    id_ = case if case is not None else await first_case(desk)
    return await desk.press(who, Act(id_, CODES[act], 1), chat)


async def first_case(desk: Desk) -> int:
    return int((await desk.rows(select(cases.c.id).order_by(cases.c.id).limit(1)))[0].id)


async def accepted(desk: Desk) -> list[Owed]:
    """A complaint of Wang's in the transport group, accepted by Li; Zhao is the head, Mei is quality."""
    await desk.bind("transport")
    await desk.bind("quality", QUALITY)
    await desk.grant(LI, Role.STAFF, "transport")
    await desk.grant(ZHAO, Role.HEAD, "transport")
    await desk.grant(MEI, Role.QUALITY, "quality")
    await desk.filed()
    return await press(desk, LI, "accept")


async def resolved(desk: Desk, who: Who = LI) -> list[Owed]:
    """The resolution is handed in."""
    await press(desk, who, "resolve")
    for words in ("Cause", "Action"):
        asked = await reply(desk, who, words)
    asked = await tap(desk, who, "Skip", asked)
    asked = await tap(desk, who, "At fault", asked)
    return await tap(desk, who, "Confirm", asked)


async def answered(desk: Desk) -> list[Owed]:
    await accepted(desk)
    await resolved(desk)
    return await press(desk, ZHAO, "approve")


async def row(desk: Desk, case: int | None = None) -> Any:  # noqa: ANN401 -- a row
    """The case as it is stored."""
    id_ = case if case is not None else await first_case(desk)
    return (await desk.rows(select(cases).where(cases.c.id == id_)))[0]


async def change(desk: Desk, **values: object) -> None:
    """The first case is another one from now on."""
    id_ = await first_case(desk)
    async with desk.database.begin() as tx:
        await tx.execute(update(cases).where(cases.c.id == id_).values(**values))


def alerts(calls: list[Owed]) -> list[str]:
    """What was said over the chat."""
    return [str(body(call).get("text", "")) for call in calls if call.method == "answerCallbackQuery"]
