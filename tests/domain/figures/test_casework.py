"""What a complaint's handling counts as, and durations that are kept one by one."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.handling import CaseHandling, Outcome
from domain.figures.casework import (
    CaseworkColumn,
    DurationKind,
    DurationTable,
    PackedDuration,
    list_casework_columns,
    list_durations,
    pack_durations,
    repack_durations,
    unpack_durations,
)

AT = datetime(2026, 11, 23, tzinfo=UTC)
DURATIONS = st.builds(
    PackedDuration, st.integers(1, 31), st.sampled_from(DurationKind), st.integers(-60, 2**40 - 1), st.just(1)
)


@pytest.mark.parametrize(
    ("handled", "expected"),
    [
        (CaseHandling(), set()),
        (CaseHandling(Outcome.SILENT, answered_at=AT), {"rectified", "silent"}),
        (CaseHandling(Outcome.SATISFIED, answered_at=AT, solved_in=1), {"rectified", "satisfied", "spoken", "first"}),
        (
            CaseHandling(Outcome.SATISFIED, answered_at=AT, rounds=2, solved_in=2, reopened=True),
            {"rectified", "satisfied", "spoken", "second", "reopened"},
        ),
        (CaseHandling(Outcome.ANSWERED, answered_at=AT, rounds=2), {"rectified", "spoken"}),
    ],
)
def test_what_a_complaint_counts_as(handled: CaseHandling, expected: set[str]) -> None:
    """Nothing without an answer; whether it was solved, in which round, and whether the customer has ever spoken."""
    assert set(list_casework_columns(handled, "delivery", None, valid=True, repeated=False)) == expected
    rude = list_casework_columns(handled, "attitude", 4, valid=True, repeated=True)
    assert set(rude) == expected | {"repeated", "attitude_valid", CaseworkColumn.HANDLED4}


def test_durations_that_are_known() -> None:
    """Those that nobody has measured yet are left out."""
    assert list_durations(CaseHandling(replied=60, finished=0)) == [
        (DurationKind.REPLIED, 60),
        (DurationKind.FINISHED, 0),
    ]


@given(st.lists(DURATIONS, max_size=40), st.data(), st.integers(1, 31), st.integers(1, 31))
def test_durations_are_those_that_were_packed(
    durations: list[PackedDuration], data: st.DataObject, first: int, last: int
) -> None:
    """In any pieces, without what was taken back, of all days or of some."""
    taken = data.draw(st.lists(st.sampled_from(durations), max_size=5, unique_by=id)) if durations else []
    left = Counter(durations) - Counter(taken)
    packed = pack_durations(durations) + pack_durations(one._replace(times=-1) for one in taken)
    assert Counter(unpack_durations(repack_durations(packed))) == left
    for whole, parts, days in (([packed], [], (1, 31)), ([], [(packed, first, last)], (first, last))):
        table = DurationTable(whole, parts)
        for measure in DurationKind:
            seconds = sorted(
                one.seconds for one in left.elements() if one.measure is measure and days[0] <= one.day <= days[1]
            )
            assert [table.find_rank(measure, n) for n in range(1, table.count(measure) + 1)] == seconds
    with pytest.raises(IndexError):
        table.find_rank(DurationKind.REPLIED, 0)
