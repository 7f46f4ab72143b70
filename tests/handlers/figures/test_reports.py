"""`/report`: who gets whose, of which period, and what is gathered for it; nothing personal leaves the database (M8)."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from conversations.buttons import ReportButton
from domain.figures.breakdown import By
from domain.people import Role
from reports.paper.report import Report
from reports.wire import unpack
from storage.engine.database import Database
from storage.queue import outbox
from storage.queue.outbox import OwedCall
from tests.harness.figure_facts import BOARD, add_facts, days
from tests.harness.in_process import BOSS, COMPANY, GROUP, LI, NOON, WANG, ZHAO, Desk, at_desk, list_texts, read_body


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    """On either database."""
    async with at_desk(database) as made:
        yield made


def papers(calls: list[OwedCall]) -> list[Report]:
    """The reports that are owed."""
    owed = [call for call in calls if call.method == outbox.DOCUMENT and read_body(call)["file"] == "report"]
    return [unpack(msgspec.json.encode(read_body(call)["facts"]), Report) for call in owed]


async def paper(desk: Desk, *asked: Any, **more: Any) -> Report:  # noqa: ANN401 -- whatever `say` takes
    (report,) = papers(await desk.say(*asked, **more))
    return report


async def test_a_manager_gets_the_whole(desk: Desk) -> None:
    """Counted, with departments by their names, the trend up to the period's end, and what stands apart."""
    await desk.grant(BOSS, Role.MANAGER)
    await add_facts(desk, NOON - days(1), good=30, bad=3, complaints=2)
    await add_facts(desk, NOON - days(32), good=20, bad=2)
    calls = await desk.say(BOSS, "/report month")
    (report,) = papers(calls)
    assert (report.company, report.scope) == (COMPANY.identity.name["en"], "")
    assert (report.summary.now.deliveries, report.summary.now.tally.n, report.summary.before.tally.n) == (33, 33, 22)
    assert {one.key: one.name for one in report.summary.units}["transport"] == "Transport"
    assert [one.name for one in report.summary.categories] == [COMPANY.categories["delivery"].name["en"]]
    assert [(one.by, one.compared) for one in report.standouts] == [(By.COURIER, 3), (By.ROUTE, 0)]
    assert report.targets == (90, 95, 99)
    assert report.trend.grain == "week"
    assert read_body(calls[-1])["filename"] == "report 2026-11-01_2026-11-23.pdf"
    assert "2026-11-01 – 2026-11-23" in read_body(calls[-1])["caption"]


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (datetime(2026, 11, 10, 4, tzinfo=UTC), "2026-10-01", "2026-10-31"),
        (datetime(2026, 11, 11, 4, tzinfo=UTC), "2026-11-01", "2026-11-11"),
        (datetime(2026, 12, 31, 17, tzinfo=UTC), "2026-12-01", "2026-12-31"),
    ],
)
async def test_without_a_period(desk: Desk, day: datetime, first: str, last: str) -> None:
    """The last month for ten days, then this one; by the company's clock."""
    desk.clock.moment = day
    await desk.grant(BOSS, Role.MANAGER)
    period = (await paper(desk, BOSS, "/report")).summary.period
    assert (str(period.first), str(period.last)) == (first, last)


async def test_a_bad_period_is_answered(desk: Desk) -> None:
    """With what is known, and no report."""
    await desk.grant(BOSS, Role.MANAGER)
    calls = await desk.say(BOSS, "/report someday")
    assert papers(calls) == []
    assert list_texts(calls) == [desk.text("summary-period-unknown", text="someday")]


@pytest.mark.parametrize("words", ["month transport", "month Transport", "month 运输部", "transport"])
async def test_one_department_by_any_of_its_names(desk: Desk, words: str) -> None:
    """A manager may name one; its figures are its own."""
    await desk.grant(BOSS, Role.MANAGER)
    await add_facts(desk, NOON - days(1), good=10)
    await add_facts(desk, NOON - days(1), "service", good=5)
    report = await paper(desk, BOSS, f"/report {words}")
    assert report.scope == "Transport"
    assert report.summary.now.deliveries == 10


async def test_a_head_gets_the_own_department(desk: Desk) -> None:
    """Whatever is named, no other; a head of two chooses."""
    await desk.grant(ZHAO, Role.HEAD, "transport")
    await add_facts(desk, NOON - days(1), good=10)
    await add_facts(desk, NOON - days(1), "service", good=5)
    report = await paper(desk, ZHAO, "/report month")
    assert (report.scope, report.summary.now.deliveries) == ("Transport", 10)
    calls = await desk.say(ZHAO, "/report month service")
    assert (papers(calls), list_texts(calls)) == ([], [desk.text("report-not-yours", departments="Transport")])
    await desk.grant(ZHAO, Role.HEAD, "service")
    calls = await desk.say(ZHAO, "/report month")
    assert list_texts(calls) == [desk.text("report-one-department", departments="Transport, Customer service")]
    assert (await paper(desk, ZHAO, "/report month service")).summary.now.deliveries == 5


async def test_others_are_told(desk: Desk) -> None:
    """Customers, staff, quality: the report is not for them, and a complaint has its own command."""
    await desk.grant(LI, Role.STAFF, "transport")
    await desk.open_survey()
    for who in (WANG, LI):
        calls = await desk.say(who, "/report")
        assert (papers(calls), list_texts(calls)) == ([], [desk.text("report-only-managers")])


async def test_a_group_reads_along(desk: Desk) -> None:
    """In management's group a manager gets the whole, in a department's the department's, in a stranger's nothing."""
    await desk.grant(BOSS, Role.MANAGER)
    await desk.bind(COMPANY.management, BOARD)
    await desk.bind("transport")
    assert (await paper(desk, BOSS, "/report", BOARD)).scope == ""
    assert (await paper(desk, BOSS, "/report", GROUP)).scope == "Transport"
    assert papers(await desk.say(BOSS, "/report", -1999)) == []


async def test_the_button_of_a_summary(desk: Desk) -> None:
    """Its period's report, for those who may see it; others hear why not, and every press is answered."""
    await desk.grant(BOSS, Role.MANAGER)
    (report,) = papers(await desk.press(BOSS, ReportButton("2026-10")))
    assert report.summary.period.code == "2026-10"
    calls = await desk.press(WANG, ReportButton("2026-10"))
    assert papers(calls) == []
    assert [read_body(call)["text"] for call in calls if call.method == "answerCallbackQuery"] == [
        desk.plain("report-only-managers")
    ]
