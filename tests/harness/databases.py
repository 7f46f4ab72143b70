"""Databases for tests: a SQLite file that is copied, and databases of one PostgreSQL that are emptied and lent again.

A migration takes half a second of computing on either engine, and thousands of tests want a migrated, empty database:
it is migrated once for each engine.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg

from storage.engine import schema
from storage.engine.crypto import Keyring
from storage.engine.database import Database

SECRET = "5e1f9c0b7a3d48264cd1b8e07f92a6354be8d1703ca59f6e12d4870b9c3fa561"
RELEASED_SECRET = "a secret for tests"
"""What the stored databases of earlier releases are sealed with: too weak today, so it only stands behind another."""

FINGERPRINT = """
SELECT (SELECT count(*) FROM pg_class)::text
    || '/' || (SELECT count(*) FROM pg_attribute WHERE NOT attisdropped)
    || '/' || (SELECT count(*) FROM pg_constraint)
    || '/' || (SELECT count(*) FROM pg_trigger WHERE tgenabled = 'O')
    || '/' || (SELECT max(version_num) FROM alembic_version)
"""
"""What a test that changes the schema changes: such a database is not lent again."""

LIST_USED_TABLES = """
SELECT string_agg(oid::regclass::text, ', ') FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0
"""
RESTART_SEQUENCES = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
FROM pg_sequences WHERE last_value IS NOT NULL
"""
END_CONNECTIONS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def make_sqlite_file(path: Path) -> None:
    """A migrated, empty SQLite file, to be copied."""
    _run_in_own_loop(_migrate(f"sqlite+aiosqlite:///{path}"))


def _run_in_own_loop(work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 -- what the work returns
    """A session's fixture may be asked for while a test's loop runs: it works on a loop of its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _migrate(url: str) -> None:
    opened = Database(url, Keyring([SECRET]))
    await schema.migrate(opened)
    await opened.close()


@asynccontextmanager
async def create_database(uri: str, template: str = "template1") -> AsyncIterator[str]:
    """A database of its own in the PostgreSQL at this URI: its SQLAlchemy URL; it is gone at the end."""
    name = await create(uri, template)
    try:
        yield make_url(uri, name)
    finally:
        await _drop(uri, name)


def make_migrated_database(uri: str, name: str) -> str:
    """A migrated, empty database of this name, to be copied; its fingerprint."""
    fingerprint: str = _run_in_own_loop(_make_migrated_database(uri, name))
    return fingerprint


async def _make_migrated_database(uri: str, name: str) -> str:
    await create(uri, "template1", name)
    await _migrate(make_url(uri, name))
    connection = await asyncpg.connect(_name_database(uri, name))
    fingerprint = str(await connection.fetchval(FINGERPRINT))
    await connection.close()
    return fingerprint


class LentDatabases:
    """Migrated, empty databases of one PostgreSQL, lent to one test after another."""

    def __init__(self, uri: str, template: str, fingerprint: str) -> None:
        self._uri, self._template, self._fingerprint = uri, template, fingerprint
        self._free: list[str] = []

    @asynccontextmanager
    async def lend(self) -> AsyncIterator[str]:
        """The SQLAlchemy URL of an empty, migrated database that nobody else uses meanwhile."""
        name = self._free.pop() if self._free else await self.create()
        try:
            yield make_url(self._uri, name)
        finally:
            if await self._empty(name):
                self._free.append(name)
            else:
                await _drop(self._uri, name)

    async def create(self) -> str:
        """An empty, migrated database that is kept; its name."""
        return await create(self._uri, self._template)

    async def _empty(self, name: str) -> bool:
        """Delete what the test has left; whether the database is as good as new."""
        connection = await asyncpg.connect(_name_database(self._uri, name))
        try:
            await connection.execute(END_CONNECTIONS)
            if await connection.fetchval(FINGERPRINT) != self._fingerprint:
                return False
            if used := await connection.fetchval(LIST_USED_TABLES):
                await connection.execute(
                    "SET session_replication_role = replica"
                )  # rows that nobody may delete go, too
                await connection.execute(f"TRUNCATE {used} CASCADE")
            await connection.execute(RESTART_SEQUENCES)
        except asyncpg.PostgresError:  # a test that has broken its database
            return False
        finally:
            await connection.close()
        return True


async def create(uri: str, template: str, name: str = "") -> str:
    """A copy of this template; its name."""
    name = name or f"t{uuid4().hex}"
    connection = await asyncpg.connect(uri)
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    await connection.close()
    return name


async def _drop(uri: str, name: str) -> None:
    connection = await asyncpg.connect(uri)
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()


def make_url(uri: str, name: str) -> str:
    """The SQLAlchemy URL of the database of this name."""
    return _name_database(uri, name).replace("postgresql://", "postgresql+asyncpg://")


def _name_database(uri: str, name: str) -> str:
    return uri.replace("/postgres?", f"/{name}?")
