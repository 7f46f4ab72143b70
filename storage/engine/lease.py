"""Leader election by lock: exactly one process sends and polls, and a dead process cannot hold the lock.

SQLite: a lock on a file beside the database, which the kernel releases with the process. PostgreSQL: an advisory lock of a dedicated
connection, which the server releases with the connection. So a successor takes over as soon as the old process is gone.
"""

import asyncio
import fcntl
import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine.database import Database

_LOCK = 0x48554946  # "HUIF": one lock per database
RETRY = 0.2
"""Seconds between two attempts of a process waiting for the lease."""


class Lost(Exception):
    """The connection that held our lease is gone; another process may be sending by now."""


class Lease:
    """A lock held by at most one process per database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file: int | None = None
        self._connection: AsyncConnection | None = None

    async def take(self) -> None:
        """Wait until it is ours."""
        while not await self._try():  # noqa: ASYNC110 -- the lock is another process's, nobody can signal
            await asyncio.sleep(RETRY)

    async def watch(self) -> None:
        """Never returns. Raises Lost when the lease is no longer ours."""
        while True:
            await asyncio.sleep(2)
            if self._connection is not None:
                try:
                    await self._connection.execute(text("SELECT 1"))
                    await self._connection.commit()
                except (DBAPIError, OSError) as error:
                    raise Lost("the connection that holds the lease was lost") from error

    async def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError, OSError):  # a lost connection holds nothing
                await connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _LOCK})
                await connection.commit()
            await connection.close()

    async def _try(self) -> bool:
        return self._try_file() if self._database.is_sqlite else await self._try_connection()

    def _try_file(self) -> bool:
        path = make_url(self._database.url).database
        if not path or path == ":memory:":
            return True
        file = os.open(Path(path).with_name(Path(path).name + ".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._file = file
        return True

    async def _try_connection(self) -> bool:
        connection = await self._database.engine.connect()
        taken = bool(await connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _LOCK}))
        await connection.commit()
        if not taken:
            await connection.close()
            return False
        self._connection = connection
        return True
