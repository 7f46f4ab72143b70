"""How a complaint went, read off its history."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.calendar import Calendar
from domain.cases.case import CaseEvent, CaseState, HistoryEntry
from domain.cases.handling import CaseHandling, Outcome, compute_handling

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Ten o'clock in Shanghai; without a calendar's week all time is working time or none, see CALENDAR."""

CALENDAR = Calendar(ZoneInfo("Asia/Shanghai"))
_E, _S = CaseEvent, CaseState
ANSWERED = [
    (0, _E.FILE, _S.ASSIGNED),
    (1, _E.ACCEPT, _S.IN_WORK),
    (2, _E.ASK_CUSTOMER, _S.WAITING),
    (26, _E.CUSTOMER_ANSWERS, _S.IN_WORK),
    (27, _E.RESOLVE, _S.IN_REVIEW),
    (28, _E.APPROVE, _S.ANSWERED),
]


def _history(*lines: tuple[int, CaseEvent, CaseState]) -> list[HistoryEntry]:
    return [
        HistoryEntry(n, event, state, 7, MONDAY + timedelta(hours=hours), {})
        for n, (hours, event, state) in enumerate(lines, 1)
    ]


def test_new() -> None:
    """Nothing but a complaint."""
    assert compute_handling(_history(ANSWERED[0]), CALENDAR) == CaseHandling()


def test_the_answer_comes_without_the_time_of_waiting() -> None:
    """28 hours from receipt, 24 of them in which the customer was asked."""
    handling = compute_handling(_history(*ANSWERED), CALENDAR)
    assert (handling.outcome, handling.resolved, handling.finished) == (Outcome.ANSWERED, 4 * 3600, 4 * 3600)
    assert handling.answered_at == MONDAY + timedelta(hours=28)
    assert handling.replied == CALENDAR.between(MONDAY, MONDAY + timedelta(hours=1)).total_seconds()


@pytest.mark.parametrize(
    ("more", "outcome", "rounds", "solved_in", "reopened"),
    [
        ([(_E.SATISFIED, _S.CLOSED)], Outcome.SATISFIED, 1, 1, False),
        ([(_E.SILENT, _S.CLOSED)], Outcome.SILENT, 1, 0, False),
        ([(_E.NOT_SATISFIED, _S.ASSIGNED)], Outcome.DISSATISFIED, 2, 0, False),
        ([(_E.SATISFIED, _S.CLOSED), (_E.REOPEN, _S.ASSIGNED)], Outcome.DISSATISFIED, 2, 0, True),
        (
            [
                (_E.NOT_SATISFIED, _S.ASSIGNED),
                (_E.ACCEPT, _S.IN_WORK),
                (_E.RESOLVE, _S.IN_REVIEW),
                (_E.APPROVE, _S.ANSWERED),
                (_E.SATISFIED, _S.CLOSED),
            ],
            Outcome.SATISFIED,
            2,
            2,
            False,
        ),
        ([(_E.WITHDRAW, _S.WITHDRAWN)], Outcome.WITHDRAWN, 1, 0, False),
        ([(_E.MERGE, _S.MERGED)], Outcome.MERGED, 1, 0, False),
    ],
)
def test_the_last_word(
    more: list[tuple[CaseEvent, CaseState]], outcome: Outcome, rounds: int, solved_in: int, *, reopened: bool
) -> None:
    """Silence is not satisfaction; what is taken up again is solved in no round."""
    later = [(30 + n, event, state) for n, (event, state) in enumerate(more)]
    handling = compute_handling(_history(*ANSWERED, *later), CALENDAR)
    assert (handling.outcome, handling.rounds, handling.solved_in, handling.reopened) == (
        outcome,
        rounds,
        solved_in,
        reopened,
    )
    assert handling.resolved == 4 * 3600


def test_the_first_answer_stays_and_the_last_moves() -> None:
    """A second round's answer is the time of finishing, not of the first resolution."""
    again = [
        (29, _E.NOT_SATISFIED, _S.ASSIGNED),
        (30, _E.ACCEPT, _S.IN_WORK),
        (31, _E.RESOLVE, _S.IN_REVIEW),
        (32, _E.APPROVE, _S.ANSWERED),
    ]
    handling = compute_handling(_history(*ANSWERED, *again), CALENDAR)
    assert (handling.resolved, handling.finished) == (4 * 3600, 8 * 3600)
