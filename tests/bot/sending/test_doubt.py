"""Messages in doubt: how many, for how long, and what waits for them."""

from bot.sending.doubt import (
    CALM_CALLS,
    DOUBT_LIMIT,
    DOUBT_SECONDS,
    NEEDED_RATE,
    PATIENCE_SECONDS,
    Doubt,
    find_broadcast_range,
)


def make_doubt(count: int, *, broadcast: bool = False) -> Doubt:
    """So many messages are under way since the moment 100."""
    doubt = Doubt()
    for call in range(count):
        doubt.begin(call, 100.0, broadcast=broadcast)
    return doubt


def test_in_calm_times_the_next_waits_for_the_last() -> None:
    """Until its mark is durable, or patience ends."""
    doubt = make_doubt(1)
    assert doubt.holds_new(CALM_CALLS, 100.5)
    assert doubt.find_end_of_hold(CALM_CALLS, 100.5) == 100.0 + PATIENCE_SECONDS
    assert not doubt.holds_new(CALM_CALLS, 100.0 + PATIENCE_SECONDS)
    doubt.settle(0, 100.2)
    assert doubt.is_over
    assert not doubt.holds_new(CALM_CALLS, 100.2)


def test_in_a_rush_only_the_limit_holds() -> None:
    """One fewer holds nothing; a call that Telegram does not answer counts for a while only; a refused one not at all."""
    waiting = CALM_CALLS + 1
    assert not make_doubt(DOUBT_LIMIT - 1).holds_new(waiting, 100.5)
    doubt = make_doubt(DOUBT_LIMIT)
    assert doubt.holds_new(waiting, 100.5)
    assert doubt.find_end_of_hold(waiting, 100.5) == 100.0 + DOUBT_SECONDS
    assert not doubt.holds_new(waiting, 100.0 + DOUBT_SECONDS)
    doubt.forget(0)
    assert not doubt.holds_new(waiting, 100.5)


def test_what_telegram_has_accepted_holds_however_long_its_mark_takes() -> None:
    """A crash would repeat it; only what Telegram leaves unanswered stops holding."""
    doubt = make_doubt(DOUBT_LIMIT)
    for call in range(DOUBT_LIMIT):
        doubt.answer(call)
    for waiting in (CALM_CALLS, CALM_CALLS + 1):
        assert doubt.holds_new(waiting, 100.0 + 100 * DOUBT_SECONDS)
    doubt.settle(0, 105.0)
    assert not doubt.holds_new(CALM_CALLS + 1, 106.0)


def test_broadcasts_in_doubt_are_as_few_as_the_rate_allows() -> None:
    """At first the minimum; where marks take long, more, but never beyond the maximum. Other messages are not counted."""
    least, most = find_broadcast_range(DOUBT_LIMIT)
    doubt = make_doubt(least, broadcast=True)
    doubt.begin(99, 100.0, broadcast=False)
    assert (doubt.broadcasts, doubt.may_broadcast) == (least, False)
    for call in range(1000, 1100):
        doubt.begin(call, 100.0, broadcast=True)
        doubt.settle(call, 100.0 + (least + 1) / NEEDED_RATE)
    assert doubt.may_broadcast
    for call in range(1000, 1100):
        doubt.begin(call, 100.0, broadcast=True)
        doubt.settle(call, 200.0)
    for call in range(least, most):
        assert doubt.may_broadcast
        doubt.begin(call, 100.0, broadcast=True)
    assert not doubt.may_broadcast
    doubt.forget(0)
    assert doubt.may_broadcast


def test_the_company_says_how_many() -> None:
    """With the least there may be, one place is left to people while something goes out to many; with more, two."""
    assert [find_broadcast_range(limit) for limit in (2, 3, 4, 8, 20)] == [(1, 1), (1, 1), (2, 2), (2, 6), (2, 18)]
    doubt, waiting = Doubt(2), CALM_CALLS + 1
    doubt.begin(1, 100.0, broadcast=True)
    assert not doubt.may_broadcast
    assert not doubt.holds_new(waiting, 100.5)
    doubt.begin(2, 100.0, broadcast=False)
    assert doubt.holds_new(waiting, 100.5)
