"""The small tables: what is not in them cannot happen, and from every state a path leads to an end."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from domain.cases.case import (
    OPEN,
    Case,
    CaseEvent,
    CaseKind,
    CasePart,
    CaseRefusal,
    CaseState,
    CaseTransition,
    Need,
    advance,
)
from domain.cases.feedback import INQUIRY, LIFECYCLES, NUMBER_PREFIXES, PRAISE, SUGGESTION

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
SMALL = {CaseKind.SUGGESTION: SUGGESTION, CaseKind.INQUIRY: INQUIRY, CaseKind.PRAISE: PRAISE}
EVERY = [(kind, row, origin) for kind, table in SMALL.items() for row in table for origin in sorted(row.origin)]


def case(kind: CaseKind, state: CaseState) -> Case:
    due = NOW + timedelta(days=7)
    return Case(1, "S-261123-0001", state, "other", "normal", "service", NOW, due, customer=3, owner=7, kind=kind)


def test_every_kind_has_a_table_and_a_letter() -> None:
    """And no two begin their numbers alike."""
    assert set(LIFECYCLES) == set(NUMBER_PREFIXES) == set(CaseKind)
    assert len(set(NUMBER_PREFIXES.values())) == len(CaseKind)
    assert all(next(iter(table)).event is CaseEvent.FILE for table in LIFECYCLES.values())


@pytest.mark.parametrize(("kind", "row", "origin"), EVERY, ids=lambda one: getattr(one, "event", None))
def test_what_the_table_says_happens(kind: CaseKind, row: CaseTransition, origin: CaseState) -> None:
    """For everybody it names, and for nobody else."""
    facts = {need: FACTS[need] for need in row.needs}
    for part in CasePart:
        after = advance(case(kind, origin), row.event, frozenset({part}), facts, actor=7, table=LIFECYCLES[kind])
        if part in row.who:
            assert isinstance(after, Case)
            assert after.state is (row.to or origin)
            assert after.version == 2
        else:
            assert after == CaseRefusal("case-not-yours")


@pytest.mark.parametrize("kind", SMALL)
@pytest.mark.parametrize("event", CaseEvent)
@pytest.mark.parametrize("state", CaseState)
def test_nothing_else_happens(kind: CaseKind, event: CaseEvent, state: CaseState) -> None:
    """An event outside the table is refused, no matter who causes it and whatever comes along."""
    if any(row.event is event and state in row.origin for row in LIFECYCLES[kind]):
        return
    refused = advance(case(kind, state), event, frozenset(CasePart), FACTS, actor=7, table=LIFECYCLES[kind])
    assert refused == CaseRefusal("case-not-now")


@pytest.mark.parametrize(("kind", "row", "origin"), EVERY, ids=lambda one: getattr(one, "event", None))
def test_what_is_needed_must_come_along(kind: CaseKind, row: CaseTransition, origin: CaseState) -> None:
    """Blanks are nothing."""
    for need in row.needs:
        facts = {**FACTS, need: " "}
        refused = advance(case(kind, origin), row.event, frozenset(row.who), facts, actor=7, table=LIFECYCLES[kind])
        assert refused == CaseRefusal("case-missing", (need,))


@pytest.mark.parametrize("table", SMALL.values(), ids=[kind.value for kind in SMALL])
def test_from_every_state_a_path_leads_to_an_end(table: Sequence[CaseTransition]) -> None:
    """Of the states that can be reached at all."""
    reached = {row.to for row in table if row.event is CaseEvent.FILE}
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
    owner = frozenset({CasePart.OWNER})
    work = case(CaseKind.SUGGESTION, CaseState.IN_WORK)
    adopted = advance(work, CaseEvent.ADOPT, owner, facts, actor=7, table=SUGGESTION)
    assert isinstance(adopted, Case)
    assert adopted.plan == {need.value: text for need, text in facts.items()}
    unclear = advance(work, CaseEvent.ADOPT, owner, {**facts, Need.DUE: "soon"}, actor=7, table=SUGGESTION)
    assert unclear == CaseRefusal("case-no-date")
