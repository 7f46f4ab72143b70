"""Files of rows: CSV as everybody writes it, and spreadsheets. Rows come one at a time, whatever the size of the file.

1. A CSV is looked through once before its first row is used: its encoding, its separator, its quotation marks, how many rows there are.
   What is broken is told with its line, and nothing of the file has been used.
2. The headings are the row, of the first ten, of which most is known: a title above them does no harm.
3. A CSV is never whole in memory. A spreadsheet's sheet is, packed (some 80 bytes a cell, measured); its rows are unpacked one at a time.
"""

import codecs
import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from handlers.deliveries.importing import Line, is_empty

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How XLSX and its relatives begin, and the old XLS."""

SEPARATORS = (",", ";", "\t", "|")
CELL_LIMIT = 100_000
"""Characters of a cell: with more, a quotation mark was left open."""

_LOOKED_AT = 10
_BLOCK = 1 << 20

Known = Callable[[Sequence[str]], int]
"""How many of these headings are known."""


class Broken(Exception):
    """The file cannot be read; the message says where, why and what to do."""


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, and rows to be gone through once; `total` is about how many, empty ones included."""

    headings: tuple[str, ...]
    rows: Iterator[Line]
    total: int
    remark: str = ""


def opened(path: Path, known: Known, sheet: str | None = None) -> Table:
    """The table in this file. Raises Broken, OSError."""
    with path.open("rb") as file:
        start = file.read(4)
    if start in SPREADSHEETS:
        return _spreadsheet(path, known, sheet)
    if sheet is not None:
        raise Broken(f"{path} is no spreadsheet, so it has no sheet {sheet}")
    return _text(path, known)


# --- CSV ---


def _text(path: Path, known: Known) -> Table:
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        # Bounded, so that a file without line ends is not read whole only to look at its beginning.
        sample = [file.readline(CELL_LIMIT) for _ in range(_LOOKED_AT * 3)]
    declared = _declared(sample[0])
    separator = declared or max(SEPARATORS, key=lambda one: _promise(sample, one, known))
    skipped = 1 if declared else 0
    total, first = 0, list[Line]()
    for line in _lines(path, encoding, separator, skipped):
        total += 1
        if len(first) < _LOOKED_AT and not is_empty(line.cells):
            first.append(line)
    headings = _headings(path, first, known)
    rows = (line for line in _lines(path, encoding, separator, skipped) if line.number > headings.number)
    return Table(_texts(headings), rows, total - 1)


def _encoding(path: Path) -> str:
    """UTF-8, UTF-16 with its mark (Excel's "Unicode text"), or GB18030: whichever the whole file can be read as. Raises Broken."""
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            candidates = ["utf-16"]
        else:
            candidates = ["utf-8-sig"] if start.startswith(codecs.BOM_UTF8) else ["utf-8", "gb18030"]
        for encoding in candidates:
            file.seek(0)
            if _decodes(file, encoding):
                return encoding
    raise Broken(f"{path} is neither UTF-8 nor GB18030 text; save it as CSV UTF-8 or as XLSX")


def _decodes(file: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _declared(line: str) -> str:
    """The separator that Excel's first line `sep=;` names, empty where there is none."""
    bare = line.strip("\ufeff\r\n")
    return bare[4] if len(bare) == len("sep=;") and bare.lower().startswith("sep=") else ""


def _promise(sample: Iterable[str], separator: str, known: Known) -> tuple[int, int]:
    """What speaks for a separator: the headings that become known with it, then how many cells there are."""
    try:
        rows = list(islice(csv.reader(sample, delimiter=separator), _LOOKED_AT))
    except csv.Error:
        return 0, 0
    return max((known(row) for row in rows), default=0), max(map(len, rows), default=0)


def _lines(path: Path, encoding: str, separator: str, skipped: int) -> Iterator[Line]:
    """Every row with the line it begins in. Raises Broken where a quotation mark is left open."""
    csv.field_size_limit(CELL_LIMIT)
    with path.open(encoding=encoding, newline="") as file:
        for _ in range(skipped):
            file.readline()
        reader = csv.reader(file, delimiter=separator, strict=True)
        begins = 1
        try:
            for cells in reader:
                yield Line(begins + skipped, cells)
                begins = reader.line_num + 1
        except csv.Error as error:
            why = f"a quotation mark is not where it should be ({error}); inside quotation marks it is doubled"
            raise Broken(f"{path}:{begins + skipped}: {why}") from error


# --- spreadsheets ---


def _spreadsheet(path: Path, known: Known, wanted: str | None) -> Table:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_path(path)
        names = [one.name for one in workbook.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        if wanted is not None and wanted not in workbook.sheet_names:
            raise Broken(f"{path} has no sheet {wanted}; there are {', '.join(names)}")
        sheets = [workbook.get_sheet_by_name(name) for name in (names if wanted is None else [wanted])]
    except PasswordError:
        raise Broken(f"{path} is protected by a password; save it without one") from None
    except CalamineError as error:
        raise Broken(f"{path} is no spreadsheet that can be read ({error}); save it as XLSX or CSV") from error
    filled = [sheet for sheet in sheets if sheet.start is not None]
    if not filled:
        raise Broken(f"{path} is empty")
    sheet, *others = filled
    first = [line for line in islice(_rows(sheet), _LOOKED_AT * 3) if not is_empty(line.cells)][:_LOOKED_AT]
    headings = _headings(path, first, known)
    rows = (line for line in _rows(sheet) if line.number > headings.number)
    remark = f"only the sheet {sheet.name} is read; --sheet names another: " if others else ""
    total = (sheet.end or (0, 0))[0] + 1 - headings.number
    return Table(_texts(headings), rows, total, remark + ", ".join(one.name for one in others))


def _rows(sheet: "CalamineSheet") -> Iterator[Line]:
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield Line(number, cells)


def _headings(path: Path, first: Sequence[Line], known: Known) -> Line:
    if not first:
        raise Broken(f"{path} is empty")
    return max(first, key=lambda line: known(_texts(line)))


def _texts(line: Line) -> tuple[str, ...]:
    """Headings are text; a number names no column."""
    return tuple(cell.strip() if isinstance(cell, str) else "" for cell in line.cells)
