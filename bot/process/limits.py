"""Rate limiting (sliding windows), a hair stricter than the Bot API FAQ asks: 30 messages/s overall, 1/s per chat, 20/min per group.

Pure bookkeeping over the moments it is given (seconds of a monotonic clock). One of the 30 slots is reserved for people.
"""

from collections import deque

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
        if self.unlimited:
            return now
        if chat > 0:
            window = self._chats.get(chat)
            return now if edit or window is None else window.free_at(now)
        second, minute = self._chats.get(chat), self._groups.get(chat)
        at = now if edit or second is None else second.free_at(now)
        return at if minute is None else max(at, minute.free_at(now))

    def note(self, chat: int, now: float, *, edit: bool) -> None:
        """Count a call that is being sent to this chat."""
        if self.unlimited:
            return
        self._overall.note(now)
        if not edit:
            self._chats.setdefault(chat, Window(1, SECOND_SECONDS)).note(now)
        if chat < 0:
            self._groups.setdefault(chat, Window(GROUP_PER_MINUTE, MINUTE_SECONDS)).note(now)
        if len(self._chats) > 10_000:  # noqa: PLR2004 -- a bound on memory, not a rule
            self._chats = {key: window for key, window in self._chats.items() if not window.idle(now)}
