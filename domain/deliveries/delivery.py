"""Delivery: one waybill, one recipient, and what is remembered of it when the customer is asked."""

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta


class Fate(enum.StrEnum):
    """What became of asking about a delivery; each delivery has exactly one fate, so that the totals add up."""

    WAITING = "waiting"
    SENT = "sent"
    OPENED = "opened"
    ANSWERED = "answered"
    PHONED = "phoned"
    EXPIRED = "expired"
    SAMPLED_OUT = "sampled_out"
    TOO_SOON = "too_soon"
    UNREACHABLE = "unreachable"
    BLOCKED = "blocked"
    STOPPED = "stopped"
    TOO_LATE = "too_late"


ASKED_FATES = frozenset({Fate.SENT, Fate.OPENED, Fate.ANSWERED, Fate.PHONED, Fate.EXPIRED})
"""The customer has seen the survey: what the invitation froze is no longer corrected."""


UNREACHED_FATES = frozenset({Fate.UNREACHABLE, Fate.BLOCKED})
"""Sampled but not reachable in chat: these customers are phoned."""


PLACE = ("department", "courier", "route", "station", "service", "priority", "customer_type")
"""Where a delivery belongs: the fields that an invitation keeps and that figures are broken down by, as columns are named."""

PLACE_DETAILS = PLACE[2:]
"""All of it but whose delivery it is: what a courier who reports one at the door leaves open."""

RECENT = timedelta(days=60)
"""How long a delivery can be named in a complaint, in praise, or be rated by /rate."""


class PhoneCallState(enum.StrEnum):
    """The state of phoning a customer who could not be reached in chat."""

    LISTED = "listed"
    TAKEN = "taken"
    ANSWERED = "answered"
    NO_REPLY = "no_reply"
    REFUSED = "refused"
    WRONG_NUMBER = "wrong_number"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the company told us; `person` is the customer once somebody has opened the link or shared the phone number."""

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


def compute_invitation_time(
    delivered_at: datetime, now: datetime, delay: timedelta, latest: timedelta
) -> datetime | None:
    """When to ask: `delay` after delivery, or now if that is past; None if later than `latest` after delivery."""
    if now > delivered_at + latest:
        return None
    return max(now, delivered_at + delay)
