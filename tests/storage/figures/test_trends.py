"""What control charts are made of: whole periods by department, in two statements, on both databases."""

from datetime import date, timedelta

from domain.figures.chart_periods import list_chart_periods
from domain.figures.period import parse_period
from storage.engine.database import Database
from storage.figures import figures, trends
from storage.figures.figures import FigureQuery
from storage.figures.trends import PeriodCounts, add_departments
from tests.harness.daily_totals import DayFacts, add_days
from tests.harness.in_process import COMPANY, NOON

TODAY = date(2026, 11, 23)


async def filled(database: Database) -> None:
    """Three deliveries a day of transport since 1 September, one complaint on Mondays; one day of service; something of no department."""
    begin = date(2026, 9, 1)
    days = [begin + timedelta(days=n) for n in range((TODAY - begin).days + 1)]
    async with database.begin() as tx:
        await add_days(
            tx,
            *(DayFacts(day, 3, {5: 1, 3: 1, 2: 1, 1: 1}, complaints=int(day.weekday() == 0)) for day in days),
            DayFacts(date(2026, 11, 17), 7, {1: 2}, department="service"),
            DayFacts(date(2026, 11, 17), 1, department=""),
        )


async def test_whole_weeks(database: Database) -> None:
    """Seven days each; what is of none counts for the company alone; today's week is not over."""
    await filled(database)
    async with database.read() as tx:
        counts = await trends.fetch_counts(tx, list_chart_periods("week", TODAY, 2))
    assert counts["transport"] == (PeriodCounts(14, 28, 1, 21), PeriodCounts(14, 28, 1, 21))
    assert counts["service"] == (PeriodCounts(), PeriodCounts(2, 2, 0, 7))
    assert add_departments(counts, 2) == (PeriodCounts(14, 28, 1, 21), PeriodCounts(16, 30, 1, 29))


async def test_days_and_months(database: Database) -> None:
    """A month is one total, with every day in it."""
    await filled(database)
    async with database.read() as tx:
        days = await trends.fetch_counts(tx, list_chart_periods("day", TODAY, 7))
        months = await trends.fetch_counts(tx, list_chart_periods("month", TODAY, 3))
    assert [one.deliveries for one in days["transport"]] == [3] * 7
    assert [one.filed for one in days["transport"]] == [1, 0, 0, 0, 0, 0, 0]
    assert [one.deliveries for one in months["transport"]] == [0, 90, 93]
    assert "service" not in months


async def test_the_same_as_the_summary(database: Database) -> None:
    """Each period is what the series of the figures says of it, for all and for one department."""
    await filled(database)
    spans = list_chart_periods("week", TODAY, 4)
    periods = [parse_period(one.code, NOON, COMPANY.zone) for one in spans]
    async with database.read() as tx:
        ours = await trends.fetch_counts(tx, spans)
        for departments in (None, ("transport",)):
            counts = await figures.fetch_series(tx, periods, FigureQuery(periods[0], departments=departments))
            mine = add_departments(ours if departments is None else {"transport": ours["transport"]}, len(spans))
            assert [(one.filed, one.deliveries, one.answers) for one in mine] == [
                (one.complaints, one.deliveries, one.tally.n) for one in counts
            ]


async def test_what_grew_out_of_a_rating_is_not_filed(database: Database) -> None:
    """Five complaints about Monday's deliveries, two of which came from a low rating: three were filed."""
    await filled(database)
    monday = date(2026, 11, 16)
    async with database.begin() as tx:
        await add_days(tx, DayFacts(monday, complaints=2), DayFacts(monday, complaints=2, grown=True))
    async with database.read() as tx:
        counts = await trends.fetch_counts(tx, list_chart_periods("day", TODAY, 7))
    assert counts["transport"][0] == PeriodCounts(2, 4, 3, 3)


async def test_nothing_counted(database: Database) -> None:
    """No totals, no departments; together they are as many zeros."""
    async with database.read() as tx:
        assert await trends.fetch_counts(tx, list_chart_periods("day", TODAY, 3)) == {}
    assert add_departments({}, 2) == (PeriodCounts(), PeriodCounts())
