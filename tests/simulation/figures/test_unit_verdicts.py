"""Companies in which nothing differs, and ones with a worse unit: how often "clearly" is said falsely, and when it is found.

The whole table is lived by `make prove-all`; here some hundred months of its hardest rows.
"""

import pytest

from domain.figures.comparisons import FALSE_VERDICTS
from tests.simulation.figures.unit_verdicts import EQUAL, MONTHS, PLANTED, TABLE, Town, live_months, write_table

QUICK, QUICK_WEIGHTED = 100, 30
MOST_BY_LUCK = FALSE_VERDICTS + 0.05
"""Of so few months there may be more than 5 % false ones by luck, but hardly more than 10 %."""


@pytest.mark.parametrize("town", EQUAL, ids=str)
def test_where_nothing_differs_hardly_anything_is_said(town: Town) -> None:
    """Whatever the number of units, of answers, of satisfied ones; weighted or not."""
    assert live_months(town, QUICK_WEIGHTED if town.priorities else QUICK).false <= MOST_BY_LUCK


def test_a_worse_unit_is_found() -> None:
    """Twenty points worse with a hundred answers is found nearly always among five, and no better one is called lower."""
    outcome = live_months(Town(5, 100, 0.9, 0.2), QUICK)
    assert outcome.found is not None
    assert outcome.found > 0.9
    assert outcome.false <= MOST_BY_LUCK


def test_more_answers_find_more() -> None:
    """Ten points worse: with thirty answers hardly ever found, with three hundred nearly always."""
    few, many = (live_months(Town(5, n, 0.9, 0.1), QUICK).found or 0.0 for n in (30, 300))
    assert few < 0.3
    assert many > 0.8


def test_the_table_tells_what_is_promised() -> None:
    """Every kept row of equal units says at most 5 %, and there is a row for each company that is lived."""
    rows = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("| ") and "%" in line]
    assert len(rows) == len(EQUAL) + len(PLANTED)
    for row in rows[: len(EQUAL)]:
        assert float(row.rstrip(" |").rpartition("| ")[2].rstrip("%")) <= 100 * FALSE_VERDICTS


@pytest.mark.prove
def test_the_table_is_what_is_lived() -> None:
    """Where this fails: python -m tests.simulation.figures.unit_verdicts --write, and read it."""
    assert write_table(MONTHS) == TABLE.read_text("utf-8")
