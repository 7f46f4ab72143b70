"""Flood detection (sliding window): how fast each person writes to us, over the last minute, so that a flood is answered once.

1. It is kept in memory, in each process: after a restart somebody may be told once more, and nothing is lost. Of several replicas behind a
   webhook each counts what it is handed: with three of them it takes up to three times as many messages, and a flood may be told by each.
   To count together, every message would write a row that all of them share, and so a flood would cost the database most where it
   should cost least. What keeps it from others is the lane, the gathered additions and the sender's limits, which all replicas share.
2. Judging the same message again, because its transaction failed or its update was replayed, changes nothing.
3. An album is one message. Commands are counted apart, so that they are answered after a burst of photos.
"""

import enum
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
WRITERS_MOST = 10_000
"""Of how many people we remember it; of who has not written for the longest time it is forgotten first."""


class Pace(enum.Enum):
    """How fast somebody writes."""

    CALM = enum.auto()
    TOO_FAST_NOW = enum.auto()
    """With this message: tell them."""
    TOO_FAST = enum.auto()
    """Since an earlier one, of which they were told."""


@dataclass(slots=True)
class _Writer:
    """The latest messages and albums by kind; the message with which the present flood began, and when it last went on."""

    wrote_at: datetime
    latest: dict[str, deque[tuple[datetime, int | str]]] = field(default_factory=dict)
    began: int | None = None
    went_on: datetime | None = None


class Paces:
    """The pace of everybody who writes."""

    def __init__(self) -> None:
        self._writers: OrderedDict[int, _Writer] = OrderedDict()

    def judge(self, person: int, kind: str, message: int, now: datetime, most: int, *, album: str = "") -> Pace:
        """How fast this account writes with this message (of this album), if `most` of a kind are well in a minute."""
        writer = self._writers.setdefault(person, _Writer(now))
        writer.wrote_at = now
        self._writers.move_to_end(person)
        self._forget_silent(now)
        latest = writer.latest.setdefault(kind, deque(maxlen=most + 1))
        while latest and latest[0][0] <= now - MINUTE:
            latest.popleft()
        counted = album or message
        if all(counted != known for _, known in latest):
            latest.append((now, counted))
        if len(latest) <= most:
            return Pace.CALM
        if writer.went_on is None or writer.went_on <= now - MINUTE:
            writer.began = message
        writer.went_on = now
        return Pace.TOO_FAST_NOW if writer.began == message else Pace.TOO_FAST

    def _forget_silent(self, now: datetime) -> None:
        """Of who wrote nothing for a minute there is nothing to remember."""
        while self._writers:
            first = next(iter(self._writers))
            if self._writers[first].wrote_at > now - MINUTE and len(self._writers) <= WRITERS_MOST:
                return
            del self._writers[first]
