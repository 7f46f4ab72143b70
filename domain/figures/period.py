"""Reporting period: a span of whole local days that figures are counted over.

1. Half-open: start <= moment < end, both aware UTC, both midnights of the company's zone; weeks start on Monday.
2. A running period (it contains today) ends at the coming midnight: nothing later has happened yet, and every bound
   stays a local midnight, so that daily totals answer every question.
3. `previous` is the preceding period of the same kind. A complete period is compared with the whole one before it, a
   running one with as many days from the start of the one before: 1–18 November with 1–18 October, not with all of
   October. Today counts as a whole day, so compare shares and rates, not raw counts, while it runs.
   What of it is judged, and when, is decided by `domain.figures.maturity`.
4. `code` is short and stable, for buttons; `parse_period` reads it back.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import assert_never
from zoneinfo import ZoneInfo

from domain.phrases import by_word, compile_phrase


class Kind(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"


class PeriodError(ValueError):
    """The text names no period; `key` is the message to show, `values` its variables."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Period:
    kind: Kind
    start: datetime
    end: datetime
    zone: ZoneInfo
    code: str
    running: bool = False

    @property
    def first(self) -> date:
        """The first local day inside."""
        return self.start.astimezone(self.zone).date()

    @property
    def last(self) -> date:
        """The last local day inside."""
        return self.end.astimezone(self.zone).date() - _DAY

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


_DAY = timedelta(days=1)
_CODES = {
    "today": (Kind.DAY, False),
    "yesterday": (Kind.DAY, True),
    "week": (Kind.WEEK, False),
    "month": (Kind.MONTH, False),
    "quarter": (Kind.QUARTER, False),
    "year": (Kind.YEAR, False),
}
_RUNNING = {kind: code for code, (kind, over) in _CODES.items() if not over}
_CALENDAR = re.compile(
    r"(?P<year>20\d\d)(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?|-?q(?P<quarter>[1-4]))?", re.ASCII
)
_BETWEEN = (r"\.{2,3}", "~", "–")
_ECHO = 40


@dataclass(frozen=True, slots=True)
class PeriodWords:
    """How a language names periods: the one that is `running`, the `last` completed one.

    `calendar` is how it writes a calendar period, in the form of `domain.phrases`, with the groups year, "quarter" (in
    the words of `quarter`), "month" and "day". `between` are the words that join two of them.
    """

    running: Mapping[Kind, tuple[str, ...]]
    last: Mapping[Kind, tuple[str, ...]]
    calendar: str = ""
    quarter: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    between: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Periods:
    """What names a period: words, with whether it is over; the calendar forms; what may join two."""

    said: Mapping[str, tuple[Kind, bool]]
    calendars: tuple[re.Pattern[str], ...]
    quarter: Mapping[str, int]
    between: re.Pattern[str]


def periods(languages: Iterable[PeriodWords]) -> Periods:
    """Our codes and the words of every language. Raises re.error when a phrase is not a regular expression."""
    languages = tuple(languages)
    said = dict(_CODES)
    for words in languages:
        for named, over in ((words.running, False), (words.last, True)):
            said |= {word: (kind, over) for word, kind in by_word([named]).items()}
    return Periods(
        said,
        (
            _CALENDAR,
            *(
                compile_phrase(words.calendar, {"quarter": by_word([words.quarter])}, flags=re.ASCII)
                for words in languages
                if words.calendar
            ),
        ),
        by_word(words.quarter for words in languages),
        re.compile("|".join([*_BETWEEN, *(re.escape(word) for words in languages for word in words.between)])),
    )


CODES = periods(())
"""The codes in buttons."""


def parse_period(text: str, now: datetime, zone: ZoneInfo, known: Periods = CODES) -> Period:
    """The period that a manager typed, in the words `known`, or that a button carries.

    Raises:
        PeriodError: when the text names no period, one that ends before it begins, or one still to come.
        TypeError: when `now` is not aware.
    """
    if now.tzinfo is None:
        raise TypeError("now must be aware")
    today = now.astimezone(zone).date()
    word = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if word in known.said:
        kind, over = known.said[word]
        if over:
            return find_last_ended(kind, today, zone)
        first = _unit_start(kind, today)
        return _cut(kind, first, _unit_end(kind, first), zone, code=_RUNNING[kind], today=today)
    try:
        kind, first, until = _calendar_span(word, known)
    except ValueError as error:
        raise PeriodError("summary-period-unknown", text=text.strip()[:_ECHO]) from error
    if until <= first:
        raise PeriodError("summary-period-reversed", first=first.isoformat(), last=(until - _DAY).isoformat())
    if first > today:
        raise PeriodError("summary-period-future", first=first.isoformat())
    return _cut(kind, first, until, zone, code=_code(kind, first, until), today=today)


def earlier(period: Period) -> Period:
    """The whole period before it; for a range, as many days right before."""
    if period.kind is Kind.RANGE:
        return _between(Kind.RANGE, period.first - period.days * _DAY, period.first, period.zone)
    return find_last_ended(period.kind, period.first, period.zone)


def previous(period: Period) -> Period:
    """The period to compare with (rule 3); for a range, as many days right before it."""
    whole = earlier(period)
    if period.kind is Kind.RANGE or period.last + _DAY == _unit_end(period.kind, period.first):
        return whole
    until = min(whole.first + period.days * _DAY, period.first)
    return _between(period.kind, whole.first, until, period.zone)


def cut_period(period: Period, days: int) -> Period:
    """Its first so many days."""
    return _between(period.kind, period.first, period.first + days * _DAY, period.zone)


def find_last_ended(kind: Kind, day: date, zone: ZoneInfo) -> Period:
    """The last whole period of this kind that had ended when this day began; not for ranges."""
    until = _unit_start(kind, day)
    return _between(kind, _unit_start(kind, until - _DAY), until, zone)


def next_start(kind: Kind, day: date) -> date:
    """The first day of the period after the one that contains `day`."""
    return _unit_end(kind, _unit_start(kind, day))


def _calendar_span(text: str, known: Periods) -> tuple[Kind, date, date]:
    """One period, or everything from the first to the second: its kind, first day, day after. Raises ValueError for anything else."""
    match [part.strip() for part in known.between.split(text)]:
        case [unit]:
            kind, first = _calendar(unit, known)
            return kind, first, _unit_end(kind, first)
        case [begin, finish]:
            first, until = _calendar(begin, known)[1], _unit_end(*_calendar(finish, known))
            week = first.weekday() == 0 and until - first == 7 * _DAY
            return Kind.WEEK if week else Kind.RANGE, first, until
        case _:
            raise ValueError(text)


def _calendar(text: str, known: Periods) -> tuple[Kind, date]:
    """`2026`, `2026-q3`, `2026-10`, `2026-10-01`, `2026年10月` … as its kind and first day. Raises ValueError for anything else."""
    match = next(filter(None, (form.fullmatch(text) for form in known.calendars)), None)
    if match is None:
        raise ValueError(text)
    said = {name: text for name, text in match.groupdict().items() if text}
    year = int(said["year"])
    if quarter := said.get("quarter"):
        return Kind.QUARTER, date(year, (known.quarter.get(quarter) or int(quarter)) * 3 - 2, 1)
    if "day" in said:
        return Kind.DAY, date(year, int(said["month"]), int(said["day"]))
    if "month" in said:
        return Kind.MONTH, date(year, int(said["month"]), 1)
    return Kind.YEAR, date(year, 1, 1)


def _cut(kind: Kind, first: date, until: date, zone: ZoneInfo, *, code: str, today: date) -> Period:
    until = min(until, today + _DAY)
    return Period(kind, _midnight(first, zone), _midnight(until, zone), zone, code, running=until > today)


def _between(kind: Kind, first: date, until: date, zone: ZoneInfo) -> Period:
    return Period(kind, _midnight(first, zone), _midnight(until, zone), zone, _code(kind, first, until))


def _code(kind: Kind, first: date, until: date) -> str:
    """A period's own name if it has one, else its first and last day."""
    if until == _unit_end(kind, first):
        match kind:
            case Kind.DAY:
                return first.isoformat()
            case Kind.MONTH:
                return f"{first:%Y-%m}"
            case Kind.QUARTER:
                return f"{first:%Y}-q{first.month // 3 + 1}"
            case Kind.YEAR:
                return f"{first:%Y}"
            case Kind.WEEK | Kind.RANGE:
                pass
            case _:
                assert_never(kind)
    return f"{first.isoformat()}..{(until - _DAY).isoformat()}"


def _unit_start(kind: Kind, day: date) -> date:
    """The first day of the period that contains `day`."""
    match kind:
        case Kind.DAY | Kind.RANGE:
            return day
        case Kind.WEEK:
            return day - timedelta(days=day.weekday())
        case Kind.MONTH:
            return day.replace(day=1)
        case Kind.QUARTER:
            return day.replace(month=day.month - (day.month - 1) % 3, day=1)
        case Kind.YEAR:
            return day.replace(month=1, day=1)
        case _:
            assert_never(kind)


# This many days after the first day of a period is always in the next one.
_BEYOND = {Kind.DAY: 1, Kind.RANGE: 1, Kind.WEEK: 7, Kind.MONTH: 31, Kind.QUARTER: 100, Kind.YEAR: 366}


def _unit_end(kind: Kind, first: date) -> date:
    """The day after the period that starts on `first`."""
    return _unit_start(kind, first + timedelta(days=_BEYOND[kind]))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """The moment the local day begins; if clocks skip or repeat midnight, the first moment of that day."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)
