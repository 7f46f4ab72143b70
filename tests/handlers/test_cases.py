"""A case as people meet it: its card, its buttons, who sees it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from conversations.buttons import ACTS, Act
from domain.case import LIFECYCLE, OPEN, Case, Event, State
from domain.people import Role
from handlers import cases as case_work
from handlers.batch import Batch
from storage import cases, groups, models
from storage.outbox import STAFF
from tests.inside import BOSS, COMPANY, GROUP, LI, NOON, WANG, ZHAO, Desk, said
from texts.length import MESSAGE, visible

CASE = Case(
    id=42,
    number="C-261123-0042",
    state=State.ASSIGNED,
    category="delivery",
    severity="normal",
    department="transport",
    created_at=NOON,
    due_at=NOON + timedelta(days=7),
    description="It came late",
    contact="+8613800138000",
)


def acts(case: Case) -> set[str]:
    """What the card's first row lets people do."""
    row = case_work.buttons(case)[0]
    return {ACTS[key.button.event] for key in row if isinstance(key.button, Act)} - {"history", "full_text"}


@pytest.mark.parametrize("state", State)
def test_the_card_offers_only_what_the_table_allows(state: State) -> None:
    """Every act on the card is an event of the table from this state; a case that is over has nothing to act on."""
    allowed = {row.event for row in LIFECYCLE if state in row.origin}
    offered = acts(replace(CASE, state=state))
    assert {Event(name) for name in offered} <= allowed
    assert bool(offered) == (state in OPEN and state not in {State.WAITING, State.ANSWERED})


def test_buttons_know_the_card_they_stand_on() -> None:
    """The version goes with each button; History and Full text are always there."""
    for row in case_work.buttons(replace(CASE, version=9)):
        assert all(isinstance(key.button, Act) and (key.button.case, key.button.version) == (42, 9) for key in row)
    for state in State:
        looks = case_work.buttons(replace(CASE, state=state))[-1]
        assert [key.button.event for key in looks if isinstance(key.button, Act)] == ["hi", "ft"]


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_card_with_everything_at_its_longest_fits(desk: Desk, language: str) -> None:
    """Hostile words of any length: one message, escaped, and no contact in the clear."""
    nasty = "<b>&😀\n" * 2000
    full = replace(
        CASE,
        description=nasty,
        wanted=nasty,
        note=nasty,
        contact="+8613800138000",
        severity="high",
        round=3,
        waybill="x" * 64,
        courier="y" * 64,
        owner=1,
        owner_name="<Li>",
        resolution={"action": nasty},
    )
    html = case_work.card(desk.services, full, language, files=10)
    assert visible(html) <= MESSAGE
    assert "<b>&😀" not in html
    assert "&lt;Li&gt;" in html
    assert "138001" not in html
    assert "8000" in html
    short = case_work.card(desk.services, replace(CASE, description="", contact=""), language)
    assert len(short.splitlines()) < len(html.splitlines())


@pytest.mark.parametrize(
    ("contact", "masked"),
    [
        ("+8613800138000", "***8000"),
        ("138 0013 8000", "***8000"),
        ("Wang Xiaoming", "W***"),
        ("微信 wang1", "微***"),
        ("王", "王*"),
    ],
)
def test_contacts_are_masked(contact: str, masked: str) -> None:
    """A number keeps its end, anything else its beginning."""
    assert case_work.mask_contact(contact) == masked


def test_names_of_what_is_gone() -> None:
    """A category or department that left the company file is shown by its key."""
    gone = replace(CASE, category="old", department="gone")
    assert case_work.category_name(COMPANY, gone, "en") == "old"
    assert case_work.department_name(COMPANY, gone, "en") == "gone"
    assert case_work.department_name(COMPANY, CASE, "zh") == "运输部"
    assert case_work.moment(NOON, COMPANY) == "2026-11-23 12:00"


async def test_who_sees_a_case(desk: Desk) -> None:
    """The department's group; without it quality, without that management, without that the managers in private (law 3)."""
    await desk.grant(BOSS, Role.MANAGER)

    async def chats() -> list[int]:
        found: list[int] = []

        async def work(batch: Batch) -> None:
            found.extend(await case_work.card_chats(batch, CASE))

        await desk.batch(work)
        return found

    assert await chats() == [BOSS.id]
    for department, chat in (("management", -1003), ("quality", -1002), ("transport", GROUP)):
        await desk.bind(department, chat)
        assert await chats() == [chat]
    async with desk.database.begin() as tx:
        await groups.lose(tx, GROUP, "kicked", NOON)
    assert await chats() == [-1002]


async def test_reviewers_see_it_while_a_review_is_due(desk: Desk) -> None:
    """Without a head who may review, quality has the card as well; with one, only once the head has approved."""
    await desk.bind("transport")
    await desk.bind("quality", -1002)
    owner = await desk.grant(LI, Role.HEAD, "transport")

    async def chats(case: Case) -> set[int]:
        found: set[int] = set()

        async def work(batch: Batch) -> None:
            found.update(await case_work.card_chats(batch, case))

        await desk.batch(work)
        return found

    review = replace(CASE, state=State.IN_REVIEW, owner=owner)
    assert await chats(CASE) == {GROUP}
    assert await chats(review) == {GROUP, -1002}
    await desk.grant(ZHAO, Role.HEAD, "transport")
    assert await chats(review) == {GROUP}
    assert await chats(replace(review, approvals=1)) == {GROUP, -1002}


async def test_numbers_count_by_day_and_never_twice(desk: Desk) -> None:
    """The first of each of the company's days is 0001; the day is Shanghai's."""
    await desk.filed()
    await desk.filed(waybill="SF2")
    desk.clock.advance(hours=12, minutes=1)
    await desk.filed(waybill="SF3")
    rows = await desk.rows(select(models.cases.c.number).order_by(models.cases.c.id))
    assert [row.number for row in rows] == ["C-261123-0001", "C-261123-0002", "C-261124-0001"]


async def test_a_card_is_one_message_a_chat(desk: Desk) -> None:
    """Drawn again under the same name, in the chat's language, after the people's own chats."""
    await desk.bind("transport", language="zh")
    calls = await desk.filed()
    ((case,),) = await desk.rows(select(models.cases.c.id))
    cards = [call for call in calls if call.chat_id == GROUP]
    assert [(call.name, call.fresh, call.priority) for call in cards] == [(case_work.card_name(case), False, STAFF)]
    assert "答复" in said(cards)[0] or "截止" in said(cards)[0]

    async def work(batch: Batch) -> None:
        found = await cases.get(batch.tx, case)
        assert found is not None
        assert await case_work.refresh(batch, found) == [GROUP]

    again = (await desk.batch(work)).calls
    assert [(call.name, said([call])) for call in again] == [(cards[0].name, said(cards))]


async def test_a_chats_language(desk: Desk) -> None:
    """The group's, the person's, else the company's."""
    await desk.bind("transport", language="en")
    await desk.say(WANG, "/help")

    async def work(batch: Batch) -> None:
        assert await case_work.language_of(batch, GROUP) == "en"
        assert await case_work.language_of(batch, WANG.id) == "en"
        assert await case_work.language_of(batch, 404) == "zh"

    await desk.batch(work)
