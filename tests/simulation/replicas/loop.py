"""Event loop on virtual time (discrete-event simulation): nothing waits, and a seed decides whose callback runs next.

Every callback belongs to a process, or to the world around them. Within one process callbacks keep their order, as asyncio promises;
between processes the seed chooses. A killed process never runs again, without a `finally`; a paused one keeps what comes for later.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from contextvars import Context, ContextVar, copy_context
from datetime import UTC, datetime
from heapq import heappop, heappush
from random import Random
from typing import Any


class Process:
    """One life of a replica, as the operating system sees it; `skew` is how many seconds its clock is ahead."""

    def __init__(self, name: str, skew: float = 0.0) -> None:
        self.name, self.skew = name, skew
        self.alive, self.paused = True, False
        self.ready: deque[asyncio.Handle] = deque()

    def __repr__(self) -> str:
        return self.name


OWNER: ContextVar[Process] = ContextVar("owner")
"""The process that the running code belongs to."""

EPOCH = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""The moment at which every simulation begins."""


class NumberedTask(asyncio.Task[Any]):
    """A task whose place in a set does not depend on where it lies in memory: a seed is replayed exactly."""

    number = 0

    def __hash__(self) -> int:
        return self.number


class VirtualLoop(asyncio.AbstractEventLoop):
    """As much of an event loop as code without sockets needs."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 -- dice that fall alike for a seed
        self.now = 0.0
        self.steps = 0
        self.world = Process("world")
        self.processes: list[Process] = [self.world]
        self.errors: list[str] = []
        self._count = 0
        self._later: list[tuple[float, int, asyncio.TimerHandle, Process]] = []
        self.tasks: list[asyncio.Task[Any]] = []
        self._outside = Context()
        self._outside.run(OWNER.set, self.world)

    # --- what asyncio asks of a loop ---

    def time(self) -> float:
        return self.now

    def get_debug(self) -> bool:
        return False

    def is_running(self) -> bool:
        return True

    def is_closed(self) -> bool:
        return False

    def create_future(self) -> "asyncio.Future[Any]":
        return asyncio.Future(loop=self)

    def create_task(self, coro: Any, *, name: str | None = None, context: Context | None = None) -> "asyncio.Task[Any]":  # noqa: ANN401 -- as asyncio has it
        self._count += 1
        NumberedTask.number = self._count  # asked for while the task is made
        task = NumberedTask(coro, loop=self, name=name or "task", context=context)
        task.number = self._count
        self.tasks.append(task)
        return task

    def call_soon(self, callback: Callable[..., Any], *args: Any, context: Context | None = None) -> asyncio.Handle:  # type: ignore[override]  # noqa: ANN401
        context = context if context is not None else copy_context()
        handle = asyncio.Handle(callback, args, self, context)
        owner = context.get(OWNER, self.world)
        if owner.alive:
            owner.ready.append(handle)
        return handle

    def call_later(  # type: ignore[override]  # asyncio's own types are more exact
        self,
        delay: float,
        callback: Callable[..., Any],
        *args: Any,  # noqa: ANN401
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        return self.call_at(self.now + delay, callback, *args, context=context)

    def call_at(  # type: ignore[override]  # the same
        self,
        when: float,
        callback: Callable[..., Any],
        *args: Any,  # noqa: ANN401
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        context = context if context is not None else copy_context()
        handle = asyncio.TimerHandle(when, callback, args, self, context)
        self._count += 1
        heappush(self._later, (when, self._count, handle, context.get(OWNER, self.world)))
        return handle

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """A cancelled timer stays in the heap until its time comes, and does nothing then."""

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """Note what would be an error in a log; a referee reads it."""
        error = context.get("exception")
        self.errors.append(f"{context.get('message')}: {type(error).__name__}: {error}")

    # --- the world around the processes ---

    def outside(self, delay: float, callback: Callable[..., Any], *args: Any) -> None:  # noqa: ANN401
        """Call this in the world, no matter who asks: what has left a process happens even if that process dies."""
        self.call_at(self.now + delay, callback, *args, context=self._outside)

    def inside(self, process: Process, delay: float, callback: Callable[..., Any], *args: Any) -> None:  # noqa: ANN401
        """Call this in a process: not while it is stopped, never once it is dead."""
        context = Context()
        context.run(OWNER.set, process)
        self.call_at(self.now + delay, callback, *args, context=context)

    def start(self, process: Process, coro: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        """Run this in a process."""
        context = Context()
        context.run(OWNER.set, process)
        if process not in self.processes:
            self.processes.append(process)
        return self.create_task(coro, context=context)

    def kill(self, process: Process) -> None:
        """SIGKILL: nothing of it ever runs again."""
        process.alive = False
        process.ready.clear()
        self.processes.remove(process)

    def run(self, done: Callable[[], bool], until: float, on_step: Callable[[], None]) -> None:
        """Run callbacks, and let time pass where there are none, until `done` or the given moment; `on_step` goes before each."""
        asyncio._set_running_loop(self)
        try:
            while not done() and self.now < until:
                able = [process for process in self.processes if process.ready and not process.paused]
                if not able:
                    if not self._pass_time():
                        return
                    continue
                self.steps += 1
                on_step()
                process = able[0] if len(able) == 1 else self.random.choice(able)
                if not process.ready or process.paused:
                    continue  # something happened to it in this very moment
                handle = process.ready.popleft()
                if not handle.cancelled():
                    handle._run()
        finally:
            asyncio._set_running_loop(None)

    def _pass_time(self) -> bool:
        """Go on to the next moment at which something happens."""
        if not self._later:
            return False
        self.now = max(self.now, self._later[0][0])
        while self._later and self._later[0][0] <= self.now:
            _, _, handle, owner = heappop(self._later)
            if owner.alive and not handle.cancelled():
                owner.ready.append(handle)
        return True
