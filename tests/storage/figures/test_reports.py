"""What a report lists: cases by how much they press, measures by how they were kept, each department its own."""

import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.cases.case import CaseEvent, CaseState
from domain.cases.deadlines import Stage
from domain.cases.handling import Outcome
from domain.figures.period import parse_period
from storage.engine.database import Database, Tx, insert, upsert
from storage.figures import reports
from storage.models import case_events, courses, deadlines
from tests.harness.rows import NOW, file_case

DAY = timedelta(days=1)
PERIOD = parse_period("2026-11", NOW + 30 * DAY, ZoneInfo("Asia/Shanghai"))
LATER = NOW + 20 * DAY


async def course(
    tx: Tx,
    number: str,
    *,
    late: bool | None = None,
    at: datetime = NOW,
    case: dict[str, Any] | None = None,
    **more: Any,  # noqa: ANN401 -- any column
) -> int:
    """A complaint and its course; `late` says whether its answer was, None that it has no deadline."""
    new = await file_case(tx, number, **({"state": CaseState.CLOSED, "created_at": at} | (case or {})))
    fields = {
        "case": new.id,
        "category": "delivery",
        "department": "north",
        "at": at,
        "opened_at": at,
        "outcome": Outcome.SATISFIED.value,
        "finished": 3600,
        "rounds": 1,
        "solved_in": 1,
        "reopened": False,
        "repeated": False,
    }
    await tx.execute(upsert(tx, courses), courses_row(fields | more))
    if late is not None:
        await deadline(tx, new.id, Stage.ANSWER, NOW + DAY, NOW + 2 * DAY if late else NOW)
    return new.id


def courses_row(fields: dict[str, Any]) -> dict[str, Any]:
    """Every column has a value, as the upsert wants it."""
    empty: dict[str, Any] = dict.fromkeys(("courier", "route", "station", "service", "priority", "customer_type"), "")
    nothing = dict.fromkeys(("replied", "resolved", "answered_at", "handling"))
    return empty | nothing | {"valid": False} | fields


async def deadline(tx: Tx, case: int, stage: Stage, due_at: datetime, ended_at: datetime | None, **more: Any) -> None:  # noqa: ANN401
    fields = {
        "case": case,
        "stage": stage.value,
        "since": 2,
        "started_at": NOW,
        "due_at": due_at,
        "ended_at": ended_at,
        "promised_at": due_at,
        "counts": True,
        "department": "north",
    }
    await tx.execute(insert(tx, deadlines), fields | more)


async def planned(
    tx: Tx,
    number: str,
    due_at: datetime,
    ended_at: datetime | None,
    *,
    event: CaseEvent = CaseEvent.PLAN,
    **more: Any,  # noqa: ANN401
) -> None:
    """A case whose owner has planned a measure."""
    new = await file_case(tx, number)
    row = {
        "case": new.id,
        "version": 2,
        "event": event.value,
        "state": CaseState.PLANNED.value,
        "actor": None,
        "at": NOW,
    }
    measure = more.pop("measure", f"Measure of {number}")
    facts = {"measure": measure, "goal": "None late", "due": due_at.isoformat()}
    await tx.execute(insert(tx, case_events), row | {"facts": json.dumps(facts)})
    await deadline(tx, new.id, Stage.RECTIFY, due_at, ended_at, **more)


async def worst(tx: Tx, departments: tuple[str, ...] | None = None, limit: int = 20) -> tuple[list[str], int]:
    cases, count = await reports.list_pressing_cases(tx, PERIOD, departments, ["serious"], LATER, limit)
    return [one.number for one in cases], count


async def test_the_most_pressing_first(database: Database) -> None:
    """Open and late, the regulator's, serious, by rounds, late, taken up again; a case without any of that is not listed."""
    async with database.begin() as tx:
        await course(tx, "C-6", reopened=True)
        await course(tx, "C-5", late=True)
        await course(tx, "C-4", rounds=3)
        await course(tx, "C-3", case={"severity": "serious"})
        await course(tx, "C-2", case={"appealed": True})
        number = await course(tx, "C-1", finished=None, outcome="none", case={"state": CaseState.IN_WORK})
        await deadline(tx, number, Stage.ANSWER, NOW + DAY, None)
        await course(tx, "C-9", late=False)
        assert await worst(tx) == (["C-1", "C-2", "C-3", "C-4", "C-5", "C-6"], 6)
        assert await worst(tx, limit=2) == (["C-1", "C-2"], 6)


async def test_which_are_not_meant(database: Database) -> None:
    """Those of another period, merged and withdrawn ones, and other departments'."""
    async with database.begin() as tx:
        await course(tx, "C-1", reopened=True, at=PERIOD.start)
        await course(tx, "C-2", reopened=True, at=PERIOD.end)
        await course(tx, "C-3", reopened=True, at=PERIOD.start - timedelta(seconds=1))
        await course(tx, "C-4", reopened=True, outcome=Outcome.MERGED.value)
        await course(tx, "C-5", reopened=True, outcome=Outcome.WITHDRAWN.value)
        await course(tx, "C-6", reopened=True, department="south")
        assert await worst(tx) == (["C-1", "C-6"], 2)
        assert await worst(tx, ("south",)) == (["C-6"], 1)
        assert await worst(tx, ()) == ([], 0)


async def test_what_is_told_of_a_case(database: Database) -> None:
    """How it went; nothing of what anybody wrote."""
    async with database.begin() as tx:
        case = {"severity": "serious", "appealed": True, "state": CaseState.IN_WORK, "description": "secret"}
        more: dict[str, Any] = {"finished": None, "outcome": Outcome.DISSATISFIED.value, "rounds": 2, "reopened": True}
        await course(tx, "C-1", late=True, case=case, **more)
        ((pressing,), _) = await reports.list_pressing_cases(tx, PERIOD, None, [], LATER, 5)
    assert pressing == reports.PressingCase(
        *("C-1", "delivery", "north", "serious", CaseState.IN_WORK, NOW, None, 2),
        late=True,
        reopened=True,
        appealed=True,
        dissatisfied=True,
    )
    assert isinstance(pressing.state, CaseState)
    assert "secret" not in repr(pressing)


async def test_measures_by_how_they_were_kept(database: Database) -> None:
    """Overdue, late, running, kept; each counted; those that are listed are as many as wanted."""
    async with database.begin() as tx:
        await planned(tx, "C-1", NOW + 2 * DAY, NOW + DAY)
        await planned(tx, "C-2", NOW + 2 * DAY, NOW + 3 * DAY)
        await planned(tx, "C-3", NOW + 3 * DAY, None)
        await planned(tx, "C-4", LATER + 40 * DAY, None)
        measures, counts = await reports.list_measures(tx, PERIOD, None, LATER, 10)
        assert [one.number for one in measures] == ["C-3", "C-2", "C-4", "C-1"]
        assert counts == {"kept": 1, "late": 1, "overdue": 1, "running": 1}
        assert measures[0] == reports.CorrectiveMeasure(
            "C-3", "north", "Measure of C-3", "None late", NOW + 3 * DAY, None
        )
        few, same = await reports.list_measures(tx, PERIOD, None, LATER, 1)
        assert ([one.number for one in few], same) == (["C-3"], counts)


async def test_which_measures_are_meant(database: Database) -> None:
    """Due in the period or planned in it; neither another department's, nor one from before, nor what is no plan."""
    async with database.begin() as tx:
        await planned(tx, "C-1", PERIOD.start, None, started_at=PERIOD.start - 9 * DAY)
        await planned(tx, "C-2", PERIOD.start - DAY, None, started_at=PERIOD.start - 9 * DAY)
        await planned(tx, "C-3", PERIOD.end + DAY, None, started_at=PERIOD.end)
        await planned(tx, "C-4", NOW + DAY, None, department="south")
        await planned(tx, "S-5", NOW + DAY, None, event=CaseEvent.ADOPT)
        measures, _ = await reports.list_measures(tx, PERIOD, None, LATER, 10)
        assert {one.number for one in measures} == {"C-1", "C-4"}
        measures, counts = await reports.list_measures(tx, PERIOD, ("south",), LATER, 10)
        assert ([one.number for one in measures], counts) == (["C-4"], {"overdue": 1})
