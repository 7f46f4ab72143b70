"""Ranking and score queries over the kept totals; and who a courier is."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from domain.figures import comparisons
from domain.figures.breakdown import By
from domain.figures.comparisons import UnitComparison
from domain.figures.period import Period
from domain.figures.score import Score, compute_score, compute_shares
from domain.figures.totals import Cover, compute_cover
from storage.engine.database import Tx
from storage.figures import figures
from storage.figures.figures import FigureQuery
from storage.models import deliveries, invitations


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


def _cover_period(period: Period) -> Cover:
    return compute_cover(period.first, period.last + timedelta(days=1))
