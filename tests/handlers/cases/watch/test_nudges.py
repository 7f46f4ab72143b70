"""Everyone who must hear of a deadline hears of it, once, late rather than never."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.cases.case import CaseEvent, CasePart, CaseState
from domain.people import Role
from handlers.cases.life import cards, transitions
from handlers.turns.batch import Batch
from storage import models
from storage.cases import cases
from tests.harness.in_process import GROUP, LI, NOON, ZHAO, Desk, list_texts

MANAGEMENT = -1003


async def _filed(desk: Desk) -> int:
    await desk.bind("transport")
    await desk.bind("management", MANAGEMENT)
    await desk.grant(ZHAO, Role.HEAD, "transport")
    await desk.file_complaint(department="transport")
    ((case,),) = await desk.rows(select(models.cases.c.id))
    return int(case)


async def _caused(desk: Desk, case_id: int, event: CaseEvent, part: CasePart, actor: int | None, **facts: str) -> None:
    async def work(batch: Batch) -> None:
        from domain.cases.case import Case, Need

        case = await cases.get(batch.tx, case_id)
        assert case is not None
        said = {Need(name): text for name, text in facts.items()}
        moved = await transitions.move(batch, case, event, frozenset({part}), said, actor=actor)
        assert isinstance(moved, Case), moved

    await desk.batch(work)
    await desk.fetch_owed()


async def _rung(desk: Desk, **later: float) -> list[str]:
    """What the department and management read so much later, cards aside."""
    calls = [call for call in await desk.ring(**later) if call.name != cards.card_name(1)]
    return list_texts([call for call in calls if call.chat_id in {GROUP, MANAGEMENT}])


async def test_half_the_time_then_most_then_all(desk: Desk) -> None:
    """Noon, two working hours to accept, lunch until one: told at 14:00, 14:36 and 15:00, each once; the head by name."""
    await _filed(desk)
    assert await _rung(desk, minutes=119) == []
    (half,) = await _rung(desk, minutes=1)
    assert desk.plain("stage-accept") in half
    assert await _rung(desk, minutes=35) == []
    (most,) = await _rung(desk, minutes=1)
    assert "Zhao" in most
    everybody = await _rung(desk, minutes=24)
    assert len(everybody) == 2
    assert all("overdue" in text for text in everybody)
    assert await _rung(desk, hours=1) == []


async def test_late_rather_than_never_and_never_twice(desk: Desk) -> None:
    """After a stop over the whole deadline every nudge is given, in one message; the same moment again gives none."""
    await _filed(desk)
    told = await _rung(desk, hours=4)
    assert len(told) == 2  # one in the department for all three, and one in management
    assert await _rung(desk, seconds=1) == []
    assert len(await desk.rows(select(models.nudges))) == 3


async def test_nothing_is_said_of_what_is_done(desk: Desk) -> None:
    """Accepted in time: the accepting clock is silent and what it had said is kept."""
    case = await _filed(desk)
    li = await desk.grant(LI, Role.STAFF, "transport")
    await _caused(desk, case, CaseEvent.ACCEPT, CasePart.STAFF, li)
    assert await _rung(desk, hours=30) == []
    (kept,) = await desk.rows(select(models.deadlines).where(models.deadlines.c.ended_at.is_not(None)))
    assert (kept.stage, kept.ended_at) == ("accept", NOON)
    assert kept.due_at == NOON + timedelta(hours=3)


async def test_the_legal_clock_never_pauses(desk: Desk) -> None:
    """Half of seven days goes by while the customer is asked: the owner is told all the same."""
    case = await _filed(desk)
    li = await desk.grant(LI, Role.STAFF, "transport")
    await _caused(desk, case, CaseEvent.ACCEPT, CasePart.STAFF, li)
    await _caused(desk, case, CaseEvent.ASK_CUSTOMER, CasePart.OWNER, li, question="Which box?")
    (told,) = [text for text in await _rung(desk, days=3, hours=12) if desk.plain("stage-answer") in text]
    assert "Li" in told


@pytest.mark.parametrize(("hours", "state"), [(71, CaseState.WAITING), (72, CaseState.IN_WORK)])
async def test_a_question_is_waited_for_only_so_long(desk: Desk, hours: int, state: CaseState) -> None:
    """After 72 hours the work goes on without the customer's answer."""
    case = await _filed(desk)
    li = await desk.grant(LI, Role.STAFF, "transport")
    await _caused(desk, case, CaseEvent.ACCEPT, CasePart.STAFF, li)
    await _caused(desk, case, CaseEvent.ASK_CUSTOMER, CasePart.OWNER, li, question="Which box?")
    await desk.ring(hours=hours)
    assert [row.state for row in await desk.rows(select(models.cases.c.state))] == [state.value]


@pytest.mark.parametrize(("days", "state"), [(6.9, CaseState.ANSWERED), (7, CaseState.CLOSED)])
async def test_silence_closes_but_does_not_satisfy(desk: Desk, days: float, state: CaseState) -> None:
    """Seven days after the answer the clock closes; the history says silent, and nobody rated the handling."""
    case = await _filed(desk)
    li = await desk.grant(LI, Role.STAFF, "transport")
    await _caused(desk, case, CaseEvent.ACCEPT, CasePart.STAFF, li)
    facts = {"root_cause": "Rain", "action": "Paid", "valid": "yes"}
    await _caused(desk, case, CaseEvent.RESOLVE, CasePart.OWNER, li, **facts)
    await _caused(desk, case, CaseEvent.APPROVE, CasePart.REVIEWER, None)
    await desk.ring(days=days)
    (stored,) = await desk.rows(select(models.cases.c.state, models.cases.c.handling))
    assert (stored.state, stored.handling) == (state.value, None)
    events = [row.event for row in await desk.rows(select(models.case_events.c.event))]
    assert (CaseEvent.SILENT.value in events) == (state is CaseState.CLOSED)
