"""The quarter's champion: the one who is clearly above the rest, once a quarter, late rather than never (M6)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from sqlalchemy import select

from domain.people import Role
from domain.timer_kinds import TimerKind
from handlers.figures import champions
from handlers.turns.batch import Batch
from reports import wire
from reports.pictures.certificate import Certificate
from storage.engine.database import Database
from storage.models import timers
from storage.queue import outbox
from storage.queue.outbox import OwedCall
from tests.harness.daily_totals import DayFacts, add_days
from tests.harness.in_process import BOSS, GROUP, LI, Desk, at_desk, list_texts, read_body

DAY = date(2026, 11, 17)
MANAGEMENT = -1002
NEW_YEAR = datetime(2027, 1, 1, 1, 0, tzinfo=UTC)
"""Nine o'clock in Shanghai."""


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    async with at_desk(database) as made:
        yield made


async def staged(desk: Desk, *days: DayFacts) -> None:
    await desk.grant(BOSS, Role.MANAGER)
    await desk.bind("transport")
    await desk.bind("management", MANAGEMENT)
    async with desk.database.begin() as tx:
        await add_days(tx, *days)
    await armed(desk)


async def armed(desk: Desk) -> datetime:
    async def work(batch: Batch) -> None:
        champions.set_quarterly_timer(batch)

    await desk.batch(work)
    return await due(desk)


async def due(desk: Desk) -> datetime:
    ((at,),) = await desk.rows(select(timers.c.due_at).where(timers.c.kind == TimerKind.CHAMPIONS))
    return at  # type: ignore[no-any-return]


async def rung(desk: Desk, moment: datetime = NEW_YEAR) -> list[OwedCall]:
    return await desk.ring(seconds=(moment - desk.clock.now()).total_seconds())


def certificates(calls: list[OwedCall]) -> dict[int, Certificate]:
    """By chat."""
    pictures = [call for call in calls if call.method == outbox.PICTURE]
    return {
        call.chat_id or 0: wire.unpack(msgspec.json.encode(read_body(call)["facts"]), Certificate) for call in pictures
    }


BEST = (DayFacts(DAY, 500, {5: 396, 1: 4}), DayFacts(DAY, 500, {5: 320, 1: 80}, courier="k18"))
ALIKE = (DayFacts(DAY, 500, {5: 380, 1: 20}), DayFacts(DAY, 500, {5: 370, 1: 30}, courier="k18"))


async def test_armed_for_the_next_quarter(desk: Desk) -> None:
    """The first of January; on the first day of a quarter before nine it is that day."""
    assert await armed(desk) == NEW_YEAR
    desk.clock.moment = NEW_YEAR - timedelta(hours=1)
    assert await armed(desk) == NEW_YEAR
    desk.clock.moment = NEW_YEAR
    assert await armed(desk) == datetime(2027, 4, 1, 1, 0, tzinfo=UTC)


async def test_a_champion_is_honoured(desk: Desk) -> None:
    """Management, the department and the courier get the certificate, each in the own language; the figures are on it."""
    await desk.grant(LI, Role.COURIER, "k17")
    chinese = replace(LI, id=77, language="zh")
    await desk.grant(chinese, Role.COURIER, "k17")
    await staged(desk, *BEST)
    calls = await rung(desk)
    by_chat = certificates(calls)
    assert set(by_chat) == {MANAGEMENT, GROUP, LI.id, 77}
    theirs = by_chat[GROUP]
    assert (theirs.name, theirs.unit, theirs.company) == ("k17", "Transport", "Example Express")
    assert (theirs.year, theirs.quarter, theirs.awarded) == (2026, 4, date(2027, 1, 1))
    assert (theirs.part, theirs.n) == (396, 400)
    assert (by_chat[77].unit, by_chat[77].company) == ("运输部", "示例速运")
    captions = {call.chat_id: read_body(call)["caption"] for call in calls if call.method == outbox.PICTURE}
    assert captions[GROUP].startswith("🏆 <b>Courier of the quarter</b>: k17\n99% (n = 400")
    assert captions[GROUP].endswith("clearly above the rest with 80% (n = 400, 95% interval 76–84%).")
    assert captions[77].endswith("，明显高于其余的 80%（n = 400，95%区间 76–84%）。")
    assert "快递员满意度冠军" in captions[77]


async def test_nobody_stands_out(desk: Desk) -> None:
    """Management hears that nobody is clearly above, and of departments that there are not two; nobody gets a certificate."""
    await staged(desk, *ALIKE)
    calls = await rung(desk)
    assert certificates(calls) == {}
    couriers, departments = list_texts(calls, MANAGEMENT)
    assert couriers == "<b>No courier is champion of quarter 4 of 2026.</b> Nobody is clearly above the rest."
    assert departments == (
        "<b>No department is champion of quarter 4 of 2026.</b> Fewer than two have 30 answers, so there is nothing to compare."
    )
    assert list_texts(calls, GROUP) == []


async def test_several_stand_out(desk: Desk) -> None:
    """One bad courier lifts two others above the rest: neither is champion, and management is told how many there are."""
    await staged(desk, *ALIKE, DayFacts(DAY, 500, {5: 200, 1: 200}, courier="k19"))
    calls = await rung(desk)
    assert certificates(calls) == {}
    assert list_texts(calls, MANAGEMENT)[0].endswith(
        "</b> 2 are clearly above the rest, and the best of them is not clearly better than each of the others."
    )


async def test_a_department_is_honoured(desk: Desk) -> None:
    """The best of two departments; a courier alone in it has nobody to be compared with but the other department's."""
    other = replace(BEST[1], department="service", courier="k30")
    await staged(desk, BEST[0], other)
    calls = await rung(desk)
    named = sorted(one.name for one in _all(calls))
    assert named == ["Transport", "Transport", "k17", "k17"]
    assert next(one for one in _all(calls) if one.name == "Transport").unit == ""


def _all(calls: list[OwedCall]) -> list[Certificate]:
    packed = [read_body(call)["facts"] for call in calls if call.method == outbox.PICTURE]
    return [wire.unpack(msgspec.json.encode(one), Certificate) for one in packed]


async def test_once_a_quarter_and_late(desk: Desk) -> None:
    """After a stop of seven months both quarters come, each once, the first about its own figures."""
    await staged(desk, *BEST)
    moment = datetime(2027, 6, 20, tzinfo=UTC)
    first = await rung(desk, moment)
    assert {one.quarter for one in _all(first)} == {4}
    second = await rung(desk, moment)
    assert _all(second) == []
    assert "quarter 1 of 2027" in list_texts(second, MANAGEMENT)[0]
    assert await due(desk) == datetime(2027, 7, 1, 1, 0, tzinfo=UTC)
    assert await rung(desk, moment) == []
