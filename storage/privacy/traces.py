"""What an erasure leaves in the database's files: old versions of rows and pages, until the files are cleaned.

1. That there is something to clean is a mark, written by the transaction that erases: a process that is killed leaves it to the next.
2. SQLite overwrites freed space by itself (`secure_delete`); what remains is its WAL file, which is copied back and cut to nothing.
   PostgreSQL keeps the old rows until VACUUM; its own WAL, and archives of it, are the operator's (docs/erasing.md).
"""

from datetime import datetime

from sqlalchemy import text

from storage import installation
from storage.engine.database import Database, Tx
from storage.privacy.ownership import OWNERSHIP, Treatment

MARK = "erased, to be cleaned"

TABLES = tuple(name for name, owned in OWNERSHIP.items() if owned.treatment is not Treatment.STAYS)


async def leave_mark(tx: Tx, now: datetime) -> None:
    """This transaction erases something."""
    await installation.put(tx, MARK, now.isoformat())


async def clean(database: Database) -> bool:
    """Clean, if anything was erased since the last time; False where somebody still reads what was there before: try again later."""
    async with database.read() as tx:
        marked = await installation.get(tx, MARK)
    if marked is None:
        return True
    if not (await _cut_wal(database) if database.is_sqlite else await _vacuum(database)):
        return False
    async with database.begin() as tx:
        await installation.take(tx, MARK, marked)
    return True


async def _cut_wal(database: Database) -> bool:
    connection = await database.connect_directly()
    try:
        busy, *_ = (await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))).one()
    finally:
        await connection.close()
    return not busy


async def _vacuum(database: Database) -> bool:
    connection = await database.connect_directly()
    try:
        for table in TABLES:
            await connection.execute(text(f"VACUUM {table}"))
    finally:
        await connection.close()
    return True
