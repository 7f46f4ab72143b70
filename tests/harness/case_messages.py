"""A case that Li of transport owns, its card at a known place in the group, and people who answer messages."""

from typing import Any

from sqlalchemy import select

from domain.people import Role
from handlers.turns import engine
from storage.models import cases, contributions, sessions
from storage.queue import outbox
from storage.queue.outbox import OwedCall
from tests.harness.in_process import BOT_USER, GROUP, LI, WANG, ZHAO, Desk, TelegramUser, find_button

CHEN = TelegramUser(15, "Chen")
QUALITY, SERVICE = -1002, -1003
"""The chats of the quality group, and of the department that cooperates."""

CARD, SHOWN = 700, 701
"""Numbers that Telegram gave to the card, and to whatever a test says was shown next."""


async def set_up_owned_case(desk: Desk) -> int:
    """Wang's case, accepted by Li; Zhao is head, Chen is staff too."""
    await desk.bind("transport")
    for who, role in ((LI, Role.STAFF), (CHEN, Role.STAFF), (ZHAO, Role.HEAD)):
        await desk.grant(who, role, "transport")
    shown = await desk.file_complaint()
    await desk.press(WANG, find_button([one for one in shown if one.chat_id == WANG.id], "Done"))
    await desk.press(LI, find_button([one for one in shown if one.chat_id == GROUP], "Accept"), GROUP)
    (case,) = await desk.rows(select(cases.c.id))
    await place_message(desk, GROUP, f"card:{case.id}", CARD)
    return int(case.id)


async def place_message(desk: Desk, chat: int, name: str, message: int) -> None:
    """Telegram has shown this message of ours there."""
    async with desk.database.begin() as tx:
        await outbox.name_message(tx, chat, name, message)


def make_reply(message: int, text: str = "") -> dict[str, Any]:
    """What makes a message a reply to one of the bot's."""
    return {"reply_to_message": {"message_id": message, "date": 1, "chat": {}, "from": BOT_USER, "text": text}}


def make_picture(name: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 -- JSON
    return {"photo": [{"file_id": name, "file_unique_id": f"u-{name}", "width": 1, "height": 1}], **more}


async def edit_message(
    desk: Desk,
    who: TelegramUser,
    message: int,
    chat: int | None = None,
    **content: Any,  # noqa: ANN401 -- the message as the Bot API has it
) -> list[OwedCall]:
    """Somebody changes an earlier message."""
    place = chat or who.id
    kind = "private" if place > 0 else "supergroup"
    body = {"message_id": message, "date": 1, "edit_date": 2, "chat": {"id": place, "type": kind}, "from": who.user}
    return await desk.update("edited_message", body | content)


async def list_contributions(desk: Desk, *sides: str) -> list[tuple[str, str, str]]:
    """What was contributed: side, words, files."""
    columns = (contributions.c.side, contributions.c.words, contributions.c.files)
    rows = await desk.rows(select(*columns).order_by(contributions.c.id))
    return [(row.side, row.words, row.files) for row in rows if row.side in sides or not sides]


def list_calls_to(calls: list[OwedCall], chat: int) -> list[OwedCall]:
    return [call for call in calls if call.chat_id == chat]


PROMPT = 710
"""The number that Telegram gave to the question of `ask_for_note`."""


async def ask_for_note(desk: Desk) -> int:
    """Li is asked in the group what is to be noted about the case, and the question's message is known; the case."""
    case = await set_up_owned_case(desk)
    await desk.press(LI, f'["a",{case},"no",0]', GROUP)
    (row,) = await desk.rows(select(sessions.c.topic).where(sessions.c.lane == f"{GROUP}:{LI.id}"))
    await place_message(desk, GROUP, engine.screen_name(f"{GROUP}:{LI.id}", row.topic), PROMPT)
    return case
