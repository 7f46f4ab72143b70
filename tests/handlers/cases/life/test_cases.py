"""A case as people meet it: filed, moved, seen by whom it concerns."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from domain.cases.case import Case, CaseEvent, CasePart, CaseRefusal, CaseState, Need
from domain.people import Role
from handlers.cases.life import cards
from handlers.cases.life import cases as case_work
from handlers.turns.batch import Batch
from storage import models
from storage.cases import cases
from storage.people import groups
from storage.queue.outbox import STAFF
from tests.harness.in_process import BOSS, GROUP, LI, NOON, WANG, ZHAO, Desk, list_texts

CASE = Case(
    id=42,
    number="C-261123-0042",
    state=CaseState.ASSIGNED,
    category="delivery",
    severity="normal",
    department="transport",
    created_at=NOON,
    due_at=NOON + timedelta(days=7),
    description="It came late",
    contact="+8613800138000",
)


async def test_who_sees_a_case(desk: Desk) -> None:
    """The department's group; without it quality, without that management, without that the managers in private (law 3)."""
    await desk.grant(BOSS, Role.MANAGER)

    async def chats() -> list[int]:
        found: list[int] = []

        async def work(batch: Batch) -> None:
            found.extend(await case_work.find_card_chats(batch, CASE))

        await desk.batch(work)
        return found

    assert await chats() == [BOSS.id]
    for department, chat in (("management", -1003), ("quality", -1002), ("transport", GROUP)):
        await desk.bind(department, chat)
        assert await chats() == [chat]
    async with desk.database.begin() as tx:
        await groups.mark_lost(tx, GROUP, "kicked", NOON)
    assert await chats() == [-1002]


async def test_reviewers_see_it_while_a_review_is_due(desk: Desk) -> None:
    """Without a head who may review, quality has the card as well; with one, only once the head has approved."""
    await desk.bind("transport")
    await desk.bind("quality", -1002)
    owner = await desk.grant(LI, Role.HEAD, "transport")

    async def chats(case: Case) -> set[int]:
        found: set[int] = set()

        async def work(batch: Batch) -> None:
            found.update(await case_work.find_card_chats(batch, case))

        await desk.batch(work)
        return found

    review = replace(CASE, state=CaseState.IN_REVIEW, owner=owner)
    assert await chats(CASE) == {GROUP}
    assert await chats(review) == {GROUP, -1002}
    await desk.grant(ZHAO, Role.HEAD, "transport")
    assert await chats(review) == {GROUP}
    assert await chats(replace(review, approvals=1)) == {GROUP, -1002}


async def test_numbers_count_by_day_and_never_twice(desk: Desk) -> None:
    """The first of each of the company's days is 0001; the day is Shanghai's."""
    await desk.file_complaint()
    await desk.file_complaint(waybill="SF2")
    desk.clock.advance(hours=12, minutes=1)
    await desk.file_complaint(waybill="SF3")
    rows = await desk.rows(select(models.cases.c.number).order_by(models.cases.c.id))
    assert [row.number for row in rows] == ["C-261123-0001", "C-261123-0002", "C-261124-0001"]


async def test_a_card_is_one_message_a_chat(desk: Desk) -> None:
    """Drawn again under the same name, in the chat's language, after the people's own chats."""
    await desk.bind("transport", language="zh")
    calls = await desk.file_complaint()
    ((case,),) = await desk.rows(select(models.cases.c.id))
    shown = [call for call in calls if call.chat_id == GROUP]
    assert [(call.name, call.fresh, call.priority) for call in shown] == [(cards.card_name(case), False, STAFF)]
    assert "答复" in list_texts(shown)[0]

    async def work(batch: Batch) -> None:
        found = await cases.get(batch.tx, case)
        assert found is not None
        assert await case_work.refresh_cards(batch, found) == [GROUP]

    again = (await desk.batch(work)).calls
    assert [(call.name, list_texts([call])) for call in again] == [(shown[0].name, list_texts(shown))]


async def test_a_chats_language(desk: Desk) -> None:
    """The group's, the person's, else the company's."""
    await desk.bind("transport", language="en")
    await desk.say(WANG, "/help")

    async def work(batch: Batch) -> None:
        assert await case_work.find_language(batch, GROUP) == "en"
        assert await case_work.find_language(batch, WANG.id) == "en"
        assert await case_work.find_language(batch, 404) == "zh"

    await desk.batch(work)


async def _case(desk: Desk, department: str = "transport") -> Case:
    """A filed complaint with its department's group."""
    await desk.bind(department)
    await desk.file_complaint(department=department)
    (case,) = [row.id for row in await desk.rows(select(models.cases.c.id))]
    async with desk.database.read() as tx:
        found = await cases.get(tx, case)
    assert found is not None
    return found


async def test_what_the_table_refuses_changes_nothing(desk: Desk) -> None:
    """A refused event leaves no trace: no history, no card, no message."""
    case = await _case(desk)
    before = await desk.rows(select(models.case_events))

    async def work(batch: Batch) -> None:
        for event in (CaseEvent.APPROVE, CaseEvent.SATISFIED, CaseEvent.ANSWER):
            outcome = await case_work.move(batch, case, event, frozenset(CasePart), {}, actor=1)
            assert outcome == CaseRefusal("case-not-now")

    assert (await desk.batch(work)).calls == []
    assert await desk.rows(select(models.case_events)) == before


async def test_an_extension_moves_the_promised_date(desk: Desk) -> None:
    """What is promised is what the history says: the latest date that was told in time."""
    case = await _case(desk)
    later = case.due_at + timedelta(days=3)
    moved: list[Case] = []

    async def work(batch: Batch) -> None:
        accepted = await case_work.move(
            batch, case, CaseEvent.ACCEPT, frozenset({CasePart.STAFF}), {}, actor=case.customer
        )
        assert isinstance(accepted, Case)
        facts = {Need.REASON: "Customs", Need.DUE: later.isoformat()}
        extended = await case_work.move(
            batch, accepted, CaseEvent.EXTEND, frozenset({CasePart.OWNER}), facts, actor=case.customer
        )
        assert isinstance(extended, Case)
        moved.append(extended)

    await desk.batch(work)
    assert moved[0].due_at == later


async def test_told_under_the_card(desk: Desk) -> None:
    """A sentence about a case replies to its card, and has a name that leads a reply back to the case."""
    await desk.bind("quality", -1002)
    case = await _case(desk)

    async def work(batch: Batch) -> None:
        await case_work.tell(batch, case, "review-due")

    (call,) = (await desk.batch(work)).calls
    assert (call.chat_id, call.reply_to) == (GROUP, cards.card_name(case.id))
    assert call.name.startswith(f"c:{case.id}:")
    assert case.number in list_texts([call])[0]


async def test_what_cannot_be_is_not_asked_about(desk: Desk) -> None:
    """An event is refused before its questions where no answer would help; what answers can still decide is not."""
    case = await _case(desk)
    found: list[str] = []

    async def work(batch: Batch) -> None:
        for event, parts in (
            (CaseEvent.PLAN, {CasePart.OWNER}),
            (CaseEvent.TRANSFER, {CasePart.STAFF}),
            (CaseEvent.TRANSFER, {CasePart.HEAD}),
            (CaseEvent.ADOPT, {CasePart.OWNER}),
        ):
            refused = await case_work.find_refusal(batch, case, event, frozenset(parts))
            found.append(refused.why if refused else "")

    await desk.batch(work)
    assert found == ["case-not-now", "case-not-yours", "", "case-not-now"]
