"""Deadlines (SLA clocks) of a case: computed from its history, the severity's promises and the calendar, and nothing else.

1. The same history and calendar give the same deadlines; the current time plays no part. A deadline that has ended
   keeps its end.
2. Acceptance, plan, rectification and review run on the working clock; the answer and the regulator's deadline on the
   legal one.
3. While a question to the customer is open, the clocks of plan and rectification are paused; the legal ones never are.
   A deadline that had passed before the question stays where it was.
4. A pause still under way counts at its maximum length (`HandlingRules.waiting_hours`), so that nobody is hurried
   meanwhile.

Source: product.md C6, T1, T2.
"""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.calendar import Calendar, TimeSpan
from domain.cases.case import CaseEvent, CaseState, HistoryEntry, Need
from domain.company import HandlingRules, Severity


class Stage(enum.StrEnum):
    ACCEPT = "accept"
    PLAN = "plan"
    RECTIFY = "rectify"
    REVIEW = "review"
    ANSWER = "answer"
    REGULATOR = "regulator"


LEGAL = frozenset({Stage.ANSWER, Stage.REGULATOR})
"""Stages whose clock is never paused."""

_PAUSED_STAGES = frozenset({Stage.PLAN, Stage.RECTIFY})
_NEW = frozenset({CaseState.ASSIGNED})
_WORK = frozenset({CaseState.IN_WORK, CaseState.PLANNED, CaseState.WAITING})
_REVIEW = frozenset({CaseState.IN_REVIEW})
_ADOPTED = frozenset({CaseState.ADOPTED})
_ANSWERED = frozenset({CaseState.ANSWERED})
_OVER = frozenset({CaseState.CLOSED, CaseState.WITHDRAWN, CaseState.MERGED, CaseState.DECLINED})


@dataclass(frozen=True, slots=True)
class StageStates:
    """The states a stage lasts in, and those that end it. Every state is in one of the two, on purpose: a test says so."""

    lasts: frozenset[CaseState]
    ends: frozenset[CaseState]


STATES_OF_STAGE: Mapping[Stage, StageStates] = {
    Stage.ACCEPT: StageStates(_NEW, _WORK | _REVIEW | _ADOPTED | _ANSWERED | _OVER),
    Stage.PLAN: StageStates(
        _WORK - {CaseState.PLANNED}, _NEW | {CaseState.PLANNED} | _REVIEW | _ADOPTED | _ANSWERED | _OVER
    ),
    Stage.RECTIFY: StageStates(_WORK | _ADOPTED, _NEW | _REVIEW | _ANSWERED | _OVER),
    Stage.REVIEW: StageStates(_REVIEW, _NEW | _WORK | _ADOPTED | _ANSWERED | _OVER),
    Stage.ANSWER: StageStates(_NEW | _WORK | _REVIEW, _ADOPTED | _ANSWERED | _OVER),
    Stage.REGULATOR: StageStates(_NEW | _WORK | _REVIEW, _ADOPTED | _ANSWERED | _OVER),
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """One promise: `since` is the version of the event that started it, `working` says which clock; `pauses` are in order."""

    stage: Stage
    since: int
    started_at: datetime
    due_at: datetime
    ended_at: datetime | None = None
    working: bool = True
    pauses: tuple[TimeSpan, ...] = ()
    promised_at: datetime | None = None
    """When it was first due, before any pause or extension; None until the whole history has been read."""

    def is_missed_at(self, now: datetime) -> bool:
        """Whether it was met late, or is still open past its due time."""
        return (self.ended_at or now) > self.due_at

    def at(self, percent: int, calendar: Calendar) -> datetime:
        """When this share (percent) of the time has passed on the deadline's own clock; one without working time uses elapsed time."""
        if percent >= 100:  # noqa: PLR2004 -- the whole of it
            return self.due_at
        paused = sum((calendar.between(*pause) for pause in self.pauses), timedelta())
        whole = calendar.between(self.started_at, self.due_at) - paused
        if not self.working or whole <= timedelta():
            return self.started_at + (self.due_at - self.started_at) * percent / 100
        moment = calendar.add(self.started_at, whole * percent / 100)
        for begin, end in self.pauses:
            if begin < moment:
                moment = calendar.add(moment, calendar.between(begin, end))
        return min(moment, self.due_at)


def compute_deadlines(
    history: Sequence[HistoryEntry], severity: Severity, handling: HandlingRules, calendar: Calendar
) -> tuple[Deadline, ...]:
    """Every deadline that this history started, in that order; those without `ended_at` are still running."""
    deadlines: list[Deadline] = []
    waiting: datetime | None = None
    for line in history:
        if waiting is not None:
            deadlines = [_pause(one, waiting, line.at, calendar) for one in deadlines]
            waiting = None
        begun = [replace(one, promised_at=one.due_at) for one in _begin_deadlines(line, severity, handling, calendar)]
        stages = {one.stage for one in begun}
        deadlines = [_apply_event(one, line, replaced=one.stage in stages) for one in deadlines] + begun
        if line.state is CaseState.WAITING:
            waiting = line.at
    if waiting is not None:
        latest = waiting + timedelta(hours=handling.waiting_hours)
        deadlines = [_pause(one, waiting, latest, calendar) for one in deadlines]
    return tuple(deadlines)


def _begin_deadlines(
    line: HistoryEntry, severity: Severity, handling: HandlingRules, calendar: Calendar
) -> list[Deadline]:
    """The deadlines that this event starts."""

    def working(stage: Stage, hours: float) -> Deadline:
        return Deadline(stage, line.version, line.at, calendar.add(line.at, timedelta(hours=hours)))

    def answer() -> Deadline:
        due = calendar.add_days(line.at, severity.answer_within_days)
        return Deadline(Stage.ANSWER, line.version, line.at, due, working=False)

    match line.event:
        case CaseEvent.FILE | CaseEvent.NOT_SATISFIED | CaseEvent.REOPEN | CaseEvent.ASK_MORE if (
            line.state is CaseState.ASSIGNED
        ):
            return [working(Stage.ACCEPT, severity.accept_within_hours), answer()]
        case CaseEvent.TRANSFER:
            return [working(Stage.ACCEPT, severity.accept_within_hours)]
        case CaseEvent.ACCEPT if severity.plan_required:
            return [working(Stage.PLAN, severity.plan_within_hours)]
        case CaseEvent.PLAN | CaseEvent.ADOPT if (due := _parse_due(line)) is not None:
            return [Deadline(Stage.RECTIFY, line.version, line.at, max(due, line.at))]
        case CaseEvent.RESOLVE:
            return [working(Stage.REVIEW, severity.review_within_hours)]
        case CaseEvent.APPROVE if line.state is CaseState.IN_REVIEW:
            return [working(Stage.REVIEW, severity.review_within_hours)]
        case CaseEvent.REGULATOR_COMPLAINT:
            return [_begin_regulator_deadline(line, handling, calendar)]
        case _:
            return []


def _begin_regulator_deadline(line: HistoryEntry, handling: HandlingRules, calendar: Calendar) -> Deadline:
    """From the day the regulator's letter was received to the end of its last day, in company time."""
    try:
        received = date.fromisoformat(line.facts.get(Need.RECEIVED, ""))
    except ValueError:
        received = line.at.astimezone(calendar.zone).date()
    started = min(calendar.moment(received), line.at)
    due = calendar.moment(received + timedelta(days=handling.regulator_within_days + 1))
    return Deadline(Stage.REGULATOR, line.version, started, due, working=False)


def _apply_event(deadline: Deadline, line: HistoryEntry, *, replaced: bool) -> Deadline:
    """The effect of an event on a deadline that started before it."""
    if deadline.ended_at is not None:
        return deadline
    if replaced or line.state in STATES_OF_STAGE[deadline.stage].ends:
        return replace(deadline, ended_at=line.at)
    if line.event is CaseEvent.EXTEND and deadline.stage is Stage.ANSWER and (due := _parse_due(line)) is not None:
        return replace(deadline, due_at=max(due, deadline.due_at))
    return deadline


def _pause(deadline: Deadline, begin: datetime, end: datetime, calendar: Calendar) -> Deadline:
    """A running deadline not yet missed when the customer is asked moves back by the working time of the pause."""
    if deadline.ended_at is not None or deadline.stage not in _PAUSED_STAGES or begin >= deadline.due_at:
        return deadline
    due = calendar.add(deadline.due_at, calendar.between(begin, end))
    return replace(deadline, due_at=due, pauses=(*deadline.pauses, (begin, end)))


def _parse_due(line: HistoryEntry) -> datetime | None:
    """The due time named by the event; None if it names none that can be read."""
    try:
        due = datetime.fromisoformat(line.facts.get(Need.DUE, ""))
    except ValueError:
        return None
    return due if due.tzinfo is not None else None
