"""Retention: the months of the audit log, made before they come and dropped when they are too old (decision 25).

The log is partitioned on PostgreSQL by the moment that is in its ids, so that a row is unique in all months. Nothing else is: elsewhere
a key has to be unique through time (an update's number, a delivery's waybill), which no partition can see to.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, text

from domain.ids import find_first_id
from storage import installation
from storage.engine.database import Tx, lock
from storage.models import audit

MONTHS_AHEAD = 3
"""For so many months there is a partition beforehand; what finds none goes into `audit_rest`."""

PIECE_ROWS = 5000
"""Rows that SQLite deletes in one transaction; others write in between."""

_MARK = "audit kept from"
"""The least id that stays, for SQLite's trigger."""

_FREEZES = "autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_freeze_min_age = 0"
"""Nothing in a month ever changes: its pages are frozen as they fill."""

_MONTHS = text(
    "SELECT inhrelid::regclass::text, substring(pg_get_expr(relpartbound, inhrelid) FROM 'TO \\(''?(\\d+)''?\\)')::bigint AS bound "
    "FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = 'audit'::regclass ORDER BY bound"
)
_IS_IN_REST = text("SELECT EXISTS (SELECT FROM audit_rest WHERE id >= :first)")


async def make_months(tx: Tx) -> list[str]:
    """Make the partitions of the coming months, by the database's clock; which are new. SQLite has none."""
    if tx.dialect.name != "postgresql":
        return []
    await lock(tx, ["huifang partitions"])
    last = max((bound for _, bound in await _list_months(tx)), default=0)
    month = _find_month(await tx.scalar(text("SELECT now()")))
    made = []
    for _ in range(MONTHS_AHEAD + 1):
        after = _find_next(month)
        first, end = find_first_id(month), find_first_id(after)
        if first >= last and not await tx.scalar(_IS_IN_REST, {"first": first}):
            made.append(f"audit_{month:%Y_%m}")
            await _make_month(tx, made[-1], first, end)
        month = after
    return made


async def _make_month(tx: Tx, name: str, first: int, end: int) -> None:
    """Only numbers and a name of ours are in these statements."""
    span = f"FOR VALUES FROM ({first}) TO ({end}) WITH ({_FREEZES})"
    await tx.execute(text(f"CREATE TABLE {name} PARTITION OF audit {span}"))
    refuse = f"CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {name}"
    await tx.execute(text(f"{refuse} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"))


async def forget_before(tx: Tx, moment: datetime) -> bool:
    """Forget whole months that ended before this moment; whether there may be more to forget, in a transaction of its own.

    PostgreSQL drops their partitions; the first of them, of all that was before there were any, goes as a whole. SQLite deletes rows, piece by
    piece.
    """
    end = find_first_id(_find_month(moment))
    if tx.dialect.name == "postgresql":
        await lock(tx, ["huifang partitions"])
        for name, bound in await _list_months(tx):
            if bound <= end:
                await tx.execute(text(f"DROP TABLE {name}"))
        return False
    await installation.put(tx, _MARK, str(end))
    oldest = select(audit.c.id).where(audit.c.id < end).order_by(audit.c.id).limit(PIECE_ROWS)
    return (await tx.execute(delete(audit).where(audit.c.id.in_(oldest)))).rowcount == PIECE_ROWS


async def _list_months(tx: Tx) -> list[tuple[str, int]]:
    """The partitions that have an upper bound, and that bound."""
    rows = await tx.execute(_MONTHS)
    return [(name, bound) for name, bound in rows if bound is not None]


def _find_month(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _find_next(month: datetime) -> datetime:
    return (month + timedelta(days=31)).replace(day=1)
