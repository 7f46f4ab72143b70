"""Announcements of new cards: each waiting card is named once, soon, and not one by one."""

from typing import Any

import msgspec
import pytest

from bot.sending.announcements import (
    CARDS_MOST,
    INTERVAL_SECONDS,
    KEPT_PLACES,
    KEPT_SECONDS,
    WAIT_SECONDS,
    Announcements,
)
from bot.sending.limits import GROUP_PER_MINUTE
from storage.queue.outbox import SHOW, OwedCall, Priority

GROUP = -7


def make_card(number: int, **more: Any) -> OwedCall:  # noqa: ANN401 -- any field
    payload = msgspec.json.encode({"text": f"<b>C-{number}</b>\nTransport"}).decode()
    return OwedCall(number, GROUP, SHOW, payload, f"card:{number}", priority=Priority.STAFF, **more)


def name_cards(announcements: Announcements, cards: list[OwedCall], now: float) -> list[str]:
    """The lines of the announcement that is due."""
    drawn = announcements.draw(GROUP, cards, now)
    return msgspec.json.decode(drawn.payload)["text"].split("\n") if drawn is not None else []


def test_cards_that_wait_are_named_together_and_once() -> None:
    """The first lines of those that wait, when the oldest has waited; the next time only those that came since."""
    announcements, cards = Announcements(), [make_card(n) for n in range(5)]
    assert announcements.due_at(GROUP) is None
    for card in cards[:3]:
        announcements.note(card, 10.0)
    announcements.note(cards[0], 12.0)  # a newer version has not waited less
    assert announcements.due_at(GROUP) == 10.0 + WAIT_SECONDS
    announcements.forget(cards[1])  # it was sent meanwhile
    assert name_cards(announcements, cards, 12.5) == ["<b>C-0</b>", "<b>C-2</b>"]
    assert announcements.due_at(GROUP) is None
    announcements.note(cards[4], 12.6)
    assert announcements.due_at(GROUP) == 12.5 + INTERVAL_SECONDS
    assert name_cards(announcements, cards, 17.0) == ["<b>C-4</b>"]
    assert name_cards(announcements, cards, 30.0) == []


def test_a_flood_of_cards_is_named_in_parts() -> None:
    """One message never names more than fit into it; the rest come next."""
    announcements, cards = Announcements(), [make_card(n) for n in range(CARDS_MOST + 2)]
    for card in cards:
        announcements.note(card, 0.0)
    assert len(name_cards(announcements, cards, 3.0)) == CARDS_MOST
    assert name_cards(announcements, cards, 8.0) == [f"<b>C-{CARDS_MOST}</b>", f"<b>C-{CARDS_MOST + 1}</b>"]


def test_the_kept_places_last_until_the_others_are_free_again() -> None:
    """Announcements fill what cards and notices leave of a minute, so that none waits for the next minute."""
    assert (GROUP_PER_MINUTE - KEPT_PLACES) * 1.0 + KEPT_PLACES * INTERVAL_SECONDS > 59


@pytest.mark.parametrize(
    ("call", "is_new", "kept"),
    [
        (make_card(1), True, KEPT_PLACES),
        (make_card(1), False, 0),
        (OwedCall(1, GROUP, "sendMessage", "{}", priority=Priority.STAFF), True, KEPT_PLACES),
        (OwedCall(1, GROUP, "sendPhoto", "{}", priority=Priority.STAFF, reply_to="card:1"), True, KEPT_PLACES),
        (OwedCall(1, GROUP, "sendMessage", "{}"), True, 0),
    ],
)
def test_what_nobody_asked_for_leaves_places(call: OwedCall, *, is_new: bool, kept: int) -> None:
    """New cards, notices and copies do while cases come in; what answers staff and what changes a card never does."""
    announcements = Announcements()
    assert announcements.count_kept(call, 0.0, is_new=is_new) == 0
    announcements.note(make_card(9), 0.0)
    assert announcements.count_kept(call, KEPT_SECONDS - 1, is_new=is_new) == kept
    assert announcements.count_kept(call, KEPT_SECONDS, is_new=is_new) == 0
