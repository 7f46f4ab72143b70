"""Faults of the database: a PostgreSQL killed, restarted, frozen, its answers lost; disks full, files locked, servers read-only."""

import asyncio
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import asyncpg
from sqlalchemy.engine import make_url

from tests.harness.databases import END_CONNECTIONS
from tests.harness.fault_arena import Arena, NotStruckError, locate_file

COMMITS_LOST = (1, 2, 3, 5, 7)
LOSING_SECONDS = 0.5
WRITABLE, READ_ONLY = 2, 3
WRITE_VERSION = 18
"""Where an SQLite file says by which version of its format it may be written; a program that does not know that version only reads."""

SET_VERSION = "import os, sys; file = os.open(sys.argv[1], os.O_RDWR); os.pwrite(file, bytes([int(sys.argv[2])]), int(sys.argv[3]))"
"""In a process of its own: one that closes an SQLite file loses all locks that it has on it."""


async def kill_postgres(arena: Arena, chance: random.Random) -> None:
    assert arena.postgres is not None
    began = time.time()
    await arena.postgres.kill()
    await asyncio.sleep(chance.uniform(0, 2))
    await arena.postgres.start()
    arena.take_over(began)


async def restart_postgres(arena: Arena, _chance: random.Random) -> None:
    assert arena.postgres is not None
    began = time.time()
    await arena.postgres.restart()
    arena.take_over(began)


async def freeze_postgres(arena: Arena, chance: random.Random) -> None:
    assert arena.postgres is not None
    began = time.time()
    arena.postgres.send(signal.SIGSTOP)
    await asyncio.sleep(chance.uniform(1, 7))
    arena.postgres.send(signal.SIGCONT)
    arena.take_over(began)


async def end_connections(arena: Arena, _chance: random.Random) -> None:
    """As an operator does, or a server that is short of them: every connection to the database is ended, the one of the lease, too."""
    began = time.time()
    ender = await asyncpg.connect(_plain_url(arena))
    try:
        await ender.execute(END_CONNECTIONS)
    finally:
        await ender.close()
    arena.take_over(began)


async def kill_pgbouncer(arena: Arena, chance: random.Random) -> None:
    """The pooler gets SIGKILL and is started again: whatever was under way is rolled back, or committed without an answer."""
    assert arena.pooler is not None
    await arena.pooler.kill()
    await asyncio.sleep(chance.uniform(0, 0.5))
    await arena.pooler.start()


async def lose_commits(arena: Arena, chance: random.Random) -> None:
    """For half a second every COMMIT, or every second, third, … takes effect and is never answered."""
    assert arena.proxy is not None
    began, before = time.time(), arena.proxy.lost
    arena.proxy.lose_every = chance.choice(COMMITS_LOST)
    await asyncio.sleep(LOSING_SECONDS)
    arena.proxy.lose_every = 0
    arena.take_over(began)
    if arena.proxy.lost == before:
        raise NotStruckError


async def lose_answers(arena: Arena, chance: random.Random) -> None:
    """The connection is cut while the server answers a statement, whichever it is: the next one, or the 20th from now."""
    assert arena.proxy is not None
    began, before = time.time(), arena.proxy.cut
    arena.proxy.cut_in = chance.randrange(1, 20)
    await asyncio.sleep(LOSING_SECONDS)
    arena.proxy.cut_in = 0
    arena.take_over(began)
    if arena.proxy.cut == before:
        raise NotStruckError


async def fill_the_disk(arena: Arena, chance: random.Random) -> None:
    """No file of the database grows any more: a quota on the processes that write it stands for the full disk."""
    began = time.time()
    _limit_files(arena, 4096)
    await asyncio.sleep(chance.uniform(0.5, 3))
    _limit_files(arena, resource.RLIM_INFINITY)
    arena.take_over(began)


def _limit_files(arena: Arena, size: int) -> None:
    writers = arena.postgres.processes() if arena.postgres is not None else []
    pids = [process.pid for process in writers] or [bot.pid for bot in arena.bots if bot.alive]
    for pid in pids:
        with suppress(ProcessLookupError, PermissionError):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


async def lock_the_database(arena: Arena, chance: random.Random) -> None:
    """Another program holds the file, or the tables that every event is written to."""
    seconds = chance.uniform(1, 7)
    began = time.time()
    if arena.postgres is None:
        with closing(sqlite3.connect(locate_file(arena.database), isolation_level=None, timeout=10)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(seconds)
            connection.execute("ROLLBACK")
    else:
        locker = await asyncpg.connect(_plain_url(arena))
        try:
            async with locker.transaction():
                await locker.execute("LOCK TABLE inbox, outbox IN ACCESS EXCLUSIVE MODE")
                await asyncio.sleep(seconds)
        finally:
            await locker.close()
    arena.take_over(began)


async def make_read_only(arena: Arena, chance: random.Random) -> None:
    """As a server that has become a standby, or a file that may no longer be written."""
    began, seconds = time.time(), chance.uniform(1, 4)
    if arena.postgres is None:
        await asyncio.to_thread(set_write_version, Path(locate_file(arena.database)), READ_ONLY)
        try:
            await asyncio.sleep(seconds)
        finally:
            await asyncio.to_thread(set_write_version, Path(locate_file(arena.database)), WRITABLE)
    else:
        await arena.postgres.set_read_only(is_wanted=True)
        await asyncio.sleep(seconds)
        await arena.postgres.set_read_only(is_wanted=False)
    arena.take_over(began)


def set_write_version(file: Path, version: int) -> None:
    """Make an SQLite file read-only for everybody who has it open, or writable again for those who open it anew."""
    with closing(sqlite3.connect(file, isolation_level=None, timeout=5)) as connection:
        for _ in range(200):
            if version == WRITABLE:
                break  # nobody can have written since
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("BEGIN IMMEDIATE")
            if not file.with_name(f"{file.name}-wal").stat().st_size:  # the first page is read from the file itself
                break
            connection.execute("ROLLBACK")
            time.sleep(0.01)
        else:
            raise NotStruckError
        command = [sys.executable, "-c", SET_VERSION, str(file), str(version), str(WRITE_VERSION)]
        subprocess.run(command, check=True)
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _plain_url(arena: Arena) -> str:
    return make_url(arena.database.url).set(drivername="postgresql").render_as_string(hide_password=False)
