"""Rotation of the secret (`huifang rotate-key`): everything is sealed and hashed anew while the bot runs, in slices, killable at any point."""

import asyncio
from collections.abc import Callable
from time import perf_counter

from bot.settings import Settings
from storage import canary
from storage.engine.crypto import Keyring
from storage.engine.database import Database, Tx
from storage.engine.failures import check_file, explain_no_database
from storage.privacy import rotation
from storage.privacy.rotation import Resealed, SealedTable

ROUNDS = 20
"""Looks at what is left: rows that somebody held are taken in a later one."""

FREE_SHARE = 1.0
"""How many times as long as a slice took the database is left to others before the next."""

SQLITE_SLICE_SECONDS, POSTGRESQL_SLICE_SECONDS = 0.02, 0.2
"""Seconds that a slice should take: SQLite has one writer, whom everybody's press waits for; PostgreSQL locks the slice's rows alone."""


class RotationError(Exception):
    """The secret cannot be rotated now; the message says what to do."""


async def rotate_key(settings: Settings, tell: Callable[[str], None]) -> list[str]:
    """Seal everything anew with the first secret; lines that say what became of it.

    Raises:
        RotationError: before anything is written, if no process writes with the new secret yet; or at the end, if one writes with an old one.
    """
    check_file(settings.database)
    keyring = Keyring(settings.secrets)
    database = Database(settings.address, keyring)
    try:
        with explain_no_database(settings.database):
            revision = await canary.find_state(database)
        if revision is None:
            raise RotationError("the database is empty: the first `huifang run` seals with whatever secret is there")
        async with database.read() as tx:
            if not await canary.has_written(tx, keyring):
                raise RotationError(
                    "nothing has started with this first secret yet: set HUIFANG_SECRET=NEW,OLD for the bot and every replica and "
                    "start them again (`huifang migrate` where none is running), then rotate"
                )
        with explain_no_database(settings.database):
            await canary.prepare(database)
        begun = perf_counter()
        done = await _reseal_everything(database, tell)
        async with database.begin() as tx:
            await rotation.reseal_facts(tx)
            await canary.forget_older(tx, keyring)
    finally:
        await database.close()
    seconds = perf_counter() - begun
    return _describe(settings, done, seconds)


async def _reseal_everything(database: Database, tell: Callable[[str], None]) -> int:
    """Round by round until nothing is left; how many rows."""
    done = 0
    for _ in range(ROUNDS):
        before = done
        unreadable = 0
        for table in rotation.list_sealed_tables():
            result = await _reseal_table(database, table)
            done, unreadable = done + result.rows, unreadable + result.unreadable
            if result.rows:
                tell(f"{table.name}: {result.rows} rows sealed anew")
        if unreadable:
            raise RotationError(
                f"{unreadable} rows do not open with any of these secrets: keep the old one, and see `huifang check`"
            )
        async with database.read() as tx:
            left = await rotation.count_old(tx)
        if not left:
            return done
        if done == before:
            await asyncio.sleep(1.0)
    said = ", ".join(f"{table}: {rows}" for table, rows in left.items())
    raise RotationError(
        f"something still writes with an old secret ({said}): restart every process with NEW,OLD, then rotate again"
    )


async def _reseal_table(database: Database, table: SealedTable) -> Resealed:
    """All rows of a table that are there now, in slices as long as the time of those before allows."""
    rows = unreadable = 0
    last, width = None, rotation.SLICE_ROWS
    most = SQLITE_SLICE_SECONDS if database.is_sqlite else POSTGRESQL_SLICE_SECONDS
    while True:
        seconds, result = await _reseal_slice(database, table, last, width)
        rows, unreadable = rows + result.rows, unreadable + result.unreadable
        if result.last is None:
            return Resealed(None, rows, unreadable)
        last = result.last
        width = max(width // 2, 10) if seconds > most else min(width + 50, 1000)
        await asyncio.sleep(seconds * FREE_SHARE)


async def _reseal_slice(
    database: Database, table: SealedTable, last: tuple[object, ...] | None, width: int
) -> tuple[float, Resealed]:
    begun = perf_counter()

    async def work(tx: Tx) -> Resealed:
        nonlocal begun
        begun = perf_counter()
        return await rotation.reseal_slice(tx, table, last, width)

    result = await database.transact(work)
    return perf_counter() - begun, result


def _describe(settings: Settings, done: int, seconds: float) -> list[str]:
    lines = [f"{done} rows sealed anew in {seconds:.1f} s; everything opens with the first secret alone"]
    if len(settings.secrets) == 1:
        return lines
    return [
        *lines,
        "the older secrets can be removed from HUIFANG_SECRET; restart every process then",
        "links printed before the first secret was put there need the older one: keep it for link_days from that day, unless others know it",
        "a backup made before this is opened with the older secrets: keep them with it",
    ]
