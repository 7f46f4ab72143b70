"""Message dispatching: makes the calls whose turn has come, and follows what Telegram answers.

1. A row leaves the outbox only when Telegram has accepted the call (its mark goes to the worker); a call whose answer is lost is made
   again (at-least-once delivery), in its place. Anyone who presses a message that did arrive shows where it is, and from then on it is
   edited (`bot.sending.api_calls`).
2. Nothing is dropped: 429 is waited for; 403, lost groups and refusals are written down where people see them.
3. While the Bot API is not there, one call a second is tried; the first success wakes everybody (`bot.sending.outage`).
4. Each call is made only while the lease is fresh; after a pause of the process the database is asked for it (fencing).
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from bot.process.error_report import describe_error
from bot.process.logs import note
from bot.process.measures import SendingMeasures
from bot.process.worker import Worker
from bot.sending.api_calls import ApiCaller
from bot.sending.chat_queues import QueueKey
from bot.sending.limits import Limits
from bot.sending.outage import BACKOFF_SECONDS, PROBE_SECONDS, Outage
from bot.sending.outcomes import CallRefused, ChatGone, Outcome, RetryLater, is_answered, name_outcome
from bot.sending.pacing import Pacing
from bot.sending.schedule import Schedule
from storage.engine.database import Database
from storage.engine.failures import FAILURES, describe_failure, is_outage
from storage.engine.lease import Lost
from storage.queue import outbox
from storage.queue.outbox import OwedCall, SentCall

log = logging.getLogger(__name__)

ATTEMPTS = 5
"""A call that cannot be made (a picture that cannot be drawn) is given up after this many attempts, with its reason."""

UNMADE_SECONDS = 1.0
"""Seconds until a call that could not be made is tried again."""

ANSWER_LOOK_SECONDS = 0.05
"""Seconds between two looks whether the call that a probe tried is over."""


class Dispatcher:
    """Makes the calls of a process that has the lease; without `tasks` (while it has not) it starts none."""

    def __init__(
        self,
        telegram: ApiCaller,
        worker: Worker,
        database: Database,
        limits: Limits,
        check_lease: Callable[[], Awaitable[None]],
        doubt_limit: int,
    ) -> None:
        self._telegram, self._worker, self._database = telegram, worker, database
        self._limits, self._check_lease, self._doubt_limit = limits, check_lease, doubt_limit
        self.tasks: asyncio.TaskGroup | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._returns_at = 0.0
        self.measures = SendingMeasures()
        self.begin()

    def begin(self) -> None:
        """Know nothing of what is owed; what is under way from before ends as if it had been started since."""
        self._pacing, self._outage = Pacing(self._limits, time.monotonic()), Outage()
        self.schedule = Schedule(self._pacing, self._doubt_limit, self._telegram.makes_new, self._start)
        """What waits, and what goes next; after a change of it comes `pump`."""
        self.closing = False
        """Whether nothing more may be started, because the process stops."""

    def pump(self) -> None:
        """Start everything that may start now; come back when the next call may."""
        if self.tasks is None or self.closing:
            return
        if self._outage.lasts:
            return  # `_probe` tries, and comes back
        wake = self.schedule.start_due(time.monotonic())
        if wake is not None:
            self._return_at(wake)

    def _return_at(self, moment: float) -> None:
        """Come back then; what was to come back earlier does, and finds out when the next one is due."""
        if self._timer is not None:
            if self._returns_at <= moment:
                return
            self._timer.cancel()
        self._returns_at = moment
        delay = max(moment - time.monotonic(), 0.001)
        self._timer = asyncio.get_running_loop().call_later(delay, self._return)

    def _return(self) -> None:
        self._timer = None
        self.pump()

    @property
    def outage_seconds(self) -> float:
        """For how long the Bot API has answered nothing."""
        return self._outage.seconds

    # --- one call ---

    def _start(self, key: QueueKey, call: OwedCall) -> None:
        assert self.tasks is not None  # noqa: S101 -- `pump` looked
        self.tasks.create_task(self._send(key, call))

    async def _send(self, key: QueueKey, call: OwedCall) -> None:
        outcome: Outcome = RetryLater(unreached=True)
        began = time.monotonic()
        try:
            await self._check_lease()
            outcome = await self._telegram.make_call(call)
        except Lost:
            self.schedule.note_unaccepted(call)
            return  # somebody else sends by now; the lease's watch ends this reign
        except Exception as error:  # noqa: BLE001 -- law 6: a call that cannot even be made must not stop the others
            log.warning("a call of %s could not be made: %s", call.method, describe_error(error))
            call.failures += not is_outage(error)
            outcome = (
                RetryLater(UNMADE_SECONDS)
                if call.failures < ATTEMPTS
                else CallRefused(f"{type(error).__name__}: {error}")
            )
        finally:
            self.schedule.end(key, call, time.monotonic(), answered=is_answered(outcome))
        self._measure(call, outcome, began)
        if is_answered(outcome):
            self.schedule.wake(self._outage.note_success())
        match outcome:
            case SentCall():
                self._worker.mark(outcome)
                self.schedule.finish(key, call)
            case RetryLater():
                self.schedule.note_unaccepted(call)
                self._later_again(key, call, outcome)
            case ChatGone() | CallRefused():
                self.schedule.note_unaccepted(call)
                await self._write_down(key, call, outcome)
        self.schedule.wake_certain(time.monotonic())
        self.pump()

    def _measure(self, call: OwedCall, outcome: Outcome, began: float) -> None:
        now = time.monotonic()
        self.measures.outcomes[name_outcome(outcome)] += 1
        self.measures.calls.observe(now - began)
        if call.since and isinstance(outcome, SentCall):
            self.measures.deliveries[call.priority].observe(now - call.since)

    async def _write_down(self, key: QueueKey, call: OwedCall, outcome: ChatGone | CallRefused) -> None:
        """Record what could not be sent; whatever goes wrong with that ends nothing but this call."""
        known = self.schedule.occupy(key)  # until it is written down, nothing else goes to this chat
        try:
            await self._telegram.write_down(call, outcome)
        except FAILURES as error:
            log.warning("could not write down what became of a call (%s)", describe_failure(error))
            self._later_again(key, call, RetryLater(1))
            return
        except Exception:
            log.exception("what follows from a refused call could not be done; it is set aside")
            await self._set_aside(call, outcome.why)
            outcome = CallRefused(outcome.why)
        finally:
            self.schedule.free(key)
        if isinstance(outcome, ChatGone):
            self.schedule.abandon(key, known)
        else:
            self.schedule.set_aside(key, call)

    async def _set_aside(self, call: OwedCall, why: str) -> None:
        try:
            async with self._database.begin() as tx:
                await outbox.mark_failed(tx, call.id, why)
        except FAILURES as error:
            log.warning("could not set a call aside (%s)", describe_failure(error))

    def _later_again(self, key: QueueKey, call: OwedCall, outcome: RetryLater) -> None:
        call.attempts += 1
        now = time.monotonic()
        delay = BACKOFF_SECONDS[min(call.attempts, len(BACKOFF_SECONDS)) - 1]
        if outcome.seconds is not None:
            delay = outcome.seconds
        if outcome.flood:
            self._pacing.note_flood(call, now, delay)
            log.warning("Telegram asks to wait %d s (429)", delay, extra=note("telegram.flood", seconds=delay))
        if outcome.unreached and self._outage.note_failure(key) and self.tasks is not None:
            log.warning(
                "the Bot API does not answer; one call a second is tried until it does", extra=note("telegram.away")
            )
            self.tasks.create_task(self._probe())
        self.schedule.sleep(key, now + delay)

    async def _probe(self) -> None:
        """While the Bot API is not there: ask it every second, then try one owed call; its success wakes all."""
        while self._outage.lasts:
            await asyncio.sleep(PROBE_SECONDS)
            if not await self._telegram.is_reached() or self.closing:
                continue
            key = self._outage.next_to_try()
            if key is None:
                self.schedule.wake(self._outage.note_success())
                continue
            if not self.schedule.start_anyway(key, time.monotonic()):
                continue
            while self.schedule.is_busy(key) and self._outage.lasts:  # noqa: ASYNC110 -- a probe is no hurry
                await asyncio.sleep(ANSWER_LOOK_SECONDS)
        log.warning("the Bot API answers again", extra=note("telegram.back"))
        self.pump()
