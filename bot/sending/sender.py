"""Outbox relay, the one door to Telegram: takes over the rows that are owed, has them sent, and hears when their marks are durable.

1. It runs in the process that holds the lease, and acts in its name only as long as that is held.
2. What is committed here is handed over in memory; the table is for crashes. Rows that another process left, that came back with a group,
   or that a lost COMMIT may hold are looked for, and what was owed before goes before what is owed from now on.
3. A row is made once however often it is read: what is under way, or accepted without a durable mark, is not queued again.
4. Which call goes next says `bot.sending.schedule`, what became of it `bot.sending.dispatcher`.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress

from bot.process.error_report import describe_error
from bot.process.measures import SendingMeasures
from bot.process.worker import Worker
from bot.sending.api_calls import ApiCaller
from bot.sending.dispatcher import Dispatcher
from bot.sending.doubt import DOUBT_LIMIT
from bot.sending.limits import Limits
from storage.engine.database import Database
from storage.engine.failures import FAILURES, describe_failure
from storage.queue import outbox
from storage.queue.outbox import OwedCall, SentCall

log = logging.getLogger(__name__)

COMMIT_SECONDS = 60.0
"""Seconds for which a COMMIT whose answer was lost may still take effect."""

LOOK_SECONDS = 0.5
"""Seconds between two looks for rows that no live process holds."""

ALONG_SECONDS = 0.02
"""Seconds that what another process has left waits for a transaction of ours to take it along."""


async def _need_no_lease() -> None:
    """For a sender that is alone."""


class Sender:
    """Runs in the process that holds the lease."""

    def __init__(
        self,
        telegram: ApiCaller,
        worker: Worker,
        database: Database,
        limits: Limits,
        make_holder: Callable[[], int],
        check_lease: Callable[[], Awaitable[None]] = _need_no_lease,
        doubt_limit: int = DOUBT_LIMIT,
    ) -> None:
        self._telegram, self._worker, self._database, self._limits = telegram, worker, database, limits
        self._make_holder = make_holder
        self._dispatcher = Dispatcher(telegram, worker, database, limits, check_lease, doubt_limit)
        self.answering: asyncio.TaskGroup | None = None
        self.holder: int | None = None
        self._told, self._looked_at = asyncio.Event(), 0.0
        self._begin()

    def _begin(self) -> None:
        """Know nothing of what is owed: the table does. Nobody may be between the outbox and us meanwhile (`Worker.turn`)."""
        self._id, self._doubted_until = self._make_holder(), 0.0
        self._dispatcher.begin()

    async def run(self) -> None:
        """Send until cancelled; the lease must be held."""
        try:
            async with asyncio.TaskGroup() as tasks:
                begun, failures = False, 0
                while True:
                    try:
                        async with self._worker.turn:
                            if not begun:
                                await self._restore_limits()
                                self._begin()
                                self._dispatcher.tasks = tasks
                            # What was owed before goes before what is committed from now on.
                            if not begun or self._needs_look():
                                await self._look()
                            self.holder, begun = (self.holder if begun else self._id), True
                        failures = 0
                    except FAILURES as error:
                        if not failures:
                            log.warning("what is owed cannot be read (%s); trying again", describe_failure(error))
                        failures += 1
                    await self._wait_for_word()
        finally:
            self.holder, self._dispatcher.tasks = None, None

    async def drain(self, seconds: float = 3) -> None:
        """Start nothing more, and wait up to `seconds` for the calls under way, so that a clean stop repeats nothing."""
        self._dispatcher.closing = True
        end = time.monotonic() + seconds
        while self._dispatcher.schedule.is_any_busy and time.monotonic() < end:  # noqa: ASYNC110 -- a stop is no hurry
            await asyncio.sleep(0.01)

    def look_soon(self) -> None:
        """Another process has left something to us: it is taken along by our next transaction, or looked for in a moment."""
        self._told.set()

    def is_told(self) -> bool:
        """Whether another process has left something to us; it is forgotten, because the caller looks."""
        was_told = self._told.is_set()
        self._told.clear()
        return was_told

    async def _wait_for_word(self) -> None:
        """Wait until we are told of something, or for so long that we look anyway; a transaction that begins at once takes it along."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._told.wait(), LOOK_SECONDS)
        if self._told.is_set() and self._worker.is_busy:
            await asyncio.sleep(ALONG_SECONDS)

    def _needs_look(self) -> bool:
        return self.is_told() or time.monotonic() - self._looked_at >= LOOK_SECONDS

    @property
    def backlog(self) -> int:
        return self._dispatcher.schedule.waiting

    @property
    def measures(self) -> SendingMeasures:
        return self._dispatcher.measures

    @property
    def outage_seconds(self) -> float:
        """For how long the Bot API has answered nothing."""
        return self._dispatcher.outage_seconds

    def take(self, calls: Sequence[OwedCall]) -> None:
        """Take over calls that were just committed."""
        self._take_in(calls)

    def _take_in(self, calls: Sequence[OwedCall]) -> bool:
        """Queue these, except those already made or being made; False if nothing is left. The caller holds `Worker.turn`."""
        marked = self._worker.list_marked()
        calls = [call for call in calls if call.id not in marked and call.id not in self._dispatcher.schedule.under_way]
        for chat in {call.chat_id for call in calls if call.chat_id is not None}:
            self._dispatcher.schedule.forget_copies(chat, {call.id for call in calls})
        now = time.monotonic()
        for call in calls:
            if (superseded := self._dispatcher.schedule.queue(call, now)) is not None:
                self._worker.mark(SentCall(superseded.id))
        self._dispatcher.pump()
        return bool(calls)

    def tell(self, calls: Sequence[OwedCall]) -> None:
        """Answer presses without a text: each answered once, by whichever process handled it, and forgotten."""
        assert self.answering is not None  # noqa: S101 -- set in app.py before anything is handled
        for call in calls:
            self.answering.create_task(self._answer(call))

    async def _answer(self, call: OwedCall) -> None:
        try:
            await self._telegram.make_call(call)
        except Exception as error:  # noqa: BLE001 -- law 6: nothing that is said of one press may end the process
            log.warning("a press was not answered: %s", describe_error(error))

    def doubt_commits(self) -> None:
        """The answer to a COMMIT was lost: rows may be owed in our name that we were never handed.

        They are looked for a while, at each look and before each call to the same chats: a server that waits for its disk or its standby
        may finish such a COMMIT long after its client has gone.
        """
        self._doubted_until = time.monotonic() + COMMIT_SECONDS

    def list_known(self) -> set[int] | None:
        """The calls we know of, if there may be others in our name."""
        if time.monotonic() >= self._doubted_until:
            return None
        return self._dispatcher.schedule.unsettled | self._dispatcher.schedule.under_way

    def awaits_marks(self) -> bool:
        """Whether new messages wait for marks although many are owed."""
        return self._dispatcher.schedule.awaits_marks

    def pop_group_windows(self) -> dict[int, list[float]]:
        """When the groups written to since the last time were written to (see `Limits.pop_group_windows`)."""
        return self._limits.pop_group_windows()

    def keep_for_later(self, groups: Collection[int]) -> None:
        """What was popped for these groups could not be stored."""
        self._limits.keep_for_later(groups)

    def confirm_marks(self, marks: Sequence[SentCall]) -> None:
        """Note that these marks are durable."""
        if self._dispatcher.schedule.note_marks(marks, time.monotonic()):
            self._dispatcher.pump()

    async def _look(self) -> None:
        """Take over rows left by a dead process or another replica, released when a group came back, or lost with a COMMIT's answer."""
        self._looked_at = time.monotonic()
        while True:
            known = self.list_known()
            try:
                async with self._database.begin() as tx:
                    calls = await outbox.take(tx, self._id, known=known)
            except BaseException:
                self.doubt_commits()
                raise
            if not self._take_in(calls):
                return

    async def _restore_limits(self) -> None:
        """What was sent to groups before we started counts at Telegram, and so does what may have been."""
        async with self._database.read() as tx:
            windows = await outbox.list_group_windows(tx)
            in_doubt = await outbox.list_group_chats(tx)
        self._limits.restore(windows, in_doubt)
