"""Telegram's limits: no window is ever exceeded, people keep a slot, and nothing waits longer than it must."""

import math
from time import monotonic

from hypothesis import given
from hypothesis import strategies as st

from bot.sending.limits import GROUP_PER_MINUTE, MINUTE_SECONDS, SECOND_SECONDS, Limits, Window

STEPS = st.lists(st.floats(0, 0.5), max_size=150)
CHATS = st.sampled_from([1, 2, 3, -1, -2])
SENDS = st.lists(st.tuples(st.floats(0, 0.2), CHATS, st.booleans(), st.booleans()), max_size=200)


def busiest(moments: list[float], seconds: float) -> int:
    """The most moments in any half-open span of so many seconds."""
    return max((sum(start <= one < start + seconds for one in moments) for start in moments), default=0)


@given(st.integers(1, 30), STEPS)
def test_a_window_is_never_exceeded(count: int, steps: list[float]) -> None:
    """Anyone who waits as told never has more than `count` moments in the span, told by Telegram's span, a hair narrower."""
    window, now, moments = Window(count, SECOND_SECONDS), 0.0, []
    for step in steps:
        now = max(now + step, window.free_at(now + step))
        window.note(now)
        moments.append(now)
    assert busiest(moments, 1.0) <= count


@given(st.integers(1, 30), STEPS)
def test_nobody_waits_in_vain(count: int, steps: list[float]) -> None:
    """What is told is now, or the very moment at which the oldest of the span leaves it."""
    window, now, moments = Window(count, SECOND_SECONDS), 0.0, [-math.inf] * count
    for step in steps:
        now += step
        free = window.free_at(now)
        assert free == max(now, moments[-count] + SECOND_SECONDS)
        now = free
        window.note(now)
        moments.append(now)


@given(SENDS)
def test_no_limit_of_telegrams_is_exceeded(sends: list[tuple[float, int, bool, bool]]) -> None:
    """Overall, to a chat, to a group: whatever is sent to whom, after waiting as told, keeps all three."""
    limits, now = Limits(30), 0.0
    overall: list[float] = []
    new: dict[int, list[float]] = {}
    group: dict[int, list[float]] = {}
    for step, chat, edit, person in sends:
        now += step
        while (at := max(limits.overall_at(now, person=person), limits.chat_at(chat, now, edit=edit))) > now:
            now = at
        limits.note(chat, now, edit=edit)
        overall.append(now)
        if not edit:
            new.setdefault(chat, []).append(now)
        if chat < 0:
            group.setdefault(chat, []).append(now)
    assert busiest(overall, 1.0) <= 30
    assert all(busiest(moments, 1.0) <= 1 for moments in new.values())
    assert all(busiest(moments, 60.0) <= GROUP_PER_MINUTE for moments in group.values())


def test_a_slot_is_kept_for_people() -> None:
    """When 29 of 30 are used, a broadcast waits and a person does not; the thirtieth used, both wait."""
    limits = Limits(30)
    for n in range(29):
        limits.note(n + 1, 0.0, edit=False)
    assert limits.overall_at(0.0, person=True) == 0.0
    assert limits.overall_at(0.0, person=False) == SECOND_SECONDS
    limits.note(99, 0.0, edit=False)
    assert limits.overall_at(0.0, person=True) == SECOND_SECONDS


def test_a_chat_gets_one_message_a_second_and_edits_at_once() -> None:
    """An edit in a private chat has no limit of its own; in a group it counts among the twenty."""
    limits = Limits(30)
    limits.note(5, 0.0, edit=False)
    assert limits.chat_at(5, 0.5, edit=False) == SECOND_SECONDS
    assert limits.chat_at(5, 0.5, edit=True) == 0.5
    assert limits.chat_at(6, 0.5, edit=False) == 0.5
    limits.note(-7, 0.0, edit=False)
    assert limits.chat_at(-7, 0.5, edit=True) == 0.5
    assert limits.chat_at(-7, 0.5, edit=False) == SECOND_SECONDS
    for n in range(GROUP_PER_MINUTE):
        limits.note(-5, n * 0.01, edit=True)
    assert limits.chat_at(-5, 1.0, edit=True) == MINUTE_SECONDS
    assert limits.chat_at(-6, 1.0, edit=True) == 1.0


def test_zero_is_no_limit() -> None:
    """An own Bot API server, or a test: nothing waits, nothing is remembered."""
    limits = Limits(0)
    for _ in range(1000):
        limits.note(-5, 0.0, edit=False)
    assert limits.overall_at(0.0, person=False) == 0.0
    assert limits.chat_at(-5, 0.0, edit=False) == 0.0
    assert not limits._chats


def test_another_rate() -> None:
    """The overall rate is the operator's; less than one a second is one."""
    for rate, count in ((5, 5), (0.5, 1), (29.9, 29)):
        limits = Limits(rate)
        for n in range(count):
            assert limits.overall_at(0.0, person=True) == 0.0
            limits.note(n + 1, 0.0, edit=False)
        assert limits.overall_at(0.0, person=True) == SECOND_SECONDS


def test_chats_of_long_ago_are_forgotten() -> None:
    """Memory is bounded: past ten thousand chats, those at rest go and those that count stay."""
    limits = Limits(30)
    for chat in range(1, 10_001):
        limits.note(chat, chat / 1000, edit=False)
    limits.note(20_000, 100.0, edit=False)
    assert set(limits._chats) == {20_000}
    assert limits.chat_at(20_000, 100.0, edit=False) == 100.0 + SECOND_SECONDS


def test_what_could_not_be_stored_is_asked_for_again() -> None:
    """A group's minute is handed out once, and once more when storing it failed."""
    limits = Limits(30)
    limits.note(-5, monotonic(), edit=False)
    assert set(limits.pop_group_windows()) == {-5}
    assert limits.pop_group_windows() == {}
    limits.keep_for_later([-5])
    assert len(limits.pop_group_windows()[-5]) == 1


def test_a_card_is_not_drawn_twice_in_a_second() -> None:
    """Each card of each chat by itself, unless its buttons change; without limits a quarter of that."""
    limits = Limits(30)
    limits.note_drawn(-1, "card:1", "Accept", 100.0)
    assert limits.drawn_at(-1, "card:1", "Accept", 100.4) == 101.0
    assert limits.drawn_at(-1, "card:1", "Resolve", 100.4) == 100.4
    assert limits.drawn_at(-1, "card:1", "Accept", 101.5) == 101.5
    assert limits.drawn_at(-1, "card:2", "Accept", 100.4) == limits.drawn_at(-2, "card:1", "Accept", 100.4) == 100.4
    free = Limits(0)
    free.note_drawn(-1, "card:1", "", 100.0)
    assert free.drawn_at(-1, "card:1", "", 100.0) == 100.25
