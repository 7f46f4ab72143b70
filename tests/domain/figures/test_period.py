"""Periods: what a manager may type, where days begin, and what is compared with what."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.period import (
    Kind,
    Period,
    PeriodError,
    earlier,
    find_last_ended,
    next_start,
    parse_period,
    previous,
)
from texts.words import vocabulary

WORDS = vocabulary().periods

SHANGHAI = ZoneInfo("Asia/Shanghai")
# A Monday, 01:30 in Shanghai while it is still Sunday in UTC.
NOW = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)

ZONES = st.sampled_from(
    ["UTC", "Asia/Shanghai", "America/New_York", "America/Havana", "Asia/Beirut", "Pacific/Chatham", "Asia/Kathmandu"]
).map(ZoneInfo)
MOMENTS = st.datetimes(datetime(2013, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds
DAYS = st.dates(date(2012, 1, 1), date(2089, 1, 1))
TEXTS = st.one_of(
    st.sampled_from(
        ["today", "yesterday", "week", "month", "quarter", "year", "last week", "last month", "last quarter"]
    ),
    DAYS.map(lambda day: f"{day:%Y-%m}"),
    DAYS.map(lambda day: f"{day:%Y}-q{(day.month + 2) // 3}"),
    DAYS.map(lambda day: f"{day:%Y}"),
    DAYS.map(date.isoformat),
    st.tuples(DAYS, st.integers(0, 800)).map(lambda pair: f"{pair[0]}..{pair[0] + timedelta(days=pair[1])}"),
)


def parsed(text: str, now: datetime = NOW, zone: ZoneInfo = SHANGHAI) -> Period:
    return parse_period(text, now, zone, WORDS)


def days(period: Period) -> tuple[str, str]:
    return period.first.isoformat(), period.last.isoformat()


@pytest.mark.parametrize(
    ("text", "kind", "first", "last", "code"),
    [
        ("today", Kind.DAY, "2026-11-23", "2026-11-23", "today"),
        ("今天", Kind.DAY, "2026-11-23", "2026-11-23", "today"),
        (" Yesterday ", Kind.DAY, "2026-11-22", "2026-11-22", "2026-11-22"),
        ("昨天", Kind.DAY, "2026-11-22", "2026-11-22", "2026-11-22"),
        ("week", Kind.WEEK, "2026-11-23", "2026-11-23", "week"),
        ("this  Week", Kind.WEEK, "2026-11-23", "2026-11-23", "week"),
        ("last week", Kind.WEEK, "2026-11-16", "2026-11-22", "2026-11-16..2026-11-22"),
        ("上周", Kind.WEEK, "2026-11-16", "2026-11-22", "2026-11-16..2026-11-22"),
        ("2026-11-16..2026-11-22", Kind.WEEK, "2026-11-16", "2026-11-22", "2026-11-16..2026-11-22"),
        ("2026-11-17..2026-11-23", Kind.RANGE, "2026-11-17", "2026-11-23", "2026-11-17..2026-11-23"),
        ("last month", Kind.MONTH, "2026-10-01", "2026-10-31", "2026-10"),
        ("上个月", Kind.MONTH, "2026-10-01", "2026-10-31", "2026-10"),
        ("季度", Kind.QUARTER, "2026-10-01", "2026-11-23", "quarter"),
        ("上季度", Kind.QUARTER, "2026-07-01", "2026-09-30", "2026-q3"),
        ("last year", Kind.YEAR, "2025-01-01", "2025-12-31", "2025"),
        ("去年", Kind.YEAR, "2025-01-01", "2025-12-31", "2025"),
        ("2026年", Kind.YEAR, "2026-01-01", "2026-11-23", "2026"),
        ("2026年第三季度", Kind.QUARTER, "2026-07-01", "2026-09-30", "2026-q3"),
        ("2026年4季度", Kind.QUARTER, "2026-10-01", "2026-11-23", "2026-q4"),
        ("2026年9月", Kind.MONTH, "2026-09-01", "2026-09-30", "2026-09"),
        ("2026年9月1日至2026年9月10日", Kind.RANGE, "2026-09-01", "2026-09-10", "2026-09-01..2026-09-10"),
        ("本周", Kind.WEEK, "2026-11-23", "2026-11-23", "week"),
        ("month", Kind.MONTH, "2026-11-01", "2026-11-23", "month"),
        ("本月", Kind.MONTH, "2026-11-01", "2026-11-23", "month"),
        ("quarter", Kind.QUARTER, "2026-10-01", "2026-11-23", "quarter"),
        ("本季", Kind.QUARTER, "2026-10-01", "2026-11-23", "quarter"),
        ("year", Kind.YEAR, "2026-01-01", "2026-11-23", "year"),
        ("今年", Kind.YEAR, "2026-01-01", "2026-11-23", "year"),
        ("2026-10", Kind.MONTH, "2026-10-01", "2026-10-31", "2026-10"),
        ("2026-2", Kind.MONTH, "2026-02-01", "2026-02-28", "2026-02"),
        ("2026-11", Kind.MONTH, "2026-11-01", "2026-11-23", "2026-11"),
        ("2026-Q3", Kind.QUARTER, "2026-07-01", "2026-09-30", "2026-q3"),
        ("2025", Kind.YEAR, "2025-01-01", "2025-12-31", "2025"),
        ("2026-10-05", Kind.DAY, "2026-10-05", "2026-10-05", "2026-10-05"),
        ("2026-10-01..2026-10-31", Kind.RANGE, "2026-10-01", "2026-10-31", "2026-10-01..2026-10-31"),
        ("2026-10-30 .. 2026-12-31", Kind.RANGE, "2026-10-30", "2026-11-23", "2026-10-30..2026-12-31"),
        ("2026-09 至 2026-10", Kind.RANGE, "2026-09-01", "2026-10-31", "2026-09-01..2026-10-31"),
        (
            "２０２６－１０－０１～２０２６－１０－０７",
            Kind.RANGE,
            "2026-10-01",
            "2026-10-07",
            "2026-10-01..2026-10-07",
        ),
    ],
)
def test_words_and_dates(text: str, kind: Kind, first: str, last: str, code: str) -> None:
    """Words in both languages, full-width digits and every calendar form name the days that a person means."""
    period = parsed(text)
    assert (period.kind, *days(period), period.code) == (kind, first, last, code)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "summary-period-unknown"),
        ("soon", "summary-period-unknown"),
        ("2026-13", "summary-period-unknown"),
        ("2026-02-30", "summary-period-unknown"),
        ("26-10", "summary-period-unknown"),
        ("2026年13月", "summary-period-unknown"),
        ("2026年5季度", "summary-period-unknown"),
        ("last today", "summary-period-unknown"),
        ("1999-10", "summary-period-unknown"),
        ("2026-q5", "summary-period-unknown"),
        ("today..2026-10-01", "summary-period-unknown"),
        ("2026-10-01..", "summary-period-unknown"),
        ("2026-10-01..2026-10-02..2026-10-03", "summary-period-unknown"),
        ("२०२६-१०", "summary-period-unknown"),
        ("2026-10-31..2026-10-01", "summary-period-reversed"),
        ("2027-01", "summary-period-future"),
        ("2026-11-24", "summary-period-future"),
    ],
)
def test_bad_input_names_the_message_to_show(text: str, key: str) -> None:
    """What cannot be read is refused with a text key and its variables, never with prose."""
    with pytest.raises(PeriodError) as caught:
        parsed(text)
    assert caught.value.key == key
    assert all(value == value.strip() for value in caught.value.values.values())


@pytest.mark.parametrize(
    ("text", "first", "last", "code"),
    [
        ("today", "2026-11-22", "2026-11-22", "2026-11-22"),
        ("week", "2026-11-16", "2026-11-22", "2026-11-16..2026-11-22"),
        ("last week", "2026-11-09", "2026-11-15", "2026-11-09..2026-11-15"),
        ("month", "2026-10-01", "2026-10-31", "2026-10"),
        ("2026-03", "2026-02-01", "2026-02-28", "2026-02"),
        ("quarter", "2026-07-01", "2026-09-30", "2026-q3"),
        ("2026", "2025-01-01", "2025-12-31", "2025"),
        ("2026-11-10..2026-11-12", "2026-11-07", "2026-11-09", "2026-11-07..2026-11-09"),
    ],
)
def test_the_one_before_is_whole(text: str, first: str, last: str, code: str) -> None:
    """Also where this one still runs; a range goes back by its own length, and what a button carries is read back."""
    before = earlier(parsed(text))
    assert (*days(before), before.code) == (first, last, code)
    assert parsed(before.code) == before


def test_error_echoes_little() -> None:
    """A refused text is shown back cut short, however long it was."""
    with pytest.raises(PeriodError) as caught:
        parsed("x" * 4096)
    assert len(caught.value.values["text"]) == 40


def test_naive_now_is_refused() -> None:
    """A moment without a zone is a programmer's mistake, not a manager's."""
    with pytest.raises(TypeError):
        parse_period("today", datetime(2026, 11, 23), SHANGHAI)  # noqa: DTZ001 - that is the mistake


def test_bounds_are_local_midnights_in_utc() -> None:
    """A Shanghai day begins at 16:00 UTC on the day before."""
    period = parsed("today")
    assert (period.start, period.end) == (
        datetime(2026, 11, 22, 16, tzinfo=UTC),
        datetime(2026, 11, 23, 16, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("America/New_York", "2026-03-08", 23),
        ("America/New_York", "2026-11-01", 25),
        ("America/Havana", "2026-03-08", 23),
    ],
)
def test_days_of_23_and_25_hours(zone: str, day: str, hours: int) -> None:
    """Days on which clocks change keep their real length, also where midnight itself is skipped."""
    period = parsed(day, zone=ZoneInfo(zone))
    assert period.end - period.start == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("text", "first", "last", "code"),
    [
        ("today", "2026-11-22", "2026-11-22", "2026-11-22"),
        ("yesterday", "2026-11-21", "2026-11-21", "2026-11-21"),
        ("week", "2026-11-16", "2026-11-16", "2026-11-16..2026-11-16"),
        ("month", "2026-10-01", "2026-10-23", "2026-10-01..2026-10-23"),
        ("quarter", "2026-07-01", "2026-08-23", "2026-07-01..2026-08-23"),
        ("year", "2025-01-01", "2025-11-23", "2025-01-01..2025-11-23"),
        ("2026-10", "2026-09-01", "2026-09-30", "2026-09"),
        ("2026-03", "2026-02-01", "2026-02-28", "2026-02"),
        ("2026-q1", "2025-10-01", "2025-12-31", "2025-q4"),
        ("2024", "2023-01-01", "2023-12-31", "2023"),
        ("2026-10-01..2026-10-10", "2026-09-21", "2026-09-30", "2026-09-21..2026-09-30"),
    ],
)
def test_previous(text: str, first: str, last: str, code: str) -> None:
    """A complete period is compared with the whole one before, a running one with as many of its first days."""
    before = previous(parsed(text))
    assert (*days(before), before.code) == (first, last, code)


def test_running_month_longer_than_the_one_before() -> None:
    """30 days of March are compared with all of February, never with days of March itself."""
    march = parsed("month", now=datetime(2026, 3, 30, 4, tzinfo=UTC))
    assert days(previous(march)) == ("2026-02-01", "2026-02-28")


def test_last_day_of_a_month_compares_whole_months() -> None:
    """On its last day a month is complete, so 30 November days stand against all 31 of October."""
    november = parsed("month", now=datetime(2026, 11, 30, 4, tzinfo=UTC))
    assert november.running
    assert days(previous(november)) == ("2026-10-01", "2026-10-31")


@given(text=TEXTS, now=MOMENTS, zone=ZONES)
def test_invariants(text: str, now: datetime, zone: ZoneInfo) -> None:
    """Any period is non-empty, in UTC, not beyond today, fits a button, is read back from it, and does not overlap
    the one it is compared with.
    """
    try:
        period = parsed(text, now, zone)
    except PeriodError as error:
        assert error.key == "summary-period-future"  # noqa: PT017 - every other text here is a good one
        return
    today = now.astimezone(zone).date()
    assert period.start < period.end
    assert period.start.tzinfo is period.end.tzinfo is UTC
    assert period.last <= today
    assert period.running == (period.first <= today <= period.last)
    assert period.days >= 1
    assert len(period.code.encode()) <= 22
    assert parsed(period.code, now, zone) == period
    before = previous(period)
    assert before.start < before.end <= period.start
    assert before.days <= max(period.days, 366)
    again = parsed(before.code, now, zone)
    assert (again.start, again.end) == (before.start, before.end)


@given(day=DAYS, zone=ZONES)
def test_neighbouring_days_meet(day: date, zone: ZoneInfo) -> None:
    """No moment falls between two days or into both, whatever the clocks do."""
    now = datetime(2090, 1, 1, tzinfo=UTC)
    today, tomorrow = parsed(day.isoformat(), now, zone), parsed((day + timedelta(days=1)).isoformat(), now, zone)
    assert today.end == tomorrow.start
    assert (today.first, today.last) == (day, day)


UNITS = st.sampled_from([Kind.DAY, Kind.WEEK, Kind.MONTH, Kind.QUARTER, Kind.YEAR])


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (Kind.DAY, "2026-12-31"),
        (Kind.WEEK, "2026-12-21..2026-12-27"),
        (Kind.MONTH, "2026-12"),
        (Kind.QUARTER, "2026-q4"),
        (Kind.YEAR, "2026"),
    ],
)
def test_what_had_ended_on_new_years_day(kind: Kind, code: str) -> None:
    """The whole unit before, of its own kind; a week that is not over is not meant."""
    period = find_last_ended(kind, date(2027, 1, 1), SHANGHAI)
    assert (period.kind, period.code, period.running) == (kind, code, False)


@given(UNITS, DAYS, ZONES)
def test_units_follow_one_another(kind: Kind, day: date, zone: ZoneInfo) -> None:
    """What ends before a unit's first day is the unit before it: no day is in none, and none is in two."""
    start = next_start(kind, day)
    period = find_last_ended(kind, start, zone)
    assert period.first <= day <= period.last
    assert period.last + timedelta(days=1) == start
    assert find_last_ended(kind, start + timedelta(days=0), zone) == period
    assert previous(period) == find_last_ended(kind, period.first, zone)
