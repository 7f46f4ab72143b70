"""A case is filed and moved by its table; what the table refuses changes nothing."""

from datetime import timedelta

from sqlalchemy import select

from domain.cases.case import Case, CaseEvent, CasePart, CaseRefusal, Need
from handlers.cases.life import transitions
from handlers.turns.batch import Batch
from storage import models
from storage.cases import cases
from tests.harness.in_process import Desk


async def test_numbers_count_by_day_and_never_twice(desk: Desk) -> None:
    """The first of each of the company's days is 0001; the day is Shanghai's."""
    await desk.file_complaint()
    await desk.file_complaint(waybill="SF2")
    desk.clock.advance(hours=12, minutes=1)
    await desk.file_complaint(waybill="SF3")
    rows = await desk.rows(select(models.cases.c.number).order_by(models.cases.c.id))
    assert [row.number for row in rows] == ["C-261123-0001", "C-261123-0002", "C-261124-0001"]


async def _case(desk: Desk, department: str = "transport") -> Case:
    """A filed complaint with its department's group."""
    await desk.bind(department)
    await desk.file_complaint(department=department)
    (case,) = [row.id for row in await desk.rows(select(models.cases.c.id))]
    async with desk.database.read() as tx:
        stored = await cases.get(tx, case)
    assert stored is not None
    return stored


async def test_what_the_table_refuses_changes_nothing(desk: Desk) -> None:
    """A refused event leaves no trace: no history, no card, no message."""
    case = await _case(desk)
    before = await desk.rows(select(models.case_events))

    async def work(batch: Batch) -> None:
        for event in (CaseEvent.APPROVE, CaseEvent.SATISFIED, CaseEvent.ANSWER):
            outcome = await transitions.move(batch, case, event, frozenset(CasePart), {}, actor=1)
            assert outcome == CaseRefusal("case-not-now")

    assert (await desk.batch(work)).calls == []
    assert await desk.rows(select(models.case_events)) == before


async def test_an_extension_moves_the_promised_date(desk: Desk) -> None:
    """What is promised is what the history says: the latest date that was told in time."""
    case = await _case(desk)
    later = case.due_at + timedelta(days=3)
    moved: list[Case] = []

    async def work(batch: Batch) -> None:
        accepted = await transitions.move(
            batch, case, CaseEvent.ACCEPT, frozenset({CasePart.STAFF}), {}, actor=case.customer
        )
        assert isinstance(accepted, Case)
        facts = {Need.REASON: "Customs", Need.DUE: later.isoformat()}
        extended = await transitions.move(
            batch, accepted, CaseEvent.EXTEND, frozenset({CasePart.OWNER}), facts, actor=case.customer
        )
        assert isinstance(extended, Case)
        moved.append(extended)

    await desk.batch(work)
    assert moved[0].due_at == later


async def test_what_cannot_be_is_not_asked_about(desk: Desk) -> None:
    """An event is refused before its questions where no answer would help; what answers can still decide is not."""
    case = await _case(desk)
    refusals: list[str] = []

    async def work(batch: Batch) -> None:
        for event, parts in (
            (CaseEvent.PLAN, {CasePart.OWNER}),
            (CaseEvent.TRANSFER, {CasePart.STAFF}),
            (CaseEvent.TRANSFER, {CasePart.HEAD}),
            (CaseEvent.ADOPT, {CasePart.OWNER}),
        ):
            refused = await transitions.find_refusal(batch, case, event, frozenset(parts))
            refusals.append(refused.why if refused else "")

    await desk.batch(work)
    assert refusals == ["case-not-now", "case-not-yours", "", "case-not-now"]
