"""What got worse by more than chance is told: once a period and chart, to whom it concerns, with the cases (M4)."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.process.worker import Worker
from conversations.buttons import CaseViewButton, DrillDownButton, TrendButton
from domain.figures.chart_periods import list_chart_periods
from domain.figures.control import Signal, u_chart
from domain.people import Role
from domain.timer_kinds import TimerKind
from handlers.figures import alerts
from handlers.turns.batch import Batch
from storage.engine.database import Database
from storage.models import timers
from storage.queue import timers as timer_rows
from storage.queue.outbox import OwedCall
from tests.domain.figures.test_control import BASE, days
from tests.harness.daily_totals import DayFacts, add_days, add_handling, repeat_on_each
from tests.harness.in_process import BOSS, GROUP, Desk, at_desk, find_button, list_labels, list_texts, run_worker
from tests.harness.rows import file_case

TODAY = date(2026, 11, 23)
YESTERDAY = date(2026, 11, 22)
MANAGEMENT = -1002
MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""Nine o'clock in Shanghai on the day after the desk's day."""


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    async with at_desk(database) as made:
        yield made


async def staged(desk: Desk, last: DayFacts | None = None) -> None:
    """Forty calm days of transport before the desk's day, and perhaps one that was not: the desk's own, judged in the morning after it."""
    await desk.grant(BOSS, Role.MANAGER)
    await desk.bind("transport")
    await desk.bind("management", MANAGEMENT)
    async with desk.database.begin() as tx:
        calm = repeat_on_each(
            list_chart_periods("day", TODAY, 40), deliveries=1000, ratings={5: 90, 1: 10}, complaints=4
        )
        await add_days(tx, *calm, last or DayFacts(TODAY, 1000, {5: 90, 1: 10}, 4))
    await armed(desk)


BAD = DayFacts(TODAY, 1000, {5: 90, 1: 10}, complaints=16)


async def armed(desk: Desk) -> datetime:
    async def work(batch: Batch) -> None:
        alerts.set_daily_timer(batch)

    await desk.batch(work)
    return await due(desk)


async def due(desk: Desk) -> datetime:
    ((at,),) = await desk.rows(select(timers.c.due_at).where(timers.c.kind == TimerKind.ALERTS))
    return at  # type: ignore[no-any-return]


async def told(desk: Desk, **later: float) -> list[OwedCall]:
    return [call for call in await desk.ring(**later) if call.name.startswith("alert:")]


async def test_armed_for_the_next_morning(desk: Desk) -> None:
    """Before nine it is today, from nine on tomorrow."""
    assert await armed(desk) == MORNING
    desk.clock.moment = MORNING - timedelta(minutes=1)
    assert await armed(desk) == MORNING
    desk.clock.moment = MORNING
    assert await armed(desk) == MORNING + timedelta(days=1)


async def test_nothing_to_tell(desk: Desk) -> None:
    """A day like the others is no news."""
    await staged(desk)
    assert await told(desk, days=1) == []
    assert await due(desk) == MORNING + timedelta(days=1)


async def test_complaints_above_the_limit(desk: Desk) -> None:
    """Management hears it of the company and of the department, the department of itself; with n, the limit, the chart, and the case."""
    await staged(desk, BAD)
    async with desk.database.begin() as tx:
        case = await file_case(tx, "C-261123-0001", department="transport")
        await add_handling(tx, case.id, TODAY)
    calls = await told(desk, days=1)
    assert [call.chat_id for call in calls] == [MANAGEMENT, MANAGEMENT, GROUP]
    whole, ours, theirs = list_texts(calls)
    assert whole.startswith("<b>Unusual change</b> · complaints filed per 1,000 deliveries\n")
    assert ours.startswith("<b>Unusual change</b> · complaints filed per 1,000 deliveries · Transport\n")
    assert ours == theirs
    assert "⚠️ 2026-11-23: 16.0 (16 of 1,000), still growing, above the upper limit of 12.0." in ours
    assert desk.text("alert-cases", count=1) in ours
    assert list_labels(calls[2]) == ["C-261123-0001", "See the chart"]
    assert isinstance(find_button([calls[2]], "C-261123-0001"), CaseViewButton)
    assert find_button([calls[2]], "See the chart") == TrendButton("d", "transport", anew=True)
    assert "Wang" not in ours


async def test_dissatisfaction_above_the_limit(desk: Desk) -> None:
    """The other chart has an alert of its own; where nothing was filed, that is said."""
    await staged(desk, DayFacts(TODAY, 1000, {5: 70, 2: 30}, 4))
    calls = await told(desk, days=1)
    assert len(calls) == 3
    text = list_texts(calls)[0]
    assert text.startswith("<b>Unusual change</b> · dissatisfaction\n")
    assert "30.0% (30 of 100), still growing, above the upper limit of 20.0%" in text
    assert desk.text("alert-cases", count=0) in text


async def test_more_than_ten_cases(desk: Desk) -> None:
    """Ten stand in the alert; a button leads to the others."""
    await staged(desk, BAD)
    async with desk.database.begin() as tx:
        for n in range(12):
            case = await file_case(tx, f"C-261123-{n:04}", department="transport")
            await add_handling(tx, case.id, TODAY)
    (*_, call) = await told(desk, days=1)
    assert desk.text("alert-cases", count=12) in list_texts([call])[0]
    assert len([one for one in list_labels(call) if one.startswith("C-")]) == 10
    assert find_button([call], "More ▸") == DrillDownButton(f"d{TODAY.toordinal()}", "transport", 1)


async def test_once(desk: Desk) -> None:
    """The same day is judged again on the next days, and not told again."""
    await staged(desk, BAD)
    assert len(await told(desk, days=1)) == 3
    for _ in range(4):
        assert await told(desk, days=1) == []


async def test_complaints_that_come_later(desk: Desk) -> None:
    """Yesterday's deliveries are complained about today: the period is judged again, and told then."""
    await staged(desk)
    assert await told(desk, days=1) == []
    async with desk.database.begin() as tx:
        await add_days(tx, DayFacts(TODAY, complaints=12))
    calls = await told(desk, days=1)
    assert "2026-11-23: 16.0 (16 of 1,000)" in list_texts(calls)[0]


async def test_late_rather_than_never(desk: Desk) -> None:
    """After a stop of five days the day is judged as of its own morning, and told once."""
    await staged(desk, BAD)
    texts = list_texts(await told(desk, days=5))
    for _ in range(5):
        texts += list_texts(await told(desk))
    assert len(texts) == 3
    assert "2026-11-23: 16.0" in texts[0]


async def test_a_row_of_eight_is_told_once(desk: Desk) -> None:
    """On its eighth day; not on the ninth to the twelfth, while it goes on."""
    await staged(desk, DayFacts(TODAY, 1000, {5: 90, 1: 10}, 7))
    async with desk.database.begin() as tx:
        await add_days(tx, *(DayFacts(TODAY + timedelta(days=n), 1000, {5: 90, 1: 10}, 7) for n in range(1, 12)))
    by_day = {n: list_texts(await told(desk, days=1), GROUP) for n in range(1, 12)}
    assert [n for n, texts in by_day.items() if texts] == [8]
    assert "the eighth or later in a row above the centre of 4.0" in by_day[8][0]


async def test_better_is_no_alert(desk: Desk) -> None:
    """A fall below the limit is good news, or complaints that are still to come."""
    await staged(desk, DayFacts(TODAY, 1000, {5: 1000}, 4))
    assert await told(desk, days=1) == []


async def test_weeks_and_months_are_judged_too(desk: Desk) -> None:
    """A week that was worse than the weeks before it, while each of its days was not."""
    await staged(desk)
    async with desk.database.begin() as tx:
        await add_days(
            tx,
            *repeat_on_each(
                list_chart_periods("week", date(2026, 10, 12), 30),
                deliveries=7000,
                ratings={5: 630, 1: 70},
                complaints=28,
            ),
        )
        await add_days(tx, *(DayFacts(TODAY + timedelta(days=n), 1000, {5: 90, 1: 10}, 8) for n in range(1, 7)))
    texts: list[str] = []
    for _ in range(7):
        texts += list_texts(await told(desk, days=1), GROUP)
    assert len(texts) == 1
    assert "2026-11-23 – 2026-11-29: 7.4 (52 of 7,000), still growing, above the upper limit" in texts[0]


async def test_without_groups_managers_hear(desk: Desk) -> None:
    """Nobody's group can be written to: every manager reads it in private."""
    await desk.grant(BOSS, Role.MANAGER)
    async with desk.database.begin() as tx:
        await add_days(tx, *repeat_on_each(list_chart_periods("day", TODAY, 40), deliveries=1000, complaints=4), BAD)
    await armed(desk)
    assert [call.chat_id for call in await told(desk, days=1)] == [BOSS.id, BOSS.id]


async def test_two_replicas_tell_once(desk: Desk) -> None:
    """Both find the timer due; one takes it."""
    await staged(desk, BAD)
    desk.clock.advance(days=1)
    other = Worker(desk.database, desk.services, desk.clock)
    async with desk.database.read() as tx:
        due_now = await timer_rows.list_due(tx, desk.clock.now())
    with run_worker(other):
        await asyncio.gather(*(worker.enter(timer) for worker in (desk.worker, other) for timer in due_now))
    calls = [call for call in await desk.fetch_owed() if call.name.startswith("alert:")]
    assert len(calls) == 3


def test_what_is_news() -> None:
    """For the worse, of a period not told, and of a row not told; an older row is another one."""
    chart = u_chart(days(*BASE, *[(7, 1000)] * 8))
    (point,) = chart.signals
    assert point.signal is Signal.RUN_ABOVE
    assert alerts.is_news(chart, point, {})
    assert not alerts.is_news(chart, point, {point.code: "above"})
    assert not alerts.is_news(chart, point, {chart.points[-2].code: "run_above"})
    assert alerts.is_news(chart, point, {chart.points[-2].code: "above", "2025-12-01": "run_above"})
    fallen = u_chart(days(*[(40, 1000)] * 20, (1, 1000)))
    assert not alerts.is_news(fallen, fallen.signals[0], {})
