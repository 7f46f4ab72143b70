"""What got worse comes first, and one press leads to the cases behind it."""

from datetime import date, timedelta

from domain.people import Role
from tests.harness.daily_totals import DayFacts, add_days
from tests.harness.in_process import BOSS, NOON, Desk, find_button

TODAY = NOON.date()


async def _remember(desk: Desk, day: date, good: int, bad: int) -> None:
    """What one day's ratings of two couriers are: the one in question, and one who is as ever."""
    async with desk.database.begin() as tx:
        await add_days(
            tx,
            DayFacts(day, good + bad, {5: good, 1: bad}, courier="k08"),
            DayFacts(day, 300, {5: 290, 1: 10}, courier="k17"),
        )


async def test_the_courier_who_got_worse_is_named_with_both_figures(desk: Desk) -> None:
    """Last, above the button to that courier's cases of the same period."""
    await desk.grant(BOSS, Role.MANAGER)
    await _remember(desk, TODAY - timedelta(days=40), 60, 2)
    await _remember(desk, TODAY - timedelta(days=5), 30, 25)
    (shown,) = await desk.say(BOSS, "/summary")
    assert "Worse than in the period before: courier k08" in shown.payload
    assert "courier k08, 55% satisfied (n = 55), before 97% (n = 62)" in shown.payload
    button = find_button([shown], "Show the cases behind it")
    assert (button.by, button.view) == ("c", "c")  # type: ignore[union-attr]  # a button of the summary


async def test_nothing_is_said_where_nothing_is_clear(desk: Desk) -> None:
    """Neither of a courier who is as ever, nor of a breakdown."""
    await desk.grant(BOSS, Role.MANAGER)
    await _remember(desk, TODAY - timedelta(days=40), 60, 2)
    await _remember(desk, TODAY - timedelta(days=5), 60, 3)
    (shown,) = await desk.say(BOSS, "/summary")
    assert "Worse" not in shown.payload
