"""The clocks of a case, read off its history: what runs, what is shown, what is kept, what a new calendar changes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.calendar import Ranges
from domain.cases.case import Case, CaseEvent, CaseKind, CasePart, CaseState, HistoryEntry, Need
from domain.cases.deadlines import Stage
from domain.people import Role
from domain.timer_kinds import TimerKind
from handlers.cases.life import deadlines, transitions
from handlers.turns.batch import Batch
from storage import models
from storage.cases import cases
from storage.queue import timers
from tests.harness.in_process import COMPANY, LI, NOON, Desk

CASE = Case(1, "C-261123-0001", CaseState.ASSIGNED, "delivery", "normal", "transport", NOON, NOON)
FILED = HistoryEntry(1, CaseEvent.FILE, CaseState.ASSIGNED, 5, NOON, {})


@pytest.mark.parametrize(
    ("kind", "running", "days"),
    [
        (CaseKind.COMPLAINT, {Stage.ACCEPT, Stage.ANSWER}, 7),
        (CaseKind.SUGGESTION, {Stage.ACCEPT, Stage.ANSWER}, 7),
        (CaseKind.INQUIRY, {Stage.ANSWER}, 1),
        (CaseKind.PRAISE, set(), None),
    ],
)
async def test_each_kind_has_its_clocks(desk: Desk, kind: CaseKind, running: set[Stage], days: int | None) -> None:
    """A complaint is to be accepted and answered, an inquiry to be answered within a day, praise owes nothing."""

    async def work(batch: Batch) -> None:
        case = replace(CASE, kind=kind)
        clocks = deadlines.list_deadlines(batch, case, [FILED])
        assert {one.stage for one in clocks if one.ended_at is None} == running
        due = deadlines.find_answer_due(batch, case, [FILED])
        assert due == (None if days is None else NOON + timedelta(days=days))
        assert deadlines.set_answer_due(batch, case, [FILED]).due_at == (due or case.due_at)
        shown = deadlines.list_card_deadlines(batch, case, [FILED])
        assert [key for key, _ in shown] == (["card-clock-accept"] if Stage.ACCEPT in running else [])

    await desk.batch(work)


async def test_a_stopped_clock_is_kept_and_the_next_is_set(desk: Desk) -> None:
    """Accepted: what the accepting clock said is written down; one timer stands for whatever is next."""
    await desk.bind("transport")
    await desk.file_complaint(department="transport")
    li = await desk.grant(LI, Role.STAFF, "transport")
    ((id_,),) = await desk.rows(select(models.cases.c.id))

    async def accept(batch: Batch) -> None:
        case = await cases.get(batch.tx, id_)
        assert case is not None
        await transitions.move(batch, case, CaseEvent.ACCEPT, frozenset({CasePart.STAFF}), {}, actor=li)

    async def withdraw(batch: Batch) -> None:
        case = await cases.get(batch.tx, id_)
        assert case is not None
        await transitions.move(batch, case, CaseEvent.WITHDRAW, frozenset({CasePart.CUSTOMER}), {}, actor=case.customer)

    kinds = select(models.timers.c.kind).where(models.timers.c.subject.like(f"{id_}%"))
    assert [row.kind for row in await desk.rows(kinds)] == [TimerKind.CASE_NUDGE]
    await desk.batch(accept)
    kept = await desk.rows(
        select(models.deadlines.c.stage, models.deadlines.c.ended_at).order_by(models.deadlines.c.stage)
    )
    assert [tuple(one) for one in kept] == [("accept", NOON), ("answer", None)]
    assert [row.kind for row in await desk.rows(kinds)] == [TimerKind.CASE_NUDGE]
    await desk.batch(withdraw)
    assert await desk.rows(kinds) == []


async def test_another_calendar_moves_what_runs(desk: Desk) -> None:
    """The company works shorter hours from today: the open case's timer goes by them; its history and what is kept do not change."""
    await desk.bind("transport")
    await desk.file_complaint(department="transport")
    before = await desk.rows(select(models.timers.c.due_at).where(models.timers.c.kind == TimerKind.CASE_NUDGE))
    hour: Ranges = ((900, 960),)
    calendar = replace(COMPANY.calendar, week=(hour, hour, hour, hour, hour, (), ()))
    company = replace(COMPANY, calendar=calendar)
    assert deadlines.fingerprint_deadline_rules(company) != deadlines.fingerprint_deadline_rules(COMPANY)
    desk.services = desk.worker._services = replace(desk.services, company=company)

    async def work(batch: Batch) -> None:
        await deadlines.on_rearm_timer(batch, 0)

    await desk.batch(work)
    after = await desk.rows(select(models.timers.c.due_at).where(models.timers.c.kind == TimerKind.CASE_NUDGE))
    assert after[0].due_at > before[0].due_at
    kept = await desk.rows(select(models.deadlines).where(models.deadlines.c.stage == "accept"))
    assert [one.due_at > one.promised_at for one in kept] == [True]


async def test_many_cases_a_few_at_a_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a company with a hundred thousand open cases starts at once, the rest follows by a timer of its own."""
    monkeypatch.setattr(deadlines, "REARM_BATCH_SIZE", 1)
    await desk.file_complaint(waybill="SF1")
    await desk.file_complaint(waybill="SF2")
    first, second = (row.id for row in await desk.rows(select(models.cases.c.id).order_by(models.cases.c.id)))

    async def work(batch: Batch) -> None:
        await deadlines.on_rearm_timer(batch, 0)

    await desk.batch(work)
    async with desk.database.read() as tx:
        assert await timers.is_set(tx, TimerKind.CASE_REARM, str(first))
        assert not await timers.is_set(tx, TimerKind.CASE_REARM, str(second))


async def test_an_extension_counts_from_the_history(desk: Desk) -> None:
    """What was promised last, in time, is what is owed."""
    later = NOON + timedelta(days=9)
    told = HistoryEntry(2, CaseEvent.EXTEND, CaseState.IN_WORK, 5, NOON, {Need.DUE.value: later.isoformat()})

    async def work(batch: Batch) -> None:
        assert deadlines.find_answer_due(batch, CASE, [FILED, told]) == later

    await desk.batch(work)
