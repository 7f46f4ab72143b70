"""What the database says of itself for /metrics, in one consistent view."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.cases.evidence import EvidenceState
from storage.backup import record
from storage.cases import deadlines, evidence
from storage.engine.database import Database
from storage.queue import inbox, outbox, readings, timers
from storage.queue.outbox import Priority


@dataclass(frozen=True, slots=True)
class RowsReading:
    """What the database says, at a moment of the bot's clock."""

    now: datetime
    engine: str
    backlog: Mapping[str, int] = field(default_factory=dict)
    oldest: Mapping[Priority, datetime] = field(default_factory=dict)
    parked: int = 0
    waiting_lanes: int = 0
    overdue: int = 0
    next_timer: datetime | None = None
    last_backup: datetime | None = None
    backup_fails: bool = False
    missing_files: Mapping[EvidenceState, int] = field(default_factory=dict)


async def read_rows(database: Database, now: datetime) -> RowsReading:
    """A few counts, each by an index that holds little more than what is counted."""
    async with database.read() as tx:
        last, trouble = await record.fetch_last(tx), await record.fetch_trouble(tx)
        return RowsReading(
            now,
            "sqlite" if database.is_sqlite else "postgresql",
            backlog=await outbox.count_backlog(tx),
            oldest=await readings.list_oldest_owed(tx),
            parked=await inbox.count(tx, "parked"),
            waiting_lanes=await readings.count_waiting_lanes(tx),
            overdue=await deadlines.count_overdue(tx, now),
            next_timer=await timers.find_next_due(tx),
            last_backup=last.at if last is not None else None,
            backup_fails=trouble is not None,
            missing_files=await evidence.count_missing(tx),
        )
