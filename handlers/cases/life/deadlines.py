"""Deadline tracking of a case: computed from its history by `domain.cases.deadlines`, never read from a column.

Only the values of stopped clocks are stored, and one timer per case, due at the next nudge (see
handlers/cases/watch/nudges.py).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.cases.case import OPEN, Case, CaseEvent, CaseKind, CaseState, HistoryEntry, Need
from domain.cases.deadlines import LEGAL, Deadline, Stage, compute_deadlines
from domain.company import Company
from domain.timer_kinds import TimerKind
from handlers.turns import totals
from handlers.turns.batch import Batch
from storage.cases import cases, deadlines

REARM_BATCH_SIZE = 200


def list_deadlines(batch: Batch, case: Case, history: Sequence[HistoryEntry]) -> tuple[Deadline, ...]:
    """Every deadline this case has had, including those still running."""
    company = batch.services.company
    severity = company.severities[case.severity]
    if case.kind is CaseKind.INQUIRY:
        severity = replace(severity, answer_within_days=company.handling.inquiry_within_hours / 24)
    clocks = compute_deadlines(history, severity, company.handling, company.calendar)
    return tuple(one for one in clocks if one.stage in _STAGES[case.kind])


_STAGES = {
    CaseKind.COMPLAINT: frozenset(Stage),
    CaseKind.SUGGESTION: frozenset({Stage.ACCEPT, Stage.ANSWER, Stage.RECTIFY}),
    CaseKind.INQUIRY: frozenset({Stage.ANSWER}),
    CaseKind.PRAISE: frozenset(),
}


def find_answer_due(batch: Batch, case: Case, history: Sequence[HistoryEntry]) -> datetime | None:
    """When the currently owed answer is due; None if none is owed."""
    owed = [one.due_at for one in list_deadlines(batch, case, history) if one.stage in LEGAL and one.ended_at is None]
    return max(owed, default=None)


def set_answer_due(batch: Batch, case: Case, history: Sequence[HistoryEntry]) -> Case:
    """The case with the answer's due date from its history; when no answer is owed any more, the last date stays."""
    at = find_answer_due(batch, case, history)
    return case if at is None else replace(case, due_at=at)


def list_card_deadlines(batch: Batch, case: Case, history: Sequence[HistoryEntry]) -> tuple[tuple[str, datetime], ...]:
    """The running deadlines of the stages, as a card shows them beside the answer's."""
    running = [one for one in list_deadlines(batch, case, history) if one.ended_at is None and one.stage not in LEGAL]
    return tuple((f"card-clock-{one.stage.value}", one.due_at) for one in running)


async def update_deadlines(batch: Batch, case: Case, history: Sequence[HistoryEntry]) -> None:
    """After an event: record what the clocks it stopped said, and set the timers that the state needs."""
    clocks = await record_deadlines(batch, case, history)
    await set_nudge_timer(batch, case, clocks)
    handling = batch.services.company.handling
    last = history[-1]
    silent_at = batch.services.company.calendar.add_days(last.at, handling.silent_after_days)
    for kind, state, due in (
        (TimerKind.CASE_WAITING, CaseState.WAITING, last.at + timedelta(hours=handling.waiting_hours)),
        (TimerKind.CASE_SILENT, CaseState.ANSWERED, silent_at),
    ):
        if case.state is state:
            batch.set_timer(kind, f"{case.id}:{case.version}", due)
        else:
            batch.cancel_timer(kind, f"{case.id}:{case.version - 1}")


async def record_deadlines(
    batch: Batch, case: Case, history: Sequence[HistoryEntry], *, anew: bool = False
) -> tuple[Deadline, ...]:
    """Record the deadlines after this history, and those that have ended in the totals.

    `anew`: record those that had stopped before its last event, too, and leave the totals to those who count them anew.
    """
    clocks = list_deadlines(batch, case, history)
    current = [one for one in clocks if one.ended_at is None or one.ended_at == history[-1].at]
    fell_away = history[-1].event in {CaseEvent.WITHDRAW, CaseEvent.MERGE}
    if not anew:
        await _record_current(batch, case, current, fell_away=fell_away)
        return clocks
    for clock in clocks:
        led = find_owing_case(case, history, clock)
        await deadlines.upsert_deadlines(batch.tx, led, [clock], fell_away=fell_away and clock in current)
    return clocks


async def _record_current(batch: Batch, case: Case, current: Sequence[Deadline], *, fell_away: bool) -> None:
    counts = case.kind is CaseKind.COMPLAINT and any(clock.ended_at is not None for clock in current)
    known = await deadlines.list_counted(batch.tx, case.id) if counts else {}
    await deadlines.upsert_deadlines(batch.tx, case, current, fell_away=fell_away)
    ended = await deadlines.list_counted(batch.tx, case.id) if counts else {}
    totals.record_changes(batch, [(None, fact) for key, fact in ended.items() if key not in known])


def find_owing_case(case: Case, history: Sequence[HistoryEntry], clock: Deadline) -> Case:
    """The case with the department whose promise this clock was: a transfer stops the clocks of the previous one."""
    return case if clock.ended_at is None else replace(case, department=_find_owing_department(history, clock))


def _find_owing_department(history: Sequence[HistoryEntry], ended: Deadline) -> str:
    """The department that had the case when this clock stopped: a transfer stops the clocks of the previous one."""
    stopped = next(line.version for line in history if line.version > ended.since and line.at == ended.ended_at)
    return next(
        line.facts[Need.DEPARTMENT]
        for line in reversed(history)
        if line.version < stopped and line.event in {CaseEvent.FILE, CaseEvent.TRANSFER}
    )


async def on_rearm_timer(batch: Batch, after: int) -> None:
    """The company's calendar or promises changed: move the running clocks of open cases to the new ones, a few cases at a time."""
    open_cases = await cases.list_open_after(batch.tx, after, REARM_BATCH_SIZE)
    histories = await cases.fetch_histories(batch.tx, [case.id for case in open_cases])
    for case in open_cases:
        clocks = list_deadlines(batch, case, histories[case.id])
        await deadlines.upsert_deadlines(batch.tx, case, [one for one in clocks if one.ended_at is None])
        await set_nudge_timer(batch, case, clocks)
    if len(open_cases) == REARM_BATCH_SIZE:
        batch.set_timer(TimerKind.CASE_REARM, str(open_cases[-1].id), batch.now)


def fingerprint_deadline_rules(company: Company) -> str:
    """A fingerprint of everything that affects a deadline."""
    said = repr((company.calendar, sorted(company.severities.items()), company.handling))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def list_nudges(batch: Batch, clocks: Sequence[Deadline]) -> list[tuple[Deadline, int, datetime]]:
    """(deadline, level, moment) for every nudge of the deadlines still running; the level is an index into the company's `nudges`."""
    company = batch.services.company
    return [
        (one, level, one.at(percent, company.calendar))
        for one in clocks
        if one.ended_at is None
        for level, percent in enumerate(company.handling.nudges)
    ]


async def set_nudge_timer(batch: Batch, case: Case, clocks: Sequence[Deadline]) -> None:
    """Set one timer, for the earliest nudge not yet sent."""
    known = await deadlines.fetch_nudge_keys(batch.tx, case.id)
    percents = batch.services.company.handling.nudges
    left = [
        moment
        for one, level, moment in list_nudges(batch, clocks)
        if (one.stage.value, one.since, percents[level]) not in known
    ]
    if left and case.state in OPEN:
        batch.set_timer(TimerKind.CASE_NUDGE, str(case.id), min(left))
    else:
        batch.cancel_timer(TimerKind.CASE_NUDGE, str(case.id))
