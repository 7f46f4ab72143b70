"""The log of every change: who, when, what, before, after. Written, read, never edited (triggers refuse it)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.engine.bulk import Many
from storage.engine.database import Tx, insert
from storage.models import audit


@dataclass(frozen=True, slots=True)
class Change:
    """`actor` is a person's id, None for the clock or another system; `subject` is like `case:17` or `person:4`."""

    id: int
    at: datetime
    actor: int | None
    what: str
    subject: str
    before: str | None = None
    after: str | None = None


_WRITE = Many.into(lambda tx: insert(tx, audit), audit.c)


async def write(tx: Tx, changes: Sequence[Change]) -> None:
    await _WRITE.execute(tx, [(c.id, c.at, c.actor, c.what, c.subject, c.before, c.after) for c in changes])


async def of(tx: Tx, subject: str) -> list[Change]:
    columns = (audit.c.id, audit.c.at, audit.c.actor, audit.c.what, audit.c.subject, audit.c.before, audit.c.after)
    rows = await tx.execute(select(*columns).where(audit.c.subject == subject).order_by(audit.c.id))
    return [Change(*row) for row in rows]
