"""Who floods us is known by the minute, told once, and judged the same however often the same message is."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.turns.pace import WRITERS_MOST, Pace, Paces
from tests.harness.in_process import NOON

MOST = 30


def judge_every(paces: Paces, seconds: float, count: int, kind: str = "message", first: int = 0) -> list[Pace]:
    """The verdicts on so many messages at this interval."""
    return [paces.judge(1, kind, n, NOON + timedelta(seconds=seconds * n), MOST) for n in range(first, first + count)]


def test_told_with_the_first_too_many() -> None:
    """Thirty are well, the thirty-first is told, the others are not told again."""
    pace = judge_every(Paces(), 0.5, 200)
    assert pace == [Pace.CALM] * 30 + [Pace.TOO_FAST_NOW] + [Pace.TOO_FAST] * 169


def test_thirty_a_minute_for_an_hour_are_well() -> None:
    """Anyone who stays within the limit is never told."""
    assert set(judge_every(Paces(), 2, 1800)) == {Pace.CALM}


def test_a_long_flood_is_one() -> None:
    """For ten minutes a little too fast: told once. After a minute of silence it would be another."""
    paces = Paces()
    assert judge_every(paces, 1.8, 333).count(Pace.TOO_FAST_NOW) == 1
    assert judge_every(paces, 1.8, 333, first=400).count(Pace.TOO_FAST_NOW) == 1


def test_a_message_judged_again_is_judged_the_same() -> None:
    """A replayed update is no message more, and the one that is told is told again: its transaction may have failed."""
    paces = Paces()
    for n in range(60):
        verdicts = {paces.judge(1, "message", n, NOON, MOST) for _ in range(3)}
        assert verdicts == {Pace.CALM if n < 30 else Pace.TOO_FAST_NOW if n == 30 else Pace.TOO_FAST}


def test_commands_are_counted_apart() -> None:
    """After a burst of photos a command is answered; a flood of both is told once."""
    paces = Paces()
    assert judge_every(paces, 0, 40).count(Pace.TOO_FAST_NOW) == 1
    commands = judge_every(paces, 0, 40, "command", first=100)
    assert commands == [Pace.CALM] * 30 + [Pace.TOO_FAST] * 10


def test_an_album_is_one_message() -> None:
    """Its parts are counted once; if it is one too many, its first part is told."""
    paces = Paces()
    pace = [paces.judge(1, "message", n, NOON, MOST, album=f"album {n // 10}") for n in range(320)]
    assert pace == [Pace.CALM] * 300 + [Pace.TOO_FAST_NOW] + [Pace.TOO_FAST] * 19


def test_people_do_not_count_for_one_another() -> None:
    """Each has their own minute; of many only the latest are remembered, and nobody who was silent for one."""
    paces = Paces()
    for n in range(MOST):
        assert {paces.judge(who, "message", n, NOON, MOST) for who in range(100)} == {Pace.CALM}
    for who in range(1000, 1000 + WRITERS_MOST):
        paces.judge(who, "message", 1, NOON, MOST)
    assert len(paces._writers) == WRITERS_MOST
    assert paces.judge(5, "message", 2, NOON, MOST) is Pace.CALM
    paces.judge(6, "message", 3, NOON + timedelta(minutes=1), MOST)
    assert len(paces._writers) == 1


@given(st.lists(st.floats(0, 30), max_size=120), st.integers(1, 10))
def test_calm_means_no_more_than_so_many_in_any_minute(steps: list[float], most: int) -> None:
    """Whatever the rhythm, a message is calm exactly if the minute that ends with it has no more than that."""
    paces, now, written = Paces(), NOON, []
    for n, step in enumerate(steps):
        now += timedelta(seconds=step)
        written.append(now)
        recent = sum(moment > now - timedelta(minutes=1) for moment in written)
        assert (paces.judge(1, "message", n, now, most) is Pace.CALM) is (recent <= most)
