"""Spreadsheet cells: values written so that a spreadsheet reads them as what they are, no matter who typed them.

1. Text is text: never a formula, never a link, without what XML cannot hold, and cut with a mark where Excel would cut it silently.
2. A moment is a date and time of the company's clock, without a zone, because spreadsheets have none.
3. In a CSV an apostrophe precedes text that a spreadsheet would evaluate (CSV injection); `domain.deliveries.cells` removes it again.
   Numbers stay numbers.
"""

import enum
import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.deliveries.cells import FORMULA

Value = str | int | float | bool | datetime | date | None
"""What a cell can hold; None leaves it empty."""

CELL_LIMIT_UNITS = 32_767
"""Characters a cell may have in Excel, counted in UTF-16 code units."""

CUT = " …[cut]"

# Control characters, lone surrogates and non-characters; a carriage return would come back as a line feed.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_WIDE = ("＝", "＋", "－", "＠")
"""Full-width forms that East Asian input treats as the start of a formula."""


class ColumnKind(enum.StrEnum):
    """The kind of a column: what its cells hold and how they are shown."""

    TEXT = "text"
    NUMBER = "number"
    HOURS = "hours"
    MOMENT = "moment"
    DAY = "day"
    YES_NO = "yes_no"


def clean_text(value: str) -> str:
    """The text as a cell can hold it, at most 32,767 UTF-16 code units."""
    clean = _REFUSED.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if len(clean) * 2 <= CELL_LIMIT_UNITS or _count_units(clean) <= CELL_LIMIT_UNITS:
        return clean
    left = CELL_LIMIT_UNITS - len(CUT)
    kept = clean.encode("utf-16-le")[: left * 2].decode("utf-16-le", "ignore")
    return kept + CUT


def to_company_time(at: datetime, zone: ZoneInfo) -> datetime:
    """The moment on the company's clock, to the second, without a zone."""
    return at.astimezone(zone).replace(tzinfo=None, microsecond=0)


def escape_formula(value: str) -> str:
    """Text that no spreadsheet opening a CSV takes for a formula."""
    return f"'{value}" if value.lstrip(" ").startswith((*FORMULA, *_WIDE)) else value


def format_csv_cell(value: Value) -> str:
    """A cell of a CSV."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case str():
            return escape_formula(clean_text(value))
        case datetime():
            return value.isoformat(" ", "seconds")
        case date():
            return value.isoformat()
        case float():
            return repr(value)
        case _:
            return str(value)


def _count_units(value: str) -> int:
    """Length in UTF-16 code units."""
    return len(value) + sum(character > "\uffff" for character in value)
