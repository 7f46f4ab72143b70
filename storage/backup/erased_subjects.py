"""Erased subjects whose keys still have to be destroyed in the backups: noted in the transaction that erases, gone when it is done."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from storage.engine.bulk import among
from storage.engine.database import Tx, upsert
from storage.models import erased_subjects


async def note(tx: Tx, subjects: Collection[str], now: datetime) -> None:
    """Have the keys of these subjects destroyed."""
    rows = [{"subject": subject, "at": now} for subject in sorted(subjects)]
    if rows:
        await tx.execute(upsert(tx, erased_subjects), rows)


async def fetch_noted(tx: Tx, limit: int) -> dict[str, datetime]:
    """Some of what is to be done: subjects, and when they were erased."""
    rows = await tx.execute(select(erased_subjects).order_by(erased_subjects.c.at).limit(limit))
    return {row.subject: row.at for row in rows}


async def end(tx: Tx, subjects: Collection[str]) -> None:
    """It is done for these subjects: from here on nothing says who they were."""
    await tx.execute(delete(erased_subjects).where(among(tx, erased_subjects.c.subject, subjects)))
