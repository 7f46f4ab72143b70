"""Fair queueing (a share for each lane): which of the jobs that wait the next batch takes.

1. They are taken in the order in which they came, but of one lane at most LANE_EVENTS a batch: who comes behind somebody's burst is
   answered before its rest. Within a lane the order stays.
2. A lane that has used its allowance (FREE_EVENTS, and STEADY_EVENTS more each second) has one part in LANE_SHARE of the worker's time:
   after a batch with its events it pauses in proportion to what that took, and what comes meanwhile gathers and shares a transaction.
   The slower the machine, the more gathers; nothing waits longer than LONGEST_PAUSE_SECONDS for this.
   It does so only while somebody else keeps within their allowance: alone, or among others as busy, a lane is as fast as the machine.
3. Anyone who hurries is not paused: the others of the same answer of getUpdates would wait with it. Timers, and what is tried again, belong
   to no lane here.
4. While people write, a batch takes few timers: thousands of invitations may fall due at once, and nobody waits for two hundred of them.
"""

from collections import Counter, OrderedDict
from dataclasses import dataclass

from bot.process.jobs import Job
from storage.queue.timers import Timer

BATCH_EVENTS = 200
"""At most this many events share a transaction."""

LANE_EVENTS = 5
"""At most this many of them are of one lane."""

TIMERS_BESIDE = 20
"""At most this many of them are timers while people write."""

FREE_EVENTS, STEADY_EVENTS = 20.0, 1.0
"""What a lane may hand in before it pauses, and what it may in each second besides: more than a person does who is answered."""

LANE_SHARE = 20
"""A lane that is beyond its allowance has one part in so many of the worker's time."""

LONGEST_PAUSE_SECONDS = 0.15

CALM_SECONDS = 1.0
"""How long somebody who keeps within their allowance is thought to be there."""

LANES_MOST = 10_000
"""Of how many lanes the allowance is remembered; that of who has not written for the longest time is forgotten first."""


@dataclass(slots=True)
class _Account:
    """What a lane may still hand in, as it was at a moment; until when it pauses."""

    allowance: float
    at: float
    paused_until: float = 0


class FairQueue:
    """The jobs that wait. All moments are those of one clock, in seconds."""

    def __init__(self) -> None:
        self._jobs: list[Job] = []
        self._accounts: OrderedDict[str, _Account] = OrderedDict()
        self._over: set[str] = set()
        """Lanes beyond their allowance with events in the batch that was taken last."""
        self._calm: list[tuple[str, float]] = []
        """The two lanes that were last seen within their allowance, and when: one of them is another than any that asks."""

    def __len__(self) -> int:
        return len(self._jobs)

    def put(self, job: Job) -> None:
        self._jobs.append(job)

    def take(self, now: float) -> list[Job]:
        """The jobs of the next batch, in order."""
        taken: list[Job] = []
        left: list[Job] = []
        behind: set[str] = set()
        counts: Counter[str] = Counter()
        timers, timers_most = 0, self._find_timers_most(now)
        for job in self._jobs:
            is_timer = isinstance(job.event, Timer)
            if len(taken) >= BATCH_EVENTS or job.lane in behind or (is_timer and timers >= timers_most):
                left.append(job)
            elif job.lane and (counts[job.lane] >= LANE_EVENTS or self._pauses(job, now)):
                behind.add(job.lane)
                left.append(job)
            else:
                counts[job.lane] += 1
                timers += is_timer
                taken.append(job)
        self._jobs = left
        self._over = {lane for lane, count in counts.items() if lane and self._is_over(lane, count, now)}
        return taken

    def _find_timers_most(self, now: float) -> int:
        writes = any(now - at <= CALM_SECONDS for _, at in self._calm) or any(job.lane for job in self._jobs)
        return TIMERS_BESIDE if writes else BATCH_EVENTS

    def take_all(self) -> list[Job]:
        """Everything that waits, whatever its lane has used."""
        jobs, self._jobs = self._jobs, []
        return jobs

    def charge(self, seconds: float, now: float) -> None:
        """The batch that was taken last took this long: anyone who went beyond an allowance with it pauses, for the sake of the others."""
        pause = min(seconds * (LANE_SHARE - 1), LONGEST_PAUSE_SECONDS)
        for lane in self._over:
            if any(other != lane and now - at <= CALM_SECONDS for other, at in self._calm):
                self._accounts[lane].paused_until = now + pause

    def find_opening(self, now: float) -> float | None:
        """When the first of the jobs that wait may be taken; None if none waits."""
        return min((max(self._find_pause_end(job), now) for job in self._jobs), default=None)

    def _pauses(self, job: Job, now: float) -> bool:
        return self._find_pause_end(job) > now

    def _find_pause_end(self, job: Job) -> float:
        account = self._accounts.get(job.lane)
        return account.paused_until if account is not None and not job.hurries else 0

    def _is_over(self, lane: str, count: int, now: float) -> bool:
        """Whether so many events more are beyond the allowance of this lane; they are taken off it."""
        account = self._accounts.setdefault(lane, _Account(FREE_EVENTS, now))
        self._accounts.move_to_end(lane)
        while len(self._accounts) > LANES_MOST:
            self._accounts.popitem(last=False)
        left = min(account.allowance + (now - account.at) * STEADY_EVENTS, FREE_EVENTS) - count
        account.allowance, account.at = max(left, 0), now
        if left >= 0:
            self._calm = [(lane, now), *(seen for seen in self._calm if seen[0] != lane)][:2]
        return left < 0
