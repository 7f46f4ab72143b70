"""What is gathered for a report: the trend up to the period's end, and nothing personal."""

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise

import pytest

from domain.cases.case import CaseState
from domain.figures.period import parse_period
from domain.people import Role
from handlers.figures import report_contents
from handlers.turns.batch import Batch
from reports.paper.report import PlanStatus, Report
from storage.engine.database import Database
from tests.harness.in_process import BOSS, COMPANY, WANG, Desk, at_desk
from tests.harness.rows import NOW as ROWS
from tests.storage.figures.test_reports import course, planned


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    """On either database."""
    async with at_desk(database) as made:
        yield made


async def test_the_trend_ends_with_the_period(desk: Desk) -> None:
    """Whole weeks back from it, the last one cut where it ends; days of a day, months of a year; as many as the company says."""
    for text, grain, last in (
        ("2026-10", "week", "2026-10-26"),
        ("2026-11-20", "day", "2026-11-20"),
        ("2025", "month", "2025-12-01"),
    ):
        period = parse_period(text, desk.clock.now(), COMPANY.zone)
        periods = report_contents.list_periods(period, 20)
        assert (len(periods), str(periods[-1].first), periods[-1].last) == (20, last, period.last)
        assert all(one.last < two.first for one, two in pairwise(periods))
        assert report_contents._GRAIN_NAMES[report_contents._choose_grain(period)] == grain


async def test_a_report_says_nothing_personal(desk: Desk) -> None:
    """A case with everything in it: its number and how it went, not who, nor a word of what was written."""
    await desk.bind("transport")
    await desk.grant(BOSS, Role.MANAGER)
    await desk.file_complaint()
    await desk.say(WANG, "My name is Wang, call +8613800138000")
    desk.clock.advance(days=9)
    reports: list[Report] = []

    async def work(batch: Batch) -> None:
        period = parse_period("2026-11", batch.now, COMPANY.zone)
        reports.append(await report_contents.gather_report(batch, period, "en", None))

    await desk.batch(work)
    told = repr(reports[0])
    for secret in ("Wang", "13800138000", "SF1", "My name"):
        assert secret not in told


async def test_cases_and_measures_by_their_names(desk: Desk) -> None:
    """Departments and categories in the reader's language; open ones with their age; a phone number in a measure is hidden."""
    async with desk.database.begin() as tx:
        case = {"state": CaseState.IN_WORK, "severity": "normal"}
        await course(tx, "C-1", department="transport", finished=None, outcome="none", rounds=2, case=case, late=True)
        call = "Call 13800138000 first"
        await planned(tx, "C-2", ROWS + timedelta(days=1), None, department="transport", measure=call)
        await planned(tx, "C-3", ROWS + timedelta(days=9), ROWS, department="gone")
    desk.clock.moment = ROWS + timedelta(days=3)
    reports: list[Report] = []

    async def work(batch: Batch) -> None:
        period = parse_period("2026-11", batch.now, COMPANY.zone)
        reports.append(await report_contents.gather_report(batch, period, "zh", None))

    await desk.batch(work)
    (worst,) = reports[0].worst
    assert (worst.department, worst.category) == ("运输部", COMPANY.categories["delivery"].name["zh"])
    assert (worst.seconds, worst.open, worst.overdue, worst.rounds) == (3 * 86400.0, True, True, 2)
    assert [(plan.measure, plan.department, plan.keeping) for plan in reports[0].plans] == [
        ("Call ***8000 first", "运输部", PlanStatus.OVERDUE),
        ("Measure of C-3", "gone", PlanStatus.KEPT),
    ]
    assert reports[0].keeping == {PlanStatus.OVERDUE: 1, PlanStatus.KEPT: 1}
