"""Database engine: SQLite (embedded, one machine) or PostgreSQL (replicas), behind one door with the same guarantees.

1. `begin` is the only way to write; it alone commits. Whatever raises inside is rolled back whole.
2. SQLite: WAL, synchronous=FULL, foreign keys; a writing transaction says BEGIN IMMEDIATE, so that two never collide half way.
3. PostgreSQL: READ COMMITTED; what must not interleave takes a row lock or an advisory lock (`lock`).
4. Behind a pooler that hands a connection to another client after each transaction (PgBouncer, `pool_mode = transaction`) nothing of a session
   is relied on: statements have no names, advisory locks end with their transaction, and what needs a session asks for `connect_directly`.
"""

import asyncio
import hashlib
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Insert, Table, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from storage.engine import sqlite_thread
from storage.engine.address import Address
from storage.engine.crypto import Keyring
from storage.engine.failures import CannotOpenError

BUSY_SECONDS = 5
"""Seconds that a statement waits for another program's lock on an SQLite file. A writer tries again; a stop does not wait longer."""

T = TypeVar("T")
Tx = AsyncConnection
"""A transaction: what every query function takes first."""


class Database:
    """The engine, its dialect's differences, and its one way to write. The address is, or has, a SQLAlchemy URL with an async driver."""

    def __init__(self, address: Address | str, keyring: Keyring) -> None:
        self.address = Address(address) if isinstance(address, str) else address
        self.url, self.is_sqlite = self.address.url, self.address.is_sqlite
        self.engine = _create_engine(self.address)
        self._direct: AsyncEngine | None = None
        self.engine.sync_engine.dialect.keyring = keyring  # type: ignore[attr-defined]  # read by storage.engine.columns.EncryptedText
        self.engine.sync_engine.dialect.locks_of = self.address.schema  # type: ignore[attr-defined]  # read by `lock`
        self.keyring = keyring
        self._writer = asyncio.Lock()
        if self.is_sqlite:
            event.listen(self.engine.sync_engine, "do_connect", sqlite_thread.connect)
            event.listen(self.engine.sync_engine, "connect", _prepare_sqlite)
            event.listen(self.engine.sync_engine, "begin", _begin_sqlite)
            event.listen(self.engine.sync_engine, "handle_error", _replace_read_only)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Tx]:
        """A writing transaction: committed when the block ends, rolled back when it raises."""
        if not self.is_sqlite:
            async with self.engine.begin() as tx:
                yield tx
            return
        async with self._writer, self.engine.begin() as tx:
            yield tx

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """A consistent read-only view; anything written inside is discarded."""
        async with self.engine.connect() as tx:
            if self.is_sqlite:
                await tx.execution_options(huifang_reads=True)
            else:
                await tx.execution_options(isolation_level="REPEATABLE READ")
            yield tx

    @asynccontextmanager
    async def keep_connection(self) -> AsyncIterator["KeptConnection"]:
        """One connection for a caller that writes all the time: no check-out and no reset between transactions."""
        async with self.engine.connect() as connection:
            yield KeptConnection(connection, self._writer if self.is_sqlite else None)

    async def connect_directly(self) -> AsyncConnection:
        """A connection past any pooler, for what lives as long as it does (a lock); each statement is a transaction. The caller closes it."""
        if self._direct is None:
            self._direct = _create_engine(self.address.past_pooler, poolclass=NullPool)
        connection = await self._direct.connect()
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        return connection

    async def check_direct(self) -> None:
        """Whether a lock on a connection of our own would be ours. Raises CannotOpenError when a pooler gives it to others, too."""
        if self.is_sqlite:
            return
        connection = await self.connect_directly()
        try:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            if driver.get_server_pid() != await connection.scalar(text("SELECT pg_backend_pid()")):
                which = (
                    "HUIFANG_DATABASE_DIRECT goes through a pooler, too"
                    if self.address.direct
                    else "it goes through a pooler"
                )
                raise CannotOpenError(
                    f"{which}: set HUIFANG_DATABASE_DIRECT to the server itself, where a lock is ours alone"
                )
        finally:
            await connection.close()

    async def check_schema(self) -> None:
        """Whether our tables are, or will be, in our schema. Raises CannotOpenError when a pooler leads to another one."""
        schema = self.address.schema
        if not schema:
            return
        async with self.read() as tx:
            current = await tx.scalar(text("SELECT current_schema()"))
        if current not in {None, schema}:  # None: it is not there yet
            raise CannotOpenError(
                f"it works in the schema {current}, and HUIFANG_SCHEMA is {schema}: the pooler has to say "
                f"`connect_query = 'SET search_path TO {schema}'`, or the role `ALTER ROLE … SET search_path TO {schema}`"
            )

    async def transact(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """Run `work` in a writing transaction, as `KeptConnection.transact` does: what many statements need is quicker so than with `begin`."""
        async with self.keep_connection() as kept:
            return await kept.transact(work)

    async def look(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """Run `work` with a consistent read-only view, as `read` gives one, in one call on SQLite."""
        async with self.read() as tx:
            return await (
                sqlite_thread.ConnectionThread(tx).transact(work, keeps=False) if self.is_sqlite else work(tx)
            )

    async def ping(self) -> None:
        """Round trip to the database. Raises one of `storage.engine.failures.FAILURES` when it does not answer."""
        async with self.read() as tx:
            await tx.execute(text("SELECT 1"))

    async def measure_clock(self) -> float:
        """How many seconds the database's clock is ahead of ours; 0 for SQLite, which has no clock of its own."""
        if self.is_sqlite:
            return 0.0
        async with self.read() as tx:
            before = time.time()
            theirs = await tx.scalar(text("SELECT extract(epoch FROM clock_timestamp())"))
            return float(theirs) - (before + time.time()) / 2

    async def fetch_version(self) -> str:
        """What the rows are in: `SQLite 3.45.1`, `PostgreSQL 16.4`."""
        async with self.read() as tx:
            if self.is_sqlite:
                return f"SQLite {await tx.scalar(text('SELECT sqlite_version()'))}"
            return f"PostgreSQL {str(await tx.scalar(text('SHOW server_version'))).partition(' ')[0]}"

    async def run_sync(self, work: Callable[[Connection], T]) -> T:
        """Run what only a synchronous connection can do, such as looking at the schema; nothing it writes is kept."""
        async with self.engine.connect() as connection:
            return await connection.run_sync(work)

    async def close(self) -> None:
        await self.engine.dispose()
        if self._direct is not None:
            await self._direct.dispose()


def _create_engine(address: Address, **options: Any) -> AsyncEngine:  # noqa: ANN401 -- SQLAlchemy's options
    if address.is_sqlite:
        options["connect_args"] = {"timeout": BUSY_SECONDS}
    else:
        options["connect_args"] = _list_connect_args(address)
        if "poolclass" not in options:
            options |= {"pool_size": 5, "max_overflow": 5, "pool_pre_ping": False, "pool_timeout": 10}
    return create_async_engine(
        address.url,
        json_serializer=lambda value: msgspec.json.encode(value).decode(),
        query_cache_size=1200,
        hide_parameters=True,
        **options,
    )


def _list_connect_args(address: Address) -> dict[str, Any]:
    """A pooler takes no settings of a session, and the statement of a name may be on another connection than the one that answers next."""
    args: dict[str, Any] = {}
    if not address.keeps_statements:
        args |= {"statement_cache_size": 0, "prepared_statement_cache_size": 0}
    if address.schema and not address.direct:
        args["server_settings"] = {"search_path": address.schema}
    return args


class KeptConnection:
    """A connection kept for one writer."""

    def __init__(self, connection: AsyncConnection, writer: asyncio.Lock | None) -> None:
        self._connection = connection
        self._writer = writer
        self._thread = sqlite_thread.ConnectionThread(connection) if writer is not None else None

    async def transact(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """Run `work` in a writing transaction: committed when it returns, rolled back when it raises.

        On SQLite all of it runs in the connection's own thread: it may await nothing but its transaction, and touch nothing that the
        event loop changes meanwhile.
        """
        if self._writer is None or self._thread is None:
            async with self._connection.begin():
                return await work(self._connection)
        async with self._writer:
            try:
                return await self._thread.transact(work)
            except DBAPIError as error:
                if _is_read_only(error.orig):
                    await self._connection.invalidate()
                raise


def insert(tx: Tx, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """The dialect's own INSERT, which has ON CONFLICT."""
    return postgresql.insert(table) if tx.dialect.name == "postgresql" else sqlite.insert(table)


def upsert(tx: Tx, table: Table, *keep: str) -> Insert:
    """INSERT, or replace by primary key; the columns in `keep` stay as they were."""
    return _build_upsert(tx.dialect.name, table, keep)


@cache
def _build_upsert(dialect: str, table: Table, keep: tuple[str, ...]) -> Insert:
    keys = [column.name for column in table.primary_key]
    statement = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    changed = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in keys and c.name not in keep}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


async def lock(tx: Tx, names: Iterable[str], *, shared: bool = False) -> None:
    """Lock these names until the transaction ends, exclusively or `shared`. On SQLite the writer holds everything already."""
    if tx.dialect.name != "postgresql":
        return
    numbers = sorted(number_lock(name, getattr(tx.dialect, "locks_of", "")) for name in set(names))
    await tx.execute(_LOCK_SHARED if shared else _LOCK, {"numbers": numbers})


def number_lock(name: str, schema: str = "") -> int:
    """The number of an advisory lock: those of a database are for all of its schemas."""
    named = f"{schema}:{name}" if schema else name
    return int.from_bytes(hashlib.blake2b(named.encode(), digest_size=8).digest(), "big", signed=True)


_NUMBERS = "FROM (SELECT unnest(CAST(:numbers AS bigint[])) AS n ORDER BY 1) AS locks"
_LOCK = text(f"SELECT pg_advisory_xact_lock(n) {_NUMBERS}")
_LOCK_SHARED = text(f"SELECT pg_advisory_xact_lock_shared(n) {_NUMBERS}")


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 -- the driver's connection
    connection.isolation_level = None  # the driver begins nothing by itself: see _begin_sqlite
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # traces of who gave an anonymous answer must not stay in free pages
        "recursive_triggers=ON",  # REPLACE deletes a row too: without this the append-only triggers do not fire for it
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "wal_autocheckpoint=8000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _replace_read_only(context: ExceptionContext) -> None:
    """A connection that found the file read-only never writes again, whatever becomes of the file: the next attempt opens it anew."""
    if _is_read_only(context.original_exception) and not sqlite_thread.is_running_here():  # there it cannot be closed
        context.is_disconnect = True


def _is_read_only(error: BaseException | None) -> bool:
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF == sqlite3.SQLITE_READONLY


def _begin_sqlite(connection: Any) -> None:  # noqa: ANN401 -- SQLAlchemy's connection, sync side
    reads = connection.get_execution_options().get("huifang_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
