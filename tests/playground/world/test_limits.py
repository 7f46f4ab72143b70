"""Telegram's limits on sending."""

from __future__ import annotations

import pytest

from playground.shape.wire import CallRefusedError
from playground.world.limits import SendLimits


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limits(clock: Clock) -> SendLimits:
    return SendLimits(strict=True, clock=clock)


def passes(limits: SendLimits, chat: int, *, group: bool = False, count: int = 1) -> int:
    """0 if it passes, else `retry_after`."""
    try:
        limits.send(chat, group=group, count=count)
    except CallRefusedError as refused:
        return refused.parameters["retry_after"]
    return 0


def test_thirty_in_any_second_and_no_more(limits: SendLimits, clock: Clock) -> None:
    """The window slides: the thirty-first passes when the first is a second old."""
    assert [passes(limits, chat) for chat in range(30)] == [0] * 30
    assert passes(limits, 99) == 1
    clock.now += 0.99
    assert passes(limits, 99) == 1
    clock.now += 0.02
    assert passes(limits, 99) == 0


def test_as_many_as_is_allowed(limits: SendLimits, clock: Clock) -> None:
    """The limit can be raised, and holds."""
    limits.allow(1000)
    assert [passes(limits, chat) for chat in range(1001)] == [0] * 1000 + [1]
    clock.now += 1
    assert passes(limits, 5000) == 0


def test_one_chat_takes_a_burst_then_one_a_second(limits: SendLimits, clock: Clock) -> None:
    """A few are forgiven."""
    assert [passes(limits, 1) for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    clock.now += 1
    assert [passes(limits, 1) for _ in range(2)] == [0, 1]


def test_a_group_takes_twenty_a_minute_edits_included(limits: SendLimits, clock: Clock) -> None:
    """And is told how long to wait."""
    for _ in range(19):
        assert passes(limits, -1, group=True) == 0
        clock.now += 1
    limits.edit(-1, group=True)
    assert passes(limits, -1, group=True) == 41
    with pytest.raises(CallRefusedError):
        limits.edit(-1, group=True)
    clock.now += 41.1
    assert passes(limits, -1, group=True) == 0


def test_a_refused_call_uses_nothing_up(limits: SendLimits, clock: Clock) -> None:
    """Anyone who waits as told is let in."""
    for _ in range(5):
        passes(limits, 1)
    for _ in range(100):
        assert passes(limits, 1) == 1
    clock.now += 1
    assert passes(limits, 1) == 0


def test_an_album_counts_as_its_pictures_and_still_fits(limits: SendLimits) -> None:
    """Ten at once are possible in a fresh chat, twice are not."""
    assert passes(limits, 1, count=10) == 0
    assert passes(limits, 1, count=10) > 1


def test_nothing_is_limited_unless_asked(clock: Clock) -> None:
    """Tests run at full speed."""
    limits = SendLimits(clock=clock)
    assert [passes(limits, 1) for _ in range(100)] == [0] * 100
