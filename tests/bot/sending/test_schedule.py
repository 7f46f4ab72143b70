"""What goes next: order and priorities, what waits for marks, what sleeps; over moments that are given."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest

from bot.sending.chat_queues import QueueKey, find_key
from bot.sending.doubt import CALM_CALLS, DOUBT_LIMIT, DOUBT_SECONDS, PATIENCE_SECONDS, find_broadcast_range
from bot.sending.limits import SECOND, Limits
from bot.sending.pacing import Pacing
from bot.sending.schedule import SOON_SECONDS, Schedule
from storage.queue.outbox import SHOW, OwedCall, Priority, SentCall

NOW = 100.0


@dataclass
class Play:
    """A schedule whose calls are noted when they start, and answered when a test says so."""

    rate: float = 0.0
    ids: "count[int]" = field(default_factory=lambda: count(1))
    started: list[OwedCall] = field(default_factory=list)

    def __post_init__(self) -> None:
        pacing = Pacing(Limits(self.rate), NOW - SECOND)
        self.schedule = Schedule(pacing, DOUBT_LIMIT, lambda call: call.message_id is None, self._start)

    def _start(self, key: QueueKey, call: OwedCall) -> None:
        assert key == find_key(call)
        self.started.append(call)

    def owe(self, chat: int, **facts: Any) -> OwedCall:  # noqa: ANN401 -- the fields of a call
        call = OwedCall(next(self.ids), chat, facts.pop("method", "sendMessage"), "{}", **facts)
        self.schedule.queue(call, NOW)
        return call

    def accept(self, call: OwedCall, now: float = NOW) -> None:
        """Telegram accepts it; its mark is not durable yet."""
        self.schedule.end(find_key(call), call, now, answered=True)
        self.schedule.finish(find_key(call), call)

    def play_out(self) -> list[OwedCall]:
        """Everything goes, each accepted and marked at once; in which order."""
        now, answered = NOW, 0
        while self.schedule.waiting:
            wake = self.schedule.start_due(now)
            for call in self.started[answered:]:
                self.accept(call, now)
                self.schedule.note_marks([SentCall(call.id)], now)
            if len(self.started) == answered:
                assert wake is not None
                assert wake > now
                now = wake
            answered = len(self.started)
        return self.started


@pytest.fixture
def play() -> Play:
    return Play()


def test_in_calm_times_one_new_message_at_most_is_unsettled(play: Play) -> None:
    """The mark of the first is not durable yet: a second new message waits, an edit does not; the mark lets it go."""
    first, edit, second = play.owe(1), play.owe(2, message_id=70), play.owe(3)
    assert play.schedule.start_due(NOW) == NOW + PATIENCE_SECONDS
    assert play.started == [first, edit]
    play.accept(first)
    play.schedule.wake_certain(NOW)
    play.schedule.start_due(NOW)
    assert play.started == [first, edit]
    assert play.schedule.note_marks([SentCall(first.id)], NOW)
    assert play.schedule.unsettled == {edit.id, second.id}
    play.schedule.start_due(NOW)
    assert play.started == [first, edit, second]


def test_patience_ends(play: Play) -> None:
    """A call that Telegram does not answer holds the next up for a second; and nobody looks more often than is of use."""
    first, second = play.owe(1), play.owe(2)
    play.schedule.start_due(NOW)
    last = NOW + PATIENCE_SECONDS - SOON_SECONDS / 2
    assert play.schedule.start_due(last) == last + SOON_SECONDS
    assert play.started == [first]
    play.schedule.start_due(NOW + PATIENCE_SECONDS)
    assert play.started == [first, second]


def test_in_a_rush_a_handful_is_in_doubt(play: Play) -> None:
    """However many wait: while no mark is durable, a crash could repeat eight of them at most; edits are not among these."""
    calls = [play.owe(chat) for chat in range(1, DOUBT_LIMIT + CALM_CALLS + 3)]
    edit = play.owe(1000, message_id=70)
    assert play.schedule.start_due(NOW) == NOW + DOUBT_SECONDS
    assert play.started == [*calls[:DOUBT_LIMIT], edit]
    assert play.schedule.awaits_marks
    play.accept(calls[0])
    play.schedule.start_due(NOW)
    assert play.started == [*calls[:DOUBT_LIMIT], edit]
    assert play.schedule.note_marks([SentCall(calls[0].id)], NOW)
    play.schedule.start_due(NOW)
    assert play.started == [*calls[:DOUBT_LIMIT], edit, calls[DOUBT_LIMIT]]


def test_what_telegram_has_accepted_holds_however_long_its_mark_takes(play: Play) -> None:
    """What it leaves unanswered holds others up for seconds only."""
    calls = [play.owe(chat) for chat in range(1, 3 * DOUBT_LIMIT)]
    play.schedule.start_due(NOW)
    for call in calls[1:DOUBT_LIMIT]:
        play.accept(call)
    play.schedule.start_due(NOW + DOUBT_SECONDS / 2)
    assert len(play.started) == DOUBT_LIMIT
    play.schedule.start_due(NOW + DOUBT_SECONDS)
    assert len(play.started) == DOUBT_LIMIT + 1


def test_what_is_not_accepted_is_in_no_doubt(play: Play) -> None:
    """A message that was refused lets the next go at once."""
    first, second = play.owe(1), play.owe(2)
    play.schedule.start_due(NOW)
    play.schedule.end(find_key(first), first, NOW, answered=True)
    play.schedule.note_unaccepted(first)
    play.schedule.set_aside(find_key(first), first)
    play.schedule.wake_certain(NOW)
    play.schedule.start_due(NOW)
    assert play.started == [first, second]
    assert play.schedule.unsettled == play.schedule.under_way == {second.id}


def test_few_messages_to_many_are_in_doubt_at_once(play: Play) -> None:
    """Whatever the load: while no mark is durable a crash could repeat a handful, not all; replies do not wait for that."""
    many = [play.owe(chat, priority=Priority.BROADCAST) for chat in range(1, 30)]
    reply = play.owe(1000)
    play.schedule.start_due(NOW)
    least = find_broadcast_range(DOUBT_LIMIT)[0]
    assert play.started == [reply, *many[:least]]
    play.accept(many[0])
    assert play.schedule.note_marks([SentCall(many[0].id)], NOW)
    play.schedule.start_due(NOW)
    assert play.started == [reply, *many[: least + 1]]


def test_people_before_staff_before_broadcasts() -> None:
    """With a narrow limit the replies go first, then the staff's notices, whatever was owed first; none is lost."""
    play = Play(rate=5)
    kinds = [Priority.BROADCAST] * 5 + [Priority.STAFF] * 5 + [Priority.PEOPLE] * 5
    for chat, kind in enumerate(kinds, 1):
        play.owe(chat, priority=kind)
    assert [call.priority for call in play.play_out()] == sorted(kinds)


def test_a_reply_takes_along_what_stands_before_it() -> None:
    """Somebody writes to us while many wait, and is one of them: the reply comes at once, after what came before it in the chat."""
    play = Play(rate=4)
    many = [play.owe(chat, priority=Priority.BROADCAST) for chat in range(1, 13)]
    reply = play.owe(12)
    order = play.play_out()
    assert order.index(many[-1]) <= 3
    assert order.index(many[-1]) < order.index(reply) < 8
    assert len(order) == 13


def test_what_a_reply_waits_behind_is_the_next_broadcast(play: Play) -> None:
    """Also when no other may be in doubt at the moment: the first mark lets it go before those that were owed earlier."""
    many = [play.owe(chat, priority=Priority.BROADCAST) for chat in range(1, 30)]
    play.schedule.start_due(NOW)
    play.owe(29)
    play.schedule.start_due(NOW)
    assert many[-1] not in play.started
    play.accept(many[0])
    assert play.schedule.note_marks([SentCall(many[0].id)], NOW)
    play.schedule.start_due(NOW)
    assert play.started[-1] is many[-1]


def test_what_failed_sleeps_alone(play: Play) -> None:
    """Until its moment, which is when to come back, or until it is woken; others go meanwhile, and its own queue keeps its order."""
    first, second = play.owe(1, message_id=70), play.owe(1, message_id=71)
    play.schedule.start_due(NOW)
    for _ in range(2):
        play.schedule.end(find_key(first), first, NOW, answered=False)
        play.schedule.sleep(find_key(first), NOW + 5)
        play.schedule.sleep(find_key(first), NOW + 9)
        other = play.owe(2, message_id=70)
        assert play.schedule.start_due(NOW) == NOW + 5
        assert play.started[-1] is other
        play.accept(other)
        play.schedule.wake([find_key(first)])
        play.schedule.start_due(NOW)
        assert play.started[-1] is first
    play.schedule.end(find_key(first), first, NOW, answered=False)
    started = len(play.started)
    play.schedule.start_due(NOW + 5)
    assert play.started[started:] == [first]
    play.accept(first)
    play.schedule.start_due(NOW + 5)
    assert play.started[-1] is second


def test_a_probe_wakes_a_chat_that_sleeps(play: Play) -> None:
    """Whatever it waits for, but not twice, and not where nothing waits."""
    call = play.owe(1)
    play.schedule.sleep(find_key(call), NOW + 60)
    assert play.schedule.start_anyway(find_key(call), NOW)
    assert play.started == [call]
    assert play.schedule.is_busy(find_key(call))
    assert not play.schedule.start_anyway(find_key(call), NOW)
    assert not play.schedule.start_anyway(("chat", 404), NOW)


def test_nothing_goes_to_a_chat_that_is_being_written_down(play: Play) -> None:
    """What waited there is given up with it; what arrives meanwhile goes once that is done."""
    first, waiting = play.owe(1), play.owe(1)
    play.schedule.start_due(NOW)
    play.schedule.end(find_key(first), first, NOW, answered=True)
    play.schedule.note_unaccepted(first)
    known = play.schedule.occupy(find_key(first))
    assert known == {first.id, waiting.id}
    arrived = play.owe(1)
    play.schedule.start_due(NOW)
    assert play.started == [first]
    assert play.schedule.is_any_busy
    play.schedule.free(find_key(first))
    play.schedule.abandon(find_key(first), known)
    play.schedule.start_due(NOW)
    assert play.started == [first, arrived]
    assert play.schedule.unsettled == {arrived.id}


def test_who_queues_is_told_what_need_not_be_made_any_more(play: Play) -> None:
    """A later version takes the place of the earlier, a repeated request that of the first; either is settled by the one that replaced it."""
    version = OwedCall(100, 1, SHOW, "{}", name="s:1")
    assert play.schedule.queue(version, NOW) is None
    assert play.schedule.queue(OwedCall(101, 1, SHOW, "{}", name="s:1"), NOW) is version
    request = OwedCall(102, 1, SHOW, "{}", name="s:2", fresh=True)
    assert play.schedule.queue(request, NOW) is None
    assert play.schedule.queue(OwedCall(103, 1, SHOW, "{}", name="s:2", fresh=True), NOW) is request
    assert play.schedule.waiting == 2
