"""Transactions of SQLite as one call in the thread of their connection.

aiosqlite hands each call of its driver (cursor, execute, fetch, close: four for each statement) to the connection's thread and wakes the
event loop with the answer; a press took 41 such hops, and most of its time. A transaction awaits nothing but its database (law 6), which
answers at once in that thread: there the coroutine never suspends, and needs no event loop. See ADR 21.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")


class _Here(threading.local):
    """Whether this thread runs a transaction of its own connection."""

    is_running = False


_here = _Here()


def is_running_here() -> bool:
    """Whether the caller is in a transaction that runs in its connection's thread, where nothing can be waited for."""
    return _here.is_running


def answer_at_once(connection: Any, _record: object) -> None:  # noqa: ANN401 -- SQLAlchemy's adapter of the driver's connection
    """Listens to "connect": what a transaction in the connection's thread asks of the driver is done there at once."""
    driver = connection.driver_connection
    hand_over = driver._execute  # noqa: SLF001 -- every call of aiosqlite passes here; it offers no other way into its thread

    async def execute(work: Callable[..., Any], *arguments: object, **options: object) -> Any:  # noqa: ANN401 -- the driver's
        if _here.is_running:
            return work(*arguments, **options)
        return await hand_over(work, *arguments, **options)

    driver._execute = execute  # noqa: SLF001 -- the same


async def run_there(connection: AsyncConnection, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run what awaits nothing but this connection in the connection's thread.

    It cannot be stopped half way: a caller that is cancelled meanwhile waits for its end, because until then the connection is in use.

    Raises:
        RuntimeError: when it awaits anything else.
    """
    driver: Any = (await connection.get_raw_connection()).driver_connection
    running = asyncio.ensure_future(driver._execute(_drive, work))  # noqa: SLF001, TID251 -- it is waited for here
    try:
        result: T = await asyncio.shield(running)
    except asyncio.CancelledError:
        await _wait_for_end(running)
        raise
    return result


async def _wait_for_end(running: "asyncio.Task[Any]") -> None:
    """Wait for it, however often we are cancelled meanwhile."""
    while not running.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait([running])


def _drive(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    transaction = work()
    _here.is_running = True
    try:
        transaction.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        transaction.close()  # what waits is taken back
        _here.is_running = False
    raise RuntimeError("a transaction awaits something other than its database (law 6)")
