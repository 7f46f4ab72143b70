"""The daily sweep, through the worker: what is old goes, figures stay, and what is open or young is not touched."""

from datetime import timedelta

from sqlalchemy import select, update

from domain.timer_kinds import TimerKind
from handlers.figures import totals_rebuild
from handlers.privacy import retention
from handlers.turns.batch import Batch
from storage.cases import cases
from storage.models import case_words, timers
from storage.models import cases as case_rows
from tests.handlers.privacy.test_forget_me import MARK, NAMED, live, read_totals
from tests.harness.in_process import WANG, Desk
from tests.harness.planted_person import find_marks


async def set_timer(batch: Batch) -> None:
    retention.set_daily_timer(batch)


async def sweep(desk: Desk, **later: float) -> None:
    """All stages of one day."""
    await desk.batch(set_timer)
    await desk.ring(**later)
    for _ in range(12):
        await desk.ring(seconds=2)


async def test_the_years_erase_what_was_said(desk: Desk) -> None:
    """The case was withdrawn three years ago: its words, the delivery's customer, and the person of whom nothing is younger, are gone."""
    case = await live(desk)
    await desk.index_words()
    shown = await desk.say(NAMED, "/mycases")
    assert shown
    async with desk.database.begin() as tx:
        await tx.execute(update(case_rows).values(state="withdrawn", closed_at=desk.clock.now()))
    before = await read_totals(desk)
    await sweep(desk, days=2)
    async with desk.database.read() as tx:
        assert len(await find_marks(tx, MARK)) > 3
    await sweep(desk, days=3 * 366)
    async with desk.database.read() as tx:
        assert await find_marks(tx, MARK) == []
        kept = await cases.get(tx, case)
        assert kept is not None
        assert kept.description == ""
        assert await totals_rebuild.find_differences(tx, desk.services) == {}
    assert await read_totals(desk) == before
    assert not await desk.rows(select(case_words.c.hash))
    assert not [row for row in await desk.rows(select(timers.c.subject)) if str(WANG.id) in row.subject]


async def test_an_open_case_keeps_everything(desk: Desk) -> None:
    """However old it is."""
    case = await live(desk)
    await sweep(desk, days=3 * 366)
    async with desk.database.read() as tx:
        kept = await cases.get(tx, case)
        assert kept is not None
        assert kept.state != "closed"
        assert len(await find_marks(tx, MARK)) > 3


async def test_the_sweep_goes_on_where_it_was(desk: Desk) -> None:
    """Its timer says the stage and the position; after the last stage the next day's is set."""
    await desk.batch(set_timer)
    (first,) = await desk.rows(
        select(timers.c.subject, timers.c.due_at).where(timers.c.kind == TimerKind.RETENTION.value)
    )
    assert first.subject == "cases:0"
    await desk.ring(days=1)
    stages = []
    for _ in range(len(retention.LISTS)):
        (row,) = await desk.rows(select(timers.c.subject).where(timers.c.kind == TimerKind.RETENTION.value))
        stages.append(row.subject.partition(":")[0])
        await desk.ring(seconds=2)
    assert stages == [*list(retention.LISTS)[1:], "cases"]
    (row,) = await desk.rows(select(timers.c.due_at).where(timers.c.kind == TimerKind.RETENTION.value))
    assert timedelta(0) < row.due_at - desk.clock.now() <= timedelta(days=1)
