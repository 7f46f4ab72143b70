"""The small tables: what is not in them cannot happen, and from every state a path leads to an end."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from domain.cases.case import OPEN, Case, Event, Kind, Need, Part, Refused, State, Transition, advance
from domain.cases.others import INQUIRY, LETTERS, PRAISE, SUGGESTION, TABLES

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
FACTS = {
    Need.DEPARTMENT: "sales",
    Need.REASON: "theirs",
    Need.PERSON: "8",
    Need.VALUE: "4",
    Need.FEASIBILITY: "3",
    Need.DUE: (NOW + timedelta(days=3)).isoformat(),
    Need.WORDS: "Done.",
}
SMALL = {Kind.SUGGESTION: SUGGESTION, Kind.INQUIRY: INQUIRY, Kind.PRAISE: PRAISE}
EVERY = [(kind, row, origin) for kind, table in SMALL.items() for row in table for origin in sorted(row.origin)]


def case(kind: Kind, state: State) -> Case:
    due = NOW + timedelta(days=7)
    return Case(1, "S-261123-0001", state, "other", "normal", "service", NOW, due, customer=3, owner=7, kind=kind)


def test_every_kind_has_a_table_and_a_letter() -> None:
    """And no two begin their numbers alike."""
    assert set(TABLES) == set(LETTERS) == set(Kind)
    assert len(set(LETTERS.values())) == len(Kind)
    assert all(next(iter(table)).event is Event.FILE for table in TABLES.values())


@pytest.mark.parametrize(("kind", "row", "origin"), EVERY, ids=lambda one: getattr(one, "event", None))
def test_what_the_table_says_happens(kind: Kind, row: Transition, origin: State) -> None:
    """For everybody it names, and for nobody else."""
    facts = {need: FACTS[need] for need in row.needs}
    for part in Part:
        after = advance(case(kind, origin), row.event, frozenset({part}), facts, actor=7, table=TABLES[kind])
        if part in row.who:
            assert isinstance(after, Case)
            assert after.state is (row.to or origin)
            assert after.version == 2
        else:
            assert after == Refused("case-not-yours")


@pytest.mark.parametrize("kind", SMALL)
@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("state", State)
def test_nothing_else_happens(kind: Kind, event: Event, state: State) -> None:
    """An event outside the table is refused, whoever causes it and whatever comes along."""
    if any(row.event is event and state in row.origin for row in TABLES[kind]):
        return
    refused = advance(case(kind, state), event, frozenset(Part), FACTS, actor=7, table=TABLES[kind])
    assert refused == Refused("case-not-now")


@pytest.mark.parametrize(("kind", "row", "origin"), EVERY, ids=lambda one: getattr(one, "event", None))
def test_what_is_needed_must_come_along(kind: Kind, row: Transition, origin: State) -> None:
    """Blanks are nothing."""
    for need in row.needs:
        facts = {**FACTS, need: " "}
        refused = advance(case(kind, origin), row.event, frozenset(row.who), facts, actor=7, table=TABLES[kind])
        assert refused == Refused("case-missing", (need,))


@pytest.mark.parametrize("table", SMALL.values(), ids=[kind.value for kind in SMALL])
def test_from_every_state_a_path_leads_to_an_end(table: Sequence[Transition]) -> None:
    """Of the states that can be reached at all."""
    reached = {row.to for row in table if row.event is Event.FILE}
    while more := {row.to for row in table if row.origin & reached and row.to} - reached:
        reached |= more
    ends = {state for state in reached if state not in OPEN}
    assert ends
    while more := {s for s in reached for row in table if s in row.origin and row.to in ends} - ends:
        ends |= more
    assert ends == reached


def test_an_adopted_suggestion_has_its_plan() -> None:
    """Value, feasibility, reason and date; a date that has passed is refused."""
    facts = {need: FACTS[need] for need in (Need.VALUE, Need.FEASIBILITY, Need.REASON, Need.DUE)}
    owner = frozenset({Part.OWNER})
    work = case(Kind.SUGGESTION, State.IN_WORK)
    adopted = advance(work, Event.ADOPT, owner, facts, actor=7, table=SUGGESTION)
    assert isinstance(adopted, Case)
    assert adopted.plan == {need.value: text for need, text in facts.items()}
    unclear = advance(work, Event.ADOPT, owner, {**facts, Need.DUE: "soon"}, actor=7, table=SUGGESTION)
    assert unclear == Refused("case-no-date")
