"""Cells as columns: whatever is packed is unpacked, added up, and left out when it counts nothing."""

from hypothesis import given
from hypothesis import strategies as st

from domain.figures.packed_totals import (
    PARTS,
    CellKey,
    Sheet,
    add_cells,
    add_first_counts,
    find_part,
    pack_sheet,
    unpack_sheet,
)

NAMES = st.sampled_from(["", "north", "k17", "陆家嘴"])
SHEETS = st.dictionaries(st.tuples(NAMES, NAMES, NAMES), st.tuples(*[st.integers(-(2**31), 2**31)] * 3), max_size=9)


@given(SHEETS, SHEETS)
def test_what_is_packed_is_what_was_there(
    first: dict[CellKey, tuple[int, ...]], second: dict[CellKey, tuple[int, ...]]
) -> None:
    """Two sheets added, one of them from its packed form, are the sum of each cell."""
    assert dict(unpack_sheet(pack_sheet(first))) == {key: counts for key, counts in first.items() if any(counts)}
    for departments in (None, {"north"}):
        counts: dict[str, int] = {}
        add_first_counts(counts, pack_sheet(first), departments)
        kept = {key: cell for key, cell in first.items() if departments is None or key[0] in departments}
        assert {value: count for value, count in counts.items() if count} == {
            value: count
            for value in {key[1] for key in kept}
            if (count := sum(c[0] for k, c in kept.items() if k[1] == value))
        }
    added: Sheet = dict(second)
    add_cells(added, unpack_sheet(pack_sheet(first)))
    for key in {*first, *second}:
        parts = [sheet[key] for sheet in (first, second) if key in sheet]
        assert list(added.get(key, (0, 0, 0))) == [sum(counts) for counts in zip(*parts, strict=True)]


def test_a_unit_is_in_one_part() -> None:
    """The same one for good, whatever else there is: it is stored."""
    assert [find_part(value) for value in ("", "k17", "陆家嘴")] == [0, find_part("k17"), find_part("陆家嘴")]
    assert all(0 <= find_part(str(n)) < PARTS for n in range(99))
    assert len({find_part(str(n)) for n in range(999)}) == PARTS
