"""Maturity: until when a figure grows, and which of its days are complete."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.company import Company, Identity, Severity
from domain.figures.maturity import (
    Cohort,
    Maturity,
    compute_maturity,
    compute_terms,
    find_complete_days,
    find_growth_end,
    is_growing,
    list_growing,
)
from domain.figures.period import Period, parse_period, previous

ZONE = ZoneInfo("Asia/Shanghai")
MATURITY = Maturity(answers=9, complaints=14)


def make_period(text: str, today: date) -> Period:
    return parse_period(text, datetime(today.year, today.month, today.day, 4, tzinfo=UTC), ZONE)


def test_it_follows_from_the_companys_rules() -> None:
    """Asked the next morning at the latest, a week to answer; a week for the answer to a complaint, a week to speak."""
    company = Company(Identity({"en": "Swift"}, ("en",)), {}, "quality", "management", {}, {"normal": Severity()})
    assert compute_maturity(company) == Maturity(0, 9, 14, 29, 14, 28)
    slower = replace(
        company,
        invitations=replace(company.invitations, expire_after_days=20, invite_after_hours=30),
        figures=replace(company.figures, complaint_days=40),
    )
    assert (compute_maturity(slower).answers, compute_maturity(slower).complaints) == (23, 40)
    assert compute_terms(slower).maturity == compute_maturity(slower)


@pytest.mark.parametrize(("today", "until"), [(9, date(2026, 11, 10)), (10, None), (30, None)])
def test_october_is_complete_on_the_tenth(today: int, until: date | None) -> None:
    """The answers about its last day have nine days to come in."""
    october = make_period("2026-10", date(2026, 11, today))
    assert find_growth_end(october, MATURITY, Cohort.ANSWERS, date(2026, 11, today)) == until


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("month", date(2026, 12, 10)),
        ("quarter", date(2027, 1, 10)),
        ("year", date(2027, 1, 10)),
        ("week", date(2026, 12, 2)),
        ("2026-11-01..2026-11-30", date(2026, 11, 29)),
    ],
)
def test_a_running_period_waits_for_its_end(text: str, until: date) -> None:
    """The day that is named on 19 November is the one named tomorrow; of a range only the days so far are known."""
    today = date(2026, 11, 19)
    assert find_growth_end(make_period(text, today), MATURITY, Cohort.ANSWERS, today) == until


def test_the_complete_days_of_a_running_month_stand_beside_the_same_days_of_the_one_before() -> None:
    """On 19 November the answers about 1 to 9 November are complete."""
    today = date(2026, 11, 19)
    days = find_complete_days(make_period("month", today), MATURITY, Cohort.ANSWERS, today)
    assert days is not None
    assert [(one.first, one.last) for one in days] == [
        (date(2026, 11, 1), date(2026, 11, 9)),
        (date(2026, 10, 1), date(2026, 10, 9)),
    ]


@pytest.mark.parametrize("cohort", Cohort)
def test_a_point_of_a_chart_grows_as_long_as_its_figure(cohort: Cohort) -> None:
    """A day, a week, a month that are over: on each later day the chart and the summary say the same."""
    for text in ("2026-11-01", "2026-10-26..2026-11-01", "2026-10"):
        period = make_period(text, date(2026, 11, 2))
        for later in range(50):
            today = date(2026, 11, 2) + timedelta(days=later)
            growing = find_growth_end(period, MATURITY, cohort, today) is not None
            assert is_growing(period.last, MATURITY, cohort, today) is growing
    assert is_growing(date(2026, 10, 31), replace(MATURITY, answers=2), Cohort.ANSWERS, date(2026, 11, 2))
    assert not is_growing(date(2026, 10, 31), replace(MATURITY, answers=2), Cohort.ANSWERS, date(2026, 11, 3))


def test_last_week_has_no_complete_days_on_monday() -> None:
    """So there is no verdict; the week before it, seven days on, is complete and is compared whole."""
    today = date(2026, 11, 23)
    assert find_complete_days(make_period("2026-11-16..2026-11-22", today), MATURITY, Cohort.ANSWERS, today) is None
    earlier = make_period("2026-11-02..2026-11-08", today)
    assert find_complete_days(earlier, MATURITY, Cohort.ANSWERS, today) == (earlier, previous(earlier))
    assert dict(list_growing(earlier, MATURITY, today)) == {
        Cohort.VALID: date(2026, 12, 8),
        Cohort.REOPENED: date(2026, 12, 7),
    }


@given(
    st.sampled_from(["today", "week", "month", "quarter", "2026-10", "2026-q3"]),
    st.sampled_from(Cohort),
    st.integers(0, 90),
)
def test_whatever_the_period(text: str, cohort: Cohort, later: int) -> None:
    """Complete days lie inside the period, are old enough, and are as many on both sides; the whole when nothing grows."""
    today = date(2026, 11, 1) + timedelta(days=later)
    period = make_period(text, today)
    days = find_complete_days(period, MATURITY, cohort, today)
    growing = find_growth_end(period, MATURITY, cohort, today)
    if days is None:
        assert growing is not None
        return
    now, before = days
    assert period.first == now.first <= now.last <= period.last
    assert now.last + timedelta(days=MATURITY.count_days(cohort)) < today
    assert (growing is None) is (now == period)
    assert growing is None or before.days <= now.days
    assert before.first == previous(period).first
