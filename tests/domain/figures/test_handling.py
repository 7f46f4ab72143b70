"""Figures of how complaints are handled, with numbers computed by hand."""

from dataclasses import replace
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.evidence import Share
from domain.figures.handling import (
    HandlingCounts,
    KeptDeadlines,
    expect_repeats,
    expected_repeat_rate,
    first_time_resolution,
    handling_satisfaction,
    handling_satisfaction_of_answers,
    on_time_rate,
    on_time_rate_as_promised,
    quantile,
    reopen_rate,
    repeat_rate,
    resolution_rate_by_round,
    silence_rate,
)

FOUND = HandlingCounts(
    opened=50,
    rectified=40,
    satisfied=24,
    dissatisfied=6,
    silent=10,
    settled=36,
    spoken=30,
    first=18,
    second=5,
    third=1,
    reopened=4,
    repeated=9,
)


def test_shares() -> None:
    """Each over its own cohort; the silent are rectified and not satisfied."""
    assert handling_satisfaction(FOUND) == Share(24, 40)
    assert handling_satisfaction_of_answers(FOUND) == Share(24, 30)
    assert repeat_rate(FOUND) == Share(9, 50)
    assert reopen_rate(FOUND) == Share(4, 40)
    assert first_time_resolution(FOUND) == Share(18, 30)
    assert silence_rate(FOUND) == Share(6, 36)
    assert [resolution_rate_by_round(FOUND, n).part for n in (1, 2, 3)] == [18, 23, 24]


def test_repeats_by_chance() -> None:
    """Of ten units with equal shares and ten complaints in the window, 63 % of the next ones fall where there was one."""
    assert expect_repeats(20, 10, [0.1] * 10) == pytest.approx(20 * (1 - exp(-1)))
    assert expect_repeats(20, 0, [0.5, 0.5]) == 0
    assert expect_repeats(20, 1000, [1.0]) == pytest.approx(20)
    shares = [n / 5050 for n in range(1, 101)]
    orders = [shares, shares[::-1], *(shares[n:] + shares[:n] for n in range(1, 100))]
    assert len({expect_repeats(7, 13, order) for order in orders}) == 1
    assert expected_repeat_rate(replace(FOUND, expected=20.0)) == 0.4
    assert expected_repeat_rate(FOUND) is None


def test_on_time() -> None:
    """Of ten that fell due, seven were kept, five by the dates that were promised first."""
    assert (on_time_rate(KeptDeadlines(10, 7, 5)).value, on_time_rate_as_promised(KeptDeadlines(10, 7, 5)).value) == (
        0.7,
        0.5,
    )


@pytest.mark.parametrize(
    ("values", "median", "p90"),
    [
        ([], None, None),
        ([4.0], 4, 4),
        ([1.0, 2.0], 1, 2),
        ([1.0, 2.0, 3.0], 2, 3),
        (list(map(float, range(1, 11))), 5, 9),
    ],
)
def test_quantiles(values: list[float], median: float | None, p90: float | None) -> None:
    """Nearest rank: a duration that some case really took."""
    assert (quantile(values, 0.5), quantile(values, 0.9)) == (median, p90)


@given(st.lists(st.integers(0, 99).map(float), min_size=1).map(sorted), st.sampled_from([0.5, 0.9]))
def test_a_quantile_is_what_it_says(values: list[float], share: float) -> None:
    """At least that share is not longer, and less than that share is shorter."""
    threshold = quantile(values, share)
    assert threshold is not None
    assert sum(value <= threshold for value in values) >= share * len(values) - 1e-9
    assert sum(value < threshold for value in values) < share * len(values) + 1e-9
