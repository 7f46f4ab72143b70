"""Audit log: who changed what, when, from what to what. Written and read, never edited (triggers refuse it).

On PostgreSQL it is partitioned by month; how the oldest months go is in `storage.retention`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.engine.bulk import BulkStatement
from storage.engine.database import Tx, insert
from storage.models import audit


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """`actor` is a person's id, None for the clock or another system; `subject` is a kind and an id, such as `case:17` or `person:4`."""

    id: int
    at: datetime
    actor: int | None
    what: str
    subject: str
    before: str | None = None
    after: str | None = None


_WRITE = BulkStatement.into(lambda tx: insert(tx, audit), audit.c)


async def write_entries(tx: Tx, changes: Sequence[AuditEntry]) -> None:
    await _WRITE.execute(tx, [(c.id, c.at, c.actor, c.what, c.subject, c.before, c.after) for c in changes])


async def list_entries(tx: Tx, subject: str) -> list[AuditEntry]:
    columns = (audit.c.id, audit.c.at, audit.c.actor, audit.c.what, audit.c.subject, audit.c.before, audit.c.after)
    rows = await tx.execute(select(*columns).where(audit.c.subject == subject).order_by(audit.c.id))
    return [AuditEntry(*row) for row in rows]
