"""Ranking and score queries over the kept totals; and who a courier is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from domain.figures import comparisons
from domain.figures.breakdown import By
from domain.figures.comparisons import UnitComparison
from domain.figures.period import Period
from domain.figures.score import Score, compute_score, compute_shares
from domain.figures.totals import Cover, compute_cover
from storage.engine.bulk import among
from storage.engine.database import Tx
from storage.figures import figures
from storage.figures.figures import FigureQuery
from storage.models import deliveries, delivery_totals, invitations


async def compare_units(
    tx: Tx, period: Period, by: By, departments: tuple[str, ...] | None = None
) -> dict[str, UnitComparison]:
    """The period's couriers or departments by key, each against the rest; the empty key has the answers that name none."""
    wish = FigureQuery(period, by, departments=departments)
    return comparisons.compare_units(await figures.fetch_counts_by_unit(tx, _cover_period(period), wish))


async def fetch_scores(
    tx: Tx, period: Period, departments: Iterable[str], weights: Mapping[str, float], now: datetime
) -> dict[str, Score]:
    """The score of each of these departments over the period; meant for whole months (see `domain.figures.score`)."""
    counts = await figures.fetch_counts_by_unit(tx, _cover_period(period), FigureQuery(period, By.DEPARTMENT))
    scores: dict[str, Score] = {}
    for department in departments:
        handling_counts = await figures.fetch_handling(tx, period, FigureQuery(period, By.DEPARTMENT, department), now)
        strata = counts[department].strata if department in counts else {}
        scores[department] = compute_score(compute_shares(strata, handling_counts), weights)
    return scores


async def fetch_courier_names(tx: Tx, couriers: Iterable[str]) -> dict[str, str]:
    """Couriers' names as their companies give them, by id, as of the latest delivery asked about; the nameless are left out."""
    names: dict[str, str] = {}
    for courier in couriers:
        latest = (
            select(deliveries.c.courier_name)
            .join(invitations, invitations.c.delivery == deliveries.c.id)
            .where(invitations.c.courier == courier, deliveries.c.courier == courier)
            .order_by(invitations.c.created_at.desc())
            .limit(1)
        )
        if name := await tx.scalar(latest):
            names[courier] = name
    return names


async def fetch_courier_departments(tx: Tx, period: Period, couriers: Sequence[str]) -> dict[str, str]:
    """The department each courier delivered most for in the period; a tie goes to the first key."""
    table = delivery_totals.c
    sums: dict[tuple[str, str], int] = {}
    days = _cover_period(period)
    for sign, keys in ((1, days.plus), (-1, days.minus)):
        statement = (
            select(table.value, table.department, func.sum(table.deliveries))
            .where(table.by == By.COURIER.value, among(tx, table.day, keys), among(tx, table.value, couriers))
            .group_by(table.value, table.department)
        )
        for courier, department, count in (await tx.execute(statement)) if keys else ():
            sums[courier, department] = sums.get((courier, department), 0) + sign * int(count)
    ordered = sorted(sums.items(), key=lambda one: (one[1], *(-ord(c) for c in one[0][1])))
    return {courier: department for (courier, department), count in ordered if count and department}


def _cover_period(period: Period) -> Cover:
    return compute_cover(period.first, period.last + timedelta(days=1))
