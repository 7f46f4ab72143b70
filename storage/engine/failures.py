"""Database failures: what any statement may raise when the server, the file or the disk fails, as opposed to our own mistakes."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from asyncpg import InterfaceError, PostgresError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

FAILURES: tuple[type[Exception], ...] = (SQLAlchemyError, PostgresError, InterfaceError, OSError)
"""To catch where work is retried later; asyncpg's own errors escape SQLAlchemy while a transaction begins or ends."""


class CannotOpenError(Exception):
    """The database file cannot be opened; the message says which file and why."""


def driver_of(url: str) -> str | None:
    """The driver that a database URL names, such as `sqlite+aiosqlite`; None if it is not a SQLAlchemy URL."""
    try:
        return make_url(url).drivername
    except (ArgumentError, ValueError):
        return None


def check_file(url: str) -> None:
    """Try the file of an SQLite URL, before a driver's thread reports its failure to an event loop that is gone.

    A new file is its owner's alone, and the files that SQLite puts beside it are what it is; one that everybody could read no longer is.

    Raises:
        CannotOpenError: when the file, or its folder, cannot be read and written.
    """
    place = make_url(url)
    if place.get_backend_name() != "sqlite" or not place.database:
        return
    _keep_private(Path(place.database))
    try:
        sqlite3.connect(place.database).close()
    except sqlite3.Error as error:
        raise CannotOpenError(f"{place.database}: {error}; is its folder there, and can it be written?") from error


def _keep_private(path: Path) -> None:
    """What cannot be done here is told by SQLite, which tries the same. A file that is there is not opened: closing it would end its locks."""
    if path.name.startswith((":", "file:")):
        return
    with suppress(OSError):
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            for file in path.parent.glob(f"{path.name}*"):
                if file.name.removeprefix(path.name) in {"", "-wal", "-shm", "-journal"} and file.is_file():
                    file.chmod(file.stat().st_mode & 0o770)
