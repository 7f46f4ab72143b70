"""Pacing: from when on an owed call may go, as far as limits, redrawn cards and announcements of new cards are concerned.

1. A call keeps the limits of its chat and of all chats together (`bot.sending.limits`); one that is about no chat has none.
2. 429 pauses the chat it is about for as long as told, and no other; only when several private chats hear it at once do broadcasts and
   notices pause, too.
3. A card drawn a moment ago gathers further changes and lets others of its chat pass, so that a burst of changes is one edit.
4. Where a group's minute has no room, its new cards are named together (`bot.sending.announcements`).

Pure bookkeeping over the moments it is given (seconds of a monotonic clock).
"""

from collections import deque
from collections.abc import Iterable

from bot.sending.announcements import Announcements
from bot.sending.limits import SECOND, Limits
from storage.queue.outbox import QUERY, OwedCall, Priority, extract_buttons, is_shared


class Pacing:
    """The moments from which calls may go; `is_new` says that a call adds a message to its chat."""

    def __init__(self, limits: Limits, now: float) -> None:
        self._limits, self._announcements = limits, Announcements()
        # What another process sent in the last second still counts at Telegram: broadcasts wait until it no longer does.
        self._broadcasts_from = 0.0 if limits.unlimited else now + SECOND
        self.paused_until = 0.0
        """Until then broadcasts and notices wait, whatever chat they are for."""

    def note_new(self, call: OwedCall, now: float) -> float | None:
        """A new message to a group was queued; when the cards that wait there have to be named, None if none do."""
        self._announcements.note(call, now)
        return self._announcements.due_at(call.chat_id or 0)

    def forget(self, call: OwedCall) -> None:
        """It stands in its chat, or never will."""
        self._announcements.forget(call)

    def find_hold(self, queue: deque[OwedCall], now: float) -> float | None:
        """Put first what need not wait for changes of a card that was just drawn; if there is nothing else: until when it waits."""
        earliest = None
        for n, call in enumerate(queue):
            shared = is_shared(call)
            at = self._limits.drawn_at(call.chat_id or 0, call.name, extract_buttons(call), now) if shared else now
            if at <= now:
                queue.rotate(-n)
                return None
            earliest = at if earliest is None else min(earliest, at)
        return earliest

    def chat_at(self, call: OwedCall, chat: int, now: float, *, is_new: bool) -> float:
        """When this call may be made, as far as its chat is concerned."""
        kept = self._announcements.count_kept(call, now, is_new=is_new)
        return self._limits.chat_at(chat, now, edit=not is_new, kept=kept)

    def overall_at(self, call: OwedCall, now: float, *, is_new: bool) -> float:
        """When this call may be made, as far as all chats together are concerned."""
        at = self._limits.overall_at(now, person=call.priority == Priority.PEOPLE, edit=not is_new)
        if call.priority != Priority.BROADCAST:
            return at
        return max(at, self._limits.broadcast_at(now), self._broadcasts_from)

    def announce(self, chat: int, calls: Iterable[OwedCall], now: float) -> OwedCall | None:
        """The message that names those of these calls that are new cards, if it is time and there is room for it."""
        due = self._announcements.due_at(chat)
        if due is None or due > now or self._limits.chat_at(chat, now, edit=False) > now:
            return None
        return self._announcements.draw(chat, calls, now)

    def announcement_at(self, chat: int, otherwise: float, now: float) -> float:
        """When the new cards of this chat may be named."""
        due = self._announcements.due_at(chat)
        return otherwise if due is None else max(due, self._limits.chat_at(chat, now, edit=False))

    def begin(self, call: OwedCall, now: float, *, is_new: bool) -> None:
        """Count a call that is being made."""
        if call.chat_id is not None and call.method != QUERY:
            self._limits.begin(
                call.id,
                call.chat_id,
                now,
                person=call.priority == Priority.PEOPLE,
                edit=not is_new,
                broadcast=call.priority == Priority.BROADCAST,
            )
        if is_shared(call):
            self._limits.note_drawn(call.chat_id or 0, call.name, extract_buttons(call), now)

    def settle(self, call: OwedCall, now: float, *, answered: bool) -> None:
        """Telegram has answered, or will not."""
        self._limits.settle(call.id, now, answered=answered)

    def note_flood(self, call: OwedCall, now: float, seconds: float) -> None:
        """Telegram asks to wait so long (429)."""
        if self._limits.note_flood(call.chat_id, now, seconds):
            self.paused_until = max(self.paused_until, now + seconds)
