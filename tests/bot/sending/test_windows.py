"""Windows of calls whose arrival nobody sees: never too many arrive, whatever each call's way takes; an even network costs nothing."""

import math
from heapq import heappop, heappush

from hypothesis import given
from hypothesis import strategies as st

from bot.sending.windows import (
    ENOUGH_ANSWERS,
    LOST_SECONDS,
    MEMORY_SECONDS,
    TRUSTED_PART,
    EvenSpacing,
    RoundTrips,
    Window,
)

STEPS = st.lists(st.floats(0, 0.5), max_size=150)
WAYS = st.lists(st.tuples(st.floats(0, 0.4), st.floats(0, 0.4)), min_size=1, max_size=150)
"""How much longer than the quickest a call takes there, and its answer back."""


def busiest(moments: list[float], seconds: float) -> int:
    """The most moments in any half-open span of so many seconds."""
    return max((sum(start <= one < start + seconds for one in moments) for start in moments), default=0)


def send_all(count: int, ways: list[tuple[float, float]], there: float, back: float) -> list[float]:
    """Call after call as soon as it may, over a network that takes `there` and `back` at the least: when each arrived."""
    window, now, arrived = Window(count, 1.01), 0.0, []
    answers: list[tuple[float, int]] = []
    for n, (longer_there, longer_back) in enumerate(ways):
        while (free := window.free_at(now)) > now:
            now = min(free, answers[0][0]) if answers else free
            while answers and answers[0][0] <= now:
                at, call = heappop(answers)
                window.settle(call, at - (there + back) * TRUSTED_PART)
        window.begin(n, now)
        arrived.append(now + there + longer_there)
        heappush(answers, (arrived[-1] + longer_back + back, n))
    return arrived


@given(st.integers(1, 30), WAYS, st.floats(0, 0.2), st.floats(0, 0.2))
def test_no_window_is_exceeded_where_telegram_counts(
    count: int, ways: list[tuple[float, float]], there: float, back: float
) -> None:
    """However long each call is on its way: in no second do more than `count` arrive."""
    assert busiest(send_all(count, ways, there, back), 1.0) <= count


def test_an_even_network_costs_nothing() -> None:
    """Forty milliseconds there and back, always: as many a second as on no network at all, but for the margin."""
    arrived = send_all(30, [(0.0, 0.0)] * 300, 0.04, 0.04)
    assert 300 / (arrived[-1] - arrived[0] + 1) > 30 / 1.02


@given(st.integers(1, 30), STEPS)
def test_nobody_waits_in_vain(count: int, steps: list[float]) -> None:
    """Where answers come at once, what is told is now, or the very moment at which the oldest of the span leaves it."""
    window, now, moments = Window(count, 1.0), 0.0, [-math.inf] * count
    for n, step in enumerate(steps):
        now += step
        free = window.free_at(now)
        assert free == max(now, moments[-count] + 1.0)
        now = free
        window.begin(n, now)
        window.settle(n, now)
        moments.append(now)


def test_a_call_under_way_keeps_its_place() -> None:
    """It may arrive at any moment until it is answered; one that never is gives its place back at last."""
    window = Window(1, 1.0)
    window.begin(1, 0.0)
    assert window.free_at(2.0) == LOST_SECONDS + 1.0
    assert window.list_since(-1.0) == [0.0]
    window.settle(1, 2.5)
    assert window.free_at(2.6) == 3.5
    assert window.free_at(3.5) == 3.5
    window.begin(2, 3.5)
    assert window.free_at(3.5 + LOST_SECONDS + 1.1) == 3.5 + LOST_SECONDS + 1.1
    window.settle(2, 9.0)  # too late to matter
    assert window.idle(9.0)


def test_the_quickest_round_trip_is_one_of_the_last_minutes() -> None:
    """It takes some answers before it is believed; a network that became slower is known after a while, one that became quicker at once."""
    trips = RoundTrips()
    for _ in range(ENOUGH_ANSWERS):
        assert trips.quickest == 0
        trips.note(0.05, 0.0)
    assert trips.quickest == 0.05 * TRUSTED_PART
    trips.note(0.04, 1.0)
    assert trips.quickest == 0.04 * TRUSTED_PART
    trips.note(0.5, MEMORY_SECONDS + 1)
    assert trips.quickest == 0.04 * TRUSTED_PART
    trips.note(0.5, 2 * MEMORY_SECONDS + 2)
    assert trips.quickest == 0.5 * TRUSTED_PART


def test_what_goes_to_many_is_spaced_evenly() -> None:
    """Thirty a second are one every thirty-third of a second; after a pause, a little faster at first."""
    pace, now, moments = EvenSpacing(30), 5.0, []
    for _ in range(30):
        now = pace.free_at(now)
        pace.note(now)
        moments.append(now)
    assert busiest(moments, 0.1) <= 5
    assert moments[-1] - moments[0] > 0.85
