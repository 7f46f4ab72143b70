"""Test databases without their costs: no thread between a test and SQLite, no wait for the disk, each statement compiled once in a run.

What an application does with a driver's thread, and how it bears a slow disk, is tried where a real process runs (tests/e2e, tests/durability).
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Dialect, Engine

from storage.engine.crypto import Keyring
from storage.engine.database import Database
from tests.harness.databases import SECRET

_SHARED: dict[tuple[str, tuple[str, ...]], tuple[Dialect, Any]] = {}
"""The dialect and compiled statements of the first database that connected, by engine and secrets: all the others of its kind use them."""


def open_quickly(url: str, secrets: Sequence[str] = (SECRET,)) -> Database:
    """A database for one test. One event loop uses it, and no other program writes to the file: a lock that is waited for would stop both."""
    database = open_compiled(url, secrets)
    if database.is_sqlite:
        engine = database.engine.sync_engine
        event.listen(engine, "do_connect", _allow_any_thread)
        event.listen(engine, "connect", _stay_in_this_thread, insert=True)
        event.listen(engine, "connect", _wait_for_no_disk)
    return database


def open_compiled(url: str, secrets: Sequence[str] = (SECRET,)) -> Database:
    """A database as the bot opens it, except that what was compiled for an earlier one is not compiled again."""
    database = Database(url, Keyring(secrets))
    _share_compiled(database.engine.sync_engine, tuple(secrets))
    return database


def _share_compiled(engine: Engine, secrets: tuple[str, ...]) -> None:
    kind = (engine.dialect.name, secrets)
    if kind not in _SHARED or getattr(_SHARED[kind][0], "server_version_info", None) is None:
        _SHARED[kind] = engine.dialect, engine._compiled_cache  # one that never connected knows nothing of its server
        return
    dialect, compiled = _SHARED[kind]
    engine.dialect = engine.pool._dialect = dialect
    engine._compiled_cache = compiled


def _allow_any_thread(_dialect: object, _record: object, _arguments: object, options: dict[str, Any]) -> None:
    options["check_same_thread"] = False


def _stay_in_this_thread(connection: Any, _record: object) -> None:  # noqa: ANN401 -- the driver's connection
    connection.driver_connection._execute = _call_at_once


async def _call_at_once(work: Callable[..., Any], *arguments: object, **options: object) -> Any:  # noqa: ANN401 -- as the driver's
    """What aiosqlite hands to its thread; others run meanwhile once for each statement, as they would there."""
    if work.__name__ in {"execute", "executemany"}:
        await asyncio.sleep(0)
    return work(*arguments, **options)


def _wait_for_no_disk(connection: Any, _record: object) -> None:  # noqa: ANN401 -- the driver's connection
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()
