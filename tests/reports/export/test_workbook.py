"""A workbook: text is text, no matter who wrote it, and everything else has its type."""

from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from reports.export import workbook
from reports.export.cells import ColumnKind, Value, clean_text
from reports.export.workbook import Heading, TooManyRowsError, Workbook, formula_name
from tests.conftest import PROVE
from tests.reports.export.test_cells import ANY

HOSTILE = st.sampled_from(
    [
        "=1+1",
        "+1",
        "-1",
        "@x",
        "\tx",
        "\rx",
        "<r>x</r>",
        "<r><t>&amp;</t></r>",
        "</is>",
        "_x0041_",
        "https://x.yz",
        " x ",
        "'=1",
        "{=1}",
    ]
)


def written(folder: Path, values: list[Value], kind: ColumnKind = ColumnKind.TEXT) -> "openpyxl.Workbook":
    """A workbook of one column with these cells, as another library reads it."""
    with Workbook(folder / "x.xlsx", folder) as book:
        book.begin("table", "It's a title", [Heading("a", "A", kind, 10)])
        for value in values:
            book.add("table", [value])
    return openpyxl.load_workbook(folder / "x.xlsx")


@settings(max_examples=60 if PROVE else 25)
@given(st.lists(HOSTILE | ANY | st.builds(lambda a, b: a + b, HOSTILE, ANY), min_size=1, max_size=20))
def test_text_comes_back_as_text(said: list[str]) -> None:
    """Never a formula, never a link, never our XML: the same characters, but for those that XML cannot hold."""
    with TemporaryDirectory() as folder:
        sheet = written(Path(folder), list(said))["It's a title"]
        cells = [sheet.cell(n, 1) for n in range(2, len(said) + 2)]
    assert [unescape(cell.value or "") for cell in cells] == [clean_text(one) for one in said]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert not any(cell.hyperlink for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "n" and cell.value is not None]


def test_every_type(tmp_path: Path) -> None:
    """Numbers are numbers, yes and no booleans; an empty cell is none."""
    sheet = written(tmp_path, [5, 0.25, True, None, ""], ColumnKind.NUMBER)["It's a title"]
    assert [sheet.cell(n, 1).value for n in range(2, 7)] == [5, 0.25, True, None, None]
    assert [sheet.cell(n, 1).data_type for n in range(2, 5)] == ["n", "n", "b"]


def test_moments_are_dates(tmp_path: Path) -> None:
    """With a form that everybody reads; what lies before a spreadsheet's days is text."""
    at = datetime(2026, 10, 1, 9, 5)  # noqa: DTZ001 -- a cell has no zone
    sheet = written(tmp_path, [at, date(2026, 10, 1), date(1066, 10, 14)], ColumnKind.MOMENT)["It's a title"]
    assert [sheet.cell(n, 1).value for n in range(2, 5)] == [at, at.replace(hour=0, minute=0), "1066-10-14"]
    assert sheet["A2"].number_format == "yyyy-mm-dd hh:mm"
    assert sheet["A2"].is_date


def test_a_table_can_be_read_and_reckoned_with(tmp_path: Path) -> None:
    """The heading stays in sight, has a filter, and every column has a name; without rows it names an empty one."""
    book = written(tmp_path, ["x", "y"])
    sheet = book["It's a title"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:A3"
    assert sheet["A1"].font.bold
    assert book.defined_names["table_a"].attr_text == "'It''s a title'!$A$2:$A$3"
    assert written(tmp_path, []).defined_names["table_a"].attr_text == "'It''s a title'!$A$2:$A$2"


def test_a_full_sheet_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do; the rows are not cut in silence."""
    monkeypatch.setattr(workbook, "ROWS_LIMIT", 3)
    with pytest.raises(TooManyRowsError, match="CSV"):
        written(tmp_path, ["x", "y", "z"])


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    """As what it is."""
    with pytest.raises(OSError, match="nowhere"), Workbook(tmp_path / "nowhere" / "x.xlsx", tmp_path) as book:
        book.begin("table", "T", [Heading("a", "A", ColumnKind.TEXT, 10)])


def test_names_are_names() -> None:
    """Letters, digits and _ only."""
    assert formula_name("responses", "four levels:x") == "responses_four_levels_x"
