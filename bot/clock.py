"""System clock and id generator, the only ones.

If HUIFANG_CLOCK names a file, the time is the machine's plus the seconds written in it: this is how a playground moves the clock of a
running bot. Waiting and rate limits always use the machine's monotonic time.
"""

import secrets
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.ids import EPOCH, MOMENT_BITS

_EPOCH_MS = round(EPOCH.timestamp() * 1000)


class Clock:
    """The current time as aware UTC; `offset` is a file that holds the seconds to add."""

    def __init__(self, offset: Path | None = None) -> None:
        self._offset = offset

    def now(self) -> datetime:
        moment = datetime.now(UTC)  # noqa: TID251 -- the one place
        return moment if self._offset is None else moment + self._shift()

    def _shift(self) -> timedelta:
        assert self._offset is not None  # noqa: S101 -- asked only with a file
        try:
            return timedelta(seconds=float(self._offset.read_text() or 0))
        except (FileNotFoundError, ValueError):
            return timedelta()


class Ids:
    """Snowflake-like ids: unique, growing 62-bit numbers without asking the database. Milliseconds, 10 random bits per process, a sequence.

    Several processes share the database's clock (`follow`), and none goes back behind what is there already (`pass_over`).
    """

    def __init__(self) -> None:
        self.process = secrets.randbits(10)
        self._last = 0
        self._sequence = 0
        self._ahead = 0
        self._turn = threading.Lock()  # a transaction may run in its database's thread: storage/engine/sqlite_thread.py

    def follow(self, seconds: float) -> None:
        """The database's clock is ahead of ours by this much."""
        self._ahead = round(seconds * 1000)

    def pass_over(self, id_: int) -> None:
        """Every id from now on is greater than this one, even if the clock was set back."""
        self._last = max(self._last, (id_ >> MOMENT_BITS) + 1)

    def next(self) -> int:
        with self._turn:
            milliseconds = max(time.time_ns() // 1_000_000 + self._ahead - _EPOCH_MS, self._last)
            self._sequence = self._sequence + 1 if milliseconds == self._last else 0
            if self._sequence == 1 << 12:
                milliseconds, self._sequence = milliseconds + 1, 0
            self._last = milliseconds
            return milliseconds << MOMENT_BITS | self.process << 12 | self._sequence
