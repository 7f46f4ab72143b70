"""Rebuild of the kept totals from the raw rows, beside a running bot: one transaction per day, then the month."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, delete, func, insert, or_, select, text

from domain.cases.handling import Outcome
from domain.deliveries.delivery import PLACE
from domain.figures.totals import CaseFact, Fact, FactPlace, TotalsEntries, compute_change
from storage.engine.database import Tx
from storage.figures import totals
from storage.models import courses, deliveries, delivery_totals, invitations, rating_totals

_TABLES = (delivery_totals, rating_totals)
_MONTH_CHARACTERS = len("2026-11")


async def list_days(tx: Tx, zone: ZoneInfo) -> list[date]:
    """Every day that anything counts on, or has counted on."""
    moments: list[datetime] = []
    for column in (deliveries.c.delivered_at, invitations.c.created_at, courses.c.at, courses.c.opened_at):
        extremes = (await tx.execute(select(func.min(column), func.max(column)))).one()
        moments += [moment for moment in extremes if moment is not None]
    known = [moment.astimezone(zone).date() for moment in moments]
    for table in _TABLES:
        first, last = (await tx.execute(select(func.min(table.c.day), func.max(table.c.day)))).one()
        known += [
            date.fromisoformat(one if len(one) > _MONTH_CHARACTERS else f"{one}-01") for one in (first, last) if one
        ]
    if not known:
        return []
    first_day, last_day = min(known), max(known)
    return [first_day + timedelta(days=n) for n in range((last_day - first_day).days + 1)]


async def lock_totals(tx: Tx) -> None:
    """Keep everybody else from adding to the totals until this transaction ends."""
    if tx.dialect.name == "postgresql":
        await tx.execute(text("LOCK TABLE delivery_totals, rating_totals IN SHARE ROW EXCLUSIVE MODE"))


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
    return TotalsEntries(
        {
            entry: n
            for entry, n in compute_change([(None, fact) for fact in facts], zone).items()
            if entry.cell.day == key
        }
    )


async def rewrite_day(tx: Tx, day: date, entries: TotalsEntries) -> None:
    """Replace this day's cells by these."""
    for table in _TABLES:
        await tx.execute(delete(table).where(table.c.day == day.isoformat()))
    await totals.add_entries(tx, entries)


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


async def add_up_months(tx: Tx) -> None:
    """Add up every month from its days, where there are no months yet."""
    for table in _TABLES:
        keys = [column for column in table.primary_key if column.name != "day"]
        counts = [column for column in table.c if column.name not in table.primary_key]
        month = func.substr(table.c.day, 1, _MONTH_CHARACTERS)
        sums = [func.sum(column) for column in counts]
        statement = select(*keys, month, *sums).group_by(*keys, month)
        names = [column.name for column in keys] + ["day"] + [column.name for column in counts]
        await tx.execute(insert(table).from_select(names, statement))


async def fetch_day(tx: Tx, day: date) -> TotalsEntries:
    """What this day's cells hold now."""
    entries = TotalsEntries()
    for table in _TABLES:
        for row in await tx.execute(select(table).where(table.c.day == day.isoformat())):
            for entry, count in _list_entries(row._mapping):  # noqa: SLF001 -- SQLAlchemy's public name
                entries[entry] += count
    return entries


def _list_entries(row: Any) -> Iterator[tuple[Any, int]]:  # noqa: ANN401 -- a row as a mapping
    from domain.figures.totals import TotalsCell, TotalsEntry

    cell = TotalsCell(*(row[name] for name in TotalsCell._fields))
    names: Sequence[str] = totals.ANSWER_COLUMNS if "dimension" in row else totals.COUNT_COLUMNS
    for n, name in enumerate(names, 1):
        if row[name]:
            column = str(n) if "dimension" in row else name
            yield TotalsEntry(cell, row.get("dimension", ""), column), row[name]


async def _fetch_survey_facts(tx: Tx, start: datetime, end: datetime, anonymous: Collection[str]) -> list[Fact]:
    own = and_(invitations.c.delivery.is_(None), _filter_moments(invitations.c.created_at, start, end))
    facts: list[Fact] = []
    for where in (_filter_moments(deliveries.c.delivered_at, start, end), own):
        rows = (await tx.execute(totals.SURVEY_ROWS.where(where))).all()
        facts += totals.make_survey_facts(rows, anonymous).values()
    return facts


async def _fetch_case_facts(tx: Tx, start: datetime, end: datetime) -> list[Fact]:
    where = or_(_filter_moments(courses.c.at, start, end), _filter_moments(courses.c.opened_at, start, end))
    return [
        CaseFact(
            FactPlace(row.at, *(getattr(row, name) for name in PLACE)),
            row.opened_at,
            row.category,
            row.valid,
            merged=row.outcome == Outcome.MERGED.value,
            grown=row.grown,
        )
        for row in await tx.execute(select(courses).where(where))
    ]


def _filter_moments(column: Any, start: datetime, end: datetime) -> Any:  # noqa: ANN401 -- any column of moments
    return and_(column >= start, column < end)
