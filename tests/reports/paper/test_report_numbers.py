"""Figures in digits: nothing of a small n becomes a percentage, and units are those of the figure."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.evidence import Rate, Share, Weighted
from domain.figures.findings import JudgedPair, Measure, ReportFigure
from domain.figures.period import parse_period, previous
from reports.paper import report_numbers as numbers
from tests.harness.picture_checks import make_say as say

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("now", "value", "interval"),
    [
        (Share(0, 0), "–", ""),
        (Share(7, 9), "7 of 9", ""),
        (Share(9, 10), "90.0%*", "59.6–98.2%"),
        (Share(27, 30), "90.0%", "74.4–96.5%"),
        (Share(1803, 2000), "90.2%", "88.8–91.4%"),
        (Weighted(1800, 2000, 0.5, 29.9), "50.0%*", "33.1–66.9%"),
        (Weighted(1800, 2000, 0.5, 9.9), "1,800 of 2,000", ""),
        (Rate(4, 800), "4 of 800", ""),
        (Rate(12, 4000), "3.0*", "1.5–5.2"),
        (Rate(40, 4000), "10.0", "7.1–13.6"),
        (Rate(4, 9), "4 of 9", ""),
        (Rate(40, 1_000_000, 1_000_000), "40", "29–54"),
    ],
)
def test_in_digits(now: Share | Rate, value: str, interval: str) -> None:
    """Counts, an indication, a figure; per 1,000 with a decimal, per million without."""
    assert numbers.format_cell(now, say("en")) == value
    assert numbers.format_interval(now) == interval


@given(st.integers(0, 9), st.integers(0, 9))
def test_below_ten_there_is_no_percentage(a: int, b: int) -> None:
    """In either language, beside a bar or in a table."""
    share = Share(min(a, b), max(a, b))
    for language in ("en", "zh"):
        for text in (
            numbers.format_cell(share, say(language)),
            numbers.format_beside_bar(share, say(language)),
            numbers.format_interval(share),
        ):
            assert "%" not in text


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (Share(90, 100), Share(850, 1000), "+5.0 points"),
        (Share(80, 100), Share(850, 1000), "−5.0 points"),
        (Share(85, 100), Share(850, 1000), "±0.0 points"),
        (Share(8, 9), Share(850, 1000), ""),
        (Rate(9, 1000), Rate(4, 1000), "+5.0"),
    ],
)
def test_how_far_it_moved(now: Share | Rate, before: Share | Rate, said: str) -> None:
    """With its sign; nothing where n is too small."""
    october = parse_period("2026-10", NOW, ZONE)
    judged = JudgedPair(october, previous(october), now, before)
    measure = Measure(ReportFigure.SATISFACTION, now, before, judged=judged)
    assert numbers.format_movement(measure, say("en")) == said
    assert numbers.format_movement(replace(measure, judged=None), say("en")) == ""


def test_shares_of_a_whole() -> None:
    """In percent; nothing of nothing, and nothing where the part is larger."""
    assert [numbers.format_share_of(*one) for one in ((1, 4), (0, 0), (5, 4))] == ["25.0%", "", ""]


def test_lists() -> None:
    """With the language's own comma; one is itself, none is nothing."""
    assert numbers.join_list(["a", "b", "c"], say("en")) == "a, b, c"
    assert numbers.join_list(["a", "b"], say("zh")) == "a、b"
    assert [numbers.join_list(parts, say("en")) for parts in (["a"], [])] == ["a", ""]


def test_moments_in_company_time() -> None:
    """Days and minutes as the company's clock shows them; large numbers in groups."""
    late = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
    assert (numbers.format_moment(late, ZONE), numbers.format_day(late, ZONE)) == ("2026-11-24 01:30", "2026-11-24")
    assert numbers.format_thousands(17500) == "17,500"
