"""Cell parsing: one cell of an imported file, read as text, as a number or as a moment.

1. What a spreadsheet has damaged (digits rounded away, 1.38E+10) is refused, with the remedy: a guess would reach
   somebody else.
2. A moment without an offset is in the zone given. A date alone means the start of that day.
3. An apostrophe before = + - @, and ="…", only keep a spreadsheet from calculating; they are not part of the value.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

Cell = str | int | float | bool | datetime | date | time | timedelta
"""What a file's cell holds; a CSV has text only."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would evaluate a cell that begins like this."""

_EXACT = 10**15
"""Excel keeps fifteen digits of a number."""

_SCIENTIFIC = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)
_SERIALS = (20_000, 80_000)
"""Excel's day numbers of 1954 to 2119."""

_EXCEL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 -- a spreadsheet's day has no zone
_COMPACT = re.compile(r"\d{8}|\d{12}|\d{14}")


@dataclass(frozen=True, slots=True)
class Signs:
    """The characters that a language writes after the year, the month … of a moment in digits."""

    year: str = ""
    month: str = ""
    day: str = ""
    hour: str = ""
    minute: str = ""
    second: str = ""


def moments(languages: Iterable[Signs] = ()) -> re.Pattern[str]:
    """A pattern for moments in digits, with the usual separators and the signs of these languages, mixed or not."""
    languages = tuple(languages)

    def either(name: str, marks: str) -> str:
        return f"[{marks}{re.escape(''.join(getattr(signs, name) for signs in languages))}]"

    def maybe(name: str) -> str:
        return f"{either(name, '')}?" if any(getattr(signs, name) for signs in languages) else ""

    date_ = rf"(?P<year>\d{{4}})\s*{either('year', '-/.')}\s*(?P<month>\d{{1,2}})\s*{either('month', '-/.')}\s*(?P<day>\d{{1,2}})"
    clock = rf"(?P<hour>\d{{1,2}})\s*{either('hour', ':')}\s*(?P<minute>\d{{1,2}})\s*{maybe('minute')}"
    second = rf"\s*:?\s*(?P<second>\d{{1,2}})(?:\.\d+)?\s*{maybe('second')}"
    offset = r"(?P<offset>Z|[+-]\d{2}:?\d{2})"
    return re.compile(rf"{date_}\s*{maybe('day')}(?:[\sT]*{clock}(?:{second})?)?\s*{offset}?", re.ASCII | re.IGNORECASE)


FIGURES = moments()
"""Moments in digits alone."""


class Unclear(Exception):
    """The cell cannot be used; the message says why and what to do."""


def text_of(cell: Cell) -> str:
    """The cell as text, stripped. Raises Unclear for a number whose last digits are lost."""
    match cell:
        case str():
            return _meant(cell.strip())
        case bool():
            return str(cell).upper()
        case float() if cell.is_integer():
            return text_of(int(cell))
        case int():
            if abs(cell) >= _EXACT:
                raise Unclear(
                    "has more than 15 digits, and spreadsheets lose the others of a number: keep the column as text"
                )
            return str(cell)
        case float():
            return f"{cell:.15g}"
        case datetime():
            return cell.isoformat(" ")
        case _:
            return str(cell)


def _meant(text: str) -> str:
    if text[:1] == "'" and text[1:].lstrip(" ").startswith(FORMULA):
        text = text[1:].strip()
    return text[2:-1].strip() if text[:2] == '="' and text[2:].endswith('"') else text


def number_of(cell: Cell) -> str:
    """The cell as an identifying number: a waybill, a phone. Raises Unclear when digits are lost."""
    text = text_of(cell)
    if _SCIENTIFIC.fullmatch(text):
        raise Unclear(
            f"{text} is what a spreadsheet made of a long number, and its digits are lost: keep the column as text"
        )
    return text


def moment_of(cell: Cell, zone: tzinfo, formats: Sequence[str] = (), written: re.Pattern[str] = FIGURES) -> datetime:
    """The cell as an aware moment; text is tried with `formats` (strptime) first, then with `written`. Raises Unclear when it is none."""
    try:
        moment = _moment(cell, formats, written)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unclear(
            "is no date and time; write it like 2026-11-23 10:15, or name its form in [import] date_formats"
        ) from None


def _moment(cell: Cell, formats: Sequence[str], written: re.Pattern[str]) -> datetime:
    """The moment, aware or naive. Raises ValueError or OverflowError."""
    match cell:
        case datetime():
            return cell
        case date():
            return datetime.combine(cell, time())
        case int() | float() if _SERIALS[0] <= cell < _SERIALS[1]:
            return _EXCEL_ZERO + timedelta(seconds=round(cell * 86400))
        case str():
            return _read(cell, formats, written)
        case int() | float():
            return _read(str(int(cell)), formats, written)
        case _:
            raise ValueError(cell)


def _read(cell: str, formats: Sequence[str], written: re.Pattern[str]) -> datetime:
    text = cell.strip()
    for form in formats:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 -- the zone is the caller's
        except ValueError:
            continue
    try:
        if not text.isdecimal() and text[4:5] == "-":
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    text = unicodedata.normalize("NFKC", text)
    if _COMPACT.fullmatch(text):
        return datetime.strptime(text.ljust(14, "0"), "%Y%m%d%H%M%S")  # noqa: DTZ007 -- the zone is the caller's
    if (match := written.fullmatch(text)) is not None:
        parts = {name: int(match[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")}
        offset = (match["offset"] or "").upper().replace("Z", "+00:00")
        zone = datetime.strptime(offset, "%z").tzinfo if offset else None
        return datetime(**parts, tzinfo=zone)
    serial = float(text)
    if _SERIALS[0] <= serial < _SERIALS[1]:
        return _EXCEL_ZERO + timedelta(seconds=round(serial * 86400))
    raise ValueError(text)
