"""Leader election by lock: exactly one process sends and polls, and a dead process cannot hold the lock.

SQLite: a lock on a file beside the database, which the kernel releases with the process. PostgreSQL: an advisory lock of a connection of its
own, past any pooler, which the server releases with the connection. So a successor takes over as soon as the old process is gone.

Over the same connections the processes that wait tell the one that sends when they have left something to it (NOTIFY), so that it looks at
once. What is told is never relied on.

A process that was stopped for a while (SIGSTOP, a suspended machine) does not know that its connection was ended meanwhile: a process that acts
in the lease's name asks `check` before every act (fencing).
"""

import asyncio
import fcntl
import logging
import os
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine.database import Database, number_lock
from storage.engine.failures import FAILURES, describe_failure

log = logging.getLogger(__name__)

_LOCK = 0x48554946  # "HUIF": one lock per database, and per schema where that has a name
_TAKE = text("SELECT NOT pg_is_in_recovery() AND pg_try_advisory_lock(:lock)")
"""A standby has locks of its own, which mean nothing."""

_CHANNEL = "huifang_owed"
_TELL = text("SELECT set_config('synchronous_commit', 'off', true), pg_notify('huifang_owed', :schema)")
"""All schemas of a database share its channels. It waits for no disk: a word that is lost in a crash is found by a look."""

RETRY = 0.2
"""Seconds between two attempts of a process waiting for the lease."""

CONFIRM_SECONDS = 1.0
"""Seconds between two looks of its holder."""

CLOSED_SECONDS = 0.1
"""Seconds between two looks of its holder at whether its connection was closed, which asks nobody."""

FRESH_SECONDS = 2.5
"""Seconds for which a look is good; after a longer pause the holder looks again before it acts."""

ANSWER_SECONDS = 5.0
"""Seconds that the database has to answer such a look."""


class Lost(Exception):
    """The connection that held our lease is gone; another process may be sending by now."""


class Lease:
    """A lock held by at most one process per database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file: int | None = None
        self._connection: AsyncConnection | None = None
        self._asking: AsyncConnection | None = None
        self._driver: Any = None
        self._confirmed_at = 0.0
        self.is_refused = False
        """Whether another process holds it, as far as we know."""
        self._looking = asyncio.Lock()
        self._left = asyncio.Event()
        self.on_left: Callable[[], None] = lambda: None
        """Called in the process that sends when another has left something to it."""

    @property
    def is_held(self) -> bool:
        return self._file is not None or self._connection is not None

    async def take(self) -> None:
        """Wait until it is ours; a database that fails is waited for, too."""
        failed = False
        try:
            while True:
                try:
                    if await self._try():
                        self._confirmed_at, self.is_refused = time.monotonic(), False
                        return
                    failed, self.is_refused = False, True
                except FAILURES as error:
                    if not failed:
                        log.warning("the lease cannot be asked for (%s); trying again", describe_failure(error))
                    failed = True
                await self._wait()
        finally:
            await self._stop_asking()

    def tell(self) -> None:
        """Something is owed that another process sends; several at once are told once."""
        self._left.set()

    async def _wait(self) -> None:
        """Wait until we ask again, and tell meanwhile what we have left to the process that sends."""
        end = time.monotonic() + RETRY
        while (left := end - time.monotonic()) > 0:
            if self._asking is None:
                await asyncio.sleep(left)
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(self._left.wait(), left)
            if self._left.is_set():
                self._left.clear()
                try:
                    await self._asking.execute(_TELL, {"schema": self._database.address.schema})
                except FAILURES:
                    await self._stop_asking()

    def _hear(self, _connection: object, _pid: int, _channel: str, schema: object) -> None:
        if schema == self._database.address.schema:
            self.on_left()

    async def watch(self) -> None:
        """Never returns. Raises Lost when the lease is no longer ours."""
        while True:
            await asyncio.sleep(CLOSED_SECONDS)
            if self._is_closed() or time.monotonic() - self._confirmed_at >= CONFIRM_SECONDS:
                await self._confirm()

    async def check(self) -> None:
        """Return at once if the lease was ours a moment ago; after a pause, or once its connection is closed, ask again.

        Raises:
            Lost: it is ours no longer.
        """
        if self._is_closed() or time.monotonic() - self._confirmed_at > FRESH_SECONDS:
            await self._confirm()

    def _is_closed(self) -> bool:
        """Whether the driver has heard that the connection which holds the lock was ended."""
        return self._driver is not None and bool(self._driver.is_closed())

    async def _confirm(self) -> None:
        """Whether the lock is still held: with SQLite the kernel keeps it for us, with PostgreSQL our connection does."""
        async with self._looking:
            if self._connection is not None:
                try:
                    async with asyncio.timeout(ANSWER_SECONDS):
                        await self._connection.execute(text("SELECT 1"))
                except FAILURES as error:
                    raise Lost("the connection that holds the lease was lost") from error
            elif self._file is None:
                raise Lost("the lease was given back")
            self._confirmed_at = time.monotonic()

    async def release(self) -> None:
        """Give it back, whatever became of the connection; a lost one holds nothing."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        connection, self._connection, self._driver = self._connection, None, None
        if connection is not None:
            with suppress(*FAILURES):
                async with asyncio.timeout(1):
                    await connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": self._lock})
            with suppress(*FAILURES):
                async with asyncio.timeout(1):
                    await connection.invalidate()  # even a lock that could not be given back ends with its connection
                    await connection.close()

    async def _try(self) -> bool:
        return self._try_file() if self._database.is_sqlite else await self._try_connection()

    def _try_file(self) -> bool:
        path = make_url(self._database.url).database
        is_shared = bool(path) and path != ":memory:"
        path = f"{path}.lock" if is_shared else os.devnull
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            if is_shared:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._file = file
        return True

    async def _try_connection(self) -> bool:
        """A process that waits asks again over the same connection."""
        if self._asking is None:
            self._asking = await self._database.connect_directly()
        try:
            taken = bool(await self._asking.scalar(_TAKE, {"lock": self._lock}))
            driver: Any = (await self._asking.get_raw_connection()).driver_connection
            if taken:
                await driver.add_listener(_CHANNEL, self._hear)
        except BaseException:
            await self._stop_asking()
            raise
        if taken:
            self._connection, self._driver, self._asking = self._asking, driver, None
        return taken

    async def _stop_asking(self) -> None:
        connection, self._asking = self._asking, None
        if connection is not None:
            with suppress(*FAILURES):
                await connection.invalidate()  # whatever it is in the middle of
            with suppress(*FAILURES):
                await connection.close()

    @property
    def _lock(self) -> int:
        schema = self._database.address.schema
        return number_lock("huifang lease", schema) if schema else _LOCK
