"""Growth by steps: told once for each, and not for a number that sways."""

from domain.growth import Watched, find_grown, find_step, update_told


def test_the_steps() -> None:
    """1, 10, 100 …; what customers do every day counts from a hundred on."""
    assert [find_step(Watched.PARKED, count) for count in (0, 1, 9, 10, 99, 100, 5000)] == [0, 1, 1, 2, 2, 3, 4]
    assert [find_step(Watched.HELD, count) for count in (0, 99, 100, 999, 1000)] == [0, 0, 1, 1, 2]


def test_each_step_is_told_once() -> None:
    """Grown is what has reached a new step; a number that falls below half of its step may grow again."""
    told: dict[Watched, int] = {}
    heard = []
    for count in (0, 1, 2, 9, 10, 9, 10, 60, 100, 4, 10, 0, 1):
        counts = {Watched.REFUSED: count}
        heard += [count] if find_grown(counts, told) == [Watched.REFUSED] else []
        told = update_told(counts, told)
    assert heard == [1, 10, 100, 10, 1]
