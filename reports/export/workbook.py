"""Streaming XLSX writer (Office Open XML), row by row: the sheets grow on disk, so memory stays small for any number of rows.

1. Blocking: call it where nothing else is waiting (law 10).
2. Text is written as text, whatever it starts with (`reports.export.cells`); only our own formulas are formulas.
3. Every table has a frozen heading, a filter, and a name for each column (`responses_overall`), which formulas use.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_col_to_name

from reports.export.cells import ColumnKind, Value, clean_text

ROWS_LIMIT = 1_048_576
"""Rows of a sheet (a limit of XLSX), including the heading."""

_FORMATS = {
    ColumnKind.TEXT: {"valign": "top"},
    ColumnKind.NUMBER: {"valign": "top"},
    ColumnKind.HOURS: {"valign": "top", "num_format": "0.00"},
    ColumnKind.MOMENT: {"valign": "top", "num_format": "yyyy-mm-dd hh:mm"},
    ColumnKind.DAY: {"valign": "top", "num_format": "yyyy-mm-dd"},
    ColumnKind.YES_NO: {"valign": "top", "align": "center"},
}
_HEAD = {
    "bold": True,
    "bg_color": "#1F4E79",
    "font_color": "#FFFFFF",
    "text_wrap": True,
    "valign": "vcenter",
    "border": 1,
}
_EARLIEST = date(1900, 1, 1)
"""The first day a spreadsheet knows."""

_LATEST = date(9999, 12, 31)


class TooManyRowsError(Exception):
    """A sheet is full; the message says which one and what to do."""


@dataclass(frozen=True, slots=True)
class Heading:
    """`name` is what formulas call the column; `width` is in characters."""

    name: str
    words: str
    kind: ColumnKind
    width: float


class _Sheet:
    """One table being written."""

    def __init__(self, sheet: Any, title: str, table: str, headings: Sequence[Heading]) -> None:  # noqa: ANN401 -- the library has no types
        self.sheet, self.title, self.table, self.headings = sheet, title, table, headings
        self.rows = 0


class Workbook:
    """A file of several tables; use as a context manager. `folder` holds the sheets while they grow."""

    def __init__(self, path: Path, folder: Path) -> None:
        options = {
            "constant_memory": True,
            "tmpdir": str(folder),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book: Any = xlsxwriter.Workbook(str(path), options)
        self._formats = {kind: self.book.add_format(options) for kind, options in _FORMATS.items()}
        self.head = self.book.add_format(_HEAD)
        self._sheets: dict[str, _Sheet] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            for sheet in self._sheets.values():
                self._finish(sheet)
        try:
            self.book.close()
        except FileCreateError as lost:  # the disk's error, wrapped by the library
            for worksheet in self.book.worksheets():
                worksheet._opt_close()  # noqa: SLF001 -- it leaves them open
            raise OSError(str(lost)) from lost

    def begin(self, table: str, title: str, headings: Sequence[Heading]) -> None:
        """Start a sheet for this table, with its heading."""
        sheet = self.book.add_worksheet(title)
        self._sheets[table] = _Sheet(sheet, title, table, headings)
        for n, heading in enumerate(headings):
            sheet.set_column(n, n, heading.width)
        sheet.set_row(0, 32)
        for n, heading in enumerate(headings):
            write_cell(sheet, 0, n, heading.words, self.head)
        sheet.freeze_panes(1, 0)

    def add(self, table: str, values: Sequence[Value]) -> None:
        """Write one row. Raises TooManyRowsError when the sheet is full (1,048,576 rows, the limit of XLSX)."""
        sheet = self._sheets[table]
        sheet.rows += 1
        if sheet.rows >= ROWS_LIMIT:
            raise TooManyRowsError(
                f"{sheet.title}: a sheet holds {ROWS_LIMIT - 1:,} rows; choose a shorter period, or CSV"
            )
        for n, (heading, value) in enumerate(zip(sheet.headings, values, strict=True)):
            if value is not None and value != "":
                write_cell(sheet.sheet, sheet.rows, n, value, self._formats[heading.kind])

    def _finish(self, sheet: _Sheet) -> None:
        """Set the filter over all rows and the columns' names; a table without rows gets an empty one, so the names refer to something."""
        last = max(sheet.rows, 1)
        sheet.sheet.autofilter(0, 0, last, len(sheet.headings) - 1)
        for n, heading in enumerate(sheet.headings):
            column = xl_col_to_name(n, col_abs=True)
            title = sheet.title.replace("'", "''")
            self.book.define_name(formula_name(sheet.table, heading.name), f"='{title}'!{column}$2:{column}${last + 1}")


def write_cell(sheet: Any, row: int, column: int, value: Value, form: Any = None) -> None:  # noqa: ANN401 -- the library has no types
    """Write one cell, typed by its value."""
    match value:
        case None:
            sheet.write_blank(row, column, None, form)
        case bool():
            sheet.write_boolean(row, column, value, form)
        case str():
            sheet.write_string(row, column, _escape_as_rich_text(clean_text(value)), form)
        case datetime() | date() if _EARLIEST <= date(value.year, value.month, value.day) <= _LATEST:
            sheet.write_datetime(row, column, value, form)
        case datetime() | date():
            sheet.write_string(row, column, value.isoformat(), form)
        case _:
            sheet.write_number(row, column, value, form)


def formula_name(table: str, column: str) -> str:
    """What formulas call a column: only letters, digits and _."""
    return re.sub(r"\W", "_", f"{table}_{column}")


def _escape_as_rich_text(value: str) -> str:
    """The library parses text that looks like its own rich text as XML; such text is passed to it as rich text, escaped."""
    if value.startswith("<r>") and value.endswith("</r>"):
        return f'<r><t xml:space="preserve">{escape(value, quote=False)}</t></r>'
    return value
