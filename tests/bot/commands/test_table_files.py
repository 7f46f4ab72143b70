"""Files of rows: every way a CSV is written, spreadsheets, and what is broken told with its place."""

import tracemalloc
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.commands.table_files import CELL_LIMIT, Table, UnreadableFileError, open_table
from domain.deliveries.columns import understand
from tests.harness.spreadsheet_files import write_large_sheet, write_sheet
from tests.harness.text_fragments import VOCABULARY

CHINESE, ENGLISH = ("运单号", "签收时间", "手机号", "备注"), ("waybill", "delivered_at", "phone", "remark")
ROWS = [
    ("SF1", "2026/11/23 10:15", "13800138000", '他说 "好"'),
    ("SF2", "2026/11/23 10:16", "13800138001", "two\nlines; 1,5\tx"),
]


def known(headings: Sequence[str]) -> int:
    return len(understand(headings, {}, VOCABULARY.headings).places)


def of(path: Path, sheet: str | None = None) -> Table:
    return open_table(path, known, sheet)


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def quoted(cells: Sequence[str], separator: str) -> str:
    return separator.join('"{}"'.format(cell.replace('"', '""')) for cell in cells)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("headings", [CHINESE, ENGLISH])
def test_however_a_csv_is_written(
    tmp_path: Path, encoding: str, separator: str, end: str, headings: Sequence[str]
) -> None:
    """Encoding, byte order mark, separator, line ends; separators, quotation marks and line breaks inside quotation marks."""
    lines = [separator.join(headings), *(quoted(row, separator) for row in ROWS)]
    table = of(written(tmp_path / "a.csv", end.join(lines) + end, encoding))
    assert table.headings == headings
    assert [tuple(line.cells) for line in table.rows] == ROWS
    assert table.total == 2


def test_a_line_is_where_its_row_begins(tmp_path: Path) -> None:
    """With line breaks inside quotation marks and empty lines between, counted as an editor counts."""
    table = of(written(tmp_path / "a.csv", 'waybill,remark\n"SF1","a\nb"\n\nSF2,"x"\n'))
    assert [(line.number, line.cells) for line in table.rows] == [(2, ["SF1", "a\nb"]), (4, []), (5, ["SF2", "x"])]


def test_excels_first_line_names_the_separator(tmp_path: Path) -> None:
    """And is no row; lines are counted with it."""
    for encoding in ("utf-8-sig", "utf-16", "gb18030"):
        table = of(written(tmp_path / "a.csv", "sep=^\r\n运单号^手机号\r\nSF1^1\r\n", encoding))
        assert table.headings == ("运单号", "手机号")
        assert [(line.number, line.cells) for line in table.rows] == [(3, ["SF1", "1"])]


def test_a_title_above_the_headings(tmp_path: Path) -> None:
    """The row of which most is known are the headings; rows above it are none."""
    text = "十一月签收明细,,,\n\n制表：王 电话,,,\n运单号,签收时间,手机号,备注\nSF1,a,b,c\n"
    table = of(written(tmp_path / "a.csv", text, "gb18030"))
    assert table.headings == CHINESE
    assert [line.cells[0] for line in table.rows] == ["SF1"]
    path = write_sheet(tmp_path / "a.xlsx", [["Title"], [], CHINESE, ["SF1", "a", "b", "c"]])
    assert [(line.number, line.cells[0]) for line in of(path).rows] == [(4, "SF1")]


def test_more_commas_than_separators(tmp_path: Path) -> None:
    """Where a text is full of commas, the separator is still the one that makes headings of the headings."""
    table = of(written(tmp_path / "a.csv", "waybill;phone;remark, if any, or none, or two\nSF1;1;a, b, c, d, e, f\n"))
    assert table.headings == ("waybill", "phone", "remark, if any, or none, or two")
    assert [line.cells for line in table.rows] == [["SF1", "1", "a, b, c, d, e, f"]]


def test_a_single_column(tmp_path: Path) -> None:
    """Whatever is missing is for others to say."""
    assert of(written(tmp_path / "a.csv", "waybill\nSF1")).headings == ("waybill",)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('waybill,remark\nSF1,"open\nSF2,x\n', 2),
        ('waybill,remark\nSF1,x\n\nSF2,"a"b\n', 4),
        (f'waybill,remark\nSF1,"{"x" * (CELL_LIMIT + 1)}"\n', 2),
    ],
)
def test_quotation_marks_that_are_wrong(tmp_path: Path, text: str, line: int) -> None:
    """Told with the line in which the row begins, before any row is used: a mark left open would swallow the rows after it."""
    path = written(tmp_path / "a.csv", text)
    with pytest.raises(UnreadableFileError) as caught:
        of(path)
    assert str(caught.value).startswith(f"{path}:{line}: a quotation mark is not where it should be (")


def test_what_is_no_text(tmp_path: Path) -> None:
    """Neither encoding, wherever the broken byte is."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"waybill\n" + b"SF1\n" * 500_000 + b"\xff\xff")
    with pytest.raises(UnreadableFileError, match="neither UTF-8 nor GB18030 text; save it as CSV UTF-8 or as XLSX"):
        of(path)


@pytest.mark.parametrize("text", ["", "\n\n", " , \n", "\ufeff"])
def test_empty_files(tmp_path: Path, text: str) -> None:
    """Said as it is."""
    with pytest.raises(UnreadableFileError, match="is empty"):
        of(written(tmp_path / "a.csv", text))


def test_a_csv_has_no_sheets(tmp_path: Path) -> None:
    """Who asks for one is told."""
    with pytest.raises(UnreadableFileError, match="is no spreadsheet, so it has no sheet Two"):
        of(written(tmp_path / "a.csv", "waybill\n"), "Two")


def test_a_spreadsheet(tmp_path: Path) -> None:
    """Dates are dates, numbers numbers, what is empty is empty text; empty rows count as lines."""
    moment = datetime(2026, 11, 23, 10, 15)  # noqa: DTZ001 -- as a spreadsheet says it
    rows = [[], CHINESE, [123456, moment, 13800138000, None], [], ["SF2", date(2026, 11, 23), 1.5, True]]
    table = of(write_sheet(tmp_path / "a.xlsx", rows))
    assert table.headings == CHINESE
    assert [(line.number, list(line.cells)) for line in table.rows] == [
        (3, [123456, moment, 13800138000, ""]),
        (4, ["", "", "", ""]),
        (5, ["SF2", date(2026, 11, 23), 1.5, True]),
    ]
    assert (table.total, table.remark) == (3, "")


def test_other_sheets_are_not_forgotten(tmp_path: Path) -> None:
    """The first with anything in it is read, and it is said that there are others; --sheet names one."""
    path = write_sheet(tmp_path / "a.xlsx", [], Nov=[CHINESE, ["SF1"]], Dec=[CHINESE, ["SF2"]])
    table = of(path)
    assert [line.cells[0] for line in table.rows] == ["SF1"]
    assert table.remark == "only the sheet Nov is read; --sheet names another: Dec"
    assert [line.cells[0] for line in of(path, "Dec").rows] == ["SF2"]
    with pytest.raises(UnreadableFileError, match="has no sheet Oct; there are Sheet, Nov, Dec"):
        of(path, "Oct")
    with pytest.raises(UnreadableFileError, match="is empty"):
        of(path, "Sheet")


@pytest.mark.parametrize("content", [b"PK\x03\x04 nonsense", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_what_is_no_spreadsheet(tmp_path: Path, content: bytes) -> None:
    """Though it begins like one."""
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(UnreadableFileError, match=r"is no spreadsheet that can be read .*; save it as XLSX or CSV"):
        of(tmp_path / "a.xlsx")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_rows_come_one_at_a_time(tmp_path: Path, kind: str) -> None:
    """Forty thousand of them, read to the end, never hold more than a few megabytes of Python's memory."""
    path = tmp_path / f"a.{kind}"
    rows = [CHINESE, *((f"SF{n}", "2026/11/23 10:15", "13800138000", "x" * 20) for n in range(40_000))]
    if kind == "csv":
        written(path, "\n".join(map(",".join, rows)))
    else:
        write_large_sheet(path, rows)
    del rows
    tracemalloc.start()
    table = of(path)
    assert sum(1 for _ in table.rows) == table.total == 40_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 6_000_000
