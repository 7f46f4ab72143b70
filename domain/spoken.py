r"""Natural-language dates: what a phrase of a language can say, and how it is read; `domain.when` combines phrases into a moment.

1. A language lists its phrases as data (`Speech`, in the form of `domain.phrases`); what is written in digits belongs
   to all of them.
2. Within a language the first matching phrase wins; among languages, the longest match.
3. Every phrase consumes at least one character, and a reader raises ValueError for what cannot be.
"""

import calendar
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import partial
from typing import assert_never

from domain.phrases import by_word, compile_phrase, either

NOON, HOURS = 12, 24
_WEEK = 7


class Says(StrEnum):
    """What a phrase says. The groups that each reads are in brackets; those in quotes are optional.

    DATE ("year", month, day). SLASHED (first, second, "year"), whose order follows from which can be a month. DAY,
    `days` from today. WEEKDAY ("week", weekday). MONTH_END. AHEAD and AGO ("count", "unit", "half"), an interval from
    now; without those groups, `count` and `unit` are the phrase's own. CLOCK (hour, "minute", "quarter", "meridiem").
    PART, a `part` of the day, with `days` of which day. NOTHING is filler.
    """

    DATE = "date"
    SLASHED = "slashed"
    DAY = "day"
    WEEKDAY = "weekday"
    MONTH_END = "month end"
    AHEAD = "ahead"
    AGO = "ago"
    CLOCK = "clock"
    PART = "part"
    NOTHING = "nothing"


class Unit(StrEnum):
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Part(StrEnum):
    """A part of the day. END is the end of the working day."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"
    END = "end"


class Meridiem(StrEnum):
    AM = "am"
    PM = "pm"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say something: `like` is in the form of `domain.phrases`; the other fields are what it says besides its groups."""

    says: Says
    like: str
    days: int | None = None
    count: int = 1
    unit: Unit = Unit.DAY
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Speech:
    """How a language says moments.

    `number` are number words; with `ten` they combine as in 二十三, up to 99. `weekday` counts from Monday, 0; `week` from
    this week, 0; `quarter` is of an hour, in minutes. `end` is what must follow every phrase, for example no letter.
    """

    phrases: tuple[Phrase, ...]
    number: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    ten: str = ""
    month: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    weekday: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    week: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    unit: Mapping[Unit, tuple[str, ...]] = field(default_factory=dict)
    quarter: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    meridiem: Mapping[Meridiem, tuple[str, ...]] = field(default_factory=dict)
    end: str = ""


@dataclass
class Found:
    """What has been read so far; each thing may be said only once."""

    now: datetime
    past: bool
    day: Callable[[time], date] | None = None
    at: tuple[int, int] | None = None
    meridiem: str = ""
    part: str = ""
    after: timedelta | None = None
    seen: set[str] = field(default_factory=set)

    def once(self, what: str) -> None:
        """Note that `what` was said. Raises ValueError when it was said before."""
        if what in self.seen:
            raise ValueError(what)
        self.seen.add(what)


Read = Callable[[Found, re.Match[str]], None]
Phrases = tuple[tuple[re.Pattern[str], Read], ...]


def phrases(speeches: Iterable[Speech]) -> tuple[Phrases, ...]:
    """The phrases in digits and those of each language, compiled. Raises re.error when one is not a regular expression."""
    return tuple(_phrases(speech) for speech in (FIGURES, *speeches))


class _Words:
    """The meanings of a language's words."""

    def __init__(self, speech: Speech) -> None:
        self._number, self._ten = by_word([speech.number]), speech.ten
        self.month, self.weekday, self.week = by_word([speech.month]), by_word([speech.weekday]), by_word([speech.week])
        self.unit, self.quarter = by_word([speech.unit]), by_word([speech.quarter])
        self.meridiem = by_word([speech.meridiem])

    def compile_phrase(self, phrase: str) -> re.Pattern[str]:
        """The compiled phrase. Raises re.error when it is not a regular expression."""
        words = either([*self._number, self._ten] if self._ten else self._number)
        number = "|".join(filter(None, (r"\d{1,3}", f"(?:{words}){{1,3}}" if self._ten else words)))
        named = {name: getattr(self, name) for name in ("month", "weekday", "week", "unit", "quarter", "meridiem")}
        return compile_phrase(phrase, named, number)

    def number(self, said: str) -> int:
        """A number in digits or in words. Raises ValueError when it is neither."""
        if said.isdecimal():
            return int(said)
        if said in self._number:
            return self._number[said]
        tens, ten, ones = said.rpartition(self._ten) if self._ten else ("", "", "")
        if not ten or not {tens, ones} <= {"", *self._number}:
            raise ValueError(said)
        return 10 * self._number.get(tens, 1) + self._number.get(ones, 0)


def _phrases(speech: Speech) -> Phrases:
    words = _Words(speech)
    return tuple(
        (words.compile_phrase(f"(?:{phrase.like}){speech.end}"), partial(_read, words, phrase))
        for phrase in speech.phrases
    )


# --- what each phrase says -------------------------------------------------------------------------------------------


def _read(words: _Words, phrase: Phrase, understood: Found, match: re.Match[str]) -> None:
    """Record what the phrase says. Raises ValueError for what cannot be, and for what was said before."""
    said = {name: text for name, text in match.groupdict().items() if text is not None}
    number = words.number
    match phrase.says:
        case Says.DATE:
            month = words.month[said["month"]] if words.month else number(said["month"])
            _on_date(understood, said.get("year"), month, number(said["day"]))
        case Says.SLASHED:
            _on_slashed(understood, int(said["first"]), int(said["second"]), said.get("year"))
        case Says.DAY:
            _on(understood, understood.now.date() + timedelta(days=phrase.days or 0))
        case Says.WEEKDAY:
            week = words.week[said["week"]] if "week" in said else None
            _on_weekday(understood, week, words.weekday[said["weekday"]])
        case Says.MONTH_END:
            today = understood.now.date()
            _on(understood, today.replace(day=calendar.monthrange(today.year, today.month)[1]))
        case Says.AHEAD | Says.AGO:
            count = number(said["count"]) if "count" in said else phrase.count
            unit = words.unit[said["unit"]] if "unit" in said else phrase.unit
            _in_interval(understood, -count if phrase.says is Says.AGO else count, unit, half="half" in said)
        case Says.CLOCK:
            minute = words.quarter[said["quarter"]] if "quarter" in said else number(said.get("minute", "0"))
            meridiem = words.meridiem[said["meridiem"]] if "meridiem" in said else ""
            _at_clock(understood, number(said["hour"]), minute, meridiem)
        case Says.PART:
            understood.once("part")
            understood.part = phrase.part or ""
            if phrase.days is not None:
                _on(understood, understood.now.date() + timedelta(days=phrase.days))
        case Says.NOTHING:
            pass
        case _:
            assert_never(phrase.says)


def _on(understood: Found, day: date) -> None:
    understood.once("day")
    understood.day = lambda _at: day


def _on_date(understood: Found, year: str | None, month: int, day: int) -> None:
    if year:
        _on(understood, date(int(year), month, day))
        return
    understood.once("day")

    def nearest(at: time) -> date:
        """The nearest such day on the side of now that is meant. Raises ValueError when no year in reach has it."""
        years = range(understood.now.year, understood.now.year + 9)
        for candidate in (understood.now.year, *([y - 9 for y in reversed(years)] if understood.past else years[1:])):
            if day <= calendar.monthrange(candidate, month)[1] and _fits(understood, date(candidate, month, day), at):
                return date(candidate, month, day)
        raise ValueError("no such day")

    if not (1 <= month <= 12 and 1 <= day <= 31):  # noqa: PLR2004 -- months and days
        raise ValueError("no such day")
    understood.day = nearest


def _fits(understood: Found, day: date, at: time) -> bool:
    """Whether this day lies on the side of now that is meant; with `past`, today always does."""
    if understood.past:
        return day <= understood.now.date()
    return datetime.combine(day, at, understood.now.tzinfo) > understood.now


def _on_slashed(understood: Found, first: int, second: int, year: str | None) -> None:
    """30/11 and 11/30 are the same day; 5/6 is ambiguous, so it is not understood."""
    if first <= NOON and second <= NOON and first != second:
        raise ValueError("which is the month")
    month, day = (first, second) if first <= NOON else (second, first)
    _on_date(understood, year, month, day)


def _on_weekday(understood: Found, week: int | None, day: int) -> None:
    today = understood.now.date()
    if week is not None:
        monday = today - timedelta(days=today.weekday())
        _on(understood, monday + timedelta(days=day + _WEEK * week))
        return
    understood.once("day")
    ahead = (day - today.weekday()) % _WEEK

    def nearest(at: time) -> date:
        if understood.past:
            return today - timedelta(days=-ahead % _WEEK)
        first = today + timedelta(days=ahead)
        return first if _fits(understood, first, at) else first + timedelta(days=_WEEK)

    understood.day = nearest


def _in_interval(understood: Found, count: int, unit: Unit, *, half: bool) -> None:
    match unit:
        case Unit.MINUTE | Unit.HOUR:
            understood.once("day")
            hours = timedelta(hours=count, minutes=30 if half else 0)
            understood.after = timedelta(minutes=count) if unit is Unit.MINUTE else hours
        case _ if half:
            raise ValueError("half a day")
        case Unit.MONTH:
            year, month = divmod(understood.now.year * 12 + understood.now.month - 1 + count, 12)
            last = calendar.monthrange(year, month + 1)[1]
            _on(understood, date(year, month + 1, min(understood.now.day, last)))
        case Unit.WEEK | Unit.DAY:
            _on(understood, understood.now.date() + timedelta(days=count * (_WEEK if unit is Unit.WEEK else 1)))
        case _:
            assert_never(unit)


def _at_clock(understood: Found, hour: int, minute: int, meridiem: str) -> None:
    understood.once("time")
    if not (0 <= hour <= HOURS and 0 <= minute < 60):  # noqa: PLR2004 -- a clock's face
        raise ValueError("no such time")
    understood.at, understood.meridiem = (hour, minute), meridiem


FIGURES = Speech(
    (
        Phrase(Says.DATE, r"<year:\d{4}>(?P<mark>[-/.])<month:\d{1,2}>(?P=mark)<day:\d{1,2}>(?!\d)"),
        Phrase(Says.DATE, r"<day:\d{1,2}>\.\s?<month:\d{1,2}>\.(?:\s?<year:\d{4}>(?!\d))?"),
        Phrase(Says.DATE, r"<month:\d{1,2}>-<day:\d{1,2}>(?![\d-])"),
        Phrase(Says.SLASHED, r"<first:\d{1,2}>/<second:\d{1,2}>(?:/<year:\d{4}>)?(?![\d/])"),
        Phrase(Says.CLOCK, r"<hour:\d{1,2}>:<minute:\d{2}>(?![\d:a-z])"),
        Phrase(Says.NOTHING, r"[\s,.!]+"),
    )
)
"""What is written in digits belongs to no language."""
