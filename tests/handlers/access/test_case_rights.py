"""May this person do this with this case, here? Everybody, in every chat, for every right."""

import pytest
from sqlalchemy import update

from domain.people import Grant, Role
from handlers.access.case_rights import CaseRight, ChatRole, find_chat_role, make_membership_grant, may
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn
from storage import models
from storage.cases import cases
from storage.people import people
from tests.harness.case_messages import QUALITY, set_up_owned_case
from tests.harness.in_process import BOSS, GROUP, LI, WANG, ZHAO, Desk, TelegramUser

HELPERS, MANAGEMENT, OLD = -2001, -2002, -2003
CHEN, MEI, HAO, EVE = (
    TelegramUser(31, "Chen"),
    TelegramUser(32, "Mei"),
    TelegramUser(33, "Hao"),
    TelegramUser(34, "Eve"),
)
"""One of a cooperating department, quality, one of a department that led once, a stranger."""

R = CaseRight
ON_CARD = {R.PRESS_CARD, R.WRITE_ABOUT, R.NOTE}
OVERSEES = ON_CARD | {R.READ_LOG, R.TAKE_UNMASKED}

EXPECTED: list[tuple[TelegramUser, int, ChatRole | None, set[CaseRight]]] = [
    (LI, GROUP, ChatRole.LEAD, ON_CARD | {R.SEND_LETTER, R.REVEAL_CONTACT, R.TAKE_UNMASKED}),
    (LI, LI.id, ChatRole.LEAD, ON_CARD | {R.SEND_LETTER, R.REVEAL_CONTACT, R.TAKE_UNMASKED}),
    (ZHAO, GROUP, ChatRole.LEAD, ON_CARD | {R.SEND_LETTER, R.REVEAL_CONTACT}),
    (MEI, QUALITY, ChatRole.OVERSEER, OVERSEES | {R.SEND_LETTER}),
    (MEI, MEI.id, ChatRole.OVERSEER, OVERSEES | {R.SEND_LETTER}),
    (MEI, GROUP, ChatRole.LEAD, OVERSEES | {R.SEND_LETTER}),
    (BOSS, MANAGEMENT, ChatRole.OVERSEER, OVERSEES),
    (BOSS, BOSS.id, ChatRole.OVERSEER, OVERSEES),
    (CHEN, HELPERS, ChatRole.COOPERATING, ON_CARD | {R.STATE}),
    (MEI, HELPERS, ChatRole.COOPERATING, OVERSEES | {R.SEND_LETTER}),
    (BOSS, HELPERS, ChatRole.COOPERATING, OVERSEES),
    (HAO, OLD, ChatRole.FORMER, ON_CARD),
    (CHEN, GROUP, None, set()),
    (HAO, HAO.id, None, set()),
    (WANG, GROUP, None, set()),
    (EVE, EVE.id, None, set()),
    (LI, -9999, None, {R.REVEAL_CONTACT, R.TAKE_UNMASKED}),
]
"""Who, where, what the chat is to the case, and what may be done there."""


async def test_rights(desk: Desk) -> None:
    """The whole table: nobody may more, and nobody less."""
    id_ = await set_up_owned_case(desk)
    for department, chat in (("warehouse", HELPERS), ("management", MANAGEMENT), ("service", OLD)):
        await desk.bind(department, chat)
    await desk.bind("quality", QUALITY)
    await desk.grant(ZHAO, Role.HEAD, "transport")
    await desk.grant(CHEN, Role.STAFF, "warehouse")
    await desk.grant(HAO, Role.STAFF, "service")
    await desk.grant(MEI, Role.QUALITY, "quality")
    await desk.grant(BOSS, Role.MANAGER)
    await desk.say(EVE, "/help")
    async with desk.database.begin() as tx:
        await tx.execute(update(models.cases).where(models.cases.c.id == id_).values(cooperating="warehouse"))
        for chat in (HELPERS, OLD):
            await cases.add_card(tx, id_, chat)
    seen: list[tuple[TelegramUser, int, ChatRole | None, set[CaseRight]]] = []

    async def look(batch: Batch) -> None:
        case = await cases.get(batch.tx, id_)
        assert case is not None
        for who, chat, _role, _rights in EXPECTED:
            known = (await people.fetch_by_account(batch.tx, [who.id])).values()
            person = (await people.attach_grants(batch.tx, known))[0]
            turn = Turn(batch, person, chat, f"{chat}:{who.id}", "en", private=chat > 0)
            rights = {right for right in CaseRight if await may(turn, right, case)}
            seen.append((who, chat, await find_chat_role(turn, case), rights))

    await desk.batch(look)
    assert seen == EXPECTED


@pytest.mark.parametrize(("department", "role"), [("transport", Role.STAFF), ("quality", Role.QUALITY)])
def test_being_in_a_group_is_a_role(department: str, role: Role) -> None:
    """Staff of the department; quality in the quality group."""
    assert make_membership_grant("quality", department) == Grant(role, department)
