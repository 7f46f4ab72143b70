"""Transactions of SQLite as one call in the thread of their connection, over the driver's own cursors.

aiosqlite hands each call of its driver (cursor, execute, fetch, close: four for each statement) to the connection's thread and wakes the
event loop with the answer; a press took 41 such hops, and most of its time. A transaction awaits nothing but its database (law 6), which
answers at once in that thread: there the coroutine never suspends, needs no event loop and no greenlet, and SQLAlchemy is as quick as over
sqlite3 itself (a query takes 15 µs instead of 33). See ADR 21.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Dialect, ScalarResult
from sqlalchemy.connectors.asyncio import AsyncAdapt_dbapi_connection
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection
from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")


class _Here(threading.local):
    """Whether this thread runs a transaction of its own connection."""

    is_running = False


_here = _Here()


def is_running_here() -> bool:
    """Whether the caller is in a transaction that runs in its connection's thread, where nothing can be waited for."""
    return _here.is_running


class _TwoWayConnection(AsyncAdapt_aiosqlite_connection):
    """The driver's connection as SQLAlchemy sees it: through the event loop, or at once where its thread runs a transaction."""

    __slots__ = ()

    def cursor(self, server_side: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002 -- the driver's; SQLAlchemy's signature
        return self._own.cursor() if _here.is_running else super().cursor(server_side)

    def commit(self) -> None:
        self._own.commit() if _here.is_running else super().commit()

    def rollback(self) -> None:
        self._own.rollback() if _here.is_running else super().rollback()

    @property
    def _own(self) -> Any:  # noqa: ANN401 -- the connection of sqlite3 that aiosqlite owns; it offers no other way to it
        return self._connection._conn  # noqa: SLF001


def connect(
    dialect: Dialect, _record: object, arguments: list[Any], options: dict[str, Any]
) -> AsyncAdapt_dbapi_connection:
    """Listens to "do_connect": the driver's connection, with both ways to it."""
    made: Any = dialect.loaded_dbapi.connect(*arguments, **options)
    return _TwoWayConnection(made.dbapi, made.driver_connection)


class _ThreadConnection(AsyncConnection):
    """The transaction that is run in its thread: each method answers at once."""

    async def execute(self, *arguments: Any, **options: Any) -> CursorResult[Any]:  # noqa: ANN401 -- SQLAlchemy's
        return self._sync.execute(*arguments, **options)

    async def exec_driver_sql(self, *arguments: Any, **options: Any) -> CursorResult[Any]:  # noqa: ANN401 -- SQLAlchemy's
        return self._sync.exec_driver_sql(*arguments, **options)

    async def scalar(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 -- SQLAlchemy's
        return self._sync.scalar(*arguments, **options)

    async def scalars(self, *arguments: Any, **options: Any) -> ScalarResult[Any]:  # noqa: ANN401 -- SQLAlchemy's
        return self._sync.scalars(*arguments, **options)

    @property
    def driver(self) -> Any:  # noqa: ANN401 -- aiosqlite's connection
        """The connection that owns the thread; it is open, because whoever loses it takes another."""
        return self._sync.connection.driver_connection

    @property
    def _sync(self) -> Connection:
        assert self.sync_connection is not None  # noqa: S101 -- given when it was made
        return self.sync_connection


class ConnectionThread:
    """The thread of a connection, for one who writes all the time."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._there = _ThreadConnection(connection.engine, connection.sync_connection)

    async def transact(self, work: Callable[[AsyncConnection], Awaitable[T]], *, keeps: bool = True) -> T:
        """Run a transaction there: committed when `work` returns, if it `keeps` what it writes, and rolled back when it raises.

        It cannot be stopped half way: a caller that is cancelled meanwhile waits for its end, because until then the connection is in use.

        Raises:
            RuntimeError: when it awaits anything but its connection.
        """
        driver: Any = self._there.driver
        running = asyncio.ensure_future(driver._execute(_drive, self._there, work, keeps))  # noqa: SLF001, TID251 -- it is waited for here
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


def _drive(connection: AsyncConnection, work: Callable[[AsyncConnection], Awaitable[T]], keeps: bool) -> T:  # noqa: FBT001 -- passed on by the driver
    transaction = _transact(connection, work, keeps=keeps)
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


async def _transact(connection: AsyncConnection, work: Callable[[AsyncConnection], Awaitable[T]], *, keeps: bool) -> T:
    assert connection.sync_connection is not None  # noqa: S101 -- it is in use
    with connection.sync_connection.begin() as transaction:
        result = await work(connection)
        if not keeps:
            transaction.rollback()
        return result
