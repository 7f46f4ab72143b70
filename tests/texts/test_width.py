"""What fits on a phone."""

import pytest

from texts.width import GAP, KEYBOARD, PADDING, count_rows, measure_label, trim_label


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (["😡 1", "🙁 2", "😐 3", "🙂 4", "😍 5"], 1),
        (["0", "1", "2", "3", "4", "5"], 1),
        (["Departments", "Couriers", "Routes"], 1),
        (["Departments", "Categories", "Customer types"], 2),
        (["部门", "快递员", "线路", "网点"], 1),
        (["Assign to the after-sales department", "Yes"], 2),
        (["x" * 60], 1),
        (["x" * 60, "y", "z"], 3),
    ],
)
def test_rows_by_length(labels: list[str], rows: int) -> None:
    """As few rows as possible, none of whose labels is cut; one that is too long anyway has a row to itself."""
    assert count_rows(labels) == rows


@pytest.mark.parametrize("label", ["x" * 200, "部" * 90, "👍" * 50, "short"])
def test_a_label_is_cut_to_what_can_be_read(label: str) -> None:
    """With an ellipsis, and only if it has to be."""
    cut = trim_label(label)
    assert measure_label(cut) <= KEYBOARD - PADDING
    assert (cut == label) == (measure_label(label) <= KEYBOARD - PADDING)


def test_scripts_have_their_widths() -> None:
    """A Chinese character takes two Latin letters; joiners and combining marks take nothing."""
    assert measure_label("部") == 2 * measure_label("n")
    assert measure_label("e\u0301\u200d") == measure_label("e")
    assert GAP < PADDING < KEYBOARD
