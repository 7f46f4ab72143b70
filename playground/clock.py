"""Simulated clock that can be moved ahead, for this Telegram and, through a file, for the bot's process.

The file holds the seconds to add to the machine's clock; a bot reads it whenever it looks at the time (HUIFANG_CLOCK).
"""

from __future__ import annotations

import time
from pathlib import Path


class MovableClock:
    """Seconds since 1970 (Unix time) plus the offset, which survives in the file if there is one."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.offset = 0.0
        if path is not None and path.exists():
            self.offset = float(path.read_text() or 0)

    def __call__(self) -> float:
        return time.time() + self.offset

    def move(self, offset: float) -> None:
        """Set the time to the machine's plus `offset` seconds."""
        self.offset = offset
        if self.path is not None:
            fresh = self.path.with_suffix(".new")
            fresh.write_text(str(offset))
            fresh.replace(self.path)  # a concurrent reader sees the old value or the new one, never half of it

    def show(self, moment: float) -> None:
        """Set the time to this moment (Unix time); it goes on from there."""
        self.move(moment - time.time())
