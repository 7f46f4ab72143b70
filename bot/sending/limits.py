"""Rate limiting (sliding windows), a hair stricter than the Bot API FAQ asks: 30 messages/s overall, 1/s per chat, 20/min per group.

Pure bookkeeping over the moments it is given (seconds of a monotonic clock). One of the 30 slots is reserved for people.
"""

import time
from collections import deque
from collections.abc import Collection, Mapping, Sequence

SECOND_SECONDS, MINUTE_SECONDS = 1.06, 60.06
GROUP_PER_MINUTE = 20
CARD_INTERVAL_SECONDS = 1.0
"""Seconds between two redraws of one card."""


class Window:
    """Sliding window: at most `count` moments in any span of `seconds`."""

    __slots__ = ("_moments", "count", "seconds")

    def __init__(self, count: int, seconds: float) -> None:
        self.count, self.seconds = count, seconds
        self._moments: deque[float] = deque(maxlen=max(count, 1))

    def free_at(self, now: float, kept: int = 0) -> float:
        """When the next moment fits (monotonic seconds), leaving `kept` of the slots to others."""
        usable = max(self.count - kept, 1)
        if len(self._moments) < usable:
            return now
        return max(now, self._moments[-usable] + self.seconds)

    def note(self, moment: float) -> None:
        self._moments.append(moment)

    def list_since(self, moment: float) -> list[float]:
        return [noted for noted in self._moments if noted > moment]

    def idle(self, now: float) -> bool:
        return not self._moments or self._moments[-1] + self.seconds < now


class Limits:
    """The limits of one bot; a rate of 0 means no limit."""

    def __init__(self, rate: float) -> None:
        self.unlimited = rate == 0
        self._overall = Window(max(int(rate), 1), SECOND_SECONDS)
        self._chats: dict[int, Window] = {}
        self._groups: dict[int, Window] = {}
        self._drawn: dict[tuple[int, str], tuple[float, str]] = {}
        self._between = CARD_INTERVAL_SECONDS / 4 if self.unlimited else CARD_INTERVAL_SECONDS
        self._flooded: dict[int, float] = {}
        self._written: set[int] = set()

    def note_flood(self, chat: int | None, now: float, seconds: float) -> int:
        """Telegram asks to wait with this chat, whose messages keep their distance from now on; how many chats wait so."""
        self._flooded = {other: until for other, until in self._flooded.items() if until > now}
        if chat is not None:
            self._flooded[chat] = now + seconds
            self._chats.setdefault(chat, Window(1, SECOND_SECONDS))
            if chat < 0:
                self._groups.setdefault(chat, Window(GROUP_PER_MINUTE, MINUTE_SECONDS))
        return len(self._flooded)

    def pop_group_windows(self) -> dict[int, list[float]]:
        """Of the groups written to since the last time: the moments of the last minute (seconds since the epoch)."""
        if not self._written:
            return {}
        now, offset = time.monotonic(), time.time() - time.monotonic()
        written, self._written = self._written, set()
        return {
            chat: [round(moment + offset, 3) for moment in self._groups[chat].list_since(now - MINUTE_SECONDS)]
            for chat in written
            if chat in self._groups
        }

    def keep_for_later(self, groups: Collection[int]) -> None:
        """The moments of these groups could not be stored; they are asked for again."""
        self._written |= set(groups)

    def restore(self, windows: Mapping[int, Sequence[float]], in_doubt: Collection[int]) -> None:
        """Count what another process sent to groups (seconds since the epoch), and one message more to those in doubt."""
        if self.unlimited:
            return
        now, offset = time.monotonic(), time.time() - time.monotonic()
        for chat, moments in windows.items():
            window = Window(GROUP_PER_MINUTE, MINUTE_SECONDS)
            for moment in sorted(moments):
                window.note(min(moment - offset, now))
            self._groups[chat] = window
        for chat in in_doubt:
            self._groups.setdefault(chat, Window(GROUP_PER_MINUTE, MINUTE_SECONDS)).note(now)

    def drawn_at(self, chat: int, name: str, buttons: str, now: float) -> float:
        """When a message that many people change (a card) may be drawn again, so that a burst of changes is one edit.

        If its buttons change, somebody is waiting for them, and it is drawn at once.
        """
        at, shown = self._drawn.get((chat, name), (now - self._between, buttons))
        return now if buttons != shown else max(now, at + self._between)

    def note_drawn(self, chat: int, name: str, buttons: str, now: float) -> None:
        self._drawn[chat, name] = now, buttons
        if len(self._drawn) > 10_000:  # noqa: PLR2004 -- a bound on memory, not a rule
            self._drawn = {key: value for key, value in self._drawn.items() if value[0] + self._between > now}

    def overall_at(self, now: float, *, person: bool) -> float:
        """When anything more may be sent; the last slot is reserved for people."""
        return now if self.unlimited else self._overall.free_at(now, kept=0 if person else 1)

    def chat_at(self, chat: int, now: float, *, edit: bool) -> float:
        """When this chat may be written to; an edit in a private chat has no limit of its own."""
        at = max(now, self._flooded.get(chat, now))
        if self.unlimited and chat not in self._chats:
            return at
        second, minute = self._chats.get(chat), self._groups.get(chat)
        if not edit and second is not None:
            at = max(at, second.free_at(now))
        return at if minute is None else max(at, minute.free_at(now))

    def note(self, chat: int, now: float, *, edit: bool) -> None:
        """Count a call that is being sent to this chat."""
        if self.unlimited and chat not in self._chats:
            return
        self._overall.note(now)
        if not edit:
            self._chats.setdefault(chat, Window(1, SECOND_SECONDS)).note(now)
        if chat < 0:
            self._groups.setdefault(chat, Window(GROUP_PER_MINUTE, MINUTE_SECONDS)).note(now)
            self._written.add(chat)
        if len(self._chats) > 10_000:  # noqa: PLR2004 -- a bound on memory, not a rule
            self._chats = {key: window for key, window in self._chats.items() if not window.idle(now)}
