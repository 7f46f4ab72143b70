"""The facts of a report travel to the helper process and back, whatever is in them."""

import pytest

from reports.paper.report import Report
from reports.wire import pack, unpack
from tests.harness.example_reports import REPORTS


@pytest.mark.parametrize("name", REPORTS)
def test_comes_back_as_it_went(name: str) -> None:
    """As JSON: weighted shares, periods with their zone, charts, and every named thing."""
    report = REPORTS[name]("zh")
    assert unpack(bytes(pack(report)), Report) == report
