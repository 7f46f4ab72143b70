"""What the tests of staff's acts have in common: a group with its people, a complaint in work, replies to prompts."""

from typing import Any

from sqlalchemy import select, update

from conversations.buttons import CASE_ACTIONS, CaseActionButton
from domain.people import Role
from storage.models import cases
from storage.queue.outbox import OwedCall
from tests.harness.in_process import (
    BOT_USER,
    GROUP,
    LI,
    ZHAO,
    Desk,
    TelegramUser,
    find_button_data,
    make_chat,
    read_body,
)

CHEN, MEI = TelegramUser(15, "Chen"), TelegramUser(16, "Mei")
"""Another of staff, and quality."""

QUALITY = -1009
CODES = {name: code for code, name in CASE_ACTIONS.items()}
NUMBER = "C-261123-0001"


def make_prompt(chat: int = GROUP) -> dict[str, Any]:
    return {"message_id": 700, "date": 1, "chat": make_chat(chat), "from": BOT_USER}


async def reply(desk: Desk, who: TelegramUser, words: str, chat: int = GROUP) -> list[OwedCall]:
    """Answer the bot's question in a group."""
    return await desk.say(who, words, chat, reply_to_message=make_prompt(chat))


async def tap(desk: Desk, who: TelegramUser, label: str, calls: list[OwedCall], chat: int = GROUP) -> list[OwedCall]:
    return await desk.press(who, find_button_data(calls, label), chat)


async def press(desk: Desk, who: TelegramUser, act: str, chat: int = GROUP, case: int | None = None) -> list[OwedCall]:
    """Press this act of the (first) case, whether its card is there or not."""
    id_ = case if case is not None else await find_first_case(desk)
    return await desk.press(who, CaseActionButton(id_, CODES[act], 1), chat)


async def find_first_case(desk: Desk) -> int:
    return int((await desk.rows(select(cases.c.id).order_by(cases.c.id).limit(1)))[0].id)


async def set_up_accepted_case(desk: Desk) -> list[OwedCall]:
    """A complaint of Wang's in the transport group, accepted by Li; Zhao is the head, Mei is quality."""
    await desk.bind("transport")
    await desk.bind("quality", QUALITY)
    await desk.grant(LI, Role.STAFF, "transport")
    await desk.grant(ZHAO, Role.HEAD, "transport")
    await desk.grant(MEI, Role.QUALITY, "quality")
    await desk.file_complaint()
    return await press(desk, LI, "accept")


async def resolve_case(desk: Desk, who: TelegramUser = LI) -> list[OwedCall]:
    """The resolution is handed in."""
    await press(desk, who, "resolve")
    for words in ("Cause", "Action"):
        asked = await reply(desk, who, words)
    asked = await tap(desk, who, "Skip", asked)
    asked = await tap(desk, who, "At fault", asked)
    return await tap(desk, who, "Confirm", asked)


async def set_up_answered_case(desk: Desk) -> list[OwedCall]:
    await set_up_accepted_case(desk)
    await resolve_case(desk)
    return await press(desk, ZHAO, "approve")


async def fetch_case_row(desk: Desk, case: int | None = None) -> Any:  # noqa: ANN401 -- a row
    """The case as it is stored."""
    id_ = case if case is not None else await find_first_case(desk)
    return (await desk.rows(select(cases).where(cases.c.id == id_)))[0]


async def change_case(desk: Desk, **values: object) -> None:
    """The first case is another one from now on."""
    id_ = await find_first_case(desk)
    async with desk.database.begin() as tx:
        await tx.execute(update(cases).where(cases.c.id == id_).values(**values))


def list_alerts(calls: list[OwedCall]) -> list[str]:
    """What was said over the chat."""
    return [str(read_body(call).get("text", "")) for call in calls if call.method == "answerCallbackQuery"]
