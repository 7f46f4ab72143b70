"""Whole periods one after the other, and their codes."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.chart_periods import Grain, count_periods_within, find_chart_period, list_chart_periods
from domain.figures.period import parse_period

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def test_whole_periods_before_today() -> None:
    """Today is no point yet, nor are this week and this month; weeks begin on Monday."""
    monday = date(2026, 3, 2)
    assert [one.code for one in list_chart_periods("day", monday, 2)] == ["2026-02-28", "2026-03-01"]
    assert [one.code for one in list_chart_periods("week", date(2026, 3, 4), 2)] == [
        "2026-02-16..2026-02-22",
        "2026-02-23..2026-03-01",
    ]
    assert [one.code for one in list_chart_periods("month", monday, 3)] == ["2025-12", "2026-01", "2026-02"]
    assert list_chart_periods("month", monday, 1)[0].last == date(2026, 2, 28)


@given(st.sampled_from(["day", "week", "month"]), st.dates(date(2001, 1, 1), date(2026, 11, 23)))
def test_spans_are_periods(grain: Grain, today: date) -> None:
    """They follow one another without a gap, their codes are read as just these days, and each is found by its first day."""
    spans = list_chart_periods(grain, today, 5)
    assert all(after.first - before.last == timedelta(days=1) for before, after in pairwise(spans))
    assert spans[-1].last < today
    for span in spans:
        period = parse_period(span.code, NOON, ZoneInfo("Asia/Shanghai"))
        assert (period.first, period.last) == (span.first, span.last)
        assert find_chart_period(grain, span.first) == span


@given(st.sampled_from(["day", "week", "month"]), st.dates(date(2001, 1, 1), date(2026, 11, 23)), st.integers(1, 90))
def test_no_more_periods_end_within_so_many_days(grain: Grain, today: date, days: int) -> None:
    """Whatever day it is: of the last ninety days at most so many days, weeks and months have their end among them."""
    within = [one for one in list_chart_periods(grain, today, 100) if one.last >= today - timedelta(days=days)]
    assert len(within) <= count_periods_within(grain, days)


def test_no_span_begins_within_another() -> None:
    """A Tuesday begins no week, the second no month."""
    for grain, day in (("week", date(2026, 11, 24)), ("month", date(2026, 11, 2))):
        with pytest.raises(ValueError, match="2026"):
            find_chart_period(grain, day)  # type: ignore[arg-type]  # read from a tuple
