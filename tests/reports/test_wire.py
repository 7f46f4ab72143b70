"""What is drawn travels as JSON and arrives the same."""

from dataclasses import dataclass

import msgspec
import pytest

from domain.figures.control import Trend
from domain.figures.summary import Summary
from reports.wire import pack, unpack
from tests.harness.example_summaries import COURIERS, EXAMPLES, HOURS, TREND, TREND_SHORT


@pytest.mark.parametrize("summary", [*EXAMPLES.values(), COURIERS, HOURS])
def test_summaries(summary: Summary) -> None:
    """Period and zone, priorities, stages of deadlines, names of any kind."""
    assert unpack(bytes(pack(summary)), Summary) == summary


@pytest.mark.parametrize("trend", [TREND, TREND_SHORT])
def test_trends(trend: Trend) -> None:
    """Dates, gaps, signals."""
    assert unpack(bytes(pack(trend)), Trend) == trend


def test_what_was_packed_otherwise_is_refused() -> None:
    """Facts of another kind, or of none."""
    with pytest.raises(msgspec.MsgspecError):
        unpack(bytes(pack(TREND)), Summary)
    with pytest.raises(msgspec.MsgspecError):
        unpack(b"null", Trend)


@dataclass(frozen=True)
class Odd:
    thing: object


def test_what_has_no_form_is_refused() -> None:
    """Loudly, where it is owed, and not where it is drawn."""
    with pytest.raises(NotImplementedError):
        pack(Odd(iter(())))
