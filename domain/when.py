"""Date parser: reads a moment as people write it, in any language of texts/: "tomorrow 18:00", "in 3 days", "下周一上午", "11月30日18点".

1. Every word must be understood, or the result is None and the caller says how to write it. Nothing is guessed from
   half a sentence.
2. Without a time of day it is 18:00; a morning means by 12:00, an evening by 20:00.
3. A weekday is the next one to come; "next Monday" and 下周一 are in the week after this one. A date without a year is the
   next one to come.
4. What is clearly past ("yesterday", "2020-01-01") is past: the caller decides whether that will do.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from domain.spoken import HOURS, NOON, Found, Phrases, Read

DEFAULT = time(18)
"""When a day ends for somebody who promises something for it."""

_LONGEST = 80
_NIGHT_ENDS = 6
_PARTS = {"morning": time(12), "noon": time(12), "afternoon": time(18), "evening": time(20), "end": DEFAULT}


def understand(
    text: str, now: datetime, zone: tzinfo, phrases: Sequence[Phrases], *, past: bool = False
) -> datetime | None:
    """The moment meant, aware and in `zone`; None unless all of the text is understood. `phrases` are those of every language.

    `past`: a date or weekday without a year or week is the most recent one, not the next.
    """
    if len(text) > _LONGEST:
        return None
    left = unicodedata.normalize("NFKC", text).casefold().strip()
    understood = Found(now.astimezone(zone), past)
    try:
        while left:
            left = _next(left, understood, phrases)
        return _moment(understood, zone)
    except (ValueError, OverflowError):
        return None


def _next(left: str, understood: Found, languages: Sequence[Phrases]) -> str:
    """Read one word or group of words. Raises ValueError when nothing matches."""
    first = filter(None, (_first(left, phrases) for phrases in languages))
    match, read = max(first, key=lambda one: one[0].end(), default=(None, None))
    if match is None or read is None:
        raise ValueError(left)
    read(understood, match)
    return left[match.end() :]


def _first(left: str, phrases: Phrases) -> tuple[re.Match[str], Read] | None:
    """The first phrase of a language that matches at the start of the text."""
    return next(((match, read) for pattern, read in phrases if (match := pattern.match(left))), None)


def _moment(understood: Found, zone: tzinfo) -> datetime:
    now = understood.now
    if understood.after is not None:
        if understood.day is not None or understood.at is not None or understood.part:
            raise ValueError("an interval, and a day besides")
        return (now.astimezone(UTC) + understood.after).astimezone(zone).replace(second=0, microsecond=0)
    if understood.day is None and understood.at is None and not understood.part:
        raise ValueError("no moment at all")
    at, later = _time(understood)
    if understood.day is not None:
        day = understood.day(at) + later
    else:
        day = now.date() + later
        day += timedelta(days=_at(day, at, zone) <= now)
    return _at(day, at, zone)


def _at(day: date, at: time, zone: tzinfo) -> datetime:
    """That wall-clock time on that day; if clocks skip it, the moment it would have been."""
    return datetime.combine(day, at, zone).astimezone(UTC).astimezone(zone)


def _time(understood: Found) -> tuple[time, timedelta]:
    """The time of day, and whether it is after midnight. Raises ValueError when the words contradict one another."""
    if understood.at is None:
        if understood.part == "night":
            raise ValueError("which hour of the night")
        return (_PARTS[understood.part] if understood.part else DEFAULT), timedelta(0)
    hour, minute = understood.at
    half = understood.meridiem or understood.part
    if understood.meridiem and not 1 <= hour <= NOON:
        raise ValueError("no such hour")
    match half:
        case "am":
            hour %= NOON
        case "pm":
            hour = hour % NOON + NOON
        case "morning" | "night" if hour > NOON or (half == "night" and hour > _NIGHT_ENDS and hour != NOON):
            raise ValueError("not in the morning")
        case "night":
            hour %= NOON
        case "noon" if hour < 3:  # noqa: PLR2004 -- one or two after noon
            hour += NOON
        case "afternoon" | "evening" if hour < NOON:
            hour += NOON
        case "evening" if hour == NOON:
            hour = HOURS
        case _:
            pass
    if hour == HOURS and minute == 0:
        return time(0), timedelta(days=1)
    return time(hour, minute), timedelta(0)
