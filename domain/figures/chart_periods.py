"""Time axis of a chart: consecutive whole days, weeks or months."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Literal

Grain = Literal["day", "week", "month"]
_DAY = timedelta(days=1)
_SHORTEST: Mapping[Grain, int] = {"day": 1, "week": 7, "month": 28}


@dataclass(frozen=True, slots=True)
class ChartPeriod:
    """One whole period as a chart shows it; `code` is readable by `domain.figures.period.parse_period`."""

    code: str
    first: date
    last: date


def list_chart_periods(grain: Grain, today: date, count: int) -> tuple[ChartPeriod, ...]:
    """The last `count` whole days, weeks (from Monday) or months before `today`, oldest first."""
    until = today if grain == "day" else today - timedelta(today.weekday()) if grain == "week" else today.replace(day=1)
    periods: list[ChartPeriod] = []
    for _ in range(count):
        last = until - _DAY
        first = last if grain == "day" else last - 6 * _DAY if grain == "week" else last.replace(day=1)
        periods.append(ChartPeriod(format_code(grain, first), first, last))
        until = first
    return tuple(reversed(periods))


def find_chart_period(grain: Grain, first: date) -> ChartPeriod:
    """The period that begins on this day. Raises ValueError when none does."""
    begins = {"day": True, "week": first.weekday() == 0, "month": first.day == 1}[grain]
    if not begins:
        raise ValueError((grain, first))
    until = first + {"day": 1, "week": 7, "month": 31}[grain] * _DAY
    last = (until.replace(day=1) if grain == "month" else until) - _DAY
    return ChartPeriod(format_code(grain, first), first, last)


def count_periods_within(grain: Grain, days: int) -> int:
    """The most whole periods of which the last days are among so many."""
    return ceil(days / _SHORTEST[grain])


def format_code(grain: Grain, first: date) -> str:
    if grain == "week":
        return f"{first.isoformat()}..{(first + 6 * _DAY).isoformat()}"
    return first.isoformat() if grain == "day" else f"{first:%Y-%m}"
