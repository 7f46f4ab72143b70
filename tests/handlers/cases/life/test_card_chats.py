"""The chats in which a case has its card, and the card drawn in them."""

from dataclasses import replace

from sqlalchemy import select

from domain.cases.case import Case, CaseState
from domain.people import Role
from handlers.cases.life import card_chats, cards
from handlers.turns.batch import Batch
from storage import models
from storage.cases import cases
from storage.people import groups
from storage.queue.outbox import Priority
from tests.harness.in_process import BOSS, GROUP, LI, NOON, WANG, ZHAO, Desk, list_texts
from tests.harness.sample_case import CASE


async def test_who_sees_a_case(desk: Desk) -> None:
    """The department's group; without it quality, without that management, without that the managers in private (law 3)."""
    await desk.grant(BOSS, Role.MANAGER)

    async def list_chats() -> list[int]:
        chats: list[int] = []

        async def work(batch: Batch) -> None:
            chats.extend(await card_chats.find_card_chats(batch, CASE))

        await desk.batch(work)
        return chats

    assert await list_chats() == [BOSS.id]
    for department, chat in (("management", -1003), ("quality", -1002), ("transport", GROUP)):
        await desk.bind(department, chat)
        assert await list_chats() == [chat]
    async with desk.database.begin() as tx:
        await groups.mark_lost(tx, GROUP, "kicked", NOON)
    assert await list_chats() == [-1002]


async def test_reviewers_see_it_while_a_review_is_due(desk: Desk) -> None:
    """Without a head who may review, quality has the card as well; with one, only once the head has approved."""
    await desk.bind("transport")
    await desk.bind("quality", -1002)
    owner = await desk.grant(LI, Role.HEAD, "transport")

    async def list_chats(case: Case) -> set[int]:
        chats: set[int] = set()

        async def work(batch: Batch) -> None:
            chats.update(await card_chats.find_card_chats(batch, case))

        await desk.batch(work)
        return chats

    review = replace(CASE, state=CaseState.IN_REVIEW, owner=owner)
    assert await list_chats(CASE) == {GROUP}
    assert await list_chats(review) == {GROUP, -1002}
    await desk.grant(ZHAO, Role.HEAD, "transport")
    assert await list_chats(review) == {GROUP}
    assert await list_chats(replace(review, approvals=1)) == {GROUP, -1002}


async def test_a_card_is_one_message_a_chat(desk: Desk) -> None:
    """Drawn again under the same name, in the chat's language, after the people's own chats."""
    await desk.bind("transport", language="zh")
    calls = await desk.file_complaint()
    ((case,),) = await desk.rows(select(models.cases.c.id))
    shown = [call for call in calls if call.chat_id == GROUP]
    assert [(call.name, call.fresh, call.priority) for call in shown] == [
        (cards.card_name(case), False, Priority.STAFF)
    ]
    assert "答复" in list_texts(shown)[0]

    async def work(batch: Batch) -> None:
        filed = await cases.get(batch.tx, case)
        assert filed is not None
        assert await card_chats.refresh_cards(batch, filed) == [GROUP]

    again = (await desk.batch(work)).calls
    assert [(call.name, list_texts([call])) for call in again] == [(shown[0].name, list_texts(shown))]


async def test_a_chats_language(desk: Desk) -> None:
    """The group's, the person's, else the company's."""
    await desk.bind("transport", language="en")
    await desk.say(WANG, "/help")

    async def work(batch: Batch) -> None:
        assert await card_chats.find_language(batch, GROUP) == "en"
        assert await card_chats.find_language(batch, WANG.id) == "en"
        assert await card_chats.find_language(batch, 404) == "zh"

    await desk.batch(work)
