"""Tabular file reader: CSV in all its dialects, and spreadsheets. Rows come one at a time, for files of any size.

1. A CSV is scanned once before its first row is used: its encoding, separator and quotation marks, and the number of rows.
   An error is reported with its line, and then nothing of the file has been used.
2. The headings are whichever of the first ten rows has most known ones: a title above them does no harm.
3. A CSV is never whole in memory. A spreadsheet's sheet is, packed (about 80 bytes per cell, measured); its rows are unpacked one at
   a time.
"""

import codecs
import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from handlers.deliveries.importing import FileRow, is_empty

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""Magic numbers of XLSX and its relatives (ZIP), and of the old XLS."""

SEPARATORS = (",", ";", "\t", "|")
CELL_LIMIT = 100_000
"""Characters per cell; more means that a quotation mark was left open."""

_SAMPLE_LINES = 10
_BLOCK_BYTES = 1 << 20

CountKnownHeadings = Callable[[Sequence[str]], int]
"""How many of these headings are known."""


class UnreadableFileError(Exception):
    """The file cannot be read; the message says where, why and what to do."""


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, and rows to be iterated once; `total` is about how many there are, empty ones included."""

    headings: tuple[str, ...]
    rows: Iterator[FileRow]
    total: int
    remark: str = ""


def open_table(path: Path, known: CountKnownHeadings, sheet: str | None = None) -> Table:
    """The table in this file; without `sheet`, the first visible sheet that is not empty.

    Raises:
        UnreadableFileError: when the file is neither a readable CSV nor a spreadsheet with this sheet.
        OSError: when the file cannot be opened.
    """
    with path.open("rb") as file:
        start = file.read(4)
    if start in SPREADSHEETS:
        return _open_spreadsheet(path, known, sheet)
    if sheet is not None:
        raise UnreadableFileError(f"{path} is no spreadsheet, so it has no sheet {sheet}")
    return _open_csv(path, known)


# --- CSV ---


def _open_csv(path: Path, known: CountKnownHeadings) -> Table:
    encoding = _detect_encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        # Bounded, so that a file without line ends is not read whole only to look at its beginning.
        sample = [file.readline(CELL_LIMIT) for _ in range(_SAMPLE_LINES * 3)]
    declared = _find_declared_separator(sample[0])
    separator = declared or max(SEPARATORS, key=lambda one: _score_separator(sample, one, known))
    skipped = 1 if declared else 0
    total, first = 0, list[FileRow]()
    for line in _read_csv_lines(path, encoding, separator, skipped):
        total += 1
        if len(first) < _SAMPLE_LINES and not is_empty(line.cells):
            first.append(line)
    headings = _check_headings(path, first, known)
    rows = (line for line in _read_csv_lines(path, encoding, separator, skipped) if line.number > headings.number)
    return Table(_format_heading_cells(headings), rows, total - 1)


def _detect_encoding(path: Path) -> str:
    """The first that reads the whole file: UTF-8, UTF-16 with its BOM (Excel's "Unicode text"), GB18030. Raises UnreadableFileError if none."""
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            candidates = ["utf-16"]
        else:
            candidates = ["utf-8-sig"] if start.startswith(codecs.BOM_UTF8) else ["utf-8", "gb18030"]
        for encoding in candidates:
            file.seek(0)
            if _can_decode(file, encoding):
                return encoding
    raise UnreadableFileError(f"{path} is neither UTF-8 nor GB18030 text; save it as CSV UTF-8 or as XLSX")


def _can_decode(file: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while block := file.read(_BLOCK_BYTES):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _find_declared_separator(line: str) -> str:
    """The separator that Excel's first line `sep=;` declares, empty if there is no such line."""
    bare = line.strip("\ufeff\r\n")
    return bare[4] if len(bare) == len("sep=;") and bare.lower().startswith("sep=") else ""


def _score_separator(sample: Iterable[str], separator: str, known: CountKnownHeadings) -> tuple[int, int]:
    """How well a separator fits: how many headings become known with it, then how many cells there are."""
    try:
        rows = list(islice(csv.reader(sample, delimiter=separator), _SAMPLE_LINES))
    except csv.Error:
        return 0, 0
    return max((known(row) for row in rows), default=0), max(map(len, rows), default=0)


def _read_csv_lines(path: Path, encoding: str, separator: str, skipped: int) -> Iterator[FileRow]:
    """Every row with the line it starts on. Raises UnreadableFileError when a quotation mark is left open."""
    csv.field_size_limit(CELL_LIMIT)
    with path.open(encoding=encoding, newline="") as file:
        for _ in range(skipped):
            file.readline()
        reader = csv.reader(file, delimiter=separator, strict=True)
        begins = 1
        try:
            for cells in reader:
                yield FileRow(begins + skipped, cells)
                begins = reader.line_num + 1
        except csv.Error as error:
            why = f"a quotation mark is not where it should be ({error}); inside quotation marks it is doubled"
            raise UnreadableFileError(f"{path}:{begins + skipped}: {why}") from error


# --- spreadsheets ---


def _open_spreadsheet(path: Path, known: CountKnownHeadings, wanted: str | None) -> Table:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_path(path)
        names = [one.name for one in workbook.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        if wanted is not None and wanted not in workbook.sheet_names:
            raise UnreadableFileError(f"{path} has no sheet {wanted}; there are {', '.join(names)}")
        sheets = [workbook.get_sheet_by_name(name) for name in (names if wanted is None else [wanted])]
    except PasswordError:
        raise UnreadableFileError(f"{path} is password-protected; save it without a password") from None
    except CalamineError as error:
        raise UnreadableFileError(
            f"{path} is no spreadsheet that can be read ({error}); save it as XLSX or CSV"
        ) from error
    filled = [sheet for sheet in sheets if sheet.start is not None]
    if not filled:
        raise UnreadableFileError(f"{path} is empty")
    sheet, *others = filled
    first = [line for line in islice(_read_sheet_rows(sheet), _SAMPLE_LINES * 3) if not is_empty(line.cells)][
        :_SAMPLE_LINES
    ]
    headings = _check_headings(path, first, known)
    rows = (line for line in _read_sheet_rows(sheet) if line.number > headings.number)
    remark = f"only the sheet {sheet.name} is read; --sheet names another: " if others else ""
    total = (sheet.end or (0, 0))[0] + 1 - headings.number
    return Table(_format_heading_cells(headings), rows, total, remark + ", ".join(one.name for one in others))


def _read_sheet_rows(sheet: "CalamineSheet") -> Iterator[FileRow]:
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield FileRow(number, cells)


def _check_headings(path: Path, first: Sequence[FileRow], known: CountKnownHeadings) -> FileRow:
    if not first:
        raise UnreadableFileError(f"{path} is empty")
    return max(first, key=lambda line: known(_format_heading_cells(line)))


def _format_heading_cells(line: FileRow) -> tuple[str, ...]:
    """Headings are text; a number names no column."""
    return tuple(cell.strip() if isinstance(cell, str) else "" for cell in line.cells)
