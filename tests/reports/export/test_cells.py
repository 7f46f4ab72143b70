"""Cells: whatever somebody wrote, a spreadsheet takes it for text, and for the same text."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deliveries.cells import FORMULA, text_of
from reports.export.cells import CELL_LIMIT_UNITS, CUT, Value, clean_text, format_csv_cell, to_company_time

ANY = st.text(st.characters(codec=None, exclude_categories=()))
"""Every character there is, halves of pairs included."""


@given(ANY)
def test_what_xml_cannot_hold_is_left_out(said: str) -> None:
    """The rest stays, in its order; nothing is added."""
    kept = clean_text(said)
    kept.encode()
    left = iter(said.replace("\r\n", "\n").replace("\r", "\n"))
    assert all(character in left for character in kept)
    assert not any(ord(character) < ord(" ") and character not in "\t\n" for character in kept)


@pytest.mark.parametrize("character", ["x", "很", "🙂"])
def test_what_is_too_long_is_cut_with_a_mark(character: str) -> None:
    """As Excel counts, and never in the middle of a character."""
    whole = character * (CELL_LIMIT_UNITS // len(character.encode("utf-16-le")) * 2)
    assert clean_text(whole) == whole
    cut = clean_text(whole + character * 4)
    assert cut.endswith(CUT)
    assert CELL_LIMIT_UNITS - 2 <= len(cut.encode("utf-16-le")) // 2 <= CELL_LIMIT_UNITS
    assert set(cut.removesuffix(CUT)) == {character}


@given(st.one_of(ANY, st.builds(lambda a, b: a + b, st.sampled_from([*FORMULA, " =", "＝", "＠"]), ANY)))
def test_no_csv_cell_is_a_formula(said: str) -> None:
    """An apostrophe stands before what would be reckoned, and nothing else is changed."""
    cell = format_csv_cell(said)
    assert not cell.lstrip(" ").startswith((*FORMULA, "＝", "＋", "－", "＠"))
    assert cell in {clean_text(said), f"'{clean_text(said)}"}


@given(st.sampled_from(["=1+1", "+86 138", "-5", "@x"]))
def test_our_own_import_reads_it_back(said: str) -> None:
    """The apostrophe is no part of what is meant."""
    assert text_of(format_csv_cell(said)) == said


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "TRUE"),
        (False, "FALSE"),
        (-5, "-5"),
        (0.1, "0.1"),
        (date(2026, 10, 1), "2026-10-01"),
        (datetime(2026, 10, 1, 9, 5), "2026-10-01 09:05:00"),  # noqa: DTZ001 -- a cell has no zone
    ],
)
def test_other_values_in_a_csv(value: Value, cell: str) -> None:
    """Numbers stay numbers, negative ones too; moments as the world writes them."""
    assert format_csv_cell(value) == cell


def test_a_moment_is_the_companys() -> None:
    """On its clock, to the second, without a zone."""
    at = datetime(2026, 9, 30, 16, 0, 1, 999_999, tzinfo=UTC)
    assert to_company_time(at, ZoneInfo("Asia/Shanghai")) == datetime(2026, 10, 1, 0, 0, 1)  # noqa: DTZ001 -- the same
