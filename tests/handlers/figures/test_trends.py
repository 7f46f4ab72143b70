"""`/trend`: whole periods, the words of the people who ask, and who may (M4)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import msgspec
import pytest

from conversations.buttons import DrillDownButton, TrendButton
from domain.figures import control
from domain.figures.chart_periods import list_chart_periods
from domain.figures.control import Signal
from domain.figures.maturity import compute_maturity
from domain.people import Role
from reports import wire
from storage.engine.database import Database
from storage.queue import outbox
from storage.queue.outbox import OwedCall
from tests.harness.daily_totals import DayFacts, add_days, repeat_on_each
from tests.harness.in_process import (
    BOSS,
    COMPANY,
    GROUP,
    LI,
    NOON,
    WANG,
    ZHAO,
    Desk,
    TelegramUser,
    at_desk,
    find_button,
    list_labels,
    list_texts,
    read_body,
)

TODAY = date(2026, 11, 23)
MANAGEMENT = -1002


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    async with at_desk(database) as made:
        yield made


async def staged(desk: Desk) -> None:
    """Eighty calm weeks of two departments, and one of transport that was not."""
    await desk.grant(BOSS, Role.MANAGER)
    await desk.grant(ZHAO, Role.HEAD, "transport")
    *calm, last = list_chart_periods("week", TODAY, 40)
    async with desk.database.begin() as tx:
        await add_days(
            tx,
            *repeat_on_each(calm, deliveries=1000, ratings={5: 90, 1: 10}, complaints=4),
            *repeat_on_each([*calm, last], deliveries=500, ratings={5: 45, 2: 5}, complaints=2, department="service"),
            DayFacts(last.first, 800, {5: 60, 2: 20, 1: 20}, complaints=15),
        )


def facts(call: OwedCall) -> control.Trend:
    """What is to be drawn."""
    assert call.method == outbox.PICTURE
    packed = read_body(call)
    assert packed["picture"] == "trend"
    return wire.unpack(msgspec.json.encode(packed["facts"]), control.Trend)


async def ask(desk: Desk, words: str, who: TelegramUser = BOSS, chat: int | None = None) -> OwedCall:
    (call,) = await desk.say(who, words, chat)
    return call


async def test_two_charts_and_what_they_say(desk: Desk) -> None:
    """The company by week: the last whole week is judged by the twenty before the last eight, in the picture and below it."""
    await staged(desk)
    call = await ask(desk, "/trend")
    trend = facts(call)
    assert (trend.grain, trend.unit) == ("week", "")
    assert trend.complaints.baseline == 20
    assert trend.complaints.centre == 4
    last = trend.complaints.points[-1]
    assert (last.code, last.count, last.n) == ("2026-11-16..2026-11-22", 17, 1300)
    assert last.signal is Signal.ABOVE
    assert trend.dissatisfaction.points[-1].signal is Signal.ABOVE
    caption = read_body(call)["caption"]
    assert "<b>Trend by week</b>\n" in caption
    assert "13.1 (17 of 1,300), still growing, above the upper limit of 10.8" in caption
    assert list_labels(call)[:3] == ["Day", "• Week", "Month"]
    assert list_labels(call)[3] == "• All departments"
    assert list_labels(call)[-1] == "Cases of 2026-11-16 – 2026-11-22"
    assert find_button([call], list_labels(call)[-1]) == DrillDownButton(f"w{date(2026, 11, 16).toordinal()}")


@pytest.mark.parametrize("complaint_days", [14, 5])
async def test_what_still_grows_is_the_companys_to_say(database: Database, complaint_days: int) -> None:
    """Days grow in the chart as long as in every figure: answers until the last survey has expired, complaints `complaint_days`.

    None of them is in the baseline, which has all its days; the caption says how long both are awaited.
    """
    company = replace(COMPANY, figures=replace(COMPANY.figures, complaint_days=complaint_days))
    async with at_desk(database) as desk:
        desk.services = desk.worker._services = replace(desk.services, company=company)
        await desk.grant(BOSS, Role.MANAGER)
        spans = list_chart_periods("day", TODAY, 60)
        async with database.begin() as tx:
            await add_days(tx, *repeat_on_each(spans, deliveries=1000, ratings={5: 90, 1: 10}, complaints=4))
        call = await ask(desk, "/trend day")
    trend = facts(call)
    awaited = compute_maturity(company).answers
    for chart, many in ((trend.dissatisfaction, awaited), (trend.complaints, complaint_days)):
        assert [point.growing for point in chart.points] == [False] * (20 + 8) + [True] * many
        assert (len(chart.judged), chart.baseline) == (8 + many, 20)
    caption = read_body(call)["caption"]
    assert (
        f"Still growing: answers about the last {awaited} days, complaints about the last {complaint_days}." in caption
    )


@pytest.mark.parametrize(
    ("words", "grain", "unit"),
    [
        ("/trend day", "day", ""),
        ("/trend 日", "day", ""),
        ("/trend 按周", "week", ""),
        ("/trend MONTH", "month", ""),
        ("/trend week transport", "week", "Transport"),
        ("/trend service week", "week", "Customer service"),
        ("/trend by month of Customer service", "month", "Customer service"),
        ("/trend 月 运输部", "month", "Transport"),
    ],
)
async def test_what_people_say(desk: Desk, words: str, grain: str, unit: str) -> None:
    """Grain and department in either order and either language, departments by key or name."""
    await desk.grant(BOSS, Role.MANAGER)
    trend = facts(await ask(desk, words))
    assert (trend.grain, trend.unit) == (grain, unit)


async def test_what_nobody_knows(desk: Desk) -> None:
    """Nonsense is answered with what can be asked, and shown as it was written."""
    await desk.grant(BOSS, Role.MANAGER)
    (text,) = list_texts(await desk.say(BOSS, "/trend <b>&"))
    assert "“&lt;b&gt;&amp;”" in text
    assert "/trend week" in text


async def test_in_place_or_anew(desk: Desk) -> None:
    """A button changes the picture where it stands; the one below an alert makes a picture of its own."""
    await staged(desk)
    (call,) = await desk.press(BOSS, TrendButton("m", "service"), at=77)
    assert facts(call).grain == "month"
    assert (call.fresh, call.message_id) == (False, 77)
    assert "• Customer service" in list_labels(call)
    (anew,) = await desk.press(BOSS, TrendButton("w", "service", anew=True), at=77)
    assert (anew.fresh, anew.message_id) == (True, None)
    assert facts(anew).complaints.signals == ()


async def test_a_head_sees_the_own_department(desk: Desk) -> None:
    """By the command, whatever is named; by a button, forged or not, nothing else; staff and customers see nothing."""
    await staged(desk)
    await desk.grant(LI, Role.STAFF, "transport")
    call = await ask(desk, "/trend", ZHAO)
    assert facts(call).unit == "Transport"
    assert "• All departments" not in list_labels(call)
    for words in ("/trend service", "/trend week Customer service"):
        assert list_texts(await desk.say(ZHAO, words)) == [desk.text("trend-only-heads")]
    for who in (LI, WANG):
        assert list_texts(await desk.say(who, "/trend")) == [desk.text("trend-only-heads")]
    for who, button in (
        (ZHAO, TrendButton("w", "service")),
        (LI, TrendButton("w", "transport")),
        (WANG, TrendButton("w")),
    ):
        (answer,) = await desk.press(who, button)
        assert read_body(answer)["text"] == desk.plain("trend-only-heads")
    for forged in (TrendButton("x"), TrendButton("w", "nobody")):
        (answer,) = await desk.press(BOSS, forged)
        assert read_body(answer)["text"] == desk.plain("not-now")


async def test_a_group_reads_along(desk: Desk) -> None:
    """In a department's group there is that department's chart alone, in management's all of them."""
    await staged(desk)
    await desk.bind("transport")
    await desk.bind("management", MANAGEMENT)
    assert facts(await ask(desk, "/trend", BOSS, GROUP)).unit == "Transport"
    assert list_texts(await desk.say(BOSS, "/trend service", GROUP)) == [desk.text("trend-only-heads")]
    assert facts(await ask(desk, "/trend service", BOSS, MANAGEMENT)).unit == "Customer service"
    assert list_texts(await desk.say(ZHAO, "/trend", MANAGEMENT)) == [desk.text("trend-only-heads")]


async def test_before_there_is_enough(desk: Desk) -> None:
    """A young company reads how many periods there are, and how many it takes."""
    await desk.grant(BOSS, Role.MANAGER)
    async with desk.database.begin() as tx:
        await add_days(tx, *repeat_on_each(list_chart_periods("month", TODAY, 5), deliveries=900, ratings={5: 30}))
    call = await ask(desk, "/trend month")
    assert "Not enough months yet: 4 of 12." in read_body(call)["caption"]
    empty = await ask(desk, "/trend day")
    assert "Not enough days yet: 0 of 12." in read_body(empty)["caption"]


async def test_in_chinese(desk: Desk) -> None:
    """The reader's language, not the company's."""
    chen = replace(BOSS, id=44, language="zh")
    await desk.grant(chen, Role.MANAGER)
    call = await ask(desk, "/trend 周", chen)
    assert "趋势（按周）" in read_body(call)["caption"]
    assert "• 周" in list_labels(call)
    assert read_body(call)["language"] == "zh"
    assert NOON.date() == TODAY
