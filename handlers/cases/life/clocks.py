"""The clocks of a case: what they say is read off its history by `domain.cases.deadlines`, never from a column.

What is stored is what a stopped clock had said, and one timer a case, due at the next nudge (see handlers/cases/watch/nudges.py).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.cases.case import OPEN, Case, Event, Happened, Kind, Need, State
from domain.cases.deadlines import Deadline, Stage, deadlines
from domain.company import Company
from handlers.turns.batch import Batch
from storage.cases import cases, clocks

CLOCK, WAITING, SILENT, REARM = "clock", "waiting", "silent", "rearm"
"""Kinds of timers."""

REARMED_AT_ONCE = 200


def of(batch: Batch, case: Case, history: Sequence[Happened]) -> tuple[Deadline, ...]:
    """Every deadline this case has had, those still running included."""
    company = batch.services.company
    severity = company.severities[case.severity]
    if case.kind is Kind.INQUIRY:
        severity = replace(severity, answer_within_days=company.handling.inquiry_within_hours / 24)
    found = deadlines(history, severity, company.handling, company.calendar)
    return tuple(one for one in found if one.stage in _STAGES[case.kind])


_STAGES = {
    Kind.COMPLAINT: frozenset(Stage),
    Kind.SUGGESTION: frozenset({Stage.ACCEPT, Stage.ANSWER, Stage.RECTIFY}),
    Kind.INQUIRY: frozenset({Stage.ANSWER}),
    Kind.PRAISE: frozenset(),
}
_LEGAL = frozenset({Stage.ANSWER, Stage.REGULATOR})


def answer_due(batch: Batch, case: Case, history: Sequence[Happened]) -> datetime | None:
    """When the answer is owed that is owed now; None where none is."""
    owed = [one.due_at for one in of(batch, case, history) if one.stage in _LEGAL and one.ended_at is None]
    return max(owed, default=None)


def due(batch: Batch, case: Case, history: Sequence[Happened]) -> Case:
    """The case with the answer's date as its history has it; where no answer is owed any more the last one stays."""
    at = answer_due(batch, case, history)
    return case if at is None else replace(case, due_at=at)


def shown(batch: Batch, case: Case, history: Sequence[Happened]) -> tuple[tuple[str, datetime], ...]:
    """The running deadlines of the stages, as a card shows them beside the answer's."""
    running = [one for one in of(batch, case, history) if one.ended_at is None and one.stage not in _LEGAL]
    return tuple((f"card-clock-{one.stage.value}", one.due_at) for one in running)


async def follow(batch: Batch, case: Case, history: Sequence[Happened]) -> None:
    """After an event: keep what the clocks it stopped had said, and set the timers that the state asks for."""
    found = await keep(batch, case, history)
    await arm(batch, case, found)
    handling = batch.services.company.handling
    last = history[-1]
    for kind, state, after in (
        (WAITING, State.WAITING, timedelta(hours=handling.waiting_hours)),
        (SILENT, State.ANSWERED, timedelta(days=handling.silent_after_days)),
    ):
        if case.state is state:
            batch.set_timer(kind, f"{case.id}:{case.version}", last.at + after)
        else:
            batch.cancel_timer(kind, f"{case.id}:{case.version - 1}")


async def keep(batch: Batch, case: Case, history: Sequence[Happened], *, anew: bool = False) -> tuple[Deadline, ...]:
    """Write down what the clocks say after this history; `anew`: also of those that had stopped before its last event."""
    found = of(batch, case, history)
    current = [one for one in found if one.ended_at is None or one.ended_at == history[-1].at]
    fell_away = history[-1].event in {Event.WITHDRAW, Event.MERGE}
    if not anew:
        await clocks.keep(batch.tx, case, current, fell_away=fell_away)
        return found
    for one in found:
        led = case if one.ended_at is None else replace(case, department=_owed_by(history, one))
        await clocks.keep(batch.tx, led, [one], fell_away=fell_away and one in current)
    return found


def _owed_by(history: Sequence[Happened], ended: Deadline) -> str:
    """The department that had the case when this clock stopped: a transfer stops the clocks of the one before."""
    stopped = next(line.version for line in history if line.version > ended.since and line.at == ended.ended_at)
    return next(
        line.facts[Need.DEPARTMENT]
        for line in reversed(history)
        if line.version < stopped and line.event in {Event.FILE, Event.TRANSFER}
    )


async def rearm(batch: Batch, after: int) -> None:
    """The company's calendar or promises changed: the running clocks of open cases go by the new ones, a few at a time."""
    found = await cases.running(batch.tx, after, REARMED_AT_ONCE)
    histories = await cases.histories(batch.tx, [case.id for case in found])
    for case in found:
        found_ = of(batch, case, histories[case.id])
        await clocks.keep(batch.tx, case, [one for one in found_ if one.ended_at is None])
        await arm(batch, case, found_)
    if len(found) == REARMED_AT_ONCE:
        batch.set_timer(REARM, str(found[-1].id), batch.now)


def promises(company: Company) -> str:
    """A fingerprint of everything that moves a deadline."""
    said = repr((company.calendar, sorted(company.severities.items()), company.handling))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def nudges(batch: Batch, found: Sequence[Deadline]) -> list[tuple[Deadline, int, datetime]]:
    """Deadline, level, moment for everything that still runs."""
    company = batch.services.company
    return [
        (one, level, one.at(percent, company.calendar))
        for one in found
        if one.ended_at is None
        for level, percent in enumerate(company.handling.nudges)
    ]


async def arm(batch: Batch, case: Case, found: Sequence[Deadline]) -> None:
    """One timer: the earliest nudge nobody was told of yet."""
    known = await clocks.known(batch.tx, case.id)
    percents = batch.services.company.handling.nudges
    left = [
        moment
        for one, level, moment in nudges(batch, found)
        if (one.stage.value, one.since, percents[level]) not in known
    ]
    if left and case.state in OPEN:
        batch.set_timer(CLOCK, str(case.id), min(left))
    else:
        batch.cancel_timer(CLOCK, str(case.id))
