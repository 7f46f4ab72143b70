"""A delivery: one waybill, one recipient, and what is remembered of it when the customer is asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the company told us; `person` is the customer once somebody has opened the link or shared the number."""

    id: int
    waybill: str
    source: str
    delivered_at: datetime
    department: str = ""
    courier: str = ""
    route: str = ""
    station: str = ""
    service: str = ""
    language: str = ""
    person: int | None = None


def invite_at(delivered_at: datetime, now: datetime, delay: timedelta, latest: timedelta) -> datetime | None:
    """When to ask: `delay` after delivery, at once if that is past, never later than `latest` after delivery."""
    if now > delivered_at + latest:
        return None
    return max(now, delivered_at + delay)
