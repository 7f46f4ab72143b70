"""Announcements of new cards (batching): where a group's minute has no room for each at once, one message names all that wait.

1. A card that could not go for WAIT_SECONDS is named by its first line, together with the others of its chat that were not yet; their own
   messages follow as the minute has room. So staff know of a case within seconds, however many come.
2. While cases come in, part of each group's minute is kept for that, and for answers to staff (`KEPT_PLACES`): cards and notices take the rest.
3. An announcement is no row. What is owed is the card; one that is still owed after a crash is named again.
"""

from collections.abc import Iterable
from itertools import count

import msgspec

from storage.queue.outbox import OwedCall, Priority, answers_card, is_card, is_notice

WAIT_SECONDS = 2.5
INTERVAL_SECONDS = 4.3
"""Seconds between two announcements in one group."""

KEPT_PLACES = 12
"""Of the twenty messages of a group's minute: as many announcements as fit into it behind the others."""

KEPT_SECONDS = 120.0
"""For so long after a new card, in whichever group, others are expected."""

CARDS_MOST = 40
"""How many cards one announcement names; the next names others."""


class _Shown(msgspec.Struct, frozen=True):
    text: str


_decode = msgspec.json.Decoder(_Shown).decode


class Announcements:
    """New cards that wait, by chat and name, and since when; all moments are those of one clock, in seconds."""

    def __init__(self) -> None:
        self._waiting: dict[int, dict[str, float]] = {}
        self._last: dict[int, float] = {}
        self._ids = count(-1, -1)
        self._newest = -KEPT_SECONDS

    def note(self, call: OwedCall, now: float) -> None:
        """This new card was queued, in this version or an earlier one."""
        if is_card(call):
            self._newest = now
            self._waiting.setdefault(call.chat_id or 0, {}).setdefault(call.name, now)

    def forget(self, call: OwedCall) -> None:
        """This card stands in its chat, or never will."""
        waiting = self._waiting.get(call.chat_id or 0)
        if waiting is not None:
            waiting.pop(call.name, None)
            if not waiting:
                del self._waiting[call.chat_id or 0]

    def due_at(self, chat: int) -> float | None:
        """When the cards that wait in this chat have to be named; None if all are."""
        waiting = self._waiting.get(chat)
        if not waiting:
            return None
        return max(min(waiting.values()) + WAIT_SECONDS, self._last.get(chat, 0.0) + INTERVAL_SECONDS)

    def count_kept(self, call: OwedCall, now: float, *, is_new: bool) -> int:
        """How many places of its group's minute such a call leaves to others."""
        if not is_new or now - self._newest >= KEPT_SECONDS:
            return 0
        return KEPT_PLACES if is_card(call) or is_notice(call) or answers_card(call) else 0

    def draw(self, chat: int, calls: Iterable[OwedCall], now: float) -> OwedCall | None:
        """The message that names those of these calls that are new cards and were not named; None if there are none."""
        waiting = self._waiting.pop(chat, {})
        cards = [call for call in calls if call.name in waiting and is_card(call)]
        waiting = {call.name: waiting[call.name] for call in cards[CARDS_MOST:]}
        if waiting:
            self._waiting[chat] = waiting
        if not cards:
            return None
        self._last[chat] = now
        lines = [_decode(call.payload).text.partition("\n")[0] for call in cards[:CARDS_MOST]]
        # People wait for it: it leaves no place to others, and nothing goes before it.
        payload = msgspec.json.encode({"text": "\n".join(lines), "parse_mode": "HTML"}).decode()
        return OwedCall(next(self._ids), chat, "sendMessage", payload, priority=Priority.PEOPLE)
