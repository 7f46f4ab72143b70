"""The moment in an id."""

from datetime import UTC, datetime, timedelta

from bot.clock import Clock, Ids
from domain.ids import EPOCH, find_first_id


def test_ids_tell_when_they_were_made() -> None:
    """What is made at a moment is not less than its first id, and less than that of the next millisecond but one."""
    before = Clock().now()
    made = Ids().next()
    after = Clock().now() + timedelta(milliseconds=1)
    assert find_first_id(before) <= made < find_first_id(after + timedelta(milliseconds=1))
    assert find_first_id(EPOCH) == 0
    assert find_first_id(datetime(2026, 12, 1, tzinfo=UTC)) < find_first_id(datetime(2027, 1, 1, tzinfo=UTC))
