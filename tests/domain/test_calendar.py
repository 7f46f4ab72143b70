"""The working calendar beside answers reckoned by hand: breaks, weekends, holidays with make-up days, clocks that jump."""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import OFFICE_WEEK, Calendar, NoWorkingHoursError, Ranges, Week

OFFICE: Ranges = ((540, 720), (780, 1080))
SHANGHAI, BERLIN, YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


def daily(*ranges: tuple[int, int]) -> Week:
    """The same hours on seven days."""
    return (ranges, ranges, ranges, ranges, ranges, ranges, ranges)


def days(*texts: str, hours: Ranges = ()) -> dict[date, Ranges]:
    """`2026-10-01..07` is seven days."""
    by_day = {}
    for text in texts:
        first, _, last = text.partition("..")
        day = date.fromisoformat(first)
        for n in range(day.day, int(last or day.day) + 1):
            by_day[day.replace(day=n)] = hours
    return by_day


# The State Council's notice for 2026: every day off, and the weekends that are worked instead.
CLOSED = (
    "2026-01-01..03",
    "2026-02-15..23",
    "2026-04-04..06",
    "2026-05-01..05",
    "2026-06-19..21",
    "2026-09-25..27",
    "2026-10-01..07",
)
WORKED = ("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10")
CHINA = days(*CLOSED) | days(*WORKED, hours=OFFICE)
ADDED = (
    days("2026-10-10") | days("2026-10-01", hours=((600, 720),)) | days("2026-11-11", hours=((480, 720), (780, 1320)))
)

CN = Calendar(SHANGHAI, OFFICE_WEEK, CHINA)
OWN = Calendar(SHANGHAI, OFFICE_WEEK, CHINA | ADDED)
DE = Calendar(BERLIN)
DE_ALWAYS = Calendar(BERLIN, daily((0, 1440)))
DE_NIGHT = Calendar(BERLIN, daily((0, 360), (1320, 1440)))
DE_TWO = Calendar(BERLIN, daily((120, 180)))
DE_HALF_TWO = Calendar(BERLIN, daily((150, 240)))
US = Calendar(YORK)
US_ALWAYS = Calendar(YORK, daily((0, 1440)))
US_EVENING = Calendar(YORK, daily((1080, 1440)))

ADD = [
    (CN, "2026-11-24 09:00", "2:00", "2026-11-24 11:00", "inside the morning, from its first minute"),
    (CN, "2026-11-24 11:00", "2:00", "2026-11-24 14:00", "over the lunch break"),
    (CN, "2026-11-24 12:00", "1:00", "2026-11-24 14:00", "from where the break begins"),
    (CN, "2026-11-24 12:30", "1:00", "2026-11-24 14:00", "from inside the break"),
    (CN, "2026-11-24 13:00", "1:00", "2026-11-24 14:00", "from where the break ends"),
    (CN, "2026-11-24 10:00", "2:00", "2026-11-24 12:00", "ends where the break begins, not where it ends"),
    (CN, "2026-11-24 16:00", "2:00", "2026-11-24 18:00", "ends at closing, not on the next morning"),
    (CN, "2026-11-24 17:00", "2:00", "2026-11-25 10:00", "one hour today, one tomorrow"),
    (CN, "2026-11-24 18:00", "2:00", "2026-11-25 11:00", "from the minute of closing"),
    (CN, "2026-11-24 23:59", "2:00", "2026-11-25 11:00", "late in the evening"),
    (CN, "2026-11-24 00:00", "2:00", "2026-11-24 11:00", "from midnight, before opening"),
    (CN, "2026-11-24 08:59:59", "0:00:01", "2026-11-24 09:00:01", "the second before opening does not count"),
    (CN, "2026-11-24 11:59:30", "0:01", "2026-11-24 13:00:30", "half a minute on each side of the break"),
    (CN, "2026-11-27 17:00", "2:00", "2026-11-30 10:00", "Friday evening over the weekend"),
    (CN, "2026-11-28 10:00", "2:00", "2026-11-30 11:00", "from a Saturday"),
    (CN, "2026-11-29 23:00", "8:00", "2026-11-30 18:00", "a whole Monday from Sunday night"),
    (CN, "2026-11-24 10:00", "24:00", "2026-11-27 10:00", "three working days: 7 + 8 + 8 + 1 hours"),
    (CN, "2026-11-26 10:00", "24:00", "2026-12-01 10:00", "three working days over a weekend and a month's end"),
    (CN, "2026-11-24 09:00", "40:00", "2026-11-30 18:00", "a working week ends on the closing of its fifth day"),
    (CN, "2026-11-28 10:00", "0:00", "2026-11-28 10:00", "nothing is due at once, even on a Saturday"),
    (CN, "2026-09-30 17:00", "2:00", "2026-10-08 10:00", "the evening before National Day"),
    (CN, "2026-10-01 12:00", "2:00", "2026-10-08 11:00", "from National Day itself"),
    (CN, "2026-10-04 10:00", "2:00", "2026-10-08 11:00", "from the Sunday inside the holiday week"),
    (CN, "2026-09-30 09:00", "24:00", "2026-10-09 18:00", "30 September, 8 and 9 October"),
    (CN, "2026-09-30 10:00", "24:00", "2026-10-10 10:00", "its last hour is on the make-up Saturday"),
    (CN, "2026-10-09 17:00", "2:00", "2026-10-10 10:00", "a Saturday that is worked"),
    (CN, "2026-10-10 17:00", "2:00", "2026-10-12 10:00", "the Sunday after it is free again"),
    (CN, "2026-09-19 10:00", "2:00", "2026-09-20 11:00", "a Sunday that is worked, from the free Saturday before"),
    (CN, "2026-09-24 17:00", "2:00", "2026-09-28 10:00", "Mid-Autumn on Friday makes the weekend longer"),
    (CN, "2026-02-13 17:00", "2:00", "2026-02-14 10:00", "the Saturday before Spring Festival is worked"),
    (CN, "2026-02-14 17:00", "2:00", "2026-02-24 10:00", "nine days of Spring Festival"),
    (CN, "2026-02-15 09:00", "8:00", "2026-02-24 18:00", "a whole day from the first day of Spring Festival"),
    (CN, "2026-02-27 17:00", "9:00", "2026-02-28 18:00", "the Saturday after it is worked"),
    (CN, "2025-12-31 17:00", "2:00", "2026-01-04 10:00", "New Year, then a Sunday that is worked"),
    (OWN, "2026-09-30 17:00", "2:00", "2026-10-01 11:00", "the company opens on National Day: its own days win"),
    (OWN, "2026-10-09 17:00", "2:00", "2026-10-12 10:00", "the company closes on the make-up Saturday"),
    (OWN, "2026-11-10 18:00", "13:00", "2026-11-11 22:00", "thirteen hours on Singles' Day"),
    (CN, "2028-02-28 17:00", "9:00", "2028-02-29 18:00", "the leap day is a Tuesday like any other"),
    (CN, "2028-02-25 17:00", "17:00", "2028-02-29 18:00", "over a weekend to the leap day"),
    (CN, "2027-02-26 17:00", "2:00", "2027-03-01 10:00", "no leap day in 2027"),
    (DE, "2026-03-27 17:00", "2:00", "2026-03-30 10:00+02:00", "the office opens at nine of the new time"),
    (DE_ALWAYS, "2026-03-28 22:00", "8:00", "2026-03-29 07:00+02:00", "an hour is missing in the night"),
    (DE_ALWAYS, "2026-10-24 22:00", "8:00", "2026-10-25 05:00+01:00", "an hour comes twice in the night"),
    (DE_NIGHT, "2026-03-28 22:00", "7:00", "2026-03-29 06:00+02:00", "the short night shift has seven hours"),
    (DE_NIGHT, "2026-10-24 22:00", "9:00", "2026-10-25 06:00+01:00", "the long night shift has nine"),
    (DE_NIGHT, "2026-11-24 23:00", "2:00", "2026-11-25 01:00", "a shift to 24:00 goes on at 00:00"),
    (DE_TWO, "2026-03-28 02:00", "2:00", "2026-03-30 03:00", "the range that does not exist on Sunday has no length"),
    (DE_TWO, "2026-10-24 02:00", "2:00", "2026-10-25 02:00+01:00", "after the first of the two hours from two to three"),
    (DE_HALF_TWO, "2026-03-29 00:00", "0:15", "2026-03-29 03:15+02:00", "what begins in the missing hour begins when it is over"),
    (US, "2026-03-06 17:00", "2:00", "2026-03-09 10:00-04:00", "the same in New York, three weeks earlier"),
    (US_ALWAYS, "2026-03-07 23:00", "4:00", "2026-03-08 04:00-04:00", "an hour is missing"),
    (US_ALWAYS, "2026-10-31 23:00", "4:00", "2026-11-01 02:00-05:00", "an hour comes twice"),
    (US_EVENING, "2026-11-24 22:00", "2:00", "2026-11-25 00:00", "ends at midnight"),
    (US_EVENING, "2026-11-24 23:00", "2:00", "2026-11-25 19:00", "a shift to 24:00 goes on the next evening"),
]  # fmt: skip

BETWEEN = [
    (CN, "2026-11-24 09:00", "2026-11-24 18:00", "8:00", "a day without its break"),
    (CN, "2026-11-24 12:10", "2026-11-24 12:50", "0:00", "inside the break"),
    (CN, "2026-11-27 17:00", "2026-11-30 10:00", "2:00", "over a weekend"),
    (CN, "2026-11-30 10:00", "2026-11-27 17:00", "0:00", "a deadline in the past leaves nothing, not less than nothing"),
    (CN, "2026-11-24 10:00", "2026-11-24 10:00", "0:00", "no time at all"),
    (CN, "2026-09-30 09:00", "2026-10-10 18:00", "32:00", "four working days in the eleven of National Day"),
    (CN, "2026-02-14 00:00", "2026-03-01 00:00", "48:00", "six in the second half of February 2026"),
    (CN, "2026-01-01 00:00", "2027-01-01 00:00", "1984:00", "2026 has 248 working days: 261 weekdays - 19 + 6"),
    (OWN, "2026-09-30 09:00", "2026-10-10 18:00", "26:00", "two hours more on the 1st, eight less on the 10th"),
    (DE_ALWAYS, "2026-03-29 00:00", "2026-03-30 00:00", "23:00", "the short day"),
    (DE_ALWAYS, "2026-10-25 00:00", "2026-10-26 00:00", "25:00", "the long day"),
    (US_ALWAYS, "2026-11-01 00:00", "2026-11-02 00:00", "25:00", "the long day of New York"),
    (DE_HALF_TWO, "2026-03-29 00:00", "2026-03-29 12:00", "1:00", "half past two to four without the missing half hour"),
    (DE_HALF_TWO, "2026-10-25 00:00", "2026-10-25 12:00", "2:30", "from the first half past two to four"),
]  # fmt: skip


def moment(calendar: Calendar, text: str) -> datetime:
    """On the company's wall, unless the text says its own offset."""
    parsed = datetime.fromisoformat(text)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=calendar.zone)


def hours(text: str) -> timedelta:
    parts = [int(part) for part in text.split(":")]
    return timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2] if len(parts) > 2 else 0)


@pytest.mark.parametrize(("calendar", "start", "working", "due", "remark"), ADD, ids=[row[-1] for row in ADD])
def test_when_it_is_due(calendar: Calendar, start: str, working: str, due: str, remark: str) -> None:
    """The moment reckoned by hand, in UTC; and back again the same duration."""
    end = calendar.add(moment(calendar, start), hours(working))
    assert (end, end.tzinfo) == (moment(calendar, due), UTC), remark
    assert calendar.between(moment(calendar, start), end) == hours(working)


@pytest.mark.parametrize(("calendar", "start", "end", "working", "remark"), BETWEEN, ids=[row[-1] for row in BETWEEN])
def test_how_much_is_between(calendar: Calendar, start: str, end: str, working: str, remark: str) -> None:
    """The duration reckoned by hand."""
    assert calendar.between(moment(calendar, start), moment(calendar, end)) == hours(working), remark


def test_a_calendar_that_changes_meanwhile() -> None:
    """The same start and duration under the new calendar; the old one goes on saying what it said."""
    start = moment(CN, "2026-10-09 17:00")
    before = CN.add(start, hours("2:00"))
    assert OWN.add(start, hours("2:00")) - before == timedelta(days=2)
    assert CN.add(start, hours("2:00")) == before
    assert CN != OWN


@pytest.mark.parametrize(
    ("at", "working"),
    [
        ("2026-11-24 08:59:59", False),
        ("2026-11-24 09:00", True),
        ("2026-11-24 12:00", False),
        ("2026-11-24 17:59:59", True),
        ("2026-11-24 18:00", False),
        ("2026-10-01 10:00", False),
        ("2026-10-10 10:00", True),
    ],
)
def test_whether_it_is_open(at: str, *, working: bool) -> None:
    """The first minute of a range belongs to it, its end does not."""
    start = moment(CN, at)
    assert (CN.between(start, start + timedelta(microseconds=1)) > timedelta()) is working


def test_hours_of_a_day() -> None:
    """The day's own, else its weekday's; `moment` is when the day begins there."""
    assert CN.ranges(date(2026, 10, 10)) == OFFICE
    assert CN.ranges(date(2026, 10, 11)) == ()
    assert OWN.ranges(date(2026, 10, 1)) == ((600, 720),)
    assert CN.moment(date(2026, 11, 24)) == datetime(2026, 11, 23, 16, tzinfo=UTC)


def test_a_day_that_never_was() -> None:
    """Samoa went from 29 to 31 December 2011: the 30th has no hours, and midnight is the moment of the jump."""
    samoa = Calendar(ZoneInfo("Pacific/Apia"), daily((0, 1440)))
    assert samoa.spans(date(2011, 12, 30)) == ()
    assert samoa.moment(date(2011, 12, 30)) == samoa.moment(date(2011, 12, 31))
    start = moment(samoa, "2011-12-29 23:00")
    assert samoa.add(start, hours("2:00")).astimezone(samoa.zone).isoformat() == "2011-12-31T01:00:00+14:00"


def test_the_repeated_hour_is_worked_once() -> None:
    """Two ranges that meet inside it share it: nothing is counted twice and nothing is lost."""
    split = Calendar(BERLIN, daily((0, 150), (150, 1440)))
    day = date(2026, 10, 25)
    (_, first_ends), (second_begins, _) = split.spans(day)
    assert first_ends == second_begins
    assert split.between(split.moment(day), split.moment(day, 1440)) == hours("25:00")


def test_no_hours() -> None:
    """A search ends, with a name for what is missing; working time does not run backwards."""
    never = Calendar(SHANGHAI, daily(), days("2026-11-24", hours=OFFICE))
    start = moment(never, "2026-11-24 09:00")
    assert never.add(start, hours("8:00")) == moment(never, "2026-11-24 18:00")
    with pytest.raises(NoWorkingHoursError):
        never.add(start, hours("8:01"))
    with pytest.raises(ValueError, match="backwards"):
        CN.add(start, timedelta(seconds=-1))


def test_fast() -> None:
    """A year ahead takes about half a millisecond once its days are known; ten times that is slow."""
    start = moment(CN, "2026-01-01 00:00")
    best = 1.0
    for _ in range(20):
        began = time.perf_counter()
        CN.add(start, hours("2000:00"))
        best = min(best, time.perf_counter() - began)
    assert best < 0.005


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any zone of three, any hours of any weekday, a few days of their own; somebody works some time."""
    edges = st.lists(st.integers(0, 1440), unique=True, max_size=6).map(sorted)
    ranges = edges.map(lambda found: tuple(zip(found[::2], found[1::2], strict=False)))
    week = draw(st.tuples(*[ranges] * 6, ranges.filter(bool)))
    near = st.dates(date(2026, 3, 1), date(2026, 11, 10))
    return Calendar(
        draw(st.sampled_from([SHANGHAI, BERLIN, YORK])), week, draw(st.dictionaries(near, ranges, max_size=8))
    )


MOMENTS = st.datetimes(datetime(2026, 3, 1), datetime(2026, 11, 10), timezones=st.just(UTC))  # noqa: DTZ001 -- the zone is drawn beside
WORKING = st.timedeltas(timedelta(), timedelta(hours=60))


@given(calendars(), MOMENTS, WORKING)
def test_back_and_forth(calendar: Calendar, start: datetime, working: timedelta) -> None:
    """What was added is between, and not a moment earlier."""
    due = calendar.add(start, working)
    assert calendar.between(start, due) == working
    if working:
        assert calendar.between(start, due - timedelta(microseconds=1)) == working - timedelta(microseconds=1)


@given(calendars(), MOMENTS, MOMENTS, WORKING, WORKING)
def test_later_is_not_earlier(
    calendar: Calendar, at: datetime, other: datetime, less: timedelta, more: timedelta
) -> None:
    """From later on, or with more to do, it is never due earlier; parts add up to the whole."""
    first, second = sorted((at, other))
    assert calendar.add(first, less) <= calendar.add(second, less)
    assert calendar.add(first, less) <= calendar.add(first, less + more)
    assert calendar.add(calendar.add(first, less), more) == calendar.add(first, less + more)
    assert timedelta() <= calendar.between(first, second) <= second - first


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-10-22T10:00:00.001", 7, "2026-10-29T10:00:00.001+01:00"),
        ("2026-03-27T10:00", 7, "2026-04-03T10:00+02:00"),
        ("2026-03-22T02:30", 7, "2026-03-29T03:30+02:00"),  # the hour that is skipped
        ("2026-10-18T02:30", 7, "2026-10-25T02:30+02:00"),  # the hour that comes twice: its first time
        ("2026-11-01T10:00", 0.5, "2026-11-01T22:00+01:00"),
        ("2026-10-29T10:00", -7, "2026-10-22T10:00+02:00"),
    ],
)
def test_calendar_days_keep_the_time_of_the_wall_clock(start: str, days: float, due: str) -> None:
    """In Berlin seven days over a change of clocks are 167 or 169 hours; a promise of seven days is no hour early or late."""
    berlin = ZoneInfo("Europe/Berlin")
    at = datetime.fromisoformat(start).replace(tzinfo=berlin)
    assert Calendar(berlin).add_days(at, days) == datetime.fromisoformat(due)
