"""The life of a case, exhaustively: what is in the table happens, everything else is refused and changes nothing."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.cases.case import (
    LIFECYCLE,
    NEW_ROUND,
    OPEN,
    UNSOLVED,
    Case,
    CaseEvent,
    CasePart,
    CaseRefusal,
    CaseState,
    CaseTransition,
    Need,
    Terms,
    advance,
    format_number,
    list_allowed_events,
    list_parts,
)
from domain.cases.feedback import LIFECYCLES
from domain.people import Grant, Person, Role

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
OWNER, OTHER = 7, 8
SOON = (NOW + timedelta(days=1)).isoformat()
FACTS = dict.fromkeys(Need, "said") | {
    Need.PERSON: str(OTHER),
    Need.DEPARTMENT: "service",
    Need.DUE: SOON,
    Need.INTO: "43",
    Need.RECEIVED: "2026-11-20",
}
ROWS = {row.event: row for row in LIFECYCLE}
ELSEWHERE = frozenset(CaseEvent) - frozenset(ROWS)
"""Events of other kinds of cases."""
STATES = frozenset(row.to for row in LIFECYCLE if row.to) | {state for row in LIFECYCLE for state in row.origin}
ENDS = STATES - OPEN
EVERYBODY = frozenset(CasePart)


def case(state: CaseState = CaseState.IN_WORK, **changes: object) -> Case:
    before = CaseState.PLANNED if state is CaseState.WAITING else None
    made = Case(
        id=42,
        number="C-261123-0042",
        state=state,
        category="delivery",
        severity="normal",
        department="transport",
        created_at=NOW,
        due_at=NOW + timedelta(days=7),
        owner=OWNER,
        owner_name="Li",
        previous=before,
        version=3,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # what a test changes


def moved(before: Case, event: CaseEvent, **rest: object) -> Case:
    after = advance(before, event, EVERYBODY, FACTS, **rest)  # type: ignore[arg-type]  # what a test gives
    assert isinstance(after, Case)
    return after


def test_each_event_has_one_row() -> None:
    """The table is read by event, so an event stands in it exactly once; what is not in it belongs to other kinds of cases."""
    assert sorted(row.event for row in LIFECYCLE) == sorted(frozenset(CaseEvent) - ELSEWHERE)
    assert {row.event for table in LIFECYCLES.values() for row in table} == set(CaseEvent)


@pytest.mark.parametrize("state", CaseState)
def test_only_what_the_table_says(state: CaseState) -> None:
    """Every state, event and part: it happens where the table has it, else it is refused for the right reason."""
    for event, part in itertools.product(CaseEvent, CasePart):
        _check_one_move(state, event, part)


def _check_one_move(state: CaseState, event: CaseEvent, part: CasePart) -> None:
    before = case(state)
    untouched = replace(before)
    after = advance(before, event, frozenset({part}), FACTS, actor=OTHER)
    assert before == untouched
    if event in ELSEWHERE:
        assert after == CaseRefusal("case-not-now")
        return
    row = ROWS[event]
    assert (event in list_allowed_events(before, frozenset({part}))) == isinstance(after, Case)
    if state not in row.origin:
        assert after == CaseRefusal("case-not-now")
    elif part not in row.who:
        assert after == CaseRefusal("case-not-yours")
    else:
        assert isinstance(after, Case)
        assert after.state is _expected(row, before)
        assert after.version == before.version + 1
        assert (after.id, after.number, after.created_at) == (before.id, before.number, before.created_at)


def _expected(row: CaseTransition, before: Case) -> CaseState | None:
    if row.to is not None:
        return row.to
    return before.previous if before.state is CaseState.WAITING else before.state


@pytest.mark.parametrize("event", CaseEvent)
def test_nobody_may_nothing(event: CaseEvent) -> None:
    """Anyone who is nothing to a case causes nothing."""
    assert all(isinstance(advance(case(state), event, frozenset(), FACTS), CaseRefusal) for state in CaseState)


NEEDS = [(row.event, need) for row in LIFECYCLE if row.origin for need in row.needs]


@pytest.mark.parametrize(("event", "need"), NEEDS)
@pytest.mark.parametrize("said", [None, "", "  \n"])
def test_every_need_is_enforced(event: CaseEvent, need: Need, said: str | None) -> None:
    """Without a thing that an event needs, or with blanks for it, it is refused and says what is missing."""
    facts = {key: value for key, value in FACTS.items() if key is not need} | ({} if said is None else {need: said})
    for state in ROWS[event].origin:
        assert advance(case(state), event, EVERYBODY, facts) == CaseRefusal("case-missing", (need,))


def test_everything_missing_is_named_at_once() -> None:
    """A resolution without anything says all three things."""
    refused = advance(case(), CaseEvent.RESOLVE, EVERYBODY, {})
    assert refused == CaseRefusal("case-missing", (Need.ROOT_CAUSE, Need.ACTION, Need.VALID))


def test_permission_comes_before_needs() -> None:
    """Anyone who may not is told that, not what to fill in."""
    assert advance(case(), CaseEvent.RESOLVE, frozenset({CasePart.STAFF}), {}) == CaseRefusal("case-not-yours")


@pytest.mark.parametrize("state", sorted(STATES))
def test_a_path_leads_to_an_end(state: CaseState) -> None:
    """From every state some chain of events reaches an end state."""
    reached, waiting = set(), [case(state)]
    while waiting:
        at = waiting.pop()
        if at.state in reached:
            continue
        reached.add(at.state)
        for event in CaseEvent:
            after = advance(at, event, EVERYBODY, FACTS, actor=OWNER)
            if isinstance(after, Case):
                waiting.append(replace(after, department="transport"))
    assert reached & ENDS


def test_every_state_can_be_reached() -> None:
    """A state that no row leads to would be a mistake."""
    assert {row.to for row in LIFECYCLE} - {None} == STATES
    assert {row.to for table in LIFECYCLES.values() for row in table} - {None} == set(CaseState)


def test_open_and_unsolved() -> None:
    """Three states are ends; an answered case waits for the customer, not for the company."""
    assert set(ENDS) == {CaseState.CLOSED, CaseState.WITHDRAWN, CaseState.MERGED}
    assert {CaseState.ANSWERED} == OPEN - UNSOLVED


def test_withdrawn_and_merged_are_final() -> None:
    """Nothing happens to a case that was withdrawn or merged."""
    assert all(not list_allowed_events(case(state), EVERYBODY) for state in (CaseState.WITHDRAWN, CaseState.MERGED))


def test_accept_makes_an_owner() -> None:
    """Anyone who accepts owns it."""
    assert moved(case(CaseState.ASSIGNED, owner=None), CaseEvent.ACCEPT, actor=OTHER).owner == OTHER


def test_transfer_clears_the_owner() -> None:
    """The other department starts without an owner."""
    after = moved(case(), CaseEvent.TRANSFER)
    assert (after.state, after.department, after.owner, after.owner_name) == (CaseState.ASSIGNED, "service", None, "")


def test_transfer_to_where_it_is() -> None:
    """A transfer to the same department is refused."""
    facts = FACTS | {Need.DEPARTMENT: "transport"}
    assert advance(case(), CaseEvent.TRANSFER, EVERYBODY, facts) == CaseRefusal("case-same-department")


@pytest.mark.parametrize("state", [CaseState.IN_WORK, CaseState.PLANNED])
def test_hand_over_stays_where_it_is(state: CaseState) -> None:
    """Another owner, the same state."""
    after = moved(case(state), CaseEvent.HAND_OVER)
    assert (after.state, after.owner) == (state, OTHER)


@pytest.mark.parametrize(("person", "why"), [("Li", "case-missing"), (str(OWNER), "case-same-owner")])
def test_hand_over_to_nobody(person: str, why: str) -> None:
    """Handed over is to a person, and to another one."""
    assert advance(case(), CaseEvent.HAND_OVER, EVERYBODY, {Need.PERSON: person}) == CaseRefusal(why)


@pytest.mark.parametrize("event", [CaseEvent.PLAN, CaseEvent.EXTEND])
@pytest.mark.parametrize(
    ("due", "why"),
    [
        ("tomorrow", "case-no-date"),
        ("2026-11-24T18:00:00", "case-no-date"),
        (NOW.isoformat(), "case-date-past"),
        ((NOW - timedelta(minutes=1)).isoformat(), "case-date-past"),
    ],
)
def test_a_date_is_a_moment_to_come(event: CaseEvent, due: str, why: str) -> None:
    """A date is an aware moment in the future; words, naive moments and the past are refused."""
    assert advance(case(), event, EVERYBODY, FACTS | {Need.DUE: due}, terms=Terms(now=NOW)) == CaseRefusal(why)


def test_a_date_is_extended_before_it_passes() -> None:
    """The customer is told before the promised date is over; afterwards, or to an earlier date, nothing is extended."""
    due = NOW + timedelta(hours=1)
    later = FACTS | {Need.DUE: (due + timedelta(days=1)).isoformat()}
    assert isinstance(advance(case(), CaseEvent.EXTEND, EVERYBODY, later, terms=Terms(now=due, due_at=due)), Case)
    late = Terms(now=due + timedelta(seconds=1), due_at=due)
    assert advance(case(), CaseEvent.EXTEND, EVERYBODY, later, terms=late) == CaseRefusal("case-overdue")
    appealed = case(appealed=True)
    assert advance(appealed, CaseEvent.EXTEND, EVERYBODY, later, terms=Terms(now=NOW)) == CaseRefusal(
        "case-regulators-date"
    )
    same = FACTS | {Need.DUE: due.isoformat()}
    assert advance(case(), CaseEvent.EXTEND, EVERYBODY, same, terms=Terms(now=NOW, due_at=due)) == CaseRefusal(
        "case-not-later"
    )


def test_plan_first_where_the_severity_asks_for_it() -> None:
    """Without a plan there is no resolution where the company wants one; a new round wants a new plan."""
    strict = Terms(plan_first=True)
    assert advance(case(), CaseEvent.RESOLVE, EVERYBODY, FACTS, terms=strict) == CaseRefusal("case-plan-first")
    planned = moved(case(), CaseEvent.PLAN)
    assert planned.plan is not None
    assert planned.plan["due"] == SOON
    resolved = moved(planned, CaseEvent.RESOLVE, terms=strict)
    assert resolved.resolution is not None
    assert resolved.resolution["root_cause"] == "said"
    again = moved(moved(resolved, CaseEvent.APPROVE), CaseEvent.NOT_SATISFIED)
    assert again.plan is None


def test_reopened_only_for_a_while() -> None:
    """Inside the grace window a closed case is opened again; after it a new one is needed."""
    closed, grace = case(CaseState.CLOSED), timedelta(days=14)
    edge = Terms(now=NOW + grace, since=NOW, reopen_within=grace)
    assert isinstance(advance(closed, CaseEvent.REOPEN, EVERYBODY, FACTS, terms=edge), Case)
    late = replace(edge, now=NOW + grace + timedelta(seconds=1))
    assert advance(closed, CaseEvent.REOPEN, EVERYBODY, FACTS, terms=late) == CaseRefusal("case-too-late")


def test_merged_into_another() -> None:
    """A case goes into another one, never into itself."""
    assert moved(case(), CaseEvent.MERGE).merged_into == 43
    assert advance(case(), CaseEvent.MERGE, EVERYBODY, FACTS | {Need.INTO: "42"}) == CaseRefusal("case-merge-itself")


def test_a_regulator_waits_until_the_answer() -> None:
    """From the appeal until the approved answer the case is the regulator's as well."""
    appealed = moved(case(CaseState.CLOSED, approvals=1), CaseEvent.REGULATOR_COMPLAINT)
    assert (appealed.appealed, appealed.approvals, appealed.owner) == (True, 0, OWNER)
    assert not moved(moved(appealed, CaseEvent.RESOLVE), CaseEvent.APPROVE).appealed


@pytest.mark.parametrize("state", [CaseState.IN_WORK, CaseState.PLANNED])
def test_waiting_goes_back_to_where_it_was(state: CaseState) -> None:
    """A question to the customer interrupts the work and does not undo the plan."""
    waiting = moved(case(state), CaseEvent.ASK_CUSTOMER)
    assert waiting.state is CaseState.WAITING
    assert moved(waiting, CaseEvent.CUSTOMER_ANSWERS).state is state


@pytest.mark.parametrize(
    ("event", "state"), [(CaseEvent.NOT_SATISFIED, CaseState.ANSWERED), (CaseEvent.REOPEN, CaseState.CLOSED)]
)
def test_another_round(event: CaseEvent, state: CaseState) -> None:
    """Not solved: the next round begins without owner and approvals."""
    assert event in NEW_ROUND
    after = moved(case(state, approvals=2, round=2), event)
    assert (after.state, after.round, after.owner, after.owner_name, after.approvals) == (
        CaseState.ASSIGNED,
        3,
        None,
        "",
        0,
    )


@pytest.mark.parametrize("event", sorted(set(ROWS) - NEW_ROUND - {CaseEvent.FILE}))
def test_the_same_round(event: CaseEvent) -> None:
    """Nothing else begins a round."""
    assert all(moved(case(state), event).round == 1 for state in ROWS[event].origin)


def test_one_approval_is_an_answer() -> None:
    """Where one review is enough, approving answers the customer."""
    assert moved(case(CaseState.IN_REVIEW), CaseEvent.APPROVE, terms=Terms(reviews=1)).state is CaseState.ANSWERED


def test_two_approvals_are_an_answer() -> None:
    """Where quality reviews too, the first approval is counted and the second answers."""
    once = moved(case(CaseState.IN_REVIEW), CaseEvent.APPROVE, terms=Terms(reviews=2))
    assert (once.state, once.approvals, once.version) == (CaseState.IN_REVIEW, 1, 4)
    assert moved(once, CaseEvent.APPROVE, terms=Terms(reviews=2)).state is CaseState.ANSWERED


def test_a_returned_resolution_is_reviewed_from_the_start() -> None:
    """A return by the second reviewer undoes the first approval, once the work is handed in again."""
    once = moved(case(CaseState.IN_REVIEW), CaseEvent.APPROVE, terms=Terms(reviews=2))
    again = moved(moved(once, CaseEvent.RETURN), CaseEvent.RESOLVE)
    assert (again.state, again.approvals) == (CaseState.IN_REVIEW, 0)
    assert moved(again, CaseEvent.APPROVE, terms=Terms(reviews=2)).state is CaseState.IN_REVIEW


def person(id_: int, *grants: Grant) -> Person:
    return Person(id_, 1000 + id_, "en", grants=frozenset(grants))


STAFF, HEAD = Grant(Role.STAFF, "transport"), Grant(Role.HEAD, "transport")
QUALITY, MANAGER = Grant(Role.QUALITY, "quality"), Grant(Role.MANAGER)


@pytest.mark.parametrize(
    ("who", "has_heads", "expected"),
    [
        (person(OTHER), True, set()),
        (person(OTHER, STAFF), True, {CasePart.STAFF}),
        (person(OTHER, Grant(Role.STAFF, "service")), True, set()),
        (person(OTHER, Grant(Role.HEAD, "service")), True, set()),
        (person(OWNER, STAFF), True, {CasePart.STAFF, CasePart.OWNER}),
        (person(OWNER), True, set()),
        (person(OTHER, HEAD), True, {CasePart.STAFF, CasePart.HEAD, CasePart.REVIEWER}),
        (person(OWNER, HEAD), True, {CasePart.STAFF, CasePart.HEAD, CasePart.OWNER}),
        (person(OTHER, QUALITY), True, {CasePart.QUALITY, CasePart.REVIEWER}),
        (person(OWNER, QUALITY, STAFF), True, {CasePart.STAFF, CasePart.OWNER, CasePart.QUALITY}),
        (person(OTHER, MANAGER), True, set()),
        (person(OTHER, MANAGER), False, {CasePart.REVIEWER}),
        (person(OWNER, MANAGER, STAFF), False, {CasePart.STAFF, CasePart.OWNER}),
    ],
)
def test_parts(who: Person, has_heads: bool, expected: set[CasePart]) -> None:  # noqa: FBT001 -- a row of the table above
    """Staff, owner, head, quality and reviewer follow from grants and ownership; nobody reviews the own work."""
    assert list_parts(case(CaseState.IN_REVIEW), who, has_heads=has_heads) == expected


@pytest.mark.parametrize(
    "grants", [c for n in range(5) for c in itertools.combinations([STAFF, HEAD, QUALITY, MANAGER], n)]
)
@pytest.mark.parametrize("has_heads", [True, False])
def test_the_owner_never_reviews(grants: tuple[Grant, ...], has_heads: bool) -> None:  # noqa: FBT001 -- both are tried
    """Whatever roles the owner has, the own work is reviewed by somebody else."""
    parts = list_parts(case(CaseState.IN_REVIEW), person(OWNER, *grants), has_heads=has_heads)
    assert isinstance(advance(case(CaseState.IN_REVIEW), CaseEvent.APPROVE, parts, {}), CaseRefusal)
    assert isinstance(advance(case(CaseState.IN_REVIEW), CaseEvent.RETURN, parts, FACTS), CaseRefusal)


def test_the_second_review_is_not_the_heads() -> None:
    """A head who approves twice approves once; then it is quality's turn."""
    first = case(CaseState.IN_REVIEW)
    head, quality = person(OTHER, HEAD), person(9, QUALITY)
    once = advance(first, CaseEvent.APPROVE, list_parts(first, head, has_heads=True), {}, terms=Terms(reviews=2))
    assert isinstance(once, Case)
    assert advance(
        once, CaseEvent.APPROVE, list_parts(once, head, has_heads=True), {}, terms=Terms(reviews=2)
    ) == CaseRefusal("case-not-yours")
    twice = advance(once, CaseEvent.APPROVE, list_parts(once, quality, has_heads=True), {}, terms=Terms(reviews=2))
    assert isinstance(twice, Case)
    assert twice.state is CaseState.ANSWERED


def test_a_number_can_be_read_aloud() -> None:
    """Kind, day, sequence; more than 9,999 a day grow it."""
    assert format_number("C", "261123", 42) == "C-261123-0042"
    assert format_number("C", "261123", 12345) == "C-261123-12345"
