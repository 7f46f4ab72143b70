"""Handling times and outcome of a complaint, as the figures need them: derived from its history, stored with every event.

1. The same history gives the same handling; the current time plays no part. What only time decides (have seven days
   passed?) is decided when counting.
2. The reply is the first thing the customer heard from a person: a question, an explanation, a letter, an answer. That
   somebody accepted the case, planned, or passed it on is none. Measured in working time from receipt, or from the
   latest "not solved" or reopening, where the clock starts again.
3. Resolution time runs from receipt to the answer that reached the customer, minus the time spent waiting for the
   customer.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from domain.calendar import Calendar
from domain.cases.case import NEW_ROUND, CaseEvent, CaseState, HistoryEntry


class Outcome(enum.StrEnum):
    """The customer's last word; NONE while there is no answer to comment on."""

    NONE = "none"
    ANSWERED = "answered"
    SATISFIED = "satisfied"
    DISSATISFIED = "dissatisfied"
    SILENT = "silent"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class CaseHandling:
    """Seconds from receipt: `resolved` to the first answer and `finished` to the last, both minus waiting; `replied` in
    working time, and from where its clock last started (rule 2).

    `answered_at` is when the last answer was given, `solved_in` the round in which the customer was satisfied for good
    (0: none).
    """

    outcome: Outcome = Outcome.NONE
    replied: int | None = None
    resolved: int | None = None
    finished: int | None = None
    answered_at: datetime | None = None
    rounds: int = 1
    solved_in: int = 0
    reopened: bool = False


_REPLY_EVENTS = frozenset({CaseEvent.ASK_CUSTOMER, CaseEvent.EXTEND})
_OUTCOMES = {
    CaseEvent.SATISFIED: Outcome.SATISFIED,
    CaseEvent.NOT_SATISFIED: Outcome.DISSATISFIED,
    CaseEvent.REOPEN: Outcome.DISSATISFIED,
    CaseEvent.SILENT: Outcome.SILENT,
    CaseEvent.WITHDRAW: Outcome.WITHDRAWN,
    CaseEvent.MERGE: Outcome.MERGED,
}


def compute_handling(
    history: Sequence[HistoryEntry], calendar: Calendar, letters: Sequence[datetime] = ()
) -> CaseHandling:
    """The handling of a case with this history, which begins with its filing; `letters` is when staff wrote to the customer."""
    filed = history[0].at
    outcome, resolved, finished = Outcome.NONE, None, None
    answered_at: datetime | None = None
    waited, asked_at = timedelta(), None
    rounds, solved_in, reopened, state = 1, 0, False, history[0].state
    for line in history[1:]:
        if asked_at is not None:
            waited, asked_at = waited + (line.at - asked_at), None
        if line.state is CaseState.WAITING:
            asked_at = line.at
        if line.state is CaseState.ANSWERED and state is not CaseState.ANSWERED:
            answered_at, outcome = line.at, Outcome.ANSWERED
            finished = _to_seconds(line.at - filed - waited)
            resolved = finished if resolved is None else resolved
        outcome = _OUTCOMES.get(line.event, outcome)
        solved_in = rounds if line.event is CaseEvent.SATISFIED else 0 if line.event in NEW_ROUND else solved_in
        rounds += line.event in NEW_ROUND
        reopened = reopened or line.event is CaseEvent.REOPEN
        state = line.state
    replied = _measure_reply(history, calendar, letters)
    return CaseHandling(outcome, replied, resolved, finished, answered_at, rounds, solved_in, reopened)


def _measure_reply(history: Sequence[HistoryEntry], calendar: Calendar, letters: Sequence[datetime]) -> int | None:
    """Working seconds until the customer heard from a person, since the clock last started; None while nobody has."""
    started = max((line.at for line in history[1:] if line.event in NEW_ROUND), default=history[0].at)
    heard = [line.at for before, line in pairwise(history) if _is_reply(before.state, line)]
    replies = [at for at in (*heard, *letters) if at >= started]
    return _to_seconds(calendar.between(started, min(replies))) if replies else None


def _is_reply(before: CaseState, line: HistoryEntry) -> bool:
    if line.actor is None:
        return False
    return line.event in _REPLY_EVENTS or (line.state is CaseState.ANSWERED and before is not CaseState.ANSWERED)


def _to_seconds(span: timedelta) -> int:
    return int(span.total_seconds())
