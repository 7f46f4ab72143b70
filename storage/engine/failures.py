"""Database failures: what any statement may raise when the server, the file or the disk fails, as opposed to our own mistakes."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import gaierror

from asyncpg import InterfaceError, PostgresError
from asyncpg.exceptions import TargetServerAttributeNotMatched
from sqlalchemy import exc
from sqlalchemy.engine import make_url

FAILURES: tuple[type[Exception], ...] = (
    exc.SQLAlchemyError,
    PostgresError,
    InterfaceError,
    OSError,
    TargetServerAttributeNotMatched,  # of several servers none is the primary: it fails over
)
"""To catch where work is retried later; asyncpg's own errors escape SQLAlchemy while a transaction begins or ends."""

POSTGRES_PORT = 5432

_SQLITE_OUTAGES = {
    sqlite3.SQLITE_BUSY: "the file is locked by another program",
    sqlite3.SQLITE_LOCKED: "the file is locked by another program",
    sqlite3.SQLITE_READONLY: "the file is read-only",
    sqlite3.SQLITE_IOERR: "the disk fails",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; restore the last backup",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
    sqlite3.SQLITE_PROTOCOL: "the file is locked by another program",
    sqlite3.SQLITE_NOTADB: "the file is no database; restore the last backup",
}
"""By SQLite's primary result code: what is wrong with the file, and not with the statement."""

_POSTGRES_OUTAGES = {
    "53100": "the server's disk is full",
    "53300": "the server has too many connections",
    "53": "the server has no resources left",
    "57": "the server is shutting down or starting",
    "58": "the server's disk fails",
    "08": "the connection was lost",
    "25006": "the server is read-only",
    "28": "the server refuses the user or password",
    "3D": "the database does not exist",
    "XX": "the server reports an internal error",
}
"""By SQLSTATE or its class (https://www.postgresql.org/docs/current/errcodes-appendix.html)."""


class CannotOpenError(Exception):
    """The database cannot be reached or opened; the message says which, why, and what to do."""


def is_outage(error: BaseException) -> bool:
    """Whether the database failed, rather than what was asked of it: then nobody's event is to blame, and it is tried again."""
    return find_reason(error) is not None


def find_reason(error: BaseException) -> str | None:
    """What is wrong with the database, in words for the log; None if it is not the database that failed."""
    if isinstance(error, exc.PendingRollbackError | exc.ResourceClosedError | exc.TimeoutError):
        return "the connection was lost" if not isinstance(error, exc.TimeoutError) else "all connections are in use"
    if isinstance(error, exc.DBAPIError):
        reason = find_reason(error.orig) if error.orig is not None else None
        return reason or ("the connection was lost" if error.connection_invalidated else None)
    if isinstance(error, sqlite3.Error):
        return _SQLITE_OUTAGES.get((getattr(error, "sqlite_errorcode", None) or 0) & 0xFF)
    if isinstance(error, InterfaceError):
        return "the connection was lost"
    if isinstance(error, TargetServerAttributeNotMatched):
        return "no server is the primary"
    if state := getattr(error, "sqlstate", None):
        return _POSTGRES_OUTAGES.get(state) or _POSTGRES_OUTAGES.get(state[:2])
    if isinstance(error, ConnectionError | TimeoutError):
        return "the server cannot be reached"
    return None


def describe_failure(error: BaseException) -> str:
    """A failure in one line for the log."""
    return find_reason(error) or f"{type(error).__name__}: {error}".splitlines()[0]


@contextmanager
def explain_no_database(url: str) -> Iterator[None]:
    """For the code that touches the database first.

    Raises:
        CannotOpenError: when it cannot be reached or opened: where it should be, and what to do about it; never the password.
    """
    try:
        yield
    except FAILURES as error:
        place, reason = make_url(url), _find_cause(error)
        where = (
            place.database if place.get_backend_name() == "sqlite" else f"{place.host}:{place.port or POSTGRES_PORT}"
        )
        if isinstance(reason, gaierror):
            why = "there is no host of this name; check it for a typing mistake"
        elif isinstance(reason, ConnectionRefusedError):
            why = "nothing listens there; is PostgreSQL running, and is it this host and port?"
        elif isinstance(reason, TimeoutError):
            why = "no answer; check host, port and firewall"
        elif getattr(reason, "sqlstate", None) == "3D000":
            why = f"there is no database {place.database!r}; make it with `createdb {place.database}`"
        elif str(getattr(reason, "sqlstate", None)).startswith("28"):
            why = "the server refuses this user or password"
        else:
            why = describe_failure(error)
        raise CannotOpenError(f"{where}: {why}") from error


def _find_cause(error: BaseException) -> BaseException:
    """What the driver said, whatever SQLAlchemy put around it."""
    while (cause := getattr(error, "orig", None) or error.__cause__) is not None and cause is not error:
        error = cause
    return error


def driver_of(url: str) -> str | None:
    """The driver that a database URL names, such as `sqlite+aiosqlite`; None if it is not a SQLAlchemy URL."""
    try:
        return make_url(url).drivername
    except (exc.ArgumentError, ValueError):
        return None


def check_file(url: str) -> None:
    """Try the file of an SQLite URL, before a driver's thread reports its failure to an event loop that is gone.

    A new file is its owner's alone, and the files that SQLite puts beside it are what it is; one that everybody could read no longer is.

    Raises:
        CannotOpenError: when the file, or its folder, cannot be read and written.
    """
    file = locate_file(url)
    if file is None:
        return
    _keep_private(file)
    try:
        sqlite3.connect(file).close()
    except sqlite3.Error as error:
        raise CannotOpenError(f"{file}: {error}; is its folder there, and can it be written?") from error


def locate_file(url: str) -> Path | None:
    """The file of an SQLite URL; None for a server, and for what is only in memory."""
    place = make_url(url)
    return Path(place.database) if place.get_backend_name() == "sqlite" and place.database else None


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
