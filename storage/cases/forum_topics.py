"""Forum topics of cases: which topic of a group belongs to which case. A convenience that may disappear at any time."""

from sqlalchemy import delete, select

from storage.engine.database import Tx, upsert
from storage.models import cases, topics


async def find(tx: Tx, chat: int, case: int) -> int | None:
    """The topic's thread number, None if the case has no topic there."""
    where = (topics.c.chat_id == chat, topics.c.case == case)
    thread: int | None = await tx.scalar(select(topics.c.thread_id).where(*where))
    return thread


async def put(tx: Tx, chat: int, case: int, thread: int) -> None:
    await tx.execute(upsert(tx, topics), {"chat_id": chat, "case": case, "thread_id": thread})


async def drop(tx: Tx, chat: int, case: int) -> None:
    await tx.execute(delete(topics).where(topics.c.chat_id == chat, topics.c.case == case))


async def fetch_title(tx: Tx, case: int) -> str:
    """The title of a case's topic: the case number."""
    return str(await tx.scalar(select(cases.c.number).where(cases.c.id == case)) or case)
