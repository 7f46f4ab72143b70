"""Exact limits: against sums over every case, against known tables, and never more false alarms than they promise."""

from fractions import Fraction
from math import comb, exp, factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.control_limits import (
    TAIL,
    Baseline,
    compute_lower_tail,
    compute_upper_tail,
    find_limits,
    make_baseline,
)

SHARES = st.integers(20, 300).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))
SIZES = st.integers(1, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))


def _hypergeometric(before: tuple[int, int], count: int, n: int, counts: range) -> float:
    """All ways to lay the events of both on their observations; those that lay so many on the new period."""
    (whole, events), both = before, before[1] + count
    ways = sum(comb(n, k) * comb(whole, both - k) for k in counts if both - k >= 0)
    assert events >= 0
    return ways / comb(whole + n, both)


def _binomial(before: tuple[int, int], count: int, n: int, counts: range) -> float:
    """Each event of both falls on the new period with a probability of its share of the observations."""
    both, share = before[1] + count, Fraction(n, before[0] + n)
    return float(sum(comb(both, k) * share**k * (1 - share) ** (both - k) for k in counts))


@given(SHARES, SIZES)
def test_tails_are_those_of_all_ways_to_share_the_events_out(before: tuple[int, int], now: tuple[int, int]) -> None:
    """A share's is hypergeometric, a rate's binomial: whatever the true level is, it does not come into it."""
    (whole, events), (n, count) = before, now
    above, below = range(count, n + 1), range(count + 1)
    p, u = Baseline("p", events, whole), Baseline("u", events, whole)
    assert compute_upper_tail(p, [n], count) == pytest.approx(_hypergeometric(before, count, n, above), rel=1e-9)
    assert compute_lower_tail(p, [n], count) == pytest.approx(_hypergeometric(before, count, n, below), rel=1e-9)
    rising = range(count, events + count + 1)
    assert compute_upper_tail(u, [n], count) == pytest.approx(_binomial(before, count, n, rising), rel=1e-9)
    assert compute_lower_tail(u, [n], count) == pytest.approx(_binomial(before, count, n, below), rel=1e-9)


@given(SHARES, st.integers(1, 80), st.floats(0, 0.05), st.sampled_from("pu"))
def test_limits_are_the_last_counts_that_chance_explains(
    before: tuple[int, int], n: int, variance: float, kind: str
) -> None:
    """One more would be outside, and so would one fewer; a share has no limit beyond its n."""
    baseline = Baseline("p" if kind == "p" else "u", before[1], before[0], variance)
    lower, upper = find_limits(baseline, [n])
    assert 0 <= lower <= upper + 1
    assert compute_upper_tail(baseline, [n], upper + 1) <= TAIL
    assert compute_lower_tail(baseline, [n], lower - 1) <= TAIL
    assert upper == 0 or compute_upper_tail(baseline, [n], upper) > TAIL
    assert compute_lower_tail(baseline, [n], lower) > TAIL
    if kind == "p":
        assert upper <= n


@pytest.mark.parametrize(("mean", "upper"), [(1, 5), (2, 7), (4, 11), (8, 18), (16, 29)])
def test_with_a_long_baseline_a_rate_is_poisson(mean: int, upper: int) -> None:
    """The limit is the highest count that a Poisson distribution of this mean exceeds or reaches with more than 0.00135."""

    def tail(count: int) -> float:
        return 1 - sum(exp(-mean) * float(mean**k) / factorial(k) for k in range(count))

    assert tail(upper) > TAIL >= tail(upper + 1)
    assert find_limits(Baseline("u", mean * 10**6, 10**9), [1000])[1] == upper


def test_with_a_long_baseline_a_share_is_binomial() -> None:
    """Ten per cent of a hundred: from 2 to 20, as summed by hand."""

    def between(low: int, high: int) -> float:
        return sum(comb(100, k) * 0.1**k * 0.9 ** (100 - k) for k in range(low, high + 1))

    assert between(20, 100) > TAIL >= between(21, 100)
    assert between(0, 2) > TAIL >= between(0, 1)
    assert find_limits(Baseline("p", 10**6, 10**7), [100]) == (2, 20)


@pytest.mark.parametrize("level", [0.02, 0.05, 0.1, 0.3])
@pytest.mark.parametrize(("before", "n"), [(200, 20), (400, 40), (1000, 30)])
def test_false_alarms_are_no_more_than_promised(level: float, before: int, n: int) -> None:
    """Summed over everything that baseline and period can show at this level: at most 0.00135 on each side."""
    above = below = 0.0
    for events in range(before + 1):
        chance = comb(before, events) * level**events * (1 - level) ** (before - events)
        if chance < 1e-9:
            continue
        lower, upper = find_limits(Baseline("p", events, before), [n])
        above += chance * sum(comb(n, k) * level**k * (1 - level) ** (n - k) for k in range(upper + 1, n + 1))
        below += chance * sum(comb(n, k) * level**k * (1 - level) ** (n - k) for k in range(lower))
    assert above <= TAIL
    assert below <= TAIL


def test_a_short_baseline_makes_wide_limits() -> None:
    """Four per thousand, known from 80 or from 8 events; from none at all, two events are still chance, three are not."""
    assert find_limits(Baseline("u", 80, 20_000), [1000])[1] == 12
    assert find_limits(Baseline("u", 8, 2000), [1000])[1] == 15
    assert find_limits(Baseline("u", 0, 20_000), [1000]) == (0, 2)


def test_periods_that_differ_among_themselves_make_wide_limits() -> None:
    """Each the same level: no variance beyond chance. Every other one twice the level: it is measured, and allowed to the new one."""
    alike, apart = [(10, 100)] * 20, [(5, 100), (15, 100)] * 10
    assert make_baseline("p", alike).variance == 0
    assert make_baseline("p", apart).variance == pytest.approx(0.05**2 - 0.1 * 0.9 / 100, rel=0.1)
    assert find_limits(make_baseline("p", alike), [100]) == (2, 20)
    lower, upper = find_limits(make_baseline("p", apart), [100])
    assert lower < 2
    assert upper > 25
    assert make_baseline("u", [(one * 2, 1000) for one, _ in apart]).variance > 0


def test_of_several_periods_together_the_differences_even_out() -> None:
    """Eight periods of a hundred vary less than one of eight hundred would."""
    baseline = make_baseline("p", [(5, 100), (15, 100)] * 10)
    assert find_limits(baseline, [100] * 8)[1] < find_limits(baseline, [800])[1]


@pytest.mark.parametrize("kind", ["p", "u"])
def test_the_ends_of_the_scale(kind: str) -> None:
    """Nothing at all, and everything at all, in baseline and period: no limit is left, and nothing is improbable."""
    empty, full = (Baseline("p" if kind == "p" else "u", count, 100) for count in (0, 100))
    assert compute_lower_tail(empty, [50], 0) == 1
    assert compute_upper_tail(empty, [50], 0) == 1
    assert find_limits(empty, [50])[0] == 0
    if kind == "p":
        assert compute_upper_tail(full, [50], 50) == 1
        assert compute_upper_tail(full, [50], 51) == 0
        assert find_limits(full, [50])[1] == 50
        assert compute_lower_tail(full, [50], 50) == 1
    assert compute_lower_tail(full, [50], -1) == 0
