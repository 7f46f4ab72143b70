"""Fifty people of one department press every button of one card at the same time, and Telegram's limits hold."""

import asyncio
from time import monotonic

import pytest
from sqlalchemy import func, select

from playground.shape.wire import Json
from storage.models import case_events, cases, inbox, outbox, sessions
from tests.harness.company import LiveCompany
from tests.harness.story import CustomerStory
from tests.harness.text_fragments import find_fragment

FIFTY = 50
NEW = {"sendMessage", "editMessageText"}
PAUSE = 4.0
"""Seconds without a message: longer than the second that lies between two."""

GROUP_LIMIT = 20
"""Messages and edits that Telegram lets a bot send to one group in a minute."""


@pytest.fixture
def staff() -> int:
    return FIFTY


@pytest.fixture
def extra() -> dict[str, str]:
    """The limits of the real Telegram."""
    return {"HUIFANG_RATE": "30"}


@pytest.mark.prove  # waits a minute and longer for Telegram's limit of a group
@pytest.mark.parametrize(("database_url", "webhook"), [("sqlite", True), ("postgresql", True)], indirect=True)
async def test_fifty_press_every_button_at_once(company: LiveCompany) -> None:
    """One history, every press answered and its effect kept, one owner of whom the others hear, never more than 20 a minute."""
    ((customer, link),) = await company.customers(1)
    story = CustomerStory(company, customer, link, company.staff[0])
    await story.complain()
    card = await story._sees(company.in_group(company.staff[0]), story.number, "Answer due")
    await company.wait_until_quiet()
    buttons = [key["callback_data"] for row in card["reply_markup"]["inline_keyboard"] for key in row]
    await company.telegram.strict()
    pressed = await asyncio.gather(
        *(
            company.in_group(person).forge(button, message_id=card["message_id"])  # all see the same card
            for person in company.staff
            for button in buttons
        )
    )
    answers = await asyncio.gather(*(_answer(company, press) for press in pressed))
    told = [answer["text"] or "" for answer in answers]
    first = [text for text in told if find_fragment("en", "accepted") in text]
    others = [text for text in told if find_fragment("en", "taken") in text]
    assert len(first) == 1
    ((owner,),) = await company.rows(select(cases.c.owner))
    assert owner is not None
    assert len(others) + len(first) == FIFTY, told
    events = [row.event for row in await company.rows(select(case_events.c.event).order_by(case_events.c.version))]
    assert events == ["file", "accept"]
    assert not await company.rows(select(inbox.c.key, inbox.c.error).where(inbox.c.state != "done"))
    notes = select(func.count()).select_from(sessions).where(sessions.c.dialogue == "letter")
    assert [row[0] for row in await company.rows(notes)] == [FIFTY], "a press on Note was lost"
    await _until_the_limit(company)
    ((left,),) = await company.rows(select(func.count()).select_from(outbox).where(outbox.c.state == "failed"))
    assert left == 0


async def _answer(company: LiveCompany, callback: str) -> Json:
    async with asyncio.timeout(500):
        while not (pressed := await company.telegram.callback(callback))["answered"]:  # noqa: ASYNC110 -- nobody can signal
            await asyncio.sleep(0.2)
    return pressed


async def _until_the_limit(company: LiveCompany) -> None:
    """The group fills up to its limit and no further; Telegram never had to say so, and the rest is still owed."""
    at: list[float] = []
    seen = monotonic()
    while not at or monotonic() - seen < PAUSE:
        calls = await company.telegram.calls()
        assert not [call for call in calls if not call["ok"] and "Too Many" in call["description"]]
        sent = [
            call["at"] for call in calls if call["params"].get("chat_id") == company.group and call["method"] in NEW
        ]
        if len(sent) > len(at):
            at, seen = sent, monotonic()
        await asyncio.sleep(0.2)
    assert all(sum(begun <= one < begun + 60 for one in at) <= GROUP_LIMIT for begun in at)
    ((owed,),) = await company.rows(select(func.count()).select_from(outbox).where(outbox.c.state == "owed"))
    assert owed > 0
