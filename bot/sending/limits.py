"""Rate limiting as the Bots FAQ asks: about 30 bulk messages/s overall, 1/s to a chat, 20/min to a group; counted where they arrive.

1. A window knows that a call arrives later than it is sent (`bot.sending.windows`): the limits hold however the network's delay varies, and
   that costs what it varies.
2. Broadcasts go evenly spaced: a place becomes free every few hundredths of a second, and a person who waits takes it first.
3. Which calls count overall is the operator's choice (`Counted`), because Telegram does not say. Should it count more than we do, several
   private chats answer 429 at once although their own limits were kept: then the stricter count holds for an hour, and the span is
   longer for some minutes.
4. 429 concerns the chat that it was said of. Only in the case of 3 do broadcasts and notices wait, too; replies go on.

Pure bookkeeping over the moments it is given (seconds of a monotonic clock).
"""

import time
from collections.abc import Collection, Mapping, Sequence

from bot.sending.windows import EvenSpacing, RoundTrips, Window
from bot.settings import Counted

SECOND, MINUTE = 1.0, 60.0
MARGIN_SECONDS = 0.01
"""By how much our spans are longer than Telegram's, where nothing was ever refused."""

LEARNED_SECONDS, LEARNED_MOST_SECONDS = 0.03, 0.3
"""By how much the overall span becomes longer when Telegram refuses what we thought was allowed, and by how much at most."""

RELAX_SECONDS = 60.0
"""After so many seconds without that, half of it is taken back."""

STRICT_SECONDS = 3600.0
"""For how long more calls count, once Telegram has shown that they do."""

GROUP_PER_MINUTE = 20
CARD_INTERVAL_SECONDS = 1.0
"""Seconds between two redraws of one card."""

FLOODED_CHATS = 3
"""With so many private chats told to wait (429) at the same time, it is not about them: the overall limit was exceeded."""

PACE = 1.1
"""How much faster than the limit broadcasts may follow one another, so that a moment's delay can be made good."""


class Limits:
    """The limits of one bot; a rate of 0 means no limit."""

    def __init__(self, rate: float, counted: Counted = Counted.MESSAGES) -> None:
        self.unlimited = rate == 0
        count = max(int(rate), 1)
        self._overall, self._pace = Window(count, SECOND + MARGIN_SECONDS), EvenSpacing(count * PACE)
        self._lessons = Lessons(counted)
        self._trips = RoundTrips()
        self._chats: dict[int, Window] = {}
        self._groups: dict[int, Window] = {}
        self._drawn: dict[tuple[int, str], tuple[float, str]] = {}
        self._between = CARD_INTERVAL_SECONDS / 4 if self.unlimited else CARD_INTERVAL_SECONDS
        self._flooded: dict[int, float] = {}
        self._written: set[int] = set()
        self._under_way: dict[int, tuple[int, float]] = {}

    def note_flood(self, chat: int | None, now: float, seconds: float) -> bool:
        """Telegram asks to wait with this chat, whose messages keep their distance from now on; whether it means all chats."""
        self._flooded = {other: until for other, until in self._flooded.items() if until > now}
        if chat is None:
            return False
        self._flooded[chat] = now + seconds
        self._chats.setdefault(chat, _make_chat_window())
        if chat < 0:
            self._groups.setdefault(chat, _make_group_window())
            return False
        is_overall = sum(other > 0 for other in self._flooded) >= FLOODED_CHATS
        if is_overall:
            self._lessons.learn(now)
        return is_overall

    def pop_group_windows(self) -> dict[int, list[float]]:
        """Of the groups written to since the last time: the moments of the last minute (seconds since the epoch)."""
        if not self._written:
            return {}
        now, offset = time.monotonic(), time.time() - time.monotonic()
        written, self._written = self._written, set()
        return {
            chat: [round(moment + offset, 3) for moment in self._groups[chat].list_since(now - MINUTE)]
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
            window = _make_group_window()
            for moment in sorted(moments):
                window.note(min(moment - offset, now))
            self._groups[chat] = window
        for chat in in_doubt:
            self._groups.setdefault(chat, _make_group_window()).note(now)

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

    def overall_at(self, now: float, *, person: bool, edit: bool) -> float:
        """When such a call may be sent, as far as all chats together are concerned."""
        if self.unlimited or not self._lessons.counts(now, person=person, edit=edit):
            return now
        self._overall.seconds = SECOND + MARGIN_SECONDS + self._lessons.find_margin(now)
        return self._overall.free_at(now)

    def broadcast_at(self, now: float) -> float:
        """When the next broadcast may follow the last one."""
        return now if self.unlimited else self._pace.free_at(now)

    def chat_at(self, chat: int, now: float, *, edit: bool, kept: int = 0) -> float:
        """When this chat may be written to, leaving `kept` places of a group's minute to others.

        An edit in a private chat has no limit of its own.
        """
        at = max(now, self._flooded.get(chat, now))
        if self.unlimited and chat not in self._chats:
            return at
        second, minute = self._chats.get(chat), self._groups.get(chat)
        if not edit and second is not None:
            at = max(at, second.free_at(now))
        return at if minute is None else max(at, minute.free_at(now, kept))

    def begin(self, call: int, chat: int, now: float, *, person: bool, edit: bool, broadcast: bool = False) -> None:
        """Count a call that is being sent to this chat; it is under way until it is settled."""
        if self.unlimited and chat not in self._chats:
            return
        self._under_way[call] = chat, now
        if self._lessons.counts(now, person=person, edit=edit):
            self._overall.begin(call, now)
        if broadcast:
            self._pace.note(now)
        if not edit:
            self._chats.setdefault(chat, _make_chat_window()).begin(call, now)
        if chat < 0:
            self._groups.setdefault(chat, _make_group_window()).begin(call, now)
            self._written.add(chat)
        if len(self._chats) > 10_000:  # noqa: PLR2004 -- a bound on memory, not a rule
            self._chats = {key: window for key, window in self._chats.items() if not window.idle(now)}

    def settle(self, call: int, now: float, *, answered: bool) -> None:
        """Telegram has answered, or will not: the call had arrived by now, less the part of the way that no call is spared."""
        chat, begun = self._under_way.pop(call, (None, 0.0))
        if chat is None:
            return
        if answered:
            self._trips.note(now - begun, now)
        by = max(now - self._trips.quickest, begun)
        for window in (self._overall, self._chats.get(chat), self._groups.get(chat)):
            if window is not None:
                window.settle(call, by)


def _make_chat_window() -> Window:
    return Window(1, SECOND + MARGIN_SECONDS)


def _make_group_window() -> Window:
    return Window(GROUP_PER_MINUTE, MINUTE + MARGIN_SECONDS)


class Lessons:
    """What 429 has taught about the overall limit: which calls count, and how much longer than a second the span has to be."""

    def __init__(self, counted: Counted) -> None:
        self._chosen = self._strict = counted
        self._strict_until = 0.0
        self._margin, self._at = 0.0, -RELAX_SECONDS

    def learn(self, now: float) -> None:
        """It was exceeded, as Telegram counts; what is refused in the same second is one lesson."""
        if now - self._at < SECOND:
            return
        self._margin = min(self.find_margin(now) + LEARNED_SECONDS, LEARNED_MOST_SECONDS)
        stricter = list(Counted)[list(Counted).index(self._find_counted(now)) + 1 :]
        self._strict = stricter[0] if stricter else Counted.CALLS
        self._at, self._strict_until = now, now + STRICT_SECONDS

    def counts(self, now: float, *, person: bool, edit: bool) -> bool:
        """Whether such a call counts."""
        match self._find_counted(now):
            case Counted.BULK:
                return not person and not edit
            case Counted.MESSAGES:
                return not edit
            case Counted.CALLS:
                return True

    def find_margin(self, now: float) -> float:
        """Seconds by which the span is longer."""
        return self._margin * 0.5 ** ((now - self._at) // RELAX_SECONDS) if self._margin else 0.0

    def _find_counted(self, now: float) -> Counted:
        return self._strict if now < self._strict_until else self._chosen
