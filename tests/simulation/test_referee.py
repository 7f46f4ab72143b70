"""The referee is tested with faults that are seeded into the real code: each is found by some seed."""

from datetime import datetime
from itertools import count

import pytest
from sqlalchemy import select

from bot.process import jobs
from bot.process.worker import Worker
from storage.engine.database import Tx
from storage.engine.lease import Lease
from storage.models import inbox as rows
from storage.queue import inbox
from storage.queue.inbox import RawEvent
from tests.simulation.replicas.referee import judge
from tests.simulation.replicas.world import World, live_through, stay_silent

SEEDS = 60


def find_words(*kinds: str, seeds: int = SEEDS) -> str:
    """What the referee says of the first seed that shows anything, with only these kinds of faults."""

    def choose(world: World) -> None:
        world.kinds = set(kinds) or world.kinds

    with stay_silent():
        for seed in count():
            assert seed < seeds, "no seed shows it"
            if wrong := list(judge(live_through(seed, choose))):
                return "; ".join(wrong)
    raise AssertionError


def test_done_turns_back_to_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    async def record_failure(tx: Tx, event: RawEvent, lane: str, error: str, now: datetime) -> bool:
        where = (rows.c.source == event.source, rows.c.key == event.key)
        attempts = (await tx.scalar(select(rows.c.attempts).where(*where)) or 0) + 1
        state = "parked" if attempts >= inbox.ATTEMPTS_LIMIT else "waiting"
        await inbox._keep(tx, event, lane, state=state, attempts=attempts, error=error, now=now)
        return state == "parked"

    monkeypatch.setattr(inbox, "record_failure", record_failure)
    assert "was handled 2 times" in find_words("duplicate", "failing")


def test_marks_are_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worker, "_put_back", lambda _self, _marks: None)
    assert "stuck in the outbox" in find_words("commit refused")


@pytest.mark.prove
def test_nobody_asks_for_the_lease_after_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    async def check(_self: Lease) -> None:
        """Anyone who was stopped goes on as if nothing had happened."""

    monkeypatch.setattr(Lease, "check", check)
    assert "forgotten" in find_words("pause", "flood")


def test_a_lane_overtakes_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_is_behind", lambda *_, **__: False)
    assert "was handled in the order" in find_words("failing")


@pytest.mark.prove
def test_the_same_seeds_show_nothing_without_them() -> None:
    """What the tests above find is what was seeded."""
    for kinds in (("duplicate", "failing"), ("commit refused",), ("pause", "flood"), ("failing",)):
        with pytest.raises(AssertionError, match="no seed shows it"):
            find_words(*kinds, seeds=12)


def test_a_seed_is_replayed_exactly() -> None:
    with stay_silent():
        first, second = live_through(5), live_through(5)
    assert first.trace == second.trace
    assert first.loop.steps == second.loop.steps
