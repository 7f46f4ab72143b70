"""Key-value store of facts about the installation itself: the bot's name, the first manager's code, the sequence of case numbers."""

from sqlalchemy import delete, select

from storage.engine.database import Tx, insert, upsert
from storage.models import counters, meta


async def get(tx: Tx, key: str) -> str | None:
    return await tx.scalar(select(meta.c.value).where(meta.c.key == key))


async def put(tx: Tx, key: str, value: str) -> None:
    await tx.execute(upsert(tx, meta), {"key": key, "value": value})


async def take(tx: Tx, key: str, value: str) -> bool:
    """Remove this fact if it has this value. True for the one caller that removed it."""
    return (await tx.execute(delete(meta).where(meta.c.key == key, meta.c.value == value))).rowcount == 1


async def next_number(tx: Tx, name: str) -> int:
    """The next number of a sequence, starting at 1; the row lock keeps two transactions from getting the same one."""
    statement = insert(tx, counters).values(name=name, value=1)
    statement = statement.on_conflict_do_update(index_elements=["name"], set_={"value": counters.c.value + 1})
    return int(await tx.scalar(statement.returning(counters.c.value)) or 1)
