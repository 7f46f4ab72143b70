"""Telegram's limits: no window is ever exceeded, people keep a slot, and nothing waits longer than it must."""

from itertools import count
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sending.limits import (
    FLOODED_CHATS,
    GROUP_PER_MINUTE,
    MARGIN_SECONDS,
    MINUTE,
    RELAX_SECONDS,
    SECOND,
    STRICT_SECONDS,
    Limits,
)
from bot.settings import Counted
from tests.bot.sending.test_windows import busiest

CHATS = st.sampled_from([1, 2, 3, -1, -2])
SENDS = st.lists(st.tuples(st.floats(0, 0.2), CHATS, st.booleans(), st.booleans()), max_size=200)
_numbers = count(1)


def send(limits: Limits, chat: int, now: float, *, person: bool = True, edit: bool = False) -> None:
    """A call that is answered at once."""
    number = next(_numbers)
    limits.begin(number, chat, now, person=person, edit=edit)
    limits.settle(number, now, answered=True)


@given(SENDS)
def test_no_limit_of_telegrams_is_exceeded(sends: list[tuple[float, int, bool, bool]]) -> None:
    """Overall, to a chat, to a group: whatever is sent to whom, after waiting as told, keeps all three."""
    limits, now = Limits(30, Counted.CALLS), 0.0
    overall: list[float] = []
    new: dict[int, list[float]] = {}
    group: dict[int, list[float]] = {}
    for step, chat, edit, person in sends:
        now += step
        while (at := max(limits.overall_at(now, person=person, edit=edit), limits.chat_at(chat, now, edit=edit))) > now:
            now = at
        send(limits, chat, now, person=person, edit=edit)
        overall.append(now)
        if not edit:
            new.setdefault(chat, []).append(now)
        if chat < 0:
            group.setdefault(chat, []).append(now)
    assert busiest(overall, 1.0) <= 30
    assert all(busiest(moments, 1.0) <= 1 for moments in new.values())
    assert all(busiest(moments, 60.0) <= GROUP_PER_MINUTE for moments in group.values())


@pytest.mark.parametrize(
    ("counted", "waiting"),
    [
        (Counted.BULK, {"notice"}),
        (Counted.MESSAGES, {"notice", "reply"}),
        (Counted.CALLS, {"notice", "reply", "edit"}),
    ],
)
def test_what_counts_is_the_operators_choice(counted: Counted, waiting: set[str]) -> None:
    """When thirty were sent in a second, what counts waits, and what does not goes on."""
    limits = Limits(30, counted)
    for chat in range(1, 31):
        send(limits, chat, 0.0, person=False)
    kinds = {"notice": (False, False), "reply": (True, False), "edit": (True, True)}
    waits = {name: limits.overall_at(0.5, person=person, edit=edit) for name, (person, edit) in kinds.items()}
    assert {name for name, at in waits.items() if at > 0.5} == waiting
    assert set(waits.values()) <= {0.5, SECOND + MARGIN_SECONDS}


def test_a_chat_gets_one_message_a_second_and_edits_at_once() -> None:
    """An edit in a private chat has no limit of its own; in a group it counts among the twenty."""
    limits = Limits(30)
    send(limits, 5, 0.0)
    assert limits.chat_at(5, 0.5, edit=False) == SECOND + MARGIN_SECONDS
    assert limits.chat_at(5, 0.5, edit=True) == 0.5
    assert limits.chat_at(6, 0.5, edit=False) == 0.5
    send(limits, -7, 0.0)
    assert limits.chat_at(-7, 0.5, edit=True) == 0.5
    assert limits.chat_at(-7, 0.5, edit=False) == SECOND + MARGIN_SECONDS
    for n in range(GROUP_PER_MINUTE):
        send(limits, -5, n * 0.01, edit=True)
    assert limits.chat_at(-5, 1.0, edit=True) == MINUTE + MARGIN_SECONDS
    assert limits.chat_at(-6, 1.0, edit=True) == 1.0


def test_zero_is_no_limit() -> None:
    """An own Bot API server, or a test: nothing waits, nothing is remembered."""
    limits = Limits(0)
    for _ in range(1000):
        send(limits, -5, 0.0)
    assert limits.overall_at(0.0, person=False, edit=False) == limits.broadcast_at(0.0) == 0.0
    assert limits.chat_at(-5, 0.0, edit=False) == 0.0
    assert not limits._chats


def test_another_rate() -> None:
    """The overall rate is the operator's; less than one a second is one."""
    for rate, most in ((5, 5), (0.5, 1), (29.9, 29)):
        limits = Limits(rate)
        for n in range(most):
            assert limits.overall_at(0.0, person=True, edit=False) == 0.0
            send(limits, n + 1, 0.0)
        assert limits.overall_at(0.0, person=True, edit=False) == SECOND + MARGIN_SECONDS


def test_a_flooded_chat_waits_alone() -> None:
    """429 for one chat, or for any number of groups, holds up nobody else."""
    limits = Limits(30)
    assert not limits.note_flood(5, 0.0, 7.0)
    for group in range(-10, 0):
        assert not limits.note_flood(group, 0.0, 7.0)
    assert limits.chat_at(5, 1.0, edit=False) == limits.chat_at(-1, 1.0, edit=True) == 7.0
    assert limits.chat_at(6, 1.0, edit=False) == limits.overall_at(1.0, person=False, edit=False) == 1.0


def test_what_is_refused_teaches_to_count_more() -> None:
    """Several private chats at once: everything new counts, at the next lesson edits, too, and the span is longer; not for ever."""
    limits = Limits(30, Counted.BULK)

    def waits(now: float, *, edit: bool) -> float:
        for chat in range(100, 130):
            send(limits, chat, now)
        return limits.overall_at(now, person=True, edit=edit) - now

    assert waits(0.0, edit=False) == 0
    assert [limits.note_flood(chat, 10.0, 1.0) for chat in range(1, FLOODED_CHATS + 2)] == [False, False, True, True]
    assert waits(12.0, edit=False) > SECOND + MARGIN_SECONDS
    assert waits(14.0, edit=True) == 0
    for chat in range(1, FLOODED_CHATS + 1):
        limits.note_flood(chat, 20.0, 1.0)
    assert waits(22.0, edit=True) > waits(22.0 + 2 * RELAX_SECONDS, edit=True) > SECOND + MARGIN_SECONDS
    assert waits(20.0 + STRICT_SECONDS, edit=False) == 0


def test_chats_of_long_ago_are_forgotten() -> None:
    """Memory is bounded: past ten thousand chats, those at rest go and those that count stay."""
    limits = Limits(30)
    for chat in range(1, 10_001):
        send(limits, chat, chat / 1000)
    send(limits, 20_000, 100.0)
    assert set(limits._chats) == {20_000}
    assert limits.chat_at(20_000, 100.0, edit=False) == 100.0 + SECOND + MARGIN_SECONDS


def test_what_could_not_be_stored_is_asked_for_again() -> None:
    """A group's minute is handed out once, and once more when storing it failed."""
    limits = Limits(30)
    send(limits, -5, monotonic())
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
