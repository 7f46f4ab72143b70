"""Claim, handle, finish: one transaction for all that waits, one by one where that fails, and never a lost caller."""

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from bot.process import alarm, polling
from bot.process import worker as worker_module
from bot.process.fair_queue import BATCH_EVENTS
from bot.process.worker import PARKED_TIMER_RETRY, RECONNECT_SECONDS, Worker
from bot.sending import sender
from handlers.turns.batch import Batch
from handlers.turns.flush import flush
from storage.engine import lease
from storage.models import answers, group_windows
from storage.models import inbox as inbox_rows
from storage.models import outbox as outbox_rows
from storage.queue import inbox, outbox, timers
from storage.queue.inbox import ATTEMPTS_LIMIT, RawEvent
from storage.queue.outbox import OwedCall, SentCall
from storage.queue.timers import Timer
from tests.harness.in_process import LI, WANG, Desk, TelegramUser, find_button_data, run_worker

POISON = b'{"update_id":1,"message":{"message_id":"none"}}'


def hello(number: int, who: TelegramUser = WANG, text: str = "/help") -> RawEvent:
    message = {"message_id": 1, "date": 1, "chat": {"id": who.id, "type": "private"}, "from": who.user, "text": text}
    return RawEvent("telegram", str(number), msgspec.json.encode({"update_id": number, "message": message}))


def poison(number: int) -> RawEvent:
    return RawEvent("telegram", str(number), POISON)


async def states(desk: Desk) -> dict[str, tuple[str, int]]:
    rows = await desk.rows(select(inbox_rows.c.key, inbox_rows.c.state, inbox_rows.c.attempts))
    return {row.key: (row.state, row.attempts) for row in rows}


def test_the_return_of_a_database_is_noticed_within_a_second() -> None:
    """Everything that waits for it, the worker, the sender, the timers, the lease and the polling, looks again after a second at most."""
    assert list(RECONNECT_SECONDS) == sorted(RECONNECT_SECONDS)
    assert max(*RECONNECT_SECONDS, alarm.TICK_SECONDS, sender.LOOK_SECONDS, lease.RETRY, polling.RETRY_SECONDS) <= 1


async def test_what_waits_shares_a_transaction(desk: Desk) -> None:
    """Three batches for more than two batches' worth of events of many people; each is answered once."""
    number = 2 * BATCH_EVENTS + 1
    writers = [TelegramUser(1000 + n, "Zhou") for n in range(BATCH_EVENTS)]
    await asyncio.gather(*(desk.worker.enter(hello(n, writers[n % BATCH_EVENTS])) for n in range(number)))
    assert desk.worker.counters.batches == 3
    assert desk.worker.counters.handled == number
    assert len(await desk.fetch_owed()) == number


async def test_the_same_update_again_changes_nothing(desk: Desk) -> None:
    """In one batch, and in a later one."""
    await asyncio.gather(*(desk.worker.enter(hello(1)) for _ in range(5)))
    await desk.worker.submit(hello(1))
    assert len(await desk.fetch_owed()) == 1


async def test_anyone_who_is_told_can_rely_on_it(desk: Desk) -> None:
    """When `submit` returns, the event is committed: another connection sees it."""
    await desk.worker.submit(hello(1))
    assert (await states(desk))["1"] == ("done", 0)


async def test_a_failing_event_is_isolated(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """Between good ones of the same batch: they are handled, it is kept with its error, and all callers are told."""
    caplog.set_level(logging.CRITICAL)
    desk.poisoned = True
    events = [hello(1), poison(2), hello(3, LI), poison(4), hello(5)]
    await asyncio.gather(*(desk.worker.enter(event) for event in events))
    assert len(await desk.fetch_owed()) == 3
    assert await states(desk) == {
        "1": ("done", 0),
        "2": ("waiting", 1),
        "3": ("done", 0),
        "4": ("waiting", 1),
        "5": ("done", 0),
    }
    assert (desk.worker.counters.failed, desk.worker.counters.parked) == (2, 0)
    ((error,),) = set(await desk.rows(select(inbox_rows.c.error).where(inbox_rows.c.state == "waiting")))
    assert error.startswith("ValidationError: Expected `int`, got `str`")


async def test_after_five_failures_it_is_parked(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """Counted, and not tried again; a replay gives it five more."""
    caplog.set_level(logging.CRITICAL)
    desk.poisoned = True
    await desk.worker.submit(poison(1))
    for attempt in range(2, ATTEMPTS_LIMIT + 1):
        async with desk.database.read() as tx:
            (again,) = await inbox.list_waiting(tx)
        await desk.worker.submit(again, again=True)
        assert (await states(desk))["1"] == ("parked" if attempt == ATTEMPTS_LIMIT else "waiting", attempt)
    async with desk.database.begin() as tx:
        assert await inbox.list_waiting(tx) == []
        assert await inbox.replay(tx) == [("telegram", "1")]
        assert await inbox.list_waiting(tx) == [poison(1)]
    assert desk.worker.counters.parked == 1


async def test_an_event_tried_again_is_handled_once(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """It failed before and is well now: of two who take it up, one does."""
    caplog.set_level(logging.CRITICAL)
    async with desk.database.begin() as tx:
        await inbox.record_failure(tx, hello(1), "", "some error", desk.clock.now())
    await asyncio.gather(*(desk.worker.enter(hello(1), again=True) for _ in range(2)))
    assert len(await desk.fetch_owed()) == 1
    assert (await states(desk))["1"][0] == "done"


async def test_a_failing_timer_comes_again_later(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """A minute later each time; after five it is set aside."""
    caplog.set_level(logging.CRITICAL)
    desk.poisoned = True
    async with desk.database.begin() as tx:
        await timers.set_all(tx, [Timer("tea", "1", desk.clock.now())])
    for _ in range(ATTEMPTS_LIMIT):
        await desk.ring()
        assert await desk.ring(seconds=59) == []
        desk.clock.advance(seconds=1)
    assert await states(desk) == {"tea:1": ("parked", ATTEMPTS_LIMIT)}
    async with desk.database.read() as tx:
        due = await timers.find_next_due(tx)
    assert due == desk.clock.now() - timedelta(minutes=1) + PARKED_TIMER_RETRY


async def test_a_timer_that_is_well_again_begins_anew(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """Parked after five failures, replayed, done: its attempts are forgotten, and a new failure is the first."""
    caplog.set_level(logging.CRITICAL)
    desk.poisoned = True
    async with desk.database.begin() as tx:
        await timers.set_all(tx, [Timer("tea", "1", desk.clock.now()), Timer("forget", "1:11", desk.clock.now())])
        for _ in range(ATTEMPTS_LIMIT):
            await inbox.record_failure(tx, RawEvent("timer", "forget:1:11", b""), "", "no", desk.clock.now())
    for _ in range(ATTEMPTS_LIMIT):
        await desk.ring()
        desk.clock.advance(minutes=1)
    assert "forget:1:11" not in await states(desk)
    async with desk.database.begin() as tx:
        keys = [key for _, key in await inbox.replay(tx)]
        await timers.hasten(tx, keys, desk.clock.now())
        assert keys == ["tea:1"]
        assert await timers.list_due(tx, desk.clock.now()) == [Timer("tea", "1", desk.clock.now())]
    await desk.ring()
    assert (await states(desk))["tea:1"] == ("waiting", 1)


async def test_a_lane_waits_for_what_failed_in_it(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """One star fails once, five stars come after it: five stars are what stays, and nobody else has waited."""
    caplog.set_level(logging.CRITICAL)
    shown = await desk.open_survey()
    lowest, best = (press_event(n, find_button_data(shown, score)) for n, score in ((1001, "1"), (1002, "5")))
    make_id, failing = desk.services.next_id, [True]

    def next_id() -> int:
        if failing:
            failing.clear()
            raise LookupError("the first attempt fails")
        return make_id()

    desk.worker._services = replace(desk.services, next_id=next_id)
    await desk.worker.submit(lowest)
    await asyncio.gather(desk.worker.enter(best), desk.worker.enter(hello(1003, LI)))
    rows = await states(desk)
    assert [rows[key] for key in ("1001", "1002", "1003")] == [("waiting", 1), ("waiting", 0), ("done", 0)]
    async with desk.database.read() as tx:
        waiting = await inbox.list_waiting(tx)
    assert waiting == [lowest, best]
    await desk.worker.submit(best, again=True)
    assert (await states(desk))["1002"] == ("waiting", 0)
    await asyncio.gather(*(desk.worker.enter(event, again=True) for event in waiting))
    (score,) = (await desk.rows(select(answers.c.score).where(answers.c.question == "overall")))[0]
    assert score == 5


async def test_what_is_done_stays_done(desk: Desk) -> None:
    """The answer to its COMMIT was lost, and its handling seems to have failed: it is not handled again."""
    await desk.worker.submit(hello(1))
    async with desk.database.begin() as tx:
        assert not await inbox.record_failure(tx, hello(1), "", "the answer to COMMIT was lost", desk.clock.now())
        assert await inbox.list_waiting(tx) == []
    await desk.worker.submit(hello(1), again=True)
    assert len(await desk.fetch_owed()) == 1


def press_event(number: int, data: str, who: TelegramUser = WANG) -> RawEvent:
    message = {"message_id": 1, "date": 1, "chat": {"id": who.id, "type": "private"}}
    query = {"id": str(number), "from": who.user, "chat_instance": "1", "message": message, "data": data}
    return RawEvent("telegram", str(number), msgspec.json.encode({"update_id": number, "callback_query": query}))


async def test_a_timer_that_was_moved_does_not_fire(desk: Desk) -> None:
    """Only the row as it was seen can be claimed."""
    seen = Timer("forget", "1:11", desk.clock.now())
    async with desk.database.begin() as tx:
        await timers.set_all(tx, [replace(seen, due_at=desk.clock.now().replace(year=2030))])
    await desk.worker.submit(seen)
    async with desk.database.read() as tx:
        assert await timers.find_next_due(tx) is not None


async def test_marks_ride_along_and_alone(desk: Desk) -> None:
    """A call that Telegram accepted is forgotten with the next transaction, or a moment later without one."""
    calls = await desk.say(WANG, "/help")
    desk.worker.mark(SentCall(calls[0].id))
    for _ in range(200):
        if not await desk.rows(select(outbox_rows.c.id)):
            break
        await asyncio.sleep(0.01)
    assert await desk.rows(select(outbox_rows.c.id)) == []


async def test_marks_outlive_a_batch_that_failed(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """The batch fails as a whole, its events succeed one by one: the marks are kept without waiting for the next event.

    With them go the minutes of the groups that were written to.
    """
    caplog.set_level(logging.CRITICAL)
    calls = await desk.say(WANG, "/help")
    desk.worker.outlet = outlet = _Outlet()
    outlet.windows = {-5: [1.0]}
    failed: list[bool] = []
    make_id = desk.services.next_id

    def next_id() -> int:
        if not failed:
            failed.append(True)
            raise OSError("the first attempt fails")
        return make_id()

    desk.worker._services = replace(desk.services, next_id=next_id)
    desk.worker.mark(SentCall(calls[0].id))
    await asyncio.gather(desk.worker.enter(hello(101)), desk.worker.enter(hello(102)))
    for _ in range(200):
        if len(await desk.rows(select(outbox_rows.c.id))) == 2:
            break
        await asyncio.sleep(0.01)
    assert calls[0].id not in {row.id for row in await desk.rows(select(outbox_rows.c.id))}
    assert failed
    assert [row.chat_id for row in await desk.rows(select(group_windows.c.chat_id))] == [-5]


async def test_without_a_database_everybody_is_told(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing can be kept: each caller of the batch hears that it is not safe, and later all of them succeed."""
    caplog.set_level(logging.CRITICAL)
    async with desk.database.begin() as tx:
        await tx.execute(text("ALTER TABLE inbox RENAME TO hidden"))
    async with asyncio.timeout(5):
        events = [hello(n) for n in range(3)]
        outcomes = await asyncio.gather(*(desk.worker.enter(event) for event in events), return_exceptions=True)
    assert all(isinstance(outcome, SQLAlchemyError) for outcome in outcomes)
    async with desk.database.begin() as tx:
        await tx.execute(text("ALTER TABLE hidden RENAME TO inbox"))
    async with asyncio.timeout(10):
        await asyncio.gather(*(desk.worker.enter(event) for event in events))
    assert len(await desk.fetch_owed()) == 3


async def test_the_outlet_gets_what_was_committed(desk: Desk) -> None:
    """Calls in memory after the commit, answers without words apart, marks when they are durable; nothing without a lease."""
    outlet = _Outlet()
    desk.worker.outlet = outlet
    await desk.worker.submit(hello(1))
    assert outlet.taken == []
    (call,) = await desk.fetch_owed()
    outlet.holder = 5
    desk.worker.mark(SentCall(call.id))
    await desk.worker.submit(hello(2))
    assert len(outlet.taken) == 1
    assert outlet.marks == [SentCall(call.id)]
    async with desk.database.begin() as tx:
        assert await outbox.take(tx, 5) == []


async def test_marks_that_are_waited_for_go_before_events(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Meanwhile events gather; they go when nothing waits for marks any more."""
    monkeypatch.setattr(worker_module, "GATHER_SECONDS", 600)
    outlet = _Outlet()
    desk.worker.outlet = outlet
    outlet.holder, outlet.awaiting = 5, True
    safe = [desk.worker.enter(hello(n)) for n in (1, 2)]
    desk.worker.mark(SentCall(1))
    await outlet.confirmed.wait()
    assert not any(event.done() for event in safe)
    outlet.awaiting = False
    batches = desk.worker.counters.batches
    desk.worker.mark(SentCall(2))
    await asyncio.gather(*safe)
    assert desk.worker.counters.batches == batches + 1


async def test_events_do_not_wait_long_for_marks(desk: Desk) -> None:
    """Marks that never come hold nobody up for more than a moment."""
    outlet = _Outlet()
    desk.worker.outlet = outlet
    outlet.holder, outlet.awaiting = 5, True
    await desk.worker.submit(hello(1))
    await desk.worker.submit(hello(2))
    assert len(outlet.taken) == 2


class _Outlet:
    """Remembers what it was handed."""

    def __init__(self) -> None:
        self.holder: int | None = None
        self.taken: list[OwedCall] = []
        self.told: list[OwedCall] = []
        self.marks: list[SentCall] = []
        self.awaiting = self.has_word = False
        self.windows: dict[int, list[float]] = {}
        self.popped: dict[int, list[float]] = {}
        self.confirmed = asyncio.Event()

    def take(self, calls: object) -> None:
        self.taken += calls  # type: ignore[arg-type]  # a sequence of calls

    def tell(self, calls: object) -> None:
        self.told += calls  # type: ignore[arg-type]  # the same

    def confirm_marks(self, marks: object) -> None:
        self.marks += marks  # type: ignore[arg-type]  # a sequence of marks
        self.confirmed.set()

    def doubt_commits(self) -> None:
        """Not asked for here."""

    def awaits_marks(self) -> bool:
        return self.awaiting

    def list_known(self) -> None:
        """Nothing is in doubt."""

    def is_told(self) -> bool:
        """Once, where a test says so."""
        was_told, self.has_word = self.has_word, False
        return was_told

    def pop_group_windows(self) -> dict[int, list[float]]:
        self.popped, self.windows = self.windows, {}
        return self.popped

    def keep_for_later(self, groups: object) -> None:
        self.windows |= {group: self.popped[group] for group in groups}  # type: ignore[attr-defined]  # of groups


async def test_something_of_the_senders_own(desk: Desk) -> None:
    """`transact` writes what the work owes, and hands it over; what raises leaves nothing."""

    async def work(batch: Batch) -> None:
        batch.say(WANG.id, "hello")

    async def fails(batch: Batch) -> None:
        batch.say(WANG.id, "never")
        await flush(batch, None)
        raise LookupError

    await desk.worker.transact(work)
    with pytest.raises(LookupError):
        await desk.worker.transact(fails)
    assert len(await desk.fetch_owed()) == 1


async def test_two_workers_share_a_database(desk: Desk) -> None:
    """As two replicas would: the same updates handed to both are handled once."""
    other = Worker(desk.database, desk.services, desk.clock)
    with run_worker(other):
        await asyncio.gather(*(worker.enter(hello(n)) for n in range(20) for worker in (desk.worker, other)))
    assert len(await desk.fetch_owed()) == 20


async def test_who_writes_is_known_and_renamed(desk: Desk) -> None:
    """Name and account name follow Telegram; anyone who writes in private can be written to."""
    from storage.models import people

    await desk.say(LI, "hello", -1001)
    (row,) = await desk.rows(select(people.c.name, people.c.reach))
    assert tuple(row) == ("Li", "unknown")
    await desk.say(replace(LI, name="Li He", username=""), "hello")
    (row,) = await desk.rows(select(people.c.name, people.c.username, people.c.reach))
    assert tuple(row) == ("Li He", None, "open")
