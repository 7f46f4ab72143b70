"""A clock that can be moved, and remembers it."""

from __future__ import annotations

import time
from pathlib import Path

from playground.clock import MovableClock


def test_it_is_the_machines_time_until_it_is_moved(tmp_path: Path) -> None:
    """An offset counts from the moment it is set, and is in the file for the bot to read."""
    clock = MovableClock(tmp_path / "clock")
    assert abs(clock() - time.time()) < 1
    clock.move(3600)
    assert abs(clock() - time.time() - 3600) < 1
    assert float((tmp_path / "clock").read_text()) == 3600


def test_it_can_show_a_moment_and_goes_on_from_it() -> None:
    """A clock without a file moves as well."""
    clock = MovableClock()
    clock.show(1_000_000)
    assert 0 <= clock() - 1_000_000 < 1


def test_the_offset_survives(tmp_path: Path) -> None:
    """Another clock over the same file shows the same time."""
    MovableClock(tmp_path / "clock").move(-86_400)
    assert MovableClock(tmp_path / "clock").offset == -86_400
