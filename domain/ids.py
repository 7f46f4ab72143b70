"""Ids: the moment that is in the number of a row, milliseconds in its upper bits."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
MOMENT_BITS = 22
"""Below the milliseconds: what tells processes and the ids of one millisecond apart."""


def find_first_id(moment: datetime) -> int:
    """The least id that can be made at this moment: those made before are smaller."""
    return (moment - EPOCH) // timedelta(milliseconds=1) << MOMENT_BITS
