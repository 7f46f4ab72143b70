"""The customer's contact: for the owner and the head alone, over the chat or in private, and always in the log."""

import pytest
from sqlalchemy import select

from conversations.buttons import CaseViewButton, MyCaseButton
from domain.people import Role
from storage.models import audit
from storage.queue.outbox import OwedCall
from tests.harness.case_actions import (
    CHEN,
    MEI,
    NUMBER,
    change_case,
    find_first_case,
    list_alerts,
    press,
    set_up_accepted_case,
)
from tests.harness.in_process import GROUP, LI, WANG, ZHAO, Desk, TelegramUser, find_button_data, list_texts, read_body


async def reveals(desk: Desk) -> int:
    return len(await desk.rows(select(audit.c.id).where(audit.c.what == "case.reveal")))


@pytest.mark.parametrize("who", [LI, ZHAO], ids=lambda one: one.name)
async def test_the_owner_and_the_head_see_it(desk: Desk, who: TelegramUser) -> None:
    """Name and phone, over the chat: nothing goes into the group, and the log says who looked."""
    await set_up_accepted_case(desk)
    await change_case(desk, contact="wang@example.com")
    calls = await press(desk, who, "reveal")
    (shown,) = list_alerts(calls)
    assert "Wang" in shown
    assert "+8613800138000" in shown
    assert "wang@example.com" in shown
    assert list_texts([call for call in calls if call.method != "answerCallbackQuery"]) == []
    (logged,) = await desk.rows(select(audit.c.actor).where(audit.c.what == "case.reveal"))
    assert logged.actor is not None


@pytest.mark.parametrize("who", [CHEN, MEI], ids=lambda one: one.name)
async def test_nobody_else_does(desk: Desk, who: TelegramUser) -> None:
    """A colleague and quality are told whose it is to see."""
    await set_up_accepted_case(desk)
    await desk.grant(CHEN, Role.STAFF, "transport")
    chat = GROUP if who is CHEN else -1009
    assert list_alerts(await press(desk, who, "reveal", chat)) == [desk.plain("reveal-not-yours")]
    assert await reveals(desk) == 0


async def long(desk: Desk) -> list[OwedCall]:
    """What does not fit over the chat."""
    await set_up_accepted_case(desk)
    await change_case(desk, contact="In the evening at the back door, " * 10)
    return await press(desk, LI, "reveal")


async def test_what_is_long_comes_in_private(desk: Desk) -> None:
    """To somebody who can be written to."""
    calls = await long(desk)
    assert list_alerts(calls) == [desk.plain("reveal-in-private")]
    assert any("back door" in text for text in list_texts(calls, LI.id))
    assert list_texts(calls, GROUP) == []
    assert await reveals(desk) == 1


async def test_who_cannot_be_written_to_is_told_how(desk: Desk) -> None:
    """Nothing is shown, so nothing is logged."""
    await set_up_accepted_case(desk)
    await desk.member(LI, "kicked")
    await change_case(desk, contact="x" * 300)
    calls = await press(desk, LI, "reveal")
    assert list_alerts(calls) == [desk.plain("reveal-write-first")]
    assert await reveals(desk) == 0
    assert list_texts(calls, WANG.id) == []


async def test_history_says_who_looked(desk: Desk) -> None:
    """The log of reveals can be read in chat."""
    await set_up_accepted_case(desk)
    await press(desk, ZHAO, "reveal")
    history = list_texts(await press(desk, LI, "history"))
    assert any("Zhao · saw the customer's contact" in text for text in history)


async def test_what_stands_in_the_customers_own_words(desk: Desk) -> None:
    """A phone and an address in what the customer adds: the group reads neither, in any place; those who may reveal the words."""
    await set_up_accepted_case(desk)
    case = await find_first_case(desk)
    await desk.press(WANG, MyCaseButton(case, "a"))
    added = await desk.say(
        WANG, "Bring it to 12 River Road, flat 5b, or call 139 0013 9000. It is parcel SF1234567890."
    )
    added += await desk.press(WANG, find_button_data(added, "Done"))
    shown = "\n".join(list_texts(added, GROUP))
    assert "Bring it to *** Road, flat ***, or call ***9000. It is parcel SF1234567890." in shown
    for look in ("full_text", "history"):
        shown += "\n".join(list_texts(await press(desk, LI, look), GROUP))
    for chat, who in ((GROUP, LI), (None, MEI)):
        calls = await desk.say(who, f"/case {NUMBER}", chat)
        for part in ("p", "r", "c"):
            calls += await desk.press(who, CaseViewButton(case, part), chat)
        calls += await desk.press(who, CaseViewButton(case, "d"), GROUP)
        shown += "\n".join(str(read_body(call)) for call in calls)
    assert "***9000" in shown
    for secret in ("12 River", "flat 5b", "139 0013"):
        assert secret not in shown
    (revealed,) = list_alerts(await press(desk, LI, "reveal"))
    assert "12 River Road, flat 5b, or call 139 0013 9000" in revealed
