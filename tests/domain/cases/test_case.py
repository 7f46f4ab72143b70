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
    Event,
    Need,
    Part,
    Refused,
    State,
    Terms,
    Transition,
    advance,
    allowed,
    number,
    parts_of,
)
from domain.cases.others import TABLES
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
ELSEWHERE = frozenset(Event) - frozenset(ROWS)
"""Events of other kinds of cases."""
STATES = frozenset(row.to for row in LIFECYCLE if row.to) | {state for row in LIFECYCLE for state in row.origin}
ENDS = STATES - OPEN
EVERYBODY = frozenset(Part)


def case(state: State = State.IN_WORK, **changes: object) -> Case:
    before = State.PLANNED if state is State.WAITING else None
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


def moved(before: Case, event: Event, **rest: object) -> Case:
    after = advance(before, event, EVERYBODY, FACTS, **rest)  # type: ignore[arg-type]  # what a test gives
    assert isinstance(after, Case)
    return after


def test_each_event_has_one_row() -> None:
    """The table is read by event, so an event stands in it exactly once; what is not in it belongs to other kinds of cases."""
    assert sorted(row.event for row in LIFECYCLE) == sorted(frozenset(Event) - ELSEWHERE)
    assert {row.event for table in TABLES.values() for row in table} == set(Event)


@pytest.mark.parametrize(("state", "event", "part"), list(itertools.product(State, Event, Part)))
def test_only_what_the_table_says(state: State, event: Event, part: Part) -> None:
    """Every state, event and part: it happens where the table has it, else it is refused for the right reason."""
    before = case(state)
    untouched = replace(before)
    after = advance(before, event, frozenset({part}), FACTS, actor=OTHER)
    assert before == untouched
    if event in ELSEWHERE:
        assert after == Refused("case-not-now")
        return
    row = ROWS[event]
    assert (event in allowed(before, frozenset({part}))) == isinstance(after, Case)
    if state not in row.origin:
        assert after == Refused("case-not-now")
    elif part not in row.who:
        assert after == Refused("case-not-yours")
    else:
        assert isinstance(after, Case)
        assert after.state is _expected(row, before)
        assert after.version == before.version + 1
        assert (after.id, after.number, after.created_at) == (before.id, before.number, before.created_at)


def _expected(row: Transition, before: Case) -> State | None:
    if row.to is not None:
        return row.to
    return before.previous if before.state is State.WAITING else before.state


@pytest.mark.parametrize("event", Event)
def test_nobody_may_nothing(event: Event) -> None:
    """Whoever is nothing to a case causes nothing."""
    assert all(isinstance(advance(case(state), event, frozenset(), FACTS), Refused) for state in State)


NEEDS = [(row.event, need) for row in LIFECYCLE if row.origin for need in row.needs]


@pytest.mark.parametrize(("event", "need"), NEEDS)
@pytest.mark.parametrize("said", [None, "", "  \n"])
def test_every_need_is_enforced(event: Event, need: Need, said: str | None) -> None:
    """Without a thing that an event needs, or with blanks for it, it is refused and says what is missing."""
    facts = {key: value for key, value in FACTS.items() if key is not need} | ({} if said is None else {need: said})
    for state in ROWS[event].origin:
        assert advance(case(state), event, EVERYBODY, facts) == Refused("case-missing", (need,))


def test_everything_missing_is_named_at_once() -> None:
    """A resolution without anything says all three things."""
    refused = advance(case(), Event.RESOLVE, EVERYBODY, {})
    assert refused == Refused("case-missing", (Need.ROOT_CAUSE, Need.ACTION, Need.VALID))


def test_permission_comes_before_needs() -> None:
    """Whoever may not is told that, not what to fill in."""
    assert advance(case(), Event.RESOLVE, frozenset({Part.STAFF}), {}) == Refused("case-not-yours")


@pytest.mark.parametrize("state", sorted(STATES))
def test_a_path_leads_to_an_end(state: State) -> None:
    """From every state some chain of events reaches an end state."""
    reached, waiting = set(), [case(state)]
    while waiting:
        at = waiting.pop()
        if at.state in reached:
            continue
        reached.add(at.state)
        for event in Event:
            after = advance(at, event, EVERYBODY, FACTS, actor=OWNER)
            if isinstance(after, Case):
                waiting.append(replace(after, department="transport"))
    assert reached & ENDS


def test_every_state_can_be_reached() -> None:
    """A state that no row leads to would be a mistake."""
    assert {row.to for row in LIFECYCLE} - {None} == STATES
    assert {row.to for table in TABLES.values() for row in table} - {None} == set(State)


def test_open_and_unsolved() -> None:
    """Three states are ends; an answered case waits for the customer, not for the company."""
    assert set(ENDS) == {State.CLOSED, State.WITHDRAWN, State.MERGED}
    assert {State.ANSWERED} == OPEN - UNSOLVED


def test_withdrawn_and_merged_are_final() -> None:
    """Nothing happens to a case that was withdrawn or merged."""
    assert all(not allowed(case(state), EVERYBODY) for state in (State.WITHDRAWN, State.MERGED))


def test_accept_makes_an_owner() -> None:
    """Whoever accepts owns it."""
    assert moved(case(State.ASSIGNED, owner=None), Event.ACCEPT, actor=OTHER).owner == OTHER


def test_transfer_clears_the_owner() -> None:
    """The other department starts without an owner."""
    after = moved(case(), Event.TRANSFER)
    assert (after.state, after.department, after.owner, after.owner_name) == (State.ASSIGNED, "service", None, "")


def test_transfer_to_where_it_is() -> None:
    """A transfer to the same department is refused."""
    facts = FACTS | {Need.DEPARTMENT: "transport"}
    assert advance(case(), Event.TRANSFER, EVERYBODY, facts) == Refused("case-same-department")


@pytest.mark.parametrize("state", [State.IN_WORK, State.PLANNED])
def test_hand_over_stays_where_it_is(state: State) -> None:
    """Another owner, the same state."""
    after = moved(case(state), Event.HAND_OVER)
    assert (after.state, after.owner) == (state, OTHER)


@pytest.mark.parametrize(("person", "why"), [("Li", "case-missing"), (str(OWNER), "case-same-owner")])
def test_hand_over_to_nobody(person: str, why: str) -> None:
    """Handed over is to a person, and to another one."""
    assert advance(case(), Event.HAND_OVER, EVERYBODY, {Need.PERSON: person}) == Refused(why)


@pytest.mark.parametrize("event", [Event.PLAN, Event.EXTEND])
@pytest.mark.parametrize(
    ("due", "why"),
    [
        ("tomorrow", "case-no-date"),
        ("2026-11-24T18:00:00", "case-no-date"),
        (NOW.isoformat(), "case-date-past"),
        ((NOW - timedelta(minutes=1)).isoformat(), "case-date-past"),
    ],
)
def test_a_date_is_a_moment_to_come(event: Event, due: str, why: str) -> None:
    """A date is an aware moment in the future; words, naive moments and the past are refused."""
    assert advance(case(), event, EVERYBODY, FACTS | {Need.DUE: due}, terms=Terms(now=NOW)) == Refused(why)


def test_a_date_is_extended_before_it_passes() -> None:
    """The customer is told before the promised date is over; afterwards, or to an earlier date, nothing is extended."""
    due = NOW + timedelta(hours=1)
    later = FACTS | {Need.DUE: (due + timedelta(days=1)).isoformat()}
    assert isinstance(advance(case(), Event.EXTEND, EVERYBODY, later, terms=Terms(now=due, due_at=due)), Case)
    late = Terms(now=due + timedelta(seconds=1), due_at=due)
    assert advance(case(), Event.EXTEND, EVERYBODY, later, terms=late) == Refused("case-overdue")
    appealed = case(appealed=True)
    assert advance(appealed, Event.EXTEND, EVERYBODY, later, terms=Terms(now=NOW)) == Refused("case-regulators-date")
    same = FACTS | {Need.DUE: due.isoformat()}
    assert advance(case(), Event.EXTEND, EVERYBODY, same, terms=Terms(now=NOW, due_at=due)) == Refused("case-not-later")


def test_plan_first_where_the_severity_asks_for_it() -> None:
    """Without a plan there is no resolution where the company wants one; a new round wants a new plan."""
    strict = Terms(plan_first=True)
    assert advance(case(), Event.RESOLVE, EVERYBODY, FACTS, terms=strict) == Refused("case-plan-first")
    planned = moved(case(), Event.PLAN)
    assert planned.plan is not None
    assert planned.plan["due"] == SOON
    resolved = moved(planned, Event.RESOLVE, terms=strict)
    assert resolved.resolution is not None
    assert resolved.resolution["root_cause"] == "said"
    again = moved(moved(resolved, Event.APPROVE), Event.NOT_SATISFIED)
    assert again.plan is None


def test_reopened_only_for_a_while() -> None:
    """Inside the grace window a closed case is opened again; after it a new one is needed."""
    closed, grace = case(State.CLOSED), timedelta(days=14)
    edge = Terms(now=NOW + grace, since=NOW, reopen_within=grace)
    assert isinstance(advance(closed, Event.REOPEN, EVERYBODY, FACTS, terms=edge), Case)
    late = replace(edge, now=NOW + grace + timedelta(seconds=1))
    assert advance(closed, Event.REOPEN, EVERYBODY, FACTS, terms=late) == Refused("case-too-late")


def test_merged_into_another() -> None:
    """A case goes into another one, never into itself."""
    assert moved(case(), Event.MERGE).merged_into == 43
    assert advance(case(), Event.MERGE, EVERYBODY, FACTS | {Need.INTO: "42"}) == Refused("case-merge-itself")


def test_a_regulator_waits_until_the_answer() -> None:
    """From the appeal until the approved answer the case is the regulator's as well."""
    appealed = moved(case(State.CLOSED, approvals=1), Event.APPEAL)
    assert (appealed.appealed, appealed.approvals, appealed.owner) == (True, 0, OWNER)
    assert not moved(moved(appealed, Event.RESOLVE), Event.APPROVE).appealed


@pytest.mark.parametrize("state", [State.IN_WORK, State.PLANNED])
def test_waiting_goes_back_to_where_it_was(state: State) -> None:
    """A question to the customer interrupts the work and does not undo the plan."""
    waiting = moved(case(state), Event.ASK_CUSTOMER)
    assert waiting.state is State.WAITING
    assert moved(waiting, Event.CUSTOMER_ANSWERS).state is state


@pytest.mark.parametrize(("event", "state"), [(Event.NOT_SATISFIED, State.ANSWERED), (Event.REOPEN, State.CLOSED)])
def test_another_round(event: Event, state: State) -> None:
    """Not solved: the next round begins without owner and approvals."""
    assert event in NEW_ROUND
    after = moved(case(state, approvals=2, round=2), event)
    assert (after.state, after.round, after.owner, after.owner_name, after.approvals) == (
        State.ASSIGNED,
        3,
        None,
        "",
        0,
    )


@pytest.mark.parametrize("event", sorted(set(ROWS) - NEW_ROUND - {Event.FILE}))
def test_the_same_round(event: Event) -> None:
    """Nothing else begins a round."""
    assert all(moved(case(state), event).round == 1 for state in ROWS[event].origin)


def test_one_approval_is_an_answer() -> None:
    """Where one review is enough, approving answers the customer."""
    assert moved(case(State.IN_REVIEW), Event.APPROVE, terms=Terms(reviews=1)).state is State.ANSWERED


def test_two_approvals_are_an_answer() -> None:
    """Where quality reviews too, the first approval is counted and the second answers."""
    once = moved(case(State.IN_REVIEW), Event.APPROVE, terms=Terms(reviews=2))
    assert (once.state, once.approvals, once.version) == (State.IN_REVIEW, 1, 4)
    assert moved(once, Event.APPROVE, terms=Terms(reviews=2)).state is State.ANSWERED


def test_a_returned_resolution_is_reviewed_from_the_start() -> None:
    """A return by the second reviewer undoes the first approval, once the work is handed in again."""
    once = moved(case(State.IN_REVIEW), Event.APPROVE, terms=Terms(reviews=2))
    again = moved(moved(once, Event.RETURN), Event.RESOLVE)
    assert (again.state, again.approvals) == (State.IN_REVIEW, 0)
    assert moved(again, Event.APPROVE, terms=Terms(reviews=2)).state is State.IN_REVIEW


def person(id_: int, *grants: Grant) -> Person:
    return Person(id_, 1000 + id_, "en", grants=frozenset(grants))


STAFF, HEAD = Grant(Role.STAFF, "transport"), Grant(Role.HEAD, "transport")
QUALITY, MANAGER = Grant(Role.QUALITY, "quality"), Grant(Role.MANAGER)


@pytest.mark.parametrize(
    ("who", "has_heads", "expected"),
    [
        (person(OTHER), True, set()),
        (person(OTHER, STAFF), True, {Part.STAFF}),
        (person(OTHER, Grant(Role.STAFF, "service")), True, set()),
        (person(OTHER, Grant(Role.HEAD, "service")), True, set()),
        (person(OWNER, STAFF), True, {Part.STAFF, Part.OWNER}),
        (person(OWNER), True, set()),
        (person(OTHER, HEAD), True, {Part.STAFF, Part.HEAD, Part.REVIEWER}),
        (person(OWNER, HEAD), True, {Part.STAFF, Part.HEAD, Part.OWNER}),
        (person(OTHER, QUALITY), True, {Part.QUALITY, Part.REVIEWER}),
        (person(OWNER, QUALITY, STAFF), True, {Part.STAFF, Part.OWNER, Part.QUALITY}),
        (person(OTHER, MANAGER), True, set()),
        (person(OTHER, MANAGER), False, {Part.REVIEWER}),
        (person(OWNER, MANAGER, STAFF), False, {Part.STAFF, Part.OWNER}),
    ],
)
def test_parts(who: Person, has_heads: bool, expected: set[Part]) -> None:  # noqa: FBT001 -- a row of the table above
    """Staff, owner, head, quality and reviewer follow from grants and ownership; nobody reviews the own work."""
    assert parts_of(case(State.IN_REVIEW), who, has_heads=has_heads) == expected


@pytest.mark.parametrize(
    "grants", [c for n in range(5) for c in itertools.combinations([STAFF, HEAD, QUALITY, MANAGER], n)]
)
@pytest.mark.parametrize("has_heads", [True, False])
def test_the_owner_never_reviews(grants: tuple[Grant, ...], has_heads: bool) -> None:  # noqa: FBT001 -- both are tried
    """Whatever roles the owner has, the own work is reviewed by somebody else."""
    parts = parts_of(case(State.IN_REVIEW), person(OWNER, *grants), has_heads=has_heads)
    assert isinstance(advance(case(State.IN_REVIEW), Event.APPROVE, parts, {}), Refused)
    assert isinstance(advance(case(State.IN_REVIEW), Event.RETURN, parts, FACTS), Refused)


def test_the_second_review_is_not_the_heads() -> None:
    """A head who approves twice approves once; then it is quality's turn."""
    first = case(State.IN_REVIEW)
    head, quality = person(OTHER, HEAD), person(9, QUALITY)
    once = advance(first, Event.APPROVE, parts_of(first, head, has_heads=True), {}, terms=Terms(reviews=2))
    assert isinstance(once, Case)
    assert advance(once, Event.APPROVE, parts_of(once, head, has_heads=True), {}, terms=Terms(reviews=2)) == Refused(
        "case-not-yours"
    )
    twice = advance(once, Event.APPROVE, parts_of(once, quality, has_heads=True), {}, terms=Terms(reviews=2))
    assert isinstance(twice, Case)
    assert twice.state is State.ANSWERED


def test_a_number_can_be_read_aloud() -> None:
    """Kind, day, sequence; more than 9,999 a day grow it."""
    assert number("C", "261123", 42) == "C-261123-0042"
    assert number("C", "261123", 12345) == "C-261123-12345"
