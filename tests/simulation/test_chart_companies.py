"""What alerts say of companies in which nothing changes, and of companies in which something did; docs/trends.md has the numbers."""

import pytest

from tests.simulation.chart_companies import (
    CHANGES,
    LIVES,
    NAMES,
    PATIENCE,
    Change,
    Company,
    Life,
    count_false_alerts,
    find_delays,
    list_cells,
    read_tables,
    write_tables,
)

SEASONS = "better and worse by 20 % with the seasons"


def test_nothing_changes_and_almost_nothing_is_told() -> None:
    """Two weeks of a company and its four departments, as complaints come in: at most one alert."""
    life = Life(Company(), seed=LIVES + 1)
    assert sum(len(life.wake()) for _ in range(14)) <= 1


@pytest.mark.parametrize("change", [Change("p", 3), Change("u", 4)])
def test_what_is_much_worse_is_told_within_days(change: Change) -> None:
    """Three times the low ratings, four times the complaints: in two companies within five days."""
    assert max(find_delays(change, "", planted=2, patience=6)) <= 5


def test_what_comes_in_is_what_was_drawn() -> None:
    """Nothing is known before it comes, and everything once it has: the shares are those that the company lives by."""
    life = Life(Company(weekdays=True, restless=0.2), seed=3)
    deliveries, answers, low, filed = (
        sum(sum(getattr(one, name)[:-8]) for one in life.departments.values())
        for name in ("deliveries", "answers", "low", "filed")
    )
    assert answers / deliveries == pytest.approx(0.12, rel=0.05)
    assert low / answers == pytest.approx(0.1, rel=0.05)
    assert filed / deliveries == pytest.approx(0.004, rel=0.1)
    newest = sum(one.filed[-1] for one in life.departments.values())
    assert newest < 4


def test_the_page_has_every_company_and_keeps_its_promise() -> None:
    """Under one false alert in 30 days wherever nothing changes; the seasons, which are a change, are told as one."""
    cells = list_cells(read_tables())
    assert cells.keys() >= {*NAMES, *CHANGES}
    for name in NAMES:
        assert (float(cells[name][0]) < 1) is (name != SEASONS)
    assert cells["complaints × 4, a department of 100 a day"][1] == "20 of 20"


@pytest.mark.prove
@pytest.mark.timeout(3600)
def test_the_page_is_what_is_measured() -> None:
    """Lived anew, the tables are the same to the last digit: `python -m tests.simulation.chart_companies` writes them."""
    assert read_tables() == write_tables()
    assert PATIENCE > 30
    assert count_false_alerts(Company(restless=0.3), lives=4, days=30) < 1.5
