"""From when on a call may go: moments of chats and of all together, redrawn cards, announcements."""

from collections import deque

import msgspec

from bot.sending.announcements import KEPT_PLACES, WAIT_SECONDS
from bot.sending.limits import FLOODED_CHATS, GROUP_PER_MINUTE, SECOND, Limits
from bot.sending.pacing import Pacing
from storage.queue.outbox import QUERY, SHOW, OwedCall, Priority

NOW = 100.0
GROUP = -5


def make_pacing() -> Pacing:
    """A second after it took over."""
    return Pacing(Limits(30), NOW - SECOND)


def make_card(number: int, message_id: int | None = None) -> OwedCall:
    payload = msgspec.json.encode({"text": f"<b>C-{number}</b>\nmore"}).decode()
    return OwedCall(number, GROUP, SHOW, payload, name=f"card:{number}", message_id=message_id, priority=Priority.STAFF)


def test_anyone_who_takes_over_lets_a_second_pass() -> None:
    """What its predecessor sent a moment ago counts at Telegram still: messages to many wait, people do not; without limits nobody does."""
    reply = OwedCall(1, 5, "sendMessage", "{}")
    broadcast = OwedCall(2, 6, "sendMessage", "{}", priority=Priority.BROADCAST)
    pacing = Pacing(Limits(30), NOW)
    assert pacing.overall_at(reply, NOW, is_new=True) == NOW
    assert pacing.overall_at(broadcast, NOW, is_new=True) == NOW + SECOND
    assert Pacing(Limits(0), NOW).overall_at(broadcast, NOW, is_new=True) == NOW


def test_a_chat_keeps_its_second_and_a_query_has_none() -> None:
    """A message that was begun takes its chat's place until a second after it had arrived; an answer to a press takes none."""
    pacing = make_pacing()
    for n in range(GROUP_PER_MINUTE):
        pacing.begin(OwedCall(n, GROUP, QUERY, "{}"), NOW, is_new=False)
    call = OwedCall(99, GROUP, "sendMessage", "{}")
    assert pacing.chat_at(call, GROUP, NOW, is_new=True) == NOW
    pacing.begin(call, NOW, is_new=True)
    pacing.settle(call, NOW, answered=True)
    assert pacing.chat_at(call, GROUP, NOW, is_new=True) > NOW + SECOND
    assert pacing.chat_at(call, GROUP, NOW, is_new=False) == NOW


def test_broadcasts_are_spaced() -> None:
    """After ten at one moment the next waits for its place, though the second has room for it; a reply does not."""
    pacing = make_pacing()
    *some, last = (OwedCall(n, n, "sendMessage", "{}", priority=Priority.BROADCAST) for n in range(1, 12))
    for call in some:
        pacing.begin(call, NOW, is_new=True)
    assert NOW < pacing.overall_at(last, NOW, is_new=True) < NOW + SECOND
    assert pacing.overall_at(OwedCall(99, 99, "sendMessage", "{}"), NOW, is_new=True) == NOW


def test_a_card_drawn_a_moment_ago_lets_others_pass() -> None:
    """It goes when it has come to rest; what is said meanwhile goes before it, and keeps its order."""
    pacing = make_pacing()
    card = make_card(1, message_id=70)
    pacing.begin(card, NOW, is_new=False)
    alone = deque([card])
    assert pacing.find_hold(alone, NOW) == NOW + SECOND
    assert pacing.find_hold(alone, NOW + SECOND) is None
    word, other = OwedCall(2, GROUP, "sendMessage", "{}"), OwedCall(3, GROUP, "sendMessage", "{}")
    queue = deque([card, word, other])
    assert pacing.find_hold(queue, NOW) is None
    assert list(queue) == [word, other, card]


def test_a_429_is_about_all_only_when_several_private_chats_hear_it() -> None:
    """Then broadcasts and notices pause, for the longest time told; however many groups hear it, they do not."""
    pacing = make_pacing()
    for n in range(1, 10):
        pacing.note_flood(OwedCall(n, -n, "sendMessage", "{}"), NOW, 9.0)
    for n in range(1, FLOODED_CHATS):
        pacing.note_flood(OwedCall(n, n, "sendMessage", "{}"), NOW, 9.0)
    assert pacing.paused_until == 0.0
    for seconds in (5.0, 3.0):
        pacing.note_flood(OwedCall(99, 99, "sendMessage", "{}"), NOW, seconds)
        assert pacing.paused_until == NOW + 5.0
    call = OwedCall(99, 99, "sendMessage", "{}")
    assert pacing.chat_at(call, 99, NOW, is_new=True) == NOW + 3.0


def test_new_cards_are_named_when_a_groups_minute_is_full() -> None:
    """Cards leave part of the minute to others; those that had to wait are named together, in a message that is not one of them."""
    pacing = make_pacing()
    for n in range(GROUP_PER_MINUTE - KEPT_PLACES):
        call = OwedCall(1000 + n, GROUP, "sendMessage", "{}")
        pacing.begin(call, NOW - 30, is_new=True)
        pacing.settle(call, NOW - 30, answered=True)
    cards = [make_card(n) for n in range(1, 4)]
    due = NOW + WAIT_SECONDS
    assert [pacing.note_new(card, NOW) for card in cards] == [due] * 3
    at = pacing.chat_at(cards[0], GROUP, NOW, is_new=True)
    assert at > due
    assert pacing.announcement_at(GROUP, at, NOW) == due
    assert pacing.announce(GROUP, cards, NOW) is None
    pacing.forget(cards[0])
    announcement = pacing.announce(GROUP, cards, due)
    assert announcement is not None
    assert msgspec.json.decode(announcement.payload)["text"] == "<b>C-2</b>\n<b>C-3</b>"
    assert pacing.announcement_at(GROUP, at, due) == at
