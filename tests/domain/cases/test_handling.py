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


def test_a_reply_is_what_the_customer_hears_from_a_person() -> None:
    """Accepting and passing on are none; the question after two hours is, and a letter before it."""
    replied = compute_handling(_history(*ANSWERED), CALENDAR).replied
    assert replied == CALENDAR.between(MONDAY, MONDAY + timedelta(hours=2)).total_seconds()
    passed_on = _history(
        ANSWERED[0], (1, _E.ACCEPT, _S.IN_WORK), (2, _E.TRANSFER, _S.ASSIGNED), (3, _E.PLAN, _S.PLANNED)
    )
    assert compute_handling(passed_on, CALENDAR).replied is None
    assert compute_handling(passed_on, CALENDAR, [MONDAY + timedelta(hours=1)]).replied == 3600


@pytest.mark.parametrize("again", [_E.NOT_SATISFIED, _E.REOPEN])
def test_the_clock_of_the_reply_starts_again(again: CaseEvent) -> None:
    """With a new round it runs from there, and what was said before does not stop it."""
    later = [*ANSWERED, (48, again, _S.ASSIGNED), (49, _E.ACCEPT, _S.IN_WORK)]
    assert compute_handling(_history(*later), CALENDAR).replied is None
    asked = _history(*later, (51, _E.ASK_CUSTOMER, _S.WAITING))  # one o'clock, after an hour's lunch
    assert compute_handling(asked, CALENDAR, [MONDAY]).replied == 2 * 3600


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
