"""Failures of the database: what any statement may raise when the server, the file or the disk fails, apart from mistakes of ours."""

import sqlite3

from asyncpg import PostgresError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

FAILURES: tuple[type[Exception], ...] = (SQLAlchemyError, PostgresError, OSError)
"""To be caught where work goes on later; asyncpg's own errors escape SQLAlchemy while a transaction begins or ends."""


class CannotOpenError(Exception):
    """The database's file cannot be opened; the message says which and why."""


def driver_of(url: str) -> str | None:
    """The driver that a database URL names, such as `sqlite+aiosqlite`; None where it is no SQLAlchemy URL."""
    try:
        return make_url(url).drivername
    except (ArgumentError, ValueError):
        return None


def check_file(url: str) -> None:
    """Try the file of an SQLite URL, before a driver's thread tells its failure to an event loop that has ended.

    Raises:
        CannotOpenError: the file, or its folder, cannot be read and written.
    """
    place = make_url(url)
    if place.get_backend_name() != "sqlite" or not place.database:
        return
    try:
        sqlite3.connect(place.database).close()
    except sqlite3.Error as error:
        raise CannotOpenError(f"{place.database}: {error}; is its folder there, and can it be written?") from error
