"""What is sent when a period is over: once each, late rather than never, about the period it was due for, to whom it concerns (M9)."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
import pytest
from sqlalchemy import select

from bot.process.worker import Worker
from domain.figures.period import Kind
from domain.figures.summary import Summary
from domain.people import Role
from domain.timer_kinds import TimerKind
from handlers.figures import scheduled
from handlers.turns.batch import Batch
from reports.wire import unpack
from storage.engine.database import Database
from storage.models import timers
from storage.people import groups
from storage.queue import outbox
from storage.queue import timers as timer_rows
from storage.queue.outbox import OwedCall
from storage.queue.timers import Timer
from tests.harness.figure_facts import BOARD, add_facts, days
from tests.harness.in_process import BOSS, COMPANY, GROUP, Desk, at_desk, list_texts, read_body

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Nine o'clock in Shanghai."""


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    """On either database, at noon of a Monday, with the groups of management and of transport."""
    async with at_desk(database) as made:
        await made.bind(COMPANY.management, BOARD)
        await made.bind("transport")
        yield made


class Pushed(NamedTuple):
    """A summary that is owed: where, of what period, of which departments."""

    chat: int
    kind: str
    code: str
    seen: tuple[str, ...]


def pushed(calls: list[OwedCall]) -> list[Pushed]:
    pushes = []
    for call in calls:
        if call.method == outbox.PICTURE:
            summary = unpack(msgspec.json.encode(read_body(call)["facts"]), Summary)
            pushes.append(Pushed(call.chat_id or 0, summary.period.kind.value, summary.period.code, summary.seen))
    return pushes


def board(calls: list[OwedCall], chat: int = BOARD) -> list[str]:
    """The periods that management was sent, in order."""
    return [one.code for one in pushed(calls) if one.chat == chat]


async def settings(desk: Desk, zone: str = "Asia/Shanghai", **changes: Any) -> None:  # noqa: ANN401 -- any setting
    """The company's file says this from now on, and the process has started with it."""
    company = replace(
        COMPANY,
        figures=replace(COMPANY.figures, **changes),
        identity=replace(COMPANY.identity, timezone=zone),
    )
    desk.services = desk.worker._services = replace(desk.services, company=company)
    await desk.batch(scheduled.set_timers)


async def due(desk: Desk) -> dict[str, datetime]:
    rows = await desk.rows(
        select(timers.c.subject, timers.c.due_at).where(timers.c.kind == TimerKind.SCHEDULED_SUMMARY)
    )
    return {row.subject: row.due_at for row in rows}


async def everything(desk: Desk, **later: float) -> list[OwedCall]:
    """So much later: what is due, and what that makes due."""
    calls = await desk.ring(**later)
    for _ in range(100):
        async with desk.database.read() as tx:
            if not [
                one
                for one in await timer_rows.list_due(tx, desk.clock.now())
                if one.kind == TimerKind.SCHEDULED_SUMMARY
            ]:
                return calls
        calls += await desk.ring()
    raise AssertionError("timers are due without end")


async def test_armed_at_the_start(desk: Desk) -> None:
    """At nine of the first day after each period; before nine of that very day it is today."""
    await settings(desk, pushes=("day", "week", "month", "quarter", "year"))
    assert {kind: at.astimezone(SHANGHAI).isoformat()[:16] for kind, at in (await due(desk)).items()} == {
        "day": "2026-11-24T09:00",
        "week": "2026-11-30T09:00",
        "month": "2026-12-01T09:00",
        "quarter": "2027-01-01T09:00",
        "year": "2027-01-01T09:00",
    }
    async with desk.database.begin() as tx:
        await tx.execute(timers.delete())
    desk.clock.moment = MONDAY - timedelta(minutes=1)
    await settings(desk, pushes=("day", "week"))
    assert await due(desk) == {"day": MONDAY, "week": MONDAY}


async def test_started_again_nothing_moves(desk: Desk) -> None:
    """What was missed while the process was away stays due; a timer is set once."""
    await settings(desk)
    before = await due(desk)
    desk.clock.advance(days=40)
    await settings(desk)
    assert await due(desk) == before


async def test_each_period_once(desk: Desk) -> None:
    """Yesterday's picture at nine, to management the whole, to the department its own; nothing more until tomorrow."""
    await settings(desk, pushes=("day",))
    await add_facts(desk, desk.clock.now(), good=12)
    await add_facts(desk, desk.clock.now(), "service", good=3)
    assert pushed(await everything(desk, hours=20)) == []
    assert pushed(await everything(desk, hours=1)) == [
        Pushed(BOARD, "day", "2026-11-23", ()),
        Pushed(GROUP, "day", "2026-11-23", ("Transport",)),
    ]
    assert pushed(await everything(desk, hours=20)) == []


async def test_the_period_is_that_of_the_timer(desk: Desk) -> None:
    """Late by hours past midnight it is still about the day it was due for, and that day's figures are whole."""
    await settings(desk, pushes=("day",))
    await add_facts(desk, desk.clock.now(), good=12)
    await add_facts(desk, desk.clock.now() + days(1), bad=5)
    calls = await everything(desk, hours=60)
    assert board(calls) == ["2026-11-23", "2026-11-24"]
    first = next(call for call in calls if call.method == outbox.PICTURE)
    summary = unpack(msgspec.json.encode(read_body(first)["facts"]), Summary)
    assert summary.now.deliveries == 12


async def test_after_forty_days(desk: Desk) -> None:
    """Every missed week and month late, in order, once each; of days the last seven, and one line about the others, to management alone."""
    await settings(desk, pushes=("day", "week", "month"))
    for n in range(40):
        await add_facts(desk, desk.clock.now() + days(n), good=1)
    calls = await everything(desk, days=40)  # the second of January, at noon
    pushes = [one for one in pushed(calls) if one.chat == BOARD]
    assert [one.code for one in pushes if one.kind == "week"] == [
        *("2026-11-23..2026-11-29", "2026-11-30..2026-12-06", "2026-12-07..2026-12-13"),
        *("2026-12-14..2026-12-20", "2026-12-21..2026-12-27"),
    ]
    assert [one.code for one in pushes if one.kind == "month"] == ["2026-11", "2026-12"]
    assert [one.code for one in pushes if one.kind == "day"] == [
        *("2026-12-26", "2026-12-27", "2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01"),
    ]
    skipped = desk.text("push-days-skipped", count=33, first="2026-11-23", last="2026-12-25")
    assert [text for text in list_texts(calls, BOARD) if "/summary" in text] == [skipped]
    assert skipped not in list_texts(calls, GROUP)
    assert pushed(await everything(desk, hours=20)) == []


async def test_a_stop_of_a_week_skips_no_day(desk: Desk) -> None:
    """Seven mornings missed are seven pushes; the eighth is the first that is not sent."""
    await settings(desk, pushes=("day",))
    for n in range(20):
        await add_facts(desk, desk.clock.now() + days(n), good=1)
    calls = await everything(desk, days=7)
    assert (len(board(calls)), [text for text in list_texts(calls, BOARD) if "/summary" in text]) == (7, [])
    calls = await everything(desk, days=8)
    assert len(board(calls)) == 7
    assert desk.text("push-days-skipped", count=1, first="2026-11-30", last="2026-11-30") in list_texts(calls, BOARD)


async def test_over_the_end_of_the_year(desk: Desk) -> None:
    """On New Year's Day come the day, the month, the quarter and the year that ended, but no week; the quarter brings its report."""
    desk.clock.moment = datetime(2026, 12, 31, 4, 0, tzinfo=UTC)
    await settings(desk, pushes=("day", "week", "month", "quarter", "year"))
    await add_facts(desk, desk.clock.now(), good=3)
    calls = await everything(desk, days=1)
    assert sorted(board(calls)) == ["2026", "2026-12", "2026-12-31", "2026-q4"]
    papers = [call for call in calls if call.method == outbox.DOCUMENT]
    assert [(call.chat_id, read_body(call)["filename"]) for call in papers] == [
        (BOARD, "report 2026-10-01_2026-12-31.pdf")
    ]
    assert {kind: str(at.astimezone(SHANGHAI).date()) for kind, at in (await due(desk)).items()} == {
        "day": "2027-01-02",
        "week": "2027-01-04",
        "month": "2027-02-01",
        "quarter": "2027-04-01",
        "year": "2028-01-01",
    }


@pytest.mark.parametrize(
    "start",
    [datetime(2026, 3, 6, 20, tzinfo=UTC), datetime(2026, 10, 30, 20, tzinfo=UTC)],
)
@pytest.mark.parametrize("push_at", ["09:00", "02:30", "00:00"])
async def test_over_a_change_of_the_clock(desk: Desk, start: datetime, push_at: str) -> None:
    """In New York, where a day has 23 or 25 hours: each day once, by its own name, also at an hour that the clock skips or repeats."""
    desk.clock.moment = start
    await settings(desk, "America/New_York", pushes=("day",), push_at=push_at)
    for n in range(5):
        await add_facts(desk, start + days(n), good=1)
    first = start.astimezone(ZoneInfo("America/New_York")).date()
    assert board(await everything(desk, days=5)) == [str(first + timedelta(days=n)) for n in range(5)]


async def test_a_lost_group(desk: Desk) -> None:
    """Where the bot cannot write, managers are written to in private, in their language; a department without a group waits for none."""
    await settings(desk, pushes=("day",))
    await desk.grant(replace(BOSS, language="zh"), Role.MANAGER)
    await add_facts(desk, desk.clock.now(), good=12)
    async with desk.database.begin() as tx:
        for chat in (BOARD, GROUP):
            await groups.mark_lost(tx, chat, "kicked", desk.clock.now())
    calls = await everything(desk, days=1)
    assert pushed(calls) == [Pushed(BOSS.id, "day", "2026-11-23", ())]
    assert [read_body(call)["language"] for call in calls if call.method == outbox.PICTURE] == ["zh"]


async def test_in_the_groups_language(desk: Desk) -> None:
    """Each group reads its own."""
    await settings(desk, pushes=("day",))
    await desk.bind("transport", language="zh")
    await add_facts(desk, desk.clock.now(), good=12)
    calls = [call for call in await everything(desk, days=1) if call.method == outbox.PICTURE]
    assert {call.chat_id: read_body(call)["language"] for call in calls} == {BOARD: "en", GROUP: "zh"}


async def test_a_period_in_which_nothing_happened(desk: Desk) -> None:
    """One line to management, nothing to departments; a department without anything is not sent an empty picture."""
    await settings(desk, pushes=("day",))
    calls = await everything(desk, days=1)
    assert (pushed(calls), list_texts(calls, GROUP)) == ([], [])
    assert list_texts(calls, BOARD) == [desk.text("push-empty", period="2026-11-23")]
    await add_facts(desk, desk.clock.now(), "service", good=12)
    assert [one.chat for one in pushed(await everything(desk, days=1))] == [BOARD]


async def test_a_month_brings_the_scores(desk: Desk) -> None:
    """To management every department's, to a department its own, with the parts and their n."""
    await settings(desk, pushes=("month",))
    await add_facts(desk, desk.clock.now(), good=45, bad=5)
    calls = await everything(desk, days=10)
    (own,) = [text for text in list_texts(calls, GROUP) if text]
    assert "<b>Transport</b> 90.0 · satisfaction 90 (n = 50, weight 100%) · left out: on time (n = 0)" in own
    assert "Parts are missing" not in own
    assert "Customer service" not in own
    (whole,) = [text for text in list_texts(calls, BOARD) if text]
    assert whole.count("</b>") == len(COMPANY.case_departments) + 2
    assert "\n\n<b>Parts are missing</b> (fewer than 10): not comparable" in whole
    assert "no score: fewer than 10 of everything" in whole


async def test_once_with_two_replicas(desk: Desk) -> None:
    """Both see the timer at the same moment; one pushes."""
    await settings(desk, pushes=("day",))
    await add_facts(desk, desk.clock.now(), good=12)
    desk.clock.advance(days=1)
    other = Worker(desk.database, desk.services, desk.clock)
    running = asyncio.create_task(other.run())
    (at,) = (await due(desk)).values()
    timer = Timer(TimerKind.SCHEDULED_SUMMARY, "day", at)
    await asyncio.gather(desk.worker.enter(timer), other.enter(timer))
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert board(await desk.fetch_owed()) == ["2026-11-23"]
    assert not desk.worker.counters.failed
    assert not other.counters.failed


async def test_another_time_of_the_day(desk: Desk) -> None:
    """A changed push_at moves what is set, and what was missed stays on its day; a kind that is gone is forgotten, a new one is set."""
    await settings(desk, pushes=("day", "week"))
    desk.clock.advance(days=3)
    await settings(desk, pushes=("day", "month"), push_at="07:30")
    assert {kind: at.astimezone(SHANGHAI).isoformat()[:16] for kind, at in (await due(desk)).items()} == {
        "day": "2026-11-24T07:30",
        "month": "2026-12-01T07:30",
    }
    await add_facts(desk, MONDAY, good=1)
    assert board(await everything(desk)) == ["2026-11-23"]


async def test_another_time_zone(desk: Desk) -> None:
    """The days stay what they were: nothing is pushed twice, nothing is left out."""
    await settings(desk, pushes=("day",))
    await settings(desk, "America/New_York", pushes=("day",))
    (at,) = (await due(desk)).values()
    assert at.astimezone(ZoneInfo("America/New_York")).isoformat()[:16] == "2026-11-24T09:00"


async def test_a_kind_that_is_no_longer_pushed(desk: Desk) -> None:
    """A timer that was claimed before the file changed does nothing, and sets no other."""
    await settings(desk, pushes=())

    async def work(batch: Batch) -> None:
        await scheduled.on_timer(batch, Timer(TimerKind.SCHEDULED_SUMMARY, Kind.DAY.value, desk.clock.now()))

    batch = await desk.batch(work)
    assert (batch.calls, batch.set_timers) == ([], [])
