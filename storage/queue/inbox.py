"""Inbox (idempotent consumer): every update is handled exactly once, and what cannot be handled is parked where people see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import bindparam, delete, func, select, text, update

from storage.engine.database import Tx, upsert
from storage.models import inbox

ATTEMPTS_LIMIT = 5
"""An event is parked after this many failures."""

KEY_LIFETIME = timedelta(days=3)
"""Telegram keeps an undelivered update for 24 hours at most (Bot API); keys are kept three times as long."""


@dataclass(frozen=True, slots=True)
class RawEvent:
    """One raw event as it came in; `key` is unique within its source."""

    source: str
    key: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class ParkedEvent:
    """An event that failed five times."""

    source: str
    key: str
    error: str
    received_at: datetime


_RECORD = {
    "sqlite": text(
        "INSERT INTO inbox (source, key, lane, state, attempts, received_at) "
        "SELECT value ->> 0, value ->> 1, '', 'done', 0, :now FROM json_each(:keys) WHERE true "
        "ON CONFLICT DO NOTHING RETURNING source, key"
    ),
    "postgresql": text(
        "INSERT INTO inbox (source, key, lane, state, attempts, received_at) "
        "SELECT value ->> 0, value ->> 1, '', 'done', 0, :now FROM jsonb_array_elements(CAST(:keys AS jsonb)) "
        "ON CONFLICT DO NOTHING RETURNING source, key"
    ),
}


async def record(tx: Tx, arrived: Sequence[RawEvent], now: datetime) -> set[tuple[str, str]]:
    """Write down the keys; returns those that were not known before."""
    keys = msgspec.json.encode([(one.source, one.key) for one in arrived]).decode()
    statement = _RECORD[tx.dialect.name].bindparams(bindparam("now", now, type_=inbox.c.received_at.type))
    return {(source, key) for source, key in await tx.execute(statement, {"keys": keys})}


async def record_failure(tx: Tx, event: RawEvent, lane: str, error: str, now: datetime) -> bool:
    """Count a failed attempt at an event; True if it was the last one and the event is now parked."""
    attempts = await tx.scalar(select(inbox.c.attempts).where(inbox.c.source == event.source, inbox.c.key == event.key))
    attempts = (attempts or 0) + 1
    parked = attempts >= ATTEMPTS_LIMIT
    row = {
        "source": event.source,
        "key": event.key,
        "lane": lane,
        "state": "parked" if parked else "waiting",
        "attempts": attempts,
        "payload": event.payload.decode("utf-8", "surrogateescape")
        or None,  # a timer has none: it is tried by its own row
        "error": error,
        "received_at": now,
    }
    await tx.execute(upsert(tx, inbox, "received_at"), row)
    return parked


async def list_waiting(tx: Tx, limit: int = 100) -> list[RawEvent]:
    """Events that failed and will be tried again."""
    return await _list_events(tx, "waiting", limit)


async def list_parked(tx: Tx) -> list[ParkedEvent]:
    columns = (inbox.c.source, inbox.c.key, inbox.c.error, inbox.c.received_at)
    rows = await tx.execute(select(*columns).where(inbox.c.state == "parked").order_by(inbox.c.received_at))
    return [ParkedEvent(*row) for row in rows]


async def claim(tx: Tx, event: RawEvent) -> bool:
    """Take up a waiting event again; False if another process has."""
    where = (inbox.c.source == event.source, inbox.c.key == event.key, inbox.c.state == "waiting")
    values = {"state": "done", "payload": None, "error": None}
    return (await tx.execute(update(inbox).where(*where).values(**values))).rowcount == 1


async def replay(tx: Tx) -> int:
    """Give every parked event five more attempts."""
    result = await tx.execute(update(inbox).where(inbox.c.state == "parked").values(state="waiting", attempts=0))
    return result.rowcount


async def sweep(tx: Tx, now: datetime) -> None:
    await tx.execute(delete(inbox).where(inbox.c.state == "done", inbox.c.received_at < now - KEY_LIFETIME))


async def count(tx: Tx, state: str) -> int:
    return await tx.scalar(select(func.count()).select_from(inbox).where(inbox.c.state == state)) or 0


async def _list_events(tx: Tx, state: str, limit: int) -> list[RawEvent]:
    columns = (inbox.c.source, inbox.c.key, inbox.c.payload)
    statement = select(*columns).where(inbox.c.state == state, inbox.c.payload.is_not(None))
    rows = await tx.execute(statement.order_by(inbox.c.received_at, inbox.c.key).limit(limit))
    return [RawEvent(source, key, payload.encode("utf-8", "surrogateescape")) for source, key, payload in rows]
