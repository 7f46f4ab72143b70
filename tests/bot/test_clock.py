"""The only clock, and the only maker of ids."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import Clock, Ids


def offset(clock: Clock) -> float:
    """Hours between this clock and the machine's, to the tenth."""
    return round((clock.now() - datetime.now(UTC)) / timedelta(hours=1), 1)


def test_the_time_is_aware_utc() -> None:
    """Without a file it is the machine's."""
    assert Clock().now().tzinfo is UTC
    assert offset(Clock()) == 0


@pytest.mark.parametrize(
    ("text", "hours"), [("3600", 1), ("-7200.5\n", -2), (" 86400 ", 24), ("", 0), ("soon", 0), ("nan", 0)]
)
def test_a_file_moves_the_clock(tmp_path: Path, text: str, hours: float) -> None:
    """By the seconds that are in it; nonsense and a missing file move nothing."""
    path = tmp_path / "clock"
    clock = Clock(path)
    assert offset(clock) == 0
    path.write_text(text)
    assert offset(clock) == hours
    path.write_text("60")
    assert offset(clock) == 0


def test_ids_are_unique_and_grow() -> None:
    """Faster than a clock can tick: fifty thousand in a row, each above the last, none above 62 bits."""
    ids = Ids()
    made = [ids.next() for _ in range(50_000)]
    assert made == sorted(set(made))
    assert made[-1] < 1 << 62


def test_threads_do_not_meet() -> None:
    """The event loop and the database's thread take ids at the same time."""
    ids, usual = Ids(), sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(2) as threads:
            halves = list(threads.map(lambda _: [ids.next() for _ in range(20_000)], range(2)))
    finally:
        sys.setswitchinterval(usual)
    assert len(set(halves[0]) | set(halves[1])) == 40_000
    assert all(half == sorted(half) for half in halves)


def test_processes_do_not_meet() -> None:
    """Each process has ten bits of its own."""
    first, second = Ids(), Ids()
    second.process = first.process ^ 1
    made = [one.next() for _ in range(5000) for one in (first, second)]
    assert len(set(made)) == len(made)
    assert {id_ >> 12 & 0x3FF for id_ in made} == {first.process, second.process}


def test_a_clock_that_goes_back_repeats_no_id() -> None:
    """The last moment is remembered."""
    ids = Ids()
    before = ids.next()
    ids._last += 60_000
    later = [ids.next() for _ in range(10)]
    assert later == sorted(set(later))
    assert later[0] > before
