"""Working calendar: when the company works, when so much working time will have passed, how much lies between two moments.

1. Hours are wall-clock minutes of the company's zone, durations are elapsed time: on a day when clocks change, a range
   is as long as it really is.
2. A day listed in `days` (holidays, make-up days, the company's additions) has its own hours; any other has those of
   its weekday.
3. `add` returns the earliest moment at which that much working time has passed; `between` is its exact inverse.

Source: product.md T1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Range = tuple[int, int]
"""Start and end in minutes after midnight; the end may be 1440."""

Ranges = tuple[Range, ...]
Week = tuple[Ranges, Ranges, Ranges, Ranges, Ranges, Ranges, Ranges]
"""Monday first."""

TimeSpan = tuple[datetime, datetime]
"""A range on one particular day, as aware UTC moments."""

MINUTES_PER_DAY = 24 * 60
_OFFICE: Ranges = ((9 * 60, 12 * 60), (13 * 60, 18 * 60))
OFFICE_WEEK: Week = (_OFFICE, _OFFICE, _OFFICE, _OFFICE, _OFFICE, (), ())

_DAY, _NONE, _TICK = timedelta(days=1), timedelta(), timedelta(seconds=1)
_SEARCH_DAYS = 5 * 366


class NoWorkingHoursError(Exception):
    """The calendar has no working hours in the next five years; `[calendar.hours]` must name some."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """When the company works.

    `reach` is the last day whose holidays are known, None where they need not be published; it does not affect any
    result.
    """

    zone: ZoneInfo
    week: Week = OFFICE_WEEK
    days: Mapping[date, Ranges] = field(default_factory=dict)
    known_until: date | None = field(default=None, repr=False, compare=False)
    _spans: dict[date, tuple[TimeSpan, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def ranges(self, day: date) -> Ranges:
        """The hours of this day; empty when the company is closed."""
        return self.days.get(day, self.week[day.weekday()])

    @property
    def working_day(self) -> timedelta:
        """How long it works on a usual day: the mean of the weekdays on which it does; a whole day if it never does."""
        lengths = [sum(end - start for start, end in ranges) for ranges in self.week if ranges]
        return timedelta(minutes=sum(lengths) / len(lengths)) if lengths else _DAY

    def add(self, start: datetime, working: timedelta) -> datetime:
        """The earliest moment, aware UTC, at which `working` has passed since `start`.

        Raises:
            NoWorkingHoursError: when the calendar has no working hours in five years.
            ValueError: when `working` is negative.
        """
        if working < _NONE:
            raise ValueError("working time does not run backwards")
        at = start.astimezone(UTC)
        if not working:
            return at
        left, idle, day = working, 0, at.astimezone(self.zone).date() - _DAY
        while idle < _SEARCH_DAYS:
            spans = self.spans(day)
            for begin, end in spans:
                begins = max(begin, at)
                if begins + left <= end:
                    return begins + left
                left -= max(end - begins, _NONE)
            idle = 0 if spans else idle + 1
            day += _DAY
        raise NoWorkingHoursError

    def add_days(self, at: datetime, days: float) -> datetime:
        """So many calendar days later, aware UTC, at the same time by the company's wall clock: over a change of clocks
        seven days are an hour more or less than 168. A fraction of a day is elapsed time.
        """
        whole = int(days)
        shown = at.astimezone(self.zone)
        same_time = datetime.combine(shown.date() + timedelta(days=whole), shown.time(), self.zone)
        return same_time.astimezone(UTC) + timedelta(days=days - whole)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from `start` to `end`; zero if `end` is earlier."""
        total = _NONE
        day = start.astimezone(self.zone).date() - _DAY
        last = end.astimezone(self.zone).date() + _DAY
        while day <= last:
            for begin, until in self.spans(day):
                total += max(min(until, end) - max(begin, start), _NONE)
            day += _DAY
        return total

    def spans(self, day: date) -> tuple[TimeSpan, ...]:
        """The ranges of this day in UTC, in order and disjoint."""
        known = self._spans.get(day)
        if known is None:
            known = self._spans[day] = self._compute_spans(day)
        return known

    def _compute_spans(self, day: date) -> tuple[TimeSpan, ...]:
        """A repeated hour belongs entirely to the range that touches it; an hour that does not exist on this day has no length."""
        close = self.moment(day, MINUTES_PER_DAY)
        spans: list[TimeSpan] = []
        for start, end in self.ranges(day):
            begins = self.moment(day, start)
            ends = min(self.moment(day, end, fold=int(end < MINUTES_PER_DAY)), close)
            if spans:
                begins = max(begins, spans[-1][1])
            if begins < ends:
                spans.append((begins, ends))
        return tuple(spans)

    def moment(self, day: date, minute: int = 0, fold: int = 0) -> datetime:
        """When the wall clock first (`fold` 1: last) shows this minute of this day, or skips it."""
        shown = datetime.combine(day, time()) + timedelta(minutes=minute)
        first, second = (shown.replace(tzinfo=self.zone, fold=n).astimezone(UTC) for n in (0, 1))
        if first <= second:
            return second if fold else first
        before, after = second, first
        old = before.astimezone(self.zone).utcoffset()
        while after - before > _TICK:
            middle = before + (after - before) / 2
            if middle.astimezone(self.zone).utcoffset() == old:
                before = middle
            else:
                after = middle
        return after.replace(microsecond=0)
