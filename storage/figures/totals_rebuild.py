"""Rebuild of the kept totals from the raw rows, beside a running bot: one transaction per day, then the month."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, delete, func, insert, or_, select, text, update

from domain.figures.breakdown import By
from domain.figures.casework import repack_durations, unpack_durations
from domain.figures.totals import (
    DURATIONS,
    MONTH_CHARACTERS,
    Fact,
    TotalsCell,
    TotalsEntries,
    TotalsEntry,
    compute_change,
)
from storage import models
from storage.cases import deadlines as ended_deadlines
from storage.cases import handling
from storage.engine.database import Tx
from storage.figures import packed_totals, totals
from storage.models import (
    casework_totals,
    courses,
    deadline_totals,
    deadlines,
    deliveries,
    delivery_totals,
    duration_totals,
    invitations,
    rating_totals,
)

_TABLES = (delivery_totals, rating_totals, casework_totals, deadline_totals)
_LOCKED = ", ".join(table.name for table in (*_TABLES, duration_totals, models.packed_totals))


async def list_days(tx: Tx, zone: ZoneInfo) -> list[date]:
    """Every day that anything counts on, or has counted on."""
    moments: list[datetime] = []
    for column in (deliveries.c.delivered_at, invitations.c.created_at, courses.c.at, courses.c.opened_at):
        extremes = (await tx.execute(select(func.min(column), func.max(column)))).one()
        moments += [moment for moment in extremes if moment is not None]
    known = [moment.astimezone(zone).date() for moment in moments]
    packed = models.packed_totals.c
    extremes_of_keys = [
        *(
            select(func.min(table.c.day), func.max(table.c.day))
            for table in (delivery_totals, rating_totals, casework_totals)
        ),
        select(func.min(packed.day), func.max(packed.day)).where(packed.by == By.ALL.value, packed.dimension == ""),
    ]
    for statement in extremes_of_keys:
        first, last = (await tx.execute(statement)).one()
        known += [
            date.fromisoformat(one if len(one) > MONTH_CHARACTERS else f"{one}-01") for one in (first, last) if one
        ]
    if not known:
        return []
    first_day, last_day = min(known), max(known)
    days = [first_day + timedelta(days=n) for n in range((last_day - first_day).days + 1)]
    return days + await _list_later_days(tx, last_day, zone)


async def _list_later_days(tx: Tx, last: date, zone: ZoneInfo) -> list[date]:
    """The days after this one on which a deadline was due that has been kept already: measures can be planned for any day."""
    after = datetime.combine(last + timedelta(days=1), time.min, zone)
    statement = select(deadlines.c.due_at).where(deadlines.c.ended_at.is_not(None), deadlines.c.due_at >= after)
    later = {moment.astimezone(zone).date() for moment in (await tx.execute(statement)).scalars()}
    for table in (deadline_totals, models.packed_totals):
        kept = await tx.execute(select(table.c.day).where(table.c.day > last.isoformat()).distinct())
        later |= {date.fromisoformat(day) for day in kept.scalars() if len(day) > MONTH_CHARACTERS}
    return sorted(later)


async def lock_totals(tx: Tx) -> None:
    """Keep everybody else from adding to the totals until this transaction ends."""
    if tx.dialect.name == "postgresql":
        await tx.execute(text(f"LOCK TABLE {_LOCKED} IN SHARE ROW EXCLUSIVE MODE"))


async def count_day(tx: Tx, day: date, zone: ZoneInfo, anonymous: Collection[str]) -> TotalsEntries:
    """What this day's cells should hold according to the raw rows."""
    start = datetime.combine(day, time.min, zone)
    end = datetime.combine(day + timedelta(days=1), time.min, zone)
    facts: list[Fact] = [
        *[
            totals.make_delivery_fact(row)
            for row in await tx.execute(
                totals.DELIVERY_ROWS.where(_filter_moments(deliveries.c.delivered_at, start, end))
            )
        ],
        *(await _fetch_survey_facts(tx, start, end, anonymous)),
        *(await _fetch_case_facts(tx, start, end)),
    ]
    key = day.isoformat()
    counted = compute_change([(None, fact) for fact in facts], zone)
    return TotalsEntries({entry: n for entry, n in counted.items() if entry.cell.day == key})


async def rewrite_day(tx: Tx, day: date, entries: TotalsEntries) -> None:
    """Replace this day's cells by these."""
    for table in _TABLES:
        await tx.execute(delete(table).where(table.c.day == day.isoformat()))
    await packed_totals.delete_packed(tx, day.isoformat())
    wrong = await _fetch_durations(
        tx, day
    )  # the durations of a month are one row, from which only what is wrong is taken back
    await totals.add_entries(tx, TotalsEntries({**entries, **_subtract_durations(entries, wrong)}))
    await packed_totals.pack_day(tx, day.isoformat())


def _subtract_durations(entries: TotalsEntries, known: TotalsEntries) -> TotalsEntries:
    counted = TotalsEntries({entry: n for entry, n in entries.items() if entry.dimension in DURATIONS})
    counted.subtract(known)
    return counted


async def add_up_month(tx: Tx, month: str) -> None:
    """Set the month's cells to the sums of its days."""
    for table in _TABLES:
        keys = [column for column in table.primary_key if column.name != "day"]
        counts = [column for column in table.c if column.name not in table.primary_key]
        await tx.execute(delete(table).where(table.c.day == month))
        days_of = and_(table.c.day > month, table.c.day <= f"{month}-31")
        sums = [func.sum(column).label(column.name) for column in counts]
        statement = select(*keys, text(f"'{month}' AS day"), *sums).where(days_of).group_by(*keys)
        names = [column.name for column in keys] + ["day"] + [column.name for column in counts]
        await tx.execute(insert(table).from_select(names, statement))
    await packed_totals.delete_packed(tx, month)
    await packed_totals.pack_days(tx, [f"{month}-{day:02}" for day in range(1, 32)], month)


async def add_up_months(tx: Tx) -> None:
    """Add up every month from its days, where there are no months yet."""
    for table in _TABLES:
        keys = [column for column in table.primary_key if column.name != "day"]
        counts = [column for column in table.c if column.name not in table.primary_key]
        month = func.substr(table.c.day, 1, MONTH_CHARACTERS)
        sums = [func.sum(column) for column in counts]
        statement = select(*keys, month, *sums).group_by(*keys, month)
        names = [column.name for column in keys] + ["day"] + [column.name for column in counts]
        await tx.execute(insert(table).from_select(names, statement))


async def pack_month(tx: Tx, month: str) -> None:
    """Pack the month's durations anew, without what was taken back."""
    t = duration_totals.c
    for row in (await tx.execute(select(duration_totals).where(t.month == month))).all():
        packed = repack_durations(row.durations)
        if packed != row.durations:
            of_row = and_(t.by == row.by, t.month == month, t.department == row.department, t.value == row.value)
            await tx.execute(update(duration_totals).where(of_row).values(durations=packed))


async def fetch_day(tx: Tx, day: date) -> TotalsEntries:
    """What this day's cells hold now."""
    entries = await _fetch_durations(tx, day)
    entries.update(await packed_totals.fetch_packed_entries(tx, day.isoformat()))
    for table in _TABLES:
        for row in (await tx.execute(select(table).where(table.c.day == day.isoformat()))).mappings():
            for entry, count in totals.list_entries(table, dict(row)):
                entries[entry] += count
    return entries


async def _fetch_durations(tx: Tx, day: date) -> TotalsEntries:
    entries = TotalsEntries()
    for row in await tx.execute(select(duration_totals).where(duration_totals.c.month == f"{day:%Y-%m}")):
        for packed in unpack_durations(row.durations):
            if packed.day == day.day:
                cell = TotalsCell(row.by, day.isoformat(), row.department, row.value, "")
                entries[TotalsEntry(cell, f"={packed.measure}", str(packed.seconds))] += packed.times
    return entries


async def _fetch_survey_facts(tx: Tx, start: datetime, end: datetime, anonymous: Collection[str]) -> list[Fact]:
    own = and_(invitations.c.delivery.is_(None), _filter_moments(invitations.c.created_at, start, end))
    facts: list[Fact] = []
    for where in (_filter_moments(deliveries.c.delivered_at, start, end), own):
        rows = (await tx.execute(totals.SURVEY_ROWS.where(where))).all()
        facts += totals.make_survey_facts(rows, anonymous).values()
    return facts


async def _fetch_case_facts(tx: Tx, start: datetime, end: datetime) -> list[Fact]:
    where = or_(_filter_moments(courses.c.at, start, end), _filter_moments(courses.c.opened_at, start, end))
    facts: list[Fact] = [handling.make_fact(row) for row in await tx.execute(select(courses).where(where))]
    ended = ended_deadlines.COUNTED_ROWS.where(_filter_moments(deadlines.c.due_at, start, end))
    return facts + [ended_deadlines.make_fact(row) for row in await tx.execute(ended)]


def _filter_moments(column: Any, start: datetime, end: datetime) -> Any:  # noqa: ANN401 -- any column of moments
    return and_(column >= start, column < end)
