"""Configuration section [calendar] of huifang.toml: its schema, its mistakes, and the working calendar built from it."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from bot.company import holidays
from bot.company.mistakes import Place
from domain.calendar import MINUTES_PER_DAY, OFFICE_WEEK, Calendar, Range, Ranges, Week

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Hours = tuple[str, ...]
"""Ranges as written in the file: 09:00-12:00."""

_RANGE = re.compile(r"(\d\d):([0-5]\d)-(\d\d):([0-5]\d)", re.ASCII)


class WeekFile(BaseModel):
    """The hours of each weekday; a weekday not listed is closed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    monday: Hours = ()
    tuesday: Hours = ()
    wednesday: Hours = ()
    thursday: Hours = ()
    friday: Hours = ()
    saturday: Hours = ()
    sunday: Hours = ()


class CalendarFile(BaseModel):
    """The schema of [calendar]; without hours the week is an office's."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    holidays: str = "CN"
    makeup_hours_like: Weekday = "monday"
    hours: WeekFile | None = None
    days: Mapping[str, Hours] = {}


def build_calendar(file: CalendarFile, zone: ZoneInfo, today: date) -> Calendar:
    """The calendar of a file without mistakes: the week, then holidays and make-up days, then the company's own days."""
    week = _build_week(file)
    added = {date.fromisoformat(day): _parse_ranges(hours) for day, hours in file.days.items()}
    if not file.holidays:
        return Calendar(zone, week, dict(sorted(added.items())))
    public = holidays.list_public_holidays(file.holidays, today.year)
    like = week[WEEKDAYS.index(file.makeup_hours_like)]
    days = dict.fromkeys(public.closed, ()) | dict.fromkeys(public.made_up, like) | added
    reach = public.known_until
    while reach is not None and any(day.year == reach.year + 1 for day in added):
        reach = reach.replace(year=reach.year + 1)
    return Calendar(zone, week, dict(sorted(days.items())), reach)


def find_calendar_mistakes(file: CalendarFile) -> Iterator[tuple[Place, str]]:
    """(place, what is wrong) for each mistake; none for a calendar that can be built."""
    wrong = False
    for place, hours in _list_written_hours(file):
        for why in _find_wrong_hours(hours):
            wrong = True
            yield place, why
    for day in file.days:
        if not _is_date(day):
            yield ("calendar", "days", day), 'is no date; write one like "2026-12-24"'
    if file.holidays and not holidays.is_known(file.holidays):
        yield (
            ("calendar", "holidays"),
            f'{file.holidays!r} is no country whose holidays are known; write one like CN or US-CA, or "" for none',
        )
    if wrong:
        return
    week = _build_week(file)
    if not any(week):
        yield ("calendar", "hours"), "has no working hour; name at least one range, or nobody could ever be late"
    elif file.holidays and not week[WEEKDAYS.index(file.makeup_hours_like)]:
        yield (
            ("calendar", "makeup_hours_like"),
            f"{file.makeup_hours_like} has no hours; name a weekday that has some",
        )


def _list_written_hours(file: CalendarFile) -> Iterator[tuple[Place, Hours]]:
    if file.hours is not None:
        for name in WEEKDAYS:
            yield ("calendar", "hours", name), getattr(file.hours, name)
    for day, hours in file.days.items():
        yield ("calendar", "days", day), hours


def _find_wrong_hours(hours: Hours) -> Iterator[str]:
    read: list[tuple[Range, str]] = []
    for text in hours:
        span = _parse_range(text)
        if span is None:
            yield f"{text!r} is no range of hours; write one like 09:00-12:00"
        elif span[0] >= span[1]:
            yield f"{text!r} ends before it begins; a night is two ranges: 22:00-24:00, and 00:00-06:00 on the next day"
        else:
            read.append((span, text))
    for (earlier, first), (later, second) in pairwise(sorted(read)):
        if later[0] < earlier[1]:
            yield f"{second!r} overlaps {first!r}; join them or move one"


def _parse_range(text: str) -> Range | None:
    match = _RANGE.fullmatch(text.replace(" ", ""))
    if match is None:
        return None
    start, end = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
    return (start, end) if max(start, end) <= MINUTES_PER_DAY else None


def _parse_ranges(hours: Hours) -> Ranges:
    return tuple(sorted(span for text in hours if (span := _parse_range(text)) is not None))


def _build_week(file: CalendarFile) -> Week:
    if file.hours is None:
        return OFFICE_WEEK
    hours = file.hours
    return (
        _parse_ranges(hours.monday),
        _parse_ranges(hours.tuesday),
        _parse_ranges(hours.wednesday),
        _parse_ranges(hours.thursday),
        _parse_ranges(hours.friday),
        _parse_ranges(hours.saturday),
        _parse_ranges(hours.sunday),
    )


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
