"""Inbox (idempotent consumer): every update is handled exactly once, and what cannot be handled is parked where people see it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import BindParameter, Integer, bindparam, delete, func, select, text, tuple_, update

from storage.engine.bulk import among
from storage.engine.columns import spell
from storage.engine.database import Tx, upsert
from storage.models import inbox

ATTEMPTS_LIMIT = 5
"""An event is parked after this many failures."""

TIMER = "timer"
"""The source of timers that failed: the inbox counts their attempts, and shows those that failed five times."""

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


_DONE = inbox.c.state == spell("done")
_IS_PARKED = inbox.c.state == "parked"
_OPEN = inbox.c.state != spell("done")
"""The few events that wait or are parked, among all that were ever done: the condition of their index."""

PIECE_ROWS = 5000
"""Keys that are forgotten in one transaction; others write in between."""

_NOW: BindParameter[datetime] = bindparam("now", type_=inbox.c.received_at.type)
_RECORD = {
    "sqlite": text(
        "INSERT INTO inbox (source, key, lane, state, attempts, received_at) "
        "SELECT value ->> 0, value ->> 1, '', 'done', 0, :now FROM json_each(:keys) WHERE true "
        "ON CONFLICT DO NOTHING RETURNING source, key"
    ).bindparams(_NOW),
    "postgresql": text(
        "INSERT INTO inbox (source, key, lane, state, attempts, received_at) "
        "SELECT value ->> 0, value ->> 1, '', 'done', 0, :now FROM jsonb_array_elements(CAST(:keys AS jsonb)) "
        "ON CONFLICT DO NOTHING RETURNING source, key"
    ).bindparams(_NOW),
}


async def record(tx: Tx, arrived: Sequence[RawEvent], now: datetime) -> set[tuple[str, str]]:
    """Write down the keys; returns those that were not known before."""
    keys = msgspec.json.encode([(one.source, one.key) for one in arrived]).decode()
    rows = await tx.execute(_RECORD[tx.dialect.name], {"keys": keys, "now": now})
    return {(source, key) for source, key in rows}


async def record_failure(tx: Tx, event: RawEvent, lane: str, error: str, now: datetime) -> bool:
    """Count a failed attempt at an event; True if it was the last one and the event is now parked.

    A key that is done stays done: its effects are committed, even if the answer to that COMMIT never came. A process that commits the same
    key in this moment is waited for (`record`), because a row that is not committed cannot be seen, and would be overwritten.
    """
    fresh = bool(await record(tx, [event], now))
    where = (inbox.c.source == event.source, inbox.c.key == event.key)
    known = (await tx.execute(select(inbox.c.state, inbox.c.attempts).where(*where).with_for_update())).first()
    if known is not None and known.state == "done" and not fresh:
        return False
    attempts = (known.attempts if known is not None else 0) + 1
    parked = attempts >= ATTEMPTS_LIMIT
    await _keep(tx, event, lane, state="parked" if parked else "waiting", attempts=attempts, error=error, now=now)
    return parked


async def park(tx: Tx, event: RawEvent, error: str, now: datetime) -> bool:
    """Set an event aside that nobody can read; True unless it is known already."""
    fresh = bool(await record(tx, [event], now))
    if fresh:
        await _keep(tx, event, "", state="parked", attempts=ATTEMPTS_LIMIT, error=error, now=now)
    return fresh


async def hold_back(tx: Tx, behind: Sequence[tuple[RawEvent, str]], now: datetime) -> None:
    """Keep these events (with their lanes) until the one that waits before them in their lane has been handled or parked."""
    for event, lane in behind:
        await _keep(tx, event, lane, state="waiting", attempts=0, error=None, now=now)


async def _keep(
    tx: Tx, event: RawEvent, lane: str, *, state: str, attempts: int, error: str | None, now: datetime
) -> None:
    row = {
        "source": event.source,
        "key": event.key,
        "lane": lane,
        "state": state,
        "attempts": attempts,
        # a timer has none: it is tried by its own row
        "payload": event.payload.decode("utf-8", "surrogateescape") or None,
        "error": error,
        "received_at": now,
    }
    await tx.execute(upsert(tx, inbox, "received_at"), row)


_WAITING = select(inbox.c.lane, inbox.c.key).where(_OPEN, inbox.c.state == "waiting", inbox.c.lane != "")


async def list_first_waiting(tx: Tx) -> dict[str, tuple[int, str]]:
    """Of each lane with waiting events: where the first of them stands (see `order_of`)."""
    rows = await tx.execute(_WAITING)
    first: dict[str, tuple[int, str]] = {}
    for lane, key in rows:
        first[lane] = min(first.get(lane, order_of(key)), order_of(key))
    return first


def order_of(key: str) -> tuple[int, str]:
    """The order in which events came: Telegram counts its updates, and a longer number is a later one."""
    return len(key), key


_TO_BE_TRIED = (
    select(inbox.c.source, inbox.c.key, inbox.c.payload)
    .where(_OPEN, inbox.c.state == "waiting", inbox.c.payload.is_not(None))
    .order_by(func.length(inbox.c.key), inbox.c.key)
    .limit(bindparam("most", type_=Integer))
)


async def list_waiting(tx: Tx, limit: int = 100) -> list[RawEvent]:
    """Events to be tried again, in the order in which they came; timers have rows of their own."""
    rows = await tx.execute(_TO_BE_TRIED, {"most": limit})
    return [RawEvent(source, key, payload.encode("utf-8", "surrogateescape")) for source, key, payload in rows]


async def list_parked(tx: Tx) -> list[ParkedEvent]:
    columns = (inbox.c.source, inbox.c.key, inbox.c.error, inbox.c.received_at)
    rows = await tx.execute(select(*columns).where(_OPEN, inbox.c.state == "parked").order_by(inbox.c.received_at))
    return [ParkedEvent(*row) for row in rows]


async def claim(tx: Tx, event: RawEvent) -> bool:
    """Take up a waiting event again; False if another process has."""
    where = (inbox.c.source == event.source, inbox.c.key == event.key, inbox.c.state == "waiting")
    values = {"state": "done", "payload": None, "error": None}
    return (await tx.execute(update(inbox).where(*where).values(**values))).rowcount == 1


async def forget_attempts(tx: Tx, timers: Sequence[str]) -> None:
    """These timers (by their keys) have done their work: what failed before no longer counts."""
    await tx.execute(delete(inbox).where(inbox.c.source == TIMER, among(tx, inbox.c.key, timers)))


async def replay(tx: Tx, chosen: Collection[tuple[str, str]] | None = None) -> list[tuple[str, str]]:
    """Give these parked events five more attempts, or all of them; which are tried again.

    Those that were parked before them in their lanes go with them: a lane keeps its order. Timers (`TIMER`) are tried by rows of their own.
    """
    parked = (await tx.execute(select(inbox.c.source, inbox.c.key, inbox.c.lane).where(_OPEN, _IS_PARKED))).all()
    named = [row for row in parked if chosen is None or (row.source, row.key) in chosen]
    last: dict[str, tuple[int, str]] = {}
    for row in named:
        last[row.lane] = max(last.get(row.lane, order_of(row.key)), order_of(row.key))
    before = [row for row in parked if row.lane and row.lane in last and order_of(row.key) < last[row.lane]]
    again = {(row.source, row.key) for row in (*named, *before)}
    for source in {source for source, _ in again}:
        keys = among(tx, inbox.c.key, [key for its, key in again if its == source])
        where = (_OPEN, _IS_PARKED, inbox.c.source == source, keys)
        await tx.execute(update(inbox).where(*where).values(state="waiting", attempts=0))
    return sorted(again)


async def sweep(tx: Tx, now: datetime) -> bool:
    """Forget keys that are too old to come again; whether there may be more of them."""
    old = select(inbox.c.source, inbox.c.key).where(_DONE, inbox.c.received_at < now - KEY_LIFETIME).limit(PIECE_ROWS)
    return (await tx.execute(delete(inbox).where(tuple_(inbox.c.source, inbox.c.key).in_(old)))).rowcount == PIECE_ROWS


async def count(tx: Tx, state: str) -> int:
    where = (_DONE,) if state == "done" else (_OPEN, inbox.c.state == state)
    return await tx.scalar(select(func.count()).select_from(inbox).where(*where)) or 0
