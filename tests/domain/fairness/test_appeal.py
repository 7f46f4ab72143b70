"""Who decides an appeal, and until when one can be made."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.cases.case import CaseEvent, CaseState, HistoryEntry
from domain.fairness.appeal import Ties, find_case_workers, is_in_time, is_involved, may_decide
from domain.people import Grant, Person, Role

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TIES = Ties(appellant=1, customer=2, entered_by=3, courier="k17", handled_by=frozenset({4, 5}))
QUALITY, MANAGER = Grant(Role.QUALITY, "quality"), Grant(Role.MANAGER)


def somebody(id_: int, *grants: Grant) -> Person:
    return Person(id_, 1000 + id_, "en", grants=frozenset(grants))


def happened(event: CaseEvent, actor: int | None, **facts: str) -> HistoryEntry:
    return HistoryEntry(1, event, CaseState.IN_WORK, actor, NOW, facts)


@pytest.mark.parametrize(("id_", "involved"), [(1, True), (2, True), (3, True), (4, True), (5, True), (6, False)])
def test_who_is_involved(id_: int, *, involved: bool) -> None:
    """The appellant, the customer, who wrote it down, and who worked on a case about it; nobody else."""
    assert is_involved(somebody(id_, QUALITY), TIES) is involved


def test_the_courier_by_another_account() -> None:
    """Anyone who delivers under the rated id is involved; another courier, and a rating of no courier, tie nobody."""
    assert is_involved(somebody(9, QUALITY, Grant(Role.COURIER, "k17")), TIES)
    assert not is_involved(somebody(9, QUALITY, Grant(Role.COURIER, "k18")), TIES)
    nobodys = Ties(1, None, None, "", frozenset())
    assert not is_involved(somebody(9, QUALITY), nobodys)


def test_quality_decides() -> None:
    """Quality without ties; not staff, not a head, not a manager while somebody of quality is free."""
    free, tied = somebody(7, QUALITY), somebody(1, QUALITY)
    assert may_decide(free, TIES, [free, tied])
    assert not may_decide(tied, TIES, [free, tied])
    assert not may_decide(somebody(8, MANAGER), TIES, [free, tied])
    assert not may_decide(somebody(8, Grant(Role.HEAD, "transport")), TIES, [])


@pytest.mark.parametrize("quality", [[], [somebody(1, QUALITY)]])
def test_a_manager_stands_in(quality: list[Person]) -> None:
    """Where nobody of quality is left, a manager without ties decides; one with ties does not."""
    assert may_decide(somebody(8, MANAGER), TIES, quality)
    assert not may_decide(somebody(4, MANAGER), TIES, quality)


def test_who_handled_a_case() -> None:
    """Owner, resolver, reviewer, and anyone who owned it in between; the customer, the clock and who transferred it did not."""
    history = [
        happened(CaseEvent.FILE, 90),
        happened(CaseEvent.ACCEPT, 11),
        happened(CaseEvent.TRANSFER, 91, department="x"),
        happened(CaseEvent.HAND_OVER, 92, person="12"),
        happened(CaseEvent.RESOLVE, 13),
        happened(CaseEvent.RETURN, 14),
        happened(CaseEvent.APPROVE, 15),
        happened(CaseEvent.SATISFIED, 90),
        happened(CaseEvent.SILENT, None),
    ]
    assert find_case_workers(16, history) == {11, 12, 13, 14, 15, 16}
    assert find_case_workers(None, []) == frozenset()


@pytest.mark.parametrize(("ago", "can"), [(0, True), (30 * 86400, True), (30 * 86400 + 1, False)])
def test_in_time(ago: int, *, can: bool) -> None:
    """Up to the last second of the thirty days."""
    assert is_in_time(NOW - timedelta(seconds=ago), NOW, timedelta(days=30)) is can
