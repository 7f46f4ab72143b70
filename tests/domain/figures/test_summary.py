"""A summary of nothing can be made and sent."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from domain.figures.period import parse_period
from domain.figures.summary import Summary
from reports.wire import pack, unpack


def test_nothing_survives_the_wire() -> None:
    """Every field has a value that says nothing."""
    period = parse_period("month", datetime(2026, 11, 26, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))
    assert unpack(bytes(pack(Summary(period))), Summary) == Summary(period)
