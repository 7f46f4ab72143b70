"""Durable timers, kept as rows: after an outage of any length each fires late rather than never, and never twice.

A timer is claimed by deleting it in the transaction that does its work.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Integer, String, bindparam, delete, func, select, text, update

from storage.engine.bulk import BulkStatement, among
from storage.engine.database import Tx, upsert
from storage.models import timers


@dataclass(frozen=True, slots=True)
class Timer:
    """Something to do at a moment; `subject` names what it is about. One timer per kind and subject."""

    kind: str
    subject: str
    due_at: datetime


KEY_LENGTH = 64
"""Characters of a timer's key in the inbox."""

_SET = BulkStatement.into(lambda tx: upsert(tx, timers), timers.c)
_CANCEL = BulkStatement(
    lambda _tx: delete(timers).where(timers.c.kind == bindparam("k"), timers.c.subject == bindparam("s")),
    {"k": timers.c.kind.type, "s": timers.c.subject.type},
)


async def set_all(tx: Tx, new: Sequence[Timer]) -> None:
    """Set these timers; an existing one of the same kind and subject is moved."""
    await _SET.execute(tx, [(t.kind, t.subject, t.due_at) for t in new])


async def cancel(tx: Tx, keys: Sequence[tuple[str, str]]) -> None:
    await _CANCEL.execute(tx, keys)


_DUE = (
    select(timers.c.kind, timers.c.subject, timers.c.due_at)
    .where(timers.c.due_at <= bindparam("now"))
    .order_by(timers.c.due_at)
    .limit(bindparam("most", type_=Integer))
)
_NEXT_DUE = select(timers.c.due_at).order_by(timers.c.due_at).limit(1)


async def list_due(tx: Tx, now: datetime, limit: int = 500) -> list[Timer]:
    """What is due, earliest first. Only looks; see `claim`."""
    rows = await tx.execute(_DUE, {"now": now, "most": limit})
    return [Timer(*row) for row in rows]


async def claim(tx: Tx, timer: Timer) -> bool:
    """Take this timer; False if somebody else has, or if it was moved or cancelled."""
    where = (timers.c.kind == timer.kind, timers.c.subject == timer.subject, timers.c.due_at == timer.due_at)
    return (await tx.execute(delete(timers).where(*where))).rowcount == 1


_CLAIM = {
    "sqlite": text(
        "DELETE FROM timers WHERE due_at <= :now AND (kind, subject) IN "
        "(SELECT value ->> 0, value ->> 1 FROM json_each(:keys)) RETURNING kind, subject"
    ),
    "postgresql": text(
        "DELETE FROM timers WHERE (kind, subject) IN (SELECT kind, subject FROM timers WHERE due_at <= :now AND (kind, subject) IN "
        "(SELECT value ->> 0, value ->> 1 FROM jsonb_array_elements(CAST(:keys AS jsonb))) FOR UPDATE SKIP LOCKED) RETURNING kind, subject"
    ),
}


async def claim_all(tx: Tx, wanted: Sequence[Timer], now: datetime) -> list[Timer]:
    """Take those of these timers that are still set and due, in the order given; those another replica is taking are left to it."""
    keys = msgspec.json.encode([(one.kind, one.subject) for one in wanted]).decode()
    statement = _CLAIM[tx.dialect.name].bindparams(bindparam("now", now, type_=timers.c.due_at.type))
    taken = {(kind, subject) for kind, subject in await tx.execute(statement, {"keys": keys})}
    return [one for one in wanted if (one.kind, one.subject) in taken]


async def hasten(tx: Tx, keys: Sequence[str], now: datetime) -> None:
    """Make these timers due, by their keys as the inbox shows them (`kind:subject`, 64 characters); one that is gone is set again."""
    named = func.substr(timers.c.kind + ":" + timers.c.subject, 1, KEY_LENGTH, type_=String)
    known = set((await tx.execute(select(named).where(among(tx, named, keys)))).scalars())
    await tx.execute(update(timers).where(among(tx, named, keys)).values(due_at=now))
    lost = [key.split(":", 1) for key in keys if key not in known and len(key) < KEY_LENGTH]
    await set_all(tx, [Timer(kind, subject, now) for kind, subject in lost])


async def is_set(tx: Tx, kind: str, subject: str) -> bool:
    statement = select(timers.c.kind).where(timers.c.kind == kind, timers.c.subject == subject)
    return await tx.scalar(statement) is not None


async def has_kind(tx: Tx, kind: str) -> bool:
    """Whether any timer of this kind is set."""
    return await tx.scalar(select(timers.c.kind).where(timers.c.kind == kind).limit(1)) is not None


async def find_due_at(tx: Tx, kind: str, subject: str) -> datetime | None:
    """When this timer is due, None if it is not set."""
    return await tx.scalar(select(timers.c.due_at).where(timers.c.kind == kind, timers.c.subject == subject))


async def find_next_due(tx: Tx) -> datetime | None:
    return await tx.scalar(_NEXT_DUE)
