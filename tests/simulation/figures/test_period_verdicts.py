"""Months in which nothing changes are called the same, and a large change is told in the first month; docs/figures.md has the numbers."""

import re

import pytest

from domain.figures.findings import ReportFigure
from tests.simulation.figures.period_verdicts import (
    FIGURES,
    PLANTED,
    SIZES,
    TABLES,
    Company,
    count_false_verdicts,
    find_told,
    write_tables,
)

MOST_FALSE = 0.05


def test_nothing_changes_and_hardly_anything_is_said() -> None:
    """A dozen years of months of a company: no figure is called better or worse in more than one month of twenty."""
    assert max(count_false_verdicts(Company(5_000), lives=12).values()) <= MOST_FALSE


def test_a_large_change_is_told_at_once() -> None:
    """Twice the complaints, ten points less satisfaction: in nine companies of ten in the first month."""
    for changed, figure in (
        (Company(30_000, satisfied=0.8), ReportFigure.SATISFACTION),
        (Company(30_000, complained=0.01), ReportFigure.COMPLAINTS),
    ):
        assert sum(find_told(Company(30_000), changed, figure, lives=10)) >= 9


def test_the_page_keeps_its_promise() -> None:
    """Under five false verdicts in a hundred wherever nothing changes, and a row for every company that is lived."""
    rows = [line for line in TABLES.read_text("utf-8").splitlines() if line.startswith("| ") and line[2].isalnum()]
    shares = [float(one) for row in rows for one in re.findall(r"([\d.]+) %(?: \||$)", row) if row[2].isdigit()]
    assert len(shares) == len(SIZES) * len(FIGURES)
    assert max(shares) < 100 * MOST_FALSE
    assert all(any(row.startswith(f"| {name} |") for row in rows) for name, _, _ in PLANTED)


@pytest.mark.prove
def test_the_page_is_what_is_measured() -> None:
    """Lived anew, the tables are the same to the last digit."""
    assert write_tables() == TABLES.read_text("utf-8")
