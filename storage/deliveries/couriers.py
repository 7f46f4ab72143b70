"""Couriers: the departments that they deliver for, as the kept totals have it."""

from datetime import datetime, timedelta

from sqlalchemy import select

from domain.figures.breakdown import By
from storage.engine.database import Tx
from storage.models import delivery_totals

_LOOK_BACK = timedelta(days=365)


async def list_departments(tx: Tx, courier: str, now: datetime) -> frozenset[str]:
    """The departments that this courier has delivered for within a year; empty for a courier of whom nothing is known."""
    since = (now - _LOOK_BACK).date().isoformat()
    where = (
        delivery_totals.c.by == By.COURIER.value,
        delivery_totals.c.day >= since,
        delivery_totals.c.value == courier,
        delivery_totals.c.department != "",
    )
    return frozenset((await tx.execute(select(delivery_totals.c.department).where(*where).distinct())).scalars())
