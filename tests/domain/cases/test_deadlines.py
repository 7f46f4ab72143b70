"""Deadlines off the history: what begins, moves, pauses and ends each; and that nothing later changes what has ended."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendar
from domain.cases.case import LIFECYCLE, NEW_ROUND, CaseEvent, CaseState, HistoryEntry
from domain.cases.deadlines import LEGAL, STATES_OF_STAGE, Deadline, Stage, compute_deadlines
from domain.company import HandlingRules, Severity

ZONE = ZoneInfo("Asia/Shanghai")
OFFICE = Calendar(ZONE)
SEVERITY = Severity(plan_required=True)
HANDLING = HandlingRules()
_S, _E = CaseState, CaseEvent


def at(text: str) -> datetime:
    """`24 10:00` is in November 2026 (the 24th is a Tuesday), on the wall in Shanghai."""
    day, _, clock = text.partition(" ")
    return datetime.fromisoformat(f"2026-11-{day} {clock}").replace(tzinfo=ZONE)


def history(
    *lines: tuple[CaseEvent, CaseState, str] | tuple[CaseEvent, CaseState, str, dict[str, str]],
) -> list[HistoryEntry]:
    return [
        HistoryEntry(n, line[0], line[1], 7, at(line[2]), line[3] if len(line) > 3 else {})
        for n, line in enumerate(lines, 1)
    ]


def find(deadlines: tuple[Deadline, ...], stage: Stage, since: int) -> Deadline:
    (deadline,) = [one for one in deadlines if (one.stage, one.since) == (stage, since)]
    return deadline


def due(text: str) -> dict[str, str]:
    return {"due": at(text).isoformat()}


FILED = (_E.FILE, _S.ASSIGNED, "24 10:00")
ACCEPTED = (_E.ACCEPT, _S.IN_WORK, "24 11:00")
PLANNED = (_E.PLAN, _S.PLANNED, "24 14:00", due("26 18:00"))
ASKED = (_E.ASK_CUSTOMER, _S.WAITING, "25 10:00")
RESOLVED = (_E.RESOLVE, _S.IN_REVIEW, "25 17:00")


def told(
    *lines: tuple[CaseEvent, CaseState, str] | tuple[CaseEvent, CaseState, str, dict[str, str]],
) -> tuple[Deadline, ...]:
    """What is due; what was promised first has a test of its own."""
    return tuple(
        replace(one, promised_at=None) for one in compute_deadlines(history(*lines), SEVERITY, HANDLING, OFFICE)
    )


def test_what_was_promised_first_stays() -> None:
    """A wait and an extension move what is due, and not what was promised."""
    asked = (CaseEvent.ASK_CUSTOMER, CaseState.WAITING, "24 15:00", {"question": "Which?"})
    heard = (CaseEvent.CUSTOMER_ANSWERS, CaseState.PLANNED, "25 10:00")
    before, after = (
        compute_deadlines(history(*lines), SEVERITY, HANDLING, OFFICE)
        for lines in ((FILED, ACCEPTED, PLANNED), (FILED, ACCEPTED, PLANNED, asked, heard))
    )
    first, moved = find(before, Stage.RECTIFY, 3), find(after, Stage.RECTIFY, 3)
    assert first.due_at == first.promised_at == moved.promised_at
    assert moved.due_at > first.due_at


def test_filed() -> None:
    """Two working hours to accept, seven calendar days to answer."""
    accept, answer = told(FILED)
    assert accept == Deadline(Stage.ACCEPT, 1, at("24 10:00"), at("24 12:00"))
    assert answer == Deadline(Stage.ANSWER, 1, at("24 10:00"), at("24 10:00") + timedelta(days=7), working=False)


def test_accepted_and_planned() -> None:
    """Acceptance ends its own clock and begins the plan's; the plan says itself when it is due."""
    deadlines = told(FILED, ACCEPTED, PLANNED)
    assert find(deadlines, Stage.ACCEPT, 1).ended_at == at("24 11:00")
    assert find(deadlines, Stage.PLAN, 2) == Deadline(Stage.PLAN, 2, at("24 11:00"), at("27 11:00"), at("24 14:00"))
    assert find(deadlines, Stage.RECTIFY, 3) == Deadline(Stage.RECTIFY, 3, at("24 14:00"), at("26 18:00"))
    assert find(deadlines, Stage.ANSWER, 1).ended_at is None


def test_no_plan_where_none_is_required() -> None:
    """Then acceptance begins nothing."""
    deadlines = compute_deadlines(history(FILED, ACCEPTED), Severity(), HANDLING, OFFICE)
    assert [one.stage for one in deadlines] == [Stage.ACCEPT, Stage.ANSWER]


@pytest.mark.parametrize(
    ("event", "state"), [(_E.WITHDRAW, _S.WITHDRAWN), (_E.MERGE, _S.MERGED)], ids=["withdraw", "merge"]
)
def test_everything_ends(event: CaseEvent, state: CaseState) -> None:
    """A case that is gone owes nothing, whatever ran."""
    for lines in ((FILED,), (FILED, ACCEPTED), (FILED, ACCEPTED, PLANNED), (FILED, ACCEPTED, PLANNED, RESOLVED)):
        deadlines = told(*lines, (event, state, "26 09:00"))
        assert all(one.ended_at is not None for one in deadlines)
        assert find(deadlines, Stage.ANSWER, 1).ended_at == at("26 09:00")


def test_transferred() -> None:
    """The next department accepts anew, plan and rectification are over, the customer's date stays."""
    deadlines = told(FILED, ACCEPTED, PLANNED, (_E.TRANSFER, _S.ASSIGNED, "24 17:00"))
    assert find(deadlines, Stage.ACCEPT, 4) == Deadline(Stage.ACCEPT, 4, at("24 17:00"), at("25 10:00"))
    assert find(deadlines, Stage.RECTIFY, 3).ended_at == at("24 17:00")
    assert find(deadlines, Stage.ANSWER, 1).ended_at is None
    twice = told(FILED, (_E.TRANSFER, _S.ASSIGNED, "24 11:00"))
    assert [(one.since, one.ended_at) for one in twice if one.stage is Stage.ACCEPT] == [(1, at("24 11:00")), (2, None)]


def test_reviewed_twice() -> None:
    """Each approval that leaves the case in review begins the next reviewer's clock; a return ends it and asks for no new plan."""
    approved = (_E.APPROVE, _S.IN_REVIEW, "26 10:00")
    deadlines = told(FILED, ACCEPTED, PLANNED, RESOLVED, approved)
    assert find(deadlines, Stage.RECTIFY, 3).ended_at == at("25 17:00")
    assert find(deadlines, Stage.REVIEW, 4) == Deadline(Stage.REVIEW, 4, at("25 17:00"), at("30 17:00"), at("26 10:00"))
    assert find(deadlines, Stage.REVIEW, 5).ended_at is None
    returned = told(FILED, ACCEPTED, PLANNED, RESOLVED, approved, (_E.RETURN, _S.IN_WORK, "26 11:00"))
    assert [one.stage for one in returned if one.ended_at is None] == [Stage.ANSWER]


def test_answered_and_again() -> None:
    """The answer ends its clock; not satisfied, or reopened, begins it and acceptance anew."""
    answered = (FILED, ACCEPTED, RESOLVED, (_E.APPROVE, _S.ANSWERED, "26 10:00"))
    assert all(one.ended_at is not None for one in told(*answered))
    for event in NEW_ROUND:
        deadlines = told(*answered, (event, _S.ASSIGNED, "27 09:00"))
        assert find(deadlines, Stage.ANSWER, 1).ended_at == at("26 10:00")
        assert find(deadlines, Stage.ANSWER, 5).due_at == at("27 09:00") + timedelta(days=7)
        assert find(deadlines, Stage.ACCEPT, 5).due_at == at("27 11:00")


def test_extended() -> None:
    """The customer's date moves, to a later one only; nothing else does."""
    deadlines = told(FILED, ACCEPTED, (_E.EXTEND, _S.IN_WORK, "25 10:00", {"due": "2026-12-08T18:00:00+08:00"}))
    assert find(deadlines, Stage.ANSWER, 1).due_at == datetime(2026, 12, 8, 10, tzinfo=UTC)
    assert find(deadlines, Stage.PLAN, 2).due_at == at("27 11:00")
    earlier = told(FILED, ACCEPTED, (_E.EXTEND, _S.IN_WORK, "25 10:00", due("25 12:00")))
    assert find(earlier, Stage.ANSWER, 1).due_at == at("24 10:00") + timedelta(days=7)


def test_paused() -> None:
    """Four working hours of waiting move the rectification by four working hours, and the answer by none."""
    deadlines = told(FILED, ACCEPTED, PLANNED, ASKED, (_E.CUSTOMER_ANSWERS, _S.PLANNED, "25 15:00"))
    rectification = find(deadlines, Stage.RECTIFY, 3)
    assert (rectification.due_at, rectification.pauses) == (at("27 14:00"), ((at("25 10:00"), at("25 15:00")),))
    assert find(deadlines, Stage.ANSWER, 1).due_at == at("24 10:00") + timedelta(days=7)


def test_paused_in_the_night() -> None:
    """A wait outside the working hours moves nothing."""
    asked = (_E.ASK_CUSTOMER, _S.WAITING, "25 18:00")
    deadlines = told(FILED, ACCEPTED, PLANNED, asked, (_E.CUSTOMER_ANSWERS, _S.PLANNED, "26 08:00"))
    assert find(deadlines, Stage.RECTIFY, 3).due_at == at("26 18:00")


def test_still_waiting() -> None:
    """A wait that lasts counts as its longest: three days from Wednesday at ten, 7 + 8 + 8 working hours."""
    deadlines = told(FILED, ACCEPTED, ASKED)
    assert find(deadlines, Stage.PLAN, 2).due_at == datetime(2026, 12, 2, 2, tzinfo=UTC)
    assert find(deadlines, Stage.PLAN, 2).pauses == ((at("25 10:00"), at("28 10:00")),)


def test_missed_before_the_question() -> None:
    """Asking the customer does not undo what was late already."""
    late = (_E.ASK_CUSTOMER, _S.WAITING, "27 10:00")
    deadlines = told(FILED, ACCEPTED, PLANNED, late, (_E.CUSTOMER_ANSWERS, _S.PLANNED, "27 15:00"))
    assert find(deadlines, Stage.RECTIFY, 3).due_at == at("26 18:00")
    assert find(deadlines, Stage.RECTIFY, 3).pauses == ()


def test_the_regulators_appeal() -> None:
    """Fifteen days from the day it was received, to the end of the last one in company time; while it runs no answer does."""
    appeal = (_E.REGULATOR_COMPLAINT, _S.IN_WORK, "28 09:00", {"received": "2026-11-26"})
    lines = (FILED, ACCEPTED, RESOLVED, (_E.APPROVE, _S.ANSWERED, "26 10:00"), appeal)
    deadlines = told(*lines)
    running = [one for one in deadlines if one.ended_at is None]
    start, end = at("26 00:00"), datetime(2026, 12, 11, 16, tzinfo=UTC)
    assert running == [Deadline(Stage.REGULATOR, 5, start, end, working=False)]
    again = told(*lines, (_E.RESOLVE, _S.IN_REVIEW, "29 09:00"), (_E.APPROVE, _S.ANSWERED, "30 09:00"))
    assert find(again, Stage.REGULATOR, 5).ended_at == at("30 09:00")


def test_facts_that_cannot_be_read() -> None:
    """A plan without a date has no deadline, an appeal without one runs from the day it was entered; nothing fails."""
    assert [one.stage for one in told(FILED, ACCEPTED, (_E.PLAN, _S.PLANNED, "24 14:00", {"due": "soon"}))][2:] == [
        Stage.PLAN
    ]
    naive = (_E.PLAN, _S.PLANNED, "24 14:00", {"due": "2026-11-26T18:00"})
    assert Stage.RECTIFY not in {one.stage for one in told(FILED, ACCEPTED, naive)}
    deadlines = told((_E.REGULATOR_COMPLAINT, _S.IN_WORK, "28 09:00"))
    assert deadlines[0].due_at == datetime(2026, 12, 13, 16, tzinfo=UTC)


def test_other_kinds() -> None:
    """An inquiry asked again is answered anew; an adopted suggestion has its answer; praise owes nothing."""
    inquiry = told(FILED, (_E.ANSWER, _S.ANSWERED, "24 12:00"), (_E.ASK_MORE, _S.ASSIGNED, "25 09:00"))
    assert [(one.since, one.ended_at) for one in inquiry if one.stage is Stage.ANSWER] == [
        (1, at("24 12:00")),
        (3, None),
    ]
    suggestion = told(FILED, ACCEPTED, (_E.ADOPT, _S.ADOPTED, "25 09:00"))
    assert find(suggestion, Stage.ANSWER, 1).ended_at == at("25 09:00")
    assert told((_E.FILE, _S.CLOSED, "24 10:00")) == ()


def test_missed() -> None:
    """Only after the last moment; kept in time stays kept, kept too late stays missed."""
    deadline = Deadline(Stage.ACCEPT, 1, at("24 10:00"), at("24 12:00"))
    assert not deadline.is_missed_at(at("24 12:00"))
    assert deadline.is_missed_at(at("24 12:01"))
    assert not replace(deadline, ended_at=at("24 11:00")).is_missed_at(at("30 12:00"))
    assert replace(deadline, ended_at=at("24 13:00")).is_missed_at(at("24 13:00"))


@pytest.mark.parametrize(
    ("deadline", "percent", "moment"),
    [
        (Deadline(Stage.ACCEPT, 1, at("24 11:00"), at("24 14:00")), 50, at("24 12:00")),
        (Deadline(Stage.ACCEPT, 1, at("24 11:00"), at("24 14:00")), 80, at("24 13:36")),
        (Deadline(Stage.ACCEPT, 1, at("24 11:00"), at("24 14:00")), 100, at("24 14:00")),
        (Deadline(Stage.PLAN, 1, at("27 17:00"), at("30 10:00")), 80, at("30 09:36")),
        (Deadline(Stage.ANSWER, 1, at("24 10:00"), at("28 10:00"), working=False), 50, at("26 10:00")),
        (Deadline(Stage.RECTIFY, 1, at("27 18:00"), at("29 18:00")), 50, at("28 18:00")),
        (Deadline(Stage.RECTIFY, 1, at("27 10:00"), at("28 18:00")), 100, at("28 18:00")),
        (Deadline(Stage.PLAN, 1, at("24 09:00"), at("25 10:00"), pauses=((at("24 10:00"), at("24 11:00")),)), 50, at("24 15:00")),
        (Deadline(Stage.PLAN, 1, at("24 09:00"), at("25 10:00"), pauses=((at("24 17:00"), at("24 18:00")),)), 50, at("24 14:00")),
    ],
)  # fmt: skip
def test_shares_of_the_time(deadline: Deadline, percent: int, moment: datetime) -> None:
    """On its own clock: breaks, weekends and pauses do not count; a plan for the weekend goes by the wall."""
    assert deadline.at(percent, OFFICE) == moment


@st.composite
def histories(draw: st.DrawFn) -> list[HistoryEntry]:
    """A complaint's history of up to fourteen lines that the table allows, hours or days apart."""
    now = datetime(2026, 9, 20, tzinfo=UTC) + draw(st.timedeltas(timedelta(), timedelta(days=20)))
    lines = [HistoryEntry(1, _E.FILE, _S.ASSIGNED, None, now, {})]
    before, approvals = _S.ASSIGNED, 0
    for version in range(2, draw(st.integers(1, 14)) + 1):
        state = lines[-1].state
        rows = [row for row in LIFECYCLE if state in row.origin]
        if not rows:
            break
        row = draw(st.sampled_from(rows))
        now += draw(st.timedeltas(timedelta(), timedelta(days=4)))
        to = row.to or (before if state is _S.WAITING else state)
        if row.event is _E.APPROVE and not approvals and draw(st.booleans()):
            approvals, to = 1, state
        else:
            approvals = 0
        if state is not _S.WAITING:
            before = state
        later = now + draw(st.timedeltas(timedelta(), timedelta(days=9)))
        facts = {"due": later.isoformat(), "received": now.date().isoformat()}
        lines.append(HistoryEntry(version, row.event, to, None, now, facts))
    return lines


HOLIDAY = Calendar(ZONE, days=dict.fromkeys((date(2026, 10, day) for day in range(1, 8)), ()))


@given(histories())
def test_of_every_history(lines: list[HistoryEntry]) -> None:
    """Never due before its beginning; one clock of a stage at a time; shares in order; legal clocks never pause."""
    deadlines = compute_deadlines(lines, SEVERITY, HANDLING, HOLIDAY)
    for deadline in deadlines:
        assert deadline.started_at <= deadline.due_at
        assert deadline.working == (deadline.stage not in LEGAL)
        assert not (deadline.pauses and not deadline.working)
        shares = [deadline.at(percent, HOLIDAY) for percent in (1, 50, 80, 100)]
        assert shares == sorted(shares)
        assert deadline.started_at <= shares[0]
    running = [one.stage for one in deadlines if one.ended_at is None]
    assert len(running) == len(set(running))
    assert len({(one.stage, one.since) for one in deadlines}) == len(deadlines)
    assert LEGAL - set(running), "answer and regulator never run together"


@given(histories())
def test_somebody_is_always_waited_for(lines: list[HistoryEntry]) -> None:
    """While the company owes an answer a clock runs, and no longer."""
    owed = lines[-1].state not in {_S.ANSWERED, _S.CLOSED, _S.WITHDRAWN, _S.MERGED}
    deadlines = compute_deadlines(lines, SEVERITY, HANDLING, HOLIDAY)
    assert any(one.ended_at is None for one in deadlines) == owed


@given(histories(), st.data())
def test_what_has_ended_stays(lines: list[HistoryEntry], data: st.DataObject) -> None:
    """Nothing that happens later changes a deadline that has ended; one that runs only moves later or ends."""
    part = lines[: data.draw(st.integers(1, len(lines)))]
    whole = {(one.stage, one.since): one for one in compute_deadlines(lines, SEVERITY, HANDLING, HOLIDAY)}
    for deadline in compute_deadlines(part, SEVERITY, HANDLING, HOLIDAY):
        after = whole[deadline.stage, deadline.since]
        if deadline.ended_at is not None:
            assert after == deadline
        elif part[-1].state is not _S.WAITING:
            assert after.due_at >= deadline.due_at


@given(histories())
def test_a_pause_never_shortens(lines: list[HistoryEntry]) -> None:
    """The same history with every wait cut to nothing is due no later."""
    cut = list(lines)
    for n, line in enumerate(cut[:-1]):
        if line.state is _S.WAITING:
            cut[n + 1] = replace(cut[n + 1], at=line.at)
    short = {(one.stage, one.since): one for one in compute_deadlines(cut, SEVERITY, HANDLING, HOLIDAY)}
    for deadline in compute_deadlines(lines, SEVERITY, HANDLING, HOLIDAY):
        if deadline.pauses:
            assert deadline.due_at >= short[deadline.stage, deadline.since].due_at


@given(histories())
def test_another_calendar(lines: list[HistoryEntry]) -> None:
    """Moves what is due, never when something began or ended, nor any legal date; more holidays give more time."""
    ours, theirs = (compute_deadlines(lines, SEVERITY, HANDLING, calendar) for calendar in (OFFICE, HOLIDAY))
    for deadline, other in zip(ours, theirs, strict=True):
        assert (deadline.stage, deadline.since, deadline.started_at, deadline.ended_at) == (
            other.stage,
            other.since,
            other.started_at,
            other.ended_at,
        )
        assert deadline.working or deadline == other
        assert deadline.pauses or deadline.due_at <= other.due_at


def test_an_adopted_suggestion_is_carried_out_by_its_date() -> None:
    """Adopting says until when; finishing ends it."""
    adopted = (_E.ADOPT, _S.ADOPTED, "24 14:00", due("26 18:00"))
    running = find(told(FILED, ACCEPTED, adopted), Stage.RECTIFY, 3)
    assert (running.due_at, running.ended_at) == (at("26 18:00"), None)
    told_so = (_E.PROGRESS, _S.ADOPTED, "25 10:00")
    assert find(told(FILED, ACCEPTED, adopted, told_so), Stage.RECTIFY, 3).ended_at is None
    finished = (_E.FINISH, _S.CLOSED, "26 10:00")
    assert find(told(FILED, ACCEPTED, adopted, finished), Stage.RECTIFY, 3).ended_at == at("26 10:00")


@pytest.mark.parametrize("stage", Stage)
def test_every_state_is_placed_for_every_stage(stage: Stage) -> None:
    """On purpose: a state that nobody placed would end clocks, or keep them running, without anybody having meant it."""
    states = STATES_OF_STAGE[stage]
    assert states.lasts | states.ends == set(CaseState)
    assert not states.lasts & states.ends
