"""The words in which people say a moment, in English and Chinese, each with what it says; `domain.when` puts them together.

Every pattern eats at least one character, and a reader raises ValueError for what cannot be.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

NOON, HOURS = 12, 24
_WEEK = 7
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_DIGITS = {digit: n for n, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_SPELLED = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}


@dataclass
class Found:
    """What has been read so far; each thing may be said once."""

    now: datetime
    past: bool
    day: Callable[[time], date] | None = None
    at: tuple[int, int] | None = None
    meridiem: str = ""
    part: str = ""
    after: timedelta | None = None
    seen: set[str] = field(default_factory=set)

    def once(self, what: str) -> None:
        if what in self.seen:
            raise ValueError(what)
        self.seen.add(what)


# --- what each group of words says -----------------------------------------------------------------------------------


def _number(text: str) -> int:
    """Digits, Chinese numerals up to 99, or a small English number."""
    if text.isdecimal():
        return int(text)
    if text in _SPELLED:
        return _SPELLED[text]
    tens, ten, ones = text.rpartition("十")
    if not ten:
        if len(text) != 1:
            raise ValueError(text)
        return _DIGITS[text]
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)


def _on(found: Found, day: date) -> None:
    found.once("day")
    found.day = lambda _at: day


def _in_days(days: int) -> Callable[[Found, "re.Match[str]"], None]:
    return lambda found, _match: _on(found, found.now.date() + timedelta(days=days))


def _date(found: Found, year: str | None, month: int, day: int) -> None:
    if year:
        _on(found, date(int(year), month, day))
        return
    found.once("day")

    def nearest(at: time) -> date:
        years = range(found.now.year, found.now.year + 9)
        for one in (found.now.year, *([y - 9 for y in reversed(years)] if found.past else years[1:])):
            if day <= calendar.monthrange(one, month)[1] and _fits(found, date(one, month, day), at):
                return date(one, month, day)
        raise ValueError("no such day")

    if not (1 <= month <= 12 and 1 <= day <= 31):  # noqa: PLR2004 -- months and days
        raise ValueError("no such day")
    found.day = nearest


def _fits(found: Found, day: date, at: time) -> bool:
    """Whether this day lies on the side of now that is meant; today always may, where the past is."""
    if found.past:
        return day <= found.now.date()
    return datetime.combine(day, at, found.now.tzinfo) > found.now


def _slashed(found: Found, match: "re.Match[str]") -> None:
    """30/11 and 11/30 are the same day; 5/6 could be two, so it is not understood."""
    first, second = int(match[1]), int(match[2])
    if first <= NOON and second <= NOON and first != second:
        raise ValueError("which is the month")
    month, day = (first, second) if first <= NOON else (second, first)
    _date(found, match[3], month, day)


def _weekday(found: Found, week: str, day: int) -> None:
    today = found.now.date()
    monday = today - timedelta(days=today.weekday())
    if week:
        weeks = {"this": 0, "本": 0, "这": 0, "next": 1, "下": 1, "下下": 2, "last": -1, "上": -1}[week]
        _on(found, monday + timedelta(days=day + _WEEK * weeks))
        return
    found.once("day")
    ahead = (day - today.weekday()) % _WEEK

    def nearest(at: time) -> date:
        if found.past:
            return today - timedelta(days=-ahead % _WEEK)
        first = today + timedelta(days=ahead)
        return first if _fits(found, first, at) else first + timedelta(days=_WEEK)

    found.day = nearest


def _interval(found: Found, count: str, unit: str, *, half: bool = False, ago: bool = False) -> None:
    n = -_number(count) if ago else _number(count)
    if unit in {"min", "hour"}:
        found.once("day")
        found.after = timedelta(minutes=n) if unit == "min" else timedelta(hours=n, minutes=30 if half else 0)
        return
    if half:
        raise ValueError("half a day")
    if unit == "month":
        months = found.now.year * 12 + found.now.month - 1 + n
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        _on(found, date(year, month + 1, min(found.now.day, last)))
        return
    _on(found, found.now.date() + timedelta(days=n * (_WEEK if unit == "week" else 1)))


def _half_hour(found: Found, _match: "re.Match[str]") -> None:
    found.once("day")
    found.after = timedelta(minutes=30)


def _clock(found: Found, hour: int, minute: int, meridiem: str = "") -> None:
    found.once("time")
    if not (0 <= hour <= HOURS and 0 <= minute < 60):  # noqa: PLR2004 -- a clock's face
        raise ValueError("no such time")
    found.at, found.meridiem = (hour, minute), meridiem.replace(".", "")


def _in_part(part: str, days: int | None = None) -> Callable[[Found, "re.Match[str]"], None]:
    def read(found: Found, _match: "re.Match[str]") -> None:
        found.once("part")
        found.part = part
        if days is not None:
            _on(found, found.now.date() + timedelta(days=days))

    return read


def _month_end(found: Found, _match: "re.Match[str]") -> None:
    today = found.now.date()
    _on(found, today.replace(day=calendar.monthrange(today.year, today.month)[1]))


def _chinese_clock(found: Found, match: "re.Match[str]") -> None:
    quarters = {"半": 30, "一刻": 15, "三刻": 45, "整": 0, "钟": 0, None: 0}
    minute = quarters[match[2]] if match[2] in quarters else _number(match[2].rstrip("分"))
    _clock(found, _number(match[1]), minute)


_UNITS = {"m": "min", "分": "min", "h": "hour", "小": "hour", "钟": "hour", "d": "day", "天": "day", "日": "day"}
_UNITS |= {"w": "week", "周": "week", "星": "week", "礼": "week", "月": "month"}


def _unit(text: str) -> str:
    return "month" if text.startswith("mo") else _UNITS[text[0]]


_N = r"(\d{1,3}|[零〇一二两三四五六七八九十]{1,3})"
_CN_UNIT = r"(分钟|小时|钟头|天|日|周|星期|礼拜|月)"
_EN_COUNT = r"(\d{1,3}|an?|one|two|three|four|five|six|seven|ten)"
_EN_UNIT = r"(minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|months?)"
_MONTH = (
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\.?"
)
_WEEKDAY = r"(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
_END = r"(?![a-z])"
_CLOCK_END = r"(?![\d:])"

_READERS: tuple[tuple[str, Callable[[Found, "re.Match[str]"], None]], ...] = (
    # dates
    (r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)", lambda f, m: _date(f, m[1], int(m[3]), int(m[4]))),
    (rf"(\d{{4}})年{_N}月{_N}[日号]?", lambda f, m: _date(f, m[1], _number(m[2]), _number(m[3]))),
    (rf"{_N}月{_N}[日号]?", lambda f, m: _date(f, None, _number(m[1]), _number(m[2]))),
    (r"(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4})(?!\d))?", lambda f, m: _date(f, m[3], int(m[2]), int(m[1]))),
    (r"(\d{1,2})-(\d{1,2})(?![\d-])", lambda f, m: _date(f, None, int(m[1]), int(m[2]))),
    (r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![\d/])", _slashed),
    (
        rf"(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? (\d{{4}})(?![\d:]))?{_END}",
        lambda f, m: _date(f, m[3], _MONTHS.index(m[2]) + 1, int(m[1])),
    ),
    (
        rf"{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,? (\d{{4}})(?![\d:]))?{_END}",
        lambda f, m: _date(f, m[3], _MONTHS.index(m[1]) + 1, int(m[2])),
    ),
    # days by name
    (rf"(?:the )?day after tomorrow{_END}", _in_days(2)),
    (rf"(?:the )?day before yesterday{_END}", _in_days(-2)),
    (rf"today{_END}|今[天日]", _in_days(0)),
    (rf"(?:tomorrow|tmrw?){_END}|明[天日]", _in_days(1)),
    (rf"yesterday{_END}|昨[天日]", _in_days(-1)),
    ("大后[天日]", _in_days(3)),
    ("后[天日]", _in_days(2)),
    ("前[天日]", _in_days(-2)),
    (rf"tonight{_END}|今晚", _in_part("evening", 0)),
    ("明早", _in_part("morning", 1)),
    ("明晚", _in_part("evening", 1)),
    (
        rf"(?:(this|next|last) |coming )?{_WEEKDAY}\b\.?",
        lambda f, m: _weekday(f, m[1] or "", _DAYS[m[2][:3]]),
    ),
    (
        r"(下下|下|本|这|上)?个?(?:周|星期|礼拜)([一二三四五六日天1-6])",
        lambda f, m: _weekday(f, m[1] or "", 6 if m[2] in "日天" else _number(m[2]) - 1),
    ),
    (rf"(?:(?:the )?end of (?:the |this )?month|month end){_END}|[本这]?个?月[底末]", _month_end),
    (
        rf"(?:in )?next week{_END}|下个?(?:周|星期|礼拜)(?=[^一二三四五六日天]|$)",
        lambda f, _m: _interval(f, "1", "week"),
    ),
    # intervals
    (rf"(?:in |within )?half an hour{_END}|半个?(?:小时|钟头)[之以]?[后内]", _half_hour),
    (rf"{_EN_COUNT} ?{_EN_UNIT} ago{_END}", lambda f, m: _interval(f, m[1], _unit(m[2]), ago=True)),
    (
        rf"(?:in |within )?{_EN_COUNT} ?{_EN_UNIT}(?:['’] time| from now)?{_END}",
        lambda f, m: _interval(f, m[1], _unit(m[2])),
    ),
    (rf"{_N}个?(半)?{_CN_UNIT}[之以]?[后内]", lambda f, m: _interval(f, m[1], _unit(m[3]), half=bool(m[2]))),
    (rf"{_N}个?{_CN_UNIT}[之以]?前", lambda f, m: _interval(f, m[1], _unit(m[2]), ago=True)),
    # times of day
    (
        rf"(\d{{1,2}}):(\d{{2}}){_CLOCK_END} ?(am|pm|a\.m\.|p\.m\.)?{_END}",
        lambda f, m: _clock(f, int(m[1]), int(m[2]), m[3] or ""),
    ),
    (rf"(\d{{1,2}}) ?(am|pm|a\.m\.|p\.m\.){_END}", lambda f, m: _clock(f, int(m[1]), 0, m[2])),
    (rf"(\d{{1,2}})h(\d{{2}})?{_END}", lambda f, m: _clock(f, int(m[1]), int(m[2] or 0))),
    (rf"(\d{{1,2}}) o['’]?clock{_END}", lambda f, m: _clock(f, int(m[1]), 0)),
    (r"at (\d{1,2})(?![\d:.a-z])(?! [ap]\.?m| o)", lambda f, m: _clock(f, int(m[1]), 0)),
    (rf"{_N}[点时](半|一刻|三刻|整|钟|(?:{_N[1:-1]})分?)?", _chinese_clock),
    (rf"(?:end of (?:the )?(?:business )?day|eod|close of business|cob){_END}|下班", _in_part("end")),
    (rf"(?:in the )?morning{_END}|早上|早晨|清晨|上午", _in_part("morning")),
    (rf"(?:noon|midday){_END}|中午|正午", _in_part("noon")),
    (rf"(?:in the )?afternoon{_END}|下午|傍晚", _in_part("afternoon")),
    (rf"(?:in the )?evening{_END}|晚上|晚间", _in_part("evening")),
    ("凌晨", _in_part("night")),
    # words that say nothing
    (
        rf"(?:by|before|until|till|due|on|at|the){_END}|之前|以前|前|在|于|最迟|截止|的|[\s,，。.!]+",
        lambda _f, _m: None,
    ),
)
WORDS = tuple((re.compile(pattern), read) for pattern, read in _READERS)
