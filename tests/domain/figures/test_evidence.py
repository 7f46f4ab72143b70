"""What a number of answers proves: known intervals, the small-sample rule, and changes that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.evidence import (
    ChangeVerdict,
    FigureChange,
    Rate,
    Share,
    Strength,
    Weighted,
    compare,
    find_strength,
    wilson_interval,
)

COUNTS = st.integers(0, 10**9)
SHARES = st.tuples(COUNTS, COUNTS).map(lambda pair: Share(min(pair), max(pair)))


@pytest.mark.parametrize(
    ("part", "n", "low", "high"),
    [(9, 10, 60, 98), (27, 30, 74, 97), (90, 100, 83, 94), (5, 5, 57, 100), (360, 400, 87, 93)],
)
def test_known_wilson_intervals(part: int, n: int, low: int, high: int) -> None:
    """The five intervals of the specification, to the whole percent."""
    assert tuple(round(bound * 100) for bound in wilson_interval(part, n)) == (low, high)


@given(SHARES)
def test_wilson_holds_the_share(share: Share) -> None:
    """The interval lies inside 0–1 and around the share; without observations it is everything."""
    low, high = share.interval
    assert 0 <= low <= high <= 1
    if share.value is None:
        assert (low, high) == (0, 1)
    else:
        assert low <= share.value <= high


@given(SHARES.filter(lambda share: share.n > 0))
def test_wilson_is_symmetric(share: Share) -> None:
    """Counting the dissatisfied instead of the satisfied mirrors the interval."""
    low, high = share.interval
    mirrored = wilson_interval(share.n - share.part, share.n)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(part=st.integers(0, 50), extra=st.integers(1, 50), times=st.integers(2, 100))
def test_more_answers_narrow_the_interval(part: int, extra: int, times: int) -> None:
    """The same share from more answers is known better."""
    few, many = Share(part, part + extra).interval, Share(part * times, (part + extra) * times).interval
    assert many[1] - many[0] < few[1] - few[0]


@pytest.mark.parametrize(
    ("n", "said"),
    [(0, "none"), (1, "counts"), (9, "counts"), (10, "indicative"), (29, "indicative"), (30, "solid"), (400, "solid")],
)
def test_small_sample_rule(n: int, said: str) -> None:
    """Below 10 counts only, below 30 an indication, from 30 on a figure."""
    assert find_strength(n) == Strength(said)


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (Rate(0, 0), "none"),
        (Rate(0, 54), "counts"),
        (Rate(9, 100_000), "counts"),
        (Rate(10, 40), "indicative"),
        (Rate(30, 40), "solid"),
    ],
)
def test_a_rate_is_as_strong_as_its_events(rate: Rate, said: str) -> None:
    """No complaint on 54 deliveries is a count, not a solid rate of 0.0 per 1,000."""
    assert rate.strength == Strength(said)


def test_weighted_shares_are_judged_by_what_they_are_worth() -> None:
    """188 answers worth 9.9 are counts, and not compared."""
    few = Weighted(150, 188, 0.8, 9.9)
    assert few.strength is Strength.COUNTS
    assert compare(few, Share(20, 200)) == FigureChange(None, ChangeVerdict.UNKNOWN)


@pytest.mark.parametrize(("part", "n"), [(2, 1), (-1, 5), (0, -1)])
def test_impossible_shares_are_refused(part: int, n: int) -> None:
    """More answers than surveys is a wrong query, and fails loudly instead of showing 120 %."""
    with pytest.raises(ValueError, match=str(n)):
        Share(part, n)


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0, 3.69), (1, 0.025, 5.57), (10, 4.80, 18.39), (100, 81.4, 121.6)]
)
def test_rate_interval_is_near_the_exact_poisson_one(count: int, low: float, high: float) -> None:
    """Byar's approximation agrees with the exact interval of a count (Garwood 1936) within 0.05."""
    assert Rate(count, 1000).interval == pytest.approx((low, high), abs=0.05)


@given(count=COUNTS, n=st.integers(1, 10**9))
def test_rate_interval_holds_the_rate(count: int, n: int) -> None:
    """The interval lies around the rate and is never negative, also with more complaints than deliveries."""
    rate = Rate(count, n)
    assert rate.value is not None
    low, high = rate.interval
    assert 0 <= low <= rate.value * (1 + 1e-12)
    assert rate.value < high


def test_negative_rates_are_refused() -> None:
    """A count below zero is a wrong query."""
    with pytest.raises(ValueError, match="-1"):
        Rate(-1, 10)


@pytest.mark.parametrize(
    ("now", "before", "verdict"),
    [
        (Share(360, 400), Share(300, 400), ChangeVerdict.UP),
        (Share(300, 400), Share(360, 400), ChangeVerdict.DOWN),
        (Share(90, 100), Share(86, 100), ChangeVerdict.UNPROVEN),
        (Share(90, 100), Share(90, 100), ChangeVerdict.UNPROVEN),
        (Share(9, 9), Share(0, 400), ChangeVerdict.UNKNOWN),
        (Share(400, 400), Share(0, 9), ChangeVerdict.UNKNOWN),
        (Share(0, 0), Share(0, 0), ChangeVerdict.UNKNOWN),
        (Rate(60, 5000), Rate(20, 5000), ChangeVerdict.UP),
        (Rate(12, 4000), Rate(15, 4000), ChangeVerdict.UNPROVEN),
        (Rate(1, 9), Rate(5, 4000), ChangeVerdict.UNKNOWN),
    ],
)
def test_a_change_needs_intervals_apart(now: Share | Rate, before: Share | Rate, verdict: ChangeVerdict) -> None:
    """Only intervals that do not touch are told as up or down; with fewer than 10 nothing is."""
    assert compare(now, before).verdict is verdict


@given(SHARES, SHARES)
def test_change_is_antisymmetric(share: Share, other: Share) -> None:
    """Swapping the periods swaps up and down, and the sign of the difference."""
    opposite = {ChangeVerdict.UP: ChangeVerdict.DOWN, ChangeVerdict.DOWN: ChangeVerdict.UP}
    there, back = compare(share, other), compare(other, share)
    assert back.verdict is opposite.get(there.verdict, there.verdict)
    assert back == FigureChange(None if there.difference is None else -there.difference, back.verdict)


def test_what_answers_are_worth() -> None:
    """As many as there are where they weigh the same, the effective number of others."""
    assert Share(31, 39).size == 39
    assert Weighted(31, 39, 0.72, 14.9).size == 14.9
